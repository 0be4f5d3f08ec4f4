"""Asks for one of the customer's lists: account by account, where it is asked for by account, as if it were one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from selfcare.api.limits import UNFILTERED_ITEMS
from selfcare.domain.failures import Failure, Refused, ServerTrouble

if TYPE_CHECKING:
    from selfcare.api.operator import Page

    from .desk import Desk

_BETWEEN = "\n"
"""Between the tags of several answers; no tag has one (RFC 9110)."""


def asked(
    desk: Desk, api: str, kind: str, questions: Sequence[Mapping[str, str]], validator: str = ""
) -> Iterator[Page]:
    """The pages of the answers to all questions, one after the other, as of one list; a first page without documents
    says that none of them has any. `validator` is that of the last page when all of them were asked before.

    Unchanged is only what is so in every answer: else those that are so are asked for once more.
    """
    if len(questions) == 1:
        return desk.pages(api, kind, questions[0], validator)
    return _joined(desk, api, kind, questions, validator)


def asked_without(desk: Desk, api: str, kind: str, why: Failure) -> Iterator[Page]:
    """The pages of a list whose filter was refused (`why`), asked for without it: of these only what names the customer
    may be kept. Raises `why` where the list is refused without it too, or is too long to be one customer's."""
    pages = desk.pages(api, kind, {})
    try:
        first = next(pages)
    except (Refused, ServerTrouble):
        raise why from None
    for page in chain([first], pages):
        if max(page.done, page.total or 0) > UNFILTERED_ITEMS:
            raise why
        yield page


def _joined(desk: Desk, api: str, kind: str, questions: Sequence[Mapping[str, str]], validator: str) -> Iterator[Page]:
    from selfcare.api.operator import Page

    tags = validator.split(_BETWEEN)
    tags = tags if len(tags) == len(questions) else [""] * len(questions)
    lists = [desk.pages(api, kind, question, tag) for question, tag in zip(questions, tags, strict=True)]
    firsts = [next(pages) for pages in lists]
    if all(first.unchanged for first in firsts):
        yield Page([], 0, None, True, validator)
        return
    for place, first in enumerate(firsts):
        if first.unchanged:
            lists[place] = desk.pages(api, kind, questions[place])
            firsts[place] = next(lists[place])
    totals = [first.total for first in firsts]
    total = None if None in totals else sum(filter(None, totals))
    held = Page([], 0, total)
    is_missing, before, found = any(first.is_missing for first in firsts), 0, list[str]()
    for first, pages in zip(firsts, lists, strict=True):
        done, tag = before, ""
        for page in chain([first], pages):
            done, tag = before + page.done, page.validator
            if page.documents:
                if held.documents:
                    yield held
                held = Page(page.documents, done, total, is_missing=is_missing)
        before, found = done, [*found, tag]
    yield Page(held.documents, before, total, False, _BETWEEN.join(found) if all(found) else "", is_missing)
