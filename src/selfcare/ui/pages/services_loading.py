"""What the pages of lines read besides the lines: what bills charged for options that do not work or nobody ordered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from selfcare.billing.flags import Judgement, Oddity
from selfcare.billing.option_charges import OptionCharges, charges_of, first_reported
from selfcare.billing.weighing import Record
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.lines import Line
from selfcare.domain.options import NOT_SERVED
from selfcare.ui.context import Reading

LOOKED_AT = 120
"""So many of the newest bills are read: ten years of one a month."""

_BILLED_EARLY = timedelta(days=62)

_ASKED_ABOUT = 6
"""So many bills on which something was never ordered are looked into for what it was."""


def charges_in_question(
    reading: Reading, lines: Collection[Line], unasked: frozenset[str] = frozenset()
) -> dict[str, OptionCharges]:
    """By the option's id, for those alone; no bill is read where everything works. Runs on the store lane."""
    reader = reading.reader
    options = [
        option
        for line in lines
        for option in (line.main, *line.options)
        if option is not None and (option.verdict in NOT_SERVED or option.id in unasked)
    ]  # fmt: skip
    if not options:
        return {}
    tickets, problems = reader.tickets(), reader.problems()
    wanted = {o.id: first_reported(o, tickets, problems, reading.zone) for o in options if o.verdict in NOT_SERVED}
    wanted |= {o.id: None for o in options if o.id not in wanted}
    began = [option.since for option in options]
    first = min((day for day in began if day is not None), default=date.min) if None not in began else date.min
    earliest = first - _BILLED_EARLY if first > date.min + _BILLED_EARLY else date.min
    bills = [bill for bill in reader.bills(LOOKED_AT) if bill.day is None or bill.day >= earliest]
    return charges_of((Record(bill, reader.bill_lines(bill.id)) for bill in bills), wanted)


def early_charges(reading: Reading, lines: Collection[Line], judged: Iterable[Judgement]) -> dict[str, OptionCharges]:
    """What bills charged for a time before an option began, by its id.

    Only where a bill was found strange for it: no bill is read for anybody else. Runs on the store lane.
    """
    reader = reading.reader
    flagged = {one.bill_id: keys for one in judged if (keys := _unordered(one))}
    asked = [bill_id for bill_id in reversed(flagged) if bill_id][:_ASKED_ABOUT]
    odd = {line.product_id for bill_id in asked for line in reader.bill_lines(bill_id) if line.id in flagged[bill_id]}
    began = {o.id: o.since for line in lines for o in line.options if o.id in odd and o.since is not None}
    if not began:
        return {}
    records = (
        Record(bill, tuple(line for line in reader.bill_lines(bill.id) if _is_early(line, bill, began)))
        for bill in reader.bills(LOOKED_AT)
    )
    return charges_of((record for record in records if record.lines), dict.fromkeys(began))


def _unordered(judgement: Judgement) -> frozenset[str]:
    """The lines of a bill that charge something which was not ordered by then."""
    flags = (flag for flag in judgement.flags if Oddity.NEVER_ORDERED in {flag.kind, flag.first})
    return frozenset(key for flag in flags for key in flag.line_ids)


def _is_early(line: BillLine, bill: Bill, began: Mapping[str, date]) -> bool:
    since = began.get(line.product_id)
    until = line.ends or line.day or bill.period_end or bill.day
    return since is not None and until is not None and until < since
