"""The kinds of thing a page may show and a round of reading may change."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What changed, in the customer's nouns; a page names those that it shows."""

    CUSTOMER = "customer"
    ACCOUNTS = "accounts"
    BILLS = "bills"
    BILL_LINES = "bill_lines"
    PAYMENTS = "payments"
    PAPERS = "papers"
    LETTERS = "letters"
    PRODUCTS = "products"
    SERVICES = "services"
    CONTRACTS = "contracts"
    TICKETS = "tickets"
    PROBLEMS = "problems"
    APPOINTMENTS = "appointments"
    CONTACTS = "contacts"
    MESSAGES = "messages"
    ORDERS = "orders"
    OFFERS = "offers"
    SUPPORT = "support"
    WAITING = "waiting"
    LEAVING = "leaving"
    SETTINGS = "settings"
