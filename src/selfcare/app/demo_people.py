"""Who may be looked around as in the demo, and at which of its two operators each of them is."""

from __future__ import annotations

BRITISH = ("claire", "edith", "sam", "nadia")
FRENCH = ("julien", "atelier", "garage", "lucie", "margot")
PEOPLE = BRITISH + FRENCH
"""Every demo customer by the name that is typed; the demo operator has a story of each."""
