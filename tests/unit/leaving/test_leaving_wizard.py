"""The wizard without a screen: every page is reached, nothing forbidden is passed over, every answer is kept."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from selfcare.domain.lines import PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.leaving.drafts import Plans, plans_from_bytes, plans_to_bytes
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import Way, plan
from selfcare.leaving.wizard import (
    Answers,
    Barrier,
    Screen,
    ahead,
    answer,
    back,
    barrier,
    confirm,
    look_at_way,
    may_use_code,
    reopen,
    screens,
    start,
)

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
LOCKED = LeavingFacts(
    country="GB",
    zone="Europe/London",
    line_id="PR-1",
    number="07700 900123",
    commitment_ends=date(2026, 10, 15),
    notice=(30, "day"),
    monthly=Money(Decimal(22), "GBP"),
    lock=SimLock.LOCKED,
    handset_id="DV-1",
    unlock_hours=48,
    has_direct_debit=True,
)
FREE = replace(LOCKED, lock=SimLock.UNLOCKED)


def way(facts: LeavingFacts, answers: Answers) -> Way:
    return plan(facts, RULES, TODAY, NOW, "GBP", answers.choices())


def on(facts: LeavingFacts, answers: Answers) -> Answers:
    return ahead(facts, answers, way(facts, answers), RULES)


def bar(facts: LeavingFacts, answers: Answers) -> Barrier | None:
    return barrier(facts, answers, way(facts, answers), RULES)


def give(answers: Answers, question: str, value: str = "yes") -> Answers:
    return answer(answers, question, value, TODAY)


def test_claire_walks_the_whole_way() -> None:
    seen = []
    answers = start(Answers(), "PR-1")
    seen.append(answers.at)
    assert on(LOCKED, answers) == answers
    answers = on(LOCKED, give(answers, "keep", "keep"))
    seen.append(answers.at)
    assert bar(LOCKED, answers) is Barrier.UNLOCK_NOT_ASKED
    assert on(LOCKED, answers) == answers
    asked = replace(LOCKED, unlock=Asked(NOW, sent=False))
    for question in ("", "saved", "", "bankKeep", ""):
        answers = on(asked, give(answers, question) if question else answers)
        seen.append(answers.at)
    assert answers.day == date(2026, 11, 26)
    assert bar(asked, answers) is Barrier.UNCONFIRMED
    answers = confirm(answers, NOW, way(asked, answers))
    seen.append(answers.at)
    assert tuple(seen) == screens(asked, answers)[1:]


def test_nothing_locked_means_no_unlock_page_and_no_code_means_no_code_page() -> None:
    assert Screen.UNLOCK not in screens(FREE, Answers())
    notice = Answers(keep_number=False, plain_notice=True)
    assert Screen.CODE not in screens(FREE, notice)
    assert Screen.CODE in screens(replace(FREE, country="FR"), Answers())
    assert Screen.CODE not in screens(replace(FREE, country="DE"), Answers())


def test_the_code_is_held_back_while_the_handset_is_locked() -> None:
    assert not may_use_code(LOCKED, Answers())
    assert may_use_code(LOCKED, Answers(accept_locked=True))
    assert may_use_code(FREE, Answers())


def test_an_unlock_that_was_refused_bars_the_way_again() -> None:
    refused = replace(LOCKED, unlock=Asked(NOW, sent=True, refused=True))
    assert bar(refused, Answers("PR-1", True, at=Screen.UNLOCK)) is Barrier.UNLOCK_NOT_ASKED
    assert bar(refused, Answers("PR-1", True, accept_locked=True, at=Screen.UNLOCK)) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", None), ("ABC123456", None), ("123456ABC", Barrier.CODE_WRONG), ("ABC12345", Barrier.CODE_WRONG)],
)
def test_a_typed_code_is_checked(typed: str, expected: Barrier | None) -> None:
    assert bar(FREE, Answers("PR-1", True, typed_code=typed, at=Screen.CODE)) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, Barrier.DAY_MISSING),
        (date(2026, 11, 23), Barrier.DAY_TOO_EARLY),
        (date(2026, 11, 24), None),
        (date(2026, 12, 25), Barrier.NO_WORKING_DAY),
        (date(2029, 1, 1), Barrier.DAY_TOO_LATE),
    ],
)
def test_the_day(day: date | None, expected: Barrier | None) -> None:
    assert bar(FREE, Answers("PR-1", True, day=day, at=Screen.DAY)) is expected


def test_by_notice_any_day_will_do() -> None:
    sunday = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 27), at=Screen.DAY)
    assert bar(FREE, sunday) is None


def test_the_debit_is_never_cancelled_first() -> None:
    assert bar(FREE, Answers("PR-1", True, at=Screen.BANK)) is Barrier.BANK_UNANSWERED
    assert bar(replace(FREE, has_direct_debit=False), Answers("PR-1", True, at=Screen.BANK)) is None


def test_back_is_free_and_forgets_nothing() -> None:
    answers = Answers("PR-1", True, saved=True, bank_keep=True, day=date(2026, 12, 1), at=Screen.CONFIRM)
    pages = []
    while answers.at is not Screen.WAY:
        answers = back(FREE, answers)
        pages.append(answers.at)
    assert pages == [Screen.DAY, Screen.BANK, Screen.CODE, Screen.SAVE, Screen.LINE, Screen.WAY]
    assert (answers.saved, answers.bank_keep, answers.day) == (True, True, date(2026, 12, 1))
    assert back(FREE, answers) == answers


def test_it_can_be_left_for_the_whole_way_and_resumed() -> None:
    answers = look_at_way(Answers("PR-1", True, at=Screen.BANK))
    assert answers.at is Screen.WAY
    assert start(answers, "PR-1").at is Screen.BANK


def test_a_page_that_has_vanished_is_the_one_before() -> None:
    answers = Answers("PR-1", True, at=Screen.UNLOCK)
    assert on(FREE, answers).at is Screen.SAVE
    assert back(FREE, answers).at is Screen.WAY


def test_what_changes_the_way_takes_the_confirmation_back() -> None:
    plan = Answers("PR-1", True, day=date(2026, 12, 1))
    done = confirm(plan, NOW, way(FREE, plan))
    assert done.at is Screen.TRACKER
    assert give(done, "keep", "drop").confirmed is None
    assert give(done, "day", "2026-12-02").confirmed is None
    assert give(done, "handedOver").confirmed == NOW
    assert reopen(done).day == date(2026, 12, 1)
    assert start(done, "PR-1").at is Screen.TRACKER


def test_an_unknown_question_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError):
        give(Answers(), "colour")


def test_every_answer_survives_being_kept() -> None:
    full = Answers(
        "PR-1", False, True, True, True, True, "ABC123456", TODAY, True, True, TODAY, NOW, TODAY, TODAY, "GB-SCT",
        Screen.BANK, Screen.DAY,
    )  # fmt: skip
    plans = Plans().with_answers(Answers("PR-2", True)).with_answers(full)
    again = plans_from_bytes(plans_to_bytes(plans))
    assert again.current == "PR-1"
    assert again.of("PR-1") == full
    assert again.of("PR-2") == Answers("PR-2", True)
    assert again.of("PR-3") == Answers("PR-3")


@pytest.mark.parametrize("kept", [None, b"", b"{", b"[]", b'{"lines": 3}', b'{"lines": {"a": {"at": "nowhere"}}}'])
def test_a_draft_that_cannot_be_read_begins_anew(kept: bytes | None) -> None:
    assert plans_from_bytes(kept).of("PR-1") == Answers("PR-1")


def test_a_draft_of_an_earlier_version_lacks_something() -> None:
    kept = json.dumps({"version": 1, "lines": {"PR-1": {"keep_number": True}}}).encode()
    assert plans_from_bytes(kept).of("PR-1") == Answers("PR-1", True)


def test_a_code_shows_in_no_representation() -> None:
    facts = replace(FREE, code=PortingCode("PAC", "ABC123456"), code_issued=TODAY)
    answers = Answers("PR-1", True, typed_code="ABC123456")
    assert "ABC123456" not in repr((facts, answers, Plans().with_answers(answers), way(facts, answers)))


def test_who_has_to_be_safe_is_led_to_what_helps_without_choosing_a_way() -> None:
    begun = Answers("PR-1", at=Screen.LINE)
    safe = answer(begun, "reason", "safety", TODAY)
    assert (safe.at, safe.keep_number) == (Screen.REASON, None)
    line = back(LOCKED, safe)
    assert (line.at, bar(LOCKED, line)) == (Screen.LINE, None)
    assert on(LOCKED, line).at is Screen.REASON
    assert answer(line, "reason", "", TODAY).at is Screen.LINE
