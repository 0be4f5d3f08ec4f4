"""What is said of the hours without service: the running clock, each time that is over, and what they come to."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_FLOOR

from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.mishaps import NOW, Mishaps, outage_of, spell_key
from selfcare.leaving.outage import Spell, rent_of

from .leaving_material import Case
from .leaving_words import hours_text


class PressView(Struct, frozen=True):
    """A button of the clock: what it says and what is answered by it."""

    label: str
    question: str
    value: str


class SpellView(Struct, frozen=True):
    """One time without service in words; `drop` takes it away."""

    said: str
    drop: PressView


class ClockView(Struct, frozen=True):
    """The clock. `mishaps` is what it runs on: `clock_sentence` says it anew for every minute.

    `began` is where the typed times begin from, in the operator's zone. `notes` say what the hours come to.
    """

    title: str
    text: str
    mishaps: Mishaps
    presses: tuple[PressView, ...]
    spells: tuple[SpellView, ...]
    notes: tuple[str, ...]
    labels: tuple[str, str, str]
    not_reported: str
    keep: str
    wrong: str
    began: datetime


def clock_view(case: Case, words: Words, *, has_sum: bool) -> ClockView:
    """The clock of one line. `has_sum`: a rule sets a sum for these hours, so the price of them is not spoken of."""
    mishaps, zone = case.answers.mishaps, case.material.zone
    return ClockView(
        title=words.tr("Hours without service"),
        text=words.tr("Start the clock when the line is dead, stop it when it works. It counts on while this is shut."),
        mishaps=mishaps,
        presses=_presses(mishaps, words),
        spells=tuple(_spell(spell, case, words) for spell in sorted(mishaps.spells, key=lambda s: s.began)),
        notes=_notes(case, words, has_sum=has_sum),
        labels=(
            words.tr("Without service from"),
            words.tr("until"),
            words.tr("reported to the operator"),
        ),
        not_reported=words.tr("not reported"),
        keep=words.tr("Keep these hours"),
        wrong=words.tr("It has to end after it began, and not in the future."),
        began=case.material.now.astimezone(zone).replace(minute=0, second=0, microsecond=0),
    )


def clock_sentence(mishaps: Mishaps, now: datetime, words: Words) -> str:
    """How long there has been no service, as of an instant."""
    found = outage_of(mishaps, now)
    whole = hours_text(int(found.hours.to_integral_value(ROUND_FLOOR)), words)
    minutes = int(found.total.total_seconds()) // 60 % 60
    told = words.trn("{count} minute", "{count} minutes", minutes)
    if not found.spells:
        return words.tr("Nothing is counted so far.")
    if found.is_running:
        return words.tr("The clock runs: in all {hours} and {minutes} without service.", hours=whole, minutes=told)
    return words.tr("In all {hours} and {minutes} without service.", hours=whole, minutes=told)


def _presses(mishaps: Mishaps, words: Words) -> tuple[PressView, ...]:
    running = mishaps.running
    if running is None:
        return (PressView(words.tr("No service: start the clock"), "mishap:start", NOW),)
    stop = PressView(words.tr("It works again: stop the clock"), "mishap:stop", NOW)
    if running.reported is not None:
        return (stop,)
    return stop, PressView(words.tr("I have reported it just now"), "mishap:report", NOW)


def _spell(spell: Spell, case: Case, words: Words) -> SpellView:
    zone, today = case.material.zone, case.material.today
    began = words.instant(spell.began, zone, today)
    told = words.tr("not reported")
    if spell.reported is not None:
        told = words.tr("reported {moment}", moment=words.instant(spell.reported, zone, today))
    said = words.tr("From {began}, {told}", began=began, told=told)
    if spell.ended is not None:
        ended = words.instant(spell.ended, zone, today)
        said = words.tr("From {began} until {ended}, {told}", began=began, ended=ended, told=told)
    return SpellView(said, PressView(words.tr("Take it away"), "mishap:forget", spell_key(spell)))


def _notes(case: Case, words: Words, *, has_sum: bool) -> tuple[str, ...]:
    found = outage_of(case.answers.mishaps, case.material.now)
    if not found.spells:
        return ()
    notes = []
    unreported = sum(1 for spell in found.spells if spell.reported is None)
    if unreported:
        notes.append(
            words.tr("What is owed counts from your report. Report it, note with whom you spoke, and say it here.")
        )
    if case.facts.monthly is not None and not has_sum:
        amount = words.money(rent_of(found, case.facts.monthly))
        notes.append(
            words.tr("By a month of 30 days these hours come to {amount}: to ask for, not a right.", amount=amount)
        )
    return tuple(notes)
