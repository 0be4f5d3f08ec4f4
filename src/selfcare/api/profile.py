"""Reads an operator's published profile: where its APIs are, how to sign in, what it offers and promises."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from selfcare.domain.failures import ProfileError
from selfcare.domain.operator import ApiEntry, ExitWay, Honours, OperatorProfile
from selfcare.domain.support import Channel, ChannelKind, Hours, Support
from selfcare.domain.workdays import CALENDARS

from .addresses import origin_of, origin_of_host
from .profile_shape import ApiShape, ChannelShape, ExitShape, ProfileShape, SupportShape
from .strict_json import says_twice

TAG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A language tag (BCP 47), as far as anybody writes it."""

LARGEST_PROFILE = 1 << 20
"""Bytes of a profile; a greater one is not read."""

_LATEST_LISTED = 24 * 3600
"""Seconds; an operator whose lists are later than that must not promise anything by them."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OWNER = r"(?:[^\s{}]|\{(?:customerId|partyId|accountId)\})+"
"""What an owner filter may be set to: no other place holder is ever filled in."""
_PDF = ("embedded", "url", "href", "document")
_PATCH = frozenset({"application/json", "application/merge-patch+json", "application/json-patch+json"})
_STEPS = {"portCode": "portOutCode", "unlock": "deviceUnlock", "notice": "termination"}
_OURS = frozenset(
    {"authorization", "cookie", "host", "content-length", "content-type", "transfer-encoding", "connection"}
    | {
        "accept",
        "accept-encoding",
        "cache-control",
        "if-match",
        "if-none-match",
        "idempotency-key",
        "dpop",
        "user-agent",
        "proxy-authorization",
    }
)
_SIGNS = r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*"
"""The signs of a name: nothing that steers a terminal, ends a line or turns the words after it around."""
_BYTE = r"\(byte (\d+)\)"
_MISSING = r"missing required field `([^`]+)`"
_PLACE = r" - at `\$\.?([^`]*)`"
_LARGEST_LOGO = 128 * 1024
_PICTURES = {"data:image/png;base64": b"\x89PNG\r\n\x1a\n", "data:image/jpeg;base64": b"\xff\xd8\xff"}

_S = TypeVar("_S")
_DECODERS: dict[Any, Any] = {kind: msgspec.json.Decoder(kind) for kind in (ProfileShape, ApiShape, ExitShape)}
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""


def read_profile(text: bytes) -> OperatorProfile:
    """The profile in a JSON file (see resources/api/operator-profile.schema.json); keys we do not know are ignored.

    Raises ProfileError with the line of a JSON mistake, or the field that is missing, of a wrong type or value, or
    there twice, and the line on which it stands.
    """
    if len(text) > LARGEST_PROFILE:
        raise ProfileError("", "size")
    text = text.removeprefix(b"\xef\xbb\xbf")
    try:
        return _read(text)
    except ProfileError as error:
        if error.problem != "json" and not error.line:
            from .json_places import line_of

            error.line = line_of(text.decode("utf-8", "replace"), error.where)
        raise


def _read(text: bytes) -> OperatorProfile:
    shape = _decode(text, ProfileShape, "")
    if says_twice(text):
        from .json_places import twin_in

        where, line = twin_in(text.decode("utf-8", "replace"))
        twin = ProfileError(where, "twice")
        twin.line = line
        raise twin
    zone = _zone(shape.timezone, "timezone")
    languages = _languages(shape.languages, "languages")
    apis = {name: _api(name, raw) for name, raw in shape.apis.items()}
    profile = OperatorProfile(
        id=_like(shape.id, r"[a-z0-9][a-z0-9-]{0,63}", "id"),
        name=_text(shape.name, 200, "name", least=1),
        country=_like(shape.country, r"[A-Z]{2}", "country"),
        zone=zone,
        currency=_like(shape.currency, r"[A-Z]{3}", "currency"),
        issuer=_url(shape.auth.issuer, "auth.issuer"),
        client_id=_like(shape.auth.client_id, r"[\x20-\x7e]{1,200}", "auth.clientId"),
        scopes=_scopes(shape.auth.scopes),
        apis=apis,
        hosts=tuple(_host(host, f"hosts[{n}]") for n, host in enumerate(shape.hosts)),
        extra_headers=_headers(shape.extra_headers),
        exit={step: way for step, way in _exit(shape.exit).items() if apis.get(way.via) is not None},
        honours=_honours(shape),
        support=_support(shape.support, zone, languages) if shape.support is not None else None,
        redirect_path=_like(shape.auth.redirect_path, r"(/[A-Za-z0-9._~/-]{0,100})?", "auth.redirectPath"),
        colour=_like(shape.branding.colour, r"(#[0-9A-Fa-f]{6})?", "branding.colour"),
        brand=_text(shape.branding.name, 200, "branding.name"),
        logo=_logo(shape.branding.logo),
        languages=languages,
    )
    if shape.auth.type not in ("", "oauth2-authorization-code-pkce"):
        raise ProfileError("auth.type", "value")
    return profile


def _decode(text: bytes, shape: type[_S], place: str) -> _S:
    try:
        found: _S = _DECODERS[shape].decode(text)
        return found
    except msgspec.ValidationError as error:
        raise _field_error(str(error), place) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        byte = re.search(_BYTE, str(error))
        end = int(byte[1]) if byte else len(text)
        line = text.count(b"\n", 0, end) + 1
        raise ProfileError(f"line {line}", "json") from None


def _field_error(message: str, place: str) -> ProfileError:
    at = re.search(_PLACE, message)
    path = [part for part in (place, at[1] if at else "") if part]
    missing = re.search(_MISSING, message)
    if missing:
        path.append(missing[1])
    return ProfileError(".".join(path).replace(".[", "[") or "line 1", "missing" if missing else "type")


def _like(value: str, pattern: str, where: str) -> str:
    if not re.fullmatch(pattern, value):
        raise ProfileError(where, "value")
    return value


def _text(value: str, most: int, where: str, least: int = 0) -> str:
    if len(value) > most or len(value.strip()) < least:
        raise ProfileError(where, "value")
    return _like(value, _SIGNS, where)


def _among(value: str, known: Iterable[str], where: str) -> str:
    if value not in tuple(known):
        raise ProfileError(where, "value")
    return value


def _version(value: str, where: str) -> str:
    if value not in ("v4", "v5"):
        raise ProfileError(where, "version")
    return value


def _url(value: str, where: str) -> str:
    if value.casefold().startswith("http://") and not origin_of(value):
        raise ProfileError(where, "plain")
    if not origin_of(value) or "?" in value or "#" in value:
        raise ProfileError(where, "value")
    return value.rstrip("/") if where != "auth.issuer" else value


def _zone(name: str, where: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise ProfileError(where, "value") from None
    return name


def _host(value: str, where: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", value) or not origin_of_host(value):
        raise ProfileError(where, "value")
    return value.casefold()


def _logo(said: str) -> bytes:
    """The picture inside a data: address; PNG or JPEG alone, because other kinds may carry code."""
    if not said:
        return b""
    kind, comma, packed = said.partition(",")
    if kind not in _PICTURES or not comma or len(said) > _LARGEST_LOGO:
        raise ProfileError("branding.logo", "value")
    try:
        picture = base64.b64decode(packed, validate=True)
    except ValueError:
        raise ProfileError("branding.logo", "value") from None
    if not picture.startswith(_PICTURES[kind]):
        raise ProfileError("branding.logo", "value")
    return picture


def _scopes(scopes: list[str]) -> tuple[str, ...]:
    checked = [_like(s, r"[\x21\x23-\x5B\x5D-\x7E]{1,200}", f"auth.scopes[{n}]") for n, s in enumerate(scopes)]
    return tuple(dict.fromkeys(["openid", *checked]))


def _headers(headers: dict[str, str], place: str = "") -> Mapping[str, str]:
    for name, value in headers.items():
        where = f"{place}extraHeaders.{name}"
        _like(name, r"[A-Za-z0-9-]{1,64}", f"{place}extraHeaders")
        _like(value, r"[\x20-\x7E]{0,1024}", where)
        if name.casefold() in _OURS:
            raise ProfileError(where, "value")
    return dict(headers)


def _api(name: str, raw: msgspec.Raw) -> ApiEntry | None:
    place = f"apis.{name}"
    _like(name, r"TMF[0-9]{3}", "apis")
    if bytes(raw) == b"null":
        return None
    shape = _decode(bytes(raw), ApiShape, place)
    if not 1 <= shape.max_limit <= 5000:
        raise ProfileError(f"{place}.maxLimit", "value")
    for n, way in enumerate(shape.bill_pdf):
        template = way.removeprefix("template:")
        if way not in _PDF and (template == way or not origin_of(template.replace("{billId}", "x"))):
            raise ProfileError(f"{place}.billPdf[{n}]", "value")
    for n, kind in enumerate(shape.patch):
        if kind not in _PATCH:
            raise ProfileError(f"{place}.patch[{n}]", "value")
    return ApiEntry(
        api=name,
        version=_version(shape.version, f"{place}.version"),
        base_url=_url(shape.base_url, f"{place}.baseUrl"),
        owner_param=_like(shape.owner.param, r"\S+", f"{place}.owner.param") if shape.owner else "",
        owner_value=_like(shape.owner.value, _OWNER, f"{place}.owner.value") if shape.owner else "",
        page_size=shape.max_limit,
        pdf=tuple(shape.bill_pdf),
        patch=tuple(shape.patch) or ("application/json",),
        names={
            _like(kind, r"[a-z][A-Za-z]{1,63}", f"{place}.resources"): _like(
                said, r"[A-Za-z0-9._~-]{1,64}", f"{place}.resources.{kind}"
            )
            for kind, said in shape.resources.items()
        },
        extra_headers=_headers(shape.extra_headers, f"{place}."),
        states=_states(name, shape.states, f"{place}.states"),
        is_open=_open(name, shape.without_sign_in, place),
    )


def _states(api: str, words: dict[str, str], place: str) -> Mapping[str, str]:
    """The operator's own words; each must lead to one that the standard knows."""
    if not words:
        return {}
    from .state_words import BY_API

    known = BY_API.get(api)
    for word, said in words.items():
        _like(word, r"\S.{0,99}", place)
        if known is not None and known.meaning(said) is None:
            raise ProfileError(f"{place}.{word}", "value")
    return dict(words)


def _open(name: str, is_open: bool, place: str) -> bool:
    """Only what says nothing of a customer may be promised to everybody: the known problems of the network."""
    if is_open and name != "TMF656":
        raise ProfileError(f"{place}.withoutSignIn", "value")
    return is_open


def _exit(steps: dict[str, msgspec.Raw]) -> Mapping[str, ExitWay]:
    """The ways out as the operator names them; the caller drops those that lead to an API it does not offer."""
    ways: dict[str, ExitWay] = {}
    for name, usual in _STEPS.items():
        raw = bytes(steps.get(name, msgspec.Raw(b"null")))
        if raw == b"null":
            continue
        shape = _decode(raw, ExitShape, f"exit.{name}")
        if shape.hours is not None and shape.hours < 0:
            raise ProfileError(f"exit.{name}.hours", "value")
        category = shape.order_category if shape.via == "TMF622" else shape.ticket_type
        ways[name] = ExitWay(
            via=_among(shape.via, ("TMF622", "TMF621"), f"exit.{name}.via"),
            category=category or usual,
            scheme=_among(shape.scheme, ("", "PAC", "STAC", "RIO", "PIN"), f"exit.{name}.scheme"),
            hours=shape.hours,
        )
    return ways


def _honours(shape: ProfileShape) -> Honours:
    hours = shape.honours.idempotency_key_hours
    if hours is not None and not 1 <= hours <= 8760:
        raise ProfileError("honours.idempotencyKeyHours", "value")
    life = timedelta(hours=hours) if hours is not None else None
    said = shape.honours
    if not 0 <= said.listed_after_seconds <= _LATEST_LISTED:
        raise ProfileError("honours.listedAfterSeconds", "value")
    return Honours(
        life, said.external_id_filter, said.list_etag, said.owner_filter, said.missing_is_empty, said.retry_after,
        timedelta(seconds=said.listed_after_seconds),
    )  # fmt: skip


def _support(shape: SupportShape, zone: str, languages: tuple[str, ...]) -> Support:
    """A desk that names no language speaks those of the operator."""
    channels = tuple(_channel(c, f"support.channels[{n}]", zone, languages) for n, c in enumerate(shape.channels))
    try:
        as_of = date.fromisoformat(shape.as_of) if shape.as_of else None
    except ValueError:
        raise ProfileError("support.asOf", "value") from None
    return Support(channels, shape.source, as_of)


def _channel(shape: ChannelShape, place: str, zone: str, languages: tuple[str, ...]) -> Channel:
    hours: list[Hours] = []
    for n, span in enumerate(shape.hours):
        opens, closes = (
            _clock(v, f"{place}.hours[{n}].{k}") for k, v in (("opens", span.opens), ("closes", span.closes))
        )
        for day in span.days:
            if day not in _DAYS:
                raise ProfileError(f"{place}.hours[{n}].days", "value")
            hours.append(Hours(_DAYS.index(day), opens, closes))
    return Channel(
        kind=ChannelKind(_among(shape.kind, ChannelKind, f"{place}.kind")),
        name=shape.name,
        address=shape.address,
        zone=_zone(shape.timezone or zone, f"{place}.timezone"),
        hours=tuple(hours),
        always=shape.always,
        purpose=shape.purpose,
        closed_on=tuple(_day(day, f"{place}.closedOn[{n}]") for n, day in enumerate(shape.closed_on)),
        calendar=_among(shape.holidays, ("", *CALENDARS), f"{place}.holidays"),
        registered=shape.takes_registered,
        at_hand=_text(shape.at_hand, 300, f"{place}.atHand"),
        languages=tuple(_like(tag, TAG, f"{place}.languages[{n}]") for n, tag in enumerate(shape.languages))
        or languages,
    )


def _languages(tags: list[str], where: str) -> tuple[str, ...]:
    return tuple(_like(tag, TAG, f"{where}[{n}]") for n, tag in enumerate(tags))


def _day(value: str, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ProfileError(where, "value") from None


def _clock(value: str, where: str) -> time:
    _like(value, r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00", where)
    return time(int(value[:2]) % 24, int(value[3:]))
