"""The calculator names one price for a day that nobody knows, and promises no rule that is not for this line."""

import json

import pytest

FIRM_AT_HOME = """line = "fixed"
number = "0121 496 0876"
customer = "small"
operator = "BT"
keep_number = true
concluded = 2025-08-31
commitment_ends = 2027-02-28
monthly = 52.80
notice = "90 days"
alarm = true
closing_fee = 31.00
"""
MANY = """line = "mobile"
number = "07700 900876"
customer = "business"
numbers = 25
monthly = 300
concluded = 2024-06-01
commitment_ends = 2026-06-01
rent = 300
rent_from = 2026-12-01
rent_until = 2026-12-31
"""
FRENCH_FIRM = """line = "mobile"
number = "06 39 98 02 31"
customer = "business"
keep_number = true
concluded = 2022-03-01
commitment_ends = 2024-03-01
monthly = 39.90
notice = "1 month"
"""
MAY_OWE = "whether a notice is charged after it, your contract says"
RISE = "changes = [{ told = 2026-12-14, from = 2027-01-14, rise = 3.00 }]\n"
CHANGE = "changes = [{ told = 2026-12-14, from = 2027-01-14 }]\n"
BOUND = "line = 'mobile'\nkeep_number = false\nmonthly = 30\nconcluded = 2026-01-15\ncommitment_ends = 2027-11-15\n"


def flat(text: str) -> str:
    return " ".join(text.split())


def test_as_long_as_no_day_is_agreed_every_place_names_the_same_price(ask) -> None:  # type: ignore[no-untyped-def]
    """Today two months and a week are left, 117.92 with VAT, and the closing fee of 31.00; from 28 Feb on only that."""
    said = flat(ask(FIRM_AT_HOME, "gb", today="2026-12-21").out)
    hangs = "£31.00 from 28 Feb 2027 on, before that up to £148.92"
    assert f"Day not known yet The day decides: {hangs}." in said
    assert f"on a day agreed with both operators: {hangs}" in said
    assert "Leaving before the commitment ends £0.00 to £117.92" in said
    assert "Leaving after the commitment" not in said
    one = ask(FIRM_AT_HOME, "gb", today="2026-12-21", on="2027-01-15").out
    assert "Cost of leaving on Fri 15 Jan 2027: £93.45 to £105.94" in one
    assert "The day decides" not in one
    after = flat(ask(FIRM_AT_HOME, "gb", today="2027-03-01").out)
    assert "on a day agreed with both operators: £31.00 " in after
    assert MAY_OWE in after


def test_for_machines_no_day_of_a_plan_without_one_is_given_away(ask) -> None:  # type: ignore[no-untyped-def]
    found = json.loads(ask(FIRM_AT_HOME, "gb", today="2026-12-21", as_json=True).out)
    assert [found["cost"][end]["amount"] for end in ("low", "high")] == ["31.00", "148.92"]
    port = next(one for one in found["routes"] if one["route"] == "port")
    assert [port[end] for end in ("low", "high")] == [found["cost"][end] for end in ("low", "high")]
    assert [one["until"] for one in found["cost"]["lines"] if one["reason"] == "rentUntilThen"] == [None]
    assert {one["last"] for one in found["steps"] if one["day"] is None} == {None}
    agreed = json.loads(ask(FIRM_AT_HOME, "gb", today="2026-12-21", on="2027-01-15", as_json=True).out)
    assert agreed["steps"][-1]["last"] == "2027-02-15"


@pytest.mark.parametrize("keep", ["true", "false"])
def test_25_numbers_have_no_rule_against_a_notice_however_they_go(ask, keep: str) -> None:  # type: ignore[no-untyped-def]
    """UK-SW-13 is for PAC, STAC and One Touch Switch; the automatic way stops at 24 numbers."""
    text = f"{MANY}keep_number = {keep}\n"
    said = flat(ask(text, "gb", today="2026-12-21").out)
    assert MAY_OWE in said
    assert "UK-SW-13" not in said
    assert "Have it confirmed that no notice is charged after it" in said
    assert ("Moving the number £0.00 [UK-SW-15]" in said) is (keep == "true")
    assert "UK-SW-13" in ask(text.replace("numbers = 25", "numbers = 24"), "gb", today="2026-12-21").out
    found = json.loads(ask(text, "gb", today="2026-12-21", on="2026-12-23", as_json=True).out)
    reasons = [one["reason"] for one in found["cost"]["lines"]]
    assert "noNoticeRent" not in reasons
    assert "rentNotBack" in reasons, "whether the rent paid ahead comes back is for the contract to say"


def test_a_french_firms_number_moves_and_its_contract_says_what_notice_is_owed(ask) -> None:  # type: ignore[no-untyped-def]
    said = flat(ask(FRENCH_FIRM).out)
    assert said.count(MAY_OWE) == 2, "beside the cost and at the final bill"
    assert "not a day more" not in said
    consumer = flat(ask(FRENCH_FIRM.replace("business", "consumer")).out)
    assert MAY_OWE not in consumer
    by_notice = flat(ask(FRENCH_FIRM.replace("keep_number = true", "keep_number = false")).out)
    assert MAY_OWE not in by_notice
    french = flat(ask(FRENCH_FIRM, language="fr").out)
    assert "pas un jour de plus" not in french


def test_an_american_month_is_not_promised_to_end_with_the_line(ask) -> None:  # type: ignore[no-untyped-def]
    """US-FIN-01: many carriers keep the whole last month, so its end must be known before anything is said of it."""
    said = flat(ask('line = "internet"\nnumber = "2025550123"\nmonthly = 40\nearly_fee = 0\n', "us").out)
    assert "not a day more" not in said
    assert "Many carriers keep the whole last month" in said


@pytest.mark.parametrize(
    ("country", "open_still"),
    [
        ("fr", "unless the law imposes it."),
        ("gb", "unless your contract named it or the law imposes it."),
        ("us", "Ask the carrier whether it keeps the code."),
    ],
)
def test_a_rise_that_is_known_is_to_the_disadvantage(ask, country: str, open_still: str) -> None:  # type: ignore[no-untyped-def]
    bound = BOUND + ("early_fee = 100\n" if country == "us" else 'number = "07700 900876"\n' if country == "gb" else "")
    more = 'operator = "AT&T"\n' if country == "us" else ""
    said = flat(ask(f"{bound}{more}{RISE}", country, today="2026-12-16").out)
    assert "A price rise was announced" in said
    assert open_still in said
    assert "if it was to your disadvantage" not in said
    unknown = flat(ask(f"{bound}{more}{CHANGE}", country, today="2026-12-16").out)
    assert "if it was to your disadvantage" in unknown


def test_a_closing_fee_does_not_hide_that_a_rise_frees_for_sure(ask) -> None:  # type: ignore[no-untyped-def]
    agreed = RISE.replace("rise = 3.00", "rise = 3.00, agreed = 1.80")
    said = flat(ask(f'number = "07700 900876"\nclosing_fee = 31\n{BOUND}{agreed}', "gb", today="2026-12-16").out)
    assert "The announced rise is not the one that your contract named" in said
