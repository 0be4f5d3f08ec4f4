"""The question before a newer description of the operator is taken: what is different, and what of it is grave."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.api.catalogue import RESOURCES
from selfcare.api.profile_changes import Change
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .notice import Notice
from .rounds import topic_names

_MOST = 30


class ChangesView(Struct, frozen=True):
    """The question. `facts` are (what, "before → after")."""

    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    yes: str
    no: str
    is_grave: bool


def changes_view(operator: str, changes: Sequence[Change], words: Words) -> ChangesView:
    """The question with its facts: each field in the customer's words, and the API by its number too."""
    is_grave = any(change.is_grave for change in changes)
    question = words.tr(
        "{operator} describes itself differently now. Nothing is taken over unless you agree.", operator=operator
    )
    if is_grave:
        question += " " + words.tr(
            "What is marked with ! would send your sign-in or your data to another place than before. If you do not "
            "know why, ask {operator} first, by a way that you know.",
            operator=operator,
        )
    told: dict[str, list[str]] = {}
    for change in changes:
        where, part = _what(change.where, words)
        said = words.tr("{name}: {value}", name=part, value=_both(change, words)) if part else _both(change, words)
        told.setdefault(f"! {where}" if change.is_grave else where, []).append(said)
    facts = [(where, "\n".join(said)) for where, said in told.items()]
    if len(facts) > _MOST:
        more = len(facts) - _MOST
        facts[_MOST:] = [("…", words.trn("{count} more", "{count} more", more))]
    return ChangesView(
        words.tr("What is new"),
        question,
        tuple(facts),
        words.tr("Take it over"),
        words.tr("Leave it as it is"),
        is_grave,
    )


def has_moved(operator: str, words: Words) -> Notice:
    """A list was not where it was, and the operator describes itself otherwise now: the two may belong together."""
    return Notice(
        words.tr(
            "{operator} describes itself differently now, and a part of it is not where it was.", operator=operator
        ),
        words.tr("Look in the settings under “What is new at the operator?”. Nothing is taken over unless you agree."),
        "warn",
        "settings",
    )


def _what(where: str, words: Words) -> tuple[str, str]:
    """What a field is called, and which part of it, for those that have many: ("Tickets (TMF621): address", "")."""
    first, _, rest = where.partition(".")
    if first != "apis":
        return _own_fields(words).get(first.partition("[")[0], first), where[len(first.partition("[")[0]) :].lstrip(".")
    api, _, field = rest.partition(".")
    topics = dict.fromkeys(one.topic for one in RESOURCES if one.api == api)
    names = words.listing(topic_names(topics, words))
    label = f"{names[:1].upper()}{names[1:]} ({api})" if names else api
    name, _, part = field.partition(".")
    if not name:
        return label, ""
    return words.tr("{what}: {title}", what=label, title=_api_fields(words).get(name, name)), part


def _own_fields(words: Words) -> dict[str, str]:
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


def _api_fields(words: Words) -> dict[str, str]:
    return {
        "version": words.tr("version"),
        "base_url": words.tr("address"),
        "owner_param": words.tr("by what you are named there"),
        "owner_value": words.tr("by what you are named there"),
        "page_size": words.tr("most documents in one answer"),
        "pdf": words.tr("ways to the PDF of a bill"),
        "patch": words.tr("how a remark is sent"),
        "names": words.tr("names in addresses"),
        "extra_headers": words.tr("what is sent along"),
        "states": words.tr("its own words for states"),
        "is_open": words.tr("readable without signing in"),
    }


def _both(change: Change, words: Words) -> str:
    truths = {"True": words.tr("yes"), "False": words.tr("no")}
    values = (truths.get(value, _cut(value)) for value in (change.before, change.after))
    before, after = (value or words.tr("not there") for value in values)
    return f"{before} → {after}"


def _cut(value: str) -> str:
    return value if len(value) <= 120 else value[:119] + "…"


def nothing_new(operator: str, words: Words) -> Notice:
    """The operator describes itself as before."""
    return Notice(words.tr("{operator} describes itself as before.", operator=operator), "", "neutral")
