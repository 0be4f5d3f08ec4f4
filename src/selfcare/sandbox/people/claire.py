"""Claire: three lines, a bill far above the usual, a pass that never worked and a handset locked to her operator."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .agreements import add_agreement, price_change
from .billing import CREDIT, ONE_TIME, USAGE, Charge, bill_days, write_bill
from .care import add_appointment, add_contact, add_message, add_order, add_problem, add_ticket
from .claire_archive import write_archive
from .inventory import FAILED, SILENT, WORKS, Named, add_handset, add_line, add_option, service_of
from .papers import file_paper
from .person import Person
from .shapes import at_hour, days, months_back
from .story import Story, introduce, medium, open_account

TOWN = "14 Harbour Lane, Whitcombe, WH4 7AB"
USUAL_BILLS = 31
MISSING = 7
CREDITED = 4
RISE = 2


def claire(story: Story, bills: int | None) -> Person:
    """The default demo customer: every page of the program has something to show. `bills` asks for so many bills."""
    since = months_back(story.today, 34)
    introduce(
        story,
        given="Claire",
        family="Whitmore",
        media=[
            medium("email", True, emailAddress="claire.whitmore@example.org", contactType="private"),
            medium("phone", phoneNumber="+447700900123", contactType="private"),
            medium("post", street1="14 Harbour Lane", city="Whitcombe", postCode="WH4 7AB", country="GB"),
        ],
        since=since,
    )
    bought = months_back(story.today, 26)
    mobile = add_line(story, "Orvane Unlimited", "+447700900123", "mobile", "32.00", bought, months=24, user="Claire")
    son = add_line(story, "Orvane SIM Only 12 GB", "+447700900456", "mobile", "10.00", since, user="Tom")
    home_since = months_back(story.today, 15)
    home = add_line(
        story, "Orvane Fibre 150", "+441632960144", "internet", "31.50", home_since, months=24, user="Home", place=TOWN
    )
    add_handset(story, "Lumen X4 128 GB", mobile, bought, locked=True, whose="owned", left=0)
    add_handset(story, "Home hub 3", home, home_since, locked=None, whose="lent")
    sold = months_back(story.today, 5)
    roaming = add_option(
        story,
        "EU Roaming Pass",
        mobile,
        "8.00",
        sold,
        health=FAILED,
        text="Use your allowance in 48 European destinations.",
    )
    voicemail = add_option(story, "Visual Voicemail", mobile, "1.50", bought, health=WORKS)
    shield = add_option(
        story, "Scam Call Shield", mobile, "2.00", months_back(story.today, 9), health=SILENT,
        text="Calls that look like fraud are marked on your screen.",
    )  # fmt: skip
    _contracts(story, mobile, son, home, (roaming, voicemail, shield), bought, since, home_since)
    _bills(story, (mobile, son, home, roaming, voicemail, shield), bills)
    open_account(story, since=since, status="due", debit="0189", balance="241.37", limit="250.00")
    _care(story, mobile, home, roaming, sold)
    return story.person()


def _contracts(
    story: Story,
    mobile: Named,
    son: Named,
    home: Named,
    options: tuple[Named, ...],
    bought: date,
    since: date,
    home_since: date,
) -> None:
    announced = story.today - timedelta(days=9)
    add_agreement(
        story,
        "Orvane Unlimited with Lumen X4, 24 months",
        (mobile, *options),
        bought,
        months_back(story.today, 2),
        months=24,
        notice=(30, "day"),
        charge="0.00",
        renews=True,
        clauses=(
            "After the minimum term this agreement continues until either of us ends it with 30 days' notice.",
            (
                "The EU Roaming Pass is provided on a best-effort basis and depends on the networks abroad; it may or "
                "may not be available at a given place and time."
            ),
            (
                "The handset is locked to our network. We unlock it on request, free of charge, within 48 hours; the "
                "request must be made while the number is still in service with us."
            ),
        ),
        price_change=price_change(
            story,
            announced,
            announced + timedelta(days=32),
            "32.00",
            "34.50",
            "The monthly price of Orvane Unlimited rises by £2.50.",
        ),
    )
    add_agreement(
        story, "Orvane SIM Only 12 GB, monthly", (son,), since, None, notice=(30, "day"), charge="0.00",
        renews=True, clauses=("You may leave at any time with 30 days' notice.",),
    )  # fmt: skip
    told, starts = months_back(story.today, 4), months_back(story.today, RISE)
    add_agreement(
        story,
        "Orvane Fibre 150, 24 months",
        (home,),
        home_since,
        months_back(story.today, -9),
        months=24,
        notice=(1, "month"),
        charge="139.50",
        renews=True,
        clauses=(
            "If you end this agreement during the minimum term you pay £15.50 for each remaining month.",
            (
                "We tell you of any price increase at least one month ahead. You may leave free of charge within one "
                "month of that notice if the increase was not set out in pounds and pence when you joined."
            ),
        ),
        price_change=price_change(
            story, told, starts, "29.00", "31.50", "The monthly price of Orvane Fibre 150 rises by £2.50."
        ),
    )


def _bills(story: Story, held: tuple[Named, ...], wanted: int | None) -> None:
    mobile, son, home, roaming, voicemail, shield = held
    count = USUAL_BILLS if wanted is None else min(USUAL_BILLS, wanted)
    skipped = frozenset({MISSING}) if count > MISSING else frozenset()
    calendar = bill_days(story, count, 4, skipped)
    if wanted is not None:
        written = len(calendar) + (count > MISSING)
        write_archive(story, wanted - written, calendar[0][1] if calendar else story.today, (mobile, son, home))
    for back, day in calendar:
        charges = [
            Charge("Orvane Unlimited, Claire", "32.00", product=mobile)
            if back < 26
            else Charge("Orvane Start 10 GB, Claire", "21.00"),
            Charge("Orvane SIM Only 12 GB, Tom", "10.00", product=son),
        ]
        if back < 15:
            charges.append(
                Charge("Orvane Fibre 150", "31.50" if back < RISE else "29.00", product=home, text="Broadband at home")
            )
        if back < 26:
            charges.append(Charge("Visual Voicemail", "1.50", product=voicemail))
        if back < 9:
            charges.append(Charge("Scam Call Shield", "2.00", product=shield))
        if back < 5:
            charges.append(Charge("EU Roaming Pass", "8.00", product=roaming))
        if back == 0:
            charges.append(
                Charge(
                    "Roaming data, Portugal", "156.37", USAGE, mobile,
                    text="31.274 MB outside your allowance, at £5.00 per MB; EU Roaming Pass not applied",
                    rate=("5.00", "MB"),
                )
            )  # fmt: skip
        elif back % 3 != 1:
            extra = Decimal(story.random.randrange(45, 390)) / 100
            charges.append(Charge("Calls outside your allowance", str(extra), USAGE, mobile if back < 26 else ("", "")))
        if back == 14:
            charges.append(Charge("Home hub delivery", "9.95", ONE_TIME, home))
        if len(charges) < 3:
            charges.append(Charge("Itemised paper bill", "1.25", ONE_TIME))
        write_bill(story, day, charges, paid=back > 0)
        if back == CREDITED and count > MISSING:
            _credit_note(story, day + timedelta(days=9), home)


def _credit_note(story: Story, day: date, home: Named) -> None:
    charges = (
        Charge("Fibre fault: 3 days without service", "-3.15", CREDIT, home),
        Charge("Automatic compensation for delayed repair", "-9.33", CREDIT, home, is_taxed=False),
        Charge("Goodwill", "-2.00", CREDIT),
    )
    note = write_bill(story, day, charges, category="credit note", paid=False, state="settled")
    note["remainingAmount"] = {"unit": story.unit, "value": Decimal("0.00")}


def _care(story: Story, mobile: Named, home: Named, roaming: Named, sold: date) -> None:
    opened, promised = story.moment(12, 9, 42), story.moment(9, 9, 42)
    service = service_of(story, roaming)
    bill = story.resources["customerBill"][-1]["id"]
    ticket = add_ticket(
        story,
        "EU Roaming Pass does not work abroad",
        "I pay for the EU Roaming Pass since the summer. In Portugal there was no data with it, and the data I used "
        "is now charged on top.",
        "Incident",
        (
            (opened, "acknowledged", "Received by phone"),
            (opened + timedelta(hours=2), "inProgress", "Passed to level 2; call-back within 72 hours"),
            (story.moment(6, 16, 5), "inProgress", "Still with level 2"),
        ),
        promised=promised,
        wanted=story.moment(8, 12),
        notes=(
            (opened, "Jordan (level 1)", "Pass is active on the account. Level 2 calls back within 72 hours."),
            (story.moment(8, 14, 20), "Customer", "Nobody has called. The 72 hours are over since yesterday."),
            (story.moment(6, 16, 5), "Priya (level 1)", "Chased level 2. No date known."),
        ),
        about=(("affectedProduct", "product", roaming[0]), ("affectedBill", "customerBill", bill)),
    )
    asked = story.moment(3, 11, 15)
    drops = add_ticket(
        story, "Broadband drops in the evening", "The connection drops between 8 and 10 pm, every evening.", "Incident",
        (
            (asked, "acknowledged", "Received in the app"),
            (asked + timedelta(hours=5), "pending", "Need more information from the customer: which lights are on?"),
        ),
        severity="Minor", promised=story.now + days(2),
        notes=((asked + timedelta(hours=5), "Sam B. (broadband)", "Please tell us which lights are lit."),),
        about=(("affectedProduct", "product", home[0]),),
    )  # fmt: skip
    visit = at_hour(story.today + days(3), 13)
    add_appointment(
        story, "Broadband drops in the evening", visit, visit + timedelta(hours=5), asked + days(1),
        place=TOWN, about=(("troubleTicket", "troubleTicket", drops["id"]), ("affectedProduct", "product", home[0])),
        notes=((asked + days(1), "Sam B. (broadband)", "Please have somebody at home who may open the door."),),
    )  # fmt: skip
    done = story.moment(128, 10)
    cabinet = add_ticket(
        story, "No broadband for three days", "No light on the fibre box since this morning.", "Incident",
        (
            (done, "acknowledged", "Received by phone"),
            (done + days(1), "inProgress", "Engineer booked"),
            (done + days(3), "resolved", "Splice in the street cabinet renewed"),
        ),
        severity="Critical", promised=done + days(2),
        notes=((done + days(3), "Marek (field)", "Splice renewed, light levels good."),),
        about=(("affectedProduct", "product", home[0]),),
    )  # fmt: skip
    came = at_hour((done + days(3)).date(), 8)
    add_appointment(
        story, "No light on the fibre box", came, came + timedelta(hours=4), done + days(1),
        status="completed", changed=done + days(3), place=TOWN,
        about=(("troubleTicket", "troubleTicket", cabinet["id"]), ("affectedProduct", "product", home[0])),
    )  # fmt: skip
    add_problem(
        story, "EU Roaming Pass is not applied in Portugal and Spain",
        "Data used abroad is charged outside the allowance although a pass is held.", "Roaming", story.moment(16, 7),
        expected=story.now + days(4), services=(service,), tickets=(ticket["id"],), place="Portugal and Spain",
        affected=2140,
        record=(
            (story.moment(15, 9), "Network operations", "Partner network does not recognise the pass."),
            (story.moment(5, 17), "Network operations", "Correction tested; roll-out planned."),
        ),
    )  # fmt: skip
    add_problem(
        story, "Slow broadband in the evening around Whitcombe",
        "A fibre link to Whitcombe is at its limit between 19:00 and 23:00.", "Broadband", story.moment(5, 18),
        expected=story.now + days(1.2), services=(service_of(story, home),), place="Whitcombe, WH4", affected=860,
        record=((story.moment(2, 8), "Network operations", "Second link ordered, engineers on site tomorrow."),),
    )  # fmt: skip
    add_problem(
        story, "Fibre cut in Whitcombe", "Fibre damaged by road works.", "Broadband", story.moment(128, 8),
        status="resolved", expected=story.moment(127, 18), ended=story.moment(125, 15), place="Whitcombe, WH4",
        affected=312, record=((story.moment(125, 15), "Network operations", "Splices renewed, all services up."),),
    )  # fmt: skip
    _talk(story, ticket["id"], roaming, sold)


def _talk(story: Story, ticket: str, roaming: Named, sold: date) -> None:
    about = ("troubleTicket", ticket)
    add_contact(story, "Roaming pass does not work", "Fault", story.moment(12, 9, 20), 22, ("Jordan",), about=about,
                result="Level 2 calls back within 72 hours")  # fmt: skip
    add_contact(story, "Nobody called back", "Fault", story.moment(8, 14), 20, ("Alex", "Priya"), about=about,
                result="No date known")  # fmt: skip
    add_contact(story, "Where is the call-back?", "Fault", story.moment(6, 15, 50), 15, ("Priya",), about=about,
                result="Chased level 2")  # fmt: skip
    add_contact(story, "Your contract check-up", "Service", story.moment(20, 18, 10), 9, ("Dean",), inbound=False,
                result="Offered: new handset with 36 months; declined")  # fmt: skip
    add_contact(story, "Question about my last bill", "Billing", story.moment(2, 10, 5), 31, ("Chloe",), channel="chat",
                result="Told to wait for the roaming ticket")  # fmt: skip
    bill_day = story.moment(4, 6)
    add_message(story, "Email", "Your Orvane bill is ready",
                "Your new bill is ready. Payment will be taken by Direct Debit.", bill_day)  # fmt: skip
    add_message(story, "SMS", "", "Your minimum term has ended. You can leave with 30 days' notice.",
                story.moment(61, 9))  # fmt: skip
    add_message(story, "Email", "A change to your price",
                "From two months from now the monthly price of Orvane Fibre 150 rises from £29.00 to £31.50. You may "
                "leave free of charge within one month.", story.moment(122, 8))  # fmt: skip
    add_message(story, "SMS", "",
                "The monthly price of Orvane Unlimited rises from £32.00 to £34.50. You may leave free of charge.",
                story.moment(9, 8))  # fmt: skip
    add_message(story, "SMS", "", "We have your report about EU Roaming Pass. We call you back within 72 hours.",
                story.moment(12, 9, 45))  # fmt: skip
    add_message(story, "Mobile app push notification", "Upgrade today",
                "A new handset is waiting for you. Only this week.", story.moment(10, 17))  # fmt: skip
    add_order(story, "option", "EU Roaming Pass", roaming, "add", story.moment((story.today - sold).days, 13),
              completed=story.moment((story.today - sold).days - 1, 6))  # fmt: skip
    file_paper(story, "Your rights when prices change", "letter", months_back(story.today, 4))
