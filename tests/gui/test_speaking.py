"""What changes by itself is announced to a person who listens, once, without talking over them; titles are headings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui import speaking
from selfcare.ui.context import Context
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.services import ServicesPage
from selfcare.ui.pages.services_table import LinesTable
from selfcare.ui.topbar import TopBar
from selfcare.ui.widgets.banner import Banner
from selfcare.ui.widgets.labels import Heading, trouble
from selfcare.ui.window import MainWindow
from selfcare.viewmodel.ages import Age
from selfcare.viewmodel.notice import Notice
from tests import samples
from tests.gui.conftest import says

POLITE = QAccessible.AnnouncementPoliteness.Polite
AT_ONCE = QAccessible.AnnouncementPoliteness.Assertive


class Ear:
    """What a reader would say, in order; it stands where Qt hands events to the system."""

    def __init__(self) -> None:
        self.said: list[tuple[str, object]] = []

    def hear(self, event: object) -> None:
        """An event on its way to the system."""
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.said.append((event.message(), event.politeness()))

    @property
    def words(self) -> list[str]:
        """Only the words."""
        return [words for words, _ in self.said]


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    """Somebody listens."""
    made = Ear()
    monkeypatch.setattr(speaking, "hand_over", made.hear)
    monkeypatch.setattr(speaking, "is_heard", lambda: True)
    return made


def test_nothing_is_said_where_nobody_listens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Ear()
    monkeypatch.setattr(speaking, "hand_over", made.hear)
    monkeypatch.setattr(speaking, "is_heard", lambda: False)
    thing = QWidget()
    qtbot.addWidget(thing)
    speaking.announce(thing, "three bills")
    assert made.said == []


def test_a_notice_is_said_once_when_it_comes_into_sight(qtbot: QtBot, ear: Ear) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(Banner(Notice("You are offline.", "Nothing is lost.", "warn")))
    column.addWidget(Banner(Notice("It was refused.", "", "bad", quote="No such line.")))
    assert ear.said == []
    for _ in range(2):  # the page is left and opened again
        page.show()
        page.hide()
    assert ear.said == [("You are offline. Nothing is lost.", POLITE), ("It was refused. No such line.", AT_ONCE)]


def test_what_is_said_is_what_is_shown(qtbot: QtBot, ear: Ear) -> None:
    notice = Banner(Notice("Refused \u202eno", "Call\x1b[31m", "bad", quote="Ab" + "e\u0301" + "\u0301" * 50))
    qtbot.addWidget(notice)
    notice.show()
    assert ear.words == ["Refused \ufffdno Abe" + "\u0301" * 8 + " Call\ufffd[31m"]


def test_how_long_ago_it_was_is_not_said_again(qtbot: QtBot, ear: Ear) -> None:
    notice = Banner(Notice("A promise was missed.", "It was due 10:42, just now.", "bad"))
    qtbot.addWidget(notice)
    notice.show()
    notice.renew("It was due 10:42, 2 minutes ago.")
    assert says(notice, "2 minutes ago")
    assert notice.accessibleDescription() == "It was due 10:42, 2 minutes ago."
    assert len(ear.said) == 1


def test_that_a_request_is_kept_is_said(qtbot: QtBot, ear: Ear, context: Context) -> None:
    from selfcare.viewmodel.notices import request_kept

    window = MainWindow(context)
    qtbot.addWidget(window)
    window.start()
    window.show()
    window.say(request_kept(context.words))
    qtbot.waitUntil(lambda: bool(ear.said), timeout=20000)
    assert request_kept(context.words).sentence in ear.words[-1]
    window.close()


def test_what_is_wrong_with_a_field_is_said_again_when_it_comes_up_again(qtbot: QtBot, ear: Ear) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label = trouble()
    QVBoxLayout(page).addWidget(label)
    page.show()
    label.setText("At least 10 characters.")
    label.setText("At least 10 characters.")
    assert ear.said == [("At least 10 characters.", AT_ONCE)]
    label.hide()
    label.show()
    assert ear.words == ["At least 10 characters."] * 2
    label.setText("")
    assert len(ear.said) == 2


def test_a_reading_that_was_asked_for_is_said_with_its_end_and_not_step_by_step(
    qtbot: QtBot, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfcare.ui.topbar.SETTLED", 0)
    bar = TopBar(samples.words())
    qtbot.addWidget(bar)
    bar.show_reading("Reading bills…")  # one of the program's own
    bar.show_reading("")
    assert ear.said == []
    bar.expect_reading()
    bar.show_reading("Reading bills…")
    for count in range(50):
        bar.show_reading(f"Reading bills: {count} of 50")
    bar.show_reading("")
    bar.show_age(Age("As of 10:42"))
    qtbot.waitUntil(lambda: len(ear.said) > 1, timeout=20000)
    assert ear.said == [("Reading bills…", POLITE), ("As of 10:42", POLITE)]


def test_a_long_reading_says_now_and_then_how_far_it_is(
    qtbot: QtBot, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "FAR_APART", 0)
    bar = TopBar(samples.words())
    qtbot.addWidget(bar)
    bar.expect_reading()
    bar.show_reading("Reading bills…")
    bar.show_reading("Reading bills: 400 of 1,200")
    assert ear.words == ["Reading bills…", "Reading bills: 400 of 1,200"]


def test_how_many_bills_were_found_is_said_after_the_typing_and_not_for_each_key(
    qtbot: QtBot, ear: Ear, show: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfcare.ui.speaking.PAUSE", 100)
    page: BillsPage = show(BillsPage)
    for typed in ("z", "zz", "zzz"):
        page.search(typed)
    qtbot.waitUntil(lambda: bool(ear.said), timeout=20000)
    assert ear.said == [("No bill matches", POLITE)]
    page.search("")
    qtbot.waitUntil(lambda: len(ear.said) > 1, timeout=20000)
    held = page._table.rows
    bills = sum(bool(held.row_at(n).key) for n in range(held.rowCount()))
    assert ear.words[1] == samples.words().trn("{count} bill", "{count} bills", bills)


def test_how_many_lines_a_filter_leaves_is_said_once(
    qtbot: QtBot, ear: Ear, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfcare.ui.speaking.PAUSE", 50)
    page = ServicesPage(context)
    table = LinesTable(context.words, context.today, lambda: None)
    qtbot.addWidget(page)
    qtbot.addWidget(table)
    table.show_view(page.load(context.reading()).view)  # type: ignore[arg-type]
    for typed in ("z", "zz", "zzz"):
        table.filter.setText(typed)

    def counted() -> list[str]:  # a page that another test has left may say its own meanwhile
        return [words for words in ear.words if " found of " in words]

    qtbot.waitUntil(lambda: bool(counted()), timeout=20000)
    assert len(counted()) == 1
    assert counted()[0].startswith("0 lines found of")
    table._show()  # read again
    qtbot.wait(100)
    assert len(counted()) == 1


def test_titles_of_pages_and_cards_are_headings(show: Callable[..., Any]) -> None:
    page = show(HomePage)
    titles = [label for label in page.findChildren(Heading) if label.isVisible()]
    assert page.head.title in titles
    assert len(titles) > 3
    for title in titles:
        told = speaking.told_as("Heading", title)
        assert told is not None
        assert told.role() == QAccessible.Role.Heading
        assert told.text(QAccessible.Text.Name) == title.text() != ""
