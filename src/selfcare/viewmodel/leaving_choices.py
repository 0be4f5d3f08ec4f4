"""The ways out that a line is offered, each with its first possible day."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.choices import Route

from .leaving_material import Case
from .leaving_parts import ChoiceView
from .leaving_when import option_texts
from .leaving_words import agrees_on_day, is_many


def line_choices_of(case: Case, words: Words) -> tuple[ChoiceView, ...]:
    """Only the routes that this line has; a new contract may also be withdrawn from."""
    routes = {departure.route for departure in case.way.departures}
    found = []
    if Route.FIXED_SWITCH in routes:
        found.append(_switch(case, words))
    if Route.PORT in routes:
        found.append(_keep(case, words))
    if Route.STAC in routes:
        found.append(_drop(case, words))
    found.append(_online(case, words) if Route.ONLINE in routes else _notice(case, words))
    if Route.WITHDRAW in routes:
        found.append(_withdraw(case, words))
    return tuple(found)


def _with_day(text: str, route: Route, case: Case, words: Words) -> str:
    day = option_texts(case, words).get(route, "")
    return words.tr("{first} {second}", first=text, second=day) if day else text


def _switch(case: Case, words: Words) -> ChoiceView:
    text = words.tr("Order there and do nothing else: the new provider ends this line and can take the number over.")
    return ChoiceView("keep", words.tr("Switch to another provider"), text, case.answers.keep_number is True)


def _keep(case: Case, words: Words) -> ChoiceView:
    code = case.way.country.scheme(case.facts, Route.PORT)
    if not is_many(case) and agrees_on_day(case, Route.PORT):
        text = words.tr(
            "The new provider moves it by a letter of authority that you sign. Give no notice before: the number could "
            "be lost."
        )
    elif code:
        text = words.tr(
            "The new operator takes it over with a {code}. Do not end anything yourself: the move ends this line.",
            code=code,
        )
    else:
        text = words.tr("The new operator takes it over. Do not end anything yourself: the move ends this line.")
    chosen = case.answers.keep_number is True
    return ChoiceView("keep", words.tr("Keep the number"), _with_day(text, Route.PORT, case, words), chosen)


def _drop(case: Case, words: Words) -> ChoiceView:
    text = words.tr("With a STAC the line ends within a working day, and no notice is charged.")
    if is_many(case):
        text = words.tr("25 numbers and more have no STAC. Agree with both operators on a day and on what is charged.")
    answers = case.answers
    chosen = answers.keep_number is False and not answers.plain_notice and not answers.withdraw
    label = words.tr("Give the number up, change operator")
    return ChoiceView("drop", label, _with_day(text, Route.STAC, case, words), chosen)


def _online(case: Case, words: Words) -> ChoiceView:
    text = words.tr("Notice online, from here or in three clicks on your operator’s site. The number is given up.")
    answers = case.answers
    chosen = answers.keep_number is False and not answers.withdraw
    label = words.tr("End the line, give the number up")
    return ChoiceView("drop", label, _with_day(text, Route.ONLINE, case, words), chosen)


def _notice(case: Case, words: Words) -> ChoiceView:
    text = words.tr("By plain notice; the line is paid until it ends.")
    if case.facts.is_unbound:
        text = words.tr("Use the credit up and top up no more; nobody has to be told.")
    answers = case.answers
    has_code = case.facts.access is Access.MOBILE and case.rules.country == "GB"
    chosen = answers.keep_number is False and not answers.withdraw and (answers.plain_notice or not has_code)
    label = words.tr("End the line, no new operator")
    return ChoiceView("notice", label, _with_day(text, Route.NOTICE, case, words), chosen)


def _withdraw(case: Case, words: Words) -> ChoiceView:
    until = next(d.until for d in case.way.departures if d.route is Route.WITHDRAW)
    day = words.day_far(until, case.material.today) if until is not None else ""
    text = words.tr(
        "Until {day}, without a reason, if it was made online, by telephone or at your door.",
        day=day,
    )
    return ChoiceView("withdraw", words.tr("Take the new contract back"), text, case.answers.withdraw)
