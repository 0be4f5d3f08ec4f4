"""Services as they are shown: three facts per option, prices per line, handsets, and the ticket prepared for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.domain.commands import RequestUnlock
from selfcare.domain.contract import Contract
from selfcare.domain.failures import Offline
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Access, Handset, Line, SimLock
from selfcare.domain.money import Money
from selfcare.domain.operator import ExitWay
from selfcare.domain.options import Health, Option, PaperState, Service, Verdict
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import TicketState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.host.folders import resource
from selfcare.i18n import load_words
from selfcare.leaving.rules import parse_rules
from selfcare.viewmodel.facts import Tone
from selfcare.viewmodel.lines_table import cost_of
from selfcare.viewmodel.reports import command_of, subjects
from selfcare.viewmodel.services import MANY, ServicesFacts, line_cost, services_view
from tests import samples

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


def test_only_a_line_that_has_ended_can_have_no_trouble() -> None:
    made = samples.lines()[0]
    off, on = (option("Line", health, on_paper=PaperState.TERMINATED) for health in (Health.OFF, Health.WORKS))
    for main, expected in ((off, False), (on, True), (None, False)):
        line = replace(made, main=main, on_paper=PaperState.TERMINATED, options=())
        view = services_view(ServicesFacts((line,), ZONE), WORDS, TODAY).lines[0]
        assert (line.id in view.drafts) is expected, main


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def option(name: str = "EU Pass", health: Health | None = Health.FAILED, **changes: object) -> Option:
    services = (Service("SV-1", name, health, "failed"),) if health is not None else ()
    made = Option(
        id=f"PR-{name}",
        name=name,
        line_id="LN-1",
        price=pounds("12.00"),
        period="1 month",
        on_paper=PaperState.ACTIVE,
        on_paper_word="active",
        sold=date(2026, 11, 1),
        since=date(2026, 11, 3),
        ended=None,
        service_ids=("SV-1",),
        services=services,
        clause="Roaming works where our partners allow it.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def line(number: str = "07700 900123", **changes: object) -> Line:
    made = Line(
        id="LN-1",
        name="Orvane Plus",
        number=number,
        access=Access.MOBILE,
        on_paper=PaperState.ACTIVE,
        on_paper_word="active",
        price=pounds("20.00"),
        period="month",
        since=date(2024, 10, 15),
        ends=None,
        user_name="Claire",
        main=option("main", Health.WORKS, price=None, service_ids=("SV-0",)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


PHONE = Handset("HS-1", "Handset 12", "356938035643809", SimLock.LOCKED, "LN-1")


def shown(*lines: Line, **more: object) -> ServicesFacts:
    return ServicesFacts(lines, ZONE, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("health", "verdict", "tone", "sentence"),
    [
        (Health.WORKS, "works", Tone.GOOD, "reports it as running"),
        (Health.DEGRADED, "works badly", Tone.WARN, "runs with limits"),
        (Health.FAILED, "charged, not working", Tone.BAD, "reports the service as failed. You pay £12.00 a month"),
        (Health.NEVER_ON, "charged, never switched on", Tone.BAD, "never switched on"),
        (None, "working: not stated", Tone.QUIET, "not the same as working"),
    ],
)
def test_an_option_is_judged_by_paper_and_reality(
    health: Health | None, verdict: str, tone: Tone, sentence: str
) -> None:
    view = services_view(shown(line(options=(option(health=health),))), WORDS, TODAY).lines[0].options[0]
    assert (view.verdict.text, view.verdict.tone) == (verdict, tone)
    assert sentence in view.sentence


@pytest.mark.parametrize(("price", "said"), [("0.00", "has no price of its own."), (None, "states no price for it.")])
def test_what_costs_nothing_is_not_called_charged(price: str | None, said: str) -> None:
    free = option(price=None if price is None else pounds(price))
    view = services_view(shown(line(options=(free,))), WORDS, TODAY).lines[0].options[0]
    assert (view.verdict.text, view.needs_attention) == ("not working", True)
    assert "You pay" not in view.sentence
    assert said in view.sentence


@pytest.mark.parametrize(
    ("health", "really", "sentence"),
    [
        (Health.OFF, "switched off", "reports the service as switched off. You pay £12.00 a month for it."),
        (Health.NOT_ENABLED, "not enabled", "Your operator reports that the service is not enabled. You pay £12.00"),
        (Health.CONTRADICTORY, "contradictory: running, and not enabled", "Your operator contradicts itself"),
    ],
)
def test_what_the_network_says_is_said_as_it_is(health: Health, really: str, sentence: str) -> None:
    made = option(services=(Service("SV-1", "EU Pass", health, "active"),))
    view = services_view(shown(line(options=(made,))), WORDS, TODAY).lines[0].options[0]
    assert view.really.value == really
    assert sentence in view.sentence
    assert "failed" not in view.sentence
    assert view.verdict.tone is not Tone.GOOD


@pytest.mark.parametrize(
    ("paper", "health", "tag"),
    [
        (PaperState.SUSPENDED, Health.WORKS, "suspended on paper, still on"),
        (PaperState.SUSPENDED, Health.OFF, "suspended"),
        (PaperState.ABORTED, Health.WORKS, "never came about on paper, yet on"),
        (PaperState.TERMINATED, Health.DEGRADED, "ended on paper, still on"),
        (PaperState.TERMINATED, Health.OFF, "ended"),
        (PaperState.UNKNOWN, Health.FAILED, "working: not stated"),
    ],
)
def test_what_is_not_active_on_paper_is_called_by_its_own_state(paper: PaperState, health: Health, tag: str) -> None:
    view = services_view(shown(line(options=(option(health=health, on_paper=paper),))), WORDS, TODAY)
    assert view.lines[0].options[0].verdict.text == tag
    assert "does not say whether it really works" not in view.lines[0].options[0].sentence


def test_what_nobody_ordered_is_not_called_sold() -> None:
    made = option(health=Health.WORKS, sold=None)
    view = services_view(shown(line(options=(made,)), unasked=frozenset({made.id})), WORDS, TODAY).lines[0].options[0]
    assert view.sentence == "Active on paper, and your operator reports it as running."


def test_sold_paper_and_really_are_three_facts() -> None:
    view = services_view(shown(line(options=(option(),))), WORDS, TODAY).lines[0].options[0]
    assert view.sold.value == "Sun 1 Nov"
    assert view.on_paper.value == "active since Tue 3 Nov"
    assert view.really.value == "failed"
    assert view.clause == "“Roaming works where our partners allow it.”"


def test_what_the_operator_does_not_say_is_not_made_up() -> None:
    silent = option(
        health=None, sold=None, since=None, on_paper=PaperState.UNKNOWN, on_paper_word="in flux", price=None
    )
    view = services_view(shown(line(options=(silent,))), WORDS, TODAY).lines[0].options[0]
    assert view.sold.value == "not stated by your operator"
    assert not view.really.is_stated
    assert view.on_paper.value == "“in flux”"
    assert view.price == ""


@pytest.mark.parametrize(
    ("paper", "tag", "sentence"),
    [
        (PaperState.ABORTED, "never came about", "It never came about."),
        (PaperState.CANCELLED, "cancelled", "Cancelled; the day is not stated by your operator."),
        (PaperState.TERMINATED, "ended", "Ended; the day is not stated by your operator."),
    ],
)
def test_what_never_was_is_not_called_ended(paper: PaperState, tag: str, sentence: str) -> None:
    own = option(health=None, on_paper=paper, on_paper_word=paper.value)
    card = services_view(shown(line(options=(own,))), WORDS, TODAY).lines[0].options[0]
    assert (card.verdict.text, card.sentence, card.on_paper.value) == (tag, sentence, tag)


def test_a_price_without_tax_is_told_as_such_and_added_up_for_itself() -> None:
    card = services_view(shown(line(options=(option(is_net=True),))), WORDS, TODAY).lines[0]
    assert card.options[0].price == "£12.00 a month without tax"
    assert "You pay £12.00 a month without tax for it." in card.options[0].sentence
    assert line_cost(line(options=(option(is_net=True),))) == (("month", pounds("20.00")),)
    view = services_view(shown(line(is_net=True, options=(option(is_net=True), option("x")))), WORDS, TODAY)
    assert view.subtitle.split(" · ")[1:3] == [
        "£12.00 a month as contracted",
        "£32.00 a month without tax as contracted",
    ]


def test_a_sum_says_what_it_does_not_know() -> None:
    unknown = line(
        options=(option(), option("x", price=None), option("gone", price=None, on_paper=PaperState.TERMINATED))
    )
    view = services_view(shown(unknown), WORDS, TODAY)
    assert view.subtitle.split(" · ")[1:3] == ["£32.00 a month as contracted", "1 price not stated"]
    facts = {fact.name: fact.value for fact in view.lines[0].facts}
    assert facts["With its options"] == "£32.00 a month and 1 price not stated"
    no_price = services_view(shown(line(price=None, options=())), WORDS, TODAY)
    assert "not stated" not in no_price.subtitle, "there is no sum that it could be missing from"


def test_a_line_costs_plan_and_active_options_per_period_and_currency() -> None:
    other = option("Abroad", price=Money(Decimal("5.00"), "EUR"))
    gone = option("Old", on_paper=PaperState.TERMINATED)
    yearly = option("Cover", period="year", price=pounds("60.00"))
    assert line_cost(line(options=(option(), other, gone, yearly))) == (
        ("month", pounds("32.00")),
        ("month", Money(Decimal("5.00"), "EUR")),
        ("year", pounds("60.00")),
    )


def test_many_lines_stand_in_a_table_and_are_found_by_any_word() -> None:
    lines = tuple(line(f"07700 9001{n:02}", id=f"LN-{n}", user_name=f"User {n}") for n in range(MANY))
    view = services_view(shown(*lines), WORDS, TODAY)
    assert view.as_table
    assert not services_view(shown(*lines[:-1]), WORDS, TODAY).as_table
    assert [row.id for row in view.found("user 3")] == ["LN-3"]
    assert [row.id for row in view.found("07700900104")] == ["LN-4"]
    assert len(view.found("")) == MANY
    assert view.found("nobody") == ()


def test_the_worst_option_is_told_on_the_line_and_listed_first() -> None:
    view = services_view(shown(line(options=(option("A", Health.WORKS), option("Z")))), WORDS, TODAY).lines[0]
    assert view.health.text == "option: charged, not working"
    assert [o.name for o in view.options] == ["Z", "A"]
    assert services_view(shown(line()), WORDS, TODAY).lines[0].health.text == "works"


def test_the_known_problem_behind_is_named_until_it_is_over() -> None:
    problem = Problem(
        "SP-1", "Mobile data, Leeds", "", "", TicketState.IN_PROGRESS, "", NOW, NOW, None,
        expected_end=datetime(2026, 11, 21, 16, 0, tzinfo=UTC), service_ids=("SV-1",),
    )  # fmt: skip
    facts = shown(line(options=(option(),)), problems=(problem,))
    link = services_view(facts, WORDS, TODAY).lines[0].options[0].problem
    assert link is not None
    assert link.text == "Known problem: Mobile data, Leeds. Announced end: Sat 21 Nov, 16:00."
    over = shown(line(options=(option(),)), problems=(replace(problem, state=TicketState.CLOSED),))
    assert services_view(over, WORDS, TODAY).lines[0].options[0].problem is None


def test_it_does_not_work_becomes_a_ticket_with_all_facts() -> None:
    view = services_view(shown(line(options=(option(),))), WORDS, TODAY).lines[0]
    draft = view.drafts["PR-EU Pass"]
    command = command_of(replace(draft, text="No data since Tuesday."), WORDS)
    assert command.title == "EU Pass on 07700 900123 does not work"
    assert command.text.startswith("No data since Tuesday.\n\n")
    for part in ("Sold: Sun 1 Nov", "Really: failed", "Roaming works where", "Price: £12.00 a month"):
        assert part in command.text
    assert {(ref.kind, ref.id) for ref in command.about} == {("Product", "PR-EU Pass"), ("Service", "SV-1")}
    assert command.ticket_type == "Incident"
    assert command_of(view.drafts["LN-1"], WORDS).severity == "Critical"


def test_a_ticket_may_be_about_anything_or_something_else() -> None:
    labels = [s.label for s in subjects((line(options=(option(),)),), WORDS, TODAY)]
    assert labels == ["Line 07700 900123", "EU Pass on 07700 900123", "Something else"]


def test_a_locked_handset_offers_the_request_with_its_facts() -> None:
    way = ExitWay("TMF622", "deviceUnlock", hours=48)
    view = services_view(shown(line(handset=PHONE), unlock=way), WORDS, TODAY).lines[0].handset
    assert view is not None
    assert view.lock.text == "locked"
    assert view.unlock is not None
    assert view.unlock.wish == RequestUnlock("HS-1", "356938035643809", "LN-1")
    assert view.unlock.question.command == view.unlock.wish
    assert "48 hours, by your operator’s own word" in [f.value for f in view.unlock.question.facts]


@pytest.mark.parametrize(
    ("since", "is_business", "country", "is_banned"),
    [
        (date(2021, 12, 17), False, "GB", True),
        (date(2021, 12, 16), False, "GB", False),
        (None, False, "GB", False),
        (date(2024, 3, 12), True, "GB", False),
        (date(2024, 3, 12), False, "FR", False),
    ],
)
def test_a_handset_that_should_not_have_been_sold_locked_says_so_in_the_request(
    since: date | None, is_business: bool, country: str, is_banned: bool
) -> None:
    rules = parse_rules(resource("rules", f"{country.lower()}.toml").read_bytes())
    found = shown(
        line(handset=replace(PHONE, since=since)),
        unlock=ExitWay("TMF622", "deviceUnlock"),
        rules=rules,
        is_business=is_business,
    )
    view = services_view(found, WORDS, TODAY).lines[0].handset
    assert view is not None
    assert view.unlock is not None
    assert ("should not have been sold locked" in view.sentence) == is_banned
    assert ("should not have been sold locked. Handsets sold" in view.unlock.wish.note) == is_banned
    assert bool(view.unlock.wish.note) == is_banned
    if is_banned:
        assert "17 December 2021" in view.unlock.wish.note


def test_an_asked_unlock_is_waiting_and_never_asked_twice() -> None:
    asked = Waiting("w1", RequestUnlock("HS-1", "356938035643809", "LN-1"), WaitingState.NEW, NOW)
    way = ExitWay("TMF622", "deviceUnlock")
    view = services_view(shown(line(handset=PHONE), waiting=(asked,), unlock=way), WORDS, TODAY).lines[0].handset
    assert view is not None
    assert view.lock.text == "unlock asked for"
    assert view.unlock is None
    refused = replace(asked, state=WaitingState.REJECTED)
    again = services_view(shown(line(handset=PHONE), waiting=(refused,), unlock=way), WORDS, TODAY).lines[0].handset
    assert again is not None
    assert again.unlock is not None
    assert again.lock.text == "unlock refused"
    assert again.sentence.startswith("Refused by your operator, which gave no reason. It takes your operator’s SIM")
    why = replace(refused, reason="Pay first.")
    said = services_view(shown(line(handset=PHONE), waiting=(why,), unlock=way), WORDS, TODAY).lines[0].handset
    assert said is not None
    assert said.sentence.startswith("Refused by your operator: “Pay first.” ")
    free = replace(PHONE, lock=SimLock.UNLOCKED)
    over = services_view(shown(line(handset=free), waiting=(why,), unlock=way), WORDS, TODAY).lines[0].handset
    assert over is not None
    assert "efused" not in over.lock.text + over.sentence


def test_no_request_where_the_operator_takes_none_or_nothing_is_locked() -> None:
    closed = services_view(shown(line(handset=PHONE)), WORDS, TODAY).lines[0].handset
    assert closed is not None
    assert closed.unlock is None
    assert "call or write" in closed.sentence
    free = replace(PHONE, lock=SimLock.UNLOCKED)
    way = ExitWay("TMF622", "deviceUnlock")
    view = services_view(shown(line(handset=free), unlock=way), WORDS, TODAY).lines[0].handset
    assert view is not None
    assert view.unlock is None


def test_commitment_comes_from_the_line_or_its_contract() -> None:
    contract = Contract("AG-1", "", "", "", None, TODAY + timedelta(days=9), product_ids=("LN-1",))
    view = services_view(shown(line(), contracts=(contract,)), WORDS, TODAY).lines[0]
    assert view.commitment == "until Mon 30 Nov, in 9 days"
    ended = services_view(shown(line(term_ends=date(2026, 10, 15))), WORDS, TODAY).lines[0]
    assert ended.commitment == "ended on Thu 15 Oct"


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        (Freshness(Topic.PRODUCTS), "neverRead"),
        (Freshness(Topic.PRODUCTS, seen=NOW), "nothing"),
        (Freshness(Topic.PRODUCTS, offered=False), "notOffered"),
        (Freshness(Topic.PRODUCTS, failure=Offline()), "failed"),
    ],
)
def test_an_empty_page_says_which_emptiness(part: Freshness, kind: str) -> None:
    view = services_view(shown(freshness=(part,)), WORDS, TODAY)
    assert view.absence is not None
    assert view.absence.kind == kind


def test_paper_only_is_said_where_health_is_not_published() -> None:
    part = Freshness(Topic.SERVICES, offered=False)
    assert "only what is on paper" in services_view(shown(line(), freshness=(part,)), WORDS, TODAY).note
    assert services_view(shown(line()), WORDS, TODAY).note == ""


def test_every_verdict_has_its_words() -> None:
    from selfcare.viewmodel.verdicts import verdict_tag

    assert len({verdict_tag(v, WORDS, PaperState.SUSPENDED).text for v in Verdict}) == len(Verdict)


def test_prices_without_tax_are_added_up_for_themselves_over_lines_too() -> None:
    cards = services_view(shown(line(is_net=True), line("07700 900124", id="LN-2")), WORDS, TODAY).lines
    assert cost_of(cards, WORDS) == "£20.00 a month without tax + £20.00 a month"
