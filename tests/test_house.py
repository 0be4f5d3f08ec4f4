"""The house rules that a machine can check: sizes, names, first sentences, clocks, and doors."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src" / "selfcare").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BANNED = {"util", "utils", "common", "helper", "helpers", "misc", "base", "manager"}
BANNED_ENDINGS = ("Manager", "Handler", "Helper", "Controller", "Service")
PURE = ("domain", "i18n", "leaving", "case", "billing", "viewmodel")
TMF_NAMES = {"Service", "PartyService"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def room(path: Path) -> str:
    parts = path.relative_to(ROOT / "src" / "selfcare").parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=named)
def test_file_is_small_and_well_named(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
    assert path.stem not in BANNED


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_module_opens_with_a_sentence(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert doc, "no first sentence"
    assert 15 <= len(doc.splitlines()[0]) <= 120


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_classes_are_small_and_not_drawers(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or 0) - node.lineno < 250, node.name
            assert node.name in TMF_NAMES or not node.name.endswith(BANNED_ENDINGS), node.name


@pytest.mark.parametrize("path", [p for p in SOURCES if room(p) in PURE], ids=named)
def test_pure_rooms_are_told_the_day(path: Path) -> None:
    assert not re.search(r"\b(date\.today|datetime\.(now|utcnow|today)|time\.time)\(", path.read_text("utf-8"))


@pytest.mark.parametrize("path", [p for p in SOURCES if room(p) == "ui"], ids=named)
def test_server_text_is_never_markup(path: Path) -> None:
    text = path.read_text("utf-8")
    for banned in ("setHtml(", "QTextBrowser", "QErrorMessage", "RichText", "setMarkdown(", "QMessageBox"):
        assert banned not in text, banned
    if path.name != "links.py":
        assert "QDesktopServices" not in text


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_way_round_the_certificate_or_the_statement(path: Path) -> None:
    text = path.read_text("utf-8")
    for banned in ("verify=False", "CERT_NONE", "ignoreSslErrors", "check_hostname = False"):
        assert banned not in text, banned
    assert not re.search(r"execute(many)?\(\s*f[\"']", text), "statements take bound parameters"


def test_nothing_is_left_open() -> None:
    word = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|NotImplemented" + r"Error)\b")
    assert [named(p) for p in [*SOURCES, *TESTS] if word.search(p.read_text("utf-8"))] == []


def test_one_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = re.search(r'__version__ = "(.+?)"', (ROOT / "src/selfcare/__init__.py").read_text("utf-8"))
    assert version
    assert f"## {version.group(1)}" in changelog


def test_the_package_does_no_work_on_import() -> None:
    for path in SOURCES:
        if path.name == "__init__.py":
            body = ast.parse(path.read_text("utf-8")).body
            for node in body:
                assert isinstance(node, ast.Expr | ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign), named(
                    path
                )
