"""The worked American cases of moving a number and unlocking a handset, and the days between them."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.carriers import Carrier
from selfcare.leaving.countries import us, us_costs
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "us.toml").read_bytes())
NEW_YORK = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 21)
D = date
BLACK_FRIDAY = frozenset({D(2026, 11, 26), D(2026, 11, 27)})


def at(month: int, day: int, hour: int, minute: int = 0, second: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=NEW_YORK)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), NEW_YORK)


def test_v01_before_13_00_it_counts_for_the_day() -> None:
    port = us.simple_port(at(11, 23, 12, 30), RULES)
    assert port == us.SimplePort(D(2026, 11, 23), midnight(D(2026, 11, 24)), D(2026, 11, 24))


@pytest.mark.parametrize(
    ("received", "counted"),
    [
        (at(11, 23, 13, 0), D(2026, 11, 23)),
        (at(11, 23, 13, 0, 1), D(2026, 11, 24)),
        (at(11, 23, 7), D(2026, 11, 23)),
        (at(11, 23, 23, 59), D(2026, 11, 24)),
        (at(11, 21, 10), D(2026, 11, 23)),
        (at(11, 25, 15), D(2026, 11, 27)),
        (at(11, 26, 9), D(2026, 11, 27)),
        (at(11, 27, 14), D(2026, 11, 30)),
        (at(7, 2, 14), D(2026, 7, 6)),
        (at(12, 24, 13, 0, 1), D(2026, 12, 28)),
        (at(6, 18, 9, year=2027), D(2027, 6, 21)),
        (at(12, 31, 9, year=2027), D(2028, 1, 3)),
        (at(2, 28, 14, year=2028), D(2028, 2, 29)),
    ],
)
def test_for_which_business_day_a_request_counts(received: datetime, counted: date) -> None:
    assert us.simple_port(received, RULES).counted == counted


def test_over_thanksgiving_the_number_may_move_at_midnight_and_is_late_only_after_friday() -> None:
    port = us.simple_port(at(11, 25, 9), RULES)
    assert (port.opens, port.due) == (midnight(D(2026, 11, 26)), D(2026, 11, 27))


def test_the_old_carriers_own_holidays_count() -> None:
    assert us.simple_port(at(11, 25, 15), RULES, BLACK_FRIDAY).counted == D(2026, 11, 30)
    assert us.simple_port(at(11, 11, 9), RULES, BLACK_FRIDAY).counted == D(2026, 11, 11)
    assert us.nonsimple_port_due(D(2026, 11, 23), RULES, BLACK_FRIDAY) == D(2026, 12, 1)


def test_a_later_day_may_be_asked_for_but_no_sooner_one() -> None:
    received = at(11, 23, 9)
    later = us.simple_port(received, RULES, wanted=D(2026, 11, 28))
    assert (later.counted, later.opens, later.due) == (D(2026, 11, 23), midnight(D(2026, 11, 28)), D(2026, 11, 30))
    assert us.simple_port(received, RULES, wanted=D(2026, 11, 23)) == us.simple_port(received, RULES)
    assert us.nonsimple_port_due(D(2026, 11, 23), RULES, wanted=D(2026, 12, 5)) == D(2026, 12, 7)
    assert us.nonsimple_port_due(D(2026, 11, 23), RULES, wanted=D(2026, 11, 24)) == D(2026, 11, 30)


def test_midnight_is_a_local_midnight_after_the_clocks_changed() -> None:
    spring = us.simple_port(at(3, 12, 14, year=2027), RULES)
    assert (spring.counted, spring.opens.isoformat()) == (D(2027, 3, 15), "2027-03-16T00:00:00-04:00")
    autumn = us.simple_port(at(10, 30, 14), RULES)
    assert (autumn.counted, autumn.opens.isoformat()) == (D(2026, 11, 2), "2026-11-03T00:00:00-05:00")


def test_v04_four_business_days_over_thanksgiving() -> None:
    assert us.nonsimple_port_due(D(2026, 11, 23), RULES) == D(2026, 11, 30)
    assert us.nonsimple_port_due(D(2026, 12, 22), RULES) == D(2026, 12, 29)


def test_what_is_simple() -> None:
    assert us.port_is_simple(1)
    assert not us.port_is_simple(2)
    assert not us.port_is_simple(1, is_complex=True)


def test_two_mobile_carriers_usually_need_hours_on_the_clock() -> None:
    assert us.wireless_port_likely(at(11, 23, 12), RULES) == at(11, 23, 14, 30)
    spring = us.wireless_port_likely(at(3, 14, 1, year=2027), RULES)
    assert spring.isoformat() == "2027-03-14T04:30:00-04:00"
    autumn = us.wireless_port_likely(at(11, 1, 0, 30), RULES)
    assert autumn.isoformat() == "2026-11-01T02:00:00-05:00"
    assert not RULES.get("US-LNP-05", TODAY).is_certain


def test_v05_a_debt_stays_and_the_number_goes() -> None:
    assert not us.refusal_stands(us.Refusal.DEBT, RULES, TODAY)
    assert not us.refusal_stands(us.Refusal.EARLY_FEE, RULES, TODAY)
    owed = us_costs.owed_on_leaving(Money(Decimal(200), "USD"), Money(Decimal(0), "USD"))
    assert (owed.unpaid, owed.total) == (Money(Decimal(200), "USD"), Money(Decimal(200), "USD"))


@pytest.mark.parametrize("reason", [us.Refusal.WRONG_FIELDS, us.Refusal.OTHER_AREA, us.Refusal.LINE_ENDED])
def test_other_reasons_to_refuse_stand(reason: us.Refusal) -> None:
    assert us.refusal_stands(reason, RULES, TODAY)


def test_four_fields_are_needed() -> None:
    full = us.PortRequest("+1 (212) 555-0123", "123456789-00001", "10001-1234", "012345")
    assert us.missing_fields(full) == ()
    assert us.missing_fields(us.PortRequest()) == tuple(us.PortField)
    assert len(us.PortField) == RULES.get("US-LNP-08", TODAY).number
    wrong = us.PortRequest("555-0123", "1", "1000", "")
    assert us.missing_fields(wrong) == (us.PortField.NUMBER, us.PortField.ZIP, us.PortField.PIN)
    assert us.missing_fields(us.PortRequest("2125550123", "1", "10001"), needs_pin=False) == ()
    assert "012345" not in repr(full)


def test_v06_how_long_a_pin_lives() -> None:
    assert us.pin_life(TODAY, Carrier.VERIZON, RULES).last_day == D(2026, 11, 28)
    assert us.pin_life(TODAY, Carrier.ATT, RULES).last_day == D(2026, 11, 25)
    assert us.pin_life(TODAY, Carrier.ATT, RULES, is_business=True).last_day == D(2026, 12, 5)
    assert us.pin_life(TODAY, Carrier.VERIZON, RULES, is_business=True).last_day == D(2026, 11, 28)


@pytest.mark.parametrize("carrier", [Carrier.T_MOBILE, Carrier.VERIZON_BRAND, Carrier.OTHER])
def test_nobody_says_how_long_other_pins_live(carrier: Carrier) -> None:
    assert us.pin_life(TODAY, carrier, RULES) == us.PinLife(None)
    assert us.pin_life(TODAY, carrier, RULES, stated=D(2026, 11, 30)) == us.PinLife(D(2026, 11, 30))
    assert us.pin_not_before(TODAY, carrier, RULES) == TODAY


def test_the_carriers_own_day_is_shown_and_compared() -> None:
    assert us.pin_life(TODAY, Carrier.VERIZON, RULES, stated=D(2026, 11, 28)) == us.PinLife(D(2026, 11, 28))
    assert us.pin_life(TODAY, Carrier.ATT, RULES, stated=D(2026, 11, 28)).differs


def test_from_when_a_pin_is_worth_making() -> None:
    assert us.pin_not_before(D(2028, 3, 2), Carrier.ATT, RULES) == D(2028, 2, 27)
    assert us.pin_not_before(D(2026, 12, 1), Carrier.ATT, RULES, is_business=True) == D(2026, 11, 17)
    assert us.pin_not_before(D(2026, 12, 1), Carrier.ATT, RULES, is_prepaid=True) == D(2026, 12, 1)


def test_v07_an_answer_within_two_business_days() -> None:
    assert us.unlock_answer_due(D(2026, 12, 23), RULES) == D(2026, 12, 28)
    assert us.unlock_answer_due(D(2026, 11, 25), RULES, BLACK_FRIDAY) == D(2026, 12, 1)


def unlock(
    carrier: Carrier,
    activated: date,
    paid_off: date | None = None,
    *,
    is_prepaid: bool = False,
    unpaid_days: int = 0,
    waits: bool = True,
) -> tuple[date | None, str]:
    found = us.unlock_day(us.Handset(carrier, activated, is_prepaid, paid_off, unpaid_days, waits), RULES)
    return found.day, found.rule_id


def test_verizon_before_and_after_the_waiver() -> None:
    old = us.unlock_day(us.Handset(Carrier.VERIZON, D(2026, 1, 12)), RULES)
    assert (old.day, old.rule_id, old.is_automatic) == (D(2026, 3, 13), "US-UNL-05", True)
    assert unlock(Carrier.VERIZON_BRAND, D(2026, 1, 12)) == (D(2026, 3, 13), "US-UNL-05")
    assert unlock(Carrier.VERIZON, D(2026, 1, 13)) == (None, "US-UNL-02")
    assert unlock(Carrier.VERIZON, D(2026, 1, 13), D(2026, 1, 31)) == (D(2026, 1, 31), "US-UNL-02")
    assert unlock(Carrier.VERIZON, D(2026, 1, 13), D(2026, 2, 1)) == (D(2026, 3, 8), "US-UNL-07")
    assert unlock(Carrier.VERIZON, D(2026, 3, 1), D(2026, 11, 21)) == (D(2026, 12, 26), "US-UNL-07")
    at_once = unlock(Carrier.VERIZON, D(2026, 3, 1), D(2026, 11, 21), waits=False)
    assert at_once == (D(2026, 11, 21), "US-UNL-02")


def test_unpaid_days_push_a_prepaid_brand_back() -> None:
    assert unlock(Carrier.VERIZON_BRAND, D(2026, 1, 20)) == (D(2027, 1, 20), "US-UNL-06")
    assert unlock(Carrier.VERIZON_BRAND, D(2026, 1, 20), unpaid_days=31) == (D(2027, 2, 20), "US-UNL-06")
    assert unlock(Carrier.VERIZON, D(2028, 1, 20), is_prepaid=True) == (D(2029, 1, 19), "US-UNL-06")
    assert unlock(Carrier.VERIZON_BRAND, D(2026, 1, 19)) == (D(2027, 1, 19), "US-UNL-03")


def test_other_carriers_unlock_by_their_own_custom() -> None:
    began = D(2026, 10, 1)
    assert unlock(Carrier.ATT, began, D(2026, 10, 2)) == (D(2026, 11, 30), "US-UNL-08")
    assert unlock(Carrier.ATT, began, D(2026, 12, 24)) == (D(2026, 12, 24), "US-UNL-08")
    assert unlock(Carrier.T_MOBILE, began, began) == (D(2026, 11, 10), "US-UNL-08-TMOBILE")
    assert unlock(Carrier.T_MOBILE, began, is_prepaid=True) == (D(2027, 10, 1), "US-UNL-08-TMOBILE")
    assert unlock(Carrier.OTHER, began, D(2026, 10, 2)) == (D(2026, 10, 2), "US-UNL-02")
    assert not us.unlock_day(us.Handset(Carrier.T_MOBILE, began, is_prepaid=True), RULES).is_certain


def test_the_industry_code_counts_a_year() -> None:
    assert unlock(Carrier.OTHER, D(2028, 2, 29), is_prepaid=True) == (D(2029, 2, 28), "US-UNL-03")
    assert unlock(Carrier.ATT, D(2026, 5, 31), is_prepaid=True) == (D(2027, 5, 31), "US-UNL-03")
    deployed = us.unlock_day(us.Handset(Carrier.VERIZON, D(2026, 5, 31), is_deployed=True), RULES)
    assert (deployed.day, deployed.rule_id) == (D(2026, 5, 31), "US-UNL-04")
