"""What Home calls usual must have been stated."""

from __future__ import annotations

from selfcare.billing.flags import Judgement
from selfcare.domain.records import replace
from tests.unit.viewmodel.test_home_view import home, quiet


def test_bills_of_which_the_sum_or_the_day_is_not_stated_are_not_called_usual() -> None:
    for lack in ({"total": None}, {"day": None}):
        calm = home(**(quiet() | {"bills": [replace(one, **lack) for one in quiet()["bills"]]})).calm  # type: ignore
        assert "as usual" not in (calm.text if calm is not None else "as usual")


def test_what_nobody_could_judge_is_not_called_usual() -> None:
    newest = quiet()["bills"][0]  # type: ignore[index]
    few = Judgement(newest.id, (), 3, can_tell=False)
    view = home(**(quiet() | {"judged": {newest.id: few}}))
    assert view.calm is not None
    assert view.calm.title == "Nothing needs you, as far as can be told yet"
    assert "as usual" not in view.calm.text
    assert view.calm.text.endswith("There are too few bills to tell what is usual for you.")
    assert view.below == "Saturday 21 November 2026."
    enough = home(**(quiet() | {"judged": {newest.id: replace(few, can_tell=True)}}))
    assert enough.calm is not None
    assert enough.calm.title == "Nothing needs you today"
