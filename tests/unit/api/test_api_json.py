"""JSON is taken strictly: encoding, depth, numbers; and split into documents byte for byte."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.api.limits import JSON_BYTES, LIST_ITEMS, MARKS
from selfcare.api.strict_json import (
    check,
    decode,
    decode_object,
    depth_exceeds,
    documents,
    parts_exceed,
    says_twice,
)
from selfcare.domain.failures import NotAnAnswer, TooLarge

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def depth_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max((depth_of(v) for v in inner), default=0)


@given(value=JSON, limit=st.integers(1, 6), ascii_only=st.booleans())
def test_the_depth_is_measured_exactly(value: Any, limit: int, ascii_only: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert depth_exceeds(body, limit) is (depth_of(value) > limit)


def test_brackets_in_texts_do_not_count() -> None:
    tricky = {"a": '[[[[{"', "b": "\\", "c": '\\"]', "d": ["}{", {"e": '\\\\"'}]}
    assert not depth_exceeds(json.dumps(tricky).encode(), 3)
    assert depth_exceeds(json.dumps([tricky]).encode(), 3)


@pytest.mark.parametrize("depth", [65, 1000, 100_000])
def test_too_deep_is_refused_in_no_time(depth: int) -> None:
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        body = opening * depth + b"1" + closing * depth
        with pytest.raises(TooLarge, check=lambda e: e.what == "depth"):
            documents(b"[" + body + b"]")
    check(b"[" * 64 + b"]" * 64)


def parts_of(value: Any) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(len(inner) - 1, 0) + sum(parts_of(v) for v in inner)


@given(value=JSON, limit=st.integers(0, 6), ascii_only=st.booleans())
def test_the_parts_are_counted_exactly(value: Any, limit: int, ascii_only: bool) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    assert parts_exceed(body, limit) is (parts_of(value) > limit)


def filled(piece: str, head: str, tail: str) -> bytes:
    """As much of one piece as an answer may hold, unpacked."""
    return (head + piece * ((JSON_BYTES - 64) // len(piece)) + tail).encode()


def costs(work: Callable[[], object]) -> int:
    """The most memory, in bytes, that work took at once beside what was there before."""
    tracemalloc.start()
    try:
        with contextlib.suppress(NotAnAnswer, TooLarge):
            work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("piece", ["1,", "{},", "[[]],", '"",', '"[[[",', '{"a":{"b":[]}},', '"\\ud83d\\ude00",'])
def test_a_list_of_nothing_costs_little(piece: str) -> None:
    body = filled(piece, "[", "1]")
    with pytest.raises(TooLarge):
        documents(body)
    assert costs(lambda: documents(body)) < 56 << 20, "with the 8 MiB of the answer itself under 64"


@pytest.mark.parametrize("piece", ["1,", "{},", '{"a":{"b":{"c":{}}}},', '{"aa":0.1},'])
def test_a_document_of_nothing_costs_little(piece: str) -> None:
    body = filled(piece, '{"id":"1","x":[', "1]}")
    for read in (lambda: (check(body), decode(body)), lambda: documents(b"[" + body + b"]")):
        assert costs(read) < 56 << 20
    with pytest.raises(TooLarge, check=lambda e: e.what == "list"):
        check(body)


@pytest.mark.parametrize("piece", ['{"a":{"bc":{}}},', '{"aa":0.123},', '{"%d":[]},'])
def test_the_most_that_is_read_costs_little(piece: str) -> None:
    most = MARKS // (piece.count("{") + piece.count("[") + piece.count(",")) - 2
    body = b'{"id":"1","x":[' + b"".join(piece.replace("%d", str(n)).encode() for n in range(most)) + b"1]}"
    check(body)
    assert costs(lambda: (check(body), decode(body))) < 56 << 20


def test_the_longest_list_is_taken_and_one_more_is_not() -> None:
    whole = b"[" + b'{"a":[1,2]},' * (LIST_ITEMS - 1) + b"{}]"
    assert len(documents(whole)) == LIST_ITEMS
    with pytest.raises(TooLarge, check=lambda e: e.what == "list"):
        documents(b"[{}," + whole[1:])


def test_a_long_text_is_not_taken_for_many_parts() -> None:
    said = json.dumps({"id": "1", "text": ",[{" * MARKS}).encode()
    check(said)
    assert documents(b"[" + said + b"]") == [said]


def test_documents_are_kept_as_received() -> None:
    body = '[ {"id": "1", "v": 10.00 } ,{"id":"é"}, 3]'.encode()
    assert documents(body) == [b'{"id": "1", "v": 10.00 }', '{"id":"é"}'.encode(), b"3"]
    assert documents(b" [] ") == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "truncated"),
        (b'[{"id": "1"}, {"id"', "truncated"),
        (b"[{}]x", "json"),
        (b'[{"a": NaN}]', "json"),
        (b'[{"a": Infinity}]', "json"),
        (b"{}", "shape"),
        (b"null", "shape"),
        (b'[{"a": "\xff"}]', "charset"),
        ("[]".encode("utf-16"), "charset"),
        ('[{"a": "é"}]'.encode("latin-1"), "charset"),
        (b'[{"a": "\\ud800 x"}]', "encoding"),
        (b'[{"a": "\\udc00"}]', "encoding"),
        (b'[{"a": "\\ud83d\\ud83d\\ude00"}]', "encoding"),
        (b'[{"a": "\\ud83d\\ude00\\uDE00"}]', "encoding"),
        (b'[{"a": "\\ud83d\\\\\\ude00"}]', "encoding"),
        (b"<html>", "json"),
    ],
)
def test_what_is_no_list(body: bytes, what: str) -> None:
    with pytest.raises(NotAnAnswer) as caught:
        documents(body)
    assert caught.value.what == what


def test_surrogate_pairs_are_fine() -> None:
    assert decode(documents(b'["\\ud83d\\ude00"]')[0]) == "\U0001f600"
    assert decode(documents(b'["\\\\ud83d \\\\\\\\ude00"]')[0]) == "\\ud83d \\\\ude00", "written, not meant"
    assert decode(documents(b'["\\uD83D\\uDE00\\ud83d\\ude00"]')[0]) == "\U0001f600" * 2


def test_numbers_are_what_was_written() -> None:
    found = decode(b'{"a": 10.00, "b": 1e2, "c": 7, "d": 0.1}')
    assert [str(v) for v in found.values()] == ["10.00", "1E+2", "7", "0.1"]
    assert isinstance(found["a"], Decimal)
    with pytest.raises(TooLarge, check=lambda e: e.what == "number"):
        decode(b'{"a": 1.' + b"1" * 5000 + b"}")
    with pytest.raises((NotAnAnswer, TooLarge)):
        decode(b'{"a": ' + b"1" * 6000 + b"}")


def test_small_objects_may_not_say_anything_twice() -> None:
    assert decode_object(b'{"a": {"b": 1}}') == {"a": {"b": 1}}
    for body in (b'{"a": 1, "a": 2}', b'{"x": {"a": 1, "a": 1}}', b"[]", b'"a"', b"{"):
        with pytest.raises(NotAnAnswer):
            decode_object(body)


@given(st.binary(max_size=100))
def test_any_bytes_are_documents_or_refused(body: bytes) -> None:
    with contextlib.suppress(NotAnAnswer, TooLarge):
        assert isinstance(documents(body), list)


@given(value=JSON, tight=st.booleans())
def test_what_says_nothing_twice_is_not_said_to(value: Any, tight: bool) -> None:
    assert not says_twice(json.dumps(value, separators=(",", ":") if tight else None).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "body", ['{"a":1,"a":2}', '{"a" : 1, "a":2}', '[{"b":{"a":1,"c":[],"a":2}}]', '{"\\u0061":1,"a":2}']
)
def test_a_key_twice_is_found_however_it_is_written(body: str) -> None:
    assert says_twice(body.encode())


@pytest.mark.parametrize(
    "body", ['{"a":"\\":"}', '{"a":"x\\":\\":","b":1}', '["a","a"]', '[{"a":1},{"a":1}]', "", "{", '{"a":1']
)
def test_what_only_looks_like_it(body: str) -> None:
    assert not says_twice(body.encode())
