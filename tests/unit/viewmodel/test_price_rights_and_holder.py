"""What an announced price allows in each country, how it was told, and what a change of holder needs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.notebook import Attached, Noted, Way
from selfcare.domain.bills import Bill, BillState
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract, PriceChange, Term
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, StateChange, Ticket, TicketState
from selfcare.host.folders import resource
from selfcare.i18n import load_words
from selfcare.leaving.holder_change import HOLDER_CHANGE
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.viewmodel.holder import ABOUT, HolderView, holder_view
from selfcare.viewmodel.price_rights import RightsGround, how_told, right_sentences
from selfcare.viewmodel.reports import command_of
from tests import samples

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)


def rules(country: str) -> Rules:
    return parse_rules((resource("rules") / f"{country.casefold()}.toml").read_bytes())


def ground(country: str, *, is_business: bool = False) -> RightsGround:
    return RightsGround(country, "Europe/Paris", "EUR", rules(country), is_business, NOW)


def change(told: date | None, starts: date | None = None) -> PriceChange:
    return PriceChange(told, starts, samples.gbp("42.00"), samples.gbp("45.00"))


@pytest.mark.parametrize(
    ("country", "told", "said"),
    [
        ("FR", date(2026, 8, 1), "Perhaps you may leave free because of it, until Tue 1 Dec"),
        ("FR", date(2026, 7, 1), "The time to leave free because of it ended on Sun 1 Nov"),
        ("GB", date(2026, 11, 1), "Perhaps you may leave free because of it, until Tue 1 Dec"),
        ("GB", date(2026, 10, 1), "The time to leave free because of it ended on Sat 31 Oct"),
    ],
)
def test_until_when_one_may_leave_free(country: str, told: date, said: str) -> None:
    sentence, rule = right_sentences(change(told), ground(country), WORDS, TODAY)
    assert sentence.startswith(said)
    assert "leave free" in rule


def test_a_late_announcement_is_said_and_nothing_is_made_up() -> None:
    late, _rule = right_sentences(change(date(2026, 11, 10), date(2026, 11, 20)), ground("FR"), WORDS, TODAY)
    assert late.endswith("It was announced later than the rule asks.")
    in_time, _rule = right_sentences(change(date(2026, 8, 1), date(2026, 10, 1)), ground("FR"), WORDS, TODAY)
    assert "later" not in in_time
    assert right_sentences(change(None), ground("FR"), WORDS, TODAY) == ("", "")
    assert right_sentences(change(date(2026, 11, 1)), None, WORDS, TODAY) == ("", "")
    assert right_sentences(change(date(2026, 11, 1)), ground("FR", is_business=True), WORDS, TODAY) == ("", "")


@pytest.mark.parametrize("country", ["FR", "GB", "US"])
def test_a_price_that_falls_is_no_way_out(country: str) -> None:
    lower = replace(change(date(2026, 11, 10), date(2026, 11, 20)), after=samples.gbp("39.00"))
    sentence, rule = right_sentences(lower, ground(country), WORDS, TODAY)
    assert (sentence, rule) == ("The price falls: that alone is no reason to leave free.", "")
    assert right_sentences(replace(lower, before=None), ground("FR"), WORDS, TODAY)[0].startswith("Perhaps")


def test_the_message_that_told_it_is_found_by_its_price() -> None:
    told = Message("M", "Email", "Your price", "It rises to 45,00 €.", datetime(2026, 8, 2, 8, tzinfo=UTC))
    other = replace(told, text="Thank you.")
    assert "Your price" in how_told(change(date(2026, 8, 1)), [other, told], WORDS, TODAY)
    assert how_told(change(date(2026, 8, 1)), [other], WORDS, TODAY) == ""
    assert how_told(change(date(2026, 3, 1)), [told], WORDS, TODAY) == ""


ASKED = Ticket(
    "T-1", "Change of account holder", "", HOLDER_CHANGE, "", TicketState.IN_PROGRESS, "",
    datetime(2026, 9, 8, 10, tzinfo=UTC), None,
)  # fmt: skip


def holder(
    *, tickets: tuple[Ticket, ...] = (), bills: tuple[Bill, ...] = (), notes: tuple[Noted, ...] = ()
) -> HolderView:
    contract = Contract("C", "Home", "C-9", "", None, None, terms=(Term("1", "On the death of the account holder…"),))
    letter = Contact("K", "Certified copy", "", True, "letter", "", datetime(2026, 11, 1, 9, tzinfo=UTC), None)
    early = replace(letter, what="Too early", started=datetime(2026, 1, 1, tzinfo=UTC))
    return holder_view(
        [contract], tickets, [letter, early], bills, rules("GB"), WORDS, TODAY, ZoneInfo("Europe/London"), notes
    )


def test_what_is_needed_once_and_the_ticket_ready_to_send() -> None:
    view = holder()
    assert "On the death of the account holder" in view.clause
    assert "not a law" in view.rule
    assert not view.ticket_id
    assert not view.sent
    assert not view.dunned
    command = command_of(view.draft, WORDS)
    assert command.ticket_type == HOLDER_CHANGE
    assert "C-9" in command.text


def test_what_was_sent_is_proven_and_reminders_meanwhile_are_answered() -> None:
    late = Bill("B", "", date(2026, 9, 1), date(2026, 9, 20), samples.gbp("30"), samples.gbp("30"), BillState.SENT)
    view = holder(tickets=(ASKED,), bills=(late,))
    assert view.ticket_id == "T-1"
    assert [fact.name for fact in view.sent] == ["Change of account holder", "Letter"]
    assert view.sent[1].value.startswith("Certified copy")
    assert view.dunned.startswith("1 bill is called unpaid meanwhile.")
    assert holder(tickets=(ASKED,)).dunned == ""
    assert holder(tickets=(replace(ASKED, state=TicketState.CLOSED),)).ticket_id == ""


def test_what_the_operator_confirmed_and_what_the_customer_noted_is_proof_too() -> None:
    posted = Noted(
        "N", Way.REGISTERED, True, datetime(2026, 9, 10, 9, tzinfo=UTC), said="The certificate.\nAgain.",
        reference="RK 1", files=(Attached("receipt.jpg", "case file:1", 1, "ab"),),
    )  # fmt: skip
    early = replace(posted, id="E", started=datetime(2026, 1, 1, tzinfo=UTC))
    call = replace(posted, id="C", way=Way.PHONE, reference="", files=(), about=(EntityRef(ABOUT, ""),))
    steps = tuple(
        StateChange(state, "", datetime(2026, 9, day, 9, tzinfo=UTC), said)
        for state, day, said in (
            (TicketState.PENDING, 12, "Need more information from the customer: certificate"),
            (TicketState.IN_PROGRESS, 20, "Certificate received"),
            (TicketState.PENDING, 25, "Need more information from the customer: certified copy"),
        )
    )
    view = holder(tickets=(replace(ASKED, course=steps),), notes=(early, posted, call))
    assert "Your operator has asked for papers 2 times." in view.needed
    told = {fact.name: fact.value for fact in view.sent}
    assert told["Your operator, Sun 20 Sept, 10:00"] == "“Certificate received”"
    assert told["Your note, registered letter"] == "Thu 10 Sept, 10:00 · The certificate. · RK 1 · receipt.jpg"
    assert "Your note, phone" in told
    assert len([fact for fact in view.sent if fact.name.startswith("Your note")]) == 2
    late = Bill("B", "", date(2026, 9, 1), date(2026, 9, 20), samples.gbp("30"), samples.gbp("30"), BillState.SENT)
    by_hand = holder(notes=(early, call), bills=(late,))
    assert [fact.name for fact in by_hand.sent] == ["Your note, phone"]
    assert by_hand.dunned
