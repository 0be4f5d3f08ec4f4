"""What is new since the version that was used before: told once after an upgrade, and found in the settings."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.domain.records import Struct
from selfcare.domain.releases import is_newer
from selfcare.i18n import Words

from .notice import Notice

ACTION = "news"
"""The action of the notice after an upgrade: it opens the news."""


class NewsView(Struct, frozen=True):
    """The releases in question, the newest first, each with its sentences."""

    title: str
    releases: tuple[tuple[str, tuple[str, ...]], ...]
    close: str


def _of_0_1_0(words: Words) -> tuple[str, ...]:
    return (
        words.tr("Bills with their PDFs, why each is different, and whether it adds up; online and offline."),
        words.tr("Options: sold, active and working are three facts. A test and a ticket when one does not work."),
        words.tr("A case file of every call and promise, with clocks, and one dossier for mediator or regulator."),
        words.tr("The whole way out, from keeping your number to the last refund, with letters and a calendar file."),
        words.tr("An archive of bills that you already have as PDFs, of any operator."),
        words.tr("Everything can be taken along, in open formats, readable without this program."),
        words.tr("F1 says what stands on a page or what a question is about."),
    )


Releases = tuple[tuple[str, Callable[[Words], tuple[str, ...]]], ...]

RELEASES: Releases = (("0.1.0", _of_0_1_0),)
"""Every version with its sentences, the newest first."""


def news_view(words: Words, seen: str = "", releases: Releases = RELEASES) -> NewsView:
    """The news of every version after `seen`; of the newest alone where there is none such."""
    new = tuple(one for one in releases if seen and is_newer(one[0], seen)) or releases[:1]
    return NewsView(
        title=words.tr("What is new"),
        releases=tuple((words.tr("Version {version}", version=version), say(words)) for version, say in new),
        close=words.tr("Close"),
    )


def upgraded(words: Words, version: str) -> Notice:
    """Said once, above the first page after an upgrade."""
    return Notice(
        words.tr("This is Selfcare {version}.", version=version),
        words.tr("It is newer than the one you used before. What you kept is here."),
        "accent",
        ACTION,
    )
