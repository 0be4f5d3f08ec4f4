"""The demo world: two operators, their customers, the time, and everything that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .brands import BRANDS
from .clock import Clock
from .faults import Faults
from .household import Customer, Household
from .keys import Keys
from .openly import Public, open_problem

Build = Callable[[str, int, datetime, int | None], Customer]
Roster = Callable[[], Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a customer's request brought about; `external_id` is the customer's own mark on it."""

    kind: str
    id: str
    external_id: str
    login: str


class World:
    """All state of the demo operator. Customers are built when first looked at, as of the moment the world began.

    `people` gives a mapping from login to (brand, shown name); it is called when somebody first wants to sign in.
    """

    def __init__(
        self,
        base_url: str,
        people: Roster,
        build: Build,
        *,
        clock: Clock | None = None,
        seed: int = 1,
        bills: int | None = None,
        faults: Iterable[str] = (),
        tmf: str = "v4",
    ) -> None:
        self.base_url = base_url
        self._roster = people
        self.clock = clock or Clock()
        self.faults = Faults(faults)
        self.keys = Keys()
        self.tmf = tmf
        self.effects: list[Effect] = []
        self._build = build
        self._seed = seed
        self._bills = bills
        self._households: dict[str, Household] = {}
        self._open: dict[str, Household] = {}
        self._numbers: dict[str, int] = {}

    @property
    def people(self) -> Mapping[str, tuple[str, str]]:
        """Every login with its brand and shown name."""
        return self._roster()

    def issuer(self, brand_id: str) -> str:
        """The address everything of a brand lives under."""
        return f"{self.base_url}/{brand_id}"

    def household(self, login: str) -> Household:
        """A customer and its documents."""
        found = self._households.get(login)
        if found is None:
            brand = BRANDS[self.people[login][0]]
            bills = self._bills if login == "claire" else None
            person = self._build(login, self._seed, self.clock.started, bills)
            found = self._households[login] = Household(person, brand, self.issuer(brand.id), self.clock.started)
        return found

    def everybody(self, brand_id: str) -> Household:
        """What a brand publishes for anybody: the known problems of its customers, without whose they are."""
        found = self._open.get(brand_id)
        if found is None:
            since = self.clock.started
            people = [login for login, (brand, _) in self.people.items() if brand == brand_id]
            customers = [self._build(login, self._seed, since, None) for login in people]
            shown = [open_problem(one) for each in customers for one in each.resources.get("serviceProblem", ())]
            public = Public({"serviceProblem": shown})
            found = self._open[brand_id] = Household(public, BRANDS[brand_id], self.issuer(brand_id), since)
        return found

    def next_id(self, prefix: str, household: Household) -> str:
        """A fresh number for something the customer asked for: never one of the story's own."""
        name = f"{prefix}{household.person.customer_id[1:]}"
        self._numbers[name] = self._numbers.get(name, 0) + 1
        return f"{name}-{100 + self._numbers[name]}"

    def record(self, kind: str, ident: str, external_id: str, login: str) -> None:
        """Note that a request had an effect."""
        self.effects.append(Effect(kind, ident, external_id, login))
