"""Reads the facts of a line from a TOML file, for somebody without an account; what is wrong is said with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from selfcare.domain.contract import LONGEST_NOTICE
from selfcare.domain.lines import Access, SimLock
from selfcare.domain.money import Money
from selfcare.domain.records import Sealed

from .choices import Choices, Circumstances, Reason
from .facts import LeavingFacts, Rise
from .facts_text import LARGEST, FactsProblem, FileFault, decoded, is_number, line_of, parsed
from .facts_used import unused_facts
from .wizard import Answers
from .zones import STATES, zone_for

__all__ = ["KEYS", "LARGEST", "Case", "FactsProblem", "FileFault", "read_facts"]

_DAYS_OF = {"day": 1, "week": 7, "month": 30}

LONGEST_UNLOCK = 10_000
"""Hours. The longest wait that a carrier has is a year (US-UNL-06)."""

FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)
"""No day of a contract lies before or after."""


class Case(Sealed, frozen=True):
    """A facts file as it was read: the facts, what was decided, the currency, and the facts that count for nothing.

    `binds` is the fact by which a prepaid card is bound all the same, so that it counts as a contract; "" for none.
    """

    facts: LeavingFacts
    answers: Answers
    currency: str
    unused: tuple[str, ...] = ()
    binds: str = ""

    def check(self, today: date) -> None:
        """Raises FactsProblem where a day that has to be over lies in the future."""
        facts = self.facts
        days = {
            "notice_received": facts.notice_received,
            "concluded": facts.concluded,
            "line_ended": facts.line_ended,
            "end_announced": facts.end_told,
            "handset_bought": facts.handset_bought,
            "changes.told": max(facts.price_changes, default=None),
        }
        for key, day in days.items():
            if day is not None and day > today:
                raise FactsProblem(FileFault.IN_FUTURE, key=key, said=day.isoformat())

    @property
    def choices(self) -> Choices:
        """What the way is planned with."""
        return self.answers.choices()


_TEXTS = ("number", "operator", "currency", "zone", "nation", "postcode", "state")
_DAYS = (
    "concluded", "since", "commitment_ends", "notice_received", "end_announced", "handset_bought", "paid_off",
    "operator_charge_day", "rent_from", "rent_until", "next_bill", "file_received", "line_ended",
    "orders_from",
)  # fmt: skip
_AMOUNTS = (
    "monthly", "contract_monthly", "operator_charge", "rent", "early_fee", "early_fee_step", "instalment", "credit",
    "closing_fee", "credit_left",
)  # fmt: skip
_FLAGS = (
    "at_distance", "handset_with_contract", "direct_debit", "prepaid", "keep_number", "withdraw", "leave_handset",
    "reason_listed", "file_admitted", "orders_open", "orders_stop_move", "usable_there", "plain_notice",
    "alarm",
)  # fmt: skip
_CHANGE = ("told", "from", "rise", "agreed", "percent")
_COUNTS = ("numbers", "contract_lines", "unlock_hours", "instalments_left", "orders_days")
_ONE_OF: dict[str, tuple[str, ...]] = {
    "line": ("mobile", "fixed", "internet"),
    "customer": ("consumer", "small", "business"),
    "handset": ("locked", "unlocked"),
    "reason": tuple(reason.value for reason in Reason if reason),
    "nation": ("GB-ENG", "GB-SCT", "GB-NIR"),
}
KEYS = frozenset(
    {*_TEXTS, *_DAYS, *_AMOUNTS, *_FLAGS, *_COUNTS, *_ONE_OF, "notice", "changes", "own_holidays"},
)
"""Every fact that may stand in a file; resources/leave/facts.example.toml explains them."""


def read_facts(text: bytes, country: str, currency: str) -> Case:
    """The facts of a file for a country (ISO 3166, capitals) and its usual currency. Raises FactsProblem."""
    source = decoded(text)
    document = parsed(source)
    for key in document:
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1)
            raise FactsProblem(FileFault.UNKNOWN_KEY, line_of(source, key), key, wanted=near[0] if near else "")
    if "line" not in document:
        raise FactsProblem(FileFault.MISSING, key="line", wanted=", ".join(_ONE_OF["line"]))
    reader = _Reader(source, document, country, currency)
    facts = reader.facts()
    _check_order(reader, source)
    binds = [key for key in ("commitment_ends", "early_fee") if facts.is_prepaid and key in document]
    unused = unused_facts(_named(document), country, is_business=facts.is_business)
    return Case(facts, reader.answers(), reader.currency, unused, next(iter(binds), ""))


def _named(document: Mapping[str, Any]) -> list[str]:
    """The facts that a file names, those of an announced change among them."""
    told = {f"changes.{key}" for one in document.get("changes", ()) for key in one}
    return [*document, *sorted(told)]


_IN_ORDER = (
    ("concluded", "commitment_ends"), ("since", "commitment_ends"), ("rent_from", "rent_until"),
    ("concluded", "line_ended"), ("since", "line_ended"), ("notice_received", "line_ended"),
)  # fmt: skip
"""The first of these days never lies after the second."""


def _check_order(reader: _Reader, source: str) -> None:
    """Raises FactsProblem for days that contradict each other."""
    for sooner, later in _IN_ORDER:
        start, end = reader.day(sooner), reader.day(later)
        if start is None or end is None or start <= end:
            continue
        if sooner == "notice_received":
            line = line_of(source, sooner)
            raise FactsProblem(FileFault.AFTER_END, line, sooner, start.isoformat(), end.isoformat())
        raise FactsProblem(
            FileFault.END_BEFORE_START, line_of(source, later), later, end.isoformat(), start.isoformat()
        )


class _Reader:
    """Takes one fact after the other out of a file, each of its kind."""

    def __init__(self, source: str, document: Mapping[str, Any], country: str, currency: str) -> None:
        self._source, self._document, self._country = source, document, country
        self.currency = self.text("currency").upper() or currency
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise self._wrong("currency", "EUR, GBP, USD")

    def _wrong(self, key: str, wanted: str, fault: FileFault = FileFault.WRONG_KIND, said: Any = None) -> FactsProblem:
        shown = self._document.get(key) if said is None else said
        return FactsProblem(fault, line_of(self._source, key.split(".")[0]), key, str(shown), wanted)

    def text(self, key: str) -> str:
        """A text, "" where it is not there."""
        value = self._document.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(key, '"…"')
        return value.strip()

    def day(self, key: str) -> date | None:
        """A day."""
        return self._as_day(key, self._document.get(key))

    def _as_day(self, key: str, value: Any) -> date | None:
        if value is None:
            return None
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                    raise self._wrong(key, "", FileFault.NO_SUCH_DAY, value) from None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self._wrong(key, "2026-12-31", said=value)
        if not FIRST_DAY <= value <= LAST_DAY:
            wanted = f"{FIRST_DAY.isoformat()} … {LAST_DAY.isoformat()}"
            raise self._wrong(key, wanted, said=value.isoformat())
        return value

    def amount(self, key: str) -> Money | None:
        """An amount in the currency of the file; never negative."""
        return self._as_amount(key, self._document.get(key))

    def _as_amount(self, key: str, value: Any) -> Money | None:
        if value is None:
            return None
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            raise self._wrong(key, "41.99", said=value) from None
        if isinstance(value, bool) or not number.is_finite() or number.copy_abs() > 10**9:
            raise self._wrong(key, "41.99", said=value)
        if number < 0 and key != "changes.rise":
            raise self._wrong(key, "", FileFault.NEGATIVE, value)
        return Money(number, self.currency)

    def flag(self, key: str) -> bool | None:
        """Yes or no, None where it is not there."""
        value = self._document.get(key)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(key, "true, false")
        return value

    def count(self, key: str, most: int = 100_000) -> int | None:
        """A whole number that is not negative."""
        value = self._document.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, "12")
        if value < 0:
            raise self._wrong(key, "", FileFault.NEGATIVE)
        if value > most:
            raise self._wrong(key, f"0 … {most}")
        return value

    def one_of(self, key: str) -> str:
        """One of the words that a fact may be, "" where it is not there."""
        said = self.text(key)
        if key in self._document and said not in _ONE_OF[key]:
            raise self._wrong(key, ", ".join(_ONE_OF[key]), FileFault.ONE_OF)
        return said

    def notice(self) -> tuple[int, str] | None:
        """The contract's notice, "30 days", "4 weeks" or "1 month"; a week is seven days (CV-7)."""
        said = self.text("notice")
        found = re.fullmatch(r"(\d{1,4})\s*(day|week|month)s?", said.casefold())
        amount, unit = (int(found.group(1)), found.group(2)) if found is not None else (0, "day")
        if "notice" in self._document and (found is None or amount * _DAYS_OF[unit] > LONGEST_NOTICE):
            raise self._wrong("notice", '"30 days", "4 weeks", "1 month"')
        if found is None:
            return None
        return (7 * amount, "day") if unit == "week" else (amount, unit)

    def _changes(self) -> tuple[dict[str, Any], ...]:
        """The announced changes as they stand there: each names the day on which it was told."""
        value, example = self._document.get("changes", []), "[{ told = 2026-11-15, from = 2026-12-20 }]"
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong("changes", example)
        for one in value:
            strange = next((key for key in one if key not in _CHANGE), "")
            if strange:
                near = get_close_matches(strange, _CHANGE, 1)
                raise self._wrong(f"changes.{strange}", near[0] if near else "", FileFault.UNKNOWN_KEY)
            told, starts = (self._as_day(f"changes.{key}", one.get(key)) for key in ("told", "from"))
            if told is None:
                raise self._wrong("changes", example)
            if starts is not None and starts < told:
                wanted = told.isoformat()
                raise self._wrong("changes.from", wanted, FileFault.END_BEFORE_START, starts.isoformat())
        return tuple(value)

    def _told(self) -> tuple[tuple[date, date | None], ...]:
        days = [(self._as_day("changes.told", one["told"]), one.get("from")) for one in self._changes()]
        return tuple((told, self._as_day("changes.from", starts)) for told, starts in days if told is not None)

    def _rises(self) -> tuple[Rise, ...]:
        """What is known of an announced rise: its amount, what the contract named, whether it named per cent."""
        found = []
        for one, (told, starts) in zip(self._changes(), self._told(), strict=True):
            amount, agreed = (self._as_amount(f"changes.{key}", one.get(key)) for key in ("rise", "agreed"))
            by_percent = one.get("percent", False)
            if not isinstance(by_percent, bool):
                raise self._wrong("changes.percent", "true, false", said=by_percent)
            if amount is not None:
                found.append(Rise(told, starts, amount, agreed, by_percent))
        return tuple(found)

    def _number(self) -> str:
        """A telephone number as people write it."""
        said = self.text("number")
        if said and not is_number(said, self._country):
            raise self._wrong("number", '"07700 900123"')
        return said

    def _at_least_one(self, key: str) -> int:
        """A number of lines; one where it is not stated."""
        found = self.count(key)
        if found == 0:
            raise self._wrong(key, "1")
        return 1 if found is None else found

    def _holidays(self) -> frozenset[date] | None:
        value = self._document.get("own_holidays")
        if value is None:
            return None
        if not isinstance(value, list):
            raise self._wrong("own_holidays", "[2026-12-24, 2026-12-31]")
        days = [self._as_day("own_holidays", one) for one in value]
        return frozenset(day for day in days if day is not None)

    def _state(self) -> str:
        """The two letters of an American state; elsewhere whatever stands there."""
        said = self.text("state")
        if self._country == "US" and said and said.upper() not in STATES:
            raise self._wrong("state", '"NY"')
        return said.upper() if self._country == "US" else said

    def _zone(self) -> str:
        name = self.text("zone") or zone_for(self._country, self._state())
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            raise self._wrong("zone", '"Europe/Paris"') from None

    def facts(self) -> LeavingFacts:
        """All facts of the line."""
        customer, handset, changes = self.one_of("customer"), self.one_of("handset"), self._told()
        fee, step = self.amount("early_fee"), self.amount("early_fee_step")
        if step is not None and fee is None:
            raise FactsProblem(FileFault.MISSING, key="early_fee", wanted="325.00")
        nothing = Money(Decimal(0), self.currency)
        return LeavingFacts(
            country=self._country,
            zone=self._zone(),
            line_id="line",
            number=self._number(),
            access=Access(self.one_of("line")),
            is_business=customer in {"small", "business"},
            small=True if customer == "small" else None,
            numbers=self._at_least_one("numbers"),
            contract_lines=self._at_least_one("contract_lines"),
            counts_lines=not {"contract_lines", "numbers"}.isdisjoint(self._document),
            contract_monthly=self.amount("contract_monthly"),
            commitment_ends=self.day("commitment_ends"),
            contract_ends=self.day("commitment_ends"),
            concluded=self.day("concluded"),
            since=self.day("since"),
            at_distance=self.flag("at_distance"),
            subsidised=self.flag("handset_with_contract"),
            notice=self.notice(),
            notice_received=self.day("notice_received"),
            end_told=self.day("end_announced"),
            price_changes=tuple(told for told, _ in changes),
            rises=self._rises(),
            changes=tuple((told, start) for told, start in changes if start is not None),
            monthly=self.amount("monthly"),
            operator_charge=self.amount("operator_charge"),
            operator_charge_day=self.day("operator_charge_day"),
            lock=SimLock(handset) if handset else SimLock.NOT_STATED,
            handset_id="handset" if handset else "",
            handset_bought=self.day("handset_bought"),
            unlock_hours=self.count("unlock_hours", LONGEST_UNLOCK),
            paid_off=self.day("paid_off"),
            rent=self.amount("rent"),
            rent_from=self.day("rent_from"),
            rent_until=self.day("rent_until"),
            next_bill=self.day("next_bill"),
            line_ended=self.day("line_ended"),
            is_over=self.day("line_ended") is not None,
            has_direct_debit=self.flag("direct_debit") or False,
            postcode=self.text("postcode"),
            state=self._state(),
            own_holidays=self._holidays(),
            carrier=self.text("operator"),
            is_prepaid=self.flag("prepaid"),
            fee=None if fee is None else (fee, step or nothing),
            instalment=self.amount("instalment"),
            instalments_left=self.count("instalments_left", 240),
            credit=self.amount("credit"),
            closing_fee=self.amount("closing_fee"),
            credit_left=self.amount("credit_left"),
        )

    def answers(self) -> Answers:
        """What was decided."""
        keep = self.flag("keep_number")
        about = Circumstances(
            reason=Reason(self.one_of("reason")),
            listed=self.flag("reason_listed"),
            filed=self.day("file_received"),
            admitted=self.flag("file_admitted") or False,
            orders_days=self.count("orders_days"),
            orders_from=self.day("orders_from"),
            orders_open=self.flag("orders_open") or False,
            stop_move=self.flag("orders_stop_move") or False,
            usable_there=self.flag("usable_there"),
        )
        return Answers(
            line_id="line",
            keep_number=keep,
            plain_notice=self.flag("plain_notice") or False,
            withdraw=self.flag("withdraw") or False,
            accept_locked=self.flag("leave_handset") or False,
            nation=self.one_of("nation"),
            is_critical=self.flag("alarm"),
            about=about,
        )
