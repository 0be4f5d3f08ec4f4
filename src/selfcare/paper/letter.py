"""What stands on a sheet that is made here: a letter to be signed and posted, or a list of steps to tick."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from selfcare.domain.records import Sealed, Struct

BLANK = "\u2026" * 16
"""Stands where a fact is missing: dots to write on. Nothing is ever invented in its place."""


class Form(StrEnum):
    """How a letter is laid out, so that its address shows in the window of the country's usual envelope."""

    GB = "gb"
    """A4, the recipient at the left (DL, window 35 by 90 mm)."""
    FR = "fr"
    """A4, the recipient at the right (DL, window 45 by 100 mm; NF Z 11-001)."""
    US = "us"
    """US Letter, the recipient at the left (No. 10 envelope)."""


class PrintedLetter(Sealed, frozen=True):
    """A letter in plain texts, none of them markup. A paragraph that is a tuple is a list of points.

    `language` and `region` are codes ("fr", "FR"); `sending` is how it goes ("Registered letter…", may be empty);
    `signs` is the word above the place of the signature. `day` is the day the letter is dated.
    """

    form: Form
    language: str
    region: str
    day: date
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    sending: str
    place_and_day: str
    references: tuple[tuple[str, str], ...]
    subject_word: str
    subject: str
    greeting: str
    paragraphs: tuple[str | tuple[str, ...], ...]
    closing: str
    signs: str
    name: str
    enclosures_word: str = ""
    enclosures: tuple[str, ...] = ()


class PrintedStep(Struct, frozen=True):
    """One step to tick: its day, more about the time, what to do. `said` is its state in a word."""

    when: str
    more: str
    title: str
    text: str
    is_done: bool = False
    said: str = ""


class PrintedChecklist(Sealed, frozen=True):
    """A list of steps in plain texts; `facts` are names with their values, `notes` are read before the first step."""

    language: str
    region: str
    day: date
    title: str
    below: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    steps_word: str
    steps: tuple[PrintedStep, ...]
    small: str
    form: Form = Form.GB


class PrintedProof(Sealed, frozen=True):
    """A proof of payment in plain texts: what is stated, and the facts it rests on, part by part with a title each."""

    language: str
    region: str
    day: date
    title: str
    below: str
    statement: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    small: str
    form: Form = Form.GB


class MadePaper(Sealed, frozen=True):
    """A PDF made here. `unprintable` are the signs of its text that no font at hand can print; they show as U+FFFD."""

    pdf: bytes
    unprintable: str = ""
