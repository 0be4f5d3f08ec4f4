"""Who can be reached, and whether anybody is there now: open, closed, or opens on Monday at 08:00."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.answered import answered
from selfcare.case.contacts import Told
from selfcare.domain.records import Struct
from selfcare.domain.support import Channel, ChannelKind, Hours, Openness, Support, openness
from selfcare.i18n import Words

from .clocks import place_of
from .facts import TagView, Tone

MIDNIGHT = time()


class ChannelView(Struct, frozen=True):
    """One way to reach one desk. `when` says when that changes, `hours` is what the operator advertises, `more`
    what else is to be known: holidays, languages, what to have at hand, registered letters."""

    kind: str
    name: str
    address: str
    purpose: str
    tag: TagView
    when: str
    hours: str
    more: tuple[str, ...] = ()
    noted: Channel | None = None
    """What the customer wrote down, to take it away; None for what the operator states."""


class SupportView(Struct, frozen=True):
    """Every desk: those that are open now come first; the postal addresses stand apart."""

    channels: tuple[ChannelView, ...]
    post: tuple[ChannelView, ...]
    source: str
    tried: tuple[str, ...] = ()


def support_view(
    support: Support,
    words: Words,
    now: datetime,
    home: ZoneInfo,
    told: Collection[Told] = (),
    *,
    is_elsewhere: bool = False,
) -> SupportView:
    """All channels at an instant; `home` is the operator's zone, `told` the customer's contacts.

    A desk's own clock is named where it is not the operator's, or where the customer's computer goes by another one
    (`is_elsewhere`). Postal addresses that take registered letters come first.
    """
    shown = [(c, openness(c, now)) for c in support.channels]
    shown.sort(key=lambda pair: _rank(pair[1]))
    reader = None if is_elsewhere else home
    desks = tuple(channel_view(c, o, words, now, reader) for c, o in shown if c.kind is not ChannelKind.POST)
    shown.sort(key=lambda pair: not pair[0].registered)
    post = tuple(channel_view(c, o, words, now, reader) for c, o in shown if c.kind is ChannelKind.POST)
    source = ""
    if support.as_of is not None:
        source = words.tr("As your operator stated on {day}.", day=words.short_day(support.as_of))
    return SupportView(desks, post, source, tried_sentences(support, words, told))


def channel_view(channel: Channel, state: Openness, words: Words, now: datetime, home: ZoneInfo | None) -> ChannelView:
    """One channel, with its state by its own clock, which is named where it is not the one of `home`."""
    zone = ZoneInfo(channel.zone)
    hours = hours_text(channel.hours, words)
    place = place_of(zone, words) if home is None or zone.key != home.key else ""
    if hours and place:
        hours = words.tr("{hours}, time of {place}", hours=hours, place=place)
    if channel.always:
        hours = words.tr("around the clock, says your operator")
    is_post = channel.kind is ChannelKind.POST
    return ChannelView(
        kind=kind_name(channel.kind, words),
        name=channel.name,
        address=channel.address,
        purpose=channel.purpose,
        tag=TagView(words.tr("letters"), Tone.QUIET) if is_post else _tag(state, words),
        when="" if is_post else _when(state, words, now, zone, place),
        hours=hours,
        more=(*_more(channel, words, now, zone), *((words.tr("You noted this."),) if channel.is_noted else ())),
        noted=channel if channel.is_noted else None,
    )


def tried_sentences(support: Support, words: Words, told: Collection[Told]) -> tuple[str, ...]:
    """Advertised against real: what the customer's own contacts say of the hours, by each way that was tried."""
    found: list[str] = []
    for kind in (ChannelKind.PHONE, ChannelKind.CHAT, ChannelKind.SHOP):
        one = answered(kind, support.channels, told)
        if one is None:
            continue
        parts = [
            words.trn(
                "{way}: {count} contact of yours, {inside} of them within the advertised hours.",
                "{way}: {count} contacts of yours, {inside} of them within the advertised hours.",
                one.tried,
                way=kind_name(kind, words),
                inside=words.number(one.inside),
            )
        ]
        if one.in_vain:
            vain = words.trn(
                "{count} time nobody is noted, though the desk says it is open.",
                "{count} times nobody is noted, though the desk says it is open.",
                one.in_vain,
            )
            parts.append(vain)
        if one.first is not None and one.last is not None:
            first, last = words.hour(one.first), words.hour(one.last)
            there = words.tr("Somebody was there between {first} and {last}.", first=first, last=last)
            parts.append(words.tr("Somebody was there at {time}.", time=first) if first == last else there)
        if one.outside:
            extra = words.trn(
                "{count} time somebody was there outside these hours.",
                "{count} times somebody was there outside these hours.",
                one.outside,
            )
            parts.append(extra)
        found.append(" ".join(parts))
    return tuple(found)


def _more(channel: Channel, words: Words, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    found: list[str] = []
    if channel.registered:
        found.append(words.tr("Takes registered letters."))
    today = now.astimezone(zone).date()
    open_on = {hours.weekday for hours in channel.hours}
    days = (today + timedelta(days=n) for n in range(8))
    closed = [day for day in days if day.weekday() in open_on and channel.is_holiday(day)]
    if len(closed) > 1 and not channel.always:
        told = words.listing([words.day(day, today) for day in closed])
        found.append(words.tr("Closed on {days}, holidays there.", days=told))
    elif closed and not channel.always:
        found.append(words.tr("Closed on {day}, a holiday there.", day=words.day(closed[0], today)))
    elif channel.calendar and channel.hours:
        found.append(words.tr("Closed on public holidays."))
    if channel.languages:
        names = words.listing([language_name(tag, words) for tag in channel.languages])
        found.append(words.tr("Language: {names}.", names=names))
    if channel.at_hand:
        found.append(words.tr("Have at hand: {what}.", what=channel.at_hand.rstrip(" .")))
    return tuple(found)


def language_name(tag: str, words: Words) -> str:
    """A language (BCP 47) in the customer's own; the tag itself where it is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_language_name(words.language) or tag
    except (ValueError, UnknownLocaleError):
        return tag


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
    times = ", ".join(f"{o:%H:%M}–{'24:00' if c == MIDNIGHT else f'{c:%H:%M}'}" for o, c in spans)
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


def _when(state: Openness, words: Words, now: datetime, zone: ZoneInfo, place: str) -> str:
    if state.changes is None:
        return ""
    clock = words.clock(state.changes, zone)
    if place:
        clock = words.tr("{clock} (time of {place})", clock=clock, place=place)
    today = now.astimezone(zone).date()
    far = words.length(state.changes - now)
    if state.is_open:
        return words.tr("closes at {time}, in {far}", time=clock, far=far)
    local = state.changes.astimezone(zone)
    if local.date() == today:
        return words.tr("opens today at {time}, in {far}", time=clock, far=far)
    return words.tr(
        "opens {day} {time}, in {far}",
        day=words.day(local.date(), today),
        time=clock,
        far=far,
    )


def kind_name(kind: ChannelKind, words: Words) -> str:
    """The way a desk is reached, as a heading."""
    return {
        ChannelKind.PHONE: words.tr("Phone"),
        ChannelKind.CHAT: words.tr("Chat"),
        ChannelKind.EMAIL: words.tr("E-mail"),
        ChannelKind.POST: words.tr("Post"),
        ChannelKind.SHOP: words.tr("Shop"),
        ChannelKind.WEB: words.tr("Web"),
    }[kind]
