"""Reading hostile PDFs: each ends in a failure with a name or in an honest page, within its time, and nothing else."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import paper_documents as made
import pytest

from selfcare.domain.failures import PaperTrouble
from selfcare.paper.reader import PaperReader

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "hostile"
WHATS = {"not_pdf", "encrypted", "damaged", "too_slow", "too_large", "crashed", "missing"}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
COSTS = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import paper_documents as made
from selfcare.domain.failures import PaperTrouble
from selfcare.paper.reader import PaperReader
reader = PaperReader(limit=60)
try:
    reader.render(made.huge_picture(), 0, 600)
except PaperTrouble:
    pass
reader.close()
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.fixture
def reader() -> Iterator[PaperReader]:
    one = PaperReader(limit=60)
    yield one
    one.close()


def peak(forget: bool = False) -> int:
    """The most memory this process held since the last time it was forgotten, in KiB."""
    if forget:
        with contextlib.suppress(OSError):  # a kernel that cannot forget only makes the test weaker
            Path("/proc/self/clear_refs").write_text("5", "ascii")
    lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def everything(reader: PaperReader, pdf: bytes) -> set[str]:
    """Asks for all there is; returns the troubles met."""
    troubles = set()
    for ask in (
        lambda: reader.pages(pdf),
        lambda: reader.render(pdf, 0, 600),
        lambda: reader.text(pdf),
        lambda: reader.find(pdf, 0, "a"),
        lambda: reader.attachments(pdf),
    ):
        try:
            ask()
        except PaperTrouble as trouble:
            troubles.add(trouble.what)
    assert troubles <= WHATS
    return troubles


@pytest.mark.parametrize("pdf", [b"", b"<html>", b"\0" * 5000, b"x" * 1024 + b"%PDF-1.7"])
def test_what_is_no_pdf_is_not_even_given_to_the_reader(reader: PaperReader, pdf: bytes) -> None:
    assert everything(reader, pdf) == {"not_pdf"}
    assert reader._worker is None


@pytest.mark.parametrize("pdf", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\xff" * 3000, made.words(b"cut")[:150]])
def test_a_broken_pdf_is_damaged(reader: PaperReader, pdf: bytes) -> None:
    assert everything(reader, pdf) == {"damaged"}


def test_a_pdf_of_more_than_25_mib_is_too_large(reader: PaperReader) -> None:
    assert everything(reader, b"%PDF-" + bytes(25 << 20)) == {"too_large"}


def test_pages_after_the_two_hundredth_are_counted_but_not_shown(reader: PaperReader) -> None:
    pdf = made.many_pages(1000)
    assert (reader.sheets(pdf).total, reader.pages(pdf)) == (1000, 200)
    with pytest.raises(PaperTrouble) as trouble:
        reader.render(pdf, 200, 100)
    assert trouble.value.what == "missing"


@pytest.mark.parametrize("box", [b"0 0 14400 1", b"0 0 1 14400", b"0 0 14000 14000", b"-5 -5 0 0", b"0 0 0 0"])
def test_no_page_makes_a_picture_over_4000_by_4000(reader: PaperReader, box: bytes) -> None:
    for width in (4000, 10**9, -1):
        picture = reader.render(made.page(b"", b"", box), 0, width)
        assert 1 <= picture.width <= 4000
        assert 1 <= picture.height <= 4000


@pytest.mark.parametrize("box", [b"0 0 1e38 1e38", b"0 0 99999999999999999999 1", b"a b c d", b"0 0 1e-30 1e-30"])
def test_a_page_of_no_size_is_damaged_or_a4(reader: PaperReader, box: bytes) -> None:
    assert everything(reader, made.page(b"", b"", box)) <= {"damaged"}


def test_a_page_that_never_ends_is_too_slow_and_the_next_bill_is_fine() -> None:
    reader = PaperReader(limit=1.0)
    started = time.monotonic()
    with pytest.raises(PaperTrouble) as trouble:
        reader.render(made.endless(), 0, 600)
    # on a busy computer the clock may be looked at so late that the memory or the stack is full first: each ends it
    assert trouble.value.what in {"too_slow", "too_large", "crashed"}
    assert time.monotonic() - started < 55  # starting the process alone may take 30 on a busy computer
    reader._workers.limit = 60
    assert reader.pages(made.words(b"fine")) == 1
    reader.close()


@LINUX
def test_a_picture_bomb_costs_this_process_nothing(reader: PaperReader) -> None:
    pdf = made.huge_picture()
    before = peak(forget=True)
    everything(reader, pdf)
    assert peak() - before < 64 * 1024
    assert reader.pages(made.words(b"fine")) == 1


@LINUX
def test_a_picture_bomb_costs_at_most_what_the_reading_process_may_hold() -> None:
    """Asked in a small process of its own, since a process also counts as its own what held the one it comes from."""
    command = [sys.executable, "-c", COSTS, str(Path(__file__).parent)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(shown.stdout) < 700 * 1024


def test_a_large_attachment_is_named_but_left_out(reader: PaperReader) -> None:
    big = bytes((5 << 20) + 1)
    found = reader.attachments(made.attached(("big", big), ("small", b"s")))
    assert [(one.name, one.size, one.content) for one in found] == [("big", len(big), None), ("small", 1, b"s")]


@LINUX
def test_an_attachment_bomb_of_a_gigabyte_does_not_reach_this_process(reader: PaperReader) -> None:
    pdf = made.attached(("bomb", b""))
    packed = made.stream(made.zeros(1 << 10), b"/Filter /FlateDecode")
    pdf = pdf.replace(made.stream(b"", b"/Type /EmbeddedFile /Params <</Size 0>>", packed=True), packed)
    before = peak(forget=True)
    everything(reader, pdf)
    assert peak() - before < 64 * 1024


def test_more_attachments_than_twenty_are_cut(reader: PaperReader) -> None:
    assert len(reader.attachments(made.attached(*[(f"f{index}", b"x") for index in range(30)]))) == 20


@pytest.mark.parametrize("name", sorted(path.name for path in SHARED.glob("*.pdf")) or ["none"])
def test_public_hostile_files(reader: PaperReader, name: str) -> None:
    if not SHARED.exists():
        pytest.skip("the folder of hostile files (../shared/data/hostile) is not here")
    expected = {"pdfium_encrypted_hello_world_r6.pdf": {"encrypted"}, "pdfjs_bug1020226.pdf": {"damaged"}}
    assert everything(reader, (SHARED / name).read_bytes()) == expected.get(name, set())


@pytest.mark.parametrize("seed", range(6))
def test_a_bill_with_changed_bytes_never_harms(reader: PaperReader, seed: int) -> None:
    chance = random.Random(seed)
    pdf = bytearray(made.attached(("factur-x.xml", b"<a/>" * 50)))
    for _ in range(chance.randrange(1, 12)):
        pdf[chance.randrange(9, len(pdf))] = chance.randrange(256)
    everything(reader, bytes(pdf))
    assert reader.pages(made.words(b"fine")) == 1
