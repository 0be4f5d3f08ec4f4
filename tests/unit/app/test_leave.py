"""The offline calculator: the same answer as the wizard, and a sentence for everything that is wrong with a file."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from selfcare.__main__ import main
from selfcare.app.leave import run
from selfcare.leaving.facts_file import KEYS, read_facts

EXAMPLE = Path(__file__).parents[3] / "resources" / "leave" / "facts.example.toml"
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)


JULIEN = """line = "mobile"
number = "06 39 98 02 31"
concluded = 2025-01-21
commitment_ends = 2027-01-21
monthly = 41.99
operator_charge = "83.98"
operator_charge_day = 2026-11-21
"""


def test_the_example_explains_every_fact_and_is_answered(ask) -> None:  # type: ignore[no-untyped-def]
    text = EXAMPLE.read_text("utf-8")
    assert all(f"{key} = " in text for key in KEYS)
    every = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    case = read_facts(every.replace("selfcare leave", "").encode(), "FR", "EUR")
    assert case.facts.commitment_ends == date(2027, 1, 31)
    for country in ("fr", "gb", "us", "de", "UK"):
        assert ask(text, country).status == 0


def test_the_answer_promises_nothing_that_only_the_window_can_do(ask) -> None:  # type: ignore[no-untyped-def]
    for keep in ("true", "false"):
        said = ask(f"{JULIEN}keep_number = {keep}\nhandset = 'locked'\nunlock_hours = 48\n")
        assert (said.status, said.err) == (0, "")
        for promise in ("this program", "This program", "From here", "ask for it here", "told here"):
            assert promise not in said.out


def test_the_answer_in_words(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN)
    assert (said.status, said.err) == (0, "")
    assert "Cost of leaving on Wed 25 Nov: €0.00 to €15.68" in said.out
    assert "€0.00 to €15.68  [FR-DUR-02, FR-DUR-03]" in said.out, "every rule behind a figure is named beside it"
    assert "more than the law allows" in said.out
    assert "from Tue 1 Dec, in 10 days" in said.out
    assert "handset_with_contract: whether a handset came cheaper" in said.out
    assert "FR-DUR-02 (law)" in said.out
    assert "Nothing is sent" not in said.out


def test_the_answer_in_french(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN, language="fr")
    assert "Quand vous pouvez partir" in said.out
    assert "Obtenir le code RIO" in said.out


def test_the_answer_for_machines_is_the_same(ask) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(ask(JULIEN + "keep_number = false\n", as_json=True, on="2026-12-31").out)
    assert (document["route"], document["day"], document["earliest"]) == ("online", "2026-12-31", "2026-12-01")
    assert document["cost"]["high"] == {"amount": "5.69", "currency": "EUR"}
    assert document["cost"]["agreement"] == "higher"
    assert {r["route"] for r in document["routes"]} == {"online", "notice", "port"}
    assert document["cheapest"]["day"] == "2027-01-21"
    assert document["wouldHelp"] == ["handset_with_contract"]
    assert all(rule["checked"] for rule in document["rules"])


def test_waiting_for_the_end_of_month_twelve_is_offered_with_its_price(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nconcluded = 2026-03-01\ncommitment_ends = 2028-03-01\nmonthly = 40\n'
    said = ask(f"{facts}handset_with_contract = true\n")
    told = " ".join(said.out.split())
    assert (
        "If you wait until Mon 1 Mar 2027: €96.00 at most. Nothing where the line ends on Wed 1 Mar 2028 or later."
        in told
    )
    assert "The rent until then comes on top: €40.00 a month." in told
    assert "€0.00, and the rent until then" in told


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ('number = "hello"', "Line 2: “number” cannot be hello"),
        ('number = "12345"', "Line 2: “number” cannot be 12345"),
        ('notice = "3 years"', 'write it like this: "30 days", "4 weeks", "1 month"'),
        ("line_ended = 2026-11-10\nnotice_received = 2026-11-11", "Line 3: “notice_received” (2026-11-11) lies after"),
        ("line_ended = 2026-11-10\nconcluded = 2026-11-11", "Line 2: “line_ended” (2026-11-10) lies before the start"),
        ("numbers = 0", "Line 2: “numbers” cannot be 0"),
        ("contract_lines = 0", "Line 2: “contract_lines” cannot be 0"),
        ('changes = [{ told = "x" }]', "Line 2: “changes.told” cannot be x; write it like this: 2026-12-31"),
        ('changes = [{ told = 2026-11-01, from = "y" }]', "“changes.from” cannot be y"),
        ("changes = [{ told = 2026-11-01, from = 2026-10-01 }]", "Line 2: “changes.from” (2026-10-01) lies before"),
        ('changes = [{ told = 2026-11-01, rise = 3, percent = "yes" }]', "“changes.percent” cannot be yes"),
        ('changes = [{ told = 2026-11-01, rise = "z" }]', "“changes.rise” cannot be z; write it like this: 41.99"),
        ("changes = [{ told = 2026-11-01, rize = 3 }]", "“changes.rize” is no fact we know. Did you mean “rise”?"),
        ("changes = [{ from = 2026-12-01 }]", "Line 2: “changes” cannot be"),
        ("changes = [{ told = 2026-12-24 }]", "“changes.told” (2026-12-24) lies in the future"),
        ("end_announced = 2026-12-24", "“end_announced” (2026-12-24) lies in the future"),
        ("handset_bought = 2026-12-24", "“handset_bought” (2026-12-24) lies in the future"),
        ("monthly = 3\nmonthly = 4", "Line 3: “monthly” stands there for the second time"),
        ('line = "fixed"', "Line 2: “line” stands there for the second time"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_that_helps(ask, facts: str, sentence: str) -> None:  # type: ignore[no-untyped-def]
    said = ask(f'line = "mobile"\n{facts}\n', "gb")
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err


@pytest.mark.parametrize(
    ("country", "facts", "unused"),
    [
        ("gb", "early_fee = 300\ninstalment = 20\nnation = 'GB-SCT'\n", "early_fee"),
        ("us", "postcode = '67000'\nearly_fee = 300\n", "postcode"),
        ("de", "notice = '1 month'\nclosing_fee = 5\nat_distance = true\n", "at_distance"),
    ],
)
def test_a_fact_that_counts_for_nothing_here_is_named(ask, country: str, facts: str, unused: str) -> None:  # type: ignore[no-untyped-def]
    said = ask(f'line = "mobile"\n{facts}', country)
    assert said.status == 0
    assert said.err.endswith(f"Not used in this country: {unused}.\n")


def test_a_free_exit_that_a_day_misses_is_told_with_the_day_that_keeps_it(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nnumber = "07700 900123"\nconcluded = 2026-03-01\ncommitment_ends = 2028-03-01\n'
    facts += "monthly = 30\nchanges = [{ told = 2027-01-26, from = 2027-03-01, rise = 3, agreed = 0 }]\n"
    said = " ".join(ask(facts, "gb", today="2027-02-02", on="2027-03-01").out.split())
    assert "Order at the new operator by Thu 25 Feb, or choose an earlier day." in said
    assert "£330.00 to £396.00 The commitment" in said, "12 months at the price of that day"
    assert "Cheapest: Wed 3 Feb, £0.00." in said
    assert "Nothing where" not in said


def test_a_leap_day_and_a_day_that_is_too_early(ask) -> None:  # type: ignore[no-untyped-def]
    leap = 'line = "mobile"\nconcluded = 2026-02-28\ncommitment_ends = 2028-02-29\nmonthly = 10\n'
    assert ask(leap, on="2028-02-29").status == 0
    early = ask(JULIEN, on="2026-11-21")
    assert early.status == 0
    assert "Sat 21 Nov is not possible this way; counted with Mon 23 Nov." in early.out


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("", "“line” is missing"),
        ('line = "boat"', "Line 1: “line” cannot be boat; it is one of: mobile, fixed, internet."),
        ('line = "mobile"\n\nmonthli = 3', "Line 3: “monthli” is no fact we know. Did you mean “monthly”?"),
        ('line = "mobile"\n[colour]\nred = 1', "Line 2: “colour” is no fact we know."),
        ('line = "mobile"\ncommitment_ends = 2027-02-29', "Line 2: 2027-02-29 is in no calendar."),
        ('line = "mobile"\ncommitment_ends = "2027-02-29"', "Line 2: 2027-02-29 is in no calendar."),
        ('line = "mobile"\ncommitment_ends = 12', "Line 2: “commitment_ends” cannot be 12; write it like this"),
        (
            'line = "mobile"\nconcluded = 2026-05-01\ncommitment_ends = 2026-04-30',
            "Line 3: “commitment_ends” (2026-04-30) lies before the start (2026-05-01).",
        ),
        ('line = "mobile"\nmonthly = -3', "Line 2: “monthly” cannot be less than nothing."),
        ('line = "mobile"\nmonthly = nan', "Line 2: “monthly” cannot be NaN"),
        ('line = "mobile"\nmonthly = "much"', "Line 2: “monthly” cannot be much"),
        ('line = "mobile"\nnotice = "soon"', "Line 2: “notice” cannot be soon"),
        ('line = "mobile"\nwithdraw = "yes"', "Line 2: “withdraw” cannot be yes; write it like this: true, false."),
        ('line = "mobile"\nzone = "Europe/Nowhere"', "Line 2: “zone” cannot be Europe/Nowhere"),
        ('line = "mobile"\nzone = "../../etc/passwd"', "Line 2: “zone” cannot be"),
        ('line = "mobile"\ncurrency = "money"', "Line 2: “currency” cannot be money"),
        ('line = "mobile"\nchanges = 3', "Line 2: “changes” cannot be 3"),
        ('line = "mobile"\nearly_fee_step = 3', "“early_fee” is missing"),
        ('line = "mobile"\nnumbers = 99999999999999999999', "Line 2: “numbers” cannot be"),
        ('line = "mobile"\nwhat is this', "Line 2: This line cannot be read."),
        ("[" * 5000, "cannot be read"),
        (b'line = "m\xff"', "Line 1: This is no text file"),
        (b"\x00" * 100_000, "no text file"),
    ],
)
def test_everything_that_is_wrong_has_its_own_sentence(ask, facts: str | bytes, sentence: str) -> None:  # type: ignore[no-untyped-def]
    said = ask(facts)
    assert (said.status, said.out) == (2, "")
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_what_is_wrong_with_the_question(ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert "“zz” is no country" in ask(JULIEN, "zz").err
    assert "“france” is no country" in ask(JULIEN, "france").err
    assert "--on: 2027-02-29 is in no calendar" in ask(JULIEN, on="2027-02-29").err
    assert "--on: choose a day from" in ask(JULIEN, on="9999-12-31").err
    assert "“notice” is missing" in ask('line = "mobile"\nkeep_number = false', "de").err
    assert run("fr", str(tmp_path / "none.toml"), language="en") == 2
    assert "cannot be read" in capsys.readouterr().err
    assert run("fr", "no\x00file", language="en") == 2


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(JULIEN, "utf-8")
    words = ["leave", "--country", "fr", "--facts", str(path), "--today", "2026-11-21", "--json", "--language", "en"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["today"] == "2026-11-21"


SURVIVOR = 'line = "mobile"\nnumber = "555 0100"\nreason = "safety"\ncommitment_ends = 2027-11-21\nearly_fee = 175\n'


def test_a_survivor_is_shown_no_step_and_no_cost(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(SURVIVOR + "contract_lines = 3\n", "us").out
    assert "Leaving a shared account safely" in said
    assert "Line separated, if asked for today" in said
    assert "US-SCA-01" in said
    for step in ("Get the", "$175", "Your reason frees you", "Step by step"):
        assert step not in said
    alone = ask(SURVIVOR + "contract_lines = 1\n", "us").out
    assert "No rule that we know" in alone
    for said in ("Line separated", "US-SCA-01", "$0.00", "contract_lines"):
        assert said not in alone
    document = json.loads(ask(SURVIVOR + "contract_lines = 3\n", "us", as_json=True).out)
    assert (document["cost"], document["steps"], document["separatedBy"]) == (None, [], "2026-11-24")


def test_lines_that_nobody_counted_are_no_reason_to_say_no_to_a_survivor(ask) -> None:  # type: ignore[no-untyped-def]
    said = " ".join(ask(SURVIVOR, "us").out.split())
    assert "No rule that we know" not in said
    assert "two lines or more" in said
    assert "contract_lines: how many lines the account has" in said
    assert "Your reason frees you" not in said
    document = json.loads(ask(SURVIVOR, "us", as_json=True).out)
    assert (document["separatedBy"], document["wouldHelp"]) == ("2026-11-24", ["contract_lines"])
    assert [rule["id"] for rule in document["rules"]] == ["US-SCA-01"]
    assert json.loads(ask(SURVIVOR + "numbers = 2\n", "us", as_json=True).out)["wouldHelp"] == []


@pytest.mark.parametrize("key", ["commitment_ends", "notice_received", "concluded", "line_ended", "next_bill"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", '"9999-12-31"'])
def test_a_day_beyond_every_contract_is_refused_in_a_sentence(ask, key: str, day: str) -> None:  # type: ignore[no-untyped-def]
    said = ask(f'line = "mobile"\n{key} = {day}\n')
    assert (said.status, said.out) == (2, "")
    assert f"Line 2: “{key}” cannot be" in said.err


@pytest.mark.parametrize("key", ["concluded", "since", "commitment_ends", "notice_received", "line_ended"])
def test_the_oldest_and_the_latest_day_are_answered(ask, key: str) -> None:  # type: ignore[no-untyped-def]
    for country in ("fr", "gb", "us", "de"):
        for day in ("1980-01-01", "2100-12-31"):
            said = ask(f'line = "mobile"\nnotice = "1 month"\nmonthly = 20\n{key} = {day}\n', country)
            assert said.status in {0, 2}


def test_signs_that_steer_a_terminal_are_left_away(ask) -> None:  # type: ignore[no-untyped-def]
    for fact, status in (("number", 2), ("operator", 0)):
        said = ask(f'line = "mobile"\n{fact} = "06\\u001b[31m\\u0007\\u202e 39"\n')
        assert said.status == status
        assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err)


def test_an_old_notice_met_with_silence_has_ended_the_line(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN + "keep_number = false\nnotice_received = 2026-10-01\n").out
    assert "The time of the notice was over on Sun 11 Oct" in said
    assert "Rent until Sun 11 Oct and not a day more." in said
    assert "Thu 1 Oct: Notice given" in said
    assert "Today: Give notice" not in said
    assert "notice_received” (2026-11-22) lies in the future" in ask(JULIEN + "notice_received = 2026-11-22\n").err


def test_a_price_that_falls_is_no_reason_to_leave_free(ask) -> None:  # type: ignore[no-untyped-def]
    facts = JULIEN + "changes = [{{told = 2026-11-15, from = 2026-12-20, rise = {}}}]\n"
    assert "After the announced change" in ask(facts.format("2.00")).out
    fallen = ask(facts.format("-2.00"))
    assert (fallen.status, "After the announced change" in fallen.out) == (0, False)


def test_a_passed_day_opens_no_door(ask) -> None:  # type: ignore[no-untyped-def]
    ended = 'line = "mobile"\nnumber = "06 39 98 02 31"\nline_ended = {}\n'
    assert "The door stays open" not in ask(ended.format("2026-10-01")).out
    assert "The door stays open" in ask(ended.format("2026-11-01")).out


def test_a_line_that_has_ended_offers_no_way_and_its_final_bill_can_be_late(ask) -> None:  # type: ignore[no-untyped-def]
    ended = 'line = "mobile"\nnumber = "07700900123"\nline_ended = {}\nmonthly = 20\n'
    said = ask(ended.format("2026-01-31"), "gb").out
    assert "07700 900123 · this line has ended." in said
    assert "Cost of the end on Sat 31 Jan 2026" in said
    assert "Expected about Sat 14 Feb 2026: Final bill" in said
    assert "Has it come? If not, ask your operator for it." in said
    for gone in ("When you can go", "Cost of leaving on", "change operator", "85075: it is free", "UK-SW-01"):
        assert gone not in said
    soon = ask(ended.format("2026-11-14"), "gb").out
    assert "about Sat 28 Nov: Final bill" in soon
    assert "Has it come?" not in soon


def test_what_had_to_be_announced_is_not_said_as_if_it_were_still_to_come(ask) -> None:  # type: ignore[no-untyped-def]
    facts = (
        'line = "mobile"\nnumber = "07700900123"\nconcluded = 2024-01-31\ncommitment_ends = {}\nmonthly = 20\n'
        "changes = [{{told = 2026-02-01, from = 2026-03-03}}]\n"
    )
    passed = ask(facts.format("2026-01-31"), "gb").out
    assert "was due by Wed 21 Jan 2026" in passed
    assert "since Tue 3 Mar 2026" in passed
    assert " by Wed 21 Jan" not in passed.replace("was due by", "")
    assert "attendu au plus tard le mer. 21 janv. 2026" in ask(facts.format("2026-01-31"), "gb", language="fr").out
    assert "by Wed 20 Jan 2027" in ask(facts.format("2027-01-30"), "gb").out


def test_holidays_of_the_operator_stand_besides_those_of_the_law(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN + "own_holidays = [2026-12-24]\n", today="2026-12-23").out
    assert "25 Dec" not in said


def test_a_withdrawal_that_is_not_certain_or_not_possible_is_said_to_be_so(ask) -> None:  # type: ignore[no-untyped-def]
    new = 'line = "mobile"\nnumber = "06 39 98 02 31"\nmonthly = 20\nconcluded = {}\ncommitment_ends = 2027-11-10\n'
    said = ask(new.format("2026-11-15")).out
    assert "until Mon 30 Nov: perhaps free" in said
    assert "at_distance: whether the contract was made online" in said
    shop = ask(new.format("2026-11-15") + "withdraw = true\nat_distance = false\n").out
    assert "A contract made in a shop cannot be withdrawn from" in shop
    assert "“concluded” (2026-11-22) lies in the future" in ask(new.format("2026-11-22")).err


def test_orders_free_no_firm(ask) -> None:  # type: ignore[no-untyped-def]
    facts = SURVIVOR.replace("safety", "service") + 'orders_days = 365\nusable_there = false\ncustomer = "{}"\n'
    assert "Your reason frees you" in ask(facts.format("consumer"), "us").out
    assert "Your reason" not in ask(facts.format("business"), "us").out.replace("Your reason\n", "")


def test_a_day_as_far_as_the_commitment_can_be_chosen(ask) -> None:  # type: ignore[no-untyped-def]
    long = 'line = "mobile"\nmonthly = 20\nconcluded = 2026-01-01\ncommitment_ends = 2028-12-31\nkeep_number = false\n'
    assert "is not possible" not in ask(long, on="2028-12-01").out


def test_what_a_reason_needs_is_said_here_too(ask) -> None:  # type: ignore[no-untyped-def]
    assert "Send the death certificate" in " ".join(ask(JULIEN + 'reason = "death"\n').out.split())
    box = JULIEN.replace("mobile", "fixed").replace("2025", "2026").replace("2027", "2028")
    box += 'reason = "moving"\nreason_listed = true\n'
    assert "Your reason frees you from the charge, once your operator has its proof." in " ".join(ask(box).out.split())


def test_french_has_a_space_before_its_colon(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN, language="fr").out
    assert "Quand vous pouvez partir\u00a0: " in said
    assert "(loi)\u00a0: " in said
    lines = [line for line in said.splitlines() if "://" not in line]
    assert not [line for line in lines if re.search(r"[^\s\u00a0]: ", line)]


def test_no_two_lines_are_empty_for_a_survivor(ask) -> None:  # type: ignore[no-untyped-def]
    for country in ("gb", "us"):
        said = ask('line = "mobile"\nnumber = "07700900123"\nreason = "safety"\n', country).out
        assert "\n\n\n" not in said
