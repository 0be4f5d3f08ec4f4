"""The words under which a bill is found: its own, and those of its lines, which are read after it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import islice

from selfcare.domain.precedence import SCREEN

from .database import Database, Value, marks, parts
from .search import KIND as BILL
from .search import index_words

LINE = "appliedCustomerBillingRate"
_MANY = 2_000
_SOON = 500
"""So many new bills are indexed with the list that brought them; more wait until the round is over."""
_MOST_WORDS = 25_000
"""Of one bill, with those of its lines and its PDFs."""
_AT_ONCE = 1 << 22
"""So much text is handed to the index at once: a few very long lists fill no memory."""


class WordIndex:
    """Keeps the search in step with bills and lines, inside the transaction in which they are written.

    Bills named to `await_bills` are indexed when `settle` is called: a bill's lines come one after the other, and it
    is indexed once, when the next bill's lines have begun. Of a first reading's many bills it is only remembered that
    they are not in the index (`unindexed`): the reading shall not wait for it, and `finish` makes it afterwards.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._awaited: set[str] = set()
        self._written = 0
        self._added = False

    def forget(self) -> None:
        """Nothing has been written yet."""
        self._awaited.clear()
        self._written = 0
        self._added = False

    def add_bills(self, numbers: Collection[int]) -> None:
        """Bills were just written: they are to be indexed, with the lines that are here already."""
        self._database.insert("INSERT OR IGNORE INTO unindexed(no)", [(no,) for no in numbers])
        self._added = True

    def remove_bills(self, numbers: Iterable[int]) -> None:
        """Bills go away."""
        for part in parts(list(numbers)):
            self._take("search", "rowid", part)
            self._take("unindexed", "no", part)

    def await_bills(self, bill_ids: Iterable[str]) -> None:
        """Lines of these bills have come: all that waited and got nothing more is indexed now."""
        fresh = {bill_id for bill_id in bill_ids if bill_id}
        self._settle(self._awaited - fresh)
        self._awaited = fresh

    def await_bills_of(self, line_numbers: Collection[int]) -> None:
        """Lines go away: their bills are to be indexed anew."""
        for part in parts(line_numbers):
            found = self._database.rows(f"SELECT DISTINCT parent FROM documents WHERE no IN ({marks(part)})", *part)  # noqa: S608
            self._awaited.update(parent for (parent,) in found if parent)

    def add_papers(self, papers: Iterable[tuple[str, str, str]]) -> None:
        """The words of PDFs (paper, bill, words) are known now: their bills are found by them too."""
        rows = list(papers)
        self._database.insert("INSERT OR REPLACE INTO paper_words(paper, bill, words)", rows)
        self._settle({bill_id for _paper, bill_id, _words in rows if bill_id})

    def settle(self) -> None:
        """The last has come: index what waits, and press the index together if much of it is new."""
        self._settle(self._awaited)
        self._awaited = set()
        if self._added and self._waiting() <= _SOON:
            self._index_waiting(_SOON)
        self._press()

    def finish(self, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Index the bills that nobody indexed so far, the newest first; True if there were any.

        So many go in one transaction that nobody else has to wait long for a turn; `stopped` is asked between them.
        """
        any_waited = False
        while not stopped() and self._waiting():
            with self._database.transaction():
                self._index_waiting(_MANY)
                if not self._waiting():
                    self._press()
            any_waited = True
        return any_waited

    def _waiting(self) -> int:
        return int(self._database.value("SELECT count(*) FROM unindexed"))

    def _index_waiting(self, most: int) -> None:
        waiting = self._database.rows("SELECT no FROM unindexed ORDER BY no DESC LIMIT ?", most)
        for part in parts([no for (no,) in waiting]):
            SCREEN.give_way()
            self._index(f"no IN ({marks(part)})", part)

    def _press(self) -> None:
        if self._written >= _MANY:
            self._database.run("INSERT INTO search(search) VALUES('optimize')")

    def _settle(self, bill_ids: Collection[str]) -> None:
        later = " AND no NOT IN (SELECT no FROM unindexed)" if self._waiting() > _SOON else ""
        for part in parts(bill_ids):
            self._index(f"kind='{BILL}' AND id IN ({marks(part)}){later}", part)

    def _index(self, where: str, facts: tuple[Value, ...]) -> None:
        """Index some bills. Those that are in the index leave it first, all at once: each single one costs a flush."""
        bills = self._database.rows(f"SELECT no, id, number, amount, day, text FROM documents WHERE {where}", *facts)  # noqa: S608
        if not bills:
            return
        numbers = tuple(bill[0] for bill in bills)
        all_marks = marks(numbers)
        new = {no for (no,) in self._database.rows(f"SELECT no FROM unindexed WHERE no IN ({all_marks})", *numbers)}  # noqa: S608
        self._take("search", "rowid", tuple(no for no in numbers if no not in new))
        self._take("unindexed", "no", tuple(new))
        lines, papers = self._lines([bill[1] for bill in bills]), self._with_papers([bill[1] for bill in bills])
        rows: list[tuple[Value, ...]] = []
        size = 0
        for no, bill_id, number, amount, day, text in bills:
            if SCREEN.is_taken:
                SCREEN.give_way()
            own = index_words(amount, day, text, number)
            words = lines.pop(bill_id, {})
            if bill_id in papers:
                words |= self._paper_words(bill_id)
            rows.append((no, number, f"{own} {' '.join(islice(words, _MOST_WORDS))}" if words else own))
            size += len(str(rows[-1][2]))
            if size > _AT_ONCE:
                self._database.insert("INSERT INTO search(rowid, number, words)", rows)
                rows, size = [], 0
        self._database.insert("INSERT INTO search(rowid, number, words)", rows)
        self._written += len(bills)

    def _take(self, table: str, column: str, numbers: tuple[Value, ...]) -> None:
        if numbers:
            self._database.run(f"DELETE FROM {table} WHERE {column} IN ({marks(numbers)})", *numbers)  # noqa: S608

    def _lines(self, bill_ids: list[str]) -> dict[str, dict[str, None]]:
        """The words of the lines of these bills, each once, in order."""
        found: dict[str, dict[str, None]] = {}
        rows = self._database.rows(
            f"SELECT DISTINCT parent, text FROM documents WHERE kind='{LINE}' AND parent<>'' AND text<>''"  # noqa: S608
            f" AND parent IN ({marks(bill_ids)})",
            *bill_ids,
        )
        for parent, text in rows:
            if SCREEN.is_taken:
                SCREEN.give_way()
            found.setdefault(parent, {}).update(dict.fromkeys(text.casefold().split()))
        return found

    def _with_papers(self, bill_ids: list[str]) -> set[str]:
        """Those of these bills of which words of PDFs are known."""
        question = f"SELECT DISTINCT bill FROM paper_words WHERE bill IN ({marks(bill_ids)})"  # noqa: S608
        return {bill_id for (bill_id,) in self._database.rows(question, *bill_ids)}

    def _paper_words(self, bill_id: str) -> dict[str, None]:
        """The words of the PDFs of a bill, each once, in order."""
        rows = self._database.rows("SELECT words FROM paper_words WHERE bill = ?", bill_id)
        return dict.fromkeys(word for (text,) in rows for word in text.split())
