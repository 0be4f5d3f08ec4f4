"""Good answers that say nothing, and answers about something else: for every kind of request, nothing is told that is
not so."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from selfcare.api.client import Reply
from selfcare.api.commands import WireAction
from selfcare.domain.operator import Honours
from selfcare.domain.waiting import Waiting
from tests.unit.account.branch import FILTER_ONLY, FULL, KEY_ONLY, MORE, NOTHING, Branch
from tests.unit.account.faulty import FaultyOperator

TAKEN = {"done", "accepted"}
JSON = {"content-type": "application/json"}
Answer = Callable[[WireAction], tuple[int, dict[str, Any] | None]]
pytestmark = pytest.mark.parametrize("kind", MORE)


def answer_once(
    patch: pytest.MonkeyPatch, branch: Branch, kind: str, answer: Answer, *, does_it: bool = False
) -> Waiting:
    """The first sending is answered so; whether it is carried out is another matter. After that all is well."""
    send = FaultyOperator.send

    def once(self: FaultyOperator, action: WireAction, key: str = "") -> Reply:
        patch.setattr(FaultyOperator, "send", send)
        if does_it:
            send(self, action, key)
        else:
            self.sent.append((action, key, "said"))
        status, said = answer(action)
        return Reply(status, JSON, b"" if said is None else json.dumps(said).encode(), self.now())

    patch.setattr(FaultyOperator, "send", once)
    item = branch.ask(kind)
    branch.push()
    return item


@pytest.mark.parametrize("status", [202, 204])
@pytest.mark.parametrize("honours", [FULL, KEY_ONLY, FILTER_ONLY, NOTHING])
def test_an_answer_without_a_word_is_no_proof(
    kind: str, status: int, honours: Honours, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch(honours)
    item = answer_once(monkeypatch, branch, kind, lambda _action: (status, None))
    if (kind, status) == ("note", 204):
        return  # what a 204 to a remark is worth, the wire looks up
    assert branch.kept(item).state == "unknown"
    branch.until_quiet(40)
    kept = branch.kept(item)
    assert len(branch.effects(item)) == (kept.state in TAKEN)
    assert kept.state in TAKEN or (kept.state, kept.why) == ("ask", "cannotTell")


@pytest.mark.parametrize("hours", [0, 6])
@pytest.mark.parametrize("honours", [FULL, NOTHING])
def test_what_was_taken_without_a_number_is_found_late_and_never_sent_again(
    kind: str, hours: int, honours: Honours, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch(honours)
    branch.operator.lag = timedelta(hours=hours)
    item = answer_once(monkeypatch, branch, kind, lambda _action: (202, None), does_it=True)
    assert (branch.kept(item).state, branch.kept(item).why) == ("unknown", "taken")
    branch.until_quiet(24)
    assert branch.kept(item).state in TAKEN
    assert branch.kept(item).why == ""
    assert (len(branch.effects(item)), len(branch.operator.sent)) == (1, 1)


WRONG: dict[str, Answer] = {
    "another customer": lambda action: (
        201,
        {**json.loads(action.body), "id": "N-9", "relatedParty": [{"id": "SOMEBODY", "role": "Customer"}]},
    ),
    "another deed": lambda action: (
        201,
        {**json.loads(action.body), "id": "N-9", "productOrderItem": [{"action": "pause", "product": {"id": "L1"}}]},
    ),
    "another thing": lambda action: (
        201,
        {**json.loads(action.body), "id": "N-9", "productOrderItem": [{"product": {"id": "X"},
         "productOffering": {"id": "X"}}]},
    ),
}  # fmt: skip
NO_ORDERS = {"ticket", "dispute", "plan", "note", "contact", "cancellation"}


@pytest.mark.parametrize("what", WRONG)
def test_an_answer_about_another_is_not_taken(kind: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if what != "another customer" and kind in NO_ORDERS - {"contact", "note"}:
        return
    branch = Branch()
    item = answer_once(monkeypatch, branch, kind, WRONG[what])
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "mismatch")


@pytest.mark.parametrize(
    "error",
    [
        {"code": "20", "reason": "The line is under contract"},
        {"code": "20", "reason": "The line is under contract", "status": "error"},
        {"error": {"message": "no"}, "state": "acknowledged"},
        {"success": False},
    ],
)
def test_an_error_beside_our_own_id_is_no_yes(
    kind: str, error: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(action: WireAction) -> tuple[int, dict[str, Any]]:
        return 200, {"id": "N-9", "externalId": json.loads(action.body).get("externalId", ""), **error}

    branch = Branch()
    item = answer_once(monkeypatch, branch, kind, answer)
    assert branch.kept(item).state == "unknown"


def test_what_is_read_under_the_number_alone_must_be_ours(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number that was answered is that of somebody else's request."""
    if kind in {"note", "contact", "cancellation"}:
        return  # these bear no id of ours
    branch = Branch()
    other = {"id": "N-9", "externalId": "another", "state": "completed", "status": "closed"}
    branch.operator.orders["N-9"] = branch.operator.tickets["N-9"] = other
    item = answer_once(monkeypatch, branch, kind, lambda _action: (201, {"id": "N-9"}))
    assert branch.kept(item).state == "unknown"
    branch.until_quiet(4)
    assert branch.kept(item).receipt != "N-9"
    assert len(branch.effects(item)) == 1
