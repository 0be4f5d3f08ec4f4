"""How a promise follows when the customer corrects when its contact took place: given then, and due from then on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.deadlines import WorkingDays, due_of
from selfcare.case.notebook import Noted, Word
from selfcare.case.spoken_days import read_deadline
from selfcare.domain.records import replace
from selfcare.i18n import Words

from .facts import quoted


def followed(word: Word, before: Noted, after: Noted, country: str, zone: ZoneInfo, days: WorkingDays) -> Word:
    """The promise of a contact whose times were corrected. A day that was named stays that day; a later date that was
    named for it since stays too."""
    if (before.started, before.ended) == (after.started, after.ended):
        return word
    given = _given(word.given, before, after)
    if given == word.given or word.earlier:
        return replace(word, given=given)
    is_read = word.term == read_deadline(word.said, word.given, zone, country)
    term = read_deadline(word.said, given, zone, country) if is_read else word.term
    try:
        return replace(word, given=given, term=term, due=due_of(term, given, zone, days))
    except ValueError:
        return replace(word, given=given)


def _given(given: datetime, before: Noted, after: Noted) -> datetime:
    last = after.ended or after.started
    if given == (before.ended or before.started):
        return last
    return max(after.started, min(given + (after.started - before.started), last))


def following_sentence(
    promised: Iterable[tuple[Word, Word]], words: Words, zone: ZoneInfo, today: date
) -> str:  # fmt: skip
    """By when the promises of a contact are due by its corrected times (as they were, as they are then); "" where none
    has another date."""
    return " ".join(
        words.tr("{promise} is then due {when}.", promise=quoted(after.said, words),
                 when=words.instant(after.due, zone, today))
        for before, after in promised
        if after.due is not None and after.due != before.due
    )  # fmt: skip
