"""An operator profile is read whole, or the mistake in it is named exactly."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.api.addresses import allowed_origins, is_allowed, origin_of
from selfcare.api.profile import read_profile
from selfcare.domain.failures import ProfileError
from selfcare.domain.support import ChannelKind, Hours

SCHEMA = Path(__file__).parents[3] / "resources/api/operator-profile.schema.json"

GOOD: dict[str, Any] = {
    "id": "example-gb",
    "name": "Example Mobile",
    "country": "GB",
    "timezone": "Europe/London",
    "currency": "GBP",
    "auth": {
        "type": "oauth2-authorization-code-pkce",
        "issuer": "https://id.example.net/gb",
        "clientId": "selfcare-desktop",
        "redirectPath": "/callback",
        "scopes": ["openid", "offline_access"],
    },
    "hosts": ["files.example.net"],
    "extraHeaders": {"X-API-Key": "abc", "x-country-code": "GB"},
    "apis": {
        "TMF678": {
            "version": "v4",
            "baseUrl": "https://api.example.net/tmf-api/customerBillManagement/v4/",
            "owner": {"param": "relatedParty.id", "value": "{customerId}"},
            "maxLimit": 250,
            "billPdf": ["embedded", "href", "template:https://api.example.net/invoice/{billId}"],
        },
        "TMF621": {"version": "v5", "baseUrl": "https://api.example.net/ticket", "owner": None, "somethingNew": 1},
        "TMF622": {"version": "v4", "baseUrl": "https://api.example.net/orders", "owner": None},
        "TMF651": None,
    },
    "exit": {
        "portCode": {"scheme": "PAC", "via": "TMF622", "orderCategory": "portOutCode", "hours": 2},
        "unlock": {"via": "TMF621", "ticketType": "handsetUnlock", "hours": 48},
        "notice": None,
    },
    "honours": {"idempotencyKeyHours": 24, "externalIdFilter": True, "listEtag": True},
    "support": {
        "channels": [
            {
                "kind": "phone",
                "name": "Customer care",
                "address": "+44 20 7946 0000",
                "hours": [{"days": ["mon", "fri"], "opens": "08:00", "closes": "24:00"}],
                "purpose": "everything",
            }
        ],
        "asOf": "2026-11-01",
    },
    "branding": {"colour": "#2A6F97"},
    "unknownToUs": {"kept": False},
}


def changed(path: str, value: object) -> bytes:
    whole = deepcopy(GOOD)
    at: Any = whole
    *parts, last = path.split("/")
    for part in parts:
        at = at[int(part) if isinstance(at, list) else part]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return json.dumps(whole, indent=1).encode()


def test_a_whole_profile_is_read() -> None:
    profile = read_profile(json.dumps(GOOD).encode())
    bills = profile.apis["TMF678"]
    assert bills is not None
    assert bills.base_url == "https://api.example.net/tmf-api/customerBillManagement/v4"
    assert (bills.owner_param, bills.owner_value, bills.page_size) == ("relatedParty.id", "{customerId}", 250)
    assert profile.apis["TMF621"] is not None
    assert profile.apis["TMF621"].owner_param == ""
    assert profile.offers("TMF678")
    assert not profile.offers("TMF651")
    assert not profile.offers("TMF676")
    assert profile.redirect_path == "/callback"
    assert profile.exit["portCode"].category == "portOutCode"
    assert profile.exit["unlock"].category == "handsetUnlock"
    assert "notice" not in profile.exit
    assert profile.honours.key_life == timedelta(hours=24)
    assert profile.support is not None
    channel = profile.support.channels[0]
    assert channel.kind is ChannelKind.PHONE
    assert channel.hours == (Hours(0, time(8), time(0)), Hours(4, time(8), time(0)))
    assert profile.support.as_of == date(2026, 11, 1)
    assert read_profile(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()) == profile


def test_a_way_out_through_what_is_not_offered_is_none() -> None:
    assert set(read_profile(changed("apis/TMF622", None)).exit) == {"unlock"}
    assert set(read_profile(changed("apis/TMF621", None)).exit) == {"portCode"}


def test_an_american_carrier_may_say_that_its_code_is_a_transfer_pin() -> None:
    said = changed("exit/portCode/scheme", "PIN")
    assert read_profile(said).exit["portCode"].scheme == "PIN"
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(json.loads(said))


def test_the_example_agrees_with_the_published_schema() -> None:
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(GOOD)


def test_known_problems_are_open_only_where_the_profile_says_so() -> None:
    entry = {"baseUrl": "https://api.example.net/problems"}
    said = changed("apis/TMF656", {**entry, "withoutSignIn": True})
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes())).validate(json.loads(said))
    assert read_profile(said).is_open("TMF656")
    assert not read_profile(changed("apis/TMF656", entry)).is_open("TMF656")
    assert not read_profile(changed("apis/TMF656", None)).is_open("TMF656")
    assert not read_profile(json.dumps(GOOD).encode()).is_open("TMF656")


@pytest.mark.parametrize(("said", "kept"), [(0, 0), (90, 90), (86_400, 86_400), (-1, None), (86_401, None)])
def test_how_late_lists_may_be_is_stated(said: int, kept: int | None) -> None:
    profile = changed("honours", {"listedAfterSeconds": said})
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    assert schema.is_valid(json.loads(profile)) == (kept is not None)
    if kept is None:
        with pytest.raises(ProfileError) as caught:
            read_profile(profile)
        assert (caught.value.where, caught.value.problem) == ("honours.listedAfterSeconds", "value")
        return
    assert read_profile(profile).honours.listed_after == timedelta(seconds=kept)


def test_only_what_is_needed_must_be_there() -> None:
    small = {k: GOOD[k] for k in ("id", "name", "country", "timezone", "currency", "auth", "apis")}
    profile = read_profile(json.dumps(small).encode())
    assert profile.support is None
    assert profile.honours.key_life is None


WRONG = [
    ("id", "Example GB", "id", "value"),
    ("id", ..., "id", "missing"),
    ("name", 7, "name", "type"),
    ("name", " ", "name", "value"),
    ("country", "UK ", "country", "value"),
    ("timezone", "Europe/Londinium", "timezone", "value"),
    ("timezone", "../../etc/passwd", "timezone", "value"),
    ("currency", "pounds", "currency", "value"),
    ("auth", ..., "auth", "missing"),
    ("auth/issuer", ..., "auth.issuer", "missing"),
    ("auth/issuer", "http://id.example.net", "auth.issuer", "plain"),
    ("auth/issuer", "https://user@id.example.net", "auth.issuer", "value"),
    ("auth/redirectPath", "//evil.example?x", "auth.redirectPath", "value"),
    ("auth/type", "password", "auth.type", "value"),
    ("apis/TMF678/baseUrl", ..., "apis.TMF678.baseUrl", "missing"),
    ("apis/TMF678/baseUrl", "ftp://api.example.net", "apis.TMF678.baseUrl", "value"),
    ("apis/TMF678/maxLimit", "100", "apis.TMF678.maxLimit", "type"),
    ("apis/TMF678/maxLimit", 0, "apis.TMF678.maxLimit", "value"),
    ("apis/TMF678/version", "v9", "apis.TMF678.version", "version"),
    ("apis/TMF678/owner", {"param": "x"}, "apis.TMF678.owner.value", "missing"),
    ("apis/TMF678/owner/value", "{customerID}", "apis.TMF678.owner.value", "value"),
    ("apis/TMF678/owner/value", "{customerId", "apis.TMF678.owner.value", "value"),
    ("apis/TMF678/billPdf", ["embedded", "guess"], "apis.TMF678.billPdf[1]", "value"),
    ("apis/TMF621/patch", ["text/plain"], "apis.TMF621.patch[0]", "value"),
    ("apis/TMF621/withoutSignIn", True, "apis.TMF621.withoutSignIn", "value"),
    ("apis/bills", None, "apis", "value"),
    ("hosts", ["https://x.example"], "hosts[0]", "value"),
    ("extraHeaders/Authorization", "Bearer x", "extraHeaders.Authorization", "value"),
    ("extraHeaders/X-API-Key", "a\r\nb: c", "extraHeaders.X-API-Key", "value"),
    ("exit/unlock/via", "fax", "exit.unlock.via", "value"),
    ("exit/portCode/scheme", "XYZ", "exit.portCode.scheme", "value"),
    ("honours/idempotencyKeyHours", 0, "honours.idempotencyKeyHours", "value"),
    ("support/channels/0/kind", "pigeon", "support.channels[0].kind", "value"),
    ("support/channels/0/name", ..., "support.channels[0].name", "missing"),
    ("support/channels/0/hours/0/opens", "8 am", "support.channels[0].hours[0].opens", "value"),
    ("support/asOf", "yesterday", "support.asOf", "value"),
    ("name", "Orv\u202eane", "name", "value"),
    ("name", "Orv\x9b31mane", "name", "value"),
    ("name", "Orv\x7fane", "name", "value"),
    ("branding/name", "Orv\u2066ane", "branding.name", "value"),
    ("branding/colour", "red", "branding.colour", "value"),
]


@pytest.mark.parametrize(("path", "value", "where", "problem"), WRONG)
def test_a_mistake_is_named_by_its_field(path: str, value: object, where: str, problem: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(changed(path, value))
    assert (caught.value.where, caught.value.problem) == (where, problem)


def test_a_mistake_in_the_json_is_named_by_its_line() -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(b'{\n "id": "x",\n "name" "y"\n}')
    assert (caught.value.where, caught.value.problem) == ("line 3", "json")
    with pytest.raises(ProfileError) as caught:
        read_profile(b'{\n "id": "x",\n')
    assert caught.value.problem == "json"


def test_what_is_no_profile_at_all() -> None:
    for text in (b"", b"[]", b"<html>", "{}".encode("utf-16"), b"[" * 100_000, b" " * (2 << 20)):
        with pytest.raises(ProfileError):
            read_profile(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    with pytest.raises(ProfileError):
        read_profile(text)


def test_the_token_goes_only_to_the_operators_own_origins() -> None:
    origins = allowed_origins(read_profile(json.dumps(GOOD).encode()))
    assert origins == {
        "https://id.example.net:443",
        "https://api.example.net:443",
        "https://files.example.net:443",
    }
    assert is_allowed("https://API.example.net/x", origins)
    for url in (
        "https://api.example.net.evil.example/x",
        "https://api.example.net@evil.example/x",
        "http://api.example.net/x",
        "https://api.example.net:8443/x",
        "//api.example.net/x",
        "https://api.exam\u0440le.net/x",
        "https://api.example.net\\@evil.example/",
        "file:///etc/passwd",
        "",
    ):
        assert not is_allowed(url, origins), url


def test_plain_http_is_for_this_computer_alone() -> None:
    assert origin_of("http://127.0.0.1:8080/x") == "http://127.0.0.1:8080"
    assert origin_of("http://[::1]:1/") == "http://[::1]:1"
    assert origin_of("http://localhost/") == ""
    assert origin_of("http://127.0.0.1.evil.example/") == ""
    assert origin_of("https://x:99999/") == ""


STRANGE = {
    "apis.TMF678.billPdf": ["template:http://files.example/{billId}"],
    "apis.TMF678.baseUrl": "https://[2001:db8::1]/bills",
    "apis.TMF678.withoutSignIn": True,
    "apis.TMF678.extraHeaders": {"AUTHORIZATION": "Basic x"},
    "apis.TMF621.baseUrl": "https://b\u00fccher.example/v4",
    "extraHeaders": {"cOOkie": "a=b"},
    "apis.TMF621.extraHeaders": {"iF-match": "x"},
    "apis.TMF683.extraHeaders": {"Cache-Control": "no-store"},
    "name": " \t",
    "branding.name": "Orvane\u202e",
    "auth.issuer": "https://me@id.example",
}
FINE = {
    "apis.TMF678.billPdf": ["template:https://files.example:8443/{billId}?as=pdf", "template:http://127.0.0.1:1/x"],
    "apis.TMF678.baseUrl": "http://[::1]:8080/a@b",
    "apis.TMF656": {"baseUrl": "https://api.example/problems", "withoutSignIn": True},
    "apis.TMF678.extraHeaders": {"X-Authorization": "x", "Accept-Language": "en", "X-If-Match": "x"},
    "name": "Orv\u00e4ne \u79fb\u52d5",
}


@pytest.mark.parametrize(("changes", "is_good"), [(STRANGE, False), (FINE, True)])
def test_the_published_schema_and_the_reader_agree(changes: dict[str, object], is_good: bool) -> None:
    schema = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_bytes()))
    for path, value in changes.items():
        said = json.loads(json.dumps(GOOD))
        inner, steps = said, path.split(".")
        for step in steps[:-1]:
            inner = inner.setdefault(step, {"baseUrl": "https://api.example/x"})
        inner[steps[-1]] = value
        try:
            read_profile(json.dumps(said).encode())
            is_read = True
        except ProfileError:
            is_read = False
        assert (schema.is_valid(said), is_read) == (is_good, is_good), path


@pytest.mark.parametrize(
    ("path", "line"), [("apis.TMF678.baseUrl", 4), ("auth.issuer", 4), ("name", 4), ("unknown.deep.x", 4)]
)
def test_a_key_that_stands_twice_is_named_with_its_line(path: str, line: int) -> None:
    *above, name = path.split(".")
    whole = json.dumps(GOOD, indent=None)
    twins = f'"{name}": "https://a.example",\n\n\n"{name}": "https://b.example"'
    if path == "unknown.deep.x":
        text = whole[:-1] + f', "unknown": {{"more": [{{"x": 1}}, {{"x": 2}}], "deep": {{{twins}}}}}}}'
    elif not above:
        text = "{" + twins + ", " + whole[1:].replace(f'"{name}": ', '"other": ', 1)
    else:
        text = whole.replace(f'"{above[-1]}": {{', f'"{above[-1]}": {{{twins}, ', 1)
    with pytest.raises(ProfileError) as caught:
        read_profile(text.encode())
    assert (caught.value.where, caught.value.problem, caught.value.line) == (path, "twice", line)
