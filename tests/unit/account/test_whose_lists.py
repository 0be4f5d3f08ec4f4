"""What names the customer in whatever way is kept, what is somebody else's is not, and what is left out is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from selfcare.api.catalogue import NOBODY
from selfcare.api.operator import Page
from selfcare.domain.failures import NotAnAnswer, Refused
from selfcare.domain.operator import ApiEntry, Honours
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from tests.unit.account.desks import ScriptedDesk
from tests.unit.account.test_account_pull import Office, doc

Listed = Callable[[Mapping[str, str]], list[bytes]]
ME = {"id": "P1", "@referredType": "Individual"}
THEM = {"id": "P9", "@referredType": "Individual"}


@dataclass(slots=True)
class FilteringDesk(ScriptedDesk):
    """A desk that answers a list by its filter, in pages of two; every list has a tag, "" none."""

    listed: dict[str, Listed] = field(default_factory=dict)
    filters: list[Mapping[str, str]] = field(default_factory=list)
    tag: Callable[[Mapping[str, str]], str] = lambda params: ""

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        if resource not in self.listed:
            yield Page([], 0, 0)
            return
        self.filters.append({**params, "tag": validator} if validator else params)
        tag = self.tag(params)
        if tag and tag == validator:
            yield Page([], 0, None, True, validator)
            return
        found = self.listed[resource](params)
        for start in range(0, len(found) or 1, 2):
            page = found[start : start + 2]
            is_last = start + 2 >= len(found)
            yield Page(page, start + len(page), len(found), False, tag if is_last else "")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    office.desk = FilteringDesk(ones=office.desk.ones)
    yield office
    office.vault.close()


def asked_by(office: Office, api: str, kind: str, param: str, value: str, listed: Listed, **honours: bool) -> None:
    assert isinstance(office.desk, FilteringDesk)
    office.profile = replace(office.profile, honours=Honours(**honours))
    office.profile.apis[api] = ApiEntry(api, "v4", f"https://api.orvane.example/{api}", param, value)  # type: ignore[index]
    office.desk.listed[kind] = listed


def filters(office: Office) -> list[Mapping[str, str]]:
    assert isinstance(office.desk, FilteringDesk)
    return office.desk.filters


def here(office: Office, kind: str) -> list[str]:
    return [row.id for row in office.vault.cache.all(kind, newest_first=False)]


def counted(office: Office, topic: Topic) -> tuple[int, int]:
    (found,) = office.reader.freshness(topic)
    assert found.failure is None
    return found.refused, found.left_out


def honoured(*documents: bytes) -> Listed:
    """A server that honours a filter by the customer's id, whatever its documents name."""
    return lambda params: list(documents) if set(params.values()) <= {"C1"} else []


@pytest.mark.parametrize(
    ("api", "kind", "param", "parties"),
    [("TMF678", "customerBill", "relatedParty.id", [{**ME, "role": "customer"}]),
     ("TMF637", "product", "relatedParty.id", [{**ME, "role": "User"}]),
     ("TMF621", "troubleTicket", "relatedParty.id", [ME]),
     ("TMF651", "agreement", "engagedParty.id", [ME])],
)  # fmt: skip
@pytest.mark.parametrize("promised", [True, False])
def test_documents_that_name_the_party_are_the_customers(
    office: Office, api: str, kind: str, param: str, parties: list[Any], promised: bool
) -> None:
    named = "engagedParty" if kind == "agreement" else "relatedParty"
    ours = doc(id="1", name="Thing", billNo="N-1", **{named: parties})
    asked_by(office, api, kind, param, "{customerId}", honoured(ours), owner_filter=promised)
    office.pull()
    assert here(office, kind) == ["1"]
    assert all(part.refused == part.left_out == 0 for part in office.reader.freshness(*Topic))


def test_an_account_is_known_by_its_own_number(office: Office) -> None:
    ours = doc(id="A1", name="Main", relatedParty=[{"id": "S9", "role": "service provider"}])
    asked_by(office, "TMF666", "billingAccount", "relatedParty.id", "{customerId}", lambda params: [ours])
    office.pull()
    assert here(office, "billingAccount") == ["A1"]


@pytest.mark.parametrize(("promised", "ignored"), [(True, False), (False, False), (False, True)])
def test_what_names_nobody_we_know_is_kept_where_the_filter_is_known_to_be_honoured(
    office: Office, promised: bool, ignored: bool
) -> None:
    unknown = doc(id="1", name="Thing", relatedParty=[{"id": "S9", "role": "service provider"}])
    listed: Listed = (lambda params: [unknown]) if ignored else honoured(unknown)
    asked_by(office, "TMF621", "troubleTicket", "relatedParty.id", "{customerId}", listed, owner_filter=promised)
    office.pull()
    assert here(office, "troubleTicket") == ([] if ignored else ["1"])
    assert counted(office, Topic.TICKETS) == (0, int(ignored))
    assert ({"relatedParty.id": NOBODY} in filters(office)) is not promised


def test_a_promise_takes_nobody_else_in_who_stands_where_we_do(office: Office) -> None:
    documents = (
        doc(id="1", name="Ours", relatedParty=[{**ME, "role": "Account Owner"}]),
        doc(id="2", name="Theirs", relatedParty=[{**THEM, "role": "account owner"}]),
        doc(id="3", name="Bare", relatedParty=[THEM]),
    )
    asked_by(
        office, "TMF621", "troubleTicket", "relatedParty.id", "{customerId}", honoured(*documents), owner_filter=True
    )
    office.pull()
    assert here(office, "troubleTicket") == ["1"]
    assert counted(office, Topic.TICKETS) == (1, 1)


def test_a_bill_of_a_closed_account_that_names_the_customer_is_his_with_its_lines(office: Office) -> None:
    me = [{"id": "C1", "role": "customer", "@referredType": "Customer"}]
    bills = [doc(id=n, billNo=n, billingAccount={"id": a}, relatedParty=me) for n, a in (("B1", "A1"), ("B0", "A0"))]
    lines = [doc(id=n, bill={"id": b}, billingAccount={"id": "A0"}) for n, b in (("L0", "B0"), ("L9", "B9"))]
    asked_by(office, "TMF678", "customerBill", "billingAccount.id", "{accountId}", lambda params: bills)
    assert isinstance(office.desk, FilteringDesk)
    office.desk.listed["appliedCustomerBillingRate"] = lambda params: lines
    office.pull()
    assert sorted(here(office, "customerBill")) == ["B0", "B1"]
    assert here(office, "appliedCustomerBillingRate") == ["L0"]
    assert counted(office, Topic.BILL_LINES) == (0, 1)


def test_payments_of_another_account_alone_are_left_out_and_counted(office: Office) -> None:
    theirs = doc(id="PAY", account={"id": "A9"})
    asked_by(
        office, "TMF676", "payment", "account.id", "{accountId}", lambda params: [theirs], owner_filter=True
    )  # fmt: skip
    office.pull()
    assert here(office, "payment") == []
    assert counted(office, Topic.PAYMENTS) == (0, 1)


def test_what_others_have_is_counted_where_the_filter_is_not_known(office: Office) -> None:
    everything = [
        doc(id="1", name="Theirs", relatedParty=[{"id": "C2", "role": "customer"}]),
        doc(id="2", name="Nobody's"),
    ]
    asked_by(
        office, "TMF621", "troubleTicket", "relatedParty.id", "{customerId}",
        lambda params: [] if params else everything,
    )  # fmt: skip
    office.pull()
    assert here(office, "troubleTicket") == []
    assert counted(office, Topic.TICKETS) == (1, 1)


@pytest.mark.parametrize("word", ["Account Owner", "User", "requester", ""])
@pytest.mark.parametrize("ours_first", [True, False])
def test_a_stranger_under_the_word_for_us_is_noticed_on_whichever_page_we_are_named(
    office: Office, word: str, ours_first: bool
) -> None:
    ours, theirs = (
        [doc(id=f"{front}{n}", name="x", relatedParty=[{**who, "role": word}]) for n in (1, 2, 3)]
        for front, who in (("O", ME), ("T", THEM))
    )
    agent = doc(id="N", name="x", relatedParty=[{"id": "AG7", "role": "agent"}])
    documents = [*ours, *theirs, agent] if ours_first else [*theirs, agent, *ours]
    asked_by(office, "TMF621", "troubleTicket", "", "", lambda params: documents)
    office.pull()
    assert sorted(here(office, "troubleTicket")) == ["N", "O1", "O2", "O3"]
    assert counted(office, Topic.TICKETS) == (3, 0)


def test_a_message_to_somebody_else_is_noticed(office: Office) -> None:
    messages = [doc(id=own, content="x", receiver=[{"party": {"id": own}}]) for own in ("C1", "C9")]
    asked_by(office, "TMF681", "communicationMessage", "", "", lambda params: messages)
    office.pull()
    assert here(office, "communicationMessage") == ["C1"]
    assert counted(office, Topic.MESSAGES) == (1, 0)


# ---- several accounts


def two_accounts(office: Office, listed: Listed, **honours: bool) -> None:
    office.desk.ones["customer"] = doc(id="C1", account=[{"id": "A1"}, {"id": "A2"}])
    asked_by(office, "TMF678", "customerBill", "billingAccount.id", "{accountId}", listed, **honours)


def to_the_letter(params: Mapping[str, str]) -> list[bytes]:
    """A server that knows neither "a,b" nor a list without the filter."""
    if "billingAccount.id" not in params:
        raise Refused(400, "billingAccount.id is required")
    every = {f"B{n}": f"A{1 + n % 2}" for n in range(5)}
    return [
        doc(id=own, billNo=own, billingAccount={"id": account})
        for own, account in every.items()
        if account == params["billingAccount.id"]
    ]


def test_each_account_is_asked_for_by_itself(office: Office) -> None:
    two_accounts(office, to_the_letter)
    office.pull(Topic.CUSTOMER, Topic.BILLS)
    assert sorted(here(office, "customerBill")) == ["B0", "B1", "B2", "B3", "B4"]
    assert filters(office) == [{"billingAccount.id": "A1"}, {"billingAccount.id": "A2"}]


def test_a_list_that_cannot_be_asked_for_without_its_filter_is_not_called_empty(office: Office) -> None:
    two_accounts(office, lambda params: to_the_letter(params) and [])
    office.pull()
    (found,) = office.reader.freshness(Topic.BILLS)
    assert (found.failure, found.seen) == (Refused(400, "billingAccount.id is required"), None)
    two_accounts(office, lambda params: to_the_letter(params) and [], owner_filter=True)
    office.pull()
    assert counted(office, Topic.BILLS) == (0, 0)


def test_unchanged_is_what_is_so_for_every_account(office: Office) -> None:
    two_accounts(office, to_the_letter)
    assert isinstance(office.desk, FilteringDesk)
    news = {"A1": "1", "A2": "1"}
    office.desk.tag = lambda params: f'"{news[params["billingAccount.id"]]}"'
    office.pull(Topic.CUSTOMER, Topic.BILLS)
    assert office.vault.cache.state("customerBill").validator == '"1"\n"1"'
    asked = len(filters(office))
    assert Topic.BILLS in office.pull(Topic.BILLS).confirmed
    assert len(filters(office)) == asked + 2
    news["A2"] = "2"
    office.pull(Topic.BILLS)
    assert len(filters(office)) == asked + 2 + 3, "the one that is unchanged is asked for whole"
    assert len(here(office, "customerBill")) == 5
    assert office.vault.cache.state("customerBill").validator == '"1"\n"2"'


def test_an_account_without_bills_hides_nobody_elses(office: Office) -> None:
    def listed(params: Mapping[str, str]) -> list[bytes]:
        return to_the_letter(params) if params.get("billingAccount.id") == "A2" else []

    two_accounts(office, listed)
    office.pull()
    assert sorted(here(office, "customerBill")) == ["B1", "B3"]


def test_what_comes_for_every_account_is_counted_once(office: Office) -> None:
    theirs = doc(id="9", billNo="9", relatedParty=[{"id": "C9", "role": "customer"}], billingAccount={"id": "A1"})
    ours = doc(id="1", billNo="1", billingAccount={"id": "A1"})
    unnamed = doc(id="5", billNo="5", billingAccount={"id": "A5"}, relatedParty=[{"id": "S", "role": "seller"}])
    two_accounts(office, lambda params: [ours, theirs])
    office.pull()
    assert (here(office, "customerBill"), counted(office, Topic.BILLS)) == (["1"], (1, 0))
    two_accounts(office, lambda params: [unnamed])
    office.pull()
    assert counted(office, Topic.BILLS) == (0, 1)


def test_a_whole_list_of_others_is_still_refused(office: Office) -> None:
    theirs = doc(id="9", name="x", relatedParty=[{"id": "C9", "role": "customer"}])
    asked_by(office, "TMF621", "troubleTicket", "relatedParty.id", "{customerId}", lambda params: [theirs])
    office.pull()
    assert office.reader.freshness(Topic.TICKETS)[0].failure == NotAnAnswer("another")
