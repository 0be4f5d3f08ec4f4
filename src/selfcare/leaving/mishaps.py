"""Keeps what went wrong on the way out as the customer tells it: late moves, missed visits, hours without service."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .claims import Claimant, ClaimOf, Owed, Trouble, owed
from .countries import fr_number
from .deposits import read_amount
from .outage import Outage, Spell, outage
from .rules import Rules

MOST = 24
"""So many things that went wrong, and so many times without service, are kept of one line."""

CREDIT_MOST = 16
"""So many signs of a typed credit are kept."""

NOW = "now"
"""Stands in an answer for the instant at which it is given."""


class Mishap(Struct, frozen=True):
    """One thing that went wrong: what should have been on `due` was put right on `done`, None while it is not.

    `key` names it within its plan. `hours_ahead` is how long before a visit was called off, None where nobody came.
    `by_new`: it is the new operator's to answer for, not the one that is left. `credit` is what was on a prepaid card,
    as it was typed, and `left` for how many days it was still valid: what a month of it costs follows from both.
    """

    key: str
    of: ClaimOf
    due: date
    done: date | None = None
    hours_ahead: int | None = None
    by_new: bool = False
    credit: str = ""
    left: int | None = None

    def trouble(self) -> Trouble:
        """The same in the words of a claim."""
        return Trouble(self.of, self.due, self.done, hours_ahead=self.hours_ahead)


class Mishaps(Struct, frozen=True):
    """Everything that went wrong with one line. `made` counts what was ever told, so that no key comes twice."""

    told: tuple[Mishap, ...] = ()
    spells: tuple[Spell, ...] = ()
    made: int = 0

    @property
    def running(self) -> Spell | None:
        """The time without service that has not ended."""
        return next((s for s in self.spells if s.ended is None), None)

    def of(self, key: str) -> Mishap | None:
        """One of what was told, by its key."""
        return next((m for m in self.told if m.key == key), None)


class Compensation(Struct, frozen=True):
    """What is owed for one thing that went wrong: what was told (or the time without service), and the sum."""

    key: str
    of: ClaimOf
    due: date
    done: date | None
    owed: Owed
    by_new: bool = False
    hours_ahead: int | None = None
    spell: Spell | None = None


def spell_key(spell: Spell) -> str:
    """What a time without service is called: the instant of its beginning."""
    return spell.began.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def mishap_answered(mishaps: Mishaps, question: str, value: str) -> Mishaps:
    """One answer put in; instants are ISO with their zone. ValueError for a question or a value there is not.

    "add" takes a kind and a day, of a visit also the hours ahead and the day of the next one ("-": none); "drop",
    "due", "done", "hours", "by", "credit", "left" the key after a colon. The clock takes "start", "stop", "report" with
    an instant, "spell" with two or three of them, "forget" with its key.
    """
    what, _, key = question.partition(":")
    match what:
        case "add":
            return _added(mishaps, value)
        case "drop":
            return replace(mishaps, told=tuple(m for m in mishaps.told if m.key != key))
        case "due" | "done" | "hours" | "by" | "credit" | "left":
            told = tuple(_changed(m, what, value) if m.key == key else m for m in mishaps.told)
            return replace(mishaps, told=told)
        case "forget":
            return replace(mishaps, spells=tuple(s for s in mishaps.spells if spell_key(s) != value))
        case "start" | "stop" | "report" | "spell":
            return replace(mishaps, spells=_clocked(mishaps, what, value))
    raise ValueError(question)


def outage_of(mishaps: Mishaps, now: datetime) -> Outage:
    """All hours without service up to now, on one clock."""
    return outage(mishaps.spells, now)


def compensations(
    mishaps: Mishaps,
    claimant: Claimant,
    rules: Rules,
    now: datetime,
    claimed: dict[str, date],
    currency: str = "",
) -> tuple[Compensation, ...]:
    """What is owed by now (aware, in the operator's zone) for all that went wrong, in the order in which it was told.

    `claimed` says by key when it was asked for; `currency` is that of a prepaid card's credit. What the new operator
    answers for is reckoned without knowing whether it has signed a code. A time without service that was not reported
    gives nothing yet.
    """
    found: list[Compensation] = []
    for told in mishaps.told:
        whose = replace(claimant, provider="", published=None) if told.by_new else claimant
        if whose.monthly is None:
            whose = replace(whose, monthly=card_month(told, rules, currency))
        sum_owed = owed(told.trouble(), whose, rules, now, claimed.get(told.key))
        found.append(
            Compensation(told.key, told.of, told.due, told.done, sum_owed, told.by_new, told.hours_ahead)
        )  # fmt: skip
    for spell in outage_of(mishaps, now).spells:
        if spell.reported is None:
            continue
        day = spell.reported.astimezone(now.tzinfo).date()
        done = spell.ended.astimezone(now.tzinfo).date() if spell.ended is not None else None
        trouble = Trouble(ClaimOf.LATE_REPAIR, day, reported=spell.reported, restored=spell.ended)
        key = spell_key(spell)
        sum_owed = owed(trouble, claimant, rules, now, claimed.get(key))
        found.append(Compensation(key, ClaimOf.LATE_REPAIR, day, done, sum_owed, spell=spell))
    return tuple(found)


def card_month(told: Mishap, rules: Rules, currency: str) -> Money | None:
    """What a month of a prepaid card costs (FR-CMP-04); None elsewhere, and while its credit or days are not said."""
    credit = read_amount(told.credit)
    if rules.country != "FR" or credit is None or not told.left or not currency:
        return None
    return fr_number.prepaid_month(Money(credit, currency), told.left, told.due, rules)


def mishaps_document(mishaps: Mishaps) -> dict[str, Any]:
    """What went wrong as it is kept: plain values."""
    return {
        "made": mishaps.made,
        "told": [
            {
                "key": m.key,
                "of": m.of.value,
                "due": m.due.isoformat(),
                "done": m.done.isoformat() if m.done is not None else None,
                "hours": m.hours_ahead,
                "by_new": m.by_new,
                "credit": m.credit,
                "left": m.left,
            }
            for m in mishaps.told
        ],
        "spells": [
            [moment.isoformat() if moment is not None else None for moment in (s.began, s.ended, s.reported)]
            for s in mishaps.spells
        ],
    }


def mishaps_from(entry: Any) -> Mishaps:
    """What went wrong as it was kept; what cannot be read of it is left out, the rest of a plan is worth more."""
    if not isinstance(entry, dict):
        return Mishaps()
    told = [one for raw in entry.get("told") or () if (one := _read_mishap(raw)) is not None]
    spells = [spell for raw in entry.get("spells") or () if (spell := _read_spell(raw)) is not None]
    made = entry.get("made")
    count = made if isinstance(made, int) and not isinstance(made, bool) else 0
    return Mishaps(tuple(told), tuple(spells), max(count, len(told)))


def _added(mishaps: Mishaps, value: str) -> Mishaps:
    if not value or len(mishaps.told) >= MOST:
        return mishaps
    kind, day, hours, done = (*value.split(" "), "", "", "")[:4]
    of, made = ClaimOf(kind), mishaps.made + 1
    if of is ClaimOf.LATE_REPAIR:
        raise ValueError("a late repair is told by the clock")
    after = None if done in {"", "-"} else date.fromisoformat(done)
    told = Mishap(
        str(made), of, date.fromisoformat(day), after, _number(hours), by_new=of is ClaimOf.LATE_START
    )  # fmt: skip
    return replace(mishaps, told=(*mishaps.told, told), made=made)


def _changed(mishap: Mishap, what: str, value: str) -> Mishap:
    if what == "credit":
        return replace(mishap, credit=value.strip()[:CREDIT_MOST])
    if what == "left":
        return replace(mishap, left=_number(value))
    if what == "by":
        return replace(mishap, by_new=value == "new")
    if what == "hours":
        return replace(mishap, hours_ahead=_number(value))
    if what == "done":
        return replace(mishap, done=date.fromisoformat(value) if value else None)
    return replace(mishap, due=date.fromisoformat(value)) if value else mishap


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 5 else None


def _clocked(mishaps: Mishaps, what: str, value: str) -> tuple[Spell, ...]:
    spells, running = mishaps.spells, mishaps.running
    if what == "spell":
        began, ended, reported = (*value.split("|"), "")[:3]
        spell = Spell(_moment(began), _moment(ended), _moment(reported) if reported else None)
        if spell.ended is None or spell.ended <= spell.began:
            raise ValueError("a time without service ends after it began")
        others = tuple(s for s in spells if spell_key(s) != spell_key(spell))
        return (*others, spell)[:MOST]
    moment = _moment(value)
    if what == "start":
        return spells if running is not None or len(spells) >= MOST else (*spells, Spell(moment))
    if running is None or moment < running.began:
        return spells
    changed = replace(running, ended=moment) if what == "stop" else replace(running, reported=moment)
    return tuple(changed if s is running else s for s in spells)


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment


def _read_mishap(raw: Any) -> Mishap | None:
    try:
        hours, done, credit, left = raw["hours"], raw["done"], raw.get("credit"), raw.get("left")
        return Mishap(
            str(raw["key"]),
            ClaimOf(raw["of"]),
            date.fromisoformat(raw["due"]),
            date.fromisoformat(done) if done else None,
            hours if isinstance(hours, int) else None,
            raw["by_new"] is True,
            credit if isinstance(credit, str) else "",
            left if isinstance(left, int) else None,
        )
    except (KeyError, TypeError, ValueError):
        return None


def _read_spell(raw: Any) -> Spell | None:
    try:
        began, ended, reported = raw
        return Spell(
            _moment(began), _moment(ended) if ended else None, _moment(reported) if reported else None
        )  # fmt: skip
    except (TypeError, ValueError):
        return None
