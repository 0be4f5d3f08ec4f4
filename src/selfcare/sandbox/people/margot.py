"""Margot: she left with her box a month ago, and its final bill charges rent for days on which it was gone."""

from __future__ import annotations

from datetime import timedelta

from .agreements import add_agreement
from .billing import ONE_TIME, USAGE, Charge, bill_days, write_bill
from .care import add_message, add_order
from .inventory import add_handset, add_line, add_option
from .person import Person
from .shapes import months_back
from .story import Story, introduce, medium, open_account

PLACE = "3 impasse des Saules, 00300 Brévigny"


def margot(story: Story) -> Person:
    """A box that has ended, with a deposit to come back and a wrong final bill, beside a mobile line that goes on."""
    since = months_back(story.today, 15)
    introduce(
        story, given="Margot", family="Delaunay",
        media=[
            medium("email", True, emailAddress="margot.delaunay@example.org"),
            medium("post", street1="3 impasse des Saules", city="Brévigny", postCode="00300", country="FR"),
        ],
        since=since,
    )  # fmt: skip
    days = list(bill_days(story, 15, 11))
    ended = days[-1][1] - timedelta(days=10)
    box = add_line(
        story, "Orvane Box Fibre", "+33199003377", "internet", "29.99", since, months=12, user="Maison", place=PLACE,
        status="terminated", ended=ended,
    )  # fmt: skip
    films = add_option(story, "Bouquet Cinéma", box, "6.00", since, status="terminated", ended=ended)
    mobile = add_line(story, "Forfait 40 Go", "+33639980177", "mobile", "9.99", since, user="Margot")
    add_handset(story, "Lumen S2", mobile, since, locked=False, whose="owned")
    add_agreement(
        story, "Orvane Box Fibre, 12 mois", (box, films), since, months_back(story.today, 3), months=12,
        notice=(10, "day"), charge="0.00", renews=True,
        clauses=("Le dépôt de garantie est restitué dans les dix jours qui suivent la restitution du matériel.",),
    )  # fmt: skip
    add_agreement(
        story, "Forfait 40 Go sans engagement", (mobile,), since, None, notice=(10, "day"), charge="0.00", renews=True,
        clauses=("Forfait sans engagement, résiliable à tout moment.",),
    )  # fmt: skip
    for back, day in days:
        usage = f"{story.random.randrange(20, 160) / 100:.2f}"
        rent = [
            Charge("Forfait 40 Go", "9.99", product=mobile),
            Charge("Numéros spéciaux", usage, USAGE, mobile),
            Charge("SMS vers l'étranger", "0.30", USAGE, mobile),
        ]
        if back:
            rent += [
                Charge("Orvane Box Fibre", "29.99", product=box),
                Charge("Bouquet Cinéma", "6.00", product=films),
            ]
        if back == len(days) - 1:
            rent.append(Charge("Dépôt de garantie de la box", "49.00", ONE_TIME, box, is_taxed=False))
        write_bill(story, day, rent)
    began = days[-2][1]
    write_bill(
        story, days[-1][1],
        (
            Charge("Orvane Box Fibre, dernier mois", "29.99", product=box),
            Charge("Bouquet Cinéma, dernier mois", "6.00", product=films),
            Charge("Numéros spéciaux", "0.80", USAGE, box),
        ),
        category="last", span=(began, days[-1][1] - timedelta(days=1)), paid=False,
    )  # fmt: skip
    open_account(story, since=since, status="due", debit="7741", balance="36.79")
    told = (story.today - ended).days + 10
    add_order(story, "termination", "Résiliation en trois clics", box, "delete", story.moment(told, 9),
              completed=story.moment((story.today - ended).days, 22))  # fmt: skip
    add_message(
        story,
        "Email",
        "Votre résiliation",
        "Votre box sera coupée à la date prévue. Renvoyez-la sous 30 jours.",
        story.moment(told, 10),
    )
    return story.person()
