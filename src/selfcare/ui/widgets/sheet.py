"""One page of a PDF on the screen: its picture, the part in sight drawn sharply, found words marked, words chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.paper.sheet import Box, Picture
from selfcare.ui.theme import tokens_in_use

from .drawn import Drawn


class Sheet(Drawn):
    """A page as a picture. A part of it may be drawn again over it, sharper; a part may be chosen with the mouse."""

    selected = Signal(object)
    """The part (Box) around which the mouse drew a frame; None where it was only clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._part = QPixmap()
        self._place = QRectF()
        self._boxes: tuple[Box, ...] = ()
        self._here: Box | None = None
        self._start: QPointF | None = None
        self.selection: Box | None = None
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: Picture, size: QSize) -> None:
        """Show what was drawn, at this size on the screen; its length was checked by whoever received it."""
        self._picture = _pixmap(picture)
        self._part = QPixmap()
        self._boxes, self._here, self.selection = (), None, None
        self.setFixedSize(size)
        self.update()

    def show_part(self, picture: Picture, part: Box) -> None:
        """Show a part of the page that was drawn with all its pixels."""
        self._part, self._place = _pixmap(picture), self._on_screen(part)
        self.update()

    def mark(self, boxes: tuple[Box, ...], here: Box | None = None) -> None:
        """Mark places on the page, one of them more than the others."""
        self._boxes, self._here = boxes, here
        self.update()

    def place_of(self, box: Box) -> QRectF:
        """Where a part of the page is on the widget."""
        return self._on_screen(box)

    def part_in_sight(self, window: QWidget) -> Box:
        """The part of the page that is seen through the window around it."""
        seen = QRect(self.mapFrom(window, QPoint(0, 0)), window.size()).intersected(self.rect())
        across, down = max(1, self.width()), max(1, self.height())
        return Box(seen.x() / across, seen.y() / down, seen.width() / across, seen.height() / down)

    def sizeHint(self) -> QSize:
        """As large as the page; nothing as long as none was drawn."""
        return QSize() if self._picture.isNull() else self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page, its sharp part and the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        if not self._part.isNull():
            painter.drawPixmap(self._place, self._part, QRectF(self._part.rect()))
        tokens = tokens_in_use()
        for box in self._boxes:
            self._tint(painter, box, tokens.warn, 150 if box == self._here else 80)
        if self.selection is not None:
            self._tint(painter, self.selection, tokens.accent, 70)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a frame."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the frame."""
        if self._start is not None and self.width() and self.height():
            frame = QRectF(self._start, event.position()).normalized().intersected(QRectF(self.rect()))
            wide, high = self.width(), self.height()
            self.selection = Box(frame.x() / wide, frame.y() / high, frame.width() / wide, frame.height() / high)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the frame; a click chooses nothing."""
        if self._start is None:
            return
        if (event.position() - self._start).manhattanLength() < 4:
            self.selection = None
            self.update()
        self._start = None
        self.selected.emit(self.selection)

    def _on_screen(self, box: Box) -> QRectF:
        wide, high = self.width(), self.height()
        return QRectF(box.left * wide, box.top * high, box.width * wide, box.height * high)

    def _tint(self, painter: QPainter, box: Box, color: str, strength: int) -> None:
        colour = QColor(color)
        colour.setAlpha(strength)
        painter.fillRect(self._on_screen(box).adjusted(-1, -1, 1, 1), colour)


def _pixmap(picture: Picture) -> QPixmap:
    image = QImage(picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)
