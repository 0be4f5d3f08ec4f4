"""What leaving costs, in words and as a picture over time, the operator's figure beside ours."""

from __future__ import annotations

from datetime import date

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.prices import prices_of
from selfcare.leaving.quote import Agreement, CostLine, CostReason, Quote, better_day, cheapest_day, quote_for

from .facts import TagView, Tone, price_text
from .leaving_cost_picture import CostPicture, cost_picture
from .leaving_cost_reasons import reason_text
from .leaving_material import Case
from .leaving_words import RuleView, contract_price, day_is_open, rule_view, rule_views


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
    is_open = case.way.is_named_later
    quote = case.way.quote if day is None or (day == case.way.cut and not is_open) else _quote(case, day)
    return CostView(
        over=words.tr("Cost of leaving on") if case.facts.line_ended is None else words.tr("Cost of the end on"),
        amount=amount_text(quote, words),
        headline=words.tr("Day not known yet")
        if day_is_open(case) and day is None
        else words.tr(
            "{day}: {amount}", day=words.start(_day_of(quote, case, words)), amount=amount_text(quote, words)
        ),
        text=_open_text(quote, case, words) if is_open and day is None else reason_text(quote, case, words),
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


def day_amount(quote: Quote, case: Case, words: Words) -> str:
    """The amount of a way whose day is agreed on: how it hangs on the day, as long as none is known."""
    ends, amount = case.facts.commitment_ends, amount_text(quote, words)
    if ends is None or not quote.is_range or quote.high is None or case.answers.day is not None or ends <= quote.day:
        return amount
    way = case.way
    then = amount_text(quote_for(way.ground, way.country, way.route, ends), words)
    return words.tr(
        "{low} from {day} on, before that up to {high}",
        low=then,
        day=words.short_day(ends),
        high=words.money(quote.high),
    )


def _open_text(quote: Quote, case: Case, words: Words) -> str:
    """What the cost hangs on, as long as others have not named the day."""
    amount, said = day_amount(quote, case, words), reason_text(quote, case, words)
    if amount == amount_text(quote, words):
        return said
    return words.tr("{first} {second}", first=words.tr("The day decides: {amount}.", amount=amount), second=said)


def charge_text(quote: Quote, words: Words) -> str:
    """The charge for leaving alone, without what falls due besides."""
    return _amount(quote.lines[0].low, quote.lines[0].high, words)


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
        amount = rent_text(case, day, words) or words.tr("not known")
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
        said = f"{said} {_rent_on_top(case, best.day, words)}"
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


def rent_text(case: Case, until: date, words: Words) -> str:
    """The rent until a day, with an announced price that applies sooner; empty where no price is stated."""
    prices = prices_of(case.way.ground.facts, case.material.today)
    said = contract_price(case.facts, words)
    if prices is None or not said:
        return said
    for start in sorted({step.starts for step in prices.steps if step.starts is not None and step.in_price(until)}):
        price = price_text(prices.on(start), "month", words)
        said = words.tr("{rent}, {price} from {day} on", rent=said, price=price, day=words.short_day(start))
    return said


def _rent_on_top(case: Case, until: date, words: Words) -> str:
    """Waiting is not free: the figures of a later day count no rent."""
    price = rent_text(case, until, words)
    if not price:
        return words.tr("The rent until then comes on top.")
    return words.tr("The rent until then comes on top: {price}.", price=price)
