"""A profile before it is taken: its line of a mistake, its changes, its signature, and the operators that are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from selfcare.api import finding
from selfcare.api.client import Wire
from selfcare.api.json_places import line_of
from selfcare.api.known_operators import KnownOperator, looks_like, read_known, take_profile
from selfcare.api.profile import read_profile
from selfcare.api.profile_changes import Place, changes_between, foreign_places, shown_host
from selfcare.domain.failures import NotAnAnswer, ProfileError, TooLarge
from selfcare.sandbox.brands import BRANDS
from selfcare.sandbox.people import PEOPLE
from selfcare.sandbox.profile import profile_of
from selfcare.sandbox.v5 import versions_of
from tests.samples import TODAY

ISSUER = "https://id.orvane.example/orvane-gb"


def profile(tmf: str = "v4", **changes: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(profile_of(BRANDS["orvane-gb"], ISSUER, TODAY, versions_of(tmf)))), **changes}


def text_of(document: dict[str, Any]) -> bytes:
    return json.dumps(document, indent=1).encode()


def changed(**apis: Any) -> bytes:
    document = profile()
    for api, fields in apis.items():
        document["apis"][api] = fields if fields is None else document["apis"][api] | fields
    return text_of(document)


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        (changed(TMF678={"baseUrl": "http://api.orvane.example/bills"}), "apis.TMF678.baseUrl", "plain"),
        (changed(TMF621={"version": "v6"}), "apis.TMF621.version", "version"),
        (changed(TMF621={"maxLimit": 0}), "apis.TMF621.maxLimit", "value"),
        (changed(TMF621={"maxLimit": "many"}), "apis.TMF621.maxLimit", "type"),
        (changed(TMF621={"patch": ["text/plain"]}), "apis.TMF621.patch[0]", "value"),
        (changed(TMF621={"resources": {"troubleTicket": "a/b"}}), "apis.TMF621.resources.troubleTicket", "value"),
        (changed(TMF621={"extraHeaders": {"Cookie": "x"}}), "apis.TMF621.extraHeaders.Cookie", "value"),
        (changed(TMF621={"states": {"Parked": "parkd"}}), "apis.TMF621.states.Parked", "value"),
        (changed(TMF638={"states": {"Up": "active"}}), "apis.TMF638.states.Up", "value"),
        (text_of(profile(branding={"logo": "data:image/svg+xml;base64,PHN2Zz4="})), "branding.logo", "value"),
        (text_of(profile(branding={"logo": "data:image/png;base64,PHN2Zz4="})), "branding.logo", "value"),
        (text_of(profile(branding={"colour": "red"})), "branding.colour", "value"),
        (text_of(profile(languages=["English!"])), "languages[0]", "value"),
        (text_of(profile(auth={"issuer": "http://login.example", "clientId": "x"})), "auth.issuer", "plain"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: bytes, where: str, problem: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read_profile(text)
    assert (caught.value.where, caught.value.problem) == (where, problem)
    name, bracket, _ = where.rpartition(".")[2].partition("[")
    assert f'"{name}"' in text.decode().splitlines()[caught.value.line - (2 if bracket else 1)]


def test_the_line_of_what_is_not_there_is_that_of_what_holds_it() -> None:
    text = '{\n "a": {\n  "b": [1,\n   {"c.d": "}\\""}]\n }\n}'
    assert [line_of(text, where) for where in ("a", "a.b", "a.b[1].c.d", "a.x", "x")] == [2, 3, 4, 2, 1]


def test_every_knob_is_read() -> None:
    logo = "data:image/png;base64,iVBORw0KGgo="
    document = profile(languages=["en-GB", "cy"], branding={"name": "Orvane", "colour": "#0b6e6e", "logo": logo})
    document["apis"]["TMF621"] |= {"extraHeaders": {"X-Key": "1"}, "states": {"Parked": "held"}}
    found = read_profile(text_of(document))
    assert found.languages == ("en-GB", "cy")
    assert found.logo.startswith(b"\x89PNG")
    assert found.brand == "Orvane"
    entry = found.apis["TMF621"]
    assert entry is not None
    assert entry.extra_headers == {"X-Key": "1"}
    assert entry.states == {"Parked": "held"}
    assert found.honours.owner_filter
    assert found.honours.retry_after


def test_a_version_that_changed_overnight_is_shown_but_is_nothing_grave() -> None:
    found = changes_between(read_profile(text_of(profile())), read_profile(text_of(profile("v5"))))
    ticket = {change.where: (change.before, change.after) for change in found if change.where.startswith("apis.TMF621")}
    assert ticket["apis.TMF621.version"] == ("v4", "v5")
    assert not any(change.is_grave for change in found)
    assert changes_between(read_profile(text_of(profile())), read_profile(text_of(profile()))) == ()


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (profile(auth={"issuer": "https://evil.example", "clientId": "selfcare-desktop"}), "issuer"),
        (profile(hosts=["evil.example"]), "hosts"),
        (profile(extraHeaders={"X-Key": "other"}), "extra_headers.X-Key"),
        (json.loads(changed(TMF678={"baseUrl": "https://evil.example/bills"})), "apis.TMF678.base_url"),
    ],
)
def test_what_leads_elsewhere_is_grave_and_comes_first(document: dict[str, Any], where: str) -> None:
    first = changes_between(read_profile(text_of(profile())), read_profile(text_of(document)))[0]
    assert first.where == where
    assert first.is_grave


def test_an_api_that_goes_or_comes_is_one_change() -> None:
    before, after = read_profile(text_of(profile())), read_profile(changed(TMF656=None))
    assert [(c.where, c.before, c.after) for c in changes_between(before, after)] == [("apis.TMF656", "v4", "")]
    assert [(c.where, c.before, c.after) for c in changes_between(after, before)] == [("apis.TMF656", "", "v4")]


def test_hosts_beside_the_operators_own_are_named() -> None:
    found = read_profile(changed(TMF678={"baseUrl": "https://bills.example/v4"}))
    assert foreign_places(found, "id.orvane.example") == (Place("bills.example", ("TMF678",)),)
    assert foreign_places(read_profile(text_of(profile())), ISSUER) == ()
    spared = read_profile(text_of(profile(hosts=["files.example:8443"])))
    assert foreign_places(spared, ISSUER) == (Place("files.example:8443", is_spare=True),)


def test_a_login_elsewhere_comes_first_and_a_file_comes_from_nowhere() -> None:
    login = {"issuer": "https://zz.example", "clientId": "selfcare-desktop"}
    found = foreign_places(read_profile(text_of(profile(auth=login))), ISSUER)
    assert found == (Place("zz.example", is_login=True),)
    every = foreign_places(read_profile(text_of(profile())), "")
    assert [place.host for place in every if place.is_login] == [shown_host(ISSUER)]
    assert {api for place in every for api in place.apis} == {api for api, entry in profile()["apis"].items() if entry}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://care.example", "care.example"),
        ("https://care.example:8443/x", "care.example:8443"),
        ("http://127.0.0.1:9", "127.0.0.1:9"),
        ("http://[::1]/", "[::1]"),
        ("ftp://care.example", ""),
    ],
)
def test_a_server_is_shown_as_people_write_it(url: str, host: str) -> None:
    assert shown_host(url) == host


KEY = ECKey.generate_key("P-256", {"kid": "2026"})
OTHER = ECKey.generate_key("P-256", {"kid": "2026"})
PUBLIC = KEY.as_dict(private=False)
KNOWN = (KnownOperator("orvane-gb", "Orvane Mobile", "GB", ISSUER, (PUBLIC,)),)


def signed(text: bytes, key: ECKey = KEY) -> bytes:
    return jws.serialize_compact({"alg": "ES256", "kid": "2026"}, text, key, algorithms=["ES256"]).encode()


def test_a_signed_profile_of_a_known_operator_is_taken() -> None:
    found, plain, is_signed = take_profile(signed(text_of(profile())), KNOWN)
    assert is_signed
    assert plain == text_of(profile())
    assert found == read_profile(plain)


def test_blanks_around_a_signed_profile_say_nothing() -> None:
    assert take_profile(b" \r\n" + signed(text_of(profile())) + b"\n", KNOWN)[2]


def test_without_a_known_key_a_signature_says_nothing() -> None:
    found, _, is_signed = take_profile(signed(text_of(profile()), OTHER))
    assert not is_signed
    assert found.id == "orvane-gb"
    assert take_profile(text_of(profile()))[2] is False


def tampered() -> bytes:
    head, _, mark = signed(text_of(profile())).split(b".")
    body = signed(text_of(profile(hosts=["evil.example"]))).split(b".")[1]
    return b".".join((head, body, mark))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (tampered(), "signature"),
        (signed(text_of(profile()), OTHER), "signature"),
        (text_of(profile()), "missing"),
        (text_of(profile(id="other", name="ORVANE MOBILE")), "missing"),
        (b"eyJhbGciOiJub25lIn0." + signed(text_of(profile())).split(b".")[1] + b".", "signature"),
        (b"eyJ.broken", "signature"),
    ],
)
def test_a_profile_that_the_key_did_not_sign_is_refused(text: bytes, problem: str) -> None:
    with pytest.raises(ProfileError) as caught:
        take_profile(text, KNOWN, "https://id.orvane.example")
    assert (caught.value.where, caught.value.problem) == ("signature", problem)


@pytest.mark.parametrize(
    "name",
    [
        "orvane  MOBILE",
        "Orvane\u00a0Mobile",
        "\u041erv\u0430ne Mobile",
        "Orvane-Mobile\u200b",
        "Orvane MobiIe",
        "Orvane Mobi|e",
        "Orvane Mob\u0131le",
        "Orva\u0274e Mobile",
        "\u0555rvane Mobile",
    ],
)
def test_a_name_that_reads_the_same_is_the_same(name: str) -> None:
    for claimed in (profile(id="other", name=name), profile(id="other", name="Zed", branding={"name": f" {name} "})):
        with pytest.raises(ProfileError) as caught:
            take_profile(text_of(claimed), KNOWN)
        assert (caught.value.where, caught.value.problem) == ("signature", "missing")


def test_names_that_no_reader_takes_for_each_other_are_two() -> None:
    assert looks_like("Modern Wave", "Modem VVave")
    assert not looks_like("MOBIIE", "Mobile")
    assert not looks_like("Orvane Mobile", "Orvane")
    assert not looks_like("\u4e2d\u56fd", "\u65e5\u672c")
    assert not looks_like("!!", "??")


@pytest.mark.parametrize("address", [f"{ISSUER}:443", f"{ISSUER.upper()}/far/below", ISSUER.partition("//")[2]])
def test_a_known_operator_is_known_by_its_server_however_it_is_typed(address: str) -> None:
    with pytest.raises(ProfileError) as caught:
        take_profile(text_of(profile(id="other", name="Something else")), KNOWN, address)
    assert caught.value.where == "signature"


def listed(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"operators": rows}).encode()


ROW = {"id": "a", "name": "Orvane", "country": "GB", "address": "https://orvane.example"}


def test_two_operators_of_one_name_are_refused() -> None:
    assert len(read_known(listed(ROW, ROW | {"id": "b", "country": "FR"}))) == 2
    for twin in (ROW | {"id": "b", "name": "ORVANE"}, ROW | {"id": "b", "name": "Or-vane"}, ROW | {"name": "Other"}):
        with pytest.raises(ProfileError):
            read_known(listed(ROW, twin))
    with pytest.raises(ProfileError):
        read_known(listed(ROW | {"address": "http://orvane.example"}))
    with pytest.raises(ProfileError):
        read_known(listed(ROW | {"address": ""}))


def test_the_list_of_this_program_holds_made_up_operators_alone() -> None:
    known = read_known((Path(__file__).parents[3] / "resources" / "api" / "operators.json").read_bytes())
    assert [one.id for one in known] == list(BRANDS)
    for one in known:
        assert (one.name, one.country, one.address) == (BRANDS[one.id].name, BRANDS[one.id].country, "")
        assert PEOPLE[one.demo][0] == one.id


def streamed(content: bytes, kind: str) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(content), headers={"content-type": kind})


def answering(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response) -> None:
    class Answering(Wire):
        def __init__(self, origins: object) -> None:
            super().__init__(origins, transport=httpx.MockTransport(lambda request: answer))  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "Wire", Answering)


def test_a_profile_at_plain_http_is_not_asked_for() -> None:
    with pytest.raises(NotAnAnswer):
        finding.fetch_profile("http://orvane.example")


def test_a_profile_that_leads_to_another_host_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, httpx.Response(302, headers={"location": "https://evil.example/"}))
    with pytest.raises(NotAnAnswer):
        finding.fetch_profile("https://orvane.example")


def test_a_huge_profile_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, streamed(b"x" * (1 << 21), "application/json"))
    with pytest.raises(TooLarge):
        finding.fetch_profile("https://orvane.example")


def test_a_signed_profile_is_fetched_too(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = signed(text_of(profile()))
    answering(monkeypatch, streamed(packed, "application/jose"))
    assert take_profile(finding.fetch_profile("https://orvane.example"), KNOWN)[2]


@pytest.mark.parametrize("kind", ["text/plain; charset=utf-8", "application/octet-stream", "", "application/json"])
def test_a_profile_is_read_as_plain_web_servers_give_it(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    answering(monkeypatch, streamed(b"\xef\xbb\xbf" + text_of(profile()), kind))
    assert take_profile(finding.fetch_profile("https://orvane.example"))[0].id == "orvane-gb"
    if kind != "application/json":
        answering(monkeypatch, streamed(signed(text_of(profile())), kind))
        assert take_profile(finding.fetch_profile("https://orvane.example"), KNOWN)[2]
    answering(monkeypatch, streamed(b"<html>Please sign in</html>", kind))
    with pytest.raises(NotAnAnswer):
        finding.fetch_profile("https://orvane.example")
