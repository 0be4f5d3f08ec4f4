"""A handset: what it is, whether it takes another operator's SIM, and the request to have it opened."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from selfcare.domain.commands import RequestUnlock
from selfcare.domain.lines import Access, Handset, Line, SimLock
from selfcare.domain.operator import ExitWay
from selfcare.domain.records import Struct
from selfcare.domain.waiting import Waiting, WaitingState, asked_for, refused_last
from selfcare.i18n import Words
from selfcare.leaving.rules import Rule, Rules

from .facts import ConfirmView, FactView, TagView, Tone, refusal_sentence, stated


class UnlockView(Struct, frozen=True):
    """The request to open a handset: one question, the note it begins with (in `wish`), and what the note is called."""

    question: ConfirmView
    wish: RequestUnlock
    note_label: str


class HandsetView(Struct, frozen=True):
    """A handset and whether it takes another operator's SIM."""

    name: str
    facts: tuple[FactView, ...]
    lock: TagView
    sentence: str
    unlock: UnlockView | None = None


def handset_view(
    handset: Handset,
    line: Line,
    waiting: tuple[Waiting, ...],
    way: ExitWay | None,
    words: Words,
    today: date,
    zone: ZoneInfo,
    ban: Rule | None = None,
) -> HandsetView:
    """The handset, its lock, and the request to open it where one makes sense.

    `ban` is the rule by which this handset may not have been sold locked (UK-LOCK-01), None where none holds.
    """
    shown = [stated(words.tr("Serial number (IMEI)"), handset.serial, words)]
    if handset.since is not None:
        shown.append(FactView(words.tr("Yours since"), words.day(handset.since, today)))
    if handset.unlock_code:
        shown.append(FactView(words.tr("Unlock code"), handset.unlock_code))
    asked = asked_for(waiting, RequestUnlock, handset.id)
    lock, sentence = _lock(handset, line, asked, words, today, zone)
    refused = refused_last(waiting, RequestUnlock, handset.id)
    if refused is not None and handset.lock is not SimLock.UNLOCKED:
        lock = TagView(words.tr("unlock refused"), Tone.BAD)
        sentence = words.tr("{refusal} {sentence}", refusal=refusal_sentence(refused.reason, words), sentence=sentence)
    may_be_locked = handset.lock is SimLock.LOCKED or (
        handset.lock is SimLock.NOT_STATED and line.access is Access.MOBILE
    )
    may_ask = may_be_locked and asked is None and way is not None
    if handset.lock is SimLock.LOCKED and ban is not None and asked is None:
        sentence = words.tr(
            "{sentence} It should not have been sold locked. {rule}",
            sentence=sentence,
            rule=ban.sentence(words.language),
        )
    if handset.lock is SimLock.LOCKED and way is None and asked is None:
        sentence = words.tr(
            "{sentence} Your operator takes no such request through a program: call or write.", sentence=sentence
        )
    return HandsetView(
        name=handset.name or words.tr("Handset without a name"),
        facts=tuple(shown),
        lock=lock,
        sentence=sentence,
        unlock=unlock_view(
            handset, line.id, line.number or line.name, way.hours if way is not None else None, ban, words
        )
        if may_ask
        else None,
    )


def _lock(
    handset: Handset, line: Line, asked: Waiting | None, words: Words, today: date, zone: ZoneInfo
) -> tuple[TagView, str]:
    if handset.lock is SimLock.UNLOCKED:
        return TagView(words.tr("unlocked"), Tone.GOOD), words.tr("It takes the SIM of any operator.")
    if asked is not None:
        day = words.instant(asked.created, zone, today)
        if asked.state in {WaitingState.ACCEPTED, WaitingState.DONE}:
            return (
                TagView(words.tr("unlock accepted"), Tone.ACCENT),
                words.tr(
                    "Asked for on {day}; your operator has accepted it and has not yet said that it is done.", day=day
                ),
            )
        return (
            TagView(words.tr("unlock asked for"), Tone.WARN),
            words.tr("Asked for on {day}, not confirmed by your operator yet. See Waiting.", day=day),
        )
    if handset.lock is SimLock.LOCKED:
        return (
            TagView(words.tr("locked"), Tone.WARN),
            words.tr("It takes your operator’s SIM only. Have it unlocked while you are still a customer."),
        )
    if line.access is not Access.MOBILE:
        return TagView(words.tr("no SIM lock stated"), Tone.QUIET), words.tr("A device of this line.")
    return (
        TagView(words.tr("lock: not stated"), Tone.QUIET),
        words.tr("Your operator does not say whether it is locked. Try it with another operator’s SIM."),
    )


def ban_on_lock(handset: Handset, rules: Rules | None, *, is_business: bool) -> Rule | None:
    """The rule by which a handset may not have been sold locked (UK-LOCK-01): a consumer's, bought while it held."""
    if rules is None or rules.country != "GB" or is_business or handset.since is None:
        return None
    return rules.find("UK-LOCK-01", handset.since)


def _note(handset: Handset, ban: Rule | None, words: Words) -> str:
    """What is said along with the request to begin with: the fact that the handset may not have been sold locked."""
    if ban is None or handset.lock is not SimLock.LOCKED or handset.since is None:
        return ""
    return words.tr(
        "I have had this handset since {day}. It should not have been sold locked. {rule}",
        day=words.short_day(handset.since),
        rule=ban.sentence(words.language),
    )


def unlock_view(
    handset: Handset, line_id: str, line: str, hours: int | None, ban: Rule | None, words: Words
) -> UnlockView:
    """The request to open a handset, as a question with its facts. `line` is the line's number or name, `hours` what
    the operator states; the note begins with what the ban on locked handsets gives (UK-LOCK-01), if it holds."""
    time = ""
    if hours is not None:
        time = words.trn(
            "{count} hour, by your operator’s own word", "{count} hours, by your operator’s own word", hours
        )
    wish = RequestUnlock(handset.id, handset.serial, line_id, _note(handset, ban, words))
    question = ConfirmView(
        title=words.tr("Ask for this handset to be unlocked?"),
        text=words.tr(
            "The request goes to your operator once. It is kept here until your operator has answered; "
            "nothing changes in your contract."
        ),
        facts=(
            FactView(words.tr("Handset"), handset.name),
            stated(words.tr("Serial number (IMEI)"), handset.serial, words),
            FactView(words.tr("Line"), line),
            stated(words.tr("How long it takes"), time, words),
        ),
        yes=words.tr("Ask to unlock"),
        no=words.tr("Not now"),
        command=wish,
    )
    return UnlockView(question, wish, words.tr("Note to your operator, sent word for word"))
