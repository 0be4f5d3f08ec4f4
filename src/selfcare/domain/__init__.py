"""What a customer has and may do; pure Python, no screen, no network, no disk."""
