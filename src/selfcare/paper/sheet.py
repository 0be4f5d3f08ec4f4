"""What is got out of a PDF: its pages' sizes, a picture of a page, places of words, and files attached to it."""

from __future__ import annotations

from selfcare.domain.records import Struct

MOST_PAGES = 200
MOST_PIXELS = 4000  # in width and in height
WIDEST = 20_000  # pixels of a whole page of which a part is drawn
LARGEST_PDF = 25 << 20
LARGEST_TEXT = 8 << 20
LARGEST_INVOICE = 32 << 20  # an electronic invoice in the program's own shape
LARGEST_ATTACHMENT = 5 << 20
MOST_ATTACHMENTS = 20
MOST_BOXES = 500
GRID = 1_000_000  # places on a page travel as whole numbers of this grid


class Sheets(Struct, frozen=True):
    """The pages of a PDF. `total` may be more than the pages that can be shown; sizes are in points (1/72 inch)."""

    total: int
    sizes: tuple[tuple[float, float], ...]


class Picture(Struct, frozen=True):
    """A page as pixels: rows of red, green, blue bytes, each row `stride` bytes long."""

    width: int
    height: int
    stride: int
    rgb: bytes


class Box(Struct, frozen=True):
    """A place on a page, in parts of its width and height from the top left corner (0 to 1)."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Box(0, 0, 1, 1)


class Attachment(Struct, frozen=True):
    """A file inside a PDF, such as the e-invoice. One over 5 MiB has its size, but no content."""

    name: str
    size: int
    content: bytes | None
