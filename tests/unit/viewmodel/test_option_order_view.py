"""Ordering an option as it is shown: only what the operator offers, at its price, and never twice."""

from __future__ import annotations

from decimal import Decimal

from selfcare.domain.commands import DropOption, OrderOption
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.money import Money
from selfcare.domain.offers import Offer, offers_for
from selfcare.domain.options import PaperState
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.viewmodel.option_order import OrderingView, ordering_view
from tests import samples

WORLD = Offer("PO-w", "World Calls", "200 minutes.", Money(Decimal(12), "GBP"), "month", Money(Decimal(5), "GBP"), 12,
              "Bound for 12 months.", ("PO-plan",))  # fmt: skip
DATA = Offer("PO-d", "Data 10 GB", "", None, "", None, is_for_all=True)
WORDS = samples.words()
SEEN = (Freshness(Topic.OFFERS, samples.SEEN, samples.SEEN),)


def a_line() -> Line:
    line = samples.lines()[0]
    plan = replace(line.options[0], id=line.id, offering_id="PO-plan")
    return replace(line, on_paper=PaperState.ACTIVE, main=plan)


def view(*offers: Offer, waiting: tuple[Waiting, ...] = (), can_order: bool = True, **changes: object) -> OrderingView:
    line = replace(a_line(), **changes)  # type: ignore[arg-type]
    return ordering_view(line, offers, waiting, SEEN, WORDS, can_order=can_order)


def test_what_is_shown_is_what_is_ordered() -> None:
    question = view(WORLD, DATA).question
    assert question is not None
    data, world = question.offers
    assert [one.label for one in question.offers] == ["Data 10 GB", "World Calls · £12.00 a month"]
    facts = {fact.name: fact.value for fact in world.facts}
    assert facts == {"Line": a_line().number, "Price": "£12.00 a month", "Paid once": "£5.00", "Bound for": "12 months"}
    assert (world.text, world.clause) == ("“200 minutes.”", "“Bound for 12 months.”")
    command = world.command
    assert (command.line_id, command.offering_id, command.name) == (a_line().id, "PO-w", "World Calls")
    assert (command.price, command.period, command.once) == (WORLD.price, "month", WORLD.once)
    assert (command.months, command.clause) == (12, "Bound for 12 months.")
    assert not any(fact.is_stated for fact in data.facts if fact.name != "Line"), "not stated is not free"
    assert (data.command.price, data.command.months) == (None, None)


def test_only_what_fits_the_plan_is_sold_and_is_not_there_yet() -> None:
    line = a_line()
    assert offers_for(line, [WORLD, DATA]) == (DATA, WORLD)
    assert offers_for(line, [replace(WORLD, fits=("PO-other",))]) == ()
    assert offers_for(line, [replace(WORLD, is_sold=False)]) == ()
    assert offers_for(line, [replace(DATA, is_for_all=False)]) == (), "a plan or a device is no option"
    held = replace(line.options[0], offering_id="PO-d", on_paper=PaperState.SUSPENDED)
    assert offers_for(replace(line, options=(held,)), [DATA]) == ()
    gone = replace(held, on_paper=PaperState.TERMINATED)
    assert offers_for(replace(line, options=(gone,)), [DATA]) == (DATA,)
    assert offers_for(replace(line, on_paper=PaperState.TERMINATED), [DATA]) == ()


def test_an_order_on_its_way_is_shown_and_not_offered_again() -> None:
    order = OrderOption(a_line().id, "PO-d", "Data 10 GB")
    waiting = Waiting("W", order, WaitingState.NEW, samples.NOW)
    shown = view(DATA, waiting=(waiting,))
    assert shown.question is None
    assert shown.under_way == ("Ordered: Data 10 GB · kept here, not sent yet",)
    there = replace(a_line().options[0], offering_id="PO-d", on_paper=PaperState.PENDING_ACTIVE)
    assert view(DATA, waiting=(replace(waiting, state=WaitingState.ACCEPTED),), options=(there,)).under_way == ()
    refused = view(DATA, waiting=(replace(waiting, state=WaitingState.REJECTED),))
    assert refused.question is not None
    assert refused.under_way == ()


def test_an_option_that_is_to_go_says_so_until_the_operator_does() -> None:
    (option, *_) = a_line().options
    waiting = Waiting("W", DropOption(option.id, a_line().id, option.name), WaitingState.NEW, samples.NOW)
    assert option.on_paper is PaperState.ACTIVE
    assert view(waiting=(waiting,)).under_way == (f"To be taken off: {option.name} · kept here, not sent yet",)
    ending = replace(option, on_paper=PaperState.PENDING_TERMINATE)
    assert view(waiting=(waiting,), options=(ending,)).under_way == ()
    assert view(waiting=(replace(waiting, state=WaitingState.DONE),)).under_way == ()


def test_why_nothing_can_be_ordered() -> None:
    hidden = (Freshness(Topic.OFFERS, None, None, offered=False),)
    line = a_line()
    said = ordering_view(line, (), (), hidden, WORDS, can_order=True).why_not
    assert said == "Ordering an option here: not offered by your operator."
    assert view(DATA, can_order=False).why_not == said
    assert view().why_not == "Your operator offers no option to order."
    assert view(replace(WORLD, fits=("PO-x",))).why_not == "Your operator offers no other option for this line."
    unread = (Freshness(Topic.OFFERS, None, None),)
    assert ordering_view(line, (), (), unread, WORDS, can_order=True).why_not == "Not read yet"
    assert view(DATA, on_paper=PaperState.TERMINATED) == OrderingView()
