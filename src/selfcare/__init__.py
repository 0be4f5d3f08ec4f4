"""Selfcare: a telecom customer's bills, options, tickets, contract and way out, on the customer's own computer."""

__version__ = "0.1.0"
