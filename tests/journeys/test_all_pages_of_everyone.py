"""On every page and question of every demo customer: hostile text is plain text, and every control has a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from selfcare.account.session import Session
from selfcare.domain.commands import OpenTicket
from tests.journeys.computer import Computer, Kept, fill
from tests.journeys.person import go, words_on
from tests.journeys.walk import read_as_markup, walk, without_name
from tests.sandbox_process import Sandbox

PEOPLE = ("claire", "edith", "sam", "nadia", "julien", "atelier", "garage", "lucie", "margot")
HOSTILE = '<b>Free</b> <img src="http://127.0.0.1:9/x.png"><a href="https://evil.example/">click</a> \u202egnp.exe'


@pytest.fixture
def opened_links(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that the program would have opened in the browser."""
    opened: list[str] = []

    class Browser:
        """Stands where the desktop's own browser would be."""

        @staticmethod
        def openUrl(url: object) -> bool:
            """Remember it."""
            opened.append(str(url))
            return True

    monkeypatch.setattr("selfcare.ui.links.QDesktopServices", Browser)
    return opened


@pytest.mark.parametrize("login", PEOPLE)
def test_hostile_text_is_plain_and_every_control_has_a_name(
    computer: Computer, operator: Sandbox, homes: Callable[[str], Kept], opened_links: list[str], login: str
) -> None:
    computer.put(homes(login))
    program = computer.start(login)
    markup: list[str] = []
    nameless: list[str] = []
    places: list[str] = []

    def look(place: str, where: QWidget) -> None:
        places.append(place)
        markup.extend(f"{place}: {found}" for found in read_as_markup(where))
        nameless.extend(f"{place}: {found}" for found in without_name(where))

    walk(program, look)
    assert len(places) >= 12
    assert markup == []
    assert sorted(set(nameless)) == []
    assert opened_links == []


def test_markup_from_the_operator_is_shown_as_it_is(
    computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: object, opened_links: list[str]
) -> None:
    def report(session: Session) -> None:
        session.submit(OpenTicket(HOSTILE, f"{HOSTILE}\nSecond line", "Incident"), "hostile")

    operator = own_operator()
    computer.put(fill(computer.home.parent.parent / "filled", operator.issuer(), "nadia", report))
    program = computer.start("nadia")
    shown: list[str] = []
    markup: list[str] = []

    def look(place: str, where: QWidget) -> None:
        shown.extend(text for text in words_on(where) if "<b>Free</b>" in text)
        markup.extend(f"{place}: {found}" for found in read_as_markup(where))

    walk(program, look)
    assert any('<a href="https://evil.example/">click</a>' in text for text in shown)
    assert not any("\u202e" in text for text in shown), "marks that turn the direction are made visible"
    assert markup == []
    assert opened_links == []
    assert "<b>" not in program.window.windowTitle()
    go(program, "home")
