"""Makes the three thousand named numbers of Qt in a fraction of the time, so that the window is there sooner.

PySide makes Qt's enumerations as Python's when they are first met, two hundred of them before the first picture, and
Python's own way asks of every member what only a written class can have (descriptors, automatic values, values of many
parts): a sixth of a start. PySide's are plain lists of names and whole numbers. For such a list, an empty enumeration
that Python made is taken as the pattern and the members are put in. Anything else goes Python's own way; and so does
everything where a trial does not come out exactly as Python makes it (another version of Python).
"""

from __future__ import annotations

import enum
import sys
from typing import Any

_maker: Any = enum.EnumType
_python_create = _maker._create_
_KINDS: tuple[Any, ...] = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
_OWN = ("_member_names_", "_member_map_", "_value2member_map_", "__dict__", "__weakref__", "__module__")
_TRIAL = (("Zero", 0), ("One", 1), ("Two", 2), ("Both", 3), ("Again", 2), ("Eight", 8), ("Dim", 12), ("Wide", 96))
_patterns: dict[Any, dict[str, Any]] = {}
_taken: dict[Any, frozenset[str]] = {}
_masks_hold_all = True
"""Whether names of several flags together count for the mask, as they do since Python 3.11.4."""


def _create(cls: Any, class_name: str, names: Any, **more: Any) -> Any:
    """Stands in for `EnumType._create_`."""
    pattern = _patterns.get(cls)
    module = more["module"] = more.get("module") or sys._getframe(2).f_globals.get("__name__")  # as Python finds it
    if pattern is None or not module or more.get("type") is not None or not _is_plain(cls, names):
        return _python_create(cls, class_name, names, **more)
    order: list[str] = []
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    own = {"__module__": module, "_member_names_": order, "_member_map_": by_name, "_value2member_map_": by_value}
    if more.get("qualname") is not None:
        own["__qualname__"] = more["qualname"]
    made: Any = type.__new__(cls.__class__, class_name, (cls,), {**pattern, **own})
    is_flag, is_number, put = issubclass(cls, enum.Flag), issubclass(cls, int), type.__setattr__
    mask = singles = every = 0
    for name, value in names:
        is_single = value > 0 and not value & (value - 1)
        if is_single:
            singles |= value
        if is_single or _masks_hold_all:
            mask |= value
        every |= value
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if is_number else object.__new__(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(order)
            by_value[value] = member
            if is_single or not is_flag:
                order.append(name)
        by_name[name] = member
        put(made, name, member)
    if is_flag:
        if more.get("boundary") is not None:
            put(made, "_boundary_", more["boundary"])
        put(made, "_flag_mask_", mask)
        put(made, "_all_bits_", (1 << every.bit_length()) - 1)
        if "_singles_mask_" in pattern:
            put(made, "_singles_mask_", singles)
        values = [by_name[name]._value_ for name in order]
        if values != sorted(values):
            put(made, "_iter_member_", made._iter_member_by_def_)
    return made


def _is_plain(cls: Any, names: Any) -> bool:
    """Pairs of a public name, each once, and a whole number; and no name that an enumeration has for itself.

    Flags below zero mean something else in each version of Python: they are not plain.
    """
    if not isinstance(names, list | tuple):
        return False
    taken, least, seen = _taken[cls], 0 if issubclass(cls, enum.Flag) else -sys.maxsize, set()
    for pair in names:
        if type(pair) is not tuple or len(pair) != 2:
            return False
        name, value = pair
        if type(value) is not int or value < least or type(name) is not str or name[:1] in ("", "_") or name in taken:
            return False
        seen.add(name)
    return len(seen) == len(names)


def _drawn(made: Any) -> object:
    """Everything that an enumeration and its members hold, for comparing two that should be alike."""

    def plain(value: Any) -> object:
        if isinstance(value, enum.Enum):
            return value._name_, {key: one for key, one in vars(value).items() if key != "__objclass__"}
        if isinstance(value, dict):
            return [(key, plain(one)) for key, one in value.items()]
        return getattr(value, "__func__", value)

    seen = {key: plain(value) for key, value in vars(made).items() if key not in ("__dict__", "__weakref__")}
    return made.__qualname__, seen, [plain(one) for one in made]


def _trial() -> list[object]:
    """The same small enumerations, made in whichever way is in force."""
    return [
        _drawn(kind("Trial", list(pairs), module=__name__, qualname="A.Trial"))
        for kind, pairs in ((_KINDS[0], _TRIAL), (_KINDS[3], _TRIAL), (_KINDS[2], _TRIAL[:2:-1]))
    ]


def quicken() -> bool:
    """Put the quick way in force, if it makes exactly what Python makes. Returns whether it did."""
    global _masks_hold_all
    theirs = _trial()
    for kind in _KINDS:
        empty = vars(kind("Pattern", [], module=__name__))
        _patterns[kind] = {key: value for key, value in empty.items() if key not in _OWN}
        _taken[kind] = frozenset(name for base in kind.__mro__ for name in vars(base)) | {"mro"}
    _maker._create_ = _create
    for _masks_hold_all in (True, False):
        try:
            if _trial() == theirs:
                return True
        except (AttributeError, KeyError, TypeError, ValueError):
            break
    slow_down()
    return False


def slow_down() -> None:
    """Make enumerations as Python does again."""
    _maker._create_ = _python_create
