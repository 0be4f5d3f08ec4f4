"""Saves the days that count as a calendar file: promises, the way up of a complaint, notice and commitment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from selfcare.ui.context import Reading
from selfcare.viewmodel.notice import Notice

from .page import Page
from .paper_saving import save_pdf

if TYPE_CHECKING:
    from selfcare.domain.contract import Contract


def save_calendar(page: Page, make: Callable[[Reading], bytes]) -> None:
    """Make the file on the store lane, ask where to, and write it; `make` gives b"" where no day is to come."""
    words = page.words

    def made(content: bytes) -> None:
        if not content:
            page.show_notice(Notice(words.tr("No day is to come that could stand in a calendar."), ""))
            return
        start = str(Path.home() / f"{words.tr('days')}.ics")
        kinds = words.tr("Calendar files (*.ics)")
        chosen, _kind = QFileDialog.getSaveFileName(page, words.tr("Save the calendar file"), start, kinds)
        if chosen:
            save_pdf(page, content, Path(chosen))

    page.ask(make, made, key="calendar")


def case_calendar(reading: Reading) -> bytes:
    """Promises, the days of the complaint, and those of the contracts; runs on the store lane."""
    from selfcare.paper.calendar_file import calendar_file
    from selfcare.viewmodel.case_calendar import Whom, contract_events, ladder_events, promise_events

    from .case_reading import case_facts

    facts, words, today = case_facts(reading, ()), reading.words, reading.today
    whom = Whom(reading.profile.id, reading.profile.name)
    promises = facts.promises(reading.now)
    events = (
        *promise_events(promises, whom, words, facts.zone),
        *ladder_events(facts, whom, words, today),
        *contract_events(_contracts(reading), whom, words, today),
    )
    return calendar_file(events, reading.now) if events else b""


def contract_calendar(reading: Reading) -> bytes:
    """The days of the contracts alone; runs on the store lane."""
    from selfcare.paper.calendar_file import calendar_file
    from selfcare.viewmodel.case_calendar import Whom, contract_events

    whom = Whom(reading.profile.id, reading.profile.name)
    events = contract_events(_contracts(reading), whom, reading.words, reading.today)
    return calendar_file(events, reading.now) if events else b""


def _contracts(reading: Reading) -> tuple[Contract, ...]:
    """Those of the operator, and the ends that the customer noted by hand."""
    from selfcare.viewmodel.noted_contract import KEPT_AS, noted_contracts, notes_from_bytes

    reader = reading.reader
    notes = notes_from_bytes(reader.draft(KEPT_AS))
    return (*reader.contracts(), *noted_contracts(notes, reader.lines(), reading.words))
