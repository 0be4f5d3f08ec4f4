"""The dossier: what is within it, names or initials, its first page, its sections, and its files."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pypdfium2
import pytest
from case_desk import BOOK, case_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.case.notebook import Attached, DeadTime
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, Note, TicketState
from selfcare.host.folders import resource
from selfcare.paper.maker import dossier_pdf
from selfcare.viewmodel.dossier import DossierFacts, chosen_of, dossier
from selfcare.viewmodel.dossier_choices import scope_of, topic_choices
from selfcare.viewmodel.dossier_claims import claims_of
from selfcare.viewmodel.dossier_files import Proof, marked, proofs_of, safe_name
from selfcare.viewmodel.dossier_scope import Names, Scope, in_parts, short
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
DIGEST = "0123456789abcdef" * 4


def facts(**more: object) -> DossierFacts:
    made = DossierFacts(
        case_facts(),
        samples.customer(),
        samples.bills(),
        samples.payments(),
        samples.letters(),
        files=marked([(Proof("Bill 1", "Bill 1.pdf", "D-780123467"), 4711, DIGEST)], "proofs"),
    )
    return replace(made, **more)


def test_every_section_is_there_and_the_pdf_has_bookmarks_contents_and_page_numbers() -> None:
    printed = dossier(facts(), Scope(), WORDS, TODAY, NOW)
    pdf = dossier_pdf(printed, resource("letters"))
    assert pdf.unprintable == ""
    document = pypdfium2.PdfDocument(pdf.pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        marks = [mark.get_title() for mark in document.get_toc()]
    finally:
        document.close()
    assert marks == ["In short", *(f"{n}. {s.title}" for n, s in enumerate(printed.sections, start=1))]
    assert "In short" in pages[0]
    assert "What is asked for" in pages[0]
    assert "Contents" in pages[0], "the summary is one page, with the contents where there is room"
    assert "1. Time line" in pages[1]
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text.replace("\r\n", " ")
    whole = " ".join(" ".join(pages).split())
    for said in ("calls back within 72 hours", "He could read no note.", "R-7", "48213", "4,711", "0123456789abcdef"):
        assert said in whole, said


def test_whatever_was_written_stands_there_whole_and_so_do_the_numbers_of_its_proofs() -> None:
    long = "The agent would not pass me on to level 2. " * 60
    kept = Attached("Photo.jpg", "case:photo", 4711, DIGEST)
    noted = replace(BOOK.contacts[0], said=f"{long}END: HE PROMISED 500 EUROS.", files=(kept,))
    logged = replace(case_facts().contacts[0], what=f"{long}END: LOGGED.")
    ticket = replace(
        samples.tickets()[0], text=f"{long}END: TOLD.", notes=(Note("Customer", NOW, f"{long}END: NOTED."),)
    )
    message = replace(case_facts().messages[0], text=f"{long}END: SENT.")
    case = case_facts(replace(BOOK, contacts=(noted, *BOOK.contacts[1:])))
    made = facts(
        case=replace(case, contacts=(logged,), tickets=(ticket,), messages=(message,)),
        files=marked([(Proof("Photo.jpg", "Photo.jpg", kept.kept_as), 4711, DIGEST)], "proofs"),
    )
    printed = dossier(made, Scope(), WORDS, TODAY, NOW)
    cell = next(row[4] for row in printed.sections[2].rows if "500 EUROS" in row[4])
    assert cell.endswith("500 EUROS.\nP1")
    document = pypdfium2.PdfDocument(dossier_pdf(printed, resource("letters")).pdf)
    try:
        whole = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()
    for end in ("END: HE PROMISED 500 EUROS.", "END: LOGGED.", "END: TOLD.", "END: NOTED.", "END: SENT."):
        assert end in whole, end


def test_a_long_story_stays_one_page_of_summary() -> None:
    book = replace(BOOK, complaint=replace(BOOK.complaint, topic="x " * 400, wanted="y " * 900))
    many = tuple(
        replace(
            BOOK.words[0], id=f"W-{n}", said="said " * 60, due=NOW - timedelta(days=n + 1), given=NOW - timedelta(90)
        )
        for n in range(60)
    )
    printed = dossier(facts(case=case_facts(replace(book, words=many))), Scope(), WORDS, TODAY, NOW)
    document = pypdfium2.PdfDocument(dossier_pdf(printed, resource("letters")).pdf)
    try:
        contents = document[1].get_textpage().get_text_range()
        assert "Contents" in contents
        assert "10. Files" in contents, "the contents stand together"
        assert contents.count("1. Time line") == 2, "and the story begins below them"
        assert "Contents" not in document[0].get_textpage().get_text_range()
    finally:
        document.close()


def test_markup_in_what_was_said_is_only_text() -> None:
    evil = replace(BOOK.contacts[0], said='#read("/etc/passwd") $x$ = *bold* <label> [x]')
    printed = dossier(facts(case=case_facts(replace(BOOK, contacts=(evil,)))), Scope(), WORDS, TODAY, NOW)
    document = pypdfium2.PdfDocument(dossier_pdf(printed, resource("letters")).pdf)
    try:
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()
    assert '#read("/etc/passwd") $x$ = *bold*' in text


def test_days_and_topic_choose() -> None:
    chosen = chosen_of(facts(), Scope(date(2026, 11, 18), TODAY), NOW)
    assert [t.noted.id for t in chosen.told if t.noted] == ["N-2"]
    assert all(b.day is None or b.day >= date(2026, 11, 18) for b in chosen.facts.bills)
    ticket = scope_of("ticket/48213", "Ticket", None, None, samples.tickets(), samples.lines(), initials=False)
    only = chosen_of(facts(), ticket, NOW)
    assert [t.id for t in only.facts.case.tickets] == ["48213"]
    assert [t.noted.id for t in only.told if t.noted] == ["N-1"]
    assert only.facts.bills == ()
    assert only.facts.case.messages == ()
    line = scope_of("line/PR-1", "Line", TODAY, date(2026, 1, 1), samples.tickets(), samples.lines(), initials=False)
    assert (line.start, line.end) == (date(2026, 1, 1), TODAY)
    assert {"PR-1", "OP-1", "AG-1", "DV-1", "SV-1", "48213"} <= line.about
    bill = scope_of("bill/780123467", "Bill", None, None, samples.tickets(), samples.lines(), initials=False)
    assert [b.id for b in chosen_of(facts(), bill, NOW).facts.bills] == ["780123467"]
    assert [value for value, _ in topic_choices(samples.tickets(), samples.lines(), (), WORDS)][:2] == [
        "", "ticket/48213"
    ]  # fmt: skip


def test_initials_hide_every_name_of_theirs_and_none_of_ours() -> None:
    named = dossier(facts(), Scope(), WORDS, TODAY, NOW)
    hidden = dossier(facts(), Scope(initials=True), WORDS, TODAY, NOW)

    def all_of(printed: object) -> str:
        return repr([(s.rows, s.title) for s in printed.sections]) + repr(printed.points)  # type: ignore[attr-defined]

    for name in ("Marc", "Dubois", "Zoé", "Ines"):
        assert name in all_of(named), name
        assert name not in all_of(hidden), name
    assert "M. D." in all_of(hidden)
    assert "Claire Martin" in hidden.title


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[A-Z][a-zé]{2,8}( [A-Z][a-z]{2,8})?", fullmatch=True), min_size=1, max_size=5))
def test_no_name_is_left_in_any_sentence(names: list[str]) -> None:
    said = Names(names, initials=True).of(" then ".join(names) + ".")
    for name in names:
        assert name not in said.split(" then ")


def test_names_are_said_as_they_are_unless_asked() -> None:
    assert Names(["Marc"], initials=False).of("Marc said") == "Marc said"
    assert short("Jean-Luc de Marc") == "J. L. D. M."
    assert in_parts(DIGEST).replace("\n", " ").split() == ["0123456789abcdef"] * 4


def test_proofs_are_those_within_the_scope_and_none_twice() -> None:
    case = case_facts()
    found = proofs_of(
        Scope(date(2026, 11, 1), TODAY), case.notebook, samples.bills(), samples.contracts(), samples.letters(), WORDS,
        case.zone,
    )  # fmt: skip
    kept = [p.kept_as for p in found]
    assert kept == ["case file:1", "D-780123467", "D-AG-1"]
    twice = proofs_of(Scope(), case.notebook, samples.bills() * 2, (), (), WORDS, case.zone)
    assert len({p.kept_as for p in twice}) == len(twice)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("Été 2026.PDF", "Ete 2026.pdf"),
        ("Bill.pdf.pdf", "Bill.pdf"),
        ("", "file"),
        ("con\x00.txt", "con.txt"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_names_of_files_are_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_claims_are_worked_out_and_what_is_not_sure_says_so() -> None:
    dead = replace(
        samples.tickets()[0], id="T-9", kind="Incident", severity="Critical", about=(EntityRef("Product", "PR-2"),),
        created=NOW - timedelta(days=9), state=TicketState.RESOLVED, resolved=NOW - timedelta(days=1),
    )  # fmt: skip
    case = replace(case_facts(), tickets=(dead,), operator="BT")
    claims = claims_of(facts(case=case, fixed_ids=frozenset({"PR-2"}), bills=()), WORDS, NOW)
    assert len(claims) == 1
    assert claims[0].amount is not None
    # reported Thu 12 Nov; the second full working day is Mon 16; restored Fri 20: 16 (end of), then 17, 18, 19
    assert claims[0].amount == samples.gbp("10.34") * 4
    other = claims_of(facts(case=replace(case, operator="Nobody"), fixed_ids=frozenset({"PR-2"}), bills=()), WORDS, NOW)
    assert [(c.amount, c.is_certain) for c in other] == [(None, False)]
    mobile = claims_of(facts(case=case, bills=()), WORDS, NOW)
    assert mobile == ()


def test_an_empty_choice_is_said_and_not_invented() -> None:
    printed = dossier(facts(files=()), Scope(date(1999, 1, 1), date(1999, 1, 2)), WORDS, TODAY, NOW)
    assert printed.points == ("Nothing is recorded for this choice.",)
    assert all(s.rows == () for s in printed.sections if s.title != "Where the complaint stands")
    assert dossier_pdf(printed, resource("letters")).pdf.startswith(b"%PDF")


def test_the_first_page_says_what_the_hours_without_service_are_counted_from() -> None:
    spell = DeadTime(NOW - timedelta(hours=30), NOW - timedelta(hours=6))
    dead = replace(samples.tickets()[0], severity="Critical", kind="Incident", created=NOW - timedelta(hours=8))
    book = replace(BOOK, without_service=(spell,))
    case = replace(case_facts(book), tickets=(dead,), problems=())
    printed = dossier(facts(case=case), Scope(), WORDS, TODAY, NOW)
    assert ("30", "hours without service") in [(one.figure, one.label) for one in printed.figures]
    told = [point.replace("\u00a0", " ") for point in printed.points if point.startswith("Without service")]
    assert told == [
        "Without service by the operator’s critical tickets: 48213.",
        "Without service by the customer’s own notes: From Fri 20 Nov 2026, 04:50 until Sat 21 Nov 2026, 04:50.",
    ]
    assert [row[1] for row in printed.sections[0].rows if "own note" in row[1]] == [
        "Without service from now on, by the customer’s own note", "Service is back, by the customer’s own note"
    ]  # fmt: skip
    later = dossier(facts(case=case), Scope(date(2026, 11, 21), TODAY), WORDS, TODAY, NOW)
    assert not [point for point in later.points if "own notes" in point], "it began before the days that were chosen"


@pytest.mark.parametrize("height", range(22, 28))
def test_no_section_begins_at_the_foot_of_a_page_and_goes_on_without_its_head(height: int) -> None:
    many = tuple(
        replace(BOOK.contacts[0], id=f"C-{n}", started=NOW - timedelta(days=n + 1), ended=None) for n in range(height)
    )
    book = replace(BOOK, contacts=many)
    printed = dossier(facts(case=case_facts(book)), Scope(), WORDS, TODAY, NOW)
    document = pypdfium2.PdfDocument(dossier_pdf(printed, resource("letters")).pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    note = "Every date that was named is listed"
    (page,) = [text for text in pages if note in text]
    assert "What became of it" in page[page.index(note) :]


def test_every_sentence_on_paper_has_its_year_and_no_day_is_torn() -> None:
    printed = dossier(facts(), Scope(), WORDS, TODAY, NOW)
    promises, ladder = printed.sections[1], printed.sections[8]
    said = [row[-1] for row in (*promises.rows, *ladder.rows)]
    days = [one for one in said if re.search(r"\b(Oct|Nov|Dec)\b", one)]
    assert len(days) >= 4
    assert any("No day was named" in one for one in days)
    for one in days:
        assert re.search(r"\d\u00a0(Oct|Nov|Dec) 20\d\d", one), one
        assert not re.search(r"\d (Oct|Nov|Dec)", one), one
