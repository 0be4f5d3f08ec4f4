"""The pictures of the program that are kept: one a page, small, and shown where people look before they install it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from selfcare.ui.rooms import rooms
from tests.conftest import ROOT
from tests.samples import words
from tests.shots.__main__ import FIRST, PARTS, wanted_parts

FOLDER = ROOT / "resources" / "screenshots"
LARGEST = 150_000


def test_there_is_one_small_picture_of_each_page() -> None:
    kept = {path.stem: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(kept) == {room.key for room in rooms(words())}
    assert max(kept.values()) <= LARGEST


def test_what_the_readme_and_the_software_centres_show_is_there() -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(resources/screenshots/(\w+)\.png\)", (ROOT / "README.md").read_text("utf-8"))
    assert len(shown) >= 8
    told = ET.parse(ROOT / "installers" / "linux" / "io.github.selfcare.metainfo.xml").iter("image")
    named = {(image.text or "").rpartition("/")[2] for image in told}
    assert named == {f"{name}.png" for _, name in shown}
    assert named == {path.name for path in FOLDER.iterdir()}, "one of each page"


def test_the_command_that_takes_pictures_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        wanted_parts(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(f"\n  {part} " in said for part in (*PARTS, FIRST))
    assert wanted_parts(["leaving", FIRST]) == ["leaving", FIRST]
    with pytest.raises(SystemExit) as refused:
        wanted_parts(["sun"])
    assert refused.value.code == 2
    assert "“sun”" in capsys.readouterr().err
