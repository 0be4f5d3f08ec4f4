"""A process for each of many documents, made in a moment: caged, alone, and gone after its document."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import paper_documents as made
import pytest

from selfcare.domain.failures import PaperTrouble
from selfcare.paper import nursery as nurseries
from selfcare.paper import workers
from selfcare.paper.nursery import Nursery
from selfcare.paper.reader import PaperReader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")

CAGED = """
import os, socket
from selfcare.paper.cage import Deadline, close_cage
from selfcare.paper.nursery import keep
def trial():
    deadline = Deadline(5)
    deadline.start()
    close_cage()
    found = []
    for name, call in (
        ("read", lambda: os.open("/etc/passwd", os.O_RDONLY)),
        ("socket", socket.socket),
        ("fork", os.fork),
        ("kill the nursery", lambda: os.kill(os.getppid(), 0)),
        ("the nursery's line", lambda: [os.write(file, b"l1234") for file in range(4, 64)]),
        ("parent's line", lambda: os.read(4, 1)),
    ):
        try:
            call()
        except OSError as trouble:
            found.append(f"{name} {trouble.errno}")
        else:
            found.append(f"{name} done")
    os.write(1, "\\n".join(found).encode())
    return 0
keep(trial)
"""


@pytest.fixture
def reader() -> Iterator[PaperReader]:
    one = PaperReader(limit=60, many=True)
    yield one
    one.close()


def is_there(pid: int) -> bool:
    """The process lives, or waits for somebody to ask what became of it."""
    return Path(f"/proc/{pid}").exists()


def worker_of(reader: PaperReader) -> int:
    assert reader._worker is not None
    return reader._worker.pid


def nursery_of(reader: PaperReader) -> int:
    nursery = reader._workers._nursery
    assert nursery is not None
    return nursery._process.pid


def papers(count: int) -> list[bytes]:
    return [made.words(b"bill %d" % number) for number in range(count)]


def test_every_document_has_a_process_of_its_own_which_ends_with_it(reader: PaperReader) -> None:
    seen = []
    for number, pdf in enumerate(papers(5)):
        assert reader.text(pdf).strip() == f"bill {number}"
        assert reader.e_invoice(pdf) is None
        seen.append(worker_of(reader))
        assert not any(is_there(pid) for pid in seen[:-1])
        reader.warm()
    nursery = nursery_of(reader)
    assert len({*seen, nursery, os.getpid()}) == 7
    reader.close()
    assert not any(is_there(pid) for pid in [*seen, nursery])


def test_a_copy_is_in_the_cage_and_holds_nothing_but_its_own_two_files(tmp_path: Path) -> None:
    nursery = Nursery([sys.executable, "-c", CAGED], tmp_path, {"PYTHONPATH": os.pathsep.join(sys.path)})
    copy = nursery.start()
    assert copy.stdout.read().decode().splitlines() == [
        "read 1", "socket 1", "fork 1", "kill the nursery 1", "the nursery's line 9", "parent's line 9",
    ]  # fmt: skip
    for pipe in (copy.stdin, copy.stdout):
        pipe.close()
    copy.kill()
    nursery.close()


def test_after_a_document_that_broke_its_process_another_nursery_is_copied(reader: PaperReader) -> None:
    reader.text(made.words(b"fine"))
    before = nursery_of(reader)
    reader._workers.limit = 0.5
    with pytest.raises(PaperTrouble) as caught:
        reader.render(made.endless(), 0, 600)
    assert caught.value.what == "too_slow"
    reader._workers.limit = 60
    assert reader.text(made.words(b"the next")).strip() == "the next"
    assert nursery_of(reader) != before
    assert not is_there(before)
    with pytest.raises(PaperTrouble) as caught:
        reader.text(b"%PDF-1.7 nothing")
    assert caught.value.what == "damaged"


def test_a_nursery_is_used_up_after_so_many(reader: PaperReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nurseries, "NEST", 2)
    found = []
    for pdf in papers(4):
        reader.text(pdf)
        found.append(nursery_of(reader))
    assert found[0] == found[1] != found[2] == found[3]


def test_a_nursery_that_is_killed_takes_its_copies_along_and_is_replaced(reader: PaperReader) -> None:
    reader.text(made.words(b"fine"))
    worker, nursery = worker_of(reader), reader._workers._nursery
    assert nursery is not None
    nursery._process.kill()
    until = time.monotonic() + 20
    while is_there(worker) and Path(f"/proc/{worker}/stat").read_text().split()[2] != "Z":
        assert time.monotonic() < until
        time.sleep(0.01)
    assert reader.text(made.words(b"the next")).strip() == "the next"


def test_where_nothing_can_be_copied_plain_documents_share_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_copy", lambda: False)
    monkeypatch.setattr(workers, "QUICK", 60)
    monkeypatch.setattr(workers, "TOGETHER", 3)
    reader = PaperReader(limit=60, many=True)
    seen = []
    for pdf in papers(4):
        reader.warm()
        assert reader.text(pdf).startswith("bill")
        seen.append(worker_of(reader))
    assert seen[0] == seen[1] == seen[2] != seen[3]
    with pytest.raises(PaperTrouble) as caught:
        reader.text(b"%PDF-1.7 nothing")
    assert caught.value.what == "damaged"
    assert reader.text(made.words(b"after it")).strip() == "after it"
    assert worker_of(reader) != seen[3], "after one that was refused another process reads"
    reader.close()
    assert not any(is_there(pid) for pid in seen)


def test_a_document_is_tried_alone_before_it_is_blamed_for_a_shared_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_copy", lambda: False)
    monkeypatch.setattr(workers, "QUICK", 60)
    reader = PaperReader(limit=60, many=True)
    reader.text(made.words(b"first"))
    shared, second = reader._worker, made.words(b"second")
    assert shared is not None
    reader.pages(second)
    assert reader._worker is shared
    shared._process.kill()
    monkeypatch.setattr(type(shared), "is_alive", property(lambda one: not one.is_lost))  # it dies while it is asked
    assert reader.text(second).strip() == "second"
    assert reader._worker is not shared
    reader.close()
