"""Known problems for somebody who has not signed in: nothing is called mine, and no silence is called well."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.failures import Failure, NotAnAnswer, NotOffered, Offline, SignedOut
from selfcare.domain.records import replace
from selfcare.viewmodel.open_problems import OpenProblemsFacts, open_problems_view
from tests import samples

ORVANE = OpenProblemsFacts("Orvane Mobile", ZoneInfo("Europe/London"), seen=samples.NOW)


def test_the_list_says_whose_it_is_and_how_old() -> None:
    view = open_problems_view(replace(ORVANE, problems=samples.problems()), samples.words(), samples.TODAY, samples.NOW)
    assert view.title == "Known problems of Orvane Mobile"
    assert "Read without signing in, as your operator said on" in view.subtitle
    assert [one.title for one in view.problems] == ["Mobile data, Leeds city centre"]
    assert not view.problems[0].is_mine
    assert view.absence is None
    assert "once you have signed in" in view.hint
    shown = view.problem("SP-9")
    assert shown is not None
    assert "Moved 2 times before." in shown.end


def test_what_could_not_be_understood_is_said() -> None:
    facts = replace(ORVANE, problems=samples.problems(), unread=2)
    said = "2 known problems could not be understood and are not shown."
    assert open_problems_view(facts, samples.words(), samples.TODAY, samples.NOW).unread == said
    bare = open_problems_view(replace(facts, problems=()), samples.words(), samples.TODAY, samples.NOW)
    assert bare.absence is not None
    assert (bare.absence.kind, bare.absence.text) == ("failed", said)
    assert open_problems_view(ORVANE, samples.words(), samples.TODAY, samples.NOW).unread == ""


@pytest.mark.parametrize(
    ("facts", "kind", "sentence"),
    [
        (ORVANE, "nothing", "No known problems"),
        (replace(ORVANE, is_asking=True), "neverRead", "Asking your operator…"),
        (replace(ORVANE, failure=NotOffered("TMF656")), "notOffered", "Not published for everybody"),
        (replace(ORVANE, failure=SignedOut()), "failed", "Orvane Mobile wants a sign-in for this"),
        (OpenProblemsFacts(failure=Offline()), "failed", "Nobody answers at this address."),
        (OpenProblemsFacts(failure=NotAnAnswer("shape")), "failed", "There is no operator for this program at this"),
    ],
)
def test_an_empty_place_says_why(facts: OpenProblemsFacts, kind: str, sentence: str) -> None:
    absence = open_problems_view(facts, samples.words(), samples.TODAY, samples.NOW).absence
    assert absence is not None
    assert absence.kind == kind
    assert absence.title.startswith(sentence)


@pytest.mark.parametrize("failure", [Offline(), NotAnAnswer("closed")])
def test_an_operator_that_is_known_but_silent_is_no_wrong_address(failure: Failure) -> None:
    absence = open_problems_view(replace(ORVANE, failure=failure), samples.words(), samples.TODAY, samples.NOW).absence
    assert absence is not None
    assert "address" not in absence.title
    assert absence.title != "No known problems"
