"""What it takes to leave an operator: rules, dates, costs and the steps of the way out; pure."""
