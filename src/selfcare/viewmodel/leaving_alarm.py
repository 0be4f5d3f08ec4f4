"""What an alarm or telecare on a line at home needs before that line ends, and until when analogue lines exist."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.countries.gb_landline import LandlineCare, LandlineCheck, analogue_days_left, landline_cares
from selfcare.leaving.countries.us_rights import battery_hours
from selfcare.leaving.reach import reaches, who_of

from .leaving_material import Case
from .leaving_words import hours_text
from .notice import Notice


def alarm_notices(case: Case, words: Words) -> tuple[Notice, ...]:
    """What to do about an alarm or telecare before the line at home ends; also where nobody has said there is none."""
    said = case.answers.is_critical
    if case.facts.access is Access.MOBILE or said is False or case.answers.is_discreet:
        return ()
    if case.facts.line_ended is not None:
        return ()
    sentence = (
        words.tr("An alarm or telecare uses this line.")
        if said
        else words.tr("You have not said whether an alarm or telecare uses this line.")
    )
    advice = words.tr("Tell the firm behind it, and try it on the new line before this one ends.")
    cares = (_care(care, case, words) for care in _cares(case))
    return (Notice(sentence, advice, kind="warn"), *cares, *_battery(case, words))


def alarm_rules(case: Case) -> tuple[str, ...]:
    """The rules behind these notices."""
    return (*(care.rule_id for care in _cares(case)), *(("US-BAT-01",) if _needs_battery(case) else ()))


def _needs_battery(case: Case) -> bool:
    """In the United States: a home telephone on which an alarm or telecare hangs."""
    home = case.facts.access is not Access.MOBILE and not case.facts.is_business
    return case.rules.country == "US" and home and case.answers.is_critical is True


def _battery(case: Case, words: Words) -> tuple[Notice, ...]:
    """A battery is advised; by hours only as long as offering one is a certain duty (US-BAT-01)."""
    if not _needs_battery(case):
        return ()
    hours = battery_hours(case.material.today, case.rules)
    advice = words.tr("Ask the carrier for a battery.")
    if hours:
        advice = words.tr(
            "Ask the carrier for a battery of {hours}: it has to offer one.", hours=hours_text(hours[0], words)
        )
    return (Notice(words.tr("A home telephone that needs mains power is silent in a power cut."), advice),)


def _cares(case: Case) -> tuple[LandlineCare, ...]:
    """In the United Kingdom: analogue lines go, and whoever depends on one is helped (UK-PSTN-01, UK-PSTN-02)."""
    facts, today = case.facts, case.material.today
    if case.rules.country != "GB" or facts.access is Access.MOBILE or case.answers.is_critical is False:
        return ()
    who = who_of(facts.access, is_business=facts.is_business, is_small=facts.small is True)
    gone = analogue_days_left(today, case.rules) == 0
    found = landline_cares(today, case.rules, is_digital=gone, at_risk=case.answers.is_critical is True)
    return tuple(care for care in found if reaches(case.rules.get(care.rule_id, today), who))


def _care(care: LandlineCare, case: Case, words: Words) -> Notice:
    if care.check is LandlineCheck.ALARMS and care.until is not None:
        left = analogue_days_left(case.material.today, case.rules)
        day = words.day(care.until, case.material.today)
        return Notice(
            words.trn("Analogue landlines end by {day}: {count} day is left.",
                      "Analogue landlines end by {day}: {count} days are left.", left, day=day),
            words.tr("Ask whether this line is still one, and whether the alarm works on a digital line."),
        )  # fmt: skip
    hours = hours_text(int(care.lasts.total_seconds() // 3600), words) if care.lasts is not None else ""
    return Notice(
        words.tr("A digital line is dead in a power cut."),
        words.tr("Ask for a way to call for help that lasts at least {hours}: who depends on the line is offered one.",
                 hours=hours),
    )  # fmt: skip
