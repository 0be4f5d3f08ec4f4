"""An operator that cannot be checked is told why, in words and not in the program's own."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.__main__ import main
from selfcare.api import profile as profile_module
from selfcare.api.trouble_words import describe
from selfcare.app.check_operator import PROBLEMS
from selfcare.app.profile_words import allowed
from selfcare.domain.failures import (
    BadCertificate,
    Failure,
    ListBroken,
    ListMissing,
    ListShort,
    NotAnAnswer,
    NotEncrypted,
    Offline,
    PaperTrouble,
    ServerTrouble,
    SignedOut,
    SignInFailed,
    TimedOut,
    TooLarge,
    TooOften,
)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TooOften(datetime(2026, 11, 30, tzinfo=UTC), 503), "answered 503: asks to wait"),
        (ServerTrouble(500), "answered 500"),
        (Offline(), "nobody answers there"),
        (NotAnAnswer("html"), "not an answer: a web page instead of JSON"),
        (
            NotAnAnswer("checksum"),
            "not an answer: it does not match its own checksum (Content-Digest, Digest, Content-MD5)",
        ),
        (ListShort("bill"), "X-Total-Count names more documents than come"),
        (ListBroken("bill"), "a page is missing, and the list may go on behind it"),
        (SignedOut(), "answered 401: the access token is not taken"),
        (TimedOut(), "no whole answer in time"),
        (TooLarge("list"), "more than is read: list"),
        (SignInFailed("pkce"), "nobody is signed in: the login server does not offer PKCE with S256"),
        (PaperTrouble("missing"), "no way that billPdf names leads to a PDF"),
        (PaperTrouble("not_pdf"), "what came is no PDF"),
        (ListMissing("bill"), "answered 404: no list is there"),
        (
            NotEncrypted(),
            "no https is spoken there (plain http is taken on this computer alone, with http:// before the address)",
        ),
        (BadCertificate(), "its certificate is out of date, for another name, or from nobody this computer trusts"),
    ],
)
def test_each_failure_has_its_words(failure: Failure, said: str) -> None:
    assert describe(failure) == said


def test_a_profile_that_nobody_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-operator", "http://127.0.0.1:9/nobody"]) == 2
    assert capsys.readouterr().err == "The profile cannot be read: nobody answers there.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b" " * (2 << 20), "this is far larger than a profile can be"),
        (json.dumps({"profile": "9"}).encode(), "this is missing"),
        (b"{", "this is no JSON"),
    ],
    ids=["large", "missing", "json"],
)
def test_a_profile_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes, said: str
) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(text)
    assert main(["check-operator", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("The profile cannot be used: ")
    assert said in told
    assert ": :" not in told


@pytest.mark.parametrize("kind", [NotAnAnswer, SignInFailed])
def test_every_reason_of_a_failure_has_its_words(kind: type[NotAnAnswer] | type[SignInFailed]) -> None:
    """The reasons stand in the failure's own description."""
    told = re.sub(r"\([^()]*\)", "", re.split(r"is one of:|`why`:", " ".join(str(kind.__doc__).split()))[1])
    for reason in re.findall(r"[a-z]+", told):
        assert not describe(kind(reason)).endswith(f": {reason}"), reason


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("apis.TMF678.maxLimit", "1 to 5000; The largest page the server gives (limit=)"),
        ("apis.TMF621.version", "one of v4, v5; Shape of the documents on the wire"),
        ("apis.TMF678.owner.value", "With {customerId}, {partyId} or {accountId} as place holders"),
        ("support.channels[0].kind", "one of phone, chat, email, post, shop, web"),
        ("extraHeaders.Cookie", "Headers sent with every API request"),
        ("auth.issuer", "https without user name, query or fragment"),
        ("auth.type", "oauth2-authorization-code-pkce"),
        ("exit.portCode.scheme", "one of PAC, STAC, RIO"),
        ("hosts[3]", "Further hosts (name, or name:port)"),
        ("nothing.here", ""),
        ("line 3", ""),
    ],
)
def test_what_may_stand_there_is_said(where: str, said: str) -> None:
    assert said in allowed(where)
    assert bool(allowed(where)) is bool(said)


def test_a_wrong_value_is_answered_with_what_is_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "profile.json"
    path.write_text('{\n"id": "No capitals"}'.replace("}", ', "name": 7}'), encoding="utf-8")
    assert main(["check-operator", str(path)]) == 2
    assert (
        "line 2, name: this is of a wrong type (The operator's name as customers know it: not blanks"
        in capsys.readouterr().err
    )
    assert main(["check-operator", str(tmp_path / "nowhere.json")]) == 2
    assert "nowhere.json: this file cannot be read" in capsys.readouterr().err


def test_every_problem_of_a_profile_has_its_words() -> None:
    source = Path(profile_module.__file__).read_text(encoding="utf-8")
    found = set(re.findall(r'ProfileError\([^,()]+(?:\([^()]*\))?, "([a-z]+)"', source))
    assert {"plain", "version"} <= found
    assert found <= PROBLEMS.keys()
