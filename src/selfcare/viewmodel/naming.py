"""Saying once whose many bills of an archive are: what is asked, and which bills it is for."""

from __future__ import annotations

from enum import StrEnum

from selfcare.domain.records import Struct
from selfcare.i18n import Words


class Which(StrEnum):
    """For which bills a name is."""

    SAYING = "saying"
    """Those that say the name, in their PDF."""

    ALL = "all"
    """Every bill that names no operator."""

    ONE = "one"
    """The chosen one alone."""


class NamingView(Struct, frozen=True):
    """The question and the names of its fields."""

    title: str
    text: str
    operator: str
    which: str
    yes: str


def naming_view(count: int, words: Words) -> NamingView:
    """The question; `count` bills name no operator."""
    return NamingView(
        title=words.tr("Whose bills are these?"),
        text=words.trn(
            "{count} bill names no operator. Type who wrote it: the bills of one operator become one history, each is "
            "held against the others, and a strange one is noticed.",
            "{count} bills name no operator. Type once who wrote those that are alike: they become one history, each "
            "is held against the others, and a strange one is noticed.",
            count,
        ),
        operator=words.tr("Operator"),
        which=words.tr("Which bills"),
        yes=words.tr("They are of this operator"),
    )


def which_choices(name: str, saying: int, count: int, words: Words, *, has_one: bool) -> tuple[tuple[Which, str], ...]:
    """For which bills the name may be: `saying` of them say it, `count` name no operator; `has_one`: one is chosen."""
    found = []
    if saying:
        said = words.trn(
            "{count} bill on which “{name}” stands", "{count} bills on which “{name}” stands", saying, name=name
        )
        found.append((Which.SAYING, said))
    if not saying or count != saying:
        found.append(
            (
                Which.ALL,
                words.trn("the {count} bill without an operator", "all {count} bills without an operator", count),
            )
        )
    if has_one and count > 1:
        found.append((Which.ONE, words.tr("the chosen bill alone")))
    return tuple(found)


def unnamed_sentence(count: int, words: Words) -> str:
    """After bills came in: how many name no operator; "" for none."""
    if not count:
        return ""
    return words.trn(
        "{count} bill names no operator, so it is held against no other.",
        "{count} bills name no operator, so they are held against no other.",
        count,
    )


def naming_button(words: Words) -> str:
    """What leads to the question."""
    return words.tr("Say whose bills these are…")
