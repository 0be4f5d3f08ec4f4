"""The list of pages at the side: names, icons, and a number where something needs the customer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from .icons import icon
from .rooms import Room
from .theme import TEXT, font, text_scale, tokens_in_use
from .widgets.brand import BrandMark
from .widgets.buttons import Button
from .widgets.labels import quiet, rule, set_description, set_name, strong
from .widgets.tag import Tag

if TYPE_CHECKING:
    from selfcare.viewmodel.shell import BrandView, ShellView


class RoomButton(Button):
    """One page in the sidebar, with its badge."""

    def __init__(self, room: Room, keys: str, parent: QWidget) -> None:
        super().__init__(room.title, None, "room", parent)
        self.room = room
        self.setCheckable(True)
        self.setIconSize(QSize(20, 20) * text_scale())
        self.setFont(font(TEXT))
        self.setMinimumHeight(QFontMetrics(font(TEXT)).height() + 20)
        if keys:
            self.setShortcut(keys)
        self._badge = Tag("", "warn", self, wraps=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        self._badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._badge.hide()
        self.toggled.connect(self.tint)
        self.tint()

    @Slot()
    def tint(self) -> None:
        """Draw the icon in the colours of the look, stronger while its page is open."""
        tokens = tokens_in_use()
        self.setIcon(icon(self.room.icon, tokens.accent if self.isChecked() else tokens.quiet))

    def show_badge(self, text: str, said: str) -> None:
        """Show a number, or none; `said` is read out with the page's name."""
        self._badge.setText(text)
        self._badge.setVisible(bool(text))
        set_name(self, f"{self.room.title}. {said}" if said else self.room.title)


class Sidebar(QFrame):
    """The pages. Settings stand at the foot; everything else in the order of the customer's day."""

    picked = Signal(str)

    def __init__(self, rooms: Sequence[Room], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        set_name(self, name)
        self.setFixedWidth(min(320, round(216 * min(1.4, text_scale()))))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        inside.setObjectName("scrolled")
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        outer.addWidget(area)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 20, 12, 16)
        column.setSpacing(0)
        column.addWidget(self._head(inside))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, RoomButton] = {}
        self._is_marking = False
        self._just_picked = ""
        for number, room in enumerate(rooms, 1):
            button = RoomButton(room, f"Ctrl+{number}" if number < 10 else "", inside)
            button.clicked.connect(self._clicked)
            button.toggled.connect(self._toggled)
            self._group.addButton(button)
            self._buttons[room.key] = button
            if room.key == "settings":
                column.addStretch(1)
            column.addWidget(button)
        self._kept = quiet("", inside)
        self._kept.setContentsMargins(10, 8, 8, 0)
        self._kept.hide()
        column.addWidget(self._kept)

    def show_kept(self, sentence: str) -> None:
        """Say at the foot, as long as the account is open, that nothing of it will be kept; "" where it is kept."""
        self._kept.setText(sentence)
        self._kept.setVisible(bool(sentence))
        set_description(self, sentence)

    def show_only(self, keys: Collection[str]) -> None:
        """Offer these pages alone: an archive has nothing that the others could show."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def show_operator(self, brand: BrandView) -> None:
        """Say which operator this is, with its own colour and sign, before anything of the account was read."""
        self._operator.setText(brand.name)
        self._brand.show_brand(brand)
        self._who.setText("")

    def show_view(self, view: ShellView) -> None:
        """Say whose account this is and what waits where."""
        self._operator.setText(view.operator)
        self._who.setText(view.who)
        badges = {b.room: b for b in view.badges}
        for key, button in self._buttons.items():
            badge = badges.get(key)
            button.show_badge(str(badge.count) if badge else "", badge.said if badge else "")

    def mark(self, key: str) -> None:
        """Show which page is open."""
        if key in self._buttons:
            self._is_marking = True
            self._buttons[key].setChecked(True)
            self._is_marking = False

    def button(self, key: str) -> RoomButton:
        """The button of a page."""
        return self._buttons[key]

    def tint(self) -> None:
        """Draw the icons again after the look changed."""
        for button in self._buttons.values():
            button.tint()
        self._brand.tint()

    def _head(self, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 0, 8, 12)
        column.setSpacing(2)
        self._operator = strong("", box)
        self._who = quiet("", box)
        self._who.setMinimumHeight(QFontMetrics(self._who.font()).height())  # its place is kept until it is known
        self._brand = BrandMark(box)
        column.addWidget(self._brand)
        column.addWidget(self._operator)
        column.addWidget(self._who)
        column.addSpacing(12)
        column.addWidget(rule(box))
        return box

    @Slot(bool)
    def _toggled(self, is_on: bool) -> None:
        """A screen reader may toggle a button instead of pressing it: the page has to follow all the same."""
        sender = self.sender()
        if is_on and not self._is_marking and isinstance(sender, RoomButton):
            self._just_picked = sender.room.key
            QTimer.singleShot(0, self._forget_picked)
            self.picked.emit(sender.room.key)

    def _forget_picked(self) -> None:
        self._just_picked = ""

    @Slot()
    def _clicked(self) -> None:
        sender = self._group.checkedButton()
        if isinstance(sender, RoomButton) and sender.room.key != self._just_picked:
            self.picked.emit(sender.room.key)
