"""The sign-in opens the operator's page in the real browser, only there; its address is offered where none opens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from selfcare.app.browser import open_system_browser
from selfcare.app.program import Program
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.failures import SignInFailed
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from tests import samples
from tests.journeys.computer import Computer
from tests.journeys.person import must_say, says
from tests.journeys.quiet import quiet, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


class StandIn(QObject):
    """Stands where the computer's browser would be, and notes what it is to open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open_page(self, url: QUrl) -> None:
        """Called by Qt in place of a browser."""
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser(qapp: QApplication) -> Iterator[StandIn]:
    """A browser for https and http."""
    made = StandIn()
    for scheme in ("https", "http"):
        QDesktopServices.setUrlHandler(scheme, made, "open_page")
    yield made
    for scheme in ("https", "http"):
        QDesktopServices.unsetUrlHandler(scheme)


def at_once(call: Callable[[], None]) -> None:
    """The screen's thread, which is this one."""
    call()


def never() -> bool:
    """Nobody stopped it."""
    return False


def nobody(address: str) -> None:
    """The address is offered where no browser opens; here it must not be."""
    pytest.fail(address)


def profile(issuer: str) -> OperatorProfile:
    """An operator that lists no host of its own: the issuer and the APIs say where it is."""
    return replace(samples.profile(), issuer=issuer, hosts=())


@pytest.mark.parametrize(
    ("issuer", "address"),
    [
        ("https://id.orvane.example", "https://id.orvane.example/authorize?client_id=a&state=b"),
        ("https://id.orvane.example:8443/realms/gb", "https://id.orvane.example:8443/authorize?state=b"),
        ("https://id.orvane.example", "https://api.orvane.example/authorize?state=b"),
        ("http://127.0.0.1:8766/orvane-gb", "http://127.0.0.1:8766/orvane-gb/authorize?state=b"),
    ],
)
def test_the_operators_login_page_opens(browser: StandIn, issuer: str, address: str) -> None:
    open_system_browser(address, profile(issuer), at_once, never, nobody)
    assert browser.opened == [address]


@pytest.mark.parametrize(
    "address",
    [
        "https://id.orvane.example.evil.example/authorize",
        "https://id.orvane.example@evil.example/authorize",
        "https://id.orvane.example:8443/authorize",
        "http://id.orvane.example/authorize",
        "http://127.0.0.1:8766/authorize",
        "https://id.orvane.example\\@evil.example/",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_foreign_address_is_never_opened(browser: StandIn, address: str) -> None:
    with pytest.raises(SignInFailed) as failed:
        open_system_browser(address, profile("https://id.orvane.example"), at_once, never, nobody)
    assert failed.value == SignInFailed("issuer")
    assert browser.opened == []


def test_nothing_opens_once_the_customer_stopped_it(browser: StandIn) -> None:
    waiting: list[Callable[[], None]] = []
    with pytest.raises(SignInFailed) as failed:
        open_system_browser(
            "https://id.orvane.example/", profile("https://id.orvane.example"), waiting.append, lambda: True, nobody
        )
    waiting[0]()
    assert failed.value == SignInFailed("declined")
    assert browser.opened == []


def start_to_sign_in(computer: Computer, operator: Sandbox) -> None:
    """The first sign-in, with the browser that a customer's program has."""
    program = computer.start("nadia")
    program.browser = program._system_browser
    program.window.current.sign_in.address.setText(operator.issuer())  # type: ignore[attr-defined]
    press(program.window.current, "Sign in")


def test_the_first_sign_in_opens_the_browser(computer: Computer, operator: Sandbox, browser: StandIn) -> None:
    start_to_sign_in(computer, operator)
    until("the browser", lambda: bool(browser.opened), 20)
    assert browser.opened[0].startswith(f"{operator.issuer()}/")
    assert "code_challenge_method=S256" in browser.opened[0]


NO_BROWSER = "No browser could be opened for the sign-in."


def copied(program: Program) -> str:
    """Press the button of the notice; what is on the clipboard then."""
    until("the notice", lambda: says(program.window, NO_BROWSER), 20)
    press(program.window, "Copy the address")
    must_say(program.window, "Copied", NO_BROWSER)
    return QApplication.clipboard().text()


def signed_in_at(address: str) -> None:
    """The customer opens the address in a browser of their own."""
    Thread(target=demo_browser_for("nadia"), args=(address,), daemon=True).start()


def test_without_a_browser_the_address_can_be_copied(computer: Computer, operator: Sandbox) -> None:
    start_to_sign_in(computer, operator)
    program = computer.entrance.program
    page = program.window.current
    address = copied(program)
    assert address.startswith(f"{operator.issuer()}/")
    must_say(program.window, "This page waits for you.", "Cancel")
    signed_in_at(address)
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")
    assert not says(program.window, NO_BROWSER)

    program.rounds.sign_in()
    signed_in_at(copied(program))
    quiet(program)
    assert not says(program.window, NO_BROWSER), "it is over"
    assert not says(program.window, "The sign-in")


def test_without_a_browser_the_sign_in_can_be_stopped(computer: Computer, operator: Sandbox) -> None:
    start_to_sign_in(computer, operator)
    program = computer.entrance.program
    until("the notice", lambda: says(program.window, NO_BROWSER), 20)
    press(program.window, "Cancel")
    until("the choices", lambda: says(program.window, "Sign in to your operator"), 20)
    settled(program)
    assert not says(program.window, NO_BROWSER)
    must_say(program.window, "The sign-in was stopped")
