"""The small parts: plain text only, tables that fetch as they are looked at, charts that can be read out, looks."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from selfcare.host.folders import resource
from selfcare.ui.clipboard import copy_secret
from selfcare.ui.links import safe_link
from selfcare.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme, Tokens, contrast, style_sheet
from selfcare.ui.topbar import ROOM, TopBar
from selfcare.ui.widgets.banner import Banner
from selfcare.ui.widgets.buttons import Button, danger, plain, primary
from selfcare.ui.widgets.chart import BarChart, ChartPanel
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.empty import EmptyState, picture_of
from selfcare.ui.widgets.labels import prefilled, set_description, set_name, text, visible
from selfcare.ui.widgets.table import Cell, Column, DataTable, row
from selfcare.ui.widgets.tag import Tag
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.bars import Bar
from selfcare.viewmodel.notice import Notice
from tests.gui.conftest import buttons, texts
from tests.samples import words

NASTY = '<img src="file:///etc/hostname"><b>bold</b> &lt;i&gt; \u202egnp.exe\x07'


@pytest.mark.parametrize("look", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda t: t.name)
def test_every_text_stands_out_from_its_ground(look: Tokens) -> None:
    pairs = [(ink, ground) for ink in ("ink", "quiet") for ground in ("ground", "card", "side", "hover", "accent_tint")]
    pairs += [(kind, f"{kind}_tint") for kind in ("accent", "bad", "warn", "good")]
    pairs += [(kind, "card") for kind in ("accent", "bad", "warn", "good")]
    pairs += [("quiet", "neutral_tint"), ("on_accent", "accent"), ("on_accent", "accent_hover"), ("accent", "ground")]
    pairs += [("ink", "bad_tint"), ("ink", "warn_tint"), ("ink", "good_tint")]
    weak = {p: contrast(getattr(look, p[0]), getattr(look, p[1])) for p in pairs}
    assert {p: c for p, c in weak.items() if c < 4.5} == {}


def test_what_cannot_be_pressed_is_not_drawn_as_a_danger(qtbot: QtBot, theme: Theme) -> None:
    button = danger("Forget everything…")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())

    def is_red() -> bool:
        drawn = button.grab().toImage()
        pixels = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}
        return theme.tokens.bad.lower() in pixels

    assert is_red()
    button.setEnabled(False)
    assert not is_red()


@pytest.mark.parametrize("look", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("kind", [danger, primary, plain])
def test_a_button_that_cannot_be_pressed_looks_like_it(
    qapp: QApplication, qtbot: QtBot, theme: Theme, kind: Callable[[str], Button], look: Tokens
) -> None:
    qapp.setStyleSheet(style_sheet(look))
    button = kind("End the line")
    qtbot.addWidget(button)
    button.show()
    able = button.grab().toImage()
    button.setEnabled(False)
    unable = button.grab().toImage()
    places = [(x, y) for x in range(able.width()) for y in range(able.height())]
    assert look.bad not in {unable.pixelColor(x, y).name() for x, y in places}
    edge = {unable.pixelColor(x, 0).name() for x in range(12, unable.width() - 12)}
    assert len(edge) > 1, "its edge is broken, so that no colour is needed to see it"
    assert len({able.pixelColor(x, 0).name() for x in range(12, able.width() - 12)}) == 1
    assert contrast(look.quiet, look.neutral_tint) >= 4.5
    assert contrast(look.quiet, look.ground) >= 4.5


def test_the_style_sheet_has_no_place_left_unfilled() -> None:
    for look in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK):
        assert "$" not in style_sheet(look)


def test_a_setting_overrules_the_system_at_once(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed, timeout=20000):
        theme.set_look("dark")
    assert qapp.palette().window().color().name() == DARK.ground
    theme.set_look("light")
    assert qapp.palette().window().color().name() == LIGHT.ground


def test_text_of_an_operator_is_never_markup(qtbot: QtBot, theme: Theme) -> None:
    made: list[Any] = [
        text(NASTY),
        Tag(NASTY),
        Banner(Notice(NASTY, NASTY, quote=NASTY)),
        EmptyState(Absence("failed", NASTY, NASTY)),
        FactsDialog(None, words(), title="T", question=NASTY, facts=[(NASTY, NASTY)]),
    ]
    course = Course("course")
    course.show_steps([Step(NASTY, NASTY, NASTY, NASTY, tag=NASTY)])
    made.append(course)
    for widget in made:
        qtbot.addWidget(widget)
        labels = widget.findChildren(QLabel) + ([widget] if isinstance(widget, QLabel) else [])
        assert labels
        for label in labels:
            assert label.textFormat() == Qt.TextFormat.PlainText
            assert "\u202e" not in label.text()
            assert "\x07" not in label.text()


def test_an_ampersand_on_a_button_is_an_ampersand(qtbot: QtBot, theme: Theme) -> None:
    button = plain("Fish & chips")
    qtbot.addWidget(button)
    assert button.text() == "Fish && chips"
    assert button.accessibleName() == "Fish & chips"


def test_a_long_text_is_cut() -> None:
    assert len(visible("x" * 9000)) == 4000
    assert visible("é" * 300, 200).endswith("…")
    assert visible("e" + "\u0301" * 3000) == "e" + "\u0301" * 8


def test_what_a_question_is_about_does_not_stand_in_the_title_of_its_window(qtbot: QtBot) -> None:
    dialog = FactsDialog(None, words(), title="07700 900123 does not work")
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Selfcare", "every program on the screen can read that"
    assert dialog.accessibleName() == "07700 900123 does not work"


def test_no_name_or_field_is_turned_around(qtbot: QtBot) -> None:
    field = QLineEdit(prefilled("no \u202e12\u2066\x07\u061c\u200e\u200f \u0645\u200c" + "\u0301" * 50))
    qtbot.addWidget(field)
    set_name(field, "Bill \u202e12")
    set_description(field, "Bill \u2066" + "x" * 9000)
    assert field.text() == "no \ufffd12\ufffd\ufffd\ufffd\ufffd\ufffd \u0645\u200c" + "\u0301" * 7
    assert field.accessibleName() == "Bill \ufffd12"
    assert len(field.accessibleDescription()) == 4000


def test_a_table_fetches_only_what_is_looked_at(qtbot: QtBot, theme: Theme) -> None:
    table = DataTable((Column("Number"), Column("Total", right=True)), "Bills")
    qtbot.addWidget(table)
    asked: list[tuple[int, int]] = []
    table.rows.wanted.connect(lambda offset, limit: asked.append((offset, limit)))
    table.show_rows([row(str(n), str(n), "£1") for n in range(100)], 10_000, 100)
    table.resize(400, 400)
    table.show()
    qtbot.waitExposed(table)
    assert asked == []
    table.scrollToBottom()
    qtbot.waitUntil(lambda: bool(asked), timeout=20000)
    assert asked == [(9900, 100)]
    table.rows.give(9900, [row(str(n), str(n), "£2") for n in range(9900, 10_000)])
    assert table.rows.index(9999, 0).data() == "9999"
    assert table.rows.index(5000, 0).data() == "…"


def test_a_table_paints_once_when_other_rows_come(qtbot: QtBot, theme: Theme) -> None:
    class Painted(DataTable):
        times = 0

        def paintEvent(self, event: QPaintEvent) -> None:
            self.times += 1
            super().paintEvent(event)

    table = Painted((Column("Number", stretch=True), Column("Total", right=True)), "Bills")
    qtbot.addWidget(table)
    table.resize(400, 400)
    table.show_rows([row(str(n), str(n), "£1") for n in range(100)])
    table.show()
    qtbot.waitUntil(lambda: table.times > 0, timeout=20000)
    QTest.qWait(20)
    for rows in (3, 100, 3):  # wider and narrower, with a scroll bar and without
        table.times = 0
        table.show_rows([row(str(n), str(n), "£" + "1" * (rows % 90)) for n in range(rows)])
        qtbot.waitUntil(lambda: table.times > 0, timeout=20000)
        QTest.qWait(20)
        assert table.times == 1, rows
        assert table.verticalScrollBar().isVisible() == (rows == 100)


def test_a_table_can_be_used_by_keyboard_and_read_out(qtbot: QtBot, theme: Theme) -> None:
    table = DataTable((Column("Number"), Column("State", tag=True)), "Bills")
    qtbot.addWidget(table)
    table.show_rows([row("a", "1", Cell("paid", "good")), row("", "—", "no bill"), row("c", "3", "due")])
    chosen: list[str] = []
    opened: list[str] = []
    table.chosen.connect(chosen.append)
    table.activated_key.connect(opened.append)
    table.show()
    assert table.choose("a")
    assert chosen == []
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen == ["c"]
    assert opened == ["c"]
    assert table.accessibleName() == "Bills"
    assert table.rows.headerData(1, Qt.Orientation.Horizontal) == "State"
    assert table.rows.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "paid"


def test_a_chart_is_walked_by_arrows_and_has_a_table_beside(qtbot: QtBot, theme: Theme) -> None:
    panel = ChartPanel("Bills over time", words(), ("Month", "Total"))
    qtbot.addWidget(panel)
    bars = [Bar("October", "£40.00", 0.5, key="1"), Bar("November", "£312.48", 1.0, "bad", "2")]
    panel.show_bars(bars, "From October to November")
    panel.resize(300, 200)
    panel.show()
    opened: list[str] = []
    panel.chart.chosen.connect(opened.append)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left)
    assert "November, £312.48" in panel.chart.accessibleName()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Left)
    assert "October" in panel.chart.accessibleName()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Return)
    assert opened == ["1"]
    buttons(panel)["Show as a table"].click()
    table = panel.findChild(DataTable)
    assert table is not None
    assert table.isVisible()
    assert table.rows.index(0, 1).data() == "£312.48"
    assert not panel.findChild(BarChart).isVisible()


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_chart_says_its_months_and_what_is_usual_beside_its_bars(
    qtbot: QtBot, theme: Theme, way: Qt.LayoutDirection
) -> None:
    chart = BarChart("Bills over time")
    qtbot.addWidget(chart)
    chart.setLayoutDirection(way)
    chart.resize(400, chart.sizeHint().height())
    chart.show_bars([Bar("October", "£40.00", 1.0, key="1"), Bar("November", "£40.00", 1.0, key="2")])
    ground = chart.grab().toImage()
    beside = (360, 399) if way is Qt.LayoutDirection.LeftToRight else (0, 39)
    below = (0, 399, 72, chart.height() - 1)
    assert inked(ground, *below), "the months"
    bare = inked(ground, *beside, 0, 66)
    chart.show_usual("£40.00", 0.5)
    marked = chart.grab().toImage()
    assert inked(marked, *beside, 24, 50) > 20 > bare, "the amount stands where no bar is"
    opened: list[str] = []
    chart.chosen.connect(opened.append)
    for x in (250, 150):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(x, 40))
    assert opened == (["2", "1"] if way is Qt.LayoutDirection.LeftToRight else ["1", "2"])


def inked(picture: QImage, left: int, right: int, top: int, bottom: int) -> int:
    """How many points of a part are another colour than its corner."""
    places = [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
    ground = picture.pixel(*places[0])
    return sum(picture.pixel(*place) != ground for place in places)


def test_esc_in_a_dialog_is_no(qtbot: QtBot, theme: Theme) -> None:
    dialog = FactsDialog(None, words(), title="Leave?", facts=[("Day", "Mon 30 Nov")], is_final=True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is dialog.cancel_button
    assert "Mon 30 Nov" in texts(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    "address",
    [
        "http://www.orvane.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://www.orvane.example@evil.example/",
        "https://evil.example/www.orvane.example",
        "https://www.orvane.example.evil.example/",
        "https://www.\u043erv\u0430ne.example/",
        "https://www.orvane.example:8443/",
        "//www.orvane.example/",
        "\\\\www.orvane.example\\share",
        "https://www.orvane.example/ x",
        "tel:+442079460100",
        "",
    ],
)
def test_only_the_operators_own_pages_are_links(address: str) -> None:
    assert safe_link(address, ["www.orvane.example"]) is None


def test_the_operators_page_is_a_link() -> None:
    assert safe_link("https://WWW.orvane.example/help?a=1", ["www.orvane.example"]) is not None
    assert safe_link("https://bücher.example/", ["xn--bcher-kva.example"]) is not None


def test_a_copied_secret_is_taken_back(qtbot: QtBot, theme: Theme) -> None:
    owner = text("owner")
    qtbot.addWidget(owner)
    copy_secret(owner, "ABC123456", seconds=0.05)
    assert QGuiApplication.clipboard().text() == "ABC123456"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=20000)
    copy_secret(owner, "ABC123456", seconds=0.05)
    QGuiApplication.clipboard().setText("something else")
    copied = owner.children()[-1]
    copied.clear()  # type: ignore[attr-defined]
    assert QGuiApplication.clipboard().text() == "something else"


def test_a_copied_secret_goes_with_its_owner(theme: Theme) -> None:
    owner = text("owner")
    copy_secret(owner, "ABC123456")
    shiboken6.delete(owner)
    assert QGuiApplication.clipboard().text() == ""


QUITS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from selfcare.ui.clipboard import copy_secret
app = QApplication(sys.argv[:1])
label = QLabel("owner")
copy_secret(label, "ABC123456")
app.aboutToQuit.connect(lambda: print(repr(app.clipboard().text())))
QTimer.singleShot(0, app.quit)
sys.exit(app.exec())
"""


def test_a_copied_secret_goes_with_the_program_which_ends_well() -> None:
    done = subprocess.run([sys.executable, "-c", QUITS], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("''\n", 0), done.stderr


def test_no_absence_has_a_tick_and_each_has_a_picture_of_its_own() -> None:
    kinds = ("nothing", "notOffered", "failed", "neverRead")
    pictures = [picture_of(Absence(kind, "", "")) for kind in kinds]
    assert len(set(pictures)) == 4
    assert "check" not in pictures
    assert picture_of(Absence("calm", "", "")) == "check"
    assert all(resource("icons", f"{name}.svg").exists() for name in pictures)


@pytest.mark.parametrize("width", [900, 1400])
def test_the_search_field_leaves_its_key_out_before_its_words(qtbot: QtBot, width: int) -> None:
    bar = TopBar(words())
    qtbot.addWidget(bar)
    bar.resize(width, 60)
    bar.show()
    hint, room = bar.field.placeholderText(), bar.field.width() - ROOM
    assert hint.startswith("Find a bill, a number, an amount…")
    assert hint.endswith("Ctrl F") == (width == 1400)
    assert bar.field.fontMetrics().horizontalAdvance(hint) <= room
