"""Options in three facts: sold, active on paper, really working; and the sentence that puts them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from selfcare.domain.options import CHARGED_ON_PAPER, NOT_SERVED, Health, Option, PaperState, Verdict
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import FactView, TagView, Tone, before_discounts, price_text, quoted, stated


class ProblemLink(Struct, frozen=True):
    """A known problem behind something that does not work; `id` opens it."""

    id: str
    text: str


class OptionView(Struct, frozen=True):
    """One option as it is shown: three facts that are never merged, a verdict and the reason for it.

    `paid` says what bills charged for it though it does not work, `unasked` that there is no order for it.
    """

    id: str
    name: str
    price: str
    sold: FactView
    on_paper: FactView
    really: FactView
    verdict: TagView
    sentence: str
    clause: str
    problem: ProblemLink | None
    needs_attention: bool
    paid: str = ""
    unasked: str = ""
    has_ended: bool = False


def option_view(
    option: Option,
    problems: Sequence[Problem],
    words: Words,
    today: date,
    zone: ZoneInfo,
    *,
    paid: str = "",
    unasked: str = "",
    is_early: bool = False,
) -> OptionView:
    """An option with what the contract, the network, the bills and the list of known problems say of it; `is_early`: it
    was charged before it began."""
    verdict = option.verdict
    sold, on_paper, really = three_facts(option, words, today)
    return OptionView(
        id=option.id,
        name=option.name or words.tr("Option without a name"),
        price=before_discounts(
            price_text(option.price, option.period, words, is_net=option.is_net),
            words,
            has_discount=option.has_discount,
        ),
        sold=sold,
        on_paper=on_paper,
        really=really,
        verdict=option_tag(option, words),
        sentence=verdict_sentence(option, words, today, is_unasked=bool(unasked)),
        clause=quoted(option.clause, words),
        problem=problem_behind(option, problems, words, today, zone),
        needs_attention=is_troubled(verdict) or bool(unasked) or is_early,
        paid=paid,
        unasked=unasked,
        has_ended=verdict is Verdict.ENDED,
    )


def three_facts(option: Option, words: Words, today: date) -> tuple[FactView, FactView, FactView]:
    """Sold, on paper, really: the three facts in this order."""
    sold = stated(words.tr("Sold"), words.day(option.sold, today) if option.sold else "", words)
    return sold, _on_paper(option, words, today), _really(option, words)


def is_troubled(verdict: Verdict) -> bool:
    """Paper and reality differ: somebody should look."""
    return verdict in {
        Verdict.CHARGED_NOT_WORKING,
        Verdict.CHARGED_NEVER_ON,
        Verdict.NOT_WORKING,
        Verdict.NEVER_ON,
        Verdict.WORKS_BADLY,
        Verdict.STILL_ON,
    }


def option_tag(option: Option, words: Words) -> TagView:
    """The verdict on an option in two or three words, by what the contract calls it."""
    return verdict_tag(option.verdict, words, option.on_paper)


_NEVER_WAS = {PaperState.CANCELLED, PaperState.ABORTED}


def verdict_tag(verdict: Verdict, words: Words, paper: PaperState = PaperState.TERMINATED) -> TagView:
    """The verdict in two or three words; `paper` is what the contract says."""
    if verdict is Verdict.STILL_ON:
        return TagView(_still_on(paper, words), Tone.WARN)
    if verdict is Verdict.AS_ON_PAPER or (verdict is Verdict.ENDED and paper in _NEVER_WAS):
        return TagView(paper_word(paper, "", words), Tone.QUIET)
    return {
        Verdict.WORKS: TagView(words.tr("works"), Tone.GOOD),
        Verdict.WORKS_BADLY: TagView(words.tr("works badly"), Tone.WARN),
        Verdict.CHARGED_NOT_WORKING: TagView(words.tr("charged, not working"), Tone.BAD),
        Verdict.CHARGED_NEVER_ON: TagView(words.tr("charged, never switched on"), Tone.BAD),
        Verdict.NOT_WORKING: TagView(words.trc("option", "not working"), Tone.WARN),
        Verdict.NEVER_ON: TagView(words.tr("never switched on"), Tone.WARN),
        Verdict.STARTING: TagView(words.tr("being set up"), Tone.ACCENT),
        Verdict.ENDED: TagView(words.tr("ended"), Tone.QUIET),
        Verdict.NOT_STATED: TagView(words.tr("working: not stated"), Tone.QUIET),
    }[verdict]


def _still_on(paper: PaperState, words: Words) -> str:
    return {
        PaperState.SUSPENDED: words.tr("suspended on paper, still on"),
        PaperState.PENDING_TERMINATE: words.tr("ending on paper, still on"),
        PaperState.CANCELLED: words.tr("cancelled on paper, still on"),
        PaperState.ABORTED: words.tr("never came about on paper, yet on"),
    }.get(paper, words.tr("ended on paper, still on"))


def trouble_sentence(option: Option, words: Words) -> str:
    """What the operator itself says of a service that does not work."""
    return {
        Health.OFF: words.tr("Your operator reports the service as switched off."),
        Health.NOT_ENABLED: words.tr("Your operator reports that the service is not enabled."),
        Health.NEVER_ON: words.tr("Your operator reports that it was never switched on."),
    }.get(option.health, words.tr("Your operator reports the service as failed."))


def _price_sentence(option: Option, words: Words) -> str:
    if option.is_charged and option.on_paper not in CHARGED_ON_PAPER:
        return ""
    if option.is_charged:
        price = price_text(option.price, option.period, words, is_net=option.is_net)
        shown = before_discounts(price, words, has_discount=option.has_discount)
        return words.tr("You pay {price} for it.", price=shown)
    if option.price is not None and option.verdict in NOT_SERVED:
        return words.tr("It has no price of its own.")
    return words.tr("Your operator states no price for it.") if option.verdict in NOT_SERVED else ""


def _not_known(option: Option, words: Words) -> str:
    if option.health is Health.CONTRADICTORY:
        return words.tr(
            "Your operator contradicts itself: the service runs, and it is not enabled. Both cannot be. Try it, and "
            "ask which is right."
        )
    if option.health is not Health.NOT_STATED:
        really = _really(option, words).value
        return words.tr("What it is on paper is not clear. Your operator reports: {state}.", state=really)
    return words.tr("Your operator does not say whether it really works. That is not the same as working.")


def _as_on_paper(option: Option, words: Words) -> str:
    paper = paper_word(option.on_paper, option.on_paper_word, words)
    if option.verdict is Verdict.STILL_ON:
        return words.tr("On paper: {state}. The network says that it still runs.", state=paper)
    return words.tr("On paper: {state}. {second}", state=paper, second=trouble_sentence(option, words))


def verdict_sentence(option: Option, words: Words, today: date, *, is_unasked: bool = False) -> str:
    """Why the verdict is what it is, with the price that is paid meanwhile. What is not shown as ordered (`is_unasked`)
    is not called sold."""
    since = words.day(option.since, today) if option.since else ""
    first = words.tr("Active on paper since {day}.", day=since) if since else words.tr("Active on paper.")
    if option.on_paper is PaperState.SUSPENDED:
        first = words.tr("Suspended on paper.")
    elif option.on_paper is PaperState.PENDING_TERMINATE:
        first = words.tr("Ending on paper.")
    elif option.on_paper is PaperState.UNKNOWN:
        first = ""
    match option.verdict:
        case Verdict.WORKS:
            if is_unasked or option.sold is None:
                return words.tr("Active on paper, and your operator reports it as running.")
            return words.tr("Sold, active on paper, and your operator reports it as running.")
        case Verdict.WORKS_BADLY:
            second = words.tr("Your operator reports that it runs with limits.")
        case Verdict.CHARGED_NOT_WORKING | Verdict.CHARGED_NEVER_ON | Verdict.NOT_WORKING | Verdict.NEVER_ON:
            second = trouble_sentence(option, words)
        case Verdict.STILL_ON | Verdict.AS_ON_PAPER:
            return _as_on_paper(option, words)
        case Verdict.STARTING:
            return words.tr("Ordered, not active yet.")
        case Verdict.ENDED:
            return _ended(option, words, today)
        case Verdict.NOT_STATED:
            second = _not_known(option, words)
    return " ".join(part for part in (first, second, _price_sentence(option, words)) if part)


def problem_behind(
    option: Option, problems: Iterable[Problem], words: Words, today: date, zone: ZoneInfo
) -> ProblemLink | None:
    """The known problem that touches a service of this option, with its announced end, if there is one."""
    own = {*option.service_ids, *(s.id for s in option.services)}
    found = next((p for p in problems if not p.is_over and own.intersection(p.service_ids)), None)
    if found is None:
        return None
    if found.expected_end is None:
        return ProblemLink(found.id, words.tr("Known problem: {title}. No end announced.", title=found.title))
    end = words.instant(found.expected_end, zone, today)
    return ProblemLink(found.id, words.tr("Known problem: {title}. Announced end: {end}.", title=found.title, end=end))


def paper_word(state: PaperState, word: str, words: Words) -> str:
    """What the contract says, in the customer's words; a word we do not know is quoted."""
    if state is PaperState.UNKNOWN:
        return quoted(word, words)
    return {
        PaperState.CREATED: words.tr("ordered"),
        PaperState.PENDING_ACTIVE: words.tr("ordered, not active yet"),
        PaperState.ACTIVE: words.tr("active"),
        PaperState.SUSPENDED: words.tr("suspended"),
        PaperState.PENDING_TERMINATE: words.tr("ending"),
        PaperState.TERMINATED: words.tr("ended"),
        PaperState.CANCELLED: words.trc("option", "cancelled"),
        PaperState.ABORTED: words.tr("never came about"),
    }[state]


def _on_paper(option: Option, words: Words, today: date) -> FactView:
    name = words.tr("On paper")
    text = paper_word(option.on_paper, option.on_paper_word, words)
    if option.on_paper is PaperState.ACTIVE and option.since is not None:
        return FactView(name, words.tr("active since {day}", day=words.day(option.since, today)))
    return stated(name, text, words)


def _really(option: Option, words: Words) -> FactView:
    name = words.tr("Really")
    said = [_health(s.health, s.word, words) for s in option.services if s.health is not Health.NOT_STATED]
    return stated(name, ", ".join(dict.fromkeys(said)), words)


def _health(health: Health, word: str, words: Words) -> str:
    text = {
        Health.WORKS: words.tr("running"),
        Health.DEGRADED: words.tr("running with limits"),
        Health.FAILED: words.trc("service", "failed"),
        Health.NEVER_ON: words.tr("never switched on"),
        Health.OFF: words.tr("switched off"),
        Health.NOT_ENABLED: words.tr("not enabled"),
        Health.CONTRADICTORY: words.tr("contradictory: running, and not enabled"),
        Health.NOT_STATED: "",
    }[health]
    known = {"running", "failed", "active", "inactive", "degraded", "limited", "stopped", ""}
    if word.strip().casefold() in known:
        return text
    return words.tr("{state} (operator’s word: {word})", state=text, word=quoted(word, words))


def _ended(option: Option, words: Words, today: date) -> str:
    day = words.day(option.ended, today) if option.ended is not None else ""
    if option.on_paper is PaperState.ABORTED:
        return words.tr("It never came about.")
    if option.on_paper is PaperState.CANCELLED:
        if day:
            return words.tr("Cancelled on {day}.", day=day)
        return words.tr("Cancelled; the day is not stated by your operator.")
    if day:
        return words.tr("Ended on {day}.", day=day)
    return words.tr("Ended; the day is not stated by your operator.")
