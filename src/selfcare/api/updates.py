"""Reads the signed list of releases of this program: one public file, believed only with a good signature and in time.

The rules are those of signed update lists in general (The Update Framework, 5.4 and 5.6): a list that is older than
one seen before is refused (rollback), one that has expired is refused (freeze).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from selfcare.domain.failures import Failure, ListRefused
from selfcare.domain.records import Struct
from selfcare.domain.releases import Release, ReleaseList, version_parts

from .addresses import origin_of
from .client import Request, Wire
from .limits import SMALL_JSON
from .replies import require_success
from .strict_json import decode_object

ALGORITHM = "Ed25519"
KIND = "selfcare-releases"
LONGEST_LIFE = timedelta(days=60)
CLOCK_SLACK = timedelta(days=1)
MOST_RELEASES = 200


class Source(Struct, frozen=True):
    """Where the list is and whose signature it must have; an empty address: this build has none."""

    address: str = ""
    keys: tuple[dict[str, Any], ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether this build has a list at all, with a key to judge it by."""
        return bool(origin_of(self.address) and self.keys)


def read_source(text: bytes) -> Source:
    """The source as the build names it (resources/updates/list.json); none where that cannot be understood."""
    try:
        said = decode_object(text)
    except Failure:
        return Source()
    address, keys = said.get("address"), said.get("keys")
    if not isinstance(address, str) or not isinstance(keys, list):
        return Source()
    return Source(address, tuple(key for key in keys if isinstance(key, dict)))


def fetch_list(source: Source) -> bytes:
    """The list as it came; nothing of the customer's goes along. Raises every failure of the wire, and Refused."""
    wire = Wire({origin_of(source.address)})
    try:
        reply = wire.send(Request("GET", source.address, {"accept": "application/jose"}, cap=SMALL_JSON))
        require_success(reply)
        return reply.body
    finally:
        wire.close()


def read_list(body: bytes, source: Source, now: datetime, edition: int) -> ReleaseList:
    """The list, if it may be believed. `edition` is the highest that was seen before, `now` is UTC.

    Raises ListRefused: signature, shape, older (than `edition`), expired, or future (unless our clock is wrong).
    """
    found = _list_of(_verified(body, source.keys))
    if found.edition < edition:
        raise ListRefused("older")
    if found.issued > now + CLOCK_SLACK:
        raise ListRefused("future")
    if found.expires <= now:
        raise ListRefused("expired")
    return found


def _verified(body: bytes, keys: Sequence[dict[str, Any]]) -> bytes:
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import OKPKey

    for key in keys:
        try:
            signed = jws.deserialize_compact(body.strip(), OKPKey.import_key(key), algorithms=[ALGORITHM])
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if signed.headers().get("typ") == KIND:
            return bytes(signed.payload or b"")
    raise ListRefused("signature")


def _list_of(payload: bytes) -> ReleaseList:
    try:
        said = decode_object(payload)
        releases = said["releases"]
        if said["format"] != 1 or not isinstance(releases, list) or len(releases) > MOST_RELEASES:
            raise ListRefused("shape")
        found = ReleaseList(
            _edition(said["edition"]), _instant(said["issued"]), _instant(said["expires"]),
            tuple(_release(one) for one in releases),
        )  # fmt: skip
    except ListRefused:
        raise
    except (Failure, ValueError, TypeError, KeyError):
        raise ListRefused("shape") from None
    if not timedelta(0) < found.expires - found.issued <= LONGEST_LIFE:
        raise ListRefused("shape")
    return found


def _edition(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 1 << 31:
        raise ListRefused("shape")
    return value


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ListRefused("shape")
    return found


def _release(one: Any) -> Release:
    version, day, page = one["version"], one["day"], one["page"]
    if not isinstance(version, str) or not isinstance(page, str):
        raise ListRefused("shape")
    if version_parts(version) is None or not page.startswith("https://") or not origin_of(page):
        raise ListRefused("shape")
    return Release(version, date.fromisoformat(day), page)
