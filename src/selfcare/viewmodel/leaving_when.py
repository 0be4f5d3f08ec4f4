"""When one can go by each way and what it costs, when leaving is free, and what the operator had to announce."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.countries.generic import last_notice_day
from selfcare.leaving.country import CostLine, CostReason, Duty, DutyKind, DutyState, FreeExit
from selfcare.leaving.outlook import Option, outlook
from selfcare.leaving.quote import quote_for

from .facts import FactView, TagView, Tone
from .leaving_cost import amount_text, day_amount
from .leaving_material import Case
from .leaving_words import agrees_on_day, is_many


def route_name(route: Route, case: Case, words: Words) -> str:
    """A way out in a few words."""
    scheme = case.way.country.scheme(case.facts, route)
    if route is Route.NOTICE and case.facts.is_unbound:
        return words.tr("Without the number")
    if route is Route.PORT and not is_many(case) and agrees_on_day(case, route):
        return words.tr("With the number, by agreement")
    if route is Route.PORT:
        return words.tr("With the number ({code})", code=scheme) if scheme else words.tr("With the number")
    if route is Route.STAC and is_many(case):
        return words.tr("Without the numbers, by agreement")
    return {
        Route.STAC: words.tr("Without the number (STAC)"),
        Route.NOTICE: words.tr("By registered letter")
        if case.rules.country == "FR" and not case.facts.is_business
        else words.tr("By plain notice"),
        Route.ONLINE: words.tr("In three clicks"),
        Route.FIXED_SWITCH: words.tr("Switch by the new provider"),
        Route.WITHDRAW: words.tr("By withdrawal"),
    }[route]


def when_facts(case: Case, words: Words) -> tuple[FactView, ...]:
    """The earliest day of each way with its cost, the chosen way first; then the cheapest day."""
    seen = outlook(case.way)
    chosen = case.way.route
    options = sorted(seen.options, key=lambda o: (o.departure.route is not chosen, o.departure.earliest))
    rows = [_option(option, case, words) for option in options]
    best = seen.cheapest
    if best is not None and best.day > case.way.earliest:
        day = words.day(best.day, case.material.today)
        cost = words.money(best.high)
        if best.low != best.high:
            cost = words.tr("{low} to {high}", low=words.money(best.low), high=words.money(best.high))
        if not case.facts.is_unbound:
            now = case.way.price_of(case.way.earliest).device
            if now is not None and (best.device is None or best.device < now):
                cost = words.tr("{cost}, and the rent and the instalments until then", cost=cost)
            else:
                cost = words.tr("{cost}, and the rent until then", cost=cost)
        rows.append(FactView(words.tr("Cheapest day in 24 months"), day, cost))
    return tuple(rows)


def _option(option: Option, case: Case, words: Words) -> FactView:
    departure, today = option.departure, case.material.today
    name = route_name(departure.route, case, words)
    if departure.needs_notice or option.quote is None:
        return FactView(name, words.tr("once the notice of your contract is known"), is_stated=False)
    if departure.route is Route.NOTICE and case.facts.is_unbound:
        return FactView(name, words.tr("on any day, without notice"), amount_text(option.quote, words))
    if agrees_on_day(case, departure.route):
        agreed = words.tr("on a day agreed with both operators")
        return FactView(name, agreed, day_amount(option.quote, case, words))
    if departure.is_named_later:
        return FactView(name, words.tr("on the day that the new operator names"), is_stated=False)
    day = words.day_far(departure.earliest, today)
    said = words.tr("about {day}", day=day) if departure.is_guess else words.tr("from {day}", day=day)
    if departure.route.is_notice and departure.earliest < today and not departure.is_guess:
        said = words.tr("its time was over on {day}", day=words.day(departure.earliest, today))
    if departure.until is not None:
        said = words.tr("until {day}", day=words.day(departure.until, today))
    unsure = departure.route is Route.WITHDRAW and case.facts.at_distance is None
    return FactView(name, said, words.tr("perhaps free") if unsure else amount_text(option.quote, words))


def free_facts(case: Case, words: Words) -> tuple[FactView, ...]:
    """When one may leave free."""
    return tuple(_exit(free, case, words) for free in outlook(case.way).exits)


def owed_facts(case: Case, words: Words) -> tuple[FactView, ...]:
    """What the operator has to announce, or had to."""
    return tuple(_duty(duty, case, words) for duty in outlook(case.way).duties)


def _exit(free: FreeExit, case: Case, words: Words) -> FactView:
    today = case.material.today
    names = {
        CostReason.FREE_EXIT: words.tr("After the announced change"),
        CostReason.AFTER_FIRST_YEAR: words.tr("After month twelve"),
        CostReason.WITHDRAWAL: words.tr("Days of reflection"),
    }
    name = names.get(free.reason, words.tr("After the commitment"))
    if free.last is not None:
        value = words.tr("until {day}", day=words.day(free.last, today))
    elif free.first <= today:
        value = words.tr("since {day}", day=words.day(free.first, today))
    else:
        value = words.tr("from {day}", day=words.day(free.first, today))
    owed = _still_owed(free, case)
    if owed is not None and free.is_certain:
        note = words.tr("the rest of the phone falls due all the same")
        if owed.high is not None:
            note = words.tr("{amount} of the phone still falls due", amount=words.money(owed.high))
        return FactView(name, value, note, TagView(words.tr("no fee"), Tone.QUIET))
    tag = TagView(words.tr("free"), Tone.GOOD) if free.is_certain else TagView(words.tr("perhaps free"), Tone.WARN)
    return FactView(name, value, _notice_by(free, case, words), tag)


def _still_owed(free: FreeExit, case: Case) -> CostLine | None:
    """What falls due of the phone on the first day on which leaving itself costs nothing, its amount known or not; None
    where nothing does."""
    way = case.way
    quote = quote_for(way.ground, way.country, way.route, max(free.first, case.material.today))
    owed = next((line for line in quote.lines if line.reason is CostReason.DEVICE), None)
    return None if owed is None or (owed.high is not None and owed.high.is_zero) else owed


def _notice_by(free: FreeExit, case: Case, words: Words) -> str:
    """By when the contract's own notice has to be there for the line to end with the commitment."""
    ground, today = case.way.ground, case.material.today
    by_law = case.rules.country == "FR" and not case.facts.is_business  # ten days at most, whatever is written
    if free.reason is not CostReason.COMMITMENT_OVER or not case.way.route.is_notice or by_law:
        return ""
    last = last_notice_day(free.first, ground.notice)
    if last is None or last < today:
        return ""
    return words.tr("notice there by {day}", day=words.day(last, today))


def _duty(duty: Duty, case: Case, words: Words) -> FactView:
    today = case.material.today
    over = duty.last < today
    last = words.day(duty.last, None if over else today)
    if duty.kind is DutyKind.CHANGE:
        name = words.tr("Change announced a month ahead")
        value = words.tr("since {day}", day=last) if over else words.tr("from {day}", day=last)
    elif duty.kind is DutyKind.SUMMARY:
        name, value = words.tr("Contract summary of one page"), words.tr("was due before {day}", day=last)
    elif duty.kind is DutyKind.BEST_PRICES:
        name, value = words.tr("Best prices told each year"), _due(last, words, over=over)
    else:
        renews = duty.kind is DutyKind.RENEWAL
        name = words.tr("Renewal announced") if renews else words.tr("End of the commitment announced")
        value = _due(last, words, over=over)
    tag = {
        DutyState.AHEAD: TagView(words.tr("still to come")),
        DutyState.KEPT: TagView(words.tr("kept"), Tone.GOOD),
        DutyState.MISSED: TagView(words.tr("not kept"), Tone.BAD),
        DutyState.NOT_SEEN: TagView(words.tr("did it come?"), Tone.WARN),
    }[duty.state]
    return FactView(name, value, tag=tag)


def _due(last: str, words: Words, *, over: bool) -> str:
    """By when something has to be said, or had to be."""
    return words.tr("was due by {day}", day=last) if over else words.tr("by {day}", day=last)


def option_texts(case: Case, words: Words) -> dict[Route, str]:
    """The earliest day of each way, for the words beside a choice."""
    found = {}
    for departure in case.way.departures:
        if agrees_on_day(case, departure.route):
            found[departure.route] = words.tr("On a day agreed with both operators.")
        elif departure.needs_notice:
            found[departure.route] = words.tr("The day depends on the notice in your contract.")
        elif departure.route is Route.NOTICE and case.facts.is_unbound:
            found[departure.route] = words.tr("On any day.")
        elif departure.is_named_later:
            found[departure.route] = words.tr("The new operator names the day.")
        elif not (departure.route is Route.FIXED_SWITCH and case.facts.access is Access.MOBILE):
            day = words.day_far(departure.earliest, case.material.today)
            found[departure.route] = words.tr("First possible day: {day}.", day=day)
    return found
