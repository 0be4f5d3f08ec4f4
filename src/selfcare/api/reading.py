"""Reads the parts of an operator's document with patience: what is missing or odd is "not stated", never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from selfcare.domain.bills import PaperRef, Tax
from selfcare.domain.failures import NotAnAnswer, TooLarge, Unreadable
from selfcare.domain.marks import few_marks
from selfcare.domain.money import Money
from selfcare.domain.tickets import EntityRef, Note
from selfcare.domain.workdays import end_of_day

from .fact_names import DATED, EDGE_NAMES, ELSEWISE, FACTS, MOMENTS, SAID, SPANS
from .limits import ID, STRING
from .strict_json import decode
from .versions import one_shape
from .written import clock_of, currency, decimal, in_order, is_iso, iso, says_nothing

Doc = dict[str, Any]
"""A decoded JSON object."""

_E = TypeVar("_E", bound=StrEnum)
_EDGES = frozenset({"00:00:00", "23:59:59"})
_MIDNIGHT = re.compile(r"(?:[Tt ]00:00(?::00(?:\.0+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?")
_SEPARATORS = re.compile(r"[\s_\-]+")
_TRICK = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_FOREVER = 9000
_LONG_AGO = 1900
_TRUTHS = dict.fromkeys(("true", "yes", "oui", "1"), True) | dict.fromkeys(("false", "no", "non", "0"), False)
_LARGEST = Decimal("1e9")
_OF_NO_AMOUNT = frozenset({"unit", "units", "currency", "value", "amount", "@type", "@baseType", "@schemaLocation"})
"""What stands beside the number of an amount: alone it states none."""


def document(doc: bytes | Doc, kind: str) -> Doc:
    """The document as an object, in the one shape of `versions`. Raises Unreadable if it is none, or if a fact in it
    is of an impossible type.

    A date that is an object or no date, or an amount that is a word, was stated but cannot be understood: that must
    not look like "not stated".
    """
    if isinstance(doc, bytes):
        try:
            doc = decode(doc)
        except (NotAnAnswer, TooLarge):
            raise Unreadable(kind) from None
    if not isinstance(doc, dict):
        raise Unreadable(kind)
    doc = one_shape(doc, kind)
    elsewise = ELSEWISE.get(kind, frozenset())
    for key in (FACTS.keys() & doc.keys()) - elsewise:
        value = doc[key]
        if value and isinstance(value, dict | list) is FACTS[key]:
            raise Unreadable(f"{kind}/{text(doc.get('id'))}.{key}")
    if not _odd_moment(doc, elsewise):
        return doc
    ordered: Doc = in_order(doc, DATED)
    if odd := _odd_moment(ordered, elsewise | SAID.get(kind, frozenset())):
        raise Unreadable(f"{kind}/{text(ordered.get('id'))}.{odd}")
    return ordered


def _odd_moment(doc: Doc, elsewise: frozenset[str]) -> str:
    """The first moment that is stated and cannot be understood; "" for none."""
    stated = [(key, doc[key]) for key in (MOMENTS & doc.keys()) - elsewise]
    for key in SPANS & doc.keys():
        stated += [(f"{key}.{edge}", child(doc[key]).get(edge)) for edge in EDGE_NAMES]
    for key, value in stated:
        if not (type(value) is str and is_iso(value.strip())) and not says_nothing(value) and not iso(value):
            return key
    return ""


def identity(doc: Doc, kind: str) -> str:
    """The document's id. Raises Unreadable if it has none that could be used, or one that shows as another."""
    found = doc.get("id")
    if type(found) is int:
        found = str(found)
    if type(found) is not str or not found or len(found) > ID:
        raise Unreadable(f"{kind}.id")
    if not (found.isascii() and found.isprintable()) and (_is_disguised(found) or few_marks(found) != found):
        raise Unreadable(f"{kind}.id")
    return found


_UNSEEN = "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
"""Signs that count as printed and show nothing: fillers, a blank in braille, choices between shapes of a sign."""

_JOINING = "(?<=[\u0600-\u1aff])[\u200c\u200d](?=[\u0600-\u1aff])"
"""A joiner between two letters of a script that is written with it."""


def _is_disguised(identity: str) -> bool:
    """Whether there are signs in it that nobody sees, or marks that turn the direction of words."""
    import unicodedata  # few starts meet such an id

    kinds = {unicodedata.category(sign) for sign in re.sub(_JOINING, "", identity)}
    return not kinds.isdisjoint(("Cc", "Cf", "Zl", "Zp")) or re.search(_UNSEEN, identity) is not None


def text(value: Any) -> str:
    """Plain text; numbers as written, an object or a list is no text.

    Control signs and marks that turn the direction of words are made visible; a letter carries few accents.
    """
    if type(value) is str and len(value) <= STRING and value.isprintable():  # nearly every one
        return value.strip() if value.isascii() else few_marks(value).strip()
    if type(value) is not str:
        if value is None or isinstance(value, dict | list | bool):
            return ""
        value = str(value)
    if len(value) > STRING:
        value = value[:STRING]
    if not value.isprintable():
        value = _TRICK.sub("\ufffd", value)
    return few_marks(value).strip()


def first_text(doc: Doc, *names: str) -> str:
    """The first of several fields that says anything."""
    for name in names:
        found = text(doc.get(name))
        if found:
            return found
    return ""


def items(value: Any) -> list[Doc]:
    """A list of objects; a single object counts as a list of one, empty objects as nothing."""
    if isinstance(value, list):
        return [item for item in value if isinstance(item, dict) and item]
    return [value] if isinstance(value, dict) and value else []


def child(value: Any) -> Doc:
    """An object; of a list its first one."""
    found = items(value)
    return found[0] if found else {}


def ref(value: Any) -> str:
    """The id of a reference {id, …}; of a list of references, of its first one."""
    return text(child(value).get("id"))


def number(value: Any) -> Decimal | None:
    """A number, also one written as a text with a point or a comma. None if it is none, or not finite."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    if isinstance(value, str) and len(value) > 40:
        return None
    found = value if isinstance(value, Decimal) else decimal(str(value))
    return found if found is not None and found.is_finite() else None


def whole(value: Any) -> int | None:
    """A whole number between zero and a million."""
    found = number(value)
    return int(found) if found is not None and found == found.to_integral_value() and 0 <= found <= 10**6 else None


def truth(value: Any) -> bool | None:
    """True or false, also as a word or as 1 and 0; None if not stated."""
    if isinstance(value, bool):
        return value
    return _TRUTHS.get(text(value).casefold())


def is_locked(value: Any) -> bool | None:
    """Whether a handset is said to be locked: true or false, or "locked" and "unlocked"; None if not stated."""
    found = truth(value)
    return {"locked": True, "unlocked": False}.get(plain_word(text(value))) if found is None else found


def amount(value: Decimal, unit: str, where: str) -> Money | None:
    """Money of a number and a currency; nothing of no currency is None. Raises Unreadable for an absurd number, and for
    an amount of which nobody can tell the currency: that must not look like "not stated"."""
    found = currency(unit)
    if not found:
        if value or not says_nothing(unit):
            raise Unreadable(where)
        return None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value) >= _LARGEST:
        raise Unreadable(where)
    if exponent < -4:
        value = value.quantize(Decimal("0.0001")).normalize()
        exponent = value.as_tuple().exponent
        value = value.quantize(Decimal("0.01")) if isinstance(exponent, int) and exponent > -2 else value
    elif exponent > 0:
        value = value.quantize(Decimal(1))
    return Money(value, found)


def money(value: Any, where: str) -> Money | None:
    """TMF Money {unit, value} (also {amount, units}). None if not stated; raises Unreadable if it is stated in a way
    that cannot be understood, or absurd."""
    found = figure_and_unit(value, where)
    return None if found is None else amount(*found, where)


def figure_and_unit(value: Any, where: str) -> tuple[Decimal, str] | None:
    """The number of an amount and what stands for its currency; None if not stated. Raises Unreadable for what is
    neither an amount nor nothing."""
    part = child(value)
    said = part.get("value", part.get("amount")) if part else value
    found = number(said) if part else None
    if found is not None:
        return found, first_text(part, "unit", "units", "currency")
    if not all(says_nothing(one) for one in (said if isinstance(said, list) else [said])):
        raise Unreadable(where)
    if any(name not in _OF_NO_AMOUNT and not says_nothing(inner) for name, inner in part.items()):
        raise Unreadable(where)
    return None


def _plain_iso(value: Any) -> str:
    """A moment as ISO 8601 writes it. What looks like one goes through as it is, for it is taken apart right after."""
    is_usual = type(value) is str and value[4:5] == "-" and value[7:8] == "-" and value[:4].isdecimal()
    return value.strip() if is_usual else iso(value)


def instant(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """A moment in UTC, of ISO 8601 or of another way that can mean one thing (`written.iso`); without a zone of its own
    it is by the operator's clock. "Forever" is None."""
    said = _plain_iso(value)
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
        if found.tzinfo is None:
            found = found.replace(tzinfo=zone)
        return found.astimezone(UTC) if _LONG_AGO <= found.year < _FOREVER else None
    except (ValueError, OverflowError):
        return None


def until(value: Any, zone: tzinfo = UTC) -> datetime | None:
    """By when something is promised: a moment, or the end of the day where a day or its midnight is written (CV-1)."""
    said = _plain_iso(value)
    found = instant(said, zone)
    if found is None or not _MIDNIGHT.fullmatch(said[10:]):
        return found
    return end_of_day(date.fromisoformat(said[:10]), zone).astimezone(UTC)


def names_no_hour(value: Any) -> bool:
    """Whether a moment is written as a day and nothing more."""
    return len(_plain_iso(value)) == 10


def day(value: Any, zone: tzinfo = UTC) -> date | None:
    """The operator's civil day of a moment.

    A moment written as a midnight or as the last second of a day means that very day, whatever its zone (that is
    how TMF Open API servers write days); any other moment is told by the operator's clock.
    """
    said = _plain_iso(value)
    if not said:
        return None
    try:
        if len(said) == 10 or said[11:19] in _EDGES or clock_of(said) in _EDGES:
            found = date.fromisoformat(said[:10])
            return found if _LONG_AGO <= found.year < _FOREVER else None
    except ValueError:
        return None
    moment = instant(said, zone)
    try:
        return moment.astimezone(zone).date() if moment is not None else None
    except OverflowError:
        return None


def period(value: Any, zone: tzinfo = UTC) -> tuple[date | None, date | None]:
    """The first and last day of a TMF TimePeriod."""
    part = child(value)
    return day(part.get("startDateTime"), zone), day(part.get("endDateTime"), zone)


def plain_word(word: str) -> str:
    """A word of a vocabulary without its case, blanks, dashes: "In Progress" and "inProgress" are the same."""
    return _SEPARATORS.sub("", word).casefold()


@cache
def _vocabulary(kind: type[StrEnum]) -> dict[str, StrEnum]:
    return {plain_word(member.value): member for member in kind}


def choice(kind: type[_E], word: str, unknown: _E) -> _E:
    """The member of a vocabulary that a word means; `unknown` for a word that nobody foresaw."""
    found = _vocabulary(kind).get(plain_word(word), unknown)
    return found if isinstance(found, kind) else unknown


def characteristics(value: Any) -> Doc:
    """TMF characteristics [{name, value}] as a dictionary; names without case. A value that is wrapped once more, in a
    list of one or as {"value": …}, is taken out."""
    found: Doc = {}
    for item in items(value):
        name = text(item.get("name")).casefold()
        if name and name not in found:
            found[name] = unwrapped(name, item.get("value"))
    return found


def unwrapped(name: str, value: Any) -> Any:
    """The value of a characteristic without what it is wrapped in for nothing: [v], {"value": v} or {own name: v}."""
    if isinstance(value, list) and len(value) == 1:
        return unwrapped(name, value[0]) if not isinstance(value[0], list) else value
    if isinstance(value, dict):
        inner = {key.casefold(): part for key, part in value.items() if not key.startswith("@")}
        if len(inner) == 1 and inner.keys() <= {"value", name} and not isinstance(next(iter(inner.values())), list):
            return next(iter(inner.values()))
    return value


def first_of(values: Doc, *names: str) -> Any:
    """The value of the first characteristic of several names that is stated, else None."""
    for name in names:
        found = values.get(name.casefold())
        if found is not None and found != "":
            return found
    return None


def plain_of(values: Doc, where: str, *names: str) -> Any:
    """The first of several characteristics that says anything: a text, a number, true or false.

    Raises Unreadable where it is an object or a list: what it says is not known, and that must not look like
    "not stated".
    """
    found = first_of(values, *names)
    if isinstance(found, dict | list) and found:
        raise Unreadable(f"{where}.{names[0]}")
    return found


def taxes(value: Any, where: str) -> tuple[Tax, ...]:
    """TMF678 tax items."""
    return tuple(
        Tax(text(item.get("taxCategory")), money(item.get("taxAmount"), where), number(item.get("taxRate")))
        for item in items(value)
    )


def paper(item: Doc) -> PaperRef:
    """A TMF AttachmentRefOrValue. Only the fact that bytes came along is kept here, not the bytes."""
    address = first_text(item, "url", "URL", "uri")
    return PaperRef(
        id=text(item.get("id")) or address or text(item.get("href")),
        name=first_text(item, "name", "description"),
        mime=first_text(item, "mimeType", "attachmentType"),
        url=address,
        href=text(item.get("href")),
        inline=bool(item.get("content")),
    )


def papers(value: Any) -> tuple[PaperRef, ...]:
    """A list of attachments; those without any way to them are left out."""
    found = (paper(item) for item in items(value))
    return tuple(p for p in found if p.id)


def entity(item: Doc) -> EntityRef:
    """A TMF related entity."""
    return EntityRef(first_text(item, "@referredType", "@type"), text(item.get("id")), text(item.get("role")))


def notes(value: Any, zone: tzinfo = UTC) -> tuple[Note, ...]:
    """TMF notes, oldest first; those without a date stay where they were."""
    found = [Note(text(n.get("author")), instant(n.get("date"), zone), text(n.get("text"))) for n in items(value)]
    return tuple(sorted((n for n in found if n.text), key=_when))


def _when(note: Note) -> datetime:
    return note.at or datetime.min.replace(tzinfo=UTC)


def unique(values: Iterable[str], keep: Callable[[str], bool] = bool) -> tuple[str, ...]:
    """Values without repetition or blanks, in order."""
    return tuple(dict.fromkeys(v for v in values if keep(v)))
