"""Every row of what may befall a request, for every kind of request: never lost, never done twice, always told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from selfcare.account import outbox
from selfcare.domain.commands import valid_for
from selfcare.domain.failures import DiskTrouble, Offline
from selfcare.domain.waiting import Waiting
from selfcare.store.actions import Actions
from tests.unit.account.branch import FILTER_ONLY, FULL, IDS, KEY_ONLY, KINDS, NOTHING, Branch
from tests.unit.account.faulty import AFTER, ERRORS_AS_YES, PATIENCE, REFUSALS, Crash

pytestmark = pytest.mark.parametrize("kind", KINDS)
TAKEN = {"done", "accepted"}
NO_PLACE_FOR_OUR_ID = {"note", "cancellation"}


def taken_once(branch: Branch, item: Waiting) -> None:
    """It has arrived, it is known here, and it happened once."""
    kept = branch.kept(item)
    assert kept.state in TAKEN, (kept.state, kept.why, kept.reason)
    assert len(branch.effects(item)) == 1
    if kind_has_number(item):
        assert kept.receipt == branch.effects(item)[0]


def kind_has_number(item: Waiting) -> bool:
    return item.command.kind != "withdrawNotice"


def fail_once(branch: Branch, kind: str, mode: str) -> Waiting:
    branch.operator.modes = [mode]
    item = branch.ask(kind)
    branch.push()
    return item


def test_before_the_commit_there_is_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch()

    def crash(*_facts: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(Actions, "_note", crash)
        with pytest.raises(Crash):
            branch.ask(kind)
    branch.push()
    assert branch.vault.actions.all() == []
    assert branch.operator.sent == []


def test_after_the_commit_it_goes_out(kind: str) -> None:
    branch = Branch()
    item = branch.ask(kind)
    assert branch.kept(item).state == "new"
    branch.push()
    taken_once(branch, item)


@pytest.mark.parametrize("mode", ["offline", "certificate", "401"])
def test_nothing_has_left(kind: str, mode: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    assert (branch.kept(item).state, branch.kept(item).first_sent) == ("new", None)
    branch.push()
    taken_once(branch, item)
    assert len({key for _, key, _ in branch.operator.sent}) == 1


@pytest.mark.parametrize(
    "mode", ["reset-sending", *AFTER, "html", "portal", "shape", "500-once", "500-after", "502", "504"]
)
def test_no_valid_answer_is_asked_for_again_and_happens_once(kind: str, mode: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    assert branch.kept(item).state == "unknown"
    branch.push()
    assert len(branch.operator.sent) == 1
    branch.until_quiet(4)
    taken_once(branch, item)


@pytest.mark.parametrize("mode", ERRORS_AS_YES)
@pytest.mark.parametrize("honours", [FULL, KEY_ONLY, FILTER_ONLY, NOTHING])
def test_an_error_that_is_told_as_a_yes_is_no_yes(kind: str, mode: str, honours: Any) -> None:
    branch = Branch(honours)
    item = fail_once(branch, kind, mode)
    assert branch.kept(item).state in {"unknown", "ask"}
    branch.until_quiet(4)
    kept = branch.kept(item)
    assert len(branch.effects(item)) == (kept.state in TAKEN)
    assert kept.state in TAKEN | {"ask"}


@pytest.mark.parametrize("honours", [FULL, KEY_ONLY, FILTER_ONLY, NOTHING])
def test_a_yes_by_a_number_alone_counts_once_it_is_seen_what_it_stands_for(kind: str, honours: Any) -> None:
    branch = Branch(honours)
    item = fail_once(branch, kind, "sparse")
    branch.until_quiet(4)
    taken_once(branch, item)
    assert len(branch.operator.sent) == 1


def test_a_short_trouble_is_mended_under_the_same_key(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "lost")
    branch.later(seconds=6)
    branch.push()
    taken_once(branch, item)
    assert len({key for _, key, _ in branch.operator.sent}) == 1
    bodies = {wire.body for wire, _, _ in branch.operator.sent}
    assert len(bodies) == 1


@pytest.mark.parametrize("mode", ["crash-before", "crash-after"])
def test_the_end_of_the_program_while_it_was_on_its_way(kind: str, mode: str) -> None:
    branch = Branch()
    branch.operator.modes = [mode]
    item = branch.ask(kind)
    with pytest.raises(Crash):
        branch.push()
    assert branch.kept(item).state == "sending"
    branch.until_quiet(3)
    taken_once(branch, item)


@pytest.mark.parametrize("trouble", [Crash, lambda: DiskTrouble("full")])
def test_the_answer_came_and_could_not_be_kept(
    kind: str, trouble: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch()
    item = branch.ask(kind)

    def broken(*_facts: object, **_more: object) -> None:
        raise trouble()

    with monkeypatch.context() as patch:
        patch.setattr(branch.vault.actions, "finish", broken)
        with pytest.raises((Crash, DiskTrouble)):
            branch.push()
    branch.until_quiet(3)
    taken_once(branch, item)


def test_an_answer_about_another_is_put_to_the_customer(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "another")
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "mismatch")
    assert outbox.check_again(branch.vault.actions, item.id, branch.now)
    branch.until_quiet(3)
    taken_once(branch, item)


@pytest.mark.parametrize("mode", REFUSALS)
def test_no_is_final_and_told_in_the_operators_words(kind: str, mode: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    branch.until_quiet(3)
    assert (branch.kept(item).state, branch.kept(item).reason) == ("rejected", f"No, says {mode}")
    assert (len(branch.operator.sent), branch.effects(item)) == (1, [])


@pytest.mark.parametrize(("mode", "why"), [("changed", "changed"), ("428", "changed"), ("key-missing", "mismatch")])
def test_some_refusals_are_put_to_the_customer(kind: str, mode: str, why: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    branch.until_quiet(2)
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", why)
    assert outbox.retry(branch.vault.actions, item.id, branch.now)
    branch.push_twice()
    taken_once(branch, item)


@pytest.mark.parametrize("mode", PATIENCE)
def test_patience_is_given_and_nothing_was_done(kind: str, mode: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    kept = branch.kept(item)
    assert (kept.state, kept.first_sent) == ("new", None)
    assert kept.next_try is not None
    assert kept.next_try >= branch.now + timedelta(seconds=60)
    branch.later(seconds=59)
    branch.push()
    assert len(branch.operator.sent) == 1
    branch.later(seconds=2)
    branch.push()
    taken_once(branch, item)


def test_out_of_service_may_have_taken_it(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "503")
    assert branch.kept(item).state == "unknown"
    branch.until_quiet(4)
    taken_once(branch, item)


def test_still_in_progress_is_waited_for(kind: str) -> None:
    branch = Branch()
    branch.operator.modes = ["lost", "in-progress"]
    item = branch.ask(kind)
    branch.push()
    branch.later(seconds=10)
    branch.push()
    if kind not in NO_PLACE_FOR_OUR_ID:
        assert branch.kept(item).state == "unknown"
    branch.until_quiet(3)
    taken_once(branch, item)


@pytest.mark.parametrize("honours", [FULL, KEY_ONLY, FILTER_ONLY, NOTHING])
def test_asked_for_elsewhere_before_is_put_to_the_customer_unless_it_was_this_one(kind: str, honours: Any) -> None:
    branch = Branch(honours)
    item = fail_once(branch, kind, "phone")
    kept = branch.kept(item)
    assert (kept.state, kept.why, kept.reason) == ("ask", "askedAlready", "Asked for already")
    assert len(branch.operator.sent) == 1
    ours = Branch()
    ours.operator.modes = ["lost", "phone"]
    item = ours.ask(kind)
    ours.push()
    ours.later(seconds=10)
    ours.push()
    taken_once(ours, item)


def test_a_key_used_for_something_else_is_our_mistake_and_put_to_the_customer(kind: str) -> None:
    branch = Branch()
    item = branch.ask(kind)
    other = branch.kept(item).key
    branch.operator._answers[other] = (b"something else", branch.now, None)
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "mismatch")
    assert branch.effects(item) == []


def test_a_stored_error_is_not_repeated_for_ever(kind: str) -> None:
    branch = Branch()
    branch.operator.modes = ["500-sticky"]
    item = branch.ask(kind)
    branch.push()
    branch.until_quiet(8)
    taken_once(branch, item)
    assert len({key for _, key, _ in branch.operator.sent}) == 2


@pytest.mark.parametrize("mode", ["lost", "reset-sending"])
def test_after_the_keys_life_the_operator_is_asked_first(kind: str, mode: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, mode)
    branch.later(hours=25)
    branch.push()
    assert len(branch.operator.sent) == 1
    branch.later(minutes=3)
    branch.push()
    taken_once(branch, item)
    assert len(branch.operator.sent) == (1 if mode == "lost" else 2)


@pytest.mark.parametrize("mode", ["lost", "reset-sending"])
def test_without_any_promise_it_is_sent_once_at_most(kind: str, mode: str) -> None:
    branch = Branch(NOTHING)
    item = fail_once(branch, kind, mode)
    branch.until_quiet(6)
    if kind in NO_PLACE_FOR_OUR_ID or mode == "lost":
        taken_once(branch, item)  # their traces can be looked for without any promise
        return
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "cannotTell")
    assert len(branch.operator.sent) == 1


@pytest.mark.parametrize("honours", [FULL, KEY_ONLY, FILTER_ONLY])
def test_lists_that_are_late_do_not_double_anything(kind: str, honours: Any) -> None:
    branch = Branch(honours)
    branch.operator.lag = timedelta(seconds=100)
    branch.operator.modes = ["500-after", "lost"]
    item = branch.ask(kind)
    for _ in range(12):
        branch.push()
        branch.later(seconds=40)
    branch.until_quiet(4)
    assert len(branch.effects(item)) == 1
    assert branch.kept(item).state in TAKEN


def test_another_login_never_sends_it(kind: str) -> None:
    branch = Branch()
    outbox.submit(branch.vault.actions, branch.profile, IDS, "C2", KINDS[kind]("1"), "click", branch.now)
    branch.until_quiet(2)
    assert branch.operator.sent == []


def test_another_operator_never_gets_it(kind: str) -> None:
    branch = Branch()
    item = branch.ask(kind)
    branch.vault.actions._database.run("UPDATE actions SET issuer='https://elsewhere.example'")
    branch.until_quiet(2)
    assert branch.operator.sent == []
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "otherIssuer")
    assert not outbox.retry(branch.vault.actions, item.id, branch.now), "nobody can tell whose it would be there"
    assert branch.vault.actions.drop(item.id, branch.now)


def test_the_same_click_twice_is_one_request(kind: str) -> None:
    branch = Branch()
    first, second = branch.ask(kind), branch.ask(kind)
    assert first == second
    branch.push()
    taken_once(branch, first)


@pytest.mark.parametrize("hours", [2, 30])
def test_an_old_copy_of_the_folder_does_nothing_again(kind: str, hours: int) -> None:
    branch = Branch()
    item = branch.ask(kind)
    before = branch.kept(item)
    branch.push()
    branch.vault.actions._database.run(
        "UPDATE actions SET state='new', receipt='', attempts=0, first_sent='' WHERE id=?", before.id
    )
    branch.later(hours=hours)
    branch.push()
    taken_once(branch, item)


@pytest.mark.parametrize("years", [-30, -1, 1, 30])
def test_a_clock_that_is_set_another_way_neither_expires_nor_doubles_anything(kind: str, years: int) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "lost")
    branch.set_clock(days=365 * years)
    for _ in range(6):
        branch.push()
        branch.later(minutes=3)
    taken_once(branch, item)


def test_what_was_put_off_under_a_wrong_clock_is_not_put_off_for_years(kind: str) -> None:
    branch = Branch()
    branch.set_clock(days=3650)
    item = fail_once(branch, kind, "429")
    branch.set_clock(days=0)
    branch.push_twice()
    taken_once(branch, item)


def test_an_early_expiry_by_our_own_clock_is_held_against_the_operators(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "offline")
    branch.set_clock(days=400)
    branch.push_twice()
    taken_once(branch, item)


def test_what_waited_too_long_is_not_sent_unasked(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "offline")
    branch.later(days=valid_for(item.command).days, hours=1)
    branch.push_twice()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "expired")
    assert len(branch.operator.sent) == 1


def test_offline_for_long_it_waits_and_is_not_expired_unheard(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch()
    item = branch.ask(kind)
    branch.later(days=40)
    branch.operator.clock = None

    def offline(*_facts: object, **_more: object) -> Any:
        raise Offline

    for name in ("find_external", "pages", "fetch_one"):
        monkeypatch.setattr(type(branch.operator), name, offline)
    branch.push()
    assert branch.kept(item).state == "new"


def test_all_that_happened_is_in_the_journal(kind: str) -> None:
    branch = Branch()
    item = fail_once(branch, kind, "lost")
    branch.until_quiet(2)
    journal = branch.vault.actions.journal(item.id)
    assert [entry.event for entry in journal][:3] == ["asked", "sending", "noValidAnswer"]
    assert '"sha256"' in journal[0].facts
    assert '"TimedOut"' in journal[2].facts
    assert journal[-1].state in TAKEN
    moments = branch.vault.actions.moments()[item.id]
    assert moments["new"] <= moments["sending"] <= moments["unknown"] <= moments[branch.kept(item).state]
