"""The cheapest day is the first of the cheapest of all days that can be reckoned."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.workdays import after_months
from selfcare.leaving.choices import Choices
from selfcare.leaving.country import CostReason
from selfcare.leaving.quote import cheapest_day
from tests.unit.leaving.test_leaving_countries import CHOICES, FACTS, TODAY, ZONES, line, money, way


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted(ZONES)), FACTS, CHOICES, st.integers(0, 60))
def test_the_cheapest_day_is_the_first_of_the_cheapest(
    code: str, more: dict[str, object], choices: Choices, price: int
) -> None:
    found = way(line(code, monthly=money(code, str(price)), **more), choices)
    best = cheapest_day(found.ground, found.country, found.route, found.earliest)
    if any(one.reason is CostReason.DEVICE and one.high is None for one in found.price_of(found.earliest).lines):
        assert best is None, "what is left of the handset is not known, and is paid either way"
        return
    costs = []
    last = max(found.earliest, after_months(TODAY, 24))
    for number in range((last - found.earliest).days + 1):
        quote = found.price_of(found.earliest + timedelta(days=number))
        if quote.low is not None and quote.high is not None:
            apart = quote.high if quote.device is None else quote.high - quote.device
            costs.append((apart.value, quote.low.value, quote.day))
    if best is None or not costs:
        assert not costs
        return
    assert (best.apart.value, best.low.value, best.day) == min(costs)
