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


class Printed:
    """What a run of the calculator said."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Ask with a file of these lines."""

    def asked(facts: str | bytes, country: str = "fr", **options: object) -> Printed:
        path = tmp_path / "facts.toml"
        path.write_bytes(facts if isinstance(facts, bytes) else facts.encode())
        status = run(country, str(path), now=NOW, **{"language": "en", **options})  # type: ignore[arg-type]
        said = capsys.readouterr()
        return Printed(status, said.out, said.err)

    return asked


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


def test_the_answer_in_words(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN)
    assert (said.status, said.err) == (0, "")
    assert "Cost of leaving on Wed 25 Nov: €0.00 to €15.68" in said.out
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
    assert "If you wait until Mon 1 Mar 2027: €96.00 at most. Nothing from Wed 1 Mar 2028 on." in said.out


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
        ('line = "mobile"\nline = "fixed"', "cannot be read"),
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
    alone = ask(SURVIVOR, "us").out
    assert "Line separated" not in alone
    assert "$0.00" not in alone
    document = json.loads(ask(SURVIVOR + "contract_lines = 3\n", "us", as_json=True).out)
    assert (document["cost"], document["steps"], document["separatedBy"]) == (None, [], "2026-11-24")


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
    said = ask('line = "mobile"\nnumber = "06\\u001b[31m\\u0007\\u202e 39"\n')
    assert said.status == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out)


def test_an_old_notice_met_with_silence_has_ended_the_line(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN + "keep_number = false\nnotice_received = 2026-10-01\n").out
    assert "The time of the notice was over on Sun 11 Oct" in said
    assert "Rent until Sun 11 Oct and not a day more." in said
    assert "Thu 1 Oct: Notice given" in said
    assert "Today: Give notice" not in said
    assert "notice_received” (2026-11-22) lies in the future" in ask(JULIEN + "notice_received = 2026-11-22\n").err


def test_a_passed_day_opens_no_door(ask) -> None:  # type: ignore[no-untyped-def]
    ended = 'line = "mobile"\nnumber = "06 39 98 02 31"\nline_ended = {}\n'
    assert "The door stays open" not in ask(ended.format("2026-10-01")).out
    assert "The door stays open" in ask(ended.format("2026-11-01")).out


def test_holidays_of_the_operator_stand_besides_those_of_the_law(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN + "own_holidays = [2026-12-24]\n", today="2026-12-23").out
    assert "25 Dec" not in said


def test_a_withdrawal_that_is_not_certain_or_not_possible_is_said_to_be_so(ask) -> None:  # type: ignore[no-untyped-def]
    new = 'line = "mobile"\nnumber = "06 39 98 02 31"\nmonthly = 20\nconcluded = {}\ncommitment_ends = 2027-11-10\n'
    said = ask(new.format("2026-11-15")).out
    assert "until Sun 29 Nov: perhaps free" in said
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
    assert "Your reason frees you from the charge." in ask(box).out


def test_french_has_a_space_before_its_colon(ask) -> None:  # type: ignore[no-untyped-def]
    said = ask(JULIEN, language="fr").out
    assert "Quand vous pouvez partir\u00a0: " in said
    assert "(loi)\u00a0: " in said
    lines = [line for line in said.splitlines() if "://" not in line]
    assert not [line for line in lines if re.search(r"[^\s\u00a0]: ", line)]


def test_a_prepaid_card_is_asked_for_no_commitment_and_no_notice(ask) -> None:  # type: ignore[no-untyped-def]
    for country, code in (("gb", "PAC"), ("fr", "RIO"), ("us", "transfer PIN")):
        said = ask('line = "mobile"\nnumber = "0612345678"\nprepaid = true\ncredit_left = 7.50\n', country)
        assert said.status == 0
        assert "not known" not in said.out
        assert "commitment_ends" not in said.out
        assert "7.50" in said.out
        assert said.out.index(f"Get the {code}") < said.out.index("The number moves")
        assert "Final bill" not in said.out


def test_a_notice_met_with_silence_says_what_can_be_contested(ask) -> None:  # type: ignore[no-untyped-def]
    old = 'line = "mobile"\nnumber = "07700900123"\nkeep_number = false\nplain_notice = true\nmonthly = 30\n'
    said = ask(old + "notice_received = 2026-10-01\n", "gb")
    assert "was over on Sat 31 Oct" in said.out
    assert "rent since then can be contested" in " ".join(said.out.split())
    assert "Give notice" not in said.out
    fresh = ask(old + "notice_received = 2026-11-20\n", "gb")
    assert "contested" not in fresh.out
    assert "from Sun 20 Dec" in fresh.out
    unknown = ask(old + "notice_received = 2026-11-20\n", "us")
    assert "is not known here" in " ".join(unknown.out.split())
    future = ask(old + "notice_received = 2026-11-22\n", "gb")
    assert (future.status, future.err.endswith("lies in the future.\n")) == (2, True)


def test_an_uncertain_withdrawal_is_never_a_certain_nothing(ask) -> None:  # type: ignore[no-untyped-def]
    new = 'line = "mobile"\nnumber = "0612345678"\nwithdraw = true\nconcluded = 2026-11-15\n'
    bound = new + "commitment_ends = 2028-11-15\nmonthly = 30\n"
    unsaid = ask(bound).out
    assert "Cost of leaving on Sat 21 Nov: €0.00 to €714.00" in unsaid
    assert "Perhaps nothing: if the contract was made online" in unsaid
    assert "Cheapest" not in unsaid
    assert "Cost of leaving on Sat 21 Nov: perhaps nothing" in ask(new).out
    assert "Cost of leaving on Sat 21 Nov: €0.00\n" in ask(bound + "at_distance = true\n").out
    british = ask(bound + "at_distance = true\n", "gb").out
    assert "Cost of leaving on Sat 21 Nov: £0.00 to £714.00" in british
    assert "we found no source" in british


@pytest.mark.parametrize(
    ("country", "facts", "said"),
    [
        ("fr", "concluded = 2026-11-15\nat_distance = false\n", "A contract made in a shop cannot be withdrawn from."),
        ("gb", "concluded = 2026-10-15\nat_distance = true\n", "The days of reflection ended on Thu 29 Oct: it is too"),
        ("fr", 'concluded = 2026-11-15\ncustomer = "business"\n', "Withdrawing is for consumers"),
        ("gb", "", "When the contract was made is not stated"),
        ("us", "concluded = 2026-11-15\n", "No rule that we know lets one withdraw"),
    ],
)
def test_a_withdrawal_that_cannot_be_says_why(ask, country: str, facts: str, said: str) -> None:  # type: ignore[no-untyped-def]
    asked = ask('line = "mobile"\nnumber = "0612345678"\nwithdraw = true\nnotice = "30 days"\n' + facts, country)
    assert said in asked.out
    assert "Another way is counted here." in " ".join(asked.out.split())


def test_an_alarm_on_a_line_at_home_is_asked_about_and_warned_of(ask) -> None:  # type: ignore[no-untyped-def]
    home = 'line = "fixed"\nnumber = "020 7946 0018"\ncommitment_ends = 2026-06-01\nmonthly = 30\n'
    unsaid = ask(home, "gb").out
    assert "You have not said whether an alarm or telecare uses this line." in unsaid
    assert "71 days are left" in unsaid
    assert "alarm: whether an alarm or telecare uses this line" in unsaid
    yes = " ".join(ask(home + "alarm = true\n", "gb").out.split())
    assert "An alarm or telecare uses this line." in yes
    assert "lasts at least 1 hour" in yes
    assert "UK-PSTN-02" in yes
    assert "alarm" not in ask(home + "alarm = false\n", "gb").out
    assert "alarm" not in ask(home.replace("fixed", "mobile"), "gb").out
    assert "days are left" not in ask(home, "gb", today="2027-02-01").out
    assert json.loads(ask(home, "gb", as_json=True).out)["wouldHelp"] == ["alarm"]


@pytest.mark.parametrize(
    ("more", "cost", "tag"),
    [
        ("", "£0.00 to £", "[perhaps free]"),
        (", rise = 3.00, agreed = 1.80", "£0.00\n", "[free]"),
        (", rise = 1.80, agreed = 1.80", "£250.00 to £300.00", ""),
        (", rise = 3.00, percent = true", "£0.00\n", "[free]"),
    ],
)
def test_a_rise_is_held_against_what_the_contract_named(ask, more: str, cost: str, tag: str) -> None:  # type: ignore[no-untyped-def]
    facts = (
        'line = "mobile"\nnumber = "07700900123"\nconcluded = 2025-09-25\ncommitment_ends = 2027-09-25\nmonthly = 30\n'
        f"changes = [{{ told = 2026-11-15, from = 2026-12-20{more} }}]\n"
    )
    said = ask(facts, "gb", on="2026-11-25").out
    assert f"Cost of leaving on Wed 25 Nov: {cost}" in said
    assert ("After the announced change" in said) is bool(tag)
    assert tag in said


def test_the_days_that_follow_from_a_reason(ask) -> None:  # type: ignore[no-untyped-def]
    line = 'line = "mobile"\nnumber = "06 39 98 02 31"\n'
    assert "if the certificate arrives today  by Tue 1 Dec" in ask(line + 'reason = "death"\n').out.replace("   ", "")
    orders = (
        line + 'reason = "service"\nusable_there = false\nkeep_number = false\nnotice = "0 days"\norders_days = {}\n'
    )
    assert "if you resume the service by" in ask(orders.format(400), "us").out
    assert "not by this rule: more than three years" in ask(orders.format(1200), "us").out


def test_without_a_rule_no_day_is_told_for_a_number_that_moves(ask) -> None:  # type: ignore[no-untyped-def]
    facts = (
        'line = "mobile"\nnumber = "0151 12345678"\nmonthly = 20\ncommitment_ends = 2026-06-01\nnotice = "30 days"\n'
    )
    said = ask(facts, "de")
    assert "Cost of leaving: Day not known yet" in said.out
    assert "22 Nov" not in said.out
    document = json.loads(ask(facts, "de", as_json=True).out)
    assert (document["day"], document["earliest"]) == (None, None)
    assert {s["day"] for s in document["steps"] if s["kind"] in {"cut", "finalBill"}} == {None}
    assert json.loads(ask(facts, "de", as_json=True, on="2026-12-10").out)["day"] == "2026-12-10"


def test_a_death_has_its_certificate_as_a_step(ask) -> None:  # type: ignore[no-untyped-def]
    for country in ("fr", "gb", "us"):
        facts = 'line = "mobile"\nnumber = "0639980231"\nreason = "death"\nkeep_number = false\nnotice = "10 days"\n'
        said = ask(facts, country).out
        assert said.index("Send the death certificate") < said.index("This line dies")


def test_a_day_beyond_the_plan_is_not_called_impossible(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nmonthly = 20\nkeep_number = false\n'
    said = " ".join(ask(facts, on="2029-12-01").out.split())
    assert "further ahead than this program plans" in said
    assert "is not possible" not in said


def test_a_door_that_is_shut_is_no_step_for_machines_either(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nnumber = "0639980231"\nline_ended = 2026-{}\n'
    for day, shut in (("10-01", True), ("11-10", False)):
        steps = [s["kind"] for s in json.loads(ask(facts.format(day), as_json=True).out)["steps"]]
        assert ("door" in steps) is not shut
        assert "code" not in steps
