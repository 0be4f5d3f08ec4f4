"""An outbox to try against an operator that goes wrong: in memory, with a clock, one request of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import apsw
from msgspec.structs import replace

from selfcare.account import outbox
from selfcare.account.outcome import Outcome
from selfcare.account.push import push
from selfcare.api.catalogue import SubjectIds
from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.money import Money
from selfcare.domain.operator import Honours
from selfcare.domain.tickets import EntityRef
from selfcare.domain.waiting import Waiting
from selfcare.store.action import Action
from selfcare.store.database import Database
from selfcare.store.schema import bring_up_to_date
from selfcare.store.vault import Vault
from tests import samples
from tests.unit.account.faulty import FaultyOperator

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DAY = timedelta(hours=24)
FULL = Honours(key_life=DAY, external_id_filter=True)
KEY_ONLY = Honours(key_life=DAY)
FILTER_ONLY = Honours(external_id_filter=True)
NOTHING = Honours()

KINDS: dict[str, Callable[[str], Command]] = {
    "ticket": lambda n: OpenTicket(f"No line {n}", "Dead", "Incident"),
    "dispute": lambda n: OpenTicket(f"Bill {n}", "Too much", "Bill Dispute", "Minor", (EntityRef("CustomerBill", n),)),
    "plan": lambda n: OpenTicket(f"Plan {n}", "Three months", "paymentArrangement"),
    "note": lambda n: AddNote(
        "T-0", f"Any  news of {n}?\nCafé & bar: the box went back on Monday, and was charged for."
    ),
    "PAC": lambda n: RequestCode(f"L{n}", "+447700900123", "PAC"),
    "RIO": lambda n: RequestCode(f"L{n}", "+33612345678", "RIO"),
    "unlock": lambda n: RequestUnlock(f"H{n}", "356938035643809", f"L{n}"),
    "termination": lambda n: GiveNotice(f"L{n}", "", date(2026, 12, 31)),
    "cancellation": lambda n: WithdrawNotice(f"O-{n}", "stay"),
}
"""One of each kind of request, about the thing with a number."""

MORE: dict[str, Callable[[str], Command]] = {
    **KINDS,
    "option off": lambda n: DropOption(f"P{n}", f"L{n}", "Roaming"),
    "option": lambda n: OrderOption(f"L{n}", "F1", "Roaming", Money(Decimal(5), "GBP"), "month"),
    "contact": lambda n: SendContact(
        f"C{n}",
        "phone",
        True,
        START + timedelta(seconds=37),
        None,
        f"They called {n} times:\nthe  café & bar was closed.",
    ),
}
"""Those, and what came later: options, and contacts that are told to the operator."""

IDS = SubjectIds("C1", "P1", "A1", ("A1",))


def vault_in_memory() -> Vault:
    """A vault that is lost when nobody holds it; what a commit makes last is tried in tests/durable."""
    databases = [Database(apsw.Connection(":memory:"), which) for which in ("actions", "cache", "papers")]
    for database in databases:
        database.script("PRAGMA foreign_keys=ON")
        bring_up_to_date(database)
    return Vault(*databases)


class Branch:
    """The customer's side: a vault, a clock, and the operator at the other end."""

    def __init__(self, honours: Honours = FULL, vault: Vault | None = None) -> None:
        self.real, self.skew, self.run = START, timedelta(0), "run"
        self.vault = vault or vault_in_memory()
        self.profile = replace(samples.profile(), honours=honours)
        self.operator = FaultyOperator(lambda: self.real, honours)
        self.operator.tickets["T-0"] = {"id": "T-0", "status": "acknowledged", "note": []}
        for n in range(40):
            for kind in "LHP":
                self.operator.things[f"{kind}{n}"] = {"id": f"{kind}{n}", "status": "active"}
            self.operator.orders[f"O-{n}"] = {"id": f"O-{n}", "state": "acknowledged", "externalId": ""}

    @property
    def now(self) -> datetime:
        """What the customer's own clock shows; the operator's is right."""
        return self.real + self.skew

    def ask(self, kind: str, number: str = "1", confirm: str = "click") -> Waiting:
        """The customer asks."""
        command = MORE[kind](number)
        return outbox.submit(
            self.vault.actions, self.profile, IDS, "C1", command, confirm, self.now, ahead=self.operator.ahead(),
            run=self.run,
        )  # fmt: skip

    def push(self, chance: float = 0.0) -> Outcome:
        """Send what is due."""
        return push(
            self.operator, self.vault, self.profile, "C1", lambda: self.now, chance=lambda: chance, run=self.run
        )

    def push_twice(self) -> None:
        """Send what is due, also what must be looked for twice, so far apart that lists show what was taken."""
        self.push()
        self.later(minutes=2, seconds=1)
        self.push()

    def start_again(self) -> None:
        """The program ends and is started."""
        self.run += "+"
        self.vault.actions.recover(self.now)

    def put_back(self, item: Waiting, **more: str) -> None:
        """The folder as it was before a request was sent; the program is started on it."""
        facts = {"state": "new", "receipt": "", "attempts": 0, "first_sent": "", "reason": "", "next_try": "", **more}
        names = ", ".join(f"{name}=?" for name in (*facts, "why", "absent", "confirmed"))
        self.vault.actions._database.run(
            f"UPDATE actions SET {names}, doubt=0, sent_ahead=NULL WHERE id=?", *facts.values(), "", "", "", item.id
        )
        self.start_again()

    def later(self, **span: float) -> None:
        """Time goes by."""
        self.real += timedelta(**span)

    def set_clock(self, **span: float) -> None:
        """Somebody sets the customer's clock, so far ahead of what is right."""
        self.skew = timedelta(**span)
        self.operator.clock = -self.skew

    def kept(self, item: Waiting) -> Action:
        """The request as it is kept."""
        found = self.vault.actions.get(item.id)
        assert found is not None
        return found

    def change_underneath(self, item: Waiting) -> str:
        """What a request is about comes to its end at the operator; its id there, "" where there is no such thing."""
        match item.command:
            case WithdrawNotice(order_id=own):
                self.operator.orders[own]["state"] = "completed"
            case RequestUnlock(handset_id=own):
                self.operator.things[own]["productCharacteristic"] = [{"name": "simLock", "value": False}]
            case RequestCode(line_id=own) | DropOption(option_id=own):
                self.operator.things[own]["status"] = "terminated"
            case _:
                return ""
        return own

    def effects(self, item: Waiting) -> list[str]:
        """What it brought about."""
        return self.operator.effects(mark_of(item), item.command.kind)

    def until_quiet(self, rounds: int = 40) -> None:
        """All is well again: push, hour after hour, until nothing is open that could go on by itself."""
        self.operator.modes.clear()
        for _ in range(rounds):
            self.later(minutes=61)
            self.push()


def mark_of(item: Waiting) -> str:
    """By what the operator's own documents tell one request from another."""
    command = item.command
    if isinstance(command, AddNote | SendContact):
        return command.text
    return command.order_id if isinstance(command, WithdrawNotice) else item.id
