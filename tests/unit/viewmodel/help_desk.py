"""What the tests of Help are written from: a ticket, a known problem, a line, and the page made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from selfcare.domain.lines import Access, Line
from selfcare.domain.options import Option, PaperState
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import Ticket, TicketState
from selfcare.i18n import load_words
from selfcare.viewmodel.help import HelpFacts, HelpView, help_view

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


def ticket(**changes: object) -> Ticket:
    made = Ticket(
        id="48213",
        title="No data",
        text="Nothing since Monday",
        kind="Incident",
        severity="Major",
        state=TicketState.IN_PROGRESS,
        state_word="inProgress",
        created=datetime(2026, 11, 16, 10, 30, tzinfo=UTC),
        changed=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def problem(**changes: object) -> Problem:
    made = Problem(
        id="SP-1",
        title="Mobile data",
        text="",
        category="",
        state=TicketState.IN_PROGRESS,
        state_word="",
        began=NOW - timedelta(hours=10),
        changed=None,
        ended=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def line() -> Line:
    main = Option("P", "Plan", "LN-1", None, "", PaperState.ACTIVE, "", None, None, None, service_ids=("SV-1",))
    return Line("LN-1", "Plus", "07700 900123", Access.MOBILE, PaperState.ACTIVE, "", None, "", None, None, main=main)


def page(**facts: object) -> HelpView:
    return help_view(HelpFacts(ZONE, **facts), WORDS, TODAY, NOW)  # type: ignore[arg-type]
