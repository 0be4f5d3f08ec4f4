"""Le Garage: a small firm with 40 lines, one for each who works there, and a bill as long as a list."""

from __future__ import annotations

from .agreements import add_agreement
from .billing import CREDIT, USAGE, Charge, bill_days, write_bill
from .care import add_contact, add_message, add_order, add_ticket
from .inventory import FAILED, WORKS, Named, add_handset, add_line, add_option, service_of
from .person import Person
from .shapes import days, months_back
from .story import Story, introduce, medium, open_account

_NAMES = (
    "Adèle Bruno Camille Denis Élodie Farid Gaëlle Hugo Inès Jérôme Karine Léo Maëlle Nassim Odile Pascal Quentin "
    "Romane Samir Théo Ursule Victor Wassila Xavier Yanis Zélie Anouk Basile Clément Diane Emma Fabien Gilles Hélène "
    "Iris Jules Kenza Loïc Manon Nora"
)
USERS = tuple(_NAMES.split())
BILLS = 13
OFFERS = (("Flotte Mobile 20 Go", "11.90"), ("Flotte Mobile 60 Go", "16.90"), ("Flotte Données", "7.50"))
HANDSETS = ("Lumen S2", "Lumen X4 128 Go", "Corvid 7")


def garage(story: Story) -> Person:
    """Forty lines under one contract, some with options and handsets, billed together every month."""
    since = months_back(story.today, 16)
    introduce(
        story,
        media=[
            medium("email", True, emailAddress="compta@garage-lemaitre.example"),
            medium("phone", phoneNumber="+33199006100"),
            medium("post", street1="Zone artisanale des Prés", city="Courval", postCode="00400", country="FR"),
        ],
        since=since,
    )
    lines: list[tuple[Named, str, str]] = []
    extras: list[tuple[Named, str, str]] = []
    for place, user in enumerate(USERS):
        name, price = OFFERS[0 if place % 4 else 1 + place // 4 % 2]
        line = add_line(story, name, f"+336399807{place:02d}", "mobile", price, since, user=user)
        lines.append((line, price, user))
        if place % 5 == 0:
            health = FAILED if place == 15 else WORKS
            option = add_option(story, "Partage de données", line, "2.50", since, health=health)
            extras.append((option, "2.50", user))
        if place % 3 == 0:
            add_handset(story, HANDSETS[place // 3 % 3], line, since, locked=False if place % 2 else None)
    add_agreement(
        story, "Flotte Mobile, 40 lignes, 24 mois", [line[0] for line in lines] + [extra[0] for extra in extras],
        since, months_back(story.today, -8), months=24, notice=(1, "month"), charge="1240.00", renews=True,
        clauses=(
            "Une ligne peut être retirée de la flotte à tout moment, dans la limite de dix pour cent par an.",
            "Les appareils sont vendus non verrouillés.",
        ),
    )  # fmt: skip
    for back, day in bill_days(story, BILLS, 8):
        charges = [Charge(f"{line[1]}, {user}", price, product=line) for line, price, user in lines]
        charges += [Charge(f"{option[1]}, {user}", price, product=option) for option, price, user in extras]
        for line, _, user in story.random.sample(lines, 5):
            cost = f"{story.random.randrange(60, 1900) / 100:.2f}"
            charges.append(Charge(f"Hors forfait, {user}", cost, USAGE, line, rate=("0.10", "Mo")))
        charges.append(Charge("Remise flotte", "-30.00", CREDIT))
        write_bill(story, day, charges, due_days=30, paid=back > 0)
    total = story.resources["customerBill"][-1]["amountDue"]["value"]
    open_account(story, since=since, status="due", debit="3318", balance=str(total))
    _care(story, extras[3][0], lines[15][2])
    return story.person()


def _care(story: Story, option: Named, user: str) -> None:
    opened = story.moment(4, 9)
    ticket = add_ticket(
        story, f"Partage de données en panne, {user}", "La tablette du dépanneur n'a plus de connexion.", "Incident",
        ((opened, "acknowledged", "Reçu en ligne"), (opened + days(0.2), "inProgress", "Diagnostic en cours")),
        severity="Minor", promised=story.now + days(1.5),
        notes=((opened + days(0.2), "Support Pro", "Diagnostic lancé."),),
        about=(("affectedProduct", "product", option[0]), ("affectedService", "service", service_of(story, option))),
    )  # fmt: skip
    add_contact(story, "Panne du partage de données", "Panne", opened, 12, ("Support Pro",), channel="chat",
                result="Diagnostic lancé", about=("troubleTicket", ticket["id"]))  # fmt: skip
    add_message(story, "Email", "Votre facture flotte est disponible", "Le détail par ligne est joint à la facture.",
                story.moment(8, 6))  # fmt: skip
    add_order(story, "option", "Partage de données", option, "add", story.moment(90, 10),
              completed=story.moment(89, 6))  # fmt: skip
