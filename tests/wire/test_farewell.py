"""The farewell pack of a real account, read back with nothing of the program and held against what is served."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from selfcare.account.farewell import farewell
from selfcare.account.owned import Owned
from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain.commands import AddNote, RequestCode
from selfcare.domain.farewell import Pack
from selfcare.viewmodel.farewell import farewell_pack
from selfcare.viewmodel.farewell_index import Tally
from tests.pack_reading import check_names, check_whole, files_of, pages, table
from tests.plain_client import PlainCustomer, sign_in
from tests.samples import words
from tests.sandbox_process import Sandbox

KEY = bytes(range(32))
PEOPLE = pytest.mark.parametrize(
    ("login", "brand", "language"), [("claire", "orvane-gb", "en"), ("atelier", "orvane-fr", "fr")]
)
KINDS = (
    "customerBill", "appliedCustomerBillingRate", "payment", "product", "service", "agreement", "troubleTicket",
    "productOrder", "document", "partyInteraction", "serviceProblem",
)  # fmt: skip


def pack_of(owned: Owned, *, language: str, at: datetime, tally: Tally, with_pdfs: bool = True) -> Pack:
    both = (words("en"), words("fr"))
    return farewell_pack(owned, words(language), at, languages=both, tally=tally, with_pdfs=with_pdfs)


def export(session: Session, target: Path, language: str = "en", *, at: datetime, **more: bool) -> Tally:
    tally = Tally()
    make = partial(pack_of, language=language, at=at, tally=tally, with_pdfs=more.get("with_pdfs", True))
    for _step in farewell(session, make, target, as_zip=target.suffix == ".zip"):
        assert not target.exists()
    return tally


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Callable[[Sandbox, str, str], Session]]:
    """Opens somebody's account and reads it once."""
    opened: list[Session] = []

    def read(sandbox: Sandbox, login: str, brand: str) -> Session:
        profile = read_profile(sandbox.profile(brand))
        session = open_session(tmp_path / "vault", KEY, profile, now=lambda: datetime.now(UTC))
        opened.append(session)
        session.sign_in(demo_browser, login_hint=login)
        session.round()
        assert session.trouble is None
        return session

    yield read
    for session in opened:
        session.close()


def money(amount: dict[str, Any] | None) -> tuple[str, str]:
    return ("", "") if amount is None else (f"{Decimal(amount['value']):f}", amount["unit"])


def served(customer: PlainCustomer, kind: str) -> list[dict[str, Any]]:
    reply = customer.get(kind, limit=1000).raise_for_status()
    found: list[dict[str, Any]] = json.loads(reply.content, parse_float=Decimal)
    return found


@PEOPLE
def test_everything_that_is_served_is_in_the_pack(
    new_sandbox: Callable[..., Sandbox],
    account: Callable[[Sandbox, str, str], Session],
    tmp_path: Path,
    login: str,
    brand: str,
    language: str,
) -> None:
    sandbox = new_sandbox()
    session = account(sandbox, login, brand)
    came = list(session.gather_papers())
    customer = sign_in(sandbox.issuer(brand), login)
    target = tmp_path / ("pack.zip" if language == "fr" else "pack")
    tally = export(session, target, language, at=datetime.now(UTC))
    files = files_of(target)
    check_whole(files)
    check_names(list(files))

    bills = served(customer, "customerBill")
    told = {row["id"]: row for row in table(files, "bills")}
    assert len(told) == len(bills) > 20
    assert came[-1] == len(bills) - 24
    for bill in bills:
        row = told[bill["id"]]
        assert row["number"] == bill["billNo"]
        assert Decimal(row["total"]) == bill["amountDue"]["value"]
        assert Decimal(row["remaining"]) == bill["remainingAmount"]["value"]
        assert row["total_currency"] == bill["amountDue"]["unit"]
        assert row["day"] == bill["billDate"][:10]
        (paper,) = bill["billDocument"]
        assert files[row["pdf"]] == customer.client.get(paper["url"]).raise_for_status().content

    lines = served(customer, "appliedCustomerBillingRate")
    rows = {row["id"]: row for row in table(files, "bill-lines")}
    assert len(rows) == len(lines) > 100
    for line in lines:
        row = rows[line["id"]]
        assert (row["bill"], row["name"]) == (line["bill"]["id"], line["name"])
        assert Decimal(row["gross"]) == line["taxIncludedAmount"]["value"]
        assert Decimal(row["net"]) == line["taxExcludedAmount"]["value"]

    listed = {row["id"]: row for row in table(files, "papers")}
    addresses = {f["id"]: f["url"] for d in served(customer, "document") for f in d["attachment"]}
    for row in listed.values():
        assert files[row["file"]] == customer.client.get(addresses[row["id"]]).raise_for_status().content
    assert {row["is_here"] for row in listed.values()} == {"yes"}
    assert {row["of"] for row in listed.values()} == {"bill", "contract", "letter"}
    assert tally.pdfs == len(listed) == sum(path.endswith(".pdf") for path in files)
    assert tally.missing == 0

    for kind in KINDS:
        check_documents(customer, kind, files)
    check_other_tables(customer, files)
    check_pages(files, bills, lines, language)


def check_documents(customer: PlainCustomer, kind: str, files: dict[str, bytes]) -> None:
    """What the operator sent, byte for byte, is in the lists of its documents."""
    raw = customer.get(kind, limit=1000).content.decode()
    kept = files.get(f"documents/{kind}-0001.json", b"[]").decode()
    documents = json.loads(raw)
    assert sorted(d["id"] for d in json.loads(kept)) == sorted(d["id"] for d in documents)
    decoder, at = json.JSONDecoder(), raw.index("[") + 1
    for document in documents:
        at = raw.index("{", at)
        found, end = decoder.raw_decode(raw, at)
        assert found == document
        assert raw[at:end] in kept
        at = end


def check_other_tables(customer: PlainCustomer, files: dict[str, bytes]) -> None:
    payments = {row["id"]: row for row in table(files, "payments")}
    for payment in served(customer, "payment"):
        row = payments[payment["id"]]
        assert (row["amount"], row["currency"]) == money(payment["totalAmount"])
    for name, kind in (("tickets", "troubleTicket"), ("orders", "productOrder"), ("contracts", "agreement"),
                       ("contacts", "partyInteraction"), ("problems", "serviceProblem")):  # fmt: skip
        assert {row["id"] for row in table(files, name)} == {d["id"] for d in served(customer, kind)}
    notes = {(row["ticket"], row["text"]) for row in table(files, "ticket-notes")}
    assert notes == {(t["id"], n["text"]) for t in served(customer, "troubleTicket") for n in t.get("note", ())}


def check_pages(
    files: dict[str, bytes], bills: list[dict[str, Any]], lines: list[dict[str, Any]], language: str
) -> None:
    found = pages(files)
    assert {page.language for page in found.values()} == {language}
    index = found["index.html"]
    assert {path for path in found if path != "index.html"} <= set(index.links)
    shown = " ".join(page.words for path, page in found.items() if path.startswith("pages/bills-"))
    for bill in bills:
        assert bill["billNo"] in shown
    for line in lines:
        assert line["name"] in shown
    assert len(index.links) == len(set(index.links))


@pytest.mark.skipif(which("sha256sum") is None, reason="no sha256sum here")
def test_the_checksums_are_those_that_sha256sum_reads(
    sandbox: Sandbox, account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    export(account(sandbox, "claire", "orvane-gb"), tmp_path / "pack", at=datetime.now(UTC))
    command = ["sha256sum", "--check", "--strict", "--quiet", "CHECKSUMS.sha256"]
    told = subprocess.run(command, cwd=tmp_path / "pack", capture_output=True, text=True)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_the_same_account_twice_differs_in_the_stated_time_alone(
    sandbox: Sandbox, account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    session = account(sandbox, "claire", "orvane-gb")
    at = datetime.now(UTC)
    for name in ("1.zip", "2.zip"):
        export(session, tmp_path / name, at=at)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    export(session, tmp_path / "3.zip", at=at + timedelta(minutes=1))
    first, later = files_of(tmp_path / "1.zip"), files_of(tmp_path / "3.zip")
    assert {path for path in first if first[path] != later[path]} == {"index.html", "README.txt", "CHECKSUMS.sha256"}
    assert set(first) == set(later)


def test_what_was_asked_for_and_its_code_are_in_it(
    new_sandbox: Callable[..., Sandbox], account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    sandbox = new_sandbox()
    session = account(sandbox, "claire", "orvane-gb")
    line = session.reader.lines()[0]
    ticket = next(t for t in session.reader.tickets() if t.is_open)
    session.submit(RequestCode(line.id, line.number, "PAC"), "click 1")
    session.submit(AddNote(ticket.id, "=Still nothing"), "click 2")
    session.push()
    sandbox.advance(24)
    session.round()
    waits = session.submit(AddNote(ticket.id, "Never sent"), "click 3")
    export(session, tmp_path / "pack", at=datetime.now(UTC) + timedelta(hours=24))
    files = files_of(tmp_path / "pack")
    codes = table(files, "codes")
    assert codes
    served_orders = served(sign_in(sandbox.issuer(), "claire"), "productOrder")
    ordered = next(row for row in codes if row["order"])
    assert ordered["order"] in {order["id"] for order in served_orders}
    assert ordered["code"] in json.dumps(served_orders, default=str)
    assert (ordered["scheme"], ordered["number"]) == ("PAC", line.number)
    assert ordered["asked"]
    assert ordered["expires"]
    assert ordered["is_expired"] == "no"
    requests = {row["id"]: row for row in table(files, "requests")}
    assert [row["kind"] for row in requests.values()] == ["requestCode", "addNote", "addNote"]
    assert requests[waits.id]["state"] == "new"
    assert json.loads(requests[waits.id]["body"])
    events = [row["event"] for row in table(files, "journal") if row["request"] == next(iter(requests))]
    assert events[:2] == ["asked", "sending"]
    told = pages(files)["pages/requests.html"].words
    assert "Ask for the PAC of 07700 900123" in told
    assert "asked for" in told
    assert "sha256" not in told
    assert "sending" not in told
    notes = {row["text"] for row in table(files, "ticket-notes")}
    assert "=Still nothing" in notes
    assert "Never sent" not in notes
    assert ordered["code"] in pages(files)["pages/codes.html"].words
    tokens = session._reading.actions.session() or b""
    assert not any(tokens in content for content in files.values())


def test_without_pdfs_it_says_so_and_offline_what_is_missing(
    new_sandbox: Callable[..., Sandbox], account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    sandbox = new_sandbox()
    session = account(sandbox, "claire", "orvane-gb")
    sandbox.stop()
    tally = export(session, tmp_path / "without", at=datetime.now(UTC), with_pdfs=False)
    files = files_of(tmp_path / "without")
    assert not any(path.startswith("pdf/") for path in files)
    assert "left out, as you chose" in pages(files)["index.html"].words
    assert tally.pdfs == 0
    tally = export(session, tmp_path / "with", at=datetime.now(UTC))
    files = files_of(tmp_path / "with")
    assert tally.missing == 31 - 24
    assert "7 PDFs are not in it" in pages(files)["index.html"].words
    absent = [row for row in table(files, "papers") if row["is_here"] == "no"]
    assert [row["file"] for row in absent] == [""] * 7
    assert {row["of"] for row in absent} == {"bill"}


def test_what_changes_meanwhile_does_not_show(
    sandbox: Sandbox, account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    session = account(sandbox, "claire", "orvane-gb")
    tally = Tally()
    steps = farewell(
        session, partial(pack_of, language="en", at=datetime.now(UTC), tally=tally), tmp_path / "pack", as_zip=False
    )
    next(steps)
    vault = session.open_again()
    vault.cache.replace("customerBill", [], seen=datetime.now(UTC))
    vault.close()
    assert session.reader.bills() == ()
    list(steps)
    assert len(table(files_of(tmp_path / "pack"), "bills")) == 31


def test_cancelled_it_leaves_nothing_and_lets_go_of_the_vault(
    sandbox: Sandbox, account: Callable[[Sandbox, str, str], Session], tmp_path: Path
) -> None:
    session = account(sandbox, "claire", "orvane-gb")
    place = tmp_path / "place"
    place.mkdir()
    make = partial(pack_of, language="en", at=datetime.now(UTC), tally=Tally())
    for after in (1, 100, 500):
        steps = farewell(session, make, place / "pack", as_zip=after == 100)
        for _ in range(after):
            next(steps)
        steps.close()  # type: ignore[attr-defined]
        assert list(place.iterdir()) == []
