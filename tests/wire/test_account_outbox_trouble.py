"""An operator in trouble, or a proxy in its place, costs no request and no session: it all goes out once, later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import Failure, NotAnAnswer, ServerTrouble
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting
from tests.sandbox_process import Sandbox

TICKET = OpenTicket("No line since Monday", "The line is dead.", "Incident", "Major")


class Claire:
    """Claire's account and a clock that is moved by hand."""

    def __init__(self, world: Sandbox, folder: Path) -> None:
        self.ahead = timedelta(0)
        now = lambda: datetime.now(UTC) + self.ahead  # noqa: E731
        self.session: Session = open_session(folder, bytes(32), read_profile(world.profile()), now=now)
        self.session.sign_in(demo_browser, login_hint="claire")
        self.session.round(topics={Topic.CUSTOMER, Topic.TICKETS})

    def kept(self, item: Waiting) -> Waiting:
        return next(w for w in self.session.reader.waiting() if w.id == item.id)

    def push_after(self, minutes: float) -> None:
        self.ahead += timedelta(minutes=minutes)
        self.session.push()


@pytest.fixture
def world(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox()


@pytest.fixture
def claire(world: Sandbox, tmp_path: Path) -> Iterator[Claire]:
    claire = Claire(world, tmp_path / "vault")
    yield claire
    claire.session.close()


@pytest.mark.parametrize("fault", ["500", "html", "cut-body"])
def test_hours_of_trouble_end_in_one_request(claire: Claire, world: Sandbox, fault: str) -> None:
    world.set_faults(fault)
    item = claire.session.submit(TICKET, "click")
    for minutes in (0, 1, 1, 30, 60, 60):
        claire.push_after(minutes)
        assert claire.kept(item).state.value == "unknown"
    world.set_faults()
    for minutes in (61, 61, 240):
        claire.push_after(minutes)
    assert claire.kept(item).state.value == "done"
    assert len(world.effects()["byExternalId"][item.id]) == 1


@pytest.mark.parametrize(("fault", "trouble"), [("403:token", NotAnAnswer("shape")), ("500:token", ServerTrouble(500))])
def test_without_a_new_token_nothing_leaves_and_the_session_stays(
    claire: Claire, world: Sandbox, fault: str, trouble: Failure
) -> None:
    world.expire_tokens()
    world.set_faults(fault)
    item = claire.session.submit(TICKET, "click")
    claire.session.push()
    assert claire.session.trouble == trouble
    assert claire.session.is_signed_in
    assert (claire.kept(item).state.value, claire.kept(item).sent) == ("new", None)
    world.set_faults()
    claire.push_after(1)
    assert claire.session.trouble is None
    assert claire.kept(item).state.value == "done"
    assert len(world.effects()["byExternalId"][item.id]) == 1


def test_the_same_remark_twice_is_two_remarks(claire: Claire, world: Sandbox) -> None:
    ticket = claire.session.reader.tickets()[0].id
    for click in ("one", "two"):
        world.set_faults("lost-response:troubleTicket=1")
        item = claire.session.submit(AddNote(ticket, "Any news?"), click)
        claire.push_after(1)
        claire.push_after(1)
        assert claire.kept(item).state.value == "done"
    claire.session.round(topics={Topic.TICKETS})
    after = next(t for t in claire.session.reader.tickets() if t.id == ticket)
    assert [note.text for note in after.notes].count("Any news?") == 2
