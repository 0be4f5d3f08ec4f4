"""An operator's colour and sign in the window: seen on every look, and never more than a small picture."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from selfcare.sandbox.brands import BRANDS
from selfcare.sandbox.logo import logo
from selfcare.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, contrast, seen_on
from selfcare.ui.widgets.brand import LARGEST, BrandMark, unpacked
from selfcare.viewmodel.shell import BrandView

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def png(wide: int, high: int) -> bytes:
    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + b"\x10" * wide) * high
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@given(colour=COLOURS, ground=st.sampled_from([LIGHT.side, DARK.side, CONTRAST_LIGHT.side, CONTRAST_DARK.side]))
def test_any_colour_can_be_seen_on_any_look(colour: str, ground: str) -> None:
    found = seen_on(colour, ground)
    assert contrast(found, ground) >= 3
    if contrast(colour, ground) >= 3:
        assert found == colour, "a colour that is seen stays as the operator chose it"


@pytest.mark.parametrize("colour", [brand.colour for brand in BRANDS.values()])
def test_the_demo_operators_colours_are_worn_unchanged_where_they_are_seen(colour: str) -> None:
    assert seen_on(colour, LIGHT.side) == colour


def test_the_sign_fits_its_room(qtbot: QtBot) -> None:
    import base64

    mark = BrandMark()
    qtbot.addWidget(mark)
    mark.show_brand(BrandView("Orvane", "#0b6e6e", base64.b64decode(logo("#0b6e6e").split(",")[1])))
    assert mark.has_logo
    assert mark.height() > 40
    mark.resize(180, mark.height())
    assert not mark.grab().isNull()
    mark.show_brand(BrandView("Orvane"))
    assert not mark.has_logo
    assert mark.height() == 0
    wide = unpacked(png(1600, 100))
    assert wide.width() == LARGEST.width()
    assert 0 < wide.height() <= LARGEST.height()


@pytest.mark.parametrize("picture", [b"", b"\x89PNG\r\n\x1a\nno picture", png(3000, 4), png(4, 3000)])
def test_what_is_no_small_picture_is_not_shown(picture: bytes) -> None:
    assert unpacked(picture).isNull()
