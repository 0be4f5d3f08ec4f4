"""What is different in an operator's newer description stands in the customer's words, what is grave first."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from selfcare.api.profile import read_profile
from selfcare.api.profile_changes import changes_between
from selfcare.domain.operator import ExitWay, Honours, OperatorProfile
from selfcare.sandbox.brands import BRANDS
from selfcare.sandbox.profile import profile_of
from selfcare.sandbox.v5 import versions_of
from selfcare.viewmodel.operator_changes import ChangesView, changes_view
from selfcare.viewmodel.operator_fields import api_fields, exit_fields, own_fields, promises
from tests.samples import words

W = words()


def described(tmf: str = "v4", **changes: Any) -> dict[str, Any]:
    plain = profile_of(BRANDS["orvane-gb"], "https://api.orvane.example", date(2026, 11, 21), versions_of(tmf))
    return {**json.loads(json.dumps(plain)), **changes}


def asked(before: dict[str, Any], after: dict[str, Any], other: str = "") -> ChangesView:
    old, new = (read_profile(json.dumps(one).encode()) for one in (before, after))
    return changes_view("Orvane Mobile", changes_between(old, new, lambda name: name == other), W)


def test_another_version_is_told_topic_by_topic() -> None:
    view = asked(described(), described("v5"))
    told = dict(view.facts)
    assert told["Tickets (TMF621): version"] == "v4 → v5"
    assert told["Tickets (TMF621): address"].endswith("/troubleTicket/v5")
    assert not view.is_grave


def test_what_would_send_the_sign_in_elsewhere_is_marked_and_comes_first() -> None:
    after = described(extraHeaders={"X-Key": "7"})
    after["apis"]["TMF621"]["baseUrl"] = "https://elsewhere.example/v4"
    view = asked(described(), after)
    assert view.is_grave
    assert {where for where, _ in view.facts} == {
        "! Tickets (TMF621): address",
        "! What is sent along with every question",
    }
    assert dict(view.facts)["! What is sent along with every question"] == "X-Key: not there → 7"


def test_many_of_a_kind_stand_in_one_place() -> None:
    after = described()
    after["apis"]["TMF678"]["resources"] = {"customerBill": "bill", "appliedCustomerBillingRate": "rate"}
    after["apis"]["TMF656"] = None
    after["honours"]["listEtag"] = False
    told = dict(asked(described(), after).facts)
    assert told == {
        "Known problems (TMF656)": "v4 → not there",
        "Bills and lines of the bills (TMF678): names in addresses": "appliedCustomerBillingRate: not there → rate\n"
        "customerBill: not there → bill",
        "What it promises": "it says that a whole list is unchanged: yes → no",
    }


def test_every_field_has_its_words() -> None:
    fields = set(OperatorProfile.__struct_fields__) - {"apis", "logo"}
    assert fields == own_fields(W).keys()
    entry = read_profile(json.dumps(described()).encode()).apis["TMF621"]
    assert entry is not None
    assert set(entry.__struct_fields__) - {"api"} == api_fields(W).keys()
    assert set(Honours.__struct_fields__) == promises(W).keys()
    assert set(ExitWay.__struct_fields__) == exit_fields(W).keys()


def test_nothing_is_called_as_the_program_calls_it_inside() -> None:
    after = described(country="FR", languages=["fr"])
    after["apis"]["TMF621"]["owner"] = {"param": "relatedParty.id", "value": "{partyId}"}
    after["apis"]["TMF622"]["owner"] = None
    after["apis"]["TMF678"]["billPdf"] = ["document", "href"]
    after["honours"] = {"idempotencyKeyHours": 2, "listedAfterSeconds": 90}
    after["exit"] = {"notice": {"via": "TMF621", "hours": 5}}
    told = dict(asked(described(languages=["en"]), after).facts)
    said = "\n".join(f"{where}: {value}" for where, value in told.items())
    for inner in ("_", "[", "{", "embedded", "not there → TMF", "via", "0:0"):
        assert inner not in said
    assert told["Country whose rules apply"] == "United Kingdom → France"
    assert told["Languages"] == "English → French"
    assert "until a request is listed, it may take: 0 h → 90 s" in told["What it promises"]
    assert "your customer number → your number as a person" in told["Tickets (TMF621): by what you are named there"]
    assert "asked for: with an order (TMF622) → with a ticket (TMF621)" in told["Steps of leaving: notice"]


def test_a_desk_is_told_as_a_whole() -> None:
    before, after = described(), described()
    desk = {
        "kind": "phone",
        "name": "Care",
        "address": "123",
        "languages": ["en"],
        "hours": [{"days": ["mon"], "opens": "08:00", "closes": "20:00"}],
    }
    before["support"] = {"channels": [desk, desk | {"name": "Gone", "always": True, "hours": []}]}
    later = [{"days": ["mon", "tue"], "opens": "09:00", "closes": "17:00"}]
    shop = {"kind": "shop", "name": "Shop", "address": "High Street 1", "languages": ["en"]}
    after["support"] = {"channels": [desk | {"hours": later, "closedOn": ["2026-12-25"]}, shop]}
    there, closed = "time of London", "Closed on 25 Dec 2026, holidays there"
    assert dict(asked(before, after).facts)["Who to reach"].splitlines() == [
        f"Care (Phone): Mon 08:00–20:00, {there} → Mon–Tue 09:00–17:00, {there}; {closed}",
        "Gone (Phone): 123; around the clock, says your operator; Language: English → not there",
        "Shop (Shop): not there → High Street 1; Language: English",
    ]


def test_a_name_that_is_anothers_is_marked_for_what_it_is() -> None:
    view = asked(described(), described(name="Party Mobile", branding={"name": "Zed"}), "Party Mobile")
    assert view.is_grave
    assert view.facts[0] == ("! Name", "Orvane Mobile → Party Mobile")
    assert "A name that is marked with ! is that of another operator" in view.question
    assert "to another place" not in view.question
    assert not asked(described(), described(name="Party Mobile")).is_grave
