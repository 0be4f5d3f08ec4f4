"""Every bill that is to be paid is looked at on Home, however many come a month and however old it is."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from selfcare.billing.flags import Flag, Judgement, Oddity
from selfcare.domain.bills import FILED, Bill
from tests.samples import TODAY, gbp
from tests.unit.viewmodel.test_home_view import BILLS, home, quiet


def unpaid(name: str, amount: str, due: int = 5) -> Bill:
    return replace(
        BILLS[1], id=name, number=name, total=gbp(amount), remaining=gbp(amount), state=BILLS[0].state,
        due=TODAY + timedelta(days=due),
    )  # fmt: skip


def odd(bill: Bill) -> Judgement:
    flag = Flag(Oddity.LINE, bill.id, gbp("873.63"), None, "Roaming at sea")
    return Judgement(bill.id, (flag,), 18, can_tell=True)


def test_of_eight_bills_a_month_the_eighth_is_looked_at_too() -> None:
    sims = [unpaid(f"F18-{n}", "12.99") for n in range(7)]
    first = unpaid("F18-7", "886.62")
    view = home(**(quiet() | {"bills": (*sims, first, *BILLS[1:]), "judged": {first.id: odd(first)}}))
    assert [card.title for card in view.urgent] == ["This bill is not like your others: £886.62"]
    assert view.payment is not None
    assert view.payment.amount == "£977.55"
    assert view.payment.text.startswith("8 bills · Thu 26 Nov, in 5 days")
    assert view.payment.step is not None
    assert view.payment.step.target == "bills"


def test_an_old_bill_that_was_never_paid_is_overdue_on_home() -> None:
    old = unpaid("O09", "12.99", due=-277)
    view = home(**(quiet() | {"unpaid": (old,)}))
    assert [card.title for card in view.urgent] == ["£12.99 is overdue"]
    assert view.calm is None
    assert view.payment is not None
    assert view.payment.amount == "£12.99"


def test_what_is_overdue_is_added_up_in_its_currencies() -> None:
    dollars = replace(unpaid("D", "5.00", due=-9), remaining=replace(gbp("5.00"), unit="USD"))
    late = (unpaid("O1", "12.99", due=-40), dollars, unpaid("O2", "10.00", due=-9), unpaid("N", "7.00"))
    view = home(**(quiet() | {"unpaid": late}))
    assert view.payment is not None
    assert "£22.99" in view.payment.amount
    assert "5.00" in view.payment.amount
    assert view.payment.text.startswith("3 bills · overdue since")


def test_of_very_many_the_largest_stand_on_home_and_the_others_are_counted() -> None:
    late = [unpaid(f"O{n}", f"{n + 10}.00", due=-40) for n in range(30)]
    strange = unpaid("S", "5.00")
    cards = home(**(quiet() | {"unpaid": (*late, strange), "judged": {"S": odd(strange)}})).urgent
    assert [card.title for card in cards] == [
        "This bill is not like your others: £5.00",
        "£39.00 is overdue",
        "£38.00 is overdue",
        "28 more bills are overdue or not like the others",
    ]
    assert cards[-1].steps[0].target == "bills"


def test_of_own_papers_nobody_knows_whether_they_are_paid_and_the_newest_alone_are_looked_at() -> None:
    own = tuple(replace(unpaid(f"P{n}", "50.00", due=-30 * n - 9), due=None, state_word=FILED) for n in range(20))
    told = {bill.id: odd(bill) for bill in own}
    assert len(home(**(quiet() | {"bills": own[:3], "judged": told})).urgent) == 3
    assert home(**(quiet() | {"bills": own, "judged": {"P9": told["P9"]}})).urgent == ()
