"""What is new is told once after an upgrade, to whoever used the program before; never at a first start."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from selfcare import __version__
from selfcare.app.news import tell_news
from selfcare.host.settings import AccountEntry, Settings
from selfcare.viewmodel.notice import Notice
from tests.samples import words


class Program:
    """As much of the program as the news touch."""

    def __init__(self, seen: str, *, has_account: bool = True, is_free: bool = True) -> None:
        self.settings = Settings(seen_version=seen)
        self.entry = AccountEntry("a-1", "p") if has_account else None
        self.words = words()
        self.kept = 0
        self.said: list[Notice] = []
        self.window = SimpleNamespace(notes=SimpleNamespace(is_free=is_free, seen_version=""), say=self.said.append)

    def keep_settings(self, _settings: Settings) -> None:
        """As the program does: the version goes along."""
        self.kept += 1
        self.settings = Settings(seen_version=__version__)


def test_after_an_upgrade_it_is_told_once() -> None:
    program = Program("0.0.9")
    tell_news(program)  # type: ignore[arg-type]
    tell_news(program)  # type: ignore[arg-type]
    assert [one.action for one in program.said] == ["news"]
    assert __version__ in program.said[0].sentence
    assert program.window.notes.seen_version == "0.0.9"
    assert program.kept == 1


@pytest.mark.parametrize(("seen", "kept"), [("", 1), (__version__, 0), ("99.0.0", 1)])
def test_a_first_use_the_same_version_and_an_older_program_say_nothing(seen: str, kept: int) -> None:
    program = Program(seen)
    tell_news(program)  # type: ignore[arg-type]
    assert program.said == []
    assert program.kept == kept


def test_without_an_account_nothing_is_written() -> None:
    program = Program("0.0.9", has_account=False)
    tell_news(program)  # type: ignore[arg-type]
    assert (program.said, program.kept) == ([], 0)


def test_a_notice_that_stands_there_is_not_pushed_away() -> None:
    program = Program("0.0.9", is_free=False)
    tell_news(program)  # type: ignore[arg-type]
    assert program.said == []
