"""Takes an answer apart strictly: proper UTF-8 JSON of a sane depth, amounts exactly as written; or says why not."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from selfcare.domain.failures import NotAnAnswer, TooLarge

from .limits import DEPTH, LIST_ITEMS, MARKS

_BRACKETS = bytes(set(range(256)) - set(b'[]{}"'))
_MARKS = bytes(set(range(256)) - set(b'[]{}",'))
_ALIKE = bytes.maketrans(b"{}", b"[]")
_OPENS, _CLOSES = b"[]"
_PIECE = 64 * 1024
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_HIGH, _LOW = rb"[89abAB][0-9a-fA-F]{2}", rb"[c-fC-F][0-9a-fA-F]{2}"
_PAIR = rb"\\u[dD]" + _HIGH + rb"\\u[dD]" + _LOW
_HALF = re.compile(rb"\\u[dD](?:" + _HIGH + rb"(?!\\u[dD]" + _LOW + rb")|" + _LOW + rb"(?<!" + _PAIR + rb"))")
"""Half a character: the first part of a pair without the second, or the second without the first."""
_LARGEST_NUMBER = 40


def _decimal(text: str) -> Decimal:
    if len(text) > _LARGEST_NUMBER:
        raise TooLarge("number")
    return Decimal(text)


_documents = msgspec.json.Decoder(list[msgspec.Raw])
_quickly = msgspec.json.Decoder()
_anything = msgspec.json.Decoder(float_hook=_decimal)


def decode(body: bytes) -> Any:
    """Any JSON value; every number with a point is a Decimal of exactly what was written.

    Raises NotAnAnswer (charset, encoding, truncated, json) or TooLarge (depth, number).
    """
    try:
        return _anything.decode(body)
    except TooLarge:
        raise
    except RecursionError:
        raise TooLarge("depth") from None
    except (msgspec.DecodeError, UnicodeDecodeError, InvalidOperation, ValueError) as error:
        raise _not_an_answer(error) from None


def check(body: bytes) -> None:
    """Refuse what no part of may be trusted: not UTF-8, half a character, nested more than 64 deep, or of more parts
    than any document has.

    The parser's own speed is kept: nothing here loops in Python unless a text contains brackets.
    """
    _check_text(body)
    if parts_exceed(body, MARKS):
        raise TooLarge("list")
    if depth_exceeds(body, DEPTH):
        raise TooLarge("depth")


def _check_text(body: bytes) -> None:
    if not body.isascii():
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            raise NotAnAnswer("charset") from None
    if b"\\" not in body or b"\\u" not in body:  # one letter is found ten times as fast as two
        return
    if _SURROGATE.search(body) and _HALF.search(body.replace(rb"\\", b"__")):
        raise NotAnAnswer("encoding")


def depth_exceeds(body: bytes, limit: int) -> bool:
    """Whether objects and lists are nested deeper than a limit; exact for JSON, brackets in texts do not count."""
    marks = _outside_texts(body, _BRACKETS)
    for _ in range(limit):
        if not marks:
            return False
        peeled = marks.replace(b"[]", b"")
        if len(peeled) == len(marks):
            return False
        marks = peeled
    return bool(marks)


def parts_exceed(body: bytes, limit: int) -> bool:
    """Whether a document has more commas and opening brackets than a limit, those in its texts not counted."""
    if len(body) <= limit or body.count(b",") + body.count(b"{") + body.count(b"[") <= limit:
        return False
    marks = _outside_texts(body, _MARKS)
    return marks.count(b",") + marks.count(b"[") > limit


def _is_longer(body: bytes, limit: int) -> bool:
    """Whether a list has more documents than a limit; seen before any of them is taken out."""
    if len(body) < 2 * limit or body.count(b",") < limit:
        return False
    depth, found = 0, 1
    for sign in _outside_texts(body, _MARKS):
        if sign == _OPENS:
            depth += 1
        elif sign == _CLOSES:
            depth -= 1
        elif depth == 1:
            found += 1
            if found > limit:
                return True
    return False


def _outside_texts(body: bytes, others: bytes) -> bytes:
    """The marks of a JSON text, `others` and those in its texts left out, the two kinds of brackets as one.

    Piece by piece: a body of nothing but quotes must not be cut into millions of parts at once.
    """
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = body.translate(_ALIKE, others).replace(b'""', b"")
    if b'"' not in marks:
        return marks
    found, is_within = [], 0
    for at in range(0, len(marks), _PIECE):
        parts = marks[at : at + _PIECE].split(b'"')
        found.append(b"".join(parts[is_within::2]))
        is_within = (is_within + len(parts) - 1) % 2
    return b"".join(found)


def documents(body: bytes) -> list[bytes]:
    """The documents of a JSON list, each exactly as received. Raises NotAnAnswer or TooLarge."""
    _check_text(body)
    if _is_longer(body, LIST_ITEMS):
        raise TooLarge("list")
    try:
        found = [bytes(raw) for raw in _documents.decode(body)]
    except msgspec.ValidationError:
        raise (TooLarge("depth") if depth_exceeds(body, DEPTH) else NotAnAnswer("shape")) from None
    except RecursionError:
        raise TooLarge("depth") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if depth_exceeds(body, DEPTH):
            raise TooLarge("depth") from None
        raise _not_an_answer(error) from None
    for one in found:  # so few brackets cannot be nested so deep; taking them out is faster than counting them
        fewer = len(one.replace(b"{", b"")) + len(one.replace(b"[", b""))
        if 2 * len(one) - fewer >= DEPTH and depth_exceeds(one, DEPTH - 1):
            raise TooLarge("depth")
        if len(one) > MARKS and parts_exceed(one, MARKS):
            raise TooLarge("list")
    return found


def decode_object(body: bytes) -> dict[str, Any]:
    """A small JSON object read with every doubt: also a key that stands twice is refused."""
    check(body)
    found = decode(body)
    if not isinstance(found, dict):
        raise NotAnAnswer("shape")
    try:
        json.loads(body, object_pairs_hook=_no_twins, parse_int=str)
    except ValueError:
        raise NotAnAnswer("json") from None
    return found


def says_twice(doc: bytes) -> bool:
    """Whether some object of a document has a key twice, of which one would be lost silently.

    Counted, because that is fast: written anew, a document that says nothing twice has as many keys as before. What
    may be written in two ways is looked through key by key. What is no document says nothing twice.
    """
    try:
        if b"\\u" not in doc and b'" ' not in doc and b'"\t' not in doc and b'"\n' not in doc and b'"\r' not in doc:
            return doc.count(b'":') != msgspec.json.encode(_quickly.decode(doc)).count(b'":')
        json.loads(doc, object_pairs_hook=_no_twins, parse_int=str)
    except _Twins:
        return True
    except (ValueError, RecursionError, msgspec.DecodeError):
        return False
    return False


class _Twins(ValueError):
    """A key stands twice."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twins
    return found


def _not_an_answer(error: Exception) -> NotAnAnswer:
    if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).casefold():
        return NotAnAnswer("charset")
    return NotAnAnswer("truncated" if "truncated" in str(error) else "json")
