"""Prints on any terminal, also on one that cannot show every letter."""

from __future__ import annotations

import os
import re
from typing import TextIO

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal or turn the direction of the text; no sentence needs them."""


def wipe(stream: TextIO) -> None:
    """Begin the line of a terminal anew; nothing for what is no terminal."""
    if stream.isatty():
        stream.write("\r\x1b[K")
        stream.flush()


def unsteered(text: str) -> str:
    """The text without signs that steer a terminal or turn its words around."""
    return _COMMANDS.sub("", text)


def say(stream: TextIO | None, text: str) -> None:
    """Print: what the terminal cannot show becomes a question mark, a special space a plain one.

    Signs that would steer the terminal are left away. None is the stream of a program that has no terminal (Windows):
    nothing is printed. Whoever reads may stop reading (`selfcare licences | head`): the rest is dropped.
    """
    if stream is None:
        return
    text = unsteered(text)
    coding = stream.encoding or "utf-8"
    try:
        text.encode(coding)
    except UnicodeEncodeError:
        text = re.sub("[\u00a0\u202f]", " ", text).encode(coding, "replace").decode(coding)
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # what is still to come, at the end of the program too
        os.close(nowhere)
