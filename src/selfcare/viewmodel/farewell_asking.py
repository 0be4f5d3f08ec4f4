"""What the customer is asked before everything is exported, and what is said while it goes on and at its end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from selfcare.domain.farewell import PackStep
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .farewell import pack_name
from .farewell_index import Tally, pdf_sentences, readable_by_anyone

_STAGES = ("pdf", "documents", "csv", "pages", "json")
FOLDER = "folder"
_LOOKING = ""
"""No file: PDFs are being looked for."""


class AskingView(Struct, frozen=True):
    """The question: what is exported, what to know before, what can be chosen. Choices are (value, words)."""

    title: str
    text: str
    warning: str
    shape_label: str
    shapes: tuple[tuple[str, str], ...]
    pdfs_label: str
    pdfs: tuple[tuple[str, str], ...]
    yes: str
    name: str
    since_label: str = ""
    since: tuple[tuple[str, str], ...] = ()


def asking_view(operator: str, today: date, words: Words, *, is_archive: bool = False) -> AskingView:
    """The question, with the name that the pack will have."""
    return AskingView(
        title=words.tr("Export everything"),
        text=words.tr(
            "Your bills with their lines, and your own notes: as pages that open in any browser, as tables, and your "
            "files as they came."
        )
        if is_archive
        else words.tr(
            "Bills with their lines, payments, lines and options, contracts, tickets, promises, contacts, messages, "
            "orders, codes, what you asked for, and your own notes with their files: as pages that open in any "
            "browser, as tables, and as your operator sent them. It stays yours after you have left."
        ),
        warning=readable_by_anyone(words),
        shape_label=words.trc("farewell", "As"),
        shapes=shapes(words),
        pdfs_label=words.tr("PDFs"),
        pdfs=(
            (
                "yes",
                words.tr("with all PDFs")
                if is_archive
                else words.tr("with all PDFs; those not here yet are fetched first"),
            ),
            ("no", words.tr("without PDFs")),
        ),
        yes=words.tr("Choose the place…"),
        name=pack_name(operator, today.isoformat(), words, is_archive=is_archive),
    )


def shapes(words: Words) -> tuple[tuple[str, str], ...]:
    """What can be written: a folder, or one file with the ending that its value is. A .selfcare file is a .zip file
    that the system opens with this program."""
    return (
        (FOLDER, words.tr("a folder")),
        ("zip", words.tr("one .zip file")),
        ("selfcare", words.tr("one file that Selfcare opens by a double click")),
    )


def fetching_sentence(came: int, words: Words) -> str:
    """While the PDFs that are not here are fetched."""
    if not came:
        return words.tr("Fetching the PDFs that are not here yet…")
    return words.trn("{count} PDF fetched…", "{count} PDFs fetched…", came)


def writing_sentence(step: PackStep, words: Words) -> str:
    """What is being written now."""
    said = (
        words.tr("Saving the PDFs…"),
        words.tr("Saving the documents…"),
        words.tr("Saving the tables…"),
        words.tr("Writing the pages…"),
        words.tr("Saving the tables…"),
    )
    stage = step.path.partition("/")[0] if step.path != _LOOKING else "pdf"
    return said[_STAGES.index(stage)] if stage in _STAGES else words.tr("Almost done…")


def done_sentences(target: Path, tally: Tally, words: Words, *, with_pdfs: bool) -> tuple[str, ...]:
    """What was saved, where, and what is not in it."""
    return (words.tr("Saved as {name}.", name=str(target)), *pdf_sentences(tally, words, with_pdfs=with_pdfs))
