"""A known problem is near the customer only where it says so: by a service, a ticket or a place in an address."""

from __future__ import annotations

import pytest

from selfcare.domain.customer import ContactMedium, MediumKind
from selfcare.domain.records import replace
from selfcare.viewmodel.home_side import problem_cards
from tests import samples
from tests.samples import TODAY, words
from tests.unit.viewmodel.test_home_view import LONDON, facts

ELSEWHERE = replace(samples.problems()[0], service_ids=(), ticket_ids=(), places=("Queens, NY", " "))


@pytest.mark.parametrize(
    ("address", "problem", "over"),
    [
        ("", ELSEWHERE, "Known problem"),
        ("1 Queensway, Leeds LS1 4DY", ELSEWHERE, "Known problem"),
        ("7 Main Street, Queens, NY 11101", ELSEWHERE, "Known problem near you"),
        ("2 The Row, leeds ls1 4DY", replace(ELSEWHERE, places=("Leeds LS1",)), "Known problem near you"),
        ("2 The Row, Leeds LS11 4DY", replace(ELSEWHERE, places=("Leeds LS1",)), "Known problem"),
        ("", replace(ELSEWHERE, ticket_ids=("48213",)), "Known problem near you"),
    ],
)
def test_only_what_is_near_is_called_so(address: str, problem: object, over: str) -> None:
    media = (ContactMedium(MediumKind.POST, address),)
    given = facts(customer=replace(samples.customer(), media=media), problems=(problem, ELSEWHERE))
    first, second = problem_cards(given, words(), LONDON, TODAY)
    assert first.over == over
    assert second.over == ("Another known problem near you" if "Queens, NY" in address else "Another known problem")
