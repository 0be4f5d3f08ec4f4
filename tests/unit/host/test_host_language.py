"""The customer's language is found as each system states it, also where its locale is not installed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from selfcare.app.program import words_of
from selfcare.host.language import language_of, windows_languages
from selfcare.host.settings import Settings


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, ""),
        ({"LANG": ""}, ""),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "fr_FR"}, "fr"),
        ({"LANG": "fr_CA.UTF-8@euro"}, "fr"),
        ({"LANG": "fr_FR@euro"}, "fr"),
        ({"LANG": "FR_fr.utf8"}, "fr"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "fra_FR"}, ""),
        ({"LANG": "frp_FR"}, ""),
        ({"LANG": "de_DE.UTF-8"}, ""),
        ({"LC_MESSAGES": "fr_FR.UTF-8", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_BE.UTF-8"}, "fr"),
        ({"LC_CTYPE": "fr_FR.UTF-8", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_TIME": "fr_FR.UTF-8", "LANG": ""}, ""),
        ({"LANGUAGE": "fr:en", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "en:fr", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANGUAGE": "de:fr_CA:en", "LANG": "de_DE.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr", "LC_ALL": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "", "LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANGUAGE": ":fr", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANGUAGE": "fr", "LANG": "C"}, "en"),
        ({"LANGUAGE": "fr", "LC_ALL": "POSIX"}, "en"),
        ({"LANGUAGE": "fr"}, "fr"),
    ],
)
def test_the_variables_are_read_as_gettext_does(environment: dict[str, str], code: str) -> None:
    assert language_of(environment, "linux") == code


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (["French_France"], "fr"),
        (["French_Canada.1252"], "fr"),
        (["English_United Kingdom.1252"], "en"),
        (["fr_FR", "English_United States"], "fr"),
        (["German_Germany", "fr-CA"], "fr"),
        (["fr-FR", "en-GB"], "fr"),
        (["fr-Latn-CH"], "fr"),
        (["zh-Hans-CN"], "en"),
        ([], "en"),
    ],
)
@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_state_it_themselves(stated: list[str], code: str, system: str) -> None:
    assert language_of({"LANG": "en_GB.UTF-8"}, system, stated) == code


def test_what_another_system_states_is_not_heard() -> None:
    assert language_of({"LANG": "en_GB.UTF-8"}, "linux", ["fr-FR"]) == "en"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows states one")
def test_only_windows_has_languages_of_windows() -> None:
    assert windows_languages() == ()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these state it themselves")
def test_the_program_speaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "fr_LU.UTF-8")
    assert words_of(Settings()).language == "fr"
    assert words_of(Settings(language="en")).language == "en", "the customer's choice comes first"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert words_of(Settings()).language == "en"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows states it itself")
def test_what_is_said_on_the_terminal_is_in_it_too() -> None:
    code = "from selfcare.app.start import places, say_already_open;say_already_open(places(demo=False)[1])"
    spoken = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANGUAGE": "fr", "LC_ALL": "", "LANG": "fr_FR.UTF-8"}
    done = subprocess.run([sys.executable, "-c", code], env=spoken, capture_output=True, encoding="utf-8", check=True)
    assert "Selfcare est déjà ouvert" in done.stderr
