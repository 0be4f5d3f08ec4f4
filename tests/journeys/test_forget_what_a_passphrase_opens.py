"""Nobody can end the session of a forgotten account of a passphrase later: it ends before anything else goes."""

from __future__ import annotations

from threading import Event

import pytest

from selfcare.account import parting
from selfcare.api.login import Tokens
from selfcare.app import forgetting
from selfcare.app.program import Program
from selfcare.domain.operator import OperatorProfile
from selfcare.host.settings import AccountEntry
from tests.journeys.computer import Computer
from tests.journeys.person import go, must_say, says
from tests.journeys.quiet import settled
from tests.journeys.test_forget_everything import forget
from tests.journeys.test_start_without_a_key_store import PASSPHRASE, bare, signed_in, welcome_of
from tests.journeys.test_what_a_sign_in_leaves import files_of, must_have_ended, session_of
from tests.sandbox_process import Sandbox
from tests.shots.driving import until

__all__ = ["bare"]


def begun(computer: Computer, operator: Sandbox) -> Program:
    """Somebody is signed in, and only a passphrase opens what is kept."""
    program = computer.start("nadia")
    page = welcome_of(program)
    page.sign_in.address.setText(operator.issuer())
    page.key.first.setText(PASSPHRASE)
    page.key.second.setText(PASSPHRASE)
    signed_in(program, page)
    return program


def is_gone(program: Program) -> None:
    until("the first page", lambda: says(program.window, "Sign in to your operator"), 30)
    settled(program)


def test_the_session_has_ended_when_the_mark_is_made(
    bare: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = begun(bare, operator)
    found = session_of(program)
    marked: list[str] = []
    mark = forgetting.mark

    def look(home: object, entry: AccountEntry) -> None:
        must_have_ended(found)
        marked.append(entry.id)
        mark(home, entry)  # type: ignore[arg-type]

    monkeypatch.setattr(forgetting, "mark", look)
    forget(go(program, "settings"))
    is_gone(program)
    assert len(marked) == 2, "the account's and the proxy's"
    assert files_of(bare) == []


def test_an_operator_that_does_not_answer_is_waited_for_a_moment_only(
    bare: Computer, operator: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = begun(bare, operator)
    answers, asked = Event(), []

    def revoke(_profile: OperatorProfile, tokens: Tokens, *_facts: object) -> None:
        asked.append(tokens)
        answers.wait()

    monkeypatch.setattr("selfcare.api.login.revoke", revoke)
    monkeypatch.setattr(parting, "WHOLE", 0.3)
    try:
        forget(go(program, "settings"))
        until("the mark", lambda: any(name.endswith(".forget") for name in files_of(bare)), 20)
    finally:
        answers.set()
    is_gone(program)
    assert (files_of(bare), len(asked)) == ([], 1)
    must_say(bare.restart().window, "Sign in to your operator")
