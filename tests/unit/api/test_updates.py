"""The signed list of versions: believed only with a good signature, in time, and never older than one seen before."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import OctKey, OKPKey

from selfcare.api.updates import Source, fetch_list, read_list, read_source
from selfcare.domain.failures import Failure, ListRefused, NotAnAnswer, Offline
from selfcare.domain.releases import is_newer, newest
from selfcare.host.folders import resource
from tests.release_list import KEY, NOW, PAGE, SOURCE, publishing, said, signed

OTHER = OKPKey.generate_key("Ed25519")


def why(body: bytes, *, source: Source = SOURCE, now: datetime = NOW, edition: int = 0) -> str:
    """For what reason a list is refused."""
    with pytest.raises(ListRefused) as refused:
        read_list(body, source, now, edition)
    return str(refused.value.facts()["why"])


def test_a_good_list_names_the_newest_version() -> None:
    found = read_list(signed(said()), SOURCE, NOW, 7)
    newer = newest(found, "0.9.0")
    assert newer is not None
    assert (newer.version, newer.page, newer.day.isoformat()) == ("0.10.0", PAGE, "2026-12-01")
    assert newest(found, "0.10.0") is None
    assert found.edition == 7


def test_versions_are_compared_by_their_numbers() -> None:
    assert is_newer("0.10.0", "0.9.9")
    assert is_newer("1.0.0", "0.99.99")
    assert not is_newer("0.9.0", "0.9.0")
    for odd in ("", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1.2.3-rc1", "9" * 20 + ".0.0"):
        assert not is_newer(odd, "0.0.1"), odd


def test_another_key_changed_words_and_no_signature_are_refused() -> None:
    whole = signed(said())
    head, body, mark = whole.split(b".")
    assert why(signed(said(), OTHER)) == "signature"
    assert why(b".".join((head, signed(said(edition=8)).split(b".")[1], mark))) == "signature"
    assert why(b".".join((head, body, b""))) == "signature"
    assert why(json.dumps(said()).encode()) == "signature"
    assert why(b"") == "signature"
    assert why(b"\xff.\xff.\xff") == "signature"
    assert why(whole, source=Source(SOURCE.address, ())) == "signature"


def test_another_way_of_signing_is_refused() -> None:
    public = KEY.as_dict(private=False)
    shared = OctKey.import_key(json.dumps(public))
    assert why(signed(said(), shared, alg="HS256")) == "signature"
    assert why(signed(said(), typ="JWT")) == "signature", "a signature for something else"
    none = b"eyJhbGciOiJub25lIiwidHlwIjoic2VsZmNhcmUtcmVsZWFzZXMifQ." + signed(said()).split(b".")[1] + b"."
    assert why(none) == "signature"


def test_a_second_key_may_sign_while_keys_change() -> None:
    both = Source(SOURCE.address, (OTHER.as_dict(private=False), {"kty": "nonsense"}, KEY.as_dict(private=False)))
    assert read_list(signed(said()), both, NOW, 0).edition == 7


def test_an_older_edition_is_a_rollback() -> None:
    assert why(signed(said(edition=6)), edition=7) == "older"
    assert read_list(signed(said(edition=7)), SOURCE, NOW, 7).edition == 7


def test_an_expired_list_is_a_freeze() -> None:
    body = signed(said())
    assert why(body, now=datetime(2026, 12, 31, tzinfo=UTC)) == "expired"
    assert read_list(body, SOURCE, datetime(2026, 12, 30, 23, 59, tzinfo=UTC), 0).edition == 7


def test_a_list_from_the_future_or_for_years_is_refused() -> None:
    assert why(signed(said()), now=datetime(2026, 11, 29, tzinfo=UTC)) == "future"
    assert why(signed(said(expires="2036-12-31T00:00:00Z"))) == "shape"
    assert why(signed(said(expires="2026-11-30T00:00:00Z"))) == "shape"


@pytest.mark.parametrize(
    "changed",
    [
        {"format": 2},
        {"edition": "7"},
        {"edition": True},
        {"edition": 0},
        {"issued": "yesterday"},
        {"issued": "2026-12-01T00:00:00"},
        {"issued": 5},
        {"releases": {}},
        {"releases": [{}]},
        {"releases": ["0.9.0"]},
        {"releases": [{"version": "0.9", "day": "2026-11-01", "page": PAGE}]},
        {"releases": [{"version": "0.9.0", "day": "2026-13-01", "page": PAGE}]},
        {"releases": [{"version": "0.9.0", "day": "2026-11-01", "page": "http://versions.example/"}]},
        {"releases": [{"version": "0.9.0", "day": "2026-11-01", "page": "https://a@versions.example/"}]},
        {"releases": [{"version": "0.9.0", "day": "2026-11-01", "page": 5}]},
        {"releases": [{"version": 9, "day": "2026-11-01", "page": PAGE}]},
        {"releases": [{"version": "0.9.0", "day": "2026-11-01", "page": PAGE}] * 201},
    ],
)
def test_what_cannot_be_understood_is_refused_as_a_whole(changed: dict[str, Any]) -> None:
    assert why(signed(said(**changed))) == "shape"


def test_no_json_under_a_good_signature_is_refused_too() -> None:
    for payload in (b"", b"[]", b"{", b'{"format": 1, "format": 1}', b"[" * 100_000):
        assert why(signed(payload)) in {"shape", "signature"}, payload[:20]


def test_this_build_has_no_list_and_says_so() -> None:
    assert not read_source(resource("updates", "list.json").read_bytes()).is_there


def test_a_source_needs_an_address_that_may_be_asked_and_a_key() -> None:
    public = KEY.as_dict(private=False)
    for text, is_there in (
        ({"address": SOURCE.address, "keys": [public]}, True),
        ({"address": "http://versions.example/", "keys": [public]}, False),
        ({"address": SOURCE.address, "keys": []}, False),
        ({"address": 5, "keys": [public]}, False),
        ({}, False),
    ):
        assert read_source(json.dumps(text).encode()).is_there is is_there
    assert not read_source(b"nonsense").is_there


def test_it_is_fetched_from_a_real_server_and_says_nothing_about_the_customer() -> None:
    with publishing(200, signed(said())) as (source, server):
        assert read_list(fetch_list(source), source, NOW, 0).edition == 7
    assert [asked["path"] for asked in server.asked] == ["/list.jws"]
    assert set(server.asked[0]) <= {"path", "host", "accept", "accept-encoding", "connection", "user-agent"}


@pytest.mark.parametrize(
    ("status", "headers", "failure"),
    [
        (404, {}, NotAnAnswer),
        (302, {"Location": "https://elsewhere.example/"}, NotAnAnswer),
        (500, {}, Failure),
    ],
)
def test_anything_but_the_file_is_a_failure(status: int, headers: dict[str, str], failure: type[Failure]) -> None:
    with publishing(status, b"x", **headers) as (source, server), pytest.raises(failure):
        fetch_list(source)
    assert len(server.asked) == 1


def test_nobody_there_is_told_as_such() -> None:
    with publishing(200, b"") as (source, _server):
        pass
    with pytest.raises(Offline):
        fetch_list(source)


def test_a_day_of_slack_is_left_to_a_clock_that_is_slow() -> None:
    issued = datetime(2026, 12, 1, tzinfo=UTC)
    assert read_list(signed(said()), SOURCE, issued - timedelta(hours=23), 0).edition == 7
