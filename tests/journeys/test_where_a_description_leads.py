"""A description that leads to other servers is only followed where the customer agrees; a bad one never is."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

from selfcare.app.new_operator import find
from selfcare.app.program import Program
from selfcare.ui.pages.welcome import WelcomePage
from selfcare.viewmodel.welcome import KeyChoice, SignInChoice
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, in_dialog, must_say, says
from tests.journeys.quiet import quiet, settled
from tests.journeys.test_first_start import left_of, type_address, welcome_of
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until
from tests.wire.test_api_transport import hear, serving


def publishing(body: bytes) -> Callable[[socket.socket], None]:
    """A server that gives this to whoever asks."""

    def talk(line: socket.socket) -> None:
        hear(line)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body)

    return talk


def host_of(url: str) -> str:
    return url.split("://", 1)[1].split("/", 1)[0]


def asked(program: Program, page: WelcomePage, act: Callable[[QDialog], object]) -> None:
    """Press the button, and answer the question that comes before anything is sent."""
    in_dialog(lambda: press(page, "Sign in"), act)
    settled(program)


def test_other_servers_are_named_and_asked_about_first(computer: Computer, operator: Sandbox) -> None:
    program = computer.start("nadia")
    described = operator.profile()
    operator.reset_log()
    with serving(publishing(described)) as url:
        page = type_address(program, url)

        def refuse(dialog: QDialog) -> None:
            must_say(
                dialog,
                "Are these servers those of Orvane Mobile?",
                f"You named {host_of(url)}.",
                host_of(operator.url),
                "you would sign in there, customer",
                "Nothing of yours has been sent yet.",
            )
            button_of(dialog, "Do not sign in").click()

        asked(program, page, refuse)
        must_say(page, "Sign in to your operator")
        assert page.sign_in.address.text() == url, "what was typed is still there"
        assert operator.log()["count"] == 0, "nothing was sent"
        assert left_of(computer) == []
        in_dialog(lambda: press(page, "Sign in"), lambda dialog: button_of(dialog, "Go on to the sign-in").click())
        until("the first page of the account", lambda: program.window.current is not page)
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")


def test_a_file_names_its_servers_too(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "operator.json"
    file.write_bytes(operator.profile())
    operator.reset_log()
    program = computer.start("nadia")
    page = welcome_of(program)
    page.sign_in.take_file(str(file))
    asked(
        program, page, lambda dialog: must_say(dialog, "The file says where you would sign in", host_of(operator.url))
    )
    assert operator.log()["count"] == 0
    assert left_of(computer) == []


BAD: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "http": (
        lambda profile: profile["apis"]["TMF678"].update(baseUrl="http://bills.example/v4"),
        "names an address that is not safe: only https:// is taken",
    ),
    "version": (
        lambda profile: profile["apis"]["TMF621"].update(version="v6"),
        "names a version that this program does not speak; it speaks v4 and v5.",
    ),
    "issuer": (lambda profile: profile["auth"].update(issuer="http://login.example"), "auth.issuer"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_description_has_its_own_sentence(computer: Computer, operator: Sandbox, kind: str) -> None:
    spoil, sentence = BAD[kind]
    profile = json.loads(operator.profile())
    spoil(profile)
    operator.reset_log()
    program = computer.start()
    with serving(publishing(json.dumps(profile).encode())) as url:
        page = type_address(program, url)
        press(page, "Sign in")
        until("the sentence", lambda: says(page, sentence))
        settled(program)
    assert operator.log()["count"] == 0
    assert left_of(computer) == []


def test_a_description_without_end_is_not_read(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    program = computer.start()
    with serving(publishing(b'{"id": "' + b"x" * 3_000_000 + b'"}')) as url:
        page = type_address(program, url)
        press(page, "Sign in")
        until("the sentence", lambda: says(page, "far larger than it should be and was not read"))
        settled(program)
    huge = tmp_path / "huge.json"
    huge.write_bytes(b" " * 3_000_000)
    page.show_notice(None)
    page.sign_in.take_file(str(huge))
    press(page, "Sign in")
    until("the sentence", lambda: says(page, "far larger than one can be, so it was not read"))
    assert left_of(computer) == []


@pytest.mark.parametrize("naming", [{}, {"name": "Zed", "branding": {"name": "ORVANE MOBILE"}}])
def test_another_operator_of_the_same_name(
    computer: Computer, operator: Sandbox, tmp_path: Path, naming: dict[str, Any]
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    twin = {**json.loads(operator.profile()), "id": "other", **naming}
    with serving(publishing(b"")) as url:
        twin["auth"]["issuer"] = url
        for entry in twin["apis"].values():
            entry["baseUrl"] = url + "/api"
    with serving(publishing(json.dumps(twin).encode())) as url:
        choice = SignInChoice(KeyChoice("memory"), address=url)
        new = find(program.home, choice, program.settings.accounts)
    assert new.twin == host_of(operator.url)
