"""What leaving costs, in words and as a picture over time, the operator's figure beside ours."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.country import StepKind
from selfcare.leaving.quote import Agreement, CostLine, CostReason, Quote, better_day, cheapest_day
from selfcare.leaving.way import StepState

from .facts import TagView, Tone, price_text
from .leaving_cost_picture import CostPicture, cost_picture
from .leaving_material import Case
from .leaving_words import RuleView, day_is_open, rule_view, rule_views


class CostLineView(Struct, frozen=True):
    """One line of the cost: what it is, how much, and by which rule; `also` are others that its figure rests on."""

    name: str
    amount: str
    rule: RuleView | None
    also: tuple[RuleView, ...] = ()

    @property
    def rules(self) -> tuple[RuleView, ...]:
        """All rules behind the figure, the first one first."""
        return (*((self.rule,) if self.rule is not None else ()), *self.also)


class CostView(Struct, frozen=True):
    """The cost card. `difference` is said only where the operator's figure is not ours."""

    over: str
    headline: str
    amount: str
    text: str
    lines: tuple[CostLineView, ...]
    picture: CostPicture | None
    operator: str
    agreement: TagView | None
    difference: str
    cheapest: str


def cost_view(case: Case, words: Words, day: date | None = None) -> CostView:
    """The cost of the planned day, or of another one while a day is being chosen."""
    quote = case.way.quote if day is None or day == case.way.cut else _quote(case, day)
    return CostView(
        over=words.tr("Cost of leaving on") if case.facts.line_ended is None else words.tr("Cost of the end on"),
        amount=amount_text(quote, words),
        headline=words.tr("Day not known yet")
        if day_is_open(case) and day is None
        else words.tr("{day}: {amount}", day=_day_of(quote, case, words), amount=amount_text(quote, words)),
        text=_text(quote, case, words),
        lines=tuple(_line(line, case, words, quote.day) for line in quote.lines),
        picture=cost_picture(case, quote, words),
        operator=_operator(quote, words),
        agreement=_agreement(quote.agreement, words),
        difference=_difference(quote, case, words),
        cheapest=_cheapest(quote, case, words),
    )


def _day_of(quote: Quote, case: Case, words: Words) -> str:
    """The day of a quote, with its year where it is over."""
    today = case.material.today
    return words.day(quote.day, None if quote.day < today else today)


def _quote(case: Case, day: date) -> Quote:
    return case.way.price_of(day)


def amount_text(quote: Quote, words: Words) -> str:
    """The amount, the two ends of a range, the operator's own figure where ours cannot be computed, or "not known"."""
    if quote.low is not None and quote.low.is_zero and quote.high is None:
        return _amount(quote.low, quote.high, words)
    if quote.low is None or quote.high is None:
        if quote.operator is not None:
            return words.tr("{amount}, by your operator", amount=_by_operator(quote.operator, quote, words))
        return words.tr("not known")
    if quote.is_range:
        return words.tr("{low} to {high}", low=words.money(quote.low), high=words.money(quote.high))
    return words.money(quote.high)


def charge_text(quote: Quote, words: Words) -> str:
    """The charge for leaving alone, without what falls due besides."""
    return _amount(quote.lines[0].low, quote.lines[0].high, words)


def _text(quote: Quote, case: Case, words: Words) -> str:
    charge = quote.lines[0]
    ends = words.short_day(charge.until) if charge.until is not None else ""
    if charge.reason is CostReason.COMMITMENT_OVER:
        return _over(quote, case, words, ends)
    if charge.reason is CostReason.COMMITMENT_NOT_STATED:
        return _not_stated(quote, case, words)
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
        CostReason.FREE_EXIT: words.tr(
            "The announced rise is not the one that your contract named: you may leave free until {day}.",
            day=ends,
        )
        if quote.is_free
        else words.tr(
            "A price change was announced: you may be free to leave until {day}, if it was to your disadvantage.",
            day=ends,
        ),
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
        else words.tr("By your contract; no law caps the fee.")
        if case.rules.country == "US"
        else words.tr("The fee that your contract names."),
        CostReason.EARLY_FEE_NOT_STATED: words.tr(
            "Your carrier does not state the fee. It is in your contract, and on the label of an internet plan."
        ),
        CostReason.RELIEF: words.tr("Your reason may free you from the charge. See what it needs.")
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
    return words.tr("{said} You pay the ordinary rent until the line ends.", said=said)


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


def _line(line: CostLine, case: Case, words: Words, day: date) -> CostLineView:
    names = {
        CostReason.COMMITMENT_OVER: words.tr("Leaving after the commitment"),
        CostReason.COMMITMENT_LEFT: words.tr("Leaving before the commitment ends"),
        CostReason.COMMITMENT_NOT_STATED: words.tr("Leaving early: end not stated"),
        CostReason.PRICE_NOT_STATED: words.tr("Leaving early: price not stated"),
        CostReason.FIRST_YEAR: words.tr("Leaving before month twelve ends"),
        CostReason.AFTER_FIRST_YEAR: words.tr("Leaving after month twelve"),
        CostReason.BY_CONTRACT: words.tr("Leaving before the commitment ends"),
        CostReason.EARLY_FEE: words.tr("Early termination fee"),
        CostReason.EARLY_FEE_NOT_STATED: words.tr("Early termination fee"),
        CostReason.FREE_EXIT: words.tr("Leaving after an announced change"),
        CostReason.RELIEF: words.tr("Leaving for your reason"),
        CostReason.WITHDRAWAL: words.tr("Withdrawing from the contract"),
        CostReason.NO_NOTICE_RENT: words.tr("Notice after a switch"),
        CostReason.RENT_UNTIL_THEN: words.tr("Rent during the notice: as always, nothing extra")
        if case.way.route.is_notice
        else words.tr("Rent until the end: as always, nothing extra"),
        CostReason.PORT_IS_FREE: words.tr("Moving the number"),
        CostReason.RENT_BACK: words.tr("Rent paid in advance that comes back"),
        CostReason.RENT_NOT_BACK: words.tr("Rent paid in advance: may come back"),
        CostReason.CLOSING_FEE: words.tr("Closing fee, if your contract names it"),
        CostReason.DEVICE: words.tr("Rest of the handset, due at once"),
        CostReason.NO_COMMITMENT: words.tr("Leaving a prepaid card"),
        CostReason.CREDIT_LEFT: words.tr("Credit left on the card: may be lost (no debt)"),
        CostReason.CREDITS_LOST: words.tr("Bill credits that stop (no debt)"),
        CostReason.INSTALMENTS_LEFT: words.tr("Handset instalments left: your operator says how they go on"),
    }
    rule = case.rules.cited(line.rule_id, min(day, case.material.today))
    amount = _amount(line.low, line.high, words)
    if line.reason is CostReason.RENT_UNTIL_THEN:
        amount = price_text(case.facts.monthly, "month", words) or words.tr("not known")
    also = rule_views(case.rules, line.also, min(day, case.material.today), words)
    return CostLineView(names[line.reason], amount, rule_view(rule, words) if rule is not None else None, also)


def _amount(low: Money | None, high: Money | None, words: Words) -> str:
    if low is not None and low.is_zero and high is None:
        return words.tr("perhaps nothing")
    if low is None or high is None:
        return words.tr("not known")
    if low != high:
        return words.tr("{low} to {high}", low=words.money(low), high=words.money(high))
    return words.money(high)


def _operator(quote: Quote, words: Words) -> str:
    if quote.operator is None:
        return ""
    amount = _by_operator(quote.operator, quote, words)
    if quote.operator_day is not None and quote.operator_day != quote.day:
        return words.tr("{amount} on {day}", amount=amount, day=words.short_day(quote.operator_day))
    return amount


def _by_operator(figure: Money, quote: Quote, words: Words) -> str:
    """The operator's figure, with how many lines it is for."""
    amount, lines = words.money(figure), quote.beside.contract_lines
    if lines < 2 or figure.is_zero:
        return amount
    return words.trn("{amount} for {count} line", "{amount} for all {count} lines", lines, amount=amount)


def _agreement(agreement: Agreement, words: Words) -> TagView | None:
    return {
        Agreement.AGREES: TagView(words.tr("agrees"), Tone.GOOD),
        Agreement.HIGHER: TagView(words.tr("more than ours"), Tone.BAD),
        Agreement.LOWER: TagView(words.tr("less than ours"), Tone.WARN),
        Agreement.CANNOT_TELL: TagView(words.tr("cannot be compared"), Tone.QUIET),
        Agreement.NOT_STATED: None,
    }[agreement]


def _difference(quote: Quote, case: Case, words: Words) -> str:
    """What follows from a figure that is not ours. The law is named only where all of ours rests on it."""
    beside = quote.beside
    if beside.charge is None or beside.agreement not in {Agreement.HIGHER, Agreement.LOWER}:
        return ""
    ours = _ours_for_all(quote, words)
    if beside.agreement is Agreement.LOWER:
        if _by_formula(quote, case):
            said = words.tr(
                "Your operator asks for less than the usual formula gives. Keep its figure as your evidence."
            )
        else:
            said = words.tr("Your operator asks for less than our figure. Keep its figure as your evidence.")
    elif beside.is_free and beside.charge.reason in _FREEING:
        said = words.tr(
            "By our figure nothing is owed this way. If your operator asks for its own all the same, contest it in "
            "writing."
        )
    elif beside.by_law:
        said = words.tr("Your operator asks for more than the law allows for that day. Contest it in writing.")
    elif _by_formula(quote, case):
        said = words.tr(
            "Your operator asks for more than the usual formula gives for that day. Ask it to show how it was computed."
        )
    else:
        said = words.tr("Your operator asks for more than our figure for that day. Ask it to show how it was computed.")
    return words.tr("{first} {second}", first=ours, second=said) if ours else said


_FREEING = {CostReason.WITHDRAWAL, CostReason.RELIEF, CostReason.FREE_EXIT}


def _by_formula(quote: Quote, case: Case) -> bool:
    """Ours is the usual formula of the United Kingdom and nothing else."""
    charge = quote.beside.charge
    return charge is not None and charge.reason is CostReason.COMMITMENT_LEFT and case.rules.country == "GB"


def _ours_for_all(quote: Quote, words: Words) -> str:
    """Our figure for all lines of a contract, with which the operator's is compared; empty where it is one line."""
    beside = quote.beside
    lines = beside.contract_lines
    if lines < 2 or beside.low is None or beside.high is None:
        return ""
    amount = _amount(beside.low, beside.high, words)
    return words.trn(
        "Our figure for {count} line: {amount}.", "Our figure for all {count} lines: {amount}.", lines, amount=amount
    )


def _cheapest(quote: Quote, case: Case, words: Words) -> str:
    way = case.way
    closes = (
        case.facts.line_ended is not None
        or way.needs_notice
        or way.route is Route.WITHDRAW
        or way.notice_end is not None
    )
    best = None if quote.is_free or closes else cheapest_day(way.ground, way.country, way.route, way.earliest)
    if best is None or quote.high is None:
        return ""
    if best.apart >= (quote.high if quote.device is None else quote.high - quote.device):
        return _waiting_for_the_handset(quote, words)
    day = words.day(best.day, case.material.today)
    if best.high.is_zero and best.day > quote.day:
        said = words.tr("Nothing where the line ends on {day} or later.", day=day)
    else:
        said = words.tr("Cheapest: {day}, {amount}.", day=day, amount=_amount(best.low, best.high, words))
    if best.day > quote.day:
        said = f"{said} {_rent_on_top(case, words)}"
        if quote.device is not None and (best.device is None or best.device < quote.device):
            paid = quote.device if best.device is None else quote.device - best.device
            parts = words.tr("And the instalments until then: {amount}.", amount=words.money(paid))
            said = f"{said} {parts}"
    better = better_day(way.ground, way.country, way.route, quote.day)
    if better is None or better.day >= best.day:
        return said
    waits = words.tr(
        "If you wait until {day}: {amount} at most.",
        day=words.day(better.day, case.material.today),
        amount=words.money(better.high),
    )
    return f"{waits} {said}"


def _waiting_for_the_handset(quote: Quote, words: Words) -> str:
    """Why no later day is called cheaper, though less of the handset falls due on it."""
    if quote.device is None or quote.device.is_zero:
        return ""
    if any(line.reason is CostReason.CREDITS_LOST for line in quote.lines):
        return words.tr("Waiting saves only the bill credits: the instalments themselves are paid either way.")
    return words.tr("Waiting saves nothing of the handset: its instalments are paid either way.")


def _rent_on_top(case: Case, words: Words) -> str:
    """Waiting is not free: the figures of a later day count no rent."""
    price = price_text(case.facts.monthly, "month", words)
    if not price:
        return words.tr("The rent until then comes on top.")
    return words.tr("The rent until then comes on top: {price}.", price=price)
