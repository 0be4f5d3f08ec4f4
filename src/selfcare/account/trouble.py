"""Which failures end a whole round, because every further request would meet the same."""

from __future__ import annotations

from selfcare.domain.failures import BadCertificate, DiskTrouble, Offline, SignedOut, TooOften, VaultDamaged

STOPPING = (Offline, BadCertificate, SignedOut, TooOften, DiskTrouble, VaultDamaged)
"""Nobody is there, or they want no more of it, or nothing can be kept."""

OF_THE_DISK = (DiskTrouble, VaultDamaged)
"""Nothing can be written about these, not even that they happened."""
