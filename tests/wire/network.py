"""Every way in which the network between the customer and the operator goes wrong: names, addresses, proxies, TLS."""

from __future__ import annotations

import os
import socket
import ssl
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from selfcare.domain.failures import BadCertificate, BadProxy, Failure, NotAnAnswer, Offline, TimedOut
from tests.wire.authority import Authority
from tests.wire.crooked import FAULTS, Crooked
from tests.wire.proxies import SmallProxy

NAME = "operator.test"


@dataclass(slots=True)
class Names:
    """What names lead to: addresses, a fault of the look-up, or nothing in all the time there is."""

    leads: tuple[str, ...] = ("127.0.0.1",)
    fault: int = 0
    seconds: float = 0.0
    port: int = 0

    def look_up(self, host: Any, port: Any, *more: Any, **named: Any) -> list[Any]:
        """In place of socket.getaddrinfo; numbers are looked up as ever."""
        if host != NAME:
            return REAL(host, port, *more, **named)
        time.sleep(self.seconds)
        if self.fault:
            raise socket.gaierror(self.fault, "look-up")
        return [found for one in self.leads for found in REAL(one, self.port or port, type=socket.SOCK_STREAM)]


REAL = socket.getaddrinfo


@dataclass(slots=True)
class Place:
    """An operator that is well, its name, who vouches for it, a proxy, and what else is needed."""

    server: Crooked
    authority: Authority
    stranger: Authority
    proxy: SmallProxy
    names: Names = field(default_factory=Names)

    @contextmanager
    def certificate(self, context: ssl.SSLContext) -> Iterator[None]:
        """The server shows another certificate for a while."""
        good, self.server.secure = self.server.secure, context
        try:
            yield
        finally:
            self.server.secure = good

    @contextmanager
    def lead(self, **changes: Any) -> Iterator[None]:
        """The name leads elsewhere for a while."""
        good, self.names = self.names, self.names
        before = {name: getattr(good, name) for name in changes}
        for name, value in changes.items():
            setattr(self.names, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(self.names, name, value)

    @contextmanager
    def moody(self, mood: str) -> Iterator[None]:
        """The proxy is in another mood for a while."""
        self.proxy.mood = mood
        self.proxy.hang_up()
        try:
            yield
        finally:
            self.proxy.mood = "well"

    @contextmanager
    def faulty(self, fault: str) -> Iterator[None]:
        """The server itself goes wrong for a while."""
        self.server.fault, self.server.left = fault, FAULTS[fault].times
        try:
            yield
        finally:
            self.server.left = 0


Trouble = Callable[[Place], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Way:
    """`number` is that of the list of faults. `told` are the failures that may be told; none: all goes on as ever.

    `by_proxy`: the customer has chosen a proxy.
    """

    number: int
    trouble: Trouble
    told: tuple[type[Failure], ...] = ()
    by_proxy: bool = False


@contextmanager
def _closed(place: Place) -> Iterator[None]:
    place.server.stop()
    try:
        yield
    finally:
        place.server.start()


@contextmanager
def black_hole(port: int = 0, where: str = "127.0.0.1") -> Iterator[int]:
    """A port where packets are lost: its queue is full, and nobody takes from it."""
    with ExitStack() as held:
        family = socket.AF_INET6 if ":" in where else socket.AF_INET
        hole = held.enter_context(socket.socket(family))
        hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        hole.bind((where, port))
        hole.listen(0)
        for _ in range(4):
            line = held.enter_context(socket.socket(family))
            line.setblocking(False)
            line.connect_ex(hole.getsockname())
        time.sleep(0.02)
        yield hole.getsockname()[1]


@contextmanager
def _lost(place: Place) -> Iterator[None]:
    place.server.hang_up()
    with black_hole() as port, place.lead(port=port):
        yield


@contextmanager
def _somebody_else(place: Place) -> Iterator[None]:
    other = Crooked(secure=place.stranger.server(NAME), host=NAME)
    other.start()
    try:
        with place.lead(port=other.port):
            yield
        assert other.asked == []
    finally:
        other.stop()


@contextmanager
def _six_is_lost(place: Place) -> Iterator[None]:
    with black_hole(place.server.port, "::1"), place.lead(leads=("::1", "127.0.0.1")):
        yield


@contextmanager
def _six_alone(place: Place) -> Iterator[None]:
    other = Crooked(secure=place.server.secure, host=NAME, port=place.server.port, effects=place.server.effects)
    other.start("::1")
    place.server.stop()
    try:
        with place.lead(leads=("::1",)):
            yield
    finally:
        other.stop()
        place.server.start()


@contextmanager
def _stalled(place: Place) -> Iterator[None]:
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener, place.lead(port=listener.getsockname()[1]):
        yield


@contextmanager
def _no_proxy(place: Place) -> Iterator[None]:
    place.proxy.stop()
    try:
        yield
    finally:
        place.proxy.start()


def _old(place: Place) -> ssl.SSLContext:
    context = place.authority.server(NAME)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    return context


def _shows(make: Callable[[Place], ssl.SSLContext]) -> Trouble:
    return lambda place: place.certificate(make(place))


def _leads(**changes: Any) -> Trouble:
    return lambda place: place.lead(**changes)


def _mood(mood: str) -> Trouble:
    return lambda place: place.moody(mood)


def _fault(name: str) -> Trouble:
    return lambda place: place.faulty(name)


WAYS: dict[str, Way] = {
    "nobody listens": Way(1, _closed, (Offline,)),
    "packets are lost": Way(2, _lost, (Offline,)),
    "the name is unknown": Way(3, _leads(fault=socket.EAI_NONAME), (Offline,)),
    "the name servers fail": Way(3, _leads(fault=socket.EAI_AGAIN), (Offline,)),
    "the name servers are silent": Way(3, _leads(seconds=1.5), (Offline,)),
    "the name leads to somebody else here": Way(4, _somebody_else, (BadCertificate,)),
    "IPv6 is lost, IPv4 is well": Way(15, _six_is_lost),
    "IPv6 is refused, IPv4 is well": Way(15, _leads(leads=("::1", "127.0.0.1"))),
    "IPv6 alone": Way(15, _six_alone),
    "all is well through the proxy": Way(16, _mood("well"), by_proxy=True),
    "the proxy wants a password": Way(16, _mood("407 Proxy Authentication Required"), (BadProxy,), True),
    "the proxy drops the tunnel": Way(16, _mood("drops"), (BadProxy,), True),
    "the proxy hangs": Way(16, _mood("hangs"), (BadProxy,), True),
    "the proxy does not lead there": Way(16, _mood("502 Bad Gateway"), (BadProxy,), True),
    "the proxy is not there": Way(16, _no_proxy, (BadProxy,), True),
    "only HTTP/2 is spoken": Way(17, _fault("HTTP/2 goes away"), (NotAnAnswer,)),
    "a redirect to plain http": Way(39, _fault("307 to http"), (NotAnAnswer,)),
    "an expired certificate": Way(58, _shows(lambda p: p.authority.server(NAME, ends=-1)), (BadCertificate,)),
    "a certificate of tomorrow": Way(58, _shows(lambda p: p.authority.server(NAME, starts=1)), (BadCertificate,)),
    "a certificate for another name": Way(59, _shows(lambda p: p.authority.server("op.test")), (BadCertificate,)),
    "a certificate signed by itself": Way(
        60, _shows(lambda p: p.authority.server(NAME, by_itself=True)), (BadCertificate,)
    ),
    "a certificate from nobody we know": Way(61, _shows(lambda p: p.stranger.server(NAME)), (BadCertificate,)),
    "TLS of long ago": Way(62, _shows(_old), (BadCertificate,)),
    "a handshake that stalls": Way(63, _stalled, (Offline,)),
    "another good certificate": Way(64, _shows(lambda p: p.authority.server(NAME))),
    "a portal behind the operator's name": Way(65, _somebody_else, (BadCertificate,)),
}
SLOW = (TimedOut,)


def has_ipv6() -> bool:
    """Whether this computer has a loopback address of IPv6."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return os.name == "posix"
