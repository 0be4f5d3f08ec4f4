"""What no source file may do: markup from servers, ways round the certificate, guessable secrets, loose SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "src" / "selfcare"
SOURCES = {str(path.relative_to(HERE)): path for path in sorted(HERE.rglob("*.py"))}
DEMO = "sandbox/"

LABELS = "ui/widgets/labels.py"

RAW_TEXT = {
    "QLabel": LABELS, "QMessageBox": "", "QErrorMessage": "", "QTextBrowser": "", "QInputDialog": "",
    "QProgressDialog": "", "QTextEdit": "", "QTextDocument": "", "QSystemTrayIcon": "ui/tray.py", "QWebEngineView": "",
    "QDesktopServices": "ui/links.py", "QWhatsThis": "", "QToolTip": "ui/widgets/chart.py",
}  # fmt: skip
"""Classes that read markup or open addresses by themselves, and the one file that may have each."""

MARKUP = {
    "setHtml", "insertHtml", "appendHtml", "setMarkdown", "setWhatsThis", "setOpenExternalLinks", "setStatusTip",
    "toHtml", "setRichText",
}  # fmt: skip
ONE_LANE = {"app/rhythm.py"}
"""Read by the sync lane alone."""
PROGRAMS = {"os.system", "os.popen", "os.startfile", "eval", "exec"}
TIPS = {"ui/widgets/paper_bar.py": "name"}
OWN_WORDS = ("words.tr(", "self._words.tr(", "'")
"""The only hints there are: our own words, and the names that one file gives its own buttons."""
SAID = {"setWindowTitle", "setAccessibleName", "setAccessibleDescription"}
"""What says a text that no label shows: only our own words may go in raw, all others through `ui/widgets/labels.py`."""
FIELDS = {"QLineEdit", "QPlainTextEdit", "setPlainText"}
"""What a text may be in before the customer changes it."""


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file, with the last name of what is called."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def imports(path: Path) -> Iterator[str]:
    """Every module or name that a file imports, as "module.name"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{one.name}" for one in node.names)


def found(check: object, where: dict[str, Path] = SOURCES) -> list[str]:
    """Every place at which a check has something to say."""
    return [f"{name}: {said}" for name, path in where.items() for said in check(name, path)]  # type: ignore[operator]


def raw_text(name: str, path: Path) -> Iterator[str]:
    """Classes that read markup, outside the one file that tames them."""
    for whole in imports(path):
        last = whole.rpartition(".")[2]
        if last in RAW_TEXT and name.startswith("ui/") and name != RAW_TEXT[last] and last != "QLabel":
            yield last
    for node, called in calls(path):
        if called in RAW_TEXT and name != RAW_TEXT[called] and not _is_lookup(node):
            yield f"{called}() in line {node.lineno}"
        if called in MARKUP and not (called == "setOpenExternalLinks" and ast.unparse(node.args[0]) == "False"):
            yield f"{called} in line {node.lineno}"
        hint = ast.unparse(node.args[0]) if called == "setToolTip" else "''"
        if not hint.startswith(OWN_WORDS) and hint != TIPS.get(name):
            yield f"a hint in line {node.lineno}"
        if called == "addItem" and len(node.args) > 1 and not ast.unparse(node.args[0]).startswith("visible("):
            yield f"a choice in line {node.lineno} whose marks are not made visible"
        if called in SAID and name != LABELS and not all(map(_is_own, node.args)):
            yield f"{called} in line {node.lineno} with what may be somebody else's words"
        if called in FIELDS and not all(_is_own(one) or ast.unparse(one).startswith("prefilled(") for one in node.args):
            yield f"a field in line {node.lineno} whose marks are not made visible"
        if called == "setTextFormat" and ast.unparse(node.args[0]) != "Qt.TextFormat.PlainText":
            yield f"another format in line {node.lineno}"


def _is_own(node: ast.expr) -> bool:
    """A constant, or our own words without a fact in them."""
    if isinstance(node, ast.IfExp):
        return _is_own(node.body) and _is_own(node.orelse)
    if isinstance(node, ast.Call):
        return getattr(node.func, "attr", "") in {"tr", "trc"} and not node.keywords
    return isinstance(node, ast.Constant)


def _is_lookup(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr not in RAW_TEXT


def ways_round(name: str, path: Path) -> Iterator[str]:
    """Ways round the certificate, the environment, or the one door to links and programs."""
    for node, called in calls(path):
        facts = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        if (
            facts.get("verify") == "False"
            or facts.get("trust_env") == "True"
            or facts.get("follow_redirects") == "True"
        ):
            yield f"{called} in line {node.lineno}"
        if facts.get("shell") == "True" or ast.unparse(node.func) in PROGRAMS:
            yield f"{called} in line {node.lineno}"
        if called in {"Client", "AsyncClient"} and facts.get("trust_env") != "False" and not name.startswith(DEMO):
            yield f"a client that asks the environment in line {node.lineno}"
        if called in {"_create_unverified_context", "ignoreSslErrors"}:
            yield called
        if called == "installEventFilter" and name != "ui/following.py":
            yield f"a filter that may outlive Python in line {node.lineno}"
        if called == "openUrl" and name != "ui/links.py":
            yield f"openUrl in line {node.lineno}"
    text = path.read_text("utf-8")
    yield from re.findall(r"CERT_NONE|check_hostname\s*=\s*False|sslErrors\b|\bpickle\b|\bmarshal\b|\bshelve\b", text)
    yield from (
        one for one in imports(path) if one == "webbrowser" and name not in {"app/browser.py", "app/check_operator.py"}
    )


def guessable(name: str, path: Path) -> Iterator[str]:
    """Chance that can be guessed, hashes that are broken, and secrets compared in a time that tells."""
    if name.startswith(DEMO):
        return
    for whole in imports(path):
        if whole == "random" or (whole.startswith("random.") and whole != "random.SystemRandom"):
            yield whole
    for node, called in calls(path):
        if called in {"md5", "sha1"} or (called == "new" and node.args and "ECB" in ast.unparse(node)):
            yield f"{called} in line {node.lineno}"
        if called == "uuid1":
            yield "uuid1"


def loose_sql(_name: str, path: Path) -> Iterator[str]:
    """SQL that is put together from anything but our own column names, marks and tables."""
    if path.parent.name != "store":
        return
    mine = re.compile(
        r"\{(_COLUMNS|PLACE|JOINED|LINE|column|table|counted|where|which|marks|all_marks|sets|_?marks\([a-z_]+\)|len\([a-z]+\)"
        r"|', '\.join\(facts\)|','\.join\([^{}]*\)|_PAGE_BYTES\.get\([^{}]*\)|\('FULL' if full else 'NORMAL'\)"
        r"|source|order|_by_amount\(database, query\)|int\(full\)"
        r"|[A-Z_]+)\}"
    )
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            said = ast.unparse(node)
            if re.search(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|ATTACH)\b", said):
                rest = mine.sub("", said)
                if "{" in rest:
                    yield f"line {node.lineno}: {said}"


def first_meetings(name: str, path: Path) -> Iterator[str]:
    """A type met for the first time by two threads at once ends the process in msgspec: decoders are made on import."""
    if name.startswith(DEMO) or name in ONE_LANE:
        return
    for node, called in calls(path):
        facts = {keyword.arg for keyword in node.keywords}
        if called in {"decode", "convert"} and "type" in facts:
            yield f"line {node.lineno}"


CHECKS = {one.__name__: one for one in (raw_text, ways_round, guessable, loose_sql, first_meetings)}

FORBIDDEN = {
    "raw_text": [
        "from PySide6.QtWidgets import QMessageBox", "QLabel('x')", "QtWidgets.QErrorMessage()", "a.setHtml(b)",
        "a.setToolTip(name)", "a.setTextFormat(Qt.TextFormat.AutoText)", "a.setOpenExternalLinks(True)",
        "box.addItem(line.label, line.id)", "self.setWindowTitle(title)", "a.setAccessibleName(bill.number)",
        "a.setAccessibleDescription(words.tr('Of {bill}', bill=bill.number))", "QLineEdit(draft.title)",
        "self.text.setPlainText(fresh.text)", "QPlainTextEdit(said, parent)",
    ],
    "ways_round": [
        "httpx.get(u, verify=False)", "httpx.Client()", "httpx.Client(trust_env=True)", "c.verify_mode = ssl.CERT_NONE",
        "subprocess.run(a, shell=True)", "os.startfile(a)", "eval(a)", "QDesktopServices.openUrl(u)",
        "import webbrowser",
        "httpx.Client(trust_env=False, follow_redirects=True)", "import pickle",
    ],
    "guessable": ["import random", "from random import choice", "hashlib.md5(a)", "hashlib.sha1(a)", "uuid.uuid1()"],
    "loose_sql": ["d.run(f\"SELECT * FROM a WHERE b='{typed}'\")", "d.run(f'DELETE FROM {kind.name}')"],
    "first_meetings": ["msgspec.json.decode(text, type=Bill)", "msgspec.convert(a, type=B)"],
}  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_no_source_file_does_it(check: str) -> None:
    assert found(CHECKS[check]) == []


@pytest.mark.parametrize(("check", "line"), [(check, line) for check, lines in FORBIDDEN.items() for line in lines])
def test_the_check_would_see_it(check: str, line: str, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "spoiled.py").write_text(f"{line}\n")
    assert found(CHECKS[check], {"ui/spoiled.py": folder / "spoiled.py"})
