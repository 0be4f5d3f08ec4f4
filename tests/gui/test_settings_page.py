"""The Settings page under somebody's hands: choices are kept at once, forgetting is asked for with its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import OpenTicket
from selfcare.domain.releases import Release, Sight
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.host.folders import data_dir
from selfcare.host.settings import AccountEntry
from selfcare.ui.pages.settings import SettingsPage, licences, size_of
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.viewmodel.updates import UpdateFacts
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_everything_stands_on_one_page(desk: Desk) -> None:
    page = desk.page(SettingsPage)
    shown = words_on(page)
    for words in ("Orvane Mobile", "in use", "Encrypted. The key is in the key store", "Folder", "Apache-2.0"):
        assert words in shown
    check_reachable(page)


def test_a_choice_is_kept_and_told_once(desk: Desk) -> None:
    page = desk.page(SettingsPage)
    with desk.bot.waitSignal(page.settings_changed) as told:
        page.look.setCurrentIndex(page.look.findData("dark"))
    assert told.args[0].look == "dark"
    page.language.setCurrentIndex(page.language.findData("fr"))
    page.interval.setCurrentIndex(page.interval.findData("12"))
    assert [(s.look, s.language, s.interval_hours) for s in desk.saved] == [
        ("dark", "", 6),
        ("dark", "fr", 6),
        ("dark", "fr", 12),
    ]
    assert page.context.settings == desk.saved[-1]


def test_forgetting_is_asked_with_the_safe_answer_in_focus(desk: Desk) -> None:
    page = desk.page(SettingsPage)

    def keep(dialog: QDialog) -> None:
        assert isinstance(dialog, FactsDialog)
        assert dialog.focusWidget() is dialog.cancel_button
        assert "nothing changes" in words_on(dialog)
        press(desk.bot, dialog.cancel_button)

    in_dialog(keep)
    with desk.bot.assertNotEmitted(page.forget_wanted):
        press(desk.bot, button(page, "Forget everything…"))

    def forget(dialog: QDialog) -> None:
        assert isinstance(dialog, FactsDialog)
        press(desk.bot, dialog.confirm_button)

    in_dialog(forget)
    with desk.bot.waitSignal(page.forget_wanted):
        press(desk.bot, button(page, "Forget everything…"))


def test_accounts_are_added_and_left(desk: Desk) -> None:
    page = desk.page(SettingsPage)
    with desk.bot.waitSignal(page.account_wanted):
        press(desk.bot, button(page, "Add an account"))
    with desk.bot.waitSignal(page.sign_out_wanted):
        press(desk.bot, button(page, "Sign out"))


def test_it_is_there_without_an_open_account(desk: Desk) -> None:
    context = desk.context()
    context.session = None
    page = SettingsPage(context)
    desk.bot.addWidget(page)
    page.enter()
    assert "Where your data lies" in words_on(page)


def test_the_open_account_is_there_though_no_settings_keep_it(desk: Desk) -> None:
    context = desk.context()
    context.account = AccountEntry("demo-claire", "orvane-gb", name="Orvane Demo", key_place="memory")
    page = SettingsPage(context)
    desk.bot.addWidget(page)
    page.show()
    with desk.bot.waitSignal(page.found):
        page.enter()
    shown = words_on(page)
    assert "Orvane Demo" in shown
    assert shown.count("Nothing is kept: the key is lost when the program ends") == 1, "it is said once"
    assert shown.count("in use") == 1
    page.look.setCurrentIndex(page.look.findData("dark"))
    assert [entry.id for entry in desk.saved[0].accounts] == ["a1"], "it is not kept with the choices"


def test_only_what_is_forgotten_is_counted(desk: Desk) -> None:
    current = desk.context().settings.current
    for account, size in ((current, 3_000), ("another", 50_000)):
        folder = data_dir() / "accounts" / account
        folder.mkdir(parents=True)
        (folder / "cache.db").write_bytes(b"x" * size)
    page = desk.page(SettingsPage)
    assert "53 kB" in words_on(page)

    def look(dialog: QDialog) -> None:
        assert "3 kB" in words_on(dialog)
        assert "53 kB" not in words_on(dialog)
        dialog.reject()

    in_dialog(look)
    press(desk.bot, button(page, "Forget everything…"))


def test_who_is_signed_out_may_sign_in(desk: Desk) -> None:
    context = desk.context()
    asked: list[bool] = []
    context.is_signed_out = True
    context.sign_in = lambda: asked.append(True)
    page = SettingsPage(context)
    desk.bot.addWidget(page)
    page.show_view(page._view(()))
    page.show()
    press(desk.bot, button(page, "Sign in"))
    assert asked == [True]
    assert "Sign out" not in words_on(page)


def test_sizes_and_licences_are_found(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "a").write_bytes(b"x" * 700)
    (folder / "deep").mkdir()
    (folder / "deep" / "b").write_bytes(b"x" * 300)
    assert size_of(folder) == 1000
    assert size_of(folder / "nothing") == 0
    named = dict(licences())
    assert any(name.startswith("httpx") and "BSD" in licence for name, licence in named.items())


def test_new_versions_and_the_login_are_off_and_said(desk: Desk) -> None:
    page = desk.page(SettingsPage)
    assert not page.start.updates.isChecked()
    assert not page.start.updates.isEnabled(), "this build has no list"
    assert not page.start.login.isChecked()
    assert "names no list of versions" in words_on(page)


def test_looking_for_versions_is_kept_when_ticked_and_shows_what_it_found(desk: Desk) -> None:
    asked: list[bool] = []
    newer = Release("0.2.0", date(2026, 12, 1), "https://versions.example/selfcare")
    facts = [UpdateFacts(has_list=True)]
    page = desk.page(SettingsPage)
    page.context.updates, page.context.look_for_updates = lambda: facts[0], lambda: asked.append(True)
    page.changed({Topic.SETTINGS})
    desk.bot.waitUntil(lambda: page.start.updates.isEnabled(), timeout=20000)
    page.start.updates.click()
    assert [kept.looks_for_updates for kept in desk.saved] == [True]
    facts[0] = UpdateFacts(has_list=True, is_on=True, sight=Sight(datetime(2026, 12, 3, tzinfo=UTC), newer))
    page.changed({Topic.SETTINGS})
    desk.bot.waitUntil(lambda: "Selfcare 0.2.0 is out since 1 Dec 2026." in words_on(page), timeout=20000)
    assert newer.page in words_on(page)
    press(desk.bot, button(page, "Look now"))
    assert asked == [True]


def test_signing_out_names_what_waits_and_asks(desk: Desk) -> None:
    asked = Waiting("w1", OpenTicket("No line", "Dead", "Incident"), WaitingState.NEW, samples.NOW)
    page = desk.page(SettingsPage, FakeReader(the_waiting=(asked,)))

    def answer(yes: bool) -> Callable[[QDialog], None]:
        def given(dialog: QDialog) -> None:
            assert isinstance(dialog, FactsDialog)
            assert "Ticket: No line" in words_on(dialog)
            press(desk.bot, dialog.confirm_button if yes else dialog.cancel_button)

        return given

    in_dialog(answer(False))
    with desk.bot.assertNotEmitted(page.sign_out_wanted):
        press(desk.bot, button(page, "Sign out"))
    in_dialog(answer(True))
    with desk.bot.waitSignal(page.sign_out_wanted):
        press(desk.bot, button(page, "Sign out"))
    assert "Ticket: No line" in words_on(page.forget_dialog(page._shown))  # type: ignore[arg-type]


def test_signing_out_with_nothing_waiting_asks_nothing(desk: Desk) -> None:
    page = desk.page(SettingsPage)
    with desk.bot.waitSignal(page.sign_out_wanted):
        press(desk.bot, button(page, "Sign out"))
