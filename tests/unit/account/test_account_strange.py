"""What cannot be understood, or is another customer's, takes nothing away that was read before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from selfcare.account.owner import subject_ids
from selfcare.api.operator import Page
from selfcare.domain.failures import NoAccount, NotAnAnswer, Unreadable
from selfcare.domain.operator import ApiEntry
from selfcare.domain.topics import Topic
from selfcare.store.documents import StoredDocument
from selfcare.store.round import unread_kind
from selfcare.store.search import BillQuery
from tests.unit.account.desks import ScriptedDesk
from tests.unit.account.test_account_pull import Office, bill, doc

STRANGE = doc(id="2", billDate={"a": 1})


class WatchedDesk(ScriptedDesk):
    """A desk that remembers by what each list was asked for; by accounts nobody has, everything is empty."""

    filters: dict[str, list[Mapping[str, str]]]

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        self.filters.setdefault(resource, []).append(params)
        return super().pages(api, resource, params, validator)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    office.desk = desk = WatchedDesk(ones=office.desk.ones, lists=office.desk.lists)
    desk.filters = {}
    by_customer = ApiEntry("TMF678", "v4", "https://api.orvane.example/bills", "relatedParty.id", "{customerId}")
    by_account = ApiEntry("TMF676", "v4", "https://api.orvane.example/payment", "account.id", "{accountId}")
    office.profile.apis["TMF676"] = by_account  # type: ignore[index]
    office.profile.apis["TMF678"] = by_customer  # type: ignore[index]
    desk.lists["billingAccount"] = [doc(id="A1", name="One"), doc(id="A2", name="Two")]
    desk.lists["payment"] = [doc(id="PAY", paymentDate="2026-11-01")]
    yield office
    office.vault.close()


def filters(office: Office) -> dict[str, list[Mapping[str, str]]]:
    assert isinstance(office.desk, WatchedDesk)
    return office.desk.filters


def bills(office: Office) -> dict[str, bool]:
    return {b.id: b.no_longer_listed for b in office.reader.bills()}


def test_a_bill_that_cannot_be_understood_any_more_is_shown_as_it_was(office: Office) -> None:
    office.desk.tags["customerBill"] = '"1"'
    office.pull()
    before = office.reader.bills()
    office.desk.tags["customerBill"] = '"2"'
    office.desk.lists["customerBill"] = [bill("1", "2026-09-01"), STRANGE, bill("3", "2026-11-01")]
    for _ in range(2):
        office.pull()
        assert office.reader.bills() == before
        assert office.reader.bill_window(BillQuery()).total == 3
        assert office.reader.freshness(Topic.BILLS)[0].unreadable == 1
        assert [row.body for row in office.vault.cache.all(unread_kind("customerBill"))] == [STRANGE]
    office.desk.lists["customerBill"] = [bill(str(n), f"2026-{n + 8:02}-01") for n in (1, 2, 3)]
    office.pull()
    assert office.reader.bills() == before
    assert office.reader.freshness(Topic.BILLS)[0].unreadable == 0
    assert office.vault.cache.state("customerBill").validator == '"2"'


@pytest.mark.parametrize("strange", [doc(billNo="N-2"), doc(id={"x": 1}), b"[]", b"17"])
def test_a_bill_without_a_name_lets_no_other_go(office: Office, strange: bytes) -> None:
    office.pull()
    office.desk.lists["customerBill"] = [bill("1", "2026-09-01"), strange]
    office.pull()
    assert bills(office) == {"1": False, "2": False, "3": False}
    assert office.reader.freshness(Topic.BILLS)[0].unreadable == 1


@pytest.mark.parametrize("strange", [doc(id="A2", name={"a": 1}), doc(name="Two"), b"[]"])
def test_an_account_that_cannot_be_understood_takes_nothing_away(office: Office, strange: bytes) -> None:
    office.pull()
    office.desk.lists["billingAccount"] = [doc(id="A1", name="One"), strange]
    office.pull()
    assert [a.name for a in office.reader.accounts()] == ["One", "Two"]
    assert filters(office)["payment"] == 2 * [{"account.id": "A1"}, {"account.id": "A2"}], "one by one, in both rounds"
    assert [p.id for p in office.reader.payments()] == ["PAY"]
    assert set(bills(office).values()) == {False}
    assert office.reader.freshness(Topic.ACCOUNTS)[0].unreadable == 1


def test_an_account_that_was_never_understood_is_not_asked_by(office: Office) -> None:
    office.desk.lists["billingAccount"] = [doc(id="A1", name="One"), b"[]", doc(name="Two")]
    office.pull()
    assert filters(office)["payment"] == [{"account.id": "A1"}]
    unread = StoredDocument("billingAccount", "unreadable:77", b"[]")
    office.vault.cache.replace("billingAccount", [unread], seen=office.now)
    assert subject_ids(office.vault, "C1").accounts == ("A1",)


def test_without_any_account_nothing_is_asked_for_by_account_and_what_was_read_stays(office: Office) -> None:
    office.pull()
    office.desk.ones["customer"] = doc(id="C1")
    office.desk.lists["billingAccount"] = []
    filters(office).clear()
    assert office.pull().trouble is None
    assert "payment" not in filters(office)
    assert "appliedCustomerBillingRate" not in filters(office)
    assert "customerBill" in filters(office)
    for topic in (Topic.PAYMENTS, Topic.BILL_LINES):
        assert isinstance(office.reader.freshness(topic)[0].failure, NoAccount)
    assert [p.id for p in office.reader.payments()] == ["PAY"]


def test_where_the_account_could_not_be_read_that_is_why_nothing_is_asked_for_by_it(office: Office) -> None:
    office.desk.ones["customer"] = NotAnAnswer("html")
    office.desk.lists["billingAccount"] = NotAnAnswer("html")
    office.pull()
    for topic in (Topic.PAYMENTS, Topic.BILL_LINES):
        assert office.reader.freshness(topic)[0].failure == NotAnAnswer("html")


@pytest.mark.parametrize("first", [True, False])
def test_a_list_of_another_customers_is_refused_whole(office: Office, first: bool) -> None:
    theirs = [doc(id=str(n), billNo="N", relatedParty=[{"id": "C2", "role": "customer"}]) for n in (7, 8, 9)]
    if not first:
        office.pull()
    before = bills(office)
    office.desk.lists["customerBill"] = theirs
    assert office.pull().trouble is None
    assert bills(office) == before
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.unreadable) == (NotAnAnswer("another"), 0)
    office.desk.lists["customerBill"] = [bill("3", "2026-11-01")]
    office.pull()
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.unreadable) == (None, 0)
    assert bills(office)["3"] is False


@pytest.mark.parametrize(
    ("kind", "topic"),
    [("customerBill", Topic.BILLS), ("troubleTicket", Topic.TICKETS), ("product", Topic.PRODUCTS),
     ("productOrder", Topic.ORDERS)],
)  # fmt: skip
def test_what_is_another_customers_is_refused_and_counted(office: Office, kind: str, topic: Topic) -> None:
    ours, theirs = (
        doc(id=name, name="Thing", relatedParty=[{"id": owner, "role": "customer"}])
        for name, owner in (("1", "C1"), ("2", "C2"))
    )
    office.desk.lists[kind] = [ours, theirs]
    assert office.pull().trouble is None
    assert [row.id for row in office.vault.cache.all(kind)] == ["1"]
    (found,) = office.reader.freshness(topic)
    assert (found.refused, found.unreadable, found.failure) == (1, 0, None), "it was understood, and is not kept"
    office.desk.lists[kind] = [ours]
    office.pull()
    assert office.reader.freshness(topic)[0].refused == 0


@pytest.mark.parametrize("spoiled", [b'{"id": "C1", "name": "An', b'{"id": "C1", "status": {"a": 1}}', b'{"id": "C9"}'])
@pytest.mark.parametrize("kind", ["customer", "individual"])
def test_a_customer_that_cannot_be_understood_replaces_none_that_was(office: Office, kind: str, spoiled: bytes) -> None:
    office.desk.tags = {kind: '"1"'}
    office.pull()
    good, known = office.desk.ones[kind], office.reader.customer()
    assert known is not None
    office.desk.ones[kind], office.desk.tags[kind] = spoiled, '"2"'
    assert office.pull().trouble is None
    assert isinstance(office.reader.freshness(Topic.CUSTOMER)[0].failure, Unreadable)
    assert office.reader.customer() == known
    assert office.vault.cache.state(kind).validator == '"1"'
    office.desk.ones[kind] = good
    office.pull()
    assert office.reader.freshness(Topic.CUSTOMER)[0].failure is None
    assert office.reader.customer() == known


def test_a_customer_that_could_never_be_understood_is_asked_for_in_full_until_it_can(office: Office) -> None:
    good, office.desk.ones["customer"] = office.desk.ones["customer"], b'{"id": "C1", "name": "An'
    office.desk.tags = {"customer": '"1"'}
    office.pull()
    assert office.reader.customer() is None
    assert office.vault.cache.state("customer").validator == ""
    office.desk.ones["customer"] = good
    office.pull()
    assert office.reader.customer() is not None


class ForgetfulDesk(WatchedDesk):
    """A desk that answers every filter with nothing, or with a list that is not there."""

    is_found = True

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        pages = super().pages(api, resource, params, validator)
        if not params:
            return pages
        return iter([Page([], 0, None, is_missing=not self.is_found)])


@pytest.mark.parametrize("is_found", [True, False])
def test_what_names_the_customer_is_ours_where_the_filter_is_not_known(office: Office, is_found: bool) -> None:
    desk = ForgetfulDesk(ones=office.desk.ones, lists=office.desk.lists)
    desk.filters, desk.is_found, office.desk = {}, is_found, desk
    tickets = ApiEntry("TMF621", "v4", "https://api.orvane.example/tickets", "customerId", "{customerId}")
    office.profile.apis["TMF621"] = tickets  # type: ignore[index]
    ours = {"id": "C1", "@referredType": "customer"}
    desk.lists["troubleTicket"] = [
        doc(id="1", name="No line", relatedParty=[ours]),
        doc(id="2", name="Theirs", relatedParty=[{**ours, "id": "C2"}]),
        doc(id="3", name="Nobody's"),
        doc(id="4", name="By the filter's own name", customerId="C1"),
    ]
    office.pull()
    assert [row.id for row in office.vault.cache.all("troubleTicket", newest_first=False)] == ["1", "4"]
    desk.lists["troubleTicket"] = []
    office.pull()
    (found,) = office.reader.freshness(Topic.TICKETS)
    assert found.failure is None, "the whole list is there, and empty"


def test_accounts_and_bills_tell_whose_the_lines_and_the_payments_are(office: Office) -> None:
    office.profile.apis["TMF676"] = ApiEntry("TMF676", "v4", "https://api.orvane.example/pay")  # type: ignore[index]
    office.desk.lists["payment"] = [
        doc(id="PAY", paymentDate="2026-11-01", account={"id": "A1"}),
        doc(id="OLD", paymentDate="2020-11-01", account={"id": "A0"}, paymentItem=[{"item": {"id": "3"}}]),
        doc(id="THEIRS", paymentDate="2026-11-01", account={"id": "A9"}, paymentItem=[{"item": {"id": "B9"}}]),
    ]
    office.pull()
    assert {p.id for p in office.reader.payments()} == {"PAY", "OLD"}
    assert office.reader.freshness(Topic.PAYMENTS)[0].refused == 1
