"""The parts that the pages of the leaving wizard are made of, and where one is among them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from selfcare.domain.commands import Command
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.countries import fr
from selfcare.leaving.facts import Asked
from selfcare.leaving.way import Route, StepKind, StepState
from selfcare.leaving.wizard import Screen, screens

from .facts import ConfirmView, FactView, TagView
from .handsets import UnlockView
from .leaving import LineChoice, StepView
from .leaving_cost import CostView
from .leaving_material import Case
from .leaving_words import RuleView, code_name, scheme_of
from .notice import Notice


class ChoiceView(Struct, frozen=True):
    """One of several answers; `key` is what is answered."""

    key: str
    label: str
    text: str
    is_chosen: bool


class TickView(Struct, frozen=True):
    """Something to tick: `question` is what it answers."""

    question: str
    label: str
    text: str
    is_on: bool


class PickView(Struct, frozen=True):
    """One answer of a short list, not answered at first; `options` are keys with their words."""

    question: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


class AmountView(Struct, frozen=True):
    """A number to answer, with a unit where there are several; None is not answered. `most` is the largest one."""

    question: str
    label: str
    amount: int | None
    most: int
    units: tuple[tuple[str, str], ...] = ()
    unit: str = ""


class DateView(Struct, frozen=True):
    """A day to answer that may stay unanswered."""

    question: str
    label: str
    day: date | None
    last: date


class SumView(Struct, frozen=True):
    """An amount of money to answer, as it is typed, and what is wrong with it."""

    question: str
    label: str
    typed: str
    problem: str


class ExactRow(Struct, frozen=True):
    """One question, with where its answer stands and the rule that makes it matter."""

    ask: PickView | SumView
    note: str
    rules: tuple[RuleView, ...] = ()


class ExactView(Struct, frozen=True):
    """All questions of a contract, folded away unless one is answered."""

    title: str
    hide: str
    rows: tuple[ExactRow, ...]
    is_open: bool


class ActionView(Struct, frozen=True):
    """Something that may be done here: a request to the operator, or a way to another page. `why_not` says why a
    button is not offered now; `question` is asked with its facts before the request goes out; `unlock` is one with a
    note to the operator; `answer` is a question of the plan with the answer that the button gives."""

    label: str
    command: Command | None = None
    target: str = ""
    why_not: str = ""
    question: ConfirmView | None = None
    unlock: UnlockView | None = None
    answer: tuple[str, str] | None = None


class CodeView(Struct, frozen=True):
    """A code that is here: shown large, copied by a button, with its life. `spoken` is read out letter by letter.

    One that `is_over` has expired: it stands small, and nothing copies it.
    """

    scheme: str
    code: str
    life: str
    spoken: str
    is_over: bool = False


class EntryView(Struct, frozen=True):
    """A field to type a code into, and what is wrong with what stands in it."""

    label: str
    value: str
    problem: str


class DayView(Struct, frozen=True):
    """A day to choose between the first and the last possible one; `day` is None as long as others have not named it.

    `offers_first`: the first possible day is a choice of its own.
    """

    label: str
    day: date | None
    first: date
    last: date
    said: str
    offers_first: bool = True


class TogetherView(Struct, frozen=True):
    """Several lines that leave together: each with its day, its way and its cost; then all of it; then what to know."""

    title: str
    rows: tuple[FactView, ...]
    notes: tuple[str, ...]


class PlaceView(Struct, frozen=True):
    """One page of the wizard in the list at the side: its name, and "done", "seen", "now" or "later"."""

    name: str
    state: str
    said: str


class ScreenView(Struct, frozen=True):
    """One page of the wizard. Empty parts are not shown. `missing` is why one cannot go on yet.

    `kept` says what becomes of the answers. `command` is what the button sends, exactly as the page shows it; None
    where it sends nothing; `also` is the same for lines that leave together with this one.
    """

    screen: str
    place: str
    title: str
    text: str
    places: tuple[PlaceView, ...]
    lines: tuple[LineChoice, ...] = ()
    choices: tuple[ChoiceView, ...] = ()
    facts: tuple[FactView, ...] = ()
    cautions: tuple[Notice, ...] = ()
    status: TagView | None = None
    status_text: str = ""
    code: CodeView | None = None
    entry: EntryView | None = None
    day: DayView | None = None
    cost: CostView | None = None
    steps: tuple[StepView, ...] = ()
    ticks: tuple[TickView, ...] = ()
    notes: tuple[str, ...] = ()
    picks: tuple[PickView, ...] = ()
    amounts: tuple[AmountView, ...] = ()
    dates: tuple[DateView, ...] = ()
    sums: tuple[SumView, ...] = ()
    exact: ExactView | None = None
    command: Command | None = None
    also: tuple[Command, ...] = ()
    together: TogetherView | None = None
    actions: tuple[ActionView, ...] = ()
    rules: tuple[RuleView, ...] = ()
    missing: str = ""
    forward: str = ""
    may_go_on: bool = True
    kept: str = ""


def screen_name(screen: Screen, case: Case, words: Words) -> str:
    """The short name of a page."""
    return {
        Screen.WAY: words.tr("The whole way"),
        Screen.LINE: words.tr("Line and number"),
        Screen.REASON: words.tr("Your reason"),
        Screen.UNLOCK: words.tr("Unlock"),
        Screen.SAVE: words.tr("Save everything"),
        Screen.CODE: words.tr("The {code}", code=code_name(case, words)),
        Screen.BANK: words.tr("Bank"),
        Screen.DAY: words.tr("The day"),
        Screen.CONFIRM: words.tr("Confirm"),
        Screen.TRACKER: words.tr("Follow it"),
    }[screen]


def places(case: Case, words: Words) -> tuple[PlaceView, ...]:
    """Where one is among the pages."""
    pages = screens(case.facts, case.answers)
    at = pages.index(case.answers.at) if case.answers.at in pages else 0
    found = []
    names = {
        "done": words.tr("done"),
        "seen": words.tr("seen"),
        "now": words.tr("you are here"),
        "later": words.tr("later"),
    }
    for number, page in enumerate(pages):
        passed = "done" if _is_done(page, case) else "seen"
        state = passed if number < at else "now" if number == at else "later"
        said = names[state]
        found.append(PlaceView(screen_name(page, case, words), state, said))
    return tuple(found)


def _is_done(page: Screen, case: Case) -> bool:
    """What the page is about has really happened; passing over a page is only seeing it."""
    facts, answers, way = case.facts, case.answers, case.way
    code, save = way.step(StepKind.CODE), way.step(StepKind.SAVE)
    return {
        Screen.LINE: answers.keep_number is not None,
        Screen.REASON: bool(answers.about.reason) and not answers.is_discreet,
        Screen.UNLOCK: not facts.is_locked,
        Screen.SAVE: save is not None and save.state is StepState.DONE,
        Screen.CODE: code is not None and code.state is StepState.DONE,
        Screen.BANK: (answers.bank_new or way.route.is_notice) and (answers.bank_keep or not facts.has_direct_debit),
        Screen.DAY: answers.day is not None,
        Screen.CONFIRM: answers.confirmed is not None,
    }.get(page, False)


def page_of(case: Case, words: Words, title: str, text: str, **parts: object) -> ScreenView:
    """A page with its place among the others."""
    pages = screens(case.facts, case.answers)
    at = pages.index(case.answers.at) if case.answers.at in pages else 0
    discreet = case.answers.is_discreet
    place = "" if discreet else words.tr("Step {number} of {all}", number=at, all=len(pages) - 2)
    kept = (
        words.tr("Nothing of this plan is saved or sent. Close it, and it is gone.")
        if discreet
        else words.tr("Saved after every answer. You can stop at any time and go on later, offline too.")
    )
    return ScreenView(case.answers.at.value, place, title, text, places(case, words), kept=kept, **parts)  # type: ignore[arg-type]


def code_asked(case: Case) -> Asked | None:
    """The request for the code of this way; none where it was answered by a code that has expired since."""
    asked, life = case.facts.asked_code(scheme_of(case)), case.way.code_dates
    is_over = life is not None and case.material.today > life.dead_after
    return None if asked is not None and asked.done and is_over else asked


ANSWERED_WITHIN = timedelta(hours=24)
"""After so long a code that no rule gives a time for is called late in coming; a RIO comes at once (FR-RIO-01)."""


def is_silent(case: Case) -> bool:
    """A code was asked for, no rule says by when it has to be here, and nothing came for a day."""
    asked = case.facts.asked_code(scheme_of(case))
    if asked is None or not asked.sent or asked.done or asked.refused:
        return False
    if case.way.country.code_due(case.way.ground, asked.at) is not None:
        return False
    return case.material.now - asked.at >= ANSWERED_WITHIN


def code_due(case: Case) -> datetime | None:
    """When the code that was asked for had to be here, where the operator is."""
    asked = case.facts.asked_code(scheme_of(case))
    due = case.way.country.code_due(case.way.ground, asked.at) if asked is not None else None
    return None if due is None else due.astimezone(case.material.zone)


def silent_code_text(case: Case, said: str, words: Words) -> str:
    """What to do where a code was asked for and nothing came."""
    if scheme_of(case) == "RIO":
        ask = words.tr("Nothing has come: call 3179 from this line, free, and the code comes by text at once.")
    else:
        ask = words.tr("Nothing has come: call your operator, or look into your account on its pages.")
    keep = words.tr("Type it in on the page of the code, by “Change the plan”.")
    return words.tr("{said} {ask} {keep}", said=said, ask=ask, keep=keep)


def withdrawal_instead(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The way over to a withdrawal, where it is open and this way costs more (FR-RET-01, UK-CTR-12)."""
    if case.answers.is_discreet or case.way.open_withdrawal is None:
        return ()
    return (ActionView(words.tr("Take the new contract back instead"), answer=("keep", "withdraw")),)


def withdrawal_letter(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The letter of a withdrawal, which proves its day; nothing on another way."""
    if case.way.route is not Route.WITHDRAW:
        return ()
    return (ActionView(words.tr("Write the withdrawal"), target="papers/withdrawal"),)


def silence_text(case: Case, said: str, words: Words) -> str:
    """How a notice stands, and that the operator has named no day where it has not."""
    given = case.facts.notice_given
    if given is None or not given.sent or given.done or given.refused or given.ends is not None:
        return said
    if case.way.route is Route.WITHDRAW:
        return words.tr("{said} Keep the proof of the day on which you withdrew.", said=said)
    silent = words.tr(
        "{said} Your operator has named no day for the end yet. Keep the proof that it received the notice.", said=said
    )
    again = _confirmation(given.at, case, words)
    return words.tr("{first} {second}", first=silent, second=again) if again else silent


CONFIRMATION = "FR-3CL-03"
"""A notice given online is confirmed in writing."""


def awaits_confirmation(case: Case) -> bool:
    """The operator has to confirm this notice in writing and has named no day for its end yet."""
    given = case.facts.notice_given
    if given is None or not given.sent or given.done or given.refused or given.ends is not None:
        return False
    is_ruled = case.rules.find(CONFIRMATION, case.material.today) is not None
    return is_ruled and case.way.route is Route.ONLINE and not case.facts.is_business


def _confirmation(sent: datetime, case: Case, words: Words) -> str:
    """When to ask again for the written confirmation of a notice given online; empty elsewhere."""
    today = case.material.today
    if not awaits_confirmation(case):
        return ""
    day = fr.confirmation_recalled(sent.astimezone(case.material.zone).date(), case.way.calendar)
    if day <= today:
        return words.tr("It has to confirm the notice in writing: ask for it now.")
    return words.tr(
        "It has to confirm the notice in writing: if nothing is here by {day}, ask for it.", day=words.day(day, today)
    )
