"""The rules files say what the sheet of rules says: every rule, its figures, its dates and its source."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.records import Struct
from selfcare.leaving.rules import Rule, Rules, RuleValue, Standing, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"


class Row(Struct, frozen=True):
    """One rule as the sheet has it; `sources` are the texts behind its codes."""

    id: str
    value: str
    sources: str
    confidence: str


COUNTRIES = [
    pytest.param("gb", "## 2.", {}, id="gb"),
    pytest.param("fr", "## 3.", {}, id="fr"),
    pytest.param("us", "## 4.", {}, id="us"),
]
LOOKED_UP = {"FR-RET-01-WORKDAY"}
"""Parts of a rule that the sheet does not speak of, each from the text of the law itself (here L221-19)."""
every_country = pytest.mark.parametrize(("name", "section", "left_out"), COUNTRIES)


def rules_of(name: str) -> Rules:
    return parse_rules((FOLDER / f"{name}.toml").read_bytes())


def sheet_of(shared: Path) -> str:
    return (shared / "rules" / "rules.md").read_text("utf-8")


def part(sheet: str, heading: str) -> str:
    return sheet.split(f"\n{heading}", 1)[1].split("\n## ", 1)[0]


def addresses(sheet: str) -> dict[str, str]:
    entries = re.split(r" · |\n\n|(?:UK|France|USA) — ", part(sheet, "## 8."))
    return dict(entry.split(" ", 1) for entry in entries if re.match(r"[UFA]\d+b? ", entry))


def rows_of(sheet: str, section: str) -> list[Row]:
    behind = addresses(sheet)
    found = []
    for line in part(sheet, section).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if re.fullmatch(r"[A-Z]{2}-[A-Z0-9]+-\d+", cells[0]):
            texts = (behind[code] for code in re.findall(r"\b[UFA]\d+b?\b", cells[5]))
            found.append(Row(cells[0], cells[2].replace("*", ""), " ".join(texts), cells[6]))
    return found


def newest(rules: Rules, name: str) -> Rule:
    return max((r for r in rules.rules if r.id == name), key=lambda r: r.effective_from or date.min)


def figure(cell: str) -> RuleValue:
    """What a cell says where it says one plain figure, time of day or day; None for words."""
    if number := re.fullmatch(r"(?:≤ |.* = )?(\d+(?:\.\d+)?)", cell):
        return Decimal(number[1])
    if day := re.fullmatch(r"(?:sold )?(?:from |by )?(\d{4}-\d\d-\d\d)(?: \(month sourced\))?", cell):
        return date.fromisoformat(day[1])
    return cell if re.fullmatch(r"\d\d:\d\d", cell) else None


@every_country
def test_every_rule_of_the_sheet_is_there_or_left_out_for_a_reason(
    name: str, section: str, left_out: dict[str, str], shared: Path
) -> None:
    ours = {rule.id for rule in rules_of(name).rules}
    theirs = {row.id for row in rows_of(sheet_of(shared), section)}
    assert len(theirs) > 30
    assert theirs - ours == set(left_out)
    own = {rule for rule in ours - theirs if not any(rule.startswith(f"{row}-") for row in theirs)}
    assert own == set(), "a rule that the sheet does not have, nor a part of one"
    assert all(left_out.values())


@every_country
def test_every_source_is_one_the_sheet_names_for_that_rule(
    name: str, section: str, left_out: dict[str, str], shared: Path
) -> None:
    sheet = sheet_of(shared)
    rules = rules_of(name)
    assert {r.id for r in rules.rules if r.source not in sheet} == (LOOKED_UP if name == "fr" else set())
    for row in rows_of(sheet, section):
        if row.id not in left_out:
            source = newest(rules, row.id).source
            assert source in row.sources, row.id
            assert source or "http" not in row.sources, f"{row.id}: the sheet has a source"


@every_country
def test_what_is_known_without_an_address_is_not_asserted(
    name: str, section: str, left_out: dict[str, str], shared: Path
) -> None:
    rules = rules_of(name)
    for row in rows_of(sheet_of(shared), section):
        if row.confidence.startswith("K") and row.id not in left_out:
            assert newest(rules, row.id).standing in {Standing.UNCERTAIN, Standing.PRACTICE}, row.id


@every_country
def test_plain_figures_are_those_of_the_sheet(name: str, section: str, left_out: dict[str, str], shared: Path) -> None:
    rules = rules_of(name)
    compared = 0
    for row in rows_of(sheet_of(shared), section):
        if row.id in left_out:
            continue
        rule = newest(rules, row.id)
        one, _, two = row.value.partition(" / ")
        if figure(one) is not None and (not two or figure(two) is not None):
            assert rule.value == figure(one), row.id
            assert not two or rule.other == figure(two), row.id
            compared += 1
    assert compared >= 10


@every_country
def test_french_is_set_as_french_is_set(name: str, section: str, left_out: dict[str, str]) -> None:
    for rule in rules_of(name).rules:
        french = rule.sentences["fr"]
        assert not re.search(r"[^\u202f][;!?»]|[^\u00a0]:|«[^\u202f]|'", french), french
        assert french != rule.sentences["en"]


def test_british_compensation_is_that_of_the_table(shared: Path) -> None:
    sheet = sheet_of(shared)
    behind = addresses(sheet)
    rules = rules_of("gb")
    lines = re.findall(r"^\| (\d{4}-04-01) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", part(sheet, "## 2."), re.MULTILINE)
    assert len(lines) == 7
    for start, *amounts, confidence in lines:
        for name, amount in zip(("UK-AC-01", "UK-AC-02", "UK-AC-03"), amounts, strict=True):
            rule = rules.get(name, date.fromisoformat(start))
            assert rule.value == Decimal(amount)
            assert rule.effective_from == date.fromisoformat(start)
            assert f"£{amount}" in rule.sentence("en")
            assert amount.replace(".", ",") in rule.sentence("fr")
            codes = re.findall(r"\bU\d+\b", confidence)
            only_repair = "others K" in confidence and name != "UK-AC-01"
            assert rule.is_certain is not only_repair
            assert rule.source in ("" if only_repair else " ".join(behind[code] for code in codes))
            assert bool(rule.source) is not only_repair
