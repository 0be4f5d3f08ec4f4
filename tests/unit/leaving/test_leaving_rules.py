"""The rules file says who stands behind each rule, and never asserts a right without a source."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.leaving.rules import Rules, Standing, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.fixture(scope="module")
def gb() -> Rules:
    return parse_rules((FOLDER / "gb.toml").read_bytes())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_file_can_be_read_and_names_its_sources(path: Path) -> None:
    rules = parse_rules(path.read_bytes())
    assert rules.country == path.stem.upper()
    for rule in rules.rules:
        assert rule.sentence().endswith(".")
        assert rule.source or rule.standing in {Standing.UNCERTAIN, Standing.PRACTICE}
        assert rule.checked >= date(2026, 1, 1)
        assert rule.applies_to


def test_the_version_of_the_day_counts(gb: Rules) -> None:
    assert gb.get("UK-ADR-01", date(2026, 4, 7)).number == 56
    assert gb.get("UK-ADR-01", date(2026, 4, 8)).number == 42
    assert gb.get("UK-AC-01", date(2026, 3, 31)).value == Decimal("9.98")
    assert gb.get("UK-AC-01", date(2026, 4, 1)).value == Decimal("10.34")


def test_a_rule_before_its_time_is_not_found(gb: Rules) -> None:
    assert gb.find("UK-LOCK-01", date(2021, 12, 16)) is None
    with pytest.raises(KeyError):
        gb.get("UK-LOCK-01", date(2021, 12, 16))


def test_a_rule_that_is_not_in_force_is_kept_and_never_asserted(gb: Rules) -> None:
    (rule,) = (rule for rule in gb.rules if rule.id == "UK-CTR-13")
    assert (rule.in_force, rule.review) == (False, date(2027, 3, 1))
    for day in (date(2026, 11, 21), date(2027, 6, 1), date(2030, 1, 1)):
        assert gb.find("UK-CTR-13", day) is None
        assert gb.cited("UK-CTR-13", day) is None
        with pytest.raises(KeyError):
            gb.get("UK-CTR-13", day)
    sources = Path(__file__).parents[3] / "src" / "selfcare"
    assert not [file for file in sources.rglob("*.py") if "UK-CTR-13" in file.read_text("utf-8")]


def test_what_is_only_believed_is_uncertain(gb: Rules) -> None:
    for name in ("UK-CTR-08", "UK-CTR-12", "UK-CAL-01", "UK-SW-17"):
        assert not gb.get(name, date(2026, 11, 21)).is_certain


HEAD = 'country = "GB"\nchecked = 2026-11-21\ncalendar = "GB-ENG"\n'
ONE = '[[rule]]\nid = "X"\nsentence.en = "A."\nstanding = "practice"\n'


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('[[rule]]\nid = "X"\nstanding = "law"\n', "no English sentence"),
        ('[[rule]]\nid = "X"\nsentence.en = "A."\nstanding = "maybe"\n', "no known standing"),
        ('[[rule]]\nid = "X"\nsentence.en = "A."\nstanding = "law"\n', "without a source"),
        (ONE + "effective_from = 2026-02-01\neffective_to = 2026-01-01\n", "ends before it starts"),
        (ONE + ONE, "two versions in force"),
        (ONE + "in_force = false\n", "no day to look at it again"),
    ],
)
def test_a_wrong_rule_is_named(body: str, what: str) -> None:
    with pytest.raises(ValueError, match=f"X: .*{what}"):
        parse_rules(HEAD + body)


def test_a_sentence_falls_back_to_english() -> None:
    rule = parse_rules(HEAD + ONE).rules[0]
    assert rule.sentence("xx") == "A."
    with pytest.raises(ValueError):
        _ = rule.number
