"""Draws the program's icon in the sizes and files that the three systems want: python installers/pictures.py FOLDER."""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parent.parent / "resources" / "app" / "selfcare.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
APPLE = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(size: int) -> bytes:
    """The drawing as a square PNG."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon file: a table of the pictures, then the pictures."""
    fitting = {size: data for size, data in pictures.items() if size <= 256}
    place = 6 + 16 * len(fitting)
    table = struct.pack("<HHH", 0, 1, len(fitting))
    for size, data in fitting.items():
        table += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return table + b"".join(fitting.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """A macOS icon file: each picture after its kind and its length."""
    parts = b"".join(kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for size, kind in APPLE.items())
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def main(folder: Path) -> None:
    """Write them all."""
    application = QGuiApplication([])
    pictures = {size: png(size) for size in SIZES}
    for size, data in pictures.items():
        path = folder / f"{size}x{size}" / "apps" / "io.github.selfcare.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "selfcare.ico").write_bytes(ico(pictures))
    (folder / "selfcare.icns").write_bytes(icns(pictures))
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
