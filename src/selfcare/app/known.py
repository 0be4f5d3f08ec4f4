"""The list of operators that comes with the program, and what is new in the profile of the one in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfcare.host.folders import resource

if TYPE_CHECKING:
    from selfcare.api.known_operators import KnownOperator
    from selfcare.api.profile_changes import Change
    from selfcare.domain.operator import OperatorProfile


def known_operators() -> tuple[KnownOperator, ...]:
    """The built-in list; empty where it cannot be read. For a lane: it reads a file."""
    from selfcare.api.known_operators import read_known
    from selfcare.domain.failures import ProfileError

    try:
        return read_known(resource("api", "operators.json").read_bytes())
    except (OSError, ProfileError):
        return ()


def fresh_profile(profile: OperatorProfile, others: Sequence[OperatorProfile]) -> tuple[bytes, tuple[Change, ...]]:
    """The profile that the operator publishes now, as plain text, and what differs from the one in use.

    A name that reads like that of a known operator, or of one of the `others` on this computer, is marked. The profile
    is asked for at the login's own address, which alone may speak for the operator. Raises ProfileError and every
    failure of the wire. For the sync lane.
    """
    from selfcare.api.finding import fetch_profile
    from selfcare.api.known_operators import looks_like, take_profile
    from selfcare.api.profile_changes import changes_between

    known = known_operators()
    fresh, plain, _ = take_profile(fetch_profile(profile.issuer), known, profile.issuer)
    names = {one.name for one in known if one.id != profile.id}
    names |= {name for one in others if one.issuer not in ("", profile.issuer) for name in one.names}
    return plain, changes_between(profile, fresh, lambda said: any(looks_like(said, name) for name in names))
