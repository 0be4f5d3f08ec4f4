"""The questions of leaving beyond yes and no, on the real page: a reason, a discreet plan, a notice, a frozen body."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from selfcare.domain.commands import GiveNotice
from selfcare.domain.lines import SimLock
from selfcare.domain.topics import Topic
from selfcare.leaving.choices import Reason
from selfcare.leaving.drafts import DRAFT_KEY
from selfcare.leaving.terms import RiseClause
from selfcare.leaving.wizard import Screen
from selfcare.ui.pages.leaving import LeavingPage
from selfcare.ui.pages.leaving_asks import pick_row
from selfcare.viewmodel.leaving_parts import PickView
from tests.gui.conftest import says
from tests.gui.test_leaving_page import confirm, desk, kept, open_page, part, press


def choose(page: LeavingPage, name: str, key: str) -> None:
    box = part(page, name)
    assert isinstance(box, QComboBox)
    number = box.findData(key)
    assert number >= 0, key
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_a_death_has_a_page_of_its_own_and_goes_with_the_notice(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice")
    choose(page, "pick:reason", "death")
    assert kept(at).about.reason is Reason.DEATH
    press(page, "forward")
    assert page.answers is not None
    assert page.answers.at is Screen.REASON
    qtbot.waitUntil(lambda: says(page, "Our condolences"))
    press(page, "forward", "forward", "tick:bankKeep", "forward", "forward")
    confirm(qtbot, page)
    assert isinstance(sent[0], GiveNotice)
    assert sent[0].reason == "The holder of the contract has died"


def test_the_keyboard_goes_from_the_first_possible_day_to_the_day(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward")
    day = part(page, "day")
    first = day.date()
    day.setDate(first.addDays(3))
    link = part(page, "firstDay")
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)
    assert part(page, "day").date() == first
    assert page.focusWidget() is part(page, "day")


def test_a_discreet_plan_is_neither_kept_nor_sent(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:keep")
    assert b"PR-1" in at.kept[DRAFT_KEY]
    choose(page, "pick:reason", "safety")
    press(page, "forward")
    qtbot.waitUntil(lambda: says(page, "Leaving a shared account safely"))
    assert not part(page, "forward").isEnabled()
    assert b"PR-1" not in at.kept[DRAFT_KEY]
    assert b"safety" not in at.kept[DRAFT_KEY]
    assert sent == []
    press(page, "back")
    choose(page, "pick:reason", "")
    assert kept(at).keep_number is True


def test_a_notice_that_nobody_states_is_asked_for(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    at.profile = replace(at.profile, country="DE")
    contracts = [replace(one, notice=None) for one in at.reader.contracts()]
    at.reader.contracts = lambda: tuple(contracts)  # type: ignore[method-assign]
    page = open_page(qtbot, at)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward")
    assert not part(page, "forward").isEnabled()
    field = part(page, "amount:notice")
    assert isinstance(field, QSpinBox)
    field.setValue(14)
    field.editingFinished.emit()
    assert kept(at).notice == (14, "day")
    choose(page, "unit:notice", "month")
    assert kept(at).notice == (14, "month")
    field = part(page, "amount:notice")
    field.setValue(1)
    field.editingFinished.emit()
    assert part(page, "day").minimumDate().toPython() == date(2026, 12, 21)


def test_what_changed_since_it_was_shown_is_shown_again_not_sent(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    sent: list[object] = []
    page.submitted.connect(sent.append)
    press(page, "start", "keep:notice", "forward", "forward", "tick:bankKeep", "forward", "forward")
    (frozen,) = page._frozen
    page._frozen = (replace(frozen, day=date(2027, 1, 1)),)
    qtbot.wait(600)
    part(page, "confirm").click()
    assert sent == []
    assert kept(at).at is Screen.CONFIRM
    confirm(qtbot, page)
    assert isinstance(sent[0], GiveNotice)
    assert (len(sent), sent[0].day) == (1, date(2026, 12, 21))


def test_every_new_field_has_a_name(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    press(page, "start", "keep:keep")
    page.changed({Topic.PRODUCTS})
    named = [w for w in page.panel.findChildren(QWidget) if w.objectName().startswith(("pick:", "amount:", "date:"))]
    assert named
    assert all(w.accessibleName() for w in named)


def test_the_words_of_the_contract_are_asked_for_in_one_folded_place(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    page = open_page(qtbot, at)
    press(page, "start", "keep:keep", "forward", "forward", "forward", "tick:bankKeep", "forward")
    assert page.answers is not None
    assert page.answers.at is Screen.DAY
    assert not part(page, "pick:terms:closing").isVisibleTo(page.panel)
    press(page, "exact")
    assert part(page, "pick:terms:closing").isVisibleTo(page.panel)
    choose(page, "pick:terms:closing", "yes")
    field = part(page, "sum:terms:closingFee")
    assert isinstance(field, QLineEdit)
    assert field.isVisibleTo(page.panel), "an answered question stays open"
    assert field.accessibleName()
    field.setText("12.50")
    field.editingFinished.emit()
    assert (kept(at).terms.closing, kept(at).terms.closing_fee) == (True, "12.50")


def test_what_the_contract_named_of_rises_is_asked_beside_the_day(qtbot: Any) -> None:
    at = desk(SimLock.UNLOCKED)
    made, ends = date(2025, 6, 30), date(2027, 6, 30)
    contracts = [replace(one, signed=made, ends=ends) for one in at.reader.contracts()]
    lines = [replace(one, term_ends=ends) for one in at.reader.lines()]
    at.reader.contracts = lambda: tuple(contracts)  # type: ignore[method-assign]
    at.reader.lines = lambda: tuple(lines)  # type: ignore[method-assign]
    page = open_page(qtbot, at)
    press(page, "start", "keep:keep", "forward", "forward", "forward", "tick:bankKeep", "forward")
    choose(page, "pick:terms:riseClause", "percent")
    assert kept(at).terms.rise_clause is RiseClause.PERCENT
    qtbot.waitUntil(lambda: says(page, "may not be in a contract of its day"))
    assert page.findChild(QLineEdit, "sum:agreedRise") is None
    choose(page, "pick:terms:riseClause", "amount")
    qtbot.waitUntil(lambda: page.findChild(QLineEdit, "sum:agreedRise") is not None)


@pytest.mark.parametrize("width", [160, 200, 240, 420])
def test_a_list_below_a_label_of_two_lines_keeps_its_foot_in_a_narrow_column(qtbot: Any, width: int) -> None:
    label = "Votre contrat prévoit-il des frais de résiliation\u202f?"
    pick = PickView("terms:closing", label, (("", "Pas encore de réponse"), ("yes", "oui")), "")
    outside = QWidget()
    qtbot.addWidget(outside)
    column = QVBoxLayout(outside)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(pick_row(pick, SimpleNamespace(answer=lambda *_said: None)))  # type: ignore[arg-type]
    column.addStretch(1)
    outside.resize(width, 400)
    with qtbot.waitExposed(outside):
        outside.show()
    box = outside.findChild(QComboBox)
    assert outside.width() == width
    assert box.geometry().bottom() <= box.parentWidget().rect().bottom()
    assert box.height() >= box.sizeHint().height()
