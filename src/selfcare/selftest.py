"""The installed program tries itself: from sign-in to a request that the operator has confirmed."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from selfcare import __version__
from selfcare.account.session import Session
from selfcare.api.finding import fetch_profile
from selfcare.api.profile import read_profile
from selfcare.app.command_line import system_words
from selfcare.app.demo import DemoOperator, start_demo_operator
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.commands import OpenTicket
from selfcare.domain.failures import Offline
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from selfcare.host.process import harden
from selfcare.host.terminal import say
from selfcare.i18n import Words
from selfcare.viewmodel.command_line import self_test_end, step_line

LOGIN = "claire"
TITLE = "Self-test: no signal in the kitchen"


class Wrong(Exception):
    """A step did not show what it must; says what was missing."""


@dataclass(slots=True)
class Report:
    """What was tried, how long it took, and what went wrong."""

    as_json: bool
    words: Words
    steps: list[dict[str, object]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One step. Whatever it raises ends the self-test."""
        began = time.perf_counter()
        wrong = ""
        try:
            yield
        except BaseException as trouble:
            wrong = str(trouble) if isinstance(trouble, Wrong) else type(trouble).__name__
            raise
        finally:
            seconds = round(time.perf_counter() - began, 3)
            self.steps.append({"step": name, "ok": not wrong, "seconds": seconds, "wrong": wrong})
            if not self.as_json:
                say(sys.stdout, step_line(self.words, name, seconds, wrong))


def run(*, as_json: bool = False) -> int:
    """Try everything; 0 if all went well, 1 if a step failed."""
    harden()
    report = Report(as_json, system_words())
    failed = ""
    try:
        with tempfile.TemporaryDirectory(prefix="selfcare-self-test-") as folder:
            _try(report, Path(folder))
    except Exception as trouble:
        failed = next((str(one["step"]) for one in report.steps if not one["ok"]), type(trouble).__name__)
        if not as_json:
            say(sys.stderr, self_test_end(report.words, 0, failed))
    if as_json:
        say(sys.stdout, json.dumps({"version": __version__, "ok": not failed, "steps": report.steps}) + "\n")
    elif not failed:
        say(sys.stdout, self_test_end(report.words, len(report.steps), ""))
    return 1 if failed else 0


def _try(report: Report, folder: Path) -> None:
    key = os.urandom(32)
    operators: list[DemoOperator] = []
    try:
        with report.step("start the demo operator"):
            operators.append(start_demo_operator(0, "--seed", "1"))
        first = operators[0]
        with report.step("read its profile"):
            profile = read_profile(fetch_profile(first.issuer(LOGIN)))
        with report.step("make an encrypted vault"):
            session = Session(folder / "vault", key, profile, lambda: datetime.now(UTC))
        try:
            _online(report, session)
        finally:
            session.close()
        with report.step("see that it is encrypted"):
            _must(not _in_clear(folder), "encrypted files alone")
        first.stop()
        _offline(report, folder, key, profile)
        port = first.url.rpartition(":")[2]
        with report.step("start the demo operator again"):
            operators.append(start_demo_operator(int(port), "--seed", "1"))
        _back(report, folder, key, profile)
    finally:
        for operator in operators:
            operator.stop()


def _online(report: Report, session: Session) -> None:
    with report.step("sign in"):
        session.sign_in(demo_browser_for(LOGIN))
    with report.step("read everything"):
        session.round()
        if session.trouble is not None:
            raise session.trouble
    with report.step("find bills, lines, contract and tickets"):
        reader = session.reader
        _must(len(reader.bills()) > 12, "bills")
        _must(bool(reader.lines()), "lines")
        _must(bool(reader.contracts()), "contracts")
        _must(bool(reader.tickets()), "tickets")
    with report.step("draw a page of a bill"):
        _draw_page(session)


def _draw_page(session: Session) -> None:
    from selfcare.paper.reader import PaperReader

    paper = next((p for bill in session.reader.bills(limit=3) for p in bill.papers), None)
    _must(paper is not None, "a bill with a PDF")
    assert paper is not None
    content = session.reader.paper(paper.id)
    _must(content is not None, "the PDF on this computer")
    papers = PaperReader()
    try:
        picture = papers.render(content or b"", 0, 600)
    finally:
        papers.close()
    _must(picture.width == 600 and len(set(picture.rgb)) > 10, "a page that is not blank")


def _offline(report: Report, folder: Path, key: bytes, profile: OperatorProfile) -> None:
    with report.step("open again without the operator"):
        session = Session(folder / "vault", key, profile, lambda: datetime.now(UTC))
    try:
        with report.step("everything is still there"):
            _must(len(session.reader.bills()) > 12, "bills")
            _must(session.reader.freshness(Topic.BILLS)[0].seen is not None, "the age of the bills")
        with report.step("ask for something offline"):
            session.submit(OpenTicket(TITLE, "No signal since this morning.", "Incident"), "self-test")
            session.push()
            _must(isinstance(session.trouble, Offline), "the operator’s absence")
            _must(session.reader.waiting()[0].state is WaitingState.NEW, "a waiting request")
    finally:
        session.close()


def _back(report: Report, folder: Path, key: bytes, profile: OperatorProfile) -> None:
    session = Session(folder / "vault", key, profile, lambda: datetime.now(UTC))
    try:
        with report.step("sign in again"):
            session.sign_in(demo_browser_for(LOGIN))
        with report.step("the request goes out, once"):
            session.retry(session.reader.waiting()[0].id)
            session.round()
            titles = [t.title for t in session.reader.tickets() if not t.id.startswith("waiting:")]
            _must(titles.count(TITLE) == 1, "one confirmed ticket")
        with report.step("nothing waits any more"):
            item = session.reader.waiting()[0]
            _must(item.state in {WaitingState.ACCEPTED, WaitingState.DONE}, "an accepted request")
    finally:
        session.close()


def _in_clear(folder: Path) -> bool:
    return any(path.read_bytes()[:16].startswith(b"SQLite format 3") for path in folder.rglob("*.db"))


def _must(shown: bool, what: str) -> None:
    if not shown:
        raise Wrong(what)
