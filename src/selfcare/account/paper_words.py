"""Reads the words inside the PDFs that are kept, so that a bill is found by what stands in its PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from selfcare.api.home_money import ground_of
from selfcare.domain.bills import Bill
from selfcare.domain.failures import PaperTrouble
from selfcare.store.paper_words import words_of

from .documents import BILL, read_documents

if TYPE_CHECKING:
    from selfcare.store.vault import Vault

    from .session import Session

AT_ONCE = 20
"""PDFs whose words are kept in one step."""

LOOKED_AT = 200
"""Bills after which others get their turn while PDFs are being looked for."""


class Papers(Protocol):
    """Stands for paper.reader.PaperReader."""

    def warm(self) -> None: ...
    def text(self, pdf: bytes) -> str: ...


def read_paper_words(session: Session, papers: Papers) -> Iterator[int]:
    """Read the words of every PDF of a bill that are not known yet, newest first, one at each step; how many so far.

    What cannot be read has no words, and is not tried again. For the sync lane: it writes, as a round does. Raises
    what opening the vault raises, and DiskTrouble.
    """
    vault = session.open_again()
    try:
        yield from _read(vault, papers, ground_of(session.profile))
    finally:
        vault.close()


def _read(vault: Vault, papers: Papers, zone: ZoneInfo) -> Iterator[int]:
    pending = set(vault.papers.ids()) - vault.cache.worded_papers()
    if not pending:
        return
    fresh: list[tuple[str, str, str]] = []
    done = 0
    for place, row in enumerate(vault.cache.walk(BILL), 1):
        bills: list[Bill] = read_documents(BILL, [row], zone)
        for bill in bills:
            for paper in bill.papers:
                if paper.id in pending:
                    pending.discard(paper.id)
                    fresh.append((paper.id, bill.id, _words(vault, papers, paper.id)))
                    done += 1
                    if len(fresh) >= AT_ONCE:
                        vault.cache.keep_paper_words(fresh)
                        fresh = []
                    yield done
        if not pending:
            break
        if place % LOOKED_AT == 0:
            yield done
    vault.cache.keep_paper_words([*fresh, *((paper_id, "", "") for paper_id in sorted(pending))])


def _words(vault: Vault, papers: Papers, paper_id: str) -> str:
    content = vault.papers.get(paper_id)
    if content is None:
        return ""
    try:
        text = papers.text(content)
    except PaperTrouble:
        return ""
    papers.warm()
    return words_of(text)
