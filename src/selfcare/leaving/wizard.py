"""Walks through leaving: which page comes next, what was answered, and what must not be passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from selfcare.domain.records import Sealed, Struct, replace

from .choices import Choices
from .codes import CodeProblem, check_typed
from .facts import LeavingFacts
from .rules import Rules
from .way import Way, scheme_of
from .workdays import is_working_day


class Screen(StrEnum):
    """The pages of the wizard, in their order."""

    WAY = "way"
    LINE = "line"
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
    UNLOCK_NOT_ASKED = "unlockNotAsked"
    CODE_WRONG = "codeWrong"
    BANK_UNANSWERED = "bankUnanswered"
    DAY_MISSING = "dayMissing"
    DAY_TOO_EARLY = "dayTooEarly"
    DAY_TOO_LATE = "dayTooLate"
    NO_WORKING_DAY = "noWorkingDay"
    UNCONFIRMED = "unconfirmed"


class Answers(Sealed, frozen=True):
    """Everything that was answered for one line. None or "" is "not answered yet"; kept after every answer.

    `typed_code` is a code that came another way (by text); it is a secret like every code.
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

    def choices(self) -> Choices:
        """What the way is planned with."""
        return Choices(
            keep_number=self.keep_number is not False,
            plain_notice=self.plain_notice,
            accept_locked=self.accept_locked,
            saved=self.saved,
            day=self.day,
            handed_over=self.handed_over,
            nation=self.nation,
        )


def screens(facts: LeavingFacts, answers: Answers) -> tuple[Screen, ...]:
    """The pages of this way: nothing to unlock, no unlock page; notice without a code, no code page."""
    chosen = [Screen.WAY, Screen.LINE]
    if facts.is_locked or facts.unlock is not None:
        chosen.append(Screen.UNLOCK)
    chosen.append(Screen.SAVE)
    if scheme_of(facts, answers.choices()):
        chosen.append(Screen.CODE)
    return (*chosen, Screen.BANK, Screen.DAY, Screen.CONFIRM, Screen.TRACKER)


def barrier(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Barrier | None:
    """What keeps the customer on the present page, or None. Going back is never barred."""
    match answers.at:
        case Screen.LINE:
            if not answers.line_id:
                return Barrier.NO_LINE
            return Barrier.NUMBER_UNANSWERED if answers.keep_number is None else None
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
            return None if answers.confirmed is not None else Barrier.UNCONFIRMED
        case _:
            return None


def _day_barrier(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Barrier | None:
    if answers.day is None:
        return Barrier.DAY_MISSING
    if answers.day < way.earliest:
        return Barrier.DAY_TOO_EARLY
    if answers.day > way.latest:
        return Barrier.DAY_TOO_LATE
    calendar = way.calendar or rules.calendar
    if way.route.is_move and calendar and not is_working_day(answers.day, calendar, facts.own_holidays):
        return Barrier.NO_WORKING_DAY
    return None


def ahead(facts: LeavingFacts, answers: Answers, way: Way, rules: Rules) -> Answers:
    """The answers on the next page, or unchanged where something bars the way. Arriving at the day suggests one."""
    if barrier(facts, answers, way, rules) is not None:
        return answers
    pages = screens(facts, answers)
    place = _place(pages, answers.at)
    screen = pages[min(place + 1, len(pages) - 1)]
    if screen is Screen.DAY and answers.day is None:
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


def look_at_way(answers: Answers) -> Answers:
    """To the whole way on one page; `start` leads back to where one was."""
    here = answers.at if answers.at not in {Screen.WAY, Screen.TRACKER} else answers.resume_at
    return replace(answers, at=Screen.WAY, resume_at=here)


def answer(answers: Answers, question: str, value: str, today: date) -> Answers:
    """One answer put in. Questions that are ticked take "yes" and "". ValueError for a question there is not.

    Whatever changes the way takes a confirmation back: it was given for another plan.
    """
    ticked = value == "yes"
    match question:
        case "keep":
            keep = value == "keep"
            return replace(answers, keep_number=keep, plain_notice=value == "notice", day=None, confirmed=None)
        case "acceptLocked":
            return replace(answers, accept_locked=ticked, day=None, confirmed=None)
        case "tested":
            return replace(answers, tested=ticked)
        case "saved":
            return replace(answers, saved=ticked)
        case "typedCode":
            return replace(answers, typed_code=value, typed_day=today if value else None)
        case "bankNew":
            return replace(answers, bank_new=ticked)
        case "bankKeep":
            return replace(answers, bank_keep=ticked)
        case "day":
            return replace(answers, day=date.fromisoformat(value), confirmed=None)
        case "handedOver":
            return replace(answers, handed_over=today if ticked else None)
        case "debitEnded":
            return replace(answers, debit_ended=today if ticked else None)
        case _:
            raise ValueError(question)


def may_use_code(facts: LeavingFacts, answers: Answers) -> bool:
    """The code may be asked for and handed over: no locked handset stands in the way, or that is accepted."""
    return not facts.is_locked or answers.accept_locked


def confirm(answers: Answers, now: datetime) -> Answers:
    """The one confirmation; on the port route nothing is ended by it, the plan is recorded."""
    return replace(answers, confirmed=now, at=Screen.TRACKER)


def reopen(answers: Answers) -> Answers:
    """Change the plan again: the confirmation is taken back, every answer stays."""
    return replace(answers, confirmed=None, at=Screen.WAY, resume_at=Screen.LINE)


def _place(pages: tuple[Screen, ...], screen: Screen) -> int:
    """Where a page is; one that this way does not have counts as the nearest before it."""
    order = list(Screen)
    places = [i for i, page in enumerate(pages) if order.index(page) <= order.index(screen)]
    return places[-1] if places else 0


class Plans(Struct, frozen=True):
    """The plans of all lines, one per line, and the line looked at last."""

    current: str = ""
    answers: Mapping[str, Answers] | None = None

    def of(self, line_id: str) -> Answers:
        """The answers for a line; empty ones where nobody has begun."""
        return (self.answers or {}).get(line_id, Answers(line_id=line_id))

    def with_answers(self, answers: Answers) -> Plans:
        """The same plans with one line's answers replaced."""
        return Plans(answers.line_id, {**(self.answers or {}), answers.line_id: answers})


DRAFT_KEY = "leaving"
"""Under which the plans are kept in the vault."""


def plans_to_bytes(plans: Plans) -> bytes:
    """The plans as they are kept: JSON, readable by every later version."""
    lines = {line: _document(answers) for line, answers in (plans.answers or {}).items()}
    return json.dumps({"version": 1, "current": plans.current, "lines": lines}, sort_keys=True).encode()


def plans_from_bytes(kept: bytes | None) -> Plans:
    """The plans as kept; empty ones where there is nothing or nothing readable: a draft is never worth a failure."""
    if not kept:
        return Plans()
    try:
        document: dict[str, Any] = json.loads(kept)
        lines = {str(line): _answers(str(line), entry) for line, entry in document["lines"].items()}
        return Plans(str(document.get("current", "")), lines)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Plans()


def _document(answers: Answers) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in Answers.__struct_fields__:
        value = getattr(answers, name)
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _answers(line_id: str, entry: dict[str, Any]) -> Answers:
    confirmed = entry.get("confirmed")
    keep = entry.get("keep_number")
    return Answers(
        line_id=line_id,
        keep_number=keep if isinstance(keep, bool) else None,
        plain_notice=entry.get("plain_notice") is True,
        accept_locked=entry.get("accept_locked") is True,
        tested=entry.get("tested") is True,
        saved=entry.get("saved") is True,
        typed_code=str(entry.get("typed_code") or ""),
        typed_day=_date(entry.get("typed_day")),
        bank_new=entry.get("bank_new") is True,
        bank_keep=entry.get("bank_keep") is True,
        day=_date(entry.get("day")),
        confirmed=datetime.fromisoformat(confirmed) if confirmed else None,
        handed_over=_date(entry.get("handed_over")),
        debit_ended=_date(entry.get("debit_ended")),
        nation=str(entry.get("nation") or ""),
        at=Screen(entry.get("at", Screen.WAY)),
        resume_at=Screen(entry.get("resume_at", Screen.LINE)),
    )


def _date(raw: Any) -> date | None:
    return date.fromisoformat(raw) if raw else None
