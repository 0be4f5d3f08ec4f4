"""Reads a facts file as text: what is no text, no TOML or no day is said with its line."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

LARGEST = 64 * 1024
"""A facts file in bytes; a larger one is some other file."""


_TWICE = ("Cannot overwrite", "twice", "Duplicate inline table key", "Cannot mutate immutable namespace")
"""How Python's reader of TOML says that a key stands there already."""


class FileFault(StrEnum):
    """What is wrong with a facts file."""

    NOT_TOML = "notToml"
    NOT_TEXT = "notText"
    NO_SUCH_DAY = "noSuchDay"
    UNKNOWN_KEY = "unknownKey"
    WRONG_KIND = "wrongKind"
    ONE_OF = "oneOf"
    NEGATIVE = "negative"
    MISSING = "missing"
    END_BEFORE_START = "endBeforeStart"
    IN_FUTURE = "inFuture"
    AFTER_END = "afterEnd"
    """A day after the line had ended that has to lie before."""
    TWICE = "twice"
    """A fact that stands in the file a second time."""


class FactsProblem(Exception):
    """A facts file that cannot be answered. `line` is 0 where no line is to blame.

    `key` is the fact, `said` what stands there, `wanted` what could stand there instead.
    """

    def __init__(self, fault: FileFault, line: int = 0, key: str = "", said: str = "", wanted: str = "") -> None:
        super().__init__(fault, line, key)
        self.fault, self.line, self.key, self.said, self.wanted = fault, line, key, said, wanted


_FEWEST = {"GB": 9, "FR": 9, "US": 7}
"""So many figures a number has at least, in the United States without its area; elsewhere three."""


def is_number(said: str, country: str) -> bool:
    """A whole telephone number as people write it, a foreign one too."""
    if re.search(r"[^0-9+()\s./\u00a0\u202f\u2010-\u2015-]", said):
        return False
    return _FEWEST.get(country, 3) <= len(re.sub("[^0-9]", "", said)) <= 17


def is_foreign(said: str, country: str) -> bool:
    """A telephone number that is written with the code of another country; France overseas has codes of its own."""
    digits = re.sub("[^0-9+]", "", said)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    codes = _CODES.get(country, ())
    return bool(codes) and digits.startswith("+") and not digits.startswith(codes)


_CODES = {"GB": ("+44",), "US": ("+1",), "FR": ("+33", "+262", "+508", "+590", "+594", "+596", "+681", "+687", "+689")}


def decoded(text: bytes) -> str:
    """The text of a file. Raises FactsProblem where it is none, or far too long."""
    if len(text) > LARGEST:
        raise FactsProblem(FileFault.NOT_TEXT)
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = text[: trouble.start].count(b"\n") + 1
        raise FactsProblem(FileFault.NOT_TEXT, line) from None


def parsed(source: str) -> dict[str, Any]:
    """The facts of a text. Raises FactsProblem with the line that cannot be read."""
    try:
        return tomllib.loads(source, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as trouble:
        found = re.search(r"at line (\d+)", str(trouble))
        number = int(found.group(1)) if found is not None else _line_of_bad_day(source)
        twice = any(said in str(trouble) for said in _TWICE)
    lines = source.splitlines()
    if twice and 0 < number <= len(lines):
        key = re.match(r"""\s*\[*\s*["']?([\w-]+)""", lines[number - 1])
        raise FactsProblem(FileFault.TWICE, number, key.group(1) if key is not None else "")
    day = _bad_day(lines[number - 1]) if 0 < number <= len(lines) else ""
    if day:
        raise FactsProblem(FileFault.NO_SUCH_DAY, number, said=day)
    raise FactsProblem(FileFault.NOT_TOML, number)


def _bad_day(line: str) -> str:
    """A day in a line that is in no calendar, such as 29 February of a common year."""
    for found in re.findall(r"\b\d{4}-\d{2}-\d{2}\b", line):
        try:
            date.fromisoformat(found)
        except ValueError:
            return str(found)
    return ""


def _line_of_bad_day(source: str) -> int:
    return next((n for n, line in enumerate(source.splitlines(), 1) if _bad_day(line)), 0)


def line_of(source: str, key: str) -> int:
    """Where a key stands, as a plain key, a quoted one or a table's name; 0 where it cannot be found."""
    name = re.escape(key)
    pattern = re.compile(rf"""^\s*(?:\[+\s*)?["']?{name}["']?\s*(?:[=.\]])""")
    return next((number for number, line in enumerate(source.splitlines(), 1) if pattern.match(line)), 0)
