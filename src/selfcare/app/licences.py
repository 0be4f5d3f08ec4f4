"""Collects the licence of the program and of every library in it, and shows them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from selfcare.host.folders import resource, resources_root
from selfcare.host.terminal import say

COLLECTED = "licences.txt"
"""What was collected when a bundle was built; a program that runs from its source collects it when asked."""

BY_HAND = {
    "apsw-sqlite3mc": "any OSI approved licence (APSW); public domain (SQLite); MIT (SQLite3 Multiple Ciphers)",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0 (with PDFium and what it contains)",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
}
"""What a library's own description does not say well enough."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_LINE = "-" * 78
_QT = """\
Qt and PySide6 are used under the GNU Lesser General Public License, version 3. They lie in this program's folder as
library files of their own (PySide6, shiboken6): you may replace them by your own builds of the same version.
Their source: https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/
The words of the licence, and of the General Public License that it adds to, stand below.
"""
QT_WORDS = ("LGPL-3.0.txt", "GPL-3.0.txt")
"""The licence of Qt is not in its wheels; it is kept in `resources/licences`."""


def run() -> int:
    """Print it all; 0."""
    collected = resource(COLLECTED)
    say(sys.stdout, collected.read_text("utf-8") if collected.is_file() else text())
    return 0


def text() -> str:
    """The program's licence, then a list of the libraries, then the words of each licence."""
    found = list(libraries())
    listed = "".join(f"{one.name} {one.version}: {licence_of(one)}\n" for one in found)
    whole = [f"Selfcare: Apache-2.0\n\n{_own()}", f"{_LINE}\nWhat it is built on\n\n{listed}\n{_QT}"]
    whole += [f"{_LINE}\n{name}\n\n{resource('licences', name).read_text('utf-8').strip()}\n" for name in QT_WORDS]
    for one in found:
        whole += [f"{_LINE}\n{one.name} {one.version}: {name}\n\n{words.strip()}\n" for name, words in _texts(one)]
    return "\n".join(whole)


def libraries() -> Iterator[Distribution]:
    """Every library the installed program needs on this system, by name; itself not."""
    seen: dict[str, Distribution] = {}
    wanted = ["selfcare"]
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        try:
            seen[name] = distribution(name)
        except PackageNotFoundError:
            continue
        needs = (_NAME.match(need) for need in seen[name].requires or [] if "extra ==" not in need)
        wanted += [need[0].lower().replace("_", "-") for need in needs if need is not None]
    yield from (seen[name] for name in sorted(seen) if name != "selfcare")


def licence_of(one: Distribution) -> str:
    """The name of a library's licence, as it states it itself unless that is too little."""
    said = BY_HAND.get(one.name.lower().replace("_", "-"))
    if said:
        return said
    facts = one.metadata
    stated = next((facts[key] for key in ("License-Expression", "License") if key in facts), "")
    classes = [each.rpartition(" :: ")[2] for each in facts.get_all("Classifier") or [] if each.startswith("License")]
    return stated.splitlines()[0] if stated else ", ".join(classes) or "see its text"


def _texts(one: Distribution) -> Iterator[tuple[str, str]]:
    for file in one.files or []:
        name = str(file).replace("\\", "/")
        inside = name.partition(".dist-info/")[2]
        if inside and _TEXT.search(inside):
            yield inside.rpartition("/")[2], file.read_text("utf-8")


def _own() -> str:
    for folder in (resources_root().parent, resources_root().parent.parent):
        if (folder / "LICENSE").is_file():
            return (folder / "LICENSE").read_text("utf-8")
    return ""
