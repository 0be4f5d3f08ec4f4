"""The pages of the leaving wizard, one question each: which line, what is kept here, the bank; and which comes now."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.country import StepKind
from selfcare.leaving.deposits import read_amount
from selfcare.leaving.wizard import Barrier, Screen, barrier

from .facts import stated
from .leaving import deposit_facts, facts_used, line_choices, step_view
from .leaving_choices import line_choices_of
from .leaving_cutover import alarm_picks
from .leaving_decision import confirm_page, day_page
from .leaving_material import Case
from .leaving_parts import ActionView, DateView, ScreenView, SumView, TickView, page_of
from .leaving_reasons import reason_page, reason_pick
from .leaving_requests import code_page, unlock_page
from .leaving_together import other_notices, other_open, other_ticks, together_view
from .leaving_words import barrier_text, kept_here, rule_views, step_rules


def screen_view(case: Case, words: Words) -> ScreenView:
    """The page that the answers stand on (not the whole way and not the tracker, which have their own)."""
    built = _BUILDERS[case.answers.at](case, words)
    block = barrier(case.facts, case.answers, case.way, case.rules)
    may_go_on = block is None or block is Barrier.UNCONFIRMED
    steps = (
        ()
        if case.answers.is_discreet
        else built.steps or tuple(step_view(step, case, words) for step in case.way.steps)
    )
    missing = barrier_text(block, case, words)
    if case.answers.at is Screen.CONFIRM and (others := other_open(case, words)):
        missing, may_go_on = others, False
    joint = together_view(case, words) if case.answers.at in {Screen.LINE, Screen.DAY, Screen.CONFIRM} else None
    also = other_notices(case, words) if case.answers.at is Screen.CONFIRM else ()
    return replace(built, steps=steps, missing=missing, may_go_on=may_go_on, together=joint, also=also)


def _line(case: Case, words: Words) -> ScreenView:
    if case.answers.is_discreet:
        return _safe_line(case, words)
    mobile = case.facts.access is Access.MOBILE
    rules = tuple(dict.fromkeys(name for going in case.way.departures for name in going.rule_ids))
    return page_of(
        case,
        words,
        words.tr("Which line, and does the number come with you?")
        if mobile or case.rules.country != "GB"
        else words.tr("Which line, and where to?"),
        words.tr("Each line has a plan of its own. Changing the answer later is free."),
        lines=line_choices(case, words),
        choices=line_choices_of(case, words),
        picks=(*reason_pick(case, words), *alarm_picks(case, words)),
        ticks=(*_card_tick(case, words), *_firm_tick(case, words), *other_ticks(case, words)),
        facts=facts_used(case, words)[:2],
        rules=rule_views(case.rules, rules, case.material.today, words),
    )


def _safe_line(case: Case, words: Words) -> ScreenView:
    """Without the ways out: each of them would show on the shared account."""
    return page_of(
        case,
        words,
        words.tr("Which line is yours?"),
        words.tr("Nothing is sent from here, and nothing of this plan is kept. The next page says what helps."),
        lines=line_choices(case, words),
        picks=reason_pick(case, words),
    )


def _card_tick(case: Case, words: Words) -> tuple[TickView, ...]:
    """A prepaid card, where the operator does not say and states nothing that binds."""
    facts, said = case.facts, case.answers.prepaid
    if facts.access is not Access.MOBILE or (
        not said and (facts.is_prepaid is not None or facts.commitment_ends is not None)
    ):
        return ()
    label = words.tr("This is a prepaid card, topped up in advance")
    return (TickView("prepaid", label, words.tr("Then there is no commitment, no notice and no final bill."), said),)


def _firm_tick(case: Case, words: Words) -> tuple[TickView, ...]:
    """A firm of at most ten people has many of a consumer's rights in the United Kingdom."""
    if not case.facts.is_business or case.rules.country != "GB":
        return ()
    label = words.tr("At most ten people work here, volunteers included")
    return (TickView("small", label, words.tr("Then many rules for consumers hold, too."), case.answers.small),)


def _save(case: Case, words: Words) -> ScreenView:
    kept = kept_here(case, words)
    text = (
        words.tr(
            "After you have left, your operator’s own pages are closed to you. Here so far: {things}.",
            things=kept,
        )
        if kept
        else words.tr("Nothing has been read yet. Let the program read everything before you go on.")
    )
    return page_of(
        case,
        words,
        words.tr("Save everything"),
        text,
        ticks=(
            TickView(
                "saved",
                words.tr("I have looked at it, and nothing is missing"),
                words.tr("Bills with their PDFs, contracts, tickets: in a pack of your own."),
                case.answers.saved,
            ),
        )
        if kept
        else (),
        actions=(
            ActionView(words.tr("Save everything…"), target="farewell"),
            ActionView(words.tr("Look at the bills"), target="bills"),
            ActionView(words.tr("Look at the contract"), target="contract"),
        ),
    )


def _bank(case: Case, words: Words) -> ScreenView:
    facts, by_notice = case.facts, case.way.route.is_notice
    ticks = []
    if not by_notice:
        ticks.append(
            TickView(
                "bankNew",
                words.tr("The new operator gets my bank details from me"),
                words.tr("They do not move with the number. Nothing of your bank is asked for or kept here."),
                case.answers.bank_new,
            )
        )
    if facts.has_direct_debit:
        ticks.append(
            TickView(
                "bankKeep",
                words.tr("The Direct Debit stays until the final bill is paid"),
                words.tr(
                    "Ending it first makes the final bill overdue. The last page of this plan says when it may end."
                ),
                case.answers.bank_keep,
            )
        )
    debit = facts.direct_debit or (words.tr("yes") if facts.has_direct_debit else "")
    return page_of(
        case,
        words,
        words.tr("The bank: the final bill is still to come")
        if by_notice
        else words.tr("The bank: new details there, the old Direct Debit stays"),
        words.tr("It comes after the line has ended and is paid as always.")
        if by_notice
        else words.tr(
            "Two things are forgotten most: the new operator does not know your bank, and the old one still has a bill."
        ),
        facts=(stated(words.tr("Direct Debit"), debit, words), *deposit_facts(case, words)),
        sums=_deposit_sum(case, words),
        dates=_deposit_day(case, words),
        ticks=tuple(ticks),
        rules=rule_views(case.rules, step_rules(case, StepKind.BANK), case.material.today, words),
    )


def _deposit_sum(case: Case, words: Words) -> tuple[SumView, ...]:
    """Asked for where no bill that is here shows a deposit: it is forgotten easily, and it comes back."""
    answers, facts = case.answers, case.facts
    if facts.deposit is not None and not answers.deposit:
        return ()
    wrong = bool(answers.deposit) and read_amount(answers.deposit) is None
    problem = words.tr("Write an amount like 49.00, or leave it empty.") if wrong else ""
    return (SumView("deposit", words.tr("Deposit that you once paid, if any"), answers.deposit, problem),)


def _deposit_day(case: Case, words: Words) -> tuple[DateView, ...]:
    answers = case.answers
    if read_amount(answers.deposit) is None:
        return ()
    label = words.tr("Day on which you paid it, if you know")
    return (DateView("depositPaid", label, answers.deposit_paid, case.material.today),)


_BUILDERS = {
    Screen.LINE: _line,
    Screen.REASON: reason_page,
    Screen.UNLOCK: unlock_page,
    Screen.SAVE: _save,
    Screen.CODE: code_page,
    Screen.BANK: _bank,
    Screen.DAY: day_page,
    Screen.CONFIRM: confirm_page,
}
