"""What is looked for after each journey would be found, in every dress, in a file's name and in a record."""

from __future__ import annotations

import logging
import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.canaries import Heard, dresses
from tests.journeys.computer import Computer, Kept
from tests.journeys.unreadable import Needles, Records, personal, readable

FACT, SECRET = "12 rue de l’Église, Nadia Karim", "rt-8xLOxBtZp8-secret"


@pytest.fixture
def wanted() -> Needles:
    made = Needles()
    made.add([FACT, SECRET])
    return made


def test_the_search_finds_it_in_every_dress(wanted: Needles, tmp_path: Path) -> None:
    chance, file = random.Random(7).randbytes, tmp_path / "cache.db"
    file.write_bytes(chance(50_000))
    assert readable(tmp_path, wanted) == []
    for dress in dresses(FACT) | dresses(SECRET) | {zlib.compress(SECRET.encode())}:
        file.write_bytes(chance(5_000) + dress + chance(5_000))
        assert readable(tmp_path, wanted), dress


def test_the_search_finds_it_in_a_name_and_in_a_record(wanted: Needles, tmp_path: Path) -> None:
    (tmp_path / f"{SECRET}.txt").touch()
    assert len(readable(tmp_path, wanted)) == 1
    records, log = Records(), logging.getLogger("selfcare.tried")
    records.emit(log.makeRecord(log.name, logging.DEBUG, "", 1, "said %s and %s", (SECRET, FACT), None))
    assert records.telling([SECRET], [FACT]) == [SECRET, FACT]


def test_what_a_journey_says_over_the_wire_is_looked_for(
    computer: Computer, heard: Heard, needles: Needles, homes: Callable[[str], Kept]
) -> None:
    """The fixture's own search, with a fact and a secret of this very customer planted and taken away again."""
    computer.put(homes("claire"))
    needles.add(personal(heard) | heard.secrets)
    note = computer.home / "note.txt"
    for told in ("Claire Whitmore", max(heard.secrets)):
        note.write_text(f"say {told}", "utf-8")
        assert {path for path, _ in readable(computer.home, needles)} == {str(note)}
    note.unlink()
    assert readable(computer.home, needles) == []
