"""Whatever a document says, it is read or it is Unreadable; nothing else ever happens."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.api import reading
from selfcare.api.catalogue import BY_KIND, RESOURCES
from selfcare.api.columns import columns_only
from selfcare.domain.failures import Unreadable
from selfcare.domain.tickets import TicketState

PARIS = ZoneInfo("Europe/Paris")


def raw(doc: object) -> bytes:
    return json.dumps(doc).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "id",
    "name",
    "state",
    "status",
    "billNo",
    "billDate",
    "taxIncludedAmount",
    "taxItem",
    "appliedPayment",
    "billDocument",
    "billingPeriod",
    "type",
    "bill",
    "product",
    "note",
    "characteristic",
    "agreementItem",
    "agreementPeriod",
    "relatedEntity",
    "relatedParty",
    "engagedParty",
    "contactMedium",
    "accountBalance",
    "paymentPlan",
    "defaultPaymentMethod",
    "productOrderItem",
    "externalId",
    "orderTotalPrice",
    "interactionDate",
    "value",
    "interactionItem",
    "channel",
    "productCharacteristic",
    "productPrice",
    "productTerm",
    "productRelationship",
    "realizingService",
    "unit",
    "statusChange",
    "trackingRecord",
    "impactPattern",
    "affectedLocation",
    "operatingStatus",
    "content",
    "duration",
    "amount",
    "validFor",
]
DOCS = st.dictionaries(st.sampled_from(FIELDS), JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3))


@settings(max_examples=60, deadline=None)
@given(doc=DOCS, has_id=st.booleans())
@pytest.mark.parametrize("kind", [r.kind for r in RESOURCES])
def test_any_document_is_read_or_unreadable(kind: str, doc: dict[str, Any], has_id: bool) -> None:
    body = raw({**doc, "id": "X"} if has_id else doc)
    resource = BY_KIND[kind]
    outcomes = []
    for read in (lambda: resource.decode(body, PARIS), lambda: columns_only(kind, body, PARIS)):
        try:
            read()
            outcomes.append(True)
        except Unreadable:
            outcomes.append(False)
    assert outcomes[0] or not outcomes[1] or kind in {"customerBill", "appliedCustomerBillingRate"}


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=60))
def test_any_bytes_are_unreadable_or_read(body: bytes) -> None:
    for resource in RESOURCES:
        with pytest.raises(Unreadable):
            columns_only(resource.kind, body)


@given(value=JSON)
def test_every_reading_of_a_part_gives_a_plain_value(value: Any) -> None:
    assert isinstance(reading.text(value), str)
    assert all(isinstance(item, dict) and item for item in reading.items(value))
    assert isinstance(reading.child(value), dict)
    assert reading.day(value, PARIS) is None or isinstance(value, str | int | float)
    assert reading.instant(value, PARIS) is None or isinstance(value, str | int | float)
    assert reading.truth(value) in {True, False, None}
    found = reading.number(value)
    assert found is None or found.is_finite()
    assert reading.choice(TicketState, reading.text(value), TicketState.UNKNOWN) in TicketState


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)), st.sampled_from([UTC, PARIS]))
def test_a_moment_survives_being_written(moment: datetime, zone: Any) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert reading.instant(aware.isoformat()) == aware
    assert reading.instant(aware.isoformat().replace("+00:00", "Z")) == aware
    assert reading.instant(moment.isoformat(), zone) == moment.replace(tzinfo=zone).astimezone(UTC)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from([-11, -5, 0, 2, 5.5, 14]))
def test_a_day_is_that_day_however_its_midnight_is_written(day: date, offset: float) -> None:
    zone = ZoneInfo("America/New_York")
    minutes = int(abs(offset) * 60)
    written = f"{'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    for text in (f"{day}", f"{day}T00:00:00Z", f"{day}T00:00:00.000{written}", f"{day}T23:59:59.999Z"):
        assert reading.day(text, zone) == day
    for clock in ("00", "00:00", "23:59"):
        for place in ("", "Z", written, written.replace(":", "")):
            assert reading.day(f"{day}T{clock}{place}", zone) == day
    own = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    if own.hour:
        assert reading.day(own.isoformat(), zone) == day


@pytest.mark.parametrize(
    "text",
    ["", "never", "2026-13-01", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T25:00:00Z", "0000-00-00"],
)
def test_what_is_no_date(text: str) -> None:
    assert reading.day(text, PARIS) is None
    assert reading.instant(text, PARIS) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**8), max_value=10**8))
def test_amounts_are_kept_to_the_cent(value: Decimal) -> None:
    found = reading.money({"unit": "GBP", "value": value}, "x")
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize("value", [Decimal("1e9"), Decimal("-1e999"), Decimal("1e40")])
def test_absurd_amounts_are_refused(value: Decimal) -> None:
    with pytest.raises(Unreadable):
        reading.money({"unit": "GBP", "value": value}, "x")


def test_controls_in_texts_are_made_visible() -> None:
    assert reading.text("a\x00b\x1b[0m") == "a\ufffdb\ufffd[0m"
    assert reading.text(" line\nbreak ") == "line\nbreak"
    assert reading.text("\u202eevil\u2069\x9b") == "\ufffdevil\ufffd\ufffd"
    assert reading.text("e" + "\u0301" * 60_000) == "e" + "\u0301" * 8
    assert len(reading.text("x" * 200_000)) == 65536


@pytest.mark.parametrize(
    "value",
    [
        "TT-\u202egnp.exe",
        "a\u2069",
        "B\u200b1",
        "\ufeffB1",
        "B\u200f1",
        "B\x851",
        "x\u2028y",
        "A" + "\u0301" * 9,
        *("T\t1", "T1\n", "T\r1", "T\u00ad1", "T\u200c1", "T1\u200d", "é\u200dé", "T\u034f1", "T\u115f1", "T\u11601"),
        *("T\u31641", "T\uffa01", "T\u28001", "T1\ufe0f", "T1\U000e0100", "T\u17b41", "T\u180b1"),
    ],
)
def test_an_id_that_shows_as_another_is_none(value: str) -> None:
    with pytest.raises(Unreadable):
        reading.identity({"id": value}, "bill")


@pytest.mark.parametrize("value", ["../../x", "CON", "Rechnung 7/ä", "क्‍ष", "e\u0301", "\u00a0", "=1+1"])
def test_any_other_id_stays_as_it_is(value: str) -> None:
    assert reading.identity({"id": value}, "bill") == value
