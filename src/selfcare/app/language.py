"""The language that the program speaks: the one that was chosen, or the computer's own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from selfcare.host.folders import resource
from selfcare.host.language import system_language
from selfcare.i18n import Words, load_words
from selfcare.i18n.american import at_home_in

if TYPE_CHECKING:
    from selfcare.host.settings import Settings


def words_of(settings: Settings, country: str = "") -> Words:
    """The chosen language, or the computer's own, as it is said in the operator's country."""
    return at_home_in(load_words(settings.language or _system_language(), resource("locale")), country)


def _system_language() -> str:
    if sys.platform == "darwin":
        from selfcare.ui.toolkit import qt_languages

        return system_language(qt_languages())
    return system_language()
