"""Says why the program cannot begin on this computer, and what to do: no space, newer files, a missing library."""

from __future__ import annotations

import re
import sys

from selfcare.app.command_line import system_words
from selfcare.domain.failures import Failure
from selfcare.host.terminal import say
from selfcare.viewmodel.no_start import library_missing, trouble_at_start

STATUS = 1
"""What the program ends with then."""

_LIBRARY = re.compile(r"\blib[\w+.-]+?\.(?:so[\d.]*|dylib)|\b\w+\.dll", re.IGNORECASE)


def say_trouble(failure: Failure) -> int:
    """On the terminal, and in a small window where there is a screen. Returns the exit status."""
    words = system_words()
    sentence = trouble_at_start(failure, words)
    say(sys.stderr, sentence + "\n")
    from selfcare.ui.toolkit import load_qt

    load_qt()
    from selfcare.host.screen import has_screen
    from selfcare.ui.second_start import tell

    if has_screen():
        tell(words, "system", sentence)
    return STATUS


def library_of(missing: ImportError) -> str:
    """The library of the system that could not be loaded; "" where something else is wrong."""
    found = _LIBRARY.search(str(missing))
    return found[0] if found else ""


def say_library(missing: ImportError) -> int:
    """On the terminal alone: without the library there is no window. Returns the exit status."""
    say(sys.stderr, library_missing(library_of(missing), system_words()) + "\n")
    return STATUS
