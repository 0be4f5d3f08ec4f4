"""The words of leaving: each step, each warning, each thing that is still missing, each rule with its source."""

from __future__ import annotations

from datetime import date, datetime, time

from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Access
from selfcare.domain.periods import is_monthly
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.i18n import Words
from selfcare.leaving.codes import CodeCheck, CodeProblem
from selfcare.leaving.countries.gb import BULK
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.last_hour import last_hour
from selfcare.leaving.rules import Rule, Rules, Standing
from selfcare.leaving.way import Caution, Route, StepKind
from selfcare.leaving.wizard import Barrier

from .ages import Absence, absence_of
from .facts import TagView, Tone, before_discounts, price_text
from .leaving_material import Case


def contract_price(facts: LeavingFacts, words: Words) -> str:
    """The price as contracted: by the month where it is one of a month, else as it is due; "" where none is stated."""
    if facts.monthly is not None and (not facts.period or is_monthly(facts.period)):
        return before_discounts(price_text(facts.monthly, "month", words), words, has_discount=facts.has_discount)
    is_net = facts.price == facts.monthly_net or (facts.monthly is None and facts.monthly_net is not None)
    price = price_text(facts.price, facts.period, words, is_net=is_net)
    return before_discounts(price, words, has_discount=facts.has_discount)


class RuleView(Struct, frozen=True):
    """A rule as it is shown: its sentence, who stands behind it, where it is written, when it was checked."""

    id: str
    sentence: str
    standing: TagView
    source: str
    checked: str
    about: str = ""


def rule_view(rule: Rule, words: Words, about: str = "") -> RuleView:
    """One rule; an uncertain one says so."""
    names = {
        Standing.LAW: TagView(words.tr("law"), Tone.GOOD),
        Standing.REGULATOR: TagView(words.tr("regulator’s rule"), Tone.GOOD),
        Standing.CODE: TagView(words.tr("voluntary code"), Tone.ACCENT),
        Standing.PRACTICE: TagView(words.tr("usual practice, not a right"), Tone.QUIET),
        Standing.UNCERTAIN: TagView(words.tr("uncertain, not a right"), Tone.WARN),
    }
    source = rule.source or words.tr("no source found, from general knowledge")
    checked = words.tr("checked on {day}", day=words.short_day(rule.checked))
    return RuleView(rule.id, rule.sentence(words.language), names[rule.standing], source, checked, about)


def rule_views(rules: Rules, ids: tuple[str, ...], on: date, words: Words, about: str = "") -> tuple[RuleView, ...]:
    """The rules with these ids that count on a day, those of before included that an old contract keeps."""
    found = (rules.cited(name, on) for name in ids)
    return tuple(rule_view(rule, words, about) for rule in found if rule is not None)


def scheme_of(case: Case) -> str:
    """The name of the code of this way; empty where it needs none."""
    return case.way.scheme


def is_agreed(case: Case) -> bool:
    """So many numbers move that both operators agree with the customer on the day, without a code (UK-SW-08)."""
    return Caution.MANY_NUMBERS in case.way.cautions


def by_authority(case: Case) -> bool:
    """The number of a firm's landline moves by a letter of authority, on a day that both operators agree on."""
    return _is_firm_landline(case) and case.way.route is Route.PORT


def by_agreement(case: Case) -> bool:
    """Both operators agree with the customer on the day, whether for many numbers or for a firm's landline."""
    return is_agreed(case) or by_authority(case)


def agrees_on_day(case: Case, route: Route) -> bool:
    """By a way both operators agree on the day with the customer: its cost is known, and no first day."""
    return is_many(case) and route.is_move if not _is_firm_landline(case) else route is Route.PORT


def _is_firm_landline(case: Case) -> bool:
    facts = case.facts
    return case.rules.country == "GB" and facts.is_business and facts.access is not Access.MOBILE


def is_many(case: Case) -> bool:
    """So many mobile numbers of the United Kingdom that none moves, or is given up, by code (UK-SW-08)."""
    return case.rules.country == "GB" and case.facts.access is Access.MOBILE and case.facts.numbers >= BULK


def end_text(case: Case, words: Words) -> str:
    """Until when a line works on the last day of a notice: what was asked for, or the hour that the operator named."""
    named = _named(case)
    if named is None or (hour := last_hour(named, case.facts.zone)) == time.max:
        return words.tr("The line works until the end of that day.")
    if hour is None:
        return words.tr("Your operator names no hour: the line may be dead from the start of that day.")
    given = case.facts.notice_given
    if given is not None and given.unlisted:
        return words.tr("Your operator named {time} on that day, before it took the notice off its list.",
                        time=words.hour(hour))  # fmt: skip
    return words.tr("By your operator’s word, the line works until {time} on that day.", time=words.hour(hour))


def end_moment(case: Case, words: Words) -> str:
    """The last day of a notice as a fact, with its hour."""
    named, day = _named(case), words.day_far(case.way.cut, case.material.today)
    if named is None or (hour := last_hour(named, case.facts.zone)) == time.max:
        return words.tr("{day}, at the end of the day", day=day)
    if hour is None:
        return words.tr("{day}; your operator names no hour", day=day)
    return words.tr("{day}, at {time}", day=day, time=words.hour(hour))


def _named(case: Case) -> datetime | None:
    given = case.facts.notice_given
    ours = given is None or given.refused or given.ends != case.way.cut
    return given.ends_at if given is not None and not ours else None


def contested_from(case: Case) -> date | None:
    """After which day rent can be contested: the end by the notice and the wish, where the operator ends later."""
    ours, way = case.way.our_end, case.way
    return ours if ours is not None and way.route.is_notice and ours < way.last_day else None


def contested_text(case: Case, words: Words) -> str:
    """Which rent can be contested and which is not owed at all, where the operator ends too late; else empty."""
    ours, today = contested_from(case), case.material.today
    if ours is None:
        return ""
    return words.tr("Rent after {ours} can be contested; after {day} none is owed at all.",
                    ours=words.day(ours, today), day=words.day(case.way.last_day, today))  # fmt: skip


def day_due(case: Case) -> date | None:
    """On which day a line should end, where the operator names another one; None where it does not, or has ended it."""
    if case.facts.line_ended is not None:
        return None
    return case.answers.day if Caution.END_IS_SOONER in case.way.cautions else contested_from(case)


def day_is_open(case: Case) -> bool:
    """Nobody knows the day of the end yet: it is agreed on, or the new operator names it."""
    agreed = is_agreed(case) and case.answers.day is None and case.facts.line_ended is None
    return agreed or case.way.is_named_later or case.way.needs_notice


def code_name(case: Case, words: Words) -> str:
    """The code as it is called in a sentence; a bare PIN could be that of a SIM."""
    return words.tr("transfer PIN") if case.way.scheme == "PIN" else case.way.scheme


def step_rules(case: Case, *kinds: StepKind) -> tuple[str, ...]:
    """The ids of the rules behind steps of this way, each once."""
    way = case.way
    found = (name for kind in kinds for name in way.country.rule_ids(way.ground, kind, way.route))
    return tuple(dict.fromkeys(found))


def hours_text(hours: int, words: Words) -> str:
    """A number of hours in words."""
    return words.trn("{count} hour", "{count} hours", hours)


def kept_here(case: Case, words: Words) -> str:
    """What of the customer's is on this computer, in one row of words."""
    counts = case.material.counts
    parts = []
    if bills := counts.get(Topic.BILLS, 0):
        parts.append(words.trn("{count} bill", "{count} bills", bills))
    if papers := counts.get(Topic.PAPERS, 0):
        parts.append(words.trn("{count} PDF", "{count} PDFs", papers))
    if contracts := counts.get(Topic.CONTRACTS, 0):
        parts.append(words.trn("{count} contract", "{count} contracts", contracts))
    if tickets := counts.get(Topic.TICKETS, 0):
        parts.append(words.trn("{count} ticket", "{count} tickets", tickets))
    if contacts := counts.get(Topic.CONTACTS, 0):
        parts.append(words.trn("{count} contact", "{count} contacts", contacts))
    return words.listing(parts)


def barrier_text(barrier: Barrier | None, case: Case, words: Words) -> str:
    """What is still missing on a page; empty where nothing is."""
    if barrier is None:
        return ""
    today = case.material.today
    return {
        Barrier.NO_LINE: words.tr("Choose a line."),
        Barrier.NUMBER_UNANSWERED: words.tr("Say whether the number comes with you.")
        if case.facts.access is Access.MOBILE
        else words.tr("Choose one way."),
        Barrier.UNLOCK_NOT_ASKED: words.tr(
            "Ask for the unlock, or say that this handset stays behind: a locked one does not take the new SIM."
        ),
        Barrier.CODE_WRONG: words.tr("This code cannot be right."),
        Barrier.BANK_UNANSWERED: words.tr("Tick that the Direct Debit stays until the final bill is paid."),
        Barrier.SAFETY_STOPS: words.tr(
            "This program sends nothing from here: a request on a shared account can be seen by the others on it."
        ),
        Barrier.NOTICE_UNKNOWN: words.tr("Say how long the notice in your contract is. Without it no day can be told."),
        Barrier.DAY_MISSING: _day_missing(case, words),
        Barrier.DAY_TOO_EARLY: words.tr("The first possible day is {day}.", day=words.day(case.way.earliest, today)),
        Barrier.DAY_TOO_LATE: words.tr("The last day that can be planned is {day}.", day=words.day(case.way.latest)),
        Barrier.NO_WORKING_DAY: words.tr("Numbers move on working days only. Choose another day."),
        Barrier.UNCONFIRMED: "",
    }[barrier]


def _day_missing(case: Case, words: Words) -> str:
    if not case.way.is_named_later:
        return words.tr("Choose a day.")
    if by_agreement(case):
        return words.tr("Put the day in once both operators have agreed on it. Until then this plan stays as it is.")
    return words.tr("Put the day in once the new operator has named it. Until then this plan stays as it is.")


def code_problem_text(check: CodeCheck, wanted: str, words: Words) -> str:
    """What is wrong with a typed code, and what was probably meant; empty for a good one."""
    if check.problem is CodeProblem.LOOKALIKE:
        return words.tr(
            "A letter O or I and the figures 0 and 1 look alike. Did you mean {code}?", code=check.suggestion
        )
    if check.problem is CodeProblem.OTHER_SCHEME:
        if wanted == "PAC":
            return words.tr("This is a STAC: it would give the number up. To keep it you need a PAC.")
        return words.tr("This is a PAC: it keeps the number. To give it up you need a STAC.")
    if check.problem is CodeProblem.OTHER_NUMBER:
        return words.tr("This RIO belongs to another number, or a character is wrong: its last three do not fit.")
    if check.problem is CodeProblem.WRONG_TYPE:
        return words.tr("This RIO belongs to another kind of line: its third character does not fit this number.")
    shape = _shape(wanted, words)
    return {
        CodeProblem.NONE: "",
        CodeProblem.EMPTY: "",
        CodeProblem.TOO_SHORT: words.tr("Something is missing. {shape}", shape=shape),
        CodeProblem.TOO_LONG: words.tr("That is too long. {shape}", shape=shape),
    }.get(check.problem, shape)


def _shape(wanted: str, words: Words) -> str:
    return {
        "PAC": words.tr("A PAC is three letters and six figures, like ABC123456."),
        "RIO": words.tr("A RIO has twelve characters, like 01PEROY4P4TR; only the last three may have a plus."),
        "PIN": words.tr("The transfer PIN of this carrier is six figures."),
    }.get(wanted, words.tr("A STAC is six figures and three letters, like 123456ABC."))


def no_lines(part: Freshness | None, words: Words) -> Absence:
    """There is no line to leave with; where the operator shows none, leaving is possible all the same."""
    found = absence_of(
        part, words.tr("No lines"), words, words.tr("Your operator lists no line and no option for you.")
    )
    if found.kind != "notOffered" or (part is not None and part.is_archive):
        return found
    return Absence(
        found.kind,
        found.title,
        words.tr(
            "Your operator does not show your lines here, so the way out cannot be worked out. You can leave all the "
            "same: by a letter of notice, or at the operator that you move to."
        ),
    )
