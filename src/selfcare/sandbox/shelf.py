"""One customer's documents of one resource, kept as the bytes that are sent, with what it takes to find them fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .documents import Document, decode, encode, etag_of
from .query import Query, at_path, keys, matches, sort_key


@dataclass(frozen=True, slots=True)
class Selection:
    """What a query found: the positions of the documents in order, and the ETag over all of them, not one page."""

    positions: Sequence[int]
    etag: str


class Shelf:
    """Documents of one kind in their order. Reading decodes from the bytes, so 100,000 documents stay cheap to hold."""

    def __init__(self, documents: Iterable[Document] = (), base: str = "") -> None:
        self._base = base.encode()
        self._rows: list[bytes] = []
        self._places: dict[str, int] = {}
        self._found: dict[Query, Selection] = {}
        self._indexes: dict[str, dict[str, list[int]]] = {}
        for document in documents:
            self._places[document["id"]] = len(self._rows)
            self._rows.append(self._encoded(document))

    def __len__(self) -> int:
        return len(self._rows)

    def put(self, document: Document, *, first: bool = False) -> bool:
        """Add a document or replace the one with its id; False when nothing changed. `first`: a new one goes ahead."""
        row = self._encoded(document)
        place = self._places.get(document["id"])
        if place is not None:
            if self._rows[place] == row:
                return False
            self._rows[place] = row
        elif first:
            self._rows.insert(0, row)
            self._places = {ident: at + 1 for ident, at in self._places.items()} | {document["id"]: 0}
        else:
            self._places[document["id"]] = len(self._rows)
            self._rows.append(row)
        self._forget()
        return True

    def remove(self, ident: str) -> bool:
        """Take a document away; False when it was not there."""
        place = self._places.pop(ident, None)
        if place is None:
            return False
        del self._rows[place]
        self._places = {other: at - (at > place) for other, at in self._places.items()}
        self._forget()
        return True

    def _forget(self) -> None:
        self._found.clear()
        self._indexes.clear()

    def get(self, ident: str) -> Document | None:
        """One document, decoded, or None."""
        row = self.row(ident)
        return None if row is None else self._decoded(row)

    def row(self, ident: str) -> bytes | None:
        """One document as it is sent, or None."""
        place = self._places.get(ident)
        return None if place is None else self._rows[place]

    def rows(self, positions: Iterable[int]) -> list[bytes]:
        """The bytes of the documents at some positions."""
        return [self._rows[position] for position in positions]

    def all(self) -> list[Document]:
        """Every document, decoded."""
        return [self._decoded(row) for row in self._rows]

    def of(self, path: str, value: str) -> list[Document]:
        """The documents that have a value at a dotted path."""
        return [self._decoded(self._rows[at]) for at in self._index(path).get(value, ())]

    def select(self, query: Query) -> Selection:
        """The documents a query asks for; remembered until something changes."""
        found = self._found.get(query)
        if found is None:
            positions = self._search(query)
            found = Selection(positions, etag_of(self._rows[at] for at in positions))
            if len(self._found) >= 256:
                self._found.clear()
            self._found[query] = found
        return found

    def _search(self, query: Query) -> Sequence[int]:
        positions: Sequence[int] = range(len(self._rows))
        slow = []
        for condition in query.conditions:
            if condition.operator == "eq" and positions:
                index = self._index(condition.path)
                hits = {at for value in condition.values for at in index.get(value, ())}
                positions = [at for at in positions if at in hits]
            else:
                slow.append(condition)
        if slow:
            positions = [at for at in positions if all(matches(self._decoded(self._rows[at]), one) for one in slow)]
        if query.sort and positions:
            documents = {at: self._decoded(self._rows[at]) for at in positions}
            ordered = list(positions)
            for path, descending in reversed(query.sort):
                ordered.sort(key=lambda at: sort_key(documents[at], path), reverse=descending)
            positions = ordered
        return positions

    def _index(self, path: str) -> dict[str, list[int]]:
        index = self._indexes.get(path)
        if index is None:
            index = {}
            for position, row in enumerate(self._rows):
                for value in {one for found in at_path(self._decoded(row), path) for one in keys(found)}:
                    index.setdefault(value, []).append(position)
            self._indexes[path] = index
        return index

    def _encoded(self, document: Document) -> bytes:
        """The bytes to send: the place holder {base} becomes the operator's own address."""
        return encode(document).replace(b"{base}", self._base)

    @staticmethod
    def _decoded(row: bytes) -> Any:
        return decode(row)
