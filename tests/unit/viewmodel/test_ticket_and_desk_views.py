"""A ticket contested and pictured, announced ends scored, desks with holidays and the hours that really answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from help_desk import NOW, TODAY, WORDS, ZONE, line, page, problem, ticket
from msgspec.structs import replace

from selfcare.case.contacts import Told
from selfcare.case.notebook import Noted, Way
from selfcare.domain.support import Channel, ChannelKind, Hours, Support
from selfcare.domain.tickets import FOLLOWS, EntityRef, StateChange, TicketState
from selfcare.viewmodel.channels import support_view, tried_sentences
from selfcare.viewmodel.help import whole_ticket
from selfcare.viewmodel.reports import command_of, problem_draft
from selfcare.viewmodel.ticket_story import follow_up_draft
from selfcare.viewmodel.tickets import Mark
from tests.effort import grows_in_step
from tests.samples import words


def test_a_closed_ticket_may_be_contested_with_everything_filled_in() -> None:
    closed = ticket(
        state=TicketState.CLOSED,
        resolved=NOW - timedelta(days=1),
        promised=NOW - timedelta(days=2),
        about=(EntityRef("Product", "LN-1"), EntityRef("TroubleTicket", "47000", FOLLOWS)),
    )
    shown = page(tickets=(closed,)).tickets[0]
    assert shown.can_contest
    assert shown.follows == ("47000",)
    assert ("Against the promise", "24 hours later than promised") in {(f.name, f.value) for f in shown.facts}
    draft = follow_up_draft(closed, WORDS, TODAY, ZONE)
    sent = command_of(draft, WORDS)
    assert sent.title == "Not fixed: No data"
    assert "48213" in sent.text
    assert sent.about == (EntityRef("TroubleTicket", "48213", FOLLOWS), EntityRef("Product", "LN-1"))
    assert not page(tickets=(ticket(),)).tickets[0].can_contest
    assert not page(tickets=(ticket(state=TicketState.REJECTED),)).tickets[0].can_contest


def test_a_later_ticket_is_named_on_the_earlier_one() -> None:
    later = ticket(id="48300", about=(EntityRef("TroubleTicket", "48213", FOLLOWS),))
    view = page(tickets=(ticket(state=TicketState.CLOSED), later))
    earlier = view.ticket("48213")
    assert earlier is not None
    assert earlier.followed_by == ("48300",)


def test_the_picture_ends_in_the_silence_and_every_promise_is_on_it() -> None:
    shown = page(
        tickets=(
            ticket(
                changed=None,
                course=(StateChange(TicketState.IN_PROGRESS, "inProgress", NOW - timedelta(days=4), ""),),
                promised=NOW + timedelta(days=1),
                moved_from=(NOW - timedelta(days=2),),
            ),
        )
    ).tickets[0]
    assert shown.picture is not None
    assert shown.picture.spans[-1].label == "nothing heard: 4 days"
    assert [m.label for m in shown.picture.marks] == ["Reported", "Promised, then moved", "Now", "Promised"]
    assert [m.at for m in shown.picture.marks] == sorted(m.at for m in shown.picture.marks)
    assert (shown.picture.marks[0].at, shown.picture.marks[-1].at) == (0.0, 1.0)
    assert [s.title for s in shown.course if s.mark is Mark.MISSED] == ["Promised, then moved"]


def test_a_date_that_was_taken_away_is_not_called_moved() -> None:
    for past, title, mark in (
        (True, "Promised, and missed", Mark.MISSED),
        (False, "Promised, then withdrawn", Mark.GONE),
    ):
        end = NOW + timedelta(days=-2 if past else 2)
        shown = page(tickets=(ticket(promised=None, moved_from=(end,)),)).tickets[0]
        assert (title, mark) in [(step.title, step.mark) for step in shown.course]
        assert shown.picture is not None
        assert "Promised, then withdrawn" in [m.label for m in shown.picture.marks]


def test_a_contradiction_is_said_and_nothing_is_smoothed_over() -> None:
    shown = page(tickets=(ticket(resolved=NOW - timedelta(days=1)),)).tickets[0]
    assert shown.doubts == ("It is open, and yet has a moment at which it was solved.",)
    assert shown.state.text == "being worked on"
    assert page(tickets=(ticket(),)).tickets[0].doubts == ()


def test_a_thousand_tickets_stay_quick() -> None:
    many = tuple(ticket(id=f"T{n}", created=NOW - timedelta(hours=n + 1)) for n in range(1000))
    grows_in_step(lambda: page(tickets=many[:100]), lambda: page(tickets=many), 10)
    view = page(tickets=many)
    assert len(view.tickets) == 1000
    assert view.tickets[999].course == ()
    last = whole_ticket(view, "T999", WORDS, TODAY, NOW, ZONE)
    assert last is not None
    assert last.course[0].title == "You reported it"


def test_the_first_announced_end_is_what_counts() -> None:
    over = {"state": TicketState.RESOLVED, "state_word": "resolved"}
    kept = problem(id="A", **over, expected_end=NOW, ended=NOW - timedelta(hours=1))
    late = problem(id="B", **over, expected_end=NOW, ended=NOW, moved_from=(NOW - timedelta(hours=6),))
    bare = problem(id="C", **over, ended=NOW)
    view = page(problems=(kept, late, bare))
    assert view.score == (
        "Of 2 announced ends, 1 came true. Where it was late, it was 6 hours on average. Ends were moved 1 time."
    )
    assert page(problems=(bare,)).score == ""
    shown = view.problem("B")
    assert shown is not None
    assert [(s.title, s.mark) for s in shown.record] == [
        ("Announced end, then moved", Mark.MISSED),
        ("Announced end", Mark.PAST),
        ("Over, says your operator", Mark.PAST),
    ]


def test_a_known_problem_is_reported_for_the_line_it_touches() -> None:
    view = page(problems=(problem(service_ids=("SV-1",)),), lines=(line(),))
    draft = problem_draft("SP-1", "Mobile data", view.problems[0].service_ids, view.subjects, WORDS)
    assert draft is not None
    assert EntityRef("ServiceProblem", "SP-1") in command_of(draft, WORDS).about
    assert problem_draft("SP-1", "Mobile data", ("SV-9",), view.subjects, WORDS) is None


def desk_with(**facts: object) -> Channel:
    week = tuple(Hours(day, time(8), time(20)) for day in range(7))
    made = Channel(ChannelKind.PHONE, "Care", "150", "Europe/London", week)
    return replace(made, **facts)  # type: ignore[arg-type]


def test_a_holiday_closes_a_desk_and_is_named() -> None:
    christmas = datetime(2026, 12, 24, 21, 0, tzinfo=UTC)
    view = support_view(Support((desk_with(calendar="GB-ENG"),)), WORDS, christmas, ZONE)
    shown = view.channels[0]
    assert shown.tag.text == "closed now"
    assert shown.when == "opens Sun 27 Dec 08:00, in 59 hours"
    assert shown.more == ("Closed on Fri 25 Dec, Sat 26 Dec and Mon 28 Dec, holidays there.",)
    own = support_view(Support((desk_with(closed_on=(date(2026, 11, 21),)),)), WORDS, NOW, ZONE).channels[0]
    assert (own.tag.text, own.more) == ("closed now", ("Closed on Sat 21 Nov, a holiday there.",))


def test_every_holiday_of_the_next_days_is_named() -> None:
    christmas = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    weekdays = tuple(Hours(day, time(8), time(20)) for day in range(5))
    shown = support_view(Support((desk_with(hours=weekdays, calendar="GB-ENG"),)), WORDS, christmas, ZONE).channels[0]
    assert shown.more == ("Closed on Fri 25 Dec and Mon 28 Dec, holidays there.",)


def test_the_last_minute_of_a_day_is_its_end() -> None:
    days = tuple(Hours(day, time(), time(23, 59)) for day in range(7))
    late = datetime(2026, 11, 21, 23, 59, 30, tzinfo=UTC)
    shown = support_view(Support((desk_with(hours=days),)), WORDS, late, ZONE).channels[0]
    assert (shown.tag.text, shown.when) == ("open now", "")
    evening = (Hours(5, time(22), time(23, 59)),)
    shown = support_view(Support((desk_with(hours=evening),)), WORDS, late, ZONE).channels[0]
    assert shown.tag.text == "open now"


def test_hours_round_the_clock_never_close_and_a_changed_clock_is_counted() -> None:
    days = tuple(Hours(day, time(), time()) for day in range(7))
    shown = support_view(Support((desk_with(hours=days),)), WORDS, NOW, ZONE).channels[0]
    assert (shown.tag.text, shown.when) == ("open now", "")
    assert shown.hours == "Mon–Sun 00:00–24:00"
    night = (Hours(5, time(22), time(6)),)
    saturday = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    shown = support_view(Support((desk_with(hours=night),)), WORDS, saturday, ZONE).channels[0]
    assert shown.when == "closes at 06:00, in 8 hours"


def test_whose_time_it_is_is_said_to_a_customer_abroad() -> None:
    here = support_view(Support((desk_with(),)), WORDS, NOW, ZONE).channels[0]
    assert "London" not in here.when + here.hours
    abroad = support_view(Support((desk_with(),)), WORDS, NOW, ZONE, is_elsewhere=True).channels[0]
    assert abroad.when.startswith("closes at 20:00 (time of London), in ")
    assert abroad.hours == "Mon–Sun 08:00–20:00, time of London"
    french = support_view(Support((desk_with(),)), words("fr"), NOW, ZONE, is_elsewhere=True).channels[0]
    assert "Londres" in french.hours


def test_what_is_to_be_known_of_a_desk_is_said() -> None:
    post = Channel(ChannelKind.POST, "Other", "1 Road", "Europe/London")
    wanted = replace(post, name="Complaints", registered=True, languages=("en", "cy"), at_hand="your number")
    view = support_view(Support((post, wanted)), WORDS, NOW, ZONE)
    assert [p.name for p in view.post] == ["Complaints", "Other"]
    assert view.post[0].more == (
        "Takes registered letters.",
        "Language: English and Welsh.",
        "Have at hand: your number.",
    )


def test_advertised_hours_are_held_against_the_customers_own_contacts() -> None:
    def call(days: int, hour: int, agent: str) -> Noted:
        at = datetime(2026, 11, 20 - days, hour, 15, tzinfo=UTC)
        return Noted(f"{days}-{hour}", Way.PHONE, True, at, at + timedelta(minutes=5), agent=agent)

    told = tuple(Told(one, None) for one in (call(0, 9, "Marc"), call(1, 12, ""), call(2, 19, "Zoe"), call(3, 22, "X")))
    found = tried_sentences(Support((desk_with(),)), WORDS, told)
    assert " ".join(found) == (
        "Phone: 4 contacts of yours, 3 of them within the advertised hours. "
        "1 time nobody is noted, though the desk says it is open. "
        "Somebody was there between 09:15 and 22:15. 1 time somebody was there outside these hours."
    )
    assert tried_sentences(Support((desk_with(),)), WORDS, ()) == ()
    assert tried_sentences(Support((desk_with(hours=()),)), WORDS, told) == ()


def test_a_promise_for_a_day_that_had_passed_is_neither_kept_nor_missed() -> None:
    born = NOW - timedelta(days=3)
    impossible = ticket(created=born, promised=born - timedelta(days=1), moved_from=(born - timedelta(days=2),))
    view = page(tickets=(impossible,))
    shown = view.tickets[0]
    assert shown.promise is not None
    assert shown.promise.text == "promised for a day that had passed"
    assert [step.title for step in shown.course if step.mark is Mark.MISSED] == []
    assert "missed" not in view.subtitle
    ended = replace(impossible, state=TicketState.CLOSED, resolved=NOW)
    closed = page(tickets=(ended,)).tickets[0]
    assert "Against the promise" not in {fact.name for fact in closed.facts}
    assert [step.title for step in closed.course if step.mark is Mark.MISSED] == []


def test_a_promise_in_words_is_quoted_and_has_no_clock() -> None:
    shown = page(tickets=(ticket(promised=None, promised_said="soon"),)).tickets[0]
    assert shown.promise is not None
    assert shown.promise.text == "promised “soon”, no clear day"
    assert next(fact.value for fact in shown.facts if fact.name == "Promised by") == "“soon”"
    over = page(tickets=(ticket(state=TicketState.CLOSED, promised=None, promised_said="soon"),)).tickets[0]
    assert over.promise is None
    long = page(tickets=(ticket(promised=None, promised_said="as soon as the parts have come " * 9),)).tickets[0]
    assert long.promise is not None
    assert len(long.promise.text) < 100
