"""Every page in an invented language, 40 % longer than English and running from right to left: nothing is cut."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from selfcare.i18n import Words
from tests.journeys.computer import Computer, Kept
from tests.journeys.walk import ROOMS, go
from tests.sandbox_process import Sandbox
from tests.shots.wholeness import unreadable

LONGER = 1.4
FACT = re.compile(r"(\{[^}]*\}|%\([a-z_]+\)[a-z])")
ACCENTS = str.maketrans("aeiouAEIOU", "àéîöûÀÉÎÖÛ")
FILLING = "ûn môt dé plùs "


class Invented(gettext.NullTranslations):
    """Says every sentence with accents and two fifths longer; the facts in it stay."""

    def gettext(self, message: str) -> str:
        """A sentence."""
        parts = [part if FACT.fullmatch(part) else part.translate(ACCENTS) for part in FACT.split(message)]
        said = len(FACT.sub("", message))
        more = (FILLING * (said // 8 + 1))[: round(said * (LONGER - 1))].rstrip()
        return f"{''.join(parts)} {more}" if more and said > 3 else "".join(parts)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A sentence with a number."""
        return self.gettext(one if count == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        """A short word."""
        return self.gettext(message)


@pytest.fixture
def mirrored(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program speaks the invented language and stands the other way round."""
    words = Words("en", "en_GB", Invented())
    monkeypatch.setattr("selfcare.app.language.load_words", lambda language, folder: words)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_invented_language_is_longer_and_keeps_its_facts() -> None:
    said = Invented().gettext("Free to leave from {day}")
    assert "{day}" in said
    assert len(said) >= LONGER * len("Free to leave from {day}") - 3
    assert "leave" not in said


@pytest.mark.usefixtures("mirrored", "operator")
def test_nothing_is_cut(computer: Computer, homes: Callable[[str], Kept]) -> None:
    computer.put(homes("claire"))
    program = computer.start("claire")
    program.window.resize(1360, 860)
    assert program.window.sidebar.x() > 600, "the pages stand on the right"
    cut: list[str] = []

    def look(name: str, where: QWidget) -> None:
        cut.extend(f"{name}: {fault}" for fault in unreadable(where.window()))

    for room in ROOMS:
        page = go(program, room)
        look(room, page)
    assert cut == []


@pytest.fixture
def operator(shared_operator: Sandbox) -> Sandbox:
    """The demo operator, only asked."""
    return shared_operator
