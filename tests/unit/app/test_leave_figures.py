"""The offline calculator says of the operator's figure and of a later day only what is so."""

import json

import pytest

GB = 'line = "mobile"\nnumber = "07700 900123"\n'
FR = 'line = "mobile"\nnumber = "06 39 98 02 31"\n'
US = 'line = "mobile"\nnumber = "(212) 555-0123"\n'
BOUND = "concluded = 2026-06-01\ncommitment_ends = 2028-06-01\nmonthly = 30\noperator_charge_day = 2026-11-21\n"


def told(printed) -> str:  # type: ignore[no-untyped-def]
    """The answer without its lines and without the rules."""
    return " ".join(printed.out.partition("Rules and sources")[0].split())


def test_what_is_free_is_contested_and_never_kept_as_evidence(ask) -> None:  # type: ignore[no-untyped-def]
    rise = "changes = [{ told = 2026-11-15, rise = 3, agreed = 0 }]\noperator_charge = 400\n"
    said = told(ask(f"{GB}{BOUND}{rise}", "gb"))
    assert "By our figure nothing is owed this way. If your operator asks for its own all the same, contest it" in said
    assert "Keep its figure" not in said


def test_the_figure_for_all_lines_of_a_contract_is_told(ask) -> None:  # type: ignore[no-untyped-def]
    facts = FR + (
        "contract_lines = 2\ncontract_monthly = 61.98\nconcluded = 2025-01-15\ncommitment_ends = 2027-01-15\n"
        "handset_with_contract = true\noperator_charge = 300\noperator_charge_day = 2026-11-21\n"
    )
    said = told(ask(facts))
    assert "Cost of leaving on Wed 25 Nov: €300.00 for all 2 lines, by your operator" in said
    assert "Our figure for all 2 lines: €22.31. Your operator asks for more than the law allows" in said


def test_an_operators_figure_of_an_older_contract_is_not_compared(ask) -> None:  # type: ignore[no-untyped-def]
    facts = f"{FR}{BOUND}".replace("operator_charge_day = 2026", "operator_charge_day = 2020") + "operator_charge = 5\n"
    assert json.loads(ask(facts, as_json=True).out)["cost"]["agreement"] == "cannotTell"


def test_a_line_that_has_ended_gets_no_advice_for_a_living_one(ask) -> None:  # type: ignore[no-untyped-def]
    facts = (
        'line = "internet"\nconcluded = 2026-06-02\ncommitment_ends = 2027-06-02\nmonthly = 98\n'
        "handset_with_contract = false\nline_ended = 2026-10-03\noperator_charge = 2000\n"
    )
    said = told(ask(facts))
    for advice in ("Cheapest", "Nothing where the line ends", "comes on top", "asks for more", "Contest"):
        assert advice not in said
    assert "Mon 2 Nov 2026: Give the box back, and keep the receipt [late]" in said
    document = json.loads(ask(facts, as_json=True).out)
    assert (document["cheapest"], document["cost"]["agreement"]) == (None, "cannotTell")
    assert {step["kind"]: step["state"] for step in document["steps"]} == {
        "save": "now",
        "cut": "done",
        "return": "late",
        "finalBill": "late",
    }


def test_one_figure_is_called_no_range(ask) -> None:  # type: ignore[no-untyped-def]
    year = "concluded = 2026-11-07\ncommitment_ends = 2027-11-07\nmonthly = 20\nat_distance = false\n"
    said = told(ask(f"{FR}{year}"))
    assert "before month twelve is over: all instalments until then may be asked for." in said
    assert "so a range" not in said
    assert "so a range" in told(ask(f"{FR}{year}".replace("2027-11-07", "2028-11-07")))


def test_after_month_twelve_a_closing_fee_may_still_come(ask) -> None:  # type: ignore[no-untyped-def]
    box = 'line = "internet"\nconcluded = 2025-06-02\ncommitment_ends = 2027-06-02\nmonthly = 30\n'
    said = told(ask(f'{box}handset_with_contract = false\noperator = "Orange"\n'))
    assert (
        "€0.00 to €50.00 After month twelve nothing is owed for leaving itself; a closing fee may come on top." in said
    )
    free = told(ask(f"{box}handset_with_contract = false\nclosing_fee = 0\n"))
    assert "After month twelve nothing is owed for leaving." in free


def test_a_move_that_the_unlock_makes_late_can_come_in_time_with_another_handset(ask) -> None:  # type: ignore[no-untyped-def]
    notice = "notice = '30 days'\nnotice_received = 2026-11-10\nhandset = 'locked'\nunlock_hours = 500\n"
    said = told(ask(f"{GB}{notice}", "gb"))
    assert "would come too late" in said
    assert "Without waiting for the unlock it can move from Tue 24 Nov on, into another handset" in said
    gone = told(ask(f"{GB}{notice}".replace("2026-11-10", "2026-10-23"), "gb"))
    assert "into another handset" not in gone


def test_a_line_without_a_number_loses_and_rescues_none(ask) -> None:  # type: ignore[no-untyped-def]
    said = told(ask('line = "internet"\nmonthly = 30\nkeep_number = true\n', "gb"))
    assert "Moving the number" not in said
    assert "rescued" not in said
    assert "Moving the number" in told(ask('line = "internet"\nnumber = "020 7946 0000"\nkeep_number = true\n', "gb"))


@pytest.mark.parametrize("on", ["2028-11-19", "2028-11-26", "2029-10-20"])
def test_no_day_beyond_the_last_one_is_planned(ask, on: str) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(ask(GB, "gb", as_json=True, on=on).out)
    assert document["day"] <= document["latest"]


def test_the_next_24_months_count_from_today(ask) -> None:  # type: ignore[no-untyped-def]
    facts = "notice = '90 days'\nplain_notice = true\nkeep_number = false\ncommitment_ends = 2029-02-01\nmonthly = 20\n"
    document = json.loads(ask(f"{GB}concluded = 2026-06-01\n{facts}", "gb", as_json=True).out)
    assert document["cheapest"]["day"] == "2028-11-21"


@pytest.mark.parametrize("fact", ["unlock_hours = 100000", 'notice = "9999 months"', 'notice = "600 weeks"'])
def test_times_that_no_contract_has_are_refused(ask, fact: str) -> None:  # type: ignore[no-untyped-def]
    refused = ask(f"{GB}{fact}\n", "gb")
    assert (refused.status, refused.out) == (2, "")
    assert fact.split(" ", maxsplit=1)[0] in refused.err


def test_a_number_of_another_country_is_named(ask) -> None:  # type: ignore[no-untyped-def]
    for number, country, foreign in [
        ("+33 6 39 98 02 31", "gb", True),
        ("0033639980231", "gb", True),
        ("+44 7700 900123", "gb", False),
        ("+262 692 12 34 56", "fr", False),
        ("+1 212 555 0123", "us", False),
        ("+49 151 23456789", "de", False),
    ]:
        said = ask(f'line = "mobile"\nnumber = "{number}"\nnotice = "1 month"\n', country)
        assert ("The number is of another country." in said.err) is foreign, number


def test_a_mobile_line_moves_along_and_orders_that_do_not_free_promise_nothing(ask) -> None:  # type: ignore[no-untyped-def]
    moving = told(ask(f'{GB}reason = "moving"\n', "gb"))
    assert "A mobile line goes where you go." in moving
    assert "whether the line can move" not in moving
    orders = told(ask(f'{US}reason = "service"\norders_days = 20\nusable_there = true\nearly_fee = 200\n', "us"))
    assert "by your answers these do not" in orders
    assert "Orders may end" not in orders


def test_a_day_that_both_operators_agree_on_is_not_told_before(ask) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(ask(f'{GB}numbers = 30\ncustomer = "business"\n', "gb", as_json=True).out)
    assert (document["earliest"], document["day"]) == (None, None)
    days = {step["kind"]: step["day"] for step in document["steps"]}
    assert days == {"save": "2026-11-21", "handOver": None, "cut": None, "finalBill": None, "door": None}
