"""The codes that let a number go, in the farewell pack: issued, asked for by an order, or typed in by the customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from selfcare.domain.lines import Line, PortingCode
from selfcare.domain.orders import Order
from selfcare.domain.records import Struct
from selfcare.leaving.codes import check_typed
from selfcare.leaving.wizard import Answers

from .farewell_csv import Cell, Sheet, yes_no
from .farewell_entries import Telling
from .farewell_html import Entry
from .farewell_owned import Owned
from .leaving_numbers import number_text

_COLUMNS = ("scheme", "code", "number", "line", "order", "asked", "expires", "is_expired", "state", "typed")
_TYPED = {"FR": "RIO", "US": "PIN"}


class CodeFacts(Struct, frozen=True):
    """A code that lets a number go, issued or used: from the line, from the order that brought it, or typed in.

    `typed` is the day on which the customer typed it in; such a code came another way, by text for example.
    """

    code: PortingCode
    line_id: str
    number: str
    order_id: str = ""
    asked: datetime | None = None
    state: str = ""
    typed: date | None = None

    def is_expired(self, today: date) -> bool | None:
        """Whether it may not be used any more; None where its last day is not stated."""
        return None if self.code.expires is None else self.code.expires < today


def codes_of(
    lines: Iterable[Line], orders: Iterable[Order], plans: Iterable[Answers] = (), country: str = ""
) -> tuple[CodeFacts, ...]:
    """Every code that is known, those that were asked for with the day and the state of their order.

    `country` (ISO 3166) tells what a typed one is: a RIO in France, a PIN in the United States, else a PAC or a STAC.
    """
    numbers: dict[str, str] = {}
    found: list[CodeFacts] = []
    for line in lines:
        numbers[line.id] = line.number
        if line.code is not None:
            found.append(CodeFacts(line.code, line.id, line.number))
    for order in orders:
        if order.code is not None:
            line_id = next((one for one in order.product_ids if one in numbers), "")
            number = numbers.get(line_id, "")
            found.append(CodeFacts(order.code, line_id, number, order.id, order.ordered, order.state_word))
    for answers in plans:
        if answers.typed_code.strip():
            number = numbers.get(answers.line_id, "")
            checked = check_typed(answers.typed_code, _TYPED.get(country, ""), number)
            code = PortingCode(checked.scheme, checked.code)
            found.append(CodeFacts(code, answers.line_id, number, state="typed in", typed=answers.typed_day))
    return _each_once(found)


def _each_once(found: Iterable[CodeFacts]) -> tuple[CodeFacts, ...]:
    """One code of one line once, with what each place says of it; apart where two orders or two last days differ."""
    kept: list[CodeFacts] = []
    for one in found:
        same = next((n for n, other in enumerate(kept) if _are_one(other, one)), None)
        if same is None:
            kept.append(one)
        else:
            kept[same] = _joined(kept[same], one)
    return tuple(kept)


def _are_one(a: CodeFacts, b: CodeFacts) -> bool:
    said = (
        (a.code.scheme.upper(), b.code.scheme.upper()),
        (a.code.expires, b.code.expires),
        (a.order_id, b.order_id),
    )
    same = a.line_id == b.line_id and _bare(a.code.code) == _bare(b.code.code)
    return same and all(not x or not y or x == y for x, y in said)


def _joined(a: CodeFacts, b: CodeFacts) -> CodeFacts:
    code = PortingCode(a.code.scheme or b.code.scheme, a.code.code, a.code.expires or b.code.expires)
    order, asked, typed = a.order_id or b.order_id, a.asked or b.asked, a.typed or b.typed
    return CodeFacts(code, a.line_id, a.number, order, asked, a.state or b.state, typed)


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _known(owned: Owned) -> tuple[CodeFacts, ...]:
    return codes_of(owned.lines(), owned.orders(), owned.plans(), owned.profile.country)


def codes_sheet(owned: Owned, today: date) -> Sheet:
    """The table of the codes."""
    return Sheet("csv/codes.csv", _COLUMNS, _rows(owned, today))


def _rows(owned: Owned, today: date) -> Iterator[tuple[Cell, ...]]:
    for c in _known(owned):
        yield (
            c.code.scheme, c.code.code, c.number, c.line_id, c.order_id, c.asked, c.code.expires,
            yes_no(c.is_expired(today)), c.state, c.typed,
        )  # fmt: skip


def codes(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every code that lets a number go, with its day and its state."""
    words = tell.words
    for c in _known(owned):
        expired = c.is_expired(tell.today)
        life = "" if expired is None else words.tr("expired") if expired else words.tr("valid")
        yield Entry(
            f"{c.code.scheme} {c.code.code}".strip(),
            (
                (words.tr("For the number"), number_text(c.number, owned.profile.country) if c.number else ""),
                (words.tr("Asked for"), tell.instant(c.asked)),
                (words.tr("Typed in by you"), tell.day(c.typed)),
                (words.tr("Valid until"), tell.day(c.code.expires)),
                (words.tr("State"), life),
                (words.trc("farewell", "Order"), c.order_id),
                (words.tr("Operator’s own word"), c.state if c.order_id else ""),
            ),
        )
