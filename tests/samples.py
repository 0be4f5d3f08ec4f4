"""Claire's account as domain objects, every page filled; all days hang on one fixed day. Readers: tests/readers.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from selfcare.domain.bills import AppliedPayment, Bill, BillLine, BillState, LineKind, PaperRef, Tax
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract, PriceChange, Term
from selfcare.domain.customer import Account, ContactMedium, Customer, DirectDebit, MediumKind
from selfcare.domain.lines import Access, Handset, Line, SimLock
from selfcare.domain.money import Money
from selfcare.domain.operator import ApiEntry, ExitWay, OperatorProfile
from selfcare.domain.options import Health, Option, PaperState, Service
from selfcare.domain.papers import Paper
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.problems import Problem
from selfcare.domain.support import Channel, ChannelKind, Hours, Support
from selfcare.domain.tickets import EntityRef, Note, StateChange, Ticket, TicketState
from selfcare.i18n.words import Words, load_words

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)
SEEN = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)


def gbp(amount: str) -> Money:
    """Pounds."""
    return Money(Decimal(amount), "GBP")


def words(language: str = "en") -> Words:
    """The words of a language."""
    return load_words(language, ROOT / "resources" / "locale")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days=days)


def profile(*, without: Sequence[str] = ()) -> OperatorProfile:
    """Orvane Mobile; `without` are APIs that it does not offer."""
    names = "TMF629 TMF632 TMF666 TMF678 TMF676 TMF667 TMF637 TMF638 TMF651 TMF621 TMF656 TMF683 TMF681 TMF622 TMF620"
    return OperatorProfile(
        id="orvane-gb",
        name="Orvane Mobile",
        country="GB",
        zone="Europe/London",
        currency="GBP",
        issuer="https://id.orvane.example",
        client_id="selfcare-desktop",
        scopes=("openid",),
        apis={n: None if n in without else ApiEntry(n, "v4", f"https://api.orvane.example/{n}") for n in names.split()},
        hosts=("api.orvane.example", "www.orvane.example"),
        exit={
            "portCode": ExitWay("TMF622", "portOutCode", "PAC"),
            "unlock": ExitWay("TMF622", "deviceUnlock", "", 48),
            "notice": ExitWay("TMF622", "termination"),
        },
        support=support(),
    )


def support() -> Support:
    """How Orvane can be reached."""
    week = tuple(Hours(d, datetime(2026, 1, 1, 8).time(), datetime(2026, 1, 1, 20).time()) for d in range(5))
    return Support(
        (
            Channel(ChannelKind.PHONE, "Customer service", "+44 20 7946 0100", "Europe/London", week),
            Channel(ChannelKind.CHAT, "Chat", "https://www.orvane.example/chat", "Europe/London", always=True),
            Channel(
                ChannelKind.POST,
                "Complaints",
                "Orvane Mobile, Complaints\nPO Box 400\nLeeds\nLS1 9ZZ",
                "Europe/London",
                purpose="complaints",
            ),
        ),
        "profile",
        TODAY,
    )


def customer() -> Customer:
    """Claire."""
    media = (ContactMedium(MediumKind.EMAIL, "claire@example.org", is_preferred=True),)
    return Customer("C-1001", "Claire Martin", media=media)


def account() -> Account:
    """Claire's billing account, paid by Direct Debit."""
    debit = DirectDebit("···· 0189", "Direct Debit ···· 0189")
    return Account("A-1001", "Claire Martin", "active", "due", gbp("312.48"), direct_debit=debit)


AMOUNTS = (  # noqa: SIM905
    "312.48 41.99 39.99 39.99 54.49 39.99 - 39.99 39.49 39.49 39.49 39.49 39.49 38.99 38.99 38.99 38.99 38.99 "
    "38.99 45.99 38.99 38.99 38.99 38.99"
).split()
"""The newest month first; "-" is the month in which no bill was written."""


def bills() -> tuple[Bill, ...]:
    """Two years of bills, newest first: the last far above the others, one month missing, one credit."""
    made: list[Bill] = []
    year, month = 2026, 11
    for place, amount in enumerate(AMOUNTS):
        if amount != "-":
            made.append(_bill(780123467 - place * 5263, date(year, month, 3), gbp(amount), is_last=place == 0))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    credit = Bill(
        "780079902", "780079902", date(2026, 2, 12), None, gbp("-7.80"), gbp("0.00"), BillState.SETTLED, "settled",
        "A-1001", "creditNote",
    )  # fmt: skip
    return tuple(sorted([*made, credit], key=lambda b: b.day or TODAY, reverse=True))


def _bill(number: int, day: date, total: Money, *, is_last: bool) -> Bill:
    name = str(number)
    return Bill(
        id=name,
        number=name,
        day=day,
        due=day + timedelta(days=27 if is_last else 14),
        total=total,
        remaining=total if is_last else gbp("0.00"),
        state=BillState.SENT if is_last else BillState.SETTLED,
        state_word="sent" if is_last else "settled",
        account_id="A-1001",
        category="normal",
        net=Money((total.value / Decimal("1.2")).quantize(Decimal("0.01")), "GBP"),
        taxes=(Tax("VAT", Money((total.value / 6).quantize(Decimal("0.01")), "GBP"), Decimal(20)),),
        payments=() if is_last else (AppliedPayment(f"P-{name}", total),),
        papers=(PaperRef(f"D-{name}", f"Bill {name}.pdf", "application/pdf", f"https://api.orvane.example/d/{name}"),),
        period_start=day - timedelta(days=31),
        period_end=day - timedelta(days=1),
    )


def bill_lines(bill_id: str) -> tuple[BillLine, ...]:
    """The lines of a bill; those of the last two differ in roaming, a pass and a second SIM."""
    numbers = [b.id for b in bills() if not b.is_credit_note]

    def line(key: str, name: str, kind: LineKind, amount: str, product: str = "") -> BillLine:
        money = gbp(amount)
        net = Money((money.value / Decimal("1.2")).quantize(Decimal("0.01")), "GBP")
        return BillLine(f"{bill_id}-{key}", bill_id, name, kind, kind.value, money, net, product_id=product)

    plan = line("1", "Everyday 20 GB", LineKind.RECURRING, "22.00", "PR-1")
    fixed = line("2", "Home line", LineKind.RECURRING, "9.99", "PR-2")
    if bill_id == numbers[0]:
        return (
            plan,
            fixed,
            line("3", "EU Roaming Pass", LineKind.RECURRING, "8.00", "OP-1"),
            line("4", "Roaming data, outside EU, 12–14 Oct", LineKind.USAGE, "272.49"),
        )
    rest = [line("3", "EU Roaming Pass", LineKind.RECURRING, "6.00", "OP-1")]
    if bill_id == numbers[1]:
        rest.append(line("5", "Second SIM", LineKind.RECURRING, "4.00", "PR-3"))
    return (plan, fixed, *rest)


def payments() -> tuple[Payment, ...]:
    """Every bill but the last was paid by Direct Debit two days after it was written."""
    return tuple(
        Payment(
            f"P-{b.id}", b.day + timedelta(days=2), b.total, PaymentState.CREDITED, "credited", (b.id,), "Direct Debit"
        )
        for b in bills()
        if b.is_paid and b.day is not None and not b.is_credit_note
    )


def lines() -> tuple[Line, ...]:
    """Two mobile lines and a home line; one option charged but not working, one handset locked."""
    failed = Service("SV-1", "EU roaming", Health.FAILED, "failed")
    works = Service("SV-2", "Voicemail", Health.WORKS, "running")
    roaming = Option(
        "OP-1", "EU Roaming Pass", "PR-1", gbp("8.00"), "month", PaperState.ACTIVE, "active", ago(20), ago(18), None,
        ("SV-1",), (failed,), "The pass applies where a partner network is available; availability is not guaranteed.",
    )  # fmt: skip
    voicemail = Option(
        "OP-2", "Voicemail Plus", "PR-1", gbp("1.50"), "month", PaperState.ACTIVE, "active", ago(400), ago(400), None,
        ("SV-2",), (works,),
    )  # fmt: skip
    handset = Handset("DV-1", "Fairphone 5", "356938035643809", SimLock.LOCKED, "PR-1", since=date(2024, 10, 15))
    return (
        Line(
            "PR-1", "Everyday 20 GB", "07700 900123", Access.MOBILE, PaperState.ACTIVE, "active", gbp("22.00"), "month",
            date(2024, 10, 15), None, "A-1001", "AG-1", "Claire", None, (roaming, voicemail), handset, None, 24,
            date(2026, 10, 15),
        ),
        Line(
            "PR-2", "Home line", "020 7946 0123", Access.FIXED, PaperState.ACTIVE, "active", gbp("9.99"), "month",
            date(2019, 3, 1), None, "A-1001", "AG-2",
        ),
        Line(
            "PR-3", "Everyday 5 GB", "07700 900456", Access.MOBILE, PaperState.ACTIVE, "active", gbp("8.00"), "month",
            date(2025, 12, 1), None, "A-1001", "AG-1", "Tom", None, (), None, None, 12, date(2026, 12, 1),
        ),
    )  # fmt: skip


def contracts() -> tuple[Contract, ...]:
    """One whose commitment has ended, with a price change announced; one of the home line."""
    change = PriceChange(ago(10), date(2027, 1, 1), gbp("22.00"), gbp("24.50"), "Prices follow inflation.")
    paper = PaperRef("D-AG-1", "Contract.pdf", "application/pdf", "https://api.orvane.example/d/AG-1")
    terms = (
        Term("T-1", "The minimum term is 24 months from activation."),
        Term("T-2", "Notice is 30 days from receipt unless you switch with a PAC."),
    )
    return (
        Contract(
            "AG-1", "Mobile contract", "M-77120", "active", date(2024, 10, 15), date(2026, 10, 15), True,
            date(2024, 10, 14), 24, (30, "day"), gbp("0.00"), TODAY, True, ("PR-1", "PR-3"), terms, (change,), (paper,),
        ),
        Contract(
            "AG-2", "Home line", "H-20931", "active", date(2019, 3, 1), date(2020, 3, 1), False, None, 12, (1, "month"),
            None, None, True, ("PR-2",),
        ),
    )  # fmt: skip


def letters() -> tuple[Paper, ...]:
    """One that belongs to no contract."""
    file = PaperRef("D-L-1", "Your rights when prices change", "application/pdf", "https://api.orvane.example/d/L-1")
    return (Paper("D-L-1", "Your rights when prices change", "letter", date(2026, 7, 21), files=(file,)),)


def tickets() -> tuple[Ticket, ...]:
    """A call back promised within 72 hours and missed two days ago, moved once before; one that is closed."""
    opened = at(date(2026, 11, 13), 9, 12)
    course = (
        StateChange(TicketState.ACKNOWLEDGED, "acknowledged", opened),
        StateChange(TicketState.IN_PROGRESS, "inProgress", at(date(2026, 11, 16), 10, 30), "Level 2"),
    )
    return (
        Ticket(
            "48213", "EU Roaming Pass does not work", "No data abroad since the pass was sold.", "Incident", "Major",
            TicketState.IN_PROGRESS, "inProgress", opened, at(date(2026, 11, 16), 10, 30),
            promised=at(date(2026, 11, 19), 10, 30), course=course,
            notes=(Note("Marc", at(date(2026, 11, 16), 10, 30), "Level 2 calls you back within 72 hours."),),
            about=(EntityRef("Product", "OP-1"),), moved_from=(at(date(2026, 11, 16), 9, 0),),
        ),
        Ticket(
            "47001", "Noise on the home line", "Crackling in the evening.", "Incident", "Minor", TicketState.CLOSED,
            "closed", at(ago(90), 8), at(ago(85), 16), at(ago(84), 16), resolved=at(ago(85), 16),
        ),
    )  # fmt: skip


def problems() -> tuple[Problem, ...]:
    """A known problem near Claire whose announced end was moved twice."""
    ends = at(TODAY, 16)
    return (
        Problem(
            "SP-9", "Mobile data, Leeds city centre", "Slow or no data on 4G.", "supplier.originated",
            TicketState.IN_PROGRESS, "inProgress", at(ago(1), 18, 5), at(TODAY, 8), None, ends, ("SV-1",), ("48213",),
            ("Leeds LS1", "Leeds LS2"), 1200, (), (at(ago(1), 22), at(TODAY, 9)),
        ),
    )  # fmt: skip


def contacts() -> tuple[Contact, ...]:
    """Two calls."""
    return (
        Contact(
            "PI-2", "Call", "EU Roaming Pass", True, "phone", "Marc", at(date(2026, 11, 16), 10, 2),
            at(date(2026, 11, 16), 10, 30), "completed", "Level 2 calls back",
        ),
        Contact(
            "PI-1", "Call", "EU Roaming Pass", True, "phone", "Ines", at(date(2026, 11, 13), 8, 50),
            at(date(2026, 11, 13), 9, 12), "completed", "Ticket opened",
        ),
    )  # fmt: skip


def messages() -> tuple[Message, ...]:
    """A text message about the new price."""
    return (Message("CM-1", "sms", "Your prices", "From 1 January your plan costs £24.50.", at(ago(10), 9), "sent"),)
