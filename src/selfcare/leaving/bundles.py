"""Finds in a contract what is lost when one of several lines leaves: the discount for lines that stay together."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BUNDLE = re.compile(
    r"(?:discount|saving|cheaper|remise|r[ée]duction|avantage).*(?:bundle|together|both|all (?:the )?lines|every line"
    r"|multi|ensemble|group|les deux|toutes? les? lignes?|flotte)"
    r"|(?:bundle|together|both|multi|ensemble|group|les deux|flotte).*(?:discount|saving|cheaper|remise|r[ée]duction)",
    re.IGNORECASE,
)


def bundle_clause(terms: Sequence[str]) -> str:
    """The clause of a contract by which lines are cheaper as long as they stay together; "" where it names none."""
    return next((text.strip() for text in terms if _BUNDLE.search(text)), "")
