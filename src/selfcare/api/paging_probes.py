"""Tries how an operator counts its lists, cuts them into pages and takes fields out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from selfcare.domain.failures import Failure

from .client import Reply
from .paging import ids_of, leads_elsewhere, page_url
from .reading import document
from .strict_json import decode
from .trouble_words import describe

if TYPE_CHECKING:
    from .probes import Finding, Probe


def probe_counts(
    trial: Probe, reply: Reply, found: list[bytes], whole: list[bytes], params: Mapping[str, str]
) -> Iterator[Finding]:
    """`found` is the first page, `whole` what came when the list was read to its end."""
    said, there = reply.headers.get("x-total-count", ""), len(whole)
    ok = said.isdigit() and int(said) == max(there, len(found))
    if ok and found:
        _, behind = trial.listed({**params, "offset": said, "limit": str(trial.entry.page_size)})
        if not {*ids_of(behind)} <= {*ids_of(whole), *ids_of(found)}:
            ok, said_less = False, f"{len(behind)} documents come behind the last one that is counted"
            yield trial.say("whole", False, said_less, must=True)
    yield trial.say("counts", ok, f"X-Total-Count {said or 'absent'} beside {max(there, len(found))} documents")
    usual = min(trial.entry.page_size, 100)
    if len(found) < min(there, usual):
        reply, more = trial.listed({**params, "limit": str(usual)})
        yield trial.say("limit", len(more) >= min(usual, there), f"limit={usual} gave {len(more)}")


def probe_paging(trial: Probe, found: list[bytes], params: Mapping[str, str]) -> Iterator[Finding]:
    """`found` is the first page as the program asks for it."""
    try:
        led, one = trial.listed({**params, "limit": "1"})
        yield trial.say("limit", len(one) <= 1, f"limit=1 gave {len(one)}")
        if len(one) == 1 < len(found) and led.headers.get("x-total-count") == "1":
            yield trial.say("counts", False, f"limit=1 makes X-Total-Count 1, of {len(found)} documents")
        asked = page_url(trial.entry.base_url, trial.entry.resource(trial.kind), {**params, "limit": "1"})
        yield trial.say("links", not leads_elsewhere(led, asked), "the next page is named at another address")
        size = trial.entry.page_size
        reply, page = trial.listed({**params, "limit": str(size)})
        said = reply.headers.get("x-total-count", "")
        short = len(page) < size and (not said.isdigit() or int(said) > len(page))
        if short:
            _, after = trial.listed({**params, "offset": str(len(page)), "limit": str(size)})
            yield trial.say("max-limit", not after, f"maxLimit is {size}, but {len(page)} came and there are more")
        if len(page) > 2:
            _, later = trial.listed({**params, "offset": "1", "limit": "2"})
            goes_on = ids_of(later)[:2] == ids_of(page)[1:3]
            yield trial.say("offset", goes_on, "offset=1 does not go on behind the first document")
        beyond = trial.get({**params, "offset": "1000000", "limit": "10"})
        ok = beyond.status in {200, 206} and decode(beyond.body) == []
        yield trial.say("past-the-end", ok, f"status {beyond.status}")
    except Failure as failure:
        yield trial.say("limit", False, describe(failure))
    try:
        _, some = trial.listed({**params, "fields": "id", "limit": "5"})
        extra = sorted({name for body in some for name in document(body, trial.kind)} - {"id", "href", "@type"})
        spare = [name for name in extra if not name.startswith("@")]
        yield trial.say("fields", not spare, f"fields=id also gave {', '.join(spare[:4])}")
    except Failure as failure:
        yield trial.say("fields", False, describe(failure))
