"""What passed between a customer and customer care: tickets, problems, calls, letters, messages and orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from .inventory import Named
from .person import Document
from .shapes import href, ref, stamp, trait
from .story import Story

Said = tuple[datetime, str, str]
Step = tuple[datetime, str, str]


def add_ticket(
    story: Story,
    title: str,
    text: str,
    kind: str,
    course: Sequence[Step],
    *,
    severity: str = "Major",
    promised: datetime | None = None,
    wanted: datetime | None = None,
    notes: Sequence[Said] = (),
    about: Sequence[tuple[str, str, str]] = (),
) -> Document:
    """A ticket (TMF621). `course` is (when, status, reason), oldest first; `about` is (role, kind, id)."""
    ident = story.next_id("T")
    created, (changed, status, reason) = course[0][0], course[-1]
    ticket: Document = {
        "id": ident,
        "name": title,
        "description": text,
        "ticketType": kind,
        "severity": severity,
        "priority": "High" if severity in {"Critical", "Major"} else "Medium",
        "status": status,
        "statusChangeDate": stamp(changed),
        "statusChangeReason": reason,
        "statusChange": [
            {"status": word, "changeDate": stamp(moment), "changeReason": why} for moment, word, why in course
        ],
        "creationDate": stamp(created),
        "lastUpdate": stamp(max([changed, *(note[0] for note in notes)])),
        "channel": {"id": "phone", "name": "Téléphone" if story.brand.language == "fr" else "Phone"},
        "note": [_note(f"{ident}.{place}", said) for place, said in enumerate(notes, start=1)],
        "relatedEntity": [
            ref(kind_, id_, kind_[0].upper() + kind_[1:], role=role) for role, kind_, id_ in about if id_
        ],
        "relatedParty": [story.customer_ref()],
    }
    if promised:
        ticket["expectedResolutionDate"] = stamp(promised)
    if wanted:
        ticket["requestedResolutionDate"] = stamp(wanted)
    if status in {"resolved", "closed"}:
        ticket["resolutionDate"] = stamp(changed)
    return story.add("troubleTicket", ticket)


def add_problem(
    story: Story,
    title: str,
    text: str,
    category: str,
    began: datetime,
    *,
    status: str = "inProgress",
    expected: datetime | None = None,
    ended: datetime | None = None,
    services: Sequence[str] = (),
    tickets: Sequence[str] = (),
    place: str = "",
    affected: int = 0,
    record: Sequence[Said] = (),
) -> Document:
    """A known problem (TMF656); the expected end is our characteristic estimatedRestorationDate."""
    ident = story.next_id("K")
    last = max([began, *(said[0] for said in record), *([ended] if ended else [])])
    operator = {"id": story.brand.id, "name": story.brand.name, "role": "originator", "@referredType": "Organization"}
    problem: Document = {
        "id": ident,
        "name": title,
        "description": text,
        "category": category,
        "priority": 3,
        "reason": category,
        "status": status,
        "statusChangeDate": stamp(last),
        "creationDate": stamp(began),
        "lastUpdate": stamp(last),
        "affectedNumberOfServices": affected,
        "affectedService": [ref("service", service) for service in services if service],
        "impactPattern": {"description": text},
        "originatorParty": operator,
        "trackingRecord": [
            {"id": f"{ident}.{spot}", "time": stamp(moment), "user": who, "description": words}
            for spot, (moment, who, words) in enumerate(record, start=1)
        ],
        "troubleTicket": [ref("troubleTicket", ticket) for ticket in tickets],
    }
    if place:
        problem["affectedLocation"] = [{"id": f"L{story.code}", "name": place, "role": "affected area"}]
        problem["affectedLocation"][0]["@referredType"] = "GeographicArea"
    if expected:
        problem["impactPattern"]["characteristic"] = [trait("estimatedRestorationDate", stamp(expected), "date-time")]
    if ended:
        problem["resolutionDate"] = stamp(ended)
    return story.add("serviceProblem", problem)


def add_contact(
    story: Story,
    what: str,
    reason: str,
    started: datetime,
    minutes: float,
    agents: Sequence[str],
    *,
    channel: str = "phone",
    inbound: bool = True,
    result: str = "",
    notes: Sequence[str] = (),
    about: tuple[str, str] = ("", ""),
) -> Document:
    """A call, visit, chat or letter (TMF683). `agents` are named in the order in which the customer got them."""
    ident = story.next_id("I")
    ends = started + timedelta(minutes=minutes)
    parties = [story.customer_ref() | {"role": "user"}]
    for place, agent in enumerate(agents, start=1):
        number = f"{ident}.{place}"
        parties.append(
            {"id": number, "href": href("individual", number), "name": agent, "role": "agent"}
            | {"@referredType": "Individual"}
        )
    contact: Document = {
        "id": ident,
        "description": what,
        "reason": reason,
        "direction": "inbound" if inbound else "outbound",
        "status": "completed",
        "statusChangeDate": stamp(ends),
        "creationDate": stamp(started),
        "interactionDate": {"startDateTime": stamp(started), "endDateTime": stamp(ends)},
        "channel": [{"id": channel, "href": f"{{base}}/channel/{channel}", "name": channel, "role": "interaction"}],
        "relatedParty": parties,
        "note": [
            {"id": f"{ident}.n{place}", "author": agents[0] if agents else story.brand.name}
            | {"date": stamp(ends), "text": text}
            for place, text in enumerate(notes, start=1)
        ],
    }
    item: Document = {"id": f"{ident}.1", "reason": reason, "creationDate": stamp(started)}
    if result:
        item["resolution"] = result
    if about[1]:
        item["item"] = ref(about[0], about[1], about[0][0].upper() + about[0][1:], role="subject")
    contact["interactionItem"] = [item]
    return story.add("partyInteraction", contact)


def add_message(story: Story, channel: str, subject: str, text: str, sent: datetime) -> Document:
    """Something the operator sent (TMF681)."""
    return story.add(
        "communicationMessage",
        {
            "id": story.next_id("N"),
            "messageType": channel,
            "subject": subject,
            "content": text,
            "sendTime": stamp(sent),
            "sendTimeComplete": stamp(sent + timedelta(seconds=4)),
            "state": "completed",
            "sender": {"id": story.brand.id, "name": story.brand.name},
            "receiver": [{"id": story.customer_id, "name": story.name, "party": story.customer_ref()}],
        },
    )


def add_order(
    story: Story,
    category: str,
    text: str,
    product: Named,
    action: str,
    ordered: datetime,
    *,
    state: str = "completed",
    completed: datetime | None = None,
    expected: datetime | None = None,
    notes: Sequence[Said] = (),
) -> Document:
    """An order (TMF622) of the past, or one that is still under way."""
    ident = story.next_id("O")
    order: Document = {
        "id": ident,
        "category": category,
        "description": text,
        "state": state,
        "orderDate": stamp(ordered),
        "relatedParty": [story.customer_ref()],
        "billingAccount": story.account_ref(),
        "productOrderItem": [
            {
                "id": "1",
                "action": action,
                "state": state,
                "quantity": 1,
                "product": ref("product", product[0], "Product", name=product[1]),
            }
        ],
        "note": [_note(f"{ident}.{place}", said) for place, said in enumerate(notes, start=1)],
    }
    if expected:
        order["expectedCompletionDate"] = stamp(expected)
    if completed:
        order["completionDate"] = stamp(completed)
    return story.add("productOrder", order)


def _note(ident: str, said: Said) -> Document:
    return {"id": ident, "date": stamp(said[0]), "author": said[1], "text": said[2]}


def add_appointment(
    story: Story,
    what: str,
    starts: datetime,
    ends: datetime,
    made: datetime,
    *,
    status: str = "confirmed",
    changed: datetime | None = None,
    category: str = "intervention",
    place: str = "",
    notes: Sequence[Said] = (),
    about: Sequence[tuple[str, str, str]] = (),
) -> Document:
    """A visit or an agreed call-back (TMF646); `about` is (role, kind, id)."""
    ident = story.next_id("V")
    last = max([changed or made, *(said[0] for said in notes)])
    appointment: Document = {
        "id": ident,
        "category": category,
        "description": what,
        "status": status,
        "creationDate": stamp(made),
        "lastUpdate": stamp(last),
        "validFor": {"startDateTime": stamp(starts), "endDateTime": stamp(ends)},
        "note": [_note(f"{ident}.{number}", said) for number, said in enumerate(notes, start=1)],
        "relatedEntity": [ref(kind, id_, kind[0].upper() + kind[1:], role=role) for role, kind, id_ in about if id_],
        "relatedParty": [story.customer_ref()],
    }
    if place:
        appointment["relatedPlace"] = {"name": place, "role": "visit"}
    return story.add("appointment", appointment)
