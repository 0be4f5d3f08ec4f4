"""People on their way out as the pictures show them: a line in each country, and each state of the tracker."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.lines import Access, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct, replace
from selfcare.leaving.aftermath import Papers
from selfcare.leaving.atlas import rules_file
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving_material import LeavingMaterial
from selfcare.viewmodel.leaving_numbers import number_text
from tests import samples

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
TODAY = NOW.date()
CURRENCY = {"GB": "GBP", "FR": "EUR", "US": "USD", "DE": "EUR"}
OPERATOR = {"GB": "Orvane Mobile", "FR": "Orvane France", "US": "Orvane Wireless", "DE": "Orvane Funk"}
FINAL = "B-L"
LAST = date(2026, 12, 31)


class Scene(Struct, frozen=True):
    """One picture: who leaves, what was answered, which bills are here; `now` is the moment it is seen."""

    name: str
    facts: tuple[LeavingFacts, ...]
    answers: Answers
    bills: tuple[Bill, ...] = ()
    lines: tuple[BillLine, ...] = ()
    now: datetime = NOW
    more: tuple[Answers, ...] = ()


def money(amount: str, country: str) -> Money:
    """An amount in the currency of a country."""
    return Money(Decimal(amount), CURRENCY[country])


def day(days: int) -> date:
    """A day counted from today."""
    return TODAY + timedelta(days=days)


def moment(days: int, hour: int = 9) -> datetime:
    """An instant counted from today."""
    return datetime(2026, 11, 21, hour, tzinfo=UTC) + timedelta(days=days)


def british(**changed: object) -> LeavingFacts:
    """Claire's mobile line, out of commitment, with an unlocked handset."""
    facts = LeavingFacts(
        "GB", "Europe/London", "PR-1", "+447700900123", contract_id="AG-1", commitment_ends=date(2026, 10, 15),
        contract_ends=date(2026, 10, 15), concluded=date(2024, 10, 15), since=date(2024, 10, 15), notice=(30, "day"),
        monthly=money("22.00", "GB"), operator_charge=money("0.00", "GB"), operator_charge_day=TODAY,
        lock=SimLock.UNLOCKED, handset_id="DV-1", handset_name="Fairphone 5", unlock_hours=48, has_direct_debit=True,
        direct_debit="Direct Debit ···· 0189", carrier="Orvane Mobile",
    )  # fmt: skip
    return replace(facts, **changed)


def french(**changed: object) -> LeavingFacts:
    """Julien's line, committed for two more months."""
    facts = LeavingFacts(
        "FR", "Europe/Paris", "PR-1", "+33639980231", contract_id="AG-1", commitment_ends=date(2027, 1, 21),
        contract_ends=date(2027, 1, 21), concluded=date(2025, 1, 21), since=date(2025, 1, 21), notice=(10, "day"),
        monthly=money("41.99", "FR"), operator_charge=money("83.98", "FR"), operator_charge_day=TODAY,
        lock=SimLock.UNLOCKED, handset_id="DV-1", handset_name="Lumen X4", unlock_hours=48, has_direct_debit=True,
        carrier="Orvane France",
    )  # fmt: skip
    return replace(facts, **changed)


def american(**changed: object) -> LeavingFacts:
    """A line in the United States with a locked handset, paid for in instalments."""
    facts = LeavingFacts(
        "US", "America/Chicago", "PR-1", "+12025550147", contract_id="AG-1", commitment_ends=date(2027, 6, 1),
        contract_ends=date(2027, 6, 1), concluded=date(2025, 6, 1), since=date(2025, 6, 1),
        monthly=money("55.00", "US"), lock=SimLock.LOCKED, handset_id="DV-1", handset_name="Pixel 9",
        handset_bought=date(2025, 6, 1), has_direct_debit=True, carrier="Orvane Wireless", is_prepaid=False,
        state="IL", fee=(money("240.00", "US"), money("10.00", "US")), instalment=money("25.00", "US"),
        instalments_left=7, credit=money("10.00", "US"),
    )  # fmt: skip
    return replace(facts, **changed)


def elsewhere(**changed: object) -> LeavingFacts:
    """A line where the program knows no rules."""
    facts = LeavingFacts(
        "DE", "Europe/Berlin", "PR-1", "+4915112345678", contract_id="AG-1", commitment_ends=date(2027, 3, 31),
        contract_ends=date(2027, 3, 31), concluded=date(2025, 3, 31), monthly=money("19.99", "DE"),
        has_direct_debit=True, carrier="Orvane Funk",
    )  # fmt: skip
    return replace(facts, **changed)


@cache
def rules_of(country: str) -> Rules | None:
    """A country's rules; None where the program knows none."""
    name = rules_file(country)
    return parse_rules((samples.ROOT / "resources" / "rules" / name).read_bytes()) if name else None


def material(scene: Scene) -> LeavingMaterial:
    """Everything that the page is built from, for one scene."""
    first = scene.facts[0]
    country = first.country
    rules = rules_of(country)
    profile: OperatorProfile = replace(
        samples.profile(), id=f"shots-{country}", country=country, currency=CURRENCY[country], zone=first.zone,
        name=OPERATOR[country],
    )  # fmt: skip
    ids = [facts.line_id for facts in scene.facts]
    plans = Plans()
    for answers in (*scene.more, scene.answers):
        plans = plans.with_answers(answers)
    return LeavingMaterial(
        profile=profile,
        rules=rules,
        facts=scene.facts,
        plans=plans,
        today=scene.now.date(),
        now=scene.now,
        bills=scene.bills,
        support=samples.support() if country == "GB" else None,
        numbers={facts.line_id: number_text(facts.number, country) for facts in scene.facts},
        papers=Papers(
            lines=scene.lines,
            products={ident: frozenset({ident}) for ident in ids},
            prices={facts.line_id: facts.monthly for facts in scene.facts if facts.monthly is not None},
            running=frozenset(facts.line_id for facts in scene.facts if not facts.is_over),
        ),
    )


def _plan(**changed: object) -> Answers:
    """Answers of a confirmed plan."""
    made = Answers(
        "PR-1", True, saved=True, bank_new=True, bank_keep=True, day=day(5), confirmed=moment(-20), at=Screen.TRACKER
    )
    return replace(made, **changed)


def _final(total: str, country: str, *, days: int = -9, **changed: object) -> Bill:
    gross = money(total, country)
    made = Bill(
        FINAL, "780199001", day(days), day(days + 14), gross, gross, BillState.SENT, "sent", "A-1001", "last"
    )  # fmt: skip
    return replace(made, **changed)


def _rent(amount: str, country: str, first: int, last: int, **changed: object) -> BillLine:
    made = BillLine(
        "L-1", FINAL, "Everyday 20 GB", LineKind.RECURRING, "recurringCharge", money(amount, country), None,
        product_id="PR-1", starts=day(first), ends=day(last),
    )  # fmt: skip
    return replace(made, **changed)


def _gone(facts: LeavingFacts, days: int) -> LeavingFacts:
    return replace(facts, line_ended=day(days), is_over=True)


def _noticed(facts: LeavingFacts, **changed: object) -> LeavingFacts:
    """A notice that the operator has accepted."""
    asked = Asked(moment(-2), sent=True, ends=day(28), order_id="PO-1042")
    return replace(facts, notice_given=replace(asked, **changed), notice_received=day(-2))


def tracked(country: str = "GB") -> tuple[Scene, ...]:
    """Each state of the tracker that is seen seldom."""
    facts = british() if country == "GB" else french()
    by_notice = _plan(keep_number=False, plain_notice=country == "GB", day=day(28), confirmed=moment(-2))
    scheme, text = ("PAC", "ORV482913") if country == "GB" else ("RIO", "07P4T7RMPBW7")
    code = PortingCode(scheme, text, day(25) if country == "GB" else None)
    dead = PortingCode("PAC", "ORV482913", day(-1))
    brought = Asked(moment(-31), sent=True, done=True, scheme="PAC")
    given = _plan(day=day(5), handed_over=day(4), confirmed=moment(-6))
    over = _plan(day=day(-11), handed_over=day(-12))
    right, wrong = (_rent("7.33", country, -20, -11), _rent("22.00", country, -20, 9))
    credit = _final("-14.67", country, days=-30, due=day(-16), remaining=money("-14.67", country))
    box = replace(facts, access=Access.INTERNET, number="+442079460123", handset_id="", lock=SimLock.NOT_STATED)
    refused = {"done": False, "refused": True, "refusal": "The holder's signature is missing.", "ends": None}
    silent = Asked(moment(-40), sent=True, order_id="PO-1042")
    return (
        Scene("notice-accepted", (_noticed(facts),), by_notice),
        Scene("notice-refused", (_noticed(facts, **refused),), by_notice),
        Scene("notice-silence", (replace(facts, notice_given=silent, notice_received=day(-40)),),
              replace(by_notice, day=day(-8), confirmed=moment(-40))),
        Scene("code-here", (replace(facts, code=code, code_issued=day(-5)),), _plan(confirmed=moment(-6))),
        Scene(
            "code-expired", (replace(facts, code=dead, code_issued=day(-31), code_asked=brought),),
            _plan(confirmed=moment(-31)),
        ),
        Scene("port-today", (replace(facts, code=code, code_issued=day(-5)),), given, now=moment(5, 10)),
        Scene("final-right", (_gone(facts, -11),), over, (_final("7.33", country),), (right,)),
        Scene("final-wrong", (_gone(facts, -11),), over, (_final("22.00", country),), (wrong,)),
        Scene("refund-late", (_gone(facts, -32),), replace(over, day=day(-32), handed_over=day(-33)), (credit,)),
        Scene("box-no-receipt", (_gone(box, -3),), _plan(day=day(-3), handed_over=day(-17))),
    )  # fmt: skip


WALK = tuple(screen for screen in Screen if screen is not Screen.REASON)


def walk(facts: LeavingFacts, answers: Answers, screens: tuple[Screen, ...] = WALK) -> tuple[Scene, ...]:
    """Every page of the wizard for one line, in order; a notice is with the operator once the tracker is reached."""
    told = replace(facts, notice_given=Asked(moment(0, 10), sent=True, order_id="PO-1042"), notice_received=TODAY)
    scenes = []
    for number, screen in enumerate(screens):
        follows = screen is Screen.TRACKER
        late = screen in {Screen.DAY, Screen.CONFIRM, Screen.TRACKER}
        given = replace(
            answers, at=screen, day=LAST if late else None, confirmed=moment(0, 10) if follows else None
        )  # fmt: skip
        who = told if follows and not answers.keep_number else facts
        scenes.append(Scene(f"{number}-{screen.value}", (who,), given))
    return tuple(scenes)


def household(country: str, screens: tuple[Screen, ...]) -> tuple[Scene, ...]:
    """A mobile line and a fixed one that leave together."""
    english = "A discount of £5 a month applies while both lines stay together."
    clause = (
        english if country == "GB" else "Une remise de 5 € est accordée tant que la box et le mobile restent ensemble."
    )
    mobile = british() if country == "GB" else french()
    number, place = ("+442079460123", Access.FIXED) if country == "GB" else ("+33199001288", Access.INTERNET)
    fixed = replace(
        mobile, line_id="PR-2", number=number, access=place, handset_id="", lock=SimLock.NOT_STATED,
        commitment_ends=date(2027, 3, 21), contract_ends=date(2027, 3, 21), monthly=money("29.99", country),
        operator_charge=None, contract_id="AG-2", bundle_clause=clause,
    )  # fmt: skip
    leader = Answers("PR-1", True, saved=True, bank_new=True, bank_keep=True, others=("PR-2",))
    second = replace(leader, line_id="PR-2", others=())
    found = []
    for number_, screen in enumerate(screens):
        told = moment(0, 10) if screen is Screen.TRACKER else None
        late = date(2026, 12, 9) if screen in {Screen.DAY, Screen.CONFIRM, Screen.TRACKER} else None
        first = replace(leader, at=screen, day=late, confirmed=told)
        found.append(Scene(f"{number_}-{screen.value}", (mobile, fixed), first, more=(second,)))
    return tuple(found)
