"""Says what is different in an operator's newer profile, so that the customer sees it before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from selfcare.domain.operator import OperatorProfile
from selfcare.domain.records import Struct
from selfcare.domain.support import Channel

from .addresses import allowed_origins, origin_of, origin_of_host

_GRAVE = ("issuer", "client_id", "hosts", "extra_headers", "id", "apis.*.base_url", "apis.*.extra_headers")
_QUIET = frozenset({"logo", "support.as_of"})


class Change(Struct, frozen=True):
    """One field that is different. "" is one that was not, or is no longer, there.

    `is_grave` says that the customer's sign-in or token would go elsewhere than before; `is_twin` that a name would be
    another operator's. `desks` are the desk before and after where a way to reach the operator is different.
    """

    where: str
    before: str
    after: str
    is_grave: bool = False
    is_twin: bool = False
    desks: tuple[Channel | None, Channel | None] | None = None


def changes_between(
    before: OperatorProfile, after: OperatorProfile, is_anothers: Callable[[str], bool] = lambda name: False
) -> tuple[Change, ...]:
    """Everything that differs, what is grave first; an API is named as a whole where it comes or goes, and so is a desk
    that is different. `is_anothers` tells whether a name reads like another operator's."""
    old, new = dict(_flat(before)), dict(_flat(after))
    gone = {api for api, entry in before.apis.items() if entry is not None and not after.offers(api)}
    come = {api for api, entry in after.apis.items() if entry is not None and not before.offers(api)}
    found = [Change(f"apis.{api}", before.apis[api].version, "") for api in sorted(gone)]  # type: ignore[union-attr]
    found += [
        Change(f"apis.{api}", "", after.apis[api].version, _is_elsewhere(before, after.apis[api].base_url))  # type: ignore[union-attr]
        for api in sorted(come)
    ]
    for where in sorted(old.keys() | new.keys()):
        if (
            where in _QUIET
            or where.startswith("support.channels")
            or (where.startswith("apis.") and where.split(".")[1] in gone | come)
        ):
            continue
        first, then = old.get(where, ""), new.get(where, "")
        if first != then:
            is_twin = where in ("name", "brand") and is_anothers(then)
            found.append(Change(where, first, then, _is_grave(before, where, then), is_twin))
    found += _desks(before, after)
    return tuple(sorted(found, key=lambda change: not (change.is_grave or change.is_twin)))


def _desks(before: OperatorProfile, after: OperatorProfile) -> Iterator[Change]:
    """The ways to reach the operator that are different, each with what stood in its place."""
    old, new = (list(one.support.channels) if one.support else [] for one in (before, after))
    old, new = [desk for desk in old if desk not in new], [desk for desk in new if desk not in old]
    for desk in old:
        same = next((one for one in new if (one.kind, one.name) == (desk.kind, desk.name)), None)
        if same is not None:
            new.remove(same)
        yield Change("support.channels", desk.name, same.name if same else "", desks=(desk, same))
    for desk in new:
        yield Change("support.channels", "", desk.name, desks=(None, desk))


class Place(Struct, frozen=True):
    """A server that would be shown the customer's pass: `host` as people write it, and what for.

    `apis` are the APIs that are asked there; `is_login` that the customer signs in there, `is_spare` that the profile
    names it among its hosts for files.
    """

    host: str
    apis: tuple[str, ...] = ()
    is_login: bool = False
    is_spare: bool = False


def foreign_places(profile: OperatorProfile, address: str) -> tuple[Place, ...]:
    """The servers, other than the one the profile came from, that would be shown the customer's pass; the login first.

    An `address` "" stands for a file, which comes from nowhere: then it is every server.
    """
    own = origin_of(address if "://" in address else f"https://{address}")
    login, spare = origin_of(profile.issuer), {origin_of_host(host) for host in profile.hosts}
    asked = {api: origin_of(entry.base_url) for api, entry in profile.apis.items() if entry is not None}
    found = [
        Place(
            shown_host(origin),
            tuple(sorted(api for api, other in asked.items() if other == origin)),
            origin == login,
            origin in spare,
        )
        for origin in sorted(allowed_origins(profile))
        if origin != own
    ]
    return tuple(sorted(found, key=lambda place: not place.is_login))


def shown_host(url: str) -> str:
    """A server as people write it: its host, with the port where that is not the usual one; "" for no address."""
    origin = origin_of(url)
    return origin.split("://", 1)[1].removesuffix(":443" if origin.startswith("https") else ":80") if origin else ""


def _is_grave(before: OperatorProfile, where: str, after: str) -> bool:
    parts = where.split(".")
    plain = ".".join(["apis", "*", *parts[2:]]) if parts[0] == "apis" else where
    if plain == "apis.*.base_url":
        return _is_elsewhere(before, after)
    return any(plain == grave or plain.startswith(f"{grave}.") for grave in _GRAVE)


def _is_elsewhere(before: OperatorProfile, address: str) -> bool:
    return origin_of(address) not in allowed_origins(before)


def _flat(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, msgspec.Struct):
        value = {name: getattr(value, name) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, f"{where}.{name}" if where else str(name))
    elif isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        for number, part in enumerate(value):
            yield from _flat(part, f"{where}[{number}]")
    elif isinstance(value, tuple):
        yield where, ", ".join(map(str, value))
    elif isinstance(value, timedelta):
        seconds = value.total_seconds()
        yield where, f"{seconds:g} s" if seconds % 3600 else f"{seconds / 3600:g} h"
    elif isinstance(value, bytes):
        yield where, f"{len(value)} bytes" if value else ""
    elif value is not None:
        yield where, str(value)
