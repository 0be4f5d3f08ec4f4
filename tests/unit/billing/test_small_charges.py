"""Small charges: what is bought one by one is quiet, what creeps in every month is not."""

from __future__ import annotations

from random import Random

import pytest
from bills_of import flags_of, line, plain

from selfcare.billing.flags import Oddity
from selfcare.billing.weighing import Record
from selfcare.domain.bills import BillLine, LineKind


def now_and_then(name: str, amount: str, kind: LineKind, *counts: int) -> list[Record]:
    return [
        plain(n, *(line(n, name, amount, kind, key=str(k)) for k in range(count))) for n, count in enumerate(counts)
    ]


def test_parking_paid_by_message_none_to_three_times_a_month_is_no_double() -> None:
    chance = Random(3)
    counts = [chance.choice((0, 0, 1, 2, 3)) for _ in range(120)]
    assert not [f for f in flags_of(now_and_then("Parking", "2.00", LineKind.ONE_TIME, *counts))
                if f.kind is Oddity.TWICE]  # fmt: skip


@pytest.mark.parametrize(("name", "amount", "kind"), [("Film", "4.99", LineKind.USAGE),
                                                      ("Paper bill", "2.50", LineKind.OTHER)])  # fmt: skip
def test_what_is_bought_now_and_then_is_no_subscription(name: str, amount: str, kind: LineKind) -> None:
    chance = Random(5)
    counts = [0] * 8 + [1, 0, 0, 1, 1, 0] + [int(chance.random() < 0.3) for _ in range(106)]
    assert flags_of(now_and_then(name, amount, kind, *counts)) == []


@pytest.mark.parametrize("amount", [3, 5, 8, 10])
@pytest.mark.parametrize("kind", [LineKind.USAGE, LineKind.OTHER])
def test_what_comes_every_month_but_for_a_cent_or_two_is_asked_about(amount: int, kind: LineKind) -> None:
    def content(n: int) -> tuple[BillLine, ...]:
        return (line(n, "Premium content", f"{amount}.0{n % 3}", kind),) if n >= 30 else ()

    found = flags_of([plain(n, *content(n)) for n in range(40)])
    assert {flag.kind for flag in found} == {Oddity.AGAIN}
    assert [flag.bill_id for flag in found] == [f"B{n}" for n in range(32, 40)]


def test_a_subscription_that_had_ended_and_comes_back_is_asked_about_anew() -> None:
    def pay(n: int, amount: str) -> Record:
        return plain(n, line(n, "Info service", amount, LineKind.USAGE))

    bills = [*map(plain, range(10)), *(pay(n, "4.00") for n in (10, 11, 12)), *map(plain, range(13, 24)),
             *(pay(n, "7.00") for n in (24, 25, 26))]  # fmt: skip
    assert [flag.bill_id for flag in flags_of(bills)] == ["B11", "B12", "B25", "B26"]


def test_a_dear_fee_that_stands_twice_is_still_said() -> None:
    fee = [line(14, "Visit", "40.00", LineKind.ONE_TIME, key=key) for key in "ab"]
    assert Oddity.TWICE in {flag.kind for flag in flags_of([*map(plain, range(14)), plain(14, *fee)])}


def test_use_that_is_alike_by_chance_is_no_subscription() -> None:
    """Calls are another amount each month; two months to the cent, and three of one SIM of many nearly, may happen."""
    calls = {0: "3.23", 1: "0.89", 2: "0.52", 5: "3.13", 6: "3.13"}
    bills = [plain(n, *([line(n, "Calls", calls[n], LineKind.USAGE)] if n in calls else [])) for n in range(8)]
    assert flags_of(bills) == []

    def firm(n: int) -> Record:
        others = [line(n, f"Calls line {sim}", f"{1 + (sim * n) % 5}.{sim}0", LineKind.USAGE) for sim in range(9)]
        new = [line(n, "Calls line 77", f"2.3{n % 4}", LineKind.USAGE)] if n >= 9 else []
        return plain(n, *others, *new)

    assert flags_of([firm(n) for n in range(12)]) == []


def test_what_one_line_may_cost_without_a_word_makes_no_firms_bill_strange() -> None:
    def firm(n: int, *dear: str) -> Record:
        sims = [line(n, f"SIM 0770090000{sim}", "9.00", product=f"S{sim}") for sim in range(8)]
        calls = [line(n, f"Calls line {sim}", "3.00", LineKind.USAGE) for sim in range(4 - len(dear))]
        return plain(n, *sims, *calls, *(line(n, f"Calls {k}", one, LineKind.USAGE) for k, one in enumerate(dear)))

    quiet = [firm(n) for n in range(15)]
    assert flags_of([*quiet, firm(15, "29.00", "25.00")]) == []
    assert flags_of([*quiet, firm(15, "29.00", "60.00")])
