"""Fetches the papers that the customer would look for offline: the newest bills' PDFs, the contracts', letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from selfcare.api.documents import file_inside
from selfcare.domain.bills import Bill, PaperRef
from selfcare.domain.contract import Contract
from selfcare.domain.failures import Failure, Offline, PaperTrouble
from selfcare.domain.records import Struct
from selfcare.store.vault import Vault

from .desk import Desk
from .documents import BILL, CONTRACT, PAPER, papers_apart, read_documents
from .freshness import PAPERS
from .trouble import STOPPING
from .wording import write_failure

NEWEST = 24
_TYPE = "application/pdf"
_AGAIN = timedelta(hours=24)


Why = Callable[[str, Failure | None], Failure | None]
"""Says of an API why it is not asked, None if it may be; of an API and a failure of its what that failure means, and
raises what ends a whole round."""


class _Wanted(Struct, frozen=True):
    id: str
    api: str
    fetch: Callable[[], bytes]


def fetch_papers(
    desk: Desk,
    vault: Vault,
    zone: ZoneInfo,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    why: Why,
) -> bool:
    """Fetch the PDFs of the newest bills, of the contracts and of the newest letters that are not here yet.

    One at a time; True if any came. One that cannot be had is remembered and tried again a day later, or when the
    customer opens it, and says nothing of the others; those of a part that is left alone (`why`) wait for a later
    round. Raises what ends a whole round.
    """
    wanted = list(_missing(desk, vault, zone, now()))
    came, left = 0, None
    for done, one in enumerate(wanted):
        if cancelled():
            return came > 0
        progress(done, len(wanted))
        alone = why(one.api, None)
        if alone is not None:
            left = alone
            continue
        try:
            vault.papers.put(one.id, _TYPE, one.fetch(), now())
            came += 1
        except Failure as failure:
            if isinstance(failure, Offline) and cancelled():
                return came > 0
            try:
                meant = why(one.api, failure)
            except STOPPING as ending:
                vault.cache.failed(PAPERS, now(), *write_failure(ending))
                raise
            if isinstance(failure, STOPPING):
                left = meant
            else:
                vault.cache.keep_note(_tried(one.id), now().isoformat().encode())
    if wanted:
        progress(len(wanted), len(wanted))
    if left is None:
        vault.cache.confirm(PAPERS, now())
    else:
        vault.cache.failed(PAPERS, now(), *write_failure(left))
    return came > 0


def gather_papers(desk: Desk, vault: Vault, zone: ZoneInfo, now: Callable[[], datetime]) -> Iterator[int]:
    """Fetch every PDF of the customer's that is not here, however old, one at each step; how many came so far.

    One that cannot be had is passed over; it is tried again the next time. Raises what ends a whole round.
    """
    came = 0
    for one in _missing(desk, vault, zone, now(), newest=None, again=timedelta(0)):
        try:
            vault.papers.put(one.id, _TYPE, one.fetch(), now())
            came += 1
        except STOPPING:
            raise
        except Failure:
            vault.cache.keep_note(_tried(one.id), now().isoformat().encode())
        yield came


def fetch_one_paper(desk: Desk, vault: Vault, zone: ZoneInfo, paper_id: str, bill_id: str, now: datetime) -> bytes:
    """A paper now, because the customer is looking at it: from here, else from the operator, and then it stays.

    `bill_id` is the bill it belongs to, "" for a contract's or a letter.
    Raises PaperTrouble("missing") and what the wire raises.
    """
    kept = vault.papers.get(paper_id)
    if kept is not None:
        return kept
    row = vault.cache.row(BILL, bill_id) if bill_id else None
    if row is not None:
        content = desk.fetch_bill_paper(row.body, paper_id)
    else:
        asked = (one for one in (*_of_contracts(desk, vault, zone), *_apart(desk, vault, zone)) if one.id == paper_id)
        found = next(asked, None)
        if found is None:
            raise PaperTrouble("missing")
        content = found.fetch()
    vault.papers.put(paper_id, _TYPE, content, now)
    return content


def _missing(
    desk: Desk, vault: Vault, zone: ZoneInfo, now: datetime, newest: int | None = NEWEST, again: timedelta = _AGAIN
) -> Iterator[_Wanted]:
    seen: set[str] = set()
    for one in _wanted(desk, vault, zone, newest):
        if one.id in seen or vault.papers.has([one.id]):
            continue
        seen.add(one.id)
        tried = vault.cache.note(_tried(one.id))
        if tried is None or now - datetime.fromisoformat(tried.decode()) > again:
            yield one


def _wanted(desk: Desk, vault: Vault, zone: ZoneInfo, newest: int | None) -> Iterator[_Wanted]:
    for row in vault.cache.walk(BILL, newest):
        bills: list[Bill] = read_documents(BILL, [row], zone)
        for bill in bills:
            for paper in filter(_is_pdf, bill.papers):
                yield _Wanted(paper.id, "TMF678", partial(desk.fetch_bill_paper, row.body, paper.id))
    yield from _of_contracts(desk, vault, zone)
    yield from _apart(desk, vault, zone, newest)


def _of_contracts(desk: Desk, vault: Vault, zone: ZoneInfo) -> Iterator[_Wanted]:
    contracts: list[Contract] = read_documents(CONTRACT, vault.cache.all(CONTRACT), zone)
    for contract in contracts:
        for paper in filter(_is_pdf, contract.papers):
            if paper.url or paper.href:
                yield _Wanted(paper.id, "TMF651", partial(desk.fetch_paper, paper))


def _apart(desk: Desk, vault: Vault, zone: ZoneInfo, newest: int | None = NEWEST) -> Iterator[_Wanted]:
    """The papers of the document store: those of contracts, then the newest letters, or all."""
    papers = papers_apart(vault.cache, zone)
    about = [paper for paper in papers if any(one.kind.casefold() == "agreement" for one in paper.about)]
    others = [paper for paper in papers if paper not in about]
    for paper in (*about, *others[:newest]):
        for file in filter(_is_pdf, paper.files):
            if file.url or file.href or file.inline:
                yield _Wanted(file.id, "TMF667", partial(_fetch_file, desk, vault, paper.id, file))


def _fetch_file(desk: Desk, vault: Vault, document_id: str, file: PaperRef) -> bytes:
    row = vault.cache.row(PAPER, document_id) if file.inline else None
    content = file_inside(row.body, file.id) if row is not None else None
    return content if content is not None else desk.fetch_paper(file)


def _is_pdf(paper: PaperRef) -> bool:
    return bool(paper.id) and paper.is_pdf


def _tried(paper_id: str) -> str:
    return f"paper tried:{paper_id}"
