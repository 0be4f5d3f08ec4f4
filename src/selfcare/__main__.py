"""The command line: open the window or a file in it, demo, self-test, demo operator, calculator of leaving, export."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from selfcare import __version__
from selfcare.host.screen import has_display

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the window when none is named. Returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words and has_display():  # as most starts are: nothing was typed that has to be read
        return open_window()
    if words[:1] == ["--paper-child"]:
        from selfcare.paper.child import main as paper_child

        return paper_child(words[1:])
    if words[:1] == ["sandbox"]:
        from selfcare.app.command_line import read_command_line
        from selfcare.sandbox.serve import read_options, serve

        return serve(read_command_line(read_options, words[1:]))
    if len(words) == 1:
        from selfcare.app.handed import is_place

        if is_place(words[0]):
            return _open_place(words[0])
    from selfcare.app.command_line import read_command_line

    options = read_command_line(_parser, words)
    if options.command == "self-test":
        from selfcare.selftest import run as self_test

        return self_test(as_json=options.json)
    if options.command == "leave":
        from selfcare.app.leave import run as leave

        return leave(
            options.country, options.facts, as_json=options.json, on=options.on, today=options.today,
            language=options.language,
        )  # fmt: skip
    if options.command == "export":
        return _export(options)
    if options.command == "check-operator":
        from selfcare.app.check_operator import run as check_operator

        return check_operator(options)
    if options.command == "licences":
        from selfcare.app.licences import run as licences

        return licences()
    if options.command == "remove-data":
        from selfcare.app.removing import run as remove_data

        return remove_data(yes=options.yes)
    if not has_display():
        return _no_display()
    from selfcare.app.start import run

    if options.command == "demo":
        return run(demo=True, login=options.login, offline=options.offline, debug=options.debug)
    return run(demo=False, debug=options.debug, at_login=options.at_login)


def open_window(place: Path | None = None) -> int:
    """The window, on its own files, and nothing collected until it is there: what a start makes stays.

    `place` is a file or a folder that it takes in.
    """
    gc.disable()
    from selfcare.app.start import run

    return run(demo=False, place=place)


def _open_place(word: str) -> int:
    from selfcare.app.handed import is_taken, place_of, say_refusal

    place = place_of(word)
    if not is_taken(place):
        return say_refusal(place)
    return open_window(place) if has_display() else _no_display()


def _parser(kind: type[argparse.ArgumentParser], tr: Callable[[str], str]) -> argparse.ArgumentParser:
    from selfcare.app.check_operator import add_to as add_check_operator
    from selfcare.app.demo_people import PEOPLE
    from selfcare.host.folders import is_source_tree, resource
    from selfcare.viewmodel.command_line import help_texts

    example = "resources/leave/facts.example.toml"
    if not is_source_tree():
        example = str(resource("leave", "facts.example.toml")).replace("%", "%%")
    said, languages = help_texts(tr), "{en,fr}"
    parser = kind(prog="selfcare", description=said[""], epilog=said["opens"])
    parser.add_argument("--version", action="version", version=f"selfcare {__version__}", help=said["version"])
    parser.add_argument("--debug", action="store_true", help=said["debug"])
    parser.add_argument("--at-login", action="store_true", help=said["at-login"])
    commands = parser.add_subparsers(dest="command", metavar=said["command"])
    demo = commands.add_parser("demo", help=said["demo"])
    demo.add_argument("--login", default="claire", choices=PEOPLE, help=said["demo.login"])
    demo.add_argument("--offline", action="store_true", help=said["demo.offline"])
    test = commands.add_parser("self-test", help=said["self-test"])
    test.add_argument("--json", action="store_true", help=said["json"])
    leave = commands.add_parser("leave", help=said["leave"])
    leave.add_argument("--country", required=True, metavar=said["country"], help=said["leave.country"])
    leave.add_argument(
        "--facts", required=True, metavar=said["file"], help=said["leave.facts"].replace("{file}", example)
    )
    leave.add_argument("--json", action="store_true", help=said["json"])
    leave.add_argument("--on", default="", metavar=said["day"], help=said["leave.on"])
    leave.add_argument("--today", default="", metavar=said["day"], help=said["leave.today"])
    leave.add_argument(
        "--language", default="", choices=["", "en", "fr"], metavar=languages, help=said["leave.language"]
    )
    export = commands.add_parser("export", help=said["export"])
    export.add_argument("target", metavar=said["folder"], help=said["export.target"])
    export.add_argument("--bills", action="store_true", help=said["export.bills"])
    export.add_argument("--since", default="", metavar=said["year"], help=said["export.since"])
    export.add_argument("--zip", action="store_true", help=said["export.zip"])
    export.add_argument("--no-pdfs", action="store_true", help=said["export.no-pdfs"])
    export.add_argument("--account", default="", metavar=said["name"], help=said["export.account"])
    export.add_argument(
        "--language", default="", choices=["", "en", "fr"], metavar=languages, help=said["leave.language"]
    )
    add_check_operator(commands, said)
    commands.add_parser("sandbox", help=said["sandbox"])
    commands.add_parser("licences", help=said["licences"])
    removing = commands.add_parser("remove-data", help=said["remove-data"])
    removing.add_argument("--yes", action="store_true", help=said["remove-data.yes"])
    return parser


def _no_display() -> int:
    from selfcare.app.command_line import system_words
    from selfcare.host.folders import is_source_tree
    from selfcare.host.terminal import say
    from selfcare.viewmodel.command_line import no_display

    say(sys.stderr, no_display(system_words(), from_source=is_source_tree()))
    return 2


def _export(options: argparse.Namespace) -> int:
    from selfcare.app.export import Wish, run
    from selfcare.app.no_start import say_on_terminal
    from selfcare.app.start import places
    from selfcare.domain.failures import DiskTrouble
    from selfcare.host.process import harden

    harden()
    wish = Wish(
        options.target, options.bills, options.since, options.zip, not options.no_pdfs, options.account,
        options.language,
    )  # fmt: skip
    try:
        home, settings_path = places(demo=False)
    except DiskTrouble as failure:
        return say_on_terminal(failure)
    return run(wish, home, settings_path)


if __name__ == "__main__":
    sys.exit(main())
