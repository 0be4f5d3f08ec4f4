"""How old each kind of thing is, and why it is not newer, from what was remembered of the last readings."""

from __future__ import annotations

from datetime import datetime

from selfcare.api.catalogue import RESOURCES
from selfcare.domain.freshness import Freshness
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.store.cache import Cache
from selfcare.store.documents import ResourceState

from .documents import KIND_OF_TOPIC
from .wording import read_failure

PAPERS = "papers"
"""The name under which the reading of papers is remembered; they are no resource of their own."""

_MAIN = frozenset(kind for _, kind in KIND_OF_TOPIC)


def freshness_of(topic: Topic, cache: Cache, profile: OperatorProfile) -> Freshness:
    """The age of a topic: of its resources that the operator offers, the one furthest behind decides.

    A topic that is read through no API (requests, settings, the profile's desks) counts as not offered: it has no age.
    """
    if profile.is_archive:
        return Freshness(topic, offered=False, is_archive=True)
    if topic is Topic.PAPERS:
        if not any(profile.offers(api) for api in ("TMF678", "TMF651", "TMF667")):
            return Freshness(topic, offered=False)
        return _put_together(topic, [cache.state(PAPERS)])
    resources = [r for r in RESOURCES if r.topic == topic]
    offered = [r for r in resources if profile.offers(r.api)]
    if not offered:
        return Freshness(topic, offered=False)
    states = []
    for resource in offered:
        scopes = cache.scopes(resource.kind) or ([""] if resource.kind in _MAIN else [])
        states += [cache.state(resource.kind, scope) for scope in scopes]
    if not states:  # the main resource is not offered, and what stands behind it was never told
        return Freshness(topic, offered=False)
    return _put_together(topic, states)


def _put_together(topic: Topic, states: list[ResourceState]) -> Freshness:
    read = [state.seen for state in states]
    tried = [state.tried for state in states if state.tried is not None]
    failed = next((state for state in states if state.failure), None)
    return Freshness(
        topic,
        seen=_oldest(read),
        tried=max(tried, default=None),
        failure=read_failure(failed.failure, failed.facts) if failed is not None else None,
        unreadable=sum(state.unreadable for state in states),
        refused=sum(state.refused for state in states),
        left_out=sum(state.left_out for state in states),
    )


def _oldest(moments: list[datetime | None]) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return min(known) if known and len(known) == len(moments) else None
