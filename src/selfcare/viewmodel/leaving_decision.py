"""The pages of the leaving wizard on which the day is chosen and the one confirmation is given."""

from __future__ import annotations

from datetime import date

from selfcare.domain.commands import GiveNotice
from selfcare.domain.lines import Access, SimLock
from selfcare.i18n import Words
from selfcare.leaving.choices import Reason, Route
from selfcare.leaving.country import Caution, StepKind

from .facts import FactView
from .leaving import deposit_facts, step_view
from .leaving_alarm import alarm_notices, alarm_rules
from .leaving_asked import asked_status
from .leaving_cautions import caution_notice
from .leaving_change import change_reason, told_change
from .leaving_cost import cost_view
from .leaving_exact import exact_view
from .leaving_material import Case
from .leaving_parts import AmountView, DayView, ScreenView, page_of, withdrawal_instead, withdrawal_letter
from .leaving_proofs import number_comes_back, proof_fact
from .leaving_reasons import proof_letter
from .leaving_rise import clause_pick, rise_question
from .leaving_steps import card_text
from .leaving_unlock import cautions_left, unlock_is_sent, unlock_waits
from .leaving_words import by_agreement, by_authority, code_name, end_moment, hours_text, is_agreed, rule_views

_OF_DAY = {
    Caution.LOCAL_HOLIDAY,
    Caution.NOTICE_IS_LONG,
    Caution.CODE_DIES_FIRST,
    Caution.END_IS_LATE,
    Caution.END_IS_SOONER,
    Caution.END_IS_OVERDUE,
    Caution.NOTICE_RUNS,
    Caution.MOVE_IS_ORDERED,
    Caution.NO_WITHDRAWAL,
    Caution.EXIT_IS_MISSED,
    Caution.WITHDRAWAL_IS_OPEN,
    Caution.NO_RULES,
    Caution.FIRM_RULES,
    Caution.END_BEFORE_START,
    Caution.ORDERS_ARE_OVER,
    Caution.ENDS_WHILE_LOCKED,
}


def day_page(case: Case, words: Words) -> ScreenView:
    """On which day the line ends: between the first and the last possible one, with the cost of that day."""
    way, today = case.way, case.material.today
    chosen = None if way.is_named_later else case.answers.day or way.cut
    title, text = _day_words(case, words)
    charge = way.quote.lines[0]
    by_others = way.going.is_named_later
    rules = tuple(dict.fromkeys((*way.going.rule_ids, charge.rule_id, *charge.also)))
    if way.needs_notice:
        return page_of(
            case,
            words,
            words.tr("How long is the notice in your contract?"),
            _ask_notice(words),
            amounts=(notice_question(case, words),),
            cautions=tuple(caution_notice(c, case, words) for c in way.cautions if c in _OF_DAY),
        )
    asks_notice = case.facts.notice is None and way.route.is_notice and case.answers.notice is not None
    return page_of(
        case,
        words,
        title,
        text,
        amounts=(notice_question(case, words),) if asks_notice else (),
        day=_day_view(chosen, case, words),
        facts=(
            *(() if by_others else (FactView(words.tr("First possible day"), words.day_far(way.earliest, today)),)),
            *(() if chosen is None else (*_hand_over(case, words), _end(case, words))),
        ),
        cost=cost_view(case, words),
        picks=clause_pick(case, words),
        sums=rise_question(case, words),
        exact=exact_view(case, words),
        actions=withdrawal_instead(case, words),
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions if c in _OF_DAY),
        rules=rule_views(case.rules, rules, today, words),
    )


def _day_view(chosen: date | None, case: Case, words: Words) -> DayView:
    """The day to choose; where others name it nothing is suggested, and no day is called the first possible one."""
    way = case.way
    said = words.tr("not named yet") if chosen is None else words.day_far(chosen, case.material.today)
    return DayView(words.tr("Day"), chosen, way.earliest, way.latest, said, offers_first=not way.going.is_named_later)


def _ask_notice(words: Words) -> str:
    return words.tr("Your operator does not state it. Look into your contract under notice, ending or cancelling.")


def notice_question(case: Case, words: Words) -> AmountView:
    """The contract's own notice, as the customer read it."""
    amount, unit = case.answers.notice or (None, "day")
    units = (("day", words.tr("days")), ("month", words.tr("months")))
    return AmountView("notice", words.tr("Notice in the contract"), amount, 3660, units, unit)


def _day_words(case: Case, words: Words) -> tuple[str, str]:
    if case.way.route is Route.WITHDRAW:
        return (
            words.tr("On which day does the line end?"),
            words.tr("The withdrawal goes out when you confirm it, within the days of reflection, and runs no time."),
        )
    if case.way.route.is_notice:
        return (
            words.tr("On which day does the line end?"),
            words.tr("The notice runs from the day your operator receives it; a later day is always possible."),
        )
    if case.way.route is Route.FIXED_SWITCH:
        return (
            words.tr("On which day do you switch?"),
            words.tr("Agree on it with the new provider. Have its equipment ready before."),
        )
    told = (
        words.tr("Tell the new operator this day. Have its SIM in your hand before.")
        if case.facts.access is Access.MOBILE
        else words.tr("Tell the new operator this day. Have its equipment ready before.")
    )
    if is_agreed(case):
        return words.tr("On which day do the numbers move?"), words.tr(
            "The day that both operators agreed on with you."
        )
    if by_authority(case):
        return words.tr("On which day does the number move?"), words.tr(
            "The day that both operators agreed on with you."
        )
    if case.way.going.is_named_later:
        return words.tr("On which day does the number move?"), words.tr(
            "Order at the new operator; it names the day. Put that day in here: we know no rule that names one."
        )
    if case.way.route is Route.PORT:
        return words.tr("On which day does the number move?"), told
    return words.tr("On which day does this line end?"), told


def _hand_over(case: Case, words: Words) -> tuple[FactView, ...]:
    over, today = case.way.step(StepKind.HAND_OVER), case.material.today
    if over is None or case.way.is_named_later:
        return ()
    day = words.day_far(over.day, today)
    if case.way.route is Route.FIXED_SWITCH:
        return (FactView(words.tr("You order at the new provider"), words.tr("by {day}", day=day)),)
    cut = case.way.step(StepKind.CUT)
    if cut is not None and cut.hour is not None:
        day = words.tr("{day}, before 17:00", day=day)
    if by_agreement(case):
        return (FactView(words.tr("You agree on it with both operators"), words.tr("before")),)
    if not case.way.scheme:
        return (FactView(words.tr("You order at the new operator"), day),)
    return (FactView(words.tr("You give the {code} to the new operator", code=code_name(case, words)), day),)


def _end(case: Case, words: Words) -> FactView:
    if case.way.is_named_later:
        return FactView(words.tr("This line dies"), words.tr("Day not known yet"), is_stated=False)
    day = words.day_far(case.way.cut, case.material.today)
    if case.way.route.is_move:
        cut = case.way.step(StepKind.CUT)
        hour = cut.hour if cut is not None else None
        said = day if hour is None else words.tr("{day}, about {time}", day=day, time=words.hour(hour))
        return FactView(words.tr("This line dies"), said)
    if case.facts.is_unbound and case.way.route is Route.NOTICE:
        return FactView(words.tr("This line ends"), words.tr("by itself, after the last top-up"))
    if case.way.route.is_notice:
        return FactView(words.tr("This line ends"), end_moment(case, words))
    return FactView(words.tr("This line ends"), day)


def gives_notice(case: Case) -> bool:
    """The confirmation sends a notice: by notice, where the operator takes one, and none is with it already.

    A prepaid card ends without one.
    """
    given = case.facts.notice_given
    if case.facts.is_unbound and case.way.route is Route.NOTICE:
        return False
    return case.way.route.is_notice and (given is None or given.refused) and takes_notice(case)


def takes_notice(case: Case) -> bool:
    """The operator takes notice through a program."""
    return "notice" in case.material.profile.exit


def notice_command(case: Case, words: Words) -> GiveNotice:
    """The notice exactly as it is shown on the page of facts."""
    return GiveNotice(
        line_id=case.facts.line_id,
        contract_id=case.facts.contract_id,
        day=case.way.cut,
        seen_ends=case.facts.contract_ends,
        seen_cost=case.facts.operator_charge,
        reason=reason_text(case, words),
        is_withdrawal=case.way.route is Route.WITHDRAW,
    )


def reason_text(case: Case, words: Words) -> str:
    """The reason that the notice names, in the customer's language; empty where it names none."""
    if case.way.route is Route.WITHDRAW:
        return _withdrawal_text(case, words)
    said = {
        Reason.DEATH: words.tr("The holder of the contract has died"),
        Reason.DEBT: words.tr("Over-indebtedness"),
        Reason.MOVING: words.tr("Moving"),
        Reason.LISTED: words.tr("A legitimate reason of the contract"),
        Reason.SERVICE: words.tr("Military orders"),
    }.get(case.answers.about.reason, "")
    if (told := told_change(case)) is not None:
        named = change_reason(told, words, by_heirs=case.answers.about.reason is Reason.DEATH)
        said = words.tr("{reason}. {change}", reason=said, change=named) if said else named
    change = case.facts.holder_change
    if change is None:
        return said
    if not said:
        return words.tr("A change of holder is open under {number}", number=change.ticket_id)
    return words.tr("{reason}; a change of holder is open under {number}", reason=said, number=change.ticket_id)


def _withdrawal_text(case: Case, words: Words) -> str:
    made = case.facts.concluded
    if made is None:
        return words.tr("I withdraw from this contract.")
    return words.tr("I withdraw from this contract, made on {day}.", day=words.short_day(made))


def confirm_page(case: Case, words: Words) -> ScreenView:
    """One page of facts and one button that says what it does."""
    way, facts, cost = case.way, case.facts, cost_view(case, words)
    shown = [FactView(words.tr("Line"), case.number or words.tr("this line"))]
    if facts.number:
        shown.append(_number(case, words))
    if facts.has_handset:
        shown.append(_handset(case, words))
    shown += [*_hand_over(case, words), _end(case, words)]
    shown.append(FactView(words.tr("Cost of leaving"), cost.amount, note=cost.text))
    if cost.operator:
        shown.append(FactView(words.tr("Operator’s own figure"), cost.operator, cost.difference, cost.agreement))
    shown += [FactView(line.name, line.amount) for line in cost.lines[1:]]
    if facts.has_direct_debit and not facts.is_unbound:
        shown.append(FactView(words.tr("Direct Debit"), words.tr("stays until the final bill is paid")))
    shown += deposit_facts(case, words)
    reason = reason_text(case, words)
    if reason:
        name = words.tr("What you declare") if way.route is Route.WITHDRAW else words.tr("Your reason")
        shown[1:1] = [FactView(name, reason), *proof_fact(case, words)]
    sends = gives_notice(case)
    return page_of(
        case,
        words,
        words.tr("All the facts, once more"),
        _what_it_does(case, words),
        forward=_what_is_sent(case, words) if sends else words.tr("This is my plan"),
        facts=tuple(shown),
        command=notice_command(case, words) if sends else None,
        cautions=(*alarm_notices(case, words), *(caution_notice(c, case, words) for c in cautions_left(case))),
        actions=(*proof_letter(case, words), *withdrawal_letter(case, words), *withdrawal_instead(case, words)),
        rules=rule_views(case.rules, alarm_rules(case), case.material.today, words),
        steps=tuple(step_view(s, case, words) for s in way.steps),
    )


def _what_is_sent(case: Case, words: Words) -> str:
    if case.way.route is Route.WITHDRAW:
        return words.tr("Withdraw from the contract")
    return words.tr("Give notice for {day}", day=words.day(case.way.cut, case.material.today))


def _number(case: Case, words: Words) -> FactView:
    if kept := number_comes_back(case, words):
        return FactView(words.tr("Number"), kept)
    said = {
        Route.PORT: words.tr("comes with you"),
        Route.FIXED_SWITCH: words.tr("as you agree with the new provider"),
    }.get(case.way.route, words.tr("is given up"))
    return FactView(words.tr("Number"), said)


def _handset(case: Case, words: Words) -> FactView:
    facts, due = case.facts, case.way.unlock_due
    name = words.tr("Handset")
    if facts.lock is SimLock.UNLOCKED:
        return FactView(name, words.tr("unlocked"))
    if facts.lock is SimLock.NOT_STATED:
        return FactView(name, words.tr("lock: not stated"), is_stated=False)
    if case.answers.accept_locked or due is None:
        return FactView(name, words.tr("locked, stays behind"))
    if unlock_waits(case) and facts.unlock is not None and (facts.unlock.doubt or facts.unlock.asks):
        return FactView(name, words.tr("unlock not confirmed yet"))
    if unlock_waits(case):
        hours = facts.unlock_hours
        if hours is None:
            return FactView(name, words.tr("unlock waiting to be sent"))
        until = hours_text(hours, words)
        return FactView(name, words.tr("unlock waiting to be sent; due {hours} after that", hours=until))
    if not unlock_is_sent(case):
        return FactView(name, words.tr("unlock not asked for yet"))
    moment = words.instant(due, case.material.zone, case.material.today)
    if case.way.unlock_is_guess:
        return FactView(name, words.tr("unlock due perhaps {moment}", moment=moment))
    return FactView(name, words.tr("unlock due {moment}", moment=moment))


def _what_it_does(case: Case, words: Words) -> str:
    given = case.facts.notice_given
    if case.way.route.is_notice and (given is None or given.refused) and not takes_notice(case):
        return words.tr(
            "{operator} takes no notice through a program, so this button sends nothing: it keeps your plan. Give the "
            "notice yourself, in time: by the letter below, with proof of its date.",
            operator=case.material.profile.name,
        )
    if case.way.route.is_notice and given is not None and not given.refused and not given.sent:
        return words.tr("{how} This button sends nothing; it keeps your plan.", how=asked_status(given, case, words)[1])
    if case.way.route is Route.WITHDRAW:
        if not gives_notice(case):
            return words.tr(
                "Your withdrawal is with your operator already. This button sends nothing; it keeps your plan."
            )
        return words.tr(
            "With the button below your withdrawal from the contract is sent to {operator}. It is no notice: it needs "
            "no reason and runs no time. Send the letter, too: its date is your proof.",
            operator=case.material.profile.name,
        )
    if gives_notice(case):
        return words.tr(
            "With the button below your notice is sent to {operator}. It can be taken back until the line has ended, "
            "if your operator agrees.",
            operator=case.material.profile.name,
        )
    if case.facts.is_unbound and case.way.route is Route.NOTICE:
        return words.tr("This button sends nothing; it keeps your plan. {how}", how=card_text(words))
    if case.way.route.is_notice:
        return words.tr("Your notice is with your operator already. This button sends nothing; it keeps your plan.")
    if Caution.NOTICE_RUNS in case.way.cautions:
        return words.tr(
            "This button sends nothing: it keeps your plan and follows it. Your notice stands all the same, until you "
            "take it back."
        )
    if case.way.route is Route.FIXED_SWITCH:
        return words.tr(
            "Nothing is ended by this button. It keeps your plan and follows it. What ends this line is your order at "
            "the new provider."
        )
    if not case.way.scheme:
        return words.tr(
            "Nothing is ended by this button. It keeps your plan and follows it. What ends this line is your order at "
            "the new operator."
        )
    return words.tr(
        "Nothing is ended by this button. It keeps your plan and follows it. What ends this line is the {code}, "
        "when your new operator uses it.",
        code=code_name(case, words),
    )
