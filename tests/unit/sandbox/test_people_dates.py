"""What the demo operator charges and writes hangs together: nothing is charged before it was sold, no amount breaks."""

import json
import re
from datetime import UTC, datetime

import pytest

from selfcare.sandbox.people import PEOPLE, build

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
BROKEN = re.compile(r"\d €|\d \d{3},\d|\w :(?!\w)")


@pytest.mark.parametrize("now", [NOW, datetime(2026, 11, 30, 7, 30, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)])
@pytest.mark.parametrize("login", PEOPLE)
def test_nothing_is_charged_on_a_bill_before_it_was_sold(login: str, now: datetime) -> None:
    told = build(login, 1, now, None).resources
    days = {bill["id"]: bill["billDate"] for bill in told["customerBill"]}
    sold = {one["id"]: one["startDate"] for one in told["product"] if "startDate" in one}
    lines = [line for line in told["appliedCustomerBillingRate"] if line.get("product", {}).get("id") in sold]
    assert lines
    assert [f"{line['name']} on {days[line['bill']['id']]}" for line in lines
            if days[line["bill"]["id"]] < sold[line["product"]["id"]]] == []  # fmt: skip


@pytest.mark.parametrize("login", ["julien", "atelier", "garage", "margot"])
def test_no_french_amount_breaks_at_the_end_of_a_line(login: str) -> None:
    text = json.dumps(build(login, 1, NOW, None).resources, ensure_ascii=False, default=str)
    assert [found.group() for found in BROKEN.finditer(text)] == []
