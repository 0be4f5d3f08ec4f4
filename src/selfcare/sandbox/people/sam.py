"""Sam: a landline cut before its replacement, 22 calls, 50 agents and three broken deadlines."""

from __future__ import annotations

from datetime import timedelta

from .agreements import add_agreement
from .billing import USAGE, Charge, bill_days, write_bill
from .care import add_appointment, add_contact, add_message, add_order, add_problem, add_ticket
from .inventory import FAILED, Named, add_line, add_option, service_of
from .person import Person
from .shapes import days, months_back
from .story import Story, introduce, medium, open_account

_NAMES = (
    "Aaron Abigail Adil Agnes Ahmed Alice Amara Amit Andrew Anya Arun Ben Beth Brian Callum Carla Cerys Chen Colin "
    "Daisy Dan Demi Derek Dilip Donna Eddie Ella Emeka Erin Farah Fergus Gemma Giles Hanna Harry Ines Isaac Jade "
    "Jamal Jess Kofi Kyle Leanne Liam Mabel Nigel Omar Pam Rhys Zoe"
)
AGENTS = tuple(_NAMES.split())
CALLS = 22
MINUTES = 12 * 60


PLACE = "27 Mill Street, Great Ashby, GA1 5TR"


def sam(story: Story) -> Person:
    """The line that is dead: what was promised, who promised it, and that nothing came of it."""
    since = months_back(story.today, 61)
    introduce(
        story, given="Sam", family="Okoro",
        media=[
            medium("email", True, emailAddress="sam.okoro@example.org"),
            medium("phone", phoneNumber="+441632960518"),
            medium("post", street1="27 Mill Street", city="Great Ashby", postCode="GA1 5TR", country="GB"),
        ],
        since=since,
    )  # fmt: skip
    moved = story.moment(9, 7).date()
    old = add_line(
        story, "Orvane Home Phone (copper)", "+441632960518", "fixed", "22.00", since, status="terminated",
        ended=moved, health=FAILED, place=PLACE,
    )  # fmt: skip
    new = add_line(
        story, "Orvane Digital Voice", "+441632960518", "fixed", "24.00", moved, months=12, health=FAILED, user="Sam",
        place=PLACE,
    )  # fmt: skip
    care = add_option(story, "24/7 Priority Support", new, "4.00", moved, health=FAILED)
    add_agreement(
        story, "Orvane Digital Voice, 12 months", (new, care), moved, months_back(moved, -12), months=12,
        notice=(14, "day"), charge="264.00", renews=False,
        clauses=(
            "24/7 Priority Support is available 24 hours a day, 7 days a week, except weekends and public holidays.",
            "A total loss of service is repaired within two full working days of the report.",
        ),
    )  # fmt: skip
    for _, day in bill_days(story, 20, 12):
        write_bill(story, day, (
            Charge("Orvane Home Phone (copper)", "22.00", product=old),
            Charge("Line rental saver", "-2.00", "appliedBillingCredit", old),
            Charge("Calls to mobiles", f"{story.random.randrange(110, 480) / 100:.2f}", USAGE, old),
        ), paid=True)  # fmt: skip
    open_account(story, since=since, debit="6604")
    _care(story, new)
    return story.person()


def _care(story: Story, line: Named) -> None:
    about = (("affectedProduct", "product", line[0]), ("affectedService", "service", service_of(story, line)))
    cut = story.moment(9, 13)
    text = "The line was cut at 13:00 today, 18 hours before the new one was to start. There is no dial tone."
    first = add_ticket(
        story, "No dial tone after the switch", text, "Incident",
        (
            (cut + timedelta(hours=2), "acknowledged", "Received by phone"),
            (cut + days(1), "inProgress", "Engineer booked"),
            (cut + days(3), "closed", "Line tested from exchange: no fault found"),
        ),
        severity="Critical", promised=cut + days(2),
        notes=(
            (cut + timedelta(hours=3), "Aaron", "Will be up tomorrow 18:00 at the latest."),
            (cut + days(3), "System", "Closed automatically."),
        ),
        about=about,
    )  # fmt: skip
    second = add_ticket(
        story, "Still no dial tone", "The first ticket was closed. The line is still dead.", "Incident",
        (
            (cut + days(3.1), "acknowledged", "Received by phone"),
            (cut + days(3.5), "inProgress", "Passed to field team"),
            (cut + days(6), "closed", "Customer not at home"),
        ),
        severity="Critical", promised=cut + days(5),
        notes=(
            (cut + days(5.1), "Customer", "I was at home all day. Nobody came."),
            (cut + days(6), "Erin", "Engineer reports customer not at home."),
        ),
        about=about,
    )  # fmt: skip
    third = add_ticket(
        story, "Dead line, third report", "Two tickets closed, nobody came, no dial tone.", "Incident",
        (
            (cut + days(6.1), "acknowledged", "Received by phone"),
            (cut + days(6.4), "inProgress", "Escalated"),
        ),
        severity="Critical", promised=cut + days(7.5), wanted=cut + days(6.5),
        notes=(
            (cut + days(6.4), "Gemma", "Manager calls back today before 17:00."),
            (cut + days(7.6), "Customer", "No call, no engineer, no dial tone."),
        ),
        about=about,
    )  # fmt: skip
    came = cut + days(4) - timedelta(hours=5)
    add_appointment(
        story, "No dial tone: engineer at home", came, came + timedelta(hours=10), cut + days(3.2), status="failed",
        place=PLACE, about=(("troubleTicket", "troubleTicket", second["id"]), *about),
        notes=(
            (cut + days(3.2), "Colin", "Booked for tomorrow morning."),
            (cut + days(3.25), "Dispatch", "Moved to tomorrow afternoon: no engineer free in the morning."),
            (cut + days(3.7), "Dispatch", "Moved again, to any hour of the day: the tour is not planned yet."),
            (cut + days(6), "Erin", "Engineer reports customer not at home."),
        ),
    )  # fmt: skip
    for ticket, earlier in ((second, first), (third, second)):
        ticket["troubleTicketRelationship"] = [
            {"id": earlier["id"], "href": earlier["href"], "relationshipType": "followUpOf"}
        ]
    _calls(story, (first["id"], second["id"], third["id"]))
    add_problem(
        story, "Digital Voice lines without dial tone in Great Ashby",
        "Numbers moved from copper were not activated in the new exchange.", "Telephony", story.moment(9, 12),
        status="acknowledged", services=(service_of(story, line),), tickets=(third["id"],), place="Great Ashby, GA1",
        affected=37, record=((story.moment(3, 9), "Network operations", "Cause found, no date for the repair."),),
    )  # fmt: skip
    add_order(story, "migration", "Move from copper to Digital Voice", line, "modify", story.moment(40, 10),
              state="inProgress", expected=cut + timedelta(hours=18),
              notes=((story.moment(40, 10), "Sales", "You will not notice a thing."),))  # fmt: skip
    for shift, words in (
        (2, "Your line will be working by 18:00 tomorrow."),
        (5, "An engineer visits today between 8 and 18."),
        (7.5, "A manager will call you today before 17:00."),
    ):
        add_message(story, "SMS", "", words, cut + days(shift - 0.9))


def _calls(story: Story, tickets: tuple[str, str, str]) -> None:
    weights = [18 + story.random.randrange(30) for _ in range(CALLS)]
    total, spread = sum(weights), 0
    left = list(AGENTS)
    for number in range(CALLS):
        started = story.moment(9 - number * 8 // 21, 14 + number * 8 % 21 // 8 * 2, 10)
        share = len(AGENTS) * (number + 1) // CALLS - len(AGENTS) * number // CALLS
        agents, left = left[:share], left[share:]
        minutes = MINUTES - spread if number == CALLS - 1 else round(weights[number] * MINUTES / total)
        spread += minutes
        add_contact(
            story, "No dial tone", "Fault", started, minutes, agents,
            result=("Transferred", "Cut off while on hold", "Wait for the engineer", "Nothing on file")[number % 4],
            notes=("Customer called again.",) if number % 5 == 0 else (),
            about=("troubleTicket", tickets[min(number // 8, 2)]),
        )  # fmt: skip
