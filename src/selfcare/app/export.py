"""Exports from the command line: the bills of an account, or everything of it, without opening a window."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.app import accounts
from selfcare.domain.failures import Failure
from selfcare.domain.intake import ARCHIVES, OWN_ENDING
from selfcare.domain.records import Struct
from selfcare.host.folders import resource
from selfcare.host.instance import take_instance
from selfcare.host.language import system_language
from selfcare.host.settings import AccountEntry, Settings, load_settings
from selfcare.host.terminal import say, unsteered, wipe
from selfcare.i18n import Words, load_words
from selfcare.i18n.words import LANGUAGES

if TYPE_CHECKING:
    from selfcare.account.owned import Owned
    from selfcare.account.session import Session
    from selfcare.domain.farewell import Pack, PackStep
    from selfcare.domain.operator import OperatorProfile
    from selfcare.viewmodel.farewell_index import Tally

FAILED, NOT_ASKED_WELL, HELD, STOPPED = 1, 2, 3, 130
"""Exit statuses: it failed, the command is wrong, another window has the account open, Ctrl-C."""


class Wish(Struct, frozen=True):
    """What the command line asks for. `since` is a year or an ISO day; `account` an account's id or its operator.

    A `target` that ends in .selfcare is one file, whatever `as_zip` says.
    """

    target: str
    bills: bool = False
    since: str = ""
    as_zip: bool = False
    with_pdfs: bool = True
    account: str = ""
    language: str = ""


class Refused(Exception):
    """Nothing can be exported; the sentence says why."""

    def __init__(self, said: str, status: int = NOT_ASKED_WELL) -> None:
        super().__init__(said)
        self.status = status


def run(wish: Wish, home: Path, settings_path: Path, now: Callable[[], datetime] | None = None) -> int:
    """Write the archive and say where it is; the exit status. Nothing is left behind unless it is whole."""
    moment = now or (lambda: datetime.now(UTC))
    words = load_words(wish.language or system_language(), resource("locale"))
    try:
        since = _since(wish, words)
        lock = take_instance(home)
        if lock is None:
            said = words.tr("Selfcare is open. Close its window first, or export from its page Bills.")
            raise Refused(said, HELD)
        with lock:
            settings = load_settings(settings_path)
            settings = accounts.restored_choices(home, settings, settings_path) or settings
            entry = _chosen(settings, wish.account, words)
            session = _opened(home, entry, moment, words)
            try:
                return _export(session, wish, since, words, moment)
            finally:
                session.close()
    except Refused as refused:
        say(sys.stderr, f"{refused}\n")
        return refused.status
    except Failure as failure:
        from selfcare.viewmodel.notices import notice_of

        notice = notice_of(failure, words)
        say(sys.stderr, f"{notice.sentence} {notice.advice}\n")
        return FAILED
    except KeyboardInterrupt:
        say(sys.stderr, words.tr("Stopped. Nothing was left behind.") + "\n")
        return STOPPED


def _since(wish: Wish, words: Words) -> date | None:
    if not wish.since:
        return None
    if not wish.bills:
        raise Refused(words.tr("--since goes with --bills alone."))
    text = f"{wish.since}-01-01" if len(wish.since) == 4 else wish.since
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = words.tr("--since: write a year or a day, like 2024 or 2024-03-15, not {day}.", day=wish.since)
        raise Refused(said) from None


def _chosen(settings: Settings, wanted: str, words: Words) -> AccountEntry:
    kept = [one for one in settings.accounts if one.key_place != "memory"]
    if not kept:
        raise Refused(words.tr("There is no account on this computer yet. Open Selfcare and sign in first."))
    if not wanted:
        return next((one for one in kept if one.id == settings.current), kept[0])
    found = [one for one in kept if wanted == one.id or wanted.casefold() == one.name.casefold()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{one.id} ({one.name})" for one in kept)
    raise Refused(words.tr("--account: choose one of {accounts}.", accounts=listed))


def _opened(home: Path, entry: AccountEntry, now: Callable[[], datetime], words: Words) -> Session:
    """Open the vault with the key of the key store, or with the passphrase, which is asked for."""
    if not accounts.is_kept(home, entry):
        raise Refused(words.tr("Nothing of the account {name} is kept on this computer.", name=entry.name))
    passphrase = ""
    if entry.key_place == "passphrase":
        asked = words.tr("Passphrase of {name}: ", name=entry.name)
        passphrase = getpass.getpass(unsteered(asked)) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    return accounts.open_account(home, entry, now, passphrase)


def _export(session: Session, wish: Wish, since: date | None, words: Words, now: Callable[[], datetime]) -> int:
    from selfcare.account.farewell import farewell
    from selfcare.viewmodel.farewell_asking import done_sentences
    from selfcare.viewmodel.farewell_index import Tally

    tally = Tally()
    target = _target(wish, session.profile, now().date().isoformat(), words)
    steps = farewell(session, _pack_of(wish, since, words, now, tally), target, as_zip=_is_file(wish, target))
    try:
        for step in steps:
            _tell(step, words)
    finally:
        steps.close()  # type: ignore[attr-defined]
        _tell(None, words)
    missing, tally.missing = tally.missing, 0
    said = list(done_sentences(target, tally, words, with_pdfs=wish.with_pdfs))
    if missing and wish.with_pdfs:
        said.append(
            words.trn(
                "{count} PDF is not on this computer yet: export from the window to fetch it first.",
                "{count} PDFs are not on this computer yet: export from the window to fetch them first.",
                missing,
            )
        )
    say(sys.stdout, "\n".join(said) + "\n")
    return 0


def _pack_of(
    wish: Wish, since: date | None, words: Words, now: Callable[[], datetime], tally: Tally
) -> Callable[[Owned], Pack]:
    if wish.bills:
        from selfcare.viewmodel.bill_archive import bill_archive

        return lambda owned: bill_archive(
            owned.of_bills_since(since), words, now(), tally, since=since, with_pdfs=wish.with_pdfs
        )
    from selfcare.viewmodel.farewell import farewell_pack

    languages = [load_words(code, resource("locale")) for code in LANGUAGES]
    return lambda owned: farewell_pack(owned, words, now(), languages=languages, tally=tally, with_pdfs=wish.with_pdfs)


def _target(wish: Wish, profile: OperatorProfile, day: str, words: Words) -> Path:
    """The path as named; where it is a folder that is there already, a new name in it."""
    from selfcare.account.farewell import free_target
    from selfcare.viewmodel.bill_archive import archive_name
    from selfcare.viewmodel.farewell import pack_name

    try:
        if not wish.target or "\0" in wish.target:
            raise ValueError
        named = Path(wish.target).expanduser().absolute()
        if named.is_dir():
            whole = pack_name(profile.name, day, words, is_archive=profile.is_archive)
            name = archive_name(profile.name, day, words) if wish.bills else whole
            return free_target(named, name, ".zip" if wish.as_zip else "")
    except (OSError, ValueError, RuntimeError):
        raise Refused(words.tr("{name}: this is no place for files.", name=wish.target)) from None
    return named.with_name(f"{named.name}.zip") if wish.as_zip and named.suffix.lower() not in ARCHIVES else named


def _is_file(wish: Wish, target: Path) -> bool:
    """One file was asked for, or a name that ends as one does that this program opens."""
    return wish.as_zip or target.suffix.lower() == OWN_ENDING


def _tell(step: PackStep | None, words: Words) -> None:
    """How far it is, on a terminal only, on one line that is wiped in the end."""
    if not sys.stderr.isatty():
        return
    if step is None:
        wipe(sys.stderr)
    elif step.done % 50 == 0:
        from selfcare.viewmodel.farewell_asking import writing_sentence

        wipe(sys.stderr)
        say(sys.stderr, f"{writing_sentence(step, words)} {100 * step.done // max(step.total, 1)} %")
