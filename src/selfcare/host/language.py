"""Which language this computer speaks to its customer, as the system states it; no locale need be installed for it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping

from selfcare.i18n import LANGUAGES

_NAMES = {"french": "fr", "english": "en", "c": "en", "posix": "en"}
"""Languages by the names that Windows and the C library give them instead of a code."""


def language_of(environment: Mapping[str, str], system: str, stated: Iterable[str] = ()) -> str:
    """The code ("fr") of the first language asked for that the program speaks; "" where none of them is.

    `system` is as in `sys.platform`. Windows and macOS state the customer's languages themselves (`stated`, best
    first) and their variables come after; elsewhere the variables alone say it.
    """
    wishes = _of_variables(environment)
    if system in {"win32", "darwin"}:
        wishes = [*stated, *wishes]
    return next((code for code in map(_code, wishes) if code in LANGUAGES), "")


def system_language(stated: Iterable[str] = ()) -> str:
    """The code of this computer's language; `stated` is what macOS says of it, where that was asked."""
    return language_of(os.environ, sys.platform, stated or windows_languages())


def windows_languages() -> tuple[str, ...]:
    """The language of Windows' own menus, then that of its numbers and days; nothing on another system."""
    if sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return tuple(name for name in (locale.windows_locale.get(number), locale.getlocale()[0]) if name)
    else:
        return ()


def _of_variables(environment: Mapping[str, str]) -> list[str]:
    """As gettext reads them: LANGUAGE, a list, unless the locale is C; else the first of the three that says something.

    GNU gettext manual 2.3.3, "Specifying a Priority List of Languages".
    """
    places = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    place = next((one for one in places if one), "")
    listed = environment.get("LANGUAGE", "")
    return listed.split(":") if listed and place not in {"C", "POSIX"} else [place]


def _code(name: str) -> str:
    """The language in "fr_CA.UTF-8@euro", "fr-CA" or "French_France.1252"."""
    found = re.match(r"[A-Za-z]*", name)
    word = found[0].lower() if found else ""
    return _NAMES.get(word, word)
