"""A round of reading against a scripted operator: whole or not at all, resource by resource."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.account.outcome import Outcome
from selfcare.account.owner import subject_ids
from selfcare.account.pull import Progress, pull
from selfcare.account.read import Reader
from selfcare.domain import failures
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract
from selfcare.domain.failures import DiskTrouble, Failure, ListMissing, Offline, PaperTrouble, Refused, ServerTrouble
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import replace
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.store.round import unread_kind
from selfcare.store.search import BillQuery
from selfcare.store.vault import Vault, open_vault
from tests import samples
from tests.unit.account.desks import ScriptedDesk

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def doc(**facts: object) -> bytes:
    return json.dumps(facts).encode()


def bill(name: str, day: str, amount: str = "20.00", paper: str = "") -> bytes:
    papers = (
        [{"id": paper, "mimeType": "application/pdf", "url": f"https://api.orvane.example/{paper}"}] if paper else []
    )
    return doc(
        id=name, billNo=f"N-{name}", billDate=f"{day}T00:00:00Z", state="sent", billDocument=papers,
        taxIncludedAmount={"unit": "GBP", "value": float(amount)},
    )  # fmt: skip


class Office:
    """A vault, a desk and a clock."""

    def __init__(self, folder: Path) -> None:
        self.vault: Vault = open_vault(folder, bytes(32))
        self.desk = ScriptedDesk()
        self.profile: OperatorProfile = samples.profile()
        self.now = START
        self.desk.ones["customer"] = doc(
            id="C1", engagedParty={"id": "P1", "@referredType": "Individual"}, account=[{"id": "A1"}]
        )
        self.desk.ones["individual"] = doc(id="P1", givenName="Ann", familyName="Lee")
        self.desk.lists["customerBill"] = [bill("1", "2026-09-01"), bill("2", "2026-10-01"), bill("3", "2026-11-01")]

    def pull(self, *topics: Topic, cancelled: bool = False) -> Outcome:
        return pull(
            self.desk, self.vault, self.profile, "C1", lambda: self.now, topics=topics or None,
            cancelled=lambda: cancelled,
        )  # fmt: skip

    @property
    def reader(self) -> Reader:
        return Reader(self.vault, self.profile)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def test_the_customer_is_read_first_because_the_lists_are_asked_for_by_name(office: Office) -> None:
    outcome = office.pull()
    assert outcome.trouble is None
    assert office.desk.asked[:4] == ["customer/C1", "individual/P1", "billingAccount", "customerBill"]
    assert "organization/P1" not in office.desk.asked
    ids = subject_ids(office.vault, "C1")
    assert (ids.customer, ids.party, ids.account, ids.accounts) == ("C1", "P1", "A1", ("A1",))
    customer = office.reader.customer()
    assert customer is not None
    assert customer.name == "Ann Lee"
    assert [b.id for b in office.reader.bills()] == ["3", "2", "1"]
    assert {Topic.CUSTOMER, Topic.BILLS} == outcome.changed


def test_unchanged_means_unchanged(office: Office) -> None:
    office.desk.tags = {"customerBill": '"1"', "customer": '"2"', "individual": '"3"'}
    office.pull()
    office.now += timedelta(hours=6)
    outcome = office.pull()
    assert outcome.changed == frozenset()
    assert {Topic.BILLS, Topic.CUSTOMER, Topic.TICKETS} <= outcome.confirmed
    assert office.reader.freshness(Topic.BILLS)[0].seen == office.now


def test_a_resource_that_fails_stops_no_other(office: Office) -> None:
    office.pull()
    office.now += timedelta(hours=6)
    office.desk.lists["customerBill"] = [*office.desk.lists["customerBill"][:2], b"broken"]  # type: ignore[index]
    office.desk.lists["troubleTicket"] = [doc(id="T1", name="No line")]
    outcome = office.pull()
    assert outcome.trouble is None
    assert outcome.changed == {Topic.TICKETS}
    bills, tickets = office.reader.freshness(Topic.BILLS, Topic.TICKETS)
    assert (bills.failure, bills.seen, bills.tried) == (Refused(500), START, office.now)
    assert (tickets.failure, tickets.seen) == (None, office.now)
    assert len(office.reader.bills()) == 3


@pytest.mark.parametrize("failure", [Offline(), failures.BadCertificate()])
def test_what_all_would_meet_is_remembered_for_all(office: Office, failure: Failure) -> None:
    office.pull()
    office.desk.asked.clear()
    office.desk.lists["payment"] = failure
    office.now += timedelta(hours=6)
    outcome = office.pull()
    assert outcome.trouble == failure
    assert office.desk.asked[-1] == "payment"
    bills, payments, orders = office.reader.freshness(Topic.BILLS, Topic.PAYMENTS, Topic.ORDERS)
    assert bills.failure is None
    assert (payments.failure, orders.failure) == (failure, failure)
    assert orders.seen == START


def test_a_full_disk_ends_the_round_quietly(office: Office) -> None:
    office.desk.lists["payment"] = DiskTrouble("full")
    outcome = office.pull()
    assert outcome.trouble == DiskTrouble("full")
    assert office.reader.freshness(Topic.PAYMENTS)[0].failure is None


def test_what_is_not_offered_is_not_asked_for(office: Office) -> None:
    office.profile = samples.profile(without=["TMF656", "TMF632"])
    office.pull()
    assert "serviceProblem" not in office.desk.asked
    assert "individual/P1" not in office.desk.asked
    problems, customer = office.reader.freshness(Topic.PROBLEMS, Topic.CUSTOMER)
    assert not problems.offered
    assert customer.seen == START


def test_a_round_that_is_stopped_leaves_the_rest_as_it_was(office: Office) -> None:
    assert office.pull(cancelled=True) == Outcome()
    assert office.desk.asked == []


def test_only_some_topics(office: Office) -> None:
    outcome = office.pull(Topic.TICKETS)
    assert office.desk.asked == ["troubleTicket"]
    assert outcome.confirmed == {Topic.TICKETS}


def test_progress_is_told_page_by_page(office: Office) -> None:
    steps: list[Progress] = []
    pull(office.desk, office.vault, office.profile, "C1", lambda: START, topics=[Topic.BILLS], progress=steps.append)
    assert steps == [Progress(Topic.BILLS, 0), Progress(Topic.BILLS, 2, 3), Progress(Topic.BILLS, 3, 3)]


def test_a_bill_that_is_no_longer_listed_stays(office: Office) -> None:
    office.pull()
    office.desk.lists["customerBill"] = [bill("3", "2026-11-01")]
    office.pull()
    assert {b.id: b.no_longer_listed for b in office.reader.bills()} == {"3": False, "2": True, "1": True}
    assert office.reader.bill_window(BillQuery()).total == 3


EVIDENCE: dict[str, Callable[[Reader], Sequence[Ticket | Contract | Contact | Message]]] = {
    "troubleTicket": Reader.tickets, "agreement": Reader.contracts, "partyInteraction": Reader.contacts,
    "communicationMessage": Reader.messages,
}  # fmt: skip


@pytest.mark.parametrize("kind", EVIDENCE)
def test_what_the_customer_may_have_to_prove_stays_when_it_is_no_longer_listed(office: Office, kind: str) -> None:
    def states() -> dict[str, bool]:
        return {one.id: one.no_longer_listed for one in EVIDENCE[kind](office.reader)}

    both = [doc(id="1", name="One"), doc(id="2", name="Two")]
    for listed, expected in (
        (both, {"1": False, "2": False}),
        (both[1:], {"1": True, "2": False}),
        ([], {"1": True, "2": True}),
        (both, {"1": False, "2": False}),
    ):
        office.desk.lists[kind] = listed
        office.pull()
        assert states() == expected


def test_contracts_that_are_no_longer_listed_come_last(office: Office) -> None:
    both = [doc(id="1", name="One"), doc(id="2", name="Two")]
    for listed in (both, both[1:]):
        office.desk.lists["agreement"] = listed
        office.pull()
    assert [one.id for one in office.reader.contracts()] == ["2", "1"]


def test_a_list_that_is_not_found_any_more_takes_nothing_away(office: Office) -> None:
    office.desk.tags = {"customerBill": '"1"'}
    office.pull()
    office.now += timedelta(hours=6)
    office.desk.missing = {"customerBill"}
    outcome = office.pull()
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.seen, found.tried) == (ListMissing("customerBill"), START, office.now)
    assert [b.no_longer_listed for b in office.reader.bills()] == [False] * 3
    assert Topic.BILLS not in outcome.changed
    office.desk.missing = set()
    office.pull()
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.seen) == (None, office.now)


@pytest.mark.parametrize("honoured", [True, False])
def test_a_list_that_is_not_found_is_an_empty_one_only_where_the_profile_says_so(
    office: Office, honoured: bool
) -> None:
    honours = replace(office.profile.honours, missing_is_empty=honoured)
    office.profile = replace(office.profile, honours=honours)
    office.desk.missing = {"troubleTicket"}
    for _ in range(2):
        office.pull(Topic.TICKETS)
        (found,) = office.reader.freshness(Topic.TICKETS)
        expected = (None, START) if honoured else (ListMissing("troubleTicket"), None)
        assert (found.failure, found.seen) == expected


def test_a_list_of_which_all_could_not_be_read_is_not_emptied_by_one_that_is_not_found(office: Office) -> None:
    office.desk.lists["customerBill"] = [b"[]"]
    office.pull(Topic.BILLS)
    office.desk.missing = {"customerBill"}
    office.pull(Topic.BILLS)
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.unreadable) == (ListMissing("customerBill"), 1)
    assert len(office.vault.cache.all(unread_kind("customerBill"))) == 1


def test_an_unreadable_document_is_kept_and_counted(office: Office) -> None:
    office.desk.lists["customerBill"] = [
        bill("1", "2026-09-01"),
        doc(id="2", billDate={"a": 1}),
        b"[]",
    ]
    for _ in range(2):
        office.pull(Topic.BILLS)
        (found,) = office.reader.freshness(Topic.BILLS)
        assert found.failure is None
        assert found.unreadable == 2
        assert [b.id for b in office.reader.bills()] == ["1"]
    assert len(office.vault.cache.all(unread_kind("customerBill"))) == 2
    assert office.reader.bill_window(BillQuery()).total == office.reader.counts()[Topic.BILLS] == 1


def test_an_orders_date_that_was_moved_is_remembered_too(office: Office) -> None:
    days = ("2026-11-25T12:00:00Z", "2026-11-27T12:00:00Z", "2026-11-26T12:00:00Z")
    for named in days:
        office.desk.lists["productOrder"] = [
            doc(id="O1", state="inProgress", expectedCompletionDate=named, productOrderItem=[])
        ]
        office.pull(Topic.ORDERS)
        office.now += timedelta(hours=6)
    (order,) = office.reader.orders()
    assert order.expected == datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
    assert order.moved_from == tuple(datetime(2026, 11, day, 12, 0, tzinfo=UTC) for day in (25, 27))


def test_an_end_and_a_call_back_that_were_moved_are_remembered(office: Office) -> None:
    for day, hour in (("22", "10:00Z"), ("22", "10:00+00:00"), ("25", "12:00Z"), ("29", "12:00Z")):
        end = f"2026-11-{day}T{hour.replace(':00', ':00:00', 1)}"
        call = [{"name": "promisedCallback", "value": end}]
        office.desk.lists["troubleTicket"] = [doc(id="T1", expectedResolutionDate=end, characteristic=call)]
        office.pull(Topic.TICKETS)
        office.now += timedelta(hours=6)
    (ticket,) = office.reader.tickets()
    assert ticket.promised == ticket.call_by == datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
    assert ticket.call_seen == office.now - timedelta(hours=6)
    assert ticket.moved_from == ticket.call_moved_from == (
        datetime(2026, 11, 22, 10, 0, tzinfo=UTC), datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    )  # fmt: skip


def test_papers_of_the_newest_bills_come_once(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill(str(n), f"2024-{n:02}-01", paper=f"P{n}") for n in range(1, 13)] + [
        bill(str(n), f"2025-{n - 12:02}-01", paper=f"P{n}") for n in range(13, 25)
    ] + [bill("25", "2026-01-01", paper="P25")]  # fmt: skip
    office.desk.papers = {f"P{n}": b"%PDF-" + str(n).encode() for n in range(1, 26)}
    assert Topic.PAPERS in office.pull(Topic.BILLS, Topic.PAPERS).changed
    fetched = [name for name in office.desk.asked if name.startswith("paper:")]
    assert len(fetched) == 24
    assert fetched[0] == "paper:P25"
    assert "paper:P1" not in fetched
    assert office.reader.paper("P25") == b"%PDF-25"
    office.desk.asked.clear()
    assert Topic.PAPERS not in office.pull(Topic.PAPERS).changed
    assert office.desk.asked == []


def kept_paper(name: str, kind: str, about: tuple[str, str] | None, **attachment: object) -> bytes:
    return doc(
        id=name, name=f"Paper {name}", documentType=kind, attachment=[{"id": name, **attachment}],
        relatedEntity=[{"id": about[1], "@referredType": about[0]}] if about else [],
    )  # fmt: skip


def test_papers_of_contracts_and_letters_are_read_and_fetched_but_copies_of_bills_only_with_their_bill(
    office: Office,
) -> None:
    address = "https://api.orvane.example/paper"
    office.desk.lists["agreement"] = [doc(id="AG-1", name="Plus"), doc(id="AG-2", name="Home")]
    office.desk.lists["document"] = [
        kept_paper("D1", "contract", ("Agreement", "AG-1"), url=address),
        kept_paper("D2", "dunningLetter", ("CustomerBill", "3"), url=address),
        kept_paper("D3", "bill", ("CustomerBill", "3"), url=address),
        kept_paper("D4", "letter", None, content=base64.b64encode(b"%PDF-inside").decode()),
    ]
    office.desk.papers = {name: f"%PDF-{name}".encode() for name in ("D1", "D2", "D3")}
    assert {Topic.LETTERS, Topic.PAPERS} <= office.pull().changed
    plus, home = office.reader.contracts()
    assert [p.name for p in plus.papers] == ["Paper D1"]
    assert home.papers == ()
    assert [letter.id for letter in office.reader.letters()] == ["D2", "D4"]
    assert office.reader.papers_here(["D1", "D2", "D3", "D4"]) == {"D1", "D2", "D4"}
    assert office.reader.paper("D4") == b"%PDF-inside"
    office.desk.tags["document"] = "x"
    office.pull(Topic.LETTERS)
    assert office.pull(Topic.LETTERS).changed == set()


def test_a_letter_that_changes_is_seen_by_the_reader(office: Office) -> None:
    office.desk.lists["document"] = [kept_paper("D2", "letter", None)]
    office.pull(Topic.LETTERS)
    assert [letter.id for letter in office.reader.letters()] == ["D2"]
    office.desk.lists["document"] = [doc(id="D9", name={"a": 1}), kept_paper("D5", "contract", ("Agreement", "AG-9"))]
    office.pull(Topic.LETTERS)
    assert [letter.id for letter in office.reader.letters()] == ["D5"]
    assert office.reader.freshness(Topic.LETTERS)[0].unreadable == 1


def test_a_paper_that_cannot_be_had_is_tried_again_a_day_later(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill("1", "2026-09-01", paper="P1"), bill("2", "2026-10-01", paper="P2")]
    office.desk.papers = {"P1": b"%PDF-1", "P2": PaperTrouble("not_pdf")}
    office.pull(Topic.BILLS, Topic.PAPERS)
    assert office.reader.papers_here(["P1", "P2"]) == {"P1"}
    assert office.reader.freshness(Topic.PAPERS)[0].failure is None, "it says nothing of the other papers"
    office.desk.asked.clear()
    office.pull(Topic.PAPERS)
    assert office.desk.asked == []
    office.now += timedelta(hours=25)
    office.desk.papers["P2"] = b"%PDF-2"
    office.pull(Topic.PAPERS)
    assert office.desk.asked == ["paper:P2"]
    assert office.reader.freshness(Topic.PAPERS)[0].failure is None


def test_what_was_decoded_is_kept_until_it_is_different(office: Office) -> None:
    office.pull()
    reader = office.reader
    first = reader.bills()
    office.pull()
    assert reader.bills() is first
    office.desk.lists["customerBill"] = [bill("9", "2026-12-01")]
    office.pull()
    assert reader.bills()[0].id == "9"


def test_a_failure_in_the_middle_of_a_list_keeps_the_last_one(office: Office) -> None:
    office.desk.lists["service"] = ServerTrouble(502)
    office.pull(Topic.SERVICES)
    (found,) = office.reader.freshness(Topic.SERVICES)
    assert (found.seen, found.failure) == (None, ServerTrouble(502))


def test_nothing_of_the_network_is_loaded_to_open_an_account() -> None:
    code = (
        "import sys, selfcare.account.session, selfcare.account.read;"
        "heavy = {'httpx', 'httpcore', 'joserfc', 'keyring', 'truststore', 'cryptography', 'ssl', 'http.client'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
