"""The farewell pack: everything the customer owns as files that open without this program, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .records import Struct


class PackFile(Struct, frozen=True):
    """One file: its path in the pack with "/", and its content in parts, one for each thing that is in it."""

    path: str
    parts: Iterable[bytes]


class Pack(Struct, frozen=True):
    """The pack as it is about to be written, as of `at`. `total` is about how many parts all its files have.

    Among its files stands None where much was looked through and nothing found, so that others get their turn.
    """

    files: Iterable[PackFile | None]
    total: int
    at: datetime


class PackStep(Struct, frozen=True):
    """How far the writing is: `done` parts of about `total`, the last of them in `path`."""

    path: str
    done: int
    total: int
