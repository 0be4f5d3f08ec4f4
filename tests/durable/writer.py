"""A small program that asks, sends and is killed, again and again; its operator is a file that outlives it.

`python -m tests.durable.writer FOLDER` reads one line of JSON per trial from its input: {"kinds": [...], "at": n} kills
itself at the n-th call to the database or the operator (0: not at all); {"kinds": [...], "after": seconds} is killed
from outside then; "wrong" names a wrong outbox (tests/unit/account/wrong_clients.py) to be lived with. It answers each
with one line: how the life ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from selfcare.account import outbox
from selfcare.account.push import push
from selfcare.api.client import Reply
from selfcare.api.commands import WireAction
from selfcare.domain.waiting import Waiting
from selfcare.store.database import Database
from selfcare.store.vault import Vault, open_vault
from tests.unit.account.branch import FULL, IDS, KINDS, START, Branch
from tests.unit.account.faulty import FaultyOperator
from tests.unit.account.wrong_clients import wrong_client

KEY = bytes(32)
DONE = 7
ORDERS = 1000
"""So many orders there are to cancel, one after the other: none twice."""


class Lasting(FaultyOperator):
    """An operator that remembers across the deaths of its customer: what it did is in a file before it answers."""

    def __init__(self, now: Callable[[], Any], path: Path) -> None:
        super().__init__(now, FULL)
        self.path = path
        self.tickets["T-0"] = {"id": "T-0", "status": "acknowledged", "note": []}
        for n in range(ORDERS):
            self.orders[f"O-{n}"] = {"id": f"O-{n}", "state": "acknowledged", "externalId": ""}
            for kind in "LHP":
                self.things[f"{kind}{n}"] = {"id": f"{kind}{n}", "status": "active"}
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            said = json.loads(line)
            super().send(WireAction(*said["wire"], said["body"].encode()), said["key"])
        self.sent.clear()

    def send(self, action: WireAction, key: str = "") -> Reply:
        """Carry it out, write it down, answer."""
        before = len(self.made)
        reply = super().send(action, key)
        if len(self.made) > before:
            wire = [action.api, action.method, action.path]
            _append(self.path, json.dumps({"wire": wire, "body": action.body.decode(), "key": key}))
        return reply


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


class Counted:
    """Kills the process at the n-th call."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0

    def __call__(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, owner: Any, name: str) -> None:
        """From now on count before and after each call of a method."""
        real = getattr(owner, name)

        def counted(*facts: Any, **more: Any) -> Any:
            self()
            result = real(*facts, **more)
            self()
            return result

        setattr(owner, name, counted)


def live(folder: Path, kinds: list[str], at: int) -> None:
    """One life of the program: ask for each, telling what was said to be kept, and send all that waits."""
    count = Counted(at)
    if at:
        for name in ("run", "commit", "begin"):
            count.watch(Database, name)
        count.watch(Lasting, "send")
    vault = open_vault(folder / "vault", KEY)
    operator = Lasting(lambda: START, folder / "operator")
    profile = Branch(FULL, vault).profile
    vault.actions.recover(START)
    told = len(vault.actions.all())
    for n, kind in enumerate(kinds, told):
        item = outbox.submit(vault.actions, profile, IDS, "C1", KINDS[kind](str(n % ORDERS)), f"click-{n}", START)
        _append(folder / "told", item.id)
        _push(operator, vault, profile)
    _push(operator, vault, profile)
    vault.close()


def _push(operator: FaultyOperator, vault: Vault, profile: Any) -> None:
    push(operator, vault, profile, "C1", lambda: START, chance=lambda: 0.0)


def problems(folder: Path) -> list[str]:
    """What is wrong after all the deaths, once the program has lived to its end: lost, done twice, or never done."""
    vault = open_vault(folder / "vault", KEY)
    operator = Lasting(lambda: START, folder / "operator")
    branch = Branch(FULL, vault)
    branch.operator = operator
    operator.now = lambda: branch.real
    vault.actions.recover(START)
    for _ in range(len(vault.actions.all()) + 6):  # remarks to one ticket go one after the other, each after two looks
        branch.until_quiet(1)
        if not any(action.state in {"new", "unknown"} for action in vault.actions.all()):
            break
    kept = {action.id: action for action in vault.actions.all()}
    told = (folder / "told").read_text("utf-8").split() if (folder / "told").exists() else []
    found = [f"lost: {one}" for one in told if one not in kept]
    for waiting in _all(vault):
        effects = branch.effects(waiting)
        if len(effects) != 1 or kept[waiting.id].state not in {"done", "accepted"}:
            found.append(f"{waiting.command.kind}: {len(effects)} times, {kept[waiting.id].state}")
    found += [f"{d.which} is damaged" for d in vault._databases if d.value("PRAGMA integrity_check") != "ok"]
    vault.close()
    return found


def _all(vault: Vault) -> list[Waiting]:
    from selfcare.account.wording import waiting_of

    return [waiting_of(action) for action in vault.actions.all()]


def main(folder: Path) -> int:
    """Trial after trial, each in a child of its own."""
    for line in sys.stdin:
        trial = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                with wrong_client(trial["wrong"]) if "wrong" in trial else nullcontext():
                    live(folder, trial["kinds"], trial.get("at", 0))
                os._exit(DONE)
            except BaseException as error:
                sys.stderr.write(f"{error!r}\n")
                sys.stderr.flush()
                os._exit(1)
        if "after" in trial:
            time.sleep(trial["after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        sys.stdout.write(json.dumps({"ended": ended}) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
