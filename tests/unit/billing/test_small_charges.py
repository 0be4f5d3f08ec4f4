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
