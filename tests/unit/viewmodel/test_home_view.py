"""Home: what is urgent comes first, what is fine says so, and nothing is claimed that was not read."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.billing.option_charges import OptionCharges
from selfcare.case.promises import promises_from
from selfcare.domain.commands import OpenTicket
from selfcare.domain.freshness import Freshness
from selfcare.domain.options import Health, Service
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.tickets import EntityRef
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.viewmodel.home import HomeFacts, HomeView, home_view
from selfcare.viewmodel.home_urgent import explained
from selfcare.viewmodel.shell import shell_view
from tests import samples
from tests.samples import NOW, TODAY, gbp, words

LONDON = ZoneInfo("Europe/London")
BILLS = samples.bills()


SHOWN = (Topic.BILLS, Topic.TICKETS, Topic.PRODUCTS, Topic.SERVICES, Topic.CONTRACTS)


def parts(*absent: Topic, unread: tuple[Topic, ...] = ()) -> tuple[Freshness, ...]:
    return tuple(
        Freshness(t, None if t in {*absent, *unread} else samples.SEEN, offered=t not in absent) for t in SHOWN
    )


def facts(**more: object) -> HomeFacts:
    given: dict[str, object] = {
        "customer": samples.customer(),
        "accounts": (samples.account(),),
        "bills": BILLS,
        "lines_of": {b: samples.bill_lines(b) for b in explained(BILLS)},
        "payments": (),
        "lines": samples.lines(),
        "contracts": samples.contracts(),
        "tickets": samples.tickets(),
        "problems": samples.problems(),
        "promises": promises_from(samples.tickets(), (), samples.problems(), NOW),
        "waiting": (),
        "bills_age": Freshness(Topic.BILLS, samples.SEEN),
        "parts": parts(),
    } | more
    return HomeFacts(**given)  # type: ignore[arg-type]


def home(language: str = "en", **more: object) -> HomeView:
    return home_view(facts(**more), words(language), LONDON, TODAY, NOW)


def quiet() -> dict[str, object]:
    works = Service("SV", "x", Health.WORKS, "running")
    calm = [
        replace(line, options=tuple(replace(o, services=(works,)) for o in line.options)) for line in samples.lines()
    ]
    return {
        "bills": BILLS[1:],
        "tickets": (),
        "problems": (),
        "promises": (),
        "lines": calm,
    }


def test_the_strange_bill_comes_first_with_its_reason_before_the_debit() -> None:
    card = home().urgent[0]
    assert card.tag == "Before Mon 30 Nov"
    assert card.title == "This bill is not like your others: £312.48"
    assert "“Roaming data, outside EU, 12–14 Oct” accounts for £272.49." in card.text
    assert "It will be debited on Mon 30 Nov, in 9 days." in card.text
    assert [s.target for s in card.steps] == ["bills/780123467", "bills/780123467/dispute", "bills/780123467/debit"]


def test_a_broken_promise_is_raised_and_quoted() -> None:
    card = home().urgent[1]
    assert card.tag == "Promise missed by 48 hours"
    assert card.title == "“Level 2 calls you back within 72 hours.”"
    assert "Said by Marc, Mon 16 Nov, 10:30, ticket 48213." in card.text
    assert "2 promises missed on this." in card.text


@pytest.mark.parametrize(
    ("title", "category", "shown"),
    [
        ("Change of account holder", "holderChange", "Change of account holder"),
        ("", "holderChange", "holderChange"),
        ("", "", "Order O-7 should have been carried out by now"),
    ],
)
def test_a_broken_promise_of_an_order_says_which(title: str, category: str, shown: str) -> None:
    due = NOW - timedelta(days=4)
    order = Order("O-7", "", category, OrderState.HELD, "held", due, None, due, None, title=title)
    card = home(**(quiet() | {"promises": promises_from((), (order,), (), NOW)})).urgent[0]
    assert card.title == shown
    assert card.text.startswith("Order O-7. Due ")


def test_a_broken_promise_of_a_ticket_without_a_title_names_it() -> None:
    ticket = replace(samples.tickets()[0], title="", notes=(), moved_from=(), promised=NOW - timedelta(days=4))
    promises = promises_from((ticket,), (), (), NOW)
    card = home(**(quiet() | {"promises": promises, "tickets": (ticket,)})).urgent[0]
    assert card.title == "An answer to ticket 48213 was promised"
    assert card.text.startswith("Ticket 48213. Due ")


def test_of_a_thousand_broken_promises_the_last_three_stand_on_home() -> None:
    first = samples.tickets()[0]
    tickets = tuple(
        replace(first, id=f"T-{n}", moved_from=(), promised=NOW - timedelta(minutes=n + 1), notes=())
        for n in range(1000)
    )
    view = home(**(quiet() | {"promises": promises_from(tickets, (), (), NOW), "tickets": tickets}))
    targets = [card.steps[0].target for card in view.urgent]
    assert targets == ["help/ticket/T-0", "help/ticket/T-1", "help/ticket/T-2", "case"]
    assert view.urgent[-1].title == "997 more promises are missed"
    assert "4 things need you" in view.below
    few = promises_from(tickets[:4], (), (), NOW)
    assert len(home(**(quiet() | {"promises": few, "tickets": tickets[:4]})).urgent) == 4


def test_of_many_lines_that_are_not_as_sold_the_first_three_stand_on_home() -> None:
    line = samples.lines()[0]
    lines = tuple(replace(line, id=f"L-{n}") for n in range(40))
    cards = home(**(quiet() | {"lines": lines})).urgent
    assert [card.tag for card in cards] == ["Charged, not working"] * 3 + ["Not as sold"]
    assert cards[-1].title == "37 more things are not as sold"
    assert cards[-1].steps[0].target == "services"


@pytest.mark.parametrize("price", [None, gbp("0.00")])
def test_what_costs_nothing_raises_no_alarm_but_where_bills_charge_it(price: object) -> None:
    line = samples.lines()[0]
    free = replace(line, options=(replace(line.options[0], price=price),))
    assert home(**(quiet() | {"lines": (free,)})).urgent == ()
    charges = {"OP-1": OptionCharges((gbp("8.00"),), (), 1, None)}
    (card,) = home(**(quiet() | {"lines": (free,), "charges": charges})).urgent
    assert "It costs" not in card.text


def test_what_was_charged_before_it_began_is_raised() -> None:
    line = samples.lines()[0]
    fresh = replace(line, options=(replace(line.options[1], since=samples.ago(10)),))
    early = {"OP-2": OptionCharges((gbp("12.00"),), (gbp("12.00"),), 8, samples.ago(300))}
    (card,) = home(**(quiet() | {"lines": (fresh,), "early": early})).urgent
    assert card.tag == "Charged before it began"
    assert card.text == "By your operator it began on Wed 11 Nov, yet 8 bills charged £12.00 for the time before."


def test_charged_and_not_working_are_two_facts() -> None:
    card = home().urgent[2]
    assert card.tag == "Charged, not working"
    assert card.title == "EU Roaming Pass on 07700 900123"
    assert "Active on paper since" in card.text
    assert "reports the service as failed" in card.text


def test_the_day_counts_what_needs_the_customer() -> None:
    assert home().below == "Saturday 21 November 2026. 3 things need you, the rest is quiet."


def test_nothing_to_do_says_so() -> None:
    view = home(**quiet())
    assert view.urgent == ()
    assert view.calm is not None
    assert view.calm.title == "Nothing needs you today"
    assert view.below == "Saturday 21 November 2026. Nothing needs you."
    assert view.payment is not None
    assert view.payment.amount == "Nothing to pay"


def test_never_read_is_not_nothing_to_do() -> None:
    view = home(
        **(quiet() | {"customer": None, "bills": (), "bills_age": Freshness(Topic.BILLS), "lines": (), "contracts": ()})
    )
    assert view.calm is not None
    assert view.calm.kind == "neverRead"
    assert "Nothing needs you" not in view.below
    assert view.payment is None


def test_of_what_is_not_offered_nothing_is_claimed() -> None:
    nothing = home(**(quiet() | {"bills": (), "lines": (), "parts": parts(*SHOWN)})).calm
    assert nothing is not None
    assert (nothing.kind, nothing.title) == ("notOffered", "Nothing can be said of today")
    assert nothing.text == "Your operator does not offer here: bills, tickets, lines, options and services."
    view = home(**(quiet() | {"parts": parts(Topic.TICKETS, Topic.SERVICES)}))
    assert view.below == "Saturday 21 November 2026."
    assert view.calm is not None
    assert view.calm.title == "Nothing needs you, as far as your operator tells"
    assert view.calm.text == "Bills are as usual. Your operator does not offer here: tickets and services."
    unread = home(**(quiet() | {"parts": parts(unread=(Topic.TICKETS,))})).calm
    assert unread is not None
    assert unread.text.endswith("works as far as is known. Not read yet: tickets.")
    assert "No promise" not in unread.text


def test_the_rest_is_only_called_quiet_where_all_of_it_is_known() -> None:
    assert home().below.endswith("the rest is quiet.")
    assert home(parts=parts(Topic.TICKETS)).below.endswith("things need you.")


def test_a_bill_called_unpaid_though_credited_is_raised() -> None:
    late = replace(BILLS[1], remaining=gbp("41.99"), due=TODAY - timedelta(days=20))
    late = replace(late, state=BILLS[0].state)
    view = home(**(quiet() | {"bills": (late, *BILLS[2:]), "payments": samples.payments()}))
    assert view.urgent[0].tag == "Called unpaid, yet credited"
    assert "do not pay twice" in view.urgent[0].text
    unpaid = home(**(quiet() | {"bills": (late, *BILLS[2:])}))
    assert unpaid.urgent[0].tag == "Overdue"
    assert unpaid.urgent[0].title == "£41.99 is overdue"
    untold = home(**(quiet() | {"bills": (replace(late, remaining=None, total=None), *BILLS[2:])})).urgent[0]
    assert untold.title == "A bill is overdue"
    assert unpaid.urgent[0].steps[-1].target.endswith("/plan")


def test_the_commitment_that_has_ended_means_free() -> None:
    card = next(c for c in home().side if c.over == "Contract: Mobile contract")
    assert card.title == "Free to leave since Thu 15 Oct"
    assert card.step is not None
    assert card.step.target == "leaving"
    coming = [replace(samples.contracts()[0], ends=TODAY + timedelta(days=9))]
    card = next(c for c in home(contracts=coming).side if c.over == "Contract: Mobile contract")
    assert card.title == "Free to leave from Mon 30 Nov"
    both = [*coming, samples.contracts()[1]]
    card = next(c for c in home(contracts=both).side if c.over == "Contract: Mobile contract")
    assert "1 other contract is past its commitment." in card.text
    unknown = [replace(samples.contracts()[0], ends=None)]
    card = next(c for c in home(contracts=unknown).side if c.over == "Contract")
    assert "not stated" in card.title


def test_without_contracts_the_end_that_stands_with_a_line_is_told() -> None:
    ends = TODAY + timedelta(days=9)
    bound = replace(samples.lines()[0], term_ends=ends, name="Orvane Unlimited")
    without = {"contracts": (), "parts": parts(Topic.CONTRACTS)}
    card = next(c for c in home(**without, lines=(bound,)).side if c.over == "Contract: Orvane Unlimited")
    assert (card.title, card.step is not None) == ("Free to leave from Mon 30 Nov", True)
    assert card.text.endswith("Your operator offers no contracts here. This is what it states with your lines.")
    free = replace(bound, term_ends=None)
    card = next(c for c in home(**without, lines=(free,)).side if c.over == "Contract")
    assert card.title == "The end of the commitment is not stated"
    assert card.text.startswith("Your operator offers no contracts here. That is not the same as none.")
    for view in (home(contracts=(), lines=(free,)), home(**without, lines=())):
        assert not [c for c in view.side if c.over.startswith("Contract")]


def test_where_no_ticket_is_taken_a_noted_call_is_the_way() -> None:
    steps = [home(can_report=offered).urgent[-1].steps[0] for offered in (True, False)]
    assert [(s.label, s.target.partition("/")[0]) for s in steps] == [
        ("Say it does not work", "services"),
        ("Note a call about it", "case"),
    ]


def test_a_moved_end_of_a_problem_is_counted() -> None:
    card = next(c for c in home().side if c.over.startswith("Known problem"))
    assert "moved 2 times" in card.text


def test_a_request_that_needs_a_decision_comes_first() -> None:
    ask = Waiting("w1", OpenTicket("t", "x", "Incident"), WaitingState.ASK, NOW)
    view = home(waiting=(ask,))
    assert view.urgent[0].steps[0].target == "waiting"
    assert not any(c.over == "On its way" for c in view.side), "nothing goes out before it is decided"


def test_what_is_on_its_way_says_whether_it_still_goes_out() -> None:
    goes = "It goes out, or is asked about, by itself as soon as that is possible."
    new = Waiting("w1", OpenTicket("t", "x", "Incident"), WaitingState.NEW, NOW)
    taken = replace(new, state=WaitingState.ACCEPTED, sent=NOW, confirmed=NOW, receipt="7")
    for waiting, is_said in (((new,), True), ((taken,), False), ((new, replace(taken, id="w2")), True)):
        card = next(c for c in home(waiting=waiting).side if c.over == "What you asked for")
        assert card.title == ("2 requests are" if len(waiting) == 2 else "1 request is") + " not carried out yet"
        assert (goes in card.text) is is_said


def test_what_may_have_arrived_is_not_called_unsent() -> None:
    ask = Waiting("w1", OpenTicket("t", "x", "Incident"), WaitingState.ASK, NOW)
    assert home(waiting=(ask,)).urgent[0].title == "1 request was not done and needs you"
    sent = replace(ask, sent=NOW, why="cannotTell")
    assert home(waiting=(sent,)).urgent[0].title == "1 request needs your decision"
    refused = replace(sent, why="changed")
    assert home(waiting=(refused,)).urgent[0].title == "1 request was not done and needs you"


def test_a_refusal_is_told_with_its_reason_until_it_is_old_or_asked_for_again() -> None:
    command = OpenTicket("No signal", "x", "Incident")
    day = timedelta(days=1)
    no = Waiting("w1", command, WaitingState.REJECTED, NOW - 3 * day, reason="Ask in a shop.", settled=NOW - 2 * day)
    card = home(waiting=(no,)).urgent[0]
    assert (card.tag, card.title) == ("Refused", "Ticket: No signal")
    assert card.text == "Refused by your operator: “Ask in a shop.”"
    again = Waiting("w2", command, WaitingState.NEW, NOW - day)
    other = Waiting("w3", OpenTicket("Another", "x", "Incident"), WaitingState.NEW, NOW - day)
    for waiting, is_told in (
        ((no, again), False),
        ((no, other), True),
        ((no, replace(again, state=WaitingState.DROPPED)), True),
        ((replace(no, settled=NOW - 8 * day),), False),
    ):
        assert any(c.tag == "Refused" for c in home(waiting=waiting).urgent) is is_told


def test_the_sidebar_counts_what_waits() -> None:
    ask = Waiting("w1", OpenTicket("t", "x", "Incident"), WaitingState.NEW, NOW)
    shell = shell_view("Orvane Mobile", samples.customer(), 3, samples.tickets(), (ask,), words(), NOW)
    assert shell.who == "Claire Martin · 3 lines"
    assert [(b.room, b.count) for b in shell.badges] == [("help", 1), ("waiting", 1)]


def test_payments_taken_and_not_credited_are_one_card_and_nothing_to_pay() -> None:
    due = TODAY - timedelta(days=20)
    late = [replace(b, remaining=b.total, due=due, state=BILLS[0].state) for b in BILLS[1:3]]
    taken = tuple(
        Payment(f"Y{n}", due, b.total, PaymentState.TAKEN, "captured", (b.id,)) for n, b in enumerate(late, 1)
    )
    view = home(**(quiet() | {"bills": (*late, *BILLS[3:]), "payments": taken}))
    assert [c.tag for c in view.urgent] == ["Taken, not credited"]
    card = view.urgent[0]
    assert (card.tag_kind, card.title) == ("warn", "2 payments were taken, not credited by your operator")
    assert f"Bill {late[0].number}: payment Y1, Sun 1 Nov." in card.text
    assert [s.label for s in card.steps] == ["See the payment", "Dispute it"]
    assert view.payment is not None
    assert (view.payment.amount, view.payment.step) == ("Nothing to pay", None)
    assert view.payment.text == "What was taken is not credited by your operator yet."


def test_a_card_says_that_its_bill_is_disputed_and_offers_the_ticket() -> None:
    about = (EntityRef("CustomerBill", BILLS[0].id),)
    ticket = replace(samples.tickets()[0], kind="Bill Dispute", about=about)
    card = home(tickets=(ticket,)).urgent[0]
    assert card.text.endswith("Dispute asked for on Fri 13 Nov.")
    assert [s.target for s in card.steps] == ["bills/780123467", "help/ticket/48213", "bills/780123467/debit"]


def test_an_unpaid_bill_that_is_no_longer_listed_is_not_called_paid() -> None:
    lost = replace(BILLS[0], no_longer_listed=True)
    others = tuple(replace(b, no_longer_listed=True) for b in BILLS[1:])
    payment = home(bills=(lost, *others)).payment
    assert payment is not None
    said = "Bill 780123467 is no longer listed by your operator; when last seen it was not paid."
    assert (payment.amount, payment.text) == ("Not listed any more", said)
    assert payment.step is not None
    assert payment.step.target == "bills/780123467"
    two = home(bills=(lost, replace(lost, id="2"), *others)).payment
    assert two is not None
    assert two.text.startswith("2 bills are no longer listed by your operator; when last seen they were not paid.")
    settled = home(bills=others).payment
    assert settled is not None
    assert settled.text.startswith("Every bill is paid.")


def test_beside_a_bill_that_is_to_be_paid_the_one_that_is_gone_is_named_too() -> None:
    lost = replace(BILLS[1], id="2", number="780", remaining=gbp("41.99"), state=BILLS[0].state, no_longer_listed=True)
    view = home(bills=(BILLS[0], lost, *BILLS[2:]))
    assert view.payment is not None
    assert view.payment.amount == "£312.48"
    assert view.payment.text.endswith("Bill 780 is no longer listed by your operator; when last seen it was not paid.")
    overdue = next(c for c in view.urgent if c.tag == "Overdue")
    assert "no longer listed" in overdue.text


def test_a_bill_that_is_gone_is_not_announced_as_a_debit() -> None:
    card = home(bills=(replace(BILLS[0], no_longer_listed=True), *BILLS[1:])).urgent[0]
    assert "It will be debited" not in card.text
    assert "no longer listed" in card.text


def test_a_contract_that_is_no_longer_listed_decides_nothing_beside_one_that_is() -> None:
    one, two = samples.contracts()[:2]
    gone = replace(one, ends=TODAY + timedelta(days=9), no_longer_listed=True)
    card = next(c for c in home(contracts=(gone, two)).side if c.over.startswith("Contract"))
    assert "no longer lists" not in card.text
    assert card.over.endswith(two.name)
    card = next(c for c in home(contracts=(gone,)).side if c.over.startswith("Contract"))
    assert card.text.endswith("Your operator no longer lists this contract; this is how it was last seen.")


def test_a_promise_of_a_ticket_that_is_gone_is_not_raised_as_missed() -> None:
    gone = [replace(t, no_longer_listed=True) for t in samples.tickets()]
    view = home(tickets=gone, promises=promises_from(gone, (), (), NOW))
    assert not any(c.tag.startswith("Promise missed") for c in view.urgent)
    assert shell_view("O", None, 0, gone, (), words(), NOW).badges == ()
