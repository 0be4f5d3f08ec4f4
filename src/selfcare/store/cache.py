"""What the operator said, document by document, with its age; it can always be read again from the operator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from .blocks import JOINED, PLACE, with_bodies
from .database import Database, Value
from .documents import ResourceState, Row, StoredDocument, to_moment, to_text
from .schema import NOTE_PROMISE

if TYPE_CHECKING:
    from .round import Round
    from .search import BillQuery, BillWindow

_BEYOND = (1 << 63) - 1
"""A place after the last one that a document can have."""


class Cache:
    """The documents of one vault."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def round(
        self, kind: str, *, seen: datetime, scope: str = "", validator: str = "", keep_missing: bool = False
    ) -> Round:
        """Start a reading of one resource: `with cache.round(…) as r: r.put(page); …; r.commit(expected)`."""
        from .round import Round

        return Round(self._database, kind, scope, validator, seen, keep_missing)

    def replace(
        self,
        kind: str,
        documents: Iterable[StoredDocument],
        *,
        seen: datetime,
        scope: str = "",
        validator: str = "",
        keep_missing: bool = False,
    ) -> bool:
        """Put a whole list in place of the earlier one, all or nothing; True if anything is different now.

        With `keep_missing`, what the operator no longer lists stays and is marked as gone.
        """
        with self.round(kind, seen=seen, scope=scope, validator=validator, keep_missing=keep_missing) as reading:
            reading.put(documents)
            return reading.commit()

    def confirm(self, kind: str, seen: datetime, scope: str = "") -> None:
        """The operator said that nothing has changed."""
        moment = to_text(seen)
        self._database.run(
            "INSERT INTO resources(kind, scope, seen, tried) VALUES(?,?,?,?) ON CONFLICT(kind, scope)"
            " DO UPDATE SET seen=excluded.seen, tried=excluded.tried, failure='', facts=''",
            kind, scope, moment, moment,
        )  # fmt: skip

    def failed(self, kind: str, tried: datetime, failure_name: str, facts: str = "", scope: str = "") -> None:
        """A reading did not succeed; what is here stays, and why is remembered."""
        self._database.run(
            "INSERT INTO resources(kind, scope, tried, failure, facts) VALUES(?,?,?,?,?) ON CONFLICT(kind, scope)"
            " DO UPDATE SET tried=excluded.tried, failure=excluded.failure, facts=excluded.facts",
            kind, scope, to_text(tried), failure_name, facts,
        )  # fmt: skip

    def state(self, kind: str, scope: str = "") -> ResourceState:
        """How a resource was last read."""
        found = self._database.row(
            "SELECT validator, seen, tried, failure, facts, count, unreadable FROM resources WHERE kind=? AND scope=?",
            kind, scope,
        )  # fmt: skip
        if found is None:
            return ResourceState(kind)
        validator, seen, tried, failure, facts, count, unreadable = found
        return ResourceState(kind, validator, to_moment(seen), to_moment(tried), failure, facts, count, unreadable)

    def scopes(self, kind: str) -> list[str]:
        """The parts in which a resource is read (for example one for each account)."""
        return [scope for (scope,) in self._database.rows("SELECT scope FROM resources WHERE kind=?", kind)]

    def stamp(self, kind: str) -> int:
        """A number that grows whenever something of this kind is different."""
        return int(self._database.value("SELECT coalesce(sum(stamp), 0) FROM resources WHERE kind=?", kind))

    def seal(self) -> str:
        """A text that is another one whenever anything that was read, or its age, is different."""
        resources = self._database.rows(
            "SELECT kind, scope, seen, tried, failure, facts, stamp, count, unreadable FROM resources"
        )
        promises = self._database.rows("SELECT count(*), max(seen) FROM promises")
        return repr((resources, promises))

    def count(self, kind: str) -> int:
        """How many documents of a kind are here."""
        return int(self._database.value("SELECT count(*) FROM documents WHERE kind=?", kind))

    def get(self, kind: str, document_id: str) -> bytes | None:
        """One document as it came."""
        found = self.row(kind, document_id)
        return None if found is None else found.body

    def row(self, kind: str, document_id: str) -> Row | None:
        """One document as it came, and whether it is still listed."""
        return next(iter(self._found("WHERE kind=? AND id=?", kind, document_id)), None)

    def scope(self, kind: str, document_id: str) -> str:
        """Under which scope a document was last written; "" if it is not here."""
        return str(self._database.value("SELECT scope FROM documents WHERE kind=? AND id=?", kind, document_id) or "")

    def all(self, kind: str, limit: int | None = None, *, newest_first: bool = True) -> list[Row]:
        """The documents of a kind by their day; those of one day, or of none, in the order in which they came."""
        way = "DESC" if newest_first else "ASC"
        every = -1 if limit is None else limit
        return self._found(f"WHERE kind=? ORDER BY documents.no {way} LIMIT ?", kind, every)

    def kinds(self) -> list[str]:
        """Every kind of document that is here, also those kept only because they could not be understood."""
        found = [""]
        while kind := self._database.value("SELECT min(kind) FROM documents WHERE kind>?", found[-1]):
            found.append(str(kind))
        return found[1:]

    def counted(self) -> int:
        """About how many documents are here, as they were counted when they were read."""
        return int(self._database.value("SELECT coalesce(sum(count), 0) FROM resources"))

    def walk(self, kind: str, limit: int | None = None, *, at_once: int = 200) -> Iterator[Row]:
        """The documents of a kind, newest first, however many there are: only `at_once` of them are held in memory."""
        last, left = _BEYOND, limit
        while left is None or left > 0:
            rows = self._database.each(
                f"SELECT documents.no, id, gone, {PLACE} FROM {JOINED}"  # noqa: S608
                " WHERE kind=? AND documents.no<? ORDER BY documents.no DESC LIMIT ?",
                kind, last, at_once if left is None else min(at_once, left),
            )  # fmt: skip
            found = list(with_bodies(rows))
            if not found:
                return
            last, left = found[-1][0], None if left is None else left - len(found)
            for _no, document_id, gone, body in found:
                yield Row(document_id, body, bool(gone))
            found.clear()

    def of_parent(self, kind: str, parent: str) -> list[Row]:
        """The documents of a kind that belong to another document, in the order in which they came."""
        return self._found("WHERE kind=? AND parent=? AND parent<>'' ORDER BY documents.no", kind, parent)

    def _found(self, which: str, *facts: Value) -> list[Row]:
        rows = self._database.each(f"SELECT id, gone, {PLACE} FROM {JOINED} {which}", *facts)  # noqa: S608
        return [Row(document_id, body, bool(gone)) for document_id, gone, body in with_bodies(rows)]

    def bill_rows(self, query: BillQuery) -> BillWindow:
        """The part of the list of bills that a query asks for, from the columns alone."""
        from .search import find_bills

        return find_bills(self._database, query)

    def bill_years(self) -> list[int]:
        """The years in which bills were written, newest first."""
        from .search import first_place

        years: list[int] = []
        last = _BEYOND
        question = (
            "SELECT no, day FROM documents WHERE kind='customerBill' AND no<? AND day<>'' ORDER BY no DESC LIMIT 1"
        )
        while found := self._database.row(question, last):
            year = int(found[1][:4])
            years += [year] if year not in years else []
            last = min(found[0], first_place(f"{year:04}-01-01") or found[0])
        return years

    def note_promise(self, ticket_id: str, promised_iso: str, seen: datetime) -> None:
        """Remember that the operator promised an end by then; the standard keeps no history of it. What was promised
        last is not noted again; an end that comes back is."""
        self._database.run(NOTE_PROMISE, ticket_id, promised_iso, to_text(seen))

    def restore_promises(self, ends: Iterable[tuple[str, str, str]]) -> None:
        """Put ends back as they were once noted; see promised_ends."""
        self._database.many("INSERT OR IGNORE INTO promises(ticket, promised, seen) VALUES(?,?,?)", ends)

    def promises(self, ticket_id: str) -> list[tuple[str, str]]:
        """Every end that was ever promised for a ticket and when it was first seen, in that order."""
        asked = "SELECT promised, seen FROM promises WHERE ticket=? ORDER BY seen, promised"
        return [(str(promised), str(seen)) for promised, seen in self._database.rows(asked, ticket_id)]

    def first_seen(self, front: str) -> dict[str, list[tuple[str, str]]]:
        """For each name with a front ("call:"): every end that was ever promised and when it was first seen, in that
        order, as in `promises`."""
        asked = "SELECT ticket, promised, seen FROM promises WHERE ticket>=? AND ticket<? ORDER BY seen, promised"
        found: dict[str, list[tuple[str, str]]] = {}
        for name, promised, seen in self._database.rows(asked, front, f"{front[:-1]}{chr(ord(front[-1]) + 1)}"):
            found.setdefault(str(name), []).append((str(promised), str(seen)))
        return found

    def promised_ends(self) -> list[tuple[str, str, str]]:
        """Every end that was ever promised: for what (see account.read.promise_name), which, and when first seen."""
        found = self._database.rows("SELECT ticket, promised, seen FROM promises ORDER BY ticket, seen, promised")
        return [(str(name), str(promised), str(seen)) for name, promised, seen in found]

    def keep_paper_words(self, papers: Iterable[tuple[str, str, str]]) -> None:
        """From now on find bills by the words inside their PDFs: (id of the paper, of its bill or "", words)."""
        from .word_index import WordIndex

        with self._database.transaction():
            WordIndex(self._database).add_papers(papers)

    def worded_papers(self) -> set[str]:
        """The papers whose words are known already."""
        return {str(paper) for (paper,) in self._database.rows("SELECT paper FROM paper_words")}

    def finish(self, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Make the search whole: what many new bills left to do (see `unsearched`); True if there was anything.

        To be called when a whole round of reading is over, in a quiet moment.
        """
        from .word_index import WordIndex

        return WordIndex(self._database).finish(stopped)

    def unsearched(self) -> int:
        """How many bills the search does not find yet."""
        return int(self._database.value("SELECT count(*) FROM unindexed"))

    def tidy(self) -> None:
        """Put what a round has written in its final place, and the list of bills in every order it may be asked for.

        To be called in a quiet moment; nothing depends on it but how quick that is.
        """
        from .search import order_bills

        order_bills(self._database)
        self._database.tidy()

    def keep_note(self, key: str, value: bytes) -> None:
        """Keep something small beside the documents, such as the operator's profile."""
        self._database.run("INSERT OR REPLACE INTO notes(key, value) VALUES(?,?)", key, value)

    def note(self, key: str) -> bytes | None:
        """What was kept under a key."""
        found = self._database.value("SELECT value FROM notes WHERE key=?", key)
        return None if found is None else bytes(found)
