"""The way out on paper and in the calendar: every step, its day and hour, and no trace where none is wanted."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pypdfium2
from msgspec.structs import replace

from selfcare.domain.topics import Topic
from selfcare.leaving.drafts import Plans
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.wizard import Answers
from selfcare.paper.calendar_file import calendar_file
from selfcare.paper.maker import checklist_pdf
from selfcare.viewmodel.leaving_calendar import way_events
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_material import Case, LeavingMaterial, case_of
from selfcare.viewmodel.letter_facts import LetterKind, LetterMatter
from selfcare.viewmodel.letter_material import letter_facts
from selfcare.viewmodel.letters import written_letter
from tests import samples
from tests.readers import FakeReader

EN, FR = samples.words(), samples.words("fr")


def case(answers: Answers | None = None, **changed: object) -> Case:
    from selfcare.leaving.facts import facts_of

    reader = FakeReader()
    rules = parse_rules((samples.ROOT / "resources" / "rules" / "gb.toml").read_bytes())
    facts = [
        facts_of(
            line, profile=samples.profile(), lines=reader.lines(), contracts=reader.contracts(),
            accounts=reader.accounts(), orders=(), waiting=(), bills=reader.bills(),
        )
        for line in reader.lines()
    ]  # fmt: skip
    facts[0] = replace(facts[0], **changed)
    plans = Plans().with_answers(answers or Answers("PR-1", keep_number=True))
    material = LeavingMaterial(
        samples.profile(), rules, tuple(facts), plans, samples.TODAY, samples.NOW, samples.bills(),
        {Topic.BILLS: len(samples.bills())},
    )  # fmt: skip
    found = case_of(material)
    assert found is not None
    return found


def test_every_step_stands_on_the_sheet_with_its_day_and_hour() -> None:
    planned = case()
    sheet = way_checklist(planned, EN)
    assert len(sheet.steps) == len(planned.way.steps)
    made = checklist_pdf(sheet, samples.ROOT / "resources" / "letters")
    said = " ".join("".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(made.pdf)).split())
    for part in ("Ask for the handset to be unlocked", "by 10:50", "Thu 26 Nov", "about 18:00", "07700 900123"):
        assert part in said
    assert made.unprintable == ""


def test_the_sheet_is_in_the_customers_language() -> None:
    assert way_checklist(case(), FR).language == "fr"
    assert way_checklist(case(), FR).steps[0].when == "Aujourd’hui"


def test_what_is_done_is_ticked_and_what_is_late_is_said() -> None:
    sheet = way_checklist(case(Answers("PR-1", keep_number=True, saved=True)), EN)
    ticked = [step for step in sheet.steps if step.is_done]
    assert [step.title for step in ticked] == ["Save everything"]
    assert ticked[0].said == "done"


def test_the_hour_of_the_cut_is_in_the_calendar_with_its_alarms() -> None:
    events = way_events(case(), EN)
    cut = next(e for e in events if "dies" in e.title and isinstance(e.starts, datetime))
    assert isinstance(cut.starts, datetime)
    assert cut.starts.astimezone(UTC) == datetime(2026, 11, 26, 18, 0, tzinfo=UTC)
    assert "Orvane Mobile" in cut.title
    assert any(e.starts == date(2026, 12, 23) and "PAC" in e.title for e in events), "the last day of the code"
    assert any(e.title.startswith("Last day to rescue") for e in events)
    assert not any("Save everything" in e.title for e in events)
    read = icalendar.Calendar.from_ical(calendar_file(events, samples.NOW)).walk("VEVENT")
    assert len(read) == len(events)
    assert all(e.walk("VALARM") for e in read)
    dies = next(e for e in read if "dies" in str(e["summary"]))
    assert [a["trigger"].dt for a in dies.walk("VALARM")] == [
        datetime(2026, 11, 25, 18, tzinfo=UTC),
        datetime(2026, 11, 26, 17, tzinfo=UTC),
    ]


def test_entries_keep_their_names_and_differ_from_each_other() -> None:
    first, again = way_events(case(), EN), way_events(case(), FR)
    assert [e.uid for e in first] == [e.uid for e in again]
    assert len({e.uid for e in first}) == len(first)


def test_discreet_entries_leave_no_trace() -> None:
    content = calendar_file(way_events(case(), EN, discreet=True), samples.NOW).decode()
    for trace in ("Orvane", "07700", "PAC", "unlock", "orvane", "dies", "number"):
        assert trace not in content.replace("selfcare.invalid", "")
    assert content.count("SUMMARY:Reminder") == content.count("BEGIN:VEVENT") > 3
    assert content.count("CLASS:PRIVATE") == content.count("BEGIN:VEVENT")


def test_letter_facts_are_what_the_operator_states_and_what_is_planned() -> None:
    reader, planned = FakeReader(), case(Answers("PR-1", keep_number=True, day=date(2026, 12, 1)))
    line = reader.lines()[0]
    facts = letter_facts(
        line, samples.TODAY, profile=samples.profile(), customer=reader.customer(), accounts=reader.accounts(),
        contracts=reader.contracts(), rules=planned.rules, case=planned,
    )  # fmt: skip
    assert (facts.line, facts.contract_number, facts.account_id) == ("07700 900123", "M-77120", "A-1001")
    assert (facts.ends, facts.switched, facts.concluded) == (date(2026, 12, 1), True, date(2024, 10, 14))
    assert facts.address == ""
    written = written_letter(LetterKind.NOTICE, facts, LetterMatter(), EN, FR)
    assert written.missing == ("votre propre adresse, que votre opérateur n’indique pas",)
    assert written.letter.recipient == ("Orvane Mobile", "Complaints", "PO Box 400", "Leeds", "LS1 9ZZ")
    other = letter_facts(reader.lines()[1], samples.TODAY, profile=samples.profile(), case=planned)
    assert (other.ends, other.switched) == (None, False), "the plan is another line's"
    assert letter_facts(None, samples.TODAY, profile=samples.profile()).line == ""


def test_lines_that_leave_together_by_notice_share_one_letter() -> None:
    leader = Answers(
        "PR-1", False, plain_notice=True, accept_locked=True, day=date(2026, 12, 31), others=("PR-2", "PR-3")
    )
    alone = case(leader)
    more = alone.material.plans.with_answers(Answers("PR-2", False, plain_notice=True))
    material = replace(alone.material, plans=more.with_answers(Answers("PR-3", True)).with_answers(leader))
    planned = case_of(material)
    assert planned is not None
    reader = FakeReader()
    facts = letter_facts(
        reader.lines()[0], samples.TODAY, profile=samples.profile(), contracts=reader.contracts(), case=planned
    )
    assert [line.line for line in facts.together] == ["020 7946 0123"], "a number that moves is given no notice of"
    ported = case_of(replace(material, plans=material.plans.with_answers(replace(leader, keep_number=True))))
    assert ported is not None
    facts = letter_facts(reader.lines()[0], samples.TODAY, profile=samples.profile(), case=ported)
    assert facts.together == ()
