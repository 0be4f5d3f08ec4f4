"""What is said after the end of a line: the checked final bill, money owed or taken, the box, the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.choices import Reason
from selfcare.leaving.countries import fr_money, us_costs
from selfcare.leaving.countries.gb_claims import debit_told_by
from selfcare.leaving.debits import Debit, DebitRight, DebitWhy
from selfcare.leaving.door import Back, DoorState, NumberWent
from selfcare.leaving.equipment import EquipmentState
from selfcare.leaving.final_findings import Finding, FindingKind, Open, OpenWhy
from selfcare.leaving.reach import CONTRACT, rule_for
from selfcare.leaving.refunds import Refund, RefundOf, RefundState
from selfcare.leaving.rules import Rules
from selfcare.leaving.tracker import Tracked, may_end_debit

from .leaving_material import Case


class ReceiptView(Struct, frozen=True):
    """The receipt of what went back: its number as typed, the name of its photo. `is_kept`: there is a proof."""

    label: str
    number: str
    photo: str
    keep: str
    choose: str
    clear: str
    is_kept: bool


def receipt_view(case: Case, words: Words) -> ReceiptView:
    """The field of the receipt. Of the photo only the file's own name is shown."""
    answers = case.answers
    name = answers.receipt_photo.replace("\\", "/").rpartition("/")[2]
    return ReceiptView(
        label=words.tr("Number on the receipt"),
        number=answers.receipt,
        photo=words.tr("Photo: {name}", name=name) if name else "",
        keep=words.tr("Sent back, keep the number"),
        choose=words.tr("Sent back, choose a photo of the receipt"),
        clear=words.tr("Take this receipt away"),
        is_kept=bool(answers.receipt or answers.receipt_photo),
    )


def return_text(case: Case, after: Aftermath, words: Words) -> str:
    """Where the box stands, and whose day it is."""
    today = case.material.today
    step = after.equipment[0]
    if step.state is EquipmentState.DONE_LATE and not step.deadline.is_guess:
        return words.tr("Sent back after the last day. Keep the receipt until the final bill is settled.")
    if step.is_done:
        return words.tr("Sent back. Keep the receipt until the final bill is settled.")
    first = words.tr("It is done only with the receipt’s number or photo.")
    if step.state is EquipmentState.LATE:
        return words.tr("{first} The day has passed: ask your operator whether it still takes it.", first=first)
    guess = words.tr("Your operator states no day; this one is our careful guess, so ask for the day and the label.")
    if not step.deadline.is_guess:
        guess = words.tr("This is your operator’s own day.")
    elif step.deadline.rule_id:
        guess = words.tr("Your operator states no day; this one is usual. Ask for the label.")
    if today < step.first:
        wait = words.tr("You need it until the line ends.")
        return f"{wait} {guess} {first}"
    return f"{guess} {first}"


def check_notes(after: Aftermath, words: Words) -> tuple[str, ...]:
    """Every finding with its amount, then what could not be judged."""
    if after.review is None:
        return ()
    found = [finding_text(finding, words) for finding in after.review.findings]
    return (*found, *dict.fromkeys(open_text(entry, words) for entry in after.review.opens))


def check_text(after: Aftermath, words: Words) -> str:
    """What came of the check, in one sentence."""
    if after.review is None:
        return words.tr("The lines of this bill are not here yet. It is checked as soon as they are.")
    if after.review.is_fine:
        return words.tr("Every line was held against the end of the line: nothing is wrong.")
    if not after.review.findings:
        return words.tr("Nothing wrong was found. This could not be judged from here:")
    total = words.listing([words.money(amount) for amount in after.review.totals])
    if any(not finding.is_certain for finding in after.review.findings):
        return words.tr("Up to {amount} to ask back:", amount=total)
    return words.tr("{amount} to ask back:", amount=total)


def finding_text(finding: Finding, words: Words) -> str:
    """What is wrong and how much; one that is not certain is a question."""
    amount = words.money(finding.amount)
    counted = words.trn("{count} day", "{count} days", finding.days)
    said = {
        FindingKind.RENT_AFTER: words.tr("Rent after the end: {amount} too much, {days}", amount=amount, days=counted),
        FindingKind.RENT_AHEAD: words.tr(
            "Rent paid in advance and not given back: {amount}, {days}", amount=amount, days=counted
        ),
        FindingKind.NOTICE: words.tr("Charged for a notice: {amount}", amount=amount),
        FindingKind.PORT: words.tr("Charged for moving the number: {amount}", amount=amount),
        FindingKind.EARLY_HIGH: words.tr("Charge for leaving early: {amount} above our figure", amount=amount),
        FindingKind.EARLY_UNTOLD: words.tr("Charge for leaving early, not announced: {amount}", amount=amount),
        FindingKind.EARLY_CHANGE: words.tr(
            "Charge for leaving early, though you left because of the announced change: {amount}", amount=amount
        ),
        FindingKind.EARLY_REASON: words.tr(
            "Charge for leaving early, though your reason may free you: {amount}", amount=amount
        ),
        FindingKind.CLOSING_NOT_AGREED: words.tr("Closing fee that is not in the contract: {amount}", amount=amount),
        FindingKind.CLOSING_ABOVE_AGREED: words.tr("Closing fee above the contract’s: {amount}", amount=amount),
        FindingKind.CLOSING_ABOVE_COST: words.tr("Closing fee above its cost: {amount}", amount=amount),
        FindingKind.RETURNED: words.tr("Charged for equipment that is back: {amount}", amount=amount),
    }[finding.kind]
    said = words.tr("{finding}, by your contract.", finding=said) if finding.rule_id == CONTRACT else f"{said}."
    if finding.is_certain:
        return said
    return words.tr("{finding} A question to your operator, not a right.", finding=said)


def open_text(entry: Open, words: Words) -> str:
    """What could not be judged, and why."""
    why = {
        OpenWhy.UNKNOWN_CHARGE: words.tr("A charge that this program does not know"),
        OpenWhy.NO_AMOUNT: words.tr("A line without an amount"),
        OpenWhy.NO_PERIOD: words.tr("Rent that does not say for which days it is"),
        OpenWhy.OTHER_LINE: words.tr("A charge of another line"),
        OpenWhy.WHOSE: words.tr("A charge that does not say of which line it is"),
        OpenWhy.READ_CONTRACT: words.tr("Look into your contract whether this is agreed"),
        OpenWhy.ASK_FOR_COST: words.tr("Ask your operator what closing really costs it"),
        OpenWhy.NOT_COMPUTED: words.tr("A charge for which we have no figure of our own"),
        OpenWhy.DEVICE_DIFFERS: words.tr("The rest of the handset, by more than its instalments come to"),
        OpenWhy.OTHER_CURRENCY: words.tr("A charge in another currency"),
        OpenWhy.RENT_DIFFERS: words.tr("Rent up to the end, but more than the known price comes to"),
        OpenWhy.CREDIT_UNEXPLAINED: words.tr("A credit that does not say what it is for"),
        OpenWhy.PROOF_MISSING: words.tr("Equipment charged as not returned: the receipt decides"),
        OpenWhy.AFTER_THE_END: words.tr("Usage of days on which the line was gone"),
    }[entry.why]
    if entry.amount is None:
        return words.tr("Not judged: {why}.", why=why)
    return words.tr("Not judged: {why} ({amount}).", why=why, amount=words.money(entry.amount))


def paying_notes(case: Case, after: Aftermath, words: Words) -> tuple[tuple[str, str], ...]:
    """Until when the debit of a wrong final bill can be stopped or claimed; each as its rule and its sentence.

    FR-SEPA-03 and FR-PRS-01 (L34-2 CPCE) in France; US-PAY-01, which is not certain, in the United States; in the
    United Kingdom, by when the debit is announced (UK-DD-01).
    """
    bill, rules, found = after.final.bill if after.final is not None else None, case.rules, []
    if bill is None or bill.due is None or bill.is_paid or (bill.total is not None and bill.total.is_credit):
        return ()
    stop = _STOPS.get(rules.country)
    wrong = after.review is not None and bool(after.review.findings)
    if stop is not None and wrong and case.facts.has_direct_debit:
        rule, last = rule_for(rules, stop[0], bill.due, after.who), stop[1](bill.due, rules)
        if rule is not None and last >= case.material.today:
            said = words.tr(
                "The debit of {due} can be stopped until {day}. What is owed stays owed.",
                due=words.day(bill.due),
                day=words.day(last),
            )
            found.append((rule.id, _sure(said, words, is_certain=rule.is_certain)))
    told = rule_for(rules, "UK-DD-01", bill.due, after.who) if rules.country == "GB" else None
    if told is not None and case.facts.has_direct_debit:
        by = debit_told_by(bill.due, rules, calendar=case.answers.nation or case.way.calendar)
        due, day = words.day(bill.due), words.day(by)
        said = words.tr(
            "The debit of {due} was to be announced by {day}, unless the mandate says otherwise.", due=due, day=day
        )
        if by >= case.material.today:
            said = words.tr(
                "The debit of {due} is to be announced by {day}, unless the mandate says otherwise.", due=due, day=day
            )
        found.append((told.id, said))
    limit = rule_for(rules, "FR-PRS-01", bill.due, after.who) if rules.country == "FR" else None
    if limit is not None:
        until = words.day(fr_money.operator_claims_until(bill.due, rules))
        found.append((limit.id, words.tr("Your operator can claim it until {day}.", day=until)))
    return tuple(found)


_STOPS: dict[str, tuple[str, Callable[[date, Rules], date]]] = {
    "FR": ("FR-SEPA-03", fr_money.revoke_by),
    "US": ("US-PAY-01", us_costs.payment_stop_by),
}


def debit_ends_text(case: Case, after: Aftermath, words: Words) -> str:
    """When and where the Direct Debit is ended; nothing more once that is done."""
    if case.answers.debit_ended is not None:
        return ""
    if after.goes_on:
        return words.tr("It stays as long as other lines of yours are paid by it.")
    if may_end_debit(after):
        paid = words.tr("The final bill is paid.")
        if case.rules.country == "US":
            return words.tr("{paid} Turn it off at your carrier or your bank.", paid=paid)
        if not case.rules.rules:
            return words.tr("{paid} Ask your bank how it is ended.", paid=paid)
        return words.tr("{paid} The bank ends it at once, free.", paid=paid)
    if case.rules.country == "US":
        return words.tr("Not before the final bill is paid. Then turn it off at your carrier or your bank.")
    if not case.rules.rules:
        return words.tr("Not before the final bill is paid. Ask your bank how it is ended.")
    return words.tr("Not before the final bill is paid. The bank ends it at once, free.")


def refund_of(item: Tracked, after: Aftermath) -> Refund | None:
    """The refund that a row is about."""
    return next((r for r in after.refunds if r.of.value == item.about), None)


def refund_text(owed: Refund | None, words: Words) -> str:
    """What comes back, by when, and who says so."""
    if owed is None:
        return ""
    amount = words.money(owed.amount)
    what = {
        RefundOf.DEPOSIT: words.tr("Your deposit: {amount}.", amount=amount),
        RefundOf.OVERPAYMENT: words.tr("The credit of the final bill: {amount}.", amount=amount),
        RefundOf.OVERCHARGED: words.tr("Too much on the final bill, and paid: {amount}.", amount=amount),
    }.get(owed.of, words.tr("Rent paid in advance: {amount}.", amount=amount))
    late = words.trn("{count} day late", "{count} days late", owed.days_late)
    state = {
        RefundState.NOT_YET: words.tr("Its time runs from the day on which the equipment is back.")
        if owed.of is RefundOf.DEPOSIT
        else words.tr("Its time runs from the day on which the last bill is paid."),
        RefundState.NO_DAY: words.tr("No rule and no word of your operator’s says by when."),
        RefundState.WAITING: words.tr("Not here yet."),
        RefundState.LATE: words.tr("It is {late}.", late=late),
        RefundState.PAID: words.tr("It came in time."),
        RefundState.PAID_LATE: words.tr("It came, {late}.", late=late),
    }[owed.state]
    if owed.due is None:
        return f"{what} {state}"
    day = words.day(owed.due)
    if owed.rule_id:
        due = _sure(words.tr("Due by {day}.", day=day), words, is_certain=owed.is_certain)
    else:
        due = words.tr("Due by {day}, by your operator’s own word.", day=day)
    return f"{what} {due} {state}"


def _sure(said: str, words: Words, *, is_certain: bool) -> str:
    return said if is_certain else words.tr("{said} This is not certain.", said=said)


def debit_of(item: Tracked, after: Aftermath) -> Debit | None:
    """The debit that a row is about."""
    return next((d for d in after.debits if d.payment_id == item.about), None)


def debit_text(debit: Debit | None, words: Words) -> str:
    """What was taken, why it is noticed, and by which right it comes back."""
    if debit is None:
        return ""
    amount = words.money(debit.wrong)
    return {
        DebitWhy.MANDATE_ENDED: words.tr("{amount} was taken after the Direct Debit was ended.", amount=amount),
        DebitWhy.NO_BILL: words.tr(
            "{amount} was taken, and no bill that is here explains it. Ask your operator first.", amount=amount
        ),
        DebitWhy.AFTER_FINAL: words.tr("{amount} was taken for a bill written after the final one.", amount=amount),
        DebitWhy.TOO_MUCH: words.tr("{amount} more was taken than the bill asks for.", amount=amount),
        DebitWhy.OVERCHARGED: words.tr(
            "{amount} of the {whole} taken was not owed: the final bill asks for too much.",
            amount=amount,
            whole=words.money(debit.amount),
        ),
    }[debit.why]


def debit_notes(debit: Debit | None, case: Case, words: Words) -> tuple[str, ...]:
    """Each right to have it back with its last day; one that is over says so."""
    if debit is None:
        return ()
    found = tuple(_right(right, case, words) for right in debit.rights)
    sepa = any(r.rule_id == "FR-SEPA-01" and r.is_open_on(case.material.today) for r in debit.rights)
    if debit.why is not DebitWhy.OVERCHARGED or not sepa:
        return found
    return *found, words.tr("The bank gives back the whole debit: pay at once yourself what you do owe of it.")


def _right(right: DebitRight, case: Case, words: Words) -> str:
    at = words.tr("At your bank") if right.at_bank else words.tr("From your operator")
    if right.until is None:
        said = words.tr("{where}: no last day.", where=at)
    elif right.is_open_on(case.material.today):
        said = words.tr("{where}: until {day}.", where=at, day=words.day(right.until))
    else:
        said = words.tr("{where}: the last day was {day}.", where=at, day=words.day(right.until))
    return _sure(said, words, is_certain=right.is_certain)


def door_text(after: Aftermath, words: Words, *, has_rescue: bool) -> str:
    """What becomes of the number; nothing is recommended and no days are counted."""
    door = after.door
    archive = words.tr("Your archive stays open.")
    if door is None:
        return archive
    if Back.RESUME in door.steps and door.state is DoorState.OPEN:
        if door.number_until is None:
            return words.tr("By law the number is kept for your return from orders. {more}", more=archive)
        return words.tr("By law the number is kept for you, if you resume the service until then. {more}", more=archive)
    if door.went is NumberWent.MOVED:
        said = words.tr("The number can come back from the new operator at any time.")
        if has_rescue:
            rescue = words.tr("If the move goes wrong, the number can still be rescued until then.")
            return f"{rescue} {said} {archive}"
        return f"{said} {archive}"
    if door.state is DoorState.OPEN:
        held = words.tr("The number is held until then.")
        if not door.rule_id:
            held = words.tr("Your operator says that it holds the number until then.")
        return f"{held} {archive}"
    if door.state is DoorState.CLOSED:
        return words.tr("The day has passed; asking whether the number is still there is free. {more}", more=archive)
    return words.tr("Nobody says how long the number is held; asking is free. {more}", more=archive)


def door_notes(after: Aftermath, case: Case, words: Words) -> tuple[str, ...]:
    """The path of return in one row, and the operator's own price where it states one.

    After the death of the holder it is the path of whoever carries the number on.
    """
    door = after.door
    if door is None:
        return ()
    order = words.tr("order as a new customer")
    fetch = words.tr("order as a new customer and have the number fetched")
    if case.answers.about.reason is Reason.DEATH:
        order = words.tr("order in your own name")
        fetch = words.tr("order in your own name and have the number fetched")
    names = {
        Back.ASK_CODE_NEW: words.tr("ask the new operator for the code"),
        Back.ASK_CODE_OLD: words.tr("ask the old operator for the code of the number"),
        Back.ASK_OLD: words.tr("ask the old operator whether the number is still there"),
        Back.ORDER: order,
        Back.GIVE_CODE: words.tr("give the code"),
        Back.ORDER_NUMBER: fetch,
        Back.AUTHORITY: words.tr("sign a letter of authority, which moves the number"),
        Back.AGREE: words.tr("agree on the day with both operators"),
        Back.RESUME: words.tr("ask your carrier to resume the service with the number; no fee is owed for it"),
    }
    path = words.tr("The way back: {steps}.", steps=words.listing([names[step] for step in door.steps]))
    if door.price is None:
        return (path,)
    return path, words.tr("Your operator asks {amount} for it.", amount=words.money(door.price))


def paid_text(after: Aftermath, words: Words) -> str:
    """The final bill with its amount, once it is there."""
    if after.final is None:
        return words.tr("As soon as it is there, it is shown here with its amount.")
    bill = after.final.bill
    if bill.total is not None and bill.total.is_credit:
        credit = words.money(-bill.total)
        return words.tr("Bill {number}: nothing to pay, a credit of {amount}.", number=bill.number, amount=credit)
    return words.tr("Bill {number}: {amount}.", number=bill.number, amount=words.money(bill.total))
