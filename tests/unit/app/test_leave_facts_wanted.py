"""What would make an answer more exact is named, whatever the reason; what is not known is no zero."""

import json

import pytest

GB = 'line = "mobile"\nnumber = "07700 900123"\nconcluded = 2026-01-31\ncommitment_ends = 2028-01-30\nmonthly = 45\n'
FR = (
    'line = "mobile"\nnumber = "06 12 34 56 78"\nconcluded = 2026-01-31\ncommitment_ends = 2028-01-31\nmonthly = 40\n'
    "handset_with_contract = true\n"
)
US = (
    'line = "mobile"\nnumber = "(212) 555-0147"\noperator = "AT&T"\nconcluded = 2026-01-15\n'
    "commitment_ends = 2028-01-15\nmonthly = 70\n"
)
FEE = "early_fee = 350\nearly_fee_step = 10\n"


@pytest.mark.parametrize(
    ("country", "facts", "wanted"),
    [
        ("gb", GB + "changes = [{ told = 2026-11-10 }]\n", ["changes.rise"]),
        ("gb", GB + "changes = [{ told = 2026-11-10, rise = 3 }]\n", ["changes.agreed"]),
        ("gb", GB + "changes = [{ told = 2026-11-10, rise = 3, agreed = 0 }]\n", []),
        ("gb", GB + "changes = [{ told = 2026-11-10, rise = 3, percent = true }]\n", []),
        (
            "gb",
            GB.replace("concluded = 2026-01-31\n", "") + "changes = [{ told = 2026-11-10, rise = 3 }]\n",
            ["changes.agreed", "concluded"],
        ),
        ("gb", GB + "customer = 'business'\nchanges = [{ told = 2026-11-10, rise = 3 }]\n", []),
        ("fr", FR + 'reason = "moving"\n', ["reason_listed"]),
        ("fr", FR + 'reason = "death"\n', ["reason_listed"]),
        ("fr", FR + 'reason = "moving"\nreason_listed = false\n', []),
        ("fr", FR + 'reason = "debt"\n', ["file_received"]),
        ("fr", FR + 'reason = "debt"\nfile_received = 2026-11-01\n', ["file_admitted"]),
        ("us", US + FEE + 'reason = "service"\n', ["orders_days", "usable_there"]),
        ("us", US + FEE + 'reason = "service"\norders_days = 120\n', ["usable_there"]),
        ("us", US + FEE + 'reason = "service"\norders_days = 30\n', []),
        ("us", US + "instalments_left = 10\n", ["instalment"]),
        ("us", US + "instalment = 30\n" + FEE, ["instalments_left"]),
    ],
)
def test_what_would_narrow_the_answer_is_named(ask, country: str, facts: str, wanted: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert json.loads(ask(facts, country, as_json=True).out)["wouldHelp"] == wanted
    said = ask(facts, country).out
    assert all(f"  {name}: " in said for name in wanted)


def test_a_handset_without_its_instalment_is_not_free(ask) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(ask(US + "instalments_left = 10\n", "us", as_json=True).out)
    assert (found["cost"]["low"], found["cost"]["high"], found["cheapest"]) == (None, None, None)
    assert [line["rules"] for line in found["cost"]["lines"] if line["reason"] == "device"] == [["US-ETF-02"]]
    assert "instalmentsLeft" not in found["cautions"], "a rule says when it is due (US-ETF-02)"
    said = ask(US + 'instalments_left = 10\nreason = "moving"\n', "us").out
    assert "Rest of the phone, due at once not known [US-ETF-02]" in " ".join(said.split())
    assert "No rule that we know says so" not in said
    assert "nothing is owed anyway" not in said
    assert "[the rest of the phone falls due all the same]" in said


def test_a_reason_that_frees_nobody_does_not_deny_what_a_change_may_do(ask) -> None:  # type: ignore[no-untyped-def]
    changed = US + FEE + 'reason = "moving"\nchanges = [{ told = 2026-11-15 }]\n'
    said = ask(changed, "us").out
    assert "no rule here frees you" not in said
    assert "[not by this reason, perhaps by the announced change]" in said
    assert "no rule here frees you" in ask(changed.replace("2026-11-15", "2026-10-01"), "us").out
    sure = GB + 'reason = "moving"\nchanges = [{ told = 2026-11-10, rise = 3, agreed = 0 }]\n'
    assert "[free by the announced change]" in ask(sure, "gb").out


def test_a_firms_closing_fee_is_its_contracts_and_no_consumers_rule(ask) -> None:  # type: ignore[no-untyped-def]
    facts = FR + 'customer = "business"\nnotice = "1 month"\nearly_fee = 250\nclosing_fee = 49\n'
    found = json.loads(ask(facts, "fr", as_json=True).out)["cost"]
    assert found["low"] == found["high"] == {"amount": "299.00", "currency": "EUR"}
    assert [line["rules"] for line in found["lines"] if line["reason"] == "closingFee"] == [[]]


@pytest.mark.parametrize(
    ("today", "lines", "moves"),
    [("2026-11-27", 3, "2026-12-03"), ("2026-11-28", 3, "2026-12-04"), ("2026-11-30", 3, "2026-12-04")],
)
def test_an_order_of_a_weekend_counts_from_monday(ask, today: str, lines: int, moves: str) -> None:  # type: ignore[no-untyped-def]
    facts = US.replace("mobile", "fixed") + f"{FEE}contract_lines = {lines}\n"
    assert json.loads(ask(facts, "us", as_json=True, today=today).out)["day"] == moves
