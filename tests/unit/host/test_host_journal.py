"""The log on disk: private, without secrets, and of use when something went wrong."""

from __future__ import annotations

import faulthandler
import logging
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfcare.domain.failures import DiskTrouble
from selfcare.host.journal import LARGEST, start_log, stop_log, trace


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    level, loud = logging.getLogger().level, logging.raiseExceptions
    yield start_log(tmp_path / "log", debug=True)
    stop_log()
    faulthandler.enable(sys.__stderr__ or 2)
    logging.getLogger().setLevel(level)
    logging.raiseExceptions = loud


def test_the_log_is_for_this_user_only(log: Path) -> None:
    logging.getLogger("trial").info("hello")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((log.parent / "crash.txt").stat().st_mode) == 0o600


def test_facts_are_redacted_after_they_are_put_into_the_sentence(log: Path) -> None:
    logging.getLogger("trial").warning("sent %s for %s", "Bearer abcdef", {"iban": "GB29NWBK60161331926819"})
    text = log.read_text("utf-8")
    assert "WARNING trial: sent Bearer ‹hidden›" in text
    assert "abcdef" not in text
    assert "NWBK" not in text


def test_a_trace_names_places_and_types_but_no_text(log: Path) -> None:
    try:
        try:
            {}["Claire Moreau"]
        except KeyError as trouble:
            raise RuntimeError("her bill of £42.50") from trouble
    except RuntimeError:
        logging.getLogger("trial").exception("a bug")
    text = log.read_text("utf-8")
    assert "RuntimeError" in text
    assert "KeyError" in text
    assert "host/test_host_journal.py:" in text
    assert "Claire" not in text
    assert "42.50" not in text


def test_a_trace_of_exceptions_that_point_at_each_other_ends() -> None:
    one, other = ValueError("a"), TypeError("b")
    one.__cause__, other.__cause__ = other, one
    assert trace(one) == "ValueError\nTypeError"


def test_the_network_libraries_may_not_write_addresses(log: Path) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://op.example/x")
    logging.getLogger("httpcore.http11").debug("response Set-Cookie")
    assert log.read_text("utf-8") == ""


def test_a_message_cannot_pretend_to_be_two(log: Path) -> None:
    logging.getLogger("trial").info("one\n2026-01-01T00:00:00Z ERROR selfcare: two")
    assert len([line for line in log.read_text("utf-8").splitlines() if line.startswith("2026")]) <= 1


def test_a_sentence_that_does_not_fit_its_facts_is_no_crash(log: Path) -> None:
    logging.getLogger("trial").info("%d bills", "Claire")
    assert "do not fit" in log.read_text("utf-8")
    assert "Claire" not in log.read_text("utf-8")


def test_old_logs_are_turned_over_and_stay_private(log: Path) -> None:
    writer = logging.getLogger("trial")
    for _ in range(LARGEST // 1000 + 20):
        writer.info("a" * 1000)
    older = log.with_name("selfcare.log.1")
    assert older.exists()
    assert {stat.S_IMODE(one.stat().st_mode) for one in (log, older)} == {0o600}


def test_starting_twice_writes_each_line_once(log: Path) -> None:
    start_log(log.parent)
    logging.getLogger("trial").info("once")
    assert log.read_text("utf-8").count("once") == 1


def test_a_log_that_cannot_be_written_is_a_failure_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file stands in the way")
    with pytest.raises(DiskTrouble):
        start_log(tmp_path / "log")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names elsewhere")
@pytest.mark.parametrize("name", ["selfcare.log", "crash.txt"])
@pytest.mark.parametrize("way", ["pipe", "read pipe", "link", "second name"])
def test_what_stands_in_the_place_of_a_log_goes_and_nothing_behind_it_is_touched(
    tmp_path: Path, request: pytest.FixtureRequest, name: str, way: str
) -> None:
    victim, folder = tmp_path / "victim.txt", tmp_path / "log"
    victim.write_text("mine")
    folder.mkdir()
    reader = None
    if way == "link":
        (folder / name).symlink_to(victim)
    elif way == "second name":
        os.link(victim, folder / name)
    else:
        os.mkfifo(folder / name)
        reader = os.open(folder / name, os.O_RDONLY | os.O_NONBLOCK) if way == "read pipe" else None
    path = request.getfixturevalue("log")
    logging.getLogger("trial").info("hello")
    if reader is not None:
        os.close(reader)
    assert victim.read_text() == "mine"
    assert "hello" in path.read_text("utf-8")
    assert stat.S_ISREG((folder / name).lstat().st_mode)
