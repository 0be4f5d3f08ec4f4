"""An operator's own colour and sign at the head of the window; both are data, and both are kept in bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from selfcare.ui.theme import seen_on, tokens_in_use

if TYPE_CHECKING:
    from selfcare.viewmodel.shell import BrandView

LARGEST = QSize(160, 40)
"""The room for a sign, in pixels."""

MOST_PIXELS = 2000
"""A picture that is wider or higher is not unpacked at all."""

BAR = 4


class BrandMark(QWidget):
    """The sign on a light plate, and a bar in the operator's colour below it. It takes no room where there is neither.

    The name beside it says the same to those who see neither, so it is no more than an ornament to a screen reader.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._logo = "", QImage()
        self.setAccessibleName("")
        self.hide()

    @property
    def has_logo(self) -> bool:
        """Whether a sign could be unpacked."""
        return not self._logo.isNull()

    def show_brand(self, brand: BrandView) -> None:
        """Wear the colour and sign of an operator."""
        self._colour, self._logo = brand.colour, unpacked(brand.logo)
        high = (self._logo.height() + 16 if self.has_logo else 0) + (BAR + 8 if self._colour else 0)
        self.setFixedHeight(high)
        self.setVisible(bool(high))
        self.update()

    def tint(self) -> None:
        """Draw it again after the look changed."""
        self.update()

    def bar_colour(self) -> str:
        """The operator's colour as it is seen on the sidebar; the strong looks keep to their own."""
        tokens = tokens_in_use()
        return tokens.ink if tokens.name.startswith("contrast") else seen_on(self._colour, tokens.side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign and the bar from the leading edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setPen(Qt.PenStyle.NoPen)
        if self.has_logo:
            wide = self._logo.width() + 8
            left = self.width() - wide if mirrored else 0
            if tokens_in_use().name in {"dark", "contrast-dark"}:
                painter.setBrush(QColor("#ffffff"))
                painter.drawRoundedRect(left, 0, wide, self._logo.height() + 8, 8, 8)
            painter.drawImage(left + 4, 4, self._logo)
        if self._colour:
            painter.setBrush(QColor(self.bar_colour()))
            wide = min(48, self.width())
            left = self.width() - wide if mirrored else 0
            painter.drawRoundedRect(left, self.height() - BAR - 8, wide, BAR, BAR / 2, BAR / 2)
        painter.end()


def unpacked(logo: bytes) -> QImage:
    """The sign, no larger than its room; an empty picture where it is none or far too large."""
    if not logo:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(logo))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or size.isEmpty() or max(size.width(), size.height()) > MOST_PIXELS:
        return QImage()
    if size.width() > LARGEST.width() or size.height() > LARGEST.height():
        reader.setScaledSize(size.scaled(LARGEST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
