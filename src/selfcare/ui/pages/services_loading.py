"""What the pages of lines read besides the lines: what bills charged for options that do not work or nobody ordered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from selfcare.billing.option_charges import UNSERVED, OptionCharges, charges_of, first_reported
from selfcare.billing.weighing import Record
from selfcare.domain.lines import Line
from selfcare.ui.context import Reading

LOOKED_AT = 120
"""So many of the newest bills are read: ten years of one a month."""

_BILLED_EARLY = timedelta(days=62)


def charges_in_question(
    reading: Reading, lines: Collection[Line], unasked: frozenset[str] = frozenset()
) -> dict[str, OptionCharges]:
    """By the option's id, for those alone; no bill is read where everything works. Runs on the store lane."""
    reader = reading.reader
    options = [
        option
        for line in lines
        for option in line.options
        if option.verdict in UNSERVED or option.id in unasked
    ]  # fmt: skip
    if not options:
        return {}
    tickets, problems = reader.tickets(), reader.problems()
    wanted = {o.id: first_reported(o, tickets, problems, reading.zone) for o in options if o.verdict in UNSERVED}
    wanted |= {o.id: None for o in options if o.id not in wanted}
    began = [option.since for option in options]
    first = min((day for day in began if day is not None), default=date.min) if None not in began else date.min
    earliest = first - _BILLED_EARLY if first > date.min + _BILLED_EARLY else date.min
    bills = [bill for bill in reader.bills(LOOKED_AT) if bill.day is None or bill.day >= earliest]
    return charges_of((Record(bill, reader.bill_lines(bill.id)) for bill in bills), wanted)
