"""The leaving rules of each country, as small pure functions."""
