"""How leaving looks: a day stays on one line, a tag is a tag in every language, a figure that is blamed is shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from selfcare.domain.money import Money
from selfcare.ui.pages.leaving_pieces import cost_card
from selfcare.ui.pages.pieces import fact_list
from selfcare.ui.widgets.course import Course, Step, whole_days
from selfcare.ui.widgets.tag import Tag
from selfcare.viewmodel.facts import FactView, TagView, Tone
from selfcare.viewmodel.leaving_cost import cost_view
from selfcare.viewmodel.leaving_material import case_of
from tests import samples
from tests.gui.conftest import texts
from tests.unit.viewmodel.test_leaving_views import material


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Until Sun 13 Dec", ["Until", "Sun\u00a013\u00a0Dec"]),
        ("Jusqu’au jeu. 10 déc.", ["Jusqu’au", "jeu.\u00a010\u00a0déc."]),
        ("perhaps by 11:59 PM", ["perhaps", "by", "11:59\u00a0PM"]),
        ("Sun, Dec 13", ["Sun,", "Dec\u00a013"]),
    ],
)
def test_a_day_and_an_hour_are_not_broken(said: str, parts: list[str]) -> None:
    assert whole_days(said).split(" ") == parts


def test_the_days_of_two_steps_do_not_touch(qtbot: QtBot) -> None:
    course = Course("The way")
    qtbot.addWidget(course)
    course.show_steps([Step("Tue, Nov 24", "One", more="perhaps by 11:59 PM"), Step("Fri, Nov 27", "Two")])
    days = course._grid.itemAtPosition(0, 0)
    assert days is not None
    box = days.widget()
    assert box is not None
    inside = box.layout()
    assert inside is not None
    assert inside.contentsMargins().bottom() > 8


def test_a_tag_is_a_tag_whether_its_fact_is_short_or_long(qtbot: QtBot) -> None:
    tag = TagView("gratuit", Tone.GOOD)
    for value in ("since Mon 1 Jun", "à partir du jeu. 21 janv. 2027"):
        rows = fact_list([FactView("Après l’engagement", value, tag=tag)])
        qtbot.addWidget(rows)
        assert [one.text() for one in rows.findChildren(Tag)] == ["gratuit"]


def test_the_operators_figure_stands_where_it_is_blamed(qtbot: QtBot) -> None:
    words = samples.words()
    found = case_of(material())
    assert found is not None
    view = cost_view(found, words)

    view = replace(view, operator=words.money(Money(Decimal("83.98"), "EUR")), difference="It asks for more.")
    card = cost_card(view, words, with_lines=True)
    qtbot.addWidget(card)

    card.show()
    assert "€83.98" in texts(card)
