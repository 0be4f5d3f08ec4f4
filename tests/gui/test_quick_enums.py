"""Qt's named numbers made the quick way are in everything what Python would have made."""

import enum
import re
import subprocess
import sys

import pytest

from selfcare.ui import quick_enums

READ = """
import enum, json, sys
from selfcare.ui import quick_enums
if sys.argv[1] == "quick":
    assert quick_enums.quicken()
made, create = [], enum.EnumType._create_
def counted(cls, *facts, **more):
    made.append(create(cls, *facts, **more))
    return made[-1]
enum.EnumType._create_ = counted
from PySide6 import QtCore, QtGui, QtWidgets
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        dir(getattr(module, name))
def told(one):
    facts = {key: repr(value) for key, value in vars(one).items() if key[0] == "_" and key[:2] != "__"}
    facts["_iter_member_"] = one._iter_member_.__func__.__name__ if issubclass(one, enum.Flag) else ""
    members = [(n, repr(m), m.value, isinstance(m, int), m._sort_order_) for n, m in one.__members__.items()]
    return [one.__module__, one.__qualname__, one.__bases__[0].__name__, facts, members, [m.name for m in one]]
print(json.dumps(sorted(map(told, made), key=lambda one: one[:2]), sort_keys=True))
"""


def read(way: str) -> str:
    """Every enumeration of the three libraries, as a process that makes them in this way tells of them."""
    done = subprocess.run(
        [sys.executable, "-c", READ, way], capture_output=True, text=True, timeout=120, check=True
    )  # fmt: skip
    return re.sub(r" at 0x[0-9a-f]+", "", done.stdout)


def test_all_of_qt_is_the_same() -> None:
    quick = read("quick")
    assert len(quick) > 300_000
    assert quick == read("python")


@pytest.mark.parametrize(
    ("names", "why"),
    [
        ([("a", 1), ("a", 2)], "a name twice"),
        ([("_a_", 1)], "a reserved name"),
        ([("mro", 1)], "a name of every class"),
    ],
)
def test_what_python_refuses_is_refused(names: list[tuple[str, int]], why: str) -> None:
    assert why
    quick_enums.quicken()
    try:
        with pytest.raises((TypeError, ValueError)):
            enum.IntEnum("Odd", names, module=__name__)
    finally:
        quick_enums.slow_down()


@pytest.mark.parametrize("kind", ["Enum", "IntEnum", "Flag", "IntFlag"])
def test_what_is_not_plain_goes_pythons_own_way(kind: str) -> None:
    make = getattr(enum, kind)
    pairs = [("name", 1), ("Two", 2)]
    theirs = make("Odd", pairs, module=__name__)
    quick_enums.quicken()
    try:
        ours = make("Odd", pairs, module=__name__)
        listed = make("Listed", "red green", module=__name__)
        negative = make("Negative", [("Less", -1), ("One", 1)], module=__name__)
    finally:
        quick_enums.slow_down()
    assert [(one.name, one.value) for one in ours] == [(one.name, one.value) for one in theirs]
    assert [one.value for one in listed] == [1, 2]
    assert negative.Less.value == make("Negative", [("Less", -1), ("One", 1)], module=__name__).Less.value


def test_where_python_makes_them_otherwise_it_stays_pythons_way(monkeypatch: pytest.MonkeyPatch) -> None:
    trials = iter(["theirs", "not theirs", "nor this"])
    monkeypatch.setattr(quick_enums, "_trial", lambda: next(trials))
    assert not quick_enums.quicken()
    assert enum.EnumType._create_ is quick_enums._python_create  # type: ignore[attr-defined]
