"""Who can be reached, and whether anybody is there now: open, closed, or opens on Monday at 08:00."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct
from selfcare.domain.support import Channel, ChannelKind, Hours, Openness, Support, openness
from selfcare.i18n import Words

from .facts import TagView, Tone


class ChannelView(Struct, frozen=True):
    """One way to reach one desk. `when` says when that changes, `hours` is what the operator advertises."""

    kind: str
    name: str
    address: str
    purpose: str
    tag: TagView
    when: str
    hours: str


class SupportView(Struct, frozen=True):
    """Every desk: those that are open now come first; the postal addresses stand apart."""

    channels: tuple[ChannelView, ...]
    post: tuple[ChannelView, ...]
    source: str


def support_view(support: Support, words: Words, now: datetime, home: ZoneInfo) -> SupportView:
    """All channels at an instant; `home` is the zone the customer reads times in."""
    shown = [(c, openness(c, now)) for c in support.channels]
    shown.sort(key=lambda pair: _rank(pair[1]))
    desks = tuple(channel_view(c, o, words, now, home) for c, o in shown if c.kind is not ChannelKind.POST)
    post = tuple(channel_view(c, o, words, now, home) for c, o in shown if c.kind is ChannelKind.POST)
    source = ""
    if support.as_of is not None:
        source = words.tr("As your operator stated on {day}.", day=words.short_day(support.as_of))
    return SupportView(desks, post, source)


def channel_view(channel: Channel, state: Openness, words: Words, now: datetime, home: ZoneInfo) -> ChannelView:
    """One channel, with its state by its own clock."""
    zone = ZoneInfo(channel.zone)
    hours = hours_text(channel.hours, words)
    if hours and zone.key != home.key:
        hours = words.tr("{hours}, time of {place}", hours=hours, place=zone.key.rsplit("/", 1)[-1].replace("_", " "))
    if channel.always:
        hours = words.tr("around the clock, says your operator")
    is_post = channel.kind is ChannelKind.POST
    return ChannelView(
        kind=_kind(channel.kind, words),
        name=channel.name,
        address=channel.address,
        purpose=channel.purpose,
        tag=TagView(words.tr("letters"), Tone.QUIET) if is_post else _tag(state, words),
        when="" if is_post else _when(state, words, now, zone),
        hours=hours,
    )


def hours_text(hours: Iterable[Hours], words: Words) -> str:
    """Opening hours on one line: days with the same hours are put together, "Mon–Fri 08:00–20:00, Sat 09:00–17:00"."""
    by_day: dict[int, list[tuple[time, time]]] = {}
    for h in sorted(hours, key=lambda h: (h.weekday, h.opens)):
        by_day.setdefault(h.weekday, []).append((h.opens, h.closes))
    runs: list[tuple[int, int, list[tuple[time, time]]]] = []
    for day, spans in sorted(by_day.items()):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return ", ".join(_run(first, last, spans, words) for first, last, spans in runs)


def _run(first: int, last: int, spans: list[tuple[time, time]], words: Words) -> str:
    names = _weekdays(words)
    days = names[first] if first == last else f"{names[first]}–{names[last]}"
    times = ", ".join(f"{o:%H:%M}–{c:%H:%M}" for o, c in spans)
    return f"{days} {times}"


def _weekdays(words: Words) -> tuple[str, ...]:
    return (
        words.trc("weekday", "Mon"),
        words.trc("weekday", "Tue"),
        words.trc("weekday", "Wed"),
        words.trc("weekday", "Thu"),
        words.trc("weekday", "Fri"),
        words.trc("weekday", "Sat"),
        words.trc("weekday", "Sun"),
    )


def _rank(state: Openness) -> int:
    return {True: 0, False: 1, None: 2}[state.is_open]


def _tag(state: Openness, words: Words) -> TagView:
    if state.is_open is None:
        return TagView(words.tr("hours not stated"))
    return TagView(words.tr("open now"), Tone.GOOD) if state.is_open else TagView(words.tr("closed now"), Tone.WARN)


def _when(state: Openness, words: Words, now: datetime, zone: ZoneInfo) -> str:
    if state.changes is None:
        return ""
    today = now.astimezone(zone).date()
    far = words.length(state.changes - now)
    if state.is_open:
        return words.tr("closes at {time}, in {far}", time=words.clock(state.changes, zone), far=far)
    local = state.changes.astimezone(zone)
    if local.date() == today:
        return words.tr("opens today at {time}, in {far}", time=words.clock(state.changes, zone), far=far)
    return words.tr(
        "opens {day} {time}, in {far}",
        day=words.day(local.date(), today),
        time=words.clock(state.changes, zone),
        far=far,
    )


def _kind(kind: ChannelKind, words: Words) -> str:
    return {
        ChannelKind.PHONE: words.tr("Phone"),
        ChannelKind.CHAT: words.tr("Chat"),
        ChannelKind.EMAIL: words.tr("E-mail"),
        ChannelKind.POST: words.tr("Post"),
        ChannelKind.SHOP: words.tr("Shop"),
        ChannelKind.WEB: words.tr("Web"),
    }[kind]
