"""Finds the number of a line, wherever a product carries it, and tells from it what kind of line it is."""

from __future__ import annotations

import re

from selfcare.domain.lines import Access

from .reading import Doc, choice, items, plain_of, plain_word, text, unwrapped

_SURE = (
    "TEL_MSISDN", "msisdn", "phoneNumber", "telephoneNumber", "publicIdentifier", "mobileNumber", "mobilePhoneNumber",
    "subscriberNumber", "CLI", "directoryNumber", "lineNumber", "serviceNumber",
)  # fmt: skip
"""Characteristics that are a number of a line whatever stands in them, without case and strokes."""
_PERHAPS = frozenset({"number", "numero", "numéro", "telephone", "téléphone", "phone"})
"""Those that are one where they look like one: TM Forum's own sample has "Number"."""
_LOOKS = re.compile(r"\+?\(?\d[\d\s().\u00a0\u202f-]{5,20}\d\Z")


def line_number(doc: Doc, facts: Doc, where: str) -> str:
    """The number of a product (TMF637 Product with its characteristics); "" for none. Raises Unreadable where it is
    stated as no text."""
    plain = {plain_word(name): name for name in reversed(facts)}
    for name in _SURE:
        own = plain.get(plain_word(name))
        if own is not None and (found := text(plain_of(facts, where, name, own))):
            return found
    perhaps = [text(facts[plain[name]]) for name in sorted(_PERHAPS & plain.keys())]
    perhaps += [text(unwrapped("value", item.get("value"))) for item in items(doc.get("realizingResource"))]
    return next((said for said in perhaps if _LOOKS.match(said)), "")


def access_of(line_type: str, number: str) -> Access:
    """What kind of line it is: by its own word, else by a number that is a British or French mobile one."""
    plain = plain_word(line_type)
    if plain:
        return choice(Access, plain, Access.OTHER)
    return Access.MOBILE if _is_mobile(re.sub(r"[\s().\u00a0\u202f-]", "", number)) else Access.OTHER


def _is_mobile(digits: str) -> bool:
    """07… in Britain, 06… and 07… in France, with the code of the country as +44, 0044 or 44, or without."""
    is_abroad = digits.startswith(("+", "00")) or not digits.startswith("0")
    bare = digits.removeprefix("+").removeprefix("00")
    for code, firsts, length in (("44", "7", 12), ("33", "67", 11)):
        if is_abroad and bare.startswith(code):
            rest = bare.removeprefix(code).removeprefix("0")
            return rest[:1] in firsts and len(code) + len(rest) == length
    return not is_abroad and digits.startswith(("07", "06"))
