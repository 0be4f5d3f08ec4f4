"""The way to the internet: the customer's choice is taken, and its password is in the key store and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcare.api.route import proxy_to, take_route
from selfcare.app.accounts import forget_key
from selfcare.app.forgetting import DEMO_PROXY, PROXY, proxy_of
from selfcare.app.proxying import ProxyRoute
from selfcare.app.start import places
from selfcare.domain.failures import BadProxy, NoKeyring
from selfcare.domain.proxy import Proxy
from selfcare.domain.records import replace
from selfcare.host import keychain
from selfcare.host.keychain import Keychain, session_keychain
from selfcare.host.settings import Settings, load_settings, save_settings

OWN = Settings(proxy="own", proxy_address="proxy.example:8080", proxy_user="carl")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Keychain:
    made = session_keychain()
    monkeypatch.setattr(keychain, "system_keychain", lambda timeout=30.0: made)
    return made


def test_the_password_is_in_the_key_store_and_in_no_file(store: Keychain, tmp_path: Path) -> None:
    route = ProxyRoute(lambda: OWN)
    assert route.keep("geheim é")
    save_settings(tmp_path / "settings.json", OWN)
    assert load_settings(tmp_path / "settings.json") == OWN
    assert b"geheim" not in (tmp_path / "settings.json").read_bytes()
    assert store.read(PROXY.id) == "geheim é".encode()
    assert ProxyRoute(lambda: OWN)("op.example") == Proxy("proxy.example", 8080, "carl", "geheim é")
    forget_key(PROXY)
    with pytest.raises(BadProxy) as lost:
        ProxyRoute(lambda: OWN)("op.example")
    assert lost.value == BadProxy("unknown")


def test_the_demo_has_a_password_of_its_own(store: Keychain) -> None:
    names = [proxy_of(places(demo=demo)[1]).id for demo in (False, True)]
    assert names == [PROXY.id, DEMO_PROXY.id]
    mine, demo = (ProxyRoute(lambda: OWN, name) for name in names)
    assert mine.keep("geheim")
    assert demo.keep("demo")
    assert demo.keep("")
    assert ProxyRoute(lambda: OWN)("op.example") == Proxy("proxy.example", 8080, "carl", "geheim")


def test_without_a_key_store_it_is_known_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(timeout: float = 30.0) -> Keychain:
        raise NoKeyring

    monkeypatch.setattr(keychain, "system_keychain", none)
    route = ProxyRoute(lambda: OWN)
    assert not route.keep("geheim")
    assert route("op.example") == Proxy("proxy.example", 8080, "carl", "geheim")
    assert route.keep("")


def test_without_a_name_no_key_store_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keychain, "system_keychain", lambda: pytest.fail("asked"))
    assert ProxyRoute(lambda: replace(OWN, proxy_user=""))("op.example") == Proxy("proxy.example", 8080)
    assert ProxyRoute(Settings)("op.example") is None


def test_the_environment_alone_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://elsewhere.example:1")
    assert ProxyRoute(Settings)("op.example") is None
    assert ProxyRoute(lambda: Settings(proxy="system"))("op.example") == Proxy("elsewhere.example", 1)


@pytest.mark.parametrize("said", ['"own"', '"own", "proxy_address": "x"', '"yes"', "7"])
def test_a_choice_that_makes_no_sense_is_none(tmp_path: Path, said: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"format": 1, "proxy": {said}}}')
    assert load_settings(path).proxy == "none"


def test_this_computer_is_reached_straight() -> None:
    take_route(lambda host: Proxy(host, 1))
    try:
        assert proxy_to({"http://127.0.0.1:8000", "http://[::1]:1"}) is None
        assert proxy_to({"https://op.example:443", "http://127.0.0.1:8000"}) == Proxy("op.example", 1)
    finally:
        take_route(None)
    assert proxy_to({"https://op.example:443"}) is None
