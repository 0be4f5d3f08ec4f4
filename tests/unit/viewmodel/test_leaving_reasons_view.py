"""What the page of a special reason asserts: a right only where the answers carry it, and why not where they do not."""

from datetime import date
from decimal import Decimal

import pytest

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.leaving_parts import ScreenView
from selfcare.viewmodel.leaving_reasons import reason_page
from tests import samples
from tests.unit.leaving.test_leaving_countries import line
from tests.unit.viewmodel.test_leaving_abroad import case

D = date
WORDS = samples.words()


def page(facts: LeavingFacts, about: Circumstances, *, keep: bool = True) -> ScreenView:
    return reason_page(case(facts, Answers("PR-1", keep_number=keep, plain_notice=not keep, about=about)), WORDS)


def shown(view: ScreenView) -> dict[str, tuple[str, str]]:
    return {fact.name: (fact.value, fact.tag.text if fact.tag is not None else "") for fact in view.facts}


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


SERGEANT = line(
    "US", since=D(2026, 1, 21), fee=(usd("325"), usd("10")), instalment=usd("17.50"), instalments_left=10
)  # fmt: skip


@pytest.mark.parametrize(
    "about",
    [
        Circumstances(Reason.SERVICE, orders_days=60, usable_there=False),
        Circumstances(Reason.SERVICE, orders_days=400, usable_there=True),
        Circumstances(Reason.SERVICE, orders_days=20, stop_move=True),
    ],
)
def test_v14_orders_that_do_not_qualify_give_no_right(about: Circumstances) -> None:
    view = page(line("US", since=D(2026, 1, 21), fee=(usd("325"), usd("10"))), about)
    assert shown(view) == {"Cost of leaving": ("US$225.00", "does not free you")}
    said = " ".join((view.text, *view.notes))
    assert "90 days or more" in said
    assert "30 days or more" in said
    assert "comes back" not in said
    assert "return" not in said
    assert "Send a copy" not in said


def test_orders_that_are_not_answered_in_full_promise_nothing() -> None:
    view = page(SERGEANT, Circumstances(Reason.SERVICE, orders_days=120))
    assert not any("return" in name for name in shown(view))
    assert not any("comes back" in note for note in view.notes)


def test_covered_orders_free_from_the_charge_and_not_from_the_handset() -> None:
    about = Circumstances(Reason.SERVICE, orders_days=120, usable_there=False)
    moves, ends = page(SERGEANT, about), page(SERGEANT, about, keep=False)
    assert shown(moves)["Charge for leaving"] == ("US$0.00", "free, with the proof")
    assert "US$175.00" not in {value for value, _ in shown(moves).values()}
    assert "Number kept for your return" not in shown(moves)
    assert "Number kept for your return" in shown(ends)
    assert "no notice is given" in moves.notes[0]
    assert ends.notes[0] == "Send a copy of the orders with the notice."
    assert all("within 60 days" in view.notes[1] for view in (moves, ends))


def test_v23_a_file_that_does_not_free_says_why_and_ends_nothing() -> None:
    facts = line("FR", concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1))
    late = page(facts, Circumstances(Reason.DEBT, filed=D(2026, 5, 20), admitted=True))
    assert "only a file received from Mon 1 Jun on frees you; yours was received on Wed 20 May" in late.notes[0]
    assert not any("The line ends" in name for name in shown(late))
    good = page(facts, Circumstances(Reason.DEBT, filed=D(2026, 6, 1), admitted=True))
    assert good.notes == ()
    assert "The line ends, if all proofs arrive today" not in shown(good)
    by_notice = page(facts, Circumstances(Reason.DEBT, filed=D(2026, 6, 1), admitted=True), keep=False)
    assert "The line ends, if all proofs arrive today" in shown(by_notice)
    old = page(
        line("FR", concluded=D(2022, 6, 1), commitment_ends=D(2028, 3, 1)),
        Circumstances(Reason.DEBT, filed=D(2026, 6, 1), admitted=True),
    )
    assert "since 1 January 2023" in old.notes[0]


def test_nothing_owed_is_never_called_uncertain() -> None:
    over = line("GB", commitment_ends=D(2026, 1, 1))
    assert shown(page(over, Circumstances(Reason.DEATH))) == {
        "Charge for leaving": ("£0.00", "nothing is owed anyway")
    }  # fmt: skip
    bound = line("GB", commitment_ends=D(2027, 6, 1), monthly=Money(Decimal(20), "GBP"))
    assert shown(page(bound, Circumstances(Reason.DEATH)))["Cost of leaving"][1] == "not certain"


def test_moving_house_asks_no_notice_of_a_mobile_line() -> None:
    moving = Circumstances(Reason.MOVING)
    assert page(line("GB"), moving).notes == ()
    assert "give notice" in page(line("GB", access=Access.FIXED), moving).notes[0]
