"""The outbox: what the customer asked for, kept safe until the operator has answered; drafts and the journal too."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from .action import SETTLED, STATES, Action, JournalEntry
from .database import Database, Value
from .documents import to_moment, to_text

_COLUMNS = (
    "id, key, confirm, kind, command, issuer, subject, method, api, path, body, content_type, state, created,"
    " attempts, first_sent, last_try, next_try, receipt, reason, why, absent, doubt,"
    " asked_ahead, sent_ahead, run, confirmed, confirmed_ahead, changed"
)
_SPANS = {"sent_ahead", "confirmed_ahead"}
_FACTS = _SPANS | {
    "key", "receipt", "reason", "why", "first_sent", "next_try", "absent", "doubt", "confirmed", "changed",
    "run",
}  # fmt: skip
_NO_NEWS = timedelta(minutes=1)
_SILENT = timedelta(days=90)
_CLAIMED = ("new", "unknown", "ask")


class Actions:
    """The requests of one vault. Every write is on the disk when the call returns (synchronous=FULL)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, action: Action, at: datetime) -> Action:
        """Keep a new request; if this very click has made one already, that one is returned."""
        with self._database.transaction():
            earlier = self._one("confirm", action.confirm)
            if earlier is not None:
                return earlier
            self._database.run(
                f"INSERT INTO actions({_COLUMNS}) VALUES({','.join('?' * 29)})",
                action.id, action.key, action.confirm, action.kind, action.command_json, action.issuer,
                action.subject, action.method, action.api, action.path, action.body, action.content_type,
                action.state, to_text(action.created), action.attempts, to_text(action.first_sent),
                to_text(action.last_try), to_text(action.next_try), action.receipt, action.reason, action.why,
                to_text(action.absent), int(action.doubt), _seconds(action.asked_ahead), _seconds(action.sent_ahead),
                action.run, to_text(action.confirmed), _seconds(action.confirmed_ahead), action.changed,
            )  # fmt: skip
            from hashlib import sha256  # dear to load, and not needed for showing what is here

            digest = sha256(action.body).hexdigest()
            facts = json.dumps({"request": f"{action.method} {action.api}/{action.path}", "sha256": digest})
            self._note(action.id, at, "asked", facts, action.state)
        return action

    def get(self, action_id: str) -> Action | None:
        """One request."""
        return self._one("id", action_id)

    def all(self) -> list[Action]:
        """Every request, in the order in which they were asked for."""
        return [_action(row) for row in self._database.rows(f"SELECT {_COLUMNS} FROM actions ORDER BY place")]  # noqa: S608

    def claim(self, action_id: str, now: datetime, ahead: timedelta | None = None) -> Action | None:
        """Mark a request as on its way, on the disk, before a byte of it leaves; None if it may not be sent now.

        `ahead` is how far the operator's clock is ahead of ours; None: not known.
        """
        with self._database.transaction():
            touched = self._database.run(
                "UPDATE actions SET state='sending', attempts=attempts+1, last_try=?, next_try='', absent='',"
                " sent_ahead=CASE first_sent WHEN '' THEN ? ELSE sent_ahead END,"
                " first_sent=CASE first_sent WHEN '' THEN ? ELSE first_sent END WHERE id=? AND state IN (?,?,?)",
                to_text(now), _seconds(ahead), to_text(now), action_id, *_CLAIMED,
            )  # fmt: skip
            if not touched:
                return None
            attempts = self._database.value("SELECT attempts FROM actions WHERE id=?", action_id)
            self._note(action_id, now, "sending", json.dumps({"attempt": attempts}), "sending")
        return self.get(action_id)

    def finish(
        self,
        action_id: str,
        state: str,
        now: datetime,
        *,
        seen: Action | None = None,
        event: str = "",
        facts: str = "",
        **changes: Any,
    ) -> bool:
        """Say what has become of a request, and write it into the journal, both or neither.

        `seen` is the request as it was when this was decided: where it has moved on since (taken back, sent, settled
        by another lane), nothing is written, and False comes back. `changes` may be key, receipt, reason, why,
        first_sent, sent_ahead, next_try, absent, doubt, confirmed, confirmed_ahead, changed, run.
        """
        if state not in STATES or not set(changes) <= _FACTS:
            raise ValueError("no such state or fact of a request")
        values: dict[str, Value] = {
            name: _seconds(value) if name in _SPANS else _value(value) for name, value in changes.items()
        }
        sets = "".join(f", {name}=?" for name in values)
        as_seen = ("", "", 0) if seen is None else (seen.state, seen.state, seen.attempts)
        with self._database.transaction():
            touched = self._database.run(
                f"UPDATE actions SET state=?{sets} WHERE id=? AND (?='' OR (state=? AND attempts=?))",  # noqa: S608
                state, *values.values(), action_id, *as_seen,
            )  # fmt: skip
            if touched:
                self._note(action_id, now, event or state, facts, state)
        return bool(touched)

    def drop(self, action_id: str, now: datetime) -> bool:
        """Take back a request of which nothing has left, or about which the customer is being asked."""
        with self._database.transaction():
            touched = self._database.run(
                "UPDATE actions SET state='dropped', next_try='' WHERE id=? AND state IN ('new', 'ask')", action_id
            )
            if touched:
                self._note(action_id, now, "dropped", state="dropped")
        return bool(touched)

    def recover(self, now: datetime) -> int:
        """At start: what was on its way when the program ended may or may not have arrived. How many there were."""
        with self._database.transaction():
            found = self._database.rows("SELECT id FROM actions WHERE state='sending'")
            for (action_id,) in found:
                self._database.run("UPDATE actions SET state='unknown', next_try='' WHERE id=?", action_id)
                self._note(action_id, now, "interrupted", state="unknown")
        return len(found)

    def seal(self) -> str:
        """A text that is another one whenever any request is in another state; every change is in the journal."""
        return repr(self._database.rows("SELECT count(*), max(no) FROM journal"))

    def journal(self, action_id: str = "") -> list[JournalEntry]:
        """What happened, to one request or to all, in order."""
        found = self._database.rows(
            "SELECT action, at, event, facts, state FROM journal WHERE ?='' OR action=? ORDER BY no",
            action_id, action_id,
        )  # fmt: skip
        return [JournalEntry(row[0], datetime.fromisoformat(row[1]), *row[2:]) for row in found]

    def moments(self) -> dict[str, dict[str, datetime]]:
        """For each request, when it first came to each of the states it has been in, by the journal."""
        found: dict[str, dict[str, datetime]] = {}
        rows = self._database.rows(
            "SELECT action, state, at, min(no) FROM journal WHERE state<>'' GROUP BY action, state"
        )
        for action_id, state, at, _first in rows:
            found.setdefault(action_id, {})[state] = datetime.fromisoformat(at)
        return found

    def forget_settled(self, now: datetime, kept: timedelta) -> int:
        """Let go of requests, with their journal, that were settled and of which nothing was heard for so long; how
        many. None where nothing at all was heard for months: then it may be the clock that is wrong.

        What stands in the journal behind an entry is no older than that entry, whatever the clock said.
        """
        last = self._database.value("SELECT max(at) FROM journal")
        if last is None or now - datetime.fromisoformat(last) > _SILENT:
            return 0
        before, marks = to_text(now - kept), ",".join("?" * len(SETTLED))
        with self._database.transaction():
            found = self._database.rows(
                f"SELECT id FROM actions WHERE state IN ({marks}) AND created<?"  # noqa: S608
                " AND NOT EXISTS (SELECT 1 FROM journal WHERE at>=?"
                " AND no<=(SELECT max(no) FROM journal WHERE action=actions.id))",
                *SETTLED, before, before,
            )  # fmt: skip
            self._database.many("DELETE FROM journal WHERE action=?", found)
            self._database.many("DELETE FROM actions WHERE id=?", found)
        return len(found)

    def note(self, action_id: str, at: datetime, event: str, facts: str = "") -> None:
        """Write something into the journal that changes no state."""
        with self._database.transaction():
            state = self._database.value("SELECT state FROM actions WHERE id=?", action_id)
            self._note(action_id, at, event, facts, state or "")

    def put_draft(self, key: str, body: bytes) -> None:
        """Keep what the customer has begun."""
        self._database.run("INSERT OR REPLACE INTO drafts(key, body) VALUES(?,?)", key, body)

    def draft(self, key: str) -> bytes | None:
        """What the customer had begun."""
        found = self._database.value("SELECT body FROM drafts WHERE key=?", key)
        return None if found is None else bytes(found)

    def drop_draft(self, key: str) -> None:
        """Forget what had been begun."""
        self._database.run("DELETE FROM drafts WHERE key=?", key)

    def keep_session(self, body: bytes) -> None:
        """Keep the session with the operator (tokens); it is nowhere else."""
        self._database.run("INSERT OR REPLACE INTO session(one, body) VALUES(1, ?)", body)

    def session(self) -> bytes | None:
        """The session that was kept."""
        found = self._database.value("SELECT body FROM session WHERE one=1")
        return None if found is None else bytes(found)

    def renew_session(self, body: bytes) -> bool:
        """Keep a session in the place of the one that is kept; False, keeping nothing, where that was dropped."""
        return self._database.run("UPDATE session SET body=? WHERE one=1", body) == 1

    def take_session(self) -> bytes | None:
        """The session that was kept, which is kept no more."""
        self._database.script("PRAGMA secure_delete=ON")
        with self._database.transaction():
            body = self.session()
            self._database.run("DELETE FROM session")
        self._database.script("PRAGMA secure_delete=OFF")
        return body

    def drop_session(self) -> None:
        """Forget the session, and overwrite where it stood."""
        self._database.script("PRAGMA secure_delete=ON; DELETE FROM session; PRAGMA secure_delete=OFF")

    def keep_owner(self, issuer: str, subject: str) -> None:
        """Whose vault this is, by the operator's own word."""
        self._database.run("INSERT OR REPLACE INTO owner(one, issuer, subject) VALUES(1, ?, ?)", issuer, subject)

    def owner(self) -> tuple[str, str] | None:
        """Issuer and subject of the customer whose vault this is; None before the first sign-in."""
        found = self._database.row("SELECT issuer, subject FROM owner WHERE one=1")
        return None if found is None else (str(found[0]), str(found[1]))

    def keep_ahead(self, ahead: timedelta) -> None:
        """Keep how far the operator's clock is ahead of ours, for the next start; less than a minute is no news."""
        kept = self.ahead()
        if kept is None or abs(kept - ahead) > _NO_NEWS:
            self._database.run("INSERT OR REPLACE INTO clock(one, ahead) VALUES(1, ?)", _seconds(ahead))

    def ahead(self) -> timedelta | None:
        """How far the operator's clock was ahead of ours when it was last heard; None: never."""
        return _span(self._database.value("SELECT ahead FROM clock WHERE one=1"))

    def _one(self, column: str, value: str) -> Action | None:
        row = self._database.row(f"SELECT {_COLUMNS} FROM actions WHERE {column}=?", value)  # noqa: S608
        return None if row is None else _action(row)

    def _note(self, action_id: str, at: datetime, event: str, facts: str = "", state: str = "") -> None:
        self._database.run(
            "INSERT INTO journal(action, at, event, facts, state) VALUES(?,?,?,?,?)",
            action_id, to_text(at), event, facts, state,
        )  # fmt: skip


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())


def _span(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _value(value: Any) -> Value:
    if value is None or isinstance(value, datetime):
        return to_text(value)
    return int(value) if isinstance(value, bool) else str(value)


def _action(row: tuple[Any, ...]) -> Action:
    facts: list[Any] = list(row)
    facts[13] = datetime.fromisoformat(row[13])
    for place in (15, 16, 17, 21):
        facts[place] = to_moment(row[place])
    facts[22] = bool(row[22])
    facts[23:25] = map(_span, row[23:25])
    facts[26], facts[27] = to_moment(row[26]), _span(row[27])
    return Action(*facts)
