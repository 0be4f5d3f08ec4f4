"""One reading of one resource: its documents come page by page and count only when all of them have come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import TracebackType

from selfcare.domain.failures import NotAnAnswer

from .database import Database, Value
from .documents import Columns, StoredDocument, to_text
from .search import KIND as SEARCHED
from .search import index_words

_BATCH = 500
_PUT = (
    "INSERT INTO documents(no, kind, id, scope, hash, parent, number, day, due, amount, rank, unit, state, line,"
    " gone, readable) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?)"
)
_MOST = 2**62


@dataclass(slots=True)
class _Known:
    """A document that was here before the round."""

    no: int
    mark: bytes
    gone: bool
    seen: bool = False


class Round:
    """A reading in progress. It writes in one transaction, while others go on seeing what was there before: either
    `commit` is reached and everything is new, or everything is as it was."""

    def __init__(self, database: Database, kind: str, scope: str, validator: str, seen: datetime, keep: bool) -> None:
        self.validator = validator
        self._database = database
        self._kind, self._scope, self._seen, self._keep = kind, scope, seen, keep
        self._known: dict[str, _Known] = {}
        self._by_mark: dict[bytes, _Known] = {}
        self._fresh: dict[str, tuple[StoredDocument, bytes, int]] = {}
        self._changed = False
        self._open = False
        self._has_other_scopes = False

    def __enter__(self) -> Round:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self._database.roll_back()

    def restart(self) -> None:
        """Forget what has come so far: the list changed while it was read and is read again from its start."""
        self._database.roll_back()
        self._start()

    def put(self, documents: StoredDocument | Iterable[StoredDocument]) -> None:
        """Take in documents; one with an id that has come before in this round replaces it."""
        for document in (documents,) if isinstance(documents, StoredDocument) else documents:
            mark = mark_of(document.body)
            if not self._is_here(self._known.get(document.id), mark):
                self._take(document, mark)

    def put_bodies(self, bodies: Iterable[bytes], read: Callable[[bytes], StoredDocument]) -> None:
        """Take in documents as they came; only those whose bytes are not here already are read."""
        for body in bodies:
            mark = mark_of(body)
            if not self._is_here(self._by_mark.get(mark), mark):
                self._take(read(body), mark)

    def commit(self, expected_count: int | None = None, validator: str | None = None) -> bool:
        """Make the reading last; True if anything is different now.

        Raises NotAnAnswer("truncated") where the operator announced more documents than came.
        """
        count = sum(1 for known in self._known.values() if known.seen)
        if expected_count is not None and count < expected_count:
            raise NotAnAnswer("truncated")
        self._write()
        self._let_go()
        self._remember(count, self.validator if validator is None else validator)
        self._database.commit()
        self._open = False
        return self._changed

    def _remember(self, count: int, validator: str) -> None:
        seen = to_text(self._seen)
        facts: dict[str, Value] = {
            "kind": self._kind, "scope": self._scope, "validator": validator, "seen": seen, "tried": seen,
            "failure": "", "facts": "", "count": count, "stamp": 1,
        }  # fmt: skip
        if self._changed:
            facts["unreadable"] = self._database.value(
                "SELECT count(*) FROM documents WHERE kind=? AND scope=? AND readable=0 AND gone=0",
                self._kind, self._scope,
            )  # fmt: skip
        sets = ", ".join(f"{name}=excluded.{name}" for name in facts if name not in {"kind", "scope", "stamp"})
        self._database.run(
            f"INSERT INTO resources({', '.join(facts)}) VALUES({','.join('?' * len(facts))})"
            f" ON CONFLICT(kind, scope) DO UPDATE SET {sets}, stamp=stamp+?",
            *facts.values(), int(self._changed),
        )  # fmt: skip

    @staticmethod
    def _is_here(known: _Known | None, mark: bytes) -> bool:
        if known is None or known.mark != mark or known.gone:
            return False
        known.seen = True
        return True

    def _take(self, document: StoredDocument, mark: bytes) -> None:
        if document.kind != self._kind:
            raise ValueError("a document of another kind")
        known = self._known.setdefault(document.id, _Known(0, b"", gone=False))
        self._fresh.pop(document.id, None)
        self._fresh[document.id] = (document, mark, known.no)
        known.seen, known.gone, known.mark = True, False, mark
        self._by_mark[mark] = known
        self._changed = True
        if len(self._fresh) >= _BATCH:
            self._write()

    def _start(self) -> None:
        self._database.begin()
        self._open = True
        self._changed = False
        self._fresh.clear()
        found = self._database.rows(
            "SELECT id, no, hash, gone FROM documents WHERE kind=? AND scope=?", self._kind, self._scope
        )
        self._known = {row[0]: _Known(row[1], row[2], bool(row[3])) for row in found}
        self._by_mark = {known.mark: known for known in self._known.values()}
        self._has_other_scopes = self._count_of_kind() > len(found)

    def _count_of_kind(self) -> int:
        return int(self._database.value("SELECT count(*) FROM documents WHERE kind=?", self._kind))

    def _let_go(self) -> None:
        lost = [known.no for known in self._known.values() if not known.seen and not (known.gone and self._keep)]
        if not lost:
            return
        self._changed = True
        if self._keep:
            self._database.many("UPDATE documents SET gone=1 WHERE no=?", [(no,) for no in lost])
        else:
            self._remove(lost)

    def _remove(self, numbers: list[int]) -> None:
        rows = [(no,) for no in numbers]
        if self._kind == SEARCHED:
            self._database.many("DELETE FROM search WHERE rowid=?", rows)
        self._database.many("DELETE FROM documents WHERE no=?", rows)

    def _write(self) -> None:
        if not self._fresh:
            return
        documents: list[tuple[Value, ...]] = []
        bodies: list[tuple[Value, ...]] = []
        words: list[tuple[Value, ...]] = []
        places: dict[int, int] = {}
        for document, mark, earlier in self._fresh.values():
            facts = document.columns
            no = earlier if earlier and _is_of_day(earlier, facts.day) else self._place(facts.day, places)
            self._known[document.id].no = no
            documents.append(
                (no, self._kind, document.id, self._scope, mark, facts.parent, facts.number, facts.day, facts.due,
                 facts.amount, rank_of(facts), facts.unit, facts.state, facts.line, int(document.readable))
            )  # fmt: skip
            bodies.append((no, document.body))
            if self._kind == SEARCHED:
                words.append((no, facts.number, index_words(facts.amount, facts.day, facts.text)))
        replaced = [no for _, _, no in self._fresh.values() if no]
        moved = self._from_other_scopes() if self._has_other_scopes else []
        if replaced or moved:
            self._remove(replaced + moved)
        self._database.many(_PUT, documents)
        self._database.many("INSERT INTO bodies(no, body) VALUES(?,?)", bodies)
        if words:
            self._database.many("INSERT INTO search(rowid, number, words) VALUES(?,?,?)", words)
        self._fresh.clear()

    def _from_other_scopes(self) -> list[int]:
        found = (
            self._database.value(
                "SELECT no FROM documents WHERE kind=? AND id=? AND scope<>?", self._kind, one, self._scope
            )
            for one in self._fresh
        )
        return [no for no in found if no is not None]

    def _place(self, day: str, places: dict[int, int]) -> int:
        """A row number that grows with the day, so that the newest stands last without any sorting."""
        low = _first_place(day)
        if low not in places:
            last = self._database.value("SELECT max(no) FROM documents WHERE no>=? AND no<?", low, low + 2**32)
            places[low] = low if last is None else int(last)
        places[low] += 1
        return places[low]


def mark_of(body: bytes) -> bytes:
    """What tells one document's bytes from any other's."""
    return hashlib.blake2b(body, digest_size=16).digest()


def rank_of(columns: Columns) -> int:
    """An amount as a whole number to sort by: ten-thousandths of its unit; what is not stated comes last."""
    try:
        rank = int(Decimal(columns.amount) * 10_000)
    except (InvalidOperation, OverflowError, ValueError):
        return -_MOST
    return max(-_MOST, min(_MOST, rank))


def _first_place(day: str) -> int:
    try:
        return date.fromisoformat(day[:10]).toordinal() << 32
    except ValueError:
        return 0


def _is_of_day(place: int, day: str) -> bool:
    return place >> 32 == _first_place(day) >> 32
