"""How old a page is, and why a place is empty: each state has its own words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.failures import BadCertificate, Failure, NotAnAnswer, NotOffered, Offline, ServerTrouble, SignedOut
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.viewmodel.ages import absence_of, age_of, trouble_of
from selfcare.viewmodel.rounds import left_alone, too_soon
from tests.samples import TODAY, words

LONDON = ZoneInfo("Europe/London")
EARLY = datetime(2026, 11, 20, 19, 10, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)


def part(seen: datetime | None = LATE, failure: Failure | None = None, **more: object) -> Freshness:
    return Freshness(Topic.BILLS, seen, LATE, failure, **more)  # type: ignore[arg-type]


def said(*parts: Freshness) -> str:
    return age_of(parts, words(), LONDON, TODAY).text


def test_the_oldest_part_decides() -> None:
    assert said(part(LATE), part(EARLY)) == "As your operator said on Fri 20 Nov, 19:10"


def test_four_states_are_four_sentences() -> None:
    sentences = {
        said(part()),
        said(part(failure=Offline())),
        said(part(failure=SignedOut())),
        said(part(failure=ServerTrouble(500))),
        said(part(None)),
        said(part(None, Offline())),
        said(part(None, SignedOut())),
    }
    assert len(sentences) == 7


def test_offline_is_normal_and_says_so() -> None:
    age = age_of((part(EARLY, Offline()),), words(), LONDON, TODAY)
    assert age.text == "Offline. Last read Fri 20 Nov, 19:10"
    assert age.is_offline
    assert trouble_of((part(EARLY, Offline()),), words()) is None


def test_signed_out_asks_for_a_button() -> None:
    assert age_of((part(failure=SignedOut()),), words(), LONDON, TODAY).needs_sign_in


def test_what_is_not_offered_does_not_age_a_page() -> None:
    assert said(part(), part(None, NotOffered("TMF656"), offered=False)) == said(part())


def test_trouble_is_a_banner() -> None:
    notice = trouble_of((part(), part(failure=BadCertificate())), words())
    assert notice is not None
    assert "prove" in notice.sentence


def test_a_banner_knows_whether_anything_was_read() -> None:
    cut = NotAnAnswer("truncated")
    first = trouble_of((part(None, cut), part(None)), words())
    assert first is not None
    assert first.advice.startswith("Nothing has been read here yet.")
    later = trouble_of((part(EARLY, cut), part(None)), words())
    assert later is not None
    assert later.advice.startswith("You see the last good one.")


def test_a_part_that_was_never_read_shows_no_last_good_data_of_it() -> None:
    notice = trouble_of((part(None, NotAnAnswer("truncated")), part()), words())
    assert notice is not None
    assert notice.advice.startswith("A part of this page has not been read yet.")


def test_an_empty_place_shows_nothing_that_was_last_read() -> None:
    absence = absence_of(part(None, Offline()), "No bill yet", words())
    assert absence.title == "Your operator cannot be reached."
    assert absence.text.startswith("Nothing has been read here yet.")


def test_documents_that_were_left_out_are_counted() -> None:
    notice = trouble_of((part(left_out=1), part(left_out=2)), words())
    assert notice is not None
    assert notice.sentence.startswith("3 documents that came do not name you")
    assert absence_of(part(left_out=1), "None", words()).title.startswith("1 document that came does not name you")


def test_unreadable_documents_are_counted() -> None:
    notice = trouble_of((part(unreadable=1), part(unreadable=2)), words())
    assert notice is not None
    assert notice.sentence.startswith("3 documents")


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (part(), "nothing"),
        (None, "neverRead"),
        (part(None), "neverRead"),
        (part(None, offered=False), "notOffered"),
        (part(failure=NotOffered("TMF678")), "notOffered"),
        (part(None, ServerTrouble(500)), "failed"),
        (part(None, Offline()), "failed"),
        (part(unreadable=3), "failed"),
        (part(left_out=3), "failed"),
        (part(failure=Offline()), "nothing"),
    ],
)
def test_an_empty_place_says_why(found: Freshness | None, kind: str) -> None:
    absence = absence_of(found, "No bill yet", words())
    assert absence.kind == kind
    assert (absence.title == "No bill yet") == (kind == "nothing")


def test_papers_are_no_part_of_a_pages_age_nor_of_its_trouble() -> None:
    papers = Freshness(Topic.PAPERS, None, LATE, ServerTrouble(500))
    assert said(part(), papers) == "As your operator said on Sat 21 Nov, 10:42"
    assert trouble_of((part(), papers), words()) is None


def test_one_document_is_told_of_as_one() -> None:
    for unreadable, sentence in ((1, "It is kept as it came"), (2, "They are kept as they came")):
        notice = trouble_of((part(unreadable=unreadable),), words())
        assert notice is not None
        assert notice.advice.startswith(sentence)


def test_a_press_that_begins_nothing_says_whose_patience_it_is() -> None:
    until = LATE + timedelta(seconds=75, milliseconds=1)
    ours = too_soon(until, LATE, words())
    assert "operator" not in ours.sentence + ours.advice
    assert "in 76 seconds" in ours.advice
    asked, in_trouble = (left_alone(until, LATE, words(), LONDON, asked=asked).sentence for asked in (True, False))
    assert asked == "Your operator asks for patience until Sat 21 Nov, 10:43."
    assert in_trouble.startswith("Your operator’s system has had faults")
