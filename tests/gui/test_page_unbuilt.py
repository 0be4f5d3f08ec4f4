"""A page that cannot be built says so, instead of standing there empty."""

from typing import Any, ClassVar

import pytest

from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.page import Page
from tests.gui.conftest import says


class Broken(Page):
    """Cannot show what it loads, until it is mended."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.BILLS})
    is_mended = False

    def load(self, reading: Reading) -> Any:
        return "view"

    def show_view(self, view: Any) -> None:
        if not self.is_mended:
            raise ValueError("amounts cannot be put together")
        self.set_title("Mended")


def test_a_page_that_cannot_be_built_says_that_it_is_our_mistake(
    qtbot: Any, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    page = Broken(context)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: says(page, "It is our mistake"))
    assert "ValueError" in caplog.text
    assert not page.has_view
    caplog.clear()
    page.is_mended = True
    page.reload()
    qtbot.waitUntil(lambda: page.has_view)
    assert not says(page, "It is our mistake")
