"""What the customer may choose, where the data lies, how big it is, who holds its key, and how to forget it all."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

from selfcare.domain.operator import ARCHIVE
from selfcare.domain.quiet_hours import CHOICES, hours_of
from selfcare.domain.records import Struct, field
from selfcare.host.settings import AccountEntry, Settings
from selfcare.i18n import Words

from .facts import FactView
from .proxy import ProxyView, proxy_view
from .unsent import SignOutView, sign_out_view
from .updates import TickView, UpdateFacts, UpdatesView, login_tick, updates_view

INTERVALS = (1, 3, 6, 12, 24)
"""Hours between two rounds of reading that can be chosen."""

LOCKS = (0, 1, 5, 15, 60)
"""Minutes without a touch after which the window locks; 0: never."""


class ChoiceRow(Struct, frozen=True):
    """One thing to choose from: what is kept and what is read."""

    value: str
    label: str


class AccountRow(Struct, frozen=True):
    """One account: the operator, and in plain words where the key of its files is."""

    id: str
    name: str
    key: str
    is_current: bool


class ForgetView(Struct, frozen=True):
    """The question before everything is forgotten, with the facts."""

    title: str
    text: str
    facts: tuple[FactView, ...]
    yes: str
    no: str


class SettingsFacts(Struct, frozen=True):
    """What the page is told: the choices, the folders, the sizes (bytes), and what cannot be got back.

    `size` is of all that is kept, `account_size` of what is kept for the account in use.

    `unsent` names the requests that the operator has not confirmed; `keychain` is what this computer calls its key
    store. `has_tray`: this desktop has a tray. `starts_at_login`: the system starts the program; `may_start_at_login`:
    it can.
    """

    settings: Settings
    version: str
    folder: str = ""
    size: int = 0
    account_size: int = 0
    log_folder: str = ""
    keychain: str = ""
    unsent: tuple[FactView, ...] = ()
    licences: tuple[tuple[str, str], ...] = field(default=())
    is_signed_out: bool = False
    has_tray: bool = False
    updates: UpdateFacts = UpdateFacts()
    starts_at_login: bool = False
    may_start_at_login: bool = True


class TrayView(Struct, frozen=True):
    """Whether the program stays in the tray after its window is closed; `may_choose`: this desktop has one."""

    label: str
    text: str
    is_on: bool
    may_choose: bool


class SettingsView(Struct, frozen=True):
    """The page."""

    title: str
    accounts: tuple[AccountRow, ...]
    no_accounts: str
    languages: tuple[ChoiceRow, ...]
    language: str
    looks: tuple[ChoiceRow, ...]
    look: str
    intervals: tuple[ChoiceRow, ...]
    interval: str
    places: tuple[FactView, ...]
    export: str
    forget: ForgetView
    about: tuple[FactView, ...]
    licences: tuple[tuple[str, str], ...]
    is_signed_out: bool
    tray: TrayView
    updates: UpdatesView
    login: TickView
    locks: tuple[ChoiceRow, ...] = ()
    lock: str = "0"
    quiet: tuple[ChoiceRow, ...] = ()
    quiet_hours: str = ""
    proxy: ProxyView = ProxyView()
    sign_out: SignOutView | None = None
    """What is asked before signing out, if anything."""


def settings_view(facts: SettingsFacts, words: Words) -> SettingsView:
    """The whole page."""
    chosen = facts.settings
    current = next((a for a in chosen.accounts if a.id == chosen.current), None)
    return SettingsView(
        title=words.tr("Settings"),
        accounts=tuple(
            AccountRow(a.id, a.name or a.profile_id, key_sentence(a, facts.keychain, words), a.id == chosen.current)
            for a in chosen.accounts
        ),
        no_accounts=words.tr("No account yet. Sign in to your operator to have one."),
        languages=(
            ChoiceRow("", words.tr("As this computer")),
            ChoiceRow("en", "English"),
            ChoiceRow("fr", "Français"),
        ),
        language=chosen.language,
        looks=(
            ChoiceRow("system", words.tr("As this computer")),
            ChoiceRow("light", words.tr("Light")),
            ChoiceRow("dark", words.tr("Dark")),
        ),
        look=chosen.look,
        intervals=_intervals(chosen.interval_hours, words),
        interval=str(chosen.interval_hours),
        places=_places(facts, words),
        export=words.tr(
            "Everything of this account, as pages, tables and PDFs that open without this program. For your own "
            "archive, or before you leave."
        ),
        forget=_forget(facts, current, words),
        about=(
            FactView(words.tr("Version"), facts.version),
            FactView(words.tr("Licence"), "Apache-2.0"),
        ),
        licences=facts.licences,
        is_signed_out=facts.is_signed_out,
        tray=_tray(facts, words),
        updates=updates_view(facts.updates, words),
        login=login_tick(is_on=facts.starts_at_login, may_choose=facts.may_start_at_login, words=words),
        locks=_locks(chosen.lock_minutes, words),
        lock=str(chosen.lock_minutes),
        quiet=_quiet(chosen.quiet_hours, words),
        quiet_hours=chosen.quiet_hours,
        proxy=proxy_view(chosen, words),
        sign_out=sign_out_view(facts.unsent, words),
    )


def _tray(facts: SettingsFacts, words: Words) -> TrayView:
    text = words.tr(
        "Closing the window then leaves a sign in the tray, which reminds a day and an hour before a line goes "
        "silent, and when a promise was missed. It says no name, number or amount."
    )
    if not facts.has_tray:
        text = words.tr("This desktop has no tray. The open window reminds you all the same.")
    label = words.tr("Keep reminding in the tray")
    return TrayView(label, text, facts.settings.stay_in_tray, facts.has_tray or facts.settings.stay_in_tray)


def key_sentence(account: AccountEntry, keychain: str, words: Words) -> str:
    """Where the key of an account's files is, in plain words."""
    if account.key_place == "keyring":
        if keychain:
            return words.tr("Encrypted. The key is in the key store of this computer: {name}.", name=keychain)
        return words.tr("Encrypted. The key is in the key store of this computer.")
    if account.key_place == "passphrase":
        return words.tr("Encrypted. The key comes from your passphrase, which is kept nowhere: do not lose it.")
    return words.tr("Nothing is kept: the key is lost when the program ends, and you sign in again next time.")


def size_text(size: int, words: Words) -> str:
    """A number of bytes in whole kilobytes, in tenths of a megabyte, or whole megabytes from ten on; rounded up."""
    if size <= 999_000:
        return words.tr("{size} kB", size=words.number(-(-size // 1000)))
    tenths = -(-size // 100_000)
    return words.tr("{size} MB", size=words.number(Decimal(tenths) / 10 if tenths < 100 else -(-size // 1_000_000)))


def _intervals(current: int, words: Words) -> tuple[ChoiceRow, ...]:
    hours = sorted({*INTERVALS, current})
    return tuple(ChoiceRow(str(h), words.trn("every {count} hour", "every {count} hours", h)) for h in hours)


def _locks(current: int, words: Words) -> tuple[ChoiceRow, ...]:
    minutes = sorted({*LOCKS, current})
    return tuple(
        ChoiceRow(str(m), words.trn("after {count} minute", "after {count} minutes", m) if m else words.tr("never"))
        for m in minutes
    )


def _quiet(current: str, words: Words) -> tuple[ChoiceRow, ...]:
    rows = []
    for quiet in dict.fromkeys((*CHOICES, current)):
        hours = hours_of(quiet)
        label = words.tr("never")
        if hours is not None:
            start, end = (words.hour(time(hour)) for hour in hours)
            label = words.tr("from {start} to {end}", start=start, end=end)
        rows.append(ChoiceRow(quiet, label))
    return tuple(rows)


def _places(facts: SettingsFacts, words: Words) -> tuple[FactView, ...]:
    found = [FactView(words.tr("Folder"), facts.folder), FactView(words.tr("Size"), size_text(facts.size, words))]
    if facts.log_folder:
        note = words.tr("no names, numbers, amounts or codes in it")
        found.append(FactView(words.tr("Log"), facts.log_folder, note))
    return tuple(found)


def _forget(facts: SettingsFacts, current: AccountEntry | None, words: Words) -> ForgetView:
    lost = [FactView(words.tr("Deleted here"), size_text(facts.account_size, words))]
    if current is not None:
        lost.insert(0, FactView(words.tr("Account"), current.name or current.profile_id))
    lost += facts.unsent
    text = words.tr(
        "The files and their key are deleted and you are signed out. Your own notes and saved papers cannot be got "
        "back. What your operator still holds can be read again after signing in."
    )
    if current is not None and current.profile_id == ARCHIVE:
        text = words.tr(
            "The files and their key are deleted. No operator has these bills: they cannot be got back unless you "
            "still have them elsewhere. The PDFs in your own folders are not touched."
        )
    else:
        lost.append(FactView(words.tr("At your operator"), words.tr("nothing changes")))
    return ForgetView(
        title=words.tr("Forget everything on this computer?"),
        text=text,
        facts=tuple(lost),
        yes=words.tr("Forget everything"),
        no=words.trc("instead of deleting it", "Keep it"),
    )
