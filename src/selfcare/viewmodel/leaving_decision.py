"""The pages of the leaving wizard on which the day is chosen and the one confirmation is given."""

from __future__ import annotations

from selfcare.domain.commands import GiveNotice
from selfcare.i18n import Words
from selfcare.leaving.way import Caution, Route, StepKind

from .facts import FactView
from .leaving import step_view
from .leaving_cost import cost_view
from .leaving_material import Case
from .leaving_parts import DayView, ScreenView, page_of
from .leaving_words import caution_notice, rule_views, scheme_of

_OF_DAY = {Caution.LOCAL_HOLIDAY, Caution.NOTICE_IS_LONG, Caution.CODE_DIES_FIRST}


def day_page(case: Case, words: Words) -> ScreenView:
    way, today = case.way, case.material.today
    chosen = case.answers.day or way.cut
    notice = way.route is Route.NOTICE
    port = way.route in {Route.PORT, Route.STAC}
    over = way.step(StepKind.HAND_OVER)
    shown = [FactView(words.tr("First possible day"), words.day_far(way.earliest, today))]
    if over is not None and port:
        shown.append(
            FactView(
                words.tr("Code with the new operator"), words.tr("{day}, before 17:00", day=words.day(over.day, today))
            )
        )
    if port:
        shown.append(FactView(words.tr("The line dies"), words.tr("{day}, about 18:00", day=words.day(way.cut, today))))
    else:
        shown.append(
            FactView(words.tr("The line ends"), words.tr("{day}, at the end of the day", day=words.day(way.cut, today)))
        )
    rules = ("UK-CTR-09", "UK-CTR-08", "UK-CTR-10") if notice else ("UK-SW-11", "UK-SW-12", "UK-CAL-01", "UK-CTR-10")
    return page_of(
        case,
        words,
        words.tr("On which day does the line end?")
        if notice
        else words.tr("On which day does the number move?")
        if way.route is Route.PORT
        else words.tr("On which day does this line end?"),
        words.tr("The notice runs from the day your operator receives it; a later day is always possible.")
        if notice
        else words.tr("Tell the new operator this day. Have its SIM in your hand before."),
        day=DayView(words.tr("Day"), chosen, way.earliest, way.latest, words.day_far(chosen, today)),
        facts=tuple(shown),
        cost=cost_view(case, words),
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions if c in _OF_DAY),
        rules=rule_views(case.rules, rules, today, words),
    )


def notice_command(case: Case) -> GiveNotice:
    """The notice exactly as it is shown on the page of facts."""
    return GiveNotice(
        line_id=case.facts.line_id,
        contract_id=case.facts.contract_id,
        day=case.way.cut,
        seen_ends=case.facts.contract_ends,
        seen_cost=case.facts.operator_charge,
    )


def confirm_page(case: Case, words: Words) -> ScreenView:
    way, facts, today = case.way, case.facts, case.material.today
    cost, number = cost_view(case, words), case.number or words.tr("this line")
    notice = way.route is Route.NOTICE
    shown = [
        FactView(words.tr("Line"), number),
        FactView(
            words.tr("Number"), words.tr("comes with you") if way.route is Route.PORT else words.tr("is given up")
        ),
    ]
    if facts.has_handset:
        lock = words.tr("stays behind") if case.answers.accept_locked and facts.is_locked else ""
        due = way.unlock_due
        if facts.is_locked and not lock and due is not None:
            lock = words.tr("unlock due {moment}", moment=words.instant(due, case.material.zone, today))
        shown.append(FactView(words.tr("Handset"), lock or words.tr("unlocked")))
    over = way.step(StepKind.HAND_OVER)
    if over is not None:
        day = words.tr("{day}, before 17:00", day=words.day_far(over.day, today))
        shown.append(FactView(words.tr("You give the {code} to the new operator", code=scheme_of(case)), day))
    hour = words.tr("the end of the day") if notice else words.tr("about 18:00")
    shown.append(
        FactView(words.tr("This line dies"), words.tr("{day}, {hour}", day=words.day_far(way.cut, today), hour=hour))
    )
    shown.append(
        FactView(words.tr("Cost of leaving"), cost.headline.partition(": ")[2] or cost.headline, note=cost.text)
    )
    shown += [FactView(line.name, line.amount) for line in cost.lines[1:]]
    if facts.has_direct_debit:
        shown.append(FactView(words.tr("Direct Debit"), words.tr("stays until the final bill is paid")))
    if notice:
        text = words.tr(
            "With the button below your notice is sent to {operator}. It can be taken back until the line has ended, "
            "if your operator agrees.",
            operator=case.material.profile.name,
        )
    else:
        text = words.tr(
            "Nothing is ended by this button. It keeps your plan and follows it. What ends this line is the {code}, "
            "when your new operator uses it.",
            code=scheme_of(case),
        )
    return page_of(
        case,
        words,
        words.tr("All the facts, once more"),
        text,
        forward=words.tr("Give notice for {day}", day=words.day(way.cut, today))
        if notice
        else words.tr("This is my plan"),
        facts=tuple(shown),
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions),
        steps=tuple(step_view(s, case, words) for s in way.steps),
    )
