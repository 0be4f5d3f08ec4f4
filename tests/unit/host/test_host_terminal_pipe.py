"""Whoever reads what is printed may stop reading."""

from __future__ import annotations

import os
import subprocess
import sys

from selfcare.host.terminal import say


def test_a_reader_that_has_gone_is_no_trouble() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        say(stream, "one\n")
        say(stream, "two\n")


def test_the_licences_can_be_looked_at_a_line_at_a_time() -> None:
    command = [sys.executable, "-m", "selfcare", "licences"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 0
