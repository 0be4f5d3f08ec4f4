"""Letters to the operator and the bank, in the country's wording, in either language, ready to sign and post."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.choices import Reason
from selfcare.leaving.countries import fr, fr_money, gb_contract, us_costs
from selfcare.leaving.rules import Rules
from selfcare.paper.letter import BLANK, Form, PrintedLetter

from .letter_address import address_lines, operator_lines, town_of
from .letter_change import change
from .letter_claims import late_port, late_repair, late_start, lost_number, missed_visit
from .letter_complaints import complaint, debit, second_complaint
from .letter_ending import notice, unlock, withdrawal
from .letter_facts import Gap, LetterFacts, LetterKind, LetterMatter, gap_text, kind_text
from .letter_final_bill import final_bill
from .letter_pen import LetterBody, Pen
from .letter_proof import proof
from .letter_refunds import deposit, overpayment, rent_back
from .letter_separation import separation

_BODIES: dict[LetterKind, Callable[[Pen], LetterBody]] = {
    LetterKind.SEPARATION: separation,
    LetterKind.NOTICE: notice,
    LetterKind.WITHDRAWAL: withdrawal,
    LetterKind.PROOF: proof,
    LetterKind.CHANGE: change,
    LetterKind.UNLOCK: unlock,
    LetterKind.COMPLAINT: complaint,
    LetterKind.SECOND_COMPLAINT: second_complaint,
    LetterKind.LATE_PORT: late_port,
    LetterKind.MISSED_VISIT: missed_visit,
    LetterKind.LATE_REPAIR: late_repair,
    LetterKind.LATE_START: late_start,
    LetterKind.LOST_NUMBER: lost_number,
    LetterKind.FINAL_BILL: final_bill,
    LetterKind.RENT_BACK: rent_back,
    LetterKind.OVERPAYMENT: overpayment,
    LetterKind.DEPOSIT: deposit,
    LetterKind.DEBIT: debit,
}
_AWAY = {"bank": Gap.BANK_ADDRESS, "new": Gap.NEW_ADDRESS}
"""Letters that go to somebody whose address no operator states."""

_FORMS = {"FR": Form.FR, "US": Form.US}
_FIELDS = {
    LetterKind.COMPLAINT: frozenset({"story"}),
    LetterKind.SECOND_COMPLAINT: frozenset({"due", "story"}),
    LetterKind.LATE_PORT: frozenset({"due", "done", "amount"}),
    LetterKind.MISSED_VISIT: frozenset({"due", "done", "amount"}),
    LetterKind.LATE_REPAIR: frozenset({"due", "done", "amount"}),
    LetterKind.LATE_START: frozenset({"due", "done", "amount"}),
    LetterKind.LOST_NUMBER: frozenset({"due", "amount"}),
    LetterKind.FINAL_BILL: frozenset({"story"}),
    LetterKind.RENT_BACK: frozenset({"amount"}),
    LetterKind.OVERPAYMENT: frozenset({"amount"}),
    LetterKind.DEPOSIT: frozenset({"due", "amount"}),
    LetterKind.DEBIT: frozenset({"due", "amount", "story"}),
}


class WrittenLetter(Struct, frozen=True):
    """A letter ready for the printer. `missing` says in the window's language what has to be written in by hand.

    `hint` is what the customer should know before posting it; empty where there is nothing.
    """

    letter: PrintedLetter
    missing: tuple[str, ...]
    hint: str = ""


def usual_language(country: str) -> str:
    """The language in which an operator of a country is written to."""
    return "fr" if country == "FR" else "en"


_ENDING = frozenset(
    {LetterKind.SEPARATION, LetterKind.NOTICE, LetterKind.WITHDRAWAL, LetterKind.PROOF, LetterKind.CHANGE}
)
"""Letters that end something, or lead there."""


def letter_choices(facts: LetterFacts, words: Words, *, is_leaving: bool = True) -> tuple[tuple[LetterKind, str], ...]:
    """The letters that make sense for a line, in the order in which they are needed; where nobody is leaving the
    complaint comes first, and none that ends anything."""
    fixed = facts.access in {Access.FIXED, Access.INTERNET}
    hidden = {LetterKind.UNLOCK} if fixed else {LetterKind.MISSED_VISIT} if facts.access is Access.MOBILE else set()
    hidden |= set() if facts.needs_proof else {LetterKind.PROOF}
    hidden |= set() if facts.reason is Reason.SAFETY else {LetterKind.SEPARATION}
    hidden |= {LetterKind.CHANGE} if facts.change is None or facts.needs_proof else set()
    hidden |= set() if is_leaving else _ENDING
    kinds = [kind for kind in LetterKind if kind not in hidden]
    kinds.sort(key=lambda kind: not is_leaving and kind is not LetterKind.COMPLAINT)
    return tuple((kind, kind_text(kind, words, by_notice=facts.by_notice)) for kind in kinds)


def fields_of(kind: LetterKind) -> frozenset[str]:
    """What the customer can say in a letter of a kind: "due", "done", "amount", "story"."""
    return _FIELDS.get(kind, frozenset())


def discreet_papers(words: Words) -> tuple[str, ...]:
    """What a survivor has to know before writing: what is kept here, and who reads the operator's answer."""
    return (
        words.tr("Nothing of this plan is saved outside this program: a letter can be read and copied by hand."),
        words.tr(
            "What your operator answers goes to the holder and the address of the account, so another person may read "
            "it. Ask for an address, a telephone or an e-mail of your own to be used, before you ask for anything else."
        ),
    )


def file_name(title: str, day: date) -> str:
    """A name for a saved paper without its ending: the day and what it is, in plain letters."""
    plain = unicodedata.normalize("NFKD", title)
    safe = "".join(
        sign if sign.isascii() and sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)
    )
    return " ".join([day.isoformat(), *safe.split()])[:80]


def written_letter(
    kind: LetterKind, facts: LetterFacts, matter: LetterMatter, letter_words: Words, window_words: Words
) -> WrittenLetter:
    """Write a letter. Its sentences are those of `letter_words`; what is missing is said in `window_words`.

    Nothing is invented: a missing address, name or day is a line of dots. A rule that is uncertain or mere practice is
    never asserted as a right.
    """
    pen = Pen(facts, matter, letter_words)
    return letter_of(_BODIES[kind](pen), pen, window_words, _hint(kind, facts, matter, window_words))


def letter_of(body: LetterBody, pen: Pen, window_words: Words, hint: str = "") -> WrittenLetter:
    """A letter whose body is written, with its head, its address and its end."""
    facts, words, form = pen.facts, pen.words, form_of(pen.facts.country)
    gaps = list(pen.gaps)
    sender_address = () if body.by_another else address_lines(facts.address, facts.country)
    recipient = _recipient(body, facts)
    if not recipient:
        gaps.insert(0, _AWAY.get(body.purpose, Gap.OPERATOR_ADDRESS))
    if not sender_address:
        gaps.append(Gap.OWN_ADDRESS)
    name = facts.name if facts.name and not body.by_another else BLANK
    if name is BLANK:
        gaps.append(Gap.OWN_NAME)
    email = "" if body.by_another else facts.email
    own = tuple(part for part in (name, *(sender_address or (BLANK, BLANK)), email) if part)
    letter = PrintedLetter(
        form=form,
        language=words.language,
        region=facts.country,
        day=facts.day,
        sender=own,
        recipient=recipient or _unknown(body, facts),
        sending=_sending(facts.country, words) if body.is_registered else "",
        place_and_day=_place_and_day(town_of(sender_address, facts.country), facts.day, words),
        references=_references(body, facts, words),
        subject_word=_subject_word(form, words),
        subject=body.subject,
        greeting=words.tr("Dear Sir or Madam,"),
        paragraphs=body.paragraphs,
        closing=words.tr("Sincerely,") if facts.country == "US" else words.tr("Yours faithfully,"),
        signs=words.tr("Signature"),
        name=name,
        enclosures_word=words.tr("Enclosures:") if body.enclosures else "",
        enclosures=body.enclosures,
    )
    missing = tuple(gap_text(gap, window_words) for gap in dict.fromkeys(gaps))
    return WrittenLetter(letter, missing, hint)


def form_of(country: str) -> Form:
    """How a sheet of a country is laid out."""
    return _FORMS.get(country, Form.GB)


def _recipient(body: LetterBody, facts: LetterFacts) -> tuple[str, ...]:
    if body.purpose in _AWAY:
        return ()
    lines = operator_lines(facts.operator, facts.posts, body.purpose, facts.country)
    known = any(sign in line.casefold() for line in lines for sign in ("service", "department", "complaint"))
    if not lines or not body.department or known:
        return lines
    return (lines[0], body.department, *lines[1:])


def _unknown(body: LetterBody, facts: LetterFacts) -> tuple[str, ...]:
    first = BLANK if body.purpose in _AWAY else facts.operator
    return tuple(part for part in (first, body.department, BLANK, BLANK, BLANK) if part)


def _sending(country: str, words: Words) -> str:
    if country == "FR":
        return words.tr("Registered letter with acknowledgement of receipt")
    if country == "US":
        return words.tr("By certified mail, return receipt requested")
    return words.tr("By recorded post")


def _subject_word(form: Form, words: Words) -> str:
    if form is Form.GB and words.language == "en":
        return ""
    return words.trc("letter, United States", "Re:") if form is Form.US else words.trc("letter", "Subject:")


def _place_and_day(place: str, day: date, words: Words) -> str:
    written = words.written_day(day)
    if place:
        return words.trc("head of a letter", "{place}, {day}", place=place, day=written)
    return words.trc("head of a letter", "{day}", day=written)


def _references(body: LetterBody, facts: LetterFacts, words: Words) -> tuple[tuple[str, str], ...]:
    rows = (
        (words.trc("letter", "Line"), words.listing(_lines(body, facts))),
        (words.trc("letter", "Customer number"), facts.customer_id if body.purpose != "new" else ""),
        (words.trc("letter", "Account"), facts.account_id if body.purpose != "new" else ""),
        (words.trc("letter", "Contract"), words.listing(_contracts(body, facts)) if body.purpose != "new" else ""),
        (
            words.trc("letter", "Direct debit"),
            facts.mandate.replace("·", "x") if body.purpose not in {"complaint", "new"} else "",
        ),
    )
    return tuple((label, value) for label, value in rows if value)


def _lines(body: LetterBody, facts: LetterFacts) -> list[str]:
    others = [other.line for other in facts.together] if body.covers_all else []
    return [line for line in (facts.line, *others) if line]


def _contracts(body: LetterBody, facts: LetterFacts) -> list[str]:
    others = [other.contract_number for other in facts.together] if body.covers_all else []
    return [number for number in dict.fromkeys((facts.contract_number, *others)) if number]


def _hint(kind: LetterKind, facts: LetterFacts, matter: LetterMatter, words: Words) -> str:
    """What should be known before this letter is posted."""
    if kind is LetterKind.PROOF:
        return words.tr("Enclose copies and keep the originals. The line is not ended by this letter.")
    if kind is LetterKind.SEPARATION:
        return words.tr(
            "Write in an address where the other person reads nothing. The line is not ended by this letter."
        )
    if kind is LetterKind.CHANGE and facts.by_notice:
        return words.tr("Send it together with the notice, or before. The line is not ended by this letter.")
    if kind is LetterKind.CHANGE:
        return words.tr("Send it before the number moves. The line is not ended by this letter.")
    if kind is LetterKind.NOTICE and facts.comes_back:
        if facts.resume_by is None:
            return words.tr("By law the number is kept for you, if you resume the service in time after your orders.")
        return words.tr("By law the number is kept for you, if you resume the service by {day}.",
                        day=words.day(facts.resume_by))  # fmt: skip
    if kind is LetterKind.NOTICE:
        return words.tr(
            "Only if the number may be lost: to keep it, do not give notice; the new operator ends the line for you."
        )
    if kind is LetterKind.LATE_PORT and facts.country == "FR":
        return words.tr("The operator at fault owes it, which may be the new one. Then write its address instead.")
    if kind is LetterKind.DEBIT and facts.country == "FR" and facts.rules is not None and matter.due is not None:
        return _sepa_hint(matter.due, facts, facts.rules, words)
    if kind is LetterKind.WITHDRAWAL and facts.concluded is not None and facts.rules is not None:
        until = None
        if facts.country == "FR":
            until = fr.withdraw_until(facts.concluded, facts.rules)
        elif facts.country == "GB":
            until = gb_contract.withdraw_until(facts.concluded, facts.rules, at_distance=True)
        elif facts.country == "US" and facts.access is Access.MOBILE:
            until = us_costs.trial_until(facts.concluded, facts.rules)
        if until is not None and until < facts.day:
            return words.tr("The time to withdraw ended on {day}.", day=words.day(until))
        if facts.country == "FR" and not facts.is_business and fr.withdraws_online(facts.concluded, facts.rules):
            return words.tr("If the contract was made online, your operator must also take the withdrawal online.")
    return ""


def _sepa_hint(due: date, facts: LetterFacts, rules: Rules, words: Words) -> str:
    """Which right at the bank is over (FR-SEPA-01 for consumers, FR-SEPA-02); empty while the eight weeks run."""
    freely, contested = fr_money.debit_back_until(due, rules), fr_money.unauthorised_debit_until(due, rules)
    if facts.day > contested:
        return words.tr(
            "The eight weeks are over, and so are the 13 months for a debit that was not authorised: since {day} the "
            "bank has to pay nothing back. Write to the operator instead.",
            day=words.day(contested),
        )
    if facts.is_business:
        return words.tr(
            "A firm has no eight weeks: only a debit that you did not authorise comes back, until {day}.",
            day=words.day(contested),
        )
    if facts.day > freely:
        return words.tr(
            "The eight weeks ended on {day}. Only a debit that you did not authorise can still be contested, until "
            "{last}: send this letter only if that is so.",
            day=words.day(freely),
            last=words.day(contested),
        )
    return ""
