"""Versions of this program: which is newer, and what a signed list says of those that are out."""

from __future__ import annotations

import re
from datetime import date, datetime

from .failures import Failure
from .records import Struct

_VERSION = r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\Z"


class Release(Struct, frozen=True):
    """One version that is out: since which day, and the https address of the page where people get it."""

    version: str
    day: date
    page: str


class ReleaseList(Struct, frozen=True):
    """What the list says: the count of its editions, from when until when it holds (UTC), and the releases."""

    edition: int
    issued: datetime
    expires: datetime
    releases: tuple[Release, ...]


class Sight(Struct, frozen=True):
    """What the last look at the list came to: `asked` (UTC), the newer release if there is one, or the trouble.

    Before the first look `asked` is None.
    """

    asked: datetime | None = None
    newer: Release | None = None
    trouble: Failure | None = None


def version_parts(version: str) -> tuple[int, int, int] | None:
    """The three numbers of a version; None for anything else."""
    found = re.match(_VERSION, version)
    return None if found is None else (int(found[1]), int(found[2]), int(found[3]))


def is_newer(one: str, other: str) -> bool:
    """Whether a version is newer than another. What is no version is newer than nothing, and older than any."""
    mine, its = version_parts(one), version_parts(other)
    return mine is not None and (its is None or mine > its)


def newest(found: ReleaseList, current: str) -> Release | None:
    """The newest release of a list that is newer than this program; None if there is none."""
    best: Release | None = None
    for release in found.releases:
        if is_newer(release.version, best.version if best is not None else current):
            best = release
    return best
