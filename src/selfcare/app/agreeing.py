"""Agrees to an operator's description anew: where this version cannot read the one that the vault vouches for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.app.new_operator import NewOperator, profile_file, twin_of
from selfcare.app.vouching import vouch_for
from selfcare.domain.failures import DiskTrouble, NotAnAnswer, NotOffered, Refused, SignInFailed
from selfcare.domain.records import replace

if TYPE_CHECKING:
    from selfcare.app.entrance import Entrance
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.host.settings import AccountEntry
    from selfcare.ui.pages.welcome import WelcomePage


def login_of(home: Path, entry: AccountEntry, passphrase: str) -> str:
    """Where the customer of this account signed in, as its vault knows it; "" where nobody has. For the store lane.

    Raises what `accounts.open_account` raises, but for ProfileError.
    """
    vault = accounts.open_files(home, entry, passphrase)
    try:
        owner = vault.actions.owner()
    finally:
        vault.close()
    return owner[0] if owner is not None else ""


def find_anew(home: Path, entry: AccountEntry, login: str, file: str, others: Iterable[AccountEntry]) -> NewOperator:
    """The description that the operator publishes now where its customer signed in, or the one in a file. Its places
    are all servers that it leads to, that of the sign-in too. For the sync lane.

    An operator that publishes none there is asked where the program knows it. Raises SignInFailed("moved") for one
    that signs its customers in elsewhere, ProfileError, and every failure of the wire.
    """
    from selfcare.api.finding import fetch_profile
    from selfcare.api.known_operators import take_profile
    from selfcare.api.profile_changes import foreign_places, shown_host
    from selfcare.app.known import known_operators

    known = known_operators()
    spare = next((one.address for one in known if one.id == entry.profile_id and one.address), "")
    address = "" if file else login or spare
    try:
        text = profile_file(Path(file)) if file else fetch_profile(address)
    except (NotAnAnswer, NotOffered, Refused):
        if file or not spare or address == spare:
            raise
        address = spare
        text = fetch_profile(address)
    profile, plain, _ = take_profile(text, known, address)
    if login and profile.issuer != login:
        raise SignInFailed("moved")
    rest = [one for one in others if one.id != entry.id]
    places = foreign_places(profile, "")
    return NewOperator(profile, plain, shown_host(address), places, twin_of(home, profile, rest))


def agree(home: Path, entry: AccountEntry, passphrase: str, text: bytes) -> None:
    """From now on the vault vouches for this description. For the store lane. Raises as `login_of` does."""
    vault = accounts.open_files(home, entry, passphrase)
    try:
        vouch_for(vault, text)
    finally:
        vault.close()
    with contextlib.suppress(DiskTrouble):  # the next opening writes it from the vault
        accounts.keep_profile(home, entry, text)


def agree_anew(entrance: Entrance, passphrase: str, file: str) -> None:
    """Ask the operator for its description, or read the file, and then ask the customer: nothing is taken over before
    that answer. On the screen's thread."""
    program, before = entrance.program, entrance.facts
    entry, home, kept = program.entry, program.home, program.settings.accounts
    if entry is None:
        return

    def failed(failure: Failure | None) -> None:
        entrance.show(replace(before, failure=failure))

    def look(login: str) -> None:
        program.desk.sync.ask(program.window, lambda: find_anew(home, entry, login, file, kept), found, failed)

    def found(new: NewOperator) -> None:
        entrance.show(before)
        if _is_agreed_to(program, new):
            take, then = partial(agree, home, entry, passphrase, new.text), partial(entrance.open_with, passphrase)
            program.desk.store.ask(program.window, take, lambda _: then(), entrance.could_not_open)

    entrance.show(replace(before, failure=None, is_asking=True))
    program.desk.store.ask(program.window, lambda: login_of(home, entry, passphrase), look, entrance.could_not_open)


def _is_agreed_to(program: Program, new: NewOperator) -> bool:
    from selfcare.viewmodel.operator_places import anew_view

    page: WelcomePage = program.window.page("welcome")  # type: ignore[assignment]
    return page.agrees(anew_view(new.profile.names, new.asked_at, new.places, new.twin, program.words))
