"""Faults by name: whom they hit, how often, and how they are spelled."""

from __future__ import annotations

import pytest

from selfcare.sandbox.faults import NAMES, Faults, UnknownFault, UnknownTarget, spoiled
from selfcare.sandbox.traffic import targets_of


def test_a_fault_hits_its_target_as_often_as_said() -> None:
    faults = Faults(["500:TMF678=2", "down"])
    assert not faults.strikes("500", "troubleTicket", "TMF621")
    assert faults.strikes("500", "customerBill", "TMF678")
    assert faults.strikes("500", "customerBill", "TMF678")
    assert not faults.strikes("500", "customerBill", "TMF678")
    assert faults.strikes("down")
    assert faults.spelled() == ["500:TMF678=0", "down"]


def test_the_sign_in_is_hit_only_when_aimed_at() -> None:
    faults = Faults(["html", "500:token"])
    assert not faults.strikes_only_at("html", "login", "token")
    assert faults.strikes_only_at("500", "login", "token")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_can_be_typed(name: str) -> None:
    assert Faults([name]).spelled()[0].startswith(name)


@pytest.mark.parametrize("text", ["", "gremlins", "down:", "slow=", "down=-1", "DOWN"])
def test_what_is_not_known_is_refused_whole(text: str) -> None:
    faults = Faults(["down"])
    with pytest.raises(UnknownFault):
        faults.replace(["html", text])
    assert faults.spelled() == ["down"]


@pytest.mark.parametrize("text", ["html:nosuch", "not-offered:customerBill", "bad-pdf:token", "order-rejected:TMF622"])
def test_a_fault_is_aimed_only_at_what_is_there(text: str) -> None:
    with pytest.raises(UnknownTarget, match="cannot be aimed at") as refused:
        Faults([text])
    name = text.partition(":")[0]
    assert all(Faults([f"{name}:{where}"]).strikes(name, where) for where in refused.value.known)


def test_slowness_has_seconds_and_hiding_has_an_api() -> None:
    faults = Faults(["slow=2.5", "not-offered", "not-offered:TMF681"])
    slow = faults.strikes("slow", "customerBill")
    assert slow is not None
    assert slow.amount == 2.5
    assert faults.hidden_apis() == {"TMF656", "TMF681"}


def test_an_unreadable_document_has_no_right_type_left() -> None:
    whole = {"id": "1", "name": "x", "amount": {"value": 1}, "list": [], "flag": True}
    assert spoiled("unreadable", whole) == {"id": "1", "name": {"text": 1}, "amount": "a lot", "list": 17, "flag": [[]]}


@pytest.mark.parametrize(
    ("path", "targets"),
    [
        ("/orvane-gb/tmf-api/troubleTicket/v4/troubleTicket/T1", ("troubleTicket", "TMF621")),
        ("/orvane-gb/tmf-api/document/v4/document", ("document", "TMF667")),
        ("/orvane-gb/payment/v4/payment/P1", ("payment", "TMF676")),
        ("/orvane-gb/files/D-B1.pdf", ("files",)),
        ("/orvane-gb/token", ("login", "token")),
        ("/orvane-gb/.well-known/openid-configuration", ("login", "openid-configuration")),
    ],
)
def test_paths_have_names_to_aim_at(path: str, targets: tuple[str, ...]) -> None:
    assert targets_of(path) == targets
