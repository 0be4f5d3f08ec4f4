"""The check for operators names every place that departs from the standard, not the first alone."""

from __future__ import annotations

from typing import Any

from selfcare.api.departures import Departures
from selfcare.domain.operator import ApiEntry

ENTRY = ApiEntry("TMF678", "v4", "https://api.example.net", states={"In Mahnung": "sent"})


def told(*docs: dict[str, Any], kind: str = "customerBill") -> Departures:
    found = Departures()
    for doc in docs:
        found.look(kind, doc, ENTRY)
    return found


def amount(value: str) -> dict[str, Any]:
    return {"unit": "GBP", "value": value}


def test_the_second_place_does_not_hide_behind_the_first() -> None:
    said = told({"amountDue": amount("12,50")}, {"amountDue": amount("9,00"), "taxIncludedAmount": {"unit": "£"}})
    assert said.told("amounts") == 'amountDue has the value "12,50", which is no number'
    said = told({"amountDue": amount("12,50")}, {"remainingAmount": amount("x")}, {"amountDue": amount("7,00")})
    assert said.told("amounts") == (
        'amountDue has the value "12,50", which is no number; remainingAmount has the value "x", which is no number'
    )
    assert said.told("prices") == ""


def test_what_has_no_room_is_counted() -> None:
    names = ["taxIncludedAmount", "taxExcludedAmount", "amountDue", "remainingAmount", "appliedAmount"]
    said = told({name: amount("1,00") for name in names}).told("amounts")
    assert said.startswith('taxIncludedAmount has the value "1,00"')
    assert said.endswith("; and 2 more")
    assert len(said) <= 200


def test_each_word_of_its_own_is_named_once() -> None:
    docs = [{"id": str(n), "status": word} for n, word in enumerate(["New", "In Progress", "New", "Nobody knows"])]
    said = told(*docs, kind="troubleTicket")
    assert said.told("wording") == "status New; status In Progress"
    assert said.told("words") == "status Nobody knows"


def test_a_lock_in_words_departs_though_it_is_understood() -> None:
    locked = {"productCharacteristic": [{"name": "simLock", "value": "locked"}, {"name": "SIMLock", "value": 0}]}
    said = told(locked, {"isServiceEnabled": 0}, kind="product").told("truths")
    assert said == ('productCharacteristic simLock is "locked"; productCharacteristic SIMLock is 0; isServiceEnabled')
    assert told({"productCharacteristic": [{"name": "simLock", "value": True}]}, kind="product").told("truths") == ""


def test_a_word_that_the_profile_explains_is_understood() -> None:
    said = told({"state": "in mahnung"}, {"state": "verkauft"})
    assert (said.told("wording"), said.told("words")) == ("state in mahnung", "state verkauft")
