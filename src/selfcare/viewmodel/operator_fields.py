"""What the parts of an operator's description are called, and what stands in them, in the customer's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from selfcare.api.catalogue import RESOURCES
from selfcare.api.profile_changes import Change
from selfcare.domain.support import Channel
from selfcare.i18n import Words

from .channels import hours_text, kind_name, language_name
from .clocks import place_of
from .rounds import topic_names


def field_name(change: Change, words: Words) -> tuple[str, str]:
    """What a field is called, and which part of it, for those that have many: ("Tickets (TMF621): address", "")."""
    first, _, rest = change.where.partition(".")
    if change.desks is not None:
        desk = change.desks[1] or change.desks[0]
        return own_fields(words)["support"], f"{desk.name} ({kind_name(desk.kind, words)})" if desk else ""
    if first == "exit":
        step, _, field = rest.partition(".")
        label = words.tr("{what}: {title}", what=own_fields(words)[first], title=_steps(words).get(step, step))
        return label, exit_fields(words).get(field, field)
    if first in ("honours", "support"):
        return own_fields(words)[first], {**promises(words), **_of_support(words)}.get(rest, rest)
    if first != "apis":
        return own_fields(words).get(first, first), rest
    api, _, field = rest.partition(".")
    topics = dict.fromkeys(one.topic for one in RESOURCES if one.api == api)
    names = words.listing(topic_names(topics, words))
    label = f"{names[:1].upper()}{names[1:]} ({api})" if names else api
    name, _, part = field.partition(".")
    if not name:
        return label, ""
    return words.tr("{what}: {title}", what=label, title=api_fields(words).get(name, name)), part


def both_values(change: Change, words: Words) -> str:
    """What stood there and what would: "yes → no"; of a desk, what of it is different."""
    if change.desks is not None:
        before, after = _differing(*change.desks, words)
    else:
        before, after = (_value(change.where, value, words) for value in (change.before, change.after))
    nothing = words.tr("not there")
    return f"{_cut(before) or nothing} → {_cut(after) or nothing}"


def own_fields(words: Words) -> dict[str, str]:
    """The parts of the whole description."""
    return {
        "issuer": words.tr("Where you sign in"),
        "client_id": words.tr("This program’s name at the sign-in"),
        "redirect_path": words.tr("The way back from the sign-in"),
        "scopes": words.tr("What is asked for at the sign-in"),
        "hosts": words.tr("Further servers"),
        "extra_headers": words.tr("What is sent along with every question"),
        "id": words.tr("Its own short name"),
        "name": words.tr("Name"),
        "brand": words.tr("Name that is shown"),
        "colour": words.tr("Colour"),
        "country": words.tr("Country whose rules apply"),
        "zone": words.tr("Time zone"),
        "currency": words.tr("Currency"),
        "languages": words.tr("Languages"),
        "exit": words.tr("Steps of leaving"),
        "honours": words.tr("What it promises"),
        "support": words.tr("Who to reach"),
    }


def api_fields(words: Words) -> dict[str, str]:
    """What is said of one API."""
    return {
        "version": words.tr("version"),
        "base_url": words.tr("address"),
        "owner_param": words.tr("name of the filter for what is yours"),
        "owner_value": words.tr("by what you are named there"),
        "page_size": words.tr("most documents in one answer"),
        "pdf": words.tr("ways to the PDF of a bill"),
        "patch": words.tr("how a remark is sent"),
        "names": words.tr("names in addresses"),
        "extra_headers": words.tr("what is sent along"),
        "states": words.tr("its own words for states"),
        "is_open": words.tr("readable without signing in"),
    }


def promises(words: Words) -> dict[str, str]:
    """What an operator can promise beyond the standard."""
    return {
        "key_life": words.tr("what is sent twice is carried out once, for"),
        "external_id_filter": words.tr("a request can be found by the number that it was sent with"),
        "list_etag": words.tr("it says that a whole list is unchanged"),
        "owner_filter": words.tr("an empty list means that there is nothing"),
        "missing_is_empty": words.tr("a list that is not found means that there is nothing"),
        "retry_after": words.tr("it says when to ask again"),
        "listed_after": words.tr("until a request is listed, it may take"),
    }


def exit_fields(words: Words) -> dict[str, str]:
    """What is said of one step of leaving."""
    return {
        "via": words.tr("asked for"),
        "category": words.tr("filed there as"),
        "scheme": words.tr("kind of code"),
        "hours": words.tr("hours it takes, as promised"),
    }


def _steps(words: Words) -> dict[str, str]:
    return {
        "portCode": words.tr("code that takes the number along"),
        "unlock": words.tr("unlocking a handset"),
        "notice": words.tr("notice"),
    }


def _of_support(words: Words) -> dict[str, str]:
    return {"source": words.tr("where this is stated")}


def _value(where: str, value: str, words: Words) -> str:
    if value in ("True", "False"):
        return words.tr("yes") if value == "True" else words.tr("no")
    said = _VALUES.get(re.sub(r"^(apis|exit)\.[^.]*", r"\1", where))
    return said(value, words) if said else value


def _named_as(value: str, words: Words) -> str:
    if not value:
        return words.tr("by your sign-in alone")
    names = {
        "{customerId}": words.tr("your customer number"),
        "{partyId}": words.tr("your number as a person"),
        "{accountId}": words.tr("the numbers of your accounts"),
    }
    return names.get(value, value)


def _way(value: str, words: Words) -> str:
    names = {"TMF621": words.tr("with a ticket (TMF621)"), "TMF622": words.tr("with an order (TMF622)")}
    return names.get(value, value)


def _papers(value: str, words: Words) -> str:
    names = {
        "embedded": words.tr("inside the bill"),
        "url": words.tr("at the address in the bill"),
        "href": words.tr("at the bill’s own address"),
        "document": words.tr("among the documents"),
    }
    return words.listing([names.get(way, way) for way in value.split(", ")]) if value else ""


def _languages(value: str, words: Words) -> str:
    return words.listing([language_name(tag, words) for tag in value.split(", ")]) if value else ""


def _country(value: str, words: Words) -> str:
    from babel import Locale

    return str(Locale.parse(words.language).territories.get(value, value))


_VALUES: Mapping[str, Callable[[str, Words], str]] = {
    "apis.owner_value": _named_as,
    "apis.pdf": _papers,
    "exit.via": _way,
    "languages": _languages,
    "country": _country,
}


def _differing(before: Channel | None, after: Channel | None, words: Words) -> tuple[str, str]:
    """What is to be known of a desk; of one that was there before only what is different."""
    one, other = (_desk_facts(desk, words) if desk else [] for desk in (before, after))
    if before and after and sorted(one) == sorted(other):
        return before.zone, after.zone
    return "; ".join(fact for fact in one if fact not in other), "; ".join(fact for fact in other if fact not in one)


def _desk_facts(desk: Channel, words: Words) -> list[str]:
    hours = words.tr("around the clock, says your operator") if desk.always else hours_text(desk.hours, words)
    if desk.hours and not desk.always:
        hours = words.tr("{hours}, time of {place}", hours=hours, place=place_of(ZoneInfo(desk.zone), words))
    found = [desk.address, hours, desk.purpose]
    found += [words.tr("Takes registered letters.")] if desk.registered else []
    found += [f"{words.tr('Closed on public holidays.').rstrip('.')} ({desk.calendar})"] if desk.calendar else []
    if desk.closed_on:
        days = words.listing([words.short_day(day) for day in desk.closed_on])
        found.append(words.tr("Closed on {days}, holidays there.", days=days))
    if desk.languages:
        names = words.listing([language_name(tag, words) for tag in desk.languages])
        found.append(words.tr("Language: {names}.", names=names))
    found += [words.tr("Have at hand: {what}.", what=desk.at_hand.rstrip(" ."))] if desk.at_hand else []
    return [fact.rstrip(" .") for fact in found if fact]


def _cut(value: str) -> str:
    return value if len(value) <= 120 else value[:119] + "…"
