"""The demo operator for tests over real HTTP: one shared process, and fresh ones for tests that move its clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.sandbox_process import Sandbox, start_sandbox


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[Sandbox]:
    """One demo operator for the whole run."""
    with start_sandbox() as running:
        yield running


@pytest.fixture
def sandbox(shared_sandbox: Sandbox) -> Iterator[Sandbox]:
    """The shared demo operator, well and with an empty log; do not move its clock."""
    shared_sandbox.set_faults()
    shared_sandbox.set_tokens(accessSeconds=600, refreshGrace=0)
    shared_sandbox.reset_log()
    yield shared_sandbox
    shared_sandbox.set_faults()


@pytest.fixture
def new_sandbox() -> Iterator[Callable[..., Sandbox]]:
    """Starts demo operators of a test's own, with arguments, and ends them all."""
    started: list[Sandbox] = []

    def start(*args: str) -> Sandbox:
        started.append(start_sandbox(*args))
        return started[-1]

    yield start
    for one in started:
        one.stop()
