"""Every kind of document is read: the standard's own samples, odd ones, and never anything but Unreadable."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from selfcare.api.bills import read_bill, read_bill_line
from selfcare.api.catalogue import BY_KIND
from selfcare.api.columns import columns_of, columns_only
from selfcare.api.contacts import read_contact, read_message
from selfcare.api.contracts import read_contract
from selfcare.api.customers import read_account, read_customer, read_subject
from selfcare.api.orders import read_order
from selfcare.api.payments import read_payment
from selfcare.api.services import read_service
from selfcare.api.tickets import promised_call, read_problem, read_ticket
from selfcare.domain.bills import BillState, LineKind
from selfcare.domain.customer import MediumKind
from selfcare.domain.failures import Unreadable
from selfcare.domain.money import Money
from selfcare.domain.options import Health
from selfcare.domain.orders import OrderState
from selfcare.domain.payments import PaymentState
from selfcare.domain.tickets import TicketState

SAMPLES = next((p / "shared/tmf/examples" for p in Path(__file__).parents if (p / "shared/tmf").is_dir()), Path("none"))
PARIS = ZoneInfo("Europe/Paris")


def sample(name: str) -> Any:
    path = SAMPLES / f"{name}.example_v4-sample.json"
    if not path.is_file():
        pytest.skip("the TM Forum samples are not on this computer")
    found = json.loads(path.read_bytes())
    return found[0] if isinstance(found, list) else found


def raw(doc: object) -> bytes:
    return json.dumps(doc).encode()


def test_the_standards_own_bill_is_read_though_it_breaks_the_standard() -> None:
    bill = read_bill(raw(sample("TMF678_CustomerBill")))
    assert bill.number == "780123456"
    assert bill.state is BillState.SETTLED
    assert bill.day == date(2020, 1, 5)
    assert bill.due == date(2020, 1, 15)
    assert bill.total == Money(Decimal("50.0"), "EUR")
    assert bill.remaining == Money(Decimal("0.0"), "EUR")
    assert bill.taxes[0].amount == Money(Decimal("10.0"), "EUR")
    assert bill.payments[0].payment_id == "PAY-9876"
    assert bill.papers[0].inline
    assert bill.period_start is None


def test_the_standards_other_samples_are_read() -> None:
    ticket = read_ticket(sample("TMF621_TroubleTicket"))
    assert (ticket.state, ticket.state_word) == (TicketState.PENDING, "Pending")
    assert ticket.waits_for_customer
    assert ticket.about[0].kind == "CustomerBill"
    assert ticket.external_id == "213-9909"
    contract = read_contract(sample("TMF651_Agreement"))
    assert (contract.starts, contract.ends) == (date(2018, 6, 12), date(2019, 1, 11))
    assert contract.terms[0].text == "delivery should be done in France"
    assert contract.number == "97867"
    account = read_account(sample("TMF666_BillingAccount"))
    assert account.is_in_arrears
    assert account.balance == Money(Decimal("58.33"), "USD")
    assert account.plans[0].payments == 4
    customer = read_customer(sample("TMF629_Customer"), sample("TMF632_Organization"))
    assert customer.is_business
    assert {m.kind for m in customer.media} >= {MediumKind.PHONE, MediumKind.POST}
    assert read_subject(sample("TMF629_Customer")).accounts == ("8251",)
    person = read_customer(sample("TMF629_Customer"), sample("TMF632_Individual"))
    assert person.name
    problem = read_problem(sample("TMF656_ServiceProblem"))
    assert problem.is_over
    assert len(problem.places) == 2
    message = read_message(sample("TMF681_CommunicationMessage"))
    assert message.text.startswith("Dear Mr. Jones, Here is the information of the promotion 4G_LTE")
    assert (message.state_word, message.sent) == ("initial", None), "planned is not sent"
    contact = read_contact(sample("TMF683_PartyInteraction"))
    assert (contact.is_inbound, contact.agent) == (True, "Rian Muray")
    assert {ref.kind for ref in contact.about} == {"ProductOrder", "Payment"}
    payment = read_payment(sample("TMF676_Payment2"))
    assert (payment.state, payment.amount) == (PaymentState.CREDITED, Money(Decimal("11.6"), "EUR"))
    order = read_order(sample("TMF622_ProductOrder"))
    assert order.id
    assert read_service(sample("TMF638_Service")).id


def test_a_known_problem_is_told_though_it_stands_in_several_categories() -> None:
    problem = read_problem(raw({"id": "P", "category": ["supplier.originated", "system.originated"], "name": "Down"}))
    assert (problem.title, problem.category) == ("Down", "")


@pytest.mark.parametrize("state", ["initial", "In Progress", "cancelled", "failed", "completed", ""])
def test_a_message_counts_as_sent_only_if_nothing_says_otherwise(state: str) -> None:
    planned = "2026-11-02T08:00:00Z"
    doc = {"id": "M", "content": "x", "state": state, "scheduledSendTime": planned}
    there = datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert read_message(raw(doc)).sent == (there if state in ("completed", "") else None)
    assert read_message(raw({**doc, "sendTime": planned})).sent == there


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the TM Forum samples are not on this computer")
@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda p: p.stem)
def test_every_sample_of_a_kind_we_read_is_read(path: Path) -> None:
    found = json.loads(path.read_bytes())
    for doc in found if isinstance(found, list) else [found]:
        name = doc.get("@type") or path.stem.split("_")[1].split(".")[0]
        resource = BY_KIND.get(name[0].lower() + name[1:].removesuffix("2")) if isinstance(name, str) else None
        if resource is None or "id" not in doc:
            continue
        resource.decode(raw(doc), PARIS)
        assert columns_only(resource.kind, raw(doc), PARIS)["id"] == doc["id"]


BILL: dict[str, Any] = {
    "id": "CB-1",
    "billNo": "780123456",
    "billDate": "2026-03-31T22:00:00Z",
    "paymentDueDate": "2026-04-14T00:00:00Z",
    "state": "partiallyPaid",
    "category": "normal",
    "taxIncludedAmount": {"unit": "EUR", "value": 42.10},
    "remainingAmount": {"unit": "EUR", "value": 2.1},
    "billingAccount": {"id": "A1"},
    "billDocument": [{"id": "D1", "name": "Bill", "mimeType": "application/pdf", "url": "https://x.example/d"}],
    "billingPeriod": {"startDateTime": "2026-03-01T00:00:00+01:00", "endDateTime": "2026-03-31T23:59:59Z"},
}


def test_a_bills_days_are_the_operators_civil_days() -> None:
    bill = read_bill(raw(BILL), PARIS)
    assert bill.day == date(2026, 4, 1)
    assert bill.due == date(2026, 4, 14)
    assert (bill.period_start, bill.period_end) == (date(2026, 3, 1), date(2026, 3, 31))
    assert read_bill(raw(BILL), UTC).day == date(2026, 3, 31)


def test_amounts_are_what_was_written() -> None:
    text = raw(BILL).replace(b"42.1", b"42.10", 1)
    total = read_bill(text).total
    assert total is not None
    assert str(total.value) == "42.10"
    assert columns_of("customerBill", text)["amount"] == "42.10"


def test_the_fast_and_the_patient_way_agree() -> None:
    assert read_bill(raw(BILL), PARIS) == read_bill(dict(BILL), PARIS)
    odd = raw({**BILL, "sizeOfTheMoon": {"x": [1]}, "billDocument": BILL["billDocument"][0]})
    assert read_bill(odd, PARIS) == read_bill(raw(BILL), PARIS)
    line = {"id": "L1", "name": "Pass", "type": "usageCharge", "bill": {"id": "CB-1"}, "isBilled": True}
    line["taxIncludedAmount"] = {"unit": "GBP", "value": 12}  # type: ignore[assignment]
    assert read_bill_line(raw(line)) == read_bill_line(dict(line))


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"state": "Settled "}, "state", BillState.SETTLED),
        ({"state": "partiallySettled"}, "state", BillState.PARTIALLY_PAID),
        ({"state": "awaitingApocalypse"}, "state", BillState.UNKNOWN),
        ({"state": "awaitingApocalypse"}, "state_word", "awaitingApocalypse"),
        ({"state": None, "status": "sent"}, "state", BillState.SENT),
        ({"taxIncludedAmount": None}, "total", None),
        ({"taxIncludedAmount": {"unit": "EUR", "value": "12.50"}}, "total", Money(Decimal("12.50"), "EUR")),
        ({"taxIncludedAmount": {"unit": "eur", "value": -3}}, "total", Money(Decimal("-3"), "EUR")),
        ({"taxIncludedAmount": {"unit": "£", "value": 3}}, "total", Money(Decimal("3"), "GBP")),
        ({"taxIncludedAmount": {"unit": "EUR", "value": "12,50"}}, "total", Money(Decimal("12.50"), "EUR")),
        ({"taxIncludedAmount": {"unit": "EUR", "value": "1 012,50"}}, "total", Money(Decimal("1012.50"), "EUR")),
        ({"taxIncludedAmount": {"value": 0}}, "total", None),
        ({"taxIncludedAmount": {"unit": "EUR", "value": None}}, "total", None),
        ({"taxIncludedAmount": {"unit": "EUR", "value": 0.30000000000000004}}, "total", Money(Decimal("0.30"), "EUR")),
        ({"billDate": "31/03/2026"}, "day", date(2026, 3, 31)),
        ({"billDate": "03/31/2026"}, "day", date(2026, 3, 31)),
        ({"billDate": "04.03.2026 10:00"}, "day", date(2026, 3, 4)),
        ({"billDate": 20260331}, "day", date(2026, 3, 31)),
        ({"billDate": 1774911600000}, "day", date(2026, 3, 30)),
        ({"billDate": "1774915200"}, "day", date(2026, 3, 31)),
        ({"billingPeriod": {"endDateTime": "31-03-2026"}}, "period_end", date(2026, 3, 31)),
        ({"paymentDueDate": "unknown"}, "due", None),
        ({"billDate": "17/03/2026", "paymentDueDate": "03/04/2026"}, "due", date(2026, 4, 3)),
        ({"billDate": "3/17/2026", "paymentDueDate": "03/04/2026"}, "due", date(2026, 3, 4)),
        ({"billDate": "03/04/2026 10:00", "billingPeriod": {"endDateTime": "31/03/2026"}}, "day", date(2026, 4, 3)),
        ({"paymentDueDate": "9999-12-31T23:59:59.999Z"}, "due", None),
        ({"paymentDueDate": "1970-01-01"}, "due", date(1970, 1, 1)),
        ({"billNo": 780}, "number", "780"),
        ({"billNo": None}, "number", "CB-1"),
        ({"billingPeriod": {}}, "period_end", None),
        ({"relatedParty": [{}], "billDocument": None}, "papers", ()),
        ({"id": 17}, "id", "17"),
    ],
)
def test_odd_bills_are_read_with_patience(change: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(read_bill(raw({**BILL, **change})), field) == expected


@pytest.mark.parametrize(
    ("doc", "where"),
    [
        (b"[]", "customerBill"),
        (b'"x"', "customerBill"),
        (b"{", "customerBill"),
        (b"{}", "customerBill.id"),
        (b'{"id": ""}', "customerBill.id"),
        (b'{"id": {"a": 1}}', "customerBill.id"),
        (b'{"id": "a\\u0000b"}', "customerBill.id"),
        (b'{"id": "x", "taxIncludedAmount": {"unit": "EUR", "value": NaN}}', "customerBill"),
        (b"[" * 100_000, "customerBill"),
        (b'{"id":' * 100_000, "customerBill"),
        (b'{"id": "\\ud800"}', "customerBill"),
    ],
)
def test_what_cannot_be_read_is_named(doc: bytes, where: str) -> None:
    for read in (read_bill, lambda d: columns_only("customerBill", d)):
        with pytest.raises(Unreadable) as caught:
            read(doc)
        assert caught.value.where == where


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("recurringCharge", LineKind.RECURRING),
        ("monthly", LineKind.RECURRING),
        ("appliedPenaltyCharge", LineKind.PENALTY),
        ("appliedBillingCredit", LineKind.CREDIT),
        ("Usage Charge", LineKind.USAGE),
        ("mystery", LineKind.OTHER),
        ("", LineKind.OTHER),
    ],
)
def test_a_bill_lines_kind(word: str, kind: LineKind) -> None:
    line = read_bill_line({"id": "1", "type": word, "product": {"id": "P", "name": "Pass"}})
    assert (line.kind, line.kind_word, line.name) == (kind, word, "Pass")
    assert read_bill_line({"id": "1", "appliedBillingRateType": word}).kind is kind


def test_a_contracts_extensions() -> None:
    contract = read_contract(
        {
            "id": "40",
            "initialDate": "2025-01-31T10:00:00Z",
            "agreementPeriod": {"startDateTime": "2025-01-31T00:00:00Z"},
            "characteristic": [
                {"name": "MinimumTerm", "value": {"amount": 25, "units": "month"}},
                {"name": "noticePeriod", "value": {"amount": 30, "units": "day"}},
                {"name": "earlyTerminationCharge", "value": {"unit": "GBP", "value": 142.5}},
                {"name": "earlyTerminationChargeAsOf", "value": "2026-11-21T00:00:00Z"},
                {"name": "autoRenewal", "value": True},
                {
                    "name": "priceChange",
                    "value": {
                        "told": "2026-02-01T00:00:00Z",
                        "starts": "2026-04-01T00:00:00Z",
                        "before": {"unit": "GBP", "value": 20},
                        "after": {"unit": "GBP", "value": 23.5},
                        "text": "In line with CPI",
                    },
                },
            ],
            "agreementItem": {"product": {"id": "PR-1"}, "termOrCondition": [{"id": "t", "description": "Fair use"}]},
        }
    )
    assert (contract.ends, contract.ends_is_computed) == (date(2027, 2, 28), True)
    assert contract.notice == (30, "day")
    assert contract.early_charge == Money(Decimal("142.5"), "GBP")
    assert contract.renews_itself is True
    assert contract.product_ids == ("PR-1",)
    assert contract.price_changes[0].after == Money(Decimal("23.5"), "GBP")


@pytest.mark.parametrize(
    ("doc", "health"),
    [
        ({"operatingStatus": "running"}, Health.WORKS),
        ({"operatingStatus": "Degraded"}, Health.DEGRADED),
        ({"serviceCharacteristic": [{"name": "operatingStatus", "value": "failed"}]}, Health.FAILED),
        ({"operatingStatus": "humming"}, Health.NOT_STATED),
        ({"state": "active", "isServiceEnabled": True, "hasStarted": True}, Health.WORKS),
        ({"state": "active", "isServiceEnabled": False, "hasStarted": True}, Health.FAILED),
        ({"state": "active", "isServiceEnabled": False, "hasStarted": False}, Health.NEVER_ON),
        ({"state": "active", "isServiceEnabled": False}, Health.NOT_ENABLED),
        ({"operatingStatus": "running", "isServiceEnabled": False, "hasStarted": True}, Health.CONTRADICTORY),
        ({"operatingStatus": "stopped"}, Health.OFF),
        ({"state": "active"}, Health.NOT_STATED),
        ({"state": "inactive"}, Health.OFF),
        ({"state": "terminated", "isServiceEnabled": True}, Health.OFF),
        ({"state": "designed"}, Health.NEVER_ON),
        ({}, Health.NOT_STATED),
    ],
)
def test_what_really_runs(doc: dict[str, Any], health: Health) -> None:
    assert read_service({"id": "S", **doc}).health is health


def test_a_v5_ticket_and_its_promise() -> None:
    ticket = {
        "id": "T1",
        "status": "Canceled",
        "externalIdentifier": [{"owner": "other", "id": "x"}, {"owner": "selfcare", "id": "care-1"}],
        "relatedEntity": [{"role": "disputedBill", "entity": {"id": "CB-1", "@referredType": "CustomerBill"}}],
        "statusChangeHistory": [
            {"status": "closed", "statusChangeDate": "2026-02-02T00:00:00Z"},
            {"status": "New", "statusChangeDate": "2026-02-01T00:00:00Z", "statusChangeReason": "web"},
        ],
        "troubleTicketCharacteristic": [{"name": "promisedCallback", "value": "2026-02-01T09:00:00"}],
        "note": {"author": "A", "text": "hello", "date": "2026-02-01T09:00:00Z"},
    }
    found = read_ticket(ticket)
    assert (found.state, found.external_id) == (TicketState.CANCELLED, "care-1")
    assert (found.about[0].id, found.about[0].kind, found.about[0].role) == ("CB-1", "CustomerBill", "disputedBill")
    assert [step.state for step in found.course] == [TicketState.ACKNOWLEDGED, TicketState.CLOSED]
    assert found.notes[0].text == "hello"
    assert promised_call(ticket, PARIS) == datetime(2026, 2, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("carrier", ["item", "product", "external"])
def test_a_code_is_found_wherever_the_order_carries_it(carrier: str) -> None:
    stated = [
        {"name": "PortingAuthorisationCode", "value": "ABC123456"},
        {"name": "portingAuthorisationCodeExpiry", "value": "2026-12-21T23:59:59Z"},
    ]
    order: dict[str, Any] = {"id": "O", "state": "completed", "completionDate": "2026-11-21T10:00:00Z"}
    if carrier == "external":
        order["externalId"] = [{"externalIdentifierType": "PAC", "id": "ABC123456"}]
    elif carrier == "item":
        order["productOrderItem"] = [{"characteristic": stated}]
    else:
        order["productOrderItem"] = [{"product": {"id": "P", "productCharacteristic": stated}}]
    code = read_order(order).code
    assert code is not None
    assert (code.scheme, code.code) == ("PAC", "ABC123456")
    assert code.expires == (None if carrier == "external" else date(2026, 12, 21))


@pytest.mark.parametrize("carrier", ["characteristic", "external"])
def test_the_transfer_pin_of_an_american_carrier_is_read(carrier: str) -> None:
    order: dict[str, Any] = {"id": "O", "state": "completed", "completionDate": "2026-11-21T10:00:00Z"}
    stated = [
        {"name": "transferPin", "value": "482913"},
        {"name": "transferPinExpiry", "value": "2026-11-25T23:59:59Z"},
    ]
    if carrier == "external":
        order["externalId"] = [{"externalIdentifierType": "PIN", "id": "482913"}]
    else:
        order["productOrderItem"] = [{"product": {"id": "P", "productCharacteristic": stated}}]
    code = read_order(order).code
    assert code is not None
    assert (code.scheme, code.code) == ("PIN", "482913")
    assert code.expires == (None if carrier == "external" else date(2026, 11, 25))


def test_an_order_is_judged_by_its_state_not_by_its_dates() -> None:
    order = read_order(
        {
            "id": "O",
            "externalId": "care-1",
            "state": "inProgress.accepted",
            "completionDate": "2026-01-01T00:00:00Z",
            "orderTotalPrice": [{"priceType": "Penalty", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 9}}}],
        }
    )
    assert (order.state, order.completed, order.external_id) == (OrderState.IN_PROGRESS, None, "care-1")
    assert order.charge == Money(Decimal(9), "GBP")


def test_when_an_order_came_to_nothing_is_read_where_it_is_stated() -> None:
    stated = {"cancellationDate": "2026-01-02T00:00:00Z", "completionDate": "2026-01-03T00:00:00Z"}
    for state, days in (("cancelled", 2), ("rejected", 2), ("failed", 2), ("completed", None)):
        order = read_order({"id": "O", "state": state} | stated)
        assert order.dropped == (datetime(2026, 1, days, tzinfo=UTC) if days else None)
    assert read_order({"id": "O", "state": "failed"}).dropped is None


def test_a_direct_debit_is_known_by_its_type() -> None:
    method = {"id": "M", "name": "Direct Debit ···· 0189", "@referredType": "BankAccountDebit"}
    debit = read_account({"id": "A", "defaultPaymentMethod": method}).direct_debit
    assert debit is not None
    assert debit.account == "···· 0189"
    card = {"id": "M", "name": "Visa", "@referredType": "CreditCard"}
    assert read_account({"id": "A", "defaultPaymentMethod": card}).direct_debit is None


def test_an_account_says_whether_it_is_topped_up_in_advance() -> None:
    said = [
        read_account({"id": "A", **more}).is_prepaid
        for more in ({}, {"ratingType": "prepaid"}, {"ratingType": "Postpaid"})
    ]
    assert said == [None, True, False]
