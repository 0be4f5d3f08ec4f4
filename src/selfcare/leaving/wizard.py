"""Walks through leaving: which page comes next, what was answered, and what must not be passed over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from selfcare.domain.records import Sealed, replace
from selfcare.domain.workdays import is_working_day

from .choices import YES_NO, Choices, Circumstances, Reason, circumstances_answered
from .codes import CodeProblem, check_typed, is_another
from .facts import LeavingFacts
from .leaning import Leaning, leaning_of
from .mishaps import Mishaps, mishap_answered
from .rules import Rules
from .terms import Terms, terms_answered
from .way import Route, Way, route_of, scheme_of

RECEIPT_MOST = 40
"""So many signs of a receipt's number are kept; a parcel's number has at most 35."""

DEPOSIT_MOST = 16
"""So many signs of a typed amount are kept."""


class Screen(StrEnum):
    """The pages of the wizard, in their order."""

    WAY = "way"
    LINE = "line"
    REASON = "reason"
    UNLOCK = "unlock"
    SAVE = "save"
    CODE = "code"
    BANK = "bank"
    DAY = "day"
    CONFIRM = "confirm"
    TRACKER = "tracker"


class Barrier(StrEnum):
    """Why the next page cannot be opened yet."""

    NO_LINE = "noLine"
    NUMBER_UNANSWERED = "numberUnanswered"
    SAFETY_STOPS = "safetyStops"
    """Nothing is sent from here: a shared account would show it."""
    UNLOCK_NOT_ASKED = "unlockNotAsked"
    CODE_WRONG = "codeWrong"
    BANK_UNANSWERED = "bankUnanswered"
    NOTICE_UNKNOWN = "noticeUnknown"
    DAY_MISSING = "dayMissing"
    DAY_TOO_EARLY = "dayTooEarly"
    DAY_TOO_LATE = "dayTooLate"
    NO_WORKING_DAY = "noWorkingDay"
    UNCONFIRMED = "unconfirmed"


class Answers(Sealed, frozen=True):
    """Everything that was answered for one line. None or "" is "not answered yet"; kept after every answer.

    `typed_code` is a code that came another way (by text) on `typed_day`, the day on which it was typed until something
    else is said; it is a secret like every code. `notice` is the contract's own as the customer read it; `small` says
    that at most ten people work in the firm; `about` is a special reason.
    `receipt` and `receipt_photo` (a file of the customer's, never logged) prove that the box went back, on `returned`.
    `works` is the instant since which the new service works, `is_critical` that an alarm or telecare hangs on the line.
    `deposit` is the amount of a deposit as it was typed; `agreed_rise` the same of the rise that the contract
    named; `prepaid` says that it is a card that is topped up. `others` are lines that leave with this one.
    `mishaps` is what went wrong, `terms` what was read in the contract. `settled` says what the customer has closed,
    each "bill:…", "refund:…", "debit:…", "claimed:…" or "owed:…" with its day. `calendar` is what the calendar files of
    this plan have put into a calendar: each entry's id with its day or instant (ISO). `leaning` is the announced change
    that a confirmed plan rests on.
    """

    line_id: str = ""
    keep_number: bool | None = None
    plain_notice: bool = False
    accept_locked: bool = False
    tested: bool = False
    saved: bool = False
    typed_code: str = ""
    typed_day: date | None = None
    bank_new: bool = False
    bank_keep: bool = False
    day: date | None = None
    confirmed: datetime | None = None
    handed_over: date | None = None
    debit_ended: date | None = None
    nation: str = ""
    at: Screen = Screen.WAY
    resume_at: Screen = Screen.LINE
    withdraw: bool = False
    notice: tuple[int, str] | None = None
    small: bool = False
    about: Circumstances = Circumstances()
    receipt: str = ""
    receipt_photo: str = ""
    returned: date | None = None
    works: datetime | None = None
    is_critical: bool | None = None
    settled: tuple[tuple[str, date], ...] = ()
    mishaps: Mishaps = Mishaps()
    deposit: str = ""
    deposit_paid: date | None = None
    others: tuple[str, ...] = ()
    prepaid: bool = False
    agreed_rise: str = ""
    terms: Terms = Terms()
    calendar: tuple[tuple[str, str], ...] = ()
    leaning: Leaning | None = None
    handed_late: bool = False

    @property
    def is_discreet(self) -> bool:
        """Nothing of these answers may be kept or sent: somebody else looks at the account."""
        return self.about.reason is Reason.SAFETY

    def choices(self) -> Choices:
        """What the way is planned with."""
        return Choices(
            keep_number=self.keep_number is not False,
            plain_notice=self.plain_notice,
            accept_locked=self.accept_locked,
            saved=self.saved,
            day=self.day,
            handed_over=self.handed_over,
            handed_late=self.handed_late,
            nation=self.nation,
            withdraw=self.withdraw,
            notice=self.notice,
            about=self.about,
        )


def screens(facts: LeavingFacts, answers: Answers) -> tuple[Screen, ...]:
    """The pages of this way: nothing to unlock, no unlock page; notice without a code, no code page.

    A discreet plan has no whole way: its steps would ask for a code where everybody on the account sees it.
    """
    if answers.is_discreet:
        return (Screen.LINE, Screen.REASON)
    chosen = [Screen.WAY, Screen.LINE]
    if answers.about.reason:
        chosen.append(Screen.REASON)
    if facts.is_locked or facts.unlock is not None or answers.tested:
        chosen.append(Screen.UNLOCK)
    chosen.append(Screen.SAVE)
    if scheme_of(facts, answers.choices()):
        chosen.append(Screen.CODE)
    chosen += [] if facts.is_unbound else [Screen.BANK]
    ends_itself = facts.is_unbound and route_of(facts, answers.choices()) is Route.NOTICE
    return (*chosen, *(() if ends_itself else (Screen.DAY,)), Screen.CONFIRM, Screen.TRACKER)


def barrier(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Barrier | None:
    """What keeps the customer on the present page, or None. Going back is never barred."""
    match answers.at:
        case Screen.LINE:
            if not answers.line_id:
                return Barrier.NO_LINE
            if answers.is_discreet:
                return None  # no way out is chosen where everybody on the account would see it
            return Barrier.NUMBER_UNANSWERED if answers.keep_number is None else None
        case Screen.REASON:
            return Barrier.SAFETY_STOPS if answers.is_discreet else None
        case Screen.UNLOCK:
            asked = facts.unlock is not None and not facts.unlock.refused
            free = not facts.is_locked or asked or answers.accept_locked
            return None if free else Barrier.UNLOCK_NOT_ASKED
        case Screen.CODE:
            check = check_typed(answers.typed_code, way.scheme, facts.number, facts.carrier)
            good = check.problem in {CodeProblem.NONE, CodeProblem.EMPTY}
            return None if good else Barrier.CODE_WRONG
        case Screen.BANK:
            return None if not facts.has_direct_debit or answers.bank_keep else Barrier.BANK_UNANSWERED
        case Screen.DAY:
            return _day_barrier(facts, answers, way, rules)
        case Screen.CONFIRM:
            if way.is_named_later:
                return Barrier.DAY_MISSING
            return None if answers.confirmed is not None else Barrier.UNCONFIRMED
        case _:
            return None


def _day_barrier(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Barrier | None:
    if way.needs_notice:
        return Barrier.NOTICE_UNKNOWN
    if answers.day is None:
        return Barrier.DAY_MISSING
    if answers.day < way.earliest:
        return Barrier.DAY_TOO_EARLY
    if answers.day > way.latest:
        return Barrier.DAY_TOO_LATE
    calendar = way.calendar or rules.calendar
    if way.going.skips_holidays and calendar and not is_working_day(answers.day, calendar, facts.own_holidays):
        return Barrier.NO_WORKING_DAY
    return None


def ahead(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Answers:
    """The answers on the next page, or unchanged where something bars the way. Arriving at the day suggests one, but
    none where others name it."""
    if barrier(facts, answers, way, rules) is not None:
        return answers
    pages = screens(facts, answers)
    place = _place(pages, answers.at)
    screen = pages[min(place + 1, len(pages) - 1)]
    if screen is Screen.DAY and answers.day is None and not way.needs_notice and not way.is_named_later:
        return replace(answers, at=screen, resume_at=screen, day=way.cut)
    return replace(answers, at=screen, resume_at=screen)


def back(facts: LeavingFacts, answers: Answers) -> Answers:
    """The answers on the page before; what was answered stays. From the tracker one goes to the whole way."""
    pages = screens(facts, answers)
    if answers.at is Screen.TRACKER:
        return replace(answers, at=Screen.WAY)
    return replace(answers, at=pages[max(_place(pages, answers.at) - 1, 0)])


def start(answers: Answers, line_id: str) -> Answers:
    """From the whole way to the question that was reached, or to the tracker where all is confirmed already."""
    if answers.confirmed is not None:
        return replace(answers, at=Screen.TRACKER)
    return replace(answers, line_id=line_id, at=answers.resume_at)


def follow_ended(facts: LeavingFacts, answers: Answers, now: datetime) -> Answers:
    """The tracker of a line that has ended without a plan here: what was ordered tells by which way it left."""
    known = as_it_ended(facts, answers)
    return replace(known, line_id=facts.line_id, bank_keep=True, confirmed=answers.confirmed or now, at=Screen.TRACKER)


def as_it_ended(facts: LeavingFacts, answers: Answers) -> Answers:
    """The answers for a line that has ended, where none were given: a notice on file, or else a move of the number."""
    if facts.line_ended is None or answers.keep_number is not None:
        return answers
    told = facts.notice_given is not None and not facts.notice_given.refused
    return replace(answers, keep_number=not told, plain_notice=told and facts.country != "FR")


def discreetly(answers: Answers) -> Answers:
    """A discreet plan never stands on the whole way, but on its own page; every other one stays where it is."""
    return replace(answers, at=Screen.REASON) if answers.is_discreet and answers.at is Screen.WAY else answers


def look_at_way(answers: Answers) -> Answers:
    """To the whole way on one page; `start` leads back to where one was."""
    here = answers.at if answers.at not in {Screen.WAY, Screen.TRACKER} else answers.resume_at
    return replace(answers, at=Screen.WAY, resume_at=here)


def answer(answers: Answers, question: str, value: str, today: date) -> Answers:
    """One answer put in. Questions that are ticked take "yes" and "". ValueError for a question there is not.

    Whatever changes the way takes a confirmation back: it was given for another plan. Who has to be safe is led to
    what helps at once.
    """
    ticked = value == "yes"
    if question.startswith("with:"):
        return _with_others(answers, question.partition(":")[2].split(","), ticked=ticked)
    if question.startswith("settled:"):
        return _settled(answers, question.partition(":")[2], today if ticked else None)
    if question.startswith("terms:"):
        return replace(answers, terms=terms_answered(answers.terms, question.partition(":")[2], value))
    if question.startswith("mishap:"):
        return replace(answers, mishaps=mishap_answered(answers.mishaps, question.partition(":")[2], value))
    match question:
        case "receipt" | "receiptPhoto" | "works" | "critical":
            return _after_the_end(answers, question, value.strip(), today)
        case "keep":
            keep = value == "keep"
            by_notice, withdraw = value == "notice", value == "withdraw"
            at = Screen.LINE if withdraw else answers.at  # it is offered on later pages, too
            found = replace(answers, keep_number=keep, plain_notice=by_notice, withdraw=withdraw, at=at)
            return replace(found, day=None, confirmed=None)
        case "acceptLocked":
            return replace(answers, accept_locked=ticked, day=None, confirmed=None)
        case "tested":
            return replace(answers, tested=ticked)
        case "saved":
            return replace(answers, saved=ticked)
        case "typedCode":
            came = today if is_another(value, answers.typed_code) else answers.typed_day or today
            return replace(answers, typed_code=value, typed_day=came if value else None)
        case "typedDay":
            return replace(answers, typed_day=min(date.fromisoformat(value), today) if value else None)
        case "bankNew":
            return replace(answers, bank_new=ticked)
        case "bankKeep":
            return replace(answers, bank_keep=ticked)
        case "deposit":
            return replace(answers, deposit=value.strip()[:DEPOSIT_MOST])
        case "agreedRise":
            return replace(answers, agreed_rise=value.strip()[:DEPOSIT_MOST])
        case "depositPaid":
            return replace(answers, deposit_paid=date.fromisoformat(value) if value else None)
        case "day":
            return replace(answers, day=date.fromisoformat(value), confirmed=None)
        case "handedOver":
            return replace(answers, handed_over=today if ticked else None, handed_late=False)
        case "handedLate":
            return replace(answers, handed_late=ticked)
        case "debitEnded":
            return replace(answers, debit_ended=today if ticked else None)
        case "certificate":
            return replace(answers, about=replace(answers.about, sent=today if ticked else None))
        case "prepaid":
            return replace(answers, prepaid=ticked, day=None, confirmed=None)
        case "small":
            return replace(answers, small=ticked, confirmed=None)
        case "notice":
            return replace(answers, notice=read_notice(value), day=None, confirmed=None)
        case _:
            found = replace(
                answers, about=circumstances_answered(answers.about, question, value), day=None, confirmed=None
            )
            return replace(found, at=Screen.REASON) if question == "reason" and found.is_discreet else found


def _with_others(answers: Answers, lines: list[str], *, ticked: bool) -> Answers:
    kept = tuple(line for line in answers.others if line not in lines)
    joined = tuple(line for line in lines if line and line != answers.line_id)
    return replace(answers, others=(*kept, *joined) if ticked else kept, confirmed=None)


def _settled(answers: Answers, key: str, day: date | None) -> Answers:
    others = tuple(entry for entry in answers.settled if entry[0] != key)
    return replace(answers, settled=(*others, (key, day)) if day is not None else others)


def _after_the_end(answers: Answers, question: str, value: str, today: date) -> Answers:
    """An answer of the tracker. ValueError for an instant without its zone."""
    if question == "works":
        moment = datetime.fromisoformat(value) if value else None
        if moment is not None and moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return replace(answers, works=moment)
    if question == "critical":
        return replace(answers, is_critical=YES_NO.get(value))
    if question == "receipt":
        answers = replace(answers, receipt=value[:RECEIPT_MOST])
    else:
        answers = replace(answers, receipt_photo=value)
    proven = bool(answers.receipt or answers.receipt_photo)
    return replace(answers, returned=(answers.returned or today) if proven else None)


def read_notice(typed: str) -> tuple[int, str] | None:
    """A notice as it is answered, "30 day" or "1 month"; None for anything else, or for more than ten years."""
    amount, _, unit = typed.strip().partition(" ")
    most = {"day": 3660, "month": 120}.get(unit)
    if most is None or not amount.isdecimal() or not amount.isascii() or int(amount) > most:
        return None
    return int(amount), unit


def may_use_code(facts: LeavingFacts, answers: Answers) -> bool:
    """The code may be asked for and handed over: no locked handset stands in the way, or that is accepted."""
    return not facts.is_locked or answers.accept_locked


def confirm(answers: Answers, now: datetime, way: Way) -> Answers:
    """The one confirmation; on the port route nothing is ended by it, the plan is recorded with what it rests on."""
    return replace(answers, confirmed=now, at=Screen.TRACKER, leaning=leaning_of(way))


def reopen(answers: Answers) -> Answers:
    """Change the plan again: the confirmation is taken back, every answer stays. It rests on what is listed then."""
    return replace(answers, confirmed=None, at=Screen.WAY, resume_at=Screen.LINE, leaning=None)


def ended(answers: Answers) -> Answers:
    """Nothing is planned any more. What stands in a calendar is remembered, so that it can be cancelled there."""
    return Answers(answers.line_id, calendar=answers.calendar)


def _place(pages: tuple[Screen, ...], screen: Screen) -> int:
    """Where a page is; one that this way does not have counts as the nearest before it."""
    order = list(Screen)
    places = [i for i, page in enumerate(pages) if order.index(page) <= order.index(screen)]
    return places[-1] if places else 0
