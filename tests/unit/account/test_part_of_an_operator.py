"""One part of an operator in trouble: the others are read, it is left alone, and nothing false is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from selfcare.account.spared import NOTE, WAIT
from selfcare.domain.failures import (
    BadCertificate,
    BadProxy,
    Failure,
    Offline,
    PartAway,
    Refused,
    ServerTrouble,
    SignedOut,
    TooOften,
)
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from tests.unit.account.test_account_pull import START, Office, bill

ELSEWHERE = "https://accounts.example/v4"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "v")
    yield office
    office.vault.close()


def move(office: Office, *apis: str, to: str = ELSEWHERE) -> None:
    """These APIs are at an address of their own."""
    moved = {api: replace(office.profile.apis[api], base_url=to) for api in apis}  # type: ignore[type-var]
    office.profile = replace(office.profile, apis={**office.profile.apis, **moved})


def failure_of(office: Office, topic: Topic) -> Failure | None:
    return office.reader.freshness(topic)[0].failure


@pytest.mark.parametrize(
    ("met", "told"),
    [
        (Offline(), PartAway()),
        (BadCertificate(), BadCertificate()),
        (SignedOut(), Refused(401)),
        (TooOften(START + timedelta(hours=30), 429), TooOften(START + timedelta(hours=30), 429)),
        (TooOften(None, 503), TooOften(None, 503)),
    ],
)
def test_one_address_in_trouble_leaves_the_others_readable(office: Office, met: Failure, told: Failure) -> None:
    move(office, "TMF666")
    office.desk.lists["billingAccount"] = met
    outcome = office.pull()
    assert outcome.trouble is None
    assert failure_of(office, Topic.ACCOUNTS) == told
    assert failure_of(office, Topic.BILLS) is None
    assert len(office.reader.bills()) == 3
    assert office.desk.asked.count("billingAccount") == 1


def test_a_token_that_one_api_refuses_is_tried_at_another_before_the_session_is_called_over(office: Office) -> None:
    office.pull()
    office.desk.lists["billingAccount"] = SignedOut()
    office.desk.asked.clear()
    assert office.pull().trouble is None
    place = office.desk.asked.index("billingAccount")
    assert office.desk.asked[place + 1] == "customer/C1"
    assert failure_of(office, Topic.ACCOUNTS) == Refused(401)


def test_a_token_that_nobody_takes_any_more_ends_the_round(office: Office) -> None:
    office.pull()
    office.desk.lists["payment"] = office.desk.ones["customer"] = SignedOut()
    office.now += timedelta(hours=6)
    assert office.pull(Topic.PAYMENTS, Topic.ORDERS).trouble == SignedOut()
    assert failure_of(office, Topic.ORDERS) == SignedOut()
    assert "productOrder" not in office.desk.asked[-2:]


def test_who_one_is_unheard_is_everything_unheard(office: Office) -> None:
    for failure in (Offline(), SignedOut(), TooOften(), BadCertificate()):
        office.desk.ones["customer"] = failure
        office.desk.asked.clear()
        assert office.pull().trouble == failure
        assert office.desk.asked == ["customer/C1"]


def test_the_customers_own_proxy_and_the_issuer_are_everything(office: Office) -> None:
    move(office, "TMF666")
    office.desk.lists["billingAccount"] = BadProxy("password")
    assert office.pull().trouble == BadProxy("password")
    away = Offline()
    away.is_before_sending = True
    office.desk.lists["billingAccount"] = away
    assert office.pull().trouble == away


def test_every_address_away_is_the_network_away(office: Office) -> None:
    office.pull()
    move(office, "TMF666")
    office.desk.lists["billingAccount"] = office.desk.ones["customer"] = Offline()
    assert office.pull(Topic.ACCOUNTS, Topic.BILLS).trouble == Offline()
    assert failure_of(office, Topic.BILLS) == Offline()


def test_a_second_api_that_asks_for_patience_speaks_for_its_whole_address(office: Office) -> None:
    late = TooOften(START + timedelta(hours=1), 429)
    office.desk.lists["customerBill"] = office.desk.lists["payment"] = late
    office.desk.lists["appliedCustomerBillingRate"] = []
    outcome = office.pull()
    assert outcome.trouble == late
    assert office.desk.asked[-1] == "payment", "nothing more is asked of that address"
    assert failure_of(office, Topic.ORDERS) == late


def test_an_api_is_not_asked_before_the_time_it_named_and_then_again(office: Office) -> None:
    until = START + timedelta(hours=2)
    office.desk.lists["billingAccount"] = TooOften(until, 429)
    office.pull()
    office.desk.lists["billingAccount"] = []
    office.desk.asked.clear()
    for hours, times in ((1, 0), (2, 1), (3, 2)):
        office.now = START + timedelta(hours=hours)
        assert office.pull().trouble is None
        assert office.desk.asked.count("billingAccount") == times
        assert (failure_of(office, Topic.ACCOUNTS) is None) == (hours > 1)
    assert office.vault.cache.note(NOTE) == b"{}"


def test_a_clock_set_back_keeps_no_part_shut(office: Office) -> None:
    office.desk.lists["billingAccount"] = TooOften(START + timedelta(hours=2), 429)
    office.pull()
    office.now = START - timedelta(days=400)
    office.desk.asked.clear()
    office.pull()
    assert "billingAccount" in office.desk.asked


def test_an_address_in_trouble_for_three_rounds_is_left_alone_for_a_quarter_of_an_hour(office: Office) -> None:
    move(office, "TMF666")
    office.desk.lists["billingAccount"] = Offline()
    for _ in range(6):
        office.pull()
        office.now += timedelta(minutes=1)
    assert office.desk.asked.count("billingAccount") == 3
    assert office.desk.asked.count("payment") == 6
    assert failure_of(office, Topic.ACCOUNTS) == PartAway()
    office.now += WAIT
    office.pull()
    assert office.desk.asked.count("billingAccount") == 4


def test_faults_are_counted_for_each_address(office: Office) -> None:
    kinds = ("product", "service", "agreement", "troubleTicket")
    move(office, "TMF637", "TMF638", "TMF651", "TMF621")
    for kind in kinds:
        office.desk.lists[kind] = ServerTrouble(500)
    assert office.pull().trouble is None
    assert [kind for kind in kinds if kind in office.desk.asked] == list(kinds[:3])
    assert failure_of(office, Topic.TICKETS) == ServerTrouble(500)
    assert failure_of(office, Topic.ORDERS) is None


def test_the_only_address_in_trouble_ends_the_round(office: Office) -> None:
    for kind in ("product", "service", "agreement"):
        office.desk.lists[kind] = ServerTrouble(500)
    assert office.pull().trouble == ServerTrouble(500)
    assert "troubleTicket" not in office.desk.asked


def test_papers_of_a_part_that_is_away_wait_and_stop_nothing(office: Office) -> None:
    office.desk.lists["customerBill"] = [bill(str(n), f"2026-0{n}-01", paper=f"P{n}") for n in range(1, 4)]
    office.desk.papers = {f"P{n}": Offline() for n in range(1, 4)}
    assert office.pull().trouble is None
    assert [name for name in office.desk.asked if name.startswith("paper:")] == ["paper:P3"]
    assert failure_of(office, Topic.PAPERS) == PartAway()
    office.desk.papers = {f"P{n}": b"%PDF-" for n in range(1, 4)}
    office.pull()
    assert office.reader.papers_here(["P1", "P2", "P3"]) == {"P1", "P2", "P3"}
