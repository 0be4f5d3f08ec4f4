"""Each library of the installed program is listed with its licence, and no copyleft but Qt's comes in unnoticed."""

from __future__ import annotations

import re
import tomllib

from selfcare.app.licences import BY_HAND, libraries, licence_of, text
from tests.catalogue import ROOT


def test_every_library_of_the_program_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.match(r"[\w.-]+", need)[0].lower() for need in project["dependencies"]}  # type: ignore[index]
    found = {one.name.lower().replace("_", "-") for one in libraries()}
    assert wanted <= found
    assert {"httpcore", "shiboken6"} <= found
    assert not {"pytest", "pyinstaller", "mypy"} & found


def test_each_has_a_licence_that_may_be_shipped() -> None:
    for one in libraries():
        licence = licence_of(one)
        assert licence not in {"", "UNKNOWN", "see its text"}, one.name
        is_gpl = re.search(r"\b(A?GPL|GNU (Affero )?General)", licence) is not None
        assert not is_gpl or "LGPL" in licence, (one.name, licence)


def test_what_a_library_says_too_shortly_is_said_by_hand() -> None:
    found = {one.name.lower().replace("_", "-"): licence_of(one) for one in libraries()}
    assert set(BY_HAND) <= set(found)
    assert all(found[name] == said for name, said in BY_HAND.items())


def test_the_text_says_how_qt_is_replaced() -> None:
    whole = text()
    assert whole.startswith("Selfcare: Apache-2.0")
    assert "you may replace them by your own builds" in whole
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in whole
    assert whole.count("Permission is hereby granted") > 3
