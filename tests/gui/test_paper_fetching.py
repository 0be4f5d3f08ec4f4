"""A PDF that is not here is fetched when the customer opens it; where it cannot be had, its own place says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from selfcare.domain.failures import Failure, NotAnAnswer, Offline, PaperTrouble
from selfcare.domain.topics import Topic
from selfcare.paper.reader import PaperReader
from selfcare.ui.context import Context
from selfcare.ui.pages.bills import BillsPage
from selfcare.ui.tasks import Lane
from tests.gui.conftest import buttons, says
from tests.gui.test_bill_page import typeset
from tests.readers import FakeReader, FakeSession

Show = Callable[..., Any]


@pytest.fixture(autouse=True)
def around(context: Context, qapp: object) -> Iterator[list[frozenset[Topic]]]:
    made, lane, told = PaperReader(), Lane("sync"), []
    context.make_paper, context.sync_lane, context.changed = (lambda: made), lane, told.append
    yield told
    lane.close()
    made.close()


@pytest.fixture
def page(show: Show, reader: FakeReader, qtbot: QtBot) -> BillsPage:
    reader.the_papers = {}
    made: BillsPage = show(BillsPage)
    qtbot.waitUntil(lambda: "PDF" in buttons(made))
    return made


def opened(page: BillsPage, session: FakeSession, answer: bytes | Failure) -> list[tuple[str, str]]:
    """Press PDF; what the operator is asked for, and what it answers."""
    asked: list[tuple[str, str]] = []

    def fetch(paper_id: str, bill_id: str = "") -> bytes:
        asked.append((paper_id, bill_id))
        if isinstance(answer, Failure):
            raise answer
        return answer

    session.fetch_paper = fetch  # type: ignore[attr-defined]
    buttons(page)["PDF"].click()
    return asked


def test_it_is_fetched_and_shown(
    page: BillsPage, session: FakeSession, qtbot: QtBot, around: list[frozenset[Topic]]
) -> None:
    asked = opened(page, session, typeset(b"One\n#pagebreak()\nTwo"))
    qtbot.waitUntil(lambda: says(page, "1 of 2"))
    assert [bill for _paper, bill in asked] == [page._tasks.bill.view.id]
    assert frozenset({Topic.PAPERS}) in around


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Offline(), "Your operator cannot be reached."),
        (PaperTrouble("not_pdf"), "What your operator sent is not a PDF."),
        (PaperTrouble("missing"), "Your operator has no PDF at the place it names."),
        (NotAnAnswer("html"), "A web page came back instead of your data."),
    ],
)
def test_where_it_does_not_come_its_place_says_why(
    page: BillsPage, session: FakeSession, qtbot: QtBot, answer: Failure, sentence: str
) -> None:
    opened(page, session, answer)
    qtbot.waitUntil(lambda: says(page, sentence))
    assert not says(page, "You can still save it")
    assert not says(page, "being fetched")


def test_nobody_is_asked_while_signed_out(
    page: BillsPage, session: FakeSession, context: Context, qtbot: QtBot
) -> None:
    context.is_signed_out = True
    asked = opened(page, session, b"%PDF-")
    qtbot.waitUntil(lambda: says(page, "It is fetched when you open it while you are signed in."))
    assert asked == []
