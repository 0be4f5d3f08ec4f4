"""What the customer asked for is kept exactly once, exactly as it was, and never sent without being marked first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from msgspec.structs import replace

from selfcare.store.action import Action
from selfcare.store.actions import Actions
from selfcare.store.database import Database
from selfcare.store.schema import STEPS, bring_up_to_date
from selfcare.store.vault import open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
NEW = Action(
    id="a1", key="k1", confirm="click-1", kind="openTicket", command_json=b'{"title": "No line"}', issuer="https://op",
    subject="9176", method="POST", api="TMF621", path="/troubleTicket", body=b'{"name": "No line"}',
    content_type="application/json", state="new", created=NOW,
)  # fmt: skip


@pytest.fixture
def actions(tmp_path: Path) -> Iterator[Actions]:
    vault = open_vault(tmp_path / "v", bytes(32))
    yield vault.actions
    vault.close()


def test_a_request_is_kept_with_every_fact(actions: Actions) -> None:
    full = replace(
        NEW, state="unknown", attempts=3, first_sent=NOW, last_try=SOON, next_try=SOON, receipt="r", reason="because",
        why="expired", absent=SOON, doubt=True,
    )  # fmt: skip
    actions.add(full, NOW)
    assert actions.get("a1") == full
    assert actions.get("other") is None


def test_the_same_click_twice_is_one_request(actions: Actions) -> None:
    assert actions.add(NEW, NOW) == NEW
    again = actions.add(replace(NEW, id="a2", key="k2", body=b"other"), SOON)
    assert again == NEW
    assert actions.all() == [NEW]
    assert [entry.event for entry in actions.journal()] == ["asked"]


def test_a_request_is_marked_before_it_leaves(actions: Actions) -> None:
    actions.add(NEW, NOW)
    claimed = actions.claim("a1", SOON)
    assert claimed == replace(NEW, state="sending", attempts=1, first_sent=SOON, last_try=SOON)
    assert actions.get("a1") == claimed
    assert actions.claim("a1", SOON) is None


def test_the_first_sending_is_remembered_over_later_ones(actions: Actions) -> None:
    actions.add(NEW, NOW)
    actions.claim("a1", NOW)
    actions.finish("a1", "unknown", NOW, next_try=SOON)
    claimed = actions.claim("a1", SOON)
    assert claimed is not None
    assert (claimed.first_sent, claimed.last_try, claimed.next_try, claimed.attempts) == (NOW, SOON, None, 2)


def test_what_was_on_its_way_at_the_end_may_have_arrived(tmp_path: Path) -> None:
    vault = open_vault(tmp_path / "v", bytes(32))
    vault.actions.add(NEW, NOW)
    vault.actions.add(replace(NEW, id="a2", confirm="click-2"), NOW)
    vault.actions.claim("a1", NOW)
    vault.close()
    vault = open_vault(tmp_path / "v", bytes(32))
    assert vault.actions.recover(SOON) == 1
    assert [action.state for action in vault.actions.all()] == ["unknown", "new"]
    assert [entry.event for entry in vault.actions.journal("a1")] == ["asked", "sending", "interrupted"]
    assert vault.actions.recover(SOON) == 0
    vault.close()


@pytest.mark.parametrize(
    ("state", "may"),
    [("new", True), ("ask", True), ("sending", False), ("unknown", False), ("accepted", False), ("done", False),
     ("rejected", False), ("dropped", False)],
)  # fmt: skip
def test_only_what_has_not_left_is_taken_back(actions: Actions, state: str, may: bool) -> None:
    actions.add(replace(NEW, state=state), NOW)
    assert actions.drop("a1", SOON) is may
    kept = actions.get("a1")
    assert kept is not None
    assert kept.state == ("dropped" if may else state)
    assert actions.claim("a1", SOON) is None or state == "unknown"


def test_an_end_is_written_with_its_facts(actions: Actions) -> None:
    actions.add(NEW, NOW)
    actions.finish("a1", "accepted", SOON, event="accepted", facts='{"receipt": "T-1"}', receipt="T-1", absent=None)
    kept = actions.get("a1")
    assert kept is not None
    assert (kept.state, kept.receipt) == ("accepted", "T-1")
    last = actions.journal("a1")[-1]
    assert (last.at, last.event, last.facts) == (SOON, "accepted", '{"receipt": "T-1"}')


@pytest.mark.parametrize(("state", "facts"), [("sent", {}), ("done", {"body": b"other"}), ("done", {"id": "x"})])
def test_what_is_frozen_stays_frozen(actions: Actions, state: str, facts: dict[str, object]) -> None:
    actions.add(NEW, NOW)
    with pytest.raises(ValueError, match="request"):
        actions.finish("a1", state, NOW, **facts)
    assert actions.get("a1") == NEW


def test_drafts_session_and_owner(actions: Actions) -> None:
    assert (actions.draft("leaving"), actions.session(), actions.owner()) == (None, None, None)
    actions.put_draft("leaving", b"1")
    actions.put_draft("leaving", b"2")
    actions.keep_session(b"tokens")
    actions.keep_owner("https://op", "9176")
    assert (actions.draft("leaving"), actions.session(), actions.owner()) == (b"2", b"tokens", ("https://op", "9176"))
    actions.drop_draft("leaving")
    actions.drop_session()
    assert (actions.draft("leaving"), actions.session(), actions.owner()) == (None, None, ("https://op", "9176"))


def test_nothing_personal_stands_in_how_a_request_is_shown_to_programmers() -> None:
    shown = repr(replace(NEW, reason="a reason", receipt="T-9"))
    for secret in ("9176", "No line", "k1", "click-1", "a reason", "T-9"):
        assert secret not in shown


def test_a_file_of_before_clocks_were_held_against_each_other_goes_on() -> None:
    """What was being looked for is looked for twice again; all else is as it was, and of no known run."""
    old = Database(apsw.Connection(":memory:"), "actions")
    for step in STEPS["actions"][:3]:
        old.script(step)
    old.script("PRAGMA user_version=3")
    facts = {
        "id": "a1", "key": "k1", "confirm": "click-1", "kind": "openTicket", "command": b"{}", "issuer": "https://op",
        "subject": "9176", "method": "POST", "api": "TMF621", "path": "p", "body": b"b", "content_type": "j",
        "state": "unknown", "created": NOW.isoformat(), "attempts": 2, "first_sent": NOW.isoformat(),
        "absent": SOON.isoformat(),
    }  # fmt: skip
    old.run(f"INSERT INTO actions({','.join(facts)}) VALUES({','.join('?' * len(facts))})", *facts.values())
    bring_up_to_date(old)
    kept = Actions(old).get("a1")
    assert kept is not None
    assert (kept.state, kept.attempts, kept.first_sent, kept.body) == ("unknown", 2, NOW, b"b")
    assert (kept.absent, kept.asked_ahead, kept.sent_ahead, kept.run) == (None, None, None, "")
    assert Actions(old).ahead() is None
    assert old.version() == len(STEPS["actions"])


def test_how_far_the_operators_clock_is_ahead_is_kept(actions: Actions) -> None:
    assert actions.ahead() is None
    for said, kept in ((-90, -90), (-60, -90), (0, 0), (59, 0), (61, 61)):
        actions.keep_ahead(timedelta(seconds=said))
        assert actions.ahead() == timedelta(seconds=kept)


def test_the_clocks_of_the_first_sending_are_kept(actions: Actions) -> None:
    actions.add(replace(NEW, asked_ahead=timedelta(hours=-3), run="r1"), NOW)
    actions.claim("a1", NOW, timedelta(hours=2))
    actions.finish("a1", "unknown", SOON, absent=SOON)
    claimed = actions.claim("a1", SOON, timedelta(hours=5))
    assert claimed is not None
    assert (claimed.asked_ahead, claimed.sent_ahead) == (timedelta(hours=-3), timedelta(hours=2))
    assert (claimed.absent, claimed.run) == (None, "r1")
    actions.finish("a1", "new", SOON, first_sent=None, sent_ahead=None)
    kept = actions.get("a1")
    assert kept is not None
    assert (kept.first_sent, kept.sent_ahead) == (None, None)


def test_what_has_moved_on_is_not_written_over(actions: Actions) -> None:
    actions.add(NEW, NOW)
    assert actions.drop("a1", NOW)
    assert not actions.finish("a1", "new", SOON, seen=NEW, event="notSent")
    assert [entry.event for entry in actions.journal("a1")] == ["asked", "dropped"]
    actions.add(replace(NEW, id="a2", confirm="other"), NOW)
    seen = actions.get("a2")
    actions.claim("a2", NOW)
    actions.finish("a2", "new", NOW)
    assert seen is not None
    assert not actions.finish("a2", "new", SOON, seen=seen), "it was sent meanwhile"
    assert actions.finish("a2", "new", SOON, seen=actions.get("a2"))
