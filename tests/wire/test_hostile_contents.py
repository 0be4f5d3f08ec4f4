"""Everything hostile that an operator's documents can hold, over real HTTP: refused, kept apart or shown as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from selfcare.account.pull import pull
from selfcare.account.read import Reader
from selfcare.domain.topics import Topic
from selfcare.store.round import unread_kind
from selfcare.store.vault import Vault
from selfcare.viewmodel.bills import listed
from tests import samples
from tests.unit.account.branch import vault_in_memory
from tests.wire.calls import operator_at
from tests.wire.crooked import Crooked

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
WORDS = samples.words()
GOOD = {"id": "G1", "billNo": "1", "billDate": "2026-10-01T00:00:00Z", "state": "sent"}
BIDI = "\u202ekcal\u202c \u2066x\u2069 \u200b" + "e" + "\u0301" * 10_000


def text_of(**facts: object) -> str:
    """One more bill, with something in it."""
    return json.dumps({**GOOD, "id": "H1", **facts})


def amount(said: str) -> str:
    return text_of(amountDue="AMOUNT").replace('"AMOUNT"', f'{{"unit": "GBP", "value": {said}}}')


def dated(said: object) -> str:
    return text_of(billDate=said)


REFUSED: dict[str, str] = {
    "H1 NaN": amount("NaN"),
    "H1 Infinity": amount("-Infinity"),
    "H5 a lone surrogate": text_of(billNo="x").replace('"x"', '"\\ud800"'),
    "H7 depth": '{"id": "H1", "note": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "H9 an id twice": text_of() + ", " + text_of(billNo="other"),
}
"""The list is refused whole; what was read before stays."""

APART: dict[str, str] = {
    "H4 a key twice": text_of(billNo="2").replace('"billNo": "2"', '"billNo": "2", "billNo": "3"'),
    "H4 an amount twice": amount("1.00").replace('"state"', '"amountDue": {"unit": "GBP", "value": 2}, "state"'),
    "H10 no id": text_of(id=""),
    "H19 no moment": dated("24:61"),
}
"""The one document is kept as it came, and counted; it hides no other."""

SHOWN: dict[str, str] = {
    "H1 1e999": amount("1e999"),
    "H1 a billion billions": amount("1e18"),
    "H2 5,000 digits": amount("9" * 5000),
    "H1 a word": amount('"quarante"'),
    "H3 minus nothing": amount("-0.0"),
    "H3 half a cent": amount("19.999"),
    "H3 a text": amount('"12.50"'),
    "H6 marks of direction": text_of(billNo=BIDI),
    "H6 long": text_of(billNo="x" * 60_000),
    **{
        f"H10 {own}": text_of(id=own)
        for own in ("../../x.pdf", "C:\\x", "con", "a/b", "x" * 300, "%2e%2e", ".", "g1", "e\u0301", "\u00e9")
    },
    **{
        f"H11 {markup}": text_of(billNo=markup)
        for markup in (
            "<b>x</b>",
            '<img src="file:///etc/passwd">',
            '<img src="//host/share/x.png">',
            "<a href=x>y</a>",
            "<!--",
            "&lt;b&gt;",
        )
    },
    "H13 marks": text_of(billNo="&Save %1 %s {name} %n"),
    **{
        f"H19 {said}": dated(said)
        for said in (
            "2026-10-25T01:30:00",
            "2026-03-29T02:30:00+14:00",
            "2026-12-31T23:59:60Z",
            "2026-10-01",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+14:00",
            1759276800000,
            "2026-10-01T24:00:00Z",
            "1970-01-01T00:00:00Z",
        )
    },
    "H20 less than nothing": amount("-99.99"),
    "H20 an end before its start": text_of(
        billingPeriod={"startDateTime": "2026-12-01T00:00:00Z", "endDateTime": "2020-01-01T00:00:00Z"}
    ),
}
"""It is shown, as what it is: text."""


@pytest.fixture
def server() -> Iterator[Crooked]:
    made = Crooked()
    made.start()
    yield made
    made.stop()


def kept(server: Crooked, *contents: str | bytes) -> tuple[Vault, Reader]:
    """An account that read one good bill before, and then each of these lists."""
    operator = operator_at(server)
    profile = replace(operator.profile, apis={"TMF678": operator.profile.apis["TMF678"]})
    operator.profile = profile
    vault = vault_in_memory()
    for hours, said in enumerate((json.dumps([GOOD]), *contents)):
        server.raw = said.encode() if isinstance(said, str) else said
        at = NOW + timedelta(hours=7 * hours)
        pull(operator, vault, profile, "C1", lambda at=at: at, topics={Topic.BILLS})
    operator.wire.close()
    return vault, Reader(vault, profile)


def shown(reader: Reader) -> list[str]:
    """The ids of the bills, each of which can be shown."""
    bills = reader.bills()
    rows = listed(bills, (), {}, WORDS, samples.TODAY)
    assert len(rows) == len(bills)
    assert all(isinstance(row.state, str) for row in rows)
    return sorted(bill.id for bill in bills)


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_is_refused_whole_and_the_last_good_one_stays(server: Crooked, name: str) -> None:
    vault, reader = kept(server, f"[{json.dumps(GOOD)}, {REFUSED[name]}]")
    assert shown(reader) == ["G1"]
    assert vault.cache.state("customerBill").failure


def test_utf_16_is_refused(server: Crooked) -> None:
    """H8."""
    _, reader = kept(server, f"[{json.dumps(GOOD)}, {text_of()}]".encode("utf-16"))
    assert shown(reader) == ["G1"]


@pytest.mark.parametrize("name", APART)
def test_one_document_is_kept_apart_and_hides_no_other(server: Crooked, name: str) -> None:
    vault, reader = kept(server, f"[{json.dumps(GOOD)}, {APART[name]}]")
    assert shown(reader) == ["G1"]
    assert vault.cache.count(unread_kind("customerBill")) == 1


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_shown_as_text(server: Crooked, name: str) -> None:
    vault, reader = kept(server, f"[{json.dumps(GOOD)}, {SHOWN[name]}]")
    assert len(shown(reader)) == 2
    assert vault.cache.count(unread_kind("customerBill")) == 0
