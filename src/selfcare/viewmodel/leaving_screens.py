"""The pages of the leaving wizard, one question each: which line, what is kept here, the bank; and which comes now."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.wizard import Barrier, Screen, barrier

from .facts import stated
from .leaving import facts_used, line_choices, step_view
from .leaving_decision import confirm_page, day_page
from .leaving_material import Case
from .leaving_parts import ActionView, ChoiceView, ScreenView, TickView, page_of
from .leaving_requests import code_page, unlock_page
from .leaving_words import barrier_text, kept_here, rule_views


def screen_view(case: Case, words: Words) -> ScreenView:
    """The page that the answers stand on (not the whole way and not the tracker, which have their own)."""
    built = _BUILDERS[case.answers.at](case, words)
    block = barrier(case.facts, case.answers, case.way, case.rules)
    may_go_on = block is None or block is Barrier.UNCONFIRMED
    steps = built.steps or tuple(step_view(step, case, words) for step in case.way.steps)
    return replace(built, steps=steps, missing=barrier_text(block, case, words), may_go_on=may_go_on)


def _line(case: Case, words: Words) -> ScreenView:
    mobile = case.facts.access is Access.MOBILE
    rules = ("UK-SW-01", "UK-SW-02", "UK-CTR-09", "UK-SW-14") if mobile else ("UK-OTS-01", "UK-OTS-04", "UK-CTR-09")
    return page_of(
        case,
        words,
        words.tr("Which line, and does the number come with you?") if mobile else words.tr("Which line, and where to?"),
        words.tr("Each line has a plan of its own. Changing the answer later is free."),
        lines=line_choices(case, words),
        choices=_mobile_choices(case, words) if mobile else _fixed_choices(case, words),
        facts=facts_used(case, words)[:2],
        rules=rule_views(case.rules, rules, case.material.today, words),
    )


def _mobile_choices(case: Case, words: Words) -> tuple[ChoiceView, ...]:
    keep, by_notice = case.answers.keep_number, case.answers.plain_notice
    return (
        ChoiceView(
            "keep",
            words.tr("Keep the number"),
            words.tr(
                "The new operator takes it over with a PAC. Do not end anything yourself: the move ends this line."
            ),
            keep is True,
        ),
        ChoiceView(
            "drop",
            words.tr("Give the number up, change operator"),
            words.tr("With a STAC the line ends within a working day, and no notice is charged."),
            keep is False and not by_notice,
        ),
        _notice_choice(case, words),
    )


def _fixed_choices(case: Case, words: Words) -> tuple[ChoiceView, ...]:
    """At home a switch is ordered at the new provider alone; a business ends its line by notice."""
    if case.facts.is_business:
        return (_notice_choice(case, words),)
    return (
        ChoiceView(
            "keep",
            words.tr("Switch to another provider"),
            words.tr("Order there and do nothing else: the new provider ends this line and can take the number over."),
            case.answers.keep_number is True,
        ),
        _notice_choice(case, words),
    )


def _notice_choice(case: Case, words: Words) -> ChoiceView:
    return ChoiceView(
        "notice",
        words.tr("End the line, no new operator"),
        words.tr("By plain notice; the line is paid until it ends."),
        case.answers.keep_number is False and case.answers.plain_notice,
    )


def _save(case: Case, words: Words) -> ScreenView:
    kept = kept_here(case, words)
    text = (
        words.tr(
            "After you have left, your operator's own pages are closed to you. What is here stays: {things}.",
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
                words.tr("Bills with their PDFs, contracts, tickets."),
                case.answers.saved,
            ),
        ),
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
        facts=(stated(words.tr("Direct Debit"), debit, words),),
        ticks=tuple(ticks),
        rules=rule_views(case.rules, ("UK-DD-01", "UK-DD-02"), case.material.today, words),
    )


_BUILDERS = {
    Screen.LINE: _line,
    Screen.UNLOCK: unlock_page,
    Screen.SAVE: _save,
    Screen.CODE: code_page,
    Screen.BANK: _bank,
    Screen.DAY: day_page,
    Screen.CONFIRM: confirm_page,
}
