"""What a round came to: what is different now, and what stopped it."""

from __future__ import annotations

from selfcare.domain.failures import Failure
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic


class Outcome(Struct, frozen=True):
    """`changed` is what is different now, `confirmed` what the operator was heard on (also that it failed), and
    `trouble` what ended the round before its end, if anything did. `unwell` is the operator's own trouble with one of
    the requests, which ended nothing. `lost`: a list was not found where the profile says that it is."""

    changed: frozenset[Topic] = frozenset()
    confirmed: frozenset[Topic] = frozenset()
    trouble: Failure | None = None
    unwell: Failure | None = None
    lost: bool = False
