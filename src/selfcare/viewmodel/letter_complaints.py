"""The letters that complain: a first one, the second step, and to the bank about a wrong direct debit."""

from __future__ import annotations

from datetime import date, timedelta

from selfcare.domain.workdays import after_months
from selfcare.leaving.countries import gb_disputes

from .letter_facts import Gap, OverdueEnd
from .letter_pen import LetterBody, Pen


def complaint(pen: Pen) -> LetterBody:
    """A first complaint, which starts the clocks (UK-ADR-01, FR-MED-01, US-FCC-01)."""
    words, line, ending = pen.words, pen.line(), pen.matter.ending
    parts = [
        words.tr("I complain about the following, on the line {line}:", line=line),
        *(pen.story() if ending is None or pen.matter.story.strip() else ()),
        *(_about_the_end(ending, pen) if ending is not None else ()),
        words.tr(
            "Please put it right, tell me in writing what you do and by when, and give this complaint a reference."
        ),
    ]
    weeks, month, answer = pen.right("UK-ADR-01"), pen.right("FR-MED-01"), pen.right("US-FCC-01")
    if weeks is not None:
        parts.append(
            words.tr(
                "If it is not settled within {count} weeks, or with a deadlock letter sooner, I take it to your "
                "ombudsman scheme.",
                count=words.number(weeks.number // 7),
            )
        )
    elif month is not None:
        parts.append(
            words.tr(
                "Without a satisfactory answer within a month I turn to your consumer department, and then to the "
                "mediator for electronic communications."
            )
        )
    elif answer is not None:
        parts.append(
            words.tr(
                "Without a solution I file an informal complaint with the FCC, which you have to answer within "
                "{count} days.",
                count=words.number(answer.number),
            )
        )
    return LetterBody(words.tr("Complaint, line {line}", line=line), tuple(parts))


def _about_the_end(ending: OverdueEnd, pen: Pen) -> tuple[str, ...]:
    """That the line was to end and has not: the two days, and what is asked for."""
    words = pen.words
    due = pen.day(ending.due, Gap.DUE)
    asked = pen.day(ending.asked, Gap.DUE) if ending.asked is not None else ""
    said = (
        words.tr("On {asked} I withdrew from the contract.", asked=asked)
        if ending.is_withdrawal
        else words.tr("On {asked} I gave you notice.", asked=asked)
    )
    if ending.refused and asked:
        return (words.tr("{said} You refused it. Please carry it out, or tell me the reason in writing.", said=said),)
    if ending.named is not None:
        return _about_the_day(ending.named, ending.due, said if asked else "", pen)
    ends = words.tr("The line was to end on {due}; by your own account it has not ended yet.", due=due)
    wish = words.tr("Please end it as of that day, confirm the day in writing, and bill no rent after it.")
    return (words.tr("{first} {second}", first=said, second=ends) if asked else ends, wish)


def _about_the_day(named: date, due: date, given: str, pen: Pen) -> tuple[str, ...]:
    """That the operator names another day for the end than it is to be, and what is asked for."""
    words = pen.words
    days = {"named": pen.day(named, Gap.DUE), "due": pen.day(due, Gap.DUE)}
    if named < due:
        said = words.tr("By your own word the line ends on {named}; I asked for {due}.", **days)
        wish = words.tr("Please end it on {due} and not before, and confirm the day in writing.", due=days["due"])
    else:
        said = words.tr("By your own word the line ends only on {named}; it is to end on {due}.", **days)
        wish = words.tr("Please end it as of that day, confirm the day in writing, and bill no rent after it.")
    return (words.tr("{first} {second}", first=given, second=said) if given else said, wish)


def second_complaint(pen: Pen) -> LetterBody:
    """The second step: a deadlock letter (UK-ADR-01), the consumer department (FR-MED-01), a last word (US-FCC-01)."""
    words, facts, line = pen.words, pen.facts, pen.line()
    first = pen.matter.complained
    parts = [
        words.tr(
            "On {day} I complained about the line {line}. It is not settled. It is about the following:",
            day=pen.day(first, Gap.COMPLAINED),
            line=line,
        ),
        *pen.story(),
    ]
    department = ""
    month, until, answer = pen.right("FR-MED-01"), pen.right("FR-MED-03"), pen.right("US-FCC-01")
    if pen.right("UK-ADR-01", first) is not None and facts.rules is not None:
        parts.append(
            words.tr(
                "Please settle it, or send me your final position as a deadlock letter that names your ombudsman "
                "scheme."
            )
        )
        if first is not None:
            opens = gb_disputes.ombudsman_from(first, facts.rules)
            if opens > facts.day:
                parts.append(
                    words.tr("From {day} on I can ask the scheme in any case.", day=pen.day(opens, Gap.COMPLAINED))
                )
            else:
                parts.append(
                    words.tr("Since {day} I can ask the scheme in any case.", day=pen.day(opens, Gap.COMPLAINED))
                )
    elif month is not None:
        department = words.tr("Consumer department")
        parts.append(words.tr("I therefore turn to your consumer department and ask for a new decision in writing."))
        if until is not None:
            parts.append(
                words.tr(
                    "Without a satisfactory answer within a month I ask the mediator for electronic communications, "
                    "who can be asked until a year after the first written complaint."
                )
            )
    elif answer is not None:
        parts.append(
            words.tr("This is my last letter before an informal complaint to the FCC. Please settle it in writing.")
        )
    else:
        parts.append(words.tr("Please let somebody decide who may settle it, and tell me the decision in writing."))
    enclosure = words.tr("Copy of my first complaint and of your answers")
    subject = words.tr("Second complaint, line {line}", line=line)
    return LetterBody(subject, tuple(parts), enclosures=(enclosure,), department=department)


def debit(pen: Pen) -> LetterBody:
    """To the bank: the Direct Debit Guarantee (UK-DD-02), SEPA (FR-SEPA-01, FR-SEPA-02), or an error (US-PAY-02)."""
    words, facts, matter = pen.words, pen.facts, pen.matter
    day, amount = pen.day(matter.due, Gap.DUE), pen.money(matter.amount)
    parts = [
        words.tr(
            "On {day} {operator} took {amount} from my account by direct debit.",
            day=day,
            operator=facts.operator,
            amount=amount,
        )
    ]
    guarantee, sepa, open_long, belief = (
        pen.right("UK-DD-02"),
        pen.right("FR-SEPA-01", matter.due),
        pen.right("FR-SEPA-02", matter.due),
        pen.rule("US-PAY-02"),
    )
    if guarantee is not None:
        parts += [
            words.tr("This debit is an error, for the following reason:"),
            *pen.story(),
            words.tr("Under the Direct Debit Guarantee, please pay it back to me in full and at once."),
        ]
    elif sepa is not None and (matter.due is None or facts.day <= matter.due + timedelta(days=sepa.number)):
        parts.append(
            words.tr(
                "Under the rules of SEPA direct debits it is paid back without a reason within eight weeks of the "
                "debit. Please pay it back to me."
            )
        )
    elif open_long is not None and (matter.due is None or facts.day <= after_months(matter.due, open_long.number)):
        parts += [
            words.tr(
                "I did not authorise this debit. Under the rules of SEPA direct debits it can be contested for "
                "{count} months. Please pay it back to me. My reason:",
                count=words.number(open_long.number),
            ),
            *pen.story(),
        ]
    else:
        parts += [words.tr("I contest this debit, for the following reason:"), *pen.story()]
        if belief is not None and belief.is_certain:
            parts.append(
                words.tr(
                    "By law such an error is contested in writing within {count} days of the statement.",
                    count=words.number(belief.number),
                )
            )
        elif belief is not None:
            parts.append(
                words.tr(
                    "As I understand it, such an error is contested in writing within {count} days of the statement.",
                    count=words.number(belief.number),
                )
            )
        parts.append(words.tr("Please look into it and credit my account."))
    parts.append(words.tr("Please confirm it in writing."))
    enclosure = words.tr("Copy of the bank statement with the debit")
    subject = words.tr("Direct debit of {operator}, {day}", operator=facts.operator, day=day)
    return LetterBody(subject, tuple(parts), "bank", is_registered=False, enclosures=(enclosure,))
