"""Everything that the leaving pages are built from, read once, so that each answer is shown at once and offline too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill
from selfcare.domain.lines import PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct, field, replace
from selfcare.domain.support import Support
from selfcare.domain.topics import Topic
from selfcare.leaving.aftermath import Aftermath, Papers, aftermath
from selfcare.leaving.atlas import no_rules
from selfcare.leaving.codes import check_typed
from selfcare.leaving.deposits import read_amount
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.leaning import is_unlisted, with_leaning
from selfcare.leaving.moves import clause_borrowed
from selfcare.leaving.rules import Rules
from selfcare.leaving.terms import with_clause, with_terms
from selfcare.leaving.together import Joint, Member, joins, together
from selfcare.leaving.way import Way, plan, scheme_of
from selfcare.leaving.wizard import Answers, as_it_ended, discreetly

KEPT = (Topic.BILLS, Topic.PAPERS, Topic.CONTRACTS, Topic.TICKETS, Topic.CONTACTS)
"""What of the customer's is kept on this computer."""


class LeavingMaterial(Struct, frozen=True):
    """The facts of every line, the country's rules (None: we have none), what is kept here, what was answered.

    `bills` are the newest ones; `counts` says how many of what is on this computer; `numbers` are the numbers by line
    as people write them; `papers` is what the end of a line is judged by.
    """

    profile: OperatorProfile
    rules: Rules | None
    facts: tuple[LeavingFacts, ...]
    plans: Plans
    today: date
    now: datetime
    bills: tuple[Bill, ...] = ()
    counts: Mapping[Topic, int] = field(default_factory=dict)
    support: Support | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    papers: Papers = Papers()
    appointments: tuple[Appointment, ...] = ()

    @property
    def has_read(self) -> bool:
        """Something of the customer's is on this computer; without it nothing can have been saved."""
        return any(self.counts.get(topic, 0) for topic in KEPT)

    def visits_of(self, facts: LeavingFacts) -> tuple[Appointment, ...]:
        """The operator's appointments for a line: all but those that name another line of the customer's."""
        others = {one.line_id for one in self.facts} - {facts.line_id}
        return tuple(one for one in self.appointments if not any(ref.id in others for ref in one.about))

    def same_contract(self, facts: LeavingFacts) -> tuple[str, ...]:
        """The lines of a line's contract by their ids, itself among them."""
        known = facts.contract_id
        return tuple(f.line_id for f in self.facts if f is facts or (known and f.contract_id == known))

    def number_of(self, facts: LeavingFacts) -> str:
        """A line's number as people write it; empty where it has none."""
        return self.numbers.get(facts.line_id, facts.number)

    def in_order(self) -> tuple[LeavingFacts, ...]:
        """The lines as they are offered: those that have ended come last."""
        return tuple(sorted(self.facts, key=lambda facts: facts.is_over))

    @property
    def zone(self) -> ZoneInfo:
        """The operator's time zone."""
        return ZoneInfo(self.profile.zone)

    @property
    def line_id(self) -> str:
        """The line looked at: the one chosen last, else the first that has a locked handset, else the first.

        A line that has ended is only looked at where there is no other or where it was chosen.
        """
        ordered = self.in_order()
        known = [f.line_id for f in ordered]
        if self.plans.current in known:
            return self.plans.current
        locked = next((f.line_id for f in ordered if f.is_locked and not f.is_over), "")
        return locked or (known[0] if known else "")


class Case(Struct, frozen=True):
    """One line on its way out: its facts, its answers and the way planned from both."""

    material: LeavingMaterial
    facts: LeavingFacts
    answers: Answers
    way: Way
    rules: Rules

    @property
    def number(self) -> str:
        """The number as people write it; empty where the line has none."""
        return self.material.number_of(self.facts)

    @property
    def leans_on_unlisted(self) -> date | None:
        """The day of the change that the plan rests on, where the operator lists it no more."""
        stated = next((f for f in self.material.facts if f.line_id == self.facts.line_id), self.facts)
        leaning = self.answers.leaning
        return leaning.told if leaning is not None and is_unlisted(stated, leaning) else None

    def staying(self) -> int:
        """How many other lines of its contract go on: no plan says that they leave together with it."""
        here, plans = self.facts.line_id, (self.material.plans.answers or {}).values()
        groups = [{a.line_id, *a.others} for a in (*plans, self.answers) if not a.is_discreet]
        leaving = {here}.union(*(group for group in groups if here in group))
        same = self.material.same_contract(self.facts)
        return self.facts.contract_lines - sum(1 for line_id in same if line_id in leaving)

    def joint(self) -> Joint | None:
        """The common way with the lines that leave with this one; None where it leaves alone."""
        cases = [case_of(self.material, line_id) for line_id in self.answers.others]
        others = [
            Member(c.facts, joins(c.answers, self.answers), c.way)
            for c in cases
            if c is not None and c.facts.line_id != self.facts.line_id
        ]
        if not others or self.answers.is_discreet:
            return None
        found = together(Member(self.facts, self.answers, self.way), others, self.rules)
        return found if len(found.members) > 1 else None

    def aftermath(self) -> Aftermath:
        """What is known of the end of the line today."""
        material = self.material
        return aftermath(self.facts, self.answers, self.way, material.bills, material.papers, material.today)


def case_of(material: LeavingMaterial, line_id: str = "") -> Case | None:
    """The case of a line; None where there is no line. Without a country's rules only the contract counts."""
    wanted = line_id or material.line_id
    facts = next((f for f in material.facts if f.line_id == wanted), None)
    if facts is None:
        return None
    rules = material.rules or no_rules(material.profile.country, material.today)
    answers = discreetly(as_it_ended(facts, material.plans.of(facts.line_id)))
    answers = clause_borrowed(material.plans, answers, material.same_contract(facts))
    currency = facts.unit or material.profile.currency
    facts = with_answers(with_leaning(facts, answers.leaning, material.today), answers, currency)
    choices = answers.choices()
    if material.profile.id and not material.has_read:
        choices = replace(choices, saved=False)
    way = plan(facts, rules, material.today, material.now, currency, choices)
    return Case(material, facts, answers, way, rules)


def _came_after(typed: date | None, code: PortingCode) -> bool:
    """A code was typed in once the operator's own had expired: it takes its place."""
    return typed is not None and code.expires is not None and typed > code.expires


def with_answers(facts: LeavingFacts, answers: Answers, currency: str) -> LeavingFacts:
    """The facts with what only the customer knows: a firm's size, a prepaid card, a deposit, a code got another way."""
    facts = with_terms(facts, answers.terms, currency)
    amount = read_amount(answers.deposit)
    if facts.deposit is None and amount is not None:
        facts = replace(facts, deposit=Money(amount, currency), deposit_paid=answers.deposit_paid)
    facts = with_clause(facts, answers.terms, answers.agreed_rise, currency)
    if answers.prepaid and facts.is_prepaid is None:
        facts = replace(facts, is_prepaid=True)
    if answers.small and facts.is_business:
        facts = replace(facts, small=True)
    if answers.tested and facts.is_locked:  # only this proves it, whatever the operator's list says
        facts = replace(facts, lock=SimLock.UNLOCKED)
    if not answers.typed_code or (facts.code is not None and not _came_after(answers.typed_day, facts.code)):
        return facts
    wanted = scheme_of(facts, answers.choices())
    check = check_typed(answers.typed_code, wanted, facts.number, facts.carrier)
    usable = check.is_good if wanted in {"RIO", "PIN"} else bool(check.scheme)
    if not usable:
        return facts
    return replace(facts, code=PortingCode(check.scheme, check.code), code_issued=answers.typed_day)
