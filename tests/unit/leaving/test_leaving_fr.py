"""The worked French cases of the rules, each by its number, and others beside them."""

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.codes import check_rio, rio_key
from selfcare.leaving.countries import fr, fr_money, fr_number
from selfcare.leaving.countries.fr_money import Commitment
from selfcare.leaving.countries.fr_number import RioRefusal
from selfcare.leaving.reach import Who, reaches
from selfcare.leaving.rules import Standing, parse_rules

ROOT = Path(__file__).parents[3]
RULES = parse_rules((ROOT / "resources" / "rules" / "fr.toml").read_bytes())
D = date
PARIS = ZoneInfo("Europe/Paris")
TODAY = D(2026, 11, 21)
JUNE_2025 = D(2025, 6, 10)


def euros(text: str) -> Money:
    return Money(Decimal(text), "EUR")


def two_years(price: str = "39.99", *, handset: bool | None = None, concluded: date = JUNE_2025) -> Commitment:
    return Commitment(concluded, concluded.replace(year=concluded.year + 2), euros(price), handset)


# ------------------------------------------------------------------ the rules themselves


def test_every_rule_that_the_code_names_is_in_the_file() -> None:
    known = {rule.id for rule in RULES.rules}
    for name in ("fr", "fr_number", "fr_money"):
        text = (ROOT / "src/selfcare/leaving/countries" / f"{name}.py").read_text("utf-8")
        named = set(re.findall(r"FR-[A-Z0-9]+-\d\d", text))
        assert named
        assert named <= known


def test_french_sentences_are_there_and_well_set() -> None:
    for rule in RULES.rules:
        text = rule.sentences["fr"]
        assert text.endswith("."), rule.id
        assert "'" not in text, rule.id
        assert not re.search(r"[^\u202f\u00a0][;:!?%€](?:\s|$)", text), rule.id


def test_what_is_not_established_is_never_asserted() -> None:
    for name in ("FR-DUR-05", "FR-POR-05", "FR-RIO-02", "FR-FEE-01", "FR-DTH-01", "FR-MED-04", "FR-ALT-02"):
        assert not RULES.get(name, TODAY).is_certain, name
    for name in ("FR-SIM-01", "FR-LEG-01", "FR-EQP-01", "FR-FEE-02"):
        assert RULES.get(name, TODAY).standing is Standing.PRACTICE, name


def test_a_consumers_rule_is_not_asserted_for_a_firm() -> None:
    assert reaches(RULES.get("FR-NOT-01", TODAY), Who("consumer", "mobile"))
    assert not reaches(RULES.get("FR-NOT-01", TODAY), Who("small", "mobile"))
    assert reaches(RULES.get("FR-POR-07", TODAY), Who("business", "fixed"))
    assert not reaches(RULES.get("FR-EQP-01", TODAY), Who("consumer", "mobile"))


@pytest.mark.parametrize(
    ("postcode", "five", "calendar"),
    [
        ("67000", False, "FR-57"),
        ("68100", True, "FR-57-OUVRES"),
        ("57000", False, "FR-57"),
        ("97400", False, "FR-974"),
        ("97133", False, "FR-BL"),
        ("97150", True, "FR-MF-OUVRES"),
        ("97110", False, "FR-971"),
        ("97500", False, "FR"),
        ("75011", False, "FR"),
        ("75011", True, "FR-OUVRES"),
        ("", False, "FR"),
    ],
)
def test_alsace_moselle_and_overseas_have_their_calendars(postcode: str, five: bool, calendar: str) -> None:
    assert fr.calendar_for(postcode, five_day_week=five) == calendar


# ------------------------------------------------------------------ notice


def test_v01_notice_counts_from_its_receipt() -> None:
    assert fr.notice_ends(D(2026, 11, 23), RULES) == D(2026, 12, 3)
    assert fr.notice_ends(D(2026, 11, 27), RULES) == D(2026, 12, 7), "only the signature of a letter is safe"


@pytest.mark.parametrize(
    ("wanted", "accepted", "ends"),
    [
        (None, None, D(2026, 12, 1)),
        (D(2026, 12, 31), None, D(2026, 12, 31)),
        (D(2026, 11, 25), None, D(2026, 12, 1)),
        (D(2026, 11, 25), D(2026, 11, 25), D(2026, 11, 25)),
        (D(2026, 11, 25), D(2026, 11, 28), D(2026, 11, 28)),
        (D(2026, 12, 31), D(2026, 11, 25), D(2026, 12, 31)),
        (None, D(2026, 12, 20), D(2026, 12, 1)),
        (None, D(2026, 11, 1), D(2026, 11, 21)),
    ],
)
def test_v02_a_wanted_day_and_an_operator_that_accepts_sooner(
    wanted: date | None, accepted: date | None, ends: date
) -> None:
    assert fr.notice_ends(D(2026, 11, 21), RULES, wanted=wanted, accepted=accepted) == ends


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        (D(2028, 2, 19), D(2028, 2, 29)),
        (D(2027, 2, 19), D(2027, 3, 1)),
        (D(2026, 12, 15), D(2026, 12, 25)),
        (D(2026, 12, 31), D(2027, 1, 10)),
    ],
)
def test_ten_days_do_not_care_for_holidays_or_sundays(received: date, ends: date) -> None:
    assert fr.notice_ends(received, RULES) == ends


def test_the_contracts_notice_counts_only_if_shorter() -> None:
    assert fr.notice_ends(D(2026, 11, 21), RULES, stated=(5, "day")) == D(2026, 11, 26)
    assert fr.notice_ends(D(2026, 11, 21), RULES, stated=(1, "month")) == D(2026, 12, 1)
    assert fr.notice_is_long(D(2026, 11, 21), RULES, (1, "month"))
    assert fr.notice_is_long(D(2026, 11, 21), RULES, (11, "day"))
    assert not fr.notice_is_long(D(2026, 11, 21), RULES, (10, "day"))


def test_after_a_death_the_ordinary_notice() -> None:
    assert fr.ends_after_death(D(2026, 11, 21), RULES) == D(2026, 12, 1)
    assert fr.ends_after_death(D(2026, 11, 21), RULES, wanted=D(2026, 12, 31)) == D(2026, 12, 31)


def test_the_online_notice() -> None:
    assert RULES.find("FR-3CL-02", D(2023, 5, 31)) is None
    assert RULES.get("FR-3CL-02", TODAY).value == "name address contract day number reason"
    assert fr.confirmation_recalled(D(2026, 11, 21)) == D(2026, 11, 25)
    assert fr.confirmation_recalled(D(2026, 12, 23)) == D(2026, 12, 28)


# ------------------------------------------------------------------ what leaving early costs


def test_v03_with_a_handset_a_fifth_of_the_rest() -> None:
    charge = fr_money.early_charge(two_years(handset=True), D(2026, 12, 10), RULES)
    assert (charge.low, charge.high) == (euros("47.99"), euros("47.99"))
    assert charge.rule_ids == ("FR-DUR-03",)


def test_v04_without_a_handset_nothing() -> None:
    charge = fr_money.early_charge(two_years(handset=False), D(2026, 12, 10), RULES)
    assert (charge.high, charge.rule_ids) == (euros("0.00"), ("FR-DUR-02",))


def test_without_word_of_a_handset_both_readings() -> None:
    charge = fr_money.early_charge(two_years(), D(2026, 12, 10), RULES)
    assert (charge.low, charge.high, charge.is_range) == (euros("0.00"), euros("47.99"), True)
    assert charge.rule_ids == ("FR-DUR-02", "FR-DUR-03")


@pytest.mark.parametrize(
    ("concluded", "ended", "charge", "rule"),
    [
        (D(2022, 12, 31), D(2024, 6, 30), "45.00", "FR-DUR-04"),
        (D(2023, 1, 1), D(2024, 7, 1), "0.00", "FR-DUR-02"),
    ],
)
def test_v06_the_regime_of_the_day_of_conclusion(concluded: date, ended: date, charge: str, rule: str) -> None:
    found = fr_money.early_charge(two_years("30", handset=False, concluded=concluded), ended, RULES)
    assert (found.low, found.high, found.rule_ids) == (euros(charge), euros(charge), (rule,))


@pytest.mark.parametrize(
    ("handset", "concluded", "low"),
    [
        (False, D(2026, 6, 10), "180.00"),
        (True, D(2026, 6, 10), "252.00"),
        (None, D(2026, 6, 10), "180.00"),
        (True, D(2022, 6, 10), "270.00"),
    ],
)
def test_before_month_12_two_readings(handset: bool | None, concluded: date, low: str) -> None:
    """Six months to month 12 are 180; the next twelve, 360, count for nothing, a fifth, a quarter, or in full."""
    ended = concluded.replace(month=12)
    charge = fr_money.early_charge(two_years("30", handset=handset, concluded=concluded), ended, RULES)
    assert (charge.low, charge.high) == (euros(low), euros("540.00"))
    assert charge.rule_ids[0] == "FR-DUR-05"


def test_month_12_is_where_the_range_ends() -> None:
    bound = two_years("30", handset=True)
    assert fr_money.early_charge(bound, D(2026, 6, 9), RULES).is_range
    assert fr_money.early_charge(bound, D(2026, 6, 10), RULES).high == euros("72.00")


def test_a_year_or_less_is_owed_in_full() -> None:
    bound = Commitment(D(2026, 6, 10), D(2027, 6, 10), euros("20"), has_handset=False)
    charge = fr_money.early_charge(bound, D(2027, 3, 10), RULES)
    assert (charge.low, charge.high, charge.rule_ids) == (euros("60.00"), euros("60.00"), ("FR-DUR-05",))


def test_after_the_end_nothing() -> None:
    charge = fr_money.early_charge(two_years(handset=True), D(2027, 6, 10), RULES)
    assert (charge.high, charge.rule_ids) == (euros("0.00"), ("FR-NOT-03",))
    assert fr_money.early_charge(two_years(handset=True), D(2027, 6, 9), RULES).high == euros("0.26")


def test_a_contract_of_a_leap_day() -> None:
    bound = Commitment(D(2024, 2, 29), D(2026, 2, 28), euros("50"), has_handset=True)
    assert fr_money.twelfth_month_ends(bound) == D(2025, 2, 28)
    assert fr_money.early_charge(bound, D(2025, 2, 28), RULES).high == euros("120.00")


def test_the_longest_commitment() -> None:
    assert not fr.commitment_is_long(D(2025, 6, 10), D(2027, 6, 10), RULES)
    assert fr.commitment_is_long(D(2025, 6, 10), D(2027, 6, 11), RULES)


# ------------------------------------------------------------------ moving the number


def test_v08_saturday_counts() -> None:
    assert fr_number.port_due(D(2026, 11, 20), RULES) == D(2026, 11, 21)


@pytest.mark.parametrize(
    ("eligible", "postcode", "due"),
    [
        (D(2026, 12, 24), "75011", D(2026, 12, 26)),
        (D(2026, 12, 24), "67000", D(2026, 12, 28)),
        (D(2027, 3, 25), "75011", D(2027, 3, 26)),
        (D(2027, 3, 25), "57000", D(2027, 3, 27)),
        (D(2027, 4, 30), "75011", D(2027, 5, 3)),
        (D(2027, 5, 7), "75011", D(2027, 5, 10)),
        (D(2028, 2, 28), "75011", D(2028, 2, 29)),
        (D(2026, 10, 31), "75011", D(2026, 11, 2)),
    ],
)
def test_v10_holidays_and_alsace_moselle(eligible: date, postcode: str, due: date) -> None:
    assert fr_number.port_due(eligible, RULES, calendar=fr.calendar_for(postcode)) == due


def test_a_later_day_that_is_wanted() -> None:
    assert fr_number.port_due(D(2026, 11, 20), RULES, wanted=D(2026, 12, 3)) == D(2026, 12, 3)
    assert fr_number.port_due(D(2026, 11, 20), RULES, wanted=D(2026, 11, 20)) == D(2026, 11, 21)
    assert fr_number.port_due(D(2026, 11, 20), RULES, wanted=D(2026, 12, 25)) == D(2026, 12, 26)


def test_the_operators_own_holidays() -> None:
    assert fr_number.port_due(D(2026, 11, 20), RULES, own=frozenset({D(2026, 11, 21)})) == D(2026, 11, 23)


@pytest.mark.parametrize(
    ("asked", "firm", "due"),
    [
        (D(2026, 11, 20), False, D(2026, 11, 24)),
        (D(2026, 12, 23), False, D(2026, 12, 28)),
        (D(2026, 11, 20), True, D(2026, 11, 28)),
        (D(2027, 6, 30), True, D(2027, 7, 8)),
        (D(2027, 7, 1), True, D(2027, 7, 5)),
    ],
)
def test_a_whole_request(asked: date, firm: bool, due: date) -> None:
    assert fr_number.request_due(asked, RULES, is_fixed_business=firm) == due


def test_a_right_to_withdraw_comes_first() -> None:
    bought = D(2026, 11, 20)
    counts = fr_number.port_counts_from(bought, RULES, concluded=bought)
    assert counts == D(2026, 12, 4)
    assert fr_number.request_due(counts, RULES) == D(2026, 12, 8)
    assert fr_number.port_counts_from(bought, RULES, concluded=bought, at_once=True) == bought
    assert fr_number.port_counts_from(bought, RULES) == bought
    assert fr_number.port_counts_from(D(2026, 12, 20), RULES, concluded=bought) == D(2026, 12, 20)


def test_v11_a_late_move_and_when_it_is_paid() -> None:
    claim = fr_number.late_port(euros("20.00"), D(2026, 11, 16), D(2026, 11, 20), RULES)
    assert (claim.least, claim.days) == (euros("16.00"), 4)
    assert fr_number.paid_by(D(2026, 11, 23), RULES) == D(2026, 12, 23)


def test_on_the_day_itself_nothing_is_late() -> None:
    assert fr_number.late_port(euros("20"), D(2026, 11, 16), D(2026, 11, 16), RULES).days == 0
    assert fr_number.late_port(euros("20"), D(2026, 11, 16), D(2026, 11, 10), RULES).least == euros("0")
    assert fr_number.late_port(euros("20"), D(2026, 11, 16), D(2026, 11, 17), RULES).least == euros("4.00")


def test_a_claim_is_rounded_up() -> None:
    assert fr_number.late_port(euros("19.99"), D(2026, 11, 16), D(2026, 11, 17), RULES).least == euros("4.00")
    assert fr_number.missed_visit(euros("19.99"), D(2028, 2, 28), D(2028, 3, 1), RULES).least == euros("8.00")
    assert fr_number.missed_visit(euros("19.99"), D(2027, 2, 28), D(2027, 3, 1), RULES).rule_id == "FR-CMP-03"


def test_v13_a_lost_number() -> None:
    assert fr_number.lost_number(euros("19.99"), TODAY, RULES).least == euros("479.76")


def test_a_prepaid_card_has_a_month_too() -> None:
    assert fr_number.prepaid_month(euros("10"), 15, TODAY, RULES) == euros("20")
    month = fr_number.prepaid_month(euros("10"), 7, TODAY, RULES)
    assert fr_number.late_port(month, D(2026, 11, 16), D(2026, 11, 17), RULES).least == euros("8.58")
    with pytest.raises(ValueError):
        fr_number.prepaid_month(euros("10"), 0, TODAY, RULES)


@pytest.mark.parametrize(
    ("ended", "last"),
    [(D(2026, 11, 21), D(2026, 12, 31)), (D(2028, 1, 20), D(2028, 2, 29)), (D(2027, 1, 20), D(2027, 3, 1))],
)
def test_v14_the_number_can_be_rescued(ended: date, last: date) -> None:
    assert fr_number.number_until(ended, RULES) == last
    assert fr_number.rio_refusal_stands(RioRefusal.LINE_ENDED, last, RULES, ended) is False
    assert fr_number.rio_refusal_stands(RioRefusal.LINE_ENDED, D(2028, 3, 2), RULES, ended) is True


def test_v25_a_debt_never_blocks_a_rio() -> None:
    assert fr_number.rio_refusal_stands(RioRefusal.UNPAID_BILL, TODAY, RULES) is False
    assert fr_number.rio_refusal_stands(RioRefusal.OTHER, TODAY, RULES) is None
    assert fr_number.rio_refusal_stands(RioRefusal.LINE_ENDED, TODAY, RULES) is None


def test_v26_the_key_by_hand() -> None:
    """172 for the front and 302 for the number are 474, which leaves 30 of 37: the figure 4."""
    assert rio_key("01PEROY4P", "0612345678")[0] == "4"
    assert check_rio("01PEROY4P4TR", "0612345678").is_good


def test_v26_a_machines_number_has_14_digits() -> None:
    alphabet, text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+", "01EABC12307001234567890"
    key = "".join(alphabet[sum(alphabet.index(c) * m**i for i, c in enumerate(text[::-1])) % 37] for m in (1, 2, 4))
    assert check_rio(text[:9] + key, "07001234567890").is_good


def test_the_text_with_the_rio_is_counted_on_the_instant() -> None:
    called = datetime(2027, 3, 28, 1, 58, tzinfo=PARIS)
    assert fr_number.rio_texted(called, RULES) == (
        datetime(2027, 3, 28, 3, 0, tzinfo=PARIS),
        datetime(2027, 3, 28, 3, 3, tzinfo=PARIS),
    )


def test_v19_a_handset_is_unlocked_free() -> None:
    assert fr_number.free_unlock_from(D(2026, 9, 5), RULES) == D(2026, 12, 5)
    assert fr_number.free_unlock_from(D(2026, 11, 30), RULES) == D(2027, 2, 28)
    assert fr_number.free_unlock_from(D(2026, 9, 5), RULES, D(2026, 10, 1)) == D(2026, 10, 1)
    assert fr_number.free_unlock_from(D(2026, 9, 5), RULES, D(2027, 1, 1)) == D(2026, 12, 5)
