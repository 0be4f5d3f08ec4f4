"""What was asked of the operator for a line, and where it stands: a code, an unlock, a notice and its taking back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from selfcare.domain.commands import GiveNotice, RequestCode, RequestUnlock, WithdrawNotice
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.records import Struct
from selfcare.domain.waiting import WITHDRAWN, Waiting, WaitingState, asked_for, refused_last

from .last_hour import named_day


class Asked(Struct, frozen=True):
    """A request of the leaving way: when it was asked for, whether the operator has it, how it ended.

    `refusal` is the operator's reason, "" if there is none. `sent` is True once the operator has it, by its own word;
    before that it is kept here, or `doubt` says that it has left and nobody knows yet whether it arrived, or `asks`
    that the customer has to decide. `wanted` is the day that a notice of ours names; `ends_at` is the operator's own
    moment on the day `ends`. `unlisted`: the operator shows it no more, and never said that it was carried out.
    """

    at: datetime
    sent: bool
    done: bool = False
    refused: bool = False
    refusal: str = ""
    finished: datetime | None = None
    ends: date | None = None
    ends_at: datetime | None = None
    order_id: str = ""
    scheme: str = ""
    doubt: bool = False
    asks: bool = False
    wanted: date | None = None
    unlisted: bool = False


class NoticeAsked(Struct, frozen=True):
    """The notice of a line as it stands: `given` is None where there is none, or none any more.

    `taken_back` says that the last one is no more, since `taken_back_at` if that is known; `withdrawal` is a taking
    back on its way, `withdrawal_refused` one that the operator said no to: the notice stands. `unasked` says that the
    operator shows the notice as cancelled and that nothing here asked for it.
    """

    given: Asked | None = None
    withdrawal: Asked | None = None
    withdrawal_refused: Asked | None = None
    taken_back: bool = False
    taken_back_at: datetime | None = None
    unasked: bool = False


def notice_of(orders: Iterable[Order], waiting: Sequence[Waiting], line_id: str, zone: str) -> NoticeAsked:
    """The notice of a line, and what became of taking it back.

    The last word counts: once a later notice was taken back, the refusal of an earlier one is no more.
    """
    ends = orders_for(orders, "termination", line_id)
    dropped = _dropped(ends, waiting, line_id)
    given = _request(ends, waiting, GiveNotice, line_id, zone, dropped)
    if given is None:
        gone = ends[0] if ends and ends[0].state is OrderState.CANCELLED else None
        last = dropped if dropped is not None and (gone is None or dropped.created > _since(gone, dropped)) else None
        at = last.settled if last is not None else _cancelled_at(gone, waiting) if gone is not None else None
        unasked = gone is not None and last is None and not _is_undone_here(gone, waiting)
        return NoticeAsked(taken_back=gone is not None or last is not None, taken_back_at=at, unasked=unasked)
    undoing = [w for w in waiting if isinstance(w.command, WithdrawNotice) and w.command.order_id == given.order_id]
    told = [w for w in undoing if given.order_id and w.state is not WaitingState.DROPPED]
    newest = max(told, key=lambda w: w.created, default=None)
    if newest is None:
        return NoticeAsked(given)
    if newest.is_open:
        return NoticeAsked(given, _of_ours(newest))
    if newest.state is not WaitingState.REJECTED or given.refused:
        return NoticeAsked(given)
    no = Asked(newest.created, sent=True, refused=True, refusal=newest.reason, finished=newest.settled)
    return NoticeAsked(given, withdrawal_refused=no)


def standing_notice(orders: Iterable[Order], line_id: str) -> Order | None:
    """The order of a notice that ends a line, by the operator's own list: neither refused nor taken back."""
    found = _standing(orders_for(orders, "termination", line_id), None, beside=True)
    return None if found is None or _is_refused(found) else found


def asked(
    orders: Iterable[Order],
    waiting: Sequence[Waiting],
    category: str,
    kind: type[RequestCode] | type[RequestUnlock],
    product_id: str,
) -> Asked | None:
    """The newest request for a code or an unlock: the operator's order if it shows one, else ours that still waits."""
    return _request(orders_for(orders, category, product_id), waiting, kind, product_id, "UTC", None)


def orders_for(orders: Iterable[Order], category: str, product_id: str) -> list[Order]:
    """The orders of a category for a line or handset, the newest first."""
    found = [o for o in orders if o.category.casefold() == category.casefold() and product_id in o.product_ids]
    return sorted(found, key=lambda o: o.ordered.timestamp() if o.ordered is not None else 0.0, reverse=True)


def _request(
    orders: Sequence[Order],
    waiting: Sequence[Waiting],
    kind: type[RequestCode] | type[RequestUnlock] | type[GiveNotice],
    product_id: str,
    zone: str,
    dropped: Waiting | None,
) -> Asked | None:
    mine = asked_for(waiting, kind, product_id)
    if mine is not None and any(o.state is OrderState.CANCELLED and _is_of(o, mine) for o in orders):
        mine = None
    order = _standing(orders, dropped, beside=kind is GiveNotice)
    if order is not None and (mine is None or _is_of(order, mine) or _since(order, mine) >= mine.created):
        began = order.ordered or (mine.created if mine is not None else None)
        scheme = order.code.scheme.upper() if order.code is not None else ""
        if not scheme and mine is not None and _is_of(order, mine):
            scheme = _scheme(mine)
        if began is not None:
            refused = _is_refused(order)
            return Asked(
                began,
                sent=True,
                done=order.state is OrderState.COMPLETED,
                refused=refused,
                refusal=order.notes[-1].text if refused and order.notes else "",
                finished=order.completed if not order.is_open else None,
                ends=named_day(order.expected or order.completed or order.wanted, zone),
                ends_at=order.expected or order.completed,
                order_id=order.id,
                scheme=scheme,
                unlisted=order.no_longer_listed and order.is_open,
            )
    if mine is not None:
        return _of_ours(mine)
    no = refused_last(waiting, kind, product_id)
    if no is None or any(_is_of(o, no) or _since(o, no) >= no.created for o in orders):
        return None
    if dropped is not None and dropped.created > no.created:
        return None
    # without an order: the operator did not even take it
    return Asked(no.created, sent=True, refused=True, refusal=no.reason, finished=no.settled, scheme=_scheme(no))


def _of_ours(mine: Waiting) -> Asked:
    """How a request of ours stands as long as the operator shows nothing of it: it has it only if it said so."""
    command = mine.command
    return Asked(
        mine.created,
        sent=mine.state in {WaitingState.ACCEPTED, WaitingState.DONE},
        order_id=mine.receipt if isinstance(command, WithdrawNotice) else "",
        scheme=_scheme(mine),
        doubt=mine.state in {WaitingState.SENDING, WaitingState.UNKNOWN},
        asks=mine.state is WaitingState.ASK,
        wanted=command.day if isinstance(command, GiveNotice) else None,
    )


def _standing(orders: Iterable[Order], dropped: Waiting | None, *, beside: bool) -> Order | None:
    """The newest order that counts. A cancelled one does not; nor a refused one, where a later one was cancelled or
    given up before it was sent (`dropped`), or where an earlier one is open that it leaves standing (`beside`)."""
    over, no = False, None
    for order in orders:
        if order.state is OrderState.CANCELLED:
            over = True
        elif _is_refused(order):
            gone = over or (dropped is not None and _since(order, dropped) < dropped.created)
            no = no if gone else no or order
        elif no is None or (beside and order.is_open):
            return order
    return no


def _dropped(ends: Sequence[Order], waiting: Iterable[Waiting], line_id: str) -> Waiting | None:
    """The newest notice of a line that was given up here, and of which the operator shows no order."""
    found = [
        w
        for w in waiting
        if isinstance(w.command, GiveNotice)
        and w.command.line_id == line_id
        and w.state is WaitingState.DROPPED
        and not any(_is_of(order, w) for order in ends)
    ]
    return max(found, key=lambda w: w.created, default=None)


def _cancelled_at(order: Order, waiting: Iterable[Waiting]) -> datetime | None:
    """When a cancelled notice was taken back: by the request for it or the operator's own word, whichever is later."""
    moments = [w.created for w in _undoing(order, waiting)]
    return max(moments if order.dropped is None else [*moments, order.dropped], default=None)


def _undoing(order: Order, waiting: Iterable[Waiting]) -> list[Waiting]:
    """The requests of ours by which a notice was taken back; refused ones and those given up are none."""
    gone = {WaitingState.REJECTED, WaitingState.DROPPED}
    own = (w for w in waiting if isinstance(w.command, WithdrawNotice) and w.command.order_id == order.id)
    return [w for w in own if w.state not in gone]


def _is_undone_here(order: Order, waiting: Sequence[Waiting]) -> bool:
    """A cancelled notice was taken back from here, also where only the notice itself remembers it."""
    marked = any(_is_of(order, w) and w.why == WITHDRAWN for w in waiting if isinstance(w.command, GiveNotice))
    return marked or bool(_undoing(order, waiting))


def _is_of(order: Order, mine: Waiting) -> bool:
    return order.external_id == mine.id or (bool(mine.receipt) and order.id == mine.receipt)


def _is_refused(order: Order) -> bool:
    return order.state in {OrderState.REJECTED, OrderState.FAILED}


def _since(order: Order, mine: Waiting) -> datetime:
    return order.ordered or mine.created


def _scheme(item: Waiting) -> str:
    return item.command.scheme.upper() if isinstance(item.command, RequestCode) else ""
