"""A bad month written down: what the case file and the dossier are tried with."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Attached, Notebook, Noted, Purpose, Way, Word
from selfcare.case.promises import PromiseOf
from selfcare.domain.complaints import Complaint
from selfcare.domain.tickets import EntityRef
from selfcare.leaving.rules import parse_rules
from selfcare.viewmodel.case_file import CaseFacts
from tests import samples
from tests.samples import NOW

RULES = Path(__file__).resolve().parents[3] / "resources" / "rules"
TICKET = (EntityRef("TroubleTicket", "48213", "about"),)
PHOTO = Attached("red light.jpg", "case file:1", 12, "ab" * 32)
CALL = Noted(
    "N-1", Way.PHONE, True, NOW - timedelta(days=4), NOW - timedelta(days=4) + timedelta(minutes=50),
    agent="Marc Dubois", reference="R-7", said="He could read no note.\nMarc Dubois will see to it.", transfers=3,
    about=TICKET, files=(PHOTO,),
)  # fmt: skip
SALES = Noted(
    "N-2", Way.PHONE, False, NOW - timedelta(days=2), NOW - timedelta(days=2) + timedelta(minutes=10),
    purpose=Purpose.SALES, agent="Zoé", said="Offered a bigger plan.",
)  # fmt: skip
MISSED = Word(
    "W-1", "N-1", "Marc Dubois", PromiseOf.CALL, "calls back within 72 hours", NOW - timedelta(days=4),
    Term(Unit.HOURS, 72), NOW - timedelta(days=1), TICKET,
)  # fmt: skip
SOON = Word("W-2", "N-1", "Ines", PromiseOf.REFUND, "soon", NOW - timedelta(days=4), Term(), None, TICKET)
COMPLAINT = Complaint("The pass does not work", "The pass, or £8.00 back", first=date(2026, 10, 5))
BOOK = Notebook((SALES, CALL), (MISSED, SOON), COMPLAINT)


def case_facts(notebook: Notebook = BOOK, country: str = "GB") -> CaseFacts:
    """Claire's case with her notes."""
    zone = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York"}[country]
    return CaseFacts(
        ZoneInfo(zone),
        contacts=samples.contacts(),
        messages=samples.messages(),
        tickets=samples.tickets(),
        problems=samples.problems(),
        notebook=notebook,
        operator="Orvane Mobile",
        country=country,
        rules=parse_rules((RULES / f"{country.lower()}.toml").read_bytes()),
    )
