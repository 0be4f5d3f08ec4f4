"""What is said above the page when a promise is broken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise
from selfcare.i18n import Words

from .case_promises import promise_title
from .facts import quoted
from .notice import Notice


def tray_words(words: Words) -> tuple[str, str]:
    """A title and a sentence for the tray, where anybody may read: no name, no amount, not what it was."""
    said = words.tr("Something that was promised to you has not come in time. Open Selfcare to see what.")
    return words.tr("A promise was missed"), said


def missed_notice(missed: Sequence[Promise], words: Words, zone: ZoneInfo, today: date, now: datetime) -> Notice:
    """One missed promise with its deadline, or how many were missed; the button leads to the case file."""
    last = max(missed, key=lambda p: p.due)
    due = words.instant(last.due, zone, today)
    if len(missed) == 1:
        sentence = words.tr("A promise was missed: {what}.", what=promise_title(last, words))
        late = last.late_by(now)
        if late < timedelta(minutes=1):
            advice = words.tr("It was due {due}, just now.", due=due)
        else:
            advice = words.tr("It was due {due}, {late} ago.", due=due, late=words.length(late))
    else:
        sentence = words.trn("{count} promise was missed.", "{count} promises were missed.", len(missed))
        advice = words.tr("The last one: {what}, due {due}.", what=promise_title(last, words), due=due)
    return Notice(sentence, advice, "bad", "case", quoted(last.evidence, words))
