"""What a customer who leaves is reminded of: the same instants for the calendar file and for the open window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from selfcare.i18n import Words
from selfcare.leaving.drafts import Plans
from selfcare.leaving.reminders import Reminder, ReminderKind, reminders
from selfcare.leaving.tracker import is_settled, is_withdrawn, track
from selfcare.leaving.wizard import Answers

from .leaving_material import Case, LeavingMaterial, case_of
from .notice import Notice

LATEST = timedelta(hours=25)
"""A reminder that came while the program was not open is still said for so long: the longest day has 25 hours."""

_AN_HOUR = timedelta(minutes=75)
"""A reminder of the hour before may come a little early or late."""


def case_reminders(case: Case, since: datetime) -> tuple[Reminder, ...]:
    """Everything to be reminded of after an instant; nothing for a discreet plan, a notice that was
    taken back, or a day that nobody has named."""
    if case.answers.is_discreet or is_withdrawn(case.facts, case.answers, case.way):
        return ()
    if case.way.is_named_later:
        return ()  # nobody has named the day yet
    after = case.aftermath()
    return reminders(
        case.facts.line_id,
        track(case.facts, case.answers, case.way, after, case.material.today),
        case.facts.zone,
        since,
        equipment=after.equipment,
        refunds=after.refunds,
        debits=[debit for debit in after.debits if not is_settled(debit, case.answers)],
    )


def is_followed(answers: Answers) -> bool:
    """A plan that is confirmed, and may be spoken of."""
    return answers.confirmed is not None and not answers.is_discreet


def followed_lines(plans: Plans) -> tuple[str, ...]:
    """The lines with a plan that is followed."""
    return tuple(line_id for line_id, answers in (plans.answers or {}).items() if is_followed(answers))


def cut_reminders(material: LeavingMaterial) -> tuple[tuple[Reminder, Case], ...]:
    """The reminders of every cut that is still ahead, also those whose instant was not long ago, in order."""
    found: list[tuple[Reminder, Case]] = []
    for line_id in followed_lines(material.plans):
        case = case_of(material, line_id)
        if case is None:
            continue
        coming = case_reminders(case, material.now - LATEST)
        found += [(r, case) for r in coming if r.kind is ReminderKind.CUT and _is_ahead(r, material)]
    return tuple(sorted(found, key=lambda entry: (entry[0].at, entry[0].id)))


def due_reminders(
    coming: Iterable[tuple[Reminder, Case]], said: Iterable[str], now: datetime
) -> tuple[tuple[Reminder, Case], ...]:
    """Those whose instant has come and that were not said yet; of each line only the newest."""
    known = set(said)
    newest = {case.facts.line_id: (r, case) for r, case in coming if r.at <= now}
    return tuple(entry for entry in newest.values() if entry[0].id not in known)


def reminder_notice(reminder: Reminder, case: Case, words: Words) -> Notice:
    """The words of a reminder of the cut."""
    line, today = case.number or words.tr("this line"), case.material.today
    if case.way.route.is_notice:
        day = words.day_far(reminder.day or today, today)
        said = words.tr("Reminder: {line} works until the end of {day}.", line=line, day=day)
    elif reminder.moment is not None:
        when = words.instant(reminder.moment, case.material.zone, today)
        said = words.tr("Reminder: {line} goes silent about {moment}.", line=line, moment=when)
    else:
        day = words.day_far(reminder.day or today, today)
        said = words.tr("Reminder: {line} goes silent on {day}, at an hour nobody states.", line=line, day=day)
    return Notice(said, words.tr("Have the new service ready before. Every step stands under Leaving."))


def tray_words(reminders_due: Iterable[Reminder], now: datetime, words: Words) -> tuple[str, str]:
    """A title and a sentence for the tray, where anybody may read: that something comes, and about when; no more."""
    within = [r.moment - now for r in reminders_due if r.moment is not None]
    if within and min(within) <= _AN_HOUR:
        said = words.tr("Something that you planned comes within about an hour. Open Selfcare to see what.")
    else:
        said = words.tr("Something that you planned comes within about a day. Open Selfcare to see what.")
    return words.tr("Reminder"), said


def _is_ahead(reminder: Reminder, material: LeavingMaterial) -> bool:
    if reminder.moment is not None:
        return reminder.moment > material.now
    return reminder.day is not None and reminder.day >= material.today
