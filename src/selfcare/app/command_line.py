"""Reads the command line; only where it has something to say does it load the customer's language."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import NoReturn, TextIO, cast

from selfcare.host.folders import resource
from selfcare.host.language import system_language
from selfcare.host.terminal import say
from selfcare.i18n import Words, load_words

Build = Callable[[type[argparse.ArgumentParser], Callable[[str], str]], argparse.ArgumentParser]
"""Makes the reader of the command line: of this class, with its words said by this function."""


class Unsaid(Exception):
    """The reader has something to say and does not know yet in which language."""


class Quiet(argparse.ArgumentParser):
    """Says nothing: whatever it would say is raised."""

    def error(self, message: str) -> NoReturn:
        """Something was typed wrong."""
        raise Unsaid(message)

    def print_help(self, file: object = None) -> None:
        """The help was asked for."""
        raise Unsaid


class Spoken(argparse.ArgumentParser):
    """Says what it has to say on any terminal."""

    def _print_message(self, message: str, file: object = None) -> None:
        say(cast("TextIO", file), message)


def read_command_line(build: Build, typed: Sequence[str]) -> argparse.Namespace:
    """What was typed, as `build` describes it; help and mistakes are said in the system's language and end the program.

    A catalogue takes longer to load than a window may take to open, so a command line that is understood loads none.
    """
    try:
        return build(Quiet, str).parse_args(typed)
    except Unsaid:
        words = system_words()
        return spoken(build, words.tr).parse_args(typed)


def spoken(build: Build, tr: Callable[[str], str]) -> argparse.ArgumentParser:
    """The reader that speaks: also what Python's own library says goes through `tr`."""
    vars(argparse)["_"] = tr
    return build(Spoken, tr)


def system_words() -> Words:
    """The words of this computer's language: nobody has chosen another one before the window is open."""
    return load_words(system_language(), resource("locale"))
