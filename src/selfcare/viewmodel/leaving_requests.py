"""The pages of the leaving wizard on which something is asked of the operator: the unlock and the code."""

from __future__ import annotations

from selfcare.domain.commands import RequestCode, RequestUnlock
from selfcare.i18n import Words
from selfcare.leaving.codes import check_code
from selfcare.leaving.way import Caution, Route
from selfcare.leaving.wizard import may_use_code

from .facts import FactView, TagView, Tone, stated
from .leaving_cautions import caution_notice
from .leaving_material import Case
from .leaving_parts import ActionView, CodeView, EntryView, ScreenView, TickView, asked_status, page_of
from .leaving_words import code_problem_text, hours_text, rule_views, scheme_of

_OF_UNLOCK = {
    Caution.SHOULD_NOT_BE_LOCKED,
    Caution.LOCK_NOT_STATED,
    Caution.UNLOCK_LATE,
    Caution.UNLOCK_REFUSED,
}
_OF_CODE = {Caution.CODE_DEAD, Caution.CODE_DIES_FIRST, Caution.CODE_DATE_DIFFERS, Caution.MANY_NUMBERS}


def unlock_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The button that asks for the unlock, where it may be asked for."""
    facts = case.facts
    if not facts.is_locked or (facts.unlock is not None and not facts.unlock.refused):
        return ()
    if "unlock" not in case.material.profile.exit:
        return (
            ActionView(
                words.tr("How to reach your operator"),
                target="help",
                why_not=words.tr(
                    "Your operator takes no such request through a program: call or write, and note when."
                ),
            ),
        )
    return (
        ActionView(
            words.tr("Ask for the unlock now"), RequestUnlock(facts.handset_id, facts.handset_serial, facts.line_id)
        ),
    )


def unlock_page(case: Case, words: Words) -> ScreenView:
    facts, way = case.facts, case.way
    status, status_text = asked_status(facts.unlock, case, words)
    shown = [
        FactView(words.tr("Handset"), facts.handset_name),
        stated(words.tr("Serial number (IMEI)"), facts.handset_serial, words),
        stated(
            words.tr("How long it takes, by your operator"),
            hours_text(facts.unlock_hours, words) if facts.unlock_hours is not None else "",
            words,
        ),
    ]
    if way.unlock_due is not None:
        due = words.instant(way.unlock_due, case.material.zone, case.material.today)
        sent = facts.unlock is not None and facts.unlock.sent and not facts.unlock.refused
        shown.append(FactView(words.tr("Due") if sent else words.tr("If it goes out now, due"), due))
        if sent and case.material.now <= way.unlock_due:
            left = words.length(way.unlock_due - case.material.now)
            shown.append(FactView(words.tr("Time left"), left))
    if not facts.is_locked:
        status, status_text = TagView(words.tr("unlocked"), Tone.GOOD), words.tr("By your operator's own word.")
    if facts.unlock_code:
        shown.append(FactView(words.tr("Unlock code"), facts.unlock_code))
    ticks = [
        TickView(
            "tested",
            words.tr("I have put another operator's SIM in, and it works"),
            words.tr("Only this proves it."),
            case.answers.tested,
        )
    ]
    if facts.is_locked:
        ticks.append(
            TickView(
                "acceptLocked",
                words.tr("This handset stays behind: go on without the unlock"),
                words.tr("You will use another handset with the new SIM."),
                case.answers.accept_locked,
            )
        )
    return page_of(
        case,
        words,
        words.tr("Have the handset unlocked, while you are still a customer"),
        words.tr(
            "A locked handset takes no other SIM: after the move it would be dead. So this comes before the code."
        ),
        facts=tuple(shown),
        status=status,
        status_text=status_text,
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions if c in _OF_UNLOCK),
        ticks=tuple(ticks),
        actions=unlock_action(case, words),
        rules=rule_views(case.rules, ("UK-LOCK-02", "UK-LOCK-01"), case.material.today, words),
    )


def code_view(case: Case, words: Words) -> CodeView | None:
    """The code, where it is here and of this way."""
    code, life = case.facts.code_of(scheme_of(case)), case.way.code_dates
    if code is None:
        return None
    said = ""
    today = case.material.today
    if life is not None and today > life.dead_after:
        said = words.tr("Expired on {day}. A new one is free.", day=words.day(life.dead_after, today))
    elif life is not None:
        said = words.tr("Use it by {day}.", day=words.day_far(life.use_by, today))
    else:
        said = words.tr("Your operator states no last day; the rule is 30 days from its issue.")
    return CodeView(code.scheme.upper(), code.code, said, " ".join(code.code))


def code_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The button that asks for the code; held back while a locked handset stands in the way."""
    facts, scheme = case.facts, scheme_of(case)
    label = words.tr("Ask for the {code} now", code=scheme)
    asked = facts.asked_code(scheme)
    pending = asked is not None and not asked.done and not asked.refused
    life = case.way.code_dates
    alive = code_view(case, words) is not None and (life is None or case.material.today <= life.dead_after)
    if pending or alive:
        return ()
    if not may_use_code(facts, case.answers):
        when = words.instant(case.way.code_from, case.material.zone, case.material.today)
        return (
            ActionView(
                label,
                why_not=words.tr(
                    "Not yet: the handset is still locked. Ask from {moment} on, when the unlock is due, so that "
                    "none of the 30 days is lost.",
                    moment=when,
                ),
            ),
        )
    if "portCode" not in case.material.profile.exit:
        return (ActionView(label, why_not=words.tr("Your operator takes no such request through a program: text it.")),)
    return (ActionView(label, RequestCode(facts.line_id, facts.number, scheme)),)


def code_page(case: Case, words: Words) -> ScreenView:
    scheme, port = scheme_of(case), case.way.route is Route.PORT
    shown = code_view(case, words)
    status, status_text = asked_status(case.facts.asked_code(scheme), case, words) if shown is None else (None, "")
    entry = None
    if shown is None or case.answers.typed_code:
        check = check_code(case.answers.typed_code, scheme)
        entry = EntryView(
            words.tr("{code} that came by text", code=scheme),
            case.answers.typed_code,
            code_problem_text(check, scheme, words),
        )
    text = (
        words.tr("The PAC lets the new operator fetch your number. Asking for it ends nothing; using it does.")
        if port
        else words.tr("The STAC lets the new operator end this line. Asking for it ends nothing; using it does.")
    )
    by_text = (
        words.tr("Or text PAC to 65075 from this line, within the UK.")
        if port
        else words.tr("Or text STAC to 75075 from this line, within the UK.")
    )
    return page_of(
        case,
        words,
        words.tr("Get the {code}", code=scheme),
        f"{text} {by_text}" if case.facts.numbers == 1 else text,
        code=shown,
        status=status,
        status_text=status_text,
        entry=entry,
        cautions=tuple(caution_notice(c, case, words) for c in case.way.cautions if c in _OF_CODE),
        actions=code_action(case, words),
        rules=rule_views(
            case.rules,
            ("UK-SW-04", "UK-SW-06" if case.facts.is_business else "UK-SW-05", "UK-SW-09", "UK-SW-10"),
            case.material.today,
            words,
        ),
    )
