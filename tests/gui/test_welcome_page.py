"""The first page under somebody's hands: choosing an operator, the key, opening what is here, and cancelling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from selfcare.domain.failures import Offline, SignInFailed, VaultWrongKey
from selfcare.ui.pages.welcome import WelcomePage
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.viewmodel.proxy import ProxyChoice
from selfcare.viewmodel.welcome import KeyChoice, KeyStore, OperatorRow, SignInChoice, Stage, WelcomeFacts, welcome_view
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, words_on

ORVANE = OperatorRow("orvane-gb", "Orvane Mobile", "GB")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk) -> WelcomePage:
    context = desk.context()
    context.session = None
    made = WelcomePage(context)
    desk.bot.addWidget(made)
    made.show_facts(WelcomeFacts(operators=(ORVANE,)))
    made.show()
    made.enter()
    return made


def test_a_listed_operator_is_signed_in_to_with_one_press(desk: Desk, page: WelcomePage) -> None:
    check_reachable(page)
    with desk.bot.waitSignal(page.sign_in_wanted) as asked:
        press(desk.bot, button(page, "Sign in"))
    assert asked.args == [SignInChoice(KeyChoice("keyring"), operator_id="orvane-gb")]


def test_an_operator_is_looked_for_by_name_or_country(desk: Desk, page: WelcomePage) -> None:
    french = OperatorRow("orvane-fr", "Orvane France", "FR")
    made_up = OperatorRow("orvane-gb", "Orvane Mobile", "GB", "claire")
    page.show_facts(WelcomeFacts(operators=(made_up,)))
    assert page.sign_in.operator.value == "other", "a made-up operator is never chosen by itself"
    assert "No real operator is in the list" in words_on(page)
    assert not page.sign_in.search.isVisible(), "there is nothing to look for yet"
    page.show_facts(WelcomeFacts(operators=(made_up, french)))
    desk.bot.keyClicks(page.sign_in.search, "king")
    assert page.sign_in.operator.currentText() == "Orvane Mobile (United Kingdom), made up"
    page.sign_in.search.setText("france")
    assert [page.sign_in.operator.itemData(n) for n in range(page.sign_in.operator.count())] == ["orvane-fr", "other"]
    with desk.bot.waitSignal(page.sign_in_wanted) as asked:
        press(desk.bot, button(page, "Sign in"))
    assert asked.args[0].operator_id == "orvane-fr"
    page.sign_in.search.setText("telco of nowhere")
    assert "The list has no operator of this name." in words_on(page)
    assert page.sign_in.address.isVisibleTo(page)
    page.sign_in.search.clear()
    assert page.sign_in.operator.count() == 3


def test_the_cards_keep_their_place_when_more_is_known(desk: Desk, page: WelcomePage) -> None:
    page.resize(1360, 860)
    desk.bot.waitUntil(lambda: page.sign_in.height() > 100)
    before = page.sign_in.mapTo(page, page.sign_in.rect().topLeft()).y()
    page.show_facts(WelcomeFacts(operators=(ORVANE,), keychain="Secret Service"))
    desk.bot.waitUntil(lambda: abs(page.sign_in.mapTo(page, page.sign_in.rect().topLeft()).y() - before) < 40)


def test_another_operator_needs_a_safe_address(desk: Desk, page: WelcomePage) -> None:
    page.sign_in.operator.setCurrentIndex(1)
    page.sign_in.address.setText("http://care.example.com")
    with desk.bot.assertNotEmitted(page.sign_in_wanted):
        press(desk.bot, button(page, "Sign in"))
    assert "begins with https://" in words_on(page)
    page.sign_in.address.setText(" https://care.example.com ")
    with desk.bot.waitSignal(page.sign_in_wanted) as asked:
        desk.bot.keyClick(page.sign_in.address, Qt.Key.Key_Return)
    assert asked.args[0].address == "https://care.example.com"
    assert "begins with https://" not in words_on(page)


def test_a_profile_file_takes_the_place_of_the_address(desk: Desk, page: WelcomePage) -> None:
    page.sign_in.operator.setCurrentIndex(1)
    page.sign_in.take_file("/somewhere/operator.json")
    assert not page.sign_in.address.isVisibleTo(page)
    with desk.bot.waitSignal(page.sign_in_wanted) as asked:
        press(desk.bot, button(page, "Sign in"))
    assert asked.args[0].file == "/somewhere/operator.json"


def test_without_a_key_store_a_passphrase_is_typed_twice(desk: Desk, page: WelcomePage) -> None:
    page.show_facts(WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE))
    check_reachable(page)
    assert page.key.first.echoMode() == QLineEdit.EchoMode.Password
    with desk.bot.assertNotEmitted(page.sign_in_wanted):
        press(desk.bot, button(page, "Sign in"))
    assert "At least 10 characters." in words_on(page)
    page.key.first.setText("open sesame 1")
    page.key.second.setText("open sesame 1")
    with desk.bot.waitSignal(page.sign_in_wanted) as asked:
        press(desk.bot, button(page, "Sign in"))
    assert asked.args[0].key == KeyChoice("passphrase", "open sesame 1")


def test_the_demo_needs_no_passphrase(desk: Desk, page: WelcomePage) -> None:
    page.show_facts(WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE))
    with desk.bot.waitSignal(page.demo_wanted) as asked:
        press(desk.bot, page.demo_button)
    assert asked.args == [KeyChoice("memory")]
    page.key.first.setText("open sesame 1")
    page.key.second.setText("open sesame 1")
    with desk.bot.waitSignal(page.demo_wanted) as asked:
        press(desk.bot, page.demo_button)
    assert asked.args == [KeyChoice("passphrase", "open sesame 1")]


def test_a_passphrase_that_is_too_short_is_told_in_sight(desk: Desk, page: WelcomePage) -> None:
    page.resize(900, 420)
    page.show_facts(WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE))
    press(desk.bot, button(page, "Sign in"))

    def is_seen() -> bool:
        whole = page.key.first.visibleRegion().boundingRect() == page.key.first.rect()
        return whole and not page.key._trouble.visibleRegion().isEmpty()

    desk.bot.waitUntil(is_seen, timeout=20000)


def test_the_title_stands_where_it_stands(desk: Desk, page: WelcomePage) -> None:
    page.resize(1360, 860)
    places = set()
    for facts in (
        WelcomeFacts(operators=(ORVANE,)),
        WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE),
        WelcomeFacts(stage=Stage.STARTING),
        WelcomeFacts(stage=Stage.OPEN, account="Orvane Mobile", asks_passphrase=True),
    ):
        page.show_facts(facts)
        QApplication.processEvents()
        places.add(page.head.title.mapTo(page, page.head.title.rect().topLeft()).y())
    assert len(places) == 1, places


def test_nothing_need_be_kept(desk: Desk, page: WelcomePage) -> None:
    page.show_facts(WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE))
    page.key.nothing.click()
    assert not page.key.first.isVisibleTo(page)
    with desk.bot.waitSignal(page.demo_wanted) as asked:
        press(desk.bot, page.demo_button)
    assert asked.args == [KeyChoice("memory")]


def test_a_failure_is_told_and_what_was_typed_stays(desk: Desk, page: WelcomePage) -> None:
    page.sign_in.operator.setCurrentIndex(1)
    page.sign_in.address.setText("https://care.example.com")
    page.show_facts(WelcomeFacts(operators=(ORVANE,), failure=SignInFailed("declined")))
    assert "your operator declined it" in words_on(page)
    assert page.sign_in.address.text() == "https://care.example.com"
    page.show_facts(WelcomeFacts(operators=(ORVANE,), failure=Offline()))
    assert "Nobody answers at this address" in words_on(page)


def test_what_was_said_of_an_address_goes_when_another_is_typed_or_a_file_is_chosen(
    desk: Desk, page: WelcomePage
) -> None:
    facts = WelcomeFacts(operators=(ORVANE,), failure=Offline())
    page.sign_in.operator.setCurrentIndex(1)
    page.show_facts(facts)
    QTest.keyClicks(page.sign_in.address, "x")
    assert "Nobody answers at this address" not in words_on(page)
    page.show_facts(facts)
    assert "Nobody answers at this address" in words_on(page)
    page.sign_in.take_file("/somewhere/else.json")
    assert "Nobody answers at this address" not in words_on(page)


def test_after_a_sign_in_that_failed_the_address_is_there_again(desk: Desk, page: WelcomePage) -> None:
    page.sign_in.operator.setCurrentIndex(1)
    page.sign_in.address.setText("https://care.example.com")
    press(desk.bot, button(page, "Sign in"))
    page.show_facts(WelcomeFacts(operators=(ORVANE,), stage=Stage.BROWSER))
    page.show_facts(WelcomeFacts(operators=(ORVANE,), failure=Offline()))
    assert "Address of the operator for programs" in words_on(page)
    assert page.sign_in.address.text() == "https://care.example.com"


@pytest.mark.parametrize("stage", [Stage.CLOSING, Stage.FORGETTING])
def test_what_is_closed_or_deleted_is_said_and_cannot_be_cancelled(desk: Desk, page: WelcomePage, stage: Stage) -> None:
    page.show_facts(WelcomeFacts(stage=stage))
    assert welcome_view(WelcomeFacts(stage=stage), page.words).progress in words_on(page)
    assert not page.cancel_button.isVisibleTo(page)


def test_signing_in_and_the_first_reading_can_be_cancelled(desk: Desk, page: WelcomePage) -> None:
    page.show_facts(WelcomeFacts(stage=Stage.STARTING))
    assert "Starting the demo operator…" in words_on(page)
    with desk.bot.waitSignal(page.cancel_wanted):
        press(desk.bot, page.cancel_button)
    page.show_facts(WelcomeFacts(stage=Stage.BROWSER))
    assert "Sign in at your operator in your browser." in words_on(page)
    cancel = page.cancel_button
    page.show_facts(WelcomeFacts(stage=Stage.READING, what="bills", done=1, total=10))
    assert page.cancel_button is not cancel
    same = page.cancel_button
    page.show_facts(WelcomeFacts(stage=Stage.READING, what="bills", done=5, total=10))
    assert page.cancel_button is same
    assert "Reading bills: 5 of 10" in words_on(page)
    with desk.bot.waitSignal(page.cancel_wanted):
        press(desk.bot, page.cancel_button)


def test_closed_files_are_opened_by_their_passphrase(desk: Desk, page: WelcomePage) -> None:
    closed = WelcomeFacts(stage=Stage.OPEN, account="Orvane Mobile", asks_passphrase=True)
    page.show_facts(closed)
    check_reachable(page)
    page.open_card.field.setText("open sesame 1")
    with desk.bot.waitSignal(page.open_wanted) as asked:
        desk.bot.keyClick(page.open_card.field, Qt.Key.Key_Return)
    assert asked.args == ["open sesame 1"]
    wrong = VaultWrongKey()
    wrong.is_typed = True
    page.show_facts(WelcomeFacts(stage=Stage.OPEN, account="Orvane Mobile", asks_passphrase=True, failure=wrong))
    assert "That does not open your data." in words_on(page)


def test_a_locked_key_store_is_asked_again_or_the_data_forgotten(desk: Desk, page: WelcomePage) -> None:
    page.show_facts(WelcomeFacts(stage=Stage.OPEN, account="Orvane Mobile"))
    assert not page.open_card.field.isVisibleTo(page)
    with desk.bot.waitSignal(page.open_wanted) as asked:
        press(desk.bot, button(page, "Try again"))
    assert asked.args == [""]

    def forget(dialog: QDialog) -> None:
        assert isinstance(dialog, FactsDialog)
        assert "Orvane Mobile" in words_on(dialog)
        assert dialog.focusWidget() is dialog.cancel_button
        press(desk.bot, dialog.confirm_button)

    in_dialog(forget)
    with desk.bot.waitSignal(page.forget_wanted):
        press(desk.bot, page.open_card.forget_button)


def test_behind_a_proxy_the_way_is_set_before_the_first_sign_in(desk: Desk, page: WelcomePage) -> None:
    assert not page.way.isVisible()
    press(desk.bot, page.way_link)
    page.way.way.setCurrentIndex(page.way.way.findData("own"))
    desk.bot.keyClicks(page.way.address, "proxy.example:8080")
    with desk.bot.waitSignal(page.way_chosen) as chosen:
        press(desk.bot, page.way.button)
    assert chosen.args == [ProxyChoice("own", "proxy.example:8080", "", "")]
    check_reachable(page)


def test_a_file_that_was_opened_with_the_program_waits_for_the_choice_of_a_key(desk: Desk, page: WelcomePage) -> None:
    name = "mine\u202e <b>" + "x" * 300 + ".selfcare"
    page.show_facts(
        WelcomeFacts(operators=(ORVANE,), key_store=KeyStore.NONE, brought=name.replace("\u202e", "\ufffd"))
    )
    check_reachable(page)
    shown = words_on(page)
    assert "You opened “mine\ufffd <b>xxx" in shown
    assert "x" * 130 not in shown
    wanted: list[object] = []
    page.archive_wanted.connect(lambda key, folder: wanted.append((key, folder)))
    press(desk.bot, button(page, "Make the archive"))
    assert wanted == [], "the passphrase comes first"
    page.key.nothing.setChecked(True)
    press(desk.bot, button(page, "Make the archive"))
    assert wanted == [(KeyChoice("memory"), "")]
    page.show_facts(WelcomeFacts(operators=(ORVANE,)))
    assert "Make the archive" not in words_on(page)
