"""The same request sent twice has one effect: keys, their owners, their life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from selfcare.sandbox.answers import Refusal
from selfcare.sandbox.keys import KEY_LIFE, Answer, Keys, fingerprint, read_key

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
DONE = Answer(201, (("Location", "here"),), b"{}")


def test_an_answer_is_given_again_until_the_key_is_a_day_old() -> None:
    keys = Keys()
    assert keys.claim("C1", "k", "print", NOW) is None
    keys.keep("C1", "k", DONE)
    assert keys.claim("C1", "k", "print", NOW + KEY_LIFE - timedelta(seconds=1)) == DONE
    assert keys.claim("C1", "k", "print", NOW + KEY_LIFE) is None


def test_a_key_is_bound_to_its_request_and_its_owner() -> None:
    keys = Keys()
    keys.claim("C1", "k", "print", NOW)
    with pytest.raises(Refusal) as running:
        keys.claim("C1", "k", "print", NOW)
    assert running.value.status == 409
    keys.keep("C1", "k", DONE)
    with pytest.raises(Refusal) as other:
        keys.claim("C1", "k", "another", NOW)
    assert other.value.status == 422
    assert keys.claim("C2", "k", "another", NOW) is None


def test_a_released_key_is_free() -> None:
    keys = Keys()
    keys.claim("C1", "k", "print", NOW)
    keys.release("C1", "k")
    assert keys.claim("C1", "k", "other", NOW) is None


def test_fingerprints_tell_method_place_and_content_apart() -> None:
    prints = {fingerprint(*one) for one in (("POST", "/a", b"x"), ("PATCH", "/a", b"x"), ("POST", "/b", b"x"))}
    assert len(prints | {fingerprint("POST", "/a", b"y")}) == 4


@pytest.mark.parametrize(("header", "key"), [('"abc"', "abc"), ("abc", "abc"), (' "a b" ', "a b")])
def test_keys_are_read_quoted_or_bare(header: str, key: str) -> None:
    assert read_key(header) == key


@pytest.mark.parametrize("header", ["", '""', '"' + "x" * 256 + '"', 'a"b', "é", "a\tb"])
def test_what_is_no_key_is_refused(header: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_key(header)
    assert refused.value.status == 400
