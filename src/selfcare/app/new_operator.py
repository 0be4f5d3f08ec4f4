"""Finds the operator that the customer wants to sign in to: its description, and every server that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.app.forgetting import mark
from selfcare.domain.failures import ProfileError
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.host.folders import plain_bytes

if TYPE_CHECKING:
    from selfcare.api.profile_changes import Place
    from selfcare.app.program import Program
    from selfcare.host.settings import AccountEntry
    from selfcare.ui.pages.welcome import WelcomePage
    from selfcare.viewmodel.welcome import SignInChoice


class NewOperator(Struct, frozen=True):
    """An operator whose description was read, and nothing more. `text` is the description as it is kept.

    `asked_at` is the server that gave it, "" for a file; `places` are the others that it leads to, none where its known
    key vouches for them; `twin` is where an operator of the same name is that the customer signed in to before.
    """

    profile: OperatorProfile
    text: bytes
    asked_at: str
    places: tuple[Place, ...]
    twin: str = ""


def find(home: Path, choice: SignInChoice, entries: Iterable[AccountEntry]) -> NewOperator:
    """Ask for the description at the address, or read it from the file. For the sync lane.

    Raises ProfileError and every failure of the wire.
    """
    from selfcare.api.finding import fetch_profile
    from selfcare.api.known_operators import take_profile
    from selfcare.api.profile_changes import foreign_places, shown_host
    from selfcare.app.known import known_operators

    known = known_operators()
    address = next((one.address for one in known if one.id == choice.operator_id), choice.address)
    address = "" if choice.file else address if "://" in address else f"https://{address}"
    text = profile_file(Path(choice.file)) if choice.file else fetch_profile(address)
    profile, plain, is_signed = take_profile(text, known, address)
    places = () if is_signed else foreign_places(profile, address)
    return NewOperator(profile, plain, shown_host(address), places, twin_of(home, profile, entries))


def look_for(
    program: Program,
    choice: SignInChoice,
    ask: Callable[..., None],
    found: Callable[[AccountEntry], None],
    refused: Callable[[], None],
) -> None:
    """Find the operator on the sync lane (`ask`), have the customer agree to where it leads, and keep what it says."""
    home, entries = program.home, program.settings.accounts

    def there(new: NewOperator) -> None:
        if _agrees(program, new):
            ask(lambda: keep(home, new, choice), found)
        else:
            refused()

    ask(lambda: find(home, choice, entries), there)


def _agrees(program: Program, new: NewOperator) -> bool:
    from selfcare.viewmodel.operator_places import places_view

    view = places_view(new.profile.names, new.asked_at, new.places, new.twin, program.words)
    page: WelcomePage = program.window.page("welcome")  # type: ignore[assignment]
    return view is None or page.agrees(view)


def keep(home: Path, new: NewOperator, choice: SignInChoice) -> AccountEntry:
    """Make room for the account, with its operator's description in it. For a lane. Raises DiskTrouble.

    It is marked as one to be forgotten until the customer is signed in: if the program ends before, nothing is left.
    """
    entry = accounts.new_entry(new.profile, choice.key.place)
    mark(home, entry)
    accounts.keep_profile(home, entry, new.text)
    return entry


def twin_of(home: Path, profile: OperatorProfile, entries: Iterable[AccountEntry]) -> str:
    """Where an operator of the same name signs its customers in that is another one all the same, or "". For a lane."""
    from selfcare.api.known_operators import looks_like
    from selfcare.api.profile_changes import shown_host

    for other in accounts.kept_profiles(home, entries):
        alike = any(looks_like(one, name) for one in other.names for name in profile.names)
        if alike and other.issuer != profile.issuer:
            return shown_host(other.issuer) or other.issuer
    return ""


def profile_file(path: Path) -> bytes:
    """A description in a file, as it stands there. Raises ProfileError where there is none, or a far too large one."""
    from selfcare.api.profile import LARGEST_PROFILE

    try:
        text = plain_bytes(path, LARGEST_PROFILE + 1)
    except OSError:
        text = None
    if text is None:
        raise ProfileError(path.name, "file")
    return text
