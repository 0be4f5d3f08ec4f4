"""The customer's own memory: promises with clocks, contacts, escalation; pure."""
