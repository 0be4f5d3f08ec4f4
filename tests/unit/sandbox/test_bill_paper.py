"""The demo operator's papers are real PDFs: two pages or more, tagged, readable, in the brand's language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pypdfium2
import pytest

from selfcare.sandbox.paper import bill_pdf, contract_pdf, file_pdf, letter_pdf
from selfcare.sandbox.paperwords import WORDS, amount_text
from selfcare.sandbox.people import Person, build

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
INK_SHARE = 0.01


@cache
def person(login: str) -> Person:
    return build(login, 1, NOW, None)


def newest(login: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    bill = person(login).resources["customerBill"][0]
    rates = person(login).resources["appliedCustomerBillingRate"]
    return bill, [line for line in rates if line["bill"]["id"] == bill["id"]]


def pages(pdf: bytes) -> list[str]:
    assert pdf.startswith(b"%PDF-")
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def ink(pdf: bytes, page: int) -> float:
    bitmap = pypdfium2.PdfDocument(pdf)[page].render(scale=0.5, grayscale=True)
    values = bytes(bitmap.buffer)
    return sum(value < 250 for value in values) / len(values)


@pytest.mark.parametrize("login", ["claire", "julien", "garage", "edith", "atelier"])
def test_a_bill_shows_every_charge_and_its_sums(login: str) -> None:
    bill, lines = newest(login)
    pdf = bill_pdf(person(login), bill, lines)
    text = pages(pdf)
    language = "en" if login in {"claire", "edith"} else "fr"
    assert len(text) >= 2
    assert amount_text(bill["taxIncludedAmount"], language) in flat(text[0])
    assert bill["billNo"] in text[0]
    for line in lines:
        assert flat(line["name"]) in flat("".join(text))
    words = WORDS[language]
    for word in ("summary", "taxes", "details", "payment", "contest"):
        assert words[word] in "".join(text)
    assert all(ink(pdf, page) > INK_SHARE for page in range(len(text)))


def flat(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text)


def test_the_itemised_use_adds_up() -> None:
    bill, lines = newest("claire")
    usage = pages(bill_pdf(person("claire"), bill, lines))[-1]
    amounts = [Decimal(found) for found in re.findall(r"£([\d.]+)", usage)]
    assert amounts[-1] == Decimal("156.37") == sum(amounts[:-1])
    megabytes = [Decimal(found) for found in re.findall(r"([\d.]+)\s?MB", usage)]
    assert abs(sum(megabytes) - Decimal("31.27")) < Decimal("0.2")


def test_a_bill_is_tagged_titled_and_always_the_same() -> None:
    bill, lines = newest("julien")
    pdf = bill_pdf(person("julien"), bill, lines)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == f"Facture {bill['billNo']}"
    assert b"/StructTreeRoot" in pdf or document.is_tagged()
    assert pdf == bill_pdf(person("julien"), bill, lines)


def test_a_name_is_text_and_never_markup() -> None:
    bill, lines = newest("nadia")
    nasty = '#panic("x") *bold* $x$ <a> \\ // " {base} @cite'
    pdf = bill_pdf(person("nadia"), bill, [dict(lines[0], name=nasty), *lines[1:]])
    assert nasty in flat("".join(pages(pdf)))


def test_a_contract_quotes_its_clauses() -> None:
    agreement = person("atelier").resources["agreement"][0]
    text = flat("".join(pages(contract_pdf(person("atelier"), agreement))))
    for term in agreement["agreementItem"][0]["termOrCondition"]:
        assert term["description"].split(",")[0] in text


@pytest.mark.parametrize("login", ["claire", "edith", "julien", "lucie"])
def test_every_paper_of_a_customer_can_be_fetched(login: str) -> None:
    for document in person(login).resources["document"][-6:]:
        pdf = file_pdf(person(login), document["attachment"][0]["id"])
        assert pdf is not None
        assert pages(pdf)


def test_a_credit_note_and_a_letter_say_what_they_are() -> None:
    note = next(b for b in person("claire").resources["customerBill"] if b["category"] == "credit note")
    pdf = file_pdf(person("claire"), note["billDocument"][0]["id"])
    assert pdf is not None
    assert "Credit note" in pages(pdf)[0]
    demand = next(d for d in person("edith").resources["document"] if d["documentType"] == "dunningLetter")
    assert demand["description"].split(".")[0] in flat(pages(letter_pdf(person("edith"), demand))[0])


def test_no_paper_of_another_customer() -> None:
    other = person("sam").resources["customerBill"][0]["billDocument"][0]["id"]
    assert file_pdf(person("claire"), other) is None
    assert file_pdf(person("claire"), "../bill") is None
