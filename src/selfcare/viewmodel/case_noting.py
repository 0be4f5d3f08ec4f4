"""What is asked when a contact is noted, how a promise is read from what was said, and what is refused and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.deadlines import Term, Unit, WorkingDays, due_of, end_of, working_days
from selfcare.case.notebook import Noted, Outcome, Purpose, Way, Word
from selfcare.case.promises import PromiseOf
from selfcare.case.spoken_days import read_deadline
from selfcare.case.spoken_terms import names_working_hours
from selfcare.domain.bills import Bill
from selfcare.domain.commands import SendContact
from selfcare.domain.lines import Line
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import EntityRef, Ticket
from selfcare.i18n import Words

from .case_entries import way_text
from .case_pairs import LOGGED
from .case_promises import what_text
from .facts import FactView
from .notice import Notice

PROMISABLE = (
    PromiseOf.CALL, PromiseOf.REPAIR, PromiseOf.ANSWER, PromiseOf.REFUND, PromiseOf.UNLOCK, PromiseOf.CODE,
    PromiseOf.PORT, PromiseOf.VISIT, PromiseOf.OTHER,
)  # fmt: skip
READ = "read"
"""The deadline is taken from the words."""


class DueForm(Struct, frozen=True):
    """By when something was promised, as the form has it: read from the words, or chosen.

    `unit` is READ or one of deadlines.Unit; `amount` hours or working days, `day` a day that was named.
    """

    unit: str = READ
    amount: int = 0
    day: date | None = None


class LossView(Struct, frozen=True):
    """The question before something that the customer wrote goes for good."""

    title: str
    text: str
    facts: tuple[FactView, ...]
    yes: str
    no: str


class LeftOut(Struct, frozen=True):
    """A file that was not put to a contact. `why`: large, unread, or unkept (the disk refused to write)."""

    name: str
    why: str


class DueView(Struct, frozen=True):
    """How a promise was understood: the term, its last instant (None: no day named), and both in a sentence."""

    term: Term
    due: datetime | None
    sentence: str
    is_wrong: bool = False


def due_view(
    said: str,
    form: DueForm,
    given: datetime,
    country: str,
    zone: ZoneInfo,
    words: Words,
    today: date,
    days: WorkingDays | None = None,
) -> DueView:
    """By when a promise is due, shown while it is typed; what cannot be is said and counts as no day named. `days` are
    the working days that count, None for those of the country."""
    days = days if days is not None else working_days(country)
    term = read_deadline(said, given, zone, country) if form.unit == READ else _term(form, zone)
    try:
        due = due_of(term, given, zone, days)
    except ValueError:
        return DueView(Term(), None, words.tr("Working days of this country are not known here: choose a day."), True)
    if term.unit is Unit.UNCLEAR:
        return DueView(Term(), None, words.tr("Which day or hour is meant cannot be told for sure: choose it here."))
    if due is None and form.unit == READ and names_working_hours(said):
        advice = words.tr("Working hours are no hours by the clock: choose so many working days, or a day.")
        return DueView(term, None, advice)
    if due is None:
        return DueView(term, None, words.tr("No day is named: it is kept with its age, without a clock."))
    if due < given:
        return DueView(term, due, words.tr("That day had passed when it was said: choose another."), True)
    when = words.instant(due, zone, today)
    if term.unit is Unit.HOURS:
        how = words.trn("{count} hour by the clock", "{count} hours by the clock", term.amount)
    elif term.unit is Unit.WORKING_DAYS:
        how = words.trn("{count} working day", "{count} working days", term.amount)
        how = _with_holidays(how, days.calendar, words)
    elif term.unit is Unit.WORKABLE_DAYS:
        how = words.trn(
            "{count} working day, Saturdays counted", "{count} working days, Saturdays counted", term.amount
        )
        how = _with_holidays(how, days.calendar, words)
    elif due.astimezone(zone).time().replace(microsecond=0) != time(23, 59, 59):
        how = words.tr("by that hour")
    else:
        how = words.tr("until the end of that day")
    return DueView(term, due, words.tr("Due {when} ({how}).", when=when, how=how))


def _with_holidays(how: str, calendar: str, words: Words) -> str:
    """A count of working days and whose holidays it leaves out, where a country has several sets of them."""
    part = calendar.removesuffix("-OUVRES")
    if part in {"GB-ENG", "FR", "US"}:
        return how
    name = {
        "GB-SCT": words.tr("Scotland"),
        "GB-NIR": words.tr("Northern Ireland"),
        "FR-57": words.tr("Alsace and Moselle"),
    }.get(part, words.tr("your department"))
    return words.tr("{days}, with the holidays of {place}", days=how, place=name)


def _term(form: DueForm, zone: ZoneInfo) -> Term:
    if form.unit == Unit.MOMENT and form.day is not None:
        return end_of(form.day, zone)
    if form.unit in {Unit.HOURS, Unit.WORKING_DAYS, Unit.WORKABLE_DAYS, Unit.DAYS}:
        return Term(Unit(form.unit), form.amount)
    return Term()


def word_from(noted: Noted, word_id: str, said: str, what: str, view: DueView, given: datetime | None = None) -> Word:
    """The promise given in a contact: at an instant in it, or where that is not known at its end."""
    last = noted.ended or given or noted.started
    moment = last if given is None else max(noted.started, min(given, last))
    about = tuple(ref for ref in noted.about if ref.role != LOGGED)
    return Word(word_id, noted.id, noted.agent, what, said.strip(), moment, view.term, view.due, about)


def draft_id(noted: Noted) -> str:
    """Under which a promise is kept that is being written while its contact runs."""
    return f"{noted.id}:running"


def form_of(word: Word, given: datetime, country: str, zone: ZoneInfo) -> DueForm:
    """How a promise stands in the form when it is opened again: as read from its words, else as it was chosen."""
    term = word.term
    if term == read_deadline(word.said, given, zone, country) or (word.due is None and term.unit is not Unit.NONE):
        return DueForm()
    day = term.moment.astimezone(zone).date() if term.moment is not None else None
    return DueForm(term.unit.value, term.amount, day)


def settled(word: Word, outcome: Outcome, at: datetime | None) -> Word:
    """The promise as the customer settles it: kept at an instant, dropped, or open again."""
    return replace(word, outcome=outcome, ended=at if outcome is Outcome.KEPT else None)


def kept_refusal(word: Word, at: datetime, now: datetime, words: Words) -> str:
    """Why a promise cannot have been kept at an instant; "" where it can."""
    if at > now:
        return refusal("future", words)
    return words.tr("That is before it was promised. Please correct the day or the time.") if at < word.given else ""


def moved(word: Word, day: date, zone: ZoneInfo, now: datetime) -> Word:
    """The promise with the new date that was named for it: until the end of that day."""
    term = end_of(day, zone)
    moves = word.moved if word.due is None else (*word.moved, (word.due, now))
    return replace(word, term=term, due=term.moment, outcome=Outcome.OPEN, ended=None, moved=moves)


def command_of(noted: Noted) -> SendContact:
    """The request that puts a note into the operator's own log."""
    text = noted.said.strip() or noted.reference.strip() or noted.way.value
    about = tuple(ref for ref in noted.about if ref.role != LOGGED)
    return SendContact(noted.id, noted.way.value, noted.is_inbound, noted.started, noted.ended, text, about)


def way_choices(words: Words) -> list[tuple[str, str]]:
    """The ways to speak to somebody."""
    return [(way.value, _capital(way_text(way.value, words))) for way in Way]


def direction_choices(words: Words) -> list[tuple[str, str]]:
    """Who called whom."""
    return [("in", words.tr("I called, wrote or went there")), ("out", words.tr("My operator called or wrote"))]


def purpose_choices(words: Words) -> list[tuple[str, str]]:
    """What it was, however it was dressed."""
    return [
        (Purpose.SERVICE.value, words.tr("Service")),
        (Purpose.SALES.value, words.tr("Sales, also when dressed as service")),
    ]


def what_choices(words: Words) -> list[tuple[str, str]]:
    """What may be promised."""
    return [(what.value, what_text(what.value, words)) for what in PROMISABLE]


def due_choices(words: Words, country: str = "") -> list[tuple[str, str]]:
    """By when it was promised. France counts two kinds of working days."""
    rows = [
        (READ, words.tr("As the words say")),
        (Unit.HOURS.value, words.tr("In so many hours")),
        (Unit.WORKING_DAYS.value, words.tr("In so many working days")),
        (Unit.MOMENT.value, words.tr("On a day")),
        (Unit.NONE.value, words.tr("No day was named")),
    ]
    if country.upper() == "FR":
        rows.insert(3, (Unit.WORKABLE_DAYS.value, words.tr("In so many working days, Saturdays counted")))
    return rows


def about_choices(
    tickets: Sequence[Ticket], bills: Sequence[Bill], lines: Sequence[Line], words: Words
) -> list[tuple[str, str]]:
    """What a contact may be about: as "kind/id". Tickets first, the open ones before the others."""
    rows = [("", words.tr("Nothing in particular"))]
    ordered = sorted(tickets, key=lambda t: not t.is_open)
    rows += [
        (f"TroubleTicket/{t.id}", words.tr("Ticket {id}: {title}.", id=t.id, title=t.title).rstrip("."))
        for t in ordered
        if not t.id.startswith("waiting:")
    ]
    rows += [(f"CustomerBill/{b.id}", words.tr("Bill {number}", number=b.number)) for b in bills]
    for line in lines:
        rows.append((f"Product/{line.id}", line.number or line.name))
        rows += [(f"Product/{option.id}", option.name) for option in line.options]
    rows.append(("Leaving/", words.tr("Leaving")))
    rows.append(("Holder/", words.tr("Change of holder")))
    return rows


def about_from(value: str, before: Sequence[EntityRef] = ()) -> tuple[EntityRef, ...]:
    """What was chosen there; the entry of the operator's log that the note names stays named."""
    kind, _, own_id = value.partition("/")
    logged = tuple(ref for ref in before if ref.role == LOGGED)
    return (*((EntityRef(kind, own_id, "about"),) if kind else ()), *logged)


def about_value(refs: Sequence[EntityRef]) -> str:
    """What stands chosen for a note that is opened again."""
    return next((f"{ref.kind}/{ref.id}" for ref in refs if ref.role != LOGGED), "")


def refusal(what: str, words: Words) -> str:
    """Why a note is not kept as it stands (case.notebook.BadNote)."""
    return {
        "negative": words.tr("It ends before it begins. Please correct one of the two."),
        "long": words.tr("It lasts more than a day. Was it left running? Please correct its end."),
        "future": words.tr("It lies in the future. Please correct the day or the time."),
        "transfers": words.tr("Nobody can be passed on less than never."),
        "empty": words.tr("Nothing is noted yet: write with whom, what was said, or how long it took."),
        "many": words.tr("So many are kept already. Take some away first."),
    }.get(what, words.tr("Its day and time cannot be read."))


def is_empty(noted: Noted, promised: str, files: int) -> bool:
    """Nothing is written of a contact, and it took no minute: it tells nothing, and would be counted."""
    is_written = noted.agent or noted.said or noted.reference or noted.transfers or noted.about or promised or files
    return not is_written and noted.length < timedelta(minutes=1)


def throwing_away(noted: Noted, promises: int, files: int, words: Words) -> LossView | None:
    """The question before a note goes for good, with what goes along; None where there is nothing to lose."""
    if not (noted.agent or noted.said or noted.reference or promises or files):
        return None
    facts = [FactView(words.tr("With whom"), noted.agent)] if noted.agent else []
    if noted.said:
        facts.append(FactView(words.tr("What was said"), noted.said))
    if promises:
        count = words.trn("{count} promise", "{count} promises", promises)
        facts.append(FactView(words.tr("Promised in it"), count))
    if files:
        facts.append(FactView(words.tr("Attached"), words.trn("{count} file", "{count} files", files)))
    return LossView(
        words.tr("Throw this note away?"),
        words.tr("It goes for good, with everything that belongs to it."),
        tuple(facts),
        words.tr("Throw it away"),
        words.tr("Keep the note"),
    )


def left_out_text(left: Sequence[LeftOut], most: int, words: Words) -> str:
    """Which files were not put to a contact, each with why; `most` is how many MB one may have."""
    size = words.number(most)
    said = {
        "large": lambda name: words.tr("“{name}” was not attached: a file may have {size} MB.", name=name, size=size),
        "unread": lambda name: words.tr("“{name}” was not attached: it could not be read.", name=name),
        "unkept": lambda name: words.tr("“{name}” was not attached: the disk refused to write.", name=name),
    }
    return " ".join(said[one.why](one.name) for one in left)


def kept_notice(left: Sequence[LeftOut], most: int, words: Words) -> Notice:
    """That a contact was kept, and what was not put to it."""
    said = left_out_text(left, most, words)
    return Notice(words.tr("Kept in your case file."), said, "warn" if said else "good", stays=True)


def finishing_keys(words: Words, *, is_running: bool) -> str:
    """Which keys end the note."""
    if is_running:
        return words.tr("Ctrl+Enter: it is over, keep it. Esc: put it aside while it goes on.")
    return words.tr("Ctrl+Enter keeps it.")


def clock_text(seconds: int) -> str:
    """A running length: 0:07, 12:31, 1:02:09."""
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
