"""The pictures that are shown of the program (README, software centres), and one sheet of all that were taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from tests.shots.driving import Stuck, turn
from tests.shots.scenes import Stage

SHOWN = ("home", "bills", "services", "help", "case", "contract", "leaving", "waiting", "settings")
SIZE = QSize(1280, 800)
CUSTOMERS = "/home/claire/.local/share/selfcare"
EXACT = 64
LARGEST = 150_000
"""Bytes of a picture that is kept in the tree."""

COLUMNS, WIDTH, GAP = 6, 420, 12


def small(image: QImage, path: Path) -> None:
    """Write a picture in 256 of its own colours: a third of the size, and nobody sees it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = image.convertToFormat(QImage.Format.Format_RGB32)
    counts: Counter[int] = Counter()
    for row in range(whole.height()):
        counts.update(memoryview(whole.constScanLine(row)).cast("I")[: whole.width()])
    few = whole.convertToFormat(QImage.Format.Format_Indexed8, _palette(counts))
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(few) or path.stat().st_size > LARGEST:
        raise Stuck(f"{path.name} has {path.stat().st_size} bytes")


def _palette(counts: Counter[int]) -> list[int]:
    """The commonest colours as they are, then one of each other shade, so that thin red letters stay red."""
    chosen = dict.fromkeys(colour for colour, _ in counts.most_common(EXACT))
    shades = {colour & 0xF0F0F0 for colour in chosen}
    for colour, _ in counts.most_common():
        if colour & 0xF0F0F0 not in shades:
            shades.add(colour & 0xF0F0F0)
            chosen[colour] = None
    return list(chosen)[:256]


def gallery(stage: Stage, here: Path, keep: Path | None) -> None:
    """Every page once, at the size in which people look at it; in `keep` too, if they are to be shown anew.

    Files are shown where they would be on a customer's computer, not `here`, where the pictures are made.
    """
    window = stage.program.window
    window.resize(SIZE)
    for key in SHOWN:
        stage.show(key)
        for label in window.findChildren(QLabel):
            if str(here) in label.text():
                label.setText(label.text().replace(str(here), CUSTOMERS))
        turn(50)
        if keep is not None:
            small(window.grab().toImage(), keep / f"{key}.png")
        stage.shoot(key, window)


def sheet(pictures: Sequence[Path], path: Path) -> None:
    """All of them side by side, each as wide as the others, in rows as high as their highest."""
    images = [QImage(str(one)).scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation) for one in pictures]
    rows = [images[start : start + COLUMNS] for start in range(0, len(images), COLUMNS)]
    heights = [max(image.height() for image in row) for row in rows]
    wide = COLUMNS * (WIDTH + GAP) + GAP
    whole = QImage(wide, sum(heights) + GAP * (len(rows) + 1), QImage.Format.Format_RGB32)
    whole.fill(Qt.GlobalColor.darkGray)
    painter = QPainter(whole)
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for place, image in enumerate(row):
            painter.drawImage(GAP + place * (WIDTH + GAP), top, image)
        top += height + GAP
    painter.end()
    whole.save(str(path))


def sizes(stage: Stage, target: str, name: str, widths: Sequence[tuple[int, int]]) -> None:
    """One page in windows of several sizes."""
    window: QWidget = stage.program.window
    for wide, high in widths:
        window.resize(wide, high)
        stage.show(target)
        turn(300)  # far narrower than before, what is deep inside finds its height in several turns
        stage.page(f"{name}-{wide}", target)
