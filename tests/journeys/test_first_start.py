"""The first start: sign in by the operator's address, stop in the middle, and a profile that has an error."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from selfcare.app.program import Program
from selfcare.app.start_demo import demo_browser_for
from selfcare.host.settings import load_settings
from selfcare.ui.pages.welcome import WelcomePage
from tests.journeys.computer import Computer
from tests.journeys.person import must_say, press_until, says, top
from tests.journeys.quiet import quiet, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until
from tests.wire.test_api_transport import certificate, serving


def welcome_of(program: Program) -> WelcomePage:
    """The first page, which is the one that is seen."""
    page = program.window.current
    assert isinstance(page, WelcomePage)
    return page


def type_address(program: Program, address: str) -> WelcomePage:
    """Type an operator's address into the field."""
    page = welcome_of(program)
    page.sign_in.address.setText(address)
    return page


def left_of(computer: Computer) -> list[str]:
    """What is kept on the computer: files of accounts, and keys."""
    return [str(p.name) for p in computer.home.rglob("*") if p.is_file()] + list(computer.keys.secrets)


def test_first_start_by_the_operators_address(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    page = type_address(program, operator.issuer())
    must_say(page, "Sign in to your operator", "This program never sees your password.", "Test key store")
    press_until(page, "Sign in", "progress", lambda: says(page, "Signing in") or says(page, "The first reading"))
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Orvane Mobile", "Nadia Karim")
    assert program.window.current.has_view
    assert "As your operator said on" in top(program)
    entry = load_settings(computer.settings_path).accounts[0]
    assert (entry.key_place, entry.name) == ("keyring", "Orvane Mobile")
    assert list(computer.keys.secrets) == [entry.id]
    assert not any(path.read_bytes()[:16].startswith(b"SQLite format 3") for path in computer.home.rglob("*.db")), (
        "what is kept is encrypted"
    )

    program = computer.restart()
    must_say(program.window.sidebar, "Nadia Karim")
    assert operator.log()["requests"]


def test_stop_the_sign_in_and_try_again(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    asked: list[str] = []
    program.browser = asked.append
    page = type_address(program, operator.issuer())
    press_until(page, "Sign in", "the browser", lambda: bool(asked))
    must_say(page, "This page waits for you.")
    press_until(page, "Cancel", "the choices", lambda: says(page, "Sign in to your operator"))
    settled(program)
    must_say(page, "The sign-in was stopped, or your operator declined it.")
    assert page.sign_in.address.text() == operator.issuer(), "what was typed is still there"
    assert left_of(computer) == [], "nothing of the try is kept"
    assert load_settings(computer.settings_path).accounts == ()

    program.browser = demo_browser_for("nadia")
    press(page, "Sign in")
    until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")
    assert len(computer.keys.secrets) == 1


def test_stop_the_first_reading(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    page = type_address(program, operator.issuer())
    press_until(page, "Sign in", "the reading", lambda: says(page, "The first reading"))
    operator.set_faults("slow=0.3")
    press_until(page, "Cancel", "the choices", lambda: says(page, "Sign in to your operator"))
    operator.set_faults()
    settled(program)
    assert program.window.current is page
    assert program.session is None
    assert left_of(computer) == [], "nothing of the try is kept"


def test_an_address_that_is_none_is_said_at_once(computer: Computer, operator: Sandbox) -> None:
    program = computer.start()
    for address, sentence in (
        ("", "Type the address that your operator gives for programs"),
        ("http://care.example.com", "Only an address that begins with https://"),
        ("not an address", "This is not an address."),
    ):
        page = type_address(program, address)
        press(page, "Sign in")
        must_say(page, sentence)
    assert operator.log()["count"] == 0
    assert left_of(computer) == []


def test_a_profile_with_an_error_names_the_place(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    profile = json.loads(operator.profile())
    profile["auth"]["issuer"] = 42
    broken = tmp_path / "operator.json"
    broken.write_text(json.dumps(profile), encoding="utf-8")
    nothing = tmp_path / "nothing.json"
    nothing.write_text("<html>", encoding="utf-8")
    program = computer.start()
    page = welcome_of(program)
    for file, sentence in (
        (broken, "In the description of this operator “auth.issuer” is of the wrong kind."),
        (nothing, "The description of this operator is not written as it must be: see “line 1”."),
        (tmp_path / "absent.json", "The file “absent.json” cannot be read."),
    ):
        page.sign_in.take_file(str(file))
        press(page, "Sign in")
        until("the choices again", lambda: says(page, "Sign in to your operator") and says(page, sentence))  # noqa: B023
        settled(program)
        page.show_notice(None)
    assert left_of(computer) == []


def test_an_address_where_no_operator_is(computer: Computer, operator: Sandbox) -> None:
    program = computer.start()
    page = type_address(program, f"{operator.url}/nobody")
    press(page, "Sign in")
    settled(program)
    must_say(page, "Sign in to your operator")
    must_say(page, "There is no operator for this program at this address.")
    page = type_address(program, "http://127.0.0.1:1")
    press(page, "Sign in")
    settled(program)
    must_say(page, "Nobody answers at this address.")
    assert left_of(computer) == []


def test_a_server_that_cannot_prove_who_it_is(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    context = certificate(tmp_path, now - timedelta(days=1), now + timedelta(days=1))
    program = computer.start()
    with serving(lambda line: None, context) as url:
        page = type_address(program, url)
        press(page, "Sign in")
        settled(program)
    must_say(page, "The server could not prove that it is your operator, so nothing was sent to it.")
    assert left_of(computer) == []


def test_known_problems_without_signing_in(computer: Computer, operator: Sandbox) -> None:
    program = computer.start()
    page = type_address(program, operator.issuer())
    press(page, "Known problems, without signing in")
    until("the problems", lambda: says(program.window, "Fibre cut in Whitcombe"))
    must_say(program.window.current, "Known problems of Orvane Mobile", "Read without signing in, as your operator")
    asked = [one["path"] for one in operator.log()["requests"]]
    assert all(path.endswith(("serviceProblem", "selfcare-operator")) for path in asked), "nobody signed in"
    press(program.window.current, "All about it")
    settled(program)
    must_say(program.window.current, "What your operator noted", "Facts")
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    operator.set_faults("not-offered:TMF656")
    press(program.window.current, "Read again")
    until("the sentence", lambda: says(program.window.current, "Not published for everybody"))
    QTest.keyClick(program.window, Qt.Key.Key_Escape)
    assert program.window.current is page
    assert page.sign_in.address.text() == operator.issuer(), "what was typed is still there"
    assert left_of(computer) == [], "nothing is kept"
