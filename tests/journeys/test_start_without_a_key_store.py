"""A computer without a key store: a passphrase that is asked for at each start, or nothing is kept."""

from __future__ import annotations

import pytest

from selfcare.app.program import Program
from selfcare.domain.failures import NoKeyring
from selfcare.host.settings import load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import go, must_say, says
from tests.journeys.quiet import quiet, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until

PASSPHRASE = "nine blue herons"


@pytest.fixture
def bare(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A computer on which no key store works."""

    def none(timeout: float = 30.0) -> object:
        raise NoKeyring

    monkeypatch.setattr("selfcare.host.keychain.system_keychain", none)
    return computer


def welcome_of(program: Program) -> WelcomePage:
    """The first page, which is the one that is seen."""
    page = program.window.current
    assert isinstance(page, WelcomePage)
    return page


def signed_in(program: Program, page: WelcomePage) -> None:
    """Sign in and wait for the pages of the account."""
    press(page, "Sign in")
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)


def test_a_passphrase_opens_it_again(bare: Computer, operator: Sandbox) -> None:
    program = bare.start("nadia")
    page = welcome_of(program)
    must_say(page, "This computer has no key store that works.")
    page.sign_in.address.setText(operator.issuer())
    page.key.first.setText("short")
    press(page, "Sign in")
    must_say(page, "At least 10 characters.")
    page.key.first.setText(PASSPHRASE)
    page.key.second.setText(PASSPHRASE)
    signed_in(program, page)
    must_say(program.window.sidebar, "Nadia Karim")
    entry = load_settings(bare.settings_path).accounts[0]
    assert entry.key_place == "passphrase"
    kept = b"".join(p.read_bytes() for p in bare.home.parent.rglob("*") if p.is_file())
    assert PASSPHRASE.encode() not in kept
    assert b"Nadia" not in kept

    program = bare.restart()
    page = welcome_of(program)
    must_say(page, "Type its passphrase.")
    page.open_card.field.setText("nine blue heron")
    press(page, "Open")
    until("an answer", lambda: says(page, "That does not open your data."))
    settled(program)
    page.open_card.field.setText(PASSPHRASE)
    press(page, "Open")
    until("the pages", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")


def test_nothing_is_kept(bare: Computer, operator: Sandbox) -> None:
    program = bare.start("nadia")
    page = welcome_of(program)
    page.sign_in.address.setText(operator.issuer())
    page.key.nothing.click()
    signed_in(program, page)
    must_say(program.window.sidebar, "Nadia Karim")
    must_say(program.window, "Nothing of this is kept when the program ends.", "No key store is in use here")
    for room in ("bills", "settings", "home"):
        page = go(program, room)
        assert not says(program.window, "No key store is in use here"), "the notice has gone"
        must_say(program.window.sidebar, "Nothing of this is kept when the program ends.")
    assert program.window.sidebar.accessibleDescription() == "Nothing of this is kept when the program ends."
    page = go(program, "settings")
    must_say(page, "Nothing is kept: the key is lost when the program ends", "Orvane Mobile", "Forget everything…")
    page.language.setCurrentIndex(page.language.findData("fr"))  # type: ignore[attr-defined]
    settled(program)
    must_say(program.window.sidebar, "Rien de cela n’est gardé à la fermeture du programme.")
    program = bare.restart()
    must_say(program.window, "Se connecter à votre opérateur")
    assert [p for p in bare.home.rglob("*") if p.is_file()] == []


def test_look_around(bare: Computer) -> None:
    program = bare.start()
    page = welcome_of(program)
    page.key.nothing.click()
    press(page, "Look around with the demo")
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Claire Whitmore")
    assert load_settings(bare.settings_path).accounts == ()
