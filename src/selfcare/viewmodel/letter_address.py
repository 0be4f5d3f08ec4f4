"""Addresses as they stand on an envelope: one line under the other, the town as the country writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selfcare.domain.support import Channel, ChannelKind

MOST_LINES = 6
_CODES = {
    "GB": re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.IGNORECASE),
    "FR": re.compile(r"[0-9]{5}"),
    "US": re.compile(r"[0-9]{5}(-[0-9]{4})?"),
}
_OWN_CODES = {"GB": {"gb", "gbr"}, "FR": {"fr", "fra"}, "US": {"us"}}
"""A country as systems write it; on an envelope that stays in it, it is none of the address."""
_FOR = {
    "end": ("résili", "terminat", "cancel", "leav", "recommand", "registered"),
    "complaint": ("réclam", "complain", "consommateur", "litige", "recommand", "registered"),
}
"""What an address is for, by words in its name or purpose; the first word found anywhere decides."""


def address_lines(text: str, country: str) -> tuple[str, ...]:
    """An address that is kept on one line, or on several, as lines; six at most, the last ones put together.

    `country` is where the letter is posted: its own code does not stand on an envelope there.
    """
    parts = [" ".join(part.split()) for part in re.split(r"[,\n\r]", text)]
    parts = _town(_at_home([part for part in parts if part], country), country)
    if len(parts) > MOST_LINES:
        parts = [*parts[: MOST_LINES - 1], ", ".join(parts[MOST_LINES - 1 :])]
    return tuple(parts)


def town_of(lines: Sequence[str], country: str) -> str:
    """The town in an address, for "Lyon, 21 November"; empty where none is found."""
    if country == "FR":
        for line in lines:
            found = re.match(r"[0-9]{5} +(.+)", line)
            if found:
                return re.sub(r"\s+cedex\b.*", "", found[1], flags=re.IGNORECASE)
    return ""


def operator_lines(operator: str, posts: Sequence[Channel], purpose: str, country: str) -> tuple[str, ...]:
    """The operator's postal address for a purpose ("end", "complaint"); empty where its profile states none."""
    here = [post for post in posts if post.kind is ChannelKind.POST and post.address.strip()]
    here.sort(key=lambda post: not post.registered)
    if not here:
        return ()
    signs = _FOR.get(purpose, ())
    fitting = (post for sign in signs for post in here if sign in f"{post.name} {post.purpose}".casefold())
    chosen = next(fitting, here[0])
    lines = address_lines(chosen.address, country)
    named = bool(lines) and operator.casefold() in lines[0].casefold()
    return lines if named or not operator else (operator, *lines)[: MOST_LINES + 1]


def _at_home(parts: list[str], country: str) -> list[str]:
    """Without the country's code as the last line."""
    if len(parts) > 1 and parts[-1].casefold() in _OWN_CODES.get(country, set()):
        return parts[:-1]
    return parts


def _town(parts: list[str], country: str) -> list[str]:
    """The postcode put where the country has it: before the town in France, after it elsewhere."""
    code = _CODES.get(country)
    if code is None:
        return parts
    at = next((n for n, part in enumerate(parts) if n and code.fullmatch(part)), None)
    if at is None:
        return parts
    after = parts[at + 1 :]
    if country == "FR":
        return [*parts[:at], " ".join([parts[at], *after[:1]]), *after[1:]]
    if country == "US":
        if not after:
            return [*parts[: at - 1], f"{parts[at - 1]} {parts[at]}"] if at > 1 else parts
        return [*parts[:at], f"{', '.join(after[:2])} {parts[at]}", *after[2:]]
    return [*parts[:at], *after[:1], parts[at], *after[1:]]
