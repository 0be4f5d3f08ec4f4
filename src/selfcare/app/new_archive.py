"""Makes an archive of the bills in a folder: a vault without an operator, opened on its list of bills."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.account.archive import archive_profile, write_archive_profile
from selfcare.app import accounts
from selfcare.app.program import tell_of_the_files
from selfcare.host.settings import AccountEntry, with_account

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.domain.failures import Failure
    from selfcare.ui.pages.bills import BillsPage
    from selfcare.viewmodel.welcome import KeyChoice

COUNTRIES = {"fr": "FR"}
"""Whose amounts and days a bill has that names no currency, by the language of the program."""


class NewArchive:
    """Hears that the customer wants an archive. `leave` puts the demo away, `failed` is told why there is none."""

    def __init__(self, program: Program, leave: Callable[[], None], failed: Callable[[Failure | None], None]) -> None:
        self._program, self._leave, self._failed = program, leave, failed

    def begin(self, key: KeyChoice, folder: str) -> None:
        """Make it, open it, and take the folder in."""
        program = self._program
        self._leave()
        program.rounds.wake()
        home, words = program.home, program.words
        name, country = words.tr("My bills"), COUNTRIES.get(words.language, "GB")

        def made(entry: AccountEntry) -> None:
            def opened() -> None:
                if entry.key_place != "memory":
                    program.keep_settings(with_account(program.settings, entry))
                program.window.start("bills")
                program.show_now()
                tell_of_the_files(program, entry)
                page: BillsPage = program.window.page("bills")  # type: ignore[assignment]
                page.archive.take_in([folder])
                program.word_reading.plan()

            program.open_account(entry, key.passphrase, then=opened, failed=lost(entry), shows=False)

        def lost(entry: AccountEntry) -> Callable[[Failure | None], None]:
            def removed(failure: Failure | None) -> None:
                program.entry = program.context.account = None
                program.desk.store.run(lambda: accounts.forget_account(home, entry))
                self._failed(failure)

            return removed

        program.desk.store.ask(program.window, lambda: _made(home, key, name, country), made, self._failed)


def _made(home: Path, key: KeyChoice, name: str, country: str) -> AccountEntry:
    profile = archive_profile(name, country)
    entry = accounts.new_entry(profile, key.place)
    accounts.keep_profile(home, entry, write_archive_profile(profile))
    return entry
