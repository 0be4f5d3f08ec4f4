"""What still waits is named, one by one, before somebody signs out or forgets everything."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.commands import OpenTicket, WithdrawNotice
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.viewmodel.unsent import SHOWN, sign_out_view, unsent_facts
from tests import samples

WORDS = samples.words()


def asked(number: int, state: WaitingState = WaitingState.NEW) -> Waiting:
    command = OpenTicket(f"Trouble {number}", "Dead", "Incident")
    return Waiting(f"w{number}", command, state, samples.NOW - timedelta(hours=number))


def facts(*waiting: Waiting) -> list[tuple[str, str, str]]:
    found = unsent_facts(waiting, (), (), WORDS, ZoneInfo("Europe/London"), samples.TODAY)
    return [(fact.name, fact.value, fact.note) for fact in found]


def test_each_is_named_with_its_state_and_its_day_the_oldest_first() -> None:
    shown = facts(asked(1), asked(3, WaitingState.UNKNOWN), asked(2, WaitingState.ASK))
    assert [value for _, value, _ in shown] == ["Ticket: Trouble 3", "Ticket: Trouble 2", "Ticket: Trouble 1"]
    assert [name for name, _, _ in shown] == ["being checked", "needs you", "kept here, not sent yet"]
    assert all(note.startswith("Asked for on") for _, _, note in shown)


@pytest.mark.parametrize("state", ["accepted", "done", "rejected", "dropped"])
def test_what_the_operator_has_confirmed_is_not_lost(state: str) -> None:
    assert facts(asked(1, WaitingState(state))) == []
    assert sign_out_view((), WORDS) is None


def test_of_many_the_rest_is_counted() -> None:
    shown = facts(*(asked(n) for n in range(SHOWN + 3)))
    assert len(shown) == SHOWN + 1
    assert shown[-1][1] == "3 more requests"


def test_signing_out_asks_and_says_what_becomes_of_them() -> None:
    back = Waiting("w", WithdrawNotice("O-1"), WaitingState.NEW, samples.NOW)
    found = unsent_facts((back,), (), (), WORDS, ZoneInfo("UTC"), samples.TODAY)
    view = sign_out_view(found, WORDS)
    assert view is not None
    assert "until you sign in again" in view.text
    assert view.facts[0].value == "Take notice back"
