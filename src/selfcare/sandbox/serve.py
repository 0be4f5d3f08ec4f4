"""Starting the demo operator: its port, its customers, its clock and what shall go wrong."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import textwrap
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .spoken import Say

if TYPE_CHECKING:
    from uvicorn.server import Server

    from .household import Customer

_MOST_BILLS = 1_000_000
_YEARS = range(2000, 2101)
"""Where the clock may begin: every story has room before it and after it."""


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted; returns the exit code. Prints "ready <address>" once connections are accepted."""
    try:
        listening = _listen(options.host, options.port)
    except OSError as trouble:
        print(f"cannot listen on port {options.port}: {trouble.strerror}")
        return 1
    host, port = listening.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    from uvicorn.config import Config
    from uvicorn.server import Server

    from .clock import Clock
    from .front import build_app
    from .world import World

    world = World(
        address,
        _people,
        _build,
        clock=Clock(options.clock),
        seed=options.seed,
        bills=options.bills,
        faults=options.faults,
        tmf=options.tmf,
    )
    config = Config(
        build_app(world, _print_paper),
        log_level="warning",
        access_log=False,
        lifespan="off",
        loop="asyncio",
        http="h11",
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    config.load()
    if options.ready_file:
        try:
            _write_whole(options.ready_file, address)
        except OSError as trouble:
            print(f"cannot write {options.ready_file}: {trouble.strerror}")
            return 1
    print(f"ready {address}", flush=True)
    server = Server(config)
    if options.until_stdin_ends:
        threading.Thread(target=_stop_with_stdin, args=(server,), daemon=True).start()
    server.run(sockets=[listening])
    return 0


def _stop_with_stdin(server: Server) -> None:
    """End the server when whoever started it has gone: its end of the pipe closes then, also after a crash."""
    while os.read(0, 4096):
        pass
    server.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; named as TCP so that asyncio sends small answers without waiting (TCP_NODELAY)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(128)
    return listening


def _people() -> Mapping[str, tuple[str, str]]:
    from .people import PEOPLE

    return PEOPLE


def _build(login: str, seed: int, now: datetime, bills: int | None) -> Customer:
    from .people import build

    return build(login, seed, now, bills)


def _print_paper(person: object, ident: str) -> bytes | None:
    from .paper import file_pdf
    from .people import Person

    assert isinstance(person, Person)
    return file_pdf(person, ident)


def _write_whole(path: Path, text: str) -> None:
    """Write a small file so that nobody ever reads half of it."""
    part = path.with_name(path.name + ".part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)


def read_options(
    kind: type[argparse.ArgumentParser] = argparse.ArgumentParser, tr: Say = str
) -> argparse.ArgumentParser:
    """The reader of the demo operator's command line, of this class, with its words said by `tr`."""
    parser = kind(
        prog="selfcare sandbox",
        description=tr("A demo operator on this computer, with made-up customers."),
        epilog=_known_faults(tr),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--port", type=partial(_port, tr), default=0, metavar=tr("PORT"),
        help=tr("port to listen on; 0 takes a free one"),
    )  # fmt: skip
    parser.add_argument(
        "--host", type=partial(_loopback, tr), default="127.0.0.1", metavar=tr("HOST"),
        help=tr("address to listen on; loopback only"),
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=int, default=1, metavar=tr("NUMBER"), help=tr("which variation of the customers’ documents")
    )
    parser.add_argument(
        "--bills", type=partial(_bills, tr), default=None, metavar=tr("NUMBER"),
        help=tr("how many bills the customer claire has"),
    )  # fmt: skip
    parser.add_argument(
        "--faults",
        type=partial(_faults, tr),
        default=[],
        metavar=tr("FAULTS"),
        help=tr("what goes wrong, separated by commas: name[:where][=times], see below"),
    )
    parser.add_argument(
        "--tmf", choices=["v4", "v5", "mixed"], default="v4", help=tr("the version its profile names for each API")
    )
    parser.add_argument(
        "--clock", type=partial(_moment, tr), default=None, metavar=tr("TIME"),
        help=tr("the time, standing still (ISO 8601)"),
    )  # fmt: skip
    parser.add_argument(
        "--ready-file", type=Path, default=None, metavar=tr("FILE"), help=tr("file that gets the address once ready")
    )
    parser.add_argument("--until-stdin-ends", action="store_true", help=tr("end when standard input is closed"))
    return parser


def _port(tr: Say, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(tr("{text} is no port: ports are whole numbers from 0 to 65535").format(text=text))


def _bills(tr: Say, text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 7 and 1 <= int(text) <= _MOST_BILLS:
        return int(text)
    raise argparse.ArgumentTypeError(
        tr("{text} is no number of bills: they are whole numbers from 1 to {most}").format(text=text, most=_MOST_BILLS)
    )


def _known_faults(tr: Say) -> str:
    from .faults import described, targets

    told = described(tr)
    width = max(map(len, told))
    return "\n".join(
        (
            tr("where a fault may strike:"),
            *textwrap.wrap(", ".join(targets("html")), 110, initial_indent="  ", subsequent_indent="  "),
            "",
            tr("faults are spelled name[:where][=times], as in html:customerBill=2:"),
            *(f"  {name:<{width}}  {text}" for name, text in told.items()),
        )
    )


def _loopback(tr: Say, text: str) -> str:
    try:
        if ipaddress.ip_address(text).is_loopback:
            return text
    except ValueError:
        pass
    said = tr("only {first} or {second}: the demo operator is for this computer alone")
    raise argparse.ArgumentTypeError(said.format(first="127.0.0.1", second="::1"))


def _faults(tr: Say, text: str) -> list[str]:
    from .faults import NAMES, UnknownFault, UnknownTarget, read_fault

    named = [part.strip() for part in text.split(",") if part.strip()]
    try:
        for one in named:
            read_fault(one)
    except UnknownTarget as unknown:
        said = tr("{fault} cannot be aimed at {target}; there are {known}")
        raise argparse.ArgumentTypeError(
            said.format(fault=unknown.fault, target=unknown.target, known=", ".join(unknown.known))
        ) from None
    except UnknownFault as unknown:
        known = ", ".join(sorted(NAMES))
        said = tr("there is no fault {fault}; there are {known}").format(fault=unknown, known=known)
        raise argparse.ArgumentTypeError(said) from None
    return named


def _moment(tr: Say, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("not an ISO 8601 date-time")) from None
    if moment.year not in _YEARS:
        said = tr("the demo takes place from {first} to {last}, not in {year}")
        raise argparse.ArgumentTypeError(said.format(first=_YEARS[0], last=_YEARS[-1], year=moment.year))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
