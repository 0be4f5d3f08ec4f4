"""The help that F1 shows where the customer stands: for each page and each question what it is, in a few sentences."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import FactView
from .handbook_pages import PAGES, Chapter
from .handbook_questions import QUESTIONS

EVERY_QUESTION = "question"
"""The chapter of questions that have none of their own."""


class HandbookView(Struct, frozen=True):
    """One page of help: its title, paragraphs with their headings, and the keys that work there."""

    title: str
    parts: tuple[FactView, ...]
    keys_title: str
    keys: tuple[FactView, ...]
    close: str


def chapters() -> dict[str, Callable[[Words], Chapter]]:
    """Every chapter by its key: a page's ("bills") or a question's ("dispute")."""
    return {**PAGES, **QUESTIONS}


def handbook_view(key: str, words: Words) -> HandbookView:
    """The help for a page or a question. An unknown one gets what holds for every question."""
    known = chapters()
    title, parts = known.get(key, known[EVERY_QUESTION])(words)
    return HandbookView(
        title=words.tr("Help: {what}", what=title),
        parts=tuple(FactView(name, text) for name, text in parts),
        keys_title=words.tr("Keys"),
        keys=_keys(words) if key in PAGES else _question_keys(words),
        close=words.tr("Close"),
    )


def _keys(words: Words) -> tuple[FactView, ...]:
    return (
        FactView(words.tr("Ctrl + 1 to 9"), words.tr("The pages, in the order of the list at the side")),
        FactView(words.tr("Ctrl + F"), words.tr("Find a bill, a number or an amount")),
        FactView(words.tr("Ctrl + N"), words.tr("Note a call while it runs")),
        FactView(words.tr("F5"), words.tr("Ask your operator for news")),
        FactView(words.tr("Esc"), words.tr("Back, also out of a search")),
        FactView(words.tr("Tab, then Enter"), words.tr("Go to the next thing, then press it")),
        FactView(words.tr("F1"), words.tr("Help for the page or question you are at")),
    )


def _question_keys(words: Words) -> tuple[FactView, ...]:
    return (
        FactView(words.tr("Tab, then Enter"), words.tr("Go to the next thing, then press it")),
        FactView(words.tr("Esc"), words.tr("Close it; nothing is sent")),
    )
