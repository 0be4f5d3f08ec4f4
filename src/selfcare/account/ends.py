"""Keeps every date that the operator ever named in the customer's own file: it keeps no history, and may deny one."""

from __future__ import annotations

import msgspec

from selfcare.store.vault import Vault

KEPT_AS = "promised ends"

_Ends = list[tuple[str, str, str]]


def keep_ends(vault: Vault) -> None:
    """Copy what was noticed while reading into the file that is never made anew, and bring back what a damaged cache
    lost; written only where something is new."""
    seen = set(vault.cache.promised_ends())
    kept = _kept(vault.actions.draft(KEPT_AS))
    lost = [one for one in kept if one not in seen]
    if lost:
        vault.cache.restore_promises(lost)
    already = set(kept)
    fresh = [one for one in sorted(seen) if one not in already]
    if fresh:
        vault.actions.put_draft(KEPT_AS, msgspec.json.encode([*kept, *fresh]))


def _kept(text: bytes | None) -> _Ends:
    return _DECODER.decode(text) if text else []


_DECODER = msgspec.json.Decoder(_Ends)
"""Made on import, which one thread does: msgspec dies where two threads meet a type for the first time at once."""
