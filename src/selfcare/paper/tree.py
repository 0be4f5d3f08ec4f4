"""Turns the bytes of an electronic invoice into a tree, with limits: no entities, no depth, no endless documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from selfcare.domain.einvoices import Slip

DEEPEST = 60
MOST_ELEMENTS = 150_000
"""In five megabytes an honest invoice has fewer: an element takes more than forty bytes."""
MOST_NAMES = 2_000
"""UBL and CII together have fewer different ones."""
MOST_ATTRIBUTES = 60
MOST_EQUALS = 5_000
"""So many "=" before the next "<" are a tag of endless attributes, which the parser would take in whole."""
LONGEST_TEXT = 2000
MOST_SLIPS = 100
_ENCODING = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"'>]*)")
_NARROW = frozenset(
    {b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"iso-8859-15", b"windows-1252", b"latin1"}
)
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,12})?|\.\d{1,12})")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


class Unreadable(Exception):
    """What is wrong with the document, in the words of FoundInvoice."""


class _Limited(TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0
        self._names: set[str] = set()

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        self._names.add(tag)
        is_deep = self._depth > DEEPEST or len(self._names) > MOST_NAMES
        if is_deep or self._count > MOST_ELEMENTS or len(attrs) > MOST_ATTRIBUTES:
            raise Unreadable("too_large")
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse(content: bytes) -> Element:
    """The root of the document. Raises Unreadable: broken, forbidden (a DTD or entities) or too_large."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    content, encoding = _readable(content)
    if any(tag.count(b"=") > MOST_EQUALS for tag in _tags(content)):
        raise Unreadable("too_large")
    parser = DefusedXMLParser(target=_Limited(), encoding=encoding, forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException:
        raise Unreadable("forbidden") from None
    except (ParseError, ValueError, LookupError, RecursionError, ImportError, OSError, AssertionError):
        raise Unreadable("broken") from None
    return root


def _readable(content: bytes) -> tuple[bytes, str | None]:
    """The document in an encoding whose marks are those of ASCII, and which, where it is not the declared one.

    Raises Unreadable for one that no invoice is written in: what is not seen could not be counted.
    """
    wide = next((name for head, name in _WIDE if content.startswith(head)), "")
    if wide:
        try:
            return content.decode(wide).encode(), "utf-8"
        except UnicodeError:
            raise Unreadable("broken") from None
    declared = _ENCODING.match(content[:200])
    if declared is not None and declared[1].lower() not in _NARROW:
        raise Unreadable("broken")
    return content, None


def _tags(content: bytes) -> Iterator[bytes]:
    """What is so long before the next "<" that it could hold too much; no tag has a "<" in it."""
    at = content.find(b"<")
    while at >= 0:
        end = content.find(b"<", at + 1)
        if (end if end >= 0 else len(content)) - at > MOST_EQUALS:
            yield content[at : end if end >= 0 else None]
        at = end


def local(element: Element) -> str:
    """The name without its namespace, which differs from version to version of the standards."""
    return str(element.tag).rpartition("}")[2]


def each(element: Element | None, *names: str) -> Iterator[Element]:
    """The children with one of these names, in their order."""
    return (child for child in element if local(child) in names) if element is not None else iter(())


def one(element: Element | None, *path: str) -> Element | None:
    """The first element down a path; a step may name alternatives: "Header|Supply"."""
    for step in path:
        element = next(each(element, *step.split("|")), None)
        if element is None:
            return None
    return element


def text(element: Element | None, *path: str) -> str:
    """The words of the first element down a path, in one line; "" where there is none."""
    found = one(element, *path)
    return " ".join((found.text or "")[:LONGEST_TEXT].split()) if found is not None else ""


def unit_at(element: Element | None, *path: str) -> str:
    """The currency that stands at an amount, "" where there is none."""
    found = one(element, *path)
    return "" if found is None else str(found.get("currencyID", "")).strip()[:3]


class Figures:
    """Reads numbers and days, and remembers what was written so that it is neither."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []

    def number(self, element: Element | None, *path: str, line: str = "") -> Decimal | None:
        """A decimal number with a point (xs:decimal); None where it is not stated or not one."""
        found = one(element, *path)
        if found is None:
            return None
        said = (found.text or "").strip()
        if _NUMBER.fullmatch(said):
            return Decimal(said)
        self._slip(local(found), said, line)
        return None

    def day(self, element: Element | None, *path: str, line: str = "") -> date | None:
        """A day, 20261103 or 2026-11-03."""
        found = one(element, *path)
        if found is None:
            return None
        said = (found.text or "").strip()
        match = _DAY.fullmatch(said[:10])
        try:
            if match is not None and ("-" in said[:10]) is (said[4:5] == "-"):
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
        self._slip(local(found), said, line)
        return None

    def _slip(self, field: str, said: str, line: str) -> None:
        if len(self.slips) < MOST_SLIPS:
            self.slips.append(Slip(field, said[:60], line))
