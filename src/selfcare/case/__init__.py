"""The customer's own memory: promises with clocks, contacts, escalation; pure."""

NOTEBOOK = "case file"
"""Under which name what the customer writes down is kept in the customer's own encrypted file."""

CONTRACT_NOTES = "contract notes"
"""Under which name the customer's notes on the contract are kept there."""

DESKS = "noted desks"
"""Under which name the ways to reach the operator that the customer noted are kept there."""
