"""What a blind customer does with the window, through the accessibility tree alone; prints what went wrong as JSON.

`/usr/bin/python3 reader.py TASK…`, on the same desktop bus as the window.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tree import (
    Absent,
    Ear,
    Node,
    application,
    faults,
    has,
    headings,
    hears,
    is_ticked,
    is_usable,
    named,
    press,
    row_of,
    said,
    shown,
    top,
    until,
    windows,
)

ROOMS = ("Home", "Bills", "Services", "Help", "Case file", "Contract", "Leaving", "Waiting", "Settings")
READY = {
    "Home": "What matters today",
    "Bills": "bills since",
    "Services": "EU Roaming Pass",
    "Help": "My tickets",
    "Case file": "What happened",
    "Contract": "Commitment ends",
    "Leaving": "Leaving",
    "Waiting": "Nothing is waiting",
    "Settings": "Accounts and operators",
}
"""What a page says once it was read."""

QUESTIONS = (
    *("EU Roaming Pass: it does not work", "EU Roaming Pass: test it step by step", "EU Roaming Pass: take it off"),
    *("Ask to unlock", "Report something", "Write a letter…"),
    *("Dispute it", "Ask for a plan", "Judge an offered plan", "What about the debit?", "More pictures"),
    *("Export bills…", "Make the dossier", "Note an earlier contact", "Letters and calendar"),
    *("Help for this page", "What is new", "Export everything…", "Forget everything…"),
)
"""What opens a window of its own, wherever it first stands."""
OPENINGS = ("See why", "Open the ticket", "PDF", "Rules and sources", "Show as a table")
FORWARD = ("Continue", "This is my plan")
NO = ("Cancel", "Close", "Throw it away", "Not now", "Keep it", "Keep everything", "Back")


def calm(program: Node) -> None:
    """Until what is said stays the same for a moment."""
    before: list[str] = []
    deadline = time.monotonic() + 10
    while (now := said(program)) != before and time.monotonic() < deadline:
        before = now
        time.sleep(0.15)


def open_room(program: Node, room: str, ready: str = "") -> None:
    """Press the page's button in the sidebar; `ready` is what it says once it was read."""

    def look() -> Node:
        return next((n for n in shown(top(program)) if n.get_role_name() == "check box" and _is(n, room)), None)

    press(until(room, look))
    hears(program, ready or READY[room])
    calm(program)


def _is(node: Node, room: str) -> bool:
    return bool(node.get_name() == room or node.get_name().startswith(f"{room}. "))


def walk(program: Node) -> list[str]:
    """Every page, what opens on it, and each question it asks."""
    found: list[str] = []
    seen: set[str] = set()
    for room in ROOMS:
        open_room(program, room)
        found += [f"{room}: {fault}" for fault in faults(program)]
        for words in QUESTIONS:
            found += _asked(program, room, words, seen)
        for words in OPENINGS:
            if words not in seen and any(n.get_name() == words and is_usable(n) for n in shown(top(program))):
                seen.add(words)
                press(named(program, words))
                calm(program)
                found += [f"{room}, {words}: {fault}" for fault in faults(program)]
                open_room(program, room)
    missed = {*QUESTIONS, *OPENINGS} - seen
    return [*found, *(f"never seen: {words}" for words in sorted(missed))]


def _asked(program: Node, room: str, words: str, seen: set[str]) -> list[str]:
    if words in seen or not any(n.get_name() == words and is_usable(n) for n in shown(top(program))):
        return []
    seen.add(words)
    press(named(program, words))
    until(f"the question of {words}", lambda: len(windows(program)) > 1)
    calm(program)
    found = [f"{room}, {words}: {fault}" for fault in faults(program)]
    if not top(program).get_name():
        found.append(f"{room}, {words}: the question has no name")
    no = next((n for n in shown(top(program)) if n.get_name() in NO), None)
    if no is None:
        raise Absent(f"a way to say no to {words}: {said(program)}")
    press(no)
    until("no question", lambda: len(windows(program)) == 1)
    open_room(program, room)
    return found


def bill(program: Node) -> list[str]:
    """Find the newest bill in the list, read it, and hear why it is different."""
    open_room(program, "Bills")
    table = until("a table", lambda: next((n for n in shown(top(program)) if n.get_role_name() == "table"), None))
    row = [cell.get_name() for cell in row_of(table, 0)]
    if not any("£241.37" in cell for cell in row):
        raise Absent(f"the newest bill in {row}")
    press(row_of(table, 0)[0])
    if has(program, "← Facts"):
        press(named(program, "← Facts"))
    hears(program, "£241.37")
    hears(program, "Roaming data, Portugal")
    hears(program, "£156.37")
    return []


def first(program: Node) -> list[str]:
    """The first page in French, before there is an account: each choice has its heading, and all can be used."""
    hears(program, "Découvrir la démo")
    calm(program)
    titles = headings(program)
    missed = [words for words in ("Se connecter", "Découvrir") if not any(words in one for one in titles)]
    return [*faults(program), *(f"no heading {words} among {titles}" for words in missed)]


def short(program: Node) -> list[str]:
    """Bills and the way out in French; how far a reading is and that it is over are announced."""
    found: list[str] = []
    for room, ready in (("Factures", "factures depuis"), ("Partir", "Partir")):
        open_room(program, room, ready)
        found += [f"{room}: {fault}" for fault in faults(program)]
        titles = headings(program)
        if len(titles) < 3 or not titles[0].startswith(room):
            found.append(f"{room}: headings {titles}")
    ear = Ear()
    press(named(program, "Actualiser"))
    ear.hears("Lecture")
    ear.hears("Selon votre opérateur")
    return found


def leave(program: Node) -> list[str]:
    """From the first page of leaving over the unlock, the code and the bank to the confirmation, by what is said alone.

    Only the operator's clock is moved from outside: the unlock takes it two days.
    """
    open_room(program, "Leaving")
    hears(program, "Leaving, the whole way")
    press(named(program, "Start with the unlock"))
    press(named(program, "Ask for the unlock now"))
    until("the question", lambda: len(windows(program)) > 1)
    press(named(program, "Ask to unlock"))
    until("no question", lambda: len(windows(program)) == 1)
    hears(program, "with your operator")
    _later(program, 49, "By your operator’s own word.")
    _go_on(program, "I have looked at it, and nothing is missing")
    _tick(program, "I have looked at it, and nothing is missing")
    _go_on(program, "Ask for the PAC now")
    press(named(program, "Ask for the PAC now"))
    hears(program, "with your operator")
    _later(program, 2, "Use it by")
    _go_on(program, "The new operator gets my bank details from me")
    _tick(program, "The new operator gets my bank details from me")
    _tick(program, "The Direct Debit stays until the final bill is paid")
    _go_on(program, "First possible day")
    _go_on(program, "All the facts, once more")
    hears(program, "Nothing is ended by this button.")
    _go_on(program, "Leaving, step by step")
    hears(program, "Handset unlocked")
    return faults(program)


def _later(program: Node, hours: int, words: str) -> None:
    """Time goes by at the operator, which is then asked for news until it says something."""
    body = json.dumps({"advanceHours": hours}).encode()
    address = os.environ["SELFCARE_TEST_OPERATOR"]
    with urlopen(Request(f"{address}/sandbox/clock", body, {"Content-Type": "application/json"})) as answer:
        answer.read()
    deadline = time.monotonic() + 20
    while not has(program, words) and time.monotonic() < deadline:
        press(named(program, "Refresh"))
        calm(program)
    hears(program, words)


def _tick(program: Node, words: str) -> None:
    node = named(program, words)
    if not is_ticked(node):
        press(node)
        calm(program)


def _go_on(program: Node, words: str) -> None:
    """Press the button that goes on until the next screen says its words; a press too soon is not heard."""
    deadline = time.monotonic() + 15
    while not has(program, words) and time.monotonic() < deadline:
        forward = next((n for n in shown(top(program)) if n.get_name() in FORWARD and is_usable(n)), None)
        if forward is not None:
            press(forward)
        calm(program)
    hears(program, words)


TASKS: dict[str, Callable[[Node], list[str]]] = {
    "walk": walk,
    "bill": bill,
    "leave": leave,
    "first": first,
    "short": short,
}


def main(tasks: list[str]) -> int:
    """Do the tasks one after the other; print what each found, and how long it took."""
    program = application("Selfcare")
    calm(program)
    result: dict[str, object] = {}
    for task in tasks:
        began = time.monotonic()
        try:
            result[task] = TASKS[task](program)
        except Absent as missing:
            result[task] = [f"not found: {missing}"]
        result[f"{task} seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
