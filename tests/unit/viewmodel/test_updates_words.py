"""What the settings say of new versions: off by default, honest where there is no list, and why one was refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from selfcare.domain.failures import ListRefused, Offline
from selfcare.domain.releases import Release, Sight
from selfcare.host.settings import Settings
from selfcare.viewmodel.updates import UpdateFacts, login_tick, updates_view
from tests.samples import words

ASKED = datetime(2026, 12, 3, 9, 5, tzinfo=UTC)
NEWER = Release("0.2.0", date(2026, 12, 1), "https://versions.example/selfcare")


def test_nothing_is_looked_at_unless_asked() -> None:
    assert not Settings().looks_for_updates
    view = updates_view(UpdateFacts(has_list=True), words())
    assert view.tick.may_choose
    assert not view.tick.is_on
    assert (view.said, view.page, view.look_now) == ("", "", "")
    assert "Nothing about you goes along" in view.tick.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (UpdateFacts(is_on=True), "names no list"),
        (UpdateFacts(has_list=True, is_packaged=True, is_on=True), "its own updates"),
    ],
)
def test_where_it_cannot_be_had_it_says_why_and_shows_nothing_else(facts: UpdateFacts, said: str) -> None:
    view = updates_view(facts, words())
    assert said in view.tick.text
    assert not view.tick.may_choose
    assert not view.tick.is_on
    assert (view.said, view.look_now) == ("", "")


def test_each_state_of_the_last_look_has_its_own_words() -> None:
    sights = (
        Sight(),
        Sight(ASKED),
        Sight(ASKED, NEWER),
        Sight(ASKED, None, Offline()),
        *(Sight(ASKED, None, ListRefused(why)) for why in ("signature", "older", "expired", "future", "shape")),
    )
    found = [updates_view(UpdateFacts(has_list=True, is_on=True, sight=one), words()) for one in sights]
    assert len({view.said for view in found}) == len(sights)
    assert all(view.look_now == "Look now" for view in found)
    assert [view.tone for view in found] == ["", "", "", *["warn"] * 6]
    assert found[2].said == "Selfcare 0.2.0 is out since 1 Dec 2026."
    assert [view.page for view in found if view.page] == [NEWER.page]


def test_the_start_at_login_says_what_it_does() -> None:
    assert not login_tick(is_on=False, may_choose=True, words=words()).is_on
    assert "SELFCARE_HOME" in login_tick(is_on=False, may_choose=False, words=words()).text
