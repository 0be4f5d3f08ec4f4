"""What waits outlives the end of a session, a key that is lost and a second window, for every kind of request."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from selfcare.account import outbox
from selfcare.domain.failures import VaultWrongKey
from selfcare.store.unsent import UnsentList, unsent_in
from selfcare.store.vault import open_vault
from tests.unit.account.branch import FULL, IDS, KINDS, NOTHING, Branch
from tests.unit.account.test_outbox_matrix import TAKEN, taken_once

pytestmark = pytest.mark.parametrize("kind", KINDS)


def test_after_the_end_of_a_session_what_waits_is_kept_and_goes_out_after_the_next_sign_in(kind: str) -> None:
    branch = Branch()
    branch.vault.actions.keep_session(b"tokens")
    item = branch.ask(kind)
    before = branch.kept(item)
    assert branch.vault.actions.take_session() == b"tokens"
    branch.start_again()
    branch.operator.modes = ["401"]
    branch.push()
    assert (branch.kept(item).state, branch.kept(item).body, branch.kept(item).key) == ("new", before.body, before.key)
    branch.vault.actions.keep_session(b"others")
    branch.until_quiet(3)
    taken_once(branch, item)


def test_where_the_key_is_lost_it_is_named_and_its_file_is_left_as_it_is(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    vault = open_vault(folder, bytes(32))
    branch = Branch(FULL, vault)
    item = branch.ask(kind)
    UnsentList(folder).keep(vault)
    vault.close()
    there = (folder / "actions.db").read_bytes()
    with pytest.raises(VaultWrongKey):
        open_vault(folder, bytes(31) + b"1")
    assert len(unsent_in(folder)) == 1
    assert [day for _, day in unsent_in(folder, bytes(32))] == [branch.now.date().isoformat()]
    assert (folder / "actions.db").read_bytes() == there
    branch.vault = open_vault(folder, bytes(32))
    branch.start_again()
    branch.push_twice()
    taken_once(branch, item)
    branch.vault.close()


@pytest.mark.parametrize("honours", [FULL, NOTHING])
def test_two_windows_that_send_at_the_same_time_do_it_once(
    kind: str, honours: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program keeps a second window from it; should it fail, nothing is done twice."""
    first, second = open_vault(tmp_path / "vault", bytes(32)), open_vault(tmp_path / "vault", bytes(32))
    branch = Branch(honours, first)
    item = branch.ask(kind)
    send = type(branch.operator).send

    def meanwhile(self: Any, *facts: Any) -> Any:
        monkeypatch.setattr(type(branch.operator), "send", send)
        branch.vault = second
        branch.push()
        branch.vault = first
        return send(self, *facts)

    monkeypatch.setattr(type(branch.operator), "send", meanwhile)
    branch.push()
    branch.until_quiet(4)
    assert len(branch.effects(item)) == 1
    kept = branch.kept(item)
    assert kept.state in TAKEN or (kept.state, kept.why) == ("ask", "cannotTell")
    first.close()
    second.close()


def test_the_journal_is_kept_for_two_years(kind: str) -> None:
    branch = Branch()
    item = branch.ask(kind)
    branch.push()
    branch.vault.actions.finish(item.id, "done", branch.now)
    kept = timedelta(days=30)
    assert branch.vault.actions.forget_settled(branch.now + kept, kept) == 0
    assert branch.vault.actions.forget_settled(branch.now + kept + timedelta(days=1), kept) == 1
    assert branch.vault.actions.journal() == []


@pytest.mark.parametrize("text", ["Half an emoji: \ud83d", "\udc00 and another", "A whole one: \ud83d\ude00"])
def test_half_a_letter_in_a_text_stops_nothing(kind: str, text: str) -> None:
    """Some programs cut an emoji in two where it is copied; no such half can be written or sent."""
    branch = Branch(FULL)
    command = KINDS[kind]("1")
    named = {name: text for name in ("text", "reason", "note", "name") if hasattr(command, name)}
    item = outbox.submit(
        branch.vault.actions, branch.profile, IDS, "C1", replace(command, **named), "c", branch.now,
        ahead=timedelta(0), run=branch.run,
    )  # fmt: skip
    branch.push()
    assert branch.kept(item).state in {"done", "accepted"}
    if named:
        assert ("\U0001f600" in branch.kept(item).command_json.decode()) is ("whole" in text)
