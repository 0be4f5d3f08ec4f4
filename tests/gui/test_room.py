"""Room on the screen: words wrap, columns balance, buttons go below, and nothing is cut where it is narrow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.page_room import MARGIN, WIDEST
from selfcare.ui.pages.contract import ContractPage
from selfcare.ui.pages.pieces import fact_list, heading
from selfcare.ui.theme import Theme, tokens_in_use
from selfcare.ui.widgets.balance import Balanced
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.facts import FactList
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import PlainLabel, text
from selfcare.ui.widgets.tag import Tag
from selfcare.ui.widgets.timeline import BETWEEN, NEAR, Mark, TimeLine, label_places, leader_of, side_of
from selfcare.ui.widgets.turning import Turning
from selfcare.viewmodel.facts import FactView
from tests.samples import words
from tests.shots.wholeness import unreadable

LONG = "promised by Monday 23 November at 10:42, in 48 hours, says your operator"


def shown(qtbot: QtBot, widget: QWidget, width: int, height: int = 600) -> QWidget:
    """The widget in a window of a width, as high as it wants to be up to a height."""
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(widget)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    qtbot.waitExposed(window)
    return window


def card(lines: int) -> Card:
    made = Card("A card")
    made.add(*(text("A line of words.") for _ in range(lines)))
    return made


def test_free_cards_go_where_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    long, short = card(12), card(1)
    free = [card(2), card(2)]
    columns = Balanced(1, 1, 500)
    columns.show_cards((long,), (short,), free)
    window = shown(qtbot, columns, 1000)
    assert all(one.parentWidget() is short.parentWidget() for one in free)
    assert unreadable(window) == []


def test_a_short_left_column_is_filled(qtbot: QtBot, theme: Theme) -> None:
    left, right, free = card(1), card(12), card(2)
    columns = Balanced(1, 1, 500)
    columns.show_cards((left,), (right,), (free,))
    window = shown(qtbot, columns, 1000)
    assert free.parentWidget() is left.parentWidget()
    assert unreadable(window) == []


@pytest.mark.parametrize(("free_first", "order"), [(True, [0, 2, 1]), (False, [0, 1, 2])])
def test_a_narrow_window_has_one_column_in_order(
    qtbot: QtBot, theme: Theme, free_first: bool, order: list[int]
) -> None:
    cards = [card(1), card(9), card(2)]
    columns = Balanced(1, 1, 500, free_first=free_first)
    columns.show_cards(cards[:1], cards[1:2], cards[2:])
    window = shown(qtbot, columns, 400, 900)

    def top(number: int) -> int:
        return cards[number].mapTo(window, cards[number].rect().topLeft()).y()

    qtbot.waitUntil(lambda: sorted(range(3), key=top) == order)


def test_a_button_goes_below_where_it_does_not_fit(qtbot: QtBot, theme: Theme) -> None:
    button = plain("This line does not work")
    main = flow(text("07700 900123"), Tag("option: charged, not working", "bad"))
    turning = Turning(main, flow(button))
    window = shown(qtbot, turning, 900)
    assert button.mapTo(window, button.rect().topLeft()).x() > 400
    window.resize(300, 600)
    qtbot.waitUntil(lambda: button.mapTo(window, button.rect().topLeft()).x() < 40)
    assert unreadable(window) == []


@pytest.mark.parametrize("width", [220, 400, 1200])
def test_a_tag_wraps_and_loses_no_word(qtbot: QtBot, theme: Theme, width: int) -> None:
    made = Card("A title", tag=LONG, tag_kind="warn")
    window = shown(qtbot, made, width)
    qtbot.waitUntil(lambda: unreadable(window) == [])


@pytest.mark.parametrize("width", [260, 420, 900])
def test_facts_are_whole_at_any_width(qtbot: QtBot, theme: Theme, width: int) -> None:
    rows = FactList()
    rows.add("Handset", "Lumen X4 128 GB", tag="locked", tag_kind="warn")
    rows.add("You give the code to the new operator", "Wed 25 Nov, in 4 days, before 17:00")
    rows.add_long("The clause in the contract", "It may or may not be available at a given place and time. " * 3)
    window = shown(qtbot, rows, width)
    qtbot.waitUntil(lambda: unreadable(window) == [])


def test_a_question_takes_the_height_it_needs(qtbot: QtBot, theme: Theme) -> None:
    facts = [(f"Fact {number}", "a value of some words") for number in range(8)] + [("Clause", LONG * 3)]
    dialog = FactsDialog(None, words(), title="Is it so?", question=LONG, facts=facts)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    bar = dialog._scroll.verticalScrollBar()
    assert bar.maximum() == 0 or dialog.height() >= dialog.screen().availableGeometry().height() - 96


def test_a_long_name_on_a_button_ends_in_an_ellipsis(qtbot: QtBot, theme: Theme) -> None:
    button = plain("Contract Orvane Unlimited with Lumen X4, 24 months, and what else belongs to its name")
    window = shown(qtbot, flow(button), 240)
    assert button.width() <= window.width()
    assert button.accessibleName().endswith("its name")


@pytest.mark.parametrize(
    ("dots", "rooms"),
    [([12.0, 593.0, 838.0, 940.0], [222.0, 164.0, 327.0, 290.0]), ([12.0, 500.0], [90.0, 90.0]), ([], [])],
)
def test_the_words_of_days_never_lie_on_each_other(dots: list[float], rooms: list[float]) -> None:
    places = label_places(dots, rooms, 952.0)
    assert len(places) == len(dots)
    for side in (True, False):
        spans = sorted(
            (start, start + room) for (above, start), room in zip(places, rooms, strict=True) if above is side
        )
        assert all(one[1] + BETWEEN <= other[0] for one, other in pairwise(spans))
        assert all(start >= 0 and end <= 952.0 for start, end in spans)


def test_the_words_of_a_day_are_tied_to_its_own_mark() -> None:
    """At twice the text the end of a commitment stood over the last day for notice, with nothing to tell them apart."""
    dots, rooms = [12.0, 593.0, 838.0, 940.0], [222.0, 164.0, 327.0, 290.0]
    places = label_places(dots, rooms, 952.0)
    for dot, room, (_above, start) in zip(dots, rooms, places, strict=True):
        assert start <= leader_of(dot, start, room) <= start + room
        assert abs(leader_of(dot, start, room) - dot) <= NEAR, "straight, from the mark to its words"
    assert side_of(dots[3], places[3][1], rooms[3]) & Qt.AlignmentFlag.AlignRight
    assert side_of(dots[1], places[1][1], rooms[1]) & Qt.AlignmentFlag.AlignHCenter


def test_the_words_of_a_mark_have_its_colour(qtbot: QtBot, theme: Theme) -> None:
    line = TimeLine("Time")
    line.show_marks((Mark(0.2, "Start", "1 May"), Mark(0.8, "WWWWWW", "2 May", "bad")), 0.0)
    window = shown(qtbot, line, 600)
    assert window.isVisible()
    picture = line.grab().toImage()
    bad = QColor(tokens_in_use().bad)
    half = picture.height() // 2
    words = [(x, y) for x in range(380, 600) for y in range(half - 30) if picture.pixelColor(x, y) == bad]
    assert len(words) > 20


def test_a_very_wide_window_keeps_a_name_near_its_figure(show: Callable[..., Any]) -> None:
    page = show(ContractPage, width=2300, height=900)
    cards = [card for card in page.findChildren(Card) if card.isVisible()]
    assert cards
    assert max(card.width() for card in cards) == WIDEST
    left = min(card.mapTo(page, card.rect().topLeft()).x() for card in cards)
    assert left == (2300 - WIDEST) // 2, "the page stands in the middle"
    page.resize(1100, 900)
    QApplication.processEvents()
    assert max(card.width() for card in cards) <= 1100 - MARGIN


def test_rows_that_wrap_do_not_stand_as_far_apart_as_their_columns(qtbot: QtBot) -> None:
    first, second = text("8 contacts"), text("72 hours without service")
    for one in (first, second):
        one.setFixedSize(150, 40)
    row = flow(first, second, gap=32)
    window = shown(qtbot, row, 240)
    assert window.isVisible()
    assert second.y() - first.y() == 40 + 16


@pytest.mark.parametrize(("width", "is_above"), [(280, True), (600, False)])
def test_a_day_stands_above_its_words_where_it_is_narrow(qtbot: QtBot, width: int, is_above: bool) -> None:
    course = Course("What happened")
    done = plain("This was a promise")
    course.show_steps([Step("Tue 24 Nov", "Your operator (SMS)", LONG), Step("Fri 27 Nov", "You", LONG)], {0: done})
    window = shown(qtbot, course, width)
    labels = {label.text(): label for label in course.findChildren(QLabel)}
    day, title = labels["Tue\u00a024\u00a0Nov"], labels["Your operator (SMS)"]

    def has_turned() -> bool:
        foot, head = day.mapTo(window, day.rect().bottomLeft()).y(), title.mapTo(window, title.rect().topLeft()).y()
        return (foot <= head) is is_above and course.width() > width - 60

    qtbot.waitUntil(has_turned, timeout=20_000)
    assert unreadable(window) == []


def test_a_tag_stands_behind_its_title_however_long_that_is(qtbot: QtBot, theme: Theme) -> None:
    tags = [Tag("bound for 273 days", "accent"), Tag("free", "good")]
    titles = ["Orvane Unlimited with Lumen X4 128 GB, 24 months, and what else belongs to it", "Orvane Fibre"]
    box = QWidget()
    column = QVBoxLayout(box)
    for title, tag in zip(titles, tags, strict=True):
        column.addWidget(heading(title, tag))
    window = shown(qtbot, box, 700)
    for tag, title in zip(tags, titles, strict=True):
        label = next(one for one in window.findChildren(QLabel) if one.text() == title)
        assert tag.mapTo(window, tag.rect().topLeft()).x() > label.mapTo(window, label.rect().topRight()).x()
    assert unreadable(window) == []


def test_a_sentence_about_a_figure_stands_below_both(qtbot: QtBot, theme: Theme) -> None:
    fact = FactView(
        "Cost of leaving", "£0.00", "Commitment ended on 21 Sept 2026. No notice is charged after a switch."
    )
    window = shown(qtbot, fact_list([fact, FactView("Notice", "30 days")]), 400)
    labels = {label.text(): label for label in window.findChildren(QLabel)}
    amount, note = labels["£0.00"], labels[fact.note]
    assert note.mapTo(window, note.rect().topLeft()).y() >= amount.mapTo(window, amount.rect().bottomLeft()).y()
    assert note.width() > 350
    assert unreadable(window) == []


def test_a_name_without_a_blank_pushes_nothing_off_a_question(qtbot: QtBot) -> None:
    dialog = FactsDialog(None, words(), title="A" * 190, question="B" * 300, facts=[("h" * 63 + ".example", "bills")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._scroll.horizontalScrollBar().maximum() == 0
    title = next(label for label in dialog.findChildren(PlainLabel) if label.text().startswith("A"))
    assert title.text() == "A" * 190
    assert dialog.width() <= 640
