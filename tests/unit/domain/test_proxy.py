"""A proxy's address as people type it: taken, or told what is wrong; its password is never shown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfcare.domain.proxy import Proxy, address_fault, proxy_at
from selfcare.viewmodel.proxy import address_trouble, login_trouble
from tests import samples

WORDS = samples.words()


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("proxy.example.net:8080", "proxy.example.net", 8080),
        ("  http://Proxy.Example.net:3128/ ", "proxy.example.net", 3128),
        ("10.0.0.1:1", "10.0.0.1", 1),
        ("[fd00::1]:65535", "fd00::1", 65535),
        ("proxy:80", "proxy", 80),
    ],
)
def test_what_is_taken(typed: str, host: str, port: int) -> None:
    assert proxy_at(typed, "carl", "geheim") == Proxy(host, port, "carl", "geheim")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("https://proxy.example.net:8080", "kind"),
        ("socks5://proxy.example.net:1080", "kind"),
        ("carl:geheim@proxy.example.net:8080", "password"),
        ("proxy.example.net", "port"),
        ("proxy.example.net:0", "port"),
        ("proxy.example.net:65536", "port"),
        ("proxy.example.net:eighty", "port"),
        ("proxy.example.net:8080/pac", "path"),
        ("proxy.example.net:8080?x", "path"),
        ("proxy example:8080", "host"),
        ("-proxy:8080", "host"),
        ("fd00::1:8080", "host"),
        ("[fd00::1:8080", "host"),
        ("prоxy.example.net:8080", "host"),
        (":8080", "host"),
    ],
)
def test_what_is_not_and_why(typed: str, fault: str) -> None:
    assert address_fault(typed) == fault
    assert proxy_at(typed) is None
    assert len(address_trouble(typed, WORDS)) > 20


@given(st.text(max_size=60) | st.from_regex(r"(http://)?[a-z\[\]:.@/]{0,20}:?[0-9]{0,6}", fullmatch=True))
@example("[::]:1")
@example("//:1")
def test_any_text_is_an_address_or_told_what_is_wrong(typed: str) -> None:
    found = proxy_at(typed)
    assert (found is None) == bool(address_fault(typed))
    assert found is None or (found.host and 0 < found.port < 65536 and not set(found.host) & set("@/ \\"))


def test_its_password_is_in_no_trace() -> None:
    assert "geheim" not in repr(Proxy("proxy", 80, "carl", "geheim"))


def test_a_password_needs_a_name_and_a_name_no_colon() -> None:
    assert login_trouble("", "", WORDS) == login_trouble("carl", "", WORDS) == ""
    assert login_trouble("", "geheim", WORDS)
    assert login_trouble("ca:rl", "geheim", WORDS)
