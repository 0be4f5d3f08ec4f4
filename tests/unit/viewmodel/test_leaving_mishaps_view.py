"""What is said of what went wrong: the sum as sure as its rule, the last day, the letter already filled in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.claims import Figure
from selfcare.leaving.mishaps import Mishaps, mishap_answered
from selfcare.leaving.rules import Standing, parse_rules
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.facts import Tone
from selfcare.viewmodel.leaving_clock import clock_sentence
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_mishaps import MishapsView, MishapView, claim_matter, mishaps_view, owed_to
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_facts import LetterKind
from tests import samples
from tests.unit.viewmodel.test_leaving_views import WORDS, material

ANSWERS = Answers("PR-1", True, day=date(2026, 11, 16), confirmed=samples.NOW, handed_over=date(2026, 11, 13))


def told(*answers: tuple[str, str]) -> Mishaps:
    found = Mishaps()
    for question, value in answers:
        found = mishap_answered(found, question, value)
    return found


def case(
    mishaps: Mishaps, country: str = "GB", operator: str = "", answers: Answers = ANSWERS, **facts: object
) -> Case:
    found = material(replace(answers, mishaps=mishaps), **facts)
    profile = replace(found.profile, country=country, name=operator or found.profile.name)
    text = (samples.ROOT / "resources" / "rules" / f"{country.casefold()}.toml").read_bytes()
    made = case_of(replace(found, profile=profile, rules=parse_rules(text)))
    assert made is not None
    return made


def view(*args: object, **facts: object) -> MishapsView:
    found = mishaps_view(case(*args, **facts), WORDS)  # type: ignore[arg-type]
    assert found is not None
    return found


def only(*args: object, **facts: object) -> MishapView:
    (item,) = view(*args, **facts).items
    return item


VISIT = told(("add", "missedVisit 2026-11-18"))
FRENCH = {"monthly": Money(Decimal("15.99"), "EUR")}


def test_a_member_of_the_code_owes_it_without_being_asked() -> None:
    item = only(VISIT, "GB", "Sky", access=Access.INTERNET)
    assert item.said == (
        "£32.31 is owed.",
        "It is due by Fri 18 Dec, in 27 days.",
        "We know of no last day; ask soon.",
    )
    again = mishap_answered(VISIT, "done:1", "2026-11-20")
    assert only(again, "GB", "Sky", access=Access.INTERNET).said[-1] == (
        "To be safe, ask by Sat 20 Nov 2032; no last day is certain."
    )
    assert [(r.id, r.standing.text) for r in item.rules] == [
        ("UK-AC-02", "voluntary code"),
        ("UK-AC-04", "voluntary code"),
    ]
    assert all(r.source.startswith("https://") for r in item.rules)
    assert item.tag is not None
    assert item.tag.text == "owed to you"
    assert [t.question for t in item.ticks] == ["settled:owed:1"]
    assert item.actions[0].target == "papers/missedVisit/1"


def test_an_operator_that_signed_nothing_is_asked_and_nothing_is_asserted() -> None:
    said = " ".join(only(VISIT, access=Access.INTERNET).said)
    assert "is owed" not in said.replace("What is owed", "")
    assert "which sets £32.31 for this. You may ask for as much; it is no right." in said
    assert "it is no right" in said


def test_what_the_new_operator_answers_for_is_a_question() -> None:
    start = told(("add", "lateStart 2026-11-16"), ("done:1", "2026-11-20"))
    item = only(start, access=Access.INTERNET)
    assert item.said[0].startswith("Perhaps £25.84: whether this rule binds the operator is not certain.")
    assert item.picks == ()
    assert item.tag is not None
    assert item.tag.tone is Tone.QUIET


def test_a_late_move_in_france_has_a_least_sum_by_law() -> None:
    late = told(("add", "latePort 2026-11-16"), ("done:1", "2026-11-20"))
    item = only(late, "FR", **FRENCH)
    assert item.said[:3] == (
        "At least €12.80 is owed.",
        "4 days count, from Tue 17 Nov to Fri 20 Nov, €3.20 for each.",
        "It does not come by itself: ask for it in writing.",
    )
    assert [(r.id, r.standing.text) for r in item.rules] == [("FR-CMP-01", "law"), ("FR-CMP-04", "law")]
    asked = replace(ANSWERS, settled=(("claimed:1", date(2026, 10, 1)),))
    late_again = only(late, "FR", "", asked, **FRENCH)
    assert not any("in writing" in part for part in late_again.said)
    assert "It was due by Sat 31 Oct and is late: complain." in late_again.said
    assert late_again.tag is not None
    assert late_again.tag.text == "late"
    paid = replace(ANSWERS, settled=(("claimed:1", date(2026, 10, 1)), ("owed:1", samples.TODAY)))
    item = only(late, "FR", "", paid, **FRENCH)
    assert not item.is_open
    assert item.actions == ()


@pytest.mark.parametrize(
    ("country", "lines", "rule"), [("GB", 1, "UK-SW-16"), ("US", 1, "US-LNP-01"), ("US", 2, "US-LNP-04")]
)
def test_where_no_rule_sets_a_sum_none_is_named(country: str, lines: int, rule: str) -> None:
    item = only(told(("add", "latePort 2026-11-16")), country, access=Access.INTERNET, contract_lines=lines)
    assert item.said[0] == "No rule sets a sum. Ask what the operator gives, and how it is worked out."
    assert item.is_open
    assert [r.id for r in item.rules] == [rule]


def test_a_late_mobile_number_breaks_no_american_rule() -> None:
    item = only(told(("add", "latePort 2026-11-16")), "US")
    assert item.said[0] == "We know of no rule that sets a sum for this. You may still ask; it is no right."
    assert [(r.id, r.standing.text) for r in item.rules] == [("US-LNP-05", "uncertain, not a right")]


def test_a_visit_called_off_in_time_is_worth_nothing() -> None:
    item = only(told(("add", "missedVisit 2026-11-18"), ("hours:1", "24")), "GB", "Sky", access=Access.INTERNET)
    assert item.said == ("Nothing is owed.",)
    assert (item.ticks, item.actions) == ((), ())


def test_the_letter_is_filled_in_with_what_was_told() -> None:
    late = told(("add", "latePort 2026-11-16"), ("by:1", "new"))
    found = claim_matter(case(late, "FR", **FRENCH), "1")
    assert found is not None
    kind, matter = found
    assert kind is LetterKind.LATE_PORT
    assert (matter.due, matter.done, matter.lasts, matter.by_new) == (date(2026, 11, 16), None, True, True)
    assert matter.amount == Money(Decimal("15.99"), "EUR"), "five days by the 21st, a fifth each"
    assert claim_matter(case(late), "1")[1].amount is None  # type: ignore[index]
    assert claim_matter(case(late), "7") is None


def test_hours_without_service_are_counted_and_worth_what_the_country_says() -> None:
    spell = "2026-11-16T09:00:00+00:00|2026-11-20T21:00:00+00:00|2026-11-16T09:30:00+00:00"
    outage = told(("spell", spell))
    british = view(outage, "GB", "Sky", access=Access.INTERNET)
    (item,) = british.items
    assert (item.title, item.said[0]) == ("No service since Mon 16 Nov, 09:00", "£20.68 is owed.")
    assert item.drop == ""
    assert british.clock.notes == ()
    french = view(outage, "FR", **FRENCH)
    assert "We know of no rule that sets a sum" in french.items[0].said[0]
    assert french.clock.notes == ("By a month of 30 days these hours come to €2.40: to ask for, not a right.",)
    assert clock_sentence(outage, samples.NOW, WORDS) == "In all 108 hours and 0 minutes without service."


def test_the_running_clock_says_how_long_and_asks_for_the_report() -> None:
    running = told(("start", "2026-11-21T08:00:00+00:00"))
    found = view(running)
    assert [p.question for p in found.clock.presses] == ["mishap:stop", "mishap:report"]
    assert found.items == ()
    assert "counts from your report" in found.clock.notes[0]
    later = datetime(2026, 11, 21, 10, 31, tzinfo=UTC)
    assert clock_sentence(running, later, WORDS) == "The clock runs: in all 2 hours and 31 minutes without service."


def test_only_what_can_go_wrong_on_this_way_is_offered() -> None:
    def kinds(**facts: object) -> list[str]:
        return [key.partition(" ")[0] for key, _ in view(Mishaps(), **facts).add.options]

    assert kinds() == ["", "latePort", "lostNumber", "lateStart"]
    assert kinds(access=Access.INTERNET, number="") == ["", "latePort", "missedVisit", "lateStart"]


def test_a_survivors_plan_says_nothing_of_it() -> None:
    hidden = replace(ANSWERS, about=Circumstances(Reason.SAFETY))
    assert mishaps_view(case(VISIT, answers=hidden), WORDS) is None


def test_the_tracker_is_not_all_done_while_something_is_owed() -> None:
    shown = tracker_view(case(VISIT, "GB", "Sky", access=Access.INTERNET), WORDS)
    assert shown.mishaps is not None
    assert shown.mishaps.first_open is not None


DAYS = st.dates(date(2000, 1, 1), samples.TODAY)
KINDS = st.sampled_from(["latePort", "missedVisit", "lateStart", "lostNumber"])


@given(
    kind=KINDS, due=DAYS, done=st.none() | DAYS, hours=st.none() | st.integers(0, 9999), by_new=st.booleans(),
    country=st.sampled_from(["GB", "FR", "US"]), operator=st.sampled_from(["Sky", "BT Group", "Orvane Mobile", ""]),
    access=st.sampled_from([Access.MOBILE, Access.INTERNET, Access.FIXED]), is_business=st.booleans(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_whatever_is_told_nothing_uncertain_is_called_owed(
    kind: str, due: date, done: date | None, hours: int | None, by_new: bool, country: str, operator: str,
    access: Access, is_business: bool,
) -> None:  # fmt: skip
    mishaps = told(
        ("add", f"{kind} {due}"), ("done:1", done.isoformat() if done else ""),
        ("hours:1", "" if hours is None else str(hours)), ("by:1", "new" if by_new else "own"),
    )  # fmt: skip
    made = case(mishaps, country, operator, access=access, is_business=is_business)
    (owed,) = owed_to(made)
    item = only(mishaps, country, operator, access=access, is_business=is_business)
    said = " ".join(item.said)
    assert owed.owed.amount is None or owed.owed.amount.value >= 0
    if not (owed.owed.is_certain and owed.owed.is_owed and owed.owed.figure is Figure.KNOWN):
        assert " is owed." not in said.replace("Nothing is owed.", "")
    rule = made.rules.find(owed.owed.rule_id, due)
    if rule is not None and rule.standing is Standing.UNCERTAIN:
        assert not owed.owed.is_certain
    letter = claim_matter(made, "1")
    assert letter is not None
    assert letter[1].amount is None or owed.owed.figure is Figure.KNOWN
