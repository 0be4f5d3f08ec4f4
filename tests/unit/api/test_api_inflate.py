"""Packed answers are unpacked to the last byte, or refused before they hurt."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.api.inflate import inflate
from selfcare.domain.failures import NotAnAnswer, TooLarge

CAP = 1 << 20


def pieces(body: bytes, size: int = 1000) -> Iterator[bytes]:
    return (body[at : at + size] for at in range(0, len(body), size))


@given(body=st.binary(max_size=5000), size=st.integers(1, 700))
def test_what_was_packed_comes_out(body: bytes, size: int) -> None:
    assert inflate(pieces(gzip.compress(body), size), "gzip", CAP) == body
    assert inflate(pieces(body, size), "", CAP) == body


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "deflate", "zstd", "gzip;q=1", "x"])
def test_any_other_or_second_coding_is_refused(coding: str) -> None:
    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "encoding"):
        inflate([gzip.compress(b"{}")], coding, CAP)


def test_half_a_packed_answer_is_not_an_answer() -> None:
    packed = gzip.compress(b"x" * 10_000 + bytes(range(256)) * 40)
    for cut in (0, 1, 5, len(packed) // 2, len(packed) - 1):
        with pytest.raises(NotAnAnswer, check=lambda e: e.what == "truncated"):
            inflate(pieces(packed[:cut]), "gzip", CAP)


def test_broken_packing_is_refused() -> None:
    packed = bytearray(gzip.compress(b"hello world" * 100))
    packed[-6] ^= 1
    for body in (bytes(packed), b"not gzip at all", gzip.compress(b"a") + b"tail", gzip.compress(b"a") * 2):
        with pytest.raises(NotAnAnswer, check=lambda e: e.what == "encoding"):
            inflate([body], "gzip", CAP)
    with pytest.raises(NotAnAnswer):
        inflate([gzip.compress(b"a"), gzip.compress(b"b")], "gzip", CAP)


def test_a_bomb_costs_no_more_than_the_cap() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()
    tracemalloc.start()
    with pytest.raises(TooLarge):
        inflate(pieces(bomb, 64 * 1024), "gzip", CAP)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * CAP


def test_the_cap_is_exact() -> None:
    assert len(inflate([gzip.compress(bytes(CAP))], "gzip", CAP)) == CAP
    assert len(inflate([bytes(CAP)], "identity", CAP)) == CAP
    with pytest.raises(TooLarge):
        inflate([gzip.compress(bytes(CAP + 1))], "gzip", CAP)
    with pytest.raises(TooLarge):
        inflate([bytes(CAP), b"x"], "", CAP)
