"""The question before anything is sent to servers that the customer did not name: which they are, and what for."""

from __future__ import annotations

from collections.abc import Sequence

from selfcare.api.catalogue import RESOURCES
from selfcare.api.profile_changes import Place
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .facts import shortened
from .rounds import topic_names

_ASKED = frozenset(one.api for one in RESOURCES)


class PlacesView(Struct, frozen=True):
    """The question. `facts` are (server, what would go there)."""

    title: str
    question: str
    facts: tuple[tuple[str, str], ...]
    yes: str
    no: str


def places_view(
    names: Sequence[str], asked_at: str, places: Sequence[Place], twin: str, words: Words
) -> PlacesView | None:
    """The question, or None where everything stays at the address that the customer gave.

    `names` are those that the operator goes by, the one that will be shown first. `asked_at` is the server that the
    description came from, "" for a file. `twin` is where another operator of one of these names signs its customers in.
    """
    if not places and not twin:
        return None
    facts = [(place.host, _what_for(place, words)) for place in places]
    if twin:
        facts.append((twin, words.tr("another operator of this name, to which you signed in before")))
    return PlacesView(
        words.tr("Are these servers those of {operator}?", operator=_called(names)),
        " ".join((_where_from(asked_at, bool(places), words), words.tr("Nothing of yours has been sent yet."))),
        tuple(facts),
        words.tr("Go on to the sign-in"),
        words.tr("Do not sign in"),
    )


def anew_view(names: Sequence[str], asked_at: str, places: Sequence[Place], twin: str, words: Words) -> PlacesView:
    """The question before an account whose description cannot be read gets this one; `places` are all its servers, the
    rest as in `places_view`."""
    ask = places_view(names, asked_at, places, twin, words)
    assert ask is not None, "a description leads to its sign-in at least"
    if asked_at:
        source = words.tr("This description comes from {server}.", server=asked_at)
    else:
        source = words.tr("This description comes from the file that you chose.")
    question = words.tr(
        "From now on you would sign in and your data would be asked for here. Go on only if you know these servers: if "
        "you do not, ask your operator by a way that you know."
    )
    return PlacesView(
        ask.title,
        " ".join((source, question, words.tr("Nothing of yours has been sent yet."))),
        ask.facts,
        words.tr("Open with this description"),
        words.tr("Leave it closed"),
    )


def _called(names: Sequence[str]) -> str:
    shown, *others = (shortened(name) for name in names)
    return f"{shown} ({others[0]})" if others else shown


def _where_from(asked_at: str, leads_on: bool, words: Words) -> str:
    if not leads_on:
        return words.tr(
            "There is another operator of this name on this computer. If you did not expect two, do not go on, and ask "
            "your operator by a way that you know."
        )
    if not asked_at:
        return words.tr(
            "The file says where you would sign in and where your data would be asked for. Whoever wrote it chose "
            "these servers: go on only if you know them, or know who gave you the file."
        )
    return words.tr(
        "You named {server}. Its description leads on to other servers, which would see your sign-in or be asked for "
        "your data. If you do not know them, ask your operator by a way that you know.",
        server=asked_at,
    )


def _what_for(place: Place, words: Words) -> str:
    found = [words.tr("you would sign in there")] if place.is_login else []
    topics = dict.fromkeys(one.topic for one in RESOURCES if one.api in place.apis)
    found += topic_names(topics, words)
    unasked = [api for api in place.apis if api not in _ASKED]
    if unasked:
        found.append(words.tr("{apis}, which this program asks for nothing", apis=words.listing(unasked)))
    if place.is_spare or not found:
        found.append(words.tr("files"))
    return words.listing(found)
