"""Whether a lost request arrived is looked for among everything where the operator does not know the filter."""

from __future__ import annotations

import pytest

from selfcare.domain.commands import SendContact
from selfcare.domain.waiting import WaitingState
from tests.unit.account.branch import NOTHING, Branch


@pytest.mark.parametrize("kind", ["cancellation", "contact"])
@pytest.mark.parametrize("filters_empty", [True, False])
def test_one_that_arrived_is_found_and_not_sent_again(kind: str, filters_empty: bool) -> None:
    branch = Branch(NOTHING)
    branch.operator.filters_empty = filters_empty
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    branch.until_quiet(4)
    assert branch.kept(item).state == WaitingState.DONE.value
    assert len(branch.operator.sent) == len(branch.effects(item)) == 1


@pytest.mark.parametrize("kind", ["cancellation", "contact"])
def test_an_answer_about_something_else_is_not_taken_for_one(kind: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.modes = ["another"]
    item = branch.ask(kind)
    branch.push()
    kept = branch.kept(item)
    assert (kept.state, kept.why) == (WaitingState.ASK.value, "mismatch")


@pytest.mark.parametrize("other", ["words", "start"])
def test_a_contact_is_known_by_its_start_and_its_words_together(other: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.modes = ["reset-sending"]
    item = branch.ask("contact")
    branch.push()
    assert isinstance(item.command, SendContact)
    said = item.command.text if other == "start" else "Another call"
    start = "2026-11-21T10:00:00Z" if other == "words" else "2026-11-20T10:00:00Z"
    branch.operator.contacts["X"] = {
        "id": "X", "description": said, "interactionDate": {"startDateTime": start},
    }  # fmt: skip
    branch.until_quiet(4)
    assert branch.kept(item).state == WaitingState.DONE.value
    assert branch.kept(item).receipt != "X"
    assert len(branch.operator.sent) == 2


@pytest.mark.parametrize("more", [{"@type": "ProductOrder"}, {"@type": "TroubleTicket"}, {}])
def test_an_answer_that_names_another_request_is_no_word_on_a_contact(
    more: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was kept there, and nothing is told as done."""
    branch = Branch(NOTHING)
    other = {"id": "O-9", "externalId": "1111", "state": "acknowledged", **more}
    monkeypatch.setattr(type(branch.operator), "_carry_out", lambda self, _action: self._reply(201, other))
    item = branch.ask("contact")
    branch.push()
    assert branch.kept(item).state == ("ask" if more else "unknown")
