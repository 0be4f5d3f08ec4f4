"""Exactly what is shown on each page, words included; pure."""
