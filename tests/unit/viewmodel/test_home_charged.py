"""A line of one's own that is paid for and dead is raised as an option is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from selfcare.domain.contract import Contract
from selfcare.domain.options import Health, Service
from selfcare.viewmodel.services import ServicesFacts, bound_until, services_view
from tests import samples
from tests.samples import TODAY, words
from tests.unit.viewmodel.test_home_view import home, quiet

ZONE = ZoneInfo("Europe/London")
LINE = replace(samples.lines()[0], options=())
PLAN = replace(samples.lines()[0].options[0], id=LINE.id, name=LINE.name, price=LINE.price, period="month")
DEAD = replace(LINE, main=replace(PLAN, services=(Service("SV-1", "Mobile access", Health.FAILED, "failed"),)))
WELL = replace(LINE, main=replace(PLAN, services=(Service("SV-1", "Mobile access", Health.WORKS, "running"),)))


def test_home_raises_a_line_that_is_paid_for_and_dead() -> None:
    (card,) = home(**(quiet() | {"lines": (DEAD,)})).urgent
    assert (card.tag, card.title) == ("Charged, not working", "07700 900123")
    assert "reports the service as failed" in card.text
    assert card.steps[-1].target.startswith("services/")
    assert home(**(quiet() | {"lines": (WELL,)})).urgent == ()


def test_services_say_what_the_network_says_of_the_line_itself() -> None:
    facts = ServicesFacts((DEAD,), ZONE)
    named = {fact.name: fact.value for fact in services_view(facts, words(), TODAY).lines[0].facts}
    assert named["Really"].startswith("failed")
    bare = ServicesFacts((replace(LINE, main=None),), ZONE)
    assert "Really" not in {fact.name for fact in services_view(bare, words(), TODAY).lines[0].facts}


def test_the_contract_says_when_the_commitment_ends_before_the_line_does() -> None:
    line = replace(LINE, term_ends=date(2027, 11, 17))
    contract = Contract(
        line.contract_id or "AG-1", "", "", "", None, date(2027, 11, 16), product_ids=(line.id,)
    )  # fmt: skip
    assert bound_until(line, (contract,)) == date(2027, 11, 16)
    assert bound_until(line, (replace(contract, product_ids=(line.id, "another")),)) == date(2027, 11, 17)
    assert bound_until(line, (replace(contract, ends=None),)) == date(2027, 11, 17)
    assert bound_until(line, ()) == date(2027, 11, 17)
