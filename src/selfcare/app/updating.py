"""Looks once a day whether a newer version is out, if the customer allows it; downloads nothing, changes nothing."""

from __future__ import annotations

from os import urandom
from typing import TYPE_CHECKING

from selfcare import __version__
from selfcare.domain.records import replace
from selfcare.domain.releases import ReleaseList, Sight, newest
from selfcare.domain.topics import Topic
from selfcare.host.folders import resource

if TYPE_CHECKING:
    from selfcare.api.updates import Source
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.viewmodel.updates import UpdateFacts

FIRST_AFTER, SPREAD, EVERY = 120.0, 600.0, 86_400.0
"""Seconds from the start to the first look, over how long the looks of many are spread, and from one to the next."""


class Updating:
    """The looking, on the screen's thread; the asking itself is done on the sync lane."""

    def __init__(self, program: Program, source: Source | None = None, *, is_packaged: bool | None = None) -> None:
        self._program = program
        self._source = source
        self._is_packaged = resource("updates", "packaged").exists() if is_packaged is None else is_packaged
        self._sight = Sight()

    @property
    def source(self) -> Source:
        """Where the list is; read when it is first wanted."""
        if self._source is None:
            from selfcare.api.updates import read_source

            try:
                self._source = read_source(resource("updates", "list.json").read_bytes())
            except OSError:
                self._source = read_source(b"")
        return self._source

    def facts(self) -> UpdateFacts:
        """What the settings say of it."""
        from selfcare.viewmodel.updates import UpdateFacts

        session = self._program.session
        zone = session.profile.zone if session is not None else "UTC"
        is_on = self._program.settings.looks_for_updates
        return UpdateFacts(self.source.is_there, self._is_packaged, is_on, self._sight, zone)

    def plan(self) -> None:
        """Look in a while, if the customer allows it; else never."""
        desk = self._program.desk
        desk.forget("updates")
        if self._program.settings.looks_for_updates and not self._is_packaged:
            desk.after("updates", FIRST_AFTER + int.from_bytes(urandom(4), "big") / 2**32 * SPREAD, self.look)

    def begin(self) -> None:
        """The customer has just allowed it, or not any more."""
        self.plan()
        self.look()

    def look(self) -> None:
        """Look now, and again in a day. Nothing is asked where it is not allowed or there is no list."""
        program, desk = self._program, self._program.desk
        allowed = program.settings.looks_for_updates and not self._is_packaged and self.source.is_there
        if not allowed:
            return
        desk.after("updates", EVERY, self.look)
        source, now, edition = self.source, program.now, program.settings.update_edition

        def work() -> ReleaseList:
            from selfcare.api.updates import fetch_list, read_list

            return read_list(fetch_list(source), source, now(), edition)

        desk.sync.ask(desk, work, self._read, self._failed)

    def _read(self, found: ReleaseList) -> None:
        program = self._program
        if not program.settings.looks_for_updates:
            return
        self._show(Sight(program.now(), newest(found, __version__)))
        if found.edition > program.settings.update_edition:
            program.keep_settings(replace(program.settings, update_edition=found.edition))

    def _failed(self, failure: Failure | None) -> None:
        if failure is not None:
            self._show(Sight(self._program.now(), self._sight.newer, failure))

    def _show(self, sight: Sight) -> None:
        self._sight = sight
        self._program.window.changed({Topic.SETTINGS})
