"""L'Atelier: options sold to a small firm that never worked, and three registered letters without an answer."""

from __future__ import annotations

from datetime import date

from .agreements import add_agreement, price_change
from .billing import USAGE, Charge, bill_days, write_bill
from .care import add_contact, add_message, add_order, add_problem, add_ticket
from .inventory import DEGRADED, FAILED, NEVER_ON, SILENT, WORKS, Named, add_line, add_option, service_of
from .papers import file_paper
from .person import Person
from .shapes import days, months_back
from .story import Story, introduce, medium, open_account

PLACE = "5 impasse des Menuisiers, 00300 Saint-Aubin"


def atelier(story: Story) -> Person:
    """What was sold, what runs, and eight months of asking."""
    since = months_back(story.today, 29)
    introduce(
        story,
        media=[
            medium("email", True, emailAddress="contact@atelier-brunel.example"),
            medium("phone", phoneNumber="+33199004512"),
            medium("post", street1="5 impasse des Menuisiers", city="Saint-Aubin", postCode="00300", country="FR"),
        ],
        since=since,
    )
    phone = add_line(
        story, "Orvane Pro Téléphonie", "+33199004512", "fixed", "29.00", since, months=24, user="Accueil", place=PLACE
    )
    net = add_line(
        story, "Orvane Pro Fibre", "+33199004513", "internet", "45.00", since, months=24, user="Bureau", place=PLACE
    )
    mobile = add_line(story, "Forfait Pro 100 Go", "+33639980377", "mobile", "24.00", since, user="Hélène")
    sold = months_back(story.today, 8)
    clause = "L'option est fournie sous réserve de compatibilité de l'installation du client."
    forward = add_option(story, "Renvoi d'appel multi-lignes", phone, "9.00", sold, health=FAILED, text=clause)
    greeting = add_option(story, "Accueil vocal", phone, "12.00", sold, health=NEVER_ON, text=clause)
    fax = add_option(story, "Fax par courriel", phone, "4.00", since, health=DEGRADED)
    backup = add_option(story, "Secours 4G", net, "10.00", sold, health=SILENT)
    twin = add_option(story, "Carte SIM jumelle", mobile, "5.00", since, health=WORKS)
    comfort = add_option(
        story, "Pack Sérénité", net, "6.90", months_back(story.today, 3), health=SILENT, is_ordered=False
    )
    add_option(
        story, "Enregistrement des appels", phone, "7.00", since, health=WORKS, status="terminated",
        ended=months_back(story.today, 6),
    )  # fmt: skip
    add_option(story, "Conférence à trois", phone, "3.00", since, health=SILENT, status="terminated",
               ended=months_back(story.today, 12))  # fmt: skip
    add_option(story, "Adresse IP fixe", net, "5.00", story.today, health=NEVER_ON, status="pendingActive")
    options = (forward, greeting, fax, backup, twin, comfort)
    _contracts(story, (phone, net, *options[:4], comfort), (mobile, twin), since)
    for back, day in bill_days(story, 26, 6):
        charges = [
            Charge("Orvane Pro Téléphonie", "29.00", product=phone),
            Charge("Orvane Pro Fibre", "45.00" if back < 3 else "42.00", product=net),
            Charge("Forfait Pro 100 Go", "24.00", product=mobile),
            Charge("Fax par courriel", "4.00", product=fax),
        ]
        if back < 8:
            charges.append(Charge("Accueil vocal", "12.00", product=greeting))
            charges.append(Charge("Renvoi d'appel multi-lignes", "9.00", product=forward))
        if back < 3:
            charges.append(Charge("Pack Sérénité", "6.90", product=comfort))
        charges.append(Charge("Appels vers mobiles", f"{story.random.randrange(80, 990) / 100:.2f}", USAGE, phone))
        write_bill(story, day, charges, due_days=20, paid=back > 0)
    balance = story.resources["customerBill"][-1]["amountDue"]["value"]
    open_account(story, since=since, status="due", debit="9034", balance=str(balance))
    _care(story, forward, greeting, comfort, sold)
    return story.person()


def _contracts(story: Story, site: tuple[Named, ...], mobile: tuple[Named, ...], since: date) -> None:
    told, starts = months_back(story.today, 4), months_back(story.today, 3)
    add_agreement(
        story, "Orvane Pro Téléphonie et Fibre, 24 mois", site, since, months_back(story.today, 5), months=24,
        notice=(1, "month"), charge="0.00", renews=True,
        clauses=(
            "Les options sont souscrites pour la durée restante du contrat.",
            ("Renvoi d'appel multi-lignes, Accueil vocal : l'option est active dès sa souscription. Son fonctionnement "
            "dépend de l'installation du client et n'est pas garanti."),
        ),
        price_change=price_change(
            story, told, starts, "42.00", "45.00", "Le prix mensuel d'Orvane Pro Fibre augmente de 3,00 €."
        ),
    )  # fmt: skip
    add_agreement(
        story, "Forfait Pro 100 Go sans engagement", mobile, since, None, notice=(10, "day"), charge="0.00",
        renews=True, clauses=("Forfait sans engagement, résiliable à tout moment.",),
    )  # fmt: skip


def _care(story: Story, forward: Named, greeting: Named, comfort: Named, sold: date) -> None:
    ago = (story.today - sold).days
    opened = story.moment(ago - 12, 9, 15)
    about = (
        ("affectedProduct", "product", forward[0]),
        ("affectedProduct", "product", greeting[0]),
        ("affectedService", "service", service_of(story, forward)),
    )
    main = add_ticket(
        story, "Renvoi d'appel et accueil vocal ne fonctionnent pas",
        "Les deux options vendues ensemble n'ont jamais fonctionné. Les clients tombent sur une ligne occupée.",
        "Incident",
        (
            (opened, "acknowledged", "Reçu par téléphone"),
            (opened + days(1), "inProgress", "Le niveau 2 rappelle sous 72 heures"),
            (opened + days(60), "held", "En attente de l'équipe technique"),
            (story.moment(14, 10), "inProgress", "Options actives dans le système"),
        ),
        promised=opened + days(4),
        notes=(
            (opened, "Bastien (niveau 1)", "Le niveau 2 rappelle sous 72 heures."),
            (opened + days(9), "Client", "Personne n'a rappelé."),
            (opened + days(60), "Amel (niveau 1)", "Aucune trace du premier appel. Nouvelle demande de rappel."),
            (
                story.moment(14, 10), "Cédric (service clients Pro)",
                "L'option est active, mais elle peut fonctionner ou non : c'est écrit dans les conditions.",
            ),
        ),
        about=about,
    )  # fmt: skip
    asked = story.moment(70, 14)
    add_ticket(
        story, "Pack Sérénité jamais demandé", "Cette option est apparue sur la facture sans commande de notre part.",
        "Bill Dispute",
        (
            (asked, "acknowledged", "Reçu par courriel"),
            (asked + days(6), "closed", "Option conforme à l'offre en cours"),
        ),
        severity="Minor", promised=asked + days(5), about=(("affectedProduct", "product", comfort[0]),),
    )  # fmt: skip
    ticket = ("troubleTicket", main["id"])
    calls = (
        (ago - 12, 34, ("Bastien",), "Rappel sous 72 heures"),
        (ago - 20, 41, ("Amel", "Bastien"), "Aucune trace du rappel"),
        (ago - 48, 26, ("Ludovic",), "Transféré, puis coupé"),
        (ago - 72, 58, ("Amel", "Rachid", "Ludovic"), "Dossier rouvert"),
        (ago - 110, 19, ("Stéphanie",), "Écrire par courrier"),
        (14, 37, ("Cédric",), "Active, mais peut fonctionner ou non"),
    )
    for when, minutes, agents, result in calls:
        add_contact(story, "Options qui ne fonctionnent pas", "Panne", story.moment(when, 10, 5), minutes, agents,
                    result=result, about=ticket)  # fmt: skip
    for number, when in enumerate((120, 75, 31), start=1):
        add_contact(story, f"Lettre recommandée n° {number}", "Réclamation", story.moment(when, 11), 0, (),
                    channel="letter", notes=("Accusé de réception signé.",), about=ticket)  # fmt: skip
        file_paper(story, f"Lettre recommandée n° {number}, accusé de réception", "letter",
                   story.moment(when, 11).date(), ticket, "Lettre reçue. Aucune réponse enregistrée.")  # fmt: skip
    for when, agent, result in (
        (95, "Jordan", "Proposition : Pack Sérénité à 6,90 €"),
        (40, "Océane", "Proposition : second accès Fibre"),
        (12, "Jordan", "Proposition : réengagement de 36 mois"),
    ):
        add_contact(story, "Suivi de la qualité de vos services", "Service", story.moment(when, 15, 30), 13, (agent,),
                    inbound=False, result=result)  # fmt: skip
    add_order(story, "option", "Renvoi d'appel multi-lignes et Accueil vocal", forward, "add", story.moment(ago, 16),
              completed=story.moment(ago - 1, 7),
              notes=((story.moment(ago, 16), "Conseiller Pro", "Fonctionne dès demain."),))  # fmt: skip
    add_message(story, "Email", "Évolution de votre tarif",
                "Dans un mois, le prix d'Orvane Pro Fibre passe de 42,00 € à 45,00 €. Vous pouvez résilier sans "
                "frais dans les quatre mois.", story.moment(122, 8))  # fmt: skip
    add_message(story, "Email", "Vos options sont actives", "Accueil vocal et Renvoi d'appel sont à votre service.",
                story.moment(ago - 1, 7))  # fmt: skip
    add_message(story, "SMS", "", "Votre avis compte : notez votre dernier échange de 0 à 10.", story.moment(13, 9))
    add_problem(
        story, "Renvoi d'appel multi-lignes indisponible sur certains standards",
        "Le renvoi ne se déclenche pas avec les installations de plus de deux postes.", "Téléphonie",
        story.moment(ago, 8), services=(service_of(story, forward),), tickets=(main["id"],), place="France",
        affected=611, record=((story.moment(45, 9), "Exploitation", "Correctif à l'étude, sans date."),),
    )  # fmt: skip
