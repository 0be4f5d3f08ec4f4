"""The accessibility tree of a running window, as a screen reader gets it: found, read, pressed, and nothing else.

It runs under the system's own Python, which has AT-SPI, and imports nothing of the program.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Node = Any
PATIENCE = 15.0
PRESSED = {
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "text",
    "entry",
    "password text",
    "combo box",
    "spin button",
    "slider",
    "link",
    "menu item",
    "list item",
    "page tab",
}
"""Roles of what a person operates: each must say its name."""

PICTURES = {"image", "icon", "chart", "canvas"}
NO_ROLE = {"filler", "panel", "unknown", "invalid", "redundant object", "layered pane", "frame"}
"""Roles that do not say what a thing is; what takes the keyboard has a better one."""


class Absent(Exception):
    """The tree does not have what a person looks for; says what it has."""


def listened() -> None:
    """Let what the program told meanwhile arrive."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def application(name: str) -> Node:
    """The running program, once it has a window."""

    def found() -> Node:
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(number)
            if one is not None and one.get_name() == name and one.get_child_count():
                return one
        return None

    return until(f"the program {name}", found, 30.0)


def until(what: str, look: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Look until there is something."""
    deadline = time.monotonic() + patience
    while True:
        listened()
        try:
            found = look()
        except GLib.Error:
            found = None
        if found:
            return found
        if time.monotonic() > deadline:
            raise Absent(what)
        time.sleep(0.05)


def children(node: Node) -> Iterator[Node]:
    """What is directly below."""
    for number in range(node.get_child_count()):
        child = node.get_child_at_index(number)
        if child is not None:
            yield child


def shown(node: Node) -> Iterator[Node]:
    """Everything below that is on the screen, in order; of a table the table alone: it may have thousands of cells."""
    for child in children(node):
        if child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield child
            if child.get_role_name() not in {"table", "tree table"}:
                yield from shown(child)


def windows(program: Node) -> list[Node]:
    """The windows and questions that are open, the newest last."""
    program.clear_cache()
    return [one for one in children(program) if one.get_state_set().contains(Atspi.StateType.SHOWING)]


def top(program: Node) -> Node:
    """The question in front, or the window."""
    return until("a window", lambda: windows(program))[-1]


def named(program: Node, name: str, *, role: str = "") -> Node:
    """What has this name, once it is there."""

    def look() -> Node:
        top(program).clear_cache()
        for node in shown(top(program)):
            if node.get_name() == name and (not role or node.get_role_name() == role):
                return node
        return None

    try:
        return until(name, look)
    except Absent:
        raise Absent(f"{name!r} is not among {said(program)}") from None


def has(program: Node, words: str) -> bool:
    """Whether something says these words."""
    return any(words in text for text in said(program))


def hears(program: Node, words: str) -> None:
    """These words are said, soon."""
    try:
        until(words, lambda: has(program, words))
    except Absent:
        raise Absent(f"{words!r} is not said; there is {said(program)}") from None


def said(program: Node) -> list[str]:
    """Every name and description in front, and the cells of the first rows of tables."""
    return whole(lambda: _said(program))


def whole(look: Callable[[], list[str]]) -> list[str]:
    """What one look through a window finds; it looks again where something went while it was being read."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return look()
        except GLib.Error:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _said(program: Node) -> list[str]:
    found: list[str] = []
    for node in shown(top(program)):
        found += [text for text in (node.get_name(), node.get_description()) if text]
        if node.get_role_name() == "table":
            found += [cell.get_name() for row in range(5) for cell in row_of(node, row)]
    return found


def row_of(table: Node, row: int) -> list[Node]:
    """The cells of a row."""
    grid = table.get_table_iface()
    if row >= grid.get_n_rows():
        return []
    return [cell for column in range(grid.get_n_columns()) if (cell := grid.get_accessible_at(row, column)) is not None]


def is_usable(node: Node) -> bool:
    """Whether it can be pressed now."""
    return bool(node.get_state_set().contains(Atspi.StateType.SENSITIVE))


def is_ticked(node: Node) -> bool:
    """Whether it is chosen already."""
    return bool(node.get_state_set().contains(Atspi.StateType.CHECKED))


def press(node: Node) -> None:
    """Do what a press does."""
    actions = [Atspi.Action.get_action_name(node, number) for number in range(node.get_n_actions())]
    for wanted in ("Press", "Toggle", "SetFocus"):
        if wanted in actions:
            node.do_action(actions.index(wanted))
            return
    raise Absent(f"{node.get_name()!r} cannot be pressed: {actions}")


class Ear:
    """Hears what is announced, as a reader that speaks does; it listens until the process ends."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")

    def _hear(self, event: Any, *_more: object) -> None:
        self.heard.append(str(event.any_data))

    def hears(self, words: str) -> None:
        """Something with these words is announced, soon."""
        try:
            until(words, lambda: any(words in one for one in self.heard))
        except Absent:
            raise Absent(f"{words!r} was not announced; what was: {self.heard}") from None


def headings(program: Node) -> list[str]:
    """The titles that a reader can jump to, in order."""
    return whole(lambda: [n.get_name() for n in shown(top(program)) if n.get_role_name() == "heading"])


def faults(program: Node) -> list[str]:
    """What a blind person could not use on what is in front."""
    return whole(lambda: _faults(program))


def _faults(program: Node) -> list[str]:
    found = []
    for node in shown(top(program)):
        role, name = node.get_role_name(), node.get_name()
        told = f"{role} {name!r} in {path(node)}"
        states = node.get_state_set()
        if role in PRESSED and not name and not labelled(node):
            found.append(f"no name: {told}")
        elif role in PICTURES and not (name or node.get_description()):
            found.append(f"picture without its text: {told}")
        elif role == "table":
            found += [f"{why}: {told}" for why in table_faults(node)]
        if role in NO_ROLE and states.contains(Atspi.StateType.FOCUSABLE) and states.contains(Atspi.StateType.FOCUSED):
            found.append(f"the keyboard is on something without a role: {told}")
        elif role in NO_ROLE - {"frame", "layered pane"} and states.contains(Atspi.StateType.FOCUSABLE):
            found.append(f"takes the keyboard without a role: {told}")
    return found


def labelled(node: Node) -> bool:
    """Whether another thing names it."""
    for relation in node.get_relation_set():
        if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
            return any(relation.get_target(n).get_name() for n in range(relation.get_n_targets()))
    return False


def table_faults(table: Node) -> Iterator[str]:
    """What is missing in a table: its name, a header of a column."""
    if not table.get_name():
        yield "table without a name"
    grid = table.get_table_iface()
    for column in range(grid.get_n_columns()):
        header = grid.get_column_header(column)
        if header is None or not header.get_name():
            yield f"no header over column {column + 1}"


def path(node: Node) -> str:
    """Where it stands, by the names around it."""
    names: list[str] = []
    above = node.get_parent()
    while above is not None and above.get_role_name() != "application":
        if above.get_name():
            names.append(above.get_name())
        above = above.get_parent()
    return " < ".join(names[:3])
