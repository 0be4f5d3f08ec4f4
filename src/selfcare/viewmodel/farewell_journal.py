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
        return words.trn("begun to be sent", "begun to be sent, try {count}", _attempt(entry))
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
        "notFound": words.tr("not found at your operator; to be looked for once more"),
        "notFoundTwice": words.tr("twice not found at your operator; it had not arrived"),
        "notLearned": words.tr("your operator could not be asked about it"),
        "withoutOurId": words.tr("answered without a word on what was asked for; to be looked for"),
    }
    return known.get(entry.event) or _doubt_text(entry, words) or _state_text(entry.state, item, words)


def _doubt_text(entry: JournalEntry, words: Words) -> str:
    """Why a request was put to the customer, or is looked for although it was refused."""
    if entry.event == "refused" and entry.state == WaitingState.UNKNOWN.value:
        return words.tr("refused, but an earlier try may have arrived; to be looked for")
    asked = {
        "expired": words.tr("it did not go through in time; you were asked if it is still wanted"),
        "changed": words.tr("something had changed meanwhile; you were asked"),
        "cannotTell": words.tr("nobody could tell whether it had arrived; you were asked"),
        "mismatch": words.tr("the answer was about something else; you were asked"),
        "keyMismatch": words.tr("your operator objected to the number it was sent under; you were asked"),
    }
    return asked.get(entry.event, "")


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
