"""Reading honest PDFs: pages, pictures, words, places of words, attached files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import paper_documents as made
import pytest
import typst

from selfcare.domain.failures import PaperTrouble
from selfcare.paper.reader import PaperReader, clean
from selfcare.paper.sheet import Box
from tests.bill_pdfs import bill_pdf

BILL = b"""#set document(title: "Bill")
#set page("a4")
= Bill 780123456
Total due: 42,50
#pagebreak()
Second page, caf\xc3\xa9
"""


@pytest.fixture(scope="module")
def reader() -> Iterator[PaperReader]:
    one = PaperReader(limit=60)
    yield one
    one.close()


@pytest.fixture(scope="module")
def bill() -> bytes:
    return bytes(typst.compile(BILL))


def test_the_pages_of_a_bill_and_their_sizes(reader: PaperReader, bill: bytes) -> None:
    sheets = reader.sheets(bill)
    assert (reader.pages(bill), sheets.total) == (2, 2)
    assert [(round(wide), round(high)) for wide, high in sheets.sizes] == [(595, 842)] * 2


def test_a_page_becomes_a_picture_as_wide_as_asked(reader: PaperReader, bill: bytes) -> None:
    picture = reader.render(bill, 0, 620)
    assert (picture.width, picture.height) == (620, 877)
    assert len(picture.rgb) == picture.stride * picture.height
    assert picture.rgb[:3] == b"\xff\xff\xff"
    assert min(picture.rgb) < 64


def test_a_coloured_page_is_red_green_blue_in_this_order(reader: PaperReader) -> None:
    picture = reader.render(made.page(b"1 0.5 0 rg 0 0 200 100 re f"), 0, 20)
    middle = picture.stride * 5 + 30
    assert picture.rgb[middle] == 255
    assert abs(picture.rgb[middle + 1] - 128) <= 1
    assert picture.rgb[middle + 2] == 0


def test_the_words_of_a_bill_page_by_page(reader: PaperReader, bill: bytes) -> None:
    first, second = reader.text(bill).split("\f")
    assert "Bill 780123456" in first
    assert "Total due: 42,50" in first
    assert second.strip() == "Second page, café"
    assert reader.page_text(bill, 1) == second


def test_a_word_is_found_where_it_stands(reader: PaperReader) -> None:
    pdf = made.words(b"Total due today")
    (found,) = reader.find(pdf, 0, "DUE")
    assert 0.2 < found.left < 0.3
    assert 0.15 < found.top < 0.35
    assert 0.05 < found.width < 0.15
    picture = reader.render(pdf, 0, 400)
    assert darkest(picture.rgb, picture.stride, found, picture.width, picture.height) < 100
    assert reader.find(pdf, 0, "tomorrow") == []
    assert reader.find(pdf, 0, " \0 ") == []


def test_amounts_and_words_are_found_as_people_type_them(reader: PaperReader) -> None:
    said = "Itinérance 45\u00a0923,61 of 12".encode("cp1252")
    font = b"/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>>>"
    pdf = made.page(b"BT /F 9 Tf 20 70 Td (%s) Tj ET" % said, font)
    (amount,) = reader.find(pdf, 0, "45\u00a0923,61")
    for typed in ("45 923,61", "45923,61", "45923", "45 9", "45 92", "45\u202f923"):
        (found,) = reader.find(pdf, 0, typed)
        assert found.left == amount.left, typed
    (word,) = reader.find(pdf, 0, "ITINERANCE")
    assert word.left < amount.left
    assert word.left + word.width <= amount.left
    assert reader.find(pdf, 0, "112") == []


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_word_is_found_on_a_turned_page_too(reader: PaperReader, rotate: int) -> None:
    pdf = made.words(b"Total due today", rotate)
    (found,) = reader.find(pdf, 0, "due")
    picture = reader.render(pdf, 0, 400)
    assert darkest(picture.rgb, picture.stride, found, picture.width, picture.height) < 100


def darkest(rgb: bytes, stride: int, box: Box, width: int, height: int) -> int:
    rows = range(int(box.top * height), int((box.top + box.height) * height) + 1)
    left, right = int(box.left * width) * 3, int((box.left + box.width) * width) * 3 + 3
    return min(min(rgb[row * stride + left : row * stride + right]) for row in rows)


def test_a_font_that_the_bill_does_not_bring_is_still_shown(reader: PaperReader) -> None:
    assert min(reader.render(made.words(b"Hello"), 0, 400).rgb) < 64


def test_attached_files_come_with_their_bytes(reader: PaperReader) -> None:
    files = [("factur-x.xml", b"<xml/>"), ("../../Rechnung ä\u202e.xml", bytes(range(256)) * 9)]
    found = reader.attachments(made.attached(*files))
    assert [(one.name, one.content, one.size) for one in found] == [(name, text, len(text)) for name, text in files]


def test_a_bill_without_attached_files_has_none(reader: PaperReader, bill: bytes) -> None:
    assert reader.attachments(bill) == ()


def test_a_page_that_is_not_there_is_missing(reader: PaperReader, bill: bytes) -> None:
    for page in (-1, 2, 10**9):
        with pytest.raises(PaperTrouble) as trouble:
            reader.render(bill, page, 100)
        assert trouble.value.what == "missing"


def test_turning_a_page_needs_no_new_process(reader: PaperReader, bill: bytes) -> None:
    reader.pages(bill)
    worker = reader._worker
    reader.render(bill, 1, 300)
    assert reader._worker is worker
    reader.pages(made.words(b"another"))
    assert reader._worker is not worker
    assert worker is not None
    assert not worker.is_alive


def test_a_reader_can_be_closed_and_used_again_and_leaves_nothing(bill: bytes) -> None:
    one = PaperReader(limit=60)
    one.warm()
    one.pages(bill)
    folder, worker = one._workers.folder, one._worker
    assert folder is not None
    assert worker is not None
    assert list(folder.iterdir()) == []
    one.close()
    one.close()
    assert not folder.exists()
    assert not worker.is_alive
    assert one.pages(bill) == 2
    one.close()


def test_a_process_that_was_killed_from_outside_is_replaced(reader: PaperReader, bill: bytes) -> None:
    reader.pages(bill)
    assert reader._worker is not None
    reader._worker.kill()
    assert reader.pages(bill) == 2
    worker = reader._worker
    worker._process.kill()
    deadline = time.monotonic() + 10
    while worker.is_alive and time.monotonic() < deadline:
        time.sleep(0.01)
    assert reader.render(bill, 0, 100).width == 100


def test_a_locked_pdf_opens_with_its_password_only_and_the_password_is_not_kept(reader: PaperReader) -> None:
    pdf = made.encrypted(b"Total due", b"open sesame")
    for wrong in ("", "Open sesame", "x" * 500):
        with pytest.raises(PaperTrouble) as trouble:
            reader.unlock(pdf, wrong)
        assert trouble.value.what == "encrypted"
    assert reader.unlock(pdf, "open sesame") == 1
    assert reader.text(pdf).strip() == "Total due"
    assert not any("sesame" in str(value) for value in vars(reader).values())
    reader.pages(made.words(b"another"))
    with pytest.raises(PaperTrouble) as trouble:
        reader.pages(pdf)
    assert trouble.value.what == "encrypted"


def test_a_part_of_a_page_is_drawn_with_all_its_pixels(reader: PaperReader) -> None:
    pdf = made.page(b"1 0 0 rg 0 0 100 100 re f 0 0 1 rg 100 50 100 50 re f")
    whole = reader.render(pdf, 0, 20_000)
    assert whole.width <= 4000
    part = reader.render(pdf, 0, 16_000, Box(0.5, 0, 0.125, 0.125))
    assert (abs(part.width - 2000) <= 1, abs(part.height - 1000) <= 1) == (True, True)
    assert part.rgb[:3] == b"\x00\x00\xff"
    below = reader.render(pdf, 0, 16_000, Box(0.4, 0.9, 0.05, 0.05))
    assert below.rgb[:3] == b"\xff\x00\x00"
    assert reader.render(pdf, 0, 100, Box(-1, 5, 9, 9)).width >= 1


def test_the_words_in_a_part_of_a_page(reader: PaperReader) -> None:
    pdf = made.words(b"Total due today")
    (due,) = reader.find(pdf, 0, "due")
    around = Box(due.left - 0.01, due.top - 0.05, due.width + 0.02, due.height + 0.1)
    assert reader.words_in(pdf, 0, around).strip() == "due"
    assert reader.words_in(pdf, 0, Box(0, 0.9, 1, 0.1)).strip() == ""


def test_text_comes_without_control_characters() -> None:
    assert clean("a\r\nb\rc\x00\x1b\ufeffd ver\x02\nsion") == "a\nb\ncd version"


@pytest.mark.parametrize("name", ["EN16931_Einfach_fx.pdf", "invoice_EN16931.pdf", "OK-001/facture.pdf"])
def test_the_e_invoice_is_found_in_real_bills(reader: PaperReader, name: str) -> None:
    path = Path(__file__).resolve().parents[4] / "shared" / "data" / "einvoices" / name
    if not path.exists():
        pytest.skip("the folder of real bills (../shared/data) is not here")
    pdf = path.read_bytes()
    (invoice,) = [one for one in reader.attachments(pdf) if one.name == "factur-x.xml"]
    assert invoice.content is not None
    assert b"CrossIndustryInvoice" in invoice.content
    assert reader.render(pdf, 0, 800).width == 800
    assert reader.text(pdf).strip()


def test_a_locked_pdf_opens_with_its_password_alone(reader: PaperReader) -> None:
    pdf = bill_pdf("Total due 45.00", password=b"open sesame")
    for wrong in ("", "Open sesame"):
        with pytest.raises(PaperTrouble) as caught:
            reader.unlock(pdf, wrong)
        assert caught.value.what == "encrypted"
    reader.unlock(pdf, "open sesame")
    assert reader.text(pdf).strip() == "Total due 45.00"
    reader.text(made.words(b"another"))
    with pytest.raises(PaperTrouble) as caught:
        reader.text(pdf)
    assert caught.value.what == "encrypted", "the password is not kept"
