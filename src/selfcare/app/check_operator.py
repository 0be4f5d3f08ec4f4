"""The kit for operators: signs in to one, tries every API that the program uses, and says what holds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.domain.failures import Failure, ProfileError, TooLarge
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.proxy import proxy_at
from selfcare.viewmodel.command_line import mark

if TYPE_CHECKING:
    from selfcare.api.probes import Finding
    from selfcare.api.route import Route


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], said: Mapping[str, str]) -> None:
    """The command's words, from `viewmodel.command_line.help_texts`; the names of the checks are for operators."""
    parser = commands.add_parser(
        "check-operator",
        help=said["check"],
        description=said["check"],
        epilog=said["check.foot"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("profile", metavar=said["profile"], help=said["check.profile"])
    parser.add_argument("--write", action="store_true", help=said["check.write"])
    parser.add_argument("--account", default="", metavar=said["name"], help=said["check.account"])
    parser.add_argument("--demo-login", action="store_true", help=said["check.demo-login"])
    parser.add_argument("--proxy", default="none", metavar=said["way"], help=said["check.proxy"])
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=said["json"])
    shape.add_argument("--html", action="store_true", help=said["check.html"])


def run(options: argparse.Namespace) -> int:
    """Check one operator; the exit status."""
    from selfcare.api.route import take_route
    from selfcare.host.terminal import say

    from .command_line import system_words

    if options.write and not options.account:
        say(sys.stderr, system_words().tr("--write needs --account: only a test account may be written to.") + "\n")
        return 2
    try:
        take_route(route_of(options.proxy))
        return _run(options)
    except ValueError as error:
        say(sys.stderr, system_words().tr("--proxy: {why}.", why=error) + "\n")
        return 2
    finally:
        take_route(None)


def _run(options: argparse.Namespace) -> int:
    from selfcare.host.terminal import say

    from .check_report import as_html, as_json, as_text, fails, report_of
    from .command_line import system_words
    from .profile_words import allowed

    try:
        profile = profile_at(options.profile)
    except ProfileError as error:
        words = system_words()
        hint = allowed(error.where) if error.problem in ("value", "type", "missing") else ""
        told = words.tr(PROBLEMS[error.problem])
        told = f"{told} ({hint})" if hint else told
        if error.where:
            is_placed = error.line and not error.where.startswith("line")
            place = f"{words.tr('line {number}', number=error.line)}, " if is_placed else ""
            told = words.tr("{name}: {value}", name=f"{place}{error.where}", value=told)
        say(sys.stderr, words.tr("The profile cannot be used: {why}.", why=told) + "\n")
        return 2
    except Failure as failure:
        words = system_words()
        told = words.tr(TOO_LARGE) if isinstance(failure, TooLarge) else _told(failure)
        say(sys.stderr, words.tr("The profile cannot be read: {why}.", why=told) + "\n")
        return 2
    try:
        hint = "" if options.demo_login else options.account
        findings = check(profile, _browser(options), hint, writes=options.write)
    except Failure as failure:
        say(sys.stderr, system_words().tr("The check came to no end: {why}.", why=_told(failure)) + "\n")
        return 2
    rows = report_of(profile, findings)
    shape = as_json if options.json else as_html if options.html else as_text
    say(sys.stdout, shape(profile, rows))
    return 1 if fails(rows) else 0


def _told(failure: Failure) -> str:
    from selfcare.api.trouble_words import describe

    from .command_line import system_words

    return describe(failure, system_words().tr)


def route_of(way: str) -> Route | None:
    """How to get there: "none" (straight), "system" (as this computer's settings say), "program" (as chosen in the
    program, with its password from the key store), or a proxy's own address, as "proxy.example.net:8080".

    Raises ValueError, with words for the operator's engineer, for what is none of these.
    """
    if way == "none":
        return None
    if way == "system":
        from selfcare.host.proxies import system_proxy

        return system_proxy
    if way == "program":
        from selfcare.host.settings import load_settings

        from .proxying import ProxyRoute
        from .start import places

        settings = load_settings(places(demo=False)[1])
        return ProxyRoute(lambda: settings)
    proxy = proxy_at(way)
    if proxy is None:
        from .command_line import system_words

        said = mark("{way} is neither none, system, program nor an address as proxy.example.net:8080")
        raise ValueError(system_words().tr(said, way=repr(way)))
    return lambda _host: proxy


TOO_LARGE = mark("this is far larger than a profile can be")
PROBLEMS = {
    "json": mark("this is no JSON"),
    "missing": mark("this is missing"),
    "type": mark("this is of a wrong type"),
    "value": mark("this value is not allowed"),
    "file": mark("this file cannot be read"),
    "signature": mark("the signature does not hold"),
    "plain": mark("only https is taken, and plain http on this computer alone"),
    "version": mark("the program speaks v4 and v5"),
    "twice": mark("this stands twice, so nobody can tell which counts"),
    "size": TOO_LARGE,
}


def profile_at(where: str) -> OperatorProfile:
    """The profile in a file, or at an operator's address. Raises ProfileError and every failure of the wire."""
    from selfcare.api.finding import fetch_profile
    from selfcare.api.known_operators import take_profile
    from selfcare.api.profile import LARGEST_PROFILE

    from .known import known_operators

    path = Path(where)
    if "://" in where or not (path.exists() or path.suffix.casefold() == ".json"):
        return take_profile(fetch_profile(where), known_operators(), where)[0]
    try:
        with path.open("rb") as file:
            return take_profile(file.read(LARGEST_PROFILE + 1), known_operators())[0]
    except OSError:
        raise ProfileError(path.name, "file") from None


def check(
    profile: OperatorProfile, browser: Callable[[str], None], account: str = "", *, writes: bool = False
) -> Sequence[Finding]:
    """Sign in, try everything, sign out. Raises SignInFailed and the failures of a sign-in."""
    from selfcare.api.addresses import allowed_origins
    from selfcare.api.catalogue import SubjectIds
    from selfcare.api.login import revoke, sign_in
    from selfcare.api.open_probes import probe_open
    from selfcare.api.operator import Operator
    from selfcare.api.probes import probe
    from selfcare.api.speed import TimingWire, probe_speed
    from selfcare.api.subject import subject_of
    from selfcare.api.write_probes import probe_writing

    tokens = sign_in(profile, browser, login_hint=account)
    wire = TimingWire(allowed_origins(profile))
    try:
        operator = Operator(profile, wire, lambda: tokens.access)
        try:
            ids = subject_of(operator, tokens.subject)
        except Failure:
            ids = SubjectIds(tokens.subject)  # the probes say what is wrong
        found = [*probe(operator, ids), *probe_open(profile, wire)]
        if writes:
            found += probe_writing(operator, ids, datetime.now(UTC))
        return [*found, *probe_speed(profile, wire.timings)]
    finally:
        wire.close()
        revoke(profile, tokens)


def _browser(options: argparse.Namespace) -> Callable[[str], None]:
    if not options.demo_login:
        return _open
    from .start_demo import demo_browser_for

    return demo_browser_for(options.account or "claire")


def _open(url: str) -> None:
    """Name the page too: an operator's engineer may sit before a terminal alone."""
    import webbrowser

    from selfcare.host.terminal import say

    from .command_line import system_words

    say(sys.stderr, system_words().tr("Sign in at {address}", address=url) + "\n")

    webbrowser.open(url)
