"""Collects what a letter is written from, for one line, from what the operator states and what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfcare.domain.contract import Contract
from selfcare.domain.customer import Account, Customer, MediumKind
from selfcare.domain.lines import Line
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.options import PaperState
from selfcare.domain.periods import monthly_of
from selfcare.domain.records import replace
from selfcare.domain.support import ChannelKind
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.final_findings import OpenWhy
from selfcare.leaving.proofs import needs_proof
from selfcare.leaving.quote import CostReason
from selfcare.leaving.rules import Rules
from selfcare.leaving.way import Route

from .leaving_change import told_change
from .leaving_material import Case, case_of
from .leaving_numbers import number_text
from .leaving_proofs import comes_back, kept_until
from .letter_facts import ContestedBill, EndingLine, LetterFacts

RULES = {"GB": "gb.toml", "FR": "fr.toml", "US": "us.toml"}
"""The file of a country's rules; a letter to an operator of another country names no rule."""

_OVER = {PaperState.TERMINATED, PaperState.CANCELLED}
_NOTICES = {Route.NOTICE, Route.ONLINE}


def letter_facts(
    line: Line | None,
    day: date,
    *,
    profile: OperatorProfile,
    customer: Customer | None = None,
    accounts: Sequence[Account] = (),
    contracts: Sequence[Contract] = (),
    rules: Rules | None = None,
    case: Case | None = None,
) -> LetterFacts:
    """Everything known of a line for a letter dated `day`; `case` is its planned way out, if there is one."""
    contract = _contract_of(line, contracts)
    account = next((a for a in accounts if line is not None and a.id == line.account_id), None)
    account = account or (accounts[0] if len(accounts) == 1 else None)
    handset = line.handset if line is not None else None
    media = sorted(customer.media, key=lambda m: not m.is_preferred) if customer is not None else []
    address = next((m.text for m in media if m.kind is MediumKind.POST), "")
    email = next((m.text for m in media if m.kind is MediumKind.EMAIL), "")
    channels = profile.support.channels if profile.support is not None else ()
    facts = LetterFacts(
        country=profile.country,
        operator=profile.name,
        day=day,
        rules=rules,
        posts=tuple(c for c in channels if c.kind is ChannelKind.POST),
        name=customer.name if customer is not None else "",
        address=address,
        email=email,
        is_business=customer is not None and customer.is_business,
        customer_id=customer.id if customer is not None else "",
        account_id=account.id if account is not None else "",
        contract_number=(contract.number or contract.id) if contract is not None else "",
        concluded=(contract.signed or contract.starts) if contract is not None else None,
        notice=contract.counted_notice if contract is not None else None,
        mandate=account.direct_debit.account if account is not None and account.direct_debit is not None else "",
    )
    if line is None:
        return facts
    facts = replace(
        facts,
        line=number_text(line.number, profile.country) if line.number else line.name,
        access=line.access,
        monthly=monthly_of(line.gross, line.period),
        handset=handset.name if handset is not None else "",
        serial=handset.serial if handset is not None else "",
        bought=handset.since if handset is not None else None,
        ended=line.ends if line.on_paper in _OVER else None,
    )
    return facts if case is None or case.facts.line_id != line.id else _planned(facts, case, contracts)


def _together(case: Case, contracts: Sequence[Contract]) -> tuple[EndingLine, ...]:
    """The other lines that leave with this one by notice, too; a number that moves is never given notice of."""
    joint = case.joint() if case.way.route in _NOTICES else None
    found = []
    for member in joint.members[1:] if joint is not None else ():
        facts, way = member.facts, member.way
        given = facts.notice_given is not None and not facts.notice_given.refused
        if way.route in _NOTICES and not way.needs_notice and not facts.is_unbound and not given:
            number = next((c.number or c.id for c in contracts if c.id == facts.contract_id), facts.contract_id)
            name = case.material.number_of(facts) or facts.line_id
            member_case = case_of(case.material, facts.line_id)
            change = told_change(member_case) if member_case is not None else None
            found.append(EndingLine(name, number, way.cut, change))
    return tuple(found)


def _planned(facts: LetterFacts, case: Case, contracts: Sequence[Contract]) -> LetterFacts:
    """The facts with the day and the way that were planned, what comes back, and what is wrong with the final bill."""
    after, relief = case.aftermath(), case.way.country.relief(case.way.ground)
    back = next((cost.high for cost in case.way.quote.lines if cost.reason is CostReason.RENT_BACK), None)
    return replace(
        facts,
        ends=case.way.cut if case.answers.day is not None or case.answers.confirmed is not None else None,
        back=-back if back is not None and back.is_credit else None,
        switched=case.way.is_switch,
        together=_together(case, contracts),
        contested=_contested(case, after),
        owed={refund.of: refund.amount for refund in after.refunds},
        reason=case.answers.about.reason,
        frees=relief is not None and relief.frees is True,
        filed=case.answers.about.filed,
        admitted=case.answers.about.admitted,
        by_notice=case.way.route in _NOTICES,
        needs_proof=needs_proof(case.way.ground, relief),
        comes_back=comes_back(case),
        resume_by=kept.resume_by if (kept := kept_until(case)) is not None else None,
        holder_change=case.facts.holder_change.ticket_id if case.facts.holder_change is not None else "",
        change=told_change(case),
        separates=case.way.country.separation(case.way.ground) is not None,
    )


def _contested(case: Case, after: Aftermath) -> ContestedBill | None:
    """The final bill with what its check found; None while there is nothing to contest."""
    if after.final is None or after.review is None or not after.review.findings:
        return None
    bill, found = after.final.bill, after.review.findings
    used = {key for finding in found for key in finding.line_ids}
    names = {line.id: line.name for line in case.material.papers.lines if line.id in used}
    costs = (one.amount for one in after.review.opens if one.why is OpenWhy.ASK_FOR_COST)
    return ContestedBill(bill.number, bill.day, after.ended, found, names, case.answers.receipt, next(costs, None))


def _contract_of(line: Line | None, contracts: Sequence[Contract]) -> Contract | None:
    if line is None:
        return None
    named = next((c for c in contracts if c.id == line.contract_id), None)
    return named or next((c for c in contracts if line.id in c.product_ids), None)
