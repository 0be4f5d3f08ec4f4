"""The operators that the program knows by itself: where their profiles are, and by which key those are signed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from selfcare.domain.failures import ProfileError
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct

from .addresses import origin_of
from .profile import read_profile

ALGORITHMS = ["ES256", "PS256", "RS256"]
_SIGNED = b"eyJ"
_TWINS = str.maketrans(
    "авеікмнорстухһјѕԁԛԝαβεικνορτυχ01|ıɑɡøłᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢհոօսց",
    "abeikmhopctyxhjsdqwabeiknoptuxolliagolabcdeghijklmnoprtuvwyzhnoug",
)
"""Letters of the Cyrillic, the Greek and the Armenian alphabet, small capitals, digits and signs that are read as Latin
letters."""
_PAIRS = (("rn", "m"), ("vv", "w"))
"""Two letters that are read as one."""


class KnownOperator(Struct, frozen=True):
    """One operator. `address` is where its profile is published; `keys` (JWK) sign it, none: nobody's word is known.

    `demo` marks one that is made up: it runs on this computer, has no address, and this customer of it signs in.
    """

    id: str
    name: str
    country: str
    address: str
    keys: tuple[dict[str, Any], ...] = ()
    demo: str = ""


class _Listed(msgspec.Struct):
    id: str
    name: str
    country: str
    address: str
    keys: list[dict[str, Any]] = []
    demo: str = ""


class _File(msgspec.Struct):
    operators: list[_Listed] = []


def read_known(text: bytes) -> tuple[KnownOperator, ...]:
    """The list that comes with the program (resources/api/operators.json).

    Raises ProfileError: for no JSON, an address that may not be asked, and two operators of one name or id, because
    the customer could not tell them apart.
    """
    try:
        listed = _DECODER.decode(text).operators
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ProfileError("operators", "json") from None
    found: list[KnownOperator] = []
    for number, one in enumerate(listed):
        if not (origin_of(one.address) or (one.demo and not one.address)):
            raise ProfileError(f"operators[{number}].address", "value")
        for other in found:
            if other.id == one.id or (looks_like(other.name, one.name) and other.country == one.country):
                raise ProfileError(f"operators[{number}].name", "value")
        found.append(KnownOperator(one.id, one.name, one.country, one.address, tuple(one.keys), one.demo))
    return tuple(found)


def take_profile(
    text: bytes, known: Sequence[KnownOperator] = (), address: str = ""
) -> tuple[OperatorProfile, bytes, bool]:
    """A profile as it was fetched, plain or signed: what it says, its plain text, and whether a known key signed it.

    An operator is known by its address or by the id that the profile claims; then only its own key counts. Raises
    ProfileError ("signature": it lacks one, or the one it has does not hold).
    """
    is_signed = text.lstrip().startswith(_SIGNED)
    plain = _payload(text) if is_signed else text
    profile = read_profile(plain)
    keys = [key for one in _same(known, profile, address) for key in one.keys]
    if not keys:
        return profile, plain, False
    if not is_signed:
        raise ProfileError("signature", "missing")
    if _verified(text, keys) != plain:
        raise ProfileError("signature", "signature")
    return profile, plain, True


def _same(known: Iterable[KnownOperator], profile: OperatorProfile, address: str) -> list[KnownOperator]:
    origin = origin_of(address if "://" in address else f"https://{address}")
    return [
        one
        for one in known
        if one.id == profile.id
        or any(looks_like(one.name, name) for name in profile.names)
        or (origin and one.address and origin_of(one.address) == origin)
    ]


def looks_like(name: str, other: str) -> bool:
    """Whether a customer could take one operator's name for another's: case, blanks, signs and letters of another
    alphabet that look the same do not count, and a capital I is both what it is and a small l."""
    return _plain_name(name) == _plain_name(other) or _plain_name(_as_seen(name)) == _plain_name(_as_seen(other))


def _as_seen(name: str) -> str:
    return unicodedata.normalize("NFKD", name).replace("I", "l")


def _plain_name(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name).casefold().translate(_TWINS)
    plain = "".join(sign for sign in folded if sign.isalnum())
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain or name


def _payload(text: bytes) -> bytes:
    from joserfc import jws
    from joserfc.errors import JoseError

    try:
        return bytes(jws.extract_compact(text.strip()).payload)
    except (JoseError, ValueError):
        raise ProfileError("signature", "signature") from None


def _verified(text: bytes, keys: list[dict[str, Any]]) -> bytes:
    from joserfc import jws
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        found = jws.deserialize_compact(text.strip(), KeySet.import_key_set({"keys": keys}), algorithms=ALGORITHMS)
    except (JoseError, ValueError, KeyError):
        raise ProfileError("signature", "signature") from None
    return bytes(found.payload)


_DECODER = msgspec.json.Decoder(_File)
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
