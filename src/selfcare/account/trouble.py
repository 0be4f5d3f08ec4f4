"""Which failures end a whole round, because every further request would meet the same."""

from __future__ import annotations

from selfcare.domain.failures import (
    BadCertificate,
    DiskTrouble,
    NotAnAnswer,
    Offline,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooOften,
    VaultDamaged,
)

UNHEARD = (Offline, BadCertificate, SignedOut, TooOften)
"""Nobody is there who could be trusted, or they want no more of it for now."""

OF_THE_DISK = (DiskTrouble, VaultDamaged)
"""Nothing can be written about these, not even that they happened."""

STOPPING = (*UNHEARD, *OF_THE_DISK)
"""What ends a round of reading."""

OF_THE_OPERATOR = (ServerTrouble, TimedOut)
"""The operator is there and in trouble."""

UNWELL = (*OF_THE_OPERATOR, NotAnAnswer)
"""The operator is there, and what it answers a request is of no use."""

ENOUGH = 3
"""So many answers like that in a row end a round: the rest would only be a burden."""
