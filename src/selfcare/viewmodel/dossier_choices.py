"""What may be chosen for a dossier: the topic, the days, the names; and what its files are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from selfcare.domain.bills import Bill
from selfcare.domain.complaints import Complaint
from selfcare.domain.lines import Line
from selfcare.domain.tickets import Ticket
from selfcare.i18n import Words

from .dossier_scope import Scope, lines_of, topic_ids


def topic_choices(
    tickets: Sequence[Ticket], lines: Sequence[Line], bills: Sequence[Bill], words: Words
) -> list[tuple[str, str]]:
    """The topics as (value, words): everything, each ticket, each line, each of the newest bills."""
    rows = [("", words.tr("Everything"))]
    rows += [
        (f"ticket/{t.id}", words.tr("Ticket {id}: {title}.", id=t.id, title=t.title).rstrip("."))
        for t in sorted(tickets, key=lambda t: not t.is_open)
        if not t.id.startswith("waiting:")
    ]
    rows += [(f"line/{line.id}", line.number or line.name) for line in lines]
    rows += [(f"bill/{bill.id}", words.tr("Bill {number}", number=bill.number)) for bill in bills]
    return rows


def scope_of(
    value: str,
    title: str,
    start: date | None,
    end: date | None,
    tickets: Sequence[Ticket],
    lines: Sequence[Line],
    *,
    initials: bool,
) -> Scope:
    """The scope of what was chosen; a line brings its options, services and contract along. Days that lie the wrong
    way round are turned."""
    if start is not None and end is not None and end < start:
        start, end = end, start
    kind, _, own_id = value.partition("/")
    about: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()
    if kind == "ticket":
        ticket = next((t for t in tickets if t.id == own_id), None)
        about = topic_ids(ticket) if ticket is not None else frozenset({own_id})
        on = _with_services(lines_of(ticket), lines) if ticket is not None else on
    elif kind == "line":
        line = next((one for one in lines if one.id == own_id), None)
        if line is not None:
            parts = [option.id for option in line.options]
            services = [service for option in line.options for service in option.service_ids]
            handset = [line.handset.id] if line.handset is not None else []
            about = frozenset(one for one in (own_id, line.contract_id, *parts, *services, *handset) if one)
            on_it = [t.id for t in tickets if any(ref.id in about for ref in t.about)]
            about |= frozenset(on_it)
    elif kind == "bill":
        about = frozenset({own_id} | {t.id for t in tickets if any(ref.id == own_id for ref in t.about)})
    return Scope(start, end, about, title if value else "", initials, value, on)


def _with_services(ids: frozenset[str], lines: Sequence[Line]) -> frozenset[str]:
    """Options with the services behind them, whichever of the two was named."""
    options = (option for line in lines for option in line.options)
    behind = [{o.id, *o.service_ids} for o in options if ids & {o.id, *o.service_ids}]
    return ids.union(*behind)


def charged_ids(scope: Scope, lines: Sequence[Line]) -> tuple[str, ...]:
    """The products for which a bill may charge that belongs to the topic: of a line everything on it, of a ticket the
    options that it is about. None where everything is chosen, or a bill."""
    kind = scope.topic.partition("/")[0]
    wanted = scope.about if kind == "line" else scope.line_ids if kind == "ticket" else frozenset()
    options = [o.id for line in lines for o in line.options if o.id in wanted]
    return (*(line.id for line in lines if kind == "line" and line.id in wanted), *options)


def names_topic(complaint: Complaint, title: str) -> bool:
    """The customer's complaint says at least half of the words by which a topic is called."""
    called = set(re.findall(r"\w{4,}", title.casefold()))
    said = set(re.findall(r"\w{4,}", f"{complaint.topic} {complaint.wanted}".casefold()))
    return bool(called) and 2 * len(called & said) >= len(called)


def year_before(today: date) -> date:
    """Where a dossier begins unless somebody says otherwise."""
    return today - timedelta(days=365)


def folder_name(operator: str, day: date) -> str:
    """The name of a dossier's folder."""
    from .dossier_files import safe_name

    return f"{day.isoformat()} dossier {safe_name(operator)}"[:80]
