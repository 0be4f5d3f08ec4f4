"""What is seen seldom: requests in every state, the way out half gone, an operator that fails or offers little."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.request import Request, urlopen

from PySide6.QtWidgets import QApplication

from selfcare.app.demo import DemoOperator
from selfcare.app.program import Program
from selfcare.domain.commands import AddNote, Command, GiveNotice, OpenTicket, RequestCode, RequestUnlock
from selfcare.domain.lines import Line
from selfcare.domain.options import PaperState
from selfcare.domain.records import replace
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n.american import at_home_in
from selfcare.leaving.wizard import Answers, Screen
from selfcare.ui.desk import Desk
from selfcare.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, TEXT, Tokens, font, palette_of, style_sheet, tokens_in_use
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.waiting import WaitingFacts, waiting_view
from tests.shots.driving import press, settled
from tests.shots.leavers import Scene, american, elsewhere, french, household, material, tracked, walk
from tests.shots.scenes import Stage

LOOKS = (CONTRAST_LIGHT, CONTRAST_DARK)
SELDOM = ("TMF621", "TMF656", "TMF651", "TMF683", "TMF681")
"""APIs that an operator may well not offer."""


def tell(operator: DemoOperator, path: str, what: dict[str, object]) -> None:
    """Change the demo operator's clock or faults."""
    body = json.dumps(what).encode()
    with urlopen(Request(f"{operator.url}/sandbox/{path}", body, {"Content-Type": "application/json"})) as answer:
        answer.read()


def waiting_list(stage: Stage) -> None:
    """The Waiting page with a request in every state."""
    program = stage.program
    stage.show("waiting")
    page = program.window.page("waiting")
    reading = program.context.reading()
    assert reading is not None
    lines = with_shown_numbers(reading.reader.lines(), reading.profile.country)
    told, honours = reading.reader.tickets(), reading.profile.honours
    facts = WaitingFacts(reading.zone, tuple(_requests(program, lines)), lines, told, honours)
    page.show_view(waiting_view(facts, reading.words, reading.today, reading.now))
    settled(program)
    stage.shoot("waiting-every-state", program.window)
    scroll = page.findChild(type(page._scroll))
    assert scroll is not None
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    settled(program)
    stage.shoot("waiting-every-state-foot", program.window)


def _requests(program: Program, lines: Sequence[Line]) -> Iterator[Waiting]:
    line = next(one for one in lines if one.handset is not None)
    assert line.handset is not None
    assert program.session is not None
    ticket = program.session.reader.tickets()[0]
    unlock = RequestUnlock(line.handset.id, line.handset.serial, line.id)
    end = GiveNotice(line.id, "", date(2026, 12, 31))
    code = RequestCode(line.id, line.number, "PAC")
    report = OpenTicket("No signal since Monday", "It is dead at home and at work.", "Incident")
    asked = program.now() - timedelta(hours=5)
    states: tuple[tuple[Command, WaitingState, dict[str, object]], ...] = (
        (unlock, WaitingState.ASK, {"why": "expired"}),
        (end, WaitingState.ASK, {"why": "changed"}),
        (report, WaitingState.ASK, {"why": "cannotTell", "sent": asked}),
        (code, WaitingState.NEW, {"next_try": program.now() + timedelta(minutes=9), "attempts": 3}),
        (AddNote(ticket.id, "The red light is on."), WaitingState.UNKNOWN, {"sent": asked}),
        (unlock, WaitingState.ACCEPTED, {"sent": asked, "receipt": "PO-1042", "confirmed": asked}),
        (report, WaitingState.REJECTED, {"sent": asked, "reason": "Ask in a shop.", "settled": asked}),
        (unlock, WaitingState.DONE, {"sent": asked, "receipt": "PO-1040", "confirmed": asked, "settled": asked}),
        (code, WaitingState.DROPPED, {"settled": asked}),
    )
    for number, (command, state, more) in enumerate(states):
        yield Waiting(f"w{number}", command, state, asked - timedelta(minutes=number), **more)  # type: ignore[arg-type]


def way_out(stage: Stage, operator: DemoOperator) -> None:
    """The unlock is asked for, accepted, done; the code is asked for and shown; an order is refused."""
    program = stage.program
    session = program.session
    assert session is not None
    line = next(one for one in session.reader.lines() if one.handset is not None)
    assert line.handset is not None
    _ask(program, RequestUnlock(line.handset.id, line.handset.serial, line.id))
    _screen(stage, "unlock-accepted", Screen.UNLOCK)
    stage.page("services-unlock-accepted", "services")
    _later(program, operator, 52)
    _screen(stage, "unlock-done", Screen.UNLOCK)
    tell(operator, "faults", {"faults": ["order-rejected"]})
    _ask(program, RequestCode(line.id, line.number, "PAC"))
    _later(program, operator, 1)
    _screen(stage, "code-refused", Screen.CODE)
    stage.page("waiting-refused", "waiting")
    tell(operator, "faults", {"faults": []})
    _ask(program, RequestCode(line.id, line.number, "PAC"))
    _later(program, operator, 1)
    _screen(stage, "code-shown", Screen.CODE)
    _screen(stage, "code-shown-tracker", Screen.TRACKER)
    stage.page("home-code-shown", "home")


def leavers(stage: Stage, folder: str) -> None:
    """Each state of the tracker, and the way out of other countries; `folder` chooses which."""
    keeps, gives_up = Answers("PR-1", True, saved=True), Answers("PR-1", False, plain_notice=True, saved=True)
    few = (Screen.WAY, Screen.DAY, Screen.CONFIRM, Screen.TRACKER)
    generic = (Screen.WAY, Screen.LINE, Screen.BANK, Screen.DAY)
    known = replace(gives_up, notice=(1, "month"))
    scenes: dict[str, tuple[Scene, ...]] = {
        "tracker-gb": tracked(),
        "tracker-fr": tuple(s for s in tracked("FR") if s.name in {"notice-accepted", "code-here", "final-wrong"}),
        "us": walk(american(), keeps),
        "us-dark": walk(american(), gives_up, few),
        "generic": walk(elsewhere(), gives_up, generic),
        "generic-answered": walk(elsewhere(), known, (Screen.DAY, Screen.CONFIRM, Screen.TRACKER)),
        "fr": walk(french(), keeps, few),
        "together-gb": household("GB", (Screen.LINE, Screen.DAY, Screen.CONFIRM, Screen.TRACKER)),
        "together-fr": household("FR", (Screen.LINE, Screen.CONFIRM)),
    }
    for scene in scenes[folder]:
        _scene(stage, scene)


def ended_line(stage: Stage) -> None:
    """A line that has ended, and what is followed after it."""
    stage.show("leaving")
    session, page = stage.program.session, stage.program.window.page("leaving")
    assert session is not None
    over = next(line for line in session.reader.lines() if line.on_paper is PaperState.TERMINATED)
    page.open_at(over.id)
    settled(stage.program)
    _whole(stage, "way")
    press(page, stage.program.words.tr("Follow it"))
    settled(stage.program)
    _whole(stage, "followed")


def _whole(stage: Stage, name: str) -> None:
    """The leaving page in a window high enough for all of it."""
    window = stage.program.window
    page = window.page("leaving")
    scroll = page.findChild(type(page._scroll))
    assert scroll is not None
    window.resize(1360, 860 + scroll.verticalScrollBar().maximum())
    settled(stage.program)
    stage.shoot(name, window)
    window.resize(1360, 860)


def _scene(stage: Stage, scene: Scene) -> None:
    """Show the leaving page with other material than the account's, high enough for all of it."""
    window = stage.program.window
    page = window.page("leaving")
    page._material = None  # type: ignore[attr-defined]
    page.words = at_home_in(stage.program.words, scene.facts[0].country)
    page.show_view(material(scene))
    settled(stage.program)
    _whole(stage, scene.name)


def failing(stage: Stage, operator: DemoOperator) -> None:
    """The operator fails while it is read: each trouble above what was last read."""
    for fault in ("html", "500", "unreadable", "down", "401"):
        tell(operator, "faults", {"faults": [fault, "no-etag"]})
        stage.program.rounds.read()
        settled(stage.program)
        for key in ("home", "bills", "help"):
            stage.page(f"{fault}-{key}", key)


def every_page(stage: Stage) -> None:
    """Only the pages of the sidebar."""
    for key in stage.program.window.rooms:
        stage.page(key, key)


def _ask(program: Program, command: Command) -> None:
    program.window.page("services").submit(command)
    settled(program)
    program.rounds.read()
    settled(program)


def _later(program: Program, operator: DemoOperator, hours: int) -> None:
    """Time goes by, here and at the operator."""
    tell(operator, "clock", {"advanceHours": hours})
    then = program.now() + timedelta(hours=hours)
    program.now = lambda: then
    program.context.now = program.now
    program.rounds.read()
    settled(program)


def _screen(stage: Stage, name: str, screen: Screen) -> None:
    stage.show("leaving")
    stage.program.window.page("leaving").go_to(screen)  # type: ignore[attr-defined]
    settled(stage.program)
    stage.shoot(name, stage.program.window)


@contextmanager
def large_text(scale: float) -> Iterator[None]:
    """Text as large as a system may ask for."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    _scale(app, scale)
    yield
    _scale(app, 1.0)


def _scale(app: QApplication, scale: float) -> None:
    app.setProperty("textScale", scale)
    app.setFont(font(TEXT))
    app.setStyleSheet(style_sheet(tokens_in_use()))


def wear(desk: Desk, tokens: Tokens) -> None:
    """Dress the program in high contrast, as a system that asks for it would."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty("tokens", tokens.name)
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens))
    desk.theme.changed.emit()
