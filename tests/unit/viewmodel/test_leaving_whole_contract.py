"""That the other lines of a contract go on is said of those only that do not leave together with this one."""

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.wizard import Answers, Screen
from selfcare.viewmodel.leaving import way_view
from selfcare.viewmodel.leaving_material import case_of
from tests import samples
from tests.shots.leavers import Scene, british, material

EN = samples.words()
FIRST = british(contract_lines=3)
LINES = (FIRST, *(replace(FIRST, line_id=name, number=f"+44770090045{name[-1]}") for name in ("PR-2", "PR-3")))


def advice(others: tuple[str, ...], *, looked_at: str = "PR-1") -> list[str]:
    leader = Answers("PR-1", keep_number=False, plain_notice=True, at=Screen.WAY, others=others)
    member = tuple(Answers(name, keep_number=False, plain_notice=True, at=Screen.WAY) for name in ("PR-2", "PR-3"))
    found = case_of(material(Scene("whole", LINES, leader, more=member)), looked_at)
    assert found is not None
    return [one.advice for one in way_view(found, EN).cautions if one.sentence == "This contract has 3 lines."]


GO_ON = "The others go on and are billed until each of them has left, too."


@pytest.mark.parametrize(
    ("others", "looked_at", "said"),
    [
        ((), "PR-1", [f"Only this line ends. {GO_ON}"]),
        (("PR-2",), "PR-1", [f"Only the lines of this plan end. {GO_ON}"]),
        (("PR-2",), "PR-2", [f"Only the lines of this plan end. {GO_ON}"]),
        (("PR-2",), "PR-3", [f"Only this line ends. {GO_ON}"]),
        (("PR-2", "PR-3"), "PR-1", []),
        (("PR-2", "PR-3"), "PR-3", []),
    ],
)
def test_only_lines_that_stay_are_said_to_go_on(others: tuple[str, ...], looked_at: str, said: list[str]) -> None:
    assert advice(others, looked_at=looked_at) == said
