"""A test step by step before a ticket is written: what was tried and whether it helped, kept and sent as evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct, replace
from selfcare.i18n import Words

from .facts import FactView
from .reports import Draft

KEPT_AS = "tests"
"""Under which all tests are kept in the vault, encrypted like everything in it."""

LONGEST = 1_000
"""Characters of what somebody saw or heard."""


class Outcome(StrEnum):
    """What came of one step."""

    NOT_TRIED = ""
    NO_HELP = "noHelp"
    WORKS_NOW = "worksNow"


class Trial(Struct, frozen=True):
    """What was tried for one thing: outcomes by the step's name, what was seen or heard, and on which day."""

    tried: Mapping[str, Outcome]
    seen: str = ""
    day: date | None = None

    @property
    def has_helped(self) -> bool:
        """After one of the steps it worked."""
        return Outcome.WORKS_NOW in self.tried.values()

    @property
    def is_empty(self) -> bool:
        """Nothing was tried and nothing said."""
        return not self.seen and not any(self.tried.values())


class StepView(Struct, frozen=True):
    """One step: its name in what is kept, what to do, and how."""

    key: str
    title: str
    how: str


class GuideView(Struct, frozen=True):
    """The test of one line or option; `known` says that the operator itself reports it, so that none is needed."""

    title: str
    text: str
    steps: tuple[StepView, ...]
    outcomes: tuple[tuple[str, str], ...]
    known: str = ""


def guide_view(access: Access, name: str, *, is_option: bool, is_reported: bool, words: Words) -> GuideView:
    """The steps for a kind of line, or for an option on it. Nothing in them deletes anything."""
    known = ""
    if is_reported:
        known = words.tr("Your operator itself reports that this does not work: you need not test anything.")
    return GuideView(
        title=words.tr("Test {name}", name=name),
        text=words.tr(
            "Each step is free to skip. What you tried is kept here and goes along with the ticket, so that nobody "
            "asks you to do it again. No step deletes anything."
        ),
        steps=tuple(StepView(key, *said) for key, said in _steps(access, is_option=is_option, words=words)),
        outcomes=(
            (Outcome.NOT_TRIED, words.tr("not tried")),
            (Outcome.NO_HELP, words.tr("did not help")),
            (Outcome.WORKS_NOW, words.tr("works now")),
        ),
        known=known,
    )


def _steps(access: Access, *, is_option: bool, words: Words) -> tuple[tuple[str, tuple[str, str]], ...]:
    restart_phone = (words.tr("Restart the telephone"), words.tr("Switch it off, wait half a minute, switch it on."))
    restart_box = (
        words.tr("Restart the box"),
        words.tr("Pull the plug, wait half a minute, put it back and wait five minutes. Do not press Reset."),
    )
    elsewhere = (words.tr("Try it elsewhere"), words.tr("Outdoors, or some streets away: that tells a lack of signal."))
    setting = (
        words.tr("Look whether it is switched on"),
        words.tr("In the settings of the telephone or the box: some options have a switch of their own there."),
    )
    other = (
        words.tr("Try it with another device"),
        words.tr("The same thing with another telephone or computer: that tells a fault of the device."),
    )
    if access in {Access.MOBILE, Access.OTHER}:
        flight = (
            words.tr("Flight mode on and off"),
            words.tr("For ten seconds: the telephone then looks for the network again."),
        )
        sim = (
            words.tr("The SIM in another telephone"),
            words.tr("If it works there, the fault is in yours. The telephone must not be locked."),
        )
        whole = (("restart", restart_phone), ("flight", flight), ("elsewhere", elsewhere), ("sim", sim))
        return (("restart", restart_phone), ("setting", setting), ("elsewhere", elsewhere)) if is_option else whole
    cable = (
        words.tr("Check the cables"),
        words.tr("Each one out and in again, up to the wall. Without an extension, if there is one."),
    )
    if access is Access.FIXED:
        call = (
            words.tr("Call your number from another telephone"),
            words.tr("Write below what you hear: ringing, engaged, an announcement, nothing."),
        )
        whole = (("cable", cable), ("restart", restart_box), ("other", other), ("call", call))
        return (("restart", restart_box), ("setting", setting), ("call", call)) if is_option else whole
    wire = (
        words.tr("With a cable instead of Wi-Fi"),
        words.tr("If it works by cable, the line is good and the radio in your home is not."),
    )
    whole = (("restart", restart_box), ("cable", cable), ("wire", wire), ("other", other))
    return (("restart", restart_box), ("setting", setting), ("other", other)) if is_option else whole


def evidence(guide: GuideView, test: Trial, words: Words) -> tuple[FactView, ...]:
    """What was tried, as facts that go along with a ticket; what was not tried is not told."""
    told = dict(guide.outcomes)
    said = [
        words.tr("{step}: {outcome}", step=step.title, outcome=told[test.tried[step.key]])
        for step in guide.steps
        if test.tried.get(step.key)
    ]
    found: list[FactView] = []
    if said:
        name = words.tr("Tested on {day}", day=words.short_day(test.day)) if test.day else words.tr("Tested")
        found.append(FactView(name, ", ".join(said)))
    if test.seen.strip():
        found.append(FactView(words.tr("Seen or heard"), test.seen.strip()))
    return tuple(found)


def with_evidence(draft: Draft, guide: GuideView, test: Trial, words: Words) -> Draft:
    """The ticket with what was tried among its facts."""
    facts = (*draft.subject.facts, *evidence(guide, test, words))
    return replace(draft, subject=replace(draft.subject, facts=facts))


def trials_to_bytes(tests: Mapping[str, Trial]) -> bytes:
    """All tests as they are kept, by the id of what was tested; empty ones are left out."""
    kept = {
        key: {"tried": {k: str(v) for k, v in test.tried.items() if v}, "seen": test.seen, "day": _written(test.day)}
        for key, test in tests.items()
        if not test.is_empty
    }
    return json.dumps({"version": 1, "tests": kept}, sort_keys=True).encode()


def trials_from_bytes(kept: bytes | None) -> dict[str, Trial]:
    """The tests as kept; none where there is nothing readable, for a draft is never worth a failure."""
    try:
        document: dict[str, Any] = json.loads(kept or b"{}")
        return {str(key): _test(entry) for key, entry in document.get("tests", {}).items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _test(entry: Mapping[str, Any]) -> Trial:
    tried = {str(key): Outcome(value) for key, value in entry["tried"].items()}
    return Trial(tried, str(entry["seen"])[:LONGEST], date.fromisoformat(entry["day"]) if entry["day"] else None)


def _written(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
