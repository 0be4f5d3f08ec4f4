"""Home says what comes next of a way out that is followed, and nothing against it."""

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from selfcare.domain.commands import GiveNotice
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.leaving.choices import Circumstances, Reason
from selfcare.leaving.departures import Departure
from selfcare.leaving.wizard import Answers
from selfcare.viewmodel.home_leaving import MOST, LeavingCards, leaving_cards
from selfcare.viewmodel.leaving_material import LeavingMaterial
from tests import samples
from tests.samples import TODAY
from tests.unit.viewmodel.test_home_view import home
from tests.unit.viewmodel.test_leaving_views import WORDS, material

CUT = date(2026, 11, 26)
PORT = Answers("PR-1", True, day=CUT, confirmed=samples.NOW, handed_over=date(2026, 11, 25))


def on(made: LeavingMaterial, day: date) -> LeavingMaterial:
    return replace(made, today=day, now=samples.NOW + timedelta(days=(day - TODAY).days))


def cards(made: LeavingMaterial, *line_ids: str) -> LeavingCards:
    return leaving_cards(made, line_ids or ("PR-1",), WORDS)


def test_what_comes_later_stands_at_the_side_and_the_day_itself_needs_the_customer() -> None:
    made = material(PORT, lock=SimLock.UNLOCKED)
    early = cards(on(made, CUT - timedelta(days=3)))
    assert early.urgent == ()
    (card,) = early.side
    assert card.title == "Next: the number moves, this line dies, Thu 26 Nov, in 3 days"
    assert card.step is not None
    assert card.step.target == "leaving/PR-1"
    (today,) = cards(on(made, CUT)).urgent
    assert today.title == "Next: the number moves, this line dies, today about 18:00"
    (late,) = cards(on(made, CUT + timedelta(days=2))).urgent
    assert (late.tag_kind, late.title) == ("bad", "Late: end of this line")


def test_a_plan_that_is_begun_discreet_or_taken_back_is_not_told() -> None:
    nothing = LeavingCards()
    assert cards(material(replace(PORT, confirmed=None), lock=SimLock.UNLOCKED)) == nothing
    assert cards(material(replace(PORT, about=Circumstances(Reason.SAFETY)), lock=SimLock.UNLOCKED)) == nothing
    notice = Answers("PR-1", False, plain_notice=True, day=date(2026, 12, 21), confirmed=samples.NOW)
    later = samples.NOW + timedelta(hours=1)
    assert cards(material(notice, access=Access.INTERNET, taken_back=True, taken_back_at=later)) == nothing
    assert cards(material(PORT), "no such line") == nothing


def test_of_many_lines_some_are_told_and_the_others_counted() -> None:
    found = cards(on(material(PORT, lock=SimLock.UNLOCKED), CUT), *["PR-1"] * (MOST + 2))
    assert len(found.urgent) == MOST
    assert [card.title for card in found.side] == ["2 more lines are on their way out"]


def test_home_shows_them_first_and_is_not_called_quiet() -> None:
    found = cards(on(material(PORT, lock=SimLock.UNLOCKED), CUT))
    view = home(bills=(), tickets=(), problems=(), promises=(), out=found.urgent)
    assert view.urgent[0] == found.urgent[0]
    assert view.calm is None
    side = cards(on(material(PORT, lock=SimLock.UNLOCKED), CUT - timedelta(days=3))).side
    assert home(out_side=side).side[0] == side[0]


def test_what_has_ended_or_is_given_up_is_not_called_bound_or_free() -> None:
    over = {line.id: Departure(line.id, True, ends=date(2026, 10, 31)) for line in samples.lines()}
    card = next(c for c in home(departing=over).side if c.over == "Contract")
    assert (card.title, card.text) == ("The contract has ended", "It ended on Sat 31 Oct.")
    given = {key: replace(one, is_over=False, ends=date(2026, 12, 31)) for key, one in over.items()}
    card = next(c for c in home(departing=given).side if c.over == "Contract")
    assert (card.title, card.text) == ("Notice is given", "Notice is given: it ends on Thu 31 Dec, in 40 days.")
    assert card.step is not None
    assert card.step.target.startswith("leaving/")
    some = dict(list(over.items())[:1])
    assert not [c for c in home(departing=some).side if c.title == "The contract has ended"]


def test_the_day_is_an_argument() -> None:
    made = material(PORT, lock=SimLock.UNLOCKED)
    assert isinstance(made.now, datetime)
    assert cards(on(made, CUT)) == cards(on(made, CUT))


def test_a_refused_notice_is_no_news_once_another_day_was_asked_for() -> None:
    give = GiveNotice("PR-1", "AG-1", date(2026, 12, 5))
    no = Waiting(
        "w1", give, WaitingState.REJECTED, samples.NOW - timedelta(days=2), reason="Not now.", settled=samples.NOW
    )
    again = Waiting(
        "w2", replace(give, day=date(2026, 12, 9)), WaitingState.ACCEPTED, samples.NOW, sent=samples.NOW, receipt="7"
    )
    other = replace(again, command=replace(give, line_id="PR-2"))
    for second, is_told in ((again, False), (replace(again, state=WaitingState.DROPPED), False), (other, True)):
        assert any(c.tag == "Refused" for c in home(waiting=(no, second)).urgent) is is_told
