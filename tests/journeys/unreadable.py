"""After each journey: nothing that went over the wire is readable in a file, and no secret is in any record."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.canaries import SHORTEST, Heard, dresses, unpacked

_KINDS = bytes(0x32 if byte == 0 else 0x31 if 0x20 <= byte <= 0x7E else 0x30 for byte in range(256))
_RUNS = {kind * SHORTEST: re.compile(b"(?:" + kind + b")+") for kind in (b"1", b"12", b"21")}
_OURS = ("selfcare", "httpx", "httpcore")
_PUBLIC = ("profile.json", "profile.json.copy")


def runs(content: bytes) -> list[bytes]:
    """What may be text, in one byte a letter or in two; of encrypted bytes next to nothing is left."""
    found, kinds = [], content.translate(_KINDS)
    for start, whole in _RUNS.items():
        at = kinds.find(start)
        while at >= 0:
            run = whole.match(kinds, at)
            end = run.end() if run else at + 1
            found.append(content[at:end])
            at = kinds.find(start, end)
    return found


class Needles:
    """Facts and secrets in all their dresses, by their first eight bytes: so that thousands are looked for at once."""

    def __init__(self) -> None:
        self._by_start: dict[bytes, set[bytes]] = {}
        self._known: set[str] = set()

    def add(self, wanted: Iterable[str]) -> None:
        """Look for these too."""
        for one in set(wanted) - self._known:
            self._known.add(one)
            for dress in dresses(one):
                whole = max(runs(dress), key=len, default=b"")
                if len(whole) >= SHORTEST:
                    self._by_start.setdefault(whole[:SHORTEST], set()).add(whole)

    def found_in(self, content: bytes) -> Iterator[bytes]:
        """Each that stands readable in these bytes, also where it was packed."""
        for piece in (content, *unpacked(content)):
            text = b"\n".join(runs(piece))
            starts = {text[at : at + SHORTEST] for at in range(len(text))}
            for start in self._by_start.keys() & starts:
                yield from (one for one in self._by_start[start] if one in text)


class Records(logging.Handler):
    """Every record of a journey, of every logger, down to DEBUG."""

    def __init__(self) -> None:
        super().__init__(1)
        self.said: list[tuple[str, str]] = []
        self.titles: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what it says, with its trace."""
        self.said.append((record.name, self.format(record)))

    def titled(self, real: Callable[[Any, str], None]) -> Callable[[Any, str], None]:
        """The way to set a window's title, which is remembered."""

        def set_title(window: Any, title: str) -> None:
            self.titles.add(title)
            real(window, title)

        return set_title

    def in_titles(self, wanted: Iterable[str]) -> list[str]:
        """Titles with a secret in them, with a fact about the customer, or with a number as it is shown."""
        found = tuple(wanted)
        return [
            title
            for title in sorted(self.titles)
            if re.search(r"\d[\d\s]{3}", title) or any(one in title for one in found)
        ]

    def telling(self, secrets: Iterable[str], facts: Iterable[str]) -> list[str]:
        """Records with a secret in them, and records of ours with a fact about the customer."""
        every = "\n".join(said for _, said in self.said)
        ours = "\n".join(said for name, said in self.said if name.startswith(_OURS))
        return [one for one in secrets if one in every] + [one for one in facts if one in ours]


def personal(heard: Heard) -> set[str]:
    """The facts that tell something of a customer: no addresses of an operator's, no single words."""
    return {fact for fact in heard.facts if not re.match(r"https?:|[A-Za-z]+\Z", fact)}


def published(home: Path) -> str:
    """What the operators of this computer's accounts publish of themselves, which is kept as it is."""
    return "".join(path.read_text("utf-8", "replace") for name in _PUBLIC for path in home.rglob(name))


def readable(home: Path, needles: Needles) -> list[tuple[str, bytes]]:
    """Where something that nobody published stands readable: in a file's content or in its name."""
    found: list[tuple[str, bytes]] = []
    public = published(home).encode()
    for path in sorted(home.rglob("*")):
        if path.name in _PUBLIC:
            continue
        content = path.name.encode("utf-8", "surrogateescape") + b"\n"
        if path.is_file() and not path.is_symlink():
            content += path.read_bytes()
        found += [(str(path), one) for one in needles.found_in(content) if one not in public]
    return found
