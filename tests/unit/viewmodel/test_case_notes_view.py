"""Notes as they are shown: beside the operator's log, promises without a day, what is refused, and the way up."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from case_desk import BOOK, CALL, COMPLAINT, MISSED, SALES, case_facts

from selfcare.case.contacts import Told, Totals
from selfcare.case.deadlines import Term, Unit, working_days
from selfcare.case.notebook import DeadTime, Notebook, Outcome
from selfcare.case.promises import PromiseState, Record, promises_from
from selfcare.domain.commands import SendContact
from selfcare.domain.contacts import Contact
from selfcare.domain.records import replace
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.viewmodel.case_complaint import Applicant, application_text, complaint_fields
from selfcare.viewmodel.case_entries import entries_of
from selfcare.viewmodel.case_file import case_file_view, contacts_word, people_word, silent_figure
from selfcare.viewmodel.case_ladder import ladder_view
from selfcare.viewmodel.case_noting import (
    DueForm,
    about_choices,
    about_from,
    clock_text,
    command_of,
    due_choices,
    due_view,
    refusal,
    settled,
    word_from,
)
from selfcare.viewmodel.case_promises import promise_row, record_sentence
from selfcare.viewmodel.case_raising import missed_notice
from selfcare.viewmodel.holder import ABOUT
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
ZONE = ZoneInfo("Europe/London")
PASSED = "That day had passed when it was said: choose another."


def test_notes_and_the_log_stand_in_one_line_with_who_tells_what() -> None:
    view = case_file_view(case_facts(), WORDS, TODAY, NOW)
    noted = {e.noted_id: e for e in view.entries if e.noted_id}
    assert noted["N-1"].title == "He could read no note."
    assert noted["N-1"].quote == "“Marc Dubois will see to it.”"
    assert "passed on 3 times · reference R-7" in noted["N-1"].text
    assert noted["N-1"].files == (("red light.jpg", "case file:1"),)
    assert noted["N-2"].tag is not None
    assert noted["N-2"].tag.text == "sales"
    figures = {t.label: t.figure for t in view.totals}
    assert (figures["contacts"], figures["times passed on"], figures["sales call"]) == ("4", "3", "1")
    assert "Orvane Mobile missed 5 of 6 promises whose day has come." in view.record


def test_a_promise_without_a_day_stands_last_with_its_age() -> None:
    row = case_file_view(case_facts(), WORDS, TODAY, NOW).promises[-1]
    assert (row.tag.text, row.quote, row.word_id) == ("no day named", "“soon”", "W-2")
    assert row.sentence == "Said Tue 17 Nov, 10:50, 4 days ago. No day was named."
    dropped = replace(BOOK, words=(settled(BOOK.words[1], Outcome.WITHDRAWN, NOW),))
    row = next(r for r in case_file_view(case_facts(dropped), WORDS, TODAY, NOW).promises if r.word_id == "W-2")
    assert (row.tag.text, row.is_settled, row.may_reopen) == ("dropped", True, True)


def test_a_note_says_where_its_way_into_the_log_stands() -> None:
    def tag(*waiting: Waiting) -> tuple[str, bool]:
        facts = replace(case_facts(Notebook((CALL,))), waiting=waiting, contacts=())
        entry = next(e for e in case_file_view(facts, WORDS, TODAY, NOW).entries if e.noted_id)
        assert entry.tag is not None
        return entry.tag.text, entry.may_send

    command = command_of(CALL)
    assert isinstance(command, SendContact)
    assert tag() == ("not in your operator’s log", True)
    assert tag(Waiting("w", command, WaitingState.NEW, NOW)) == ("waiting to be sent", False)
    assert tag(Waiting("w", command, WaitingState.DONE, NOW)) == ("sent to your operator’s log", False)
    assert tag(Waiting("w", command, WaitingState.REJECTED, NOW)) == ("not in your operator’s log", True)


@pytest.mark.parametrize(
    ("said", "form", "sentence", "wrong"),
    [
        ("calls back within 72 hours", DueForm(), "Due Tue 24 Nov, 10:50 (72 hours by the clock).", False),
        ("soon", DueForm(), "No day is named: it is kept with its age, without a clock.", False),
        ("x", DueForm(Unit.WORKING_DAYS, 2), "Due Tue 24 Nov, 23:59 (2 working days).", False),
        ("x", DueForm(Unit.MOMENT, 0, date(2026, 11, 20)), PASSED, True),
    ],
)  # fmt: skip
def test_how_a_promise_is_understood_is_said_while_it_is_typed(
    said: str, form: DueForm, sentence: str, wrong: bool
) -> None:
    view = due_view(said, form, NOW, "GB", ZONE, WORDS, TODAY)
    assert (view.sentence, view.is_wrong) == (sentence, wrong)


def test_working_days_of_an_unknown_country_are_not_guessed() -> None:
    view = due_view("in two working days", DueForm(), NOW, "DE", ZONE, WORDS, TODAY)
    assert (view.due, view.is_wrong, view.term) == (None, True, Term())


def test_what_a_note_becomes() -> None:
    view = due_view("within 2 hours", DueForm(), CALL.started, "GB", ZONE, WORDS, TODAY)
    word = word_from(CALL, "W-9", " within 2 hours ", "code", view)
    assert (word.who, word.said, word.due, word.given) == (
        "Marc Dubois", "within 2 hours", CALL.started + timedelta(hours=2), CALL.ended
    )  # fmt: skip
    rows = dict(about_choices(samples.tickets(), samples.bills()[:1], samples.lines(), WORDS))
    assert list(rows)[:2] == ["", "TroubleTicket/48213"]
    assert "Leaving/" in rows
    assert [about_from(value)[0].kind for value in rows if value.startswith("Holder")] == [ABOUT]
    assert about_from("CustomerBill/780123467")[0].id == "780123467"
    assert about_from("") == ()
    assert [clock_text(s) for s in (-4, 7, 751, 3729)] == ["0:00", "0:07", "12:31", "1:02:09"]
    assert refusal("negative", WORDS) == "It ends before it begins. Please correct one of the two."


def test_the_way_up_says_what_is_open_and_never_asserts_what_is_not_sure() -> None:
    facts = case_facts()
    view = ladder_view(COMPLAINT, "GB", facts.rules, WORDS, TODAY)
    assert view is not None
    assert view.since == "First complaint Mon 5 Oct: 6 weeks ago."
    steps = {step.title: step for step in view.steps}
    scheme, court = steps["The ombudsman scheme, free"], steps["A court"]
    assert (scheme.tag.text, scheme.letter, scheme.caution) == ("open today", "text", "")
    assert (court.tag.text, court.letter) == ("seems open", "")
    assert court.caution.startswith("Not certain")
    early = ladder_view(replace(COMPLAINT, first=date(2026, 11, 20)), "GB", facts.rules, WORDS, TODAY)
    assert early is not None
    assert next(s for s in early.steps if s.title == scheme.title).days == "Opens Fri 1 Jan 2027, in 41 days."
    unsaid = ladder_view(replace(COMPLAINT, first=None), "GB", facts.rules, WORDS, TODAY)
    assert unsaid is not None
    assert unsaid.ask
    assert ladder_view(COMPLAINT, "DE", facts.rules, WORDS, TODAY) is None


def test_the_year_to_claim_money_back_is_counted_from_its_payment() -> None:
    facts = case_facts(country="FR")
    paid = replace(COMPLAINT, paid=date(2025, 12, 1))
    view = ladder_view(paid, "FR", facts.rules, WORDS, TODAY)
    assert view is not None
    bar = next(s for s in view.steps if s.title == "Claim back what was wrongly paid")
    assert (bar.tag.text, bar.days, bar.letter) == ("open today", "Last day Tue 1 Dec, in 10 days.", "overpayment")
    late = ladder_view(replace(paid, paid=date(2025, 11, 20)), "FR", facts.rules, WORDS, TODAY)
    assert late is not None
    assert next(s for s in late.steps if s.title == bar.title).tag.text == "too late"


def test_each_country_asks_for_its_own_days() -> None:
    names = {country: [n for n, _ in complaint_fields(country, WORDS)] for country in ("GB", "FR", "US", "DE")}
    assert names["DE"] == ["first"]
    assert "deadlock" in names["GB"]
    assert "desk" in names["FR"]
    assert "served" in names["US"]


def test_the_text_for_a_form_is_facts_alone() -> None:
    facts = case_facts()
    promises = promises_from(facts.tickets, (), facts.problems, NOW, facts.notebook)
    said = application_text(
        Applicant("Claire Martin", "C-1001", "Orvane Mobile"), COMPLAINT, Totals(4, timedelta(hours=1), 3), promises,
        WORDS, TODAY, NOW, ZONE,
    )  # fmt: skip
    assert "So far: 4 contacts, 60 minutes, 3 people." not in said
    assert "So far: 4 contacts, 1 hour, 3 people." in said
    assert "- A call back, promised by Marc Dubois, due Fri 20 Nov 2026, 10:50, late by 24 hours" in said
    assert "What I ask for: The pass, or £8.00 back" in said
    assert "ombudsman" not in said


def test_a_broken_promise_is_raised_with_its_words_and_several_as_a_number() -> None:
    found = promises_from((), (), (), NOW, replace(BOOK, contacts=(CALL, SALES), words=(MISSED,)))
    one = missed_notice(found, WORDS, ZONE, TODAY, NOW)
    assert one.sentence == "A promise was missed: A call back, promised by Marc Dubois."
    impossible = replace(found[0], state=PromiseState.VOID, given=found[0].due + timedelta(hours=1))
    assert not promise_row(impossible, WORDS, TODAY, NOW, ZONE).is_settled, "a new date can be named for it"
    fresh = missed_notice(found, WORDS, ZONE, TODAY, found[0].due + timedelta(seconds=20))
    assert fresh.advice == "It was due Fri 20 Nov, 10:50, just now."
    row = promise_row(found[0], WORDS, TODAY, found[0].due + timedelta(seconds=20), ZONE)
    assert row.sentence == "Was due Fri 20 Nov, 10:50, just now."
    assert (one.advice, one.action) == ("It was due Fri 20 Nov, 10:50, 24 hours ago.", "case")
    assert one.quote == "“calls back within 72 hours”"
    assert missed_notice(found * 3, WORDS, ZONE, TODAY, NOW).sentence == "3 promises were missed."


def test_a_running_note_is_told_apart() -> None:
    running = replace(CALL, is_running=True, ended=None, started=datetime.fromtimestamp(NOW.timestamp(), NOW.tzinfo))
    view = case_file_view(case_facts(Notebook((running,))), WORDS, TODAY, NOW)
    assert view.running == "N-1"
    entry = next(e for e in view.entries if e.noted_id)
    assert entry.tag is not None
    assert (entry.tag.text, entry.may_send) == ("running", False)


@pytest.mark.parametrize("country", ["GB", "FR", "US"])
def test_on_paper_each_day_of_the_way_up_has_its_year_and_none_counts_from_today(country: str) -> None:
    rules = case_facts(country=country).rules
    said = replace(COMPLAINT, answered=date(2026, 10, 20), desk=date(2026, 11, 1), served=date(2026, 11, 10))
    view = ladder_view(said, country, rules, WORDS, TODAY, is_printed=True)
    assert view is not None
    days = [step.days for step in view.steps if any(sign.isdecimal() for sign in step.days)]
    assert days
    for text in (*days, view.since):
        sentences = [part for part in text.split(". ") if any(sign.isdecimal() for sign in part)]
        assert all(re.search(r"\b20\d\d\b", part) for part in sentences), text
        assert "days" not in text


def test_what_is_years_away_is_not_counted_in_days() -> None:
    view = ladder_view(COMPLAINT, "GB", case_facts().rules, WORDS, TODAY)
    assert view is not None
    assert next(s.days for s in view.steps if s.title == "A court") == "Last day Tue 5 Oct 2032."


def test_noted_hours_without_service_are_in_the_totals_once() -> None:
    spells = (DeadTime(NOW - timedelta(hours=30), NOW - timedelta(hours=10)), DeadTime(NOW - timedelta(hours=20)))
    view = case_file_view(case_facts(replace(BOOK, without_service=spells)), WORDS, TODAY, NOW)
    assert {t.label: t.figure for t in view.totals}["hours without service"] == "30"
    on_the_way = replace(case_facts(), spells=(DeadTime(NOW - timedelta(minutes=40)),))
    short = case_file_view(on_the_way, WORDS, TODAY, NOW)
    assert {t.label: t.figure for t in short.totals}["without service"] == "40 minutes"
    assert "without service" not in repr(case_file_view(case_facts(), WORDS, TODAY, NOW).totals)


def test_one_is_said_as_one() -> None:
    assert contacts_word(1, WORDS) == "contact"
    assert people_word(1, WORDS) == "person spoken to, by name"
    assert silent_figure(timedelta(minutes=70), WORDS) == ("1", "hour without service")


def test_working_hours_are_asked_about_and_a_named_hour_is_no_end_of_a_day() -> None:
    asked = due_view("48 working hours", DueForm(), NOW, "GB", ZONE, WORDS, TODAY)
    assert (asked.due, asked.is_wrong) == (None, False)
    assert asked.sentence.startswith("Working hours are no hours by the clock")
    assert (
        due_view("by 5pm", DueForm(), NOW, "GB", ZONE, WORDS, TODAY).sentence == "Due Sat 21 Nov, 17:00 (by that hour)."
    )
    day = due_view("by 12 December", DueForm(), NOW, "GB", ZONE, WORDS, TODAY)
    assert day.sentence == "Due Sat 12 Dec, 23:59 (until the end of that day)."


def test_working_days_say_whose_holidays_they_leave_out_and_what_is_unclear_is_asked() -> None:
    friday = datetime(2026, 11, 20, 10, tzinfo=ZONE)
    scots = due_view("in 6 working days", DueForm(), friday, "GB", ZONE, WORDS, TODAY, working_days("GB", "GB-SCT"))
    assert scots.sentence == "Due Tue 1 Dec, 23:59 (6 working days, with the holidays of Scotland)."
    form = DueForm(Unit.WORKABLE_DAYS.value, 2)
    french = due_view("x", form, friday, "FR", ZONE, WORDS, TODAY)
    assert french.sentence == "Due Mon 23 Nov, 23:59 (2 working days, Saturdays counted)."
    assert Unit.WORKABLE_DAYS in dict(due_choices(WORDS, "FR"))
    assert Unit.WORKABLE_DAYS not in dict(due_choices(WORDS, "GB"))
    unclear = due_view("next Friday", DueForm(), NOW - timedelta(days=3), "GB", ZONE, WORDS, TODAY)
    assert (unclear.due, unclear.term) == (None, Term())
    assert unclear.sentence == "Which day or hour is meant cannot be told for sure: choose it here."


def test_a_court_in_scotland_can_be_asked_for_fewer_years() -> None:
    facts = case_facts()

    def last(nation: str) -> str:
        view = ladder_view(COMPLAINT, "GB", facts.rules, WORDS, TODAY, replace(facts, nation=nation).whose)
        assert view is not None
        return next(step.days for step in view.steps if step.title == "A court")

    assert "2032" in last("GB-ENG")
    assert "2031" in last("GB-SCT")


def test_the_way_up_says_where_and_an_aim_is_no_deadline() -> None:
    facts = case_facts()
    asked = replace(COMPLAINT, first=date(2026, 9, 1), asked=date(2026, 10, 20))
    view = ladder_view(asked, "GB", facts.rules, WORDS, TODAY)
    assert view is not None
    steps = {step.title: step for step in view.steps}
    scheme = steps["The ombudsman scheme, free"]
    assert scheme.days == "They aim to decide by Tue 1 Dec, in 10 days; it is no deadline."
    assert "Where: www.commsombudsman.org or www.cedr.com/consumer/cisas; your operator says which." in scheme.needs
    assert steps["Ask for a deadlock letter"].tag.text == "no longer needed"
    american = case_facts(country="US")
    late = replace(COMPLAINT, first=date(2026, 9, 1), served=date(2026, 10, 1))
    view = ladder_view(late, "US", american.rules, WORDS, TODAY)
    assert view is not None
    informal, formal = view.steps[1:3]
    assert (informal.tag.text, informal.letter) == ("answer overdue", "text")
    assert (formal.tag.text, formal.letter) == ("seems open", "text")
    assert "consumercomplaints.fcc.gov" in informal.needs


@pytest.mark.parametrize(
    ("kept", "missed", "english", "french"),
    [
        (0, 1, "Orvane missed the promise whose day has come.", "Orvane n’a pas tenu la promesse arrivée à échéance."),
        (0, 3, "Orvane missed all 3 promises whose day has come.",
         "Sur 3 promesses arrivées à échéance, Orvane n’en a tenu aucune."),
        (1, 2, "Orvane missed 2 of 3 promises whose day has come.",
         "Sur 3 promesses arrivées à échéance, Orvane n’en a pas tenu 2."),
        (1, 0, "Orvane kept the promise whose day has come.", "Orvane a tenu la promesse arrivée à échéance."),
        (3, 0, "Orvane kept all 3 promises whose day has come.",
         "Orvane a tenu les 3 promesses arrivées à échéance."),
    ],
)  # fmt: skip
def test_how_many_promises_were_missed_or_kept_is_said_as_people_say_it(
    kept: int, missed: int, english: str, french: str
) -> None:
    record = Record(kept=kept, missed=missed)
    assert record_sentence(record, "Orvane", WORDS).startswith(english)
    assert record_sentence(record, "Orvane", samples.words("fr")).replace("\u00a0", " ").startswith(french)


def test_an_entry_that_names_a_day_alone_is_shown_without_an_hour_or_a_length() -> None:
    began = datetime(2026, 11, 10, tzinfo=ZONE)
    entry = Contact("I-9", "Call", "", True, "phone", "", began, began + timedelta(days=1), is_day_alone=True)
    (shown,) = entries_of([Told(None, entry)], (), (), WORDS, TODAY, ZONE, has_log=True)
    assert "00:00" not in f"{shown.when} {shown.far} {shown.text}"
    assert "24" not in shown.text
