"""Whatever the customer, the operator, the clock and the power do, in any order: nothing lost, nothing done twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from selfcare.account import outbox
from selfcare.domain.operator import Honours
from selfcare.domain.waiting import Waiting
from tests.unit.account.branch import FILTER_ONLY, FULL, KEY_ONLY, MORE, NOTHING, Branch
from tests.unit.account.faulty import AFTER, BEFORE, KEEPS, LOOKS, PATIENCE, Crash
from tests.unit.account.wrong_clients import (
    WRONG,
    WRONG_ABOUT_HABITS,
    WRONG_ABOUT_OTHERS,
    WRONG_ABOUT_REMARKS,
    wrong_client,
)

MODES = (
    "ok", *BEFORE, *AFTER, *PATIENCE, "400", "422", "portal", "html", "shape", "no-id", "another", "500-once",
    "500-after", "500-sticky", "502", "503", "in-progress", "phone", "moved", "crash-before", "crash-after",
    "crash-after", "error-as-yes", "number-alone", "sparse",
)  # fmt: skip
WORST = (
    "ok", "lost", "reset-sending", "portal", "500-after", "500-sticky", "in-progress", "401", "crash-after",
)  # fmt: skip
"""The modes that tell a wrong outbox from a right one soonest."""

places = st.integers(0, 999)
EXAMPLES = settings(
    max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)


class OutboxMachine(RuleBasedStateMachine):
    """A customer asks; the operator and the program go wrong as they like; at the end all is well for a while."""

    modes = MODES
    kinds = tuple(sorted(MORE))

    @initialize(
        promises=st.sampled_from([FULL, KEY_ONLY, FILTER_ONLY, NOTHING]),
        lag=st.sampled_from([0, 0, 100]),
        has_tags=st.booleans(),
        filters_empty=st.booleans(),
        keeps=st.sampled_from(["as it is", *KEEPS]),
        dates_itself=st.booleans(),
        seconds=st.sampled_from([0, 0, 20, 600, -600]),
        cached=st.sampled_from([0, 0, 10]),
        keeps_ids=st.booleans(),
    )
    def begin(
        self,
        promises: Honours,
        lag: int,
        has_tags: bool,
        filters_empty: bool,
        keeps: str,
        dates_itself: bool,
        seconds: int,
        cached: int,
        keeps_ids: bool,
    ) -> None:
        self.branch = Branch(promises)
        operator = self.branch.operator
        operator.lag, operator.has_tags, operator.filters_empty = timedelta(seconds=lag), has_tags, filters_empty
        operator.keeps, operator.dates_itself, operator.is_read_late = keeps, dates_itself, has_tags
        operator.cached, operator.keeps_ids = timedelta(minutes=cached), keeps_ids or promises.external_id_filter
        self.branch.set_clock(seconds=seconds)
        self.changed: dict[str, str] = {}
        self.items: list[Waiting] = []
        self.again: dict[str, int] = {}
        self.dropped: set[str] = set()

    @rule(kind=places, twice=st.booleans())
    def ask(self, kind: int, twice: bool) -> None:
        number, asked = str(len(self.items)), self.kinds[kind % len(self.kinds)]
        if len(self.items) >= 6:
            return
        item = self.branch.ask(asked, number, f"click-{number}")
        if twice:
            assert self.branch.ask(asked, number, f"click-{number}").id == item.id
        self.items.append(item)

    @rule(modes=st.lists(places, min_size=1, max_size=3))
    def push_with(self, modes: list[int]) -> None:
        self.branch.operator.modes = [self.modes[place % len(self.modes)] for place in modes]
        self._push()

    @rule()
    def push(self) -> None:
        self._push()

    @rule(mode=places, minutes=st.sampled_from([0.05, 0.2, 2.5, 35.0]))
    def push_soon(self, mode: int, minutes: float) -> None:
        self.branch.operator.modes = [self.modes[mode % len(self.modes)]]
        self.branch.later(minutes=minutes)
        self._push()

    @rule(kind=places, mode=places, minutes=st.sampled_from([0.2, 0.2, 3.0, 1500.0]))
    def ask_and_lose(self, kind: int, mode: int, minutes: float) -> None:
        self.ask(kind, twice=False)
        self.push_with([mode])
        self.push_soon(0, minutes)

    @rule(looks=st.lists(st.sampled_from(["", *LOOKS]), min_size=1, max_size=3))
    def look_badly(self, looks: list[str]) -> None:
        self.branch.operator.looks = looks

    @rule()
    def agent_writes(self) -> None:
        self.branch.operator.agent_writes()

    @rule(place=st.integers(0, 5))
    def change_underneath(self, place: int) -> None:
        """It comes to an end before the request has left."""
        if place >= len(self.items):
            return
        item = self.items[place]
        kept = self.branch.kept(item)
        if kept.state == "new" and kept.why != "confirmed" and not self.branch.effects(item):
            about = self.branch.change_underneath(item)
            self.branch.operator.unseen.discard(about)
            self.changed.update({item.id: about} if about else {})

    @rule(hours=st.sampled_from([1, 1, 1, 23, 25, 80]))
    def wait(self, hours: int) -> None:
        self.branch.later(hours=hours)

    @rule()
    def start_again(self) -> None:
        self.branch.start_again()

    @rule(place=st.integers(0, 5))
    def put_back(self, place: int) -> None:
        """The folder is an older one: it knows nothing of what has become of a request since it was asked for."""
        if place < len(self.items):
            self.branch.put_back(self.items[place])

    @rule(place=st.integers(0, 5), deed=st.sampled_from(["retry", "check", "drop"]))
    def decide(self, place: int, deed: str) -> None:
        if place >= len(self.items):
            return
        item, actions, now = self.items[place], self.branch.vault.actions, self.branch.now
        kept = self.branch.kept(item)
        if deed == "check":
            outbox.check_again(actions, item.id, now)
        elif deed == "retry":
            if outbox.retry(actions, item.id, now, run=self.branch.run) and kept.state == "ask":
                self.changed.pop(item.id, None)  # it is the customer's own wish now
                if kept.first_sent is not None:
                    self.again[item.id] = self.again.get(item.id, 0) + 1
        elif actions.drop(item.id, now):
            self.dropped.add(item.id)

    def _push(self) -> None:
        try:
            self.branch.push()
        except Crash:
            self.branch.vault.actions.recover(self.branch.now)

    @invariant()
    def nothing_is_lost_and_nothing_is_done_twice(self) -> None:
        if not hasattr(self, "items"):
            return
        kept = {action.id: action for action in self.branch.vault.actions.all()}
        assert set(kept) == {item.id for item in self.items}
        for item in self.items:
            action, effects = kept[item.id], self.branch.effects(item)
            may_be_more = self.again.get(item.id, 0)
            about = self.changed.get(item.id)
            if about is not None and about not in self.branch.operator.unseen:
                assert not effects, f"{item.command.kind}: sent though it was over"
            assert len(effects) <= 1 + may_be_more, f"{item.command.kind}: done {len(effects)} times"
            if action.state in {"done", "accepted"}:
                assert len(effects) >= 1, f"{item.command.kind}: {action.state}, and never happened"
                assert not action.receipt or action.receipt in effects
            if action.state == "rejected":
                assert effects or self.branch.operator.refused, "told as refused, and nobody had refused it"
            if action.state == "ask" and action.why == "mismatch":
                assert any(mode in {"another", "number-alone"} for _, _, mode in self.branch.operator.sent)

    @invariant()
    def nothing_of_others_is_lost(self) -> None:
        """Whoever wrote to the ticket meanwhile is not overwritten, where the operator's tags can prevent it."""
        if hasattr(self, "items") and self.branch.operator.has_tags:
            said = [note["text"] for note in self.branch.operator.tickets["T-0"]["note"]]
            assert sum(text.startswith("Agent ") for text in said) == self.branch.operator.agents_notes

    def teardown(self) -> None:
        if not hasattr(self, "items"):
            return
        self.branch.operator.looks.clear()
        for _ in range(24):
            for item in self.items:
                if self.branch.kept(item).state in {"new", "unknown"}:
                    outbox.retry(self.branch.vault.actions, item.id, self.branch.now)
            self.branch.operator.modes.clear()
            self.branch.later(minutes=2.5)
            self.branch.push()
        self.nothing_is_lost_and_nothing_is_done_twice()
        for item in self.items:
            action, effects = self.branch.kept(item), self.branch.effects(item)
            assert action.state not in {"new", "sending", "unknown"}, f"{action.state} for ever"
            if action.state == "rejected":
                assert not effects or item.id in self.again


class WorstMachine(OutboxMachine):
    """The same, with fewer ways to go wrong."""

    modes = WORST


class RemarksMachine(OutboxMachine):
    """Remarks alone, at a ticket to which others write too, and whose operator may have another clock."""

    modes = ("ok", "lost", "crash-after", "moved")
    kinds = ("note",)


def test_nothing_lost_nothing_twice() -> None:
    run_state_machine_as_test(OutboxMachine, settings=EXAMPLES)


@pytest.mark.campaign
@pytest.mark.parametrize("number", range(20))
def test_nothing_lost_nothing_twice_for_long(number: int) -> None:
    machine = seed(number)(type("Seeded", (OutboxMachine,), {}))
    run_state_machine_as_test(machine, settings=settings(EXAMPLES, max_examples=500, database=None))


HUNT = settings(
    EXAMPLES,
    max_examples=3_000,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_outbox_is_caught(name: str) -> None:
    hunted(name, WorstMachine)


@pytest.mark.campaign
@pytest.mark.parametrize("name", WRONG_ABOUT_HABITS)
def test_an_outbox_that_expects_too_much_of_operators_is_caught(name: str) -> None:
    hunted(name, WorstMachine)


@pytest.mark.campaign
@pytest.mark.parametrize("name", WRONG_ABOUT_REMARKS)
def test_an_outbox_that_is_wrong_about_remarks_is_caught(name: str) -> None:
    hunted(name, RemarksMachine)


def test_remarks_are_written_once_whoever_writes_beside_them() -> None:
    run_state_machine_as_test(RemarksMachine, settings=settings(EXAMPLES, max_examples=40))


@pytest.mark.campaign
@pytest.mark.parametrize("name", WRONG_ABOUT_OTHERS)
def test_an_outbox_that_does_not_look_is_caught(name: str) -> None:
    hunted(name, OutboxMachine)


def hunted(name: str, machine: type[OutboxMachine]) -> None:
    caught = False
    with wrong_client(name):
        try:
            run_state_machine_as_test(machine, settings=HUNT)
        except (AssertionError, ExceptionGroup):
            caught = True
    assert caught
