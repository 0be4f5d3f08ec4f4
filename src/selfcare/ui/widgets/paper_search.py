"""Finds words in a whole PDF: every place on every page, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from selfcare.domain.failures import Failure
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.paper.sheet import Box
from selfcare.ui.tasks import Lane

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader

MOST_HITS = 2000


class Hit(Struct, frozen=True):
    """A place where the words stand."""

    page: int
    box: Box


class Hits(Struct, frozen=True):
    """All places in their order, and the one that is looked at."""

    found: tuple[Hit, ...] = ()
    at: int = 0

    @property
    def here(self) -> Hit | None:
        """The place that is looked at."""
        return self.found[self.at] if self.found else None

    def on(self, page: int) -> tuple[Box, ...]:
        """The places on a page."""
        return tuple(hit.box for hit in self.found if hit.page == page)

    def from_page(self, page: int) -> Hits:
        """The same, looking at the first place on this page or after it."""
        at = next((place for place, hit in enumerate(self.found) if hit.page >= page), 0)
        return Hits(self.found, at)

    def step(self, places: int) -> Hits:
        """The same, some places further, around the end."""
        return Hits(self.found, (self.at + places) % len(self.found)) if self.found else self

    def said(self, words: Words) -> str:
        """Where one is: "2 of 7"."""
        if not self.found:
            return words.tr("nothing found")
        return words.tr("{page} of {pages}", page=words.number(self.at + 1), pages=words.number(len(self.found)))


class PaperSearch(QObject):
    """The places of the words that are typed; asks for them on the paper lane and walks through them."""

    said = Signal(str)
    moved = Signal()
    """Another place, or none, is looked at."""

    def __init__(self, words: Words, lane: Lane, owner: QObject) -> None:
        super().__init__(owner)
        self._words, self._lane = words, lane
        self.hits = Hits()

    def look(
        self, pages: int, text: str, page: int, work: Callable[[], Hits], on_failure: Callable[[Failure | None], None]
    ) -> None:
        """Find the text; the first place on this page (from 0) or after it is looked at."""
        if not text.strip() or not pages:
            work = Hits
        is_asked = work is not Hits
        self._lane.ask(self, work, lambda hits: self._found(hits.from_page(page), is_asked), on_failure, key="find")

    @Slot(int)
    def step(self, places: int) -> None:
        """The next place, or the one before."""
        if self.hits.found:
            self._found(self.hits.step(places), True)

    def _found(self, hits: Hits, is_asked: bool) -> None:
        self.hits = hits
        self.said.emit(hits.said(self._words) if is_asked else "")
        self.moved.emit()


def find_all(open_reader: Callable[[], PaperReader], pdf: bytes, pages: int, text: str) -> Hits:
    """Every place in the PDF where the text stands; on the paper lane."""
    reader = open_reader()
    found: list[Hit] = []
    for page in range(pages):
        found += [Hit(page, box) for box in reader.find(pdf, page, text)]
        if len(found) >= MOST_HITS:
            break
    return Hits(tuple(found[:MOST_HITS]))
