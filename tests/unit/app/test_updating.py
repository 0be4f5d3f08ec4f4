"""The daily look at the list of versions: only if allowed, never anything downloaded, the edition remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from selfcare.api.updates import Source
from selfcare.app.updating import EVERY, Updating
from selfcare.domain.failures import Failure, ListRefused
from selfcare.host.settings import Settings
from tests.release_list import KEY, NOW, publishing, said, signed


class Desk:
    """Timers that are only remembered, and a lane that works at once."""

    def __init__(self) -> None:
        self.timers: dict[str, float] = {}
        self.sync = self

    def after(self, name: str, seconds: float, _call: Callable[[], None]) -> None:
        """Remember it."""
        self.timers[name] = seconds

    def forget(self, name: str) -> None:
        """Call it off."""
        self.timers.pop(name, None)

    def ask(self, _owner: Any, work: Callable[[], Any], done: Callable[..., None], failed: Callable[..., None]) -> None:
        """Do it now."""
        try:
            found = work()
        except Failure as failure:
            failed(failure)
        else:
            done(found)


class Program:
    """As much of the program as the looking touches."""

    def __init__(self, settings: Settings) -> None:
        self.desk, self.settings, self.session = Desk(), settings, None
        self.now = lambda: NOW
        self.told = 0
        self.window = SimpleNamespace(changed=self._changed)

    def keep_settings(self, settings: Settings) -> None:
        """Keep them."""
        self.settings = settings

    def _changed(self, _topics: object) -> None:
        self.told += 1


def looking(source: Source, *, allowed: bool = True, packaged: bool = False) -> tuple[Program, Updating]:
    """A program that looks there."""
    program = Program(Settings(looks_for_updates=allowed))
    return program, Updating(program, source, is_packaged=packaged)  # type: ignore[arg-type]


@pytest.mark.parametrize(("allowed", "packaged"), [(False, False), (True, True)])
def test_nothing_is_asked_unless_it_is_allowed(allowed: bool, packaged: bool) -> None:
    with publishing(200, signed(said())) as (source, server):
        program, updating = looking(source, allowed=allowed, packaged=packaged)
        updating.begin()
    assert server.asked == []
    assert program.desk.timers == {}


def test_one_file_is_asked_for_and_the_newer_version_told() -> None:
    with publishing(200, signed(said())) as (source, server):
        program, updating = looking(source)
        updating.begin()
    assert [asked["path"] for asked in server.asked] == ["/list.jws"]
    found = updating.facts()
    assert found.sight.newer is not None
    assert found.sight.newer.version == "0.10.0"
    assert program.settings.update_edition == 7
    assert program.desk.timers == {"updates": EVERY}
    assert program.told == 1


def test_a_rollback_after_a_good_list_is_refused_and_what_was_found_stays() -> None:
    with publishing(200, signed(said())) as (source, server):
        program, updating = looking(source)
        updating.look()
        server.answer = (200, {}, signed(said(edition=6, releases=[])))
        updating.look()
    assert updating.facts().sight.trouble == ListRefused("older")
    assert updating.facts().sight.newer is not None
    assert program.settings.update_edition == 7


def test_a_list_that_is_held_back_is_noticed_when_it_expires() -> None:
    with publishing(200, signed(said())) as (source, _server):
        program, updating = looking(source)
        updating.look()
        program.now = lambda: NOW + timedelta(days=40)
        updating.look()
    assert updating.facts().sight.trouble == ListRefused("expired")


def test_a_build_without_a_list_asks_nobody() -> None:
    program, updating = looking(Source("", (KEY.as_dict(private=False),)))
    updating.begin()
    assert not updating.facts().has_list
    assert updating.facts().sight.asked is None
    assert "updates" in program.desk.timers, "the customer allowed it: a build with a list looks"
