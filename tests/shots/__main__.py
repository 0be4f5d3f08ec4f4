"""Drives the real window through every page and dialog, light and dark, English and French; PNGs in build/shots."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from selfcare.app import accounts
from selfcare.app.demo import DemoOperator, start_demo_operator
from selfcare.app.entrance import Entrance, key_store
from selfcare.app.program import Program
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.commands import RequestUnlock
from selfcare.domain.failures import VaultDamaged, VaultLocked
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.settings import Settings
from selfcare.ui.desk import Desk
from selfcare.ui.theme import LIGHT
from selfcare.viewmodel.rounds import topic_name
from selfcare.viewmodel.welcome import KeyStore, WelcomeFacts
from selfcare.viewmodel.welcome import Stage as Start
from tests.shots.case_states import BRITISH, FRENCH, case_notes
from tests.shots.contrast import faint
from tests.shots.driving import picture, settled, until
from tests.shots.gallery import SHOWN, gallery, sheet, sizes
from tests.shots.scenes import Shoot, Stage, main_pages
from tests.shots.states import (
    LOOKS,
    SELDOM,
    ended_line,
    every_page,
    failing,
    large_text,
    leavers,
    waiting_list,
    way_out,
    wear,
)
from tests.shots.wholeness import unreadable

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "shots"
CLOCK = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
KEY = bytes(range(32))
LEAVERS = (
    ("en", "light", "tracker-gb"),
    ("en", "light", "us"),
    ("en", "dark", "us-dark"),
    ("en", "light", "generic"),
    ("en", "light", "generic-answered"),
    ("fr", "light", "generic"),
    ("fr", "dark", "fr"),
    ("fr", "light", "tracker-fr"),
    ("fr", "light", "together-fr"),
    ("en", "light", "together-gb"),
)
PEOPLE = ("edith", "sam", "nadia", "julien", "atelier", "garage")


class Camera:
    """Takes the pictures and remembers what did not fit."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.count = 0
        self.cut: list[str] = []

    def at(self, folder: str) -> Shoot:
        """A way to take pictures into a folder."""

        def shoot(name: str, widget: QWidget) -> None:
            picture(widget, self.out / folder / f"{name}.png")
            self.count += 1
            self.cut += [f"{folder}/{name}: {words}" for words in (*unreadable(widget), *faint(widget))]

        return shoot


def open_program(
    home: Path,
    operator: DemoOperator,
    login: str,
    language: str,
    look: str,
    desk: Desk,
    *,
    offers: Callable[[bytes], bytes] = bytes,
    reads: bool = True,
) -> Program:
    """The program signed in as a demo customer, everything read; `offers` changes what the operator says it offers."""
    from selfcare.api.finding import fetch_profile
    from selfcare.api.profile import read_profile

    home = home / "data"
    os.environ["SELFCARE_HOME"] = str(home.parent)
    text = offers(fetch_profile(operator.issuer(login)))
    entry = accounts.new_entry(read_profile(text), "keyring", f"shots-{login}")
    accounts.keep_profile(home, entry, text)
    settings = Settings(
        language=language, look="dark" if look == "dark" else "light", accounts=(entry,), current=entry.id
    )
    program = Program(desk, home, settings, home / "settings.json")
    desk.theme.set_look(look)
    program.now = lambda: CLOCK
    program.rounds.begin = lambda: None  # type: ignore[method-assign]
    program.browser = demo_browser_for(login)
    Entrance(program)
    program.window.resize(1360, 860)
    program.window.show()
    program.open_account(entry)
    until("an open account", lambda: program.session is not None)
    if reads:
        program.rounds.sign_in()
        settled(program)
    settled(program)
    return program


def shoot_claire(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """Claire's whole program in both languages and looks, then without the operator, then narrow."""
    program = open_program(folder / "claire", operator, "claire", "en", "light", desk)
    session = program.session
    assert session is not None
    for language in ("en", "fr"):
        program.keep_settings(replace(program.settings, language=language, look="light"))
        settled(program)
        for look in ("light", "dark"):
            program.keep_settings(replace(program.settings, look=look))
            settled(program)
            main_pages(Stage(program, camera.at(f"{language}-{look}")))
    desk.theme.set_look("light")
    program.keep_settings(replace(program.settings, language="en", look="light"))
    program.window.resize(900, 600)
    narrow = Stage(program, camera.at("en-narrow"))
    for key in program.window.rooms:
        narrow.page(key, key)
    program.window.resize(1360, 860)
    offline(camera, operator, program)
    close(program)


def offline(camera: Camera, operator: DemoOperator, program: Program) -> None:
    """The operator is gone: everything is still there, and a request waits."""
    operator.stop()
    line = next(one for one in program.session.reader.lines() if one.handset is not None)  # type: ignore[union-attr]
    assert line.handset is not None
    program.window.page("services").submit(RequestUnlock(line.handset.id, line.handset.serial, line.id))
    settled(program)
    program.rounds.read()
    settled(program)
    stage = Stage(program, camera.at("en-offline"))
    for key in ("home", "bills", "services", "waiting", "leaving"):
        stage.page(key, key)


def shoot_people(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """The other customers' stories, each in the language of the operator."""
    for login in PEOPLE:
        language = "fr" if login in {"julien", "atelier", "garage"} else "en"
        program = open_program(folder / login, operator, login, language, "light", desk)
        stage = Stage(program, camera.at(f"people/{login}"))
        for key in program.window.rooms:
            if key not in {"settings", "waiting"}:
                stage.page(key, key)
        close(program, keeps_desk=True)


def shoot_states(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """What is seen seldom, each in a program of its own."""
    fresh = open_program(folder / "fresh", operator, "claire", "en", "light", desk, reads=False)
    every_page(Stage(fresh, camera.at("states/never-read")))
    close(fresh)
    little = open_program(folder / "little", operator, "claire", "en", "light", desk, offers=_offers_little)
    every_page(Stage(little, camera.at("states/not-offered")))
    close(little)
    with large_text(2.0):
        large = open_program(folder / "large", operator, "claire", "fr", "light", desk)
        large.window.resize(900, 600)
        every_page(Stage(large, camera.at("states/large-narrow")))
        large.window.resize(1360, 860)
        main_pages(Stage(large, camera.at("states/large")))
        close(large)
    program = open_program(folder / "states", operator, "claire", "en", "light", desk)
    for tokens in LOOKS:
        wear(desk, tokens)
        every_page(Stage(program, camera.at(f"states/{tokens.name}")))
    wear(desk, LIGHT)
    waiting_list(Stage(program, camera.at("states")))
    way_out(Stage(program, camera.at("states/way-out")), operator)
    failing(Stage(program, camera.at("states/failing")), operator)
    close(program)


def shoot_leaving(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """The tracker in each state, and the ways out of other countries, in the looks and languages that matter."""
    program = open_program(folder / "leavers", operator, "claire", "en", "light", desk)
    for language, look, what in LEAVERS:
        if program.settings.language != language:
            program.keep_settings(replace(program.settings, language=language))
            settled(program)
        desk.theme.set_look(look)
        stage = Stage(program, camera.at(f"leaving/{language}-{look}/{what}"))
        stage.show("leaving")
        leavers(stage, what)
    desk.theme.set_look("light")
    close(program)
    gone = open_program(folder / "margot", operator, "margot", "fr", "light", desk)
    ended_line(Stage(gone, camera.at("leaving/fr-light/margot")))
    close(gone)


def shoot_case(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """The case file with notes in it, in both countries and looks."""
    for login, language, look, complaint in (
        ("claire", "en", "light", BRITISH),
        ("claire", "fr", "dark", BRITISH),
        ("julien", "fr", "light", FRENCH),
    ):
        program = open_program(folder / f"case-{login}-{look}", operator, login, language, look, desk)
        case_notes(Stage(program, camera.at(f"case/{login}-{language}-{look}")), complaint)
        close(program)


def shoot_gallery(camera: Camera, operator: DemoOperator, desk: Desk, folder: Path) -> None:
    """The pictures kept in resources/screenshots, and every page from the smallest common screen to a large one."""
    program = open_program(folder / "gallery", operator, "claire", "en", "light", desk)
    keep = ROOT / "resources" / "screenshots" if sys.argv[1:] == ["gallery"] else None
    gallery(Stage(program, camera.at("gallery")), folder / "gallery", keep)
    stage = Stage(program, camera.at("sizes"))
    for key in SHOWN:
        sizes(stage, key, key, ((1024, 680), (2560, 1440)))
    close(program)


def _offers_little(profile: bytes) -> bytes:
    """The operator's profile without what many do not offer."""
    said = json.loads(profile)
    for api in SELDOM:
        said["apis"].pop(api, None)
    return json.dumps(said).encode()


def shoot_first_start(camera: Camera, desk: Desk, folder: Path) -> None:
    """The first page in its states, in both languages and looks."""
    for language in ("en", "fr"):
        settings = Settings(language=language)
        program = Program(desk, folder / "first", settings, folder / "first" / "settings.json")
        program.window.resize(1360, 860)
        program.window.show()
        entrance = Entrance(program)
        bills = topic_name(Topic.BILLS, program.words)
        known = key_store()[2]
        damage = VaultDamaged("actions")
        damage.unsent = (("giveNotice", "2026-11-20"), ("orderOption", "2026-11-19"))
        states = {
            "choose": WelcomeFacts(keychain="Secret Service", operators=known),
            "no-key-store": WelcomeFacts(key_store=KeyStore.NONE, operators=known),
            "starting": WelcomeFacts(stage=Start.STARTING),
            "browser": WelcomeFacts(stage=Start.BROWSER),
            "reading": WelcomeFacts(stage=Start.READING, what=bills, done=400, total=1200),
            "open": WelcomeFacts(stage=Start.OPEN, account="Orvane Mobile", asks_passphrase=True),
            "locked": WelcomeFacts(stage=Start.OPEN, account="Orvane Mobile", failure=VaultLocked()),
            "damaged": WelcomeFacts(stage=Start.OPEN, account="Orvane Mobile", failure=damage),
            "closing": WelcomeFacts(stage=Start.CLOSING),
            "forgetting": WelcomeFacts(stage=Start.FORGETTING),
        }
        for look in ("light", "dark"):
            desk.theme.set_look(look)
            for name, facts in states.items():
                entrance.show(facts)
                settled(program)
                camera.at(f"first-start/{language}-{look}")(name, program.window)
        program.window.hide()


def close(program: Program, *, keeps_desk: bool = True) -> None:
    """Let the account go; the desk serves the next one."""
    closed: list[bool] = []
    program.close_account(lambda: closed.append(True))
    until("a closed account", lambda: bool(closed))
    program.window.hide()


PARTS: dict[str, Callable[[Camera, DemoOperator, Desk, Path], None]] = {
    "people": shoot_people,
    "claire": shoot_claire,
    "states": shoot_states,
    "leaving": shoot_leaving,
    "case": shoot_case,
    "gallery": shoot_gallery,
}
FIRST = "first"
"""The part that needs no operator."""


def wanted_parts(arguments: Sequence[str]) -> list[str]:
    """What was asked for; all parts where nothing was. Ends the program for --help and for a part there is not."""
    names = (*PARTS, FIRST)
    said = [(name, PARTS.get(name, shoot_first_start).__doc__ or "") for name in names]
    told = "\n".join(f"  {name:<9} {doc}" for name, doc in said)
    parser = argparse.ArgumentParser(
        prog="python -m tests.shots",
        description=__doc__,
        epilog=f"The parts:\n{told}\n\nWithout a part all are taken, and the folder is emptied first.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", help="what to take pictures of")
    chosen: list[str] = parser.parse_args(arguments).part
    for name in chosen:
        if name not in names:
            parser.error(f"there is no part “{name}”; the parts are {', '.join(names)}")
    return chosen


def main(arguments: Sequence[str]) -> int:
    """Take the pictures of the wanted parts, or all; 1 if something on them cannot be read."""
    wanted = wanted_parts(arguments)
    accounts._key = lambda folder, entry, passphrase: KEY  # type: ignore[assignment]
    camera = Camera(OUT)
    if not wanted:
        shutil.rmtree(OUT, ignore_errors=True)
    clock = CLOCK.isoformat().replace("+00:00", "Z")
    with tempfile.TemporaryDirectory(prefix="selfcare-shots-") as name:
        folder = Path(name)
        _large_screen(folder)
        desk = Desk("light")
        desk.collect_from_now()
        for part in wanted or (*PARTS, FIRST):
            os.environ["SELFCARE_HOME"] = str(folder / "home")
            if part == FIRST:
                shoot_first_start(camera, desk, folder)
                continue
            operator = start_demo_operator(0, "--seed", "1", "--clock", clock)
            try:
                PARTS[part](camera, operator, desk, folder)
            finally:
                operator.stop()
        desk.close(_nothing, _nothing, _nothing)
    for part in sorted(one for one in OUT.iterdir() if one.is_dir()):
        sheet(sorted(part.rglob("*.png")), OUT / f"sheet-{part.name}.png")
    sys.stdout.write(f"{camera.count} pictures in {OUT.relative_to(ROOT)}\n")
    for cut in camera.cut:
        sys.stdout.write(f"{cut}\n")
    return 1 if camera.cut else 0


def _large_screen(folder: Path) -> None:
    """A screen as people have it; the usual one of the offscreen platform is smaller than the window."""
    screen = {"name": "shots", "x": 0, "y": 0, "width": 2560, "height": 1440}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    path = folder / "screens.json"
    path.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={path}"


def _nothing() -> None:
    pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
