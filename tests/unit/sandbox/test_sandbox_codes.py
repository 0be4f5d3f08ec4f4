"""Porting codes: the published examples, and that every code made is of its shape."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.sandbox.codes import national, pac, rio, rio_key, stac, unlock_code


@pytest.mark.parametrize(
    ("stem", "number", "key"),
    [
        ("01PEROY4P", "0612345678", "4TR"),
        ("02PA1B2C3", "0698765432", "WVZ"),
        ("04P000000", "0600000000", "MZE"),
        ("ABF1A2B3C", "0145678901", "YL8"),
        ("01PT00057", "+33 6 12 34 56 78", "N8+"),
        ("01PEROY4P", "0612345679", "5US"),
        ("01PEROY4P", "0621345678", "4JV"),
    ],
)
def test_the_control_characters_of_a_rio(stem: str, number: str, key: str) -> None:
    assert rio_key(stem, number) == key


@given(st.text(max_size=20), st.sampled_from(["+33612345678", "+33145678901", "0756789012"]), st.booleans())
def test_a_rio_is_always_of_its_shape(seed: str, number: str, business: bool) -> None:
    code = rio(seed, "07", number, business=business)
    quality = "F" if national(number).startswith("01") else "E" if business else "P"
    assert re.fullmatch(rf"07{quality}[0-9A-Z]{{6}}[0-9A-Z+]{{3}}", code)
    assert code[9:] == rio_key(code[:9], number)


@given(st.text(max_size=20))
def test_pac_stac_and_unlock_codes_are_of_their_shape_and_repeatable(seed: str) -> None:
    assert re.fullmatch(r"ORV[0-9]{6}", pac(seed, "ORV"))
    assert re.fullmatch(r"[0-9]{6}ORV", stac(seed, "ORV"))
    assert re.fullmatch(r"[0-9]{16}", unlock_code(seed))
    assert pac(seed, "ORV") == pac(seed, "ORV")
