"""Prints on any terminal, also on one that cannot show every letter."""

from __future__ import annotations

import re
from typing import TextIO


def say(stream: TextIO | None, text: str) -> None:
    """Print: what the terminal cannot show becomes a question mark, a special space a plain one.

    None is the stream of a program that has no terminal (Windows): nothing is printed.
    """
    if stream is None:
        return
    coding = stream.encoding or "utf-8"
    try:
        text.encode(coding)
    except UnicodeEncodeError:
        text = re.sub("[\u00a0\u202f]", " ", text).encode(coding, "replace").decode(coding)
    stream.write(text)
    stream.flush()
