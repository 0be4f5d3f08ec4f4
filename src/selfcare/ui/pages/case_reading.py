"""Gathers on the store lane what the case file and the dossier are made from."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.domain.lines import services_of
from selfcare.domain.topics import Topic
from selfcare.ui.context import Reading
from selfcare.viewmodel.case_file import CaseFacts


def case_facts(reading: Reading, topics: Iterable[Topic]) -> CaseFacts:
    """Everything that tells what happened; `topics` are those whose age is wanted."""
    from selfcare.account.notebook import notebook_of
    from selfcare.case.notebook import DeadTime
    from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes
    from selfcare.leaving.rules import parse_rules
    from selfcare.viewmodel.letter_material import RULES

    reader, profile = reading.reader, reading.profile
    name = RULES.get(profile.country)
    customer = reader.customer()
    plans = (plans_from_bytes(reader.draft(DRAFT_KEY)).answers or {}).items()
    spells = tuple(DeadTime(s.began, s.ended, line) for line, one in plans for s in one.mishaps.spells)
    return CaseFacts(
        zone=reading.zone,
        contacts=reader.contacts(),
        messages=reader.messages(),
        tickets=reader.tickets(),
        orders=reader.orders(),
        problems=reader.problems(),
        service_ids=services_of(reader.lines()),
        appointments=reader.appointments(),
        freshness=reader.freshness(*sorted(topics)),
        notebook=notebook_of(reader),
        waiting=reader.waiting(),
        operator=profile.name,
        country=profile.country,
        rules=parse_rules(reading.rules(name)) if name is not None else None,
        is_business=customer is not None and customer.is_business,
        spells=spells,
        nation=customer.nation(profile.country) if customer is not None else "",
        is_elsewhere=reading.is_elsewhere,
    )
