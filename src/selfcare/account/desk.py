"""The operator as far as the account needs it: what api.operator offers, and what a test can stand in for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from selfcare.api.client import Reply
    from selfcare.api.commands import WireAction
    from selfcare.api.operator import OneReply, Page
    from selfcare.domain.bills import PaperRef


class Desk(Protocol):
    """Where things are asked for and handed in (see api.operator.Operator, which it is in real life)."""

    def pages(self, api: str, resource: str, params: Mapping[str, str], validator: str = "") -> Iterator[Page]:
        """The pages of a list. Raises ListChanged where it must be read again from its start."""

    def fetch_one(self, api: str, resource: str, own_id: str, validator: str = "") -> OneReply:
        """One document as it is now."""

    def fetch_paper(self, paper: PaperRef | str) -> bytes:
        """A PDF by its own address."""

    def fetch_bill_paper(self, bill_doc: bytes, paper_id: str = "") -> bytes:
        """The PDF of a bill."""

    def send(self, action: WireAction, key: str = "") -> Reply:
        """Hand in a request under its Idempotency-Key. Raises a Failure where no good answer came."""

    def ahead(self) -> timedelta | None:
        """How far the operator's clock is ahead of ours, by the last answer; None as long as there was none."""

    def oldest(self) -> timedelta:
        """How old the oldest of the answers was that came since this was last asked: a cache may have kept it."""

    def find_external(
        self, api: str, resource: str, own_id: str, params: Mapping[str, str] | None = None
    ) -> list[bytes]:
        """The documents that carry an id of ours."""
