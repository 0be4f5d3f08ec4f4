"""Words and controls stand out on the picture itself, in every look; and the measure notices where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.context import Context
from selfcare.ui.theme import (
    CONTRAST_DARK,
    CONTRAST_LIGHT,
    DARK,
    LIGHT,
    Tokens,
    contrast,
    palette_of,
    style_sheet,
    tag_colours,
)
from selfcare.ui.widgets.labels import text
from selfcare.ui.widgets.tag import Tag
from selfcare.ui.window import MainWindow
from tests.shots.contrast import faint

LOOKS = (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Callable[[Tokens], None]]:
    """Dresses the application."""

    def dressed(tokens: Tokens) -> None:
        qapp.setProperty("tokens", tokens.name)
        qapp.setPalette(palette_of(tokens))
        qapp.setStyleSheet(style_sheet(tokens))

    yield dressed
    dressed(LIGHT)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_words_and_controls_stand_out(
    qtbot: QtBot, context: Context, wear: Callable[[Tokens], None], look: Tokens
) -> None:
    wear(look)
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.start()
    window.show()
    found: list[str] = []
    for room in ("home", "bills", "services", "settings"):
        window.show_room(room)
        qtbot.waitUntil(lambda: window.current.has_view, timeout=15000)
        QApplication.processEvents()
        found += [f"{room}: {words}" for words in faint(window)]
    window.close()
    assert found == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_bars_of_a_chart_stand_out_from_their_card(look: Tokens) -> None:
    for bar in (look.bar, look.accent, look.bad):
        assert contrast(bar, look.card) >= 3


def test_what_does_not_stand_out_is_noticed(qtbot: QtBot, wear: Callable[[Tokens], None]) -> None:
    wear(LIGHT)
    box = QWidget()
    qtbot.addWidget(box)
    box.setStyleSheet("QWidget { background: #ffffff; }")
    column = QVBoxLayout(box)
    weak, strong, field = text("hardly to be read"), text("easily read"), QLineEdit()
    weak.setStyleSheet("color: #9aa0aa;")
    field.setStyleSheet("border: 1px solid #dddddd;")
    field.setAccessibleName("a field")
    for widget in (weak, strong, field):
        column.addWidget(widget)
    box.resize(300, 200)
    box.show()
    QApplication.processEvents()
    found = faint(box)
    assert len(found) == 2, found
    assert any("hardly to be read" in words for words in found)
    assert any("a field" in words for words in found)


@pytest.mark.parametrize("look", [CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda look: look.name)
@pytest.mark.parametrize("kind", ["neutral", "good", "warn", "bad", "accent"])
def test_a_tag_keeps_its_shape_in_high_contrast(
    qtbot: QtBot, look: Tokens, kind: str, wear: Callable[[Tokens], None]
) -> None:
    wear(look)
    assert contrast(tag_colours(look, kind)[2], look.card) >= 4.5
    tag = Tag("missed", kind)
    qtbot.addWidget(tag)
    tag.show()
    image = tag.grab().toImage()
    assert image.pixelColor(tag.width() // 2, 0).name() == tag_colours(look, kind)[2]


def test_arrows_and_marks_grow_with_the_text(qapp: QApplication) -> None:
    usual = style_sheet(LIGHT)
    qapp.setProperty("textScale", 2.0)
    try:
        large = style_sheet(LIGHT)
    finally:
        qapp.setProperty("textScale", 1.0)
    assert "width: 12px; height: 12px" in usual
    assert "width: 24px; height: 24px" in large
    assert "width: 12px; height: 12px" not in large
