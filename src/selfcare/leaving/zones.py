"""Which clock counts for a line: that of its country, in the United States that of the customer's state."""

from __future__ import annotations

_COUNTRIES = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York"}

_STATES = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
"""States and territories by the zone of most of their people: where a state has two, the file may name the other."""

STATES = {state: zone for zone, states in _STATES.items() for state in states.split()}
"""The zone of each American state, by its two letters."""


def zone_for(country: str, state: str = "") -> str:
    """The time zone of a line in a country (ISO 3166) and, in the United States, a state; UTC where none is known."""
    usual = _COUNTRIES.get(country, "UTC")
    return STATES.get(state, usual) if country == "US" else usual
