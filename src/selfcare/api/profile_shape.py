"""The parts of an operator profile file, exactly as they are written in it."""

from __future__ import annotations

import msgspec


class AuthShape(msgspec.Struct, rename="camel"):
    """How to sign in."""

    issuer: str
    client_id: str
    type: str = ""
    redirect_path: str = ""
    scopes: list[str] = msgspec.field(default_factory=lambda: ["openid", "offline_access"])


class OwnerShape(msgspec.Struct, rename="camel"):
    """The filter that names the customer."""

    param: str
    value: str


class ApiShape(msgspec.Struct, rename="camel"):
    """One API."""

    base_url: str
    version: str = "v4"
    owner: OwnerShape | None = None
    max_limit: int = 100
    bill_pdf: list[str] = msgspec.field(default_factory=lambda: ["embedded", "url", "href", "document"])
    patch: list[str] = msgspec.field(default_factory=lambda: ["application/json"])
    resources: dict[str, str] = {}
    extra_headers: dict[str, str] = {}
    states: dict[str, str] = {}
    without_sign_in: bool = False


class ExitShape(msgspec.Struct, rename="camel"):
    """One step of leaving."""

    via: str
    order_category: str = ""
    ticket_type: str = ""
    scheme: str = ""
    hours: int | None = None


class HonoursShape(msgspec.Struct, rename="camel"):
    """Promises beyond the standard."""

    idempotency_key_hours: int | None = None
    external_id_filter: bool = False
    list_etag: bool = False
    owner_filter: bool = False
    missing_is_empty: bool = False
    retry_after: bool = False
    listed_after_seconds: int = 0


class HoursShape(msgspec.Struct, rename="camel"):
    """When a desk is open."""

    days: list[str]
    opens: str
    closes: str


class ChannelShape(msgspec.Struct, rename="camel"):
    """One way to reach one desk."""

    kind: str
    name: str
    address: str
    timezone: str = ""
    hours: list[HoursShape] = []
    always: bool = False
    purpose: str = ""
    closed_on: list[str] = []
    holidays: str = ""
    takes_registered: bool = False
    at_hand: str = ""
    languages: list[str] = []


class SupportShape(msgspec.Struct, rename="camel"):
    """How customers reach people."""

    channels: list[ChannelShape]
    source: str = ""
    as_of: str | None = None


class BrandingShape(msgspec.Struct, rename="camel"):
    """The operator's looks: data, never code."""

    name: str = ""
    colour: str = ""
    logo: str = ""


class ProfileShape(msgspec.Struct, rename="camel"):
    """The whole file; APIs and steps of leaving are read one by one, so that a mistake can be named exactly."""

    id: str
    name: str
    country: str
    timezone: str
    currency: str
    auth: AuthShape
    apis: dict[str, msgspec.Raw]
    hosts: list[str] = []
    extra_headers: dict[str, str] = {}
    languages: list[str] = []
    exit: dict[str, msgspec.Raw] = {}
    honours: HonoursShape = msgspec.field(default_factory=HonoursShape)
    support: SupportShape | None = None
    branding: BrandingShape = msgspec.field(default_factory=BrandingShape)
