"""One reading of one resource: its documents come page by page and count only when all of them have come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from types import TracebackType
from typing import TYPE_CHECKING

from selfcare.domain.failures import ListChanged, NotAnAnswer
from selfcare.domain.precedence import SCREEN

from .blocks import write_blocks
from .database import Database, Value
from .documents import StoredDocument, rank_of, refusals, to_text
from .earlier import Earlier, rows_of
from .schema import NOTE_PROMISE
from .search import KIND as SEARCHED
from .search import first_place
from .twins import replaced
from .word_index import LINE, WordIndex

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_BATCH = 1000
_SHELVES = {SEARCHED: 1 << 30, LINE: 1 << 31}
"""Bills and lines have places of their own within a day, so that nobody need look which of them are taken."""

_PUT = (
    "INSERT OR IGNORE INTO documents(no, kind, id, scope, hash, parent, number, day, due, amount, rank, unit, state,"
    " line, text, readable, block, start, size)"
)
_EVIDENCE = "unreadable:"

_Fresh = dict[str, tuple[StoredDocument, bytes, int]]
"""What has come by its id: the document, the mark of its bytes, and its turn."""


class Round:
    """A reading in progress. It writes in one transaction, while others go on seeing what was there before: either
    `commit` is reached and everything is new, or everything is as it was.

    A long list is written by a thread of its own while the next documents are being understood.
    """

    def __init__(self, database: Database, kind: str, scope: str, validator: str, seen: datetime, keep: bool) -> None:
        self.validator = validator
        self.left_out = 0
        self._database = database
        self._kind, self._scope, self._seen, self._keep = kind, scope, seen, keep
        self._earlier = Earlier()
        self._fresh: _Fresh = {}
        self._turn = self._added = 0
        self._replaced: list[tuple[int, int]] = []
        self._promises: list[tuple[Value, ...]] = []
        self._places: dict[int, int] = {}
        self._writer: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None
        self._changed = False
        self._open = False
        self._is_known = False
        self._has_any = False
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
            self._turn += 1
            if not self._is_here(document.id, mark):
                self._take(document, mark)

    def put_bodies(self, bodies: Iterable[bytes], read: Callable[[bytes], StoredDocument | None]) -> None:
        """Take in documents as they came; only those whose bytes are not here already are read.

        One that `read` refuses (None) is not kept, and counted for itself. Raises ListChanged
        where a document came both as it was and as another one.
        """
        has_come = self._earlier.has_come if self._earlier else None
        for body in bodies:
            mark = sha256(body).digest()[:16]
            self._turn += 1
            if has_come is not None and has_come(mark, self._turn):
                self._has_any = True
                continue
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
        self._wait()
        self._write(self._fresh)
        self._fresh = {}
        self._wait()
        _spare_unread(self)
        count = self._earlier.seen + self._added
        if expected_count is not None and count < expected_count:
            raise NotAnAnswer("truncated")
        _let_go(self)
        _keep_unread(self)
        self._words.settle()
        self._database.many(NOTE_PROMISE, self._promises)
        _remember(self, count, self.validator if validator is None else validator)
        self._database.commit()
        self._open = False
        return self._changed

    @property
    def is_refused_whole(self) -> bool:
        """Whether documents came, and `read` refused every one of them."""
        return self._refused > 0 and not self._unread and not self._has_any

    def refuse(self) -> None:
        """Keep nothing of this reading, of which every document was refused; what was here stays."""
        self._wait()
        self._database.roll_back()
        self._open = False
        self._database.run(
            "INSERT INTO resources(kind, scope) VALUES(?,?) ON CONFLICT(kind, scope) DO UPDATE SET validator=''",
            self._kind, self._scope,
        )  # fmt: skip

    def _is_here(self, own_id: str, mark: bytes) -> bool:
        """Whether a document is here under its id with the same bytes; it has then come again."""
        if own_id in self._fresh or not self._is_known:
            return False
        self._wait()
        row = self._database.row(
            "SELECT no, hash, gone, readable FROM documents WHERE kind=? AND scope=? AND id=?",
            self._kind, self._scope, own_id,
        )  # fmt: skip
        if row is None or row[1:] != (mark, 0, 1):
            return False
        one = self._earlier.at(row[0])
        if one is not None:
            self._earlier.see(one, self._turn)
        self._has_any = True
        return True

    def _take(self, document: StoredDocument, mark: bytes) -> None:
        if document.kind != self._kind:
            raise ValueError("a document of another kind")
        if not document.readable:
            self._unread[mark] = document
            self._is_sparing = self._is_sparing or not document.id
            return
        self._fresh.pop(document.id, None)
        self._fresh[document.id] = (document, mark, self._turn)
        self._has_any = self._changed = True
        if len(self._fresh) >= _BATCH:
            self._hand_over()

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
        replaced, self._replaced = self._replaced, []
        for one, turn in replaced:
            if self._earlier.came_last(one) > turn:
                raise ListChanged(self._kind)
            self._earlier.replace(one, turn)

    def _start(self) -> None:
        self._database.begin()
        self._open = True
        self._changed = self._has_any = False
        self._fresh = {}
        self._turn = self._added = self._refused = 0
        self._replaced = []
        self._unread = {}
        self._is_sparing = False
        self._back = []
        self._promises.clear()
        self._places.clear()
        self._words.forget()
        self._database.run("DELETE FROM documents WHERE kind=? AND scope=?", unread_kind(self._kind), self._scope)
        self._earlier = Earlier(
            self._database.each(
                "SELECT no, hash, gone, readable FROM documents WHERE kind=? AND scope=? ORDER BY no",
                self._kind, self._scope,
            )
        )  # fmt: skip
        self._is_known = self._count_of(self._kind) + self._count_of(unread_kind(self._kind)) > 0

    def _count_of(self, kind: str) -> int:
        return int(self._database.value("SELECT count(*) FROM documents WHERE kind=?", kind))

    def _remove(self, numbers: list[int]) -> None:
        rows = [(no,) for no in numbers]
        if self._kind == SEARCHED:
            self._words.remove_bills(numbers)
        elif self._kind == LINE:
            self._words.await_bills_of(numbers)
        self._database.many("DELETE FROM documents WHERE no=?", rows)

    def _write(self, fresh: _Fresh) -> None:
        if not fresh:
            return
        kind, scope = self._kind, self._scope
        here = _here(self, fresh) if self._is_known else {}
        documents: list[tuple[Value, ...]] = []
        places = write_blocks(self._database, [document.body for document, _, _ in fresh.values()])
        for (document, mark, _), place in zip(fresh.values(), places, strict=True):
            if SCREEN.is_taken:
                SCREEN.give_way()
            facts = document.columns
            no = here.get(document.id, 0)
            if not no or not _is_of_day(no, facts.day):
                no = self._place(facts.day)
            documents.append(
                (no, kind, document.id, scope, mark, facts.parent, facts.number, facts.day, facts.due, facts.amount,
                 rank_of(facts.amount), facts.unit, facts.state, facts.line, facts.text, 1, *place)
            )  # fmt: skip
        if here:
            self._remove(list(here.values()))
        _insert(self, documents)
        self._added += len(documents)
        if kind == SEARCHED:
            self._words.add_bills([row[0] for row in documents])  # type: ignore[misc]
        elif kind == LINE:
            self._words.await_bills(document.columns.parent for document, _, _ in fresh.values())

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
    return sha256(body).digest()[:16]


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
        "failure": "", "facts": refusals(round_._refused, round_.left_out), "count": count, "stamp": 1,
    }  # fmt: skip
    facts["unreadable"] = len(round_._unread)
    if round_._unread or round_._refused or round_.left_out:
        facts["validator"] = ""
    sets = ", ".join(f"{name}=excluded.{name}" for name in facts if name not in {"kind", "scope", "stamp"})
    round_._database.run(
        f"INSERT INTO resources({', '.join(facts)}) VALUES({','.join('?' * len(facts))})"
        f" ON CONFLICT(kind, scope) DO UPDATE SET {sets}, stamp=stamp+?",
        *facts.values(), int(round_._changed),
    )  # fmt: skip


def _spare_unread(round_: Round) -> None:
    """What cannot be understood any more was here perhaps, readable: that stays, and is listed still."""
    ids = [document.id for document in round_._unread.values() if document.id]
    for _id, no, scope, gone, readable in rows_of(round_._database, round_._kind, ids):
        one = round_._earlier.at(no)
        if scope == round_._scope and readable and one is not None:
            round_._earlier.see(one, round_._turn)
            round_._back += [no] if gone else []


def _here(round_: Round, fresh: _Fresh) -> dict[str, int]:
    """The rows in which documents of these ids stand. What has come again later as it was is not written."""
    found: dict[str, int] = {}
    for own_id, no, scope, _gone, _readable in rows_of(round_._database, round_._kind, fresh):
        if scope == round_._scope:
            one, turn = round_._earlier.at(no), fresh[own_id][2]
            if one is not None and round_._earlier.came_last(one) > turn:
                del fresh[own_id]
                continue
            if one is not None:
                round_._replaced.append((one, turn))
            round_._added -= 1
        found[own_id] = no
    return found


def _insert(round_: Round, documents: list[tuple[Value, ...]]) -> None:
    """Write rows; those whose ids came earlier in this first reading take the place of what came then."""
    added = round_._database.insert(_PUT, documents)
    if added == len(documents):
        return
    fresh = {str(row[2]): row for row in documents}
    earlier = {row[0]: row[1] for row in rows_of(round_._database, round_._kind, fresh) if fresh[row[0]][0] != row[1]}
    round_._remove(list(earlier.values()))
    added += round_._database.insert(_PUT, [fresh[own] for own in earlier])
    if added != len(documents):
        raise RuntimeError("not every document could be kept")
    round_._added -= len(earlier)


def _let_go(round_: Round) -> None:
    """What has not come goes, or stays and is marked as gone."""
    lost: list[int] = []
    kept: list[int] = []
    for no, was_gone, was_read in round_._earlier.unseen():
        if not (round_._keep and was_read):
            if not round_._is_sparing or not was_read:
                lost.append(no)
        elif not (was_gone or round_._is_sparing):
            kept.append(no)
    if round_._back:
        round_._database.many("UPDATE documents SET gone=0 WHERE no=?", [(no,) for no in round_._back])
    if kept:
        round_._database.many("UPDATE documents SET gone=1 WHERE no=?", [(no,) for no in kept])
    if round_._kind == SEARCHED and (kept or round_._changed):
        lost += replaced(round_._database, SEARCHED, round_._scope)
    if lost:
        round_._remove(lost)
    round_._changed = round_._changed or bool(kept or lost or round_._back)
