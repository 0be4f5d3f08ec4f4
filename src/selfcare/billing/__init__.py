"""What bills say when they are compared and checked: differences, errors, what is unusual; pure."""
