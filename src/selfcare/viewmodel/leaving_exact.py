"""What would make the cost exact: the words of the contract that the operator does not state, each with its source."""

from __future__ import annotations

from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.answer import Ask, asks
from selfcare.leaving.choices import Route
from selfcare.leaving.countries.fr_money import usual_closing_fee
from selfcare.leaving.country import CostReason
from selfcare.leaving.deposits import read_amount
from selfcare.leaving.final_findings import FindingKind, OpenWhy
from selfcare.leaving.reach import rule_for, who_of
from selfcare.leaving.terms import RiseClause, Terms, is_fall_open

from .leaving_material import Case
from .leaving_parts import ExactRow, ExactView, PickView, SumView
from .leaving_words import RuleView, rule_views


def exact_view(case: Case, words: Words) -> ExactView | None:
    """The questions that would make this cost exact, those that are answered among them; None where there is none."""
    if case.answers.is_discreet or case.facts.is_unbound or case.way.needs_notice:
        return None
    rows = (*_closing(case, words), *_early(case, words), *_handset(case, words), *_distance(case, words))
    if not rows:
        return None
    is_open = replace(case.answers.terms, rise_clause=RiseClause.UNKNOWN) != Terms()  # that one is asked beside
    return ExactView(words.tr("What would make this exact"), words.tr("Hide these questions"), rows, is_open)


def closing_asks(case: Case, after: Aftermath, words: Words) -> tuple[PickView | SumView, ...]:
    """Beside a closing fee on the final bill: what the contract names, and what closing really costs the operator."""
    found, terms = after.review, case.answers.terms
    if found is None or case.answers.is_discreet:
        return ()
    kinds = {FindingKind.CLOSING_NOT_AGREED, FindingKind.CLOSING_ABOVE_AGREED, FindingKind.CLOSING_ABOVE_COST}
    judged = any(finding.kind in kinds for finding in found.findings)
    read = any(one.why is OpenWhy.READ_CONTRACT and one.line_ids in _closing_lines(after) for one in found.opens)
    costs = any(one.why is OpenWhy.ASK_FOR_COST for one in found.opens) or bool(terms.closing_cost)
    if not (judged or read or costs):
        return ()
    rows: list[PickView | SumView] = [row.ask for row in _closing(case, words)]
    if costs and terms.closing is not False:
        label = words.tr("What closing costs your operator, as far as it showed you")
        rows.append(_sum("closingCost", label, terms.closing_cost, words))
    return tuple(rows)


def _closing_lines(after: Aftermath) -> set[tuple[str, ...]]:
    kinds = after.review.kinds if after.review is not None else {}
    return {(line_id,) for line_id, kind in kinds.items() if kind.value == "closing"}


def _closing(case: Case, words: Words) -> tuple[ExactRow, ...]:
    """Whether the contract names a closing fee, and which (FR-FEE-01, FR-FEE-02); not where the operator says it."""
    terms, way = case.answers.terms, case.way
    said = case.facts.closing_fee is not None and terms.closing is None
    if said or way.route is Route.WITHDRAW:
        return ()
    rules = _rules(case, words, "FR-FEE-01", "FR-FEE-02")
    label = words.tr("Does your contract name a closing fee?")
    where = words.tr("In the contract or its price list, under “closing” or “cancellation”.")
    rows = [ExactRow(_pick("closing", label, terms.closing, words), where, rules)]
    if terms.closing:
        named = words.tr("Closing fee in the contract")
        rows.append(ExactRow(_sum("closingFee", named, terms.closing_fee, words), _usual(case, words)))
    return tuple(rows)


def _usual(case: Case, words: Words) -> str:
    """What it usually is (FR-FEE-02), where a table says so for this operator's boxes."""
    who = who_of(case.facts.access, is_business=case.facts.is_business)
    if rule_for(case.rules, "FR-FEE-02", case.material.today, who) is None:
        return ""
    low, high = usual_closing_fee(case.facts.carrier, case.material.today, case.rules)
    if low == high:
        return words.tr("Usual with this operator: {amount}.", amount=words.money(high))
    return words.tr("Usual: {low} to {high}.", low=words.money(low), high=words.money(high))


_BY_CONTRACT = {CostReason.EARLY_FEE_NOT_STATED, CostReason.BY_CONTRACT}


def _early(case: Case, words: Words) -> tuple[ExactRow, ...]:
    """The fee for ending early, and by what it falls each month (US-ETF-01); a firm's or a foreign one by contract."""
    terms, charge = case.answers.terms, case.way.quote.lines[0]
    asked = charge.reason in _BY_CONTRACT or (
        case.rules.country == "US" and case.facts.fee is None and charge.reason is CostReason.EARLY_FEE
    )
    if not asked and not terms.early_fee:
        return ()
    rules = _rules(case, words, "US-ETF-01")
    where = words.tr("In the contract, under “early termination”; nothing stands there if there is none.")
    label = words.tr("Fee for ending the contract early, 0 for none")
    if case.facts.contract_lines > 1:
        label = words.tr("Fee for ending one line of the contract early, 0 for none")
    rows = [ExactRow(_sum("earlyFee", label, terms.early_fee, words), where, rules)]
    if read_amount(terms.early_fee) is not None:
        step = words.tr("Less for each full month, 0 if the fee stays the same")
        flat = words.tr("While this is empty, the whole fee counts until the commitment ends; many contracts lower it.")
        rows.append(ExactRow(_sum("earlyStep", step, terms.early_step, words), flat if is_fall_open(terms) else ""))
    return tuple(rows)


def _handset(case: Case, words: Words) -> tuple[ExactRow, ...]:
    """A handset that came cheaper with the contract (FR-DUR-03), and a bill credit for one (US-ETF-02)."""
    terms, found = case.answers.terms, []
    if terms.subsidised is not None or Ask.HANDSET in asks(case.way):
        label = words.tr("Did a handset come cheaper with this contract?")
        where = words.tr("On the bill or contract of the day on which you got it.")
        row = _pick("subsidised", label, terms.subsidised, words)
        found.append(ExactRow(row, where, _rules(case, words, "FR-DUR-02", "FR-DUR-03")))
    owes = case.rules.country == "US" and bool(case.facts.instalments_left)
    if terms.instalment or (owes and case.facts.instalment is None):
        label = words.tr("Monthly instalment of the handset")
        where = words.tr("On your last bill; all that are left fall due when you leave.")
        ask = _sum("instalment", label, terms.instalment, words)
        found.append(ExactRow(ask, where, _rules(case, words, "US-ETF-02")))
    plan = owes and case.facts.instalment is not None
    if terms.credit or (plan and case.facts.credit is None):
        label = words.tr("Monthly bill credit for the handset, 0 for none")
        where = words.tr("On your last bill, beside the instalment; it stops when you leave.")
        found.append(ExactRow(_sum("credit", label, terms.credit, words), where, _rules(case, words, "US-ETF-02")))
    return tuple(found)


def _distance(case: Case, words: Words) -> tuple[ExactRow, ...]:
    """How the contract was made, in the days of reflection (FR-RET-01, UK-CTR-12)."""
    said = case.answers.terms.at_distance
    if said is None and Ask.AT_DISTANCE not in asks(case.way):
        return ()
    label = words.tr("Was the contract made online, by telephone or at your door?")
    where = words.tr("In a shop of the operator’s there are no days of reflection.")
    return (ExactRow(_pick("atDistance", label, said, words), where, _rules(case, words, "FR-RET-01", "UK-CTR-12")),)


def _pick(question: str, label: str, said: bool | None, words: Words) -> PickView:
    options = (("", words.tr("Not answered yet")), ("yes", words.tr("yes")), ("no", words.trc("answer", "no")))
    chosen = "" if said is None else "yes" if said else "no"
    return PickView(f"terms:{question}", label, options, chosen)


def _sum(question: str, label: str, typed: str, words: Words) -> SumView:
    wrong = bool(typed) and read_amount(typed, or_nothing=True) is None
    problem = words.tr("Write an amount like 49.00, or leave it empty.") if wrong else ""
    return SumView(f"terms:{question}", label, typed, problem)


def _rules(case: Case, words: Words, *names: str) -> tuple[RuleView, ...]:
    """Those of these rules that reach this customer today."""
    today = case.material.today
    who = who_of(case.facts.access, is_business=case.facts.is_business, is_small=case.facts.small is True)
    known = tuple(name for name in names if rule_for(case.rules, name, today, who) is not None)
    return rule_views(case.rules, known, today, words)
