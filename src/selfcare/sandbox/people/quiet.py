"""Nadia and Lucie: two quiet, happy customers; nothing to do is an answer too."""

from __future__ import annotations

from .agreements import add_agreement
from .billing import USAGE, Charge, bill_days, write_bill
from .care import add_contact, add_message
from .inventory import Named, add_handset, add_line, add_option
from .person import Person
from .shapes import months_back
from .story import Story, introduce, medium, open_account


def nadia(story: Story) -> Person:
    """One mobile line, everything paid, everything works."""
    since = months_back(story.today, 14)
    introduce(
        story, given="Nadia", family="Karim",
        media=[
            medium("email", True, emailAddress="nadia.karim@example.org"),
            medium("phone", phoneNumber="+447700900812"),
        ],
        since=since,
    )  # fmt: skip
    line = add_line(story, "Orvane SIM Only 30 GB", "+447700900812", "mobile", "14.00", since, user="Nadia")
    caller = add_option(story, "Caller Display", line, "1.00", since)
    add_handset(story, "Lumen S2", line, since, locked=False)
    add_agreement(
        story, "Orvane SIM Only 30 GB, monthly", (line, caller), since, None, notice=(30, "day"),
        charge="0.00", renews=True, clauses=("You may leave at any time with 30 days' notice.",),
    )  # fmt: skip
    rents = ("Orvane SIM Only 30 GB", "14.00"), ("Caller Display", "1.00")
    _bills(story, line, caller, *rents, "Picture messages", ahead=True)
    open_account(story, since=since, debit="4420")
    add_contact(story, "Change of address", "Account", story.moment(203, 13), 6, ("Grace",), result="Done at once")
    add_message(story, "Email", "Your Orvane bill is ready", "Thank you. Nothing to do: we collect it by Direct Debit.",
                story.moment(18, 6))  # fmt: skip
    return story.person()


def lucie(story: Story) -> Person:
    """A box and a mobile in France, everything paid, everything works."""
    since = months_back(story.today, 19)
    introduce(
        story, given="Lucie", family="Bonnet",
        media=[
            medium("email", True, emailAddress="lucie.bonnet@example.org"),
            medium("post", street1="8 rue des Tilleuls", city="Valbrune", postCode="00100", country="FR"),
        ],
        since=since,
    )  # fmt: skip
    box = add_line(
        story, "Orvane Box Fibre", "+33199001288", "internet", "31.99", since, months=12, user="Maison",
        place="8 rue des Tilleuls, 00100 Valbrune",
    )  # fmt: skip
    mobile = add_line(story, "Forfait 80 Go", "+33639980144", "mobile", "12.99", since, user="Lucie")
    add_handset(story, "Lumen S2", mobile, since, locked=False)
    add_agreement(
        story, "Orvane Box Fibre, 12 mois", (box,), since, months_back(story.today, 7), months=12,
        notice=(10, "day"), charge="0.00", renews=True,
        clauses=("À l'issue de la durée d'engagement, vous pouvez résilier à tout moment, avec 10 jours de préavis.",
                 "Une remise de 3 € par mois est accordée tant que la box et le mobile restent ensemble.",),
    )  # fmt: skip
    add_agreement(
        story, "Forfait 80 Go sans engagement", (mobile,), since, None, notice=(10, "day"), charge="0.00", renews=True,
        clauses=("Forfait sans engagement, résiliable à tout moment.",),
    )  # fmt: skip
    _bills(story, box, mobile, ("Orvane Box Fibre", "31.99"), ("Forfait 80 Go", "12.99"), "Numéros spéciaux")
    open_account(story, since=since, debit="2207")
    add_message(story, "Email", "Votre facture est disponible", "Rien à faire : le prélèvement est automatique.",
                story.moment(18, 6))  # fmt: skip
    return story.person()


def _bills(
    story: Story,
    first: Named,
    second: Named,
    one: tuple[str, str],
    two: tuple[str, str],
    extra: str,
    *,
    ahead: bool = False,
) -> None:
    for _, day in bill_days(story, 14, 18):
        usage = f"{story.random.randrange(20, 160) / 100:.2f}"
        charges = (
            Charge(one[0], one[1], product=first),
            Charge(two[0], two[1], product=second),
            Charge(extra, usage, USAGE, first),
        )
        write_bill(story, day, charges, ahead=ahead)
