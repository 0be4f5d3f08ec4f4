"""The customer's papers: PDFs of bills and contracts, kept encrypted and readable offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from .database import Database
from .documents import to_text


class Papers:
    """The papers of one vault, each known by its id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, paper_id: str, mime: str, content: bytes, seen: datetime) -> None:
        """Keep a paper, in place of an earlier one with the same id."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO papers(id, mime, size, seen) VALUES(?,?,?,?) ON CONFLICT(id)"
                " DO UPDATE SET mime=excluded.mime, size=excluded.size, seen=excluded.seen",
                paper_id, mime, len(content), to_text(seen),
            )  # fmt: skip
            self._database.run(
                "INSERT INTO contents(no, content) SELECT no, ? FROM papers WHERE id=?"
                " ON CONFLICT(no) DO UPDATE SET content=excluded.content",
                content, paper_id,
            )  # fmt: skip

    def get(self, paper_id: str) -> bytes | None:
        """A paper's bytes, if it is here."""
        found = self._database.value("SELECT content FROM papers JOIN contents USING(no) WHERE id=?", paper_id)
        return None if found is None else bytes(found)

    def has(self, ids: Iterable[str]) -> set[str]:
        """Which of these papers are here."""
        return {one for one in ids if self._database.row("SELECT 1 FROM papers WHERE id=?", one) is not None}

    def ids(self, at_once: int = 1000) -> Iterator[str]:
        """The id of every paper that is here, in the order in which they came."""
        last = -1
        while found := self._database.rows("SELECT no, id FROM papers WHERE no>? ORDER BY no LIMIT ?", last, at_once):
            last = found[-1][0]
            yield from (str(paper_id) for _no, paper_id in found)

    def count(self) -> int:
        """How many papers are here."""
        return int(self._database.value("SELECT count(*) FROM papers"))

    def size(self) -> int:
        """How many bytes of papers are here."""
        return int(self._database.value("SELECT coalesce(sum(size), 0) FROM papers"))
