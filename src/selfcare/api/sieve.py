"""Keeps out of what the customer is shown whatever a list holds of others, and counts what cannot be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from .answering import answering
from .catalogue import SubjectIds
from .ownership import Judge


class Sieve:
    """The documents of one list, of which some came `first`, asked for by some filters (`questions`).

    Kept is what answers them, and what names the customer in another way: by the party behind the id that was asked
    for, or by an account. What does neither is left out, unless the filter is known to be honoured (`is_proven`) and
    nobody stands where the list names the customer. `strictly`: it was not asked for by the filters, so that only
    what names the customer is kept.
    """

    def __init__(
        self,
        kind: str,
        questions: Sequence[Mapping[str, str]],
        ids: SubjectIds,
        first: Iterable[bytes],
        *,
        strictly: bool,
        is_kept_bill: Callable[[str], bool],
        is_proven: Callable[[], bool],
    ) -> None:
        self.is_anothers = Judge(
            kind, (ids.customer, ids.party), ids.accounts, first,
            is_filtered=any(questions) and not strictly, is_kept_bill=is_kept_bill,
        )  # fmt: skip
        self._answers = [answering(kind, filters, strictly=strictly) for filters in questions]
        self._plain = None if strictly else self.is_anothers.asked_alone(questions)
        self._plainly_ours = b""
        self._strictly, self._is_proven = strictly, is_proven
        self._out: set[bytes] = set()
        self._refused: set[bytes] | None = set() if len(questions) > 1 else None

    @property
    def left_out(self) -> int:
        """How many documents were left out because nothing tells that they are the customer's."""
        return len(self._out)

    def lets_through(self, body: bytes) -> bool:
        """Whether a document is one to read; what is another's is refused there, and counted, once."""
        if self._plain is not None and self._plain.search(body):
            self._plainly_ours = body
            return True
        for is_an_answer in self._answers:
            if is_an_answer(body):
                return not self._is_refused_again(body)
        if self.is_anothers.is_ours(body):
            return True
        if self.is_anothers(body):
            return not self._is_refused_again(body)
        if not self._strictly and not self.is_anothers.names_an_owner(body) and self._is_proven():
            return True
        self._out.add(_mark(body))
        return False

    def refuses(self, body: bytes) -> bool:
        """Whether a document that was let through is another's; asked of the last one, it is known by then."""
        return body is not self._plainly_ours and self.is_anothers(body)

    def _is_refused_again(self, body: bytes) -> bool:
        if self._refused is None or not self.is_anothers(body):
            return False
        mark, known = _mark(body), len(self._refused)
        self._refused.add(mark)
        return len(self._refused) == known


def _mark(body: bytes) -> bytes:
    return sha256(body).digest()[:16]
