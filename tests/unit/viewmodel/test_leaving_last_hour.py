"""The hour at which a notice ends a line: what is shown is what is sent, and then the operator's own moment."""

import json
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.api.orders import read_order
from selfcare.domain.lines import SimLock
from selfcare.leaving.facts import LeavingFacts, facts_of
from selfcare.leaving.last_hour import named_day
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving_decision import notice_command
from selfcare.viewmodel.leaving_material import Case
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import tracker_view
from tests import samples
from tests.unit.leaving.test_leaving_countries import line
from tests.unit.viewmodel.test_leaving_abroad import case

WORDS = samples.words()
ASKED = date(2027, 2, 1)
ZONES = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York"}


def planned(code: str, facts: LeavingFacts | None = None) -> Case:
    given = facts.notice_given if facts is not None else None
    known = line(code, notice=(30, "day"), lock=SimLock.UNLOCKED, notice_given=given)
    confirmed = samples.NOW if given is not None else None
    answers = Answers("PR-1", False, plain_notice=True, day=ASKED, at=Screen.CONFIRM, confirmed=confirmed)
    return case(known, answers)


def sent(found: Case) -> dict[str, object]:
    wire = request_for(notice_command(found, WORDS), found.material.profile, "W-1", SubjectIds("9"), samples.NOW)
    body: dict[str, object] = json.loads(wire.body)
    return body


def answered(code: str, expected: str | None) -> Case:
    """The same way after the operator's answer with this expectedCompletionDate."""
    order = sent(planned(code)) | {"id": "O-1", "state": "acknowledged", "orderDate": "2026-11-21T10:50:00Z"}
    if expected is not None:
        order["expectedCompletionDate"] = expected
    facts = facts_of(
        replace(samples.lines()[0], id="PR-1"),
        profile=replace(samples.profile(), country=code, zone=ZONES[code]),
        lines=(), contracts=(), accounts=(), waiting=(), orders=(read_order(json.dumps(order).encode()),),
    )  # fmt: skip
    return planned(code, facts)


def shown(found: Case) -> tuple[str, str]:
    """The end on the page that confirms, and what the tracker says of it."""
    page = screen_view(replace(found, answers=replace(found.answers, confirmed=None)), WORDS)
    fact = next(f.value for f in page.facts if f.name == "This line ends")
    (text,) = (s.step.text for s in tracker_view(found, WORDS).steps if s.step.key == "cut")
    assert [s.text for s in page.steps if s.key == "cut"] == [text]
    return fact.removeprefix(WORDS.day_far(ASKED, samples.TODAY)), text


@pytest.mark.parametrize("code", list(ZONES))
def test_the_end_of_the_day_is_shown_asked_for_and_shown_again(code: str) -> None:
    before = planned(code)
    moment = datetime.fromisoformat(str(sent(before)["requestedCompletionDate"]))
    assert (moment.date(), f"{moment:%H:%M}") == (ASKED, "23:59")
    assert moment.utcoffset() == datetime(2027, 2, 1, 12, tzinfo=before.material.zone).utcoffset()
    whole = (", at the end of the day", "The line works until the end of that day.")
    for expected in (None, moment.isoformat(), moment.astimezone(UTC).isoformat(), "2027-02-01T23:59:59Z"):
        after = answered(code, expected)
        assert after.way.cut == ASKED
        assert shown(after) == whole


@pytest.mark.parametrize(("code", "offset"), [("GB", "Z"), ("FR", "+01:00"), ("US", "-05:00")])
def test_the_hour_that_the_operator_names_is_shown(code: str, offset: str) -> None:
    found = shown(answered(code, f"2027-02-01T07:29:11{offset}"))
    assert found == (", at 07:29", "By your operator’s word, the line works until 07:29 on that day.")


@pytest.mark.parametrize("code", list(ZONES))
def test_a_midnight_may_be_the_day_or_its_start(code: str) -> None:
    local = datetime(2027, 2, 1, tzinfo=planned(code).material.zone).isoformat()
    for expected in (local, "2027-02-01T00:00:00Z"):
        after = answered(code, expected)
        assert after.way.cut == ASKED
        assert shown(after) == (
            "; your operator names no hour",
            "Your operator names no hour: the line may be dead from the start of that day.",
        )


def test_the_day_is_by_the_operators_clock() -> None:
    assert named_day(datetime(2027, 1, 31, 23, tzinfo=UTC), "Europe/Paris") == ASKED
    assert named_day(datetime(2027, 2, 2, 4, 59, 59, tzinfo=UTC), "America/New_York") == ASKED
