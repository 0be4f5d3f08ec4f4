"""The pages of the leaving wizard on which something is asked of the operator: the unlock and the code."""

from __future__ import annotations

from selfcare.domain.commands import RequestCode
from selfcare.domain.lines import Access, Handset
from selfcare.i18n import Words
from selfcare.leaving.codes import check_typed
from selfcare.leaving.countries.fr_number import RioRefusal, number_until, rio_refusal_stands, rio_texted
from selfcare.leaving.countries.us import PortField, PortRequest, Refusal, missing_fields, refusal_stands
from selfcare.leaving.country import StepKind
from selfcare.leaving.way import Caution, Route
from selfcare.leaving.wizard import may_use_code

from .facts import FactView, TagView, Tone, stated
from .handsets import ban_on_lock, unlock_view
from .leaving_asked import asked_status
from .leaving_cautions import caution_notice
from .leaving_material import Case
from .leaving_parts import (
    ActionView,
    CodeView,
    DateView,
    EntryView,
    ScreenView,
    TickView,
    code_asked,
    is_silent,
    page_of,
)
from .leaving_unlock import cautions_left, unlock_is_sent, unlock_put_off, unlocked_by
from .leaving_words import code_name, code_problem_text, hours_text, rule_views, scheme_of, step_rules
from .notice import Notice

_OF_UNLOCK = {
    Caution.SHOULD_NOT_BE_LOCKED,
    Caution.LOCK_NOT_STATED,
    Caution.UNLOCK_LATE,
    Caution.UNLOCK_REFUSED,
    Caution.UNLOCK_NOT_FREE,
    Caution.UNLOCK_AFTER_PAYING,
    Caution.PORT_WHILE_LOCKED,
}
_OF_CODE = {
    Caution.CODE_DEAD,
    Caution.CODE_DIES_FIRST,
    Caution.CODE_DATE_DIFFERS,
    Caution.PORT_WHILE_LOCKED,
}


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
    handset = Handset(
        facts.handset_id, facts.handset_name, facts.handset_serial, facts.lock, since=facts.handset_bought
    )
    ban = ban_on_lock(handset, case.rules, is_business=facts.is_business)
    ask = unlock_view(handset, facts.line_id, case.number, facts.unlock_hours, ban, words)
    return (ActionView(words.tr("Ask for the unlock now"), ask.wish, unlock=ask),)


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
    if way.unlock_free_from is not None and facts.is_locked and case.rules.country == "FR":
        today, free = case.material.today, way.unlock_free_from
        shown.append(
            FactView(words.tr("Generally free since"), words.day(free, today))
            if free <= today
            else FactView(words.tr("Generally free from"), words.day_far(free, today))
        )
    if way.unlock_due is not None:
        due = words.instant(way.unlock_due, case.material.zone, case.material.today)
        sent = facts.unlock is not None and facts.unlock.sent and not facts.unlock.refused
        if way.unlock_is_guess:
            due = words.tr("perhaps {moment}", moment=due)
        shown.append(FactView(words.tr("Due") if sent else words.tr("If it goes out now, due"), due))
        if sent and case.material.now <= way.unlock_due:
            left = words.length(way.unlock_due - case.material.now)
            shown.append(FactView(words.tr("Time left"), left))
    if not facts.is_locked:
        status, status_text = TagView(words.tr("unlocked"), Tone.GOOD), unlocked_by(case, words)
    if facts.unlock_code:
        shown.append(FactView(words.tr("Unlock code"), facts.unlock_code))
    ticks = [
        TickView(
            "tested",
            words.tr("I have put another operator’s SIM in, and it works"),
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
        notes=(put_off,) if facts.is_locked and (put_off := unlock_put_off(case, words)) else (),
        facts=tuple(shown),
        status=status,
        status_text=status_text,
        cautions=tuple(caution_notice(c, case, words) for c in cautions_left(case) if c in _OF_UNLOCK),
        ticks=tuple(ticks),
        actions=unlock_action(case, words),
        rules=rule_views(case.rules, step_rules(case, StepKind.UNLOCK_ASK), case.material.today, words),
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
    elif code.scheme.upper() == "RIO":
        said = words.tr("It lives as long as the line, and 40 days more.")
    elif code.scheme.upper() == "PIN":
        said = words.tr("Your carrier states no last day. Ask for it shortly before you order.")
    else:
        said = words.tr("Your operator states no last day; the rule is 30 days from its issue.")
    if code.in_note:
        found = words.tr("It was found in a note of your operator’s: check it.")
        said = f"{found} {said}"
    is_over = life is not None and today > life.dead_after
    return CodeView(code.scheme.upper(), code.code, said, " ".join(code.code), is_over)


def code_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The button that asks for the code; held back while a locked handset stands in the way."""
    facts, scheme = case.facts, scheme_of(case)
    label = words.tr("Ask for the {code} now", code=code_name(case, words))
    asked = facts.asked_code(scheme)
    pending = asked is not None and not asked.done and not asked.refused
    life = case.way.code_dates
    alive = code_view(case, words) is not None and (life is None or case.material.today <= life.dead_after)
    if pending and is_silent(case):
        return (ActionView(words.tr("How to reach your operator"), target="help"),)
    if pending or alive:
        return ()
    if not may_use_code(facts, case.answers) and not case.way.is_code_urgent:
        if case.way.unlock_due is not None and case.way.unlock_due <= case.material.now:
            said = words.tr("Not yet: the handset is still locked. Ask once it is unlocked.")
            return (ActionView(label, why_not=said),)
        return (ActionView(label, why_not=_not_yet(case, scheme, words)),)
    if "portCode" not in case.material.profile.exit:
        return (ActionView(label, why_not=_other_way(scheme, words)),)
    return (ActionView(label, RequestCode(facts.line_id, facts.number, scheme)),)


def _not_yet(case: Case, scheme: str, words: Words) -> str:
    """When a code is asked for that has to wait for the unlock: on the day of its step, and not before the unlock."""
    zone, today, step = case.material.zone, case.material.today, case.way.step(StepKind.CODE)
    if step is not None and step.day > case.way.code_from.astimezone(zone).date():
        day = words.day(step.day, today)
        return words.tr("Not yet: the handset is still locked. By this plan you ask for it on {day}.", day=day)
    when = words.instant(case.way.code_from, zone, today)
    if scheme == "RIO":
        return words.tr("Not yet: the handset is still locked. Ask from {moment} on.", moment=when)
    return words.tr(
        "Not yet: the handset is still locked. Ask from {moment} on, when the unlock is due, so that none of its days "
        "is lost.", moment=when
    )  # fmt: skip


def followed_code_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """As on its own page; but no day is named for an unlock whose request has not left."""
    found = code_action(case, words)
    if unlock_is_sent(case) or may_use_code(case.facts, case.answers) or case.way.is_code_urgent:
        return found
    why = words.tr("Not yet: the handset is still locked, and your operator has no request for the unlock.")
    return tuple(ActionView(one.label, why_not=why) for one in found)


def code_page(case: Case, words: Words) -> ScreenView:
    scheme = scheme_of(case)
    shown = code_view(case, words)
    lives = shown is not None and not shown.is_over
    status, status_text = (None, "") if lives else asked_status(code_asked(case), case, words)
    entry = None
    if not lives or case.answers.typed_code:
        check = check_typed(case.answers.typed_code, scheme, case.facts.number, case.facts.carrier)
        entry = EntryView(
            words.tr("{code} that came another way", code=scheme)
            if scheme == "PIN"
            else words.tr("{code} that came by text", code=scheme),
            case.answers.typed_code,
            code_problem_text(check, scheme, words),
        )
    text, by_telephone = _code_words(case, words)
    return page_of(
        case,
        words,
        words.tr("Get the {code}", code=code_name(case, words)),
        words.tr("{first} {second}", first=text, second=by_telephone) if by_telephone else text,
        code=shown,
        status=status,
        status_text=status_text,
        entry=entry,
        dates=_issued(case, shown, words),
        cautions=(
            *refusal_notices(case, words),
            *(caution_notice(c, case, words) for c in case.way.cautions if c in _OF_CODE),
        ),
        facts=_for_the_carrier(case, words),
        actions=code_action(case, words),
        rules=rule_views(case.rules, step_rules(case, StepKind.CODE), case.material.today, words),
    )


def _issued(case: Case, shown: CodeView | None, words: Words) -> tuple[DateView, ...]:
    """On which day a typed code came, where its days are counted from then: not those of a RIO."""
    answers = case.answers
    if shown is None or not answers.typed_code or shown.scheme == "RIO":
        return ()
    label = words.tr("The {code} came on", code=shown.scheme)
    return (DateView("typedDay", label, answers.typed_day, case.material.today),)


def refusal_notices(case: Case, words: Words) -> tuple[Notice, ...]:
    """What does not stand among the usual reasons, where a RIO (FR-POR-06, FR-POR-07) or a PIN was refused."""
    facts, today = case.facts, case.material.today
    asked = facts.asked_code(case.way.scheme)
    if case.way.scheme == "PIN" and asked is not None and asked.refused:
        return _pin_refusal(case, words)
    if case.way.scheme != "RIO" or asked is None or not asked.refused:
        return ()
    found = []
    if rio_refusal_stands(RioRefusal.UNPAID_BILL, today, case.rules) is False:
        sentence = words.tr("An unpaid bill is no reason to refuse the RIO, however much is owed.")
        found.append(Notice(sentence, words.tr("If that is the reason, say so in writing; the debt itself stays.")))
    ended = facts.line_ended
    if ended is not None and rio_refusal_stands(RioRefusal.LINE_ENDED, today, case.rules, ended) is False:
        last = words.day(number_until(ended, case.rules), today)
        sentence = words.tr("That the line has ended is no reason either until {day}.", day=last)
        found.append(Notice(sentence, words.tr("Until then the number can be fetched with its RIO.")))
    return tuple(found)


def _for_the_carrier(case: Case, words: Words) -> tuple[FactView, ...]:
    """What the new carrier asks for, as far as it is known here; one wrong field refuses the move (US-LNP-08)."""
    facts = case.facts
    if case.way.scheme != "PIN":
        return ()
    pin = code_view(case, words)
    alive = pin.code if pin is not None and not pin.is_over else ""
    request = PortRequest(facts.number, facts.account, facts.postcode, alive)
    lacking = missing_fields(request)
    shown = {
        PortField.NUMBER: (words.tr("Number"), case.number),
        PortField.ACCOUNT: (words.tr("Account number"), request.account),
        PortField.ZIP: (words.tr("ZIP code of the bill"), request.zip_code),
        PortField.PIN: (words.tr("Transfer PIN"), words.tr("it is here") if request.pin else ""),
    }
    return tuple(
        FactView(name, value or words.tr("still missing"), is_stated=False)
        if field in lacking
        else FactView(name, value)
        for field, (name, value) in shown.items()
    )


def _pin_refusal(case: Case, words: Words) -> tuple[Notice, ...]:
    """A debt is no reason to hold the number back (US-LNP-06); what was written wrongly is one (US-LNP-08)."""
    found, today = [], case.material.today
    if not refusal_stands(Refusal.DEBT, case.rules, today):
        sentence = words.tr("An unpaid bill or fee is no reason to hold the number back.")
        found.append(Notice(sentence, words.tr("If that is the reason, say so in writing; the debt itself stays.")))
    if refusal_stands(Refusal.WRONG_FIELDS, case.rules, today):
        sentence = words.tr("A wrong account number, ZIP code or PIN is a reason.")
        found.append(Notice(sentence, words.tr("Compare them with your bill and ask again.")))
    return tuple(found)


def _code_words(case: Case, words: Words) -> tuple[str, str]:
    """What the code is for, and how else it is asked for; by text only where one number is concerned."""
    alone = case.facts.numbers == 1
    if case.way.scheme == "RIO":
        return (
            words.tr("The RIO lets the new operator fetch your number. Asking for it ends nothing; using it does."),
            _by_telephone(case, words),
        )
    if case.way.scheme == "PIN":
        return (
            words.tr("The transfer PIN lets the new carrier fetch your number. Asking for it ends nothing."),
            words.tr("The new carrier also asks for the account number and the ZIP code of the bill."),
        )
    if case.way.route is Route.PORT:
        return (
            words.tr("The PAC lets the new operator fetch your number. Asking for it ends nothing; using it does."),
            words.tr("Or text PAC to 65075 from this line, within the UK.") if alone else "",
        )
    return (
        words.tr("The STAC lets the new operator end this line. Asking for it ends nothing; using it does."),
        words.tr("Or text STAC to 75075 from this line, within the UK.") if alone else "",
    )


def _by_telephone(case: Case, words: Words) -> str:
    """The call to 3179; to a mobile line the answer comes by text, mostly after some minutes (FR-RIO-02)."""
    if case.facts.access is not Access.MOBILE:
        return words.tr("Or call 3179 from this line: it is free at any hour, and the RIO comes by text.")
    now = case.material.now
    usual, most = (int((moment - now).total_seconds() // 60) for moment in rio_texted(now, case.rules))
    return words.tr(
        "Or call 3179 from this line: it is free at any hour, and the RIO comes by text, usually within {usual} and "
        "nearly always within {most}.",
        usual=words.trn("{count} minute", "{count} minutes", usual),
        most=words.trn("{count} minute", "{count} minutes", most),
    )


def _other_way(scheme: str, words: Words) -> str:
    """How a code is asked for where no program may ask."""
    if scheme == "RIO":
        return words.tr("Your operator takes no such request through a program: call 3179 from this line.")
    if scheme == "PIN":
        return words.tr("Your operator takes no such request through a program: ask for it in its own app.")
    return words.tr("Your operator takes no such request through a program: text it.")
