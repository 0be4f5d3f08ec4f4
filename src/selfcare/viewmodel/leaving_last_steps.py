"""The words of what comes after the end: the box that goes back, and the final bill that is here, expected or late."""

from __future__ import annotations

from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.countries.fr_money import FirmSize, invoice_duties
from selfcare.leaving.country import CostReason, StepKind
from selfcare.leaving.outlook import steps_shown
from selfcare.leaving.way import Step, StepState

from .leaving_material import Case
from .leaving_words import contested_text, day_is_open


def known_steps(case: Case) -> tuple[Step, ...]:
    """The steps that are not over, as they are known here and by their days: for page, sheet and calendar alike."""
    return tuple(sorted((as_known(step, case) for step in steps_shown(case.way)), key=lambda step: step.day))


def as_known(step: Step, case: Case) -> Step:
    """A step after the end as it is known here: the final bill that has come, the box whose receipt is kept."""
    kinds = {StepKind.RETURN} if case.facts.line_ended is None else {StepKind.RETURN, StepKind.FINAL_BILL}
    if step.kind not in kinds or (step.kind is StepKind.RETURN and case.answers.returned is None):
        return step
    after = case.aftermath()
    if step.kind is StepKind.FINAL_BILL:
        came = after.final.bill.day if after.final is not None else None
        return step if came is None else replace(step, day=came, state=StepState.DONE, is_guess=False)
    done = next((item for item in after.equipment if item.is_done), None)
    if done is None or done.returned is None:
        return step
    return replace(step, day=done.returned.day, state=StepState.DONE, is_guess=False)


def bill_is_missing(step: Step, case: Case) -> bool:
    """The final bill of a line that has ended should be here by now, and is not."""
    over = step.kind is StepKind.FINAL_BILL and case.facts.line_ended is not None
    return over and step.day < case.material.today and case.aftermath().final is None


def return_text(step: Step, case: Case, words: Words) -> str:
    """By when the box goes back, and why with a receipt."""
    if step.state is StepState.DONE:
        return words.tr("You have the receipt.")
    receipt = words.tr("Without a receipt you cannot prove it.")
    if step.rule_ids:
        return words.tr("{first} {second}", first=words.tr("30 days are usual; your operator’s own time counts."),
                        second=receipt)  # fmt: skip
    guess = words.tr("Your operator states no day; this one is our careful guess, so ask for the day and the label.")
    return words.tr("{first} {second}", first=guess, second=receipt)


def final_bill_text(step: Step, case: Case, words: Words) -> str:
    """What the final bill may ask for, and whether it should be here."""
    if bill_is_missing(step, case):
        said = words.tr("Has it come? If not, ask your operator for it.")
        return words.tr("{first} {second}", first=said, second=_no_more_rent(case, words))
    return _no_more_rent(case, words)


def _no_more_rent(case: Case, words: Words) -> str:
    may_owe, country = case.way.may_owe_notice, case.rules.country
    if day_is_open(case):
        if may_owe:
            return words.tr("Rent until the last day; whether a notice is charged after it, your contract says.")
        return words.tr("Rent until the last day and not a day more.")
    day = words.day(case.way.last_day, case.material.today)
    said = words.tr("Rent until {day} and not a day more.", day=day)
    if may_owe:
        said = words.tr("Rent until {day}; whether a notice is charged after it, your contract says.", day=day)
    elif contested := contested_text(case, words):
        return contested
    reasons = {line.reason for line in case.way.quote.lines}
    if country == "FR" and case.facts.is_business:
        invoice = electronic_invoice(case, words)
        return words.tr("{first} {second}", first=said, second=invoice) if invoice else said
    if may_owe:
        return said
    if country == "FR":
        return words.tr(
            "Rent until {day} and not a day more. What you paid too much comes back within ten days of paying it.",
            day=day,
        )
    if country == "US" and (CostReason.RENT_NOT_BACK in reasons or case.facts.rent_until is None):
        return words.tr("Many carriers keep the whole last month: the last day of the billing period costs no more.")
    if case.way.route.is_notice or CostReason.NO_NOTICE_RENT not in reasons:
        return said
    back = next((line for line in case.way.quote.lines if line.reason is CostReason.RENT_BACK), None)
    if back is not None and back.high is not None:
        return words.tr(
            "No rent after {day}; {amount} of rent paid in advance comes back.",
            day=day,
            amount=words.money(-back.high),
        )
    return words.tr("No rent after {day}; rent paid in advance for the days after comes back.", day=day)


def electronic_invoice(case: Case, words: Words) -> str:
    """That a firm's final bill comes as an electronic invoice (FR-EIN-01); empty for others, and before its day."""
    if case.rules.country != "FR" or not case.facts.is_business:
        return ""
    duties = invoice_duties(FirmSize.SMALL, max(case.way.cut, case.material.today), case.rules)
    if not duties.must_receive:
        return ""
    return words.tr(
        "A firm registered for VAT gets it as an electronic invoice, the rule since {day}: look on your invoicing "
        "platform, too.", day=words.short_day(duties.receives_from)
    )  # fmt: skip
