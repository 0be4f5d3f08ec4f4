"""Visits over real HTTP: read with the account, quiet where they are not offered, missed when nobody came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from selfcare.account.session import open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.case.promises import PromiseState, promises_from
from selfcare.domain.appointments import AppointmentState
from selfcare.domain.topics import Topic
from tests.plain_client import sign_in
from tests.sandbox_process import Sandbox

KEY = bytes(range(32))
TOPICS = frozenset({Topic.CUSTOMER, Topic.TICKETS, Topic.APPOINTMENTS})


def test_a_visit_is_read_once_and_is_missed_when_its_time_is_over(
    new_sandbox: Callable[..., Sandbox], tmp_path: Path
) -> None:
    sandbox, shift = new_sandbox(), timedelta()
    session = open_session(tmp_path / "v", KEY, read_profile(sandbox.profile()), now=lambda: datetime.now(UTC) + shift)
    try:
        session.sign_in(demo_browser, login_hint="claire")
        assert session.round(topics=TOPICS) == TOPICS
        coming, done = session.reader.appointments()
        assert (coming.state, done.state) == (AppointmentState.CONFIRMED, AppointmentState.COMPLETED)
        tickets = {ticket.id for ticket in session.reader.tickets()}
        assert all(any(one.is_about("TroubleTicket", each) for each in tickets) for one in (coming, done))
        sandbox.reset_log()
        session.round(topics=TOPICS)
        (asked,) = [one for one in sandbox.log()["requests"] if "appointment" in one["path"]]
        assert (asked["status"], asked["count"]) == (304, 1)
        assert coming.window is not None
        shift = timedelta(days=5)
        sandbox.advance(shift / timedelta(hours=1))
        session.round(topics=TOPICS)
        (late,) = [one for one in session.reader.appointments() if one.id == coming.id]
        assert late.stood_until == (coming.window.ends,)
        now = datetime.now(UTC) + shift
        assert promises_from((), (), (), now, appointments=(late,))[0].state is PromiseState.MISSED
    finally:
        session.close()


def test_where_it_is_not_offered_nothing_is_asked_and_nothing_fails(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.set_faults("not-offered:TMF646")
    session = open_session(
        tmp_path / "v", KEY, read_profile(sandbox.profile("orvane-gb")), now=lambda: datetime.now(UTC)
    )
    try:
        session.sign_in(demo_browser, login_hint="sam")
        session.round(topics=TOPICS)
        assert session.trouble is None
        assert session.reader.appointments() == ()
        (age,) = session.reader.freshness(Topic.APPOINTMENTS)
        assert (age.offered, age.failure) == (False, None)
        assert not [one for one in sandbox.log()["requests"] if "appointment" in one["path"]]
    finally:
        session.close()


def test_the_demo_operator_lists_them_by_ticket_page_by_page_and_with_a_tag(sandbox: Sandbox) -> None:
    claire = sign_in(sandbox.issuer(), "claire")
    whole = claire.get("appointment", limit=1)
    assert (len(whole.json()), whole.headers["x-total-count"]) == (1, "2")
    ticket = whole.json()[0]["relatedEntity"][0]["id"]
    found = claire.get("appointment", relatedEntity__id=ticket)
    assert [one["id"] for one in found.json()] == [whole.json()[0]["id"]]
    assert claire.get("appointment", status="failed").json() == []
    again = claire.client.get(
        claire.url("appointment"), headers={"If-None-Match": claire.get("appointment").headers["etag"]}
    )
    assert again.status_code == 304
