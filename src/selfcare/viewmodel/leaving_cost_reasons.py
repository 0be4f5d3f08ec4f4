"""Why leaving costs what it does on a day, in a sentence: the commitment, a reason to leave free, what is not known."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.country import StepKind
from selfcare.leaving.prices import prices_of
from selfcare.leaving.quote import CostLine, CostReason, Quote
from selfcare.leaving.terms import is_fall_open
from selfcare.leaving.way import StepState

from .leaving_material import Case


def reason_text(quote: Quote, case: Case, words: Words) -> str:
    """The sentence below an amount: until when the commitment runs, which reading or reason decides, what is open."""
    charge = quote.lines[0]
    ends = words.short_day(charge.until) if charge.until is not None else ""
    if charge.reason is CostReason.COMMITMENT_OVER:
        return _over(quote, case, words, ends)
    if charge.reason is CostReason.COMMITMENT_NOT_STATED:
        return _not_stated(quote, case, words)
    said = _why(quote, case, words, ends)
    price = _announced_price(quote, case, words)
    return words.tr("{first} {second}", first=said, second=price) if price else said


_BY_PRICE = {
    CostReason.COMMITMENT_LEFT,
    CostReason.FIRST_YEAR,
    CostReason.AFTER_FIRST_YEAR,
    CostReason.BY_CONTRACT,
}
"""The charges that are reckoned from the price of a month."""


def _announced_price(quote: Quote, case: Case, words: Words) -> str:
    """How far an announced price is counted; empty where none comes before the commitment ends."""
    charge, ground = quote.lines[0], case.way.ground
    prices, ends = prices_of(ground.facts, case.material.today), ground.facts.commitment_ends
    nothing = charge.high is None or charge.high.is_zero
    if charge.reason not in _BY_PRICE or prices is None or ends is None or nothing:
        return ""
    steps = [step for step in prices.steps if step.starts is None or step.starts < ends]
    if all(step.in_price(quote.day) for step in steps):
        price = words.tr("{amount} a month", amount=words.money(prices.on(quote.day)))
        return words.tr("Reckoned with the announced price: {price}.", price=price) if steps else ""
    return words.tr(
        "An announced change of the price is counted in one of the two figures alone: whether it belongs to the months "
        "left, no rule says."
    )


def _why(quote: Quote, case: Case, words: Words, ends: str) -> str:
    charge = quote.lines[0]
    return {
        CostReason.COMMITMENT_LEFT: words.tr(
            "The commitment ends on {day}. Without and with VAT, by the usual formula; your operator’s figure counts "
            "if it is fair.",
            day=ends,
        )
        if case.rules.country == "GB"
        else words.tr(
            "The commitment ends on {day}. When the contract was made is not stated, so only a range can be told.",
            day=ends,
        ),
        CostReason.FREE_EXIT: _after_change(charge, case, words, ends),
        CostReason.PRICE_NOT_STATED: words.tr(
            "The commitment ends on {day}, but your operator does not state the price.", day=ends
        ),
        CostReason.FIRST_YEAR: words.tr(
            "Before the end of month twelve: all instalments until then, and of those after it a part or all of them. "
            "Two readings of the law, so a range.",
        )
        if charge.low != charge.high
        else words.tr(
            "The commitment ends on {day}, before month twelve is over: all instalments until then may be asked for.",
            day=ends,
        ),
        CostReason.AFTER_FIRST_YEAR: _after_first_year(quote, words, ends),
        CostReason.BY_CONTRACT: words.tr(
            "The commitment ends on {day}. From nothing to all instalments left: the contract says how much.", day=ends
        ),
        CostReason.EARLY_FEE: words.tr(
            "Perhaps nothing until {day}: the industry code has days of trial. Ask the carrier whether it keeps them.",
            day=ends,
        )
        if charge.rule_id == "US-ETF-03"
        else words.tr(
            "No early termination fee beside an instalment plan, but the rest of the handset falls due at once."
        )
        if charge.rule_id == "US-ETF-02"
        else words.tr(
            "From nothing to the fee that your contract names: beside an instalment plan there is usually none. The "
            "rest of the handset falls due at once."
        )
        if "US-ETF-02" in charge.also
        else words.tr(
            "The whole fee that you typed: you have not said by what it falls each month. No law caps the fee."
        )
        if is_fall_open(case.answers.terms) and case.facts.fee is not None and case.facts.fee[1].is_zero
        else words.tr("By your contract; no law caps the fee.")
        if case.rules.country == "US"
        else words.tr("The fee that your contract names."),
        CostReason.EARLY_FEE_NOT_STATED: words.tr(
            "Your carrier does not state the fee. It is in your contract, and on the label of an internet plan."
        ),
        CostReason.RELIEF: _perhaps_relieved(charge, case, words)
        if charge.high is None or charge.low != charge.high
        else words.tr("Your reason frees you from the charge, once your operator has its proof.")
        if (sent := case.way.step(StepKind.CERTIFICATE)) is not None and sent.state is not StepState.DONE
        else words.tr("Your reason frees you from the charge."),
        CostReason.NO_COMMITMENT: words.tr(
            "A prepaid card binds you to nothing: no commitment, no notice, no final bill."
        ),
        CostReason.WITHDRAWAL: words.tr("Within the days of reflection. You pay what you have used.")
        if quote.is_free
        else words.tr(
            "Perhaps nothing: if the contract was made online, by telephone or at your door. Else it is the charge of "
            "leaving early. You pay what you have used."
        )
        if case.facts.at_distance is None
        else words.tr(
            "Perhaps nothing: we found no source for the days of reflection. Ask your operator. You pay what you have "
            "used."
        ),
    }[charge.reason]


def _over(quote: Quote, case: Case, words: Words, ends: str) -> str:
    until = quote.lines[0].until
    if until is not None and until > case.material.today:
        said = words.tr("The commitment ends on {day}.", day=ends)
    else:
        said = words.tr("Commitment ended on {day}.", day=ends)
    if any(line.reason is CostReason.NO_NOTICE_RENT for line in quote.lines):
        return words.tr("{said} No notice is charged after a switch (Ofcom, since 2019).", said=said)
    if case.way.may_owe_notice:
        return words.tr(
            "{said} You pay the ordinary rent until the line ends; whether a notice is charged after it, your contract "
            "says.",
            said=said,
        )
    return words.tr("{said} You pay the ordinary rent until the line ends.", said=said)


def _perhaps_relieved(charge: CostLine, case: Case, words: Words) -> str:
    """A reason that is not certain, and beside it a change that is not either: neither hides the other."""
    said = words.tr("Your reason may free you from the charge. See what it needs.")
    if charge.change is None or charge.change.last is None:
        return said
    change = _after_change(charge, case, words, words.short_day(charge.change.last))
    return words.tr("{first} {second}", first=said, second=change)


def _after_change(charge: CostLine, case: Case, words: Words, ends: str) -> str:
    """Why one may leave free after a change, and what is still open of it: a known rise is to one's disadvantage."""
    change = charge.change
    if change is not None and change.is_certain and change.rise is not None and change.rise.by_percent:
        return words.tr(
            "Your contract names inflation or a percentage, which may not be in a contract of its day: you may leave "
            "free until {day}.",
            day=ends,
        )
    if change is not None and change.is_certain:
        return words.tr(
            "The announced rise is not the one that your contract named: you may leave free until {day}.", day=ends
        )
    if change is None or change.rise is None or change.rise.amount.value <= 0:
        return words.tr(
            "A price change was announced: you may be free to leave until {day}, if it was to your disadvantage.",
            day=ends,
        )
    if case.rules.country == "US":
        return words.tr(
            "A price rise was announced: by the industry code you may be free to leave until {day}. Ask the carrier "
            "whether it keeps the code.",
            day=ends,
        )
    if case.rules.country == "FR":
        return words.tr(
            "A price rise was announced: you may be free to leave until {day}, unless the law imposes it.", day=ends
        )
    return words.tr(
        "A price rise was announced: you may be free to leave until {day}, unless your contract named it or the law "
        "imposes it.",
        day=ends,
    )


def _not_stated(quote: Quote, case: Case, words: Words) -> str:
    if quote.operator is not None:
        return words.tr(
            "Your operator states no end of a commitment. Its own figure is shown; ours cannot be computed."
        )
    texts = case.rules.country == "GB" and case.facts.access is Access.MOBILE and case.facts.line_ended is None
    if not texts or case.facts.numbers > 1:
        return words.tr("Your operator does not state when the commitment ends.")
    return words.tr("Your operator does not state when the commitment ends. Text INFO to 85075: it is free.")


def _after_first_year(quote: Quote, words: Words, ends: str) -> str:
    charge = quote.lines[0]
    if charge.rule_id == "FR-DUR-04":
        return words.tr("Made before 2023: at most a quarter of what is left until {day}.", day=ends)
    if charge.low is not None and charge.high is not None and charge.low != charge.high:
        return words.tr(
            "After month twelve: nothing, or at most 20 % of what is left until {day} if a handset came cheaper with "
            "the contract.",
            day=ends,
        )
    if charge.high is not None and charge.high.is_zero:
        closing = (line.high for line in quote.lines if line.reason is CostReason.CLOSING_FEE)
        if any(high is None or not high.is_zero for high in closing):
            return words.tr("After month twelve nothing is owed for leaving itself; a closing fee may come on top.")
        return words.tr("After month twelve nothing is owed for leaving.")
    return words.tr("After month twelve: at most 20 % of what is left until {day}, for the handset.", day=ends)
