"""Checks a code that lets a number go (PAC, STAC, RIO, PIN) and says what is wrong with one that was mistyped."""

from __future__ import annotations

import re
from enum import StrEnum

from selfcare.domain.records import Struct

from .carriers import Carrier, carrier_of

_PAC = re.compile(r"(?:[A-Z]{3}|H3G)[0-9]{6}")
_STAC = re.compile(r"[0-9]{6}(?:[A-Z]{3}|H3G)")
_RIO = re.compile(r"[0-9A-Z]{2}[A-Z][0-9A-Z]{6}[0-9A-Z+]{3}")
_TO_DIGIT = str.maketrans("OQIL", "0011")
_TO_LETTER = str.maketrans("01", "OI")
_FRENCH = ("33", "262", "508", "590", "594", "596")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"
_PROVIDERS = {
    "BTC": "BT Mobile",
    "ONE": "EE",
    "GGF": "giffgaff",
    "VRG": "Virgin",
    "TEL": "O2",
    "HTG": "Three",
    "VTM": "iD",
    "LEB": "Lebara",
    "VUK": "Vodafone",
    "LCS": "Smarty",
    "TKM": "Talkmobile",
}
_PINS = {Carrier.VERIZON: ("Verizon", 6), Carrier.ATT: ("AT&T", 6), Carrier.T_MOBILE: ("T-Mobile", 6)}
_ALIASES = {"CEL": "TEL", "H3G": "HTG", "TSL": "VTM", "VCN": "VUK", "VOD": "VUK"}


class CodeProblem(StrEnum):
    """What is wrong with a typed code; NONE is a good one."""

    NONE = "none"
    EMPTY = "empty"
    TOO_SHORT = "tooShort"
    TOO_LONG = "tooLong"
    LOOKALIKE = "lookalike"
    """A letter stands where a digit belongs, or the other way round; `suggestion` is what was probably meant."""
    OTHER_SCHEME = "otherScheme"
    """A good code, but of the other kind: a STAC where a PAC is wanted."""
    SHAPE = "shape"
    WRONG_TYPE = "wrongType"
    """The third character of a RIO does not fit the kind of number."""
    OTHER_NUMBER = "otherNumber"
    """The control key of a RIO belongs to another number, or a character is wrong."""


_MENDED = 2
"""So many signs of a code are put right at most; where more differ it is another code."""


class CodeCheck(Struct, frozen=True):
    """A typed code after the check. `scheme` is PAC, STAC, RIO, PIN or "" where it could not be told."""

    scheme: str
    code: str
    problem: CodeProblem
    provider: str = ""
    provider_name: str = ""
    suggestion: str = ""

    @property
    def is_good(self) -> bool:
        """Can be used as it is."""
        return self.problem is CodeProblem.NONE


def normalise(typed: str) -> str:
    """Upper case, without the spaces and hyphens that people put in; a plus stays, it belongs to a RIO."""
    return re.sub(r"[\s\-\u2010-\u2015\u00a0]", "", typed).upper()


def is_another(typed: str, before: str) -> bool:
    """A code that was typed over another of its length and is not the same one with a sign or two put right."""
    new, old = normalise(typed), normalise(before)
    return len(new) == len(old) and sum(a != b for a, b in zip(new, old, strict=True)) > _MENDED


def check_code(typed: str, wanted: str = "") -> CodeCheck:
    """Check a PAC or STAC. `wanted` is "PAC", "STAC" or "" for either. An unknown provider is never a fault."""
    code = normalise(typed)
    scheme = "PAC" if _PAC.fullmatch(code) else "STAC" if _STAC.fullmatch(code) else ""
    if scheme:
        prefix = code[:3] if scheme == "PAC" else code[6:]
        provider = _ALIASES.get(prefix, prefix)
        problem = CodeProblem.OTHER_SCHEME if wanted and wanted != scheme else CodeProblem.NONE
        return CodeCheck(scheme, code, problem, provider, _PROVIDERS.get(provider, ""))
    if not code:
        return CodeCheck("", code, CodeProblem.EMPTY)
    if len(code) != 9:
        return CodeCheck("", code, CodeProblem.TOO_SHORT if len(code) < 9 else CodeProblem.TOO_LONG)
    meant = _as_meant(code, wanted)
    return CodeCheck("", code, CodeProblem.LOOKALIKE if meant else CodeProblem.SHAPE, suggestion=meant)


def _as_meant(code: str, wanted: str) -> str:
    pac = code[:3].translate(_TO_LETTER) + code[3:].translate(_TO_DIGIT)
    stac = code[:6].translate(_TO_DIGIT) + code[6:].translate(_TO_LETTER)
    if wanted != "STAC" and _PAC.fullmatch(pac):
        return pac
    return stac if wanted != "PAC" and _STAC.fullmatch(stac) else ""


def national_number(number: str) -> str:
    """A French number as its RIO is computed from it: digits alone, "+33 6…" written "06…", "+262 692…" "0692…".

    The overseas departments have country codes of their own and the same ten digits; Saint-Pierre-et-Miquelon writes
    its six digits after "0508".
    """
    digits = re.sub(r"[^0-9+]", "", number)
    for prefix in _FRENCH:
        found = re.fullmatch(rf"(?:\+|00){prefix}0?([0-9]+)", digits)
        if found is not None:
            rest = found.group(1)
            return f"0{prefix}{rest}" if len(rest) == 6 and prefix != "33" else f"0{rest}"
    return digits.replace("+", "")


def rio_key(front: str, number: str) -> str:
    """The three control characters of a RIO from its first nine and the number (Arcep decision of 6 Dec 2022)."""
    first = second = third = 0
    for character in normalise(front) + national_number(number):
        x = _ALPHABET.index(character)
        first = (first + x) % 37
        second = (2 * second + x) % 37
        third = (4 * third + x) % 37
    return _ALPHABET[first] + _ALPHABET[second] + _ALPHABET[third]


def check_rio(typed: str, number: str) -> CodeCheck:
    """Check a RIO against the number that it is said to belong to (10 digits, 14 for machines)."""
    code = normalise(typed)
    if not code:
        return CodeCheck("RIO", code, CodeProblem.EMPTY)
    if len(code) != 12:
        return CodeCheck("RIO", code, CodeProblem.TOO_SHORT if len(code) < 12 else CodeProblem.TOO_LONG)
    if not _RIO.fullmatch(code):
        return CodeCheck("RIO", code, CodeProblem.SHAPE)
    if code[2] not in _rio_types(national_number(number)):
        return CodeCheck("RIO", code, CodeProblem.WRONG_TYPE)
    if rio_key(code[:9], number) == code[9:]:
        return CodeCheck("RIO", code, CodeProblem.NONE, provider=code[:2])
    for meant in _swaps(code):
        if meant[2] in _rio_types(national_number(number)) and rio_key(meant[:9], number) == meant[9:]:
            return CodeCheck("RIO", code, CodeProblem.LOOKALIKE, suggestion=meant)
    return CodeCheck("RIO", code, CodeProblem.OTHER_NUMBER)


def _rio_types(number: str) -> str:
    if number.startswith(("06", "07")):
        return "EP"
    return "A" if number.startswith("08") else "FGMNRSTUVWXYZ"


def _swaps(code: str) -> list[str]:
    """The code with one letter O and figure 0, or letter I and figure 1, taken for the other, anywhere."""
    other = {"O": "0", "0": "O", "I": "1", "1": "I"}
    return [code[:i] + other[c] + code[i + 1 :] for i, c in enumerate(code) if c in other and i != 2]


def check_pin(typed: str, carrier: Carrier = Carrier.OTHER) -> CodeCheck:
    """Check an American transfer PIN (US-LNP-08). Six digits with Verizon, AT&T and T-Mobile.

    Of any other carrier's PIN nothing is known: it stays as typed, and nothing in it is a fault but that it is missing.
    """
    name, length = _PINS.get(carrier, ("", 0))
    code = normalise(typed) if length else typed.strip()
    problem, meant = _pin_problem(code, length)
    return CodeCheck("PIN", code, problem, carrier.value if name else "", name, meant)


def _pin_problem(code: str, length: int) -> tuple[CodeProblem, str]:
    if not code:
        return CodeProblem.EMPTY, ""
    if not length or re.fullmatch(f"[0-9]{{{length}}}", code):
        return CodeProblem.NONE, ""
    if len(code) != length:
        return CodeProblem.TOO_SHORT if len(code) < length else CodeProblem.TOO_LONG, ""
    meant = code.translate(_TO_DIGIT)
    return (CodeProblem.LOOKALIKE, meant) if re.fullmatch("[0-9]+", meant) else (CodeProblem.SHAPE, "")


def check_typed(typed: str, scheme: str, number: str = "", carrier: str = "") -> CodeCheck:
    """Check a code of a scheme (PAC, STAC, RIO, PIN; "" for a PAC or a STAC) for the number and carrier it is of."""
    if scheme == "RIO":
        return check_rio(typed, number)
    return check_pin(typed, carrier_of(carrier)) if scheme == "PIN" else check_code(typed, scheme)
