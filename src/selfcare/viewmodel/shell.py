"""What stands around every page: whose account this is, and how many things wait in each room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct

if TYPE_CHECKING:
    from datetime import datetime

    from selfcare.domain.customer import Customer
    from selfcare.domain.operator import OperatorProfile
    from selfcare.domain.tickets import Ticket
    from selfcare.domain.waiting import Waiting
    from selfcare.i18n.words import Words


class Badge(Struct, frozen=True):
    """A number beside the name of a room; `said` is what a screen reader says instead of the bare number."""

    room: str
    count: int
    said: str


class BrandView(Struct, frozen=True):
    """How an operator wants to be known: data, never code. `colour` is #rrggbb or "", `logo` a PNG or JPEG or b""."""

    name: str
    colour: str = ""
    logo: bytes = b""


def brand_view(profile: OperatorProfile) -> BrandView:
    """The name, colour and sign of an operator."""
    return BrandView(profile.names[0], profile.colour, profile.logo)


class ShellView(Struct, frozen=True):
    """The head of the sidebar and its badges. `who` is "Claire Martin · 3 lines"."""

    operator: str
    who: str
    badges: tuple[Badge, ...] = ()


def shell_view(
    operator: str,
    customer: Customer | None,
    line_count: int,
    tickets: Sequence[Ticket],
    waiting: Sequence[Waiting],
    words: Words,
    now: datetime,
) -> ShellView:
    """The surroundings of the pages, from what was last read."""
    from selfcare.domain.waiting import WaitingState

    parts: list[str] = []
    if customer is not None and customer.name:
        parts.append(customer.name)
    if line_count:
        parts.append(words.trn("{count} line", "{count} lines", line_count))
    badges: list[Badge] = []
    missed = sum(1 for t in tickets if t.is_broken(now))
    if missed:
        badges.append(Badge("help", missed, words.trn("{count} promise missed", "{count} promises missed", missed)))
    asked = sum(1 for w in waiting if w.is_open)
    if asked:
        said = words.trn("{count} request on its way", "{count} requests on their way", asked)
        if any(w.state is WaitingState.ASK for w in waiting):
            said = words.trn("{count} request, one needs you", "{count} requests, one needs you", asked)
        badges.append(Badge("waiting", asked, said))
    return ShellView(operator, " · ".join(parts), tuple(badges))
