"""The proof of a special reason: what is sent, where to, by which letter, and what the operator has of it already."""

from __future__ import annotations

from datetime import date

from selfcare.domain.support import ChannelKind
from selfcare.i18n import Words
from selfcare.leaving.choices import Reason
from selfcare.leaving.countries.fr import indebted_contract_ends
from selfcare.leaving.countries.us_rights import NumberKept
from selfcare.leaving.country import StepKind
from selfcare.leaving.orders import away_too_long, keeps_number, orders_over, resumes_by
from selfcare.leaving.tracker import Tracked
from selfcare.leaving.way import Step, StepState

from .facts import FactView, TagView, Tone, quoted
from .leaving_change import change_text, change_title, has_proof, is_only_change, told_change
from .leaving_material import Case
from .letter_address import operator_lines
from .letter_facts import ToldChange


def proof_title(state: StepState, case: Case, words: Words) -> str:
    """What is sent, or has been."""
    is_done, reason = state is StepState.DONE, case.answers.about.reason
    if is_only_change(case):
        return change_title(state, words)
    if is_done and is_received(case):
        return words.tr("Your operator has what it asked for")
    done, todo = {
        Reason.DEATH: (words.tr("Death certificate sent"), words.tr("Send the death certificate")),
        Reason.DEBT: (words.tr("Proofs of your debt file sent"), words.tr("Send the proofs of your debt file")),
        Reason.SERVICE: (words.tr("Copy of your orders sent"), words.tr("Send a copy of your orders")),
    }.get(reason, (words.tr("Proof of your reason sent"), words.tr("Send the proof of your reason")))
    return done if is_done else todo


def proof_text(item: Step | Tracked, case: Case, words: Words) -> str:
    """How and where to the proof is sent; once the operator has it, its own words."""
    if item.state is StepState.DONE:
        return _received(case, words) or words.tr("Sent.")
    told = told_change(case)
    if told is not None and not has_proof(case):
        return words.tr("{first} {second}", first=change_text(told, case, words), second=_where_to(case, words))
    parts = [*_papers(case, words), _where_to(case, words)]
    if told is not None:
        parts.insert(-1, _beside_proof(told, case, words))
    change = case.facts.holder_change
    if case.answers.about.reason is Reason.DEATH and change is not None:
        parts.append(words.tr("Name the change of holder that is open, number {number}.", number=change.ticket_id))
    return " ".join(part for part in parts if part)


def _beside_proof(told: ToldChange, case: Case, words: Words) -> str:
    """That the letter with the proof names an announced change, too."""
    day = words.day(told.told, case.material.today)
    if told.is_certain:
        return words.tr("The letter names the change announced on {day}, too: it frees you.", day=day)
    return words.tr("The letter names the change announced on {day}, too: it may free you as well.", day=day)


def is_received(case: Case) -> bool:
    """The operator says itself that it goes on with what it had asked for."""
    change = case.facts.holder_change
    return case.answers.about.reason is Reason.DEATH and change is not None and change.papers is not None


def proof_fact(case: Case, words: Words) -> tuple[FactView, ...]:
    """On the page of facts: whether the proof has gone."""
    step = case.way.step(StepKind.CERTIFICATE)
    if step is None:
        return ()
    name = words.tr("Your letter about it") if is_only_change(case) else words.tr("Proof of it")
    if step.state is StepState.DONE:
        on = words.day(step.day, case.material.today)
        said = words.tr("there since {day}", day=on) if is_received(case) else words.tr("sent on {day}", day=on)
        return (FactView(name, said),)
    return (FactView(name, words.tr("still to be sent"), tag=TagView(words.tr("without it a charge may be asked for"),
                                                                     Tone.WARN)),)  # fmt: skip


def _papers(case: Case, words: Words) -> list[str]:
    """Which papers, and when, by the reason and the way out."""
    about, by_notice = case.answers.about, case.way.route.is_notice
    apart = words.tr("A notice sent from this program carries no papers.") if _takes_notice(case) else ""
    no_notice = words.tr("Send them with a letter that says it is no notice: the move ends this line.")
    if about.reason is Reason.DEATH:
        return [words.tr(
            "Once, as a copy, with the number of the account; keep the proof of its receipt. Ask what it changes, and "
            "whether somebody of the family takes the line over."
        )]  # fmt: skip
    if about.reason is Reason.DEBT:
        first = words.tr(
            "Copies, by registered post: that the commission received your file, and that it declared it admissible. "
            "Without all of them nothing frees you from the charge."
        )
        if not about.admitted:
            first = words.tr(
                "As soon as the commission has declared your file admissible, copies by registered post: that it "
                "received it, and that decision. Without both nothing frees you from the charge."
            )
        return [first, _not_too_soon(case, words), apart if by_notice else no_notice]
    if about.reason is Reason.SERVICE:
        if by_notice:
            return [words.tr("With the notice, as a copy; keep the proof of its receipt."), apart]
        return [words.tr(
            "Before the number moves, with a letter that says it is no notice: the orders are the reason, and the "
            "move ends this line. Keep the proof of its receipt."
        )]  # fmt: skip
    first = words.tr("A copy, by registered post. Your contract says which proof it wants.")
    return [first, apart if by_notice else no_notice]


def _not_too_soon(case: Case, words: Words) -> str:
    """That complete proofs end the contract sooner than a later day that was chosen (FR-OVR-02); else empty."""
    today, cut = case.material.today, case.way.cut
    if case.rules.find("FR-OVR-02", today) is None:
        return ""
    if cut <= max(indebted_contract_ends(today, case.rules), case.way.going.planned):
        return ""
    days = case.rules.get("FR-OVR-02", today).number
    return words.tr("Once they are all there the line ends within {days} days: if you need it until {day}, send them "
                    "about so long before.", days=days, day=words.day(cut, today))  # fmt: skip


def _takes_notice(case: Case) -> bool:
    return case.way.route.is_notice and "notice" in case.material.profile.exit


def _where_to(case: Case, words: Words) -> str:
    """The operator's postal address, as far as it states one."""
    profile = case.material.profile
    support = case.material.support or profile.support
    channels = support.channels if support is not None else ()
    posts = tuple(channel for channel in channels if channel.kind is ChannelKind.POST)
    lines = operator_lines(profile.name, posts, "end", profile.country)
    if lines:
        return words.tr("To: {address}.", address=", ".join(lines))
    return words.tr("To the postal address for notices that stands in your contract.")


def _received(case: Case, words: Words) -> str:
    """The operator's own words that the papers are there."""
    change = case.facts.holder_change
    if change is None or change.papers is None or not is_received(case):
        return ""
    day = words.day(change.papers, case.material.today)
    if not change.said:
        return words.tr("By your operator’s own word of {day} nothing is missing; send it no second time.", day=day)
    return words.tr("Your operator said on {day}: {said}. Send it no second time.", day=day,
                    said=quoted(change.said, words))  # fmt: skip


def kept_until(case: Case) -> NumberKept | None:
    """Until when somebody with orders resumes the service to have the number back (US-SCRA-03); None: not known."""
    return resumes_by(case.way.ground, case.way.country, case.way.route, _last_day(case))


def number_comes_back(case: Case, words: Words) -> str:
    """That the number is not lost by the notice of somebody with orders; empty for everybody else."""
    today = case.material.today
    if not comes_back(case):
        return ""
    if kept := kept_until(case):
        return words.tr("By law the number is kept for you, if you resume the service by {day}.",
                        day=words.day(kept.resume_by, today))  # fmt: skip
    rule = case.rules.get("US-SCRA-03", today)
    return words.tr("By law the number is kept for you, if you are back within {years} years and resume the service "
                    "within {days} days after.", years=rule.other_number, days=rule.number)  # fmt: skip


def comes_back(case: Case) -> bool:
    """The number is kept by law for the return from orders that are not too long (US-SCRA-03)."""
    return number_is_kept(case) and not away_too_long(case.way.ground)


def number_is_kept(case: Case) -> bool:
    """The orders keep the number, as far as they are not too long (US-SCRA-03)."""
    return keeps_number(case.way.ground, case.way.country, case.way.route, _last_day(case))


def _last_day(case: Case) -> date:
    return case.facts.line_ended or case.way.cut


def orders_over_text(case: Case, words: Words) -> tuple[str, str]:
    """That the orders ended already, by the days that were typed, and what to do; empty where they did not."""
    over = orders_over(case.way.ground)
    if over is None:
        return "", ""
    asked = words.tr("By these days your orders ended on {day}: is the first day right?",
                     day=words.day(over, case.material.today))  # fmt: skip
    return asked, words.tr("Orders that are over may free you from nothing, and no number is promised by them.")
