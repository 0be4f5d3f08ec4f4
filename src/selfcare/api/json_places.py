"""Finds the line on which a field stands in a JSON file, so that its author need not search for it."""

from __future__ import annotations

import json
import re

_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")
_BLANK = re.compile(r"[\s,]*")
_SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s,\]}]+', re.DOTALL)


def line_of(text: str, where: str) -> int:
    """The line of a field such as "apis.TMF678.billPdf[0]", or of the innermost part of it that is there; 1 at least.

    The text must be JSON.
    """
    steps = _STEP.findall(where)
    at = found = _BLANK.match(text, 0).end()  # type: ignore[union-attr]
    while steps and at < len(text):
        following = _entered(text, at, steps)
        if following is None:
            break
        found, at, used = following
        steps = steps[used:]
    return text.count("\n", 0, found) + 1


def twin_in(text: str) -> tuple[str, int]:
    """The field that stands twice in one object of a JSON text, and the line on which it stands again; ("", 1) where
    none does."""
    at = _skipped(text, 0)
    opened: list[tuple[set[str], str]] = []
    path = ""
    while at < len(text):
        sign = text[at]
        if sign in "{[":
            opened.append((set(), path))
            at = _skipped(text, at + 1)
        elif sign in "}]":
            opened.pop()
            path = ""
            at = _skipped(text, at + 1)
        else:
            end = _SCALAR.match(text, at).end()  # type: ignore[union-attr]
            following = _skipped(text, end)
            if text[following : following + 1] == ":" and opened:
                name = str(json.loads(text[at:end]))
                seen, above = opened[-1]
                path = f"{above}.{name}" if above else name
                if name in seen:
                    return path, text.count("\n", 0, at) + 1
                seen.add(name)
                following = _skipped(text, following + 1)
            at = following
    return "", 1


def _entered(text: str, at: int, steps: list[str]) -> tuple[int, int, int] | None:
    """Where a member begins, where its value does, and how many steps its name took (names may hold dots)."""
    opened, is_object, number = text[at : at + 1], text[at : at + 1] == "{", 0
    if opened not in ("{", "["):
        return None
    at = _skipped(text, at + 1)
    while at < len(text) and text[at] not in "}]":
        begins, name = at, f"[{number}]"
        if is_object:
            end = _SCALAR.match(text, at).end()  # type: ignore[union-attr]
            name = str(json.loads(text[at:end]))
            at = _skipped(text, text.index(":", end) + 1)
        for used in range(1, len(steps) + 1):
            if name == (".".join(steps[:used]) if is_object else steps[0]):
                return begins, at, used
        at = _skipped(text, _past(text, at))
        number += 1
    return None


def _skipped(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _past(text: str, at: int) -> int:
    """Behind the value that begins here."""
    depth = 0
    while at < len(text):
        if text[at] in "{[":
            depth, at = depth + 1, at + 1
        elif text[at] in "}]":
            depth, at = depth - 1, at + 1
        elif text[at] in " \t\r\n,:":
            at += 1
            continue
        else:
            at = _SCALAR.match(text, at).end()  # type: ignore[union-attr]
        if depth == 0:
            return at
    return at
