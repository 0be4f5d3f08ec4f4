"""Takes an answer apart strictly: proper UTF-8 JSON of a sane depth, amounts exactly as written; or says why not."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from selfcare.domain.failures import NotAnAnswer, TooLarge

from .limits import DEPTH

_KEPT = b'[]{}"'
_OTHERS = bytes(set(range(256)) - set(_KEPT))
_ALIKE = bytes.maketrans(b"{}", b"[]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
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

    Raises NotAnAnswer (encoding, truncated, json) or TooLarge (depth, number).
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
    """Refuse what no part of may be trusted: not UTF-8, half a character, or nested more than 64 deep.

    The parser's own speed is kept: nothing here loops in Python unless a text contains brackets.
    """
    _check_text(body)
    if depth_exceeds(body, DEPTH):
        raise TooLarge("depth")


def _check_text(body: bytes) -> None:
    if not body.isascii():
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            raise NotAnAnswer("encoding") from None
    if b"\\" in body and b"\\u" in body and _SURROGATE.search(body):  # one letter is found ten times as fast as two
        try:
            json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise NotAnAnswer("encoding") from None
        except ValueError:
            raise NotAnAnswer("json") from None


def depth_exceeds(body: bytes, limit: int) -> bool:
    """Whether objects and lists are nested deeper than a limit; exact for JSON, brackets in texts do not count."""
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = body.translate(_ALIKE, _OTHERS).replace(b'""', b"")
    if b'"' in marks:
        marks = b"".join(marks.split(b'"')[::2])
    for _ in range(limit):
        if not marks:
            return False
        peeled = marks.replace(b"[]", b"")
        if len(peeled) == len(marks):
            return False
        marks = peeled
    return bool(marks)


def documents(body: bytes) -> list[bytes]:
    """The documents of a JSON list, each exactly as received. Raises NotAnAnswer or TooLarge."""
    _check_text(body)
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
        return NotAnAnswer("encoding")
    return NotAnAnswer("truncated" if "truncated" in str(error) else "json")
