"""Many lines in groups and as CSV; what was tested, kept and told; what was paid, in a sentence."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from selfcare.billing.option_charges import OptionCharges
from selfcare.domain.lines import Access
from selfcare.domain.options import Health
from selfcare.viewmodel.guided_test import (
    Outcome,
    Trial,
    evidence,
    guide_view,
    trials_from_bytes,
    trials_to_bytes,
)
from selfcare.viewmodel.lines_table import cost_of, grouped, groupings, lines_csv
from selfcare.viewmodel.option_money import paid_sentence
from selfcare.viewmodel.reports import command_of
from selfcare.viewmodel.services import ServicesView, services_view
from tests import samples
from tests.effort import grows_in_step
from tests.unit.viewmodel.test_services_view import TODAY, WORDS, line, option, pounds, shown


def test_groups_say_how_many_and_what_they_cost_and_lose_no_line() -> None:
    lines = [
        line("1", id="A", name="Small", price=pounds("10.00")),
        line("2", id="B", name="Big", price=pounds("20.00"), user_name=""),
        line("3", id="C", name="Small", price=pounds("10.50"), options=(option(health=Health.FAILED),)),
    ]
    view = services_view(shown(*lines), WORDS, TODAY)
    plans = grouped(view.lines, "plan", WORDS)
    assert [(g.title, g.count, g.cost) for g in plans] == [
        ("Big", "1 line", "£20.00 a month"),
        ("Small", "2 lines", "£32.50 a month"),
    ]
    assert grouped(view.lines, "health", WORDS)[0].lines[0].id == "C"
    assert grouped(view.lines, "user", WORDS)[-1].title == "not stated"
    for by, _words in groupings(WORDS)[1:]:
        assert sum(len(g.lines) for g in grouped(view.lines, by, WORDS)) == 3
    assert cost_of(view.lines, WORDS) == "£52.50 a month"


def test_no_text_of_a_line_becomes_a_formula() -> None:
    bad = line("+447700900123", name='=HYPERLINK("http://x")', user_name="@sum", options=(option("-2+3"),))
    view = services_view(shown(bad), WORDS, TODAY)
    rows = list(csv.reader(io.StringIO(lines_csv(view.lines, WORDS).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert not [cell for cell in rows[1] if cell[:1] in "=+-@" and cell]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Cost"], row["Currency"], row["Period"]) == ("32.00", "GBP", "month")
    assert row["Since"] == "2024-10-15"
    assert "charged, not working" in row["Not as sold"]


def test_a_price_without_tax_is_saved_too_and_never_among_those_with_tax() -> None:
    mixed = line("1", id="A", price=pounds("22.00"), is_net=True, options=(option(price=pounds("8.00")),))
    firm = line("2", id="B", price=pounds("30.00"), is_net=True)
    free = line("3", id="C", price=None)
    view = services_view(shown(mixed, firm, free), WORDS, TODAY)
    table = list(csv.DictReader(io.StringIO(lines_csv(view.lines, WORDS).decode("utf-8-sig"))))
    assert [(row["Number"], row["Cost"], row["Currency"], row["Period"], row["Tax"]) for row in table] == [
        ("1", "8.00", "GBP", "month", "Tax included"),
        ("1", "22.00", "GBP", "month", "Without tax"),
        ("2", "30.00", "GBP", "month", "Without tax"),
        ("3", "", "", "", ""),
    ]
    assert [row["Options"] for row in table] == ["EU Pass", "", "", ""]


def test_a_thousand_lines_are_quick() -> None:
    lines = [line(f"07700 {n:06}", id=f"L{n}", options=(option(f"O{n}"), option(f"P{n}"))) for n in range(1000)]

    def told(count: int) -> ServicesView:
        view = services_view(shown(*lines[:count]), WORDS, TODAY)
        grouped(view.found("07700"), "plan", WORDS)
        lines_csv(view.lines, WORDS)
        return view

    grows_in_step(lambda: told(100), lambda: told(1000), 10)
    assert len(told(1000).lines) == 1000


@pytest.mark.parametrize("access", list(Access))
@pytest.mark.parametrize("is_option", [True, False])
def test_every_kind_of_line_has_steps_and_tells_only_what_was_tried(access: Access, *, is_option: bool) -> None:
    guide = guide_view(access, "EU Pass", is_option=is_option, is_reported=False, words=WORDS)
    assert len(guide.steps) >= 3
    assert not guide.known
    first, second = guide.steps[0], guide.steps[1]
    test = Trial({first.key: Outcome.NO_HELP, second.key: Outcome.NOT_TRIED}, "a beep", date(2026, 11, 20))
    facts = evidence(guide, test, WORDS)
    assert facts[0].value == f"{first.title}: did not help"
    assert facts[1].value == "a beep"
    assert second.title not in facts[0].value


def test_tests_are_kept_whole_and_rubbish_is_no_test() -> None:
    tests = {"OP": Trial({"restart": Outcome.WORKS_NOW}, "x", date(2026, 11, 20)), "NO": Trial({})}
    found = trials_from_bytes(trials_to_bytes(tests))
    assert found == {"OP": tests["OP"]}
    assert found["OP"].has_helped
    for rubbish in (None, b"", b"[]", b"{", b'{"tests": {"a": 1}}', b'{"tests": {"a": {"tried": {"x": "maybe"}}}}'):
        assert trials_from_bytes(rubbish) == {}


def test_paid_so_far_stands_on_the_option_and_goes_along_with_the_ticket() -> None:
    charges = OptionCharges(
        (pounds("36.00"),), (pounds("24.00"),), 3, date(2026, 8, 5), date(2026, 9, 1), (pounds("24.00"),)
    )
    facts = shown(line(options=(option(),)), charges={"PR-EU Pass": charges})
    view = services_view(facts, WORDS, TODAY).lines[0]
    assert view.options[0].paid == (
        "Charged so far: £36.00, on 3 bills, since Wed 5 Aug. Of that, £24.00 is paid. "
        "Since Tue 1 Sept, from when it is on record as not working: £24.00."
    )
    assert view.options[0].paid in command_of(view.drafts["PR-EU Pass"], WORDS).text
    assert paid_sentence(None, WORDS, TODAY) == ""


def test_an_option_without_an_order_comes_first_and_is_contested() -> None:
    asked = option("Ordered", Health.FAILED)
    unasked = option("Pack", None, sold=None, price=pounds("6.90"))
    facts = shown(line(options=(asked, unasked)), unasked=frozenset({unasked.id}))
    view = services_view(facts, WORDS, TODAY)
    assert view.lines[0].options[0].name == "Pack"
    assert "shows no order for it" in view.lines[0].options[0].unasked
    command = command_of(view.lines[0].drafts[unasked.id], WORDS)
    assert command.ticket_type == "Bill Dispute"
    assert command.text.startswith("I did not order this.")
    assert "1 without an order" in view.subtitle
    assert Decimal("6.90") == unasked.price.value  # type: ignore[union-attr]


def test_the_table_says_how_often_in_the_readers_language() -> None:
    view = services_view(shown(line("1", price=pounds("9.00"))), samples.words("fr"), TODAY)
    (row,) = csv.DictReader(io.StringIO(lines_csv(view.lines, samples.words("fr")).decode("utf-8-sig")))
    assert row["Période"] == "mois"
