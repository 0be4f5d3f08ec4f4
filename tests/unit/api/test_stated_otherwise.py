"""What operators state in another place or other words than usual is read, and never passes for "not stated"."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from selfcare.api.bills import bill_facts, line_facts, read_bill, read_bill_line
from selfcare.api.contracts import read_contract
from selfcare.api.odd_values import value_oddities
from selfcare.api.products import read_lines, read_product
from selfcare.api.reading import money
from selfcare.domain.failures import Unreadable
from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.viewmodel.contract import charge_fact, notice_text
from tests import samples

GBP: dict[str, Any] = {"unit": "GBP", "value": 12.5}
BILL: dict[str, Any] = {
    "id": "B0", "billNo": "B-0", "billDate": "2026-10-01T00:00:00Z", "state": "partiallyPaid",
    "taxIncludedAmount": {"unit": "GBP", "value": 80},
}  # fmt: skip
LINE: dict[str, Any] = {
    "id": "R1", "name": "Calls", "date": "2026-10-01", "type": "usageCharge", "taxIncludedAmount": GBP,
    "bill": {"id": "B0"},
}  # fmt: skip
START = {"startDateTime": "2026-01-10T00:00:00Z"}


def test_a_bill_of_which_only_some_names_are_misspelt() -> None:
    """Its due day, what is left to pay, its parts and its papers are found all the same, by the quick look too."""
    body = json.dumps(
        BILL
        | {
            "paymentduedate": "2026-10-20T00:00:00Z", "remainingamount": GBP, "billingaccount": {"id": "A1"},
            "taxitem": [{"taxCategory": "VAT"}], "billDocument": [{"id": "d", "uri": "https://x/1.pdf"}],
        }
    ).encode()  # fmt: skip
    bill = read_bill(body)
    assert (bill.due, bill.remaining) == (date(2026, 10, 20), Money(Decimal("12.50"), "GBP"))
    assert (bill.account_id, bill.taxes[0].category, bill.papers[0].url) == ("A1", "VAT", "https://x/1.pdf")
    assert bill_facts(body).payment_due_date == "2026-10-20T00:00:00Z"


def test_a_line_of_which_only_some_names_are_misspelt() -> None:
    body = json.dumps(LINE | {"periodcoverage": START, "isbilled": False}).encode()
    assert read_bill_line(body).starts == date(2026, 1, 10)
    assert not read_bill_line(body).is_billed
    found = line_facts(body).period_coverage
    assert found is not None


@pytest.mark.parametrize("name", ["units", "currency"])
def test_an_amount_with_another_word_for_its_unit(name: str) -> None:
    """The same whether the bill comes as bytes or as an object."""
    body = json.dumps(BILL | {"taxIncludedAmount": {name: "GBP", "value": 80}}).encode()
    assert read_bill(body).total == Money(Decimal(80), "GBP")
    line = json.dumps(LINE | {"taxIncludedAmount": {name: "GBP", "value": 12.5}}).encode()
    assert read_bill_line(line).gross == Money(Decimal("12.5"), "GBP")


def contract(**facts: Any) -> dict[str, Any]:
    listed = [{"name": name, "value": value} for name, value in facts.items()]
    return {"id": "A", "agreementPeriod": START, "characteristic": listed}


@pytest.mark.parametrize(
    ("said", "months", "days", "ends"),
    [
        ("24 mois", 24, None, date(2028, 1, 10)), ("P24M", 24, None, date(2028, 1, 10)),
        ({"value": 24, "unit": "month"}, 24, None, date(2028, 1, 10)), ("2 ans", 24, None, date(2028, 1, 10)),
        ({"amount": 24, "units": "mois"}, 24, None, date(2028, 1, 10)),
        ({"amount": 24, "units": "mo"}, 24, None, date(2028, 1, 10)),
        ("730 days", None, 730, date(2028, 1, 10)), ("104 weeks", None, 728, date(2028, 1, 8)),
    ],
)  # fmt: skip
def test_a_minimum_term_in_other_words(said: Any, months: int | None, days: int | None, ends: date) -> None:
    found = read_contract(contract(minimumTerm=said))
    assert (found.minimum_months, found.minimum_days, found.ends) == (months, days, ends)
    assert found.ends_is_computed
    assert found.minimum_word == ""
    term = {"id": "P", "startDate": "2026-01-10", "productTerm": [{"name": "Term", "duration": said}]}
    assert read_product(term).term_ends == ends


def test_a_length_that_nobody_understands_is_kept_in_its_own_words() -> None:
    """24 of what? The page quotes it; it is not called "not stated"."""
    found = read_contract(contract(minimumTerm=24, noticePeriod="a while"))
    assert (found.minimum_months, found.minimum_word, found.notice, found.notice_word) == (None, "24", None, "a while")
    nothing = read_contract(contract(minimumTerm="none", noticePeriod=""))
    assert (nothing.minimum_word, nothing.notice_word) == ("", "")


def test_a_notice_in_french() -> None:
    words = samples.words()
    assert notice_text(read_contract(contract(noticePeriod="10 jours")).notice, words) == "10 days"


def test_the_end_beside_a_start_stands_in_another_span() -> None:
    found = read_contract(contract() | {"validFor": {"endDateTime": "2028-01-09T23:59:59Z"}})
    assert (found.starts, found.ends) == (date(2026, 1, 10), date(2028, 1, 9))
    term = [{"duration": {"amount": 24, "units": "?"}, "validFor": {"endDateTime": "2028-01-09T23:59:59Z"}}]
    assert read_product({"id": "P", "productTerm": term}).term_ends == date(2028, 1, 9)


def test_the_charge_of_leaving_early_as_a_price() -> None:
    gross = read_contract(contract(earlyTerminationCharge={"taxIncludedAmount": GBP, "dutyFreeAmount": GBP}))
    assert (gross.early_charge, gross.early_charge_net) == (Money(Decimal("12.5"), "GBP"), None)
    net = read_contract(contract(earlyTerminationCharge={"dutyFreeAmount": GBP}))
    assert (net.early_charge, net.early_charge_net) == (None, Money(Decimal("12.5"), "GBP"))
    assert charge_fact(net, samples.words(), samples.TODAY).value == "£12.50 without tax"


def test_an_object_that_is_no_amount_is_not_called_not_stated() -> None:
    with pytest.raises(Unreadable):
        money({"total": 12.5}, "x")
    assert money({"unit": "GBP", "@type": "Money"}, "x") is None
    assert money({"unit": "GBP", "value": None, "note": ""}, "x") is None


def test_a_term_of_a_product_that_is_no_length_is_named() -> None:
    odd = {"productTerm": [{"duration": {"amount": 24, "units": "?"}}, {"duration": "24 mois"}, {"name": "x"}]}
    assert [about for about, _where in value_oddities(odd)] == ["terms"]


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ({"productCharacteristic": [{"name": "Number", "value": "415 279 7439"}]}, "415 279 7439"),
        ({"productCharacteristic": [{"name": "Number", "value": "3"}]}, ""),
        ({"productCharacteristic": [{"name": "mobileNumber", "value": "07700 900123"}]}, "07700 900123"),
        ({"productCharacteristic": [{"name": "phone_number", "value": "07700900123"}]}, "07700900123"),
        ({"productCharacteristic": [{"name": "subscriberNumber", "value": "12"}]}, "12"),
        ({"productCharacteristic": [{"name": "CLI", "value": "020 7946 0000"}]}, "020 7946 0000"),
        ({"realizingResource": [{"id": "R", "value": "447700900123"}]}, "447700900123"),
        ({"realizingResource": [{"id": "R", "value": "SIM-8944"}]}, ""),
    ],
)
def test_where_the_number_of_a_line_stands(part: dict[str, Any], number: str) -> None:
    assert read_product({"id": "P", **part}).number == number


@pytest.mark.parametrize(
    ("number", "access"),
    [
        ("447700900123", Access.MOBILE), ("00447700900123", Access.MOBILE), ("+44 7700 900123", Access.MOBILE),
        ("+44 (0)7700 900123", Access.MOBILE), ("07700 900123", Access.MOBILE), ("33612345678", Access.MOBILE),
        ("+33 7 12 34 56 78", Access.MOBILE), ("0612345678", Access.MOBILE), ("+442079460000", Access.OTHER),
        ("415 279 7439", Access.OTHER), ("+33145678901", Access.OTHER), ("0145678901", Access.OTHER),
    ],
)  # fmt: skip
def test_a_mobile_number_with_and_without_its_country(number: str, access: Access) -> None:
    facts = [{"name": "msisdn", "value": number}]
    assert read_product({"id": "P", "productCharacteristic": facts}).access is access


def test_an_option_of_a_plan_without_a_number_is_no_line_of_its_own() -> None:
    plan = {"id": "PLAN", "name": "Plan"}
    more = {"id": "DATA", "name": "Data", "productRelationship": [{"relationshipType": "bundledBy", "id": "PLAN"}]}
    deep = {"id": "DEEP", "name": "Deep", "productRelationship": [{"relationshipType": "reliesOn", "id": "DATA"}]}
    other = {"id": "OTHER", "name": "Other"}
    found = read_lines([read_product(one) for one in (deep, more, plan, other)], [])
    assert [(line.id, [o.id for o in line.options]) for line in found] == [("PLAN", ["DEEP", "DATA"]), ("OTHER", [])]
