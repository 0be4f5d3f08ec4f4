"""Ordering an option for a line: what the operator offers, at what price and for how long, before anything goes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfcare.domain.commands import DropOption, OrderOption
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.offers import Offer, offers_for
from selfcare.domain.options import PaperState
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting
from selfcare.i18n import Words

from .ages import absence_of
from .facts import FactView, freshness_of, price_text, quoted, stated


class OfferView(Struct, frozen=True):
    """One option that may be ordered. `facts` are what the order will say, `text` and `clause` the operator's words."""

    id: str
    label: str
    facts: tuple[FactView, ...]
    text: str
    clause: str
    command: OrderOption


class OrderView(Struct, frozen=True):
    """What may be ordered for one line: the one question before the order goes out."""

    title: str
    question: str
    choose: str
    offers: tuple[OfferView, ...]
    yes: str
    no: str


class OrderingView(Struct, frozen=True):
    """The part of a line that is about ordering: `under_way` are orders on their way, `why_not` why there is no
    `question`."""

    under_way: tuple[str, ...] = ()
    question: OrderView | None = None
    why_not: str = ""


def ordering_view(
    line: Line,
    offers: Sequence[Offer],
    waiting: Sequence[Waiting],
    freshness: Iterable[Freshness],
    words: Words,
    *,
    can_order: bool,
) -> OrderingView:
    """Of a line that runs; one that has ended gets nothing."""
    if line.on_paper is not PaperState.ACTIVE:
        return OrderingView()
    asked = [
        w
        for w in waiting
        if w.is_open and isinstance(w.command, OrderOption | DropOption) and w.command.line_id == line.id
    ]
    under_way = _under_way(line, asked, words)
    here = {one.command.offering_id for one in asked if isinstance(one.command, OrderOption)}
    free = [offer for offer in offers_for(line, offers) if offer.id not in here]
    if free and can_order:
        return OrderingView(under_way, _question(line, free, words))
    return OrderingView(under_way, why_not=_why_not(offers, list(freshness), words, can_order=can_order))


def _under_way(line: Line, asked: Iterable[Waiting], words: Words) -> tuple[str, ...]:
    """Orders that no product shows yet, in the state that Waiting tells."""
    from .waiting import state_tag

    there = {option.offering_id for option in line.options} - {""}
    going = {option.id for option in line.options if option.on_paper is PaperState.ACTIVE}
    found = []
    for one in asked:
        state = state_tag(one, words).text
        if isinstance(one.command, OrderOption) and one.command.offering_id not in there:
            found.append(words.tr("Ordered: {option} · {state}", option=one.command.name, state=state))
        elif isinstance(one.command, DropOption) and one.command.option_id in going:
            found.append(words.tr("To be taken off: {option} · {state}", option=one.command.name, state=state))
    return tuple(found)


def _why_not(offers: Sequence[Offer], freshness: list[Freshness], words: Words, *, can_order: bool) -> str:
    part = freshness_of(Topic.OFFERS, freshness)
    if not can_order or (part is not None and not part.offered):
        return words.tr("Ordering an option here: not offered by your operator.")
    if not offers:
        return absence_of(part, words.tr("Your operator offers no option to order."), words).title
    return words.tr("Your operator offers no other option for this line.")


def _question(line: Line, free: Iterable[Offer], words: Words) -> OrderView:
    number = line.number or line.name
    return OrderView(
        title=words.tr("Order an option for {number}", number=number),
        question=words.tr(
            "The order goes to your operator exactly as it stands here, with this price and this term. Nothing else "
            "is agreed to."
        ),
        choose=words.tr("Option"),
        offers=tuple(_offer(line, offer, number, words) for offer in free),
        yes=words.tr("Order, at this price"),
        no=words.tr("Cancel"),
    )


def _offer(line: Line, offer: Offer, number: str, words: Words) -> OfferView:
    price = price_text(offer.price, offer.period, words, is_net=offer.is_net)
    bound = words.trn("{count} month", "{count} months", offer.months) if offer.months else ""
    return OfferView(
        id=offer.id,
        label=f"{offer.name} · {price}" if price else offer.name,
        facts=(
            FactView(words.tr("Line"), number),
            stated(words.tr("Price"), price, words),
            stated(words.tr("Paid once"), price_text(offer.once, "", words, is_net=offer.is_net), words),
            stated(words.tr("Bound for"), bound, words),
        ),
        text=quoted(offer.text, words),
        clause=quoted(offer.clause, words),
        command=OrderOption(
            line_id=line.id,
            offering_id=offer.id,
            name=offer.name,
            price=offer.price,
            period=offer.period,
            once=offer.once,
            months=offer.months,
            clause=offer.clause,
            is_net=offer.is_net,
        ),
    )
