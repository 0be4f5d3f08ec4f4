"""Every word an operator may say is a bomb: markup, links, marks that turn the direction, formats, a novel."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from selfcare.api.client import Reply, Request, Wire
from selfcare.domain.marks import few_marks
from selfcare.domain.records import replace
from tests.journeys.computer import Computer, brand_of, fill
from tests.journeys.walk import columns_of, read_as_markup, walk
from tests.sandbox_process import Sandbox

BOMBS = {
    "markup": '<b>Free</b><img src="file:///etc/passwd"><a href="ms-msdt:/x">go</a><!-- &lt;i&gt;',
    "direction": "\u202e\u2066gnp.exe\u2069\u200b" + "\u0301" * 8000,
    "formats": "%1 %s %n {0} {name} {} && &F &amp; \\n \t",
    "a novel": "Wort " * 4000,
}
_NOT_WORDS = re.compile(
    r"^(id|href|@.*|.*[Ii]d|.*Type|type|role|.*[Dd]ate(Time)?|.*[Ss]tatus|state|unit|units|currency.*|url|.*Url|mimeType|"
    r"category|country|value|number|phoneNumber|.*No|version|code|direction|severity|priority|language|stateOrProvince)$"
)
_NUMBERS = re.compile(r"^(value|number|phoneNumber|.*No|code)$")
"""What is a number for people, and may hold anything all the same."""
_MARKS = {"\u202e", "\u2066", "\u2069", "\u200b"}


def bombed(value: Any, bomb: str, key: str = "") -> Any:
    """The document with the bomb behind every word of it that is for people."""
    if isinstance(value, dict):
        return {name: bombed(inner, bomb, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [bombed(inner, bomb, key) for inner in value]
    if (
        isinstance(value, str)
        and value
        and bomb == BOMBS["direction"]
        and _NUMBERS.match(key)
        and not re.match(r"\d{4}-\d\d|https?:", value)
    ):
        return f"{value}{bomb}"
    if (
        isinstance(value, str)
        and value
        and not _NOT_WORDS.match(key)
        and not re.match(r"[0-9.+-]+$|\d{4}-\d\d|https?:", value)
    ):
        return f"{value} {bomb}"
    return value


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that the program would have opened."""
    found: list[str] = []

    class Browser:
        """Stands where the desktop's own browser would be."""

        @staticmethod
        def openUrl(url: object) -> bool:
            """Remember it."""
            found.append(str(url))
            return True

    monkeypatch.setattr("selfcare.ui.links.QDesktopServices", Browser)
    return found


def words_of(where: QWidget) -> Iterator[tuple[str, str]]:
    """What every widget says, to the eye, to a screen reader and in its fields, and what kind it is."""
    for widget in (where, *where.findChildren(QWidget)):
        yield from (
            (kind, said)
            for kind, said in (
                ("title", widget.windowTitle()), ("name", widget.accessibleName()),
                ("description", widget.accessibleDescription()), ("hint", widget.toolTip()),
            )
            if said
        )  # fmt: skip
        yield from (("action", action.text()) for action in widget.actions())
    for field in where.findChildren(QLineEdit):
        yield from (("field", field.text()), ("hint", field.placeholderText()))
    for lines in where.findChildren(QPlainTextEdit):
        yield "field of lines", lines.toPlainText()
    for label in where.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()
        yield "label", label.text()
    for button in where.findChildren(QAbstractButton):
        yield "button", button.text()
    for box in where.findChildren(QComboBox):
        yield from (("choice", box.itemText(n)) for n in range(box.count()))
    for bar in where.findChildren(QTabBar):
        yield from (("tab", bar.tabText(n)) for n in range(bar.count()))
    for table in where.findChildren(QAbstractItemView):
        model = table.model()
        for row in range(min(50, model.rowCount() if model is not None else 0)):
            yield from (("cell", str(model.index(row, c).data() or "")) for c in columns_of(model))


def goes_off(where: QWidget) -> Iterator[tuple[str, str, str]]:
    """What a text did on it: was read as markup, turned words around, steered, towered, underlined or had no end."""
    yield from (("markup", "", said) for said in read_as_markup(where))
    for kind, said in words_of(where):
        if _MARKS & set(said):
            yield "direction", kind, said
        if [c for c in said if unicodedata.category(c) == "Cc" and c not in "\n\t"]:
            yield "control", kind, said
        if few_marks(said) != said:
            yield "a tower of accents", kind, said
        if len(said) > 4001 and "field" not in kind:
            yield "no end", kind, said
        if kind in {"button", "tab"} and re.search(r"(?<!&)&(?!&)[A-Za-z]", said.replace("&&", "")):
            yield "underlined", kind, said


@pytest.mark.parametrize("login", ["claire", "julien"])
@pytest.mark.parametrize("name", BOMBS)
def test_no_word_goes_off(
    computer: Computer, operator: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str],
    name: str, login: str,
) -> None:  # fmt: skip
    bomb = BOMBS[name]
    real: Callable[[Wire, Request], Reply] = Wire.send

    def send(self: Wire, request: Request) -> Reply:
        reply = real(self, request)
        if "authorization" not in request.headers or "json" not in reply.headers.get("content-type", ""):
            return reply
        return replace(reply, body=json.dumps(bombed(json.loads(reply.body), bomb), ensure_ascii=False).encode())

    with monkeypatch.context() as patch:
        patch.setattr(Wire, "send", send)
        computer.put(fill(tmp_path / "filled", operator.issuer(brand_of(login)), login))
    program = computer.start(login)
    seen: set[str] = set()
    places: list[str] = []

    def look(place: str, where: QWidget) -> None:
        places.append(place)
        assert list(goes_off(where)) == [], place
        seen.update(said for _, said in words_of(where))

    walk(program, look)
    assert len(places) >= 12
    mark = {"markup": "<b>Free</b>", "direction": "gnp.exe", "formats": "%1 %s", "a novel": "Wort Wort"}[name]
    assert [one for one in seen if mark in one], "the bombs are on the screen"
    assert opened == []
    for window in QApplication.topLevelWidgets():
        assert not {"<", *_MARKS} & set(window.windowTitle())
