"""A notice that the operator cancelled, or shows no more, is told as just that on the tracker."""

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.facts import Asked
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import Case, case_of
from selfcare.viewmodel.leaving_tracker import TrackedView, tracker_view
from tests import samples
from tests.shots import leavers
from tests.shots.leavers import Scene, british, material

EN = samples.words()
GIVEN = datetime(2026, 11, 1, 10, tzinfo=UTC)
NOW = datetime(2026, 11, 10, 10, tzinfo=UTC)
ENDS = datetime(2026, 12, 1, 22, tzinfo=UTC)
ORDER = Asked(GIVEN, sent=True, ends=ENDS.date(), ends_at=ENDS, order_id="O-9", unlisted=True)


def followed(now: datetime = NOW, **changed: object) -> Case:
    answers = leavers._plan(keep_number=False, plain_notice=True, day=date(2026, 12, 1), confirmed=GIVEN)
    found = case_of(material(Scene("gone", (british(**changed),), answers, now=now)))
    assert found is not None
    return found


def row(found: Case, key: str) -> TrackedView:
    return next(one for one in tracker_view(found, EN).steps if one.step.key == key)


def test_a_notice_that_is_shown_no_more_comes_first_and_promises_no_hour() -> None:
    found = followed(notice_given=ORDER, notice_received=GIVEN.date())
    view = tracker_view(found, EN)
    assert view.headline == "Next: ask your operator what became of the notice"
    assert view.cautions[0].sentence == "Your operator no longer shows your notice."
    notice = row(found, "notice")
    assert notice.step.tag is not None
    assert notice.step.tag.text == "no longer shown"
    assert "Ask before you count on the end." in view.cautions[0].advice
    assert "Ask before" not in notice.step.text, "said once"
    assert [action.target for action in notice.actions] == ["waiting"], "an order that is gone cannot be taken back"
    assert (
        row(found, "cut").step.text == "Your operator named 22:00 on that day, before it took the notice off its list."
    )


@pytest.mark.parametrize("now", [NOW, datetime(2026, 12, 5, 10, tzinfo=UTC)])
def test_a_line_that_has_ended_and_a_notice_that_is_shown_say_none_of_it(now: datetime) -> None:
    over = followed(now, notice_given=ORDER, line_ended=date(2026, 11, 9), is_over=True)
    shown = followed(now, notice_given=replace(ORDER, unlisted=False), notice_received=GIVEN.date())
    for found in (over, shown):
        assert not any("no longer shows" in one.sentence for one in tracker_view(found, EN).cautions)


@pytest.mark.parametrize(
    ("unasked", "headline", "title"),
    [
        (True, "Notice cancelled, the line goes on", "Notice cancelled by your operator"),
        (False, "Notice withdrawn, the line goes on", "Notice taken back"),
    ],
)
def test_who_took_nothing_back_is_not_told_to_have_done_so(*, unasked: bool, headline: str, title: str) -> None:
    found = followed(taken_back=True, taken_back_at=NOW, cancelled_unasked=unasked)
    view = tracker_view(found, EN)
    assert (view.headline, view.steps[0].step.title) == (headline, title)
    assert (view.steps[0].step.state == "done") is not unasked, "no green tick for what nobody here did"
    assert ("ask your operator in writing why" in view.steps[0].step.text) is unasked
    assert ("your operator cancelled the notice" in way_view(found, EN).below) is unasked
