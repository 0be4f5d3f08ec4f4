"""Hours are read as people write them; what cannot be understood is asked about, never kept as something else."""

from __future__ import annotations

from datetime import time

import pytest

from selfcare.domain.support import ChannelKind, Hours
from selfcare.viewmodel.noted_desks import desk_typed, hours_typed, refusal
from tests.samples import words


@pytest.mark.parametrize("typed", ["09:00-18:30", "9:00 – 18:30", "9h-18h30", "9.00 to 18.30", "9 h à 18 h 30"])
def test_hours_as_they_are_written(typed: str) -> None:
    found = hours_typed([typed, "", ""])
    assert found == tuple(Hours(day, time(9), time(18, 30)) for day in range(5))


def test_each_field_is_for_its_own_days() -> None:
    assert hours_typed(["", "10-14", "0-24"]) == (
        Hours(5, time(10), time(14)), Hours(6, time(0), time(23, 59)),
    )  # fmt: skip
    assert hours_typed(["", " ", ""]) == ()


@pytest.mark.parametrize("typed", ["mornings", "9", "25-30", "9-9", "9:75-10", "9-12, 14-18"])
def test_what_is_no_hours_is_refused(typed: str) -> None:
    assert hours_typed([typed, "", ""]) is None
    assert refusal("0800 1", None, words()).startswith("Write the hours so")


def test_a_desk_without_a_name_is_called_after_its_kind_and_an_address_has_no_hours() -> None:
    hours = (Hours(0, time(9), time(18)),)
    phone = desk_typed("phone", " ", " 0800 1 ", hours, "Europe/London", words())
    assert (phone.name, phone.address, phone.hours, phone.is_noted) == ("Phone", "0800 1", hours, True)
    post = desk_typed("post", "Complaints", "PO Box 1", hours, "Europe/London", words())
    assert (post.kind, post.hours) == (ChannelKind.POST, ())
    assert refusal("  ", hours, words()) == "Write the number or the address."
    assert refusal("0800 1", hours, words()) == ""
