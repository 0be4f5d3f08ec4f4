"""The habits of real operators' servers that are no errors and yet not what the standard says, each by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec

from .catalogue import KINDS
from .documents import Document, decode, encode
from .spoken import mark

Change = Callable[[str, Document], Document]

HABITS: dict[str, str] = {
    "own-words": mark(
        "states and severities in an own spelling: New, In Progress, 3 - Moderate; tax rates as 20, not 0.2"
    ),
    "own-names": mark("type instead of ticketType, priority as a number; validFor instead of agreementPeriod"),
    "status-for-state": mark("bills and orders have status instead of state"),
    "no-types": mark("no @type anywhere"),
    "misspelt": mark("names in small letters: @referredtype, validfor; uri for url"),
    "object-for-list": mark("an object where a list of one should be"),
    "empty-objects": mark("empty objects where nothing is known: billingPeriod {}, relatedParty [{}]"),
    "role-in-type": mark("relatedParty has its role in @referredType"),
    "bool-words": mark("true and false as words"),
    "bare-dates": mark("dates without a zone"),
    "counted-dates": mark("dates as thousandths of a second since 1970"),
    "comma-amounts": mark("amounts as words with a comma, and a sign for the currency: {unit: £, value: 12,50}"),
    "bare-references": mark("the number of another document alone, instead of an object with an id"),
    "wrapped-values": mark("the value of a characteristic inside one more object: {value: {value: …}}"),
    "invented-dates": mark("an order that was only just received has a completionDate"),
    "relative-href": mark("href without a host"),
    "foreign-href": mark("href at another host"),
    "odd-ids": mark("ids with colons and slashes"),
    "no-counts": mark("lists without X-Total-Count, X-Result-Count and Link"),
    "zero-total": mark("X-Total-Count 0 beside documents"),
    "small-pages": mark("never more than 25 documents at once, whatever limit says"),
    "no-list": mark("a list answers 405: what is there is only told one by one"),
    "empty-404": mark("a list of nothing answers 404"),
    "past-end-416": mark("a page behind the end of a list answers 416"),
    "past-end-404": mark("a page behind the end of a list answers 404"),
    "ignored-filter": mark("filters are ignored, and documents of another customer are listed"),
    "filter-empties": mark("a filter into a part of the document empties the list"),
    "filter-refused": mark("a filter into a part of the document answers 501"),
    "no-fields": mark("fields= is ignored"),
    "lower-path": mark("resources have addresses in small letters, as the profile says"),
    "error-message": mark("errors are {message, errors[]}"),
    "error-detail": mark("errors are {detail}"),
    "no-location": mark("201 without Location"),
    "post-200": mark("a new document answers 200 instead of 201"),
    "answers-202": mark("a new document answers 202 without a body"),
    "patch-ignored": mark("PATCH answers 200 and changes nothing"),
    "no-merge-patch": mark("merge patches answer 415"),
}
"""What is seen in the field, by name, with what it means."""

SLOPPY = (
    "own-words own-names status-for-state no-types misspelt object-for-list empty-objects role-in-type bool-words "
    "bare-dates comma-amounts bare-references wrapped-values invented-dates relative-href odd-ids no-counts "
    "small-pages empty-404 partial ignored-filter no-fields lower-path error-message no-location no-etag "
    "answers-202 patch-ignored no-merge-patch"
)
SLOPPY_HABITS = frozenset(SLOPPY.split())
"""What the one word "sloppy" stands for: everything that can be at once."""

_TOOK = {"acknowledged": "New", "inProgress": "In Progress", "cancelled": "CANCELED", "partiallyPaid": "partially paid"}
_SEVERITIES = {"Minor": "3 - Moderate", "Major": "2 - High", "Critical": "1 - Critical"}
_SIGNS = {"GBP": "£", "EUR": "€"}
_REFERRING = frozenset({"bill", "billingAccount", "account", "product", "agreement", "payment", "realizingService"})
_OF_A_REFERENCE = frozenset({"id", "href", "name", "@type", "@referredType", "@referredtype", "@baseType"})
_SMALL = ("@referredType", "@schemaLocation", "@baseType", "validFor", "agreementPeriod", "contactMedium", "billNo")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|\+00:00)")
_ODD = re.compile(r"urn:demo:([^/?&]+)/1")
_ODD_QUOTED = re.compile(r"urn(?::|%3A)demo(?::|%3A)([^/?&%]+)(?:/|%2F)1", re.IGNORECASE)
_ODD_KINDS = {"troubleTicket": "TroubleTicket", "customerBill": "CustomerBill"}
_PAGING = frozenset({"offset", "limit", "fields", "sort"})


def changed(strikes: Callable[[str], bool], kind: str, document: Document) -> Document:
    """One document as a server with these habits writes it."""
    for name, change in _CHANGES.items():
        if strikes(name):
            document = change(kind, document)
    return document


def _each(value: Any, change: Callable[[str, Any], tuple[str, Any]]) -> Any:
    """A document with every member changed, from the inside out."""
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return dict(change(name, _each(part, change)) for name, part in value.items())
    return value


def _words(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        if name in ("state", "status") and isinstance(value, str):
            return name, _TOOK.get(value, value[:1].upper() + value[1:])
        if name == "taxRate" and isinstance(value, Decimal) and value < 1:
            return name, value * 100
        return name, _SEVERITIES.get(value, value) if name == "severity" and isinstance(value, str) else value

    return dict(_each(document, change))


def _names(kind: str, document: Document) -> Document:
    if kind == "agreement":
        return {"validFor" if name == "agreementPeriod" else name: value for name, value in document.items()}
    if kind != "troubleTicket":
        return document
    found = {"type" if name == "ticketType" else name: value for name, value in document.items()}
    return found | ({"priority": 3} if "priority" in found else {})


def _status(kind: str, document: Document) -> Document:
    return {"status" if name == "state" and "status" not in document else name: v for name, v in document.items()}


def _untyped(kind: str, document: Document) -> Document:
    def strip(value: Any) -> Any:
        if isinstance(value, list):
            return [strip(one) for one in value]
        if isinstance(value, dict):
            return {name: strip(part) for name, part in value.items() if name != "@type"}
        return value

    return dict(strip(document))


def _misspelt(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        return ("uri" if name == "url" else name.lower() if name in _SMALL else name), value

    return dict(_each(document, change))


def _object(kind: str, document: Document) -> Document:
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) else value
        for name, value in document.items()
    }


def _empty(kind: str, document: Document) -> Document:
    spare: Document = {"relatedParty": [{}], "note": [{}]}
    if kind == "customerBill":
        spare["billingPeriod"] = {}
    return spare | document


def _roles(kind: str, document: Document) -> Document:
    def change(party: Any) -> Any:
        if not isinstance(party, dict) or "role" not in party or "partyOrPartyRole" in party:
            return party
        rest = {name: value for name, value in party.items() if name != "role"}
        return rest | {"@referredType": party["role"]}

    parties = document.get("relatedParty")
    if isinstance(parties, list):
        return document | {"relatedParty": [change(one) for one in parties]}
    return document | ({"relatedParty": change(parties)} if parties else {})


def _bools(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        return name, str(value).lower() if isinstance(value, bool) and name != "value" else value

    return dict(_each(document, change))


def _dates(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        is_stamp = isinstance(value, str) and _STAMP.fullmatch(value)
        return name, value[:19] if is_stamp else value

    return dict(_each(document, change))


def _counted(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        is_stamp = isinstance(value, str) and _STAMP.fullmatch(value)
        return name, int(datetime.fromisoformat(value).timestamp()) * 1000 if is_stamp else value

    return dict(_each(document, change))


def _commas(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        if not isinstance(value, dict) or not value.keys() <= {"unit", "value", "@type"} or "unit" not in value:
            return name, value
        said = str(value["value"]).replace(".", ",")
        return name, value | {"unit": _SIGNS.get(value["unit"], value["unit"]), "value": said}

    return dict(_each(document, change))


def _bare(kind: str, document: Document) -> Document:
    def alone(value: Any) -> Any:
        return value["id"] if isinstance(value, dict) and "id" in value and value.keys() <= _OF_A_REFERENCE else value

    def change(name: str, value: Any) -> tuple[str, Any]:
        if name not in _REFERRING:
            return name, value
        return name, [alone(one) for one in value] if isinstance(value, list) else alone(value)

    return dict(_each(document, change))


def _wrapped(kind: str, document: Document) -> Document:
    def change(name: str, value: Any) -> tuple[str, Any]:
        if not name.lower().endswith("characteristic") or not isinstance(value, list):
            return name, value
        return name, [
            one | {"value": {"value": one["value"]}} if isinstance(one.get("value"), str | bool | int) else one
            for one in value
        ]

    return dict(_each(document, change))


def _invented(kind: str, document: Document) -> Document:
    if kind != "productOrder" or str(document.get("state", document.get("status", ""))).lower() == "completed":
        return document
    moment = document.get("orderDate") or document.get("creationDate") or "2026-01-01T00:00:00Z"
    return {"expectedCompletionDate": moment} | document | {"completionDate": moment}


def _at(host: str) -> Change:
    def hrefs(kind: str, document: Document) -> Document:
        def change(name: str, value: Any) -> tuple[str, Any]:
            if name != "href" or not isinstance(value, str) or "://" not in value:
                return name, value
            return name, host + "/" + value.split("://", 1)[1].split("/", 1)[-1]

        return dict(_each(document, change))

    return hrefs


def _odd(kind: str, document: Document) -> Document:
    def walk(value: Any, is_odd: bool) -> Any:
        if isinstance(value, list):
            return [walk(one, is_odd) for one in value]
        if not isinstance(value, dict):
            return value
        referred = value.get("@referredType", value.get("@referredtype"))
        here = is_odd or referred in _ODD_KINDS.values()
        return {
            name: f"urn:demo:{part}/1" if name == "id" and here else walk(part, name in ("bill", "troubleTicket"))
            for name, part in value.items()
        }

    return dict(walk(document, kind in _ODD_KINDS))


_CHANGES: Mapping[str, Change] = {
    "own-words": _words,
    "own-names": _names,
    "bare-dates": _dates,
    "counted-dates": _counted,
    "comma-amounts": _commas,
    "wrapped-values": _wrapped,
    "invented-dates": _invented,
    "odd-ids": _odd,
    "status-for-state": _status,
    "role-in-type": _roles,
    "relative-href": _at(""),
    "foreign-href": _at("https://elsewhere.example"),
    "bool-words": _bools,
    "object-for-list": _object,
    "empty-objects": _empty,
    "no-types": _untyped,
    "bare-references": _bare,
    "misspelt": _misspelt,
}


def plain_path(path: str) -> str:
    """An address without the odd parts of an id."""
    return _ODD.sub(r"\1", path)


def cased(path: str) -> str | None:
    """The usual address for one in small letters; None where it has capitals, which is not found then."""
    parts = path.split("/")
    start = next((place for place, part in enumerate(parts) if part in ("v4", "v5")), len(parts))
    for place, part in enumerate(parts):
        if place < start:
            continue
        if part in KINDS and part != part.lower():
            return None
        usual = next((kind for kind in KINDS if kind.lower() == part), part)
        parts[place] = usual
    return "/".join(parts)


def own_names() -> dict[str, str]:
    """What resources are called in addresses in small letters."""
    return {kind: kind.lower() for kind in KINDS if kind != kind.lower()}


def asked_for(query: str, strikes: Callable[[str], bool]) -> tuple[str, bool]:
    """A list's query as a server with these habits understands it, and whether it finds nothing at all."""
    parameters = parse_qsl(_ODD_QUOTED.sub(r"\1", query), keep_blank_values=True)
    nothing = strikes("filter-empties") and any("." in name for name, _ in parameters)
    if strikes("ignored-filter"):
        parameters = [(name, value) for name, value in parameters if name in _PAGING]
    if strikes("no-fields"):
        parameters = [(name, value) for name, value in parameters if name != "fields"]
    if strikes("small-pages"):
        limit = min(int(dict(parameters).get("limit", "25") or 25), 25)
        parameters = [(name, value) for name, value in parameters if name != "limit"] + [("limit", str(limit))]
    return urlencode(parameters), nothing


def is_into_a_part(query: str) -> bool:
    """Whether a list is asked for with a filter into a part of the document."""
    return any("." in name for name, _ in parse_qsl(query, keep_blank_values=True))


def a_strangers(kind: str, documents: list[Document]) -> Document | None:
    """A document of another customer, like the first of the list; None for kinds that name nobody."""
    if not documents or "relatedParty" not in documents[0]:
        return None
    stranger: Document = decode(encode(documents[0]))
    stranger["id"] = f"X-{stranger['id']}"
    for party in stranger["relatedParty"]:
        target = party.get("partyOrPartyRole", party) if isinstance(party, dict) else {}
        target["id"] = "C-STRANGER"
    if isinstance(stranger.get("billingAccount"), dict):
        stranger["billingAccount"] = stranger["billingAccount"] | {"id": "A-STRANGER"}
    return stranger


def error_body(body: bytes, strikes: Callable[[str], bool]) -> bytes:
    """An error in one of the shapes that are seen instead of TMF630's."""
    try:
        said = decode(body)
    except msgspec.DecodeError:
        return body
    words = said.get("message") or said.get("reason", "") if isinstance(said, dict) else ""
    if strikes("error-message"):
        return encode({"message": words, "errors": [{"message": words, "path": ".body"}]})
    return encode({"detail": words}) if strikes("error-detail") else body
