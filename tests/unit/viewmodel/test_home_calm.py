"""What Home calls usual must have been stated."""

from __future__ import annotations

from selfcare.domain.records import replace
from tests.unit.viewmodel.test_home_view import home, quiet


def test_bills_of_which_the_sum_or_the_day_is_not_stated_are_not_called_usual() -> None:
    for lack in ({"total": None}, {"day": None}):
        calm = home(**(quiet() | {"bills": [replace(one, **lack) for one in quiet()["bills"]]})).calm  # type: ignore
        assert "as usual" not in (calm.text if calm is not None else "as usual")
