"""Who the demo operator's customers are, by login, and how to write one's story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from types import MappingProxyType

from .atelier import atelier
from .claire import claire
from .edith import edith
from .garage import garage
from .julien import julien
from .margot import margot
from .person import BRANDS, Person
from .quiet import lucie, nadia
from .sam import sam
from .story import Story

_BRAND_AND_NAME = {
    "claire": ("orvane-gb", "Claire Whitmore"),
    "edith": ("orvane-gb", "Edith Marlow"),
    "sam": ("orvane-gb", "Sam Okoro"),
    "nadia": ("orvane-gb", "Nadia Karim"),
    "julien": ("orvane-fr", "Julien Moreau"),
    "atelier": ("orvane-fr", "Atelier Brunel SARL"),
    "garage": ("orvane-fr", "Garage Lemaître SARL"),
    "lucie": ("orvane-fr", "Lucie Bonnet"),
    "margot": ("orvane-fr", "Margot Delaunay"),
}
PEOPLE: Mapping[str, tuple[str, str]] = MappingProxyType(_BRAND_AND_NAME)
"""Every login, with its brand and the name that is shown."""

_WRITERS: Mapping[str, Callable[[Story], Person]] = MappingProxyType(
    {
        "edith": edith,
        "sam": sam,
        "nadia": nadia,
        "julien": julien,
        "atelier": atelier,
        "garage": garage,
        "lucie": lucie,
        "margot": margot,
    }
)
_FIRMS = frozenset({"atelier", "garage"})


def build(login: str, seed: int, now: datetime, bills: int | None = None) -> Person:
    """Write one customer's whole story relative to `now` (aware); the same seed gives the same documents.

    `bills` asks for that many bills of claire's, for trials with thousands; the newest 10,000 of them have lines.
    Raises KeyError for an unknown login and ValueError for a moment without a time zone.
    """
    brand, name = PEOPLE[login]
    if now.tzinfo is None:
        raise ValueError("now must know its time zone")
    code = 4471 + 13 * list(PEOPLE).index(login)
    story = Story(login, BRANDS[brand], name, code, now, Random(f"{seed}:{login}"), is_firm=login in _FIRMS)
    if login == "claire":
        return claire(story, bills)
    return _WRITERS[login](story)
