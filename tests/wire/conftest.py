"""The demo operator for tests over real HTTP: one shared process, and fresh ones for tests that move its clock."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from tests.canaries import listening
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


class _Records(logging.Handler):
    """Keeps the sentence of every record, as it was before anything was taken out of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_secret_in_the_log() -> Iterator[None]:
    """Whatever goes over the wire in these tests: no token, code or fact of the customer is in any record, at DEBUG."""
    root, records = logging.getLogger(), _Records()
    level = root.level
    root.addHandler(records)
    root.setLevel(logging.DEBUG)
    try:
        with listening() as heard:
            yield
    finally:
        root.removeHandler(records)
        root.setLevel(level)
    said = "\n".join(records.sentences)
    assert [secret for secret in heard.secrets if secret in said] == []
    assert [fact for fact in heard.facts if len(fact) >= 10 and fact in said] == []
