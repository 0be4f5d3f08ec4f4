"""Leaving the demo operator: code, unlocking, notice, final bill, and changing one's mind, as the days go by."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import Sandbox


@pytest.fixture
def own(new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    return new_sandbox("--clock", "2026-11-21T10:00:00Z")


def traits(product: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"] for one in product.get("productCharacteristic", ())}


def a_line(customer: PlainCustomer, kind: str = "mobile") -> dict[str, Any]:
    products = customer.get("product", status="active", limit=1000).json()
    return next(one for one in products if traits(one).get("lineType") == kind and "TEL_MSISDN" in traits(one))


def order(customer: PlainCustomer, category: str, action: str, product: dict[str, Any], **more: Any) -> Any:
    content = {
        "externalId": f"care-{category}",
        "category": category,
        "productOrderItem": [{"id": "1", "action": action, "product": product}],
    } | more
    return customer.post("productOrder", content)


def ask_code(customer: PlainCustomer, line: dict[str, Any], scheme: str) -> Any:
    wanted = [{"name": "portingCodeRequested", "valueType": "string", "value": scheme}]
    return order(customer, "portOutCode", "noChange", {"id": line["id"], "productCharacteristic": wanted})


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("scheme", "name", "shape"),
    [("PAC", "portingAuthorisationCode", r"[A-Z]{3}[0-9]{6}"), ("STAC", "stac", r"[0-9]{6}[A-Z]{3}")],
)
def test_a_code_comes_within_a_minute_with_its_expiry(own: Sandbox, scheme: str, name: str, shape: str) -> None:
    claire = sign_in(own.issuer(), "claire")
    line = a_line(claire)
    placed = ask_code(claire, line, scheme).json()
    assert placed["state"] == "acknowledged"
    own.advance(1 / 60)
    done = claire.get("productOrder", placed["id"]).json()
    assert done["state"] == done["productOrderItem"][0]["state"] == "completed"
    carried = traits(done["productOrderItem"][0]["product"])
    assert re.fullmatch(shape, carried[name])
    expiry = moment(carried[name + "Expiry"])
    assert timedelta(days=30) <= expiry - moment(done["completionDate"]) < timedelta(days=31)
    product = claire.get("product", line["id"]).json()
    assert traits(product)[name] == carried[name]
    assert product["status"] == "active"


def test_a_french_line_gets_a_rio_that_checks_out(own: Sandbox) -> None:
    julien = sign_in(own.issuer("orvane-fr"), "julien")
    line = a_line(julien)
    placed = ask_code(julien, line, "RIO").json()
    own.advance(1 / 60)
    code = traits(julien.get("productOrder", placed["id"]).json()["productOrderItem"][0]["product"])["rio"]
    assert re.fullmatch(r"[0-9A-Z]{2}[EP][0-9A-Z]{6}[0-9A-Z+]{3}", code)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"
    number = "0" + re.sub(r"\D", "", traits(line)["TEL_MSISDN"])[2:]
    places = [alphabet.index(one) for one in code[:9] + number]
    weights = [(1, 2, 4)[n] for n in range(3)]
    sums = [sum(x * m ** (len(places) - 1 - i) for i, x in enumerate(places)) % 37 for m in weights]
    assert code[9:] == "".join(alphabet[one] for one in sums)


def test_a_scheme_of_another_country_is_refused(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    assert ask_code(claire, a_line(claire), "RIO").status_code == 422


def test_unlocking_takes_its_48_hours(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    handset = next(one for one in claire.get("product").json() if traits(one).get("simLock") is True)
    wanted = [{"name": "simLock", "valueType": "boolean", "value": False}]
    asked = {"id": handset["id"], "productSerialNumber": handset["productSerialNumber"]}
    placed = order(claire, "deviceUnlock", "modify", asked | {"productCharacteristic": wanted}).json()
    assert placed["state"] == "inProgress"
    again = order(claire, "deviceUnlock", "modify", asked | {"productCharacteristic": wanted})
    assert again.status_code == 409
    assert "asked for before" in again.text
    own.advance(47.9)
    assert traits(claire.get("product", handset["id"]).json())["simLock"] is True
    own.advance(0.2)
    after = traits(claire.get("product", handset["id"]).json())
    assert after["simLock"] is False
    assert re.fullmatch(r"[0-9]{16}", after["networkUnlockCode"])
    assert claire.get("productOrder", placed["id"]).json()["state"] == "completed"
    assert order(claire, "deviceUnlock", "modify", asked).status_code == 409


def test_notice_runs_then_the_line_ends_and_a_final_bill_comes(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    line = a_line(claire)
    bills = {bill["id"] for bill in claire.get("customerBill", limit=1000).json()}
    placed = order(claire, "termination", "delete", {"id": line["id"]}, requestedCompletionDate="2026-11-22T00:00:00Z")
    given = placed.json()
    assert given["state"] == "acknowledged"
    assert claire.get("product", line["id"]).json()["status"] == "pendingTerminate"
    ends = moment(given["expectedCompletionDate"])
    assert ends > moment("2026-11-22T00:00:00+00:00"), "the notice runs longer than was asked for"
    own.advance((ends - moment(own.now())).total_seconds() / 3600 - 0.1)
    assert claire.get("product", line["id"]).json()["status"] == "pendingTerminate"
    own.advance(0.2)
    ended = claire.get("product", line["id"]).json()
    assert (ended["status"], moment(ended["terminationDate"])) == ("terminated", ends)
    for service in ended.get("realizingService", ()):
        assert claire.get("service", service["id"]).json()["state"] == "terminated"
    for option in claire.get("product", limit=1000).json():
        about = [one["product"]["id"] for one in option.get("productRelationship", ())]
        if line["id"] in about and "productSerialNumber" not in option:
            assert option["status"] == "terminated"
    own.advance(24)
    fresh = [bill for bill in claire.get("customerBill", limit=1000).json() if bill["id"] not in bills]
    (final,) = (bill for bill in fresh if bill["category"] == "last")
    lines = claire.get("appliedCustomerBillingRate", bill__id=final["id"]).json()
    assert round(sum(one["taxIncludedAmount"]["value"] for one in lines), 2) == final["amountDue"]["value"]
    net, tax = final["taxExcludedAmount"]["value"], final["taxItem"][0]["taxAmount"]["value"]
    assert round(net + tax, 2) == final["taxIncludedAmount"]["value"]
    assert claire.client.get(final["billDocument"][0]["url"]).content.startswith(b"%PDF-")
    assert claire.client.get(final["billDocument"][0]["href"]).status_code == 200


def test_a_later_day_than_the_notice_is_kept(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    wanted = "2027-03-01T00:00:00Z"
    placed = order(claire, "termination", "delete", {"id": a_line(claire)["id"]}, requestedCompletionDate=wanted)
    assert moment(placed.json()["expectedCompletionDate"]) == moment(wanted)


def test_notice_taken_back_leaves_everything_as_it_was(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    line = a_line(claire)
    before = claire.get("product", limit=1000).json()
    placed = order(claire, "termination", "delete", {"id": line["id"]}).json()
    assert order(claire, "termination", "delete", {"id": line["id"]}).status_code == 409
    own.advance(2)
    taken_back = claire.post("cancelProductOrder", {"productOrder": {"id": placed["id"]}, "cancellationReason": "Stay"})
    assert taken_back.status_code == 201
    assert taken_back.json()["state"] == "done"
    after = claire.get("productOrder", placed["id"]).json()
    assert (after["state"], after["cancellationReason"]) == ("cancelled", "Stay")
    assert claire.get("product", limit=1000).json() == before
    own.advance(24 * 60)
    assert claire.get("product", limit=1000).json() == before
    assert claire.get("customerBill", category="last").json() == []
    late = claire.post("cancelProductOrder", {"productOrder": {"id": placed["id"]}})
    assert late.json()["state"] == "terminatedWithError"


def test_whoever_looks_only_later_sees_the_same(own: Sandbox, new_sandbox: Callable[..., Sandbox]) -> None:
    other = new_sandbox("--clock", "2026-11-21T10:00:00Z")
    seen = []
    for sandbox, steps in ((own, [24.0] * 35), (other, [24.0 * 35])):
        claire = sign_in(sandbox.issuer(), "claire")
        order(claire, "termination", "delete", {"id": a_line(claire)["id"]})
        for step in steps:
            sandbox.advance(step)
            claire.get("product")
            claire.get("customerBill")
        documents = [claire.get(kind, limit=1000).text for kind in ("product", "service", "productOrder")]
        documents.append(claire.get("customerBill", category="last").text)
        seen.append([text.replace(sandbox.url, "") for text in documents])
    assert seen[0] == seen[1]


def test_another_customers_product_cannot_be_ended(own: Sandbox) -> None:
    claire, edith = sign_in(own.issuer(), "claire"), sign_in(own.issuer(), "edith")
    theirs = claire.get("product").json()[0]
    assert order(edith, "termination", "delete", {"id": theirs["id"]}).status_code == 422
    assert claire.get("product", theirs["id"]).json()["status"] == theirs["status"]


def test_orders_are_found_by_our_mark(own: Sandbox) -> None:
    claire = sign_in(own.issuer(), "claire")
    placed = ask_code(claire, a_line(claire), "PAC").json()
    assert [one["id"] for one in claire.get("productOrder", externalId="care-portOutCode").json()] == [placed["id"]]
    assert claire.get("productOrder", externalId="care-unheard-of").json() == []
