"""Which failures end a whole round, because every further request would meet the same."""

from __future__ import annotations

from selfcare.domain.failures import BadCertificate, DiskTrouble, Offline, SignedOut, TooOften, VaultDamaged

UNHEARD = (Offline, BadCertificate, SignedOut, TooOften)
"""Nobody is there who could be trusted, or they want no more of it for now."""

OF_THE_DISK = (DiskTrouble, VaultDamaged)
"""Nothing can be written about these, not even that they happened."""

STOPPING = (*UNHEARD, *OF_THE_DISK)
"""What ends a round of reading."""
