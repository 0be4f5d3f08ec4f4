"""What is ending or suspended on paper: what fails is raised as long as it is paid, and nothing else is called paid."""

from __future__ import annotations

import pytest

from selfcare.domain.options import Health, PaperState
from selfcare.viewmodel.services import services_view
from tests.unit.viewmodel.test_services_view import TODAY, WORDS, line, option, shown


def test_what_fails_while_it_is_ending_is_raised_for_it_is_paid_until_its_end() -> None:
    made = option(on_paper=PaperState.PENDING_TERMINATE, on_paper_word="pendingTerminate")
    view = services_view(shown(line(options=(made,))), WORDS, TODAY)
    told = view.lines[0].options[0]
    assert (told.verdict.text, told.needs_attention) == ("charged, not working", True)
    said = "Ending on paper. Your operator reports the service as failed. You pay £12.00 a month for it."
    assert told.sentence == said
    assert view.lines[0].health.text == "option: charged, not working"
    assert "1 thing not as sold" in view.subtitle
    assert view.lines[0].reported == {made.id}


@pytest.mark.parametrize(
    ("paper", "health", "said"),
    [
        (PaperState.PENDING_TERMINATE, Health.FAILED, "not working"),
        (PaperState.PENDING_TERMINATE, Health.OFF, "ending"),
        (PaperState.SUSPENDED, Health.FAILED, "suspended"),
        (PaperState.ACTIVE, Health.NOT_STATED, "working: not stated"),
    ],
)
def test_a_line_says_what_is_stated_of_it(paper: PaperState, health: Health, said: str) -> None:
    main = option("main", health, price=None, service_ids=("SV-0",), on_paper=paper)
    assert services_view(shown(line(main=main)), WORDS, TODAY).lines[0].health.text == said


@pytest.mark.parametrize("paper", [PaperState.SUSPENDED, PaperState.UNKNOWN])
def test_what_no_cost_counts_is_not_said_to_be_paid(paper: PaperState) -> None:
    view = services_view(shown(line(options=(option(health=None, on_paper=paper),))), WORDS, TODAY).lines[0]
    assert view.cost == "£20.00 a month"
    assert "You pay" not in view.options[0].sentence
    assert view.options[0].price == "£12.00 a month"
