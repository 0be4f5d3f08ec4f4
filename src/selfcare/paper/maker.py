"""Makes letters, checklists and dossiers as PDF that can be archived for ever, read aloud, searched and copied from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

from selfcare.domain.failures import PaperTrouble
from selfcare.domain.marks import few_marks
from selfcare.domain.records import asdict

from .dossier import PrintedDossier
from .letter import MadePaper, PrintedChecklist, PrintedLetter, PrintedProof

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
"""PDF/A-2a (ISO 19005-2, to be archived, tagged) and PDF/UA-1 (ISO 14289-1, to be read by a screen reader)."""

LARGEST = 200_000
"""Signs in one paper; more is no letter."""

LARGEST_DOSSIER = 4_000_000
"""Signs in a dossier: years of contacts; more could not be read by anybody."""

NO_SIGN = "\ufffd"
_KEPT_FORMATS = "\u00ad\u200b\u200c\u200d\u200e\u200f"
_LONG = re.compile(r"[^\s\u200b]{33,}")
_PIECE = 8
_UNPRINTABLE = re.compile(r"the text `\"(.+)\"` could not be displayed")
_CODE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_LEFT_OVER = re.compile(f"{NO_SIGN}[\u200d\ufe0e\ufe0f{NO_SIGN}]+")
_MOST_TRIES = 24
_LAST_LETTER = "\u04ff"
"""The end of Latin, Greek and Cyrillic, which the fonts inside the PDF maker have."""


def letter_pdf(letter: PrintedLetter, templates: Path) -> MadePaper:
    """A letter as PDF; `templates` is the folder of built-in templates. The same letter gives the same bytes.

    Takes some ten milliseconds: for the paper lane. Raises PaperTrouble ("too_large", "unmade").
    """
    return _made("letter.typ", asdict(letter), letter.day, templates)


def checklist_pdf(checklist: PrintedChecklist, templates: Path) -> MadePaper:
    """A checklist as PDF, on the same terms as a letter."""
    steps = [asdict(step) for step in checklist.steps]
    return _made("checklist.typ", {**asdict(checklist), "steps": steps}, checklist.day, templates)


def proof_pdf(proof: PrintedProof, templates: Path) -> MadePaper:
    """A proof of payment as PDF, on the same terms as a letter."""
    return _made("proof.typ", asdict(proof), proof.day, templates)


def dossier_pdf(dossier: PrintedDossier, templates: Path) -> MadePaper:
    """A dossier as PDF with bookmarks, contents and page numbers, on the same terms as a letter.

    A usual one takes a second, hundreds of pages some twenty: for the paper lane.
    """
    sections = [asdict(section) for section in dossier.sections]
    figures = [asdict(figure) for figure in dossier.figures]
    facts = {**asdict(dossier), "sections": sections, "figures": figures}
    return _made("dossier.typ", facts, dossier.day, templates, LARGEST_DOSSIER)


def printable(text: str) -> str:
    """The text as it may be set: no control signs, nothing that turns the direction of the words after it.

    Words longer than a line may be broken anywhere; a letter carries few accents. What belongs to no alphabet
    becomes U+FFFD.
    """
    lines = few_marks(re.sub("\r\n?|[\u2028\u2029\u0085\v\f]", "\n", text))
    plain = unicodedata.normalize("NFC", lines).replace("\t", " ")
    kept = "".join(filter(None, map(_sign, plain)))
    return _LONG.sub(lambda found: _breakable(found[0]), kept)


def _sign(sign: str) -> str:
    if sign == "\n" or sign in _KEPT_FORMATS:
        return sign
    kind = unicodedata.category(sign)
    if kind in {"Cs", "Co", "Cn"}:
        return NO_SIGN
    return "" if kind in {"Cc", "Cf"} else sign


def _breakable(word: str) -> str:
    if set(word) == {"\u2026"}:
        return word
    return "\u200b".join(word[at : at + _PIECE] for at in range(0, len(word), _PIECE))


def _made(template: str, facts: dict[str, Any], day: date, templates: Path, largest: int = LARGEST) -> MadePaper:
    texts = _each(facts, printable)
    whole = json.dumps(texts, ensure_ascii=False, default=str)
    if len(whole) > largest:
        raise PaperTrouble("too_large")
    made = _compile(template, texts, day, templates, with_system=False)
    lost: set[str] = set()
    for _try in range(_MOST_TRIES):
        if isinstance(made, bytes):
            return MadePaper(made, "".join(sorted(lost)))
        made = _compile(template, _without(texts, lost), day, templates, with_system=True)
        lost |= set() if isinstance(made, bytes) else set(made) - {NO_SIGN, *_KEPT_FORMATS}
    rare = {
        sign for sign in whole if sign > _LAST_LETTER and not unicodedata.category(sign).startswith(("P", "Z", "C"))
    }
    made = _compile(template, _without(texts, lost | rare), day, templates, with_system=True)
    if isinstance(made, bytes):
        return MadePaper(made, "".join(sorted(lost | rare)))
    raise PaperTrouble("unmade")


def _compile(template: str, facts: Any, day: date, templates: Path, *, with_system: bool) -> bytes | str:
    """The PDF, or the signs that no font can print. The facts go in as JSON and are never part of the markup."""
    import typst

    try:
        pdf = typst.compile(
            str(templates / template),
            root=str(templates),
            ignore_system_fonts=not with_system,
            sys_inputs={"data": json.dumps(facts, default=str)},
            pdf_standards=list(STANDARDS),
            timestamp=datetime.combine(day, time(0), UTC),
        )
    except typst.TypstError as trouble:
        found = _UNPRINTABLE.search(str(trouble))
        if found is None:
            raise PaperTrouble("unmade") from trouble
        return _CODE.sub(lambda code: chr(int(code[1], 16)), found[1])
    except BaseException as trouble:
        if type(trouble).__name__ != "PanicException":
            raise
        raise PaperTrouble("unmade") from None
    if not isinstance(pdf, bytes):
        raise PaperTrouble("unmade")
    return pdf


def _without(texts: Any, lost: Collection[str]) -> Any:
    """The texts with U+FFFD in place of what cannot be printed; what only joined such signs goes too."""

    def change(text: str) -> str:
        return _LEFT_OVER.sub(NO_SIGN, "".join(NO_SIGN if sign in lost else sign for sign in text))

    return _each(texts, change) if lost else texts


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The same facts with each text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    return value
