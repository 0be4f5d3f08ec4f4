"""A home with an account of many bills, filled over real HTTP from the demo operator, for the runs that measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from selfcare.account.session import Session
from selfcare.api.finding import fetch_profile
from selfcare.api.profile import read_profile
from selfcare.app import accounts
from selfcare.app.demo import DemoOperator
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.operator import OperatorProfile
from selfcare.host.settings import AccountEntry

LOGIN = "claire"
KEY = bytes(range(32))


def now() -> datetime:
    """The instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Filled:
    """Where it is and how it is opened."""

    home: Path
    entry: AccountEntry

    @property
    def vault(self) -> Path:
        """The folder of the three files."""
        return accounts.account_folder(self.home, self.entry) / "vault"

    def open(self) -> Session:
        """Open it with the key at hand."""
        return Session(self.vault, KEY, accounts.kept_profile(self.home, self.entry), now)


def new_account(home: Path, operator: DemoOperator, name: str) -> tuple[Filled, OperatorProfile]:
    """An empty account with the demo operator."""
    text = fetch_profile(operator.issuer(LOGIN))
    profile = read_profile(text)
    entry = accounts.new_entry(profile, "keyring", name)
    accounts.keep_profile(home, entry, text)
    return Filled(home, entry), profile


def fill(home: Path, operator: DemoOperator, name: str = "bench") -> Filled:
    """An account that has been read once."""
    filled, _profile = new_account(home, operator, name)
    session = filled.open()
    try:
        session.sign_in(demo_browser_for(LOGIN))
        session.round()
        if session.trouble is not None:
            raise session.trouble
        session.tidy()
    finally:
        session.close()
    return filled
