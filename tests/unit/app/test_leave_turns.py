"""The calculator where things go otherwise: prepaid, silence, withdrawal, alarms, rises, deaths, unknown days."""

import json

import pytest


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
        (", rise = 1.80, agreed = 1.80", "£250.00 to £316.50", ""),
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
    death = line + 'reason = "death"\n'
    by_notice = ask(death + "keep_number = false\n").out.replace("   ", "")
    assert "if the certificate arrives today  by Tue 1 Dec" in by_notice
    assert "if the certificate arrives today" not in ask(death).out, "a move ends the line, no notice does"
    orders = (
        line + 'reason = "service"\nusable_there = false\nkeep_number = false\nnotice = "0 days"\norders_days = {}\n'
    )
    open_start = ask(orders.format(400), "us").out
    assert "if you resume the service within 90 days after the orders end" in open_start
    assert "orders_from: the first day of the orders" in open_start
    begun = ask(orders.format(180) + "orders_from = 2026-11-01\n", "us").out
    assert "if you resume the service by Wed, Jul 28, 2027" in begun, "back on 30 April, and 90 days after it"
    assert "orders_from:" not in begun
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


def test_every_rule_that_helps_stands_beside_its_step(ask) -> None:  # type: ignore[no-untyped-def]
    mobile = 'line = "mobile"\nnumber = "0639980231"\n'
    fixed = 'line = "fixed"\nnumber = "0239980231"\n'
    for country, facts, names in (
        ("gb", mobile, ("UK-SW-01", "UK-SW-03", "UK-SW-17")),
        ("gb", mobile + "keep_number = false\n", ("UK-SW-02",)),
        ("gb", mobile + "numbers = 2\n", ("UK-SW-07",)),
        ("gb", fixed, ("UK-OTS-03",)),
        ("fr", mobile, ("FR-RIO-03",)),
        ("fr", mobile + "keep_number = false\n", ("FR-PERF-01", "FR-ALT-02")),
        ("us", mobile, ("US-LBL-01",)),
        ("us", fixed + "keep_number = false\nalarm = true\n", ("US-POTS-01", "US-BAT-01")),
    ):
        said = ask(facts, country).out
        for name in names:
            assert f"\n  {name} (" in said, (country, name)
    debt = mobile + 'reason = "debt"\nfile_admitted = true\nfile_received = 2026-07-01\nconcluded = 2026-03-01\n'
    assert "by Tue 1 Dec" in ask(debt + "keep_number = false\n").out
    assert "by the end of Tue 24 Nov at the latest" in " ".join(ask(fixed, "gb").out.split())


def test_weeks_of_notice_are_seven_days_each(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nnumber = "07700 900123"\nplain_notice = true\nkeep_number = false\nnotice = "{}"\n'
    weeks = ask(facts.format("4 weeks"), "gb")
    assert weeks.status == 0
    assert weeks.out == ask(facts.format("28 days"), "gb").out
    assert "Sat 19 Dec" in weeks.out


def test_a_prepaid_card_that_is_bound_is_said_to_be_counted_as_a_contract(ask) -> None:  # type: ignore[no-untyped-def]
    card = 'line = "mobile"\nnumber = "07700 900123"\nprepaid = true\n'
    bound = ask(card + "commitment_ends = 2027-06-09\nmonthly = 20\n", "gb")
    assert bound.status == 0
    assert bound.err.endswith("“commitment_ends” binds this prepaid card: it is counted as a contract.\n")
    assert ask(card, "gb").err == ""


def test_no_number_is_lost_where_there_is_none(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "internet"\nkeep_number = false\n'
    for country, more in (("fr", ""), ("gb", "plain_notice = true\n"), ("us", "")):
        assert "number is given up" not in " ".join(ask(facts + more, country).out.split())
        named = ask(f'{facts}{more}number = "0145678901"\n', country).out
        assert "The number is given up" in " ".join(named.split())


def test_a_line_that_has_ended_is_not_warned_like_a_living_one(ask) -> None:  # type: ignore[no-untyped-def]
    facts = 'line = "mobile"\nnumber = "07700 900123"\nkeep_number = true\nline_ended = 2026-08-03\n'
    british = ask(facts, "gb").out  # a bank holiday in Scotland
    assert "It may be a day later" not in british
    given_up = ask(facts + "prepaid = true\nplain_notice = true\n", "gb").out
    assert "give no notice" not in given_up
    fixed = ask(facts.replace("mobile", "fixed") + 'customer = "business"\n', "gb").out
    assert "To keep it, ask the new operator" not in " ".join(fixed.split())


def test_the_end_of_the_commitment_is_not_called_free_while_the_phone_is_still_paid_off(ask) -> None:  # type: ignore[no-untyped-def]
    bound = 'line = "mobile"\nnumber = "2025550147"\ncommitment_ends = 2027-06-01\nmonthly = 55\nearly_fee = 175\n'
    phone = "instalment = 10\ninstalments_left = 7\nnext_bill = 2026-12-21\n"
    said = ask(bound + phone, "us").out
    assert "$10.00 of the phone still falls due  [no fee]" in said
    assert "[free]" not in said
    assert "from Tue, Jun 1, 2027  [free]" in ask(bound, "us").out
    late = ask(bound + phone.replace("7", "3"), "us").out
    assert "from Tue, Jun 1, 2027  [free]" in late


def test_instalments_without_an_amount_are_still_owed_after_the_commitment(ask) -> None:  # type: ignore[no-untyped-def]
    bound = 'line = "mobile"\nnumber = "2025550147"\ncommitment_ends = 2027-06-01\nmonthly = 55\nearly_fee = 175\n'
    said = " ".join(ask(bound + "instalments_left = 12\n", "us").out.split())
    assert "from Tue, Jun 1, 2027: the rest of the phone falls due all the same [no fee]" in said
    assert "[free]" not in said
    paid = " ".join(ask(bound + "instalments_left = 3\n", "us").out.split())
    assert "from Tue, Jun 1, 2027 [free]" in paid, "paid off by then, whatever an instalment is"


def test_machines_are_told_when_a_running_notice_ends_a_line_that_is_to_move(ask) -> None:  # type: ignore[no-untyped-def]
    told = 'line = "mobile"\nnumber = "07700900123"\nmonthly = 30\nnotice = "30 days"\nnotice_received = 2026-11-20\n'
    moving = json.loads(ask(told, "gb", as_json=True).out)
    assert (moving["noticeEnds"], moving["latest"]) == ("2026-12-20", "2026-12-18")
    going = json.loads(ask(told + "keep_number = false\nplain_notice = true\n", "gb", as_json=True).out)
    assert going["noticeEnds"] is None


def test_what_a_contract_names_of_rises_is_said_to_count_in_the_united_kingdom_only(ask) -> None:  # type: ignore[no-untyped-def]
    facts = (
        'line = "mobile"\nchanges = [{told = 2026-11-15, rise = 1, agreed = 1}, {told = 2026-11-15, percent = true}]\n'
    )
    for country in ("fr", "us"):
        said = " ".join(ask(facts, country).err.split())
        assert "Not used in this country" in said
        assert "changes.agreed" in said
        assert "changes.percent" in said
    assert "Not used in this country" not in ask(facts, "gb").err
