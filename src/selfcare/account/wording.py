"""Writes a customer's request, or a failure, down in a few words of JSON, and reads it back after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import msgspec

from selfcare.domain import failures
from selfcare.domain.commands import COMMANDS, Command
from selfcare.domain.failures import Failure
from selfcare.domain.records import replace
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.store.action import SETTLED, Action

_COMMANDS = {kind.kind: msgspec.json.Decoder(kind) for kind in COMMANDS}
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
_FAILURES: dict[str, type[Failure]] = {
    name: kind for name, kind in vars(failures).items() if isinstance(kind, type) and issubclass(kind, Failure)
}


def write_command(command: Command) -> bytes:
    """A command as JSON; amounts stay exact."""
    return msgspec.json.encode(command)


def in_whole_letters(command: Command) -> Command:
    """A command whose texts can be written: half a letter, as a pasted piece of an emoji is one, becomes U+FFFD."""
    texts = {
        name: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for name in command.__struct_fields__
        if isinstance(value := getattr(command, name), str)
    }
    return replace(command, **texts)


def read_command(kind: str, text: bytes) -> Command:
    """The command that was written. Raises msgspec.ValidationError if it is not one: our own mistake."""
    return _COMMANDS[kind].decode(text)


def waiting_of(action: Action, moments: Mapping[str, datetime] | None = None) -> Waiting:
    """A kept request as the customer sees it. `moments` is when it first came to each state (Actions.moments)."""
    came = moments or {}
    known = [came[state] for state in ("accepted", "done") if state in came]
    return Waiting(
        id=action.id,
        command=read_command(action.kind, action.command_json),
        state=WaitingState(action.state),
        created=action.created,
        attempts=action.attempts,
        sent=action.first_sent,
        next_try=action.next_try,
        receipt=action.receipt,
        reason=action.reason,
        why=action.why,
        confirmed=min(known, default=None),
        settled=came.get(action.state) if action.state in SETTLED else None,
        tried=action.last_try,
    )


def write_facts(failure: Failure) -> str:
    """A failure as one line of the journal."""
    name, facts = write_failure(failure)
    return json.dumps({"failure": name, **(json.loads(facts) if facts else {})})


def write_failure(failure: Failure) -> tuple[str, str]:
    """A failure as its name and its facts."""
    facts: dict[str, object] = {}
    for name, value in failure.facts().items():
        facts[name] = value.isoformat() if isinstance(value, datetime) else value
    return type(failure).__name__, json.dumps(facts) if facts else ""


def read_failure(name: str, facts: str) -> Failure | None:
    """The failure that was written; None for "" and for one that this version does not know."""
    kind = _FAILURES.get(name)
    if kind is None or kind is Failure:
        return None
    values = json.loads(facts) if facts else {}
    if values.get("retry_at"):
        values["retry_at"] = datetime.fromisoformat(values["retry_at"])
    known = set(kind.__match_args__)
    return kind(**{key: value for key, value in values.items() if key in known})
