"""Ends and changes of price that the customer notes by hand: kept, and said with what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.domain.contract import PriceChange
from selfcare.domain.noted_contract import ContractNotes, NotedChange, NotedEnd
from selfcare.domain.topics import Topic
from selfcare.host.folders import resource
from selfcare.leaving.rules import parse_rules
from selfcare.viewmodel.contract import ContractFacts, contract_view
from selfcare.viewmodel.noted_contract import (
    change_refusal,
    money_typed,
    noted_contracts,
    notes_from_bytes,
    notes_if_readable,
    notes_to_bytes,
)
from selfcare.viewmodel.price_rights import RightsGround
from tests import samples
from tests.samples import TODAY, gbp, words
from tests.unit.viewmodel.test_home_view import home, parts

W = words()
END = NotedEnd(date(2027, 8, 28), TODAY, "PR-2")
RISE = NotedChange(
    PriceChange(date(2026, 11, 1), date(2027, 1, 1), gbp("20.00"), gbp("22.50"), "by letter"), TODAY, "PR-2"
)
GROUND = RightsGround(
    "GB", "Europe/London", "GBP", parse_rules(resource("rules", "gb.toml").read_bytes()), False,
    datetime(2026, 11, 21, 10, 42, tzinfo=UTC),
)  # fmt: skip


def test_they_are_kept_whole_and_what_cannot_be_read_is_said() -> None:
    notes = ContractNotes().with_end(END).with_change(RISE)
    assert notes_from_bytes(notes_to_bytes(notes)) == notes
    assert notes_from_bytes(None) == ContractNotes()
    with pytest.raises(ValueError, match="cannot be read"):
        notes_from_bytes(b"[")
    assert notes_if_readable(b"[") == ContractNotes()
    assert notes_if_readable(notes_to_bytes(notes)) == notes


def test_one_end_for_each_line_and_each_note_can_go() -> None:
    later = replace(END, ends=date(2028, 1, 1))
    notes = ContractNotes().with_end(END).with_end(later).with_end(replace(END, about="")).with_change(RISE)
    assert [(e.about, e.ends) for e in notes.ends] == [("PR-2", later.ends), ("", END.ends)]
    assert notes.without(later).without(RISE) == ContractNotes((replace(END, about=""),))


def test_an_operator_without_contracts_shows_what_was_noted_and_what_follows() -> None:
    notes = ContractNotes().with_end(END).with_change(RISE)
    facts = ContractFacts(ZoneInfo("Europe/London"), lines=samples.lines(), ground=GROUND, notes=notes)
    view = contract_view(facts, W, TODAY)
    end, rise = view.noted.rows
    assert end.title == "Bound until Sat 28 Aug 2027, in 280 days"
    assert end.sentences == ("Free to leave from Sat 28 Aug 2027, in 280 days.", "020 7946 0123. Noted on Sat 21 Nov.")
    assert rise.title == "£20.00 becomes £22.50 (+£2.50)"
    assert any(said.startswith("Perhaps you may leave free because of it, until Tue 1 Dec") for said in rise.sentences)
    assert rise.tag.text == "noted by you"
    assert [c.ends for c in noted_contracts(notes, samples.lines(), W)] == [END.ends]


@pytest.mark.parametrize(
    ("told", "starts", "before", "after", "why"),
    [
        (None, None, None, "1", "Say at least when"),
        (date(2026, 11, 22), None, None, "1", "Nobody can have told you tomorrow"),
        (TODAY, None, "1", None, "Say the new price."),
        (TODAY, None, "1", "1", "Both prices are the same."),
        (None, TODAY, "1", "2", ""),
    ],
)
def test_what_cannot_be_is_refused(
    told: date | None, starts: date | None, before: str | None, after: str | None, why: str
) -> None:
    prices = [None if one is None else gbp(one) for one in (before, after)]
    said = change_refusal(told, starts, *prices, W, TODAY)
    assert said.startswith(why) if why else said == ""


@pytest.mark.parametrize(("typed", "value"), [("22,50", "22.50"), ("£ 22.5", "22.50"), ("", None), ("dear", None)])
def test_an_amount_is_read_as_people_write_it(typed: str, value: str | None) -> None:
    assert money_typed(typed, "GBP") == (None if value is None else gbp(value))


def test_home_says_when_one_is_free_by_ones_own_note() -> None:
    free = replace(samples.lines()[0], term_ends=None)
    noted = noted_contracts(ContractNotes((replace(END, about=free.id),)), (free,), W)
    given = {"contracts": (), "parts": parts(Topic.CONTRACTS), "lines": (free,)}
    card = next(c for c in home(**given, noted=noted).side if c.over.startswith("Contract"))
    assert card.title == "Free to leave from Sat 28 Aug 2027"
    assert card.text.endswith("You noted this yourself; your operator does not state it.")
    stated = replace(free, term_ends=date(2026, 11, 30))
    card = next(c for c in home(**{**given, "lines": (stated,)}, noted=noted).side if c.over.startswith("Contract"))
    assert card.title == "Free to leave from Mon 30 Nov"
