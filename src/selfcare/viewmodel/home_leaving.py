"""What Home says of a way out that is followed: what is late or due now as a card of its own, the rest at the side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.tracker import Tracked, TrackedKind, is_refused, is_withdrawn
from selfcare.leaving.way import StepState

from .home_cards import SideCard, Step, UrgentCard
from .leaving_material import Case, LeavingMaterial, case_of
from .leaving_reminders import is_followed
from .leaving_tracker import next_step

SOON = timedelta(days=2)
"""What is due within so long needs the customer now."""

BOX_SOON = timedelta(days=7)
"""A box has to be packed and brought somewhere."""

MOST = 3
"""Of so many lines Home tells; the others are counted."""


class LeavingCards(Struct, frozen=True):
    """The cards of all lines on their way out."""

    urgent: tuple[UrgentCard, ...] = ()
    side: tuple[SideCard, ...] = ()


def leaving_cards(material: LeavingMaterial, line_ids: Iterable[str], words: Words) -> LeavingCards:
    """What comes next of each line that is followed, or has ended. A plan that is nobody's business is never told."""
    urgent: list[UrgentCard] = []
    side: list[SideCard] = []
    more = 0
    for line_id in line_ids:
        case = case_of(material, line_id)
        if case is None or not _is_told(case):
            continue
        found = _card(case, words)
        if found is None:
            continue
        if len(urgent) + len(side) >= MOST:
            more += 1
        elif isinstance(found, UrgentCard):
            urgent.append(found)
        else:
            side.append(found)
    if more:
        title = words.trn("{count} more line is on its way out", "{count} more lines are on their way out", more)
        side.append(SideCard(words.tr("Leaving"), title, "", Step(words.tr("Follow it"), "leaving")))
    return LeavingCards(tuple(urgent), tuple(side))


def _is_told(case: Case) -> bool:
    if case.answers.is_discreet or is_withdrawn(case.facts, case.answers, case.way):
        return False
    return is_followed(case.answers) or case.facts.is_over


def _card(case: Case, words: Words) -> UrgentCard | SideCard | None:
    """The one thing that comes next of one line; None where nothing is left to do."""
    today = case.material.today
    upcoming = next_step(case, words)
    if upcoming is None:
        return None
    line = case.number or words.tr("Leaving")
    step = Step(words.tr("Follow it"), f"leaving/{case.facts.line_id}")
    if upcoming.item.state is StepState.LATE or is_refused(case.facts, case.way):
        return UrgentCard(words.tr("Leaving"), "bad", upcoming.headline, upcoming.text, (step,))
    if _needs_somebody(upcoming.item, today):
        return UrgentCard(words.tr("Leaving"), "warn", upcoming.headline, upcoming.text, (step,))
    over = words.tr("Leaving: {line}", line=line) if case.number else line
    return SideCard(over, upcoming.headline, upcoming.text, step)


def _needs_somebody(item: Tracked, today: date) -> bool:
    """Something is to be done about it, and soon; or the line dies within two days."""
    if item.kind is TrackedKind.CUT:
        return item.day is not None and item.day <= today + SOON
    if item.state is not StepState.NOW or item.kind is TrackedKind.FINAL_PAID:  # the bill has a card of its own
        return False
    ahead = BOX_SOON if item.kind is TrackedKind.RETURN else SOON
    return item.day is None or item.day <= today + ahead
