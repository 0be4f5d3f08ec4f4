"""The check finds what another customer has in a list, and accuses nobody whose documents name the party behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from selfcare.api.addresses import origin_of
from selfcare.api.catalogue import BY_KIND, SubjectIds
from selfcare.api.client import Wire
from selfcare.api.operator import Operator
from selfcare.api.probes import Finding, probe
from selfcare.domain.records import replace
from tests import samples
from tests.unit.api.test_api_operator import reply

IDS = SubjectIds("C1", "P1", "A1", ("A1",))
Listed = Callable[[Mapping[str, str]], list[dict[str, Any]] | None]


def checked(
    listed: Mapping[str, Listed], param: str = "relatedParty.id", value: str = "{customerId}", ids: SubjectIds = IDS
) -> dict[tuple[str, str], Finding]:
    """What the check says of lists that are answered by their filter; None refuses."""
    profile = samples.profile()
    entry = profile.apis["TMF637"]
    assert entry is not None

    def hear(request: httpx.Request) -> httpx.Response:
        kind = request.url.path.rpartition("/")[2]
        query = request.url.params
        if kind not in listed:
            return reply(404, {"code": "notFound", "reason": "No"})
        found = listed[kind](query)
        if found is None:
            return reply(400, {"code": "20", "reason": "A filter is required"})
        offset = int(query.get("offset", 0))
        page = found[offset : offset + int(query.get("limit", 100))]
        return reply(200, page, x_total_count=str(len(found)))

    one = replace(entry, owner_param=param, owner_value=value, page_size=50)
    apis = {BY_KIND[kind].api: one for kind in listed}
    wire = Wire({origin_of(entry.base_url)}, transport=httpx.MockTransport(hear))
    found = probe(Operator(replace(profile, apis=apis), wire, lambda: "t"), ids)
    return {(finding.kind, finding.check): finding for finding in found if not finding.ok}


def checked_by(answer: Callable[[httpx.Request], httpx.Response], size: int = 50) -> dict[str, Finding]:
    """What the check says of a list of orders that nobody filters, by the name of the check."""
    profile = samples.profile()
    entry = profile.apis["TMF637"]
    assert entry is not None
    one = replace(entry, owner_param="", owner_value="", page_size=size)
    wire = Wire({origin_of(entry.base_url)}, transport=httpx.MockTransport(answer))
    operator = Operator(replace(profile, apis={"TMF622": one}), wire, lambda: "t")
    return {finding.check: finding for finding in probe(operator, IDS) if not finding.ok}


def ticket(own: str, *parties: Mapping[str, str]) -> dict[str, Any]:
    return {"id": own, "relatedParty": list(parties)}


def honoured(*documents: dict[str, Any]) -> Listed:
    return lambda query: list(documents) if query.get("relatedParty.id", "C1") == "C1" else []


@pytest.mark.parametrize("role", ["customer", "User", ""])
def test_documents_that_name_the_party_are_no_leak(role: str) -> None:
    odd = checked({"troubleTicket": honoured(ticket("1", {"id": "P1", "role": role}))})
    assert not {("troubleTicket", "only-mine"), ("troubleTicket", "whose")} & odd.keys()


def test_a_closed_account_is_no_leak_where_the_bill_names_the_customer() -> None:
    me = [{"id": "C1", "role": "customer"}]
    bills = [{"id": n, "billingAccount": {"id": a}, "relatedParty": me} for n, a in (("B1", "A1"), ("B0", "A0"))]
    lines = [{"id": "L0", "bill": {"id": "B0"}, "billingAccount": {"id": "A0"}}]
    listed: dict[str, Listed] = {
        "customerBill": lambda query: bills, "appliedCustomerBillingRate": lambda query: lines,
    }  # fmt: skip
    odd = checked(listed, "billingAccount.id", "{accountId}")
    assert not [one for one in odd.values() if one.check in {"only-mine", "whose"}]
    assert odd["customerBill", "owner-filter"].detail == "billingAccount.id is ignored"


@pytest.mark.parametrize("param", ["relatedParty.id", ""])
def test_a_stranger_under_the_word_for_the_customer_is_a_leak(param: str) -> None:
    listed = [ticket(own, {"id": own, "role": "Account Owner", "@referredType": "Individual"}) for own in ("P1", "P9")]
    odd = checked({"troubleTicket": lambda query: listed}, param)
    found = odd["troubleTicket", "only-mine"]
    assert (found.is_must, found.detail) == (True, "1 documents of another customer are listed")


def test_what_names_nobody_we_know_is_told_where_the_filter_is_ignored() -> None:
    unknown = ticket("1", {"id": "S9", "role": "service provider"})
    odd = checked({"troubleTicket": lambda query: [unknown]})
    found = odd["troubleTicket", "whose"]
    assert (found.is_must, found.detail) == (True, "1 documents do not name the customer")
    assert ("troubleTicket", "whose") not in checked({"troubleTicket": honoured(unknown)})


def test_each_account_is_asked_for_by_itself() -> None:
    def to_the_letter(query: Mapping[str, str]) -> list[dict[str, Any]] | None:
        if "billingAccount.id" not in query:
            return None
        return [{"id": n, "billingAccount": {"id": n}} for n in ("A1", "A2") if n == query["billingAccount.id"]]

    ids = SubjectIds("C1", "P1", "A1", ("A1", "A2"))
    odd = checked({"customerBill": to_the_letter}, "billingAccount.id", "{accountId}", ids)
    names = {check for kind, check in odd if kind == "customerBill"}
    assert not names & {"only-mine", "whose", "owner-filter", "empty-owner", "unique-ids"}
    nothing = checked({"customerBill": lambda query: to_the_letter(query) and []}, "billingAccount.id", "{accountId}")
    assert nothing["customerBill", "empty-owner"].detail.startswith("without billingAccount.id it cannot be asked for")


@pytest.mark.parametrize("category", ["duplicate", "normal"])
def test_a_bill_that_is_there_under_two_ids_is_named(category: str) -> None:
    bills: list[dict[str, Any]] = [{"id": own, "billNo": "N-1"} for own in ("B1", "B2")]
    bills[1]["category"] = category
    odd = checked({"customerBill": lambda query: bills}, "")
    assert odd["customerBill", "copies"].detail == "N-1 is there under two ids"
    assert ("customerBill", "copies") not in checked({"customerBill": lambda query: bills[:1]}, "")
