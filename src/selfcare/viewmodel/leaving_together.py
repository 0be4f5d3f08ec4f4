"""Several lines that leave together, in words: who goes when and how, what all of it costs, what is lost by it."""

from __future__ import annotations

from selfcare.domain.commands import GiveNotice
from selfcare.i18n import Words
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.together import FEW, Joint, Member

from .facts import FactView, quoted
from .leaving_cost import amount_text
from .leaving_decision import gives_notice, notice_command, takes_notice
from .leaving_material import Case, case_of
from .leaving_parts import TickView, TogetherView
from .leaving_when import route_name
from .leaving_words import barrier_text


def other_ticks(case: Case, words: Words) -> tuple[TickView, ...]:
    """The lines that may leave with this one; where there are many, all of them at once."""
    if case.answers.is_discreet:
        return ()
    others = [f for f in case.material.in_order() if f.line_id != case.facts.line_id and not f.is_over]
    if len(others) > FEW:
        ids = ",".join(f.line_id for f in others)
        label = words.trn("{count} other line leaves, too", "All {count} other lines leave, too", len(others))
        is_on = set(case.answers.others) >= {f.line_id for f in others}
        return (TickView(f"with:{ids}", label, words.tr("Each with a day of its own, confirmed together."), is_on),)
    return tuple(_tick(f, case, words) for f in others)


def _tick(facts: LeavingFacts, case: Case, words: Words) -> TickView:
    name = case.material.number_of(facts) or words.tr("Line without a number")
    text = words.tr("With a day of its own; nothing of it is ended before the new one works.")
    return TickView(
        f"with:{facts.line_id}",
        words.tr("{number} leaves, too", number=name),
        text,
        facts.line_id in case.answers.others,
    )


def together_view(case: Case, words: Words) -> TogetherView | None:
    """The common way; None where the line leaves alone."""
    joint = case.joint()
    if joint is None:
        return None
    rows = [_row(member, case, words) for member in joint.members]
    rows.append(FactView(words.tr("Cost of leaving, all lines"), _total(joint, words)))
    return TogetherView(words.tr("All lines together"), tuple(rows), tuple(_notes(joint, case, words)))


def _row(member: Member, case: Case, words: Words) -> FactView:
    own = case_of(case.material, member.facts.line_id) or case
    name = case.material.number_of(member.facts) or words.tr("Line without a number")
    how = route_name(member.way.route, own, words)
    if member.way.needs_notice or member.way.is_named_later:
        return FactView(name, how, words.tr("Day not known yet"), is_stated=False)
    day = words.day_far(member.way.cut, case.material.today)
    return FactView(name, day, words.tr("{how} · {amount}", how=how, amount=amount_text(member.way.quote, words)))


def _total(joint: Joint, words: Words) -> str:
    if joint.low is None or joint.high is None:
        return words.tr("not known")
    if joint.low != joint.high:
        return words.tr("{low} to {high}", low=words.money(joint.low), high=words.money(joint.high))
    return words.money(joint.high)


def _notes(joint: Joint, case: Case, words: Words) -> list[str]:
    found = []
    fixed = [m for m in joint.members if m.is_fixed]
    if fixed:
        names = words.listing([case.material.number_of(m.facts) or words.tr("this line") for m in fixed])
        found.append(
            words.trn(
                "Keep {lines} until the new connection works; only then let it end.",
                "Keep {lines} until the new connection works; only then let them end.",
                len(fixed),
                lines=names,
            )
        )
    if len(fixed) < len(joint.members) and fixed:
        found.append(words.tr("Mobile numbers move each with a code of its own, apart from the fixed line."))
    if joint.numbers > 1 and case.rules.country == "GB":
        found.append(
            words.tr("25 numbers and more move on a day agreed with both operators, not by code.")
            if joint.numbers >= _BULK
            else words.tr("For several numbers the codes come from the online account or by telephone, not by text.")
        )
    for line_id in joint.too_soon:
        number = _number_of(line_id, case, words)
        found.append(
            words.tr("{number} would end before the last number has moved: choose a later day.", number=number)
        )
    by_notice = sum(1 for m in joint.members if m.way.route.is_notice) if takes_notice(case) else 0
    if by_notice > 1:
        found.append(words.trn("One confirmation sends {count} notice.", "One confirmation sends {count} notices.",
                               by_notice))  # fmt: skip
    found += [
        words.tr("Your contract ties a discount to lines that stay together: {clause}", clause=quoted(clause, words))
        for clause in joint.clauses
    ]
    return found


_BULK = 25
"""UK-SW-08."""


def other_open(case: Case, words: Words) -> str:
    """What has still to be answered for another line before all of it can be confirmed; empty where nothing is."""
    joint = case.joint()
    if joint is None or not joint.open:
        return ""
    line_id, what = joint.open[0]
    own = case_of(case.material, line_id)
    if own is None:
        return ""
    number = _number_of(line_id, case, words)
    return words.tr("For {number}: {what}", number=number, what=barrier_text(what, own, words))


def _number_of(line_id: str, case: Case, words: Words) -> str:
    facts = next((f for f in case.material.facts if f.line_id == line_id), None)
    return (case.material.number_of(facts) if facts is not None else "") or words.tr("this line")


def other_notices(case: Case, words: Words) -> tuple[GiveNotice, ...]:
    """The notices of the other lines, exactly as they are shown on the page of facts."""
    joint = case.joint()
    found = []
    for member in joint.members[1:] if joint is not None else ():
        own = case_of(case.material, member.facts.line_id)
        if own is not None and gives_notice(own):
            found.append(notice_command(own, words))
    return tuple(found)
