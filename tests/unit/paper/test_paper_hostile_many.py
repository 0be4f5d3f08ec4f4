"""Eighty hostile PDFs of our own, and hundreds of mutants: the program lives, and the reader keeps its limits."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import paper_documents as made
import pytest
from hostile_papers import all_papers, mutants

from selfcare.domain.failures import PaperTrouble
from selfcare.paper.cage import MEMORY
from selfcare.paper.reader import LARGEST_PICTURE, PaperReader
from selfcare.paper.worker import PaperWorker

PAPERS = all_papers()
WHATS = {"encrypted", "damaged", "too_slow", "too_large", "crashed", "missing"}
SECONDS, SHORT = 10.0, 2.0
"""What the program gives one request, and what the gate has time for."""
SLACK = 48 << 20
"""What a process may take between two looks at it."""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def reader() -> Iterator[PaperReader]:
    one = PaperReader(limit=SHORT)
    yield one
    one.close()


class Watched:
    """Looks at how much memory the reading processes of this one hold, twenty times a second."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_facts: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not self._over.wait(0.05):
            for entry in Path("/proc").glob("[0-9]*"):
                try:
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    if parent == os.getpid():
                        self.most = max(self.most, int((entry / "statm").read_text().split()[1]) * page)
                except (OSError, ValueError, IndexError):
                    continue


def test_there_are_more_than_fifty() -> None:
    assert len(PAPERS) >= 60


def withstand(reader: PaperReader, pdf: bytes, seconds: float) -> None:
    """Ask for its first page, its words and its files."""
    assert len(pdf) < 25 << 20
    ends = []
    with Watched() as watched:
        for ask in (
            lambda: reader.render(pdf, 0, 600),
            lambda: reader.text(pdf),
            lambda: reader.attachments(pdf),
        ):
            began = time.monotonic()
            try:
                ask()
            except PaperTrouble as trouble:
                ends.append(trouble.what)
            assert time.monotonic() - began < seconds + 5 + 30, "30 seconds are for starting the process"
    assert set(ends) <= WHATS
    assert watched.most < MEMORY + SLACK
    assert reader.pages(made.words(b"fine")) == 1


@LINUX
@pytest.mark.parametrize("name", PAPERS)
def test_whatever_it_wants_it_does_not_get(reader: PaperReader, name: str) -> None:
    withstand(reader, PAPERS[name](), SHORT)


@LINUX
@pytest.mark.campaign
@pytest.mark.parametrize("name", PAPERS)
def test_whatever_it_wants_it_does_not_get_in_its_whole_time_either(name: str) -> None:
    reader = PaperReader()
    withstand(reader, PAPERS[name](), SECONDS)
    reader.close()


def try_mutants(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Read them in one process after the other, a new one where one was lost; how each ended."""
    ends: dict[str, int] = {}
    worker = PaperWorker(folder, SECONDS)
    for number, pdf in enumerate(mutants(count, seed)):
        end = "shown"
        try:
            worker.ask({"do": "open"}, pdf)
            worker.ask({"do": "render", "page": 0, "width": 120, "part": [0, 0, 1, 1]}, cap=LARGEST_PICTURE)
            worker.ask({"do": "attachments"}, cap=25 << 20)
        except PaperTrouble as trouble:
            end = trouble.what
            assert end in WHATS, (seed, number)
        ends[end] = ends.get(end, 0) + 1
        if not worker.is_alive:
            worker.kill()
            worker = PaperWorker(folder, SECONDS)
    worker.kill()
    return ends


def test_five_hundred_mutants(tmp_path: Path) -> None:
    ends = try_mutants(tmp_path, 500, seed=20)
    assert sum(ends.values()) == 500
    assert ends.get("damaged", 0) > 20, "most mutants would not be mutants"
    assert ends.get("shown", 0) > 20


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_thousand_mutants(tmp_path: Path, seed: int) -> None:
    ends = try_mutants(tmp_path, 1000, seed=1000 + seed)
    assert sum(ends.values()) == 1000
