"""Words and controls stand out on the picture itself, in every look; and the measure notices where they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.case.notebook import Notebook
from selfcare.ui.context import Context
from selfcare.ui.pages.case_file import CaseFilePage
from selfcare.ui.pages.no_service_dialog import NoServiceDialog
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
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.labels import text
from selfcare.ui.widgets.table import Cell, Column, DataTable, row
from selfcare.ui.widgets.tag import Tag
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.ui.window import MainWindow
from tests.gui.desk import Desk
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


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


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
        qtbot.waitUntil(lambda: window.current.has_view, timeout=20000)
        for _turn in range(8):  # what one reading shows may ask for the next
            qtbot.waitUntil(lambda: not context.store_lane.is_busy, timeout=20000)
            QApplication.processEvents()
        found += [f"{room}: {words}" for words in faint(window)]
    window.close()
    assert found == []


@pytest.mark.parametrize("mirrored", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_chosen_row_has_a_bar_and_the_tag_on_it_an_edge(
    qtbot: QtBot, wear: Callable[[Tokens], None], look: Tokens, mirrored: bool
) -> None:
    wear(look)
    table = DataTable((Column("State", tag=True), Column("Total", stretch=True)), "Bills", bare=True)
    qtbot.addWidget(table)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    table.show_rows([row(str(n), Cell("due Sat 5 Dec", "accent"), "£1") for n in range(2)])
    table.choose("1")
    table.resize(300, 200)
    table.show()
    view = table.viewport()
    image = view.grab().toImage()
    middle = table.rowViewportPosition(1) + table.rowHeight(1) // 2
    start = view.width() - 2 if mirrored else 1
    assert contrast(image.pixelColor(start, middle).name(), look.card) >= 3
    assert image.pixelColor(start, middle - table.rowHeight(0)).name() == look.card
    left = table.columnViewportPosition(0)
    across = [image.pixelColor(x, middle - 8).name() for x in range(left + 4, left + table.columnWidth(0) - 4)]
    assert max(contrast(one, look.accent_tint) for one in across[:20]) >= 3, "the tag has no edge"
    table.close()


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
    button, framed = plain("a button without an edge"), plain("a button")
    button.setStyleSheet("border: 1px solid #e5e2da;")
    framed.setStyleSheet("border: 1px solid #868b95;")
    for widget in (weak, strong, field, button, framed):
        column.addWidget(widget)
    box.resize(300, 300)
    box.show()
    QApplication.processEvents()
    found = faint(box)
    assert len(found) == 3, found
    assert any("hardly to be read" in words for words in found)
    assert any("a field" in words for words in found)
    assert any("a button without an edge" in words for words in found)


def test_a_box_of_the_toolkit_that_does_not_stand_out_or_does_not_grow_is_noticed(
    qtbot: QtBot, wear: Callable[[Tokens], None]
) -> None:
    wear(DARK)
    page = QWidget()
    qtbot.addWidget(page)
    plain_box, circle = QCheckBox("a plain box"), QRadioButton("a plain circle")
    for button in (plain_box, circle):
        button.setStyleSheet("font-size: 32px;")
    good = TickedRow(Tick(), "good", "a good box", "")
    column = QVBoxLayout(page)
    for widget in (plain_box, circle, good):
        column.addWidget(widget)
    page.setStyleSheet(f"QWidget {{ background: {DARK.card}; }}")
    page.show()
    QApplication.processEvents()
    found = faint(page)
    assert any(words.startswith("edge") and words.endswith("a plain box") for words in found), found
    for name in ("a plain box", "a plain circle"):
        assert any(words.startswith("small box") and words.endswith(name) for words in found), found
    assert not any("a good box" in words for words in found), found


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_the_boxes_of_the_case_file_stand_out(
    qtbot: QtBot, desk: Desk, wear: Callable[[Tokens], None], look: Tokens
) -> None:
    wear(look)
    page = desk.page(CaseFilePage)
    page.notes.add()
    qtbot.waitUntil(lambda: page.notes.dialog is not None, timeout=20_000)
    note = page.notes.dialog
    assert note is not None
    dialogs: list[QWidget] = [note, NoServiceDialog(page, Notebook(), lambda _began: None)]
    page.dossier.open()
    qtbot.waitUntil(lambda: page.dossier.dialog is not None and bool(page.dossier.dialog.pdf), timeout=60_000)
    assert page.dossier.dialog is not None
    dialogs.append(page.dossier.dialog)
    found: list[str] = []
    for dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        boxes = dialog.findChildren(QCheckBox)
        assert boxes
        found += [words for words in faint(dialog) if words.startswith(("edge", "small"))]
        assert [box for box in boxes if not isinstance(box.parentWidget(), TickedRow)] == []
        dialog.close()
    assert found == []


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_edge_of_a_button_stands_out_wherever_one_stands(look: Tokens) -> None:
    grounds = ("card", "ground", "side", "neutral_tint", "accent_tint", "warn_tint", "bad_tint", "good_tint")
    assert {g for g in grounds if contrast(look.edge, getattr(look, g)) < 3} == set()


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
