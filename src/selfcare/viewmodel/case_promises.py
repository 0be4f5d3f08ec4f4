"""Promises as the customer reads them: what, by when, by whom, how it stands and how late it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.notebook import Notebook, Outcome, Word
from selfcare.case.promises import Promise, PromiseOf, PromiseSource, PromiseState, Record
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .appointments import standing
from .facts import TagView, Tone, quoted


class PromiseRow(Struct, frozen=True):
    """One promise: what, by when, how it stands. `target` opens what it was read from, "" for a note.

    `word_id` names a promise the customer noted, which the customer settles; `quote` is in whose words it was given.
    `may_reopen`: the customer settled it, and can take that back. `again` are the other notes of the same promise.
    """

    title: str
    tag: TagView
    sentence: str
    target: str
    is_missed: bool
    quote: str = ""
    word_id: str = ""
    is_settled: bool = True
    may_reopen: bool = False
    again: tuple[str, ...] = ()


_ORDER = (
    PromiseState.MISSED, PromiseState.OPEN, PromiseState.LOST, PromiseState.MOVED, PromiseState.WITHDRAWN,
    PromiseState.VOID, PromiseState.KEPT,
)  # fmt: skip


def in_order(promises: tuple[Promise, ...]) -> list[Promise]:
    """The missed ones first, then the open ones; the kept ones last."""
    return sorted(promises, key=lambda p: _ORDER.index(p.state))


def promise_row(promise: Promise, words: Words, today: date | None, now: datetime, zone: ZoneInfo) -> PromiseRow:
    """A promise in words, with its clock. Without `today` every day has its year, as on paper."""
    tag, sentence = _standing(promise, words, today, now, zone)
    parts = [sentence]
    if promise.replaced is not None and promise.state in {PromiseState.MISSED, PromiseState.MOVED}:
        new = words.instant(promise.replaced, zone, today)
        parts.append(words.tr("A new date was named in its place: {new}.", new=new))
    if promise.undone is not None:
        settled = words.instant(promise.undone, zone, today)
        parts.append(words.tr("It was called settled on {day}, and is open again.", day=settled))
    notes = [one.source_id for one in (promise, *promise.also) if one.source is PromiseSource.CONTACT]
    if places := _places(promise, words, is_on_paper=today is None):
        parts.append(words.tr("The same promise stands in {places}.", places=places))
    if len(notes) > 1 and today is None:
        parts.append(
            words.trn("Noted {count} time by the customer.", "Noted {count} times by the customer.", len(notes))
        )
    elif len(notes) > 1:
        parts.append(words.trn("You noted it {count} time.", "You noted it {count} times.", len(notes)))
    noted = promise.noted
    return PromiseRow(
        promise_title(promise, words),
        tag,
        " ".join(parts),
        target_of(promise),
        promise.state is PromiseState.MISSED,
        quoted(promise.evidence, words),
        noted.source_id if noted is not None else "",
        promise.ended is not None
        or promise.replaced is not None
        or promise.is_refused
        or promise.state in {PromiseState.KEPT, PromiseState.WITHDRAWN},
        noted is not None
        and promise.replaced is None
        and noted.replaced is None
        and (noted.ended is not None or noted.state is PromiseState.KEPT),
        tuple(one for one in notes if noted is not None and one != noted.source_id),
    )


def _places(promise: Promise, words: Words, *, is_on_paper: bool) -> str:
    """Where else a promise is told, as its number says or in the customer's own notes; "" where nowhere else."""
    noted = words.trc("stands in", "the customer’s notes") if is_on_paper else words.trc("stands in", "your notes")
    told = (
        {
            PromiseSource.TICKET: words.trc("stands in", "ticket {id}", id=one.source_id),
            PromiseSource.ORDER: words.trc("stands in", "order {id}", id=one.source_id),
            PromiseSource.APPOINTMENT: words.trc("stands in", "appointment {id}", id=one.source_id),
            PromiseSource.PROBLEM: words.trc("stands in", "known problem {id}", id=one.source_id),
            PromiseSource.CONTACT: noted,
        }[one.source]
        for one in promise.also
        if not one.source is promise.source is PromiseSource.CONTACT
    )
    return ", ".join(dict.fromkeys(told))


def _standing(promise: Promise, words: Words, today: date | None, now: datetime, zone: ZoneInfo) -> tuple[TagView, str]:
    if promise.source is PromiseSource.APPOINTMENT and (found := standing(promise, words, today, now, zone)):
        return found
    due = words.instant(promise.due, zone, today)
    match promise.state:
        case PromiseState.OPEN:
            text = words.tr("Due {due}, in {length}.", due=due, length=words.length(promise.due - now))
            if today is None:
                text = words.tr("Due {due}; not done yet.", due=due)
            return TagView(words.tr("open"), Tone.ACCENT), text
        case PromiseState.KEPT:
            return TagView(words.tr("kept"), Tone.GOOD), words.tr("Was due {due}.", due=due)
        case PromiseState.MISSED:
            return TagView(words.tr("missed"), Tone.BAD), _missed(promise, due, words, now, is_on_paper=today is None)
        case PromiseState.LOST if promise.is_undated:
            text = words.tr(
                "Was due {due}. It is finished, but your operator does not say since when, so nobody can see whether "
                "it was kept.",
                due=due,
            )
            return TagView(words.tr("not known"), Tone.WARN), text
        case PromiseState.LOST:
            text = words.tr(
                "Was due {due}. Your operator no longer lists the ticket, so nobody can see whether it was kept.",
                due=due,
            )
            return TagView(words.tr("not listed any more"), Tone.WARN), text
        case PromiseState.WITHDRAWN:
            text = words.tr("Was due {due}; the date was taken away and none was named in its place.", due=due)
            return TagView(words.tr("withdrawn"), Tone.WARN), text
        case PromiseState.VOID if promise.is_refused and (promise.given is None or promise.due >= promise.given):
            text = words.tr("Was due {due}; it was refused or cancelled before. It counts as neither.", due=due)
            return TagView(words.tr("fell away"), Tone.QUIET), text
        case PromiseState.VOID:
            text = words.tr("The date named, {due}, had passed when it was given. It counts as neither.", due=due)
            return TagView(words.tr("impossible"), Tone.WARN), text
        case PromiseState.MOVED:
            text = _moved(promise, due, words)
            return TagView(words.tr("moved"), Tone.WARN), text


def _moved(promise: Promise, due: str, words: Words) -> str:
    if promise.source is PromiseSource.CONTACT:
        return words.tr("Was due {due}; you noted another date before it came.", due=due)
    if promise.replaced is not None and promise.replaced < promise.due:
        return words.tr("Was due {due}; replaced by a sooner date before it came.", due=due)
    return words.tr("Was due {due}; replaced by a later date before it came.", due=due)


def _missed(promise: Promise, due: str, words: Words, now: datetime, *, is_on_paper: bool) -> str:
    """By how much it was missed. On paper, which is read later, nothing is so long ago."""
    span = promise.late_by(now)
    late = words.length(span)
    if promise.is_refused:
        if span < _A_MINUTE:
            return words.tr("Was due {due} and was not done; refused or cancelled later.", due=due)
        return words.tr("Was due {due} and was not done; refused or cancelled {length} later.", due=due, length=late)
    if promise.is_undated:
        return words.tr("Was due {due} and was not done by then; your operator does not say when it was.", due=due)
    if promise.ended is not None:
        if span < _A_MINUTE:
            return words.tr("Was due {due}, done less than a minute later.", due=due)
        return words.tr("Was due {due}, done {length} later.", due=due, length=late)
    if is_on_paper and span >= _A_MINUTE:
        return words.tr("Was due {due}, not done {length} later.", due=due, length=late)
    if span < _A_MINUTE:
        return words.tr("Was due {due}, just now.", due=due)
    return words.tr("Was due {due}, {length} ago.", due=due, length=late)


_A_MINUTE = timedelta(minutes=1)


def undated_row(word: Word, words: Words, today: date | None, now: datetime, zone: ZoneInfo) -> PromiseRow:
    """A promise without a day: it has no clock, but everybody can see how old it is. `today` as in `promise_row`."""
    said = words.instant(word.given, zone, today)
    sentence = words.tr(
        "Said {when}, {length} ago. No day was named.", when=said, length=words.length(now - word.given)
    )
    if today is None:
        sentence = words.tr("Said {when}. No day was named.", when=said)
    tag = TagView(words.tr("no day named"), Tone.WARN)
    return PromiseRow(_noted_title(word, words), tag, sentence, "", False, quoted(word.said, words), word.id, False)


def settled_rows(notebook: Notebook, words: Words, today: date | None, zone: ZoneInfo) -> list[PromiseRow]:
    """The noted promises that no other row shows: those that were dropped, and the kept ones without a day."""
    return [
        _settled_row(word, words, today, zone)
        for word in sorted(notebook.words, key=lambda word: word.given, reverse=True)
        if word.outcome is Outcome.WITHDRAWN or (word.outcome is Outcome.KEPT and word.due is None)
    ]


def _settled_row(word: Word, words: Words, today: date | None, zone: ZoneInfo) -> PromiseRow:
    said = words.tr("Said {when}.", when=words.instant(word.given, zone, today))
    if word.outcome is Outcome.WITHDRAWN:
        tag, second = TagView(words.tr("dropped"), Tone.QUIET), words.tr("You dropped it: it is not counted.")
    else:
        tag, second = TagView(words.tr("kept"), Tone.GOOD), words.tr("No day was named: it is not counted.")
        if word.ended is not None:
            kept = words.tr("Kept {when}.", when=words.instant(word.ended, zone, today))
            second = words.tr("{first} {second}", first=kept, second=second)
    sentence = words.tr("{first} {second}", first=said, second=second)
    title = _noted_title(word, words)
    return PromiseRow(title, tag, sentence, "", False, quoted(word.said, words), word.id, True, True)


def _noted_title(word: Word, words: Words) -> str:
    return _by(what_text(word.what, words), word.who, words)


def promise_title(promise: Promise, words: Words) -> str:
    """What was promised, and on what or by whom."""
    what = what_text(promise.what, words)
    if promise.title:
        return words.tr("{what}: {title}", what=what, title=promise.title)
    return _by(what, promise.who, words)


def _by(what: str, who: str, words: Words) -> str:
    """What was promised, and by whom."""
    return words.tr("{what}, promised by {who}", what=what, who=who) if who else what


def what_text(what: str, words: Words) -> str:
    """What was promised, in a word or two."""
    return {
        PromiseOf.ANSWER.value: words.tr("A solution"),
        PromiseOf.REPAIR.value: words.tr("An end to the problem"),
        PromiseOf.UNLOCK.value: words.tr("The handset unlocked"),
        PromiseOf.CODE.value: words.tr("The code to take the number along"),
        PromiseOf.ENDING.value: words.tr("The end of the line"),
        PromiseOf.ORDER.value: words.tr("The order carried out"),
        PromiseOf.CALL.value: words.tr("A call back"),
        PromiseOf.PORT.value: words.tr("The number moved"),
        PromiseOf.REFUND.value: words.tr("Money back"),
        PromiseOf.VISIT.value: words.tr("A visit"),
    }.get(str(what), words.tr("Something else"))


def target_of(promise: Promise) -> str:
    """Where it was said; "" for what the customer noted."""
    match promise.source:
        case PromiseSource.TICKET:
            return f"help/ticket/{promise.source_id}"
        case PromiseSource.PROBLEM:
            return f"help/problem/{promise.source_id}"
        case PromiseSource.APPOINTMENT:
            return f"help/visit/{promise.source_id}"
        case PromiseSource.CONTACT:
            return ""
        case PromiseSource.ORDER:
            return "waiting"


def record_sentence(record: Record, operator: str, words: Words) -> str:
    """How an operator stands to its word: missed of judged, how late, and how many dates it moved before they came."""
    judged, moved = record.kept + record.missed, ""
    if record.moved:
        moved = words.trn(
            "{count} date was replaced before it came.", "{count} dates were replaced before they came.", record.moved
        )
    if not judged:
        return moved
    if not record.missed:
        kept = words.trn(
            "{operator} kept the promise whose day has come.",
            "{operator} kept all {count} promises whose day has come.",
            judged,
            operator=operator,
        )
        return f"{kept} {moved}".rstrip()
    parts = [
        words.trn(
            "{operator} missed the promise whose day has come.",
            "{operator} missed all {count} promises whose day has come.",
            judged,
            operator=operator,
        )
        if record.missed == judged
        else words.trn(
            "{operator} missed {missed} of {count} promise whose day has come.",
            "{operator} missed {missed} of {count} promises whose day has come.",
            judged,
            operator=operator,
            missed=words.number(record.missed),
        )
    ]
    if record.missed == 1 and record.worst:
        parts.append(words.tr("It was late by {worst}.", worst=words.length(record.worst)))
    elif record.missed and record.worst:
        parts.append(
            words.tr(
                "On average {average} late, at the most {worst}.",
                average=words.length(record.average),
                worst=words.length(record.worst),
            )
        )
    return " ".join(part for part in (*parts, moved) if part)
