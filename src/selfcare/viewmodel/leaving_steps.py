"""The words of each step of a way out: what is done in it, and what is to be known about it in a sentence or two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.countries.fr_number import port_counts_from
from selfcare.leaving.countries.gb_landline import match_due, service_back_by
from selfcare.leaving.countries.us_rights import voicemail_answer_due
from selfcare.leaving.country import Caution, StepKind
from selfcare.leaving.way import Step, StepState

from .leaving_asked import asked_status, is_unconfirmed
from .leaving_last_steps import final_bill_text, return_text
from .leaving_material import Case
from .leaving_order import order_sentence
from .leaving_proofs import number_comes_back, proof_text, proof_title
from .leaving_unlock import step_state, unlock_put_off, unlock_waits
from .leaving_words import by_authority, code_name, end_text, hours_text, is_agreed, kept_here


def step_title(step: Step, case: Case, words: Words) -> str:
    """What is done in a step."""
    code, route = code_name(case, words), case.way.route
    if step.kind is StepKind.HAND_OVER:
        return order_title(case, words)
    if step.kind is StepKind.CUT:
        if case.facts.line_ended is not None:
            return words.tr("This line has ended")
        if route is Route.PORT:
            return words.tr("The number moves, this line dies")
        return words.tr("This line dies")
    if step.kind is StepKind.NOTICE and route is Route.WITHDRAW:
        return words.tr("Withdraw from the contract")
    if step.kind is StepKind.NOTICE and case.facts.is_unbound:
        return words.tr("Use the credit up, top up no more")
    if step.kind is StepKind.NOTICE and step.state is StepState.DONE:
        return words.tr("Notice given")
    if step.kind is StepKind.NOTICE and is_unconfirmed(case):
        return words.tr("Notice, not confirmed yet")
    return {
        StepKind.UNLOCK_ASK: words.tr("Ask for the handset to be unlocked"),
        StepKind.SAVE: words.tr("Save everything"),
        StepKind.UNLOCKED: words.tr("Handset unlocked")
        if step.state is StepState.DONE
        else words.tr("Unlock of the handset"),
        StepKind.CODE: words.tr("Get the {code}", code=code),
        StepKind.CERTIFICATE: proof_title(step.state, case, words),
        StepKind.NOTICE: words.tr("Give notice"),
        StepKind.RETURN: words.tr("The box has been sent back")
        if step.state is StepState.DONE
        else words.tr("Give the box back, and keep the receipt"),
        StepKind.PAY_OFF: words.tr("Pay the handset off"),
        StepKind.FINAL_BILL: words.tr("The final bill")
        if step.state is StepState.DONE
        else words.tr("Final bill, checked"),
        StepKind.DOOR: words.tr("The door stays open"),
    }[step.kind]


def order_title(case: Case, words: Words) -> str:
    """What is done at the new operator."""
    if case.way.route is Route.FIXED_SWITCH:
        return words.tr("Order at the new provider (nothing else)")
    if by_authority(case):
        return words.tr("Sign a letter of authority for the new provider, and agree on the day")
    if is_agreed(case):
        return words.tr("Agree on a day with both operators")
    if not case.way.scheme:
        return words.tr("Order at the new operator, which fetches the number")
    return words.tr("Give the {code} and new bank details to the new operator", code=code_name(case, words))


def step_text(step: Step, case: Case, words: Words) -> str:
    """What is to be known about a step, in a sentence or two."""
    said = _TEXTS[step.kind](step, case, words)
    if step.kind not in {StepKind.NOTICE, StepKind.HAND_OVER} or step.state is StepState.DONE:
        return said
    order = order_sentence(case, words)
    return words.tr("{first} {second}", first=said, second=order) if order else said


def _pay_off(step: Step, case: Case, words: Words) -> str:
    """What is still owed for the handset; until it is paid no carrier that keeps the industry code unlocks it."""
    facts = case.facts
    left = facts.instalments_left or 0
    if facts.instalment is None:
        said = words.trn("{count} instalment is left.", "{count} instalments are left.", left)
    else:
        amount = words.money((facts.instalment * left).rounded())
        said = words.trn("{count} instalment is left, {amount}.", "{count} instalments are left, {amount}.", left,
                         amount=amount)  # fmt: skip
    why = words.tr("Until they are paid it stays locked; ask your operator when a payment counts.")
    return words.tr("{first} {second}", first=said, second=why)


def _unlock_ask(step: Step, case: Case, words: Words) -> str:
    if step_state(step, case) is StepState.NOW and unlock_waits(case):
        asked = case.facts.unlock
        if asked is not None and (asked.doubt or asked.asks):
            return asked_status(asked, case, words)[1]
        return words.tr("Waiting to be sent: it goes out as soon as your operator can be reached.")
    if step.state is StepState.DONE:
        return words.tr("Asked for.")
    hours, free = case.facts.unlock_hours, case.way.unlock_free_from
    first = (
        words.tr("It has generally been free since {day}.", day=words.day(free, case.material.today))
        if free is not None and free <= case.material.today and case.rules.country == "FR"
        else ""
    )
    if hours is None and case.rules.country == "US":
        days = case.rules.get("US-UNL-01", case.material.today).number
        said = words.tr(
            "Carriers that signed the industry code answer within {days} business days. It is done for customers only, "
            "so this comes first.", days=days
        )  # fmt: skip
    elif hours is None:
        said = words.tr(
            "Your operator does not say how long it takes; others needed 48 hours. It is done for customers only, so "
            "this comes first."
        )
    else:
        said = words.tr(
            "Your operator needs {hours}, and does it only for customers. So this comes first.",
            hours=hours_text(hours, words),
        )
    return words.tr("{first} {second}", first=said, second=first) if first else said


def _save(step: Step, case: Case, words: Words) -> str:
    kept = kept_here(case, words)
    if not case.material.profile.id:
        return words.tr("Every bill and contract, while your operator’s pages are still open to you.")
    if not kept and case.facts.line_ended is not None:
        return words.tr("Nothing has been read yet. Let this computer read everything while your operator shows it.")
    if not kept:
        return words.tr("Nothing has been read yet. Let this computer read everything while you are a customer.")
    return words.tr("{things} are kept so far. Take them along in a pack that opens without this program.", things=kept)


def _unlocked(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("By your operator’s own word. Test: put another SIM in.")
    if step_state(step, case) is StepState.LATE:
        return words.tr("This promise was missed. Do not use the code yet.")
    hours = case.facts.unlock_hours
    if put_off := unlock_put_off(case, words):
        return words.tr("{first} {second}", first=put_off, second=words.tr("Test: put another SIM in."))
    if hours is None:
        return words.tr("A guess, not a promise. Test: put another SIM in.")
    if not case.material.profile.id:
        return words.tr("Promise of {hours}. Test: put another SIM in.", hours=hours_text(hours, words))
    return words.tr(
        "Promise of {hours}. This program says so if it is missed. Test: put another SIM in.",
        hours=hours_text(hours, words),
    )


def _code(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("You have it. Using it is what ends the line; unused, it ends nothing.")
    if step.state is StepState.LATE:
        return words.tr("Asked for and not come: this promise was missed.")
    said = _code_asked(step, case, words)
    return words.tr("{first} {second}", first=said, second=urgent) if (urgent := urgent_code(case, words)) else said


def urgent_code(case: Case, words: Words) -> str:
    """By when the code has to be fetched, where a notice ends the line before its handset is unlocked."""
    ends = case.way.notice_end
    if ends is None or not case.way.is_code_urgent:
        return ""
    return words.tr("Fetch it while the line lives: your notice ends it on {day}. Give it away only once the handset "
                    "is unlocked.", day=words.day(ends, case.material.today))  # fmt: skip


def _code_asked(step: Step, case: Case, words: Words) -> str:
    if case.way.scheme == "RIO":
        unpaid = words.tr("An unpaid bill is no reason to refuse it.")
        if not case.material.profile.id:
            return words.tr("Free: call 3179 from this line. {unpaid}", unpaid=unpaid)
        return words.tr("Free: call 3179 from this line, or ask for it in this program. {unpaid}", unpaid=unpaid)
    if case.way.scheme == "PIN":
        return words.tr("Ask your carrier for it. A debt is no reason to hold the number back; the debt stays.")
    speed = words.tr("within a minute")
    if case.facts.is_business:
        speed = words.tr("within two working days")
        if due := _code_due(step, case):
            speed = words.tr("within two working days, by {day}", day=words.day(due, case.material.today))
    if case.way.route is Route.PORT:
        return words.tr(
            "Free, {speed}. Keeping the number: do not cancel anything yourself, the port does it.", speed=speed
        )
    return words.tr("Free, {speed}. Do not cancel anything yourself: using the code does it.", speed=speed)


def _code_due(step: Step, case: Case) -> date | None:
    """By which day a code asked for on the day of its step has to be here."""
    zone = case.material.zone
    asked = datetime.combine(step.day, case.material.now.astimezone(zone).time(), zone)
    due = case.way.country.code_due(case.way.ground, asked)
    return None if due is None else due.astimezone(zone).date()


def _hand_over(step: Step, case: Case, words: Words) -> str:
    if case.way.route is Route.FIXED_SWITCH:
        first = words.tr("The new provider does the whole switch. Do not cancel the old one yourself.")
        seconds = int((match_due(case.material.now, case.rules) - case.material.now).total_seconds())
        second = words.trn("While you order, your old provider has to find this line within {count} second.",
                           "While you order, your old provider has to find this line within {count} seconds.",
                           seconds)  # fmt: skip
        third = words.tr("If it does not, give name and address as they stand on its bill.")
        second = words.tr("{first} {second}", first=second, second=third)
        return words.tr("{first} {second}", first=first, second=second)
    if is_agreed(case) and case.way.route is Route.STAC:
        return words.tr(
            "Ask the account manager in writing, with a list of all the numbers and the day. Have it confirmed that no "
            "notice is charged after it: the rule for STACs may not reach so many numbers."
        )
    if is_agreed(case):
        said = words.tr(
            "Ask the account manager in writing, with a list of all the numbers. The new operator fetches them on the "
            "agreed day: do not end the lines yourself."
        )
        ask = words.tr(
            "Have it confirmed that no notice is charged after it: the rule for PACs may not reach so many numbers."
        )
        return words.tr("{first} {second}", first=said, second=ask)
    if by_authority(case):
        return _authority(case, words)
    cut = case.way.step(StepKind.CUT)
    keeps_debit = case.facts.has_direct_debit and not case.facts.is_unbound
    if cut is None or cut.hour is None:
        first = words.tr("Do not end this line yourself: the new operator does it, and the number comes along.")
        if waits := _waits_to_move(step, case, words):
            first = words.tr("{first} {second}", first=first, second=waits)
        if keeps_debit:
            second = words.tr("Keep the old Direct Debit until the final bill is paid.")
            return words.tr("{first} {second}", first=first, second=second)
        return first
    if keeps_debit:
        return words.tr("Before 17:00. Keep the old Direct Debit until the final bill is paid.")
    return words.tr("Before 17:00, on a working day.")


def _authority(case: Case, words: Words) -> str:
    """How the number of a firm's landline moves (UK-OTS-04), and what no rule says of it."""
    move = words.tr(
        "A firm’s landline is outside the switch by the new provider: you sign a letter of authority, usually its own "
        "form, and it moves the number. Agree on the day with both, and give no notice before the number has moved."
    )
    ask = words.tr("Ask your operator in writing whether the move ends the contract, and what notice it charges.")
    said = words.tr("{first} {second}", first=move, second=ask)
    if not case.facts.has_direct_debit:
        return said
    second = words.tr("Keep the old Direct Debit until the final bill is paid.")
    return words.tr("{first} {second}", first=said, second=second)


def _waits_to_move(step: Step, case: Case, words: Words) -> str:
    """In France the move may wait until the new contract cannot be withdrawn from any more (FR-POR-05, uncertain)."""
    if case.rules.country != "FR" or case.facts.is_business or step.state is StepState.DONE:
        return ""
    day = port_counts_from(step.day, case.rules, concluded=step.day)
    return words.tr("Ask it to move the number at once: else it may wait until {day}, while you can withdraw there.",
                    day=words.day(day, case.material.today))  # fmt: skip


def card_text(words: Words) -> str:
    """How a prepaid card ends."""
    return words.tr(
        "Nobody has to be told. The card ends by itself some time after the last top-up, by its own terms; the number "
        "is given up with it."
    )


def _notice(step: Step, case: Case, words: Words) -> str:
    if case.facts.is_unbound and case.way.route is Route.NOTICE:
        return card_text(words)
    if step.state is StepState.DONE and case.way.route is Route.WITHDRAW:
        return words.tr("Declared. Your operator need not agree to it.")
    if step.state is StepState.DONE and Caution.END_IS_OVERDUE in case.way.cautions:
        return words.tr("Received by your operator.")
    if step.state is StepState.DONE and case.facts.withdrawal is not None:
        return words.tr("You asked to take it back. Until your operator agrees, the notice stands.")
    if step.state is StepState.DONE and case.facts.withdrawal_refused is not None:
        return words.tr("Your operator refused to take it back: the notice stands.")
    if step.state is StepState.DONE:
        return words.tr("It can be taken back until the line has ended, if your operator agrees.")
    if is_unconfirmed(case):
        return asked_status(case.facts.notice_given, case, words)[1]
    if case.way.needs_notice:
        return words.tr("How long it runs is written in your contract. You are asked for it on the way.")
    if case.way.route is Route.ONLINE:
        clicks = (
            words.tr(
                "From this program, or in three clicks on your operator’s site. It counts from the day your operator "
                "receives it; ten days later at most the line ends."
            )
            if case.material.profile.id
            else words.tr(
                "In three clicks on your operator’s site. It counts from the day your operator receives it; ten days "
                "later at most the line ends."
            )
        )
        return _without_number(clicks, case, words)
    if case.way.route is Route.WITHDRAW:
        return _without_number(words.tr("Within the days of reflection, without a reason."), case, words)
    if case.rules.country == "GB" and case.facts.is_business and case.facts.access is not Access.MOBILE:
        return words.tr(
            "A firm’s landline is outside the switch by the new provider. By notice its number is given up: to keep "
            "it, sign a letter of authority for the new provider instead, which then moves the number."
        )
    said = _without_number(words.tr("It counts from the day your operator receives it."), case, words)
    spoken = _by_voice_message(case, words)
    return words.tr("{first} {second}", first=said, second=spoken) if spoken else said


def _without_number(said: str, case: Case, words: Words) -> str:
    """The same with the loss of the number, where the line is known to have one."""
    lost = number_comes_back(case, words) or words.tr("The number is given up.")
    return words.tr("{first} {second}", first=said, second=lost) if case.facts.number else said


def _by_voice_message(case: Case, words: Words) -> str:
    """By when a cancellation left on an answering machine is dealt with (US-ST-01-VOICEMAIL: two readings)."""
    facts, zone, today = case.facts, case.material.zone, case.material.today
    if case.rules.country != "US" or facts.is_business:
        return ""
    now = case.material.now.astimezone(zone)
    due = voicemail_answer_due(now, facts.state, case.rules, facts.own_holidays)
    if due is None:
        return ""
    first, last = (words.instant(moment, zone, today) for moment in (due.first, due.last))
    return words.tr(
        "In California a cancellation left as a voice message now seems due by {first}, or by {last}: the sources "
        "differ.", first=first, last=last
    )  # fmt: skip


def _cut(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("By your operator’s own word.")
    if Caution.END_IS_OVERDUE in case.way.cautions:
        return words.tr("The day has passed, and your operator does not say that the line has ended.")
    if case.way.needs_notice:
        return words.tr("On which day is known once the notice of your contract is.")
    if case.way.route.is_notice:
        return end_text(case, words)
    if is_agreed(case) and case.way.is_named_later:
        return words.tr("Both operators agree with you on the day and the hour. Have the new SIMs ready before.")
    if by_authority(case) and case.way.is_named_later:
        return words.tr("Both operators agree with you on the day and the hour. Have the new line ready before.")
    if step.hour is None and case.way.route is Route.PORT:
        if case.facts.access in {Access.FIXED, Access.INTERNET}:
            if case.way.is_named_later:
                return words.tr("The new operator names the day and the hour. Have its box ready before.")
            return words.tr("The new operator names the hour. Have its box ready; from then on this line is dead.")
        if case.way.is_named_later:
            return words.tr("The new operator names the day and the hour. Have its SIM or box ready before.")
        if case.facts.access is not Access.MOBILE:
            return words.tr("The new operator names the hour. Have its box ready; from then on this line is dead.")
        return words.tr("The new operator names the hour. Have its SIM ready; from then on this line is dead.")
    if case.way.route is Route.FIXED_SWITCH and case.rules.rules:
        back = service_back_by(case.way.cut, case.rules, case.way.calendar)
        return words.tr(
            "The new line should work at once; by the end of {day} at the latest. Later is worth a complaint.",
            day=words.day(back, case.material.today),
        )
    if step.hour is None:
        return words.tr("The line works until the end of that day. Have the new one ready before.")
    return words.tr("The usual hour, not a right. Have the new SIM at hand; from then on this one is dead.")


def _door(step: Step, case: Case, words: Words) -> str:
    if kept := number_comes_back(case, words):
        return words.tr("{first} {second}", first=kept, second=words.tr("Your archive stays open."))
    if case.way.route is Route.PORT:
        return words.tr("If the move goes wrong, the number can still be rescued until then. Your archive stays open.")
    return words.tr("The number can still be rescued until then. Your archive stays open.")


_TEXTS: dict[StepKind, Callable[[Step, Case, Words], str]] = {
    StepKind.PAY_OFF: _pay_off,
    StepKind.UNLOCK_ASK: _unlock_ask,
    StepKind.SAVE: _save,
    StepKind.UNLOCKED: _unlocked,
    StepKind.CODE: _code,
    StepKind.HAND_OVER: _hand_over,
    StepKind.CERTIFICATE: proof_text,
    StepKind.NOTICE: _notice,
    StepKind.CUT: _cut,
    StepKind.RETURN: return_text,
    StepKind.FINAL_BILL: final_bill_text,
    StepKind.DOOR: _door,
}
