"""Keeps what Home will show in the days to come in the vault, and finds what holds now at the next start.

Knows no Qt: the next start asks here while Qt is still being loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from selfcare import __version__
from selfcare.case import CONTRACT_NOTES, NOTEBOOK
from selfcare.leaving import PLANS

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.domain.topics import Topic
    from selfcare.i18n.words import Words
    from selfcare.ui.context import Reading
    from selfcare.viewmodel.glance import Look
    from selfcare.viewmodel.home_cards import HomeFacts

_NOTE = "glance"
_ENOUGH = timedelta(days=1)


def first_look(session: Session, words: Words, now: datetime) -> Look | None:
    """What Home says now, if it was made ahead and nothing is different since; None if it must be read anew.

    For the store lane. Reads one row: neither documents nor the rooms that understand them are needed.
    """
    from selfcare.viewmodel.glance import look_for, read_glance

    return look_for(read_glance(session.note(_NOTE), _seal(session, words)), now)


def keep_ahead(
    session: Session, reading: Reading, topics: frozenset[Topic], facts_of: Callable[[Reading], HomeFacts]
) -> Iterator[None]:
    """Make what Home will show, a little at each step, and keep it with the last; nothing where that is here already.

    For the store lane.
    """
    from selfcare.viewmodel.ages import age_of, trouble_of
    from selfcare.viewmodel.glance import (
        Look,
        glance_of,
        look_for,
        looks_ahead,
        read_glance,
        turning_points,
        write_glance,
    )
    from selfcare.viewmodel.home import home_view
    from selfcare.viewmodel.shell import brand_view, shell_view

    words, zone, reader = reading.words, reading.zone, reading.reader
    seal = _seal(session, words)
    kept = read_glance(session.note(_NOTE), seal)
    if kept is not None and look_for(kept, reading.now) and reading.now + _ENOUGH < kept.looks[-1].end:
        return
    yield
    facts = facts_of(reading)
    yield
    parts = tuple(reader.freshness(*sorted(topics)))
    customer, lines, tickets, waiting = reader.customer(), len(reader.lines()), reader.tickets(), reader.waiting()

    def make(start: datetime, end: datetime, moment: datetime) -> Look:
        today = moment.astimezone(zone).date()
        return Look(
            start,
            end,
            home_view(facts_of(reading.at(moment)), words, zone, today, moment),
            age_of(parts, words, zone, today),
            trouble_of(parts, words),
            shell_view(brand_view(reading.profile).name, customer, lines, tickets, waiting, words, moment),
        )

    dues = [promise.due for promise in facts.promises] + [t.promised for t in tickets if t.promised is not None]
    looks = []
    for look in looks_ahead(make, turning_points(dues, zone, reading.now), reading.now):
        looks.append(look)
        yield
    if _seal(session, words) == seal:
        session.keep_note(_NOTE, write_glance(glance_of(seal, looks)))


def _seal(session: Session, words: Words) -> str:
    drafts = (session.draft(name) or b"" for name in (NOTEBOOK, CONTRACT_NOTES, PLANS))
    noted = " ".join(f"{len(draft)}.{crc32(draft):08x}" for draft in drafts)
    return f"{__version__} {words.language} {session.profile!r} {session.seal()} {noted}"
