"""Keeps the ways to reach the operator that the customer noted by hand, beside what its profile states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from selfcare.case import DESKS
from selfcare.domain.records import replace
from selfcare.domain.support import Channel, Support

if TYPE_CHECKING:
    from .session import Session

KEPT_AS = DESKS
MOST_DESKS = 50
"""So many noted ways are kept at the most; the latest."""


def desks_from(kept: bytes | None) -> tuple[Channel, ...]:
    """The ways as they were kept. Raises ValueError for what cannot be read."""
    if not kept:
        return ()
    try:
        return _DECODER.decode(kept)
    except msgspec.MsgspecError as wrong:
        raise ValueError("the noted desks cannot be read") from wrong


def with_desks(stated: Support | None, kept: bytes | None) -> Support | None:
    """What the operator states of how it can be reached, and behind it what the customer noted, as far as that can be
    read."""
    try:
        noted = desks_from(kept)
    except ValueError:
        noted = ()
    if not noted:
        return stated
    return Support(noted) if stated is None else replace(stated, channels=(*stated.channels, *noted))


def keep_desk(session: Session, desk: Channel) -> None:
    """Note a way to reach the operator. Raises ValueError where what was noted before cannot be read."""
    before = (one for one in desks_from(session.reader.draft(KEPT_AS)) if one != desk)
    session.save_draft(KEPT_AS, msgspec.json.encode((*before, replace(desk, is_noted=True))[-MOST_DESKS:]))


def drop_desk(session: Session, desk: Channel) -> None:
    """Take a noted way away."""
    left = tuple(one for one in desks_from(session.reader.draft(KEPT_AS)) if one != desk)
    session.save_draft(KEPT_AS, msgspec.json.encode(left))


_DECODER = msgspec.json.Decoder(tuple[Channel, ...])
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
