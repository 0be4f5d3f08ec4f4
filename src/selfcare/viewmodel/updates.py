"""What is said of new versions and of the start at login: both only if the customer asks for them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from selfcare.domain import failures as f
from selfcare.domain.records import Struct
from selfcare.domain.releases import Sight
from selfcare.i18n import Words

from .notice import Notice


class UpdateFacts(Struct, frozen=True):
    """What is known: whether the build has a list, is a package of a system, and what the last look came to."""

    has_list: bool = False
    is_packaged: bool = False
    is_on: bool = False
    sight: Sight = Sight()
    zone: str = "UTC"


class TickView(Struct, frozen=True):
    """One thing to be ticked, with what it means; `may_choose`: it can be had here."""

    label: str
    text: str
    is_on: bool
    may_choose: bool


class UpdatesView(Struct, frozen=True):
    """The tick, what the last look came to (`tone` "" or "warn"), a newer version's page, the words of the links."""

    tick: TickView
    said: str
    tone: str
    page: str
    open_page: str
    look_now: str


def updates_view(facts: UpdateFacts, words: Words) -> UpdatesView:
    """Everything about new versions."""
    if facts.is_packaged:
        text = words.tr("This Selfcare is a package of your system: new versions come with its own updates.")
    elif not facts.has_list:
        text = words.tr("This build names no list of versions, so there is nothing to look at.")
    else:
        text = words.tr(
            "Once a day a signed list is read, over an encrypted connection. Nothing about you goes along, and nothing "
            "is downloaded or changed by itself."
        )
    may_choose = facts.has_list and not facts.is_packaged
    newer = facts.sight.newer if may_choose and facts.is_on else None
    said, tone = _said(facts, words) if may_choose and facts.is_on else ("", "")
    return UpdatesView(
        tick=TickView(words.tr("Look for new versions"), text, facts.is_on and may_choose, may_choose),
        said=said,
        tone=tone,
        page=newer.page if newer is not None else "",
        open_page=words.tr("Open its page in the browser") if newer is not None else "",
        look_now=words.tr("Look now") if may_choose and facts.is_on else "",
    )


def _said(facts: UpdateFacts, words: Words) -> tuple[str, str]:
    sight = facts.sight
    if sight.asked is None:
        return words.tr("Not looked yet."), ""
    when = words.instant(sight.asked, ZoneInfo(facts.zone))
    if sight.trouble is not None:
        from .notices import notice_of

        said = notice_of(sight.trouble, words) if isinstance(sight.trouble, f.ListRefused) else _not_reached(words)
        return f"{said.sentence} {said.advice}", "warn"
    if sight.newer is not None:
        day = words.short_day(sight.newer.day)
        return words.tr("Selfcare {version} is out since {day}.", version=sight.newer.version, day=day), ""
    return words.tr("Looked on {when}: you have the newest version.", when=when), ""


def _not_reached(words: Words) -> Notice:
    return Notice(words.tr("The list of versions could not be read."), words.tr("It is tried again tomorrow."))


def of_list(failure: f.Failure, words: Words) -> Notice | None:
    """The words for a list of releases that cannot be believed; None for anything else."""
    if not isinstance(failure, f.ListRefused):
        return None
    match failure.why:
        case "signature":
            sentence = words.tr("The list of versions has no valid signature. It was not believed.")
        case "older":
            sentence = words.tr("The list of versions is older than one that was read before. It was not believed.")
        case "expired":
            sentence = words.tr("The list of versions has expired. Somebody may be holding newer ones back.")
        case "future":
            sentence = words.tr("The list of versions is dated in the future, or the clock of this computer is slow.")
        case _:
            sentence = words.tr("The list of versions could not be understood. It was not believed.")
    return Notice(sentence, words.tr("Nothing was changed on this computer."))


def login_tick(*, is_on: bool, may_choose: bool, words: Words) -> TickView:
    """Whether the program starts when the customer logs in."""
    text = words.tr("In the tray if it is kept there, else with its window. Removed when you untick it.")
    if not may_choose:
        text = words.tr("It is not offered here: this program runs with a home of its own (SELFCARE_HOME).")
    return TickView(words.tr("Start when I log in"), text, is_on, may_choose)
