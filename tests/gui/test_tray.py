"""The sign in the tray: it stays when the window is closed if that was chosen, and says nothing that names anybody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from selfcare.account.notebook import notebook_of
from selfcare.app import program as running
from selfcare.app.raising import Found, Raising
from selfcare.app.reminding import Reminding
from selfcare.app.telling import Telling, quiet_over
from selfcare.case.promises import newly_missed, promises_from
from selfcare.domain.lines import SimLock
from selfcare.host.settings import Settings
from selfcare.leaving.wizard import Answers
from selfcare.ui.desk import Desk as Whole
from selfcare.ui.pages.settings import SettingsPage
from selfcare.viewmodel.leaving_reminders import cut_reminders
from tests import samples
from tests.gui.desk import Desk, words_on
from tests.unit.viewmodel.test_leaving_views import material

CUT = datetime(2026, 11, 26, 18, tzinfo=UTC)
PLAN = Answers("PR-1", True, day=date(2026, 11, 26), confirmed=samples.NOW, handed_over=date(2026, 11, 25))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """A tray that is there, and what it says."""
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _sign, title, text, *_more: said.append((title, text)))
    return said


@pytest.fixture
def whole(desk: Desk) -> Iterator[Whole]:
    made = Whole("light")
    made.open_window(desk.context())
    yield made
    window = made.window
    made.close(_nothing, _nothing, _nothing)
    if window is not None:
        window.close()
        window.deleteLater()
    made.theme.setParent(None)
    made.theme.deleteLater()


def _nothing() -> None:
    pass


def window_of(whole: Whole) -> Any:
    assert whole.window is not None
    return whole.window


def closed(whole: Whole) -> bool:
    """Whether closing the window closes it."""
    event = QCloseEvent()
    window_of(whole).closeEvent(event)
    return event.isAccepted()


def test_closing_the_window_ends_the_program_unless_it_was_chosen(whole: Whole, told: list[tuple[str, str]]) -> None:
    assert closed(whole)
    assert whole.qt.quitOnLastWindowClosed()
    assert whole.keep_in_tray(samples.words())
    window_of(whole).show()
    put_away: list[str] = []
    window_of(whole).page("leaving").put_away = lambda: put_away.append("leaving")
    assert not closed(whole)
    assert put_away == ["leaving"]
    assert not window_of(whole).isVisible()
    assert not whole.qt.quitOnLastWindowClosed()
    assert whole.tray is not None
    assert [action.text() for action in whole.tray.menu.actions()] == ["Show the window", "End the program"]
    whole.tray.opened.emit()
    assert window_of(whole).isVisible()
    assert not whole.keep_in_tray(None)
    assert closed(whole)
    assert whole.qt.quitOnLastWindowClosed()


def test_without_a_tray_nothing_stays_behind(whole: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    assert not whole.keep_in_tray(samples.words())
    assert closed(whole)
    assert not whole.tell("Reminder", "x")


def test_a_system_that_ends_is_not_held_up(whole: Whole, told: list[tuple[str, str]]) -> None:
    whole.keep_in_tray(samples.words())
    whole._let_close()
    assert closed(whole)


def test_the_tray_speaks_only_while_the_window_is_not_seen(whole: Whole, told: list[tuple[str, str]]) -> None:
    whole.keep_in_tray(samples.words())
    window_of(whole).show()
    assert not whole.tell("Reminder", "x")
    window_of(whole).hide()
    assert whole.tell("Reminder", "x")
    assert told == [("Reminder", "x")]


class Program:
    """Stands where the program stands: a clock, a window that says things, a desk."""

    def __init__(self, whole: Whole) -> None:
        self.desk, self.words, self.window, self.session = whole, samples.words(), self, None
        self.notices: list[object] = []
        self.moment = CUT - timedelta(hours=30)
        self.settings = Settings(quiet_hours="")
        self.raised: list[object] = []
        self.notes = SimpleNamespace(has_raised=True, raise_up=self.raised.append, renew=print)
        self.context = SimpleNamespace(zone=UTC)
        self.show_failure = print

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()

    def say(self, notice: object) -> None:
        self.notices.append(notice)

    def changed(self, _topics: object) -> None:
        """No page is here to be read again."""

    def make_ahead(self) -> None:
        """Nor is one here for the next start."""


def test_a_day_and_an_hour_before_once_each_and_without_a_name(whole: Whole, told: list[tuple[str, str]]) -> None:
    whole.keep_in_tray(samples.words())
    window_of(whole).hide()
    program = Program(whole)
    reminding = Reminding(program)  # type: ignore[arg-type]
    for moment in (CUT - timedelta(hours=30), CUT - timedelta(hours=24), CUT - timedelta(hours=23),
                   CUT - timedelta(minutes=60), CUT - timedelta(minutes=59), CUT - timedelta(minutes=1)):  # fmt: skip
        program.moment = moment
        known = replace(material(PLAN, lock=SimLock.UNLOCKED), now=moment, today=moment.date())
        reminding._say(cut_reminders(known))
    assert [text for _title, text in told] == [
        "Something that you planned comes within about a day. Open Selfcare to see what.",
        "Something that you planned comes within about an hour. Open Selfcare to see what.",
    ]
    for title, text in told:
        for trace in ("07700", "Orvane", "£", "leav", "Leav", "line", "Claire"):
            assert trace not in title + text
    assert len(program.notices) == 2, "it stands in the window too"


def test_a_reminder_that_was_said_is_not_said_again_after_a_new_start(
    whole: Whole, told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole.store, "ask", lambda _owner, work, done, _failed: done(work()))
    whole.keep_in_tray(samples.words())
    window_of(whole).hide()
    kept: Any = Kept()
    moment = CUT - timedelta(hours=23)
    coming = cut_reminders(replace(material(PLAN, lock=SimLock.UNLOCKED), now=moment, today=moment.date()))
    for quiet_for, said in ((2, 0), (0, 1), (0, 1)):
        program = Program(whole)
        program.moment = moment
        if quiet_for:
            hushed(program, quiet_for)
        reminding = Reminding(program)  # type: ignore[arg-type]
        reminding._said |= set(notebook_of(kept).reminded)
        reminding._say(coming, kept)
        assert len(told) == said, "what is only held back in the quiet hours is said after the next start"
    whole.forget("tray")


def test_it_is_chosen_in_the_settings(desk: Desk, told: list[tuple[str, str]]) -> None:
    page = desk.page(SettingsPage)
    assert page.tray.accessibleName() == "Keep reminding in the tray"
    assert not page.tray.isChecked()
    page.tray.click()
    assert [s.stay_in_tray for s in desk.saved] == [True]
    assert "It says no name, number or amount." in words_on(page)


def test_where_there_is_no_tray_it_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    page = desk.page(SettingsPage)
    assert not page.tray.isEnabled()
    assert "This desktop has no tray." in words_on(page)


@pytest.mark.parametrize(("quiet", "tray", "shown"), [(True, True, 0), (True, False, 1), (False, True, 1)])
def test_a_start_by_the_login_stays_in_the_tray_only_where_there_is_one(quiet: bool, tray: bool, shown: int) -> None:
    seen: list[bool] = []
    desk = SimpleNamespace(tray=object() if tray else None, forget=lambda _name: None)
    program = SimpleNamespace(is_quiet=quiet, desk=desk, window=SimpleNamespace(show=lambda: seen.append(True)))
    running.Program.show_now(program)  # type: ignore[arg-type]
    assert len(seen) == shown


def hushed(program: Program, hours: int) -> None:
    """The quiet hours begin with the hour that is and last so long."""
    hour = program.moment.astimezone().hour
    program.settings = Settings(quiet_hours=f"{hour}-{(hour + hours) % 24}")


class Kept:
    """Keeps drafts, as the customer's own file does."""

    def __init__(self) -> None:
        self.drafts: dict[str, bytes] = {}
        self.draft, self.save_draft = self.drafts.get, self.drafts.__setitem__


def test_a_missed_promise_is_told_in_the_tray_once_without_a_name(
    whole: Whole, told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole.store, "ask", lambda _owner, work, done, _failed: done(work()))
    whole.keep_in_tray(samples.words())
    window_of(whole).hide()
    program = Program(whole)
    raising = Raising(program)  # type: ignore[arg-type]
    ticket = replace(samples.tickets()[0], promised=samples.NOW - timedelta(minutes=1), created=None)
    missed = newly_missed(promises_from([ticket], [], [], samples.NOW), [])
    assert missed
    kept: Any = Kept()
    for _look in range(3):
        raising._say(kept, Found(missed, missed))
    in_tray = frozenset(notebook_of(kept).told_in_tray)
    assert in_tray == {promise.key for promise in missed}
    Raising(program)._say(kept, Found(missed, missed, in_tray=in_tray))  # type: ignore[arg-type]
    assert told == [
        ("A promise was missed", "Something that was promised to you has not come in time. Open Selfcare to see what.")
    ]
    assert len(program.raised) == 2, "it stands in the window too, once for each start"
    whole.forget("raise")


def test_in_the_quiet_hours_the_tray_waits_and_says_only_what_is_still_true(
    whole: Whole, told: list[tuple[str, str]]
) -> None:
    whole.keep_in_tray(samples.words())
    window_of(whole).hide()
    program = Program(whole)
    hushed(program, 2)
    telling = Telling(program)  # type: ignore[arg-type]
    assert telling.tell("A", "first")
    assert telling.tell("A", "second")
    assert telling.tell("B", "soon", until=program.moment + timedelta(hours=1))
    telling.let_go()
    assert told == [], "it is quiet still"
    program.moment += timedelta(hours=2)
    telling.let_go()
    assert told == [("A", "second")]
    telling.let_go()
    assert len(told) == 1
    assert telling.tell("C", "by day")
    assert told[-1] == ("C", "by day")
    window_of(whole).show()
    assert not telling.tell("D", "seen in the window")
    whole.forget("tray")


def test_a_promise_that_was_missed_at_night_is_noted_as_told_when_the_tray_says_it(
    whole: Whole, told: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole.store, "ask", lambda _owner, work, done, _failed: done(work()))
    whole.keep_in_tray(samples.words())
    window_of(whole).hide()
    program = Program(whole)
    hushed(program, 2)
    telling = Telling(program)  # type: ignore[arg-type]
    raising = Raising(program, telling)  # type: ignore[arg-type]
    ticket = replace(samples.tickets()[0], promised=samples.NOW - timedelta(minutes=1), created=None)
    missed = newly_missed(promises_from([ticket], [], [], samples.NOW), [])
    kept: Any = Kept()
    raising._say(kept, Found(missed, missed))
    assert notebook_of(kept).told_in_tray == (), "it is only held back: the computer may be switched off"
    program.moment += timedelta(hours=2)
    telling.let_go()
    assert len(told) == 1
    assert set(notebook_of(kept).told_in_tray) == {promise.key for promise in missed}
    for timer in ("tray", "raise"):
        whole.forget(timer)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the computer cannot be set here")
def test_the_quiet_hours_end_by_the_clock_on_the_wall_in_the_night_of_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        spring = quiet_over("22-8", datetime(2027, 3, 27, 22, 30, tzinfo=UTC))
        autumn = quiet_over("22-8", datetime(2026, 10, 24, 22, 30, tzinfo=UTC))
        assert spring == datetime(2027, 3, 28, 6, tzinfo=UTC)
        assert autumn == datetime(2026, 10, 25, 7, tzinfo=UTC)
        assert quiet_over("22-8", datetime(2027, 3, 28, 6, tzinfo=UTC)) is None
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_quiet_hours_are_chosen_in_the_settings(desk: Desk, told: list[tuple[str, str]]) -> None:
    page = desk.page(SettingsPage)
    assert page.quiet.currentText() == "from 22:00 to 08:00"
    page.quiet.setCurrentIndex(page.quiet.findData(""))
    page.quiet.activated.emit(0)
    assert [s.quiet_hours for s in desk.saved] == [""]
