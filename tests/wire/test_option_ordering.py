"""Options over the demo operator's clock: ordered at the price that was shown, they appear, run, and go again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain.commands import DropOption, OrderOption
from selfcare.domain.money import Money
from selfcare.domain.offers import offers_for
from selfcare.domain.options import Option, PaperState, Verdict
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.domain.unasked import unasked_options
from selfcare.domain.waiting import Waiting, WaitingState
from tests.sandbox_process import Sandbox

ORDERING = {
    Topic.CUSTOMER,
    Topic.ACCOUNTS,
    Topic.PRODUCTS,
    Topic.CONTRACTS,
    Topic.ORDERS,
    Topic.SERVICES,
    Topic.OFFERS,
}


@pytest.fixture
def own(request: pytest.FixtureRequest, new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    """An operator of the test's own, in the version of its APIs that the test names."""
    return new_sandbox("--tmf", request.param)


@pytest.fixture
def session(own: Sandbox, tmp_path: Path) -> Iterator[Session]:
    made = open_session(
        tmp_path / "vault", bytes(range(32)), read_profile(own.profile()), now=lambda: datetime.now(UTC)
    )
    made.sign_in(demo_browser, login_hint="claire")
    yield made
    made.close()


def state(session: Session, item: Waiting) -> WaitingState:
    return next(w.state for w in session.reader.waiting() if w.id == item.id)


@pytest.mark.parametrize("own", ["v4", "v5"], indirect=True)
def test_an_option_is_ordered_appears_runs_and_is_taken_off_again(own: Sandbox, session: Session) -> None:
    session.round(topics=ORDERING)

    def of_line() -> dict[str, Option]:
        session.round(topics=ORDERING)
        line = next(ln for ln in session.reader.lines() if ln.id == mobile.id)
        return {one.name: one for one in line.options}

    mobile = next(ln for ln in session.reader.lines() if ln.name == "Orvane Unlimited")
    offers = {one.name: one for one in offers_for(mobile, session.reader.offers())}
    assert "EU Roaming Pass" not in offers, "it is on the line already"
    assert "Music Pass" not in offers, "it is no longer sold"
    assert "Whole-home Wi-Fi" not in offers, "it is for another plan"
    chosen = offers["World Calls 200"]
    asked = OrderOption(
        mobile.id, chosen.id, chosen.name, chosen.price, chosen.period, chosen.once, chosen.months, chosen.clause
    )
    dearer = replace(asked, price=Money(Decimal("11.00"), "GBP"))
    asked_back = session.submit(dearer, "c1")
    session.push()
    assert state(session, asked_back) is WaitingState.ASK
    found = next(w for w in session.reader.waiting() if w.id == asked_back.id)
    assert (found.why, found.sent) == ("changed", None), "it costs something else than was shown"
    assert session.drop(asked_back.id)

    item = session.submit(asked, "c2")
    session.push()
    assert state(session, item) is WaitingState.ACCEPTED
    assert of_line()["World Calls 200"].on_paper is PaperState.PENDING_ACTIVE
    own.advance(2)
    added = of_line()["World Calls 200"]
    assert (added.on_paper, added.verdict, added.price) == (PaperState.ACTIVE, Verdict.WORKS, chosen.price)
    assert state(session, item) is WaitingState.DONE
    assert not unasked_options(session.reader.lines(), session.reader.orders(), session.reader.waiting()) & {added.id}

    dropped = session.submit(DropOption(added.id, mobile.id, added.name), "c3")
    session.push()
    assert of_line()["World Calls 200"].on_paper is PaperState.PENDING_TERMINATE
    own.advance(24)
    gone = of_line()["World Calls 200"]
    assert (gone.on_paper, gone.verdict) == (PaperState.TERMINATED, Verdict.ENDED)
    assert gone.ended is not None
    assert state(session, dropped) is WaitingState.DONE
    made = own.effects()["byExternalId"]
    assert len(made[item.id]) == len(made[dropped.id]) == 1
