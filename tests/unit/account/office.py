"""An outbox to try: a vault, a scripted desk and a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from selfcare.account import outbox
from selfcare.account.outcome import Outcome
from selfcare.account.push import push
from selfcare.api.catalogue import SubjectIds
from selfcare.domain.commands import Command, OpenTicket
from selfcare.domain.operator import Honours
from selfcare.domain.waiting import Waiting
from selfcare.store.action import Action
from selfcare.store.vault import Vault, open_vault
from tests import samples
from tests.unit.account.desks import ScriptedDesk

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
FULL = Honours(key_life=timedelta(hours=24), external_id_filter=True, list_etag=True)
TICKET = OpenTicket("No line", "Dead since Monday", "Incident")


class Office:
    """A vault, a desk and a clock."""

    def __init__(self, folder: Path) -> None:
        self.vault: Vault = open_vault(folder, bytes(32))
        self.desk = ScriptedDesk()
        self.profile = replace(samples.profile(), honours=FULL)
        self.now = START

    def ask(self, command: Command = TICKET, confirm: str = "click", subject: str = "C1") -> Waiting:
        ids = SubjectIds("C1", "P1", "A1", ("A1",))
        return outbox.submit(
            self.vault.actions, self.profile, ids, subject, command, confirm, self.now, ahead=self.desk.ahead()
        )

    def push(self) -> Outcome:
        return push(self.desk, self.vault, self.profile, "C1", lambda: self.now, chance=lambda: 0.0)

    def kept(self, item: Waiting) -> Action:
        found = self.vault.actions.get(item.id)
        assert found is not None
        return found

    def push_twice(self) -> None:
        """Send what is due, also what must be looked for twice, so far apart that lists show what was taken."""
        self.push()
        self.later(minutes=2, seconds=1)
        self.push()

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)
