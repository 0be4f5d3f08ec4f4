"""How many days a wrong rent is about: every day that was billed after the end, and each once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.domain.money import Money
from selfcare.leaving.ending import Ending
from selfcare.leaving.final_bill import review
from selfcare.leaving.reach import Who
from selfcare.leaving.rules import Rules, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr"))
D = date


@pytest.mark.parametrize(
    ("rules", "ending", "periods", "amount", "days"),
    [
        # ended 17 November: 18 November to 4 December is 17 of 30 days, 20.96; 5 December to 4 January is 31 days
        (FR, Ending(D(2026, 11, 17), who=Who("consumer", "fixed")),
         {"Box": (D(2026, 11, 5), D(2026, 12, 4)), "Encore": (D(2026, 12, 5), D(2027, 1, 4))}, "57.95", 48),
        # two things of the same days are 17 days, not 34
        (FR, Ending(D(2026, 11, 17), who=Who("consumer", "fixed")),
         {"Box": (D(2026, 11, 5), D(2026, 12, 4)), "TV": (D(2026, 11, 5), D(2026, 12, 4))}, "41.92", 17),
        # ended 20 November: 14 of 30 days and 31 days
        (GB, Ending(D(2026, 11, 20), switched=True),
         {"Plan": (D(2026, 11, 5), D(2026, 12, 4)), "More": (D(2026, 12, 5), D(2027, 1, 4))}, "54.25", 45),
    ],
)  # fmt: skip
def test_the_days_of_a_rent_are_all_days_and_each_once(
    rules: Rules, ending: Ending, periods: dict[str, tuple[date, date]], amount: str, days: int
) -> None:
    unit = "EUR" if rules is FR else "GBP"
    month = Money(Decimal("36.99"), unit)
    bill = Bill("B-9", "B-9", D(2026, 12, 12), None, month, None, BillState.SENT, category="last")
    lines = [
        BillLine(name, "B-9", name, LineKind.RECURRING, "", month, None, starts=first, ends=last)
        for name, (first, last) in periods.items()
    ]
    (finding,) = review(bill, lines, ending, rules).findings
    assert (f"{finding.amount.value}", finding.days) == (amount, days)
