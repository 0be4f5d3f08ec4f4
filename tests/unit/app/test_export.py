"""Exporting from the command line: what is written, and a sentence for everything that is in its way."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.__main__ import main
from selfcare.account import farewell
from selfcare.account.archive import archive_profile, write_archive_profile
from selfcare.account.own_bills import OwnBill, keep_bills
from selfcare.app import accounts
from selfcare.app.export import FAILED, HELD, NOT_ASKED_WELL, STOPPED, Wish, _tell, run
from selfcare.domain.failures import VaultLocked
from selfcare.domain.farewell import PackStep
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.host.instance import take_instance
from selfcare.host.settings import AccountEntry, Settings, load_settings, save_settings
from tests import samples
from tests.pack_reading import check_names, check_whole, files_of, pages, table

NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
SECRET = "correct horse battery"


def own(number: str, day: str, total: str, operator: str = "Orvane Mobile") -> OwnBill:
    from datetime import date
    from decimal import Decimal

    found = FoundBill(number, date.fromisoformat(day), None, Money(Decimal(total), "EUR"), operator=operator)
    return OwnBill(
        f"own-{number}", found, f"p-{number}", f"{number}.pdf", "application/pdf", b"%PDF-" + number.encode()
    )


class Terminal(io.StringIO):
    """What is written to a terminal, or typed there."""

    def isatty(self) -> bool:
        """It is one."""
        return True


class Home:
    """A home with an archive under a passphrase, and what the command says of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.path, self.settings = folder / "home", folder / "settings.json"
        self._capsys, self._monkeypatch = capsys, monkeypatch
        profile = archive_profile("My bills", "FR")
        self.entry = accounts.new_entry(profile, "passphrase")
        accounts.keep_profile(self.path, self.entry, write_archive_profile(profile))
        session = accounts.open_account(self.path, self.entry, lambda: NOW, SECRET)
        vault = session.open_again()
        bills = [
            own("780123456", "2026-11-03", "41.99"), own("=1+2", "2024-02-01", "45923.61", "=cmd|' /C calc'!A0"),
            own("780000001", "2019-05-03", "12.00"),
        ]  # fmt: skip
        keep_bills(vault, bills, NOW, "own", ZoneInfo("Europe/Paris"))
        vault.close()
        session.close()
        save_settings(self.settings, Settings(language="en", accounts=(self.entry,), current=self.entry.id))

    def export(self, target: Path, typed: str = SECRET, **wish: object) -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        asked = Wish(str(target), **{"bills": True, "language": "en", **wish})  # type: ignore[arg-type]
        status = run(asked, self.path, self.settings, lambda: NOW)
        said = self._capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    return Home(tmp_path, capsys, monkeypatch)  # type: ignore[return-value]


def test_an_archive_as_a_folder(home: Home, tmp_path: Path) -> None:
    status, out, err = home.export(tmp_path / "mine")
    assert (status, err) == (0, "")
    assert f"Saved as {tmp_path / 'mine'}." in out
    files = files_of(tmp_path / "mine")
    check_whole(files)
    check_names(files)
    assert sorted(path for path in files if path.endswith(".pdf")) == [
        "pdf/bills/2019/2019-05-03 Orvane Mobile bill 780000001.pdf",
        "pdf/bills/2024/2024-02-01 =cmd ' C calc'!A0 bill =1+2.pdf",
        "pdf/bills/2026/2026-11-03 Orvane Mobile bill 780123456.pdf",
    ]
    rows = table(files, "bills")
    assert [(r["number"], r["total"], r["operator"]) for r in rows] == [
        ("780123456", "41.99", "Orvane Mobile"), ("=1+2", "45923.61", "=cmd|' /C calc'!A0"),
        ("780000001", "12.00", "Orvane Mobile"),
    ]  # fmt: skip
    assert b"\r\n" in files["csv/bills.csv"]
    assert b",=1+2," not in files["csv/bills.csv"]
    told = json.loads(files["json/bills.json"])
    assert [bill["total"] for bill in told] == ["41.99", "45923.61", "12.00"]
    assert told[0]["pdfs"] == ["pdf/bills/2026/2026-11-03 Orvane Mobile bill 780123456.pdf"]
    assert {"index.html", "pages/bills-2026.html", "pages/bills-2024.html"} <= set(files)
    assert all("<script" not in page for page in map(str, pages(files)))


def test_an_e_invoice_that_came_without_a_pdf_goes_along(home: Home, tmp_path: Path) -> None:
    session = accounts.open_account(home.path, home.entry, lambda: NOW, SECRET)
    vault = session.open_again()
    paper = own("780999999", "2026-10-03", "600.00")
    invoice = OwnBill("own-xml", paper.found, "p-xml", "october.xml", "application/xml", b"<Invoice/>")
    unread = FoundBill("", paper.found.day, None, paper.found.total)
    scan = OwnBill("own-scan", unread, "p-scan", "Scan 7.PDF", "application/pdf", b"%PDF-scan")
    keep_bills(vault, [invoice, scan], NOW, "own too", ZoneInfo("Europe/Paris"))
    vault.close()
    session.close()
    status, said, _ = home.export(tmp_path / "out", bills=True, since="2026")
    assert status == 0
    assert "2 PDFs are in it" in said
    files = files_of(tmp_path / "out")
    assert files["pdf/bills/2026/2026-10-03 Orvane Mobile bill 780999999.xml"] == b"<Invoice/>"
    assert files["pdf/bills/2026/2026-10-03 bill Scan 7.pdf"] == b"%PDF-scan"
    check_whole(files)


def test_a_bill_without_a_day_is_left_out_of_no_time_and_hides_no_other(home: Home, tmp_path: Path) -> None:
    """It came last, with one that is older than the time: the bills that came before them go along all the same."""
    session = accounts.open_account(home.path, home.entry, lambda: NOW, SECRET)
    vault = session.open_again()
    undated = FoundBill("780555555", None, None, own("780555555", "2026-10-03", "9.00").found.total)
    scan = OwnBill("own-scan", undated, "p-scan", "scan.pdf", "application/pdf", b"%PDF-scan")
    keep_bills(vault, [own("780000002", "2018-05-03", "12.00"), scan], NOW, "own too", ZoneInfo("Europe/Paris"))
    vault.close()
    session.close()
    assert home.export(tmp_path / "out", since="2024")[0] == 0
    files = files_of(tmp_path / "out")
    assert {r["number"] for r in table(files, "bills")} == {"780123456", "=1+2", "780555555"}
    assert any(path.startswith("pdf/bills/undated/") for path in files)
    assert "Bills since 1 Jan 2024, and those without a date." in files["index.html"].decode()


def test_on_a_terminal_it_says_how_far_it_is_on_one_line(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Terminal()
    monkeypatch.setattr("sys.stderr", said)
    status, out, _err = home.export(tmp_path / "mine")
    assert status == 0
    assert said.getvalue() == "\r\x1b[K", "so few files are not worth a word"
    assert "[K" not in out
    for step in (
        PackStep("pdf/a.pdf", 50, 200),
        PackStep("pdf/b.pdf", 51, 200),
        PackStep("csv/c\x1b[2J.csv", 100, 200),
    ):
        _tell(step, samples.words())
    lines = said.getvalue().split("\r\x1b[K")
    assert lines == ["", "", "Saving the PDFs… 25 %", "Saving the tables… 50 %"]


def test_the_name_of_an_account_does_not_steer_the_terminal(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    settings = load_settings(home.settings)
    accounts_ = tuple(replace(one, name="Or\x1b[31mv\x9b\u202eane") for one in settings.accounts)
    save_settings(home.settings, replace(settings, accounts=accounts_))
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda sentence: asked.append(sentence) or SECRET)
    assert run(Wish(str(tmp_path / "mine"), bills=True, language="en"), home.path, home.settings, lambda: NOW) == 0
    assert asked == ["Passphrase of Or[31mvane: "]


def test_since_a_year_as_one_file_without_pdfs(home: Home, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    assert home.export(place, since="2024", as_zip=True, with_pdfs=False)[0] == 0
    (made,) = place.iterdir()
    assert made.name == "My bills - bills - 2026-11-21.zip"
    files = files_of(made)
    assert [r["number"] for r in table(files, "bills")] == ["780123456", "=1+2"]
    assert not [path for path in files if path.endswith(".pdf")]
    assert home.export(place, since="2024-02-02")[0] == 0
    assert [r["number"] for r in table(files_of(place / "My bills - bills - 2026-11-21"), "bills")] == ["780123456"]


@pytest.mark.parametrize("as_zip", [False, True])
def test_a_name_that_this_program_opens_is_one_file(home: Home, tmp_path: Path, as_zip: bool) -> None:
    target = tmp_path / "mine.Selfcare"
    status, said, _ = home.export(target, as_zip=as_zip)
    assert status == 0
    assert f"Saved as {target}." in said
    files = files_of(target)
    check_whole(files)
    assert [r["number"] for r in table(files, "bills")] == ["780123456", "=1+2", "780000001"]


def test_everything_is_the_farewell_pack(home: Home, tmp_path: Path) -> None:
    assert home.export(tmp_path / "all", bills=False)[0] == 0
    assert "csv/payments.csv" in files_of(tmp_path / "all")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"since": "last year"}, "--since: write a year or a day"),
        ({"since": "2024-02-30"}, "--since: write a year or a day"),
        ({"since": "2024", "bills": False}, "--since goes with --bills alone."),
        ({"account": "nobody"}, "--account: choose one of archive-"),
        ({"target": "a\0b"}, "this is no place for files"),
    ],
)
def test_a_wrong_command(home: Home, tmp_path: Path, wish: dict[str, object], said: str) -> None:
    target = wish.pop("target", tmp_path / "mine")
    status, out, err = home.export(target, **wish)  # type: ignore[arg-type]
    assert (status, out) == (NOT_ASKED_WELL, "")
    assert said in err
    assert not (tmp_path / "mine").exists()


def test_a_wrong_passphrase(home: Home, tmp_path: Path) -> None:
    status, _out, err = home.export(tmp_path / "mine", "wrong")
    assert status == FAILED
    assert "That does not open your data." in err
    assert not (tmp_path / "mine").exists()


def test_a_damaged_archive_is_left_as_it_is(home: Home, tmp_path: Path) -> None:
    """Of an operator's account it would be put aside and read again; an archive nobody else has."""
    vault = accounts.account_folder(home.path, home.entry) / "vault"
    whole = (vault / "papers.db").read_bytes()
    (vault / "papers.db").write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    (vault / "papers.db-wal").unlink(missing_ok=True)
    before = sorted(path.name for path in vault.iterdir())
    status, _out, err = home.export(tmp_path / "mine")
    assert status == FAILED
    assert "damaged" in err
    assert not (tmp_path / "mine").exists()
    (vault / "cache.db").write_bytes(b"rubbish" * 5000)
    status, _out, err = home.export(tmp_path / "mine")
    assert status == FAILED
    assert "A file of this archive is damaged. It was left as it is, not deleted." in err
    assert sorted(path.name for path in vault.iterdir()) == before


def test_a_locked_key_store(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_facts: object) -> bytes:
        raise VaultLocked

    monkeypatch.setattr(accounts, "_key", locked)
    status, _out, err = home.export(tmp_path / "mine")
    assert status == FAILED
    assert "The key store of this computer is locked." in err


def test_a_window_that_is_open(home: Home, tmp_path: Path) -> None:
    lock = take_instance(home.path)
    assert lock is not None
    with lock:
        status, _out, err = home.export(tmp_path / "mine")
    assert status == HELD
    assert "Selfcare is open." in err
    assert home.export(tmp_path / "mine")[0] == 0, "the right is given back"


def test_something_is_there_already(home: Home, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    status, _out, err = home.export(tmp_path / "mine")
    assert status == FAILED
    assert "is there already" in err
    assert (tmp_path / "mine").read_text() == "precious"


def test_stopped_it_leaves_nothing(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_facts: object) -> Iterator[None]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(farewell, "_filled", interrupted)
    status, _out, err = home.export(tmp_path / "mine")
    assert (status, err) == (STOPPED, "Stopped. Nothing was left behind.\n")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("mine")]


def test_no_account_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(Wish(str(tmp_path / "x"), bills=True, language="fr"), tmp_path / "home", tmp_path / "settings.json")
    assert status == NOT_ASKED_WELL
    assert "pas encore de compte" in capsys.readouterr().err


def test_an_account_that_keeps_nothing_is_not_offered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = AccountEntry("m-1", "m", name="M", key_place="memory")
    save_settings(tmp_path / "settings.json", Settings(accounts=(entry,), current="m-1"))
    assert (
        run(Wish(str(tmp_path / "x"), language="en"), tmp_path / "home", tmp_path / "settings.json") == NOT_ASKED_WELL
    )


def test_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SELFCARE_HOME", str(tmp_path))
    words = ["export", str(tmp_path / "x"), "--bills", "--since", "2024", "--zip", "--language", "en"]
    assert main(words) == NOT_ASKED_WELL
    assert "There is no account on this computer yet." in capsys.readouterr().err
