"""Letters and checklists as PDF: archivable, tagged, in their language, in the window of the envelope, never markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from paper_sheets import TEMPLATES, a_checklist, a_letter, flat, inside, place_of, texts

from selfcare.domain.failures import PaperTrouble
from selfcare.domain.marks import MOST_MARKS
from selfcare.paper.letter import BLANK, Form
from selfcare.paper.maker import LARGEST, NO_SIGN, checklist_pdf, letter_pdf, printable


@pytest.mark.parametrize("pdf", [letter_pdf(a_letter(), TEMPLATES).pdf, checklist_pdf(a_checklist(), TEMPLATES).pdf])
def test_a_paper_is_tagged_and_says_that_it_is_archivable(pdf: bytes) -> None:
    content = inside(pdf)
    for needed in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/OutputIntent", b"/DisplayDocTitle true"):
        assert needed in content, needed
    for claim in (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:conformance>A</pdfaid:conformance>", b"<pdfuaid:part>1<"):
        assert claim in content, claim
    assert b"/Encrypt" not in content
    assert b"/JavaScript" not in content
    assert b"/FontFile" in content, "the face is inside"


@pytest.mark.parametrize(("language", "region", "said"), [("fr", "FR", b"(fr-FR)"), ("en", "GB", b"(en-GB)")])
def test_a_letter_names_its_language(language: str, region: str, said: bytes) -> None:
    content = inside(letter_pdf(a_letter(language=language, region=region), TEMPLATES).pdf)
    assert b"/Lang " + said in content or b"/Lang" + said in content


def test_headings_paragraphs_and_lists_are_tagged_as_such() -> None:
    content = inside(letter_pdf(a_letter(), TEMPLATES).pdf)
    for tag in (b"/H1", b"/P", b"/L", b"/LI"):
        assert b"/S" + tag in content or b"/S " + tag in content, tag


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter_pdf(a_letter(), TEMPLATES) == letter_pdf(a_letter(), TEMPLATES)
    assert letter_pdf(a_letter(), TEMPLATES).pdf != letter_pdf(a_letter(name="Jean"), TEMPLATES).pdf


def test_everything_of_a_letter_can_be_selected() -> None:
    letter = a_letter()
    said = flat("".join(texts(letter_pdf(letter, TEMPLATES).pdf)))
    for part in (*letter.sender, *letter.recipient, letter.sending, letter.place_and_day, letter.greeting):
        assert flat(part) in said, part
    for part in ("06 99 00 12 34", "Objet :", letter.subject, "un autre", letter.closing, "Copie du contrat"):
        assert flat(part) in said, part


@pytest.mark.parametrize(
    ("form", "left", "top", "right", "bottom"),
    [(Form.FR, 100, 45, 190, 79), (Form.GB, 20, 57, 100, 81), (Form.US, 22, 63.5, 111, 92)],
)
def test_the_address_stands_in_the_window_however_the_sheet_slides(
    form: Form, left: float, top: float, right: float, bottom: float
) -> None:
    letter = a_letter(form=form, recipient=("Orvane Mobile", "Complaints", "1 Example Wharf", "London E1 0XX"))
    pdf = letter_pdf(letter, TEMPLATES).pdf
    for line in letter.recipient:
        place = place_of(pdf, line)
        assert left <= place[0] < place[2] <= right, (line, place)
        assert top <= place[1] < place[3] <= bottom, (line, place)
    for line in (letter.sender[1], letter.subject, letter.place_and_day):
        place = place_of(pdf, line)
        assert place[3] < top or place[1] > bottom - 6 or place[2] < left, "nothing else shows in the window"


@pytest.mark.parametrize("form", list(Form))
def test_a_long_letter_keeps_its_signature_with_its_last_paragraph(form: Form) -> None:
    for many in range(18, 34, 2):
        letter = a_letter(form=form, paragraphs=("Une phrase assez longue pour tenir sur deux lignes. " * 3,) * many)
        pages = texts(letter_pdf(letter, TEMPLATES).pdf)
        last = next(page for page in pages if "salutations" in page)
        assert "Signature" in last
        assert "Une phrase" in last
        assert len(pages) == 1 or f"1 / {len(pages)}" in pages[0]


HOSTILE = [
    "#let x = 1; #panic()",
    "$ a^2 $ *bold* _it_ @cite <label> [block] `raw` = heading - item + item / term: x // comment /* more */",
    '\\ \\u{41} "quoted" #"string" ~ -- --- ...',
    "<script>alert(1)</script> &amp;",
    "https://example.org/a?b=c#d mail@example.org",
    "\u202egnirts desrever\u202c \u2066isolated\u2069",
    "\u200fשלום\u200f مرحبا",
    "NUL \x00 bell \x07 escape \x1b[31m del \x7f",
    "x" * 5000,
    "a word and " * 450,
    "tab\tand\r\nlines\rend\u2028here",
    "\ud800 lone \ue000 private \ufffe",
    "A\u0301\u0302\u0303 " * 20,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_in_every_place(text: str) -> None:
    letter = a_letter(
        sender=(text[:200],), recipient=(text[:200],), subject=text, name=text[:200], paragraphs=(text, (text,)),
        references=((text[:60], text[:60]),), enclosures=(text[:300],),
    )  # fmt: skip
    made = letter_pdf(letter, TEMPLATES)
    said = flat("".join(texts(made.pdf)))
    plain = printable(text)
    assert made.unprintable == ""
    if "ש" not in text and "\u0301" not in text:
        body = flat(plain)
        rest = said.replace(flat("Lettrerecommandée"), "")
        assert body[:60] in rest
        assert rest.count(body[:20]) >= 3 or not body
    for page in pypdfium2.PdfDocument(made.pdf):
        textpage = page.get_textpage()
        for n in range(textpage.count_rects()):
            left, bottom, right, top = textpage.get_rect(n)
            assert 0 < left < right < page.get_width() - 20, "nothing runs over the edge"
            assert 0 < bottom < top < page.get_height()


def test_what_turns_the_words_after_it_is_taken_out() -> None:
    assert printable("a\u202eb\u202cc\u2066d\u2069\ufeff\x00\x07e") == "abcde"
    assert printable("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
    assert printable("\ud800\ue000") == NO_SIGN * 2
    assert printable(BLANK * 3) == BLANK * 3
    assert printable("x" * 40) == "\u200b".join(["x" * 8] * 5)


@pytest.mark.parametrize("mark", ["\u0301", "\u200d", "\ufe0f"])
def test_a_tower_of_accents_costs_no_more_than_a_few(mark: str) -> None:
    text = "a" + mark * 20_000 + "b"
    assert len(printable(text)) <= MOST_MARKS + 2
    assert letter_pdf(a_letter(sender=(text,), name=text), TEMPLATES).unprintable == ""


def test_signs_that_no_font_has_are_named_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    import typst

    plain = typst.compile

    def without_system(*args: Any, **named: Any) -> Any:
        return plain(*args, **{**named, "ignore_system_fonts": True})

    monkeypatch.setattr(typst, "compile", without_system)
    made = letter_pdf(a_letter(subject="Le 😀 中文 contrat", name="👨\u200d👩"), TEMPLATES)
    assert set(made.unprintable) == set("中文👨👩") | (set(made.unprintable) & {"😀"})
    assert NO_SIGN in "".join(texts(made.pdf))
    many = "".join(chr(0x4E00 + n * 7) for n in range(80))
    made = letter_pdf(a_letter(subject=many), TEMPLATES)
    assert set(many) <= set(made.unprintable)
    assert "Résiliation" not in made.unprintable


def test_a_book_is_refused_and_a_broken_template_is_said(tmp_path: Path) -> None:
    with pytest.raises(PaperTrouble) as trouble:
        letter_pdf(a_letter(paragraphs=("x " * LARGEST,)), TEMPLATES)
    assert trouble.value.what == "too_large"
    (tmp_path / "letter.typ").write_text("#panic()", "utf-8")
    with pytest.raises(PaperTrouble) as trouble:
        letter_pdf(a_letter(), tmp_path)
    assert trouble.value.what == "unmade"


def test_no_step_of_a_checklist_is_torn_in_two() -> None:
    pages = texts(checklist_pdf(a_checklist(), TEMPLATES).pdf)
    assert len(pages) > 1
    for n in range(30):
        page = next(page for page in pages if f"Step {n}\r\n" in page or f"Step {n}\n" in page)
        assert f"Day {n}\r\n" in page or f"Day {n}\n" in page
