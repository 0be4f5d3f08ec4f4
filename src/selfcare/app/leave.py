"""The offline calculator: what leaving costs and when one can go, from a file of facts, without an account."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.host.folders import resource
from selfcare.host.language import system_language
from selfcare.host.terminal import say
from selfcare.i18n import Words, load_words
from selfcare.i18n.american import at_home_in
from selfcare.i18n.countries import currency_of
from selfcare.leaving.answer import document_of
from selfcare.leaving.atlas import rules_file
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts_file import LARGEST, FactsProblem, FileFault, read_facts
from selfcare.leaving.facts_file import Case as FileCase
from selfcare.leaving.facts_text import is_foreign
from selfcare.leaving.rules import parse_rules
from selfcare.viewmodel.leaving_calculator import answer_text, problem_text
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.leaving_numbers import number_text

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_OTHER_NAMES = {"UK": "GB"}


class Refused(Exception):
    """Nothing can be answered; the sentence says why."""


def run(
    country: str,
    facts: str,
    *,
    as_json: bool = False,
    on: str = "",
    today: str = "",
    language: str = "",
    now: datetime | None = None,
) -> int:
    """Print the answer for a facts file; 0, or 2 where nothing can be answered. `on` and `today` are ISO days."""
    words = load_words(language or system_language(), resource("locale"))
    try:
        case = _case(country, facts, on, today, now or datetime.now(UTC), words)
    except Refused as refused:
        say(sys.stderr, f"{refused}\n")
        return 2
    if as_json:
        document = document_of(case.way, case.rules, words.language, alarm=case.answers.is_critical)
        say(sys.stdout, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        say(sys.stdout, answer_text(case, at_home_in(words, case.facts.country)))
    return 0


def _case(country: str, facts: str, on: str, today: str, now: datetime, words: Words) -> Case:
    code = country.strip().upper()
    code = _OTHER_NAMES.get(code, code)
    currency = currency_of(code)
    if not currency:
        raise Refused(
            words.tr("“{country}” is no country. Write its two letters, for example gb, fr or us.", country=country)
        )
    wanted = _day(on, "--on", words)
    as_of = _day(today, "--today", words)
    try:
        found = read_facts(_read(facts, words), code, currency)
        if as_of is not None:
            now = datetime.combine(as_of, time(12), ZoneInfo(found.facts.zone))
        now = now.astimezone(ZoneInfo(found.facts.zone))
        found.check(now.date())
        case = _in_reach(found, wanted, now, facts, words)
        if found.unused:
            said = words.tr("Not used in this country: {facts}.", facts=words.listing(list(found.unused)))
            say(sys.stderr, words.tr("{file}: {said}", file=facts, said=said) + "\n")
        if is_foreign(found.facts.number, code):
            said = words.tr("The number is of another country. The rules of the operator’s country are counted with.")
            say(sys.stderr, words.tr("{file}: {said}", file=facts, said=said) + "\n")
        if found.binds:
            said = words.tr("“{fact}” binds this prepaid card: it is counted as a contract.", fact=found.binds)
            say(sys.stderr, words.tr("{file}: {said}", file=facts, said=said) + "\n")
        if case.way.needs_notice:
            raise FactsProblem(FileFault.MISSING, key="notice", wanted='"1 month"')
    except FactsProblem as problem:
        said = problem_text(problem, words)
        raise Refused(words.tr("{file}: {said}", file=facts, said=said)) from None
    return case


def _in_reach(found: FileCase, wanted: date | None, now: datetime, facts: str, words: Words) -> Case:
    try:
        return _planned(found, wanted, now)
    except KeyError:  # no version of a rule was in force on a day of the file
        raise Refused(words.tr("{file}: our rules do not reach back to these days.", file=facts)) from None


def _planned(found: FileCase, wanted: date | None, now: datetime) -> Case:
    facts, answers = found.facts, replace(found.answers, day=wanted)
    name = rules_file(facts.country)
    rules = parse_rules(resource("rules", name).read_bytes()) if name else None
    profile = OperatorProfile(
        id="", name=facts.carrier, country=facts.country, zone=facts.zone, currency=found.currency, issuer="",
        client_id="", scopes=(), apis={},
    )  # fmt: skip
    numbers = {facts.line_id: number_text(facts.number, facts.country)} if facts.number else {}
    plans = Plans().with_answers(answers)
    material = LeavingMaterial(profile, rules, (facts,), plans, now.date(), now, numbers=numbers)
    case = case_of(material)
    assert case is not None
    return case


def _day(typed: str, option: str, words: Words) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        said = words.tr("{option}: {day} is in no calendar. Write it like 2026-12-31.", option=option, day=typed)
        raise Refused(said) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        first, last = FIRST_DAY.isoformat(), LAST_DAY.isoformat()
        raise Refused(words.tr("{option}: choose a day from {first} to {last}.", option=option, first=first, last=last))
    return day


def _read(name: str, words: Words) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise Refused(words.tr("{file}: this file cannot be read.", file=name)) from None
