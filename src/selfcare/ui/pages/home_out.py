"""Reads what Home says of the ways out that are followed; costs one small draft where nobody leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selfcare.leaving import PLANS

if TYPE_CHECKING:
    from selfcare.ui.context import Reading
    from selfcare.viewmodel.home_leaving import LeavingCards


def ways_out(reading: Reading, ended: Iterable[str]) -> LeavingCards | None:
    """The cards of the lines with a confirmed plan, and of those that have `ended`; None where there is none of these.

    For the store lane.
    """
    from selfcare.leaving.drafts import plans_from_bytes

    kept = reading.reader.draft(PLANS)
    plans = plans_from_bytes(kept) if kept else None
    planned = [key for key, one in ((plans.answers if plans else None) or {}).items() if one.confirmed is not None]
    wanted = tuple(dict.fromkeys((*planned, *ended)))
    if not wanted:
        return None
    from selfcare.ui.pages.leaving import read_material
    from selfcare.viewmodel.home_leaving import leaving_cards

    return leaving_cards(read_material(reading), wanted, reading.words)
