"""The offline calculator says of the operator's figure and of a later day only what is so."""

import json

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
