"""What a screen reader is told beyond what Qt says by itself: panes, headings, and what changes while nobody looks.

Panes: asked for its second child after its scroll bar was hidden, `QAccessibleAbstractScrollArea::child` (Qt 6.11)
reads past the end of its list. A screen reader asks just that, because it remembers how many children there were. Here
a scrolling part answers as any widget does, which looks at the number first, and says what it is: a pane, or a document
where the keyboard reads on in it.

Headings: a reader jumps from one title to the next, so titles are told as headings and not as text.

Announcements: a notice, an error, the count of a search and the end of a reading are spoken when they come up, wherever
the reader is.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QScrollArea, QWidget

HEADING = "Heading"
"""The name of the class whose labels are headings (`widgets/labels.py`)."""

FAR_APART = 10_000
"""Milliseconds between two words about how far something has come."""

PAUSE = 700
"""Milliseconds without a key stroke after which what was found is said."""

is_heard = QAccessible.isActive
"""Whether anybody listens, by the system's word."""

hand_over = QAccessible.updateAccessibility
"""Where an event leaves for the system's reader."""

_told: list[bool] = []


def tell_what_things_are() -> None:
    """Once for the program, before anything is shown."""
    if not _told:
        _told.append(True)
        QAccessible.installFactory(told_as)


def announce(thing: QWidget, words: str, *, at_once: bool = False) -> None:
    """Say something to a person who listens, without moving where they are.

    It waits until what is being said is over; `at_once` is for what went wrong. Nothing is done where nobody listens.
    """
    if not words or not is_heard():
        return
    event = QAccessibleAnnouncementEvent(thing, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if at_once else politeness.Polite)
    hand_over(event)


class Progress:
    """How far something has come: its beginning is said, then a word now and then, not each of its steps."""

    def __init__(self, thing: QWidget) -> None:
        self._thing = thing
        self._since = QElapsedTimer()

    def say(self, line: str) -> None:
        """Say the line, if nothing was said for a while."""
        if self._since.isValid() and self._since.elapsed() < FAR_APART:
            return
        self._since.start()
        announce(self._thing, line)

    def begin(self, line: str) -> None:
        """Say the first line, whatever was said before it."""
        self._since.start()
        announce(self._thing, line)


class AfterTyping:
    """Says the newest of what changes with each key stroke, once the customer pauses: nobody is talked over."""

    def __init__(self, thing: QWidget) -> None:
        self._thing, self._words = thing, ""
        self._timer = QTimer(thing)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._say)

    def say(self, words: str) -> None:
        """Say this after the pause, instead of what was to be said; "" says nothing."""
        self._words = words
        self._timer.start(PAUSE)

    def _say(self) -> None:
        announce(self._thing, self._words)


def told_as(kind: str, thing: QObject | None) -> QAccessibleInterface | None:
    """What a reader gets for a thing of a class; None where Qt's own answer is right."""
    if kind == "QScrollArea" and isinstance(thing, QScrollArea):
        takes_keys = thing.focusPolicy() != Qt.FocusPolicy.NoFocus
        role = QAccessible.Role.Document if takes_keys else QAccessible.Role.Pane
        return QAccessibleWidget(thing, role, thing.accessibleName())
    if kind == HEADING and isinstance(thing, QLabel):
        return QAccessibleWidget(thing, QAccessible.Role.Heading, thing.accessibleName())
    return None
