"""Shows PDF bills without trusting them: each is read in a process of its own that may be lost at any time."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from msgspec.json import Decoder

from selfcare.domain.einvoices import FoundInvoice
from selfcare.domain.failures import PaperTrouble

from .sheet import (
    GRID,
    LARGEST_ATTACHMENT,
    LARGEST_INVOICE,
    LARGEST_PDF,
    LARGEST_TEXT,
    MOST_ATTACHMENTS,
    MOST_BOXES,
    MOST_PAGES,
    MOST_PIXELS,
    WHOLE,
    WIDEST,
    Attachment,
    Box,
    Picture,
    Sheets,
)
from .worker import PaperWorker
from .workers import Workers

LIMIT = 10.0  # seconds for one request
LARGEST_PICTURE = MOST_PIXELS * (MOST_PIXELS * 3 + 64)
T = TypeVar("T")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


LONGEST_PASSWORD = 127  # what a PDF can have


class PaperReader:
    """Reads PDFs for one lane. Every method takes the whole PDF and raises PaperTrouble if it cannot be read.

    PaperTrouble says not_pdf, encrypted, damaged, too_slow (10 s a request), too_large (25 MiB, 512 MiB of memory) or
    crashed. The last document stays open in its process, so that turning its pages is quick; another document gets
    another process, so that one bill can never change how the next one looks.
    """

    def __init__(self, limit: float = LIMIT, *, many: bool = False) -> None:
        """`many` is for whoever reads thousands of them: a process then takes milliseconds to make (`workers`)."""
        self._workers = Workers(limit, many=many)
        self._lock = threading.Lock()
        self._worker: PaperWorker | None = None
        self._open: tuple[bytes, Sheets] | None = None
        self._bad: tuple[bytes, str] = (b"", "")

    def warm(self) -> None:
        """Start the process for the next document ahead of time: opening it then takes milliseconds."""
        with self._lock:
            self._workers.warm()

    def sheets(self, pdf: bytes) -> Sheets:
        """How many pages it has, and the sizes of those that can be shown (the first 200)."""
        with self._lock:
            return self._opened(pdf)[1]

    def pages(self, pdf: bytes) -> int:
        """How many pages can be shown."""
        return len(self.sheets(pdf).sizes)

    def unlock(self, pdf: bytes, password: str) -> int:
        """Open a PDF that asks for a password; how many pages can be shown.

        The password is handed on and forgotten; the PDF stays open until another one is opened. Raises PaperTrouble:
        encrypted, where the password is not the right one.
        """
        with self._lock:
            self._bad = (b"", "")
            return len(self._opened(pdf, password[:LONGEST_PASSWORD])[1].sizes)

    def render(self, pdf: bytes, page: int, width_px: int, part: Box = WHOLE) -> Picture:
        """The page (from 0), or a part of it, as a picture in which the whole page is so many pixels wide.

        It is made smaller where the part would be over 4,000 pixels wide or high.
        """
        wide = max(16, min(width_px, WIDEST))
        meta, rgb = self._ask(
            pdf, {"do": "render", "page": page, "width": wide, "part": _inside(part)}, LARGEST_PICTURE
        )
        width, height, stride = (meta.get(name) for name in ("width", "height", "stride"))
        if not (
            isinstance(width, int)
            and isinstance(height, int)
            and isinstance(stride, int)
            and 1 <= width <= MOST_PIXELS
            and 1 <= height <= MOST_PIXELS
            and width * 3 <= stride <= width * 3 + 64
            and len(rgb) == stride * height
        ):
            raise self._lost()
        return Picture(width, height, stride, rgb)

    def text(self, pdf: bytes) -> str:
        """The text of all pages that can be shown, pages parted by form feeds."""
        return self._text(pdf, 0, MOST_PAGES)

    def page_text(self, pdf: bytes, page: int) -> str:
        """The text of one page (from 0)."""
        return self._text(pdf, page, page + 1)

    def words_in(self, pdf: bytes, page: int, part: Box) -> str:
        """The words in a part of a page (from 0)."""
        _, content = self._ask(pdf, {"do": "words", "page": page, "part": _inside(part)}, LARGEST_TEXT)
        return self._read(content)

    def e_invoice(self, pdf: bytes) -> FoundInvoice | None:
        """The electronic invoice inside it (Factur-X, ZUGFeRD, XRechnung); None where there is none."""
        return self._invoice(self._ask(pdf, {"do": "invoice"}, LARGEST_INVOICE)[1])

    def e_invoice_of(self, xml: bytes) -> FoundInvoice:
        """The electronic invoice that a piece of XML is (CII, UBL), read in a process of its own."""
        if len(xml) > LARGEST_ATTACHMENT:
            return FoundInvoice("", None, "too_large")
        with self._lock:
            found = self._again(lambda: self._xml(xml))
        return found if found is not None else FoundInvoice("", None, "foreign")

    def find(self, pdf: bytes, page: int, text: str) -> list[Box]:
        """Where the text stands on the page (from 0); one box a line, 500 at most. Case, accents and the grouping of
        numbers do not count."""
        wanted = _CONTROLS.sub("", text).strip()[:200]
        if not wanted:
            return []
        meta, _ = self._ask(pdf, {"do": "find", "page": page, "text": wanted}, 0)
        boxes = meta.get("boxes")
        if not isinstance(boxes, list) or len(boxes) > MOST_BOXES:
            raise self._lost()
        found = []
        for box in boxes:
            if not (isinstance(box, list) and len(box) == 4 and all(isinstance(one, int) for one in box)):
                raise self._lost()
            left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
            left, top, right, bottom = (min(max(one, 0), GRID) / GRID for one in (left, top, right, bottom))
            found.append(Box(left, top, right - left, bottom - top))
        return found

    def attachments(self, pdf: bytes) -> tuple[Attachment, ...]:
        """The files inside it, 20 at most. Their names are only names: never use one as the name of a file."""
        meta, content = self._ask(pdf, {"do": "attachments"}, LARGEST_ATTACHMENT * MOST_ATTACHMENTS)
        files = meta.get("files")
        if not isinstance(files, list) or len(files) > MOST_ATTACHMENTS:
            raise self._lost()
        found: list[Attachment] = []
        at = 0
        for one in files:
            name, size, whole = (
                (one.get(key) for key in ("name", "size", "whole")) if isinstance(one, dict) else (0, 0, 0)
            )
            if not (isinstance(name, str) and isinstance(size, int) and isinstance(whole, bool) and size >= 0):
                raise self._lost()
            taken = size if whole else 0
            found.append(Attachment(clean(name), size, content[at : at + taken] if whole else None))
            at += taken
        if at != len(content):
            raise self._lost()
        return tuple(found)

    def close(self) -> None:
        """End the process and remove its empty folder. The reader can be used again; it starts a new one."""
        with self._lock:
            self._end()
            self._workers.close()

    def _text(self, pdf: bytes, first: int, last: int) -> str:
        _, content = self._ask(pdf, {"do": "text", "first": first, "last": last}, LARGEST_TEXT)
        return self._read(content)

    def _invoice(self, content: bytes) -> FoundInvoice | None:
        try:
            return _decoded(content)
        except ValueError:
            raise self._lost() from None

    def _read(self, content: bytes) -> str:
        try:
            return clean(content.decode("utf-8"))
        except UnicodeDecodeError:
            raise self._lost() from None

    def _ask(self, pdf: bytes, meta: dict[str, Any], cap: int) -> tuple[dict[str, Any], bytes]:
        with self._lock:
            return self._again(lambda: self._asked(pdf, meta, cap))

    def _asked(self, pdf: bytes, meta: dict[str, Any], cap: int) -> tuple[dict[str, Any], bytes]:
        worker, sheets = self._opened(pdf)
        page = meta.get("page", meta.get("first", 0))
        if not 0 <= page < len(sheets.sizes):
            raise PaperTrouble("missing")
        try:
            return worker.ask(meta, cap=cap)
        except PaperTrouble:
            if worker.is_lost:
                self._lose()
            raise

    def _xml(self, xml: bytes) -> FoundInvoice | None:
        worker = self._workers.take()
        try:
            found = _decoded(worker.ask({"do": "xml"}, xml, LARGEST_INVOICE)[1])
        except ValueError:
            worker.is_lost = True
            self._workers.lose(worker)
            raise PaperTrouble("crashed") from None
        except PaperTrouble:
            self._workers.lose(worker)
            raise
        self._workers.give_back(worker)
        return found

    def _again(self, ask: Callable[[], T]) -> T:
        """Once more where the process that was lost had read other documents, one of which may be to blame."""
        self._workers.may_be_anothers_fault = False
        try:
            return ask()
        except PaperTrouble:
            if not self._workers.may_be_anothers_fault:
                raise
            return ask()

    def _opened(self, pdf: bytes, password: str | None = None) -> tuple[PaperWorker, Sheets]:
        if len(pdf) > LARGEST_PDF:
            raise PaperTrouble("too_large")
        if b"%PDF-" not in pdf[:1024]:
            raise PaperTrouble("not_pdf")
        digest = hashlib.sha256(pdf).digest()
        if digest == self._bad[0] and password is None:
            raise PaperTrouble(self._bad[1])
        if self._worker is not None and self._open is not None and self._open[0] == digest and self._worker.is_alive:
            return self._worker, self._open[1]
        self._end()
        worker = self._workers.take()
        try:
            sheets = _sheets(worker.ask({"do": "open", "password": password}, pdf)[0])
        except PaperTrouble as trouble:
            self._workers.lose(worker)
            if trouble.what in ("encrypted", "damaged"):
                self._bad = (digest, trouble.what)
            raise
        self._worker, self._open, self._bad = worker, (digest, sheets), (b"", "")
        return worker, sheets

    def _lost(self) -> PaperTrouble:
        """The process told what cannot be."""
        with self._lock:
            if self._worker is not None:
                self._worker.is_lost = True
            self._lose()
        return PaperTrouble("crashed")

    def _lose(self) -> None:
        if self._worker is not None:
            self._workers.lose(self._worker)
        self._worker = self._open = None

    def _end(self) -> None:
        if self._worker is not None:
            self._workers.give_back(self._worker)
        self._worker = self._open = None


def _decoded(content: bytes) -> FoundInvoice | None:
    """The invoice that a process tells of. Raises ValueError where it is none."""
    try:
        found: FoundInvoice | None = _INVOICE.decode(content)
    except RecursionError:
        raise ValueError from None
    return found


def clean(text: str) -> str:
    """The text without control characters; line ends are one sign, and words broken at a line end are whole again."""
    return _CONTROLS.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02\n", "").replace("\ufffe\n", "")
    )


def _inside(part: Box) -> list[float]:
    """The part as it travels: within the page, and never without width or height."""
    left, top = (min(max(edge, 0.0), 0.9999) for edge in (part.left, part.top))
    across, down = (min(max(size, 0.0001), 1 - at) for size, at in ((part.width, left), (part.height, top)))
    return [left, top, across, down]


def _sheets(meta: dict[str, Any]) -> Sheets:
    total, sizes = meta.get("total"), meta.get("sizes")
    if (
        not isinstance(total, int)
        or not isinstance(sizes, list)
        or not 1 <= len(sizes) <= MOST_PAGES <= max(total, 200)
    ):
        raise PaperTrouble("crashed")
    checked = []
    for size in sizes:
        if not (isinstance(size, list) and len(size) == 2 and all(isinstance(one, int | float) for one in size)):
            raise PaperTrouble("crashed")
        wide, high = float(size[0]), float(size[1])
        if not (0 < wide < 1e6 and 0 < high < 1e6):
            raise PaperTrouble("crashed")
        checked.append((wide, high))
    return Sheets(total, tuple(checked))


_INVOICE: Any = Decoder(FoundInvoice | None)
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
