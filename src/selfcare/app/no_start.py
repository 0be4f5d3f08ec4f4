"""Says why the program cannot begin on this computer, and what to do: no space, newer files, a missing library."""

from __future__ import annotations

import os
import re
import sys

from selfcare.app.command_line import system_words
from selfcare.domain.failures import Failure
from selfcare.host.folders import config_dir, data_dir, log_dir
from selfcare.host.terminal import say
from selfcare.viewmodel.no_start import library_missing, trouble_at_start

STATUS = 1
"""What the program ends with then."""

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""The package of Debian in which a library of the system lies that Qt loads at once."""

_LIBRARY = re.compile(r"\blib[\w+.-]+?\.(?:so[\d.]*|dylib)|\b\w+\.dll", re.IGNORECASE)


def say_on_terminal(failure: Failure) -> int:
    """On the terminal alone, for a command that opens no window. Returns the exit status."""
    say(sys.stderr, trouble_at_start(failure, system_words(), closed_folder()) + "\n")
    return STATUS


def say_trouble(failure: Failure) -> int:
    """On the terminal, and in a small window where there is a screen. Returns the exit status."""
    words = system_words()
    sentence = trouble_at_start(failure, words, closed_folder())
    say(sys.stderr, sentence + "\n")
    from selfcare.ui.toolkit import load_qt

    load_qt()
    from selfcare.host.screen import has_screen
    from selfcare.ui.second_start import tell

    if has_screen():
        tell(words, "system", sentence)
    return STATUS


def closed_folder() -> str:
    """The first of the program's folders into which nothing can be written, or what stands in its way; "" if none."""
    for folder in (data_dir(), config_dir(), log_dir()):
        found = next((one for one in (folder, *folder.parents) if one.exists()), folder)
        if not found.is_dir() or not os.access(found, os.W_OK | os.X_OK):
            return str(found)
    return ""


def library_of(missing: ImportError) -> str:
    """The library of the system that could not be loaded; "" where something else is wrong."""
    found = _LIBRARY.search(str(missing))
    return found[0] if found else ""


def say_library(missing: ImportError) -> int:
    """On the terminal alone: without the library there is no window. Returns the exit status."""
    library = library_of(missing)
    say(sys.stderr, library_missing(library, PACKAGES.get(library, ""), system_words()) + "\n")
    return STATUS
