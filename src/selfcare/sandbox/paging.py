"""Which part of a list is sent, and the headers that say how much more there is (TMF630, 4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from .query import BadQuery

LARGEST_PAGE = 1000
USUAL_PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """A window over a list: where it starts, and the most it holds."""

    offset: int
    limit: int


def read_page(offset: str | None, limit: str | None) -> Page:
    """The window asked for; a greater limit than allowed is cut to it. Raises BadQuery."""
    return Page(_number("offset", offset, 0), min(_number("limit", limit, USUAL_PAGE), LARGEST_PAGE))


def _number(name: str, text: str | None, usual: int) -> int:
    if text is None:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise BadQuery(f"{name} is not a whole number of zero or more")
    return int(text)


def page_headers(page: Page, total: int, count: int, address: str, query: Iterable[tuple[str, str]]) -> dict[str, str]:
    """X-Total-Count, X-Result-Count and Link (RFC 8288) of one page of a list at an address."""
    kept = [(name, value) for name, value in query if name not in ("offset", "limit")]

    def link(relation: str, offset: int) -> str:
        asked = urlencode([*kept, ("offset", str(offset)), ("limit", str(page.limit))])
        return f'<{address}?{asked}>; rel="{relation}"'

    links = [link("self", page.offset), link("first", 0)]
    if page.limit:
        if page.offset > 0:
            links.append(link("prev", max(0, page.offset - page.limit)))
        if page.offset + count < total and count:
            links.append(link("next", page.offset + count))
        links.append(link("last", max(0, (total - 1) // page.limit * page.limit)))
    return {"X-Total-Count": str(total), "X-Result-Count": str(count), "Link": ", ".join(links)}
