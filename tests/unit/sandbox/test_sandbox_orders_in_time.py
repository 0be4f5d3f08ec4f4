"""What becomes of orders and tickets at any moment, as pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from selfcare.sandbox.orders import (
    FINAL_BILL_AFTER,
    Order,
    ends_at,
    final_bill_due,
    next_change,
    order_at,
    product_at,
    service_at,
    state_of,
)
from selfcare.sandbox.tickets import Ticket, next_ticket_change, opened, patched, ticket_at

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
DAY = timedelta(days=1)
LINE: dict[str, Any] = {
    "id": "PR1",
    "status": "active",
    "productCharacteristic": [{"name": "SimLock", "valueType": "boolean", "value": True}],
}
OPTION: dict[str, Any] = {"id": "PR2", "status": "active"}


def an_order(category: str, **facts: Any) -> Order:
    body = {"id": "O1", "category": category, "productOrderItem": [{"id": "1", "action": "noChange", "product": {}}]}
    return replace(Order(body, category, NOW, NOW + 2 * DAY, "PR1"), **facts)


@pytest.mark.parametrize(
    ("category", "states"),
    [
        ("portOutCode", ["acknowledged", "acknowledged", "completed"]),
        ("deviceUnlock", ["inProgress", "inProgress", "completed"]),
        ("termination", ["acknowledged", "inProgress", "completed"]),
        ("something", ["acknowledged", "acknowledged", "acknowledged"]),
    ],
)
def test_an_order_goes_through_its_states(category: str, states: list[str]) -> None:
    order = an_order(category)
    assert [state_of(order, NOW + wait) for wait in (timedelta(), DAY, 2 * DAY)] == states
    assert "completionDate" not in order_at(order, NOW + DAY)
    assert order_at(order, NOW)["orderDate"] == "2026-11-21T10:00:00.000Z"


def test_results_replace_the_characteristic_of_the_same_name() -> None:
    order = an_order("deviceUnlock", results=(("simLock", "boolean", False),))
    assert product_at(LINE, [order], NOW + DAY) == LINE
    after = product_at(LINE, [order], NOW + 2 * DAY)
    assert after["productCharacteristic"] == [{"name": "simLock", "valueType": "boolean", "value": False}]
    assert LINE["productCharacteristic"][0]["value"] is True


def test_notice_ends_the_line_and_what_hangs_on_it() -> None:
    order = an_order("termination", carried=frozenset({"PR2"}), services=frozenset({"S1"}))
    service = {"id": "S1", "state": "active", "isServiceEnabled": True}
    for product in (LINE, OPTION):
        assert product_at(product, [order], NOW)["status"] == "pendingTerminate"
        ended = product_at(product, [order], NOW + 2 * DAY)
        assert (ended["status"], ended["terminationDate"]) == ("terminated", "2026-11-23T10:00:00.000Z")
    assert service_at(service, [order], NOW + DAY) == service
    assert service_at(service, [order], NOW + 2 * DAY)["isServiceEnabled"] is False
    assert not final_bill_due(order, NOW + 2 * DAY)
    assert final_bill_due(order, NOW + 2 * DAY + FINAL_BILL_AFTER)


@pytest.mark.parametrize("undone", [{"cancelled": NOW + DAY}, {"rejected": "Not now"}])
def test_what_was_cancelled_or_rejected_changes_nothing(undone: dict[str, Any]) -> None:
    order = an_order("termination", carried=frozenset({"PR2"}), **undone)
    later = NOW + 30 * DAY
    assert product_at(LINE, [order], later) == LINE
    assert product_at(OPTION, [order], later) == OPTION
    assert not final_bill_due(order, later)
    assert next_change([order], NOW) is None


def test_the_price_of_leaving_early_is_stated_in_the_order() -> None:
    order = an_order("termination", charge=Decimal("142.50"), currency="GBP")
    (price,) = order_at(order, NOW)["orderTotalPrice"]
    assert price["priceType"] == "penalty"
    assert price["price"]["taxIncludedAmount"] == {"unit": "GBP", "value": Decimal("142.50")}


def test_every_change_happens_at_an_announced_moment() -> None:
    order = an_order("termination")
    moments, moment = [], NOW
    while (following := next_change([order], moment)) is not None:
        moments.append(following)
        moment = following
    for earlier, later in zip([NOW, *moments], [*moments, moments[-1] + DAY], strict=True):
        just_before = later - timedelta(microseconds=1)
        assert order_at(order, earlier) == order_at(order, just_before)
        assert product_at(LINE, [order], earlier) == product_at(LINE, [order], just_before)


@pytest.mark.parametrize(
    ("requested", "expected"),
    [(None, NOW + 30 * DAY), (NOW + DAY, NOW + 30 * DAY), (NOW + 60 * DAY, NOW + 60 * DAY)],
)
def test_a_line_ends_when_asked_but_not_before_the_notice_has_run(
    requested: datetime | None, expected: datetime
) -> None:
    assert ends_at(requested, NOW, 30 * DAY) == expected


def test_a_ticket_is_taken_up_after_an_hour_and_only_then() -> None:
    ticket = Ticket(opened({"description": "x"}, "T1", NOW), NOW)
    hour = timedelta(hours=1)
    assert next_ticket_change([ticket], NOW) == NOW + hour
    assert ticket_at(ticket, NOW + hour - timedelta(microseconds=1)) == ticket.document
    after = ticket_at(ticket, NOW + hour)
    assert (after["status"], after["expectedResolutionDate"]) == ("inProgress", "2026-11-24T11:00:00.000Z")
    assert next_ticket_change([ticket], NOW + hour) is None
    closed = Ticket(patched(ticket.document, {"status": "closed"}, NOW), NOW)
    assert ticket_at(closed, NOW + 2 * hour)["status"] == "closed"


def test_a_patch_replaces_lists_takes_away_nulls_and_marks_the_time() -> None:
    ticket = opened({"description": "x", "name": "n", "note": [{"text": "a"}]}, "T1", NOW)
    same = patched(ticket, {"description": "x"}, NOW + DAY)
    assert same == ticket
    after = patched(ticket, {"note": [{"text": "b"}], "name": None}, NOW + DAY)
    assert after["note"] == [{"text": "b"}]
    assert "name" not in after
    assert after["lastUpdate"] == "2026-11-22T10:00:00.000Z"
    assert after["creationDate"] == ticket["creationDate"]
