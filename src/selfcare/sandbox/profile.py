"""What a demo operator publishes about itself: where its APIs are, what it honours, how its desks are reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from .brands import Brand
from .catalogue import BASES, KINDS, base
from .documents import Document
from .keys import KEY_LIFE
from .logo import logo
from .oidc import CLIENT_ID, SCOPES
from .orders import UNLOCK_TAKES
from .paging import LARGEST_PAGE
from .sloppy import own_names

_WEEK = ["mon", "tue", "wed", "thu", "fri"]
_OWNERS = {
    "TMF620": None,
    "TMF621": ("relatedParty.id", "{customerId}"),
    "TMF622": None,
    "TMF629": None,
    "TMF632": None,
    "TMF637": ("relatedParty.id", "{customerId}"),
    "TMF638": ("relatedParty.id", "{customerId}"),
    "TMF646": ("relatedParty.id", "{customerId}"),
    "TMF651": ("engagedParty.id", "{customerId}"),
    "TMF656": None,
    "TMF666": ("relatedParty.id", "{customerId}"),
    "TMF667": ("relatedParty.id", "{customerId}"),
    "TMF676": ("account.id", "{accountId}"),
    "TMF678": ("billingAccount.id", "{accountId}"),
    "TMF681": ("receiver.party.id", "{customerId}"),
    "TMF683": ("relatedParty.id", "{customerId}"),
}


def profile_of(brand: Brand, issuer: str, today: date, versions: Mapping[str, str] | None = None) -> Document:
    """A brand's operator profile, as `operator-profile.schema.json` describes it; `versions` by API ("v4", "v5")."""
    spoken = versions or {}
    return {
        "id": brand.id,
        "name": brand.name,
        "country": brand.country,
        "timezone": brand.zone,
        "currency": brand.currency,
        "auth": {
            "type": "oauth2-authorization-code-pkce",
            "issuer": issuer,
            "clientId": CLIENT_ID,
            "scopes": list(SCOPES),
        },
        "hosts": [],
        "extraHeaders": {},
        "apis": {api: _entry(api, issuer, spoken.get(api, "v4")) for api in sorted(BASES)},
        "exit": {
            "portCode": {
                "via": "TMF622",
                "orderCategory": "portOutCode",
                "scheme": brand.schemes[0],
                "hours": 1,
            },
            "unlock": {
                "via": "TMF622",
                "orderCategory": "deviceUnlock",
                "hours": int(UNLOCK_TAKES.total_seconds() // 3600),
            },
            "notice": {"via": "TMF622", "orderCategory": "termination"},
        },
        "honours": {
            "idempotencyKeyHours": int(KEY_LIFE.total_seconds() // 3600),
            "externalIdFilter": True,
            "listEtag": True,
            "ownerFilter": True,
            "retryAfter": True,
        },
        "support": {
            "channels": [_told(one, brand.country) for one in _channels(brand)],
            "source": brand.name,
            "asOf": today.isoformat(),
        },
        "branding": {"name": brand.name, "colour": brand.colour, "logo": logo(brand.colour)},
        "languages": [brand.language],
    }


def with_habits(profile: Document, strikes: Callable[[str], object]) -> Document:
    """What the operator says of its own habits: an honest profile keeps others from guessing."""
    honours = profile["honours"]
    if strikes("empty-404"):
        honours = honours | {"missingIsEmpty": True}
    if any(map(strikes, ("ignored-filter", "filter-empties", "filter-refused"))):
        honours = honours | {"ownerFilter": False, "externalIdFilter": False}
    if strikes("no-etag"):
        honours = honours | {"listEtag": False}
    if strikes("lower-path"):
        for api, entry in profile["apis"].items():
            if entry is not None:
                entry["resources"] = {k: v for k, v in own_names().items() if KINDS[k].api == api}
    return profile | {"honours": honours}


def _entry(api: str, issuer: str, version: str) -> Document:
    owner = _OWNERS[api]
    if owner is not None and version == "v5":
        owner = owner[0].replace("relatedParty.id", "relatedParty.partyOrPartyRole.id"), owner[1]
    entry: Document = {
        "version": version,
        "baseUrl": issuer + base(api, version),
        "owner": None if owner is None else {"param": owner[0], "value": owner[1]},
        "maxLimit": LARGEST_PAGE,
    }
    if api == "TMF678":
        entry["billPdf"] = ["embedded", "url", "href", "document"]
    if api == "TMF656":
        entry["withoutSignIn"] = True
    if api == "TMF621":
        kinds = ["application/json", "application/merge-patch+json"]
        entry["patch"] = kinds if version == "v4" else kinds[::-1]
    return entry


def _channel(
    kind: str, name: str, to: str, zone: str, purpose: str, *hours: Document, always: bool = False
) -> Document:
    channel: Document = {"kind": kind, "name": name, "address": to, "timezone": zone, "purpose": purpose}
    if always:
        channel["always"] = True
    if hours:
        channel["hours"] = list(hours)
    return channel


_AT_HAND = {
    "GB": "your phone number, the account number on your bill, your postcode",
    "FR": "votre numéro de ligne, le numéro de client de votre facture",
}


def _told(channel: Document, country: str) -> Document:
    """A channel with its holidays, its languages and what to have at hand."""
    more: Document = {"languages": {"GB": ["en"], "FR": ["fr"]}[country]}
    if channel.get("hours") and channel["kind"] in {"phone", "shop"}:
        more["holidays"] = {"GB": "GB-ENG", "FR": "FR"}[country]
    if channel["kind"] == "post":
        more["takesRegistered"] = True
    if channel["kind"] == "phone":
        more["atHand"] = _AT_HAND[country]
    return channel | more


def _open(days: list[str], opens: str, closes: str) -> Document:
    return {"days": days, "opens": opens, "closes": closes}


def _channels(brand: Brand) -> list[Document]:
    zone = brand.zone
    if brand.country == "GB":
        return [
            _channel(
                "phone",
                "Customer care",
                "+44 20 7946 0150",
                zone,
                "bills, faults, contracts",
                _open(_WEEK, "08:00", "20:00"),
                _open(["sat"], "09:00", "17:00"),
            ),
            _channel("phone", "Lost or stolen SIM", "+44 20 7946 0151", zone, "blocking a SIM", always=True),
            _channel("phone", "Leaving us", "+44 20 7946 0152", zone, "cancellations", _open(_WEEK, "09:00", "18:00")),
            _channel("chat", "Chat", "https://chat.orvane.example/", zone, "questions", _open(_WEEK, "09:00", "21:00")),
            _channel("email", "Complaints", "complaints@orvane.example", zone, "complaints"),
            _channel(
                "post",
                "Complaints team",
                "Orvane Mobile, Complaints, 1 Example Wharf, London E1 0XX",
                zone,
                "registered letters",
            ),
            _channel(
                "shop",
                "Shop, Example Street",
                "22 Example Street, Bristol BS1 0XX",
                zone,
                "handsets, SIM cards",
                _open([*_WEEK, "sat"], "09:30", "18:00"),
                _open(["sun"], "11:00", "16:00"),
            ),
        ]
    return [
        _channel(
            "phone",
            "Service clients",
            "+33 1 99 00 01 50",
            zone,
            "factures, pannes, contrats",
            _open([*_WEEK, "sat"], "08:00", "20:00"),
        ),
        _channel("phone", "Perte ou vol", "+33 1 99 00 01 51", zone, "bloquer une carte SIM", always=True),
        _channel("phone", "RIO", "3179", zone, "obtenir son RIO", always=True),
        _channel("phone", "Résiliation", "+33 1 99 00 01 52", zone, "résiliation", _open(_WEEK, "09:00", "18:00")),
        _channel("email", "Réclamations", "reclamations@orvane.example", zone, "réclamations"),
        _channel(
            "post",
            "Service réclamations",
            "Orvane France, Service réclamations, TSA 00000, 99999 Exempleville Cedex",
            zone,
            "lettres recommandées",
        ),
        _channel(
            "shop",
            "Boutique, rue de l'Exemple",
            "3 rue de l'Exemple, 69000 Lyon",
            zone,
            "téléphones, cartes SIM",
            _open(["tue", "wed", "thu", "fri", "sat"], "10:00", "19:00"),
        ),
    ]
