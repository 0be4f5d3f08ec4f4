"""What the customer noted of a contract, as it is shown, asked for and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

import msgspec

from selfcare.case import CONTRACT_NOTES
from selfcare.domain.contract import Contract
from selfcare.domain.lines import Line
from selfcare.domain.money import Money
from selfcare.domain.noted_contract import ContractNotes, NotedChange, NotedEnd
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import TagView, Tone

KEPT_AS = CONTRACT_NOTES
"""Under which name they are kept in the customer's own encrypted file."""


class NotedRow(Struct, frozen=True):
    """One note: what it says, what follows from it, and the note itself, to take it away."""

    title: str
    tag: TagView
    sentences: tuple[str, ...]
    rule: str
    note: NotedEnd | NotedChange


class NotedView(Struct, frozen=True):
    """The card. `subjects` are the lines that a note may be about."""

    rows: tuple[NotedRow, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    explained: str = ""


def notes_from_bytes(kept: bytes | None) -> ContractNotes:
    """The notes as they were kept; none where there are none. Raises ValueError for what cannot be read."""
    if not kept:
        return ContractNotes()
    try:
        return _DECODER.decode(kept)
    except msgspec.MsgspecError as wrong:
        raise ValueError("the notes on the contract cannot be read") from wrong


def notes_if_readable(kept: bytes | None) -> ContractNotes:
    """The same for pages about something else: what cannot be read is told on the contract's own page."""
    try:
        return notes_from_bytes(kept)
    except ValueError:
        return ContractNotes()


def notes_to_bytes(notes: ContractNotes) -> bytes:
    """The notes as they are kept: JSON, readable by every later version."""
    return msgspec.json.encode(notes)


def subjects_of(lines: Iterable[Line], words: Words) -> tuple[tuple[str, str], ...]:
    """What a note may be about: all of it, or one line."""
    return ("", words.tr("The whole contract")), *((line.id, line.number or line.name) for line in lines)


def noted_contracts(notes: ContractNotes, lines: Sequence[Line], words: Words) -> tuple[Contract, ...]:
    """The noted ends as contracts, for the calendar."""
    names = dict(subjects_of(lines, words))
    return tuple(
        Contract(f"noted:{end.about}", names.get(end.about, ""), "", "", None, end.ends, product_ids=(end.about,))
        for end in notes.ends
    )


def noted_tag(words: Words) -> TagView:
    """Whose word it is."""
    return TagView(words.tr("noted by you"), Tone.ACCENT)


def noted_on(day: date, about: str, subjects: Sequence[tuple[str, str]], words: Words, today: date) -> str:
    """When a note was written, and of which line."""
    when = words.tr("Noted on {day}.", day=words.day(day, today))
    name = dict(subjects).get(about, "") if about else ""
    return words.tr("{line}. {second}", line=name, second=when) if name else when


def money_typed(typed: str, currency: str) -> Money | None:
    """An amount as people write it, with a point or a comma; None where nothing is written or it is none."""
    figures = "".join(sign for sign in typed if sign.isdecimal() or sign in ".,").replace(",", ".")
    try:
        value = Decimal(figures)
    except InvalidOperation:
        return None
    return Money(value, currency).rounded()


def change_refusal(
    told: date | None, starts: date | None, before: Money | None, after: Money | None, words: Words, today: date
) -> str:
    """Why a change of price cannot be noted so; "" where it can."""
    if told is None and starts is None:
        return words.tr("Say at least when you were told, or from when it holds.")
    if told is not None and told > today:
        return words.tr("Nobody can have told you tomorrow. Please correct the day.")
    if after is None:
        return words.tr("Say the new price.")
    if before is not None and before == after:
        return words.tr("Both prices are the same.")
    return ""


_DECODER = msgspec.json.Decoder(ContractNotes)
