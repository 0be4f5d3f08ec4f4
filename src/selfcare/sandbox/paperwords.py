"""The words, dates and amounts on the demo operator's papers, in the language of each brand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How a brand presents itself on paper."""

    name: str
    language: str
    country: str
    colour: str
    tax: str
    small: str


LETTERHEAD: Mapping[str, Letterhead] = MappingProxyType(
    {
        "orvane-gb": Letterhead(
            "Orvane Mobile",
            "en",
            "GB",
            "#0b6e6e",
            "VAT",
            "Orvane Mobile, a demo operator that does not exist. PO Box 100, Whitcombe WH1 1AA.",
        ),
        "orvane-fr": Letterhead(
            "Orvane France",
            "fr",
            "FR",
            "#5b3fa0",
            "TVA",
            "Orvane France, opérateur de démonstration qui n'existe pas. TSA 10000, 00900 Valbrune Cedex.",
        ),
    }
)

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
_SIGNS = {"GBP": "£", "EUR": "€"}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "title": "Bill {number}",
            "creditTitle": "Credit note {number}",
            "finalTitle": "Final bill {number}",
            "number": "Number",
            "date": "Date",
            "account": "Account",
            "period": "Period",
            "due": "Due",
            "totalDue": "Total to pay",
            "paidOn": "Collected on {day}. Nothing remains to be paid.",
            "takenOn": "Will be collected on {day}.",
            "creditTotal": "Credit in your favour",
            "creditNote": "We set this amount against your next bill.",
            "summary": "In short",
            "taxes": "Taxes",
            "details": "Every charge",
            "payment": "Payment",
            "contest": "If you do not agree",
            "itemised": "Itemised use",
            "itemisedNote": "Calls, messages and data charged beyond your allowance. Times are UTC.",
            "what": "What",
            "charge": "Charge",
            "amount": "Amount",
            "total": "Total",
            "sum": "Sum",
            "tax": "Tax",
            "rate": "Rate",
            "net": "Without tax",
            "gross": "With tax",
            "taxAmount": "Tax amount",
            "day": "Day",
            "time": "Time",
            "quantity": "Quantity",
            "recurringCharge": "Monthly charges",
            "oneTimeCharge": "One-off charges",
            "usageCharge": "Use beyond your allowance",
            "appliedBillingCredit": "Credits",
            "appliedPenaltyCharge": "Fees",
            "other": "Other charges",
            "payment1": "We collect the amount due by Direct Debit on {day}, unless you pay in another way before.",
            "payment2": "The Direct Debit Guarantee applies: your bank refunds at once what was taken in error.",
            "contest1": "Tell us which charge is wrong: in the app, by phone, or in writing, naming bill {number}.",
            "contest2": "While we look into it, we do not chase the disputed part.",
            "contest3": "If we have not settled it after six weeks, you may go to the dispute resolution scheme.",
            "contract": "Contract: {name}",
            "reference": "Reference",
            "starts": "Starts",
            "ends": "Ends",
            "openEnd": "open",
            "between": "This contract is between {operator} and {customer}.",
            "covers": "What it covers",
            "monthly": "A month",
            "clauses": "Terms",
            "signed": "Signed electronically on {day}.",
            "dear": "Dear {customer},",
            "letter": "please keep this letter with your papers.",
            "regards": "Yours sincerely",
        },
        "fr": {
            "title": "Facture {number}",
            "creditTitle": "Avoir {number}",
            "finalTitle": "Facture de clôture {number}",
            "number": "Numéro",
            "date": "Date",
            "account": "Compte",
            "period": "Période",
            "due": "Échéance",
            "totalDue": "Total à payer",
            "paidOn": "Prélevé le {day}. Rien ne reste à payer.",
            "takenOn": "Sera prélevé le {day}.",
            "creditTotal": "Avoir en votre faveur",
            "creditNote": "Ce montant est déduit de votre prochaine facture.",
            "summary": "En bref",
            "taxes": "Taxes",
            "details": "Le détail",
            "payment": "Paiement",
            "contest": "Si vous n'êtes pas d'accord",
            "itemised": "Détail des usages",
            "itemisedNote": "Appels, messages et données facturés hors forfait. Heures UTC.",
            "what": "Libellé",
            "charge": "Libellé",
            "amount": "Montant",
            "total": "Total",
            "sum": "Somme",
            "tax": "Taxe",
            "rate": "Taux",
            "net": "Hors taxe",
            "gross": "TTC",
            "taxAmount": "Montant de la taxe",
            "day": "Jour",
            "time": "Heure",
            "quantity": "Quantité",
            "recurringCharge": "Abonnements",
            "oneTimeCharge": "Frais ponctuels",
            "usageCharge": "Usages hors forfait",
            "appliedBillingCredit": "Remises",
            "appliedPenaltyCharge": "Frais",
            "other": "Autres frais",
            "payment1": "Le montant dû est prélevé le {day}, sauf paiement par un autre moyen avant cette date.",
            "payment2": "Vous pouvez demander à votre banque le remboursement d'un prélèvement dans les huit semaines.",
            "contest1": "Indiquez le montant contesté : dans l'application, par téléphone ou par écrit, en citant la "
            "facture {number}.",
            "contest2": "Pendant l'examen de votre réclamation, la partie contestée n'est pas relancée.",
            "contest3": "Sans solution, vous pouvez saisir gratuitement le médiateur.",
            "contract": "Contrat : {name}",
            "reference": "Référence",
            "starts": "Début",
            "ends": "Fin",
            "openEnd": "sans terme",
            "between": "Ce contrat lie {operator} et {customer}.",
            "covers": "Ce qu'il comprend",
            "monthly": "Par mois",
            "clauses": "Conditions",
            "signed": "Signé électroniquement le {day}.",
            "dear": "{customer},",
            "letter": "merci de conserver ce courrier avec vos papiers.",
            "regards": "Cordialement",
        },
    }
)


def amount_text(amount: Mapping[str, Any], language: str) -> str:
    """An amount as it is printed: £1,234.50 or 1 234,50 €, a true minus for a credit."""
    digits = f"{abs(amount['value']):,.2f}"
    sign = _SIGNS.get(amount["unit"], amount["unit"])
    minus = "\u2212" if amount["value"] < 0 else ""
    if language == "fr":
        grouped = digits.replace(",", "\u202f").replace(".", ",")
        return f"{minus}{grouped}\u00a0{sign}"
    return f"{minus}{sign}{digits}"


def day_text(day: date, language: str, *, short: bool = False) -> str:
    """A day as it is printed: 21 Nov 2026; without the year where `short`."""
    written = f"{day.day} {_MONTHS[language].split()[day.month - 1]}"
    return written if short else f"{written} {day.year}"
