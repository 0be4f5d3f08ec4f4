"""The letters that claim for what went wrong: late moves, lost numbers, missed visits, late starts and repairs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from selfcare.domain.money import Money
from selfcare.leaving.countries import fr_number, gb_claims
from selfcare.leaving.rules import Rules

from .letter_facts import Gap
from .letter_pen import LetterBody, Pen

_LONDON = ZoneInfo("Europe/London")
_NOON = time(12)


def late_port(pen: Pen) -> LetterBody:
    """A number that moved late (FR-CMP-01, L224-42-1; UK-SW-16, a duty without a set sum)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    parts = [_moved_late(pen)]
    if pen.right("FR-CMP-01", matter.due) is not None:
        parts.append(
            words.tr(
                "Article L224-42-1 of the French Consumer Code gives me at least a fifth of the monthly price for each "
                "day late, until the service works."
            )
        )
        parts += _french_claim(pen, fr_number.late_port)
    elif pen.right("UK-SW-16") is not None:
        parts += _own_scheme(pen)
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: number {line} moved late", line=line), tuple(parts), _whom(pen))


def lost_number(pen: Pen) -> LetterBody:
    """A number that was lost in the move (FR-CMP-02, L224-42-1; UK-SW-16, a duty without a set sum)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    parts = [
        words.tr("When it was to move to you, my number {line} was lost, on {due}.", line=line, due=due)
        if matter.by_new
        else words.tr("When it moved to my new operator, my number {line} was lost, on {due}.", line=line, due=due)
    ]
    law = pen.right("FR-CMP-02", matter.due)
    if law is not None:
        parts.append(
            words.tr(
                "Article L224-42-1 of the French Consumer Code gives me at least {count} times the monthly price.",
                count=words.number(law.number),
            )
        )
        monthly, rules = pen.facts.monthly, pen.facts.rules
        amount = matter.amount
        if amount is None and monthly is not None and rules is not None and matter.due is not None:
            amount = fr_number.lost_number(monthly, matter.due, rules).least
        parts += [words.tr("I claim {amount}.", amount=pen.money(amount)), *_french_wait(pen)]
    elif pen.right("UK-SW-16") is not None:
        parts += _own_scheme(pen)
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: number {line} lost", line=line), tuple(parts), _whom(pen))


def missed_visit(pen: Pen) -> LetterBody:
    """A technician who did not come (FR-CMP-03, L224-42-1, where it belongs to a switch; UK-AC-02, a code)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    parts = [
        words.tr("On {due} your technician was to come to me for the line {line}. Nobody came.", due=due, line=line)
        if matter.hours_ahead is None
        else words.trn(
            "On {due} your technician was to come to me for the line {line}. It was called off {count} hour before.",
            "On {due} your technician was to come to me for the line {line}. It was called off {count} hours before.",
            matter.hours_ahead,
            due=due,
            line=line,
        )
    ]
    if pen.facts.switched and pen.right("FR-CMP-03", matter.due) is not None:
        parts.append(
            words.tr(
                "The visit belonged to a change of operator. Article L224-42-1 of the French Consumer Code gives me at "
                "least a fifth of the monthly price for each day until the new appointment, which has not taken place."
            )
            if matter.lasts
            else words.tr(
                "The visit belonged to a change of operator. Article L224-42-1 of the French Consumer Code gives me at "
                "least a fifth of the monthly price for each day until the new appointment, which is on {done}.",
                done=pen.day(matter.done, Gap.DONE),
            )
        )
        parts += _french_claim(pen, fr_number.missed_visit)
    elif pen.right("UK-AC-02", matter.due) is not None and pen.facts.rules is not None:
        rules = pen.facts.rules
        hours = matter.hours_ahead
        claim = gb_claims.missed_visit(hours, matter.due, rules) if matter.due is not None else None
        parts += _scheme(pen, claim, rules)
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: missed appointment of {due}", due=due), tuple(parts), _whom(pen))


def late_start(pen: Pen) -> LetterBody:
    """A new service that starts late (UK-AC-03, a code; no set sum elsewhere)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    parts = [
        words.tr(
            "My new service with you, in place of the line {line}, was promised for {due}. It does not work yet.",
            line=line,
            due=due,
        )
        if matter.lasts
        else words.tr(
            "My new service with you, in place of the line {line}, was promised for {due}. It did not work until "
            "{done}.",
            line=line,
            due=due,
            done=pen.day(matter.done, Gap.DONE),
        )
    ]
    if pen.right("UK-AC-03", matter.due) is not None and pen.facts.rules is not None:
        claim, until = None, pen.facts.day if matter.lasts else matter.done
        if matter.due is not None and until is not None:
            claim = gb_claims.late_start(matter.due, until, pen.facts.rules)
        parts += _scheme(pen, claim, pen.facts.rules, is_other=True)
    else:
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: late start, in place of the line {line}", line=line), tuple(parts), "new")


def late_repair(pen: Pen) -> LetterBody:
    """A line that stayed dead too long (UK-AC-01, a code; no set sum elsewhere)."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    parts = [
        words.tr("On {due} I reported that the line {line} was dead. It does not work yet.", due=due, line=line)
        if matter.lasts
        else words.tr(
            "On {due} I reported that the line {line} was dead. It did not work again until {done}.",
            due=due,
            line=line,
            done=pen.day(matter.done, Gap.DONE),
        )
    ]
    if pen.right("UK-AC-01", matter.due) is not None and pen.facts.rules is not None:
        claim = None
        if matter.due is not None and matter.done is not None:
            start, end = (datetime.combine(day, _NOON, _LONDON) for day in (matter.due, matter.done))
            claim = gb_claims.late_repair(start, end, pen.facts.rules)
        parts += _scheme(pen, claim, pen.facts.rules)
    else:
        parts.append(words.tr("Please pay back the price of the days without service."))
        parts.append(_plain_claim(pen))
    return LetterBody(words.tr("Claim: line {line} repaired late", line=line), tuple(parts))


def _french_claim(pen: Pen, worked_out: Callable[..., fr_number.Claim]) -> list[str]:
    """The least that is owed, where the days and the price are known; and by when it is paid (FR-CMP-04)."""
    words, matter, monthly, rules = pen.words, pen.matter, pen.facts.monthly, pen.facts.rules
    parts = []
    until = pen.facts.day if matter.lasts else matter.done
    known = monthly is not None and rules is not None and matter.due is not None and until is not None
    if known and worked_out(monthly, matter.due, until, rules).days:
        claim = worked_out(monthly, matter.due, until, rules)
        parts.append(
            words.trn(
                "For {count} day, at {monthly} a month, I claim {amount}.",
                "For {count} days, at {monthly} a month, I claim {amount}.",
                claim.days,
                monthly=words.money(monthly),
                amount=words.money(claim.least),
            )
        )
    else:
        parts.append(words.tr("I claim {amount}.", amount=pen.money(matter.amount)))
    return [*parts, *_french_wait(pen)]


def _french_wait(pen: Pen) -> list[str]:
    """By when it is paid (FR-CMP-04)."""
    words, paid = pen.words, pen.right("FR-CMP-04")
    if paid is None:
        return []
    return [words.tr("It is to be paid within {count} days of this claim.", count=words.number(paid.number))]


def _moved_late(pen: Pen) -> str:
    """What happened, as it is told to the operator that is left, or to the new one."""
    words, matter, line = pen.words, pen.matter, pen.line()
    due = pen.day(matter.due, Gap.DUE)
    if matter.lasts and matter.by_new:
        return words.tr("My number {line} was to move to you on {due}. It does not work yet.", line=line, due=due)
    if matter.lasts:
        return words.tr(
            "My number {line} was to move to my new operator on {due}. It does not work there yet.", line=line, due=due
        )
    done = pen.day(matter.done, Gap.DONE)
    if matter.by_new:
        return words.tr(
            "My number {line} was to move to you on {due}. It did not work until {done}.", line=line, due=due, done=done
        )
    return words.tr(
        "My number {line} was to move to my new operator on {due}. It did not work there until {done}.",
        line=line,
        due=due,
        done=done,
    )


def _own_scheme(pen: Pen) -> list[str]:
    """The British duty to compensate for a switch, whose amount each provider sets (UK-SW-16)."""
    words, amount = pen.words, pen.matter.amount
    parts = [words.tr("Ofcom’s General Conditions oblige you to compensate me. Each provider sets its own amount.")]
    if amount is not None:
        return [*parts, words.tr("I claim {amount}.", amount=pen.money(amount))]
    return [*parts, words.tr("Please pay me what your scheme gives, and tell me how it is worked out.")]


def _whom(pen: Pen) -> str:
    """To whom a claim goes: the operator at fault may be the new one, whose address is not known here."""
    return "new" if pen.matter.by_new else "complaint"


def _scheme(pen: Pen, claim: gb_claims.Claim | None, rules: Rules, *, is_other: bool = False) -> list[str]:
    """Automatic compensation: asserted of a member, asked of everybody else (UK-AC-04, UK-AC-05)."""
    words, is_other = pen.words, is_other or pen.matter.by_new
    if not is_other and gb_claims.is_member(pen.facts.operator, rules, pen.facts.day):
        parts = [words.tr("You take part in Ofcom’s automatic compensation scheme.")]
    else:
        parts = [
            words.tr(
                "Please tell me whether you take part in Ofcom’s automatic compensation scheme; if you do, I claim "
                "what it gives. If not, I ask you for as much."
            )
        ]
    total = pen.matter.amount or (claim.total if claim is not None else None)
    if total is not None and total.value > 0:
        parts.append(_worked_out(pen, total, claim))
    else:
        parts.append(words.tr("Please tell me how you work the amount out."))
    wait = pen.right("UK-AC-04")
    if wait is not None and not pen.matter.lasts:
        parts.append(
            words.tr(
                "The scheme pays without being asked within {count} days; please pay it now if that time has passed.",
                count=words.number(wait.number),
            )
        )
    return parts


def _worked_out(pen: Pen, total: Money, claim: gb_claims.Claim | None) -> str:
    """The sum that is claimed, with how it is worked out where that gives the same."""
    words, count, each = pen.words, pen.matter.count, pen.matter.each
    if each is None and claim is not None:
        count, each = claim.count, claim.each
    if each is None or count < 2 or each * count != total:
        return words.tr("I claim {amount}.", amount=words.money(total))
    return words.tr(
        "I claim {amount}: {count} times {each}.",
        amount=words.money(total),
        count=words.number(count),
        each=words.money(each),
    )


def _plain_claim(pen: Pen) -> str:
    """Where no rule sets a sum."""
    words = pen.words
    if pen.matter.amount is not None:
        return words.tr(
            "I ask you for {amount} for it, and for your answer in writing.", amount=pen.money(pen.matter.amount)
        )
    return words.tr("I ask you to compensate me for it, and to tell me in writing what you offer.")
