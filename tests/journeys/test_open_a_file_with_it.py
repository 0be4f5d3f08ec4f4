"""A file that is opened with the program becomes bills of the customer's own archive, wherever the window stands."""

from __future__ import annotations

import gc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from selfcare.account.archive import archive_profile, write_archive_profile
from selfcare.account.farewell import farewell
from selfcare.account.session import Session
from selfcare.app import accounts
from selfcare.app.early import utc_now
from selfcare.app.program import Program
from selfcare.domain.failures import NoKeyring
from selfcare.domain.operator import ARCHIVE
from selfcare.domain.records import replace
from selfcare.host.folders import data_dir
from selfcare.host.settings import load_settings, save_settings, with_account
from selfcare.ui.pages.bill_intake import IntakeDialog
from selfcare.ui.pages.welcome import WelcomePage
from selfcare.viewmodel.bill_archive import bill_archive
from selfcare.viewmodel.farewell_index import Tally
from tests import samples
from tests.bill_pdfs import bill_pdf
from tests.journeys.computer import Computer, Kept
from tests.journeys.person import must_say, says
from tests.journeys.quiet import settled
from tests.samples import words
from tests.shots.driving import press, until


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two bills."""
    path = tmp_path / "mine.selfcare"
    with zipfile.ZipFile(path, "w") as made:
        for number in (1, 2):
            lines = (f"Invoice number N-000{number}", f"Invoice date {number} May 2025", "Total due 41.99 EUR")
            made.writestr(f"2025/{number}.pdf", bill_pdf(*lines))
    return path


def numbers(program: Program) -> list[str]:
    assert program.session is not None
    return sorted(bill.number for bill in program.session.reader.bills())


def report() -> IntakeDialog | None:
    """What the taking in came to, once it is over."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, IntakeDialog) and one.isVisible()]
    return found[0] if found and not found[0].is_busy else None


def close_report(program: Program, *said: str) -> None:
    until("the report", lambda: report() is not None)
    dialog = report()
    assert dialog is not None
    must_say(dialog, *said)
    press(dialog, "Close")
    settled(program)


def with_archive(computer: Computer, archive: Path) -> Program:
    """Its first start: with a file, and a key store that keeps the key."""
    computer.begin_with = archive
    program = computer.start()
    page = program.window.current
    assert isinstance(page, WelcomePage)
    must_say(page, "You opened “mine.selfcare” with Selfcare.", "Where the key is kept")
    press(page, "Make the archive")
    until("the bills", lambda: program.window.current is not page)
    close_report(program, "2 bills were added.")
    computer.begin_with = None
    return program


def test_first_start_with_a_file_then_more_while_it_is_open(computer: Computer, archive: Path, tmp_path: Path) -> None:
    program = with_archive(computer, archive)
    assert numbers(program) == ["N-0001", "N-0002"]
    assert [one.profile_id for one in program.settings.accounts] == [ARCHIVE]
    entrance = computer.entrance
    third = tmp_path / "third.pdf"
    third.write_bytes(bill_pdf("Invoice number N-0003", "Invoice date 3 May 2025", "Total due 41.99 EUR"))
    program.window.show_room("settings")
    entrance.bringing.bring(str(archive))
    entrance.bringing.bring(str(third))
    close_report(program, "0 bills were added.", "2 were here already.")
    close_report(program, "1 bill was added.")
    assert numbers(program) == ["N-0001", "N-0002", "N-0003"]
    assert program.window.current is program.window.page("bills")
    computer.begin_with = third
    program = computer.restart()
    close_report(program, "1 was here already.")
    entrance = computer.entrance
    entrance.lock()
    settled(program)
    entrance.bringing.bring(str(tmp_path / "gone.zip"))
    settled(program)
    assert report() is None, "what is closed is opened by its owner first"
    press(program.window.current, "Open")
    close_report(program, "1 could not be read.")


def test_where_there_is_no_key_store_the_passphrase_comes_first(
    computer: Computer, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(timeout: float = 30.0) -> object:
        raise NoKeyring

    monkeypatch.setattr("selfcare.host.keychain.system_keychain", none)
    computer.begin_with = archive
    program = computer.start()
    page = program.window.current
    assert isinstance(page, WelcomePage)
    press(page, "Make the archive")
    must_say(page, "At least 10 characters.")
    page.key.first.setText("nine blue herons")
    page.key.second.setText("nine blue herons")
    press(page, "Make the archive")
    close_report(program, "2 bills were added.")
    program = computer.restart()
    assert report() is None
    opening = program.window.current
    assert isinstance(opening, WelcomePage)
    opening.open_card.field.setText("nine blue herons")
    press(opening, "Open")
    close_report(program, "2 were here already.")


def test_the_operators_account_makes_room_for_the_archive(
    computer: Computer, homes: Callable[[str], Kept], archive: Path
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    entrance = computer.entrance
    entrance.bringing.bring(str(archive))
    until("the first page", lambda: says(program.window, "You opened “mine.selfcare” with Selfcare."))
    settled(program)
    press(program.window.current, "Make the archive")
    close_report(program, "2 bills were added.")
    assert len(program.settings.accounts) == 2
    operators = next(one for one in program.settings.accounts if one.profile_id != ARCHIVE)
    entrance.ways.change_to(operators.id)
    until("Nadia's account", lambda: program.session is not None and not program.session.profile.is_archive)
    settled(program)
    entrance.lock()
    settled(program)
    entrance.bringing.bring(str(archive))
    settled(program)
    must_say(program.window, "Locked, because nobody was here for a while.")
    assert program.session is None, "a file opens nothing that was locked"
    press(program.window.current, "Open")
    close_report(program, "2 were here already.")
    assert program.session is not None
    assert program.session.profile.is_archive
    program.keep_settings(replace(program.settings, current=operators.id))
    settled(program)
    computer.begin_with = archive
    program = computer.restart()
    close_report(program, "2 were here already.")
    assert numbers(program) == ["N-0001", "N-0002"]


def test_behind_the_archives_passphrase_no_other_account_is_open(
    computer: Computer, homes: Callable[[str], Kept], archive: Path
) -> None:
    computer.put(homes("nadia"))
    profile = archive_profile("My bills", "GB")
    entry = accounts.new_entry(profile, "passphrase", "mine")
    accounts.keep_profile(computer.home, entry, write_archive_profile(profile))
    accounts.open_account(computer.home, entry, utc_now, "nine blue herons").close()
    kept = load_settings(computer.settings_path)
    save_settings(computer.settings_path, replace(with_account(kept, entry), current=kept.current))
    computer.begin_with = archive
    program = computer.start()
    settled(program)
    assert program.entry == entry
    assert program.session is None
    assert [one for one in gc.get_objects() if isinstance(one, Session) and one._key] == []


def test_what_nothing_is_kept_of_is_not_closed_for_a_file(
    computer: Computer, archive: Path, homes: Callable[[str], Kept]
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    assert program.entry is not None
    program.entry = replace(program.entry, key_place="memory")
    computer.entrance.bringing.bring(str(archive))
    settled(program)
    must_say(program.window, "“mine.selfcare” belongs in an archive of your own bills, and waits.")
    assert program.session is not None
    assert program.session.profile.name == "Orvane Mobile"
    program.entry = replace(program.entry, key_place="keyring")


def test_another_way_in_forgets_the_file(computer: Computer, archive: Path) -> None:
    computer.begin_with = archive
    program = computer.start()
    page = program.window.current
    assert isinstance(page, WelcomePage)
    page.sign_in.address.setText("http://127.0.0.1:1")
    press(page, "Sign in")
    settled(program)
    must_say(page, "Nobody answers at this address.", "PDFs in a folder on this computer")
    assert not says(page, "Make the archive")
    assert computer.entrance.bringing.names == ""


def test_the_demos_bills_go_out_as_a_file_and_come_in_again(
    computer: Computer, homes: Callable[[str], Kept], tmp_path: Path
) -> None:
    computer.put(homes("nadia"))
    program = computer.start("nadia")
    session = program.session
    assert session is not None
    for _paper in session.gather_papers():
        pass
    before = {bill.number: (bill.day, bill.total) for bill in session.reader.bills() if bill.papers}
    assert len(before) >= 6
    target = tmp_path / "nadia.selfcare"
    for _step in farewell(
        session, lambda owned: bill_archive(owned, words(), samples.NOW, Tally()), target, as_zip=True
    ):
        pass
    computer.stop()
    computer.keys.secrets.clear()
    data_dir().parent.rename(tmp_path / "the other computer")
    computer.begin_with = target
    program = computer.start()
    press(program.window.current, "Make the archive")
    until("the bills", lambda: program.session is not None)
    close_report(program, f"{len(before)} bills were added.")
    assert program.session is not None
    assert {bill.number: (bill.day, bill.total) for bill in program.session.reader.bills()} == before
