"""The page of a special reason (move, death, over-indebtedness, military orders, safety): what it needs and gives."""

from __future__ import annotations

from datetime import date, timedelta

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.choices import Reason
from selfcare.leaving.countries.fr import ends_after_death, file_counts_from, indebted_contract_ends
from selfcare.leaving.countries.fr_money import usual_reasons
from selfcare.leaving.country import CostReason, StepKind
from selfcare.leaving.orders import orders_over
from selfcare.leaving.quote import Quote
from selfcare.leaving.way import StepState

from .facts import FactView, TagView, Tone
from .leaving_change import is_only_change
from .leaving_cost import amount_text, charge_text
from .leaving_material import Case
from .leaving_parts import ActionView, AmountView, DateView, PickView, ScreenView, TickView, page_of
from .leaving_proofs import comes_back, is_received, kept_until, number_is_kept, orders_over_text
from .leaving_words import rule_views


def reason_pick(case: Case, words: Words) -> tuple[PickView, ...]:
    """Whether something special is the reason; only those that lead to something of their own in this country."""
    reasons = case.way.country.reasons(case.facts)
    if not reasons:
        return ()
    options = (("", words.tr("Nothing special")), *((reason.value, reason_name(reason, words)) for reason in reasons))
    return (PickView("reason", words.tr("Is there a special reason?"), options, case.answers.about.reason.value),)


def reason_name(reason: Reason, words: Words) -> str:
    """A reason as the customer says it; empty for somebody who simply leaves."""
    return {
        Reason.MOVING: words.tr("I am moving"),
        Reason.DEATH: words.tr("The holder has died"),
        Reason.DEBT: words.tr("I am over-indebted"),
        Reason.LISTED: words.tr("Illness, dismissal or another one"),
        Reason.SERVICE: words.tr("I have military orders"),
        Reason.SAFETY: words.tr("I need to be safe from somebody on this account"),
    }.get(reason, "")


def reason_page(case: Case, words: Words) -> ScreenView:
    """What the reason needs, what it gives, and what is not certain."""
    reason = case.answers.about.reason
    if reason is Reason.SAFETY:
        return _safety(case, words)
    title, text = _heading(reason, case, words)
    relief = case.way.country.relief(case.way.ground)
    rules = rule_views(case.rules, relief.rule_ids, case.material.today, words) if relief is not None else ()
    return page_of(
        case,
        words,
        title,
        text,
        notes=_notes(reason, case, words),
        picks=_picks(reason, case, words),
        dates=_dates(reason, case, words),
        amounts=_amounts(reason, case, words),
        ticks=_ticks(reason, case, words),
        facts=(_effect(case, words), *_days(case, words)),
        actions=proof_letter(case, words),
        rules=rules,
    )


def proof_letter(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The letter that carries the proof, or names the change, and is no notice, as long as it has not gone."""
    step = case.way.step(StepKind.CERTIFICATE)
    if step is None or step.state is StepState.DONE:
        return ()
    if is_only_change(case):
        return (ActionView(words.tr("Write the letter about the change"), target="papers/change"),)
    return (ActionView(words.tr("Write the letter with the proof"), target="papers/proof"),)


def _heading(reason: Reason, case: Case, words: Words) -> tuple[str, str]:
    return {
        Reason.MOVING: (
            words.tr("You are moving"),
            words.tr(
                "A mobile line goes where you go. Ask first whether it has a signal there; if it has none, your "
                "contract may let you go free."
            )
            if case.facts.access is Access.MOBILE
            else words.tr(
                "Ask first whether the line can move with you. If it cannot, your contract may let you go free."
            ),
        ),
        Reason.DEATH: (
            words.tr("The holder has died"),
            words.tr(
                "Our condolences. The line can end, or be taken over by somebody of the family with its number. Your "
                "operator has what it asked for; no one should ask for it again."
            )
            if is_received(case)
            else words.tr(
                "Our condolences. The line can end, or be taken over by somebody of the family with its number. Send "
                "the death certificate once, with the account’s number; no one should ask for it twice."
            ),
        ),
        Reason.DEBT: (
            words.tr("You are over-indebted"),
            words.tr(
                "If the commission has admitted your file, you may leave without a charge. What you already owe stays "
                "in the file."
            ),
        ),
        Reason.LISTED: (
            words.tr("A reason that your contract may list"),
            words.tr(
                "Look for “legitimate reason” in your contract. If yours stands there, you owe no charge; send the "
                "proof with the notice."
            )
            if case.way.route.is_notice
            else words.tr(
                "Look for “legitimate reason” in your contract. If yours stands there, you owe no charge; send the "
                "proof before the number moves."
            ),
        ),
        Reason.SERVICE: (
            words.tr("You have military orders"),
            words.tr("Some orders end the contract without a fee; by your answers these do not.")
            if _frees(case) is False
            else words.tr("Orders may end the contract without a fee."),
        ),
    }.get(reason, (words.tr("Your reason"), ""))


def _notes(reason: Reason, case: Case, words: Words) -> tuple[str, ...]:
    if reason is Reason.MOVING and case.rules.country == "GB" and case.facts.access is not Access.MOBILE:
        return (words.tr("To another address the new provider does not end the old line: you have to give notice."),)
    if reason is Reason.DEATH:
        stop = words.tr("Until it is settled, do not end the Direct Debit: the final bill would be overdue.")
        if case.rules.country == "GB":
            return (words.tr("Operators usually waive the charge; no law says so. Ask for it in writing."), stop)
        if case.rules.country == "FR":
            first = words.tr("Ten days after the certificate is received the line ends. No law makes that free.")
            if not case.way.route.is_notice:
                first = words.tr("No law makes leaving free after a death; your contract may.")
            return (first, stop)
        return (stop,)
    if reason is Reason.LISTED and case.rules.country == "FR":
        return (_usual(case, words),)
    if reason is Reason.DEBT:
        return _not_indebted(case, words)
    return _service_notes(case, words) if reason is Reason.SERVICE else ()


def _not_indebted(case: Case, words: Words) -> tuple[str, ...]:
    """Why a file does not free from this contract: it was made too shortly before, or before the law (FR-OVR-01)."""
    made, filed, today = case.facts.concluded, case.answers.about.filed, case.material.today
    if _frees(case) is not False or made is None or filed is None:
        return ()
    first = file_counts_from(made, case.rules)
    if first is None:
        return (words.tr("This rule is for contracts made since 1 January 2023; yours is older."),)
    return (
        words.tr("This contract was made on {made}, so only a file received from {first} on frees you; yours was "
                 "received on {filed}.",
                 made=words.day(made, today), first=words.day(first, today), filed=words.day(filed, today)),
    )  # fmt: skip


def _service_notes(case: Case, words: Words) -> tuple[str, ...]:
    """What goes to the carrier and what comes back, as far as these orders free by law (US-SCRA-01, US-SCRA-02)."""
    frees, today = _frees(case), case.material.today
    if frees is False:
        rule = case.rules.get("US-SCRA-01", today)
        return (
            words.tr("By law these orders do not free you: it takes orders of {days} days or more to a place that "
                     "the service does not reach, or a stopped move of {stopped} days or more.",
                     days=rule.number, stopped=rule.other_number),
        )  # fmt: skip
    send = (
        words.tr("Send a copy of the orders with the notice.")
        if case.way.route.is_notice
        else words.tr("By this way no notice is given. Before the number moves, write to your carrier that the orders "
                      "are the reason, with a copy of them.")
    )  # fmt: skip
    if not frees:
        return (" ".join(orders_over_text(case, words)), send) if orders_over(case.way.ground) is not None else (send,)
    days = case.rules.get("US-SCRA-02", today).number
    return (send, words.tr("What was paid in advance comes back within {days} days of the end.", days=days))


def _frees(case: Case) -> bool | None:
    """The reason frees from the charge by law or contract; None where that is not certain, or no rule is known."""
    relief = case.way.country.relief(case.way.ground)
    return None if relief is None else relief.frees


def _usual(case: Case, words: Words) -> str:
    """The reasons that contracts usually list (FR-LEG-01), for looking it up."""
    names = {
        "uncovered": words.tr("a move to a place without coverage"),
        "abroad": words.tr("a move abroad"),
        "dismissal": words.tr("dismissal"),
        "illness": words.tr("illness"),
        "overIndebtedness": words.tr("over-indebtedness"),
        "death": words.tr("death"),
        "prison": words.tr("prison"),
    }
    usual = usual_reasons(case.material.today, case.rules)
    return words.tr("Contracts usually list: {reasons}.", reasons=words.listing([names.get(r, r) for r in usual]))


def _picks(reason: Reason, case: Case, words: Words) -> tuple[PickView, ...]:
    about = case.answers.about
    options = (("", words.tr("Not answered yet")), ("yes", words.tr("yes")), ("no", words.trc("answer", "no")))
    if reason is Reason.SERVICE:
        label = words.tr("Can you use the service where you are ordered to?")
        return (PickView("usable", label, options, _key(about.usable_there)),)
    listed = reason in {Reason.MOVING, Reason.DEATH, Reason.LISTED} and case.rules.country == "FR"
    if not listed:
        return ()
    label = words.tr("Does your contract list this as a legitimate reason?")
    return (PickView("listed", label, options, _key(about.listed)),)


def _key(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


_ORDERS_AHEAD = timedelta(days=730)
"""So far ahead the first day of orders may lie."""


def _dates(reason: Reason, case: Case, words: Words) -> tuple[DateView, ...]:
    if reason is Reason.SERVICE and not case.answers.about.orders_open:
        label, last = words.tr("From which day are you ordered?"), case.material.today + _ORDERS_AHEAD
        return (DateView("ordersFrom", label, case.answers.about.orders_from, last),)
    if reason is not Reason.DEBT:
        return ()
    label = words.tr("When did the commission receive your file?")
    return (DateView("filed", label, case.answers.about.filed, case.material.today),)


def _amounts(reason: Reason, case: Case, words: Words) -> tuple[AmountView, ...]:
    if reason is not Reason.SERVICE or case.answers.about.orders_open:
        return ()
    label = words.tr("For how many days are you ordered?")
    return (AmountView("ordersDays", label, case.answers.about.orders_days, 9999),)


def _ticks(reason: Reason, case: Case, words: Words) -> tuple[TickView, ...]:
    about = case.answers.about
    if reason is Reason.DEBT:
        return (TickView("admitted", words.tr("The commission has declared my file admissible"), "", about.admitted),)
    if reason is not Reason.SERVICE:
        return ()
    return (
        TickView("ordersOpen", words.tr("My orders name no end"), "", about.orders_open),
        TickView(
            "stopMove",
            words.tr("My orders stop a move, and I signed this contract for that move"),
            "",
            about.stop_move,
        ),
    )


def _effect(case: Case, words: Words) -> FactView:
    """What the reason does to the charge, as far as it is answered."""
    relief, quote = case.way.country.relief(case.way.ground), case.way.quote
    name = words.tr("Cost of leaving")
    charge = quote.lines[0]
    if charge.high is not None and charge.high.is_zero and charge.reason is not CostReason.RELIEF:
        return FactView(words.tr("Charge for leaving"), charge_text(quote, words), tag=_free_anyway(quote, words))
    if charge.reason is CostReason.FREE_EXIT:
        tag = TagView(words.tr("not by this reason, perhaps by the announced change"), Tone.WARN)
        return FactView(name, amount_text(quote, words), tag=tag)
    if relief is None:
        return FactView(name, amount_text(quote, words), tag=TagView(words.tr("no rule here frees you")))
    if relief.frees:
        sent = case.way.step(StepKind.CERTIFICATE)
        proven = sent is None or sent.state is StepState.DONE
        free = TagView(words.tr("free") if proven else words.tr("free, with the proof"), Tone.GOOD)
        return FactView(words.tr("Charge for leaving"), charge_text(quote, words), tag=free)
    if relief.frees is None:
        return FactView(name, amount_text(quote, words), tag=TagView(words.tr("not certain"), Tone.WARN))
    return FactView(name, amount_text(quote, words), tag=TagView(words.tr("does not free you")))


def _free_anyway(quote: Quote, words: Words) -> TagView:
    """Why there is no charge without this reason; what falls due of a handset is owed all the same (US-ETF-02)."""
    if quote.lines[0].reason is CostReason.FREE_EXIT:
        return TagView(words.tr("free by the announced change"), Tone.GOOD)
    if any(line.reason is CostReason.DEVICE for line in quote.lines):
        return TagView(words.tr("the rest of the phone falls due all the same"), Tone.WARN)
    return TagView(words.tr("nothing is owed anyway"), Tone.GOOD)


def _days(case: Case, words: Words) -> tuple[FactView, ...]:
    """What follows from the reason by a day: the end after a death, the number of a servicemember who returns."""
    about, today, rules = case.answers.about, case.material.today, case.rules
    if not case.way.route.is_notice and about.reason in {Reason.DEATH, Reason.DEBT}:
        return ()  # by this way the new operator ends the line, on the day of the move
    if about.reason is Reason.DEATH and rules.country == "FR" and not case.facts.is_business:
        ends = ends_after_death(today, rules)
        name = words.tr("The line ends, if the certificate arrives today")
        return (FactView(name, words.tr("by {day}", day=words.day_far(ends, today))),)
    if about.reason is Reason.DEBT and rules.country == "FR" and about.admitted and _frees(case):
        ends = indebted_contract_ends(today, rules)
        name = words.tr("The line ends, if all proofs arrive today")
        return (FactView(name, words.tr("by {day}", day=words.day_far(ends, today))),)
    name = words.tr("Number kept for your return")
    if not number_is_kept(case):
        return ()
    if not comes_back(case):
        return (FactView(name, words.tr("not by this rule: more than three years")),)
    if kept := kept_until(case):
        return (FactView(name, words.tr("if you resume the service by {day}", day=words.day(kept.resume_by, today))),)
    rule = rules.get("US-SCRA-03", today)
    return (FactView(name, words.tr("if you resume the service within {count} days after the orders end",
                                    count=rule.number)),)  # fmt: skip


def _safety(case: Case, words: Words) -> ScreenView:
    """A survivor: everything to be known before anything is sent. Nothing is sent or kept from this page."""
    due: date | None = case.way.country.separation(case.way.ground)
    today = case.material.today
    facts = [FactView(words.tr("Kept of this plan on this computer"), words.tr("nothing"))]
    facts.append(FactView(words.tr("Sent from this page"), words.tr("nothing")))
    if due is not None:
        by = words.tr("by {day}", day=words.day_far(due, today))
        facts.append(FactView(words.tr("Line separated, if asked for today"), by))
        facts.append(FactView(words.tr("Cost of separating"), words.tr("nothing, no fee and no condition")))
        text = words.tr(
            "By law your line is taken out of the shared account, free, within two business days of a complete "
            "request. Ask the carrier on which day, if at all, the account holder is told of it."
        )
        if not case.facts.counts_lines:
            text = words.tr("{first} {second}", first=text,
                            second=words.tr("The law is for accounts of two lines or more."))  # fmt: skip
    else:
        text = words.tr(
            "No rule that we know takes a line out of a shared account by a day. An organisation that helps survivors "
            "can speak to the operator for you."
        )
    return page_of(
        case,
        words,
        words.tr("Leaving a shared account safely"),
        text,
        notes=(
            words.tr("Ask from a telephone and an e-mail address that the other person cannot see, or in a shop."),
            words.tr("A code or a notice asked for here would show on the account: so this program asks for none."),
            words.tr(
                "What cannot be undone: once the line is out, only the account holder could take it back in, its old "
                "bills may no longer be open to you, and a missing line is noticed on the next bill."
            ),
            words.tr("Turn off shared location, call lists and cloud copies on the handset before the line moves."),
        ),
        facts=tuple(facts),
        actions=(ActionView(words.tr("Write the letter that asks for it"), target="papers/separation"),),
        rules=rule_views(case.rules, ("US-SCA-01",) if due is not None else (), today, words),
    )
