"""Loads Qt without what only its developers use, so that the window is there sooner.

PySide compiles a hundred kilobytes of its own Python at every start, to be able to describe its functions (`help`, stub
files, the texts of its TypeErrors), and then reads the source of every module that is imported after it, to find out
whether that one wants one of its experiments (`from __feature__ import …`). Together that is half of the time a bare
window needs. Here the first is put off until somebody asks, and the second is turned off: this program uses neither.
Where a later PySide is made differently, nothing matches and it simply loads as it always did.
"""

from __future__ import annotations

import builtins
import sys
from typing import Any

from selfcare.ui.quick_enums import quicken

_PLACE = "shibokensupport/signature/"
_SELDOM = frozenset(
    f"{_PLACE}{name}.py"
    for name in ("errorhandler", "layout", "mapping", "parser", "lib/enum_sig", "lib/pyi_generator", "lib/tool")
)
"""The parts of PySide that describe functions, as it names them to the compiler. Each is named by its file."""

_LATER = """
def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    from sys import modules
    module = modules[__name__]
    published = __spec__.name
    __spec__.name = __name__
    globals().pop("__getattr__", None)
    __loader__.exec_module(module)
    __spec__.name = published
    return getattr(module, name)


def update_mapping(*facts):
    return __getattr__("update_mapping")(*facts)
"""
"""What stands in for such a part: at the first use it lets PySide's own loader put the real one in its place.

PySide renames the spec of its modules after loading, and its loader finds them by the first name: hence the swap. One
function its C++ looks up without asking the module, so it stands here by name.
"""


def qt_languages() -> list[str]:
    """The languages of the customer as Qt asks the system for them, the best first: macOS tells nobody else cheaply."""
    from PySide6.QtCore import QLocale

    return QLocale.system().uiLanguages()


def load_qt() -> None:
    """Load PySide6.QtCore in the way described above; does nothing where it is loaded already."""
    if "PySide6.QtCore" in sys.modules:
        return
    quicken()
    compile_fully = builtins.compile

    def compile_what_is_used(source: Any, filename: Any, *rest: Any, **more: Any) -> Any:
        wanted = _LATER if filename in _SELDOM else source
        return compile_fully(wanted, filename, *rest, **more)

    builtins.compile = compile_what_is_used
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.compile = compile_fully
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
