"""An answer that is not what its server counted is damaged; what is no checksum counts for nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest

from selfcare.api.digests import Checksums
from selfcare.domain.failures import NotAnAnswer

BODY = b'[{"id": "B1"}]'
PACKED = gzip.compress(BODY)


def b64(name: str, content: bytes) -> str:
    return base64.b64encode(hashlib.new(name, content).digest()).decode()


def hold(headers: dict[str, str], came: bytes, body: bytes) -> None:
    counted = Checksums(headers)
    assert b"".join(counted.through([came[:3], came[3:]])) == came
    counted.check(body)


FIELDS = {
    "RFC 9530": lambda content: {"content-digest": f"sha-256=:{b64('sha256', content)}:"},
    "two of them": lambda content: {"content-digest": f"unixsum=:AAA=:, sha-512=:{b64('sha512', content)}:"},
    "RFC 3230": lambda content: {"digest": f"SHA-256={b64('sha256', content)},UNIXsum=30637"},
    "of old": lambda content: {"content-md5": b64("md5", content)},
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_whole_answer_and_a_damaged_one(field: str) -> None:
    headers = FIELDS[field](PACKED)
    hold(headers, PACKED, BODY)
    hold(FIELDS[field](BODY), PACKED, BODY)
    for damaged in (BODY[:-1] + b" ", BODY + b" ", b""):
        with pytest.raises(NotAnAnswer) as found:
            hold(headers, damaged, damaged)
        assert found.value == NotAnAnswer("checksum")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-digest": "sha-256=:AAAA:"},
        {"content-digest": "sha-256=AAAA, :::"},
        {"digest": "crc=1"},
        {"content-md5": "not base64"},
        {"content-md5": ""},
        {"content-digest": "sha-256=:" + "A" * 100_000 + ":"},
    ],
)
def test_what_is_no_checksum_counts_for_nothing(headers: dict[str, str]) -> None:
    hold(headers, BODY, BODY)
