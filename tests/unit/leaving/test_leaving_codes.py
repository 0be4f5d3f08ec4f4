"""PAC, STAC, RIO and PIN: every table case of the rules, and the helpful word for a code that was mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.leaving.carriers import Carrier, carrier_of
from selfcare.leaving.codes import CodeProblem, check_code, check_pin, check_rio, national_number, rio_key


@pytest.mark.parametrize(
    ("typed", "scheme", "provider", "name"),
    [
        ("TEL000000", "PAC", "TEL", "O2"),
        ("000000TEL", "STAC", "TEL", "O2"),
        ("ZZZ111111", "PAC", "ZZZ", ""),
        ("VOD000000", "PAC", "VUK", "Vodafone"),
        ("abc 123-456", "PAC", "ABC", ""),
        (" h3g–123 456 ", "PAC", "HTG", "Three"),
    ],
)
def test_good_codes(typed: str, scheme: str, provider: str, name: str) -> None:
    check = check_code(typed)
    assert (check.is_good, check.scheme, check.provider, check.provider_name) == (True, scheme, provider, name)


def test_a_code_is_normalised() -> None:
    assert check_code("abc 123-456").code == "ABC123456"


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("TEL0000007", CodeProblem.TOO_LONG, ""),
        ("111111ZZZJ", CodeProblem.TOO_LONG, ""),
        ("", CodeProblem.EMPTY, ""),
        ("  - ", CodeProblem.EMPTY, ""),
        ("TEL00", CodeProblem.TOO_SHORT, ""),
        ("AB1123456", CodeProblem.LOOKALIKE, "ABI123456"),
        ("ABCDEF123", CodeProblem.SHAPE, ""),
        ("TELOOO123", CodeProblem.LOOKALIKE, "TEL000123"),
        ("0NE123456", CodeProblem.LOOKALIKE, "ONE123456"),
        ("12345O0NE", CodeProblem.LOOKALIKE, "123450ONE"),
    ],
)
def test_bad_codes(typed: str, problem: CodeProblem, suggestion: str) -> None:
    check = check_code(typed)
    assert (check.problem, check.suggestion, check.scheme) == (problem, suggestion, "")
    assert not check.is_good


def test_a_stac_pasted_as_pac() -> None:
    check = check_code("123456ABC", "PAC")
    assert (check.scheme, check.problem) == ("STAC", CodeProblem.OTHER_SCHEME)


@pytest.mark.parametrize(
    ("front", "number", "key"),
    [
        ("01PEROY4P", "0612345678", "4TR"),
        ("02PA1B2C3", "0698765432", "WVZ"),
        ("04P000000", "0600000000", "MZE"),
        ("ABF1A2B3C", "0145678901", "YL8"),
        ("01PT00057", "0612345678", "N8+"),
        ("01PEROY4P", "0612345679", "5US"),
        ("01PEROY4P", "0621345678", "4JV"),
    ],
)
def test_the_key_of_a_rio(front: str, number: str, key: str) -> None:
    assert rio_key(front, number) == key
    assert check_rio(front + key, number).is_good


@pytest.mark.parametrize(
    ("abroad", "home", "front"),
    [
        ("+262 692 12 34 56", "0692123456", "01P000000"),
        ("00262692123456", "0692123456", "01P000000"),
        ("+262262123456", "0262123456", "ABF1A2B3C"),
        ("+590 690 12 34 56", "0690123456", "01PEROY4P"),
        ("+594694123456", "0694123456", "01PEROY4P"),
        ("+596 696 12 34 56", "0696123456", "01PEROY4P"),
        ("+508411234", "0508411234", "ABF1A2B3C"),
        ("+33 (0)6 12 34 56 78", "0612345678", "01PEROY4P"),
    ],
)
def test_an_overseas_number_has_the_rio_of_its_ten_digits(abroad: str, home: str, front: str) -> None:
    assert national_number(abroad) == home
    assert check_rio(front + rio_key(front, home), abroad).is_good


@pytest.mark.parametrize(
    ("typed", "number", "problem"),
    [
        ("01PEROY4P4TR", "0612345679", CodeProblem.OTHER_NUMBER),
        ("01PEROY4P4TR", "0621345678", CodeProblem.OTHER_NUMBER),
        ("01XEROY4P4TR", "0612345678", CodeProblem.WRONG_TYPE),
        ("01PEROY4P4T", "0612345678", CodeProblem.TOO_SHORT),
        ("01PEROY4P4TRX", "0612345678", CodeProblem.TOO_LONG),
        ("01PER+Y4P4TR", "0612345678", CodeProblem.SHAPE),
        ("", "0612345678", CodeProblem.EMPTY),
        ("ABF1A2B3CYL8", "0612345678", CodeProblem.WRONG_TYPE),
    ],
)
def test_bad_rios(typed: str, number: str, problem: CodeProblem) -> None:
    assert check_rio(typed, number).problem is problem


def test_letter_o_for_zero_in_a_rio() -> None:
    check = check_rio("O1PEROY4P4TR", "06 12 34 56 78")
    assert (check.problem, check.suggestion) == (CodeProblem.LOOKALIKE, "01PEROY4P4TR")


def test_a_rio_may_hold_a_plus_and_be_written_with_spaces() -> None:
    assert check_rio("01 P T00057 N8+", "+33 6 12 34 56 78").is_good


@pytest.mark.parametrize("number", ["+33612345678", "0033612345678", "06 12-34.56 78", "+33 (0)6 12 34 56 78"])
def test_numbers_are_written_nationally(number: str) -> None:
    assert national_number(number) == "0612345678"


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+"


@given(
    st.text("0123456789", min_size=2, max_size=2),
    st.text(ALPHABET[:-1], min_size=6, max_size=6),
    st.text("0123456789", min_size=8, max_size=8),
)
def test_the_key_equals_its_closed_form(operator: str, middle: str, digits: str) -> None:
    text, n = f"{operator}P{middle}06{digits}", 19
    closed = [sum(ALPHABET.index(c) * m ** (n - 1 - i) for i, c in enumerate(text)) % 37 for m in (1, 2, 4)]
    assert rio_key(f"{operator}P{middle}", f"06{digits}") == "".join(ALPHABET[r] for r in closed)


@given(st.text(max_size=14), st.text("0123456789+٠٦६ ()", max_size=14))
def test_any_text_gets_an_answer(typed: str, number: str) -> None:
    assert check_code(typed, "PAC").problem in CodeProblem
    assert check_rio(typed, "0612345678").problem in CodeProblem
    assert check_rio("01PEROY4P4TR", f"06{number}").problem in CodeProblem
    assert check_pin(typed, Carrier.ATT).problem in CodeProblem


@pytest.mark.parametrize(
    ("carrier", "name"), [(Carrier.VERIZON, "Verizon"), (Carrier.ATT, "AT&T"), (Carrier.T_MOBILE, "T-Mobile")]
)
def test_six_digits_are_a_good_pin(carrier: Carrier, name: str) -> None:
    check = check_pin(" 012\u00a034-5 ", carrier)
    assert (check.is_good, check.scheme, check.code, check.provider_name) == (True, "PIN", "012345", name)


@pytest.mark.parametrize(
    ("typed", "problem", "suggestion"),
    [
        ("", CodeProblem.EMPTY, ""),
        (" - ", CodeProblem.EMPTY, ""),
        ("1234", CodeProblem.TOO_SHORT, ""),
        ("1234567", CodeProblem.TOO_LONG, ""),
        ("1234O6", CodeProblem.LOOKALIKE, "123406"),
        ("il34oQ", CodeProblem.LOOKALIKE, "113400"),
        ("12A456", CodeProblem.SHAPE, ""),
        ("٠١٢٣٤٥", CodeProblem.SHAPE, ""),
    ],
)
def test_bad_pins(typed: str, problem: CodeProblem, suggestion: str) -> None:
    check = check_pin(typed, Carrier.VERIZON)
    assert (check.problem, check.suggestion) == (problem, suggestion)


@pytest.mark.parametrize("carrier", [Carrier.OTHER, Carrier.VERIZON_BRAND])
@pytest.mark.parametrize("typed", ["1234", "aB3-dO", "12 34", "0123456789012345"])
def test_a_pin_of_a_carrier_we_do_not_know_stays_as_typed(carrier: Carrier, typed: str) -> None:
    check = check_pin(f" {typed} ", carrier)
    assert (check.is_good, check.code, check.provider_name, check.suggestion) == (True, typed, "", "")
    assert check_pin("  ", carrier).problem is CodeProblem.EMPTY


@given(st.from_regex("[0-9]{6}", fullmatch=True), st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_mistyped_digit_is_found_again(pin: str, swap: list[bool]) -> None:
    letters = {"0": "O", "1": "l"}
    typed = "".join(letters.get(c, c) if s else c for c, s in zip(pin, swap, strict=True))
    check = check_pin(typed, Carrier.ATT)
    assert (check.suggestion or check.code) == pin
    assert check.is_good == (typed == pin)


@pytest.mark.parametrize(
    ("name", "carrier"),
    [
        ("Verizon", Carrier.VERIZON),
        ("VERIZON Wireless", Carrier.VERIZON),
        ("AT&T", Carrier.ATT),
        ("at & t mobility", Carrier.ATT),
        ("T-Mobile US", Carrier.T_MOBILE),
        ("Straight Talk", Carrier.VERIZON_BRAND),
        ("Visible by Verizon", Carrier.VERIZON_BRAND),
        ("Metro by T-Mobile", Carrier.OTHER),
        ("", Carrier.OTHER),
    ],
)
def test_carriers_by_name(name: str, carrier: Carrier) -> None:
    assert carrier_of(name) is carrier
