"""Small line drawings beside words, tinted with the colour of the text they stand with."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from selfcare.host.folders import resource


def pixmap(name: str, colour: str, size: int = 20) -> QPixmap:
    """An icon of `resources/icons` in a colour, sharp on a screen of double density too."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(size * 2, size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    picture.setDevicePixelRatio(2.0)
    return picture


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """An icon for a button or a field."""
    return QIcon(pixmap(name, colour, size))
