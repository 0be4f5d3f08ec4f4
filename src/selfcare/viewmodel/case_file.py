"""The customer's own memory: who was spoken to, for how long, what was sent, and what became of every promise."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.contacts import Totals, totals_of, without_service
from selfcare.case.notebook import DeadTime, Notebook
from selfcare.case.promises import Promise, PromiseState, Record, promises_from, record_of, undated
from selfcare.domain.appointments import Appointment
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.freshness import Freshness
from selfcare.domain.orders import Order
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting
from selfcare.i18n import Words
from selfcare.leaving.ladder import Whose
from selfcare.leaving.rules import Rules

from .ages import Absence, Known, absence_of, known_of
from .case_entries import EntryView, entries_of
from .case_ladder import LadderView, ladder_view
from .case_pairs import told_of
from .case_promised import taken_in
from .case_promises import PromiseRow, in_order, promise_row, record_sentence, settled_rows, undated_row
from .clocks import zone_note
from .facts import Tone, freshness_of

MOST_PROMISES = 200
"""Promises that are said on the page, the missed ones first; all are counted, and the dossier lists every one."""


def shown_promises(promises: tuple[Promise, ...]) -> tuple[Promise, ...]:
    """Those that are said on the page, in order; where there are too many, the open ones have their place first."""
    ordered = in_order(promises)
    room, shown = MOST_PROMISES - sum(p.state is PromiseState.OPEN for p in ordered), []
    for promise in ordered:
        if promise.state is not PromiseState.OPEN:
            room -= 1
            if room < 0:
                continue
        shown.append(promise)
    return tuple(shown[:MOST_PROMISES])


class TotalView(Struct, frozen=True):
    """One figure that nobody can contradict, and what it counts."""

    figure: str
    label: str
    tone: Tone = Tone.QUIET


class CaseFileView(Struct, frozen=True):
    """The page. `running` is the contact that is being noted right now, "" if none."""

    title: str
    subtitle: str
    totals: tuple[TotalView, ...]
    promises: tuple[PromiseRow, ...]
    no_promises: str
    record: str
    entries: tuple[EntryView, ...]
    absence: Absence | None
    ladder: LadderView | None
    running: str = ""


class CaseFacts(Struct, frozen=True):
    """Everything the page needs from the store. `spells` are the times without service noted on the way out, `nation`
    is the working-day calendar of where the customer lives, "" where that is not known; `is_elsewhere`: this computer's
    clock shows another hour than the operator's. `service_ids` are those of the customer's lines."""

    zone: ZoneInfo
    contacts: tuple[Contact, ...] = ()
    messages: tuple[Message, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    orders: tuple[Order, ...] = ()
    problems: tuple[Problem, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    notebook: Notebook = Notebook()
    waiting: tuple[Waiting, ...] = ()
    operator: str = ""
    country: str = ""
    rules: Rules | None = None
    is_business: bool = False
    spells: tuple[DeadTime, ...] = ()
    nation: str = ""
    is_elsewhere: bool = False
    appointments: tuple[Appointment, ...] = ()
    service_ids: frozenset[str] = frozenset()

    @property
    def whose(self) -> Whose:
        """Who complains, for the way up."""
        return Whose(self.is_business, self.nation)

    def promises(self, now: datetime) -> tuple[Promise, ...]:
        """Every promise that these facts tell of."""
        return promises_from(
            self.tickets, self.orders, self.problems, now, self.notebook, self.zone, self.appointments, self.service_ids
        )

    @property
    def all_spells(self) -> tuple[DeadTime, ...]:
        """Every time without service that the customer noted, here or on the way out."""
        return (*self.notebook.without_service, *self.spells)


def case_file_view(facts: CaseFacts, words: Words, today: date, now: datetime) -> CaseFileView:
    """The whole page from what the store holds."""
    log = absence_of(freshness_of(Topic.CONTACTS, facts.freshness), "", words)
    promises = facts.promises(now)
    told = told_of(facts.notebook.contacts, facts.contacts, facts.waiting)
    entries = entries_of(
        told,
        facts.messages,
        facts.waiting,
        words,
        today,
        facts.zone,
        has_log=log.kind != "notOffered",
        taken=taken_in(facts.notebook.words),
    )
    missing = None
    if not entries:
        missing = absence_of(
            freshness_of(Topic.CONTACTS, facts.freshness),
            words.tr("No contacts noted"),
            words,
            words.tr("Your operator lists no call, visit or message of yours."),
        )
        if missing.kind == "notOffered":
            advice = words.tr(
                "Your operator keeps no log for you to see. Note your calls, visits and letters yourself: nothing here "
                "needs your operator."
            )
            missing = replace(missing, text=advice)
    silent = without_service(facts.tickets, facts.problems, now, facts.all_spells)
    record = record_of(promises, now)
    running = facts.notebook.running
    rows = [promise_row(p, words, today, now, facts.zone) for p in shown_promises(promises)]
    rows += [undated_row(word, words, today, now, facts.zone) for word in undated(facts.notebook)]
    rows += settled_rows(facts.notebook, words, today, facts.zone)
    return CaseFileView(
        title=words.tr("Case file"),
        subtitle=_subtitle(facts, words),
        totals=_totals(
            totals_of(told, silent),
            record,
            words,
            are_contacts_known=log.kind == "nothing" or bool(told),
            are_promises_known=bool(promises) or known_of((Topic.TICKETS,), facts.freshness) is Known.NONE,
        ),
        promises=tuple(rows),
        no_promises=_no_promises(facts, words),
        record=record_sentence(record, facts.operator or words.tr("Your operator"), words),
        entries=entries,
        absence=missing,
        ladder=ladder_view(facts.notebook.complaint, facts.country, facts.rules, words, today, facts.whose),
        running=running.id if running is not None else "",
    )


def _subtitle(facts: CaseFacts, words: Words) -> str:
    said = words.tr("Who said what, when, and what became of it.")
    note = zone_note(facts.zone, words) if facts.is_elsewhere else ""
    return words.tr("{first} {second}", first=said, second=note) if note else said


def _no_promises(facts: CaseFacts, words: Words) -> str:
    """Why no promise is shown: not offered, never read and really none are different sentences."""
    match known_of((Topic.TICKETS, Topic.ORDERS, Topic.PROBLEMS), facts.freshness):
        case Known.NOT_OFFERED:
            return words.tr(
                "Your operator offers nothing here that states a promise. That does not mean that none was made."
            )
        case Known.UNREAD:
            return words.tr("Not everything that may state a promise has been read yet.")
        case Known.PARTLY:
            return words.tr("No promise with a date is known. Your operator does not offer all that may state one.")
    return words.tr("No promise with a date is known.")


def _totals(
    contacts: Totals, record: Record, words: Words, *, are_contacts_known: bool, are_promises_known: bool
) -> tuple[TotalView, ...]:
    """What can be counted. Contacts or promises that the operator does not list are not none, so they are not counted
    as none."""
    number, spent = words.number, contacts.spent
    found: list[TotalView] = []
    if are_contacts_known:
        found += [
            TotalView(number(contacts.contacts), contacts_word(contacts.contacts, words)),
            TotalView(words.length(spent) if spent else number(0), words.tr("on the phone, in shops, in chats")),
            TotalView(number(contacts.people), people_word(contacts.people, words)),
        ]
    if are_promises_known:
        kept, missed, still = record.kept, record.missed, record.open
        not_kept = words.trn("promise missed", "promises missed", missed)
        found += [
            TotalView(number(missed), not_kept, Tone.BAD if missed else Tone.QUIET),
            TotalView(
                number(kept), words.trn("promise kept", "promises kept", kept), Tone.GOOD if kept else Tone.QUIET
            ),
            TotalView(number(still), words.trn("promise open", "promises open", still)),
        ]
    if contacts.silent > timedelta():
        found.append(TotalView(*silent_figure(contacts.silent, words), Tone.BAD))
    passed = contacts.transfers
    if are_contacts_known and passed:
        found.append(TotalView(number(passed), words.trn("time passed on", "times passed on", passed), Tone.WARN))
    if are_contacts_known and contacts.sales:
        sold = contacts.sales
        found.append(TotalView(number(sold), words.trn("sales call", "sales calls", sold), Tone.WARN))
    return tuple(found)


def contacts_word(count: int, words: Words) -> str:
    """What stands below the number of contacts."""
    return words.trn("contact", "contacts", count)


def people_word(count: int, words: Words) -> str:
    """What stands below the number of people."""
    return words.trn("person spoken to, by name", "people spoken to, by name", count)


def silent_figure(silent: timedelta, words: Words) -> tuple[str, str]:
    """How long there was no service, in whole hours, and what stands below; less than one hour is not none."""
    hours = int(silent.total_seconds() // 3600)
    if hours < 1:
        return words.length(silent), words.tr("without service")
    return words.number(hours), words.trn("hour without service", "hours without service", hours)
