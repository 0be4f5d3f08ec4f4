"""The card of the way to the internet under somebody's hands."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from selfcare.host.settings import Settings
from selfcare.ui.pages.proxy_card import ProxyCard
from selfcare.viewmodel.proxy import ProxyChoice, proxy_view
from tests import samples
from tests.gui.desk import check_reachable, press, words_on

OWN = Settings(proxy="own", proxy_address="proxy.example:8080", proxy_user="carl")


def card(bot: QtBot, settings: Settings) -> tuple[ProxyCard, list[ProxyChoice]]:
    words = samples.words()
    made, heard = ProxyCard(proxy_view(settings, words), words), list[ProxyChoice]()
    made.chosen.connect(heard.append)
    bot.addWidget(made)
    made.show()
    return made, heard


def test_straight_and_the_computers_own_way_are_taken_at_once(qtbot: QtBot) -> None:
    made, heard = card(qtbot, Settings())
    assert not made.address.isVisible()
    made.way.setCurrentIndex(made.way.findData("system"))
    made.way.setCurrentIndex(made.way.findData("none"))
    assert heard == [ProxyChoice("system"), ProxyChoice("none")]


@pytest.mark.parametrize(
    ("address", "user", "password", "says"),
    [
        ("", "", "", "Type the address"),
        ("https://p.example:1", "", "", "Only HTTP proxies"),
        ("p.example", "", "", "port is missing"),
        ("p.example:1", "", "secret", "the name that belongs"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken(
    qtbot: QtBot, address: str, user: str, password: str, says: str
) -> None:
    made, heard = card(qtbot, Settings())
    made.way.setCurrentIndex(made.way.findData("own"))
    for field, typed in ((made.address, address), (made.user, user), (made.password, password)):
        qtbot.keyClicks(field, typed)
    press(qtbot, made.button)
    assert says in words_on(made)
    assert heard == []
    check_reachable(made)


def test_a_proxy_with_its_password_is_taken_and_the_field_forgets_it(qtbot: QtBot) -> None:
    made, heard = card(qtbot, Settings())
    made.way.setCurrentIndex(made.way.findData("own"))
    for field, typed in ((made.address, "p.example:1"), (made.user, "carl"), (made.password, "secret")):
        qtbot.keyClicks(field, typed)
    press(qtbot, made.button)
    assert heard == [ProxyChoice("own", "p.example:1", "carl", "secret")]
    assert made.password.text() == ""


def test_a_kept_password_stays_until_another_is_typed(qtbot: QtBot) -> None:
    made, heard = card(qtbot, OWN)
    kept = "unchanged"
    assert made.password.placeholderText() == kept
    press(qtbot, made.button)
    qtbot.keyClicks(made.password, "new")
    press(qtbot, made.button)
    press(qtbot, made.button)
    made.user.setText("anna")
    made.password.clear()
    press(qtbot, made.button)
    assert [choice.password for choice in heard] == [None, "new", None, ""]
