"""The command line: open the window, demo, self-test, demo operator, calculator of leaving, export."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from selfcare import __version__
from selfcare.app.check_operator import add_to as add_check_operator


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the window when none is named. Returns the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--paper-child"]:
        from selfcare.paper.child import main as paper_child

        return paper_child()
    if words[:1] == ["sandbox"]:
        from selfcare.sandbox.serve import main as serve

        return serve(words[1:])
    options = _parser().parse_args(words)
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
    if not _has_display():
        sys.stderr.write("There is no display here for a window; `make shots` writes every page as a picture.\n")
        return 2
    from selfcare.app.start import run

    if options.command == "demo":
        return run(demo=True, login=options.login, offline=options.offline, debug=options.debug)
    return run(demo=False, debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="selfcare", description="Your telecom account, on your own computer.")
    parser.add_argument("--version", action="version", version=f"selfcare {__version__}")
    parser.add_argument("--debug", action="store_true", help="write more into the log; still no secret")
    commands = parser.add_subparsers(dest="command", metavar="command")
    demo = commands.add_parser("demo", help="look around as a customer of the demo operator")
    demo.add_argument("--login", default="claire", help="which demo customer: claire, edith, sam, nadia, julien, …")
    demo.add_argument("--offline", action="store_true", help="without its operator: what was read before")
    test = commands.add_parser("self-test", help="try sign-in, reading, PDFs and requests against the demo operator")
    test.add_argument("--json", action="store_true", help="print for machines")
    leave = commands.add_parser("leave", help="what leaving costs and when you can go, from a file; no account needed")
    leave.add_argument(
        "--country", required=True, help="two letters: gb, fr, us, or another (then the contract counts)"
    )
    leave.add_argument(
        "--facts", required=True, metavar="FILE", help="the facts, see resources/leave/facts.example.toml"
    )
    leave.add_argument("--json", action="store_true", help="print for machines")
    leave.add_argument("--on", default="", metavar="YYYY-MM-DD", help="the day on which you want to leave")
    leave.add_argument("--today", default="", metavar="YYYY-MM-DD", help="answer as of this day instead of today")
    leave.add_argument(
        "--language", default="", choices=["", "en", "fr"], help="en or fr; the computer's own if absent"
    )
    export = commands.add_parser("export", help="bills, or everything, as files that open without this program")
    export.add_argument("target", metavar="DIR", help="a new folder; or one that is there, for a new one in it")
    export.add_argument("--bills", action="store_true", help="bills, their lines and PDFs only; else everything")
    export.add_argument("--since", default="", metavar="YEAR", help="with --bills: from a year or a day on")
    export.add_argument("--zip", action="store_true", help="one .zip file instead of a folder")
    export.add_argument("--no-pdfs", action="store_true", help="leave the PDFs out")
    export.add_argument("--account", default="", metavar="NAME", help="which account; the last one used if absent")
    export.add_argument(
        "--language", default="", choices=["", "en", "fr"], help="en or fr; the computer's own if absent"
    )
    add_check_operator(commands)
    commands.add_parser("sandbox", help="run the demo operator alone (see `selfcare sandbox --help`)")
    return parser


def _export(options: argparse.Namespace) -> int:
    from selfcare.app.export import Wish, run
    from selfcare.app.start import places
    from selfcare.host.process import harden

    harden()
    wish = Wish(
        options.target, options.bills, options.since, options.zip, not options.no_pdfs, options.account,
        options.language,
    )  # fmt: skip
    return run(wish, *places(demo=False))


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
