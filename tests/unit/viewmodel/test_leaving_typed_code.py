"""A code that came by text: its days are counted from the one on which it came."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from selfcare.domain.lines import PortingCode, SimLock
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.wizard import Answers, Screen, answer
from selfcare.viewmodel.leaving_material import case_of
from selfcare.viewmodel.leaving_screens import screen_view
from selfcare.viewmodel.leaving_tracker import TrackedView, tracker_view
from tests import samples
from tests.shots.leavers import NOW, Scene, american, british, french, material
from tests.unit.viewmodel.test_leaving_views import page


def test_a_typed_code_lives_from_the_day_on_which_it_came() -> None:
    today = samples.TODAY
    typed = answer(Answers("PR-1", True), "typedCode", "TEL000123", today)
    fresh = page(Screen.CODE, typed, lock=SimLock.UNLOCKED)
    assert [(d.question, d.label, d.day, d.last) for d in fresh.dates] == [
        ("typedDay", "The PAC came on", today, today)
    ]
    last_week = answer(typed, "typedDay", str(today - timedelta(days=7)), today)
    older = page(Screen.CODE, last_week, lock=SimLock.UNLOCKED)
    assert fresh.code is not None
    assert older.code is not None
    assert fresh.code.life == "Use it by Sun 20 Dec, in 29 days."
    assert older.code.life == "Use it by Sun 13 Dec, in 22 days."
    mended = answer(last_week, "typedCode", "TEL000124", today)
    assert mended.typed_day == today - timedelta(days=7)
    assert answer(mended, "typedCode", "", today).typed_day is None
    assert answer(mended, "typedDay", str(today + timedelta(days=2)), today).typed_day == today
    unsaid = page(Screen.CODE, answer(typed, "typedDay", "", today), lock=SimLock.UNLOCKED)
    assert unsaid.code is not None
    assert unsaid.code.life.startswith("Your operator states no last day")


def test_another_code_typed_over_an_expired_one_came_today() -> None:
    first = answer(Answers("PR-1", True), "typedCode", "ABC123456", samples.TODAY - timedelta(days=34))
    expired = page(Screen.CODE, first, lock=SimLock.UNLOCKED)
    assert expired.code is not None
    assert expired.code.is_over
    second = answer(first, "typedCode", "ABC654 987", samples.TODAY)
    assert second.typed_day == samples.TODAY
    fresh = page(Screen.CODE, second, lock=SimLock.UNLOCKED)
    assert fresh.code is not None
    assert not fresh.code.is_over
    assert answer(first, "typedCode", "abc-123-457", samples.TODAY).typed_day == first.typed_day


def test_a_code_of_the_operators_own_and_one_that_is_wrong_are_not_asked_for_their_day() -> None:
    own = {"code": PortingCode("PAC", "ABC123456", date(2026, 12, 19)), "lock": SimLock.UNLOCKED}
    assert page(Screen.CODE, **own).dates == ()
    wrong = answer(Answers("PR-1", True), "typedCode", "12", samples.TODAY)
    assert page(Screen.CODE, wrong, lock=SimLock.UNLOCKED).dates == ()


def followed(facts: LeavingFacts) -> tuple[TrackedView, str]:
    found = case_of(material(Scene("silent", (facts,), Answers("PR-1", True, confirmed=NOW))))
    assert found is not None
    view = tracker_view(found, samples.words())
    return next(row for row in view.steps if row.step.key == "code"), view.headline


def test_a_code_is_no_more_shown_for_use_once_the_line_has_ended() -> None:
    code = PortingCode("PAC", "ABC123456", NOW.date() + timedelta(days=9))
    given = {"confirmed": NOW, "handed_over": NOW.date(), "day": NOW.date()}
    for ended, is_shown in ((None, True), (NOW.date(), False)):
        facts = british(code=code, lock=SimLock.UNLOCKED, line_ended=ended)
        found = case_of(material(Scene("used", (facts,), Answers("PR-1", True, **given))))
        assert found is not None
        row = next(row for row in tracker_view(found, samples.words()).steps if row.step.key == "code")
        assert (row.code is not None) is is_shown


def test_an_expired_transfer_pin_is_still_missing_for_the_new_carrier() -> None:
    for ahead, value in ((3, "it is here"), (-1, "still missing")):
        pin = PortingCode("PIN", "123456", NOW.date() + timedelta(days=ahead))
        found = case_of(
            material(Scene("pin", (american(code=pin, lock=SimLock.UNLOCKED),), Answers("PR-1", True, at=Screen.CODE)))
        )
        assert found is not None
        view = screen_view(found, samples.words())
        assert {fact.name: fact.value for fact in view.facts}["Transfer PIN"] == value


@pytest.mark.parametrize(
    ("facts", "hours", "said"),
    [(french, 72, "call 3179 from this line"), (american, 72, "call your operator"), (american, 2, "")],
)
def test_a_code_that_was_asked_for_and_does_not_come_leads_somewhere(
    facts: Callable[..., LeavingFacts], hours: int, said: str
) -> None:
    scheme = "RIO" if facts is french else "PIN"
    asked = Asked(NOW - timedelta(hours=hours), sent=True, scheme=scheme)
    row, _headline = followed(facts(code_asked=asked, lock=SimLock.UNLOCKED))
    assert said in row.step.text
    assert ("Type it in" in row.step.text) is bool(said)
    assert [action.target for action in row.actions] == (["help"] if said else [])


def test_a_late_pac_says_when_it_was_due() -> None:
    asked = Asked(NOW - timedelta(days=3), sent=True, scheme="PAC")
    row, headline = followed(british(code_asked=asked, lock=SimLock.UNLOCKED))
    assert headline.startswith("Late")
    assert (row.step.when, row.step.more) == ("Wed 18 Nov", "was due by 12:42")


def test_a_code_behind_a_late_unlock_is_not_asked_for_at_a_minute_that_never_comes() -> None:
    late = Asked(NOW - timedelta(days=5), sent=True)
    row, _headline = followed(british(unlock=late, lock=SimLock.LOCKED))
    assert [action.why_not for action in row.actions] == [
        "Not yet: the handset is still locked. Ask once it is unlocked."
    ]


def test_both_last_days_of_a_code_are_shown_where_they_differ() -> None:
    code = {"code_issued": date(2026, 11, 20), "lock": SimLock.UNLOCKED}
    stated = page(Screen.CODE, code=PortingCode("PAC", "ABC123456", date(2026, 11, 29)), **code)
    advice = [notice.advice for notice in stated.cautions]
    assert "By your operator Sun 29 Nov, by the rule Sun 20 Dec. Use the code before both." in advice
    same = page(Screen.CODE, code=PortingCode("PAC", "ABC123456", date(2026, 12, 20)), **code)
    assert not [notice for notice in same.cautions if "by the rule" in notice.advice]


def test_the_thirty_days_of_the_british_rule_are_told_to_nobody_else() -> None:
    pin = PortingCode("PIN", "123456", date(2026, 11, 22))
    facts = american(carrier="AT&T", code=pin, code_issued=date(2026, 11, 20), lock=SimLock.UNLOCKED)
    found = case_of(material(Scene("pin", (facts,), Answers("PR-1", True, at=Screen.CODE))))
    assert found is not None
    shown = [(one.sentence, one.advice) for one in screen_view(found, samples.words()).cautions]
    assert ("Your operator states another last day for the code than is usual with it.",
            "It says Sun 22 Nov; usual is Tue 24 Nov. Use the code before both.") in shown  # fmt: skip
    assert not any("30 days" in said for one in shown for said in one)


def test_a_code_that_came_by_text_takes_the_place_of_one_that_has_expired() -> None:
    dead = PortingCode("PAC", "ORV482913", samples.TODAY - timedelta(days=2))
    held = {"lock": SimLock.UNLOCKED, "code": dead, "code_issued": samples.TODAY - timedelta(days=32)}
    empty = page(Screen.CODE, Answers("PR-1", True), **held)
    assert empty.entry is not None
    typed = answer(Answers("PR-1", True), "typedCode", "TEL000123", samples.TODAY)
    fresh = page(Screen.CODE, typed, **held)
    assert fresh.code is not None
    assert (fresh.code.code, fresh.code.is_over, fresh.code.life) == (
        "TEL000123", False, "Use it by Sun 20 Dec, in 29 days."
    )  # fmt: skip
    earlier = page(Screen.CODE, answer(typed, "typedDay", str(dead.expires), samples.TODAY), **held)
    assert earlier.code is not None
    assert earlier.code.code == dead.code
    alive = page(Screen.CODE, typed, **{**held, "code": PortingCode("PAC", "ORV482913", samples.TODAY)})
    assert alive.code is not None
    assert alive.code.code == dead.code
