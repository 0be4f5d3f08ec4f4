"""Why a bill shows no payment: none listed, none offered, none read yet are three things."""

import pytest

from selfcare.domain.failures import NotOffered, Offline
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from tests import samples
from tests.unit.viewmodel.test_bills_view import BILLS, view


@pytest.mark.parametrize(
    ("pays", "said"),
    [
        (None, "Your operator lists no payment for this bill."),
        (Freshness(Topic.PAYMENTS, samples.SEEN), "Your operator lists no payment for this bill."),
        (Freshness(Topic.PAYMENTS, samples.SEEN, failure=Offline()), "Your operator lists no payment for this bill."),
        (Freshness(Topic.PAYMENTS, offered=False), "Your operator does not offer payments here."),
        (Freshness(Topic.PAYMENTS, failure=NotOffered("TMF676")), "Your operator does not offer payments here."),
        (Freshness(Topic.PAYMENTS), "Payments were not read yet."),
        (Freshness(Topic.PAYMENTS, failure=Offline()), "Payments were not read yet."),
    ],
)
def test_why_there_is_no_payment(pays: Freshness | None, said: str) -> None:
    assert view(BILLS[0], pays=pays).no_payments.startswith(said)
