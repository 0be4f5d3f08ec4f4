"""Lines and what hangs on them: number, plan, handset, options, cost, and what does not work as sold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from selfcare.billing.option_charges import OptionCharges
from selfcare.domain.contract import Contract, commitment_end
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Access, Line
from selfcare.domain.money import Money, totals_by_unit
from selfcare.domain.offers import Offer
from selfcare.domain.operator import ExitWay
from selfcare.domain.options import CHARGED_ON_PAPER, NOT_SERVED, Health, Option, PaperState, Verdict
from selfcare.domain.periods import period_key
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting
from selfcare.i18n import Words
from selfcare.leaving.rules import Rules

from .ages import Absence, absence_of
from .facts import ConfirmView, FactView, TagView, before_discounts, freshness_of, price_text, stated
from .handsets import HandsetView, ban_on_lock, handset_view
from .option_drop import drop_questions
from .option_money import early_sentence, paid_sentence, unasked_sentence
from .option_order import OrderingView, ordering_view
from .reports import Draft, option_draft, subject_of_line, trouble_draft, unasked_draft
from .verdicts import (
    OptionView,
    ProblemLink,
    is_troubled,
    option_tag,
    option_view,
    paper_word,
    problem_behind,
    three_facts,
)

MANY = 6
"""From this many lines on they stand in one table."""


class LineView(Struct, frozen=True):
    """One line with everything hung on it. `drafts` maps an option's id, or the line's own, to a prepared ticket.

    `costs` are (period, amount), `net_costs` those that are stated without tax only, `reported` the ids of what the
    operator itself says does not work.
    """

    id: str
    title: str
    subtitle: str
    kind: str
    user: str
    plan: str
    cost: str
    commitment: str
    health: TagView
    facts: tuple[FactView, ...]
    problems: tuple[ProblemLink, ...]
    handset: HandsetView | None
    options: tuple[OptionView, ...]
    drafts: dict[str, Draft]
    haystack: str
    access: Access = Access.OTHER
    costs: tuple[tuple[str, Money], ...] = ()
    net_costs: tuple[tuple[str, Money], ...] = ()
    paper: str = ""
    since: date | None = None
    bound_until: date | None = None
    reported: frozenset[str] = frozenset()
    drops: Mapping[str, ConfirmView] = {}
    ordering: OrderingView = OrderingView()
    can_report: bool = True


class ServicesView(Struct, frozen=True):
    """The page: lines, in cards or in one table, and what they cost together."""

    title: str
    subtitle: str
    lines: tuple[LineView, ...]
    as_table: bool
    absence: Absence | None
    note: str = ""

    def found(self, text: str) -> tuple[LineView, ...]:
        """The lines in which what was typed stands as it is, or else every word of it: number, user, plan, option."""
        wanted = text.casefold().split()
        whole = tuple(line for line in self.lines if " ".join(wanted) in line.haystack)
        if whole:
            return whole
        return tuple(line for line in self.lines if all(w in line.haystack for w in wanted))


class ServicesFacts(Struct, frozen=True):
    """Everything the page needs from the store; `unlock` is how the operator takes unlock requests, if it does; `rules`
    are the country's, None where we have none. `charges` is what bills charge for what does not work or is `unasked`,
    by the option's id, `early` what they charged for a time before it began."""

    lines: tuple[Line, ...]
    zone: ZoneInfo
    contracts: tuple[Contract, ...] = ()
    problems: tuple[Problem, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    unlock: ExitWay | None = None
    rules: Rules | None = None
    is_business: bool = False
    charges: Mapping[str, OptionCharges] = {}
    unasked: frozenset[str] = frozenset()
    early: Mapping[str, OptionCharges] = {}
    can_order: bool = False
    can_report: bool = True
    offers: tuple[Offer, ...] = ()


def services_view(facts: ServicesFacts, words: Words, today: date) -> ServicesView:
    """The whole page from what the store holds."""
    lines = tuple(_line_view(line, facts, words, today) for line in facts.lines)
    missing = None
    if not lines:
        missing = absence_of(
            freshness_of(Topic.PRODUCTS, facts.freshness),
            words.tr("No lines"),
            words,
            words.tr("Your operator lists no line and no option for you."),
        )
    health = freshness_of(Topic.SERVICES, facts.freshness)
    note = ""
    if lines and health is not None and not health.offered:
        note = words.tr("Your operator does not publish whether a service really works, only what is on paper.")
    return ServicesView(
        title=words.tr("Services"),
        subtitle=_subtitle(facts, words),
        lines=lines,
        as_table=len(lines) >= MANY,
        absence=missing,
        note=note,
    )


def line_cost(line: Line, *, is_net: bool = False) -> tuple[tuple[str, Money], ...]:
    """What a line costs regularly: (period, amount) for each period and currency, of what is active on paper. What is
    stated without tax only (`is_net`) is added up for itself."""
    parts: dict[str, list[Money]] = {}
    sold: tuple[Line | Option, ...] = (line, *line.options)
    for one in sold:
        if one.price is not None and one.is_net is is_net and one.on_paper in CHARGED_ON_PAPER:
            parts.setdefault(period_key(one.period), []).append(one.price)
    return tuple((p, total) for p, amounts in parts.items() if p for total in totals_by_unit(amounts))


def _cost_text(line: Line, words: Words) -> str:
    shown = " + ".join(
        price_text(amount, period, words, is_net=is_net)
        for is_net in (False, True)
        for period, amount in line_cost(line, is_net=is_net)
    )
    if shown and (unknown := _unpriced([line])):
        shown = words.listing([shown, _unpriced_text(unknown, words)])
    return before_discounts(shown, words, has_discount=_has_discount(line))


def _unpriced(lines: Iterable[Line]) -> int:
    """How much of what is charged on paper has no price that the operator states: a sum is then not the whole."""
    count = 0
    for line in lines:
        sold: tuple[Line | Option, ...] = (line, *line.options)
        count += sum(one.price is None and one.on_paper in CHARGED_ON_PAPER for one in sold)
    return count


def _unpriced_text(count: int, words: Words) -> str:
    return words.trn("{count} price not stated", "{count} prices not stated", count)


def _has_discount(line: Line) -> bool:
    sold: tuple[Line | Option, ...] = (line, *line.options)
    return any(one.has_discount and one.on_paper in CHARGED_ON_PAPER for one in sold)


def _together(lines: Iterable[Line], *, is_net: bool = False) -> dict[str, tuple[Money, ...]]:
    """What lines cost by period, those of a month first."""
    parts: dict[str, list[Money]] = {"month": []}
    for line in lines:
        for period, amount in line_cost(line, is_net=is_net):
            parts.setdefault(period, []).append(amount)
    return {period: totals_by_unit(amounts) for period, amounts in parts.items() if amounts}


def _subtitle(facts: ServicesFacts, words: Words) -> str:
    lines = facts.lines
    if not lines:
        return ""
    count = words.trn("{count} line", "{count} lines", len(lines))
    troubled = sum(1 for line in lines for v in _verdicts(line) if is_troubled(v))
    parts = [count]
    costs = _together(lines)
    if monthly := costs.pop("month", ()):
        amounts = words.listing([words.money(m) for m in monthly])
        parts.append(words.tr("{amount} a month as contracted", amount=amounts))
    others = [price_text(m, period, words) for period, amounts in costs.items() for m in amounts]
    net = _together(lines, is_net=True)
    others += [price_text(m, period, words, is_net=True) for period, amounts in net.items() for m in amounts]
    if others:
        parts.append(words.tr("{price} as contracted", price=words.listing(others)))
    if len(parts) > 1 and (unknown := _unpriced(lines)):
        parts.append(_unpriced_text(unknown, words))
    if any(map(_has_discount, lines)):
        parts.append(words.tr("before discounts"))
    if troubled:
        parts.append(words.trn("{count} thing not as sold", "{count} things not as sold", troubled))
    if facts.unasked:
        parts.append(words.trn("{count} without an order", "{count} without an order", len(facts.unasked)))
    return " · ".join(parts)


def _verdicts(line: Line) -> tuple[Verdict, ...]:
    own = (line.main.verdict,) if line.main is not None else ()
    return (*own, *(o.verdict for o in line.options))


def _line_view(line: Line, facts: ServicesFacts, words: Words, today: date) -> LineView:
    paid = {o.id: _paid(o, facts, words, today) for o in line.options}
    asked_about = facts.unasked | facts.early.keys()
    options = tuple(
        option_view(
            option, facts.problems, words, today, facts.zone, paid=paid[option.id],
            unasked=unasked_sentence(option, words, today) if option.id in facts.unasked else "",
            is_early=option.id in facts.early,
        )
        for option in sorted(line.options, key=lambda o: (o.id not in asked_about, *_order(o)))
        if option.is_visible
    )  # fmt: skip
    drafts = {
        o.id: unasked_draft(o, line, words, today, paid=paid[o.id])
        if o.id in facts.unasked
        else option_draft(o, line, facts.problems, words, today, paid=paid[o.id])
        for o in line.options
    }
    drops = drop_questions(line, facts.waiting, facts.can_order, words)
    if not has_ended(line):
        drafts[line.id] = trouble_draft(subject_of_line(line, words), severity="Critical")
    links = [problem_behind(line.main, facts.problems, words, today, facts.zone)] if line.main is not None else []
    title = line.number or line.name
    handset = None
    if line.handset is not None:
        ban = ban_on_lock(line.handset, facts.rules, is_business=facts.is_business)
        handset = handset_view(line.handset, line, facts.waiting, facts.unlock, words, today, facts.zone, ban)
    commitment = _commitment(line, facts.contracts, words, today)
    cost = _cost_text(line, words)
    plan = line.name if line.name != title else ""
    health = line_health(line, words)
    searched = (
        title,
        plan,
        line.user_name,
        cost,
        health.text,
        commitment,
        *(o.name for o in options),
        *(o.verdict.text for o in options),
        handset.name if handset else "",
        title.replace(" ", ""),
    )
    return LineView(
        id=line.id,
        title=title,
        subtitle=" · ".join(part for part in (plan, line.user_name) if part),
        kind=_kind(line.access, words),
        user=line.user_name,
        plan=plan,
        cost=cost,
        commitment=commitment,
        health=health,
        facts=_facts(line, cost, commitment, words, today),
        problems=tuple(link for link in links if link is not None),
        handset=handset,
        options=options,
        drafts=drafts,
        haystack=" ".join(searched).casefold(),
        access=line.access,
        costs=line_cost(line),
        net_costs=line_cost(line, is_net=True),
        paper=paper_word(line.on_paper, line.on_paper_word, words),
        since=line.since,
        bound_until=bound_until(line, facts.contracts),
        reported=_reported(line),
        drops=drops,
        can_report=facts.can_report,
        ordering=ordering_view(line, facts.offers, facts.waiting, facts.freshness, words, can_order=facts.can_order),
    )


def _paid(option: Option, facts: ServicesFacts, words: Words, today: date) -> str:
    early = facts.early.get(option.id)
    said = (
        early_sentence(option, early, words, today) if early is not None else "",
        paid_sentence(facts.charges.get(option.id), words, today),
    )
    return " ".join(part for part in said if part)


def _order(option: Option) -> tuple[bool, bool, str]:
    return (not is_troubled(option.verdict), option.verdict is Verdict.ENDED, option.name.casefold())


def line_health(line: Line, words: Words) -> TagView:
    """One tag for a whole line: the worst that is known of it, never better than what was stated."""
    worst_first = (
        Verdict.CHARGED_NOT_WORKING,
        Verdict.CHARGED_NEVER_ON,
        Verdict.NOT_WORKING,
        Verdict.NEVER_ON,
        Verdict.STILL_ON,
        Verdict.WORKS_BADLY,
        Verdict.STARTING,
    )
    verdicts = _verdicts(line)
    for verdict in worst_first:
        count = verdicts.count(verdict)
        if count == 1 and line.main is not None and line.main.verdict is verdict:
            return option_tag(line.main, words)
        if count:
            tag = option_tag(next(o for o in line.options if o.verdict is verdict), words)
            return TagView(words.tr("option: {state}", state=tag.text), tag.tone)
    if line.main is not None and line.main.verdict in {Verdict.WORKS, Verdict.ENDED, Verdict.AS_ON_PAPER}:
        return option_tag(line.main, words)
    if line.on_paper is PaperState.ACTIVE:
        return TagView(words.tr("working: not stated"))
    return TagView(paper_word(line.on_paper, line.on_paper_word, words) or words.tr("not stated"))


def has_ended(line: Line) -> bool:
    """Nothing of the line is left that could be tested or out of order; one that is still on has not ended."""
    if line.main is not None:
        return line.main.verdict is Verdict.ENDED
    return line.on_paper in {PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED}


def _kind(access: Access, words: Words) -> str:
    return {
        Access.MOBILE: words.tr("Mobile line"),
        Access.FIXED: words.tr("Landline"),
        Access.INTERNET: words.tr("Internet access"),
        Access.OTHER: words.tr("Line"),
    }[access]


def bound_until(line: Line, contracts: Sequence[Contract]) -> date | None:
    """The end of a line's commitment by its contract and its own term; None where neither is stated."""
    contract = next((c for c in contracts if c.id == line.contract_id or line.id in c.product_ids), None)
    return commitment_end(line, contract)


def _reported(line: Line) -> frozenset[str]:
    own = {line.id: line.main.verdict} if line.main is not None else {}
    verdicts = own | {option.id: option.verdict for option in line.options}
    return frozenset(key for key, verdict in verdicts.items() if verdict in NOT_SERVED)


def _commitment(line: Line, contracts: Sequence[Contract], words: Words, today: date) -> str:
    ends = bound_until(line, contracts)
    if ends is None:
        return ""
    if ends < today:
        return words.tr("ended on {day}", day=words.day(ends, today))
    return words.tr("until {day}", day=words.day_far(ends, today))


def _facts(line: Line, cost: str, commitment: str, words: Words, today: date) -> tuple[FactView, ...]:
    paper = paper_word(line.on_paper, line.on_paper_word, words)
    price = price_text(line.price, line.period, words, is_net=line.is_net)
    main = line.main if line.main is not None and line.main.health is not Health.NOT_STATED else None
    found = [
        stated(words.tr("Plan"), line.name, words),
        stated(words.tr("Price of the plan"), before_discounts(price, words, has_discount=line.has_discount), words),
        *([FactView(words.tr("With its options"), cost)] if cost and line.options else []),
        stated(words.tr("On paper"), paper, words),
        *([three_facts(main, words, today)[2]] if main is not None else []),
        stated(words.tr("Since"), words.day(line.since, today) if line.since else "", words),
        stated(words.tr("Commitment"), commitment, words),
    ]
    if line.user_name:
        found.insert(0, FactView(words.tr("Used by"), line.user_name))
    if line.ends is not None:
        found.append(FactView(words.tr("The line ends"), words.day_far(line.ends, today)))
    return tuple(found)
