"""After an upgrade says once that the program is another one, and offers to say what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare import __version__
from selfcare.domain.releases import is_newer

if TYPE_CHECKING:
    from selfcare.app.program import Program


def tell_news(program: Program) -> None:
    """Tell it in the window, once an account is open, and keep that it was told. Nothing at a first start."""
    seen = program.settings.seen_version
    if seen == __version__ or program.entry is None:
        return
    program.keep_settings(program.settings)  # it keeps the version with every choice
    if seen and is_newer(__version__, seen) and program.window.notes.is_free:
        from selfcare.viewmodel.news import upgraded

        program.window.notes.seen_version = seen
        program.window.say(upgraded(program.words, __version__))
