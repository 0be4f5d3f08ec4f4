"""Who writes letters in the tests: Claire in London, Julien in Lyon, Sam in New York, each with everything stated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.support import Channel, ChannelKind
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.viewmodel.letter_facts import LetterFacts, ToldChange
from tests import samples

DAY = date(2026, 11, 21)
CHANGE = ToldChange(date(2026, 11, 10), date(2026, 12, 10), "UK-CTR-03")


def rules(country: str) -> Rules:
    """A country's rules."""
    return parse_rules((samples.ROOT / "resources" / "rules" / f"{country.casefold()}.toml").read_bytes())


def facts(country: str, **changed: Any) -> LetterFacts:
    """A mobile line in a country, with everything stated."""
    return LetterFacts(**{**_FACTS[country], **changed})


def _post(operator: str, address: str, name: str = "Complaints") -> Channel:
    return Channel(ChannelKind.POST, name, f"{operator}, {address}", "UTC", purpose="registered letters")


_FACTS: dict[str, dict[str, Any]] = {
    "GB": {
        "country": "GB",
        "operator": "Orvane Mobile",
        "day": DAY,
        "rules": rules("GB"),
        "posts": (_post("Orvane Mobile", "Complaints, 1 Example Wharf, London E1 0XX"),),
        "name": "Claire Martin",
        "address": "7 Sample Road, N1 9ZZ, London",
        "email": "claire@example.org",
        "line": "07700 900123",
        "access": Access.MOBILE,
        "customer_id": "C-1001",
        "account_id": "A-1001",
        "contract_number": "M-77120",
        "concluded": date(2024, 10, 14),
        "notice": (30, "day"),
        "monthly": samples.gbp("22.00"),
        "handset": "Fairphone 5",
        "serial": "356938035643809",
        "bought": date(2024, 10, 15),
        "mandate": "···· 0189",
    },
    "FR": {
        "country": "FR",
        "operator": "Orvane France",
        "day": DAY,
        "rules": rules("FR"),
        "posts": (
            _post("Orvane France", "Service résiliation, TSA 11111, 99998 Exempleville Cedex", "Résiliation"),
            _post("Orvane France", "Service réclamations, TSA 00000, 99999 Exempleville Cedex", "Service réclamations"),
        ),
        "name": "Julien Morel",
        "address": "12 rue de l’Exemple, 69000, Lyon",
        "email": "julien@example.org",
        "line": "06 99 00 12 34",
        "access": Access.MOBILE,
        "customer_id": "C-2001",
        "account_id": "A-2001",
        "contract_number": "FR-2001",
        "concluded": date(2025, 3, 3),
        "notice": (10, "day"),
        "monthly": Money(Decimal("15.99"), "EUR"),
        "handset": "Fairphone 5",
        "serial": "356938035643809",
        "bought": date(2025, 3, 3),
        "mandate": "FR76 ···· 0189",
    },
    "US": {
        "country": "US",
        "operator": "Orvane Wireless",
        "day": DAY,
        "rules": rules("US"),
        "posts": (_post("Orvane Wireless", "PO Box 500, 10001, New York, NY"),),
        "name": "Sam Doe",
        "address": "1 Sample Street, 11201, Brooklyn, NY",
        "email": "sam@example.org",
        "line": "(212) 555-0123",
        "access": Access.MOBILE,
        "customer_id": "C-3001",
        "account_id": "A-3001",
        "contract_number": "US-3001",
        "concluded": date(2026, 11, 10),
        "notice": None,
        "monthly": Money(Decimal("45.00"), "USD"),
        "handset": "Fairphone 5",
        "serial": "356938035643809",
        "bought": date(2026, 11, 10),
        "mandate": "···· 0189",
    },
}
