"""Reads what was sold (TMF637) and puts it together: a number with its plan, its handset, its options, its health."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum

from selfcare.domain.contract import Contract
from selfcare.domain.lines import Access, Handset, Line, Ownership, PortingCode, SimLock
from selfcare.domain.money import Money
from selfcare.domain.options import Option, PaperState, Service
from selfcare.domain.periods import UNTOLD
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import Ticket, TicketState

from .codes import porting_code
from .contracts import end_after, term_months
from .numbers import access_of, line_number
from .prices import price_of, price_together
from .reading import (
    Doc,
    characteristics,
    child,
    choice,
    day,
    document,
    first_of,
    first_text,
    identity,
    is_locked,
    items,
    period,
    plain_of,
    plain_word,
    ref,
    text,
    truth,
    unique,
    whole,
)

KIND = "product"
_BELONGS = frozenset({"bundledby", "relieson", "dependson", "requires"})
_ALTERATIONS = ("productPriceAlteration", "priceAlteration")
_GONE = frozenset({PaperState.CANCELLED, PaperState.ABORTED})
_OWNERSHIP = {
    "owned": Ownership.OWNED,
    "purchased": Ownership.OWNED,
    "sold": Ownership.OWNED,
    "lent": Ownership.LENT,
    "loan": Ownership.LENT,
    "onloan": Ownership.LENT,
    "rented": Ownership.LENT,
    "rental": Ownership.LENT,
}


class ProductRole(StrEnum):
    """What a product is to the customer."""

    LINE = "line"
    DEVICE = "device"
    OPTION = "option"


class ProductFacts(Struct, frozen=True):
    """One product (TMF637 Product) before it is put to its line. `is_net` says that its price is without tax, `charge`
    is a stated price for leaving early."""

    id: str
    name: str
    role: ProductRole
    description: str
    on_paper: PaperState
    on_paper_word: str
    price: Money | None
    period: str
    sold: date | None
    since: date | None
    ended: date | None
    account_id: str
    contract_id: str
    parent_ids: tuple[str, ...]
    service_ids: tuple[str, ...]
    is_visible: bool
    number: str = ""
    access: Access = Access.OTHER
    user_name: str = ""
    serial: str = ""
    lock: SimLock = SimLock.NOT_STATED
    unlock_code: str = ""
    code: PortingCode | None = None
    term_months: int | None = None
    term_ends: date | None = None
    clause: str = ""
    charge: Money | None = None
    offering_id: str = ""
    ownership: Ownership = Ownership.NOT_STATED
    instalments_left: int | None = None
    is_net: bool = False
    has_discount: bool = False
    """Something is taken off the price, or off another price of the product."""


def read_product(doc: bytes | Doc, zone: tzinfo = UTC) -> ProductFacts:
    """One product (TMF637 Product), v4 or v5. Raises Unreadable.

    A product is a line if it has a number or a line type, a device if it has a serial number, else an option.
    """
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    facts = characteristics(doc.get("productCharacteristic"))
    where = f"{KIND}/{own}"
    number = line_number(doc, facts, where)
    line_type = text(plain_of(facts, where, "lineType"))
    serial = text(doc.get("productSerialNumber"))
    serial = "" if serial.casefold() in {"n/a", "none", "-"} else serial
    is_line = bool(number or line_type)
    word = first_text(doc, "status", "state")
    since = day(doc.get("startDate"), zone)
    months, term_ends, clause = _terms(doc, since, zone)
    price, is_net, per = _price(doc, own)
    return ProductFacts(
        id=own,
        name=first_text(doc, "name") or text(child(doc.get("productOffering")).get("name")) or own,
        role=ProductRole.LINE if is_line else ProductRole.DEVICE if serial else ProductRole.OPTION,
        description=text(doc.get("description")),
        on_paper=paper_state(word),
        on_paper_word=word,
        price=price,
        is_net=is_net,
        has_discount=_has_discount(doc),
        period=per,
        sold=day(doc.get("orderDate"), zone),
        since=since,
        ended=day(doc.get("terminationDate"), zone),
        account_id=ref(doc.get("billingAccount")),
        contract_id=ref(doc.get("agreement")),
        parent_ids=_parents(doc),
        service_ids=unique(ref(item) for item in items(doc.get("realizingService"))),
        is_visible=truth(doc.get("isCustomerVisible")) is not False,
        number=number,
        access=access_of(line_type, number),
        user_name=text(plain_of(facts, where, "productUser")) or _user(doc),
        serial=serial,
        lock=_lock(is_locked(plain_of(facts, where, "simLock"))),
        unlock_code=text(plain_of(facts, where, "networkUnlockCode")),
        code=porting_code(facts, zone),
        term_months=months,
        term_ends=term_ends,
        clause=clause,
        charge=_penalty(doc, own),
        offering_id=ref(doc.get("productOffering")),
        ownership=_OWNERSHIP.get(plain_word(text(plain_of(facts, where, "ownership"))), Ownership.NOT_STATED),
        instalments_left=whole(first_of(facts, "instalmentsLeft", "installmentsLeft")),
    )


def read_lines(
    products: Sequence[ProductFacts], services: Sequence[Service], contracts: Sequence[Contract] = ()
) -> tuple[Line, ...]:
    """The customer's lines, each with its plan, handset and options; in the order in which the products came.

    An option or device goes to the line that it relies on or is bundled by, also through another product. What hangs
    on no line goes to the only line there is, or to a line of its own without a number, so that nothing is hidden.
    """
    known = {service.id: service for service in services}
    by_id = {product.id: product for product in products}
    lines = {p.id: p for p in products if p.role is ProductRole.LINE}
    hung: dict[str, list[ProductFacts]] = {product.id: [] for product in products}
    loose: list[ProductFacts] = []
    for product in products:
        if product.id in lines:
            continue
        owner = _above(product, by_id)
        if owner not in lines and len(lines) == 1:
            owner = next(iter(lines))
        hung[owner].append(product) if owner else loose.append(product)
    found = [_line(line, hung[line.id], known, contracts) for line in lines.values()]
    for one in loose:
        own = (one,) if one.role is ProductRole.DEVICE else ()
        found.append(_line(one, (*own, *hung[one.id]), known, contracts))
    return tuple(found)


def _above(product: ProductFacts, by_id: Mapping[str, ProductFacts]) -> str:
    """The line that a product hangs on, else the product at the top of those that it hangs on; "" for none."""
    waiting, seen, top = list(product.parent_ids), {product.id}, ""
    while waiting:
        above = by_id.get(waiting.pop(0))
        if above is None or above.id in seen:
            continue
        if above.role is ProductRole.LINE:
            return above.id
        if not any(parent in by_id for parent in above.parent_ids):
            top = top or above.id
        seen.add(above.id)
        waiting += above.parent_ids
    return top


def _line(
    product: ProductFacts, hung: Iterable[ProductFacts], known: Mapping[str, Service], contracts: Sequence[Contract]
) -> Line:
    contract = next((c for c in contracts if c.id == product.contract_id), None)
    contract = contract or next((c for c in contracts if product.id in c.product_ids), None)
    parts = list(hung)
    devices = [p for p in parts if p.role is ProductRole.DEVICE]
    device = devices[0] if devices else None
    options = [_option(p, product.id, known, contract) for p in parts if p.role is ProductRole.OPTION]
    spare = [p for p in parts if p.role is ProductRole.DEVICE and p is not device]
    return Line(
        id=product.id,
        name=product.name,
        number=product.number,
        access=product.access,
        on_paper=product.on_paper,
        on_paper_word=product.on_paper_word,
        price=product.price,
        is_net=product.is_net,
        has_discount=product.has_discount,
        period=product.period,
        since=product.since,
        ends=product.ended,
        account_id=product.account_id,
        contract_id=contract.id if contract is not None else product.contract_id,
        user_name=product.user_name,
        main=_option(product, product.id, known, contract),
        options=tuple(options + [_option(p, product.id, known, contract) for p in spare]),
        handset=_handset(device, product.id) if device is not None else None,
        code=product.code,
        term_months=product.term_months or (contract.minimum_months if contract is not None else None),
        term_ends=product.term_ends or (contract.ends if contract is not None else None),
        devices=tuple(_handset(one, product.id) for one in devices if one.on_paper not in _GONE),
    )


def _option(product: ProductFacts, line_id: str, known: Mapping[str, Service], contract: Contract | None) -> Option:
    clause = product.clause
    if not clause and contract is not None and product.id != line_id and len(product.name) > 3:
        name = product.name.casefold()
        clause = next((term.text for term in contract.terms if name in term.text.casefold()), "")
    return Option(
        id=product.id,
        name=product.name,
        line_id=line_id,
        price=product.price,
        is_net=product.is_net,
        has_discount=product.has_discount,
        period=product.period,
        on_paper=product.on_paper,
        on_paper_word=product.on_paper_word,
        sold=product.sold,
        since=product.since,
        ended=product.ended,
        service_ids=product.service_ids,
        services=tuple(known[s] for s in product.service_ids if s in known),
        clause=clause,
        description=product.description,
        is_visible=product.is_visible,
        offering_id=product.offering_id,
    )


def _handset(device: ProductFacts, line_id: str) -> Handset:
    return Handset(
        id=device.id,
        name=device.name,
        serial=device.serial,
        lock=device.lock,
        line_id=line_id,
        unlock_code=device.unlock_code,
        since=device.since or device.sold,
        ownership=device.ownership,
        instalments_left=device.instalments_left,
        price=device.price,
        is_net=device.is_net,
        period=device.period,
        pays_until=device.term_ends,
    )


def with_codes(lines: Sequence[Line], tickets: Iterable[Ticket], coded: Collection[str] = ()) -> tuple[Line, ...]:
    """The lines with the codes that came back on tickets; `coded` are those whose code stands on an order.

    A ticket that names no product is about the only line there is, and about none where there are several.
    """
    given: dict[str, PortingCode] = {}
    own = {line.id for line in lines}
    for ticket in sorted(tickets, key=lambda one: one.created or datetime.min.replace(tzinfo=UTC)):
        named = own & {ref.id for ref in ticket.about}
        if not named and len(own) == 1 and not any(plain_word(ref.kind) == KIND for ref in ticket.about):
            named = own
        if ticket.code is not None and ticket.state not in {TicketState.REJECTED, TicketState.CANCELLED}:
            given |= dict.fromkeys(named, ticket.code)
    return tuple(
        replace(line, code=given[line.id]) if line.id in given and line.id not in coded and line.code is None else line
        for line in lines
    )


def paper_state(word: str) -> PaperState:
    """The state that a word means; UNKNOWN for a word that the standard does not know."""
    plain = plain_word(word)
    return PaperState.CANCELLED if plain == "canceled" else choice(PaperState, word, PaperState.UNKNOWN)


def _lock(locked: bool | None) -> SimLock:
    return SimLock.NOT_STATED if locked is None else SimLock.LOCKED if locked else SimLock.UNLOCKED


def _user(doc: Doc) -> str:
    for party in items(doc.get("relatedParty")):
        if text(party.get("role")).casefold() == "user":
            return text(party.get("name"))
    return ""


def _parents(doc: Doc) -> tuple[str, ...]:
    return unique(
        ref(relation.get("product")) or text(relation.get("id"))
        for relation in items(doc.get("productRelationship"))
        if plain_word(text(relation.get("relationshipType"))) in _BELONGS
    )


def _price(doc: Doc, own: str) -> tuple[Money | None, bool, str]:
    prices = items(doc.get("productPrice"))
    others = [p for p in prices if not any(w in text(p.get("priceType")).casefold() for w in ("penalt", "discount"))]
    usual = [p for p in others if "recurring" in text(p.get("priceType")).casefold()]
    found, is_net, per = price_together(usual or others, f"{KIND}/{own}.productPrice", adds_up=bool(usual))
    return found, is_net, per or (UNTOLD if usual and found is not None else "")


def _has_discount(doc: Doc) -> bool:
    prices = items(doc.get("productPrice"))
    altered = [one for price in (doc, *prices) for name in _ALTERATIONS for one in items(price.get(name))]
    return any("discount" in text(one.get("priceType")).casefold() for one in (*prices, *altered))


def _penalty(doc: Doc, own: str) -> Money | None:
    for price in items(doc.get("productPrice")):
        if "penalt" in text(price.get("priceType")).casefold():
            return price_of(price.get("price"), f"{KIND}/{own}.productPrice")[0]
    return None


def _terms(doc: Doc, since: date | None, zone: tzinfo) -> tuple[int | None, date | None, str]:
    months: int | None = None
    ends: date | None = None
    clauses: list[str] = []
    for term in items(doc.get("productTerm")):
        starts, stated = period(term.get("validFor"), zone)
        length, own_end = term_months(term.get("duration")), stated or end_after(starts or since, term.get("duration"))
        if length is not None:
            months = max(months or 0, length)
        elif own_end is None:
            clauses.append(first_text(term, "description", "name"))
        ends = max((d for d in (ends, own_end) if d is not None), default=None)
    return months, ends, " ".join(unique(clauses))
