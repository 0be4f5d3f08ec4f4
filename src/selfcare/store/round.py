"""One reading of one resource: its documents come page by page and count only when all of them have come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import TracebackType
from typing import TYPE_CHECKING

from selfcare.domain.failures import NotAnAnswer
from selfcare.domain.records import Struct

from .blocks import write_blocks
from .database import Database, Value
from .documents import Columns, StoredDocument, to_text
from .search import KIND as SEARCHED
from .search import NOT_STATED, first_place
from .word_index import LINE, WordIndex

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_BATCH = 1000
_SHELVES = {SEARCHED: 1 << 30, LINE: 1 << 31}
"""Bills and lines have places of their own within a day, so that nobody need look which of them are taken."""

_PUT = (
    "INSERT INTO documents(no, kind, id, scope, hash, parent, number, day, due, amount, rank, unit, state, line, text,"
    " readable, block, start, size)"
)
_MOST = 2**62


_EVIDENCE = "unreadable:"


class _Known(Struct, gc=False):
    """A document that was here before the round."""

    no: int
    mark: bytes
    gone: bool
    readable: bool = True
    seen: bool = False


class Round:
    """A reading in progress. It writes in one transaction, while others go on seeing what was there before: either
    `commit` is reached and everything is new, or everything is as it was.

    A long list is written by a thread of its own while the next documents are being understood.
    """

    def __init__(self, database: Database, kind: str, scope: str, validator: str, seen: datetime, keep: bool) -> None:
        self.validator = validator
        self._database = database
        self._kind, self._scope, self._seen, self._keep = kind, scope, seen, keep
        self._known: dict[str, _Known] = {}
        self._by_mark: dict[bytes, _Known] = {}
        self._fresh: dict[str, tuple[StoredDocument, bytes]] = {}
        self._promises: list[tuple[Value, ...]] = []
        self._places: dict[int, int] = {}
        self._writer: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None
        self._changed = False
        self._open = False
        self._has_other_scopes = False
        self._is_known = False
        self._refused = 0
        self._unread: dict[bytes, StoredDocument] = {}
        self._is_sparing = False
        self._back: list[int] = []
        self._words = WordIndex(database)

    def __enter__(self) -> Round:
        _start_or_undo(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.shutdown()
        if self._open:
            self._database.roll_back()

    def restart(self) -> None:
        """Forget what has come so far: the list changed while it was read and is read again from its start."""
        self._wait()
        self._database.roll_back()
        self._start()

    def put(self, documents: StoredDocument | Iterable[StoredDocument]) -> None:
        """Take in documents; one with an id that has come before in this round replaces it.

        One that is not readable replaces nothing: it is kept apart (see `unread_kind`) and counted, and what was last
        read under its id stays. Without an id ("") it may be any of those that are here: none of them is let go.
        """
        for document in (documents,) if isinstance(documents, StoredDocument) else documents:
            mark = mark_of(document.body)
            if not self._is_here(self._known.get(document.id), mark):
                self._take(document, mark)

    def put_bodies(self, bodies: Iterable[bytes], read: Callable[[bytes], StoredDocument | None]) -> None:
        """Take in documents as they came; only those whose bytes are not here already are read.

        One that `read` refuses (None) is not kept, and counted among those that could not be read.
        """
        known = self._by_mark
        for body in bodies:
            mark = mark_of(body)
            if mark not in known or not self._is_here(known[mark], mark):
                document = read(body)
                if document is None:
                    self._refused += 1
                else:
                    self._take(document, mark)

    def promise(self, name: str, promised_iso: str) -> None:
        """Remember, with what is read now, that an end was promised; see Cache.note_promise."""
        self._promises.append((name, promised_iso, to_text(self._seen)))

    def commit(self, expected_count: int | None = None, validator: str | None = None) -> bool:
        """Make the reading last; True if anything is different now. While anything could not be read, no validator is
        kept: the next round asks for all of it again.

        Raises NotAnAnswer("truncated") where the operator announced more documents than came.
        """
        count = sum(1 for known in self._known.values() if known.seen)
        if expected_count is not None and count < expected_count:
            raise NotAnAnswer("truncated")
        self._wait()
        self._write(self._fresh)
        self._fresh = {}
        self._let_go()
        _keep_unread(self)
        self._words.settle()
        self._database.many("INSERT OR IGNORE INTO promises(ticket, promised, seen) VALUES(?,?,?)", self._promises)
        _remember(self, count, self.validator if validator is None else validator)
        self._database.commit()
        self._open = False
        return self._changed

    @property
    def is_refused_whole(self) -> bool:
        """Whether documents came, and `read` refused every one of them."""
        return self._refused > 0 and not self._unread and not any(known.seen for known in self._known.values())

    def refuse(self) -> None:
        """Keep nothing of this reading but how many documents of it were refused; what was here stays."""
        self._wait()
        self._database.roll_back()
        self._open = False
        self._database.run(
            "INSERT INTO resources(kind, scope, unreadable) VALUES(?,?,?) ON CONFLICT(kind, scope)"
            " DO UPDATE SET unreadable=excluded.unreadable, validator=''",
            self._kind, self._scope, self._refused,
        )  # fmt: skip

    @staticmethod
    def _is_here(known: _Known | None, mark: bytes) -> bool:
        if known is None or known.mark != mark or known.gone or not known.readable:
            return False
        known.seen = True
        return True

    def _take(self, document: StoredDocument, mark: bytes) -> None:
        if document.kind != self._kind:
            raise ValueError("a document of another kind")
        known = self._known.get(document.id)
        if not document.readable:
            self._set_apart(document, mark, known)
            return
        if known is None:
            known = self._known[document.id] = _Known(0, mark, gone=False, seen=True)
        else:
            known.seen, known.gone, known.mark, known.readable = True, False, mark, True
            self._fresh.pop(document.id, None)
        self._fresh[document.id] = (document, mark)
        self._by_mark[mark] = known
        self._changed = True
        if len(self._fresh) >= _BATCH:
            self._hand_over()

    def _set_apart(self, document: StoredDocument, mark: bytes, known: _Known | None) -> None:
        self._unread[mark] = document
        if not document.id:
            self._is_sparing = True
        elif known is not None and known.readable:
            if known.gone:
                self._back.append(known.no)
            known.seen, known.gone = True, False

    def _hand_over(self) -> None:
        """Let the writer write what has come; at most one batch is being written while the next one gathers."""
        from concurrent.futures import ThreadPoolExecutor

        self._wait()
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "selfcare-writer")
        fresh, self._fresh = self._fresh, {}
        self._writing = self._writer.submit(self._write, fresh)

    def _wait(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def _start(self) -> None:
        self._database.begin()
        self._open = True
        self._changed = False
        self._fresh = {}
        self._refused = 0
        self._unread = {}
        self._is_sparing = False
        self._back = []
        self._promises.clear()
        self._places.clear()
        self._words.forget()
        found = self._database.rows(
            "SELECT id, no, hash, gone, readable FROM documents WHERE kind=? AND scope=?", self._kind, self._scope
        )
        self._database.run("DELETE FROM documents WHERE kind=? AND scope=?", unread_kind(self._kind), self._scope)
        self._known = {row[0]: _Known(row[1], row[2], bool(row[3]), bool(row[4])) for row in found}
        self._by_mark = {known.mark: known for known in self._known.values()}
        count = self._count_of(self._kind)
        self._is_known = count + self._count_of(unread_kind(self._kind)) > 0
        self._has_other_scopes = count > len(found)

    def _count_of(self, kind: str) -> int:
        return int(self._database.value("SELECT count(*) FROM documents WHERE kind=?", kind))

    def _let_go(self) -> None:
        unseen = [known for known in self._known.values() if not known.seen]
        lost = [known.no for known in unseen if not (self._keep and known.readable)]
        kept = [known.no for known in unseen if self._keep and known.readable and not known.gone]
        if self._is_sparing:
            kept, lost = [], [known.no for known in unseen if not known.readable]
        if self._back:
            self._database.many("UPDATE documents SET gone=0 WHERE no=?", [(no,) for no in self._back])
        if kept:
            self._database.many("UPDATE documents SET gone=1 WHERE no=?", [(no,) for no in kept])
        if lost:
            self._remove(lost)
        self._changed = self._changed or bool(kept or lost or self._back)

    def _remove(self, numbers: list[int]) -> None:
        rows = [(no,) for no in numbers]
        if self._kind == SEARCHED:
            self._words.remove_bills(numbers)
        elif self._kind == LINE:
            self._words.await_bills_of(numbers)
        self._database.many("DELETE FROM documents WHERE no=?", rows)

    def _write(self, fresh: dict[str, tuple[StoredDocument, bytes]]) -> None:
        if not fresh:
            return
        documents: list[tuple[Value, ...]] = []
        replaced: list[int] = []
        kind, scope = self._kind, self._scope
        places = write_blocks(self._database, (document.body for document, _ in fresh.values()))
        for (document, mark), place in zip(fresh.values(), places, strict=True):
            facts, known = document.columns, self._known[document.id]
            if known.no:
                replaced.append(known.no)
            if not known.no or not _is_of_day(known.no, facts.day):
                known.no = self._place(facts.day)
            documents.append(
                (known.no, kind, document.id, scope, mark, facts.parent, facts.number, facts.day, facts.due,
                 facts.amount, rank_of(facts), facts.unit, facts.state, facts.line, facts.text, int(document.readable),
                 *place)
            )  # fmt: skip
        moved = _from_other_scopes(self, fresh) if self._has_other_scopes else []
        if replaced or moved:
            self._remove(replaced + moved)
        self._database.insert(_PUT, documents)
        if kind == SEARCHED:
            self._words.add_bills([self._known[one].no for one in fresh])
        elif kind == LINE:
            self._words.await_bills(document.columns.parent for document, _ in fresh.values())

    def _place(self, day: str) -> int:
        """A row number that grows with the day, so that the newest stands last without any sorting."""
        shelf = _SHELVES.get(self._kind, 0)
        low = first_place(day) + shelf
        last = self._places.get(low)
        if last is None:
            last = low
            if not shelf or self._is_known:
                top = low + (shelf or 1 << 30)
                found = self._database.value("SELECT max(no) FROM documents WHERE no>=? AND no<?", low, top)
                last = low if found is None else int(found)
        self._places[low] = last + 1
        return last + 1


def unread_kind(kind: str) -> str:
    """Under what the documents of a kind that could not be understood at the last reading are kept as they came."""
    return f"{_EVIDENCE}{kind}"


def mark_of(body: bytes) -> bytes:
    """What tells one document's bytes from any other's."""
    return hashlib.sha256(body).digest()[:16]


def rank_of(columns: Columns) -> int:
    """An amount as a whole number to sort by: ten-thousandths of its unit; what is not stated comes last."""
    try:
        rank = int(Decimal(columns.amount) * 10_000)
    except (InvalidOperation, OverflowError, ValueError):
        return NOT_STATED
    return max(-_MOST, min(_MOST, rank))


def _start_or_undo(round_: Round) -> None:
    """Begin; where that fails half-way, no transaction is left open behind it."""
    try:
        round_._start()
    except BaseException:
        round_._database.roll_back()
        raise


def _is_of_day(place: int, day: str) -> bool:
    return place >> 32 == first_place(day) >> 32


def _keep_unread(round_: Round) -> None:
    kind, scope = unread_kind(round_._kind), round_._scope
    documents: list[tuple[Value, ...]] = []
    places = write_blocks(round_._database, (document.body for document in round_._unread.values()))
    for (mark, document), place in zip(round_._unread.items(), places, strict=True):
        no, own = round_._place(""), f"{scope}:{mark.hex()}"
        documents.append((no, kind, own, scope, mark, document.id, *[""] * 4, 0, *[""] * 4, 0, *place))
    round_._database.insert(_PUT, documents)


def _remember(round_: Round, count: int, validator: str) -> None:
    seen = to_text(round_._seen)
    facts: dict[str, Value] = {
        "kind": round_._kind, "scope": round_._scope, "validator": validator, "seen": seen, "tried": seen,
        "failure": "", "facts": "", "count": count, "stamp": 1,
    }  # fmt: skip
    facts["unreadable"] = len(round_._unread) + round_._refused
    if facts["unreadable"]:
        facts["validator"] = ""
    sets = ", ".join(f"{name}=excluded.{name}" for name in facts if name not in {"kind", "scope", "stamp"})
    round_._database.run(
        f"INSERT INTO resources({', '.join(facts)}) VALUES({','.join('?' * len(facts))})"
        f" ON CONFLICT(kind, scope) DO UPDATE SET {sets}, stamp=stamp+?",
        *facts.values(), int(round_._changed),
    )  # fmt: skip


def _from_other_scopes(round_: Round, ids: Iterable[str]) -> list[int]:
    found = (
        round_._database.value(
            "SELECT no FROM documents WHERE kind=? AND id=? AND scope<>?", round_._kind, one, round_._scope
        )
        for one in ids
    )
    return [no for no in found if no is not None]
