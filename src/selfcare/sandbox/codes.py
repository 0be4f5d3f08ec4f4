"""The codes that let a number go: PAC and STAC in the United Kingdom, RIO in France; and unlock codes."""

from __future__ import annotations

import hashlib

_RIO_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"


def _number(seed: str) -> int:
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=8).digest(), "big")


def pac(seed: str, operator_code: str) -> str:
    """A porting authorisation code: the operator's three letters and six digits."""
    return f"{operator_code}{_number(seed) % 1_000_000:06d}"


def stac(seed: str, operator_code: str) -> str:
    """A service termination authorisation code: the same the other way round, six digits first."""
    return f"{_number(seed) % 1_000_000:06d}{operator_code}"


def national(number: str) -> str:
    """A French number in its national form of ten digits: "+33 6 12 34 56 78" becomes "0612345678"."""
    digits = "".join(character for character in number if character.isdigit())
    if number.strip().startswith("+33"):
        return "0" + digits[2:]
    return digits


def rio_key(stem: str, number: str) -> str:
    """The three control characters of a RIO: sums of the places weighted by 1, 2 and 4, modulo 37."""
    sums = [0, 0, 0]
    for character in stem + national(number):
        place = _RIO_ALPHABET.index(character)
        sums = [(weight * total + place) % 37 for weight, total in zip((1, 2, 4), sums, strict=True)]
    return "".join(_RIO_ALPHABET[total] for total in sums)


def rio(seed: str, operator_code: str, number: str, *, business: bool = False) -> str:
    """A RIO of twelve characters for a number (Arcep decision of 6 December 2022, annex 1)."""
    mobile = national(number)[:2] in ("06", "07")
    quality = ("E" if business else "P") if mobile else "F"
    rest = _number(seed)
    reference = ""
    for _ in range(6):
        rest, digit = divmod(rest, 36)
        reference += _RIO_ALPHABET[digit]
    stem = f"{operator_code}{quality}{reference}"
    return stem + rio_key(stem, number)


def unlock_code(serial: str) -> str:
    """The sixteen digits that free a handset from its network."""
    return f"{_number('unlock' + serial) % 10**16:016d}"
