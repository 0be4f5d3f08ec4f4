"""The door to the network: allowed addresses only, nothing followed, every trouble has its type."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx
import pytest

from selfcare.api import client
from selfcare.api.client import Reply, Request, Wire
from selfcare.api.replies import error_of, failure_of, require_json, require_success, retry_at
from selfcare.domain.failures import (
    Failure,
    NotAnAnswer,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooLarge,
    TooOften,
)

HOME = "https://api.example.net"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def answered(status: int, body: bytes = b"", headers: object = None) -> httpx.Response:
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))  # type: ignore[arg-type]


def wire(answer: Callable[[httpx.Request], httpx.Response]) -> Wire:
    return Wire({f"{HOME}:443"}, transport=httpx.MockTransport(answer))


def reply(status: int, body: bytes = b"", **headers: str) -> Reply:
    return Reply(status, {k.replace("_", "-"): v for k, v in headers.items()}, body, NOW)


def test_an_answer_comes_back_whole() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        headers = [("X-Total-Count", "2"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Content-Encoding", "gzip")]
        return answered(200, gzip.compress(b"[1]"), headers)

    got = wire(answer).send(Request("GET", f"{HOME}/x?a=b", {"accept": "application/json"}))
    assert (got.status, got.body, got.is_success) == (200, b"[1]", True)
    assert got.headers["x-total-count"] == "2"
    assert got.headers["set-cookie"] == "a=1\nb=2"
    assert seen[0].headers["accept-encoding"] == "gzip"
    assert seen[0].headers["user-agent"].startswith("Selfcare/")
    assert "cookie" not in seen[0].headers


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/x",
        "http://api.example.net/x",
        "https://api.example.net:444/",
        "https://u@api.example.net/",
    ],
)
def test_other_addresses_are_never_asked(url: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "foreign"):
        wire(answer).send(Request("GET", url))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return answered(status, b"", {"location": "https://evil.example/"})

    with pytest.raises(NotAnAnswer, check=lambda e: e.what == "redirect"):
        wire(answer).send(Request("GET", f"{HOME}/x"))
    assert wire(answer).send(Request("GET", f"{HOME}/x", takes_redirect=True)).status == status
    assert asked == [f"{HOME}/x"] * 2


def test_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        wire(lambda _: answered(200, b"x" * 101)).send(Request("GET", HOME, cap=100))
    with pytest.raises(TooLarge):
        wire(lambda _: answered(200, b"", {"x": "y" * 70_000})).send(Request("GET", HOME))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), Offline),
        (httpx.ConnectTimeout("slow"), Offline),
        (httpx.ReadTimeout("slow"), TimedOut),
        (httpx.WriteError("gone"), TimedOut),
        (httpx.ReadError("reset"), NotAnAnswer),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), NotAnAnswer),
        (httpx.RemoteProtocolError("illegal status line"), NotAnAnswer),
    ],
)
def test_every_trouble_of_the_wire_has_its_type(error: Exception, expected: type[Failure]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(expected):
        wire(answer).send(Request("POST", f"{HOME}/x", body=b"{}"))


@pytest.mark.parametrize(("method", "asked"), [("GET", 2), ("POST", 1)])
def test_a_dropped_connection_is_tried_again_for_reading_only(method: str, asked: int) -> None:
    count: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        count.append(1)
        if len(count) == 1:
            raise httpx.ReadError("reset")
        return answered(200, b"{}")

    if method == "GET":
        assert wire(answer).send(Request(method, f"{HOME}/x")).status == 200
    else:
        with pytest.raises(NotAnAnswer, check=lambda e: e.what == "closed"):
            wire(answer).send(Request(method, f"{HOME}/x"))
    assert len(count) == asked


class _Broken(httpx.SyncByteStream):
    def __init__(self, error: Exception) -> None:
        self.error = error

    def __iter__(self) -> Iterator[bytes]:
        yield b"["
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [(httpx.RemoteProtocolError("incomplete"), NotAnAnswer), (httpx.ReadTimeout("slow"), TimedOut)],
)
def test_a_body_that_breaks_off(error: Exception, expected: type[Failure]) -> None:
    with pytest.raises(expected):
        wire(lambda _: httpx.Response(200, stream=_Broken(error))).send(Request("GET", f"{HOME}/x"))


def said(status: int, body: bytes, kind: str = "application/json") -> Reply:
    return reply(status, body, content_type=kind)


@pytest.mark.parametrize(
    ("got", "failure"),
    [
        (reply(200), None),
        (reply(206), None),
        (reply(304), NotAnAnswer("shape")),
        (reply(302), NotAnAnswer("redirect")),
        (reply(401), SignedOut()),
        (said(403, b'{"code": "60", "reason": "Not yours"}'), Refused(403, "Not yours", "60")),
        (said(409, b'{"detail": [{"msg": "no"}]}', "application/problem+json"), Refused(409, "no", "")),
        (said(422, b'{"message": "bad", "errors": []}'), Refused(422, "bad")),
        (said(400, b'{"error": "invalid_request", "error_description": "x"}'), Refused(400, "x", "invalid_request")),
        (said(404, b"", "application/json;charset=utf-8"), Refused(404)),
        (said(404, b"<html>"), NotAnAnswer("html")),
        (said(404, b"{half"), NotAnAnswer("html")),
        (said(404, b"[" * 9999), NotAnAnswer("html")),
        (said(404, b'"no"'), NotAnAnswer("html")),
        (said(403, b"<html>", "text/html"), NotAnAnswer("html")),
        (said(403, b'{"code": "60", "reason": "no"}', "text/html"), NotAnAnswer("html")),
        (said(413, b"", ""), NotAnAnswer("html")),
        (said(407, b'{"code": "60", "reason": "no"}'), NotAnAnswer("html")),
        (reply(429), TooOften(None, 429)),
        (reply(408), TooOften(None, 408)),
        (reply(503), ServerTrouble(503)),
        (reply(503, retry_after="30"), TooOften(NOW + timedelta(seconds=30), 503)),
        (reply(500), ServerTrouble(500)),
        (reply(511, b"<html>"), NotAnAnswer("html")),
    ],
)
def test_what_a_status_means(got: Reply, failure: Failure | None) -> None:
    assert failure_of(got) == failure
    if failure is not None:
        with pytest.raises(type(failure)):
            require_success(got)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("1000000000", 86400),
        ("99999999999999", None),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("Sat, 21 Nov 2026 13:00:00 GMT", 3600),
        ("Sat, 21 Nov 2020 13:00:00 GMT", 0),
        ("Fri, 21 Nov 2036 13:00:00 GMT", 86400),
        ("Sat, 99 Nov 2026 13:00:00 GMT", None),
    ],
)
def test_retry_after(said: str, seconds: int | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert retry_at(reply(429, retry_after=said)) == expected


def test_retry_after_goes_by_the_servers_clock() -> None:
    got = reply(503, retry_after="Tue, 01 Jan 2030 00:01:00 GMT", date="Tue, 01 Jan 2030 00:00:00 GMT")
    assert retry_at(got) == NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "body", "what"),
    [
        ("application/json", b"[]", None),
        ("application/json;charset=utf-8", b"[]", None),
        ("Application/Problem+JSON", b"{}", None),
        ("application/json", b"<!doctype html>", "html"),
        ("text/html", b"[]", "html"),
        ("text/plain", b"[]", "type"),
        ("", b"[]", "type"),
        ("application/json; charset=utf-16", b"[]", "charset"),
        ("application/json", b"", "truncated"),
    ],
)
def test_only_what_calls_itself_json_is_taken_for_it(kind: str, body: bytes, what: str | None) -> None:
    got = reply(200, body, content_type=kind)
    if what is None:
        assert require_json(got) == body
    else:
        with pytest.raises(NotAnAnswer) as caught:
            require_json(got)
        assert caught.value.what == what


def test_the_mark_before_utf8_is_no_part_of_an_answer() -> None:
    marked = b"\xef\xbb\xbf"
    assert require_json(reply(200, marked + b"[]", content_type="application/json")) == b"[]"
    no = reply(404, marked + b'{"code": "60", "reason": "None"}', content_type="application/json")
    assert error_of(no) == ("60", "None")
    assert failure_of(no) == Refused(404, "None", "60")


def test_an_operators_reason_is_plain_text_and_not_endless() -> None:
    code, reason = error_of(reply(400, b'{"code": 17, "reason": "a\\u0007b' + b"x" * 9000 + b'"}'))
    assert code == "17"
    assert len(reason) == 500
    assert reason.startswith("a\ufffdb")
    assert error_of(reply(400, b"[" * 9999)) == ("", "")


def test_nothing_secret_shows() -> None:
    request = Request("GET", f"{HOME}/x", {"authorization": "Bearer secret"}, b"secret")
    assert "secret" not in repr(request)
    assert "secret" not in repr(reply(200, b"secret", x="secret"))


@pytest.mark.parametrize(
    ("wall", "steady", "known"), [(3600, 3600, True), (3600, 3570, True), (3600, 3, False), (-600, 3, False)]
)
def test_the_operators_time_is_known_until_our_clock_is_set(
    monkeypatch: pytest.MonkeyPatch, wall: float, steady: float, known: bool
) -> None:
    """Set, or asleep: then it must be heard anew before anything is decided by it."""
    began, at = 1000.0, datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    clock = SimpleNamespace(now=at, steady=began)
    monkeypatch.setattr(client, "datetime", SimpleNamespace(now=lambda _zone: clock.now))
    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: clock.steady))
    told = {"date": "Sat, 21 Nov 2026 12:00:00 GMT", "content-type": "application/json"}
    door = wire(lambda _request: answered(200, b"{}", told))
    assert door.ahead is None
    door.send(Request("GET", f"{HOME}/x"))
    assert door.ahead == timedelta(hours=2)
    clock.now, clock.steady = at + timedelta(seconds=wall), began + steady
    assert (door.ahead is not None) == known
    door.close()


@pytest.mark.parametrize(("rate", "is_borne"), [(1100, True), (900, False)])
def test_what_trickles_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, rate: int, is_borne: bool) -> None:
    """Less than 1 KiB a second over 20 seconds ends an answer, long before its whole time is over."""
    clock = SimpleNamespace(steady=0.0)
    monkeypatch.setattr(client, "time", SimpleNamespace(monotonic=lambda: clock.steady))

    class Trickle(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(40):
                clock.steady += 1
                yield b" " * rate

    door = wire(lambda _request: httpx.Response(200, headers={"content-type": "application/json"}, stream=Trickle()))
    asked = Request("GET", f"{HOME}/x", total=120.0)
    if is_borne:
        assert len(door.send(asked).body) == 40 * rate
    else:
        with pytest.raises(TimedOut):
            door.send(asked)
        assert 20 < clock.steady < 23
    door.close()
