"""A promise in the operator's own message or log is taken into the ledger with its words and its day."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from case_desk import BOOK, case_facts

from selfcare.case.notebook import with_word
from selfcare.case.promises import PromiseState, promises_from
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, Note
from selfcare.viewmodel.case_file import case_file_view
from selfcare.viewmodel.case_noting import DueForm, due_view
from selfcare.viewmodel.case_promised import promised_in, taken_in, word_of
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
ZONE = ZoneInfo("Europe/London")
SENT = NOW - timedelta(days=4)
SMS = Message(
    "M-1", "sms", "", "Hello. Thank you for 2.5 GB of patience! Level 2 calls back within 72 hours. Bye", SENT
)
ABOUT = EntityRef("TroubleTicket", "48213")
ENTRY = Contact(
    "I-1", "Call", "", True, "phone", "Alex", SENT, SENT + timedelta(minutes=9), about=(ABOUT,),
    notes=(Note("Priya", SENT, "A manager will call you tomorrow"),), others=("Priya",),
)  # fmt: skip


def test_the_sentence_with_a_deadline_and_the_day_it_was_given_are_filled_in() -> None:
    found = promised_in("CommunicationMessage/M-1", [SMS], [], ZONE, "GB")
    assert found is not None
    assert (found.said, found.given, found.who) == ("Level 2 calls back within 72 hours.", SENT, "")
    logged = promised_in("PartyInteraction/I-1", [SMS], [ENTRY], ZONE, "GB")
    assert logged is not None
    assert (logged.said, logged.given, logged.who) == ("A manager will call you tomorrow", ENTRY.ended, "Priya")
    assert logged.about == (EntityRef("PartyInteraction", "I-1"), ABOUT)
    assert promised_in("PartyInteraction/I-9", [SMS], [ENTRY], ZONE, "GB") is None
    plain = promised_in("CommunicationMessage/M-1", [replace(SMS, text="We  are\nsorry", sent=None)], [], ZONE, "GB")
    assert plain is not None
    assert (plain.said, plain.given) == ("We are sorry", None)


def test_an_endless_text_is_looked_at_in_part() -> None:
    long = replace(SMS, text="x" * 2_000_000 + " within 2 hours")
    found = promised_in("CommunicationMessage/M-1", [long], [], ZONE, "GB")
    assert found is not None
    assert found.said == "x" * 300


def test_it_has_a_clock_and_is_not_offered_twice() -> None:
    facts = replace(case_facts(), messages=(SMS,), contacts=())
    before = [e.source for e in case_file_view(facts, WORDS, TODAY, NOW).entries if e.kind == "message"]
    assert before == ["CommunicationMessage/M-1"]
    found = promised_in(before[0], facts.messages, (), ZONE, "GB")
    assert found is not None
    view = due_view(found.said, DueForm(), SENT, "GB", ZONE, WORDS, TODAY)
    word = word_of(found, "W-7", found.said, "call", view, SENT)
    book = with_word(replace(BOOK, words=()), word)
    (promise,) = promises_from((), (), (), NOW, book)
    assert (promise.state, promise.due) == (PromiseState.MISSED, SENT + timedelta(hours=72))
    assert taken_in(book.words) == {"CommunicationMessage/M-1"}
    after = case_file_view(replace(facts, notebook=book), WORDS, TODAY, NOW).entries
    assert [e.source for e in after if e.kind == "message"] == [""]
