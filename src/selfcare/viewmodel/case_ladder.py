"""The way up as the customer reads it: each step with its days, what it needs, and whether it is open today."""

from __future__ import annotations

from datetime import date

from selfcare.domain.complaints import Complaint
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.ladder import Door, Rung, StepKind, Whose, is_asserted, ladder, rules_of, weeks_passed
from selfcare.leaving.rules import Rules

from .facts import TagView, Tone


class StepRow(Struct, frozen=True):
    """One step of the way up. `letter` is the kind of letter that takes it, "text" for a form to be filled in online,
    "" where nothing is written. `where` is the place to turn to, which ends `needs` too. `basis` are the rules behind
    its days, each as a sentence with its source."""

    title: str
    tag: TagView
    days: str
    needs: str
    letter: str
    letter_label: str
    caution: str
    basis: tuple[str, ...]
    where: str = ""


class LadderView(Struct, frozen=True):
    """The whole way up. `since` says how long the complaint lasts; `ask` invites to say its days."""

    since: str
    ask: str
    steps: tuple[StepRow, ...]


COUNTRIES = ("GB", "FR", "US")
_FAR = 366
"""Days beyond which nobody counts them: the year says enough."""


def ladder_view(
    complaint: Complaint,
    country: str,
    rules: Rules | None,
    words: Words,
    today: date,
    whose: Whose | None = None,
    *,
    is_printed: bool = False,
) -> LadderView | None:
    """The way up for an operator of a country; None where its rules are not known here.

    `is_printed`: every day has its year and none says how far away it is, because paper is read later.
    """
    if rules is None or country.upper() not in COUNTRIES:
        return None
    say = _Days(words, today, is_printed)
    rows = tuple(_row(rung, rules, say) for rung in ladder(country, complaint, rules, today, whose))
    first = complaint.first
    if first is None or first > today:
        ask = words.tr("Say when you first complained: every other day is counted from it.")
        return LadderView("", ask, rows)
    weeks = weeks_passed(first, today)
    since = words.trn(
        "First complaint {day}: {count} week ago.", "First complaint {day}: {count} weeks ago.", weeks,
        day=say.day(first),
    )  # fmt: skip
    return LadderView(since, "", rows)


class _Days(Struct, frozen=True):
    """How days are said: on the screen as seen from today, on paper whole."""

    words: Words
    today: date
    is_printed: bool

    def day(self, day: date) -> str:
        return self.words.day(day, None if self.is_printed else self.today)

    def day_far(self, day: date) -> str:
        if self.is_printed or abs((day - self.today).days) > _FAR:
            return self.day(day)
        return self.words.day_far(day, self.today)


def _row(rung: Rung, rules: Rules, say: _Days) -> StepRow:
    words, today = say.words, say.today
    sure = is_asserted(rung, rules, today)
    letter, label = _letter(rung.kind, words)
    shows = rung.door in {Door.OPEN, Door.RUNNING} or (rung.door is Door.OVER and rung.answer is not None)
    return StepRow(
        step_title(rung.kind, words),
        _tag(rung, words, sure=sure),
        _days(rung, say),
        " ".join(part for part in (_needs(rung.kind, words), where_text(rung.kind, words)) if part),
        letter if shows else "",
        label if shows else "",
        "" if sure else words.tr("Not certain: seen as likely, to be checked before you rely on it."),
        tuple(rule.sentence(words.language) for rule in rules_of(rung, rules, today)),
        where_text(rung.kind, words),
    )


def step_title(kind: StepKind, words: Words) -> str:
    """What a step of the way up is called."""
    return {
        StepKind.SERVICE: words.tr("Complain to customer service"),
        StepKind.DEADLOCK: words.tr("Ask for a deadlock letter"),
        StepKind.OMBUDSMAN: words.tr("The ombudsman scheme, free"),
        StepKind.CARRY_OUT: words.tr("The decision carried out"),
        StepKind.CONSUMER_DESK: words.tr("The consumer department"),
        StepKind.MEDIATOR: words.tr("The mediator for electronic communications, free"),
        StepKind.MEDIATOR_OUTCOME: words.tr("The mediator’s outcome"),
        StepKind.REGULATOR_ALERT: words.tr("Tell the regulator Arcep"),
        StepKind.REFUND_BAR: words.tr("Claim back what was wrongly paid"),
        StepKind.FCC_INFORMAL: words.tr("Informal complaint to the FCC, free"),
        StepKind.FCC_FORMAL: words.tr("Formal complaint to the FCC, for a fee"),
        StepKind.COMMISSION: words.tr("The state commission"),
        StepKind.COURT: words.tr("A court"),
    }[kind]


def _tag(rung: Rung, words: Words, *, sure: bool) -> TagView:
    match rung.door:
        case Door.OPEN:
            if sure:
                return TagView(words.trc("step", "open today"), Tone.GOOD)
            return TagView(words.trc("step", "seems open"), Tone.WARN)
        case Door.LATER:
            return TagView(words.trc("step", "not yet"), Tone.QUIET)
        case Door.OVER:
            if rung.answer is not None:
                return TagView(words.trc("step", "answer overdue"), Tone.BAD)
            return TagView(words.trc("step", "too late"), Tone.BAD)
        case Door.TAKEN:
            return TagView(words.trc("step", "done"), Tone.ACCENT)
        case Door.RUNNING:
            return TagView(words.trc("step", "running"), Tone.ACCENT)
        case Door.PASSED:
            return TagView(words.trc("step", "no longer needed"), Tone.QUIET)


def _days(rung: Rung, say: _Days) -> str:
    words, parts = say.words, []
    if rung.opens is not None and rung.door is Door.LATER:
        parts.append(words.tr("Opens {day}.", day=say.day_far(rung.opens)))
    elif rung.opens is not None and rung.door is Door.OPEN and rung.kind is not StepKind.REFUND_BAR:
        parts.append(words.tr("Open since {day}.", day=say.day(rung.opens)))
    elif rung.door is Door.LATER:
        parts.append(words.tr("Opens once the step before is taken."))
    if rung.closes is not None and rung.door not in {Door.TAKEN, Door.RUNNING, Door.PASSED}:
        parts.append(words.tr("Last day {day}.", day=say.day_far(rung.closes)))
    if rung.answer is not None:
        said = words.tr("They aim to decide by {day}; it is no deadline.", day=say.day_far(rung.answer))
        due = words.tr("An answer is due by {day}.", day=say.day_far(rung.answer))
        parts.append(said if rung.is_aim else due)
    return " ".join(parts)


def _needs(kind: StepKind, words: Words) -> str:
    return {
        StepKind.SERVICE: words.tr("In writing, with a reference: the day of it starts every clock."),
        StepKind.DEADLOCK: words.tr("Their final position in writing; it opens the scheme at once."),
        StepKind.OMBUDSMAN: words.tr("Your complaint, its reference, the answers, what you ask for, and the dossier."),
        StepKind.CONSUMER_DESK: words.tr("A letter to the consumer department, with a copy of the first complaint."),
        StepKind.MEDIATOR: words.tr("The written complaint, the answers or a month of silence, and the dossier."),
        StepKind.REGULATOR_ALERT: words.tr("It counts your case; it does not decide it."),
        StepKind.REFUND_BAR: words.tr("A written claim with the bill and the proof of payment."),
        StepKind.FCC_INFORMAL: words.tr("Nothing before it. The clock starts when the FCC serves it on the carrier."),
        StepKind.FCC_FORMAL: words.tr("The carrier’s written answer to the informal complaint, or that none came."),
        StepKind.COMMISSION: words.tr(
            "A complaint to the carrier first; regulated services only. Pay what is undisputed."
        ),
        StepKind.COURT: words.tr("Keep bills, letters and the dossier; ask for advice first."),
    }.get(kind, "")  # fmt: skip


_WHERE = {
    StepKind.OMBUDSMAN: ("www.commsombudsman.org", "www.cedr.com/consumer/cisas"),
    StepKind.MEDIATOR: ("www.mediation-telecom.org",),
    StepKind.REGULATOR_ALERT: ("jalerte.arcep.fr",),
    StepKind.FCC_INFORMAL: ("consumercomplaints.fcc.gov",),
    StepKind.FCC_FORMAL: ("www.fcc.gov",),
}
"""Where whoever decides takes complaints, by the name of their own site."""


def where_text(kind: StepKind, words: Words) -> str:
    """Where a step is taken; in the United Kingdom the operator belongs to one of two schemes and says to which."""
    places = _WHERE.get(kind, ())
    if len(places) == 2:
        return words.tr("Where: {first} or {second}; your operator says which.", first=places[0], second=places[1])
    return words.tr("Where: {place}", place=places[0]) if places else ""


def _letter(kind: StepKind, words: Words) -> tuple[str, str]:
    write, fill = words.tr("Write the letter"), words.tr("Copy the text for the form")
    return {
        StepKind.SERVICE: ("complaint", write),
        StepKind.DEADLOCK: ("secondComplaint", write),
        StepKind.CONSUMER_DESK: ("secondComplaint", write),
        StepKind.OMBUDSMAN: ("text", fill),
        StepKind.MEDIATOR: ("text", fill),
        StepKind.REGULATOR_ALERT: ("text", fill),
        StepKind.FCC_INFORMAL: ("text", fill),
        StepKind.FCC_FORMAL: ("text", fill),
        StepKind.COMMISSION: ("text", fill),
        StepKind.REFUND_BAR: ("overpayment", write),
    }.get(kind, ("", ""))
