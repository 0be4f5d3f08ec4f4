"""A code that came by text: its days are counted from the one on which it came."""

from datetime import date, timedelta

from selfcare.domain.lines import PortingCode, SimLock
from selfcare.leaving.wizard import Answers, Screen, answer
from tests import samples
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


def test_a_code_of_the_operators_own_and_one_that_is_wrong_are_not_asked_for_their_day() -> None:
    own = {"code": PortingCode("PAC", "ABC123456", date(2026, 12, 19)), "lock": SimLock.UNLOCKED}
    assert page(Screen.CODE, **own).dates == ()
    wrong = answer(Answers("PR-1", True), "typedCode", "12", samples.TODAY)
    assert page(Screen.CODE, wrong, lock=SimLock.UNLOCKED).dates == ()
