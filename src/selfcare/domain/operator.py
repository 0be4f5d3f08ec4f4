"""An operator as its published profile describes it: what it offers, where, in which version, and what it honours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from .records import Struct, field
from .support import Support

ARCHIVE = "archive"
"""The id of what stands where other accounts have an operator."""


class ApiEntry(Struct, frozen=True):
    """One API of the operator's: where it is, how it wants to be asked.

    `owner_param` is the filter that names the customer (empty: the token alone decides), `owner_value` what goes in,
    with {customerId}, {partyId} or {accountId} as place holders. `pdf` lists the ways to a bill's PDF, in order;
    `patch` the content types that PATCH takes, best first; `names` resources that are called otherwise in addresses;
    `extra_headers` are sent with every request to it; `states` are its own words for states, with the standard's.
    `is_open` says that its lists may be read by anybody, without signing in.
    """

    api: str
    version: str
    base_url: str
    owner_param: str = ""
    owner_value: str = ""
    page_size: int = 100
    pdf: tuple[str, ...] = ()
    patch: tuple[str, ...] = ("application/json",)
    names: Mapping[str, str] = field(default_factory=dict)
    extra_headers: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = False

    def resource(self, kind: str) -> str:
        """What a TMF resource is called in this operator's addresses."""
        return self.names.get(kind, kind)


def is_open_list(profile: OperatorProfile) -> bool:
    """The known problems (TMF656) may be read by anybody, without signing in: so the profile says."""
    entry = profile.apis.get("TMF656")
    return entry is not None and entry.is_open


class Honours(Struct, frozen=True):
    """What the operator promises beyond the standard; without a promise we do not rely on it.

    `key_life` is how long an Idempotency-Key is remembered (None: not at all), `external_id_filter` that lists can be
    filtered by our externalId, `list_etag` that a list's ETag covers the whole filtered list, not the page alone,
    `owner_filter` that an empty answer to the owner's filter means that there is nothing, `missing_is_empty` that a
    list without documents is answered with 404, `retry_after` that Retry-After is sent where patience is asked for,
    `listed_after` how long it may take until what was taken stands in the lists.
    """

    key_life: timedelta | None = None
    external_id_filter: bool = False
    list_etag: bool = False
    owner_filter: bool = False
    missing_is_empty: bool = False
    retry_after: bool = False
    listed_after: timedelta = timedelta(0)


class ExitWay(Struct, frozen=True):
    """How one step of leaving is asked for: `via` is TMF622 or TMF621, `category` the order's or ticket's type.

    `hours` is the operator's own promise of how long it takes.
    """

    via: str
    category: str
    scheme: str = ""
    hours: int | None = None


class OperatorProfile(Struct, frozen=True):
    """One operator. `apis` maps "TMF678" to its entry; an API that is absent or None is not offered.

    `hosts` are the only hosts that may be sent the customer's token or opened as a link. `exit` maps portCode, unlock,
    notice to the way they are asked for. `zone` is the operator's IANA time zone. `redirect_path` is where the sign-in
    page sends the browser back to on this computer, where the operator has registered one path only (empty: any).

    `brand`, `colour` (#rrggbb) and `logo` (PNG or JPEG) are its looks, `languages` (BCP 47) what its people speak.
    """

    id: str
    name: str
    country: str
    zone: str
    currency: str
    issuer: str
    client_id: str
    scopes: tuple[str, ...]
    apis: Mapping[str, ApiEntry | None]
    hosts: tuple[str, ...] = ()
    extra_headers: Mapping[str, str] = field(default_factory=dict)
    exit: Mapping[str, ExitWay] = field(default_factory=dict)
    honours: Honours = Honours()
    support: Support | None = None
    colour: str = ""
    redirect_path: str = ""
    brand: str = ""
    logo: bytes = b""
    languages: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it goes by, the one that is shown first: its brand, where it has one, and its own."""
        brand = self.brand.strip()
        return (brand, self.name) if brand and brand != self.name else (self.name,)

    @property
    def is_archive(self) -> bool:
        """There is no operator to ask: the account holds papers that the customer already had."""
        return not self.issuer

    def offers(self, api: str) -> bool:
        """The operator says that it has this API."""
        return self.apis.get(api) is not None

    def is_open(self, api: str) -> bool:
        """The operator says that anybody may read this API's lists, without signing in."""
        entry = self.apis.get(api)
        return entry is not None and entry.is_open
