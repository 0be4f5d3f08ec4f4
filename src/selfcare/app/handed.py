"""A file or a folder that the program is started with: by a double click, from a menu, or as the only word typed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.domain.intake import TAKEN, shown_name

if TYPE_CHECKING:
    from selfcare.i18n import Words

COMMANDS = frozenset(
    {"demo", "self-test", "leave", "export", "check-operator", "sandbox", "licences", "remove-data"}
)  # fmt: skip
"""What the only word may be instead; whatever lies beside the program under such a name is never meant."""

NOT_TAKEN = 2
"""What the program ends with where it cannot open what it was given, as for any other wrong word."""


def is_place(word: str) -> bool:
    """Whether the only word of a command line means a file or a folder: it is there, or it is written like one."""
    if not word or word.startswith("-") or word in COMMANDS:
        return False
    is_written_so = any(sign in word for sign in (os.sep, os.altsep) if sign) or _ending(word) in TAKEN
    return is_written_so or os.path.lexists(word)


def place_of(word: str) -> Path:
    """Where it lies, wherever another process looks for it."""
    return Path(word).absolute()


def refusal(place: Path, words: Words) -> str:
    """Why it cannot be opened, in one sentence; "" where it can be."""
    name = shown_name(str(place))
    if not place.exists():
        return words.tr("There is no file or folder {name}.", name=name)
    if not place.is_dir() and _ending(place.name) not in TAKEN:
        return words.tr("{name}: Selfcare opens .selfcare, .zip, .pdf and .xml files, and folders.", name=name)
    return ""


def is_taken(place: Path) -> bool:
    """Whether it is there and can be opened."""
    return place.is_dir() or (place.exists() and _ending(place.name) in TAKEN)


def say_refusal(place: Path) -> int:
    """On the terminal; where there is none, in a small window: a double click has no terminal. The exit status."""
    from selfcare.app.command_line import system_words
    from selfcare.host.screen import has_screen
    from selfcare.host.terminal import say

    words = system_words()
    sentence = refusal(place, words)
    say(sys.stderr, sentence + "\n")
    if has_screen() and not (sys.stderr is not None and sys.stderr.isatty()):
        from selfcare.ui.toolkit import load_qt

        load_qt()
        from selfcare.ui.second_start import tell

        tell(words, "system", sentence)
    return NOT_TAKEN


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].casefold()  # noqa: PTH122 - a word, not a path yet
