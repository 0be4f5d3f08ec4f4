"""Puts the rooms together: accounts, rounds, the demo and the window."""
