"""The customer's own memory: promises with clocks, contacts, escalation; pure."""

NOTEBOOK = "case file"
"""Under which name what the customer writes down is kept in the customer's own encrypted file."""
