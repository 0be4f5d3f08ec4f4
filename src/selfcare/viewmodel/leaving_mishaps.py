"""What is said of what went wrong on the way out: the sum with its rule, its last day, and the letter that asks."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.claims import Claimant, ClaimOf, Figure
from selfcare.leaving.countries.us import port_is_simple
from selfcare.leaving.deposits import read_amount
from selfcare.leaving.mishaps import Compensation, compensations
from selfcare.leaving.reach import who_of
from selfcare.leaving.tracker import is_withdrawn
from selfcare.leaving.visits import lost_visits
from selfcare.leaving.way import Route

from .appointments import window_text
from .facts import TagView, Tone
from .leaving_clock import ClockView, clock_view
from .leaving_material import Case
from .leaving_parts import ActionView, AmountView, DateView, PickView, SumView, TickView
from .leaving_words import RuleView, rule_views
from .letter_facts import LetterKind, LetterMatter

_LETTERS = {
    ClaimOf.LATE_PORT: LetterKind.LATE_PORT,
    ClaimOf.MISSED_VISIT: LetterKind.MISSED_VISIT,
    ClaimOf.LATE_REPAIR: LetterKind.LATE_REPAIR,
    ClaimOf.LATE_START: LetterKind.LATE_START,
    ClaimOf.LOST_NUMBER: LetterKind.LOST_NUMBER,
}
_ALSO = {"GB": "UK-AC-04", "FR": "FR-CMP-04"}
"""The rule that says when such a sum is paid."""


class MishapView(Struct, frozen=True):
    """One thing that went wrong: what may be changed, what is owed, and what may be done about it.

    `said` are sentences; `drop` is what is answered to take it away, "" for a time without service (the clock's).
    """

    key: str
    title: str
    said: tuple[str, ...]
    rules: tuple[RuleView, ...]
    is_open: bool
    tag: TagView | None = None
    picks: tuple[PickView, ...] = ()
    dates: tuple[DateView, ...] = ()
    amounts: tuple[AmountView, ...] = ()
    sums: tuple[SumView, ...] = ()
    ticks: tuple[TickView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    drop: str = ""


class MishapsView(Struct, frozen=True):
    """The part of the tracker about what went wrong: what may be told, what was, and the clock of hours."""

    title: str
    text: str
    add: PickView
    items: tuple[MishapView, ...]
    clock: ClockView

    @property
    def first_open(self) -> MishapView | None:
        """What is still to be asked for or paid, the first told."""
        return next((item for item in self.items if item.is_open), None)


def mishaps_view(case: Case, words: Words) -> MishapsView | None:
    """What went wrong with a plan that is followed; None for a discreet one, and where the line goes on."""
    if case.answers.is_discreet or is_withdrawn(case.facts, case.answers, case.way):
        return None
    found = owed_to(case)
    return MishapsView(
        title=words.tr("If something goes wrong"),
        text=words.tr(
            "Say here what went wrong; a dash is “not yet”. It is kept with your plan, with what you are owed."
        ),
        add=PickView("mishap:add", words.tr("What went wrong?"), _kinds(case, words), ""),
        items=tuple(_item(owed, case, words) for owed in found),
        clock=clock_view(case, words, has_sum=any(c.spell and c.owed.figure is Figure.KNOWN for c in found)),
    )


def owed_to(case: Case) -> tuple[Compensation, ...]:
    """What is owed to this customer by now, everything that went wrong in order."""
    settled = dict(case.answers.settled)
    claimed = {key.partition(":")[2]: day for key, day in settled.items() if key.startswith("claimed:")}
    now = case.material.now.astimezone(case.material.zone)
    currency = case.way.ground.currency
    return compensations(case.answers.mishaps, claimant_of(case), case.rules, now, claimed, currency)


def claimant_of(case: Case) -> Claimant:
    """Whose trouble it is; the operator that is left answers unless the customer says that it is the new one."""
    facts = case.facts
    return Claimant(
        who=who_of(facts.access, is_business=facts.is_business, is_small=facts.small is True),
        monthly=facts.monthly,
        provider=case.material.profile.name,
        calendar=case.answers.nation or case.way.calendar,
        switched=not case.way.route.is_notice,
        is_mobile=facts.access is Access.MOBILE,
        is_simple=port_is_simple(facts.contract_lines, is_complex=facts.is_business),
    )


def claim_matter(case: Case, key: str) -> tuple[LetterKind, LetterMatter] | None:
    """The letter about one thing that went wrong, filled in as far as the customer told it; None where there is none.

    An amount is written in only where a rule sets it.
    """
    found = next((c for c in owed_to(case) if c.key == key), None)
    if found is None:
        return None
    known = found.owed.figure is Figure.KNOWN and found.owed.is_owed and not found.owed.is_old_rate
    matter = LetterMatter(
        due=found.due,
        done=found.done,
        amount=found.owed.amount if known else None,
        lasts=found.done is None and found.of is not ClaimOf.LOST_NUMBER,
        hours_ahead=found.hours_ahead,
        by_new=found.by_new,
        count=found.owed.days if known else 0,
        each=found.owed.each if known else None,
    )
    return _LETTERS[found.of], matter


def mishap_name(of: ClaimOf, words: Words) -> str:
    """What went wrong, in words."""
    return {
        ClaimOf.LATE_PORT: words.tr("The number moves late"),
        ClaimOf.MISSED_VISIT: words.tr("The technician did not come"),
        ClaimOf.LATE_REPAIR: words.tr("No service, repaired late"),
        ClaimOf.LATE_START: words.tr("The new service starts late"),
        ClaimOf.LOST_NUMBER: words.tr("The number is lost"),
    }[of]


def _kinds(case: Case, words: Words) -> tuple[tuple[str, str], ...]:
    """What can go wrong on this way, each with the day it is about unless the customer changes it."""
    moves = case.way.route in {Route.PORT, Route.FIXED_SWITCH}
    kinds = [ClaimOf.LATE_PORT] if moves or case.way.route is Route.STAC else []
    kinds += [ClaimOf.LOST_NUMBER] if moves and case.facts.number else []
    visited = case.facts.access is not Access.MOBILE
    kinds += [ClaimOf.MISSED_VISIT] if visited else []
    kinds.append(ClaimOf.LATE_START)
    day = min(case.way.cut, case.material.today).isoformat()
    return (
        ("", words.tr("choose")),
        *(_visits(case, words) if visited else ()),
        *((f"{of.value} {day}", mishap_name(of, words)) for of in kinds),
    )


def _visits(case: Case, words: Words) -> tuple[tuple[str, str], ...]:
    """The visits that the operator's own appointments show as missed or called off late, filled in from there; not
    those of a day that was told already."""
    material = case.material
    told = {one.due for one in case.answers.mishaps.told if one.of is ClaimOf.MISSED_VISIT}
    found: list[tuple[str, str]] = []
    for visit in lost_visits(material.visits_of(case.facts), material.now, material.zone):
        if visit.day in told:
            continue
        when = window_text(visit.window, words, material.zone, material.today)
        said = words.tr("The technician did not come: {when}", when=when)
        if visit.hours_ahead is not None:
            said = words.tr("The visit was called off shortly before: {when}", when=when)
        found.append((visit.told, said))
    return tuple(found)


def _item(found: Compensation, case: Case, words: Words) -> MishapView:
    settled, owed = dict(case.answers.settled), found.owed
    paid = settled.get(f"owed:{found.key}")
    ticks = []
    if owed.is_owed:
        if owed.must_claim or f"claimed:{found.key}" in settled:
            ticks.append(_tick(f"claimed:{found.key}", words.tr("I have asked for it"), settled))
        ticks.append(_tick(f"owed:{found.key}", words.tr("The money is here"), settled))
    letter = ActionView(words.tr("Write the claim"), target=f"papers/{_LETTERS[found.of].value}/{found.key}")
    title = mishap_name(found.of, words)
    if found.spell is not None:
        since = words.instant(found.spell.began, case.material.zone, case.material.today)
        title = words.tr("No service since {moment}", moment=since)
    told = found.spell is None
    return MishapView(
        key=found.key,
        title=title,
        said=_said(found, case, words, paid),
        rules=_rules(found, case, words),
        is_open=owed.is_owed and paid is None,
        tag=_tag(found, case, words),
        picks=(_by(found, case, words),) if told and found.of is not ClaimOf.LATE_START else (),
        dates=_dates(found, case, words) if told else (),
        amounts=(*_hours(found, words), *_card_days(found, case, words)) if told else (),
        sums=_card_credit(found, case, words) if told else (),
        ticks=tuple(ticks),
        actions=(letter,) if owed.is_owed and paid is None else (),
        drop=f"mishap:drop:{found.key}" if told else "",
    )


def _tick(key: str, label: str, settled: dict[str, date]) -> TickView:
    return TickView(f"settled:{key}", label, "", key in settled)


def _said(found: Compensation, case: Case, words: Words, paid: date | None) -> tuple[str, ...]:
    """The sum, how it is counted, by when it comes, until when to ask; nothing uncertain is called a right."""
    owed, today = found.owed, case.material.today
    if not owed.is_owed:
        over = found.done is not None or found.hours_ahead is not None
        return (words.tr("Nothing is owed.") if over else words.tr("Nothing is owed yet."),)
    said = [_sum(found, words)]
    if owed.figure is Figure.NO_PRICE and _is_card(found, case):
        said = [words.tr("The sum hangs on the card’s price of a month: its credit, spread over the days it is valid.")]
    if owed.first is not None and owed.last is not None and owed.days > 1:
        days = words.trn("{count} day", "{count} days", owed.days)
        first, last = words.day(owed.first, today), words.day(owed.last, today)
        if owed.each is not None and owed.each * owed.days == owed.amount:
            each = words.money(owed.each)
            said.append(
                words.tr("{days} count, from {first} to {last}, {each} for each.", days=days, first=first, last=last,
                         each=each)
            )  # fmt: skip
        else:
            said.append(words.tr("{days} count, from {first} to {last}.", days=days, first=first, last=last))
    if found.done is None and owed.figure is Figure.KNOWN and owed.days and found.of is not ClaimOf.MISSED_VISIT:
        said.append(words.tr("It grows as long as it lasts."))
    if paid is not None:
        return (*said, words.tr("Paid, as you said on {day}.", day=words.day(paid, today)))
    if owed.payable_by is not None:
        day = words.day_far(owed.payable_by, today)
        late = owed.is_late(today)
        said.append(
            words.tr("It was due by {day} and is late: complain.", day=words.day(owed.payable_by, today))
            if late
            else words.tr("It is due by {day}.", day=day)
        )
    if owed.must_claim and f"claimed:{found.key}" not in dict(case.answers.settled):
        said.append(words.tr("It does not come by itself: ask for it in writing."))
    elif owed.payable_by is None and not owed.must_claim:
        said.append(words.tr("It comes without being asked for, once it is put right."))
    if owed.claim_until is not None:
        said.append(
            words.tr("To be safe, ask by {day}; no last day is certain.", day=words.day(owed.claim_until, today))
        )
    elif found.of is not ClaimOf.MISSED_VISIT and found.done is None:
        said.append(words.tr("No last day runs while it lasts."))
    else:
        said.append(words.tr("We know of no last day; ask soon."))
    return tuple(said)


def _sum(found: Compensation, words: Words) -> str:
    owed = found.owed
    if owed.figure is Figure.KNOWN and owed.amount is not None:
        amount = words.money(owed.amount)
        if owed.is_old_rate and not owed.must_claim:
            return words.tr(
                "About {amount}, at the last rates that we know: they change each 1 April. Ask for the new ones.",
                amount=amount,
            )
        if not owed.is_certain:
            return words.tr(
                "Perhaps {amount}: whether this rule binds the operator is not certain. A question, not a right.",
                amount=amount,
            )
        if owed.is_least:
            return words.tr("At least {amount} is owed.", amount=amount)
        return words.tr("{amount} is owed.", amount=amount)
    if owed.figure is Figure.NOT_A_MEMBER and owed.by_code is not None and not owed.is_old_rate:
        return words.tr(
            "Your operator is not known to have signed the code, which sets {amount} for this. You may ask for as "
            "much; it is no right.",
            amount=words.money(owed.by_code),
        )
    return {
        Figure.NO_SET_SUM: words.tr("No rule sets a sum. Ask what the operator gives, and how it is worked out."),
        Figure.NO_PRICE: words.tr("The sum hangs on the monthly price, which your operator does not state."),
        Figure.NOT_A_MEMBER: words.tr(
            "Your operator is not known to have signed the code that sets a sum. You may ask for as much; it is no "
            "right."
        ),
    }.get(owed.figure, words.tr("We know of no rule that sets a sum for this. You may still ask; it is no right."))


def _tag(found: Compensation, case: Case, words: Words) -> TagView | None:
    settled, owed = dict(case.answers.settled), found.owed
    if not owed.is_owed:
        return None
    if f"owed:{found.key}" in settled:
        return TagView(words.tr("paid"), Tone.GOOD)
    if owed.is_late(case.material.today):
        return TagView(words.tr("late"), Tone.BAD)
    if f"claimed:{found.key}" in settled:
        return TagView(words.tr("asked for"), Tone.ACCENT)
    if owed.figure is Figure.KNOWN and owed.is_certain:
        return TagView(words.tr("owed to you"), Tone.WARN)
    return TagView(words.tr("to ask for"), Tone.QUIET)


def _is_card(found: Compensation, case: Case) -> bool:
    """A prepaid card in France: what a month of it costs is reckoned from its credit (FR-CMP-04)."""
    of = found.of in {ClaimOf.LATE_PORT, ClaimOf.LOST_NUMBER, ClaimOf.MISSED_VISIT}
    return of and case.rules.country == "FR" and case.facts.is_prepaid is True and case.facts.monthly is None


def _card_credit(found: Compensation, case: Case, words: Words) -> tuple[SumView, ...]:
    told = case.answers.mishaps.of(found.key)
    if told is None or not _is_card(found, case):
        return ()
    wrong = bool(told.credit) and read_amount(told.credit) is None
    problem = words.tr("Write an amount like 49.00, or leave it empty.") if wrong else ""
    return (SumView(f"mishap:credit:{found.key}", words.tr("Credit on the card"), told.credit, problem),)


def _card_days(found: Compensation, case: Case, words: Words) -> tuple[AmountView, ...]:
    told = case.answers.mishaps.of(found.key)
    if told is None or not _is_card(found, case):
        return ()
    return (AmountView(f"mishap:left:{found.key}", words.tr("Days still valid"), told.left, 9999),)


def _rules(found: Compensation, case: Case, words: Words) -> tuple[RuleView, ...]:
    """The rule of the sum as it stood on the day it is about, and the one that says when it is paid."""
    if not found.owed.rule_id:
        return ()
    also = _ALSO.get(case.rules.country, "")
    shown = rule_views(case.rules, (found.owed.rule_id,), found.due, words)
    if found.owed.figure is not Figure.KNOWN or (also == "UK-AC-04" and not found.owed.rule_id.startswith("UK-AC")):
        return shown
    return (*shown, *rule_views(case.rules, (also,), case.material.today, words))


def _by(found: Compensation, case: Case, words: Words) -> PickView:
    own = case.material.profile.name or words.tr("the operator you leave")
    options = (("own", own), ("new", words.tr("the new operator")))
    chosen = "new" if found.by_new else "own"
    return PickView(f"mishap:by:{found.key}", words.tr("Whose fault is it?"), options, chosen)


def _dates(found: Compensation, case: Case, words: Words) -> tuple[DateView, ...]:
    today = case.material.today
    due = {
        ClaimOf.LATE_PORT: words.tr("It was to move on"),
        ClaimOf.MISSED_VISIT: words.tr("The day of the appointment"),
        ClaimOf.LATE_START: words.tr("The day that was promised"),
    }.get(found.of, words.tr("The day on which it was lost"))
    done = {
        ClaimOf.LATE_PORT: words.tr("Works there since"),
        ClaimOf.MISSED_VISIT: words.tr("The next visit was on"),
        ClaimOf.LATE_START: words.tr("Works since"),
    }.get(found.of, "")
    first = DateView(f"mishap:due:{found.key}", due, found.due, max(today, found.due))
    if not done:
        return (first,)
    return first, DateView(f"mishap:done:{found.key}", done, found.done, today)


def _hours(found: Compensation, words: Words) -> tuple[AmountView, ...]:
    if found.of is not ClaimOf.MISSED_VISIT:
        return ()
    label = words.tr("Called off, hours before")
    return (AmountView(f"mishap:hours:{found.key}", label, found.hours_ahead, 9999),)
