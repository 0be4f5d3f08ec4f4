"""An archive: an account without an operator, for bills that the customer already has; there is nobody to ask."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

from selfcare.domain.failures import ProfileError
from selfcare.domain.operator import ARCHIVE, OperatorProfile

_ZONES = {"FR": ("Europe/Paris", "EUR"), "US": ("America/New_York", "USD"), "GB": ("Europe/London", "GBP")}


def archive_profile(name: str, country: str) -> OperatorProfile:
    """What stands for the operator of an archive: its name, and the country (two letters) that its amounts are of."""
    zone, currency = _ZONES.get(country, _ZONES["GB"])
    return OperatorProfile(
        id=ARCHIVE, name=name, country=country if country in _ZONES else "GB", zone=zone, currency=currency, issuer="",
        client_id="", scopes=(), apis={},
    )  # fmt: skip


def write_archive_profile(profile: OperatorProfile) -> bytes:
    """The profile as the file that is kept beside the vault."""
    facts = {"archive": 1, "name": profile.name, "country": profile.country}
    return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def read_archive_profile(text: bytes) -> OperatorProfile:
    """The profile from its file. Raises ProfileError where it is damaged."""
    try:
        facts = json.loads(text)
        profile = archive_profile(str(facts["name"]), str(facts["country"]))
        ZoneInfo(profile.zone)
    except (ValueError, KeyError, TypeError, OSError, RecursionError):
        raise ProfileError("profile.json", "json") from None
    return profile
