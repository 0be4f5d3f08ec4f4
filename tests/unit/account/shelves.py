"""Takes invented bills into an archive: a stand-in for the reader of PDFs, and short ways to look at what came."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from selfcare.account.intake import Wanted, intake
from selfcare.account.session import Session
from selfcare.domain.failures import PaperTrouble
from selfcare.domain.intake import IntakeTally
from selfcare.store.search import BillQuery
from tests import samples


class Reader:
    """Stands where the PDF process stands: a "PDF" is its text; a locked one begins with its password."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self.opened: set[bytes] = set()

    def warm(self) -> None:
        pass

    def text(self, pdf: bytes) -> str:
        self.asked.append(pdf)
        if not pdf.startswith(b"%PDF-"):
            raise PaperTrouble("not_pdf")
        if b"broken" in pdf:
            raise PaperTrouble("damaged")
        if b"endless" in pdf:
            raise PaperTrouble("too_slow")
        if b"locked" in pdf and pdf not in self.opened:
            raise PaperTrouble("encrypted")
        return pdf.removeprefix(b"%PDF-").decode()

    def unlock(self, pdf: bytes, password: str) -> int:
        if f"locked {password}\n".encode() not in pdf:
            raise PaperTrouble("encrypted")
        self.opened.add(pdf)
        return 1


def pdf(number: int, more: str = "", total: str = "41.99") -> bytes:
    return f"%PDF-{more}\nInvoice number N-{number:04}\nInvoice date 3 November 2026\nTotal due £{total}\n".encode()


def take(
    session: Session, *places: Path, reader: Reader | None = None, at: datetime = samples.NOW, **more: object
) -> IntakeTally:
    tally = IntakeTally()
    wanted = Wanted(tuple(places), **more)  # type: ignore[arg-type]
    for step in intake(session, wanted, reader or Reader(), tally, lambda: at):
        assert step.done <= step.total or not step.total
    return tally


def numbers(session: Session, **query: object) -> list[str]:
    return [row.number for row in session.reader.bill_window(BillQuery(**query)).rows]  # type: ignore[arg-type]
