"""Julien: a bill of 45 923,61 € after a week abroad, an agent who hangs up, and 480 instalments as the offer."""

from __future__ import annotations

from .agreements import add_agreement
from .billing import RECURRING, USAGE, Charge, bill_days, write_bill
from .care import add_contact, add_message, add_problem, add_ticket
from .inventory import DEGRADED, SILENT, Named, add_handset, add_line, add_option
from .papers import file_paper
from .person import Person
from .shapes import days, money, months_back, period
from .story import Story, introduce, medium, open_account

ROAMING = (
    ("Itinérance données, Maroc", "18 412.60", "1 841,26 Mo à 10,00 € le Mo", ("10.00", "Mo")),
    ("Itinérance données, en mer (réseau satellite)", "25 987.41", "866,2470 Mo à 30,00 € le Mo", ("30.00", "Mo")),
    ("Itinérance données, Suisse", "1 402.30", "140,23 Mo à 10,00 € le Mo", ("10.00", "Mo")),
    ("Appels reçus à l'étranger", "71.32", "52 min à 1,3715 €", ("1.3715", "min")),
)
TOTAL = "45923.61"
PARTS = 480


def julien(story: Story) -> Person:
    """The bill nobody can pay, and what the operator made of it."""
    since = months_back(story.today, 22)
    introduce(
        story, given="Julien", family="Moreau",
        media=[
            medium("email", True, emailAddress="julien.moreau@example.org"),
            medium("phone", phoneNumber="+33639980231"),
            medium("post", street1="12 rue du Lavoir", city="Montclair", postCode="00200", country="FR"),
        ],
        since=since,
    )  # fmt: skip
    line = add_line(story, "Forfait Liberté 150 Go", "+33639980231", "mobile", "41.99", since, months=24, user="Julien")
    add_handset(story, "Lumen X4 256 Go", line, since, locked=True, whose="owned", left=2)
    alert = add_option(
        story, "Alerte conso", line, "2.00", since, health=SILENT,
        text="Vous êtes prévenu par SMS avant tout dépassement.",
    )  # fmt: skip
    music = add_option(story, "Musique illimitée", line, "5.99", months_back(story.today, 8), health=DEGRADED)
    add_agreement(
        story, "Forfait Liberté 150 Go, 24 mois", (line, alert, music), since, months_back(story.today, -2), months=24,
        notice=(10, "day"), charge="83.98", renews=True,
        clauses=(
            "Les usages en mer et hors Union européenne sont facturés hors forfait, sans plafond.",
            "L'option Alerte conso est fournie sans garantie de délai de remise des messages.",
        ),
    )  # fmt: skip
    for back, day in bill_days(story, 18, 9):
        charges = [
            Charge("Forfait Liberté 150 Go", "41.99", RECURRING, line),
            Charge("Alerte conso", "2.00", RECURRING, alert),
            Charge("Musique illimitée", "5.99", RECURRING, music) if back < 8 else Charge("Option SMS+", "1.00"),
        ]
        if back == 0:
            charges += [
                Charge(name, cost.replace(" ", ""), USAGE, line, text, rate=rate) for name, cost, text, rate in ROAMING
            ]
        write_bill(story, day, charges, due_days=20, paid=back > 0)
    day = story.moment(2, 12).date()
    open_account(
        story, since=since, status="due", debit="5512", balance=TOTAL, limit="300.00",
        plan={
            "planType": "échelonnement",
            "numberOfPayments": PARTS,
            "paymentFrequency": "monthly",
            "status": "ineffective",
            "priority": 1,
            "totalAmount": money(TOTAL, story.unit),
            "validFor": period(day, months_back(day, -PARTS)),
        },
    )  # fmt: skip
    _care(story, line)
    return story.person()


def _care(story: Story, line: Named) -> None:
    bill = story.resources["customerBill"][-1]["id"]
    opened = story.moment(7, 9, 30)
    about = (("disputedBill", "customerBill", bill), ("affectedProduct", "product", line[0]))
    ticket = add_ticket(
        story, "Contestation de la facture de 45 923,61 €",
        "Je n'ai reçu aucune alerte. Le téléphone s'est connecté seul au réseau satellite du ferry. Je conteste.",
        "Bill Dispute",
        (
            (opened, "acknowledged", "Reçue par téléphone"),
            (opened + days(2), "inProgress", "Transmise au service recouvrement"),
        ),
        severity="Critical", promised=story.moment(3, 18),
        notes=(
            (opened, "Kévin (niveau 1)", "Le client conteste l'ensemble de la facture."),
            (opened + days(5), "Service recouvrement", "Proposition : 480 mensualités de 95,68 €."),
        ),
        about=about,
    )  # fmt: skip
    add_ticket(
        story, "Demande de plafonnement de l'itinérance", "Merci de bloquer tout usage hors forfait.", "Incident",
        (
            (opened, "acknowledged", "Reçue par téléphone"),
            (opened + days(1), "rejected", "Le plafond n'existe pas pour ce forfait"),
        ),
        severity="Minor", about=(("affectedProduct", "product", line[0]),),
    )  # fmt: skip
    add_contact(story, "Facture anormale", "Facturation", story.moment(8, 18, 5), 4, ("Sandrine",),
                result="L'agent a raccroché", about=("customerBill", bill))  # fmt: skip
    add_contact(story, "Facture anormale, second appel", "Facturation", opened, 47, ("Kévin", "Mickaël"),
                result="Contestation enregistrée", about=("troubleTicket", ticket["id"]))  # fmt: skip
    add_contact(story, "Proposition de paiement", "Recouvrement", story.moment(2, 12), 11, ("Mme Rey",), inbound=False,
                result="480 mensualités proposées", about=("customerBill", bill))  # fmt: skip
    add_message(story, "SMS", "", "Votre consommation hors forfait dépasse 50 €.", story.moment(8, 23, 50))
    add_message(story, "Email", "Votre facture est disponible",
                "Votre facture est disponible. Elle sera prélevée à la date indiquée.", story.moment(9, 6))  # fmt: skip
    add_message(story, "Email", "Votre échéancier",
                "Nous vous proposons 480 mensualités. Sans réponse sous 8 jours, la ligne sera suspendue.",
                story.moment(2, 13))  # fmt: skip
    file_paper(story, "Proposition d'échéancier", "letter", story.moment(2, 13).date(), ("customerBill", bill),
               "480 mensualités, soit quarante ans.")  # fmt: skip
    add_problem(
        story, "Retard des alertes de consommation", "Les alertes de dépassement arrivent avec plusieurs heures de "
        "retard.", "Itinérance", story.moment(30, 8), place="France", affected=9100,
        record=((story.moment(12, 9), "Exploitation", "Cause identifiée chez un prestataire."),),
    )  # fmt: skip
