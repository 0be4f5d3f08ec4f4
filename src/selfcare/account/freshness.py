"""How old each kind of thing is, and why it is not newer, from what was remembered of the last readings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from selfcare.domain.freshness import Freshness
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.topics import Topic
from selfcare.store.cache import Cache
from selfcare.store.documents import ResourceState

from .wording import read_failure
