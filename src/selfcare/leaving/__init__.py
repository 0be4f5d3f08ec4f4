"""What it takes to leave an operator: rules, dates, costs and the steps of the way out; pure."""

PLANS = "leaving"
"""Under which name the customer's plans are kept in the customer's own encrypted file."""
