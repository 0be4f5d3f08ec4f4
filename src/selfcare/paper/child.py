"""The process that reads PDFs for the program, one document at a time, and can be lost without harm."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.json import encode

from selfcare.domain.einvoices import FoundInvoice

from .cage import Deadline, close_cage
from .einvoice import invoice_among, invoice_in
from .finding import places_of
from .frames import BadFrame, read_frame, write_frame
from .sheet import (
    GRID,
    LARGEST_ATTACHMENT,
    LARGEST_PDF,
    LARGEST_TEXT,
    MOST_ATTACHMENTS,
    MOST_BOXES,
    MOST_PAGES,
    MOST_PIXELS,
)

if TYPE_CHECKING:
    import pypdfium2

PATIENCE = 12.0  # seconds of computing; the program itself waits 10 by the clock
MANY = "--many"
PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
_SAMPLE = b"<?xml version='1.0' encoding='cp1252'?><CrossIndustryInvoice>\xe9<!-- --></CrossIndustryInvoice>"

Answer = tuple[dict[str, Any], bytes | memoryview]


class Trouble(Exception):
    """What is wrong with the document, in the words of PaperTrouble."""


def main(words: Sequence[str] = ()) -> int:
    """Be the process for one document; with the word MANY, the one that is copied for each of many."""
    _load_all()
    if list(words) == [MANY]:
        from .nursery import keep

        return keep(_answer_all)
    return _answer_all()


def _answer_all() -> int:
    """Answer the requests that come in on file 0, on file 1, until there are no more."""
    requests, answers = os.fdopen(0, "rb", closefd=False), os.fdopen(1, "wb", closefd=False)
    deadline = Deadline(PATIENCE)
    deadline.start()
    close_cage()
    write_frame(answers, {"ready": True})
    document: Any = None
    while True:
        try:
            meta, payload = read_frame(requests, LARGEST_PDF)
        except (EOFError, BadFrame):
            return 0
        deadline.begin()
        try:
            if meta["do"] == "open":
                document, sheets = _opened(payload, str(meta.get("password") or "") or None)
                answer: Answer = (sheets, b"")
            elif meta["do"] == "xml":
                answer = _invoice(invoice_in(payload))
            else:
                answer = _answer(document, meta)
        except Trouble as trouble:
            answer = ({"trouble": str(trouble)}, b"")
        except MemoryError:
            answer = ({"trouble": "too_large"}, b"")
        write_frame(answers, *answer)
        deadline.end()


def _load_all() -> None:
    """Load what will be needed: after the cage is closed nothing can be loaded any more."""
    import codecs

    import pypdfium2
    import pypdfium2.raw

    for name in ("utf-16-le", "utf-16", "utf-8", "ascii", "latin-1", "iso-8859-15", "cp1252"):
        codecs.lookup(name)
    invoice_in(_SAMPLE)
    with pypdfium2.PdfDocument.new() as empty:
        page = empty.new_page(10, 10)
        page.render()
        page.get_textpage().get_text_range()


def _opened(content: bytes, password: str | None) -> tuple[pypdfium2.PdfDocument, dict[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content, password=password)
        total = len(document)
        sizes = [document.get_page_size(index) for index in range(min(total, MOST_PAGES))]
    except pypdfium2.PdfiumError as trouble:
        raise Trouble("encrypted" if trouble.err_code == PASSWORD_NEEDED else "damaged") from None
    if not sizes:
        raise Trouble("damaged")
    return document, {"total": total, "sizes": [[_length(one) for one in size] for size in sizes]}


def _answer(document: pypdfium2.PdfDocument, meta: dict[str, Any]) -> Answer:
    import pypdfium2

    try:
        match meta["do"]:
            case "render":
                return _picture(document[meta["page"]], meta["width"], meta["part"])
            case "text":
                return {}, _text(document, meta["first"], meta["last"])
            case "find":
                return {"boxes": _boxes(document[meta["page"]], meta["text"])}, b""
            case "words":
                return {}, _words(document[meta["page"]], meta["part"])
            case "invoice":
                listed, contents = _attached(document)
                return _invoice(
                    invoice_among(
                        (one["name"], one["size"], content) for one, content in zip(listed, contents, strict=True)
                    )
                )
            case _:
                listed, contents = _attached(document)
                return {"files": listed}, b"".join(content or b"" for content in contents)
    except pypdfium2.PdfiumError:
        raise Trouble("damaged") from None


def _picture(page: pypdfium2.PdfPage, width: int, part: list[float]) -> Answer:
    """A part of the page (left, top, width, height in parts of it), drawn as if the whole page were so wide."""
    wide, high = (_length(one) for one in page.get_size())
    left, top, across, down = part
    scale = min(width - 0.01, (MOST_PIXELS - 0.01) / across, (MOST_PIXELS - 0.01) * wide / high / down) / wide
    least = 2 / scale  # a part of no pixel cannot be drawn
    west, north = min(left * wide, max(0.0, wide - least)), min(top * high, max(0.0, high - least))
    east, south = wide - west - max(least, across * wide), high - north - max(least, down * high)
    crop = (west, max(0.0, south), max(0.0, east), north)
    bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True, limit_image_cache=True)
    return (
        {"width": bitmap.width, "height": bitmap.height, "stride": bitmap.stride},
        memoryview(bitmap.buffer).cast("B")[: bitmap.stride * bitmap.height],
    )


def _words(page: pypdfium2.PdfPage, part: list[float]) -> bytes:
    """The words in a part of the page."""
    import ctypes

    import pypdfium2.raw as raw

    def on_page(across: float, down: float) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDF_DeviceToPage(page, 0, 0, GRID, GRID, 0, round(across * GRID), round(down * GRID), x, y)
        return x.value, y.value

    left, top, across, down = part
    (x1, y1), (x2, y2) = on_page(left, top), on_page(left + across, top + down)
    found = page.get_textpage().get_text_bounded(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return str(found).encode("utf-8", "ignore")[:LARGEST_TEXT]


def _text(document: pypdfium2.PdfDocument, first: int, last: int) -> bytes:
    texts: list[bytes] = []
    room = LARGEST_TEXT
    for index in range(first, min(last, len(document), MOST_PAGES)):
        page = document[index]
        text = page.get_textpage().get_text_range().replace("\f", " ").encode("utf-8", "ignore")
        page.close()
        room -= len(text) + 1
        if room < 0:
            break
        texts.append(text)
    return b"\f".join(texts)


def _boxes(page: pypdfium2.PdfPage, text: str) -> list[list[int]]:
    import ctypes

    import pypdfium2.raw as raw

    def on_grid(x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, GRID, GRID, 0, x, y, across, down)
        return across.value, down.value

    textpage = page.get_textpage()
    found: list[list[int]] = []
    for hit in places_of(_signs(textpage), text, MOST_BOXES):
        if len(found) >= MOST_BOXES:
            break
        for index in range(min(textpage.count_rects(*hit), MOST_BOXES)):
            left, bottom, right, top = textpage.get_rect(index)
            (x1, y1), (x2, y2) = on_grid(left, top), on_grid(right, bottom)
            found.append([min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)])
    return found[:MOST_BOXES]


def _signs(textpage: pypdfium2.PdfTextPage) -> str:
    """The text of a page with one sign for each place that the engine counts."""
    import ctypes

    import pypdfium2.raw as raw

    count = textpage.count_chars()
    units = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(textpage, 0, count, units) == count + 1:
        return "".join(map(chr, units[:count]))
    return "".join(chr(min(raw.FPDFText_GetUnicode(textpage, place), 0x10FFFF)) for place in range(count))


def _attached(document: pypdfium2.PdfDocument) -> tuple[list[dict[str, Any]], list[bytes | None]]:
    """The files inside it and their contents, None where one is too large."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw as raw

    listed: list[dict[str, Any]] = []
    contents: list[bytes | None] = []
    for index in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        try:
            one = document.get_attachment(index)
            name = one.get_name()[:200]
            size = ctypes.c_ulong()
            raw.FPDFAttachment_GetFile(one, None, 0, size)
            content = bytes(one.get_data()) if 0 < size.value <= LARGEST_ATTACHMENT else None
        except (pypdfium2.PdfiumError, UnicodeDecodeError):
            continue
        listed.append({"name": name, "size": size.value, "whole": content is not None})
        contents.append(content)
    return listed, contents


def _invoice(found: FoundInvoice | None) -> Answer:
    return {}, encode(found)


def _length(points: float) -> float:
    if not math.isfinite(points) or not 0.01 < points < 1e6:
        raise Trouble("damaged")
    return points


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
