"""What stands in a dossier: one page that tells all, then what proves it, section by section, file by file."""

from __future__ import annotations

from datetime import date

from selfcare.domain.records import Sealed, Struct

from .letter import Form


class PrintedSection(Sealed, frozen=True):
    """One section: a table under its name. `shares` are how the width is shared among the columns.

    `note` stands above the table; without rows `empty` stands in its place.
    """

    title: str
    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    empty: str = ""
    is_small: bool = False


class PrintedFigure(Struct, frozen=True):
    """A figure of the first page and what it counts."""

    figure: str
    label: str


class PrintedDossier(Sealed, frozen=True):
    """A dossier in plain texts, none of them markup. The first page holds everything up to `points`."""

    language: str
    region: str
    day: date
    title: str
    below: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[PrintedFigure, ...]
    points_word: str
    points: tuple[str, ...]
    contents_word: str
    sections: tuple[PrintedSection, ...]
    small: str
    form: Form = Form.GB
