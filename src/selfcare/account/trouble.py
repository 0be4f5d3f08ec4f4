"""Which failures end a whole round, and which only mean that a part of the operator is left alone for a while."""

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
"""Nobody is there who could be trusted, or they want no more of it for now. In a round of reading that may be so of
one part of the operator alone (spared.py)."""

OF_THE_DISK = (DiskTrouble, VaultDamaged)
"""Nothing can be written about these, not even that they happened."""

STOPPING = (*UNHEARD, *OF_THE_DISK)
"""What ends a round of reading where it is so of the whole operator."""

OF_THE_OPERATOR = (ServerTrouble, TimedOut)
"""The operator is there and in trouble."""

UNWELL = (*OF_THE_OPERATOR, NotAnAnswer)
"""The operator is there, and what it answers a request is of no use."""

ENOUGH = 3
"""So many answers like that in a row, and an address is left alone for the round: the rest would only be a burden."""
