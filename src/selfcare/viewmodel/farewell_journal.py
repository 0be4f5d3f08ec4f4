"""What happened to a request, in words, for a page of the farewell pack; each detail is in the table of the journal."""

from __future__ import annotations

import json

from selfcare.domain.records import replace
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import Words
from selfcare.store.action import JournalEntry

from .waiting import state_tag

_BY_OPERATOR = "operator:"


def journal_text(entry: JournalEntry, item: Waiting, words: Words) -> str:
    """One thing that happened, in words; what has none of its own is told by where the request stood then."""
    if entry.event == "sending":
        return words.trn("sent", "sent, try {count}", _attempt(entry))
    if entry.event.startswith(_BY_OPERATOR):
        state = _state_text(entry.event.removeprefix(_BY_OPERATOR), item, words)
        return words.tr("by your operator’s word: {state}", state=state)
    known = {
        "asked": words.tr("asked for"),
        "interrupted": words.tr("the program ended before an answer was there"),
        "noValidAnswer": words.tr("no valid answer"),
        "notSent": words.tr("could not be sent"),
        "askedForPatience": words.tr("your operator asked for patience"),
        "serverTrouble": words.tr("your operator had trouble of its own"),
        "stillWorking": words.tr("your operator was still working on it"),
        "hurried": words.tr("to be sent at once"),
        "confirmedAgain": words.tr("confirmed by you again"),
        "checkAgain": words.tr("to be asked for again at your operator"),
        "found": words.tr("found at your operator"),
    }
    return known.get(entry.event) or _state_text(entry.state, item, words)


def receipt_in(entry: JournalEntry) -> str:
    """The operator's number in an entry; empty where it has none."""
    return str(_facts(entry).get("receipt") or "")


def _state_text(state: str, item: Waiting, words: Words) -> str:
    try:
        return state_tag(replace(item, state=WaitingState(state)), words).text
    except ValueError:
        return state


def _attempt(entry: JournalEntry) -> int:
    count = _facts(entry).get("attempt")
    return count if isinstance(count, int) and count > 0 else 1


def _facts(entry: JournalEntry) -> dict[str, object]:
    try:
        found = json.loads(entry.facts or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
