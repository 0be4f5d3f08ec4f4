"""An end that did not come: the complaint knows both days; what is said on paper does without the window."""

from datetime import UTC, date, datetime, timedelta

import letter_desk as desk
import pytest
from msgspec.structs import replace

from selfcare.domain.commands import WithdrawNotice
from selfcare.domain.lines import SimLock
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.leaving.facts import Asked
from selfcare.leaving.wizard import Answers, Screen
from selfcare.store.action import JournalEntry
from selfcare.viewmodel.farewell_journal import journal_text, receipt_in
from selfcare.viewmodel.leaving_checklist import way_checklist
from selfcare.viewmodel.leaving_followups import END, letter_matter
from selfcare.viewmodel.leaving_material import Case
from selfcare.viewmodel.leaving_requests import unlock_page
from selfcare.viewmodel.leaving_tracker import tracker_view
from selfcare.viewmodel.letter_address import address_lines
from selfcare.viewmodel.letter_facts import Gap, LetterKind, LetterMatter
from selfcare.viewmodel.letters import gap_text, written_letter
from selfcare.viewmodel.waiting import state_tag
from tests import samples
from tests.unit.viewmodel.test_leaving_views import case, rules

EN = samples.words()
ASKED = datetime(2026, 10, 21, 9, tzinfo=UTC)
PLAN = Answers("PR-1", False, plain_notice=True, day=date(2026, 11, 20), confirmed=ASKED, at=Screen.TRACKER)


def overdue(**changed: object) -> Case:
    given = Asked(ASKED, sent=True, order_id="PO-1", ends=date(2026, 11, 20), **changed)  # type: ignore[arg-type]
    return case(PLAN, lock=SimLock.UNLOCKED, notice_given=given, notice_received=ASKED.date())


def complaint(found: Case, story: str = "") -> tuple[str, tuple[str, ...]]:
    matter = letter_matter(found, END)
    assert matter is not None
    kind, told = matter
    written = written_letter(kind, desk.facts("GB"), replace(told, story=story), EN, EN)
    return "\n".join(str(p) for p in written.letter.paragraphs).replace("\u00a0", " "), written.missing


def test_the_complaint_about_a_late_end_knows_both_days() -> None:
    found = overdue()
    (row,) = [row for row in tracker_view(found, EN).steps if row.step.key == "cut"]
    assert [action.target for action in row.actions] == ["papers/complaint/end"]
    text, missing = complaint(found)
    assert "On 21 October 2026 I gave you notice. The line was to end on 20 November 2026" in text
    assert gap_text(Gap.STORY, EN) not in missing
    assert "Third call today." in complaint(found, "Third call today.")[0]
    bare = written_letter(LetterKind.COMPLAINT, desk.facts("GB"), LetterMatter(), EN, EN)
    assert gap_text(Gap.STORY, EN) in bare.missing


def test_a_refused_notice_and_a_move_that_did_not_come_are_said_as_such() -> None:
    refused, _ = complaint(overdue(refused=True, refusal="No"))
    assert "You refused it." in refused
    assert "was to end" not in refused
    moving = case(replace(PLAN, keep_number=True, plain_notice=False), lock=SimLock.UNLOCKED)
    text, _ = complaint(moving)
    assert "notice" not in text
    assert "The line was to end on " in text


def test_an_end_that_the_operator_puts_later_is_said_alike_everywhere_and_can_be_complained_about() -> None:
    given = Asked(samples.NOW - timedelta(days=9), sent=True, order_id="PO-1", ends=date(2027, 2, 28))
    late = {"lock": SimLock.UNLOCKED, "notice_given": given, "notice_received": given.at.date()}
    found = case(replace(PLAN, day=date(2026, 12, 31)), **late)
    steps = {row.step.key: row for row in tracker_view(found, EN).steps}
    said = "Rent after Thu 31 Dec can be contested; after Sun 28 Feb 2027 none is owed at all."
    assert steps["finalBill"].step.text == said
    assert said in [step.text for step in way_checklist(found, EN).steps]
    assert "papers/complaint/end" in [action.target for action in steps["notice"].actions]
    text, _ = complaint(found)
    assert "By your own word the line ends only on 28 February 2027; it is to end on 31 December 2026." in text
    assert "bill no rent after it" in text
    undoing = case(found.answers, **late, withdrawal=Asked(samples.NOW, sent=True))
    row = next(row for row in tracker_view(undoing, EN).steps if row.step.key == "notice")
    assert "papers/complaint/end" not in [action.target for action in row.actions]
    over = case(found.answers, **late, line_ended=date(2027, 2, 28), is_over=True)
    ended = {row.step.key: row for row in tracker_view(over, EN).steps}
    assert "Rent after Thu 31 Dec can be contested" in ended["finalBill"].step.text
    assert "papers/complaint/end" not in [action.target for action in ended["notice"].actions]
    agreed = case(replace(found.answers, day=date(2027, 2, 28)), **late)
    assert "contested" not in "".join(row.step.text for row in tracker_view(agreed, EN).steps)


def test_an_end_that_the_operator_puts_too_soon_can_be_complained_about() -> None:
    given = Asked(samples.NOW - timedelta(days=9), sent=True, order_id="PO-1", ends=date(2026, 12, 12))
    found = case(
        replace(PLAN, day=date(2026, 12, 31)), lock=SimLock.UNLOCKED, notice_given=given,
        notice_received=given.at.date(),
    )  # fmt: skip
    row = next(row for row in tracker_view(found, EN).steps if row.step.key == "notice")
    assert "papers/complaint/end" in [action.target for action in row.actions]
    text, _ = complaint(found)
    assert "By your own word the line ends on 12 December 2026; I asked for 31 December 2026." in text
    assert "Please end it on 31 December 2026 and not before" in text


def test_a_named_end_that_did_not_come_either_was_due_on_the_earlier_day() -> None:
    given = Asked(ASKED - timedelta(days=60), sent=True, order_id="PO-1", ends=date(2026, 11, 20))
    found = case(
        replace(PLAN, day=date(2026, 10, 1)), lock=SimLock.UNLOCKED, notice_given=given,
        notice_received=given.at.date(),
    )  # fmt: skip
    assert "The line was to end on 1 October 2026; by your own account it has not ended yet." in complaint(found)[0]


def test_a_reason_of_the_operators_ends_its_sentence_once() -> None:
    for reason, said in (("This cannot be done now", "now”. Until it"), ("No way!", "way!” Until it")):
        (row,) = tracker_view(overdue(refused=True, refusal=reason), EN).steps
        assert said in row.step.text


def test_the_checklist_promises_nothing_that_only_the_window_can_do() -> None:
    sheet = way_checklist(case(Answers("PR-1", True)), EN)
    assert sheet.below.endswith("keep the number, change operator.")
    for said in (sheet.below, *(step.text for step in sheet.steps)):
        assert "Nothing is sent until" not in said
        assert "here" not in said.split()
    assert any("This program says so if it is missed" in step.text for step in sheet.steps)


@pytest.mark.parametrize(
    ("text", "country", "last"),
    [
        ("7 Sample Road, London, N1 9ZZ, GB", "GB", "N1 9ZZ"),
        ("12 rue du Lavoir, 00200, Montclair, FR", "FR", "00200 Montclair"),
        ("12 rue du Lavoir, 00200, Montclair, FR", "GB", "FR"),
        ("GB", "GB", "GB"),
    ],
)
def test_a_letter_within_the_country_does_without_its_code(text: str, country: str, last: str) -> None:
    assert address_lines(text, country)[-1] == last


def test_a_day_that_has_passed_is_a_since() -> None:
    locked = {"lock": SimLock.LOCKED, "handset_id": "D-1"}
    for bought, name in ((date(2024, 4, 28), "Generally free since"), (samples.TODAY, "Generally free from")):
        found = case(Answers("PR-1", True, at=Screen.UNLOCK), **locked)
        free = replace(found.way, unlock_free_from=bought + timedelta(days=1))
        found = replace(found, way=free, rules=rules("fr"))
        (fact,) = [f for f in unlock_page(found, EN).facts if f.name.startswith("Generally free")]
        assert fact.name == name
        assert "ago" not in fact.value


@pytest.mark.parametrize(
    ("event", "facts", "state", "said", "number"),
    [
        ("asked", '{"request": "POST TMF622/productOrder", "sha256": "fc"}', "new", "demandé", ""),
        ("sending", '{"attempt": 1}', "sending", "envoi commencé", ""),
        ("sending", '{"attempt": 3}', "sending", "envoi commencé, essai 3", ""),
        ("accepted", '{"receipt": "O-1", "status": 201}', "accepted", "acceptée", "O-1"),
        ("operator:done", '{"receipt": "O-1"}', "done", "selon votre opérateur\u00a0: fait", "O-1"),
        ("noValidAnswer", "no JSON", "unknown", "pas de réponse valable", ""),
        ("refused", "{}", "rejected", "refus", ""),
        ("somethingNew", "[1]", "unknown", "vérification en cours", ""),
    ],
)
def test_the_journal_of_the_pack_speaks_the_customers_language(
    event: str, facts: str, state: str, said: str, number: str
) -> None:
    item = Waiting("W-1", WithdrawNotice("O-1"), WaitingState.DONE, samples.NOW)
    entry = JournalEntry("W-1", samples.NOW, event, facts, state)
    assert (journal_text(entry, item, samples.words("fr")), receipt_in(entry)) == (said, number)


def test_the_journal_of_the_pack_tells_one_thing_from_another() -> None:
    """Whatever may be written into the journal of a request has words of its own, in both languages."""
    item = Waiting("W-1", WithdrawNotice("O-1"), WaitingState.DONE, samples.NOW)
    events = [
        *(("ask", event) for event in ("expired", "changed", "cannotTell", "mismatch", "keyMismatch")),
        *(("unknown", event) for event in ("notFound", "notLearned", "withoutOurId", "refused", "noValidAnswer")),
        ("new", "notFoundTwice"), ("rejected", "refused"), ("dropped", "dropped"),
    ]  # fmt: skip
    for language in ("en", "fr"):
        words = samples.words(language)
        entries = [JournalEntry("W-1", samples.NOW, event, "{}", state) for state, event in events]
        said = [journal_text(entry, item, words) for entry in entries]
        assert len(set(said)) == len(events), said
        assert not {state_tag(replace(item, state=WaitingState(one)), words).text for one in ("ask", "unknown")} & set(
            said
        )
