"""Letters and checklists to make, and a look inside a PDF: its tags, its language, its claims to be archivable."""

from __future__ import annotations

import re
import zlib
from datetime import date
from typing import Any

import pypdfium2

from selfcare.paper.letter import Form, PrintedChecklist, PrintedLetter, PrintedStep
from tests.samples import ROOT

TEMPLATES = ROOT / "resources" / "letters"


def a_letter(**changed: Any) -> PrintedLetter:
    """A French letter in the usual form."""
    facts: dict[str, Any] = {
        "form": Form.FR,
        "language": "fr",
        "region": "FR",
        "day": date(2026, 11, 21),
        "sender": ("Julien Morel", "12 rue de l’Exemple", "69000 Lyon"),
        "recipient": ("Orvane France", "Service réclamations", "TSA 00000", "99999 Exempleville Cedex"),
        "sending": "Lettre recommandée avec avis de réception",
        "place_and_day": "Lyon, le 21 novembre 2026",
        "references": (("Ligne", "06 99 00 12 34"), ("Contrat", "M-77120")),
        "subject_word": "Objet :",
        "subject": "Résiliation de mon contrat",
        "greeting": "Madame, Monsieur,",
        "paragraphs": ("Je vous notifie la résiliation de mon contrat.", ("un point", "un autre")),
        "closing": "Je vous prie d’agréer mes salutations distinguées.",
        "signs": "Signature",
        "name": "Julien Morel",
        "enclosures_word": "Pièces jointes :",
        "enclosures": ("Copie du contrat",),
    }
    return PrintedLetter(**{**facts, **changed})


def a_checklist(**changed: Any) -> PrintedChecklist:
    """A checklist of many steps."""
    steps = tuple(
        PrintedStep(
            f"Day {n}", "by 10:50", f"Step {n}", "What is to be known about it. " * 4, n == 0, "done" * (n == 0)
        )
        for n in range(30)
    )
    facts: dict[str, Any] = {
        "language": "en",
        "region": "GB",
        "day": date(2026, 11, 21),
        "title": "Leaving, step by step",
        "below": "07700 900123 · keep the number.",
        "facts": (("Line", "07700 900123"),),
        "notes": ("The handset is locked.",),
        "steps_word": "Steps",
        "steps": steps,
        "small": "As of today.",
    }
    return PrintedChecklist(**{**facts, **changed})


def inside(pdf: bytes) -> bytes:
    """The bytes of a PDF with every compressed stream opened."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def texts(pdf: bytes) -> list[str]:
    """The text of each page as it can be selected."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def flat(text: str) -> str:
    """The text without any white space, however its lines were broken."""
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", text)


def place_of(pdf: bytes, text: str) -> tuple[float, float, float, float]:
    """Where a text stands on the first page: left, top, right, bottom in millimetres from the top left corner."""
    page = pypdfium2.PdfDocument(pdf)[0]
    textpage = page.get_textpage()
    found = textpage.search(text).get_next()
    assert found is not None, text
    boxes = [textpage.get_rect(n) for n in range(textpage.count_rects(*found))]
    high, mm = page.get_height(), 25.4 / 72
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    return left * mm, (high - max(b[3] for b in boxes)) * mm, right * mm, (high - min(b[1] for b in boxes)) * mm
