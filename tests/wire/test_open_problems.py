"""Known problems without signing in, over real HTTP: nothing of a customer goes out, and nothing of one comes back."""

from __future__ import annotations

import pytest

from selfcare.account.open_problems import fetch_open_problems
from selfcare.api.client import Reply, Request, Wire
from selfcare.api.profile import read_profile
from selfcare.domain.failures import NotOffered, SignedOut
from tests.sandbox_process import Sandbox

SECRETS = {"authorization", "cookie", "dpop", "idempotency-key"}


@pytest.mark.parametrize(("brand", "title"), [("orvane-gb", "Fibre cut in Whitcombe"), ("orvane-fr", "")])
def test_anybody_reads_what_is_published(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, brand: str, title: str
) -> None:
    asked: list[Request] = []
    send = Wire.send

    def seen(wire: Wire, request: Request) -> Reply:
        asked.append(request)
        return send(wire, request)

    monkeypatch.setattr(Wire, "send", seen)
    problems, unread = fetch_open_problems(read_profile(sandbox.profile(brand)))
    assert problems
    assert unread == 0
    assert not title or title in {problem.title for problem in problems}
    assert all("serviceProblem" in request.url and "relatedParty" not in request.url for request in asked)
    assert not any(SECRETS & {name.casefold() for name in request.headers} for request in asked)
    assert not any(problem.ticket_ids or problem.service_ids for problem in problems), "these are customers' own"


def test_in_version_five_too(sandbox: Sandbox) -> None:
    usual = fetch_open_problems(read_profile(sandbox.profile()))
    sandbox.set_tmf("v5")
    try:
        assert fetch_open_problems(read_profile(sandbox.profile())) == usual
    finally:
        sandbox.set_tmf("v4")


def test_an_operator_that_promises_it_and_asks_who_you_are(sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    sandbox.set_faults("401:serviceProblem")
    with pytest.raises(SignedOut):
        fetch_open_problems(profile)


def test_what_cannot_be_understood_is_counted(sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile())
    usual, _none = fetch_open_problems(profile)
    sandbox.set_faults("unreadable:serviceProblem")
    shown, unread = fetch_open_problems(profile)
    assert unread > 0
    assert len(shown) + unread == len(usual)


def test_without_the_promise_nobody_is_asked(sandbox: Sandbox) -> None:
    profile = read_profile(sandbox.profile().replace(b'"withoutSignIn":true', b'"withoutSignIn":false'))
    sandbox.reset_log()
    with pytest.raises(NotOffered):
        fetch_open_problems(profile)
    assert sandbox.log()["count"] == 0


def test_only_the_list_is_open_and_a_token_is_still_looked_at(sandbox: Sandbox) -> None:
    path = "/orvane-gb/tmf-api/serviceProblemManagement/v4/serviceProblem"
    shown = sandbox.control.get(path).json()
    assert sandbox.control.get(f"{path}/{shown[0]['id']}").status_code == 401
    assert sandbox.control.get(path, headers={"Authorization": "Bearer nobody"}).status_code == 401
    assert sandbox.control.get("/orvane-gb/tmf-api/troubleTicket/v4/troubleTicket").status_code == 401
