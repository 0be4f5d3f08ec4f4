"""Measures on the picture itself whether words stand out from what is behind them, and fields and boxes from theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from selfcare.ui.theme import contrast
from selfcare.ui.widgets.fading import FadedFoot
from selfcare.ui.widgets.ticks import OneOf, Tick, TickedRow

TEXT, CONTROL = 4.5, 3.0
"""What WCAG 2.2 asks for: 1.4.3 of text, 1.4.11 of the edges of what is operated."""

FRAMED = ("plain", "primary", "danger")
"""Kinds of buttons that have an edge; a link and a page of the sidebar are known by their words."""

FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


def faint(window: QWidget) -> list[str]:
    """What stands out too little on a window: what it is, its contrast, and its first words.

    A mark such as ○ or › is a drawing, not a word (1.4.11), and so small that each of its pixels counts.
    """
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = image.devicePixelRatio()
    looks = (_faint_words, _faint_edges, _weak_boxes)
    return sorted({said for look in looks for said in look(window, image, ratio)})


def _faint_words(window: QWidget, image: QImage, ratio: float) -> Iterator[str]:
    faded = [_seen(foot, window) for foot in window.findChildren(FadedFoot) if foot.isVisible()]
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QLabel | QPushButton) or not widget.isVisible() or not widget.text().strip():
            continue
        if not widget.isEnabled():
            continue  # 1.4.3 leaves out what cannot be operated now
        place = _seen(widget, window)
        for foot in faded:
            if place.intersects(foot):
                place.setBottom(min(place.bottom(), foot.top() - 1))  # it goes on below, and is read there
        if place.height() < 0.7 * widget.height() or place.width() < 8:
            continue  # most of it is scrolled away
        is_mark = len(widget.text().strip()) == 1 and not widget.text().strip().isalnum()
        found = measured(image.copy(_scaled(place.adjusted(2, 2, -2, -2), ratio)), least=1 if is_mark else 2)
        if found and found < (CONTROL if is_mark else TEXT):
            yield f"contrast {found:.2f}: {' '.join(widget.text().split())[:40]}"


def _faint_edges(window: QWidget, image: QImage, ratio: float) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        is_field = isinstance(widget, FIELDS) and not isinstance(widget.parentWidget(), FIELDS)
        is_box = isinstance(widget, QAbstractButton) and isinstance(widget.parentWidget(), TickedRow)
        is_button = isinstance(widget, QPushButton) and widget.property("kind") in FRAMED
        if (
            not (is_field or is_box or is_button)
            or not widget.isVisible()
            or not widget.isEnabled()
            or not widget.width()
        ):
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if _seen(widget, window) != place:
            continue  # half of it is scrolled away
        if is_box:
            strip = QRect(place.left() - 2, place.top(), place.height(), place.height())
            found = measured(image.copy(_scaled(strip, ratio)), least=1)
        else:
            strip = QRect(place.left() - 2, place.center().y(), 6, 1)
            found = _edge(image.copy(_scaled(strip, ratio)))
        if found < CONTROL:
            yield f"edge {found:.2f}: {type(widget).__name__} {widget.accessibleName()[:40]}"


def _weak_boxes(window: QWidget, image: QImage, ratio: float) -> Iterator[str]:
    """Boxes and circles that the toolkit draws: too faint, or so small beside their words that they are not seen."""
    for widget in window.findChildren(QAbstractButton):
        if not isinstance(widget, QCheckBox | QRadioButton) or isinstance(widget, Tick | OneOf):
            continue
        if not widget.isVisible() or not widget.isEnabled():
            continue
        part, option = QStyle.SubElement.SE_CheckBoxIndicator, QStyleOptionButton()
        if isinstance(widget, QRadioButton):
            part = QStyle.SubElement.SE_RadioButtonIndicator
        option.initFrom(widget)
        box = widget.style().subElementRect(part, option, widget)
        place = QRect(widget.mapTo(window, box.topLeft()), box.size())
        if not _seen(widget, window).contains(place):
            continue  # half of it is scrolled away
        name = (widget.accessibleName() or widget.text())[:40]
        found = measured(image.copy(_scaled(place.adjusted(-2, -2, 2, 2), ratio)), least=1)
        if found < CONTROL:
            yield f"edge {found:.2f}: {type(widget).__name__} {name}"
        if box.height() < 0.75 * widget.fontMetrics().height():
            yield f"small box {box.height()}: {type(widget).__name__} {name}"


def _edge(strip: QImage) -> float:
    """How far the strongest colour of a strip, which begins outside of a thing, stands out from what is around it."""
    pixels = [_named(strip.pixel(x, 0)) for x in range(strip.width())]
    return max((contrast(pixels[0], other) for other in pixels[1:]), default=0.0)


def measured(part: QImage, least: int = 2) -> float:
    """The contrast between the ground of a part of a picture, its commonest colour, and what differs most from it.

    0 where there is one colour only. `least` is how many pixels a colour needs to count.
    """
    if part.isNull():
        return 0.0
    counts: Counter[int] = Counter()
    for row in range(part.height()):
        counts.update(memoryview(part.constScanLine(row)).cast("I")[: part.width()])
    ground = _named(counts.most_common(1)[0][0])
    others = [colour for colour, count in counts.items() if count >= least]
    return max((contrast(ground, _named(colour)) for colour in others), default=0.0) if len(counts) > 1 else 0.0


def _named(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06x}"


def _seen(widget: QWidget, window: QWidget) -> QRect:
    box = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, box.topLeft()), box.size())


def _scaled(place: QRect, ratio: float) -> QRect:
    return QRect(
        round(place.x() * ratio), round(place.y() * ratio), round(place.width() * ratio), round(place.height() * ratio)
    )
