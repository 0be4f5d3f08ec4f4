"""What a bill is found by is the same whether its whole shape is read or only the facts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from selfcare.api.bills import bill_facts, bill_shape, line_facts, line_shape
from selfcare.api.paging import _Seen, ids_of
from selfcare.domain.failures import Unreadable

MONEY = {"unit": "GBP", "value": 12.5}
BILL: dict[str, Any] = {
    "id": "B1", "billNo": "77", "billDate": "2026-10-01", "state": "sent", "category": "normal",
    "taxIncludedAmount": MONEY, "billingAccount": {"id": "A1", "name": "x"}, "paymentDueDate": "2026-10-20",
}  # fmt: skip
LINE: dict[str, Any] = {
    "id": "R1", "name": "Calls", "date": "2026-10-01", "type": "usageCharge", "taxIncludedAmount": MONEY,
    "bill": {"id": "B1"}, "product": {"id": "P1", "name": "y"},
}  # fmt: skip
ODD: list[Any] = [None, "", "word", 7, 1.5, True, [], ["a"], [[]], {}, {"id": 1}, [{"value": "x"}], {"value": 1e30},
                  {"unit": 3, "value": 1}, {"startDateTime": 5}]  # fmt: skip
NAMES = {
    "bill": (*BILL, "status", "amountDue", "taxExcludedAmount", "remainingAmount", "lastUpdate", "nextBillDate",
             "billingPeriod", "taxItem", "appliedPayment", "billDocument"),
    "line": (*LINE, "description", "isBilled", "taxExcludedAmount", "appliedTax", "periodCoverage"),
}  # fmt: skip


def told(read: Any, body: bytes, names: tuple[str, ...]) -> Any:
    try:
        found = read(body)
    except Unreadable:
        return "unreadable"
    return [getattr(getattr(found, name), "id", getattr(found, name)) for name in names]


@pytest.mark.parametrize("odd", ODD, ids=json.dumps)
def test_the_quick_look_takes_and_refuses_the_same(odd: Any) -> None:
    for kind, doc, quick, whole in (("bill", BILL, bill_facts, bill_shape), ("line", LINE, line_facts, line_shape)):
        facts = tuple(quick(json.dumps(doc).encode()).__struct_fields__[: 11 if kind == "bill" else 9])
        for name in NAMES[kind]:
            body = json.dumps(doc | {name: odd}).encode()
            assert told(quick, body, facts) == told(whole, body, facts), name


def test_ids_are_taken_as_written() -> None:
    bodies = [b'{"id":"a"}', b'{"id":7}', b'{"name":"x","id":"b"}', rb'{"id":"c\"d"}', b"{}", b'{"id":"open', b"["]
    assert ids_of(bodies) == [b'"a"', b"7", b'"b"', rb'"c\"d"']


def test_many_ids_are_told_apart_in_little_room() -> None:
    seen = _Seen()
    for start in range(0, 20_000, 1000):
        assert seen.add(b'"%d"' % n for n in range(start, start + 1000)) == []
    assert b'"19999"' in seen
    assert b'"20000"' not in seen
    assert seen.add([b'"20000"', b'"77"', b'"20000"']) == [b'"77"', b'"20000"']
    assert len(seen._table) == 65_536
