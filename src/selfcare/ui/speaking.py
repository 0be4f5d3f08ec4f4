"""What a screen reader is told of a part that scrolls; Qt's own answer crashes when a scroll bar has just gone.

Asked for its second child after its scroll bar was hidden, `QAccessibleAbstractScrollArea::child` (Qt 6.11) reads past
the end of its list. A screen reader asks just that, because it remembers how many children there were. Here a scrolling
part answers as any widget does, which looks at the number first, and says what it is: a pane, or a document where the
keyboard reads on in it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea

_told: list[bool] = []


def tell_of_panes() -> None:
    """Once for the program, before anything is shown."""
    if not _told:
        _told.append(True)
        QAccessible.installFactory(_pane)


def _pane(kind: str, thing: QObject | None) -> QAccessibleInterface | None:
    if kind == "QScrollArea" and isinstance(thing, QScrollArea):
        takes_keys = thing.focusPolicy() != Qt.FocusPolicy.NoFocus
        role = QAccessible.Role.Document if takes_keys else QAccessible.Role.Pane
        return QAccessibleWidget(thing, role, thing.accessibleName())
    return None
