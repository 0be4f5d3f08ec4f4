"""Qt loaded the quick way: the same Qt, and what describes its functions still comes when somebody asks."""

from __future__ import annotations

import subprocess
import sys

SAYS = """
import sys
{load}
from PySide6.QtWidgets import QApplication, QLabel
seldom = [n for n in sys.modules if n.startswith("shibokensupport.signature.") and len(vars(sys.modules[n])) > 25]
app = QApplication([])
for wrong in (lambda: QLabel().setText(3), lambda: QLabel().setFixedSize("x", 2), lambda: QLabel("a", nothing=3)):
    try:
        wrong()
    except Exception as trouble:
        print(type(trouble).__name__, trouble)
import inspect
print(inspect.signature(QLabel.setWordWrap.__call__))
from selfcare.domain import bills
print(bills.Bill.__name__, {look})
"""
QUICK = "from selfcare.ui.toolkit import load_qt\nload_qt()"


def said(load: str, look: str = "0") -> str:
    """What a fresh process says that loads Qt so."""
    done = subprocess.run(
        [sys.executable, "-c", SAYS.format(load=load, look=look)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def test_a_wrong_call_is_told_in_the_same_words() -> None:
    plain = said("")
    assert "setText(arg__1: str, /)" in plain
    assert said(QUICK) == plain


def test_what_only_developers_need_is_not_there() -> None:
    heavy = "'logging' in sys.modules, '__orig_import__' in vars(__import__('builtins'))"
    assert said(QUICK, f"len(seldom) < 4, {heavy}").splitlines()[-1].startswith("Bill True")
    assert said("", f"len(seldom) < 4, {heavy}").splitlines()[-1].startswith("Bill False")
