"""Signing in, reading what is kept, asking for something, and the rounds to the operator and back."""
