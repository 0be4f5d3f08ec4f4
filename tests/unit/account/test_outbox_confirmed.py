"""What the customer confirmed is good for as long as the first word was, and for what was seen then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from selfcare.account import outbox
from selfcare.account.push import push
from selfcare.domain.commands import GiveNotice, valid_for
from selfcare.domain.waiting import Waiting
from tests.unit.account.branch import FILTER_ONLY, IDS, MORE, NOTHING, Branch

TAKEN = {"done", "accepted"}
ENDING = ["PAC", "RIO", "unlock", "option off", "cancellation"]


def expire(branch: Branch, kind: str) -> Waiting:
    item = branch.ask(kind)
    branch.later(days=valid_for(item.command).days, hours=3)
    branch.push_twice()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "expired")
    assert confirm(branch, item)
    return item


def confirm(branch: Branch, item: Waiting) -> bool:
    return outbox.retry(branch.vault.actions, item.id, branch.now, branch.operator.ahead())


@pytest.mark.parametrize("kind", MORE)
def test_a_confirmed_request_goes_out_soon_and_not_after_its_time(kind: str) -> None:
    soon = Branch()
    item = expire(soon, kind)
    soon.push_twice()
    assert soon.kept(item).state in TAKEN
    late = Branch()
    item = expire(late, kind)
    late.operator.looks = ["offline"]
    late.push()
    late.later(days=valid_for(item.command).days, hours=3)
    late.push_twice()
    assert (late.kept(item).state, late.kept(item).why) == ("ask", "expired")
    assert late.operator.sent == []


@pytest.mark.parametrize("kind", ENDING)
def test_what_ends_after_it_was_confirmed_is_asked_about_once(kind: str) -> None:
    branch = Branch()
    item = expire(branch, kind)
    branch.operator.looks = ["offline"]
    branch.push()
    branch.later(hours=30)
    branch.change_underneath(item)
    branch.push_twice()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "changed")
    assert branch.operator.sent == []
    assert confirm(branch, item)
    branch.push_twice()
    assert len(branch.operator.sent) == 1, "the customer has seen it, and wants it all the same"


def test_a_confirmed_change_that_changes_again_is_asked_about_again() -> None:
    branch = Branch()
    item = branch.ask("PAC")
    branch.operator.things["L1"]["status"] = "cancelled"
    branch.push()
    assert branch.kept(item).changed == "cancelled"
    assert confirm(branch, item)
    branch.operator.things["L1"]["status"] = "terminated"
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).changed) == ("ask", "terminated")


@pytest.mark.parametrize("kind", ["termination", "option", "option off", "PAC", "RIO", "unlock"])
@pytest.mark.parametrize("how", ["terminated", "cancelled", "aborted", "gone"])
def test_nothing_is_asked_for_a_line_that_has_ended(kind: str, how: str) -> None:
    branch = Branch()
    item = branch.ask(kind)
    if how == "gone":
        del branch.operator.things["L1"]
    else:
        branch.operator.things["L1"]["status"] = how
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "changed")
    assert branch.operator.sent == []


@pytest.mark.parametrize(
    "stated",
    [
        {"lifecycleStatus": "Retired"},
        {"productOfferingTerm": [{"duration": {"amount": 24, "units": "month"}}]},
        {"productOfferingPrice": [{"priceType": "recurring", "recurringChargePeriod": "month",
         "price": {"taxIncludedAmount": {"unit": "GBP", "value": 6}}}]},
    ],
)  # fmt: skip
def test_an_option_is_ordered_as_it_was_shown_or_not_at_all(stated: dict[str, object]) -> None:
    shown = {"id": "F1", "name": "Roaming", "productOfferingPrice": [
        {"priceType": "recurring", "recurringChargePeriod": "month",
         "price": {"taxIncludedAmount": {"unit": "GBP", "value": 5}}}]}  # fmt: skip
    branch = Branch()
    branch.operator.things["F1"] = shown
    item = branch.ask("option")
    branch.push()
    assert branch.kept(item).state in TAKEN
    branch.operator.things["F1"] = {**shown, **stated}
    other = branch.ask("option", "2", "other")
    branch.push()
    assert (branch.kept(other).state, branch.kept(other).why) == ("ask", "changed")


@pytest.mark.parametrize("state", ["closed", "cancelled", "rejected"])
def test_no_remark_is_sent_to_a_closed_ticket_unless_the_customer_says_so(state: str) -> None:
    branch = Branch()
    item = branch.ask("note")
    branch.operator.tickets["T-0"]["status"] = state
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).why) == ("ask", "changed")
    assert branch.operator.sent == []
    assert confirm(branch, item)
    branch.push()
    assert branch.kept(item).state == "done"


@pytest.mark.parametrize(("hours", "state"), [(37, "accepted"), (38.1, "ask")])
@pytest.mark.parametrize("skew", [-400, 0, 400])
def test_notice_for_a_day_is_not_sent_when_the_day_has_gone(hours: float, state: str, skew: int) -> None:
    branch = Branch()
    branch.set_clock(days=skew)
    command = GiveNotice("L1", "", date(2026, 11, 22))
    item = outbox.submit(
        branch.vault.actions, branch.profile, IDS, "C1", command, "c", branch.now, ahead=branch.operator.ahead(),
        run=branch.run,
    )  # fmt: skip
    branch.later(hours=hours)
    branch.push_twice()
    assert branch.kept(item).state == state
    assert branch.kept(item).why == ("expired" if state == "ask" else "")


@pytest.mark.parametrize("kind", ["cancellation", "unlock", "option off"])
def test_what_its_own_lost_try_has_changed_is_not_told_as_not_done(kind: str) -> None:
    branch = Branch(FILTER_ONLY)
    branch.operator.lag = timedelta(minutes=10)
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    if kind != "cancellation":
        branch.change_underneath(item)
    for _ in range(8):
        branch.later(minutes=3)
        branch.push()
    kept = branch.kept(item)
    assert (kept.state, kept.why) == (("done", "") if kind == "cancellation" else ("ask", "cannotTell"))
    assert (len(branch.effects(item)), len(branch.operator.sent)) == (1, 1)


@pytest.mark.parametrize("kind", MORE)
def test_what_was_confirmed_in_an_older_file_counts_from_then(kind: str) -> None:
    """The step that older files take: see store.schema."""
    branch = Branch()
    item = expire(branch, kind)
    actions = branch.vault.actions
    asked = branch.kept(item).confirmed
    actions._database.run("UPDATE actions SET confirmed=''")
    for name in ("confirmed", "confirmed_ahead", "changed"):
        actions._database.script(f"ALTER TABLE actions DROP COLUMN {name}")
    actions._database.script("PRAGMA user_version=4")
    from selfcare.store.schema import bring_up_to_date

    bring_up_to_date(actions._database)
    assert branch.kept(item).confirmed == asked


@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("seconds", [40, 100])
def test_pressing_for_it_makes_two_looks_no_closer(kind: str, seconds: int) -> None:
    branch = Branch(FILTER_ONLY)
    branch.operator.lag = timedelta(seconds=100)
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    branch.later(seconds=6)
    branch.push()
    for _ in range(seconds // 20):
        branch.later(seconds=20)
        outbox.retry(branch.vault.actions, item.id, branch.now)
        branch.push()
    branch.until_quiet(3)
    assert (len(branch.effects(item)), len(branch.operator.sent)) == (1, 1)


@pytest.mark.parametrize("kind", MORE)
@pytest.mark.parametrize("mode", ["changed", "428", "phone", "key-missing"])
def test_send_it_all_the_same_looks_twice_for_what_was_lost_before(kind: str, mode: str) -> None:
    branch = Branch(NOTHING)
    branch.operator.lag = timedelta(seconds=100)
    branch.operator.modes = ["lost"]
    item = branch.ask(kind)
    branch.push()
    branch.later(seconds=10)
    branch.vault.actions.finish(item.id, "ask", branch.now, why=mode)
    assert confirm(branch, item)
    for _ in range(12):
        push(branch.operator, branch.vault, branch.profile, "C1", lambda: branch.now, run=branch.run)
        branch.later(seconds=20)
    assert (len(branch.effects(item)), len(branch.operator.sent)) == (1, 1)
    assert branch.kept(item).state in TAKEN
