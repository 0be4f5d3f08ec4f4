"""What is said while the customer's own bills are taken in, and what became of each file in the end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from selfcare.domain.intake import ARCHIVES, FINE, Fate, IntakeStep, IntakeTally, Outcome, shown_name
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.viewmodel.notice import Notice

_ORDER = {Outcome.LOCKED: 0, Outcome.TO_FILE: 1}
"""What needs the customer comes first, then what failed, then what is fine."""


class FateRow(Struct, frozen=True):
    """One file of the report: its name, what became of it, and the kind of its tag."""

    name: str
    said: str
    kind: str


def step_sentence(step: IntakeStep | None, words: Words) -> str:
    """How far it is."""
    if step is None or not step.total:
        return words.tr("Looking for bills…")
    return words.tr(
        "{done} of {total}: {name}", done=words.number(step.done), total=words.number(step.total), name=step.name
    )


def report_sentences(tally: IntakeTally, words: Words, *, is_whole: bool = True) -> tuple[str, ...]:
    """What it came to; `is_whole` is False where the customer stopped it."""
    said = []
    if not is_whole:
        said.append(words.tr("Stopped. What had been taken in by then is kept."))
    added = tally.of(Outcome.ADDED)
    said.append(words.trn("{count} bill was added.", "{count} bills were added.", added))
    to_file = tally.of(Outcome.TO_FILE)
    if to_file:
        said.append(
            words.trn(
                "{count} more is kept, but number, date or total could not be read: file it by hand.",
                "{count} more are kept, but number, date or total could not be read: file them by hand.",
                to_file,
            )
        )
    versions = tally.of(Outcome.VERSION)
    if versions:
        said.append(
            words.trn(
                "{count} has the number, date and total of a bill that is here, and other content: it is kept with it.",
                "{count} have the number, date and total of a bill that is here, and other content: each is kept with "
                "its bill.",
                versions,
            )
        )
    here = tally.of(Outcome.HERE, Outcome.SAME_BILL)
    if here:
        said.append(words.trn("{count} was here already.", "{count} were here already.", here))
    locked = tally.of(Outcome.LOCKED)
    if locked:
        said.append(words.trn("{count} needs a password.", "{count} need a password.", locked))
    failed = sum(count for outcome, count in tally.counts.items() if outcome not in FINE) - locked
    if failed:
        said.append(words.trn("{count} could not be read.", "{count} could not be read.", failed))
    other = tally.of(Outcome.OTHER)
    if other:
        said.append(words.trn("{count} other file was left alone.", "{count} other files were left alone.", other))
    unnamed = tally.unnamed()
    if unnamed:
        said.append(words.trn("{count} more is not in this list.", "{count} more are not in this list.", unnamed))
    return tuple(said)


def wrong_password(asked: int, locked: int, words: Words) -> str:
    """A password was tried on `asked` PDFs, and `locked` of them stayed closed; "" where none did."""
    if not asked or not locked:
        return ""
    if locked >= asked:
        return words.trn(
            "The password is wrong: it does not open this file.",
            "The password is wrong: it opens none of these {count} files.",
            asked,
        )
    return words.trn("The password is wrong for {count} of them.", "The password is wrong for {count} of them.", locked)


def fate_rows(tally: IntakeTally, words: Words, places: Sequence[PurePath] = ()) -> tuple[FateRow, ...]:
    """The files that were not simply added, those that need the customer first.

    A file of a folder among `places` is named with the folders it is in: many are called "bill.pdf".
    """
    found = sorted(tally.named, key=lambda fate: _ORDER.get(fate.outcome, len(_ORDER) + (fate.outcome in FINE)))
    return tuple(_row(fate, words, places) for fate in found)


def not_an_archive(words: Words) -> Notice:
    """Files were dropped on the bills of an operator."""
    return Notice(
        words.tr("These are the bills of your operator; nothing can be added to them."),
        words.tr(
            "In the settings, add an account and choose “Open my bills from a folder”: they get a place of their own."
        ),
        "neutral",
        "settings",
    )


def file_waits(names: str, words: Words) -> Notice:
    """A file was opened with the program while an account is open that is lost once it is closed."""
    return Notice(
        words.tr("“{name}” belongs in an archive of your own bills, and waits.", name=names),
        words.tr("Of the account that is open nothing is kept: change the account yourself when you are done with it."),
        "neutral",
        "settings",
    )


def _row(fate: Fate, words: Words, places: Sequence[PurePath]) -> FateRow:
    kind = "neutral" if fate.outcome in FINE else "bad"
    if fate.outcome in {Outcome.TO_FILE, Outcome.LOCKED}:
        kind = "warn"
    path = PurePath(fate.path)
    place = next((one for one in places if one != path and path.is_relative_to(one)), path.parent)
    if place.suffix.casefold() in ARCHIVES:
        place = place.parent
    return FateRow(shown_name(str(path.relative_to(place))), _said(fate.outcome, words), kind)


def _said(outcome: Outcome, words: Words) -> str:
    match outcome:
        case Outcome.ADDED:
            return words.tr("added")
        case Outcome.TO_FILE:
            return words.tr("to be filed")
        case Outcome.HERE:
            return words.tr("same file is here")
        case Outcome.SAME_BILL:
            return words.tr("same bill is here")
        case Outcome.VERSION:
            return words.tr("another version, kept")
        case Outcome.LOCKED:
            return words.tr("needs a password")
        case Outcome.NOT_PDF:
            return words.tr("is no PDF")
        case Outcome.DAMAGED:
            return words.tr("is damaged")
        case Outcome.TOO_LARGE:
            return words.tr("too large for a bill")
        case Outcome.TOO_SLOW:
            return words.tr("took too long to read")
        case Outcome.CLOSED:
            return words.tr("may not be read")
        case Outcome.UNPACK:
            return words.tr("unpack it first")
    return words.tr("left alone")
