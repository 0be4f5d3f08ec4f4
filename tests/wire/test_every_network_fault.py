"""Every way in which the network goes wrong, against every kind of call: one known thing, in time, and nothing sent."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace

from selfcare.api.operator import Operator
from selfcare.api.reach import reach
from selfcare.api.replies import is_same_tag
from selfcare.domain.failures import BadCertificate, BadProxy, Failure, NotAnAnswer, Offline
from selfcare.viewmodel.notices import notice_of
from tests import samples
from tests.wire.authority import Authority
from tests.wire.calls import CALLS, IN_TIME, operator_at
from tests.wire.crooked import Crooked
from tests.wire.network import NAME, WAYS, Place, black_hole, has_ipv6
from tests.wire.proxies import SmallProxy

WORDS = samples.words()
PAIRS = [(way, list(CALLS)[n % len(CALLS)]) for n, way in enumerate(WAYS)]


@pytest.fixture(scope="module")
def authorities(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, Authority]:
    folder = tmp_path_factory.mktemp("authorities")
    return Authority(folder, "known"), Authority(folder, "stranger")


@pytest.fixture
def place(authorities: tuple[Authority, Authority], monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    known, stranger = authorities
    monkeypatch.setenv("SSL_CERT_FILE", str(known.path))  # this computer's own list, for this test
    made = Place(Crooked(secure=known.server(NAME), host=NAME), known, stranger, SmallProxy(known="carl:geheim é"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: made.names.look_up(*a, **k))
    made.server.start()
    made.proxy.start()
    yield made
    made.server.stop()
    made.proxy.stop()


def bear(place: Place, name: str, call: str) -> None:
    """Bear it: it is told by the name it should have, in time, and nothing was carried out; then all is well again."""
    way = WAYS[name]
    if way.number == 15 and not has_ipv6():
        pytest.skip("this computer has no IPv6")
    operator = operator_at(place.server, place.proxy.way if way.by_proxy else None)
    try:
        good = CALLS[call](operator)
        place.server.hang_up()
        place.server.effects.clear()
        with way.trouble(place):
            began = time.monotonic()
            failure = told(operator, call) if way.told else None
            if way.told:
                assert isinstance(failure, way.told), failure
                assert notice_of(failure, WORDS).sentence
            else:
                assert CALLS[call](operator) == good
            assert time.monotonic() - began < IN_TIME
            if isinstance(failure, Offline | BadCertificate):
                assert not place.server.effects
        place.server.hang_up()
        assert well_again(operator, call) == good
    finally:
        operator.wire.close()


def told(operator: Operator, call: str) -> Failure:
    with pytest.raises(Failure) as caught:
        CALLS[call](operator)
    return caught.value


def well_again(operator: Operator, call: str) -> object:
    try:
        return CALLS[call](operator)
    except NotAnAnswer as failure:
        if (call, failure.what) != ("request", "closed"):
            raise
        return CALLS[call](operator)


@pytest.mark.parametrize(("way", "call"), PAIRS)
def test_each_way_once(place: Place, way: str, call: str) -> None:
    bear(place, way, call)


@pytest.mark.campaign
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("way", WAYS)
def test_each_way_with_each_call(place: Place, way: str, call: str) -> None:
    bear(place, way, call)


@pytest.mark.parametrize(
    ("mood", "what"),
    [
        ("407 Proxy Authentication Required", "password"),
        ("403 Forbidden", "refused"),
        ("drops", "refused"),
        ("hangs", "refused"),
    ],
)
def test_a_request_that_no_proxy_lets_through_has_not_left(place: Place, mood: str, what: str) -> None:
    operator = operator_at(place.server, place.proxy.way)
    with place.moody(mood):
        assert told(operator, "request") == BadProxy(what)
    assert not place.server.asked
    operator.wire.close()


def test_a_wrong_password_is_told_and_the_right_one_stays_with_the_proxy(place: Place) -> None:
    wrong = operator_at(place.server, replace(place.proxy.way, password="falsch"))
    assert told(wrong, "list") == BadProxy("password")
    wrong.wire.close()
    right = operator_at(place.server, place.proxy.way)
    CALLS["list"](right)
    right.wire.close()
    assert set(place.proxy.asked) == {f"CONNECT {NAME}:{place.server.port} HTTP/1.1"}
    assert all("proxy-authorization" not in asked.headers for asked in place.server.asked)


def test_this_computer_itself_is_never_asked_of_a_proxy(place: Place) -> None:
    near = Crooked()
    near.start()
    operator = operator_at(near, place.proxy.way)
    CALLS["list"](operator)
    operator.wire.close()
    near.stop()
    assert place.proxy.asked == []


def test_a_company_that_looks_into_tls_works_where_this_computer_trusts_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """66: with its authority in this computer's list, and only then."""
    with place.certificate(place.stranger.server(NAME)):
        for call in CALLS:
            without = operator_at(place.server)
            assert isinstance(told(without, call), BadCertificate)
            without.wire.close()
        monkeypatch.setenv("SSL_CERT_FILE", str(place.stranger.path))
        for call in CALLS:
            trusting = operator_at(place.server)
            assert CALLS[call](trusting) is not None
            trusting.wire.close()


@pytest.mark.parametrize("more", [(b'ETag: "one"',), (b'ETag: W/"one"',), (b'ETag: "two"', b"Age: 7200")])
def test_an_answer_whose_tag_cannot_be_believed_is_not_asked_for_by_it(place: Place, more: tuple[bytes, ...]) -> None:
    """68, 70: content that a cache kept, or other content under the same tag, would be kept alive for ever."""
    operator = operator_at(place.server)
    one_page = b"X-Total-Count: 1"
    place.server.more = (one_page, b'ETag: "one"')
    assert operator.fetch_one("TMF678", "customerBill", "B1").validator == '"one"'
    place.server.more = (one_page, *more)
    assert operator.fetch_one("TMF678", "customerBill", "B1", '"one"').validator == ""
    assert operator.fetch_list("TMF678", "customerBill", {}, '"one"').validator == ""
    assert place.server.asked[-1].headers["cache-control"] == "no-cache"
    place.server.more = (one_page, b'ETag: "three"')
    assert operator.fetch_list("TMF678", "customerBill", {}, '"one"').validator == '"three"'
    operator.wire.close()


def test_a_tag_that_turns_weak_between_two_pages_is_the_same_tag() -> None:
    """70."""
    assert is_same_tag('W/"a"', '"a"')
    assert not is_same_tag('"a"', '"b"')
    assert not is_same_tag("", '"b"')


def test_the_time_to_reach_somebody_holds_over_all_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    found: Callable[..., list[object]] = socket.getaddrinfo
    with black_hole() as port:
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda *a, **k: found("127.0.0.1", port, type=socket.SOCK_STREAM) * 5
        )
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            reach("many.test", 1, 2.0)
    assert time.monotonic() - began < 8.0, "five addresses with two seconds each would take ten"


def test_names_that_are_none_and_names_of_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OSError, match=r"too long|label|known"):
        reach("a" * 70 + ".test", 1, 1.0)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [])
    with pytest.raises(OSError, match="no address"):
        reach("none.test", 1, 1.0)
