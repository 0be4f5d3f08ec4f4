"""Which documents were here before a reading: a hundred thousand of them in a few megabytes, found by their bytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from .database import Database, marks, parts

_MARK = 16
_HEAD = 8
_GONE, _UNREADABLE, _REPLACED = 1, 2, 4


class Earlier:
    """The documents of one resource as they were before a round, and which of them have come again in it.

    Each is known by its place (its row number) and by the mark of its bytes (see round.mark_of): 42 bytes a document,
    a tenth of what a table of objects would take. `turn` says as the how manieth a document came, from 1.
    """

    def __init__(self, rows: Iterable[tuple[int, bytes, int, int]] = ()) -> None:
        """`rows` are (row number, mark, gone, readable), in the order of their row numbers."""
        self._places = array("q")
        self._flags = bytearray()
        marks = bytearray()
        for no, mark, gone, readable in rows:
            self._places.append(no)
            self._flags.append((_GONE if gone else 0) | (0 if readable else _UNREADABLE))
            marks += mark[:_MARK].ljust(_MARK, b"\0")
        self._marks = bytes(marks)
        self._turns = array("I", bytes(4 * len(self._places)))
        heads = array("Q", (self._head(at) for at in range(len(self._places))))
        self._order = array("I", sorted(range(len(heads)), key=heads.__getitem__))
        self._heads = array("Q", (heads[at] for at in self._order))

    def __len__(self) -> int:
        return len(self._places)

    def has_come(self, mark: bytes, turn: int) -> bool:
        """Whether a document of these very bytes is here, readable and listed; it has then come again."""
        head = int.from_bytes(mark[:_HEAD], "big")
        at = bisect_left(self._heads, head)
        while at < len(self._heads) and self._heads[at] == head:
            one = self._order[at]
            if not self._flags[one] and self._marks[one * _MARK : (one + 1) * _MARK] == mark:
                self._turns[one] = turn
                return True
            at += 1
        return False

    def at(self, no: int) -> int | None:
        """Where the document in a row stands here; None where it was not here before the round."""
        found = bisect_left(self._places, no)
        return found if found < len(self._places) and self._places[found] == no else None

    def came_last(self, one: int) -> int:
        """The turn at which the document came again, 0 for never."""
        return self._turns[one]

    def see(self, one: int, turn: int) -> None:
        """The document has come again."""
        self._turns[one] = turn

    def replace(self, one: int, turn: int) -> None:
        """Another one of the same id has come in its place: its own bytes would be news now."""
        self._turns[one] = turn
        self._flags[one] |= _REPLACED

    @property
    def seen(self) -> int:
        """How many have come again, or another in their place."""
        return sum(1 for turn in self._turns if turn)

    def unseen(self) -> Iterator[tuple[int, bool, bool]]:
        """Those that have not come: row number, whether it was marked as gone, whether it could be read."""
        for no, turn, flags in zip(self._places, self._turns, self._flags, strict=True):
            if not turn:
                yield no, bool(flags & _GONE), not flags & _UNREADABLE

    def _head(self, one: int) -> int:
        return int.from_bytes(self._marks[one * _MARK : one * _MARK + _HEAD], "big")


def rows_of(database: Database, kind: str, ids: Collection[str]) -> Iterator[tuple[str, int, str, int, int]]:
    """Which documents of these ids are in the file: id, row number, scope, gone, readable."""
    for part in parts(ids):
        question = f"SELECT id, no, scope, gone, readable FROM documents WHERE kind=? AND id IN ({marks(part)})"  # noqa: S608
        yield from database.rows(question, kind, *part)
