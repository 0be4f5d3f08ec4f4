"""Every demo customer lives its story in full, and its bills add up to the cent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest

from selfcare.sandbox.people import PEOPLE, Person, build
from selfcare.sandbox.people.shapes import luhn
from tests.effort import grows_in_step

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ZERO = Decimal("0.00")


@cache
def person(login: str) -> Person:
    return build(login, 1, NOW, None)


def of(login: str, kind: str) -> list[dict[str, Any]]:
    return person(login).resources[kind]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def lines_of(owner: Person) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in owner.resources["appliedCustomerBillingRate"]:
        found.setdefault(line["bill"]["id"], []).append(line)
    return found


def check_sums(owner: Person) -> None:
    lines = lines_of(owner)
    for bill in owner.resources["customerBill"]:
        gross = bill["taxIncludedAmount"]["value"]
        assert bill["amountDue"]["value"] == gross
        assert bill["taxExcludedAmount"]["value"] + sum(t["taxAmount"]["value"] for t in bill["taxItem"]) == gross
        if bill["id"] in lines:
            own = lines[bill["id"]]
            assert sum(line["taxIncludedAmount"]["value"] for line in own) == gross
            assert sum(line["taxExcludedAmount"]["value"] for line in own) == bill["taxExcludedAmount"]["value"]
            for line in own:
                taxes = sum((tax["taxAmount"]["value"] for tax in line["appliedTax"]), ZERO)
                assert line["taxExcludedAmount"]["value"] + taxes == line["taxIncludedAmount"]["value"]


@pytest.mark.parametrize("login", PEOPLE)
def test_lines_and_taxes_add_up_to_every_bill(login: str) -> None:
    check_sums(person(login))
    sizes = {len(lines) for lines in lines_of(person(login)).values()}
    assert min(sizes) >= 3
    assert max(sizes) <= (60 if login == "garage" else 8)
    assert len(lines_of(person(login))) == len(of(login, "customerBill"))


@pytest.mark.parametrize("login", PEOPLE)
def test_the_same_seed_tells_the_same_story(login: str) -> None:
    assert build(login, 7, NOW, None) == build(login, 7, NOW, None)
    assert build(login, 7, NOW, None) != build(login, 8, NOW, None)


@pytest.mark.parametrize("login", PEOPLE)
@pytest.mark.parametrize("day", ["2024-02-29T23:59:00+00:00", "2026-12-31T00:10:00+00:00", "2027-03-31T12:00:00+02:00"])
def test_any_day_can_be_today(login: str, day: str) -> None:
    now = moment(day)
    told = build(login, 3, now, None)
    check_sums(told)
    for kind in ("customerBill", "troubleTicket", "partyInteraction", "communicationMessage", "payment"):
        names = ("billDate", "creationDate", "statusChangeDate", "lastUpdate", "sendTime", "paymentDate", "statusDate")
        for document in told.resources[kind]:
            assert all(moment(document[name]) <= now for name in names if name in document), (kind, document["id"])


def test_now_must_know_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        build("claire", 1, datetime(2026, 1, 1), None)


@pytest.mark.parametrize("login", PEOPLE)
def test_every_reference_leads_somewhere(login: str) -> None:
    owner = person(login)
    ids = {kind: {document["id"] for document in documents} for kind, documents in owner.resources.items()}
    for kind, documents in owner.resources.items():
        assert len(ids[kind]) == len(documents), kind
    for href in references(owner.resources):
        kind, ident = href.split("/")[-2:]
        if href.startswith("{base}/") and kind in ids and "." not in ident:
            assert unquote(ident) in ids[kind], href


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("href"), str):
            yield value["href"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


@pytest.mark.parametrize("login", PEOPLE)
def test_no_real_telephone_number_or_address(login: str) -> None:
    text = json.dumps(person(login).resources, default=str)
    numbers = [part for part in text.split('"') if part.startswith("+")]
    fiction = ("+447700900", "+441632960", "+3363998", "+33199")
    assert numbers
    assert all(number.startswith(fiction) for number in numbers)


def test_claire_has_a_bill_far_above_the_usual_because_of_roaming() -> None:
    bills = of("claire", "customerBill")
    newest, earlier = bills[0], [b["amountDue"]["value"] for b in bills[1:] if b["category"] == "normal"]
    assert newest["amountDue"]["value"] == Decimal("241.37")
    assert newest["amountDue"]["value"] > max(earlier) * 2
    dear = max(lines_of(person("claire"))[newest["id"]], key=lambda line: line["taxIncludedAmount"]["value"])
    assert "Roaming" in dear["name"]
    assert moment(newest["paymentDueDate"]) > NOW, "it is flagged before it is debited"
    assert newest["remainingAmount"] == newest["amountDue"]


def test_claire_misses_a_month_and_has_a_credit_note() -> None:
    bills = of("claire", "customerBill")
    months = sorted({b["billDate"][:7] for b in bills if b["category"] == "normal"})
    first, last = months[0], months[-1]
    span = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    assert span - len(months) == 1
    notes = [b for b in bills if b["category"] == "credit note"]
    assert len(notes) == 1
    assert notes[0]["amountDue"]["value"] < 0
    payments = {p["id"]: p for p in of("claire", "payment")}
    for bill in bills[1:]:
        for applied in bill.get("appliedPayment", ()):
            payment = payments[applied["payment"]["id"]]
            assert payment["totalAmount"] == applied["appliedAmount"] == bill["amountDue"]
            assert payment["status"] == "done"


def test_claire_can_see_works_not_working_and_not_stated() -> None:
    assert {health("claire", p) for p in of("claire", "product")} >= {"running", "failed", ""}
    assert any(t["name"] == "simLock" and t["value"] is True for t in traits("claire"))
    account = of("claire", "billingAccount")[0]
    assert account["defaultPaymentMethod"]["name"] == "Direct Debit ···· 0189"
    ended = [a for a in of("claire", "agreement") if "endDateTime" in a["agreementPeriod"]]
    assert any(moment(a["agreementPeriod"]["endDateTime"]) < NOW for a in ended)


def test_claire_was_promised_a_call_that_never_came() -> None:
    ticket = of("claire", "troubleTicket")[0]
    assert ticket["status"] == "inProgress"
    promised = moment(ticket["expectedResolutionDate"]) - moment(ticket["creationDate"])
    assert promised == timedelta(hours=72)
    assert moment(ticket["expectedResolutionDate"]) < NOW
    assert any(ref["id"] == ticket["id"] for p in of("claire", "serviceProblem") for ref in p["troubleTicket"])


def traits(login: str) -> list[dict[str, Any]]:
    return [trait for p in of(login, "product") for trait in p.get("productCharacteristic", ())]


def health(login: str, product: dict[str, Any]) -> str:
    services = {s["id"]: s for s in of(login, "service")}
    for ref in product.get("realizingService", ()):
        return str(services[ref["id"]]["serviceCharacteristic"][0]["value"])
    return ""


def test_every_kind_of_option_is_somewhere() -> None:
    seen = {(p["status"], health(login, p)) for login in PEOPLE for p in of(login, "product")}
    assert seen >= {
        ("active", "running"),
        ("active", "degraded"),
        ("active", "failed"),
        ("active", "configured"),
        ("active", ""),
        ("terminated", "running"),
        ("terminated", ""),
        ("pendingActive", "configured"),
    }


def test_edith_paid_and_is_dunned() -> None:
    taken = [p for p in of("edith", "payment") if p["status"] == "captured"]
    bills = {b["id"]: b for b in of("edith", "customerBill")}
    assert len(taken) == 3
    for payment in taken:
        bill = bills[payment["paymentItem"][0]["item"]["id"]]
        assert "appliedPayment" not in bill
        assert bill["remainingAmount"] == payment["totalAmount"] == bill["amountDue"]
    assert of("edith", "billingAccount")[0]["paymentStatus"] == "in arrears"
    assert sum(d["documentType"] == "dunningLetter" for d in of("edith", "document")) == 3
    owed = sum(b["remainingAmount"]["value"] for b in bills.values())
    assert of("edith", "billingAccount")[0]["accountBalance"][0]["amount"]["value"] == owed


def test_sam_called_22_times_and_met_50_agents() -> None:
    calls = of("sam", "partyInteraction")
    agents = [p["name"] for call in calls for p in call["relatedParty"] if p["role"] == "agent"]
    assert len(calls) == 22
    assert len(set(agents)) == len(agents) == 50
    spans = [call["interactionDate"] for call in calls]
    hours = sum((moment(s["endDateTime"]) - moment(s["startDateTime"]) for s in spans), timedelta())
    assert hours == timedelta(hours=12)
    assert max(moment(s["endDateTime"]) for s in spans) < NOW
    broken = [
        t
        for t in of("sam", "troubleTicket")
        if moment(t.get("resolutionDate", NOW.isoformat())) > moment(t["expectedResolutionDate"])
    ]
    assert len(broken) == 3


def test_julien_owes_45923_61_in_480_parts() -> None:
    bill = of("julien", "customerBill")[0]
    assert bill["amountDue"] == {"unit": "EUR", "value": Decimal("45923.61")}
    plan = of("julien", "billingAccount")[0]["paymentPlan"][0]
    assert (plan["numberOfPayments"], plan["paymentFrequency"]) == (480, "monthly")
    assert plan["totalAmount"] == bill["amountDue"]


def test_atelier_was_sold_options_and_sent_three_registered_letters() -> None:
    contacts = of("atelier", "partyInteraction")
    assert sum(c["channel"][0]["id"] == "letter" for c in contacts) == 3
    sales = [c for c in contacts if c["direction"] == "outbound"]
    assert sales
    assert all(c["reason"] == "Service" and "Proposition" in c["interactionItem"][0]["resolution"] for c in sales)
    assert any("orderDate" not in p for p in of("atelier", "product"))


def test_garage_has_40_lines_with_their_users() -> None:
    users = [t["value"] for t in traits("garage") if t["name"] == "productUser"]
    assert len(set(users)) == 40
    assert len({t["value"] for t in traits("garage") if t["name"] == "TEL_MSISDN"}) == 40


@pytest.mark.parametrize("login", ["nadia", "lucie"])
def test_the_quiet_have_nothing_to_do(login: str) -> None:
    assert not of(login, "troubleTicket")
    assert all(b["state"] == "settled" for b in of(login, "customerBill"))
    assert all(health(login, p) == "running" for p in of(login, "product") if "productSerialNumber" not in p)


@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 31, 40, 500])
def test_claire_gets_as_many_bills_as_asked_for(count: int) -> None:
    told = build("claire", 1, NOW, count)
    assert len(told.resources["customerBill"]) == count
    check_sums(told)


def test_claires_older_bills_are_monthly_and_one_month_is_missing_among_them_all() -> None:
    told = build("claire", 1, NOW, 60)
    monthly = [moment(b["billDate"]) for b in told.resources["customerBill"] if b["category"] == "normal"]
    gaps = [(later - sooner).days for later, sooner in pairwise(monthly)]
    assert sorted(gaps)[-2:] == [31, 61]


def test_ten_thousand_bills_are_quick() -> None:
    grows_in_step(lambda: build("claire", 1, NOW, 1_000), lambda: build("claire", 1, NOW, 10_000), 10)
    told = build("claire", 1, NOW, 10_000)
    assert len(told.resources["customerBill"]) == 10_000
    assert len(told.resources["appliedCustomerBillingRate"]) >= 30_000
    assert not Counter(b["billNo"] for b in told.resources["customerBill"]).most_common(1)[0][1] > 1


def test_serial_numbers_carry_their_check_digit() -> None:
    assert luhn("49015420323751") == "490154203237518"
