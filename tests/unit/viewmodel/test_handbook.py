"""The help: a chapter for every page and every question, in both languages; and what is new after an upgrade."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from selfcare import __version__
from selfcare.i18n.words import Words, load_words
from selfcare.ui.rooms import rooms
from selfcare.viewmodel.handbook import EVERY_QUESTION, chapters, handbook_view
from selfcare.viewmodel.handbook_pages import PAGES
from selfcare.viewmodel.handbook_questions import QUESTIONS
from selfcare.viewmodel.news import RELEASES, news_view
from tests.conftest import ROOT
from tests.samples import words as english

LONGEST = 340
"""Characters of a paragraph that somebody in a hurry still reads."""


def french() -> Words:
    """The other language."""
    return load_words("fr", ROOT / "resources" / "locale")


def dialog_chapters() -> dict[str, str]:
    """The chapter that each dialog of the source names, by the name of its class."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "src" / "selfcare" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and _is_dialog(node):
                found[node.name] = _chapter(path, node)
    return found


def _is_dialog(node: ast.ClassDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id.endswith("Dialog") for one in node.bases)


def _chapter(path: Path, node: ast.ClassDef) -> str:
    lines = path.read_text("utf-8").splitlines()[node.lineno - 1 : node.end_lineno]
    said = re.search(r'(?:^    chapter = |help_link\(self, (?:self\.)?words, )"(\w+)"', "\n".join(lines), re.MULTILINE)
    return said[1] if said else ""


def test_every_page_has_a_chapter() -> None:
    assert set(PAGES) == {room.key for room in rooms(english())} | {"welcome"}


def test_every_dialog_names_a_chapter_that_is_there() -> None:
    bare = {"FactsDialog", "FloatDialog", "HandbookDialog"}
    found = {name: key for name, key in dialog_chapters().items() if name not in bare}
    assert len(found) >= 15
    assert [name for name, key in found.items() if key not in QUESTIONS] == []
    assert set(QUESTIONS) - set(found.values()) == {EVERY_QUESTION}


@pytest.mark.parametrize("key", sorted(chapters()))
def test_each_is_short_and_said_in_both_languages(key: str) -> None:
    for words in (english(), french()):
        view = handbook_view(key, words)
        assert view.parts
        assert all(part.name and 0 < len(part.value) <= LONGEST for part in view.parts)
        assert view.keys
    assert handbook_view(key, english()).parts != handbook_view(key, french()).parts


def test_a_page_names_its_keys_and_a_question_only_its_own() -> None:
    assert "Ctrl + F" in {key.name for key in handbook_view("bills", english()).keys}
    assert {key.name for key in handbook_view("dispute", english()).keys} == {"Tab, then Enter", "Esc"}


def test_an_unknown_place_gets_what_holds_everywhere() -> None:
    assert handbook_view("nowhere", english()).parts == handbook_view(EVERY_QUESTION, english()).parts


def test_this_version_has_its_news() -> None:
    assert RELEASES[0][0] == __version__
    assert news_view(english()).releases[0][0] == f"Version {__version__}"


def test_the_news_are_those_since_the_version_used_before() -> None:
    versions = ("0.10.0", "0.9.1", "0.9.0")
    made = tuple((version, lambda words, said=version: (f"news of {said}",)) for version in versions)
    assert [name for name, _ in news_view(english(), "0.9.0", made).releases] == ["Version 0.10.0", "Version 0.9.1"]
    assert [name for name, _ in news_view(english(), "0.10.0", made).releases] == ["Version 0.10.0"]
    assert news_view(english(), "0.9.1", made).releases[0][1] == ("news of 0.10.0",)
