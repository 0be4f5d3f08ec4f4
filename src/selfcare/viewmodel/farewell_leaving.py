"""What the customer planned and told about leaving, in the farewell pack: days, typed codes, receipts, claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from selfcare.domain.farewell import PackFile
from selfcare.domain.lines import Line
from selfcare.i18n import Words
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts, facts_of
from selfcare.leaving.terms import Terms, clause_of
from selfcare.leaving.tracker import is_taken_back
from selfcare.leaving.way import route_of
from selfcare.leaving.wizard import Answers

from .farewell_csv import Cell, Sheet, listed, yes_no
from .farewell_entries import Telling
from .farewell_html import Entry, Table
from .farewell_owned import Owned
from .leaving_mishaps import mishap_name
from .leaving_numbers import number_text
from .leaving_reasons import reason_name
from .leaving_rise import clause_options

KEPT = "leaving/plans.json"
"""The plans as this program keeps them, byte for byte; a discreet one is never kept."""

_APART = frozenset({"line_id", "mishaps", "settled", "about", "terms", "at", "resume_at"})
"""Answers that have a table of their own, or only say which page was open."""

_MISHAPS = ("line", "id", "what", "due", "done", "hours_ahead", "new_operator")

Rows = Iterator[tuple[Cell, ...]]


def plan_files(owned: Owned) -> Iterator[PackFile]:
    """The plans as they are kept; nothing where there are none."""
    kept = owned.plans_kept()
    if kept:
        yield PackFile(KEPT, (kept,))


def plan_sheets(owned: Owned) -> Iterator[Sheet]:
    """The tables of the plans."""
    yield Sheet("csv/plans.csv", ("line", "what", "said"), _told(owned))
    yield Sheet("csv/plan-settled.csv", ("line", "what", "of", "day"), _settled(owned))
    yield Sheet("csv/plan-mishaps.csv", _MISHAPS, _mishaps(owned))
    yield Sheet("csv/plan-outages.csv", ("line", "began", "ended", "reported"), _spells(owned))


def _told(owned: Owned) -> Rows:
    for answers in owned.plans():
        about = ((f"about.{name}", getattr(answers.about, name)) for name in Circumstances.__struct_fields__)
        own = ((name, getattr(answers, name)) for name in Answers.__struct_fields__ if name not in _APART)
        read = ((f"terms.{name}", getattr(answers.terms, name)) for name in Terms.__struct_fields__)
        for name, said in (*own, *about, *read):
            cell = _cell(said)
            if cell is not None:
                yield answers.line_id, name, cell


def _cell(said: object) -> Cell:
    """An answer in a cell; None for what was not answered."""
    if isinstance(said, bool):
        return yes_no(said)
    if isinstance(said, datetime | date | int):
        return said
    if isinstance(said, tuple):
        return listed(str(part) for part in said) or None
    return str(said) if said else None


def _settled(owned: Owned) -> Rows:
    for answers in owned.plans():
        for key, day in answers.settled:
            what, _, of = key.partition(":")
            yield answers.line_id, what, of, day


def _mishaps(owned: Owned) -> Rows:
    for answers in owned.plans():
        for m in answers.mishaps.told:
            yield answers.line_id, m.key, m.of.value, m.due, m.done, m.hours_ahead, yes_no(m.by_new)


def _spells(owned: Owned) -> Rows:
    for answers in owned.plans():
        for spell in answers.mishaps.spells:
            yield answers.line_id, spell.began, spell.ended, spell.reported


def plans(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Each line's plan: what was decided and done, what was closed, what went wrong."""
    known = {line.id: line for line in owned.lines()}
    for answers in owned.plans():
        line = known.get(answers.line_id)
        state = _state(answers, _now(owned, line), tell) if line is not None else ""
        facts, tables = _facts(answers, state, tell), tuple(_tables(answers, tell))
        if any(said for _name, said in facts) or any(table.rows for table in tables):
            yield Entry(_title(answers, line, owned.profile.country, tell.words), facts, tables=tables)


def _title(answers: Answers, line: Line | None, country: str, words: Words) -> str:
    if line is None:
        return answers.line_id
    return number_text(line.number, country) if line.number else line.name or words.tr("Line without a number")


def _now(owned: Owned, line: Line) -> LeavingFacts:
    """What the operator and the requests say of the line today."""
    return facts_of(
        line, profile=owned.profile, lines=owned.lines(), contracts=owned.contracts(), accounts=owned.accounts(),
        orders=owned.orders(), waiting=owned.requests(),
    )  # fmt: skip


def _state(answers: Answers, facts: LeavingFacts, tell: Telling) -> str:
    """Where a confirmed plan stands: what became of its notice, or that its line has ended; empty while it runs."""
    words, given = tell.words, facts.notice_given
    if answers.confirmed is None:
        return ""
    if facts.line_ended is not None:
        return words.tr("the line ended on {day}", day=tell.day(facts.line_ended))
    if not route_of(facts, answers.choices()).is_notice:
        return ""
    if is_taken_back(facts, answers):
        at = facts.taken_back_at
        if facts.cancelled_unasked:
            return words.tr("your operator cancelled the notice, and the line goes on")
        if at is None:
            return words.tr("the notice was taken back, and the line goes on")
        return words.tr("the notice was taken back on {day}, and the line goes on",
                        day=tell.day(at.astimezone(tell.zone).date()))  # fmt: skip
    if given is not None and given.refused:
        return words.tr("your operator refused the notice, and the line goes on")
    if facts.withdrawal_refused is not None:
        return words.tr("your operator refused to take the notice back; the notice stands")
    if facts.withdrawal is not None:
        return words.tr("You asked to take it back. Until your operator agrees, the notice stands.")
    return ""


def _reason(about: Circumstances, tell: Telling) -> tuple[tuple[str, str], ...]:
    """What was answered about the reason, with the words of its questions."""
    words = tell.words
    answer = {True: words.tr("yes"), False: words.tr("no"), None: ""}
    days = "" if about.orders_days is None else words.trn("{count} day", "{count} days", about.orders_days)
    sent = words.tr("Death certificate sent") if about.reason is Reason.DEATH else words.tr("Proof sent")
    if not about.reason:
        sent = words.tr("Letter about the change sent")
    return (
        (words.tr("Reason"), reason_name(about.reason, words)),
        (words.tr("The contract names this reason"), answer[about.listed]),
        (words.tr("File received by the commission"), tell.day(about.filed)),
        (words.tr("The commission has declared my file admissible"), answer[about.admitted or None]),
        (words.tr("Ordered from"), tell.day(about.orders_from)),
        (words.tr("Ordered for"), days),
        (words.tr("My orders name no end"), answer[about.orders_open or None]),
        (words.tr("My orders stop a move, and I signed this contract for that move"), answer[about.stop_move or None]),
        (words.tr("The service works there"), answer[about.usable_there]),
        (sent, tell.day(about.sent)),
    )


def _facts(answers: Answers, state: str, tell: Telling) -> tuple[tuple[str, str], ...]:
    words = tell.words
    photo = answers.receipt_photo.replace("\\", "/").rpartition("/")[2]
    keeps = {True: words.tr("yes"), False: words.tr("no"), None: ""}
    return (
        (words.tr("Keeps the number"), keeps[answers.keep_number]),
        *_reason(answers.about, tell),
        (words.tr("Chosen day"), tell.day(answers.day)),
        (words.tr("Confirmed"), tell.instant(answers.confirmed)),
        (words.tr("Where it stands"), state),
        (words.tr("Code that was typed in"), answers.typed_code),
        (words.tr("Code given to the new operator"), tell.day(answers.handed_over)),
        (words.tr("New service works since"), tell.instant(answers.works)),
        (words.tr("Number on the receipt"), answers.receipt),
        (words.tr("Photo of the receipt"), photo),
        (words.tr("Equipment sent back"), tell.day(answers.returned)),
        (words.tr("Deposit"), answers.deposit),
        (words.tr("Deposit paid on"), tell.day(answers.deposit_paid)),
        (words.tr("Direct Debit ended"), tell.day(answers.debit_ended)),
        *_terms(answers, tell),
    )


def _terms(answers: Answers, tell: Telling) -> tuple[tuple[str, str], ...]:
    """What was read in the contract, with the words of its questions."""
    words, terms = tell.words, answers.terms
    said = {True: words.tr("yes"), False: words.tr("no"), None: ""}
    clause = clause_of(terms, answers.agreed_rise)
    return (
        (
            words.tr("What did your contract name when you signed?"),
            dict(clause_options(words))[clause.value] if clause else "",
        ),
        (words.tr("Monthly rise that your contract named when you signed, 0 for none"), answers.agreed_rise),
        (words.tr("Does your contract name a closing fee?"), said[terms.closing]),
        (words.tr("Closing fee in the contract"), terms.closing_fee),
        (words.tr("What closing costs your operator, as far as it showed you"), terms.closing_cost),
        (words.tr("Fee for ending the contract early"), terms.early_fee),
        (words.tr("Less for each full month, if the contract says so"), terms.early_step),
        (words.tr("Did a handset come cheaper with this contract?"), said[terms.subsidised]),
        (words.tr("Was the contract made online, by telephone or at your door?"), said[terms.at_distance]),
        (words.tr("Monthly instalment of the handset"), terms.instalment),
        (words.tr("Monthly bill credit for the handset"), terms.credit),
    )


def _tables(answers: Answers, tell: Telling) -> Iterator[Table]:
    words = tell.words
    closed = {
        "bill": words.tr("Final bill settled"),
        "refund": words.tr("Refund received"),
        "debit": words.tr("Debit settled"),
        "claimed": words.tr("Compensation asked for"),
        "owed": words.tr("Compensation received"),
    }
    rows = [(*_of(key, closed), tell.day(day)) for key, day in answers.settled]
    yield Table(words.tr("What you closed"), (words.tr("What"), words.tr("Of what"), words.tr("When")), rows)
    wrong = [(mishap_name(m.of, words), tell.day(m.due), tell.day(m.done)) for m in answers.mishaps.told]
    columns = (words.tr("What"), words.tr("Due"), words.tr("Put right"))
    yield Table(words.tr("What went wrong"), columns, wrong)
    spells = [
        (tell.instant(spell.began), tell.instant(spell.ended), tell.instant(spell.reported))
        for spell in answers.mishaps.spells
    ]
    columns = (words.trc("farewell", "From"), words.trc("farewell", "Until"), words.tr("Reported"))
    yield Table(words.tr("Without service"), columns, spells)


def _of(key: str, closed: dict[str, str]) -> tuple[str, str]:
    what, _, of = key.partition(":")
    return closed.get(what, what), of
