"""The papers that an operator keeps: what they are about, where their files are, and whose copy they are."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest

from selfcare.api.columns import columns_of
from selfcare.api.documents import APART, file_inside, read_paper
from selfcare.domain.failures import Unreadable
from selfcare.domain.tickets import EntityRef

CONTRACT = {
    "id": "D-1",
    "href": "https://api.orvane.example/document/D-1",
    "name": "Contract Orvane Plus",
    "documentType": "contract",
    "creationDate": "2024-09-21T00:00:00Z",
    "attachment": [{"id": "F-1", "name": "d1.pdf", "mimeType": "application/pdf", "url": "https://x.example/d1.pdf"}],
    "relatedEntity": [{"id": "AG-1", "role": "contract", "@referredType": "Agreement"}],
}


def raw(**changes: object) -> bytes:
    return json.dumps({**CONTRACT, **changes}).encode()


def test_a_paper_says_what_it_is_about_and_where_its_file_is() -> None:
    paper = read_paper(raw())
    assert (paper.id, paper.name, paper.kind_word, paper.day) == (
        "D-1", "Contract Orvane Plus", "contract", date(2024, 9, 21)
    )  # fmt: skip
    assert paper.about == (EntityRef("Agreement", "AG-1", "contract"),)
    (file,) = paper.files
    assert (file.id, file.name, file.url) == ("F-1", "Contract Orvane Plus", "https://x.example/d1.pdf")


def test_a_paper_may_stand_in_categories_as_the_standard_writes_them() -> None:
    assert read_paper(raw(category=[{"id": "7", "name": "Contracts"}])).id == "D-1"


def test_several_files_keep_their_own_names() -> None:
    parts = [{"id": "F-1", "name": "a.pdf", "url": "u1"}, {"id": "F-2", "name": "b.pdf", "url": "u2"}]
    assert [f.name for f in read_paper(raw(attachment=parts)).files] == ["a.pdf", "b.pdf"]


@pytest.mark.parametrize("attachment", [None, [], [{"name": "d1.pdf"}]])
def test_without_an_address_of_its_own_a_file_is_asked_for_at_the_document(attachment: object) -> None:
    (file,) = read_paper(raw(attachment=attachment)).files
    assert file.id
    assert file.href == "https://api.orvane.example/document/D-1"


def test_a_file_inside_the_document_is_taken_from_there() -> None:
    doc = raw(attachment=[{"mimeType": "application/pdf", "content": base64.b64encode(b"%PDF-1").decode()}])
    (file,) = read_paper(doc).files
    assert file.inline
    assert file_inside(doc, file.id) == b"%PDF-1"
    assert file_inside(doc, "another") is None


@pytest.mark.parametrize("word", ["bill", "Invoice", "", "LINK"])
def test_the_copy_of_a_bill_belongs_to_the_bill(word: str) -> None:
    doc = raw(documentType=word, relatedEntity=[{"id": "B-1", "@referredType": "CustomerBill"}])
    assert columns_of("document", doc)["parent"] == "B-1"


@pytest.mark.parametrize(
    ("word", "about"),
    [
        ("dunningLetter", [{"id": "B-1", "@referredType": "CustomerBill"}]),
        ("contract", CONTRACT["relatedEntity"]),
        ("letter", None),
        ("something new", [{"id": "B-1", "@referredType": "CustomerBill"}]),
    ],
)
def test_every_other_paper_stands_apart(word: str, about: object) -> None:
    assert columns_of("document", raw(documentType=word, relatedEntity=about))["parent"] == APART


@pytest.mark.parametrize("doc", [b"[]", b'{"name": "no id"}', raw(name={"an": "object"})])
def test_what_cannot_be_understood_is_refused_by_both_readers(doc: bytes) -> None:
    with pytest.raises(Unreadable):
        read_paper(doc)
    with pytest.raises(Unreadable):
        columns_of("document", doc)
