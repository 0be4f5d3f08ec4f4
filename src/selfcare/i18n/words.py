"""Says things in the customer's language: sentences, money, days and lengths of time.

Sentences are written in English in the code, as `words.tr("…")`, and looked up in the gettext catalogue
`resources/locale/<language>/LC_MESSAGES/selfcare.mo`. Facts go in by name: `words.tr("Due {day}", day=…)`.
"""

from __future__ import annotations

import gettext
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.domain.money import Money
from selfcare.domain.records import Struct

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"en": "en_GB", "fr": "fr_FR"}
"""The languages that are complete, and the locale whose numbers and days they use."""

_MINUS = "\u2212"
_CODE_BEFORE = re.compile("([A-Z]{3})(?=[0-9])")
_TWO_STOPS = re.compile(r"\b(janv|févr|avr|juil|sept|oct|nov|déc)\.\.(?!\.)")


class Words(Struct, frozen=True):
    """One language. Immutable, so a page built with it never changes under the reader."""

    language: str
    locale: str
    catalogue: gettext.NullTranslations

    def tr(self, text: str, **facts: object) -> str:
        """A sentence, with its facts filled in."""
        found = self.catalogue.gettext(text)
        return _one_stop(found.format(**facts)) if facts else found

    def trn(self, one: str, many: str, count: int, **facts: object) -> str:
        """A sentence whose form hangs on a number; `{count}` is filled in as the language writes it."""
        return _one_stop(self.catalogue.ngettext(one, many, count).format(count=self.number(count), **facts))

    def trc(self, context: str, text: str, **facts: object) -> str:
        """A short word that means different things in different places."""
        found = self.catalogue.pgettext(context, text)
        return _one_stop(found.format(**facts)) if facts else found

    def number(self, value: int | Decimal) -> str:
        """A number with the language's grouping and decimals."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    @staticmethod
    def start(text: str) -> str:
        """The same at the start of a line: days and months have a small letter in some languages."""
        return text[:1].upper() + text[1:]

    def money(self, amount: Money | None) -> str:
        """An amount with its currency. None is "not stated": never zero."""
        if amount is None:
            return self.tr("not stated")
        return self._currency(amount)

    def signed(self, amount: Money) -> str:
        """A difference: its sign is always shown, also the plus."""
        text = self._currency(amount)
        return text if amount.value <= 0 else f"+{text}"

    def _currency(self, amount: Money) -> str:
        return _format_money(str(amount.value or abs(amount.value)), amount.unit, self.locale)

    def day(self, day: date, today: date | None = None) -> str:
        """Weekday, day and month; the year too unless it is this one."""
        is_this_year = today is not None and day.year == today.year
        if self._is_american:
            return self._date(day, "EEE, MMM d" if is_this_year else "EEE, MMM d, y")
        return self._date(day, "EEE d MMM" if is_this_year else "EEE d MMM y")

    def short_day(self, day: date) -> str:
        """Day, month and year, for columns."""
        return self._date(day, "MMM d, y" if self._is_american else "d MMM y")

    def long_day(self, day: date) -> str:
        """Everything written out."""
        return self._date(day, "EEEE, MMMM d, y" if self._is_american else "EEEE d MMMM y")

    def written_day(self, day: date) -> str:
        """Day, month written out and year, as a letter is dated; the month comes first in the United States."""
        return self._date(day, "MMMM d, y" if self._is_american else "d MMMM y")

    def month(self, day: date) -> str:
        """The month and year of a day."""
        return self._date(day, "MMMM y")

    def month_name(self, day: date) -> str:
        """The month alone."""
        return self._date(day, "LLLL")

    def far(self, day: date, today: date) -> str:
        """How far away a day is: "today", "in 3 days", "2 days ago"."""
        days = (day - today).days
        if days == 0:
            return self.tr("today")
        if days == 1:
            return self.tr("tomorrow")
        if days == -1:
            return self.tr("yesterday")
        if days > 0:
            return self.trn("in {count} day", "in {count} days", days)
        return self.trn("{count} day ago", "{count} days ago", -days)

    def day_far(self, day: date, today: date) -> str:
        """A day and how far away it is: "Tue 24 Nov, in 3 days"."""
        return self.tr("{day}, {far}", day=self.day(day, today), far=self.far(day, today))

    def clock(self, moment: datetime, zone: ZoneInfo) -> str:
        """The time of day in a zone."""
        return self.hour(moment.astimezone(zone).time())

    def hour(self, hour: time) -> str:
        """A local hour: "18:00", in the United States "6:00 PM"."""
        if not self._is_american:
            return f"{hour:%H:%M}"
        return f"{hour.hour % 12 or 12}:{hour.minute:02d} {'AM' if hour.hour < 12 else 'PM'}"

    def instant(self, moment: datetime, zone: ZoneInfo, today: date | None = None) -> str:
        """A day and a time: "Sat 21 Nov, 10:42"."""
        local = moment.astimezone(zone)
        return self.tr("{day}, {time}", day=self.day(local.date(), today), time=self.hour(local.time()))

    def length(self, span: timedelta) -> str:
        """How long something lasts, in its largest fitting unit: minutes, hours up to 72, then days. Only nothing is 0
        minutes."""
        minutes = int(abs(span).total_seconds() // 60)
        if span and not minutes:
            return self.tr("less than a minute")
        if minutes < 60:
            return self.trn("{count} minute", "{count} minutes", minutes)
        if minutes < 72 * 60:
            return self.trn("{count} hour", "{count} hours", minutes // 60)
        return self.trn("{count} day", "{count} days", minutes // (24 * 60))

    def listing(self, parts: list[str]) -> str:
        """Several things in a row."""
        if len(parts) < 2:
            return "".join(parts)
        return self.tr("{most} and {last}", most=", ".join(parts[:-1]), last=parts[-1])

    @property
    def field_pattern(self) -> str:
        """How a field for a day writes it, in the signs of the toolkit (weekday, day, month, year)."""
        return "ddd, MMM d, yyyy" if self._is_american else "ddd d MMM yyyy"

    @property
    def moment_pattern(self) -> str:
        """The same with the hour, as `clock` writes it."""
        return f"{self.field_pattern} {'h:mm AP' if self._is_american else 'HH:mm'}"

    @property
    def _is_american(self) -> bool:
        return self.locale == "en_US"

    def _date(self, day: date, pattern: str) -> str:
        return _format_date(day, pattern, self.locale)


@lru_cache(maxsize=8192)
def _format_money(value: str, unit: str, locale: str) -> str:
    """Kept, because Babel needs half a millisecond for each; the value is text, so 1.5 and 1.50 are two."""
    from babel.numbers import format_currency

    amount = Decimal(value)
    exponent = amount.normalize().as_tuple().exponent
    is_coarse = not isinstance(exponent, int) or exponent > -2
    text = str(format_currency(amount, unit, locale=_locale(locale), decimal_quantization=is_coarse))
    if locale.startswith("fr"):
        text = text.replace("£GB", "£")
    text = _CODE_BEFORE.sub("\\1\u00a0", text)
    return text.replace("-", _MINUS)


def _one_stop(text: str) -> str:
    """A French month is shortened with a stop, which is also the stop of the sentence it ends."""
    return _TWO_STOPS.sub(r"\1.", text) if ".." in text else text


@lru_cache(maxsize=4096)
def _format_date(day: date, pattern: str, locale: str) -> str:
    """A day; the first of a month is "1er" in French, which Babel does not know."""
    from babel.dates import format_date

    if day.day == 1 and locale.startswith("fr"):
        pattern = re.sub(r"\bd\b", "d'er'", pattern)
    return str(format_date(day, pattern, locale=_locale(locale)))


@lru_cache(maxsize=8)
def _locale(name: str) -> Locale:
    """Babel's own description of a language, which it would look for anew for each figure."""
    from babel import Locale

    return Locale.parse(name)


@lru_cache(4)
def load_words(language: str, folder: Path) -> Words:
    """The words of a language from the catalogues in a folder; English where the language is not known. Read once: a
    start asks several times."""
    code = language if language in LANGUAGES else "en"
    compiled = folder / code / "LC_MESSAGES" / "selfcare.mo"
    if not compiled.is_file():
        return Words(code, LANGUAGES[code], gettext.NullTranslations())
    with compiled.open("rb") as file:
        return Words(code, LANGUAGES[code], gettext.GNUTranslations(file))
