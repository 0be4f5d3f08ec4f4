"""Each reason why only the customer can decide has its own words, says nothing that is not so, and offers what can be
done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.commands import RequestCode
from selfcare.domain.failures import SignInFailed
from selfcare.domain.records import replace
from selfcare.domain.waiting import ASKED_ALREADY, OTHER_ISSUER, Waiting, WaitingState
from selfcare.viewmodel.notices_of_operator import _why_sign_in_failed
from selfcare.viewmodel.waiting import Deed, WaitingFacts, WaitingItem, waiting_view
from tests import samples

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ASKED = Waiting("W", RequestCode("L1", "+447700900123", "PAC"), WaitingState.ASK, NOW, 1, NOW, why=ASKED_ALREADY)


def shown(item: Waiting) -> WaitingItem:
    facts = WaitingFacts(ZoneInfo("Europe/London"), (item,))
    return waiting_view(facts, samples.words(), date(2026, 11, 21), NOW).open_items[0]


def test_what_was_asked_for_elsewhere_is_told_in_the_operators_words_and_may_be_sent() -> None:
    found = shown(replace(ASKED, reason="Notice was given before"))
    assert "not found there" in found.sentence
    assert "Notice was given before" in found.sentence
    assert [choice.deed for choice in found.choices] == [Deed.RETRY, Deed.DROP]


@pytest.mark.parametrize("was_sent", [True, False])
def test_what_is_of_an_operator_that_has_moved_can_only_be_taken_back(was_sent: bool) -> None:
    found = shown(replace(ASKED, why=OTHER_ISSUER, sent=NOW if was_sent else None))
    assert ("It was not sent" in found.sentence) is not was_sent
    assert ("may still be carried out" in found.drop_question) is was_sent
    assert [choice.deed for choice in found.choices] == [Deed.DROP]


def test_a_sign_in_at_an_operator_that_has_moved_is_not_called_another_customers() -> None:
    said = _why_sign_in_failed(SignInFailed("moved").why, samples.words())
    assert "another address" in said
    assert said != _why_sign_in_failed("account", samples.words())
