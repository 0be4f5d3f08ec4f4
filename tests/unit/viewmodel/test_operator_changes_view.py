"""What is different in an operator's newer description stands in the customer's words, what is grave first."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from selfcare.api.profile import read_profile
from selfcare.api.profile_changes import changes_between
from selfcare.domain.operator import OperatorProfile
from selfcare.sandbox.brands import BRANDS
from selfcare.sandbox.profile import profile_of
from selfcare.sandbox.v5 import versions_of
from selfcare.viewmodel.operator_changes import ChangesView, _api_fields, _own_fields, changes_view
from tests.samples import words

W = words()


def described(tmf: str = "v4", **changes: Any) -> dict[str, Any]:
    plain = profile_of(BRANDS["orvane-gb"], "https://api.orvane.example", date(2026, 11, 21), versions_of(tmf))
    return {**json.loads(json.dumps(plain)), **changes}


def asked(before: dict[str, Any], after: dict[str, Any]) -> ChangesView:
    old, new = (read_profile(json.dumps(one).encode()) for one in (before, after))
    return changes_view("Orvane Mobile", changes_between(old, new), W)


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
        "What it promises": "list_etag: yes → no",
    }


def test_every_field_has_its_words() -> None:
    fields = set(OperatorProfile.__struct_fields__) - {"apis", "logo"}
    assert fields == _own_fields(W).keys()
    entry = read_profile(json.dumps(described()).encode()).apis["TMF621"]
    assert entry is not None
    assert set(entry.__struct_fields__) - {"api"} == _api_fields(W).keys()
