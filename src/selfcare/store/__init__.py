"""Encrypted files: what the operator said, its papers, and what the customer asked for."""
