"""Filters, order and chosen fields of a list, and the remembered answers of a shelf."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.sandbox.documents import Document, decode, encode
from selfcare.sandbox.query import BadQuery, Condition, chosen, matches, read_fields, read_query
from selfcare.sandbox.shelf import Shelf

DOCUMENTS: list[Document] = [
    {"id": "1", "state": "new", "amount": {"value": Decimal("9.90")}, "party": [{"id": "a"}, {"id": "b"}], "n": 2},
    {"id": "2", "state": "sent", "amount": {"value": Decimal("10.00")}, "party": [{"id": "b"}], "isOpen": True},
    {"id": "3", "state": "new", "day": "2026-05-01T00:00:00Z", "href": "{base}/3", "n": 10},
]


def found(**parameters: str) -> list[str]:
    query = read_query([(name.replace("__", "."), value) for name, value in parameters.items()])
    shelf = Shelf(DOCUMENTS)
    return [decode(row)["id"] for row in shelf.rows(shelf.select(query).positions)]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, ["1", "2", "3"]),
        ({"state": "new"}, ["1", "3"]),
        ({"state": "new,sent"}, ["1", "2", "3"]),
        ({"state": "new;sent"}, ["1", "2", "3"]),
        ({"state": "new", "party__id": "b"}, ["1"]),
        ({"party__id": "b"}, ["1", "2"]),
        ({"isOpen": "true"}, ["2"]),
        ({"amount__value": "9.9"}, ["1"]),
        ({"amount__value__eq": "10"}, ["2"]),
        ({"amount__value": "10.0"}, ["2"]),
        ({"amount__value": "9.900,1e1"}, ["1", "2"]),
        ({"n": "2.0"}, ["1"]),
        ({"id": "2.0"}, []),
        ({"isOpen": "1"}, []),
        ({"n": "1e999999999"}, []),
        ({"amount__value__gt": "9.9"}, ["2"]),
        ({"amount__value__gte": "9.90"}, ["1", "2"]),
        ({"amount__value__lt": "10", "state": "new"}, ["1"]),
        ({"n__lte": "10"}, ["1", "3"]),
        ({"day__gte": "2026-05-01"}, ["3"]),
        ({"day__lt": "2026-05-01T02:00:00+02:00"}, []),
        ({"nothing__here": "x"}, []),
        ({"sort": "n"}, ["2", "1", "3"]),
        ({"sort": "-n"}, ["3", "1", "2"]),
        ({"sort": "state,-id"}, ["3", "1", "2"]),
        ({"sort": "-amount.value,id"}, ["2", "1", "3"]),
    ],
)
def test_a_query_finds_and_orders(parameters: dict[str, str], expected: list[str]) -> None:
    assert found(**parameters) == expected


def test_a_parameter_given_twice_means_either() -> None:
    (twice,) = read_query([("state", "new"), ("state", "sent")]).conditions
    (once,) = read_query([("state", "new,sent")]).conditions
    for word, is_found in (("new", True), ("sent", True), ("settled", False), ("new,sent", None)):
        assert matches({"state": word}, twice) is bool(is_found)
        assert matches({"state": word}, once) is (is_found is not False), "a word with a comma in it is found too"


@pytest.mark.parametrize("name", ["", ".", "a..b", "a b", "filter", "gt.", "x" * 200, "a.b]"])
def test_a_name_that_is_no_attribute_is_refused(name: str) -> None:
    with pytest.raises(BadQuery):
        read_query([(name, "1")])


def test_an_attribute_named_like_an_operator_is_an_attribute() -> None:
    (condition,) = read_query([("gt", "x")]).conditions
    assert condition == Condition("gt", "eq", ("x",))


def test_fields_keep_the_identity() -> None:
    whole = {"id": "1", "href": "h", "@type": "T", "a": 1, "b": 2}
    assert chosen(whole, read_fields("b")) == {"id": "1", "href": "h", "b": 2}
    assert chosen(whole, read_fields("b,@type")) == {"id": "1", "href": "h", "@type": "T", "b": 2}
    assert chosen(whole, read_fields("b"), "v5") == {"id": "1", "href": "h", "@type": "T", "b": 2}
    assert chosen(whole, read_fields(None)) == chosen(whole, read_fields("")) == whole


@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from(["gt", "gte", "lt", "lte"]))
def test_comparing_whatever_with_whatever_never_fails_and_is_consistent(left: str, right: str, operator: str) -> None:
    opposite = {"gt": "lte", "gte": "lt", "lt": "gte", "lte": "gt"}[operator]
    document = {"x": left}
    one = matches(document, Condition("x", operator, (right,)))
    assert one is not matches(document, Condition("x", opposite, (right,)))


def test_a_shelf_forgets_its_answers_when_something_changes() -> None:
    shelf = Shelf(DOCUMENTS, "http://here")
    query = read_query([("state", "new")])
    before = shelf.select(query)
    assert shelf.select(query) is before
    assert not shelf.put(dict(DOCUMENTS[0]))
    assert shelf.select(query) is before
    assert shelf.put({"id": "4", "state": "new"}, first=True)
    after = shelf.select(query)
    assert [decode(row)["id"] for row in shelf.rows(after.positions)] == ["4", "1", "3"]
    assert after.etag != before.etag
    assert shelf.remove("4")
    assert not shelf.remove("4")
    assert shelf.select(query).etag == before.etag


def test_the_validator_covers_the_filtered_list_only() -> None:
    shelf = Shelf(DOCUMENTS)
    news = read_query([("state", "new")])
    before = shelf.select(news).etag
    shelf.put(DOCUMENTS[1] | {"n": 5})
    assert shelf.select(news).etag == before


def test_amounts_keep_their_digits_and_addresses_their_place() -> None:
    shelf = Shelf(DOCUMENTS, "http://here")
    assert b'"value":10.00' in (shelf.row("2") or b"")
    assert shelf.get("3") == DOCUMENTS[2] | {"href": "http://here/3"}
    assert decode(encode({"x": Decimal("45923.61")})) == {"x": Decimal("45923.61")}
    assert [one["id"] for one in shelf.of("party.id", "b")] == ["1", "2"]
