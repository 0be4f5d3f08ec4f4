"""Words that operators use in their documents, said in the customer's language; any other word is quoted as it came."""

from __future__ import annotations

from selfcare.i18n import Words

from .facts import quoted


def contract_word(word: str, words: Words) -> str:
    """The state of a contract (TMF651 Agreement.status, free text)."""
    return {
        "approved": words.trc("contract", "approved"),
        "active": words.trc("contract", "active"),
        "in process": words.trc("contract", "in preparation"),
        "inprocess": words.trc("contract", "in preparation"),
        "rejected": words.trc("contract", "rejected"),
        "terminated": words.trc("contract", "ended"),
        "expired": words.trc("contract", "expired"),
    }.get(word.strip().casefold()) or quoted(word, words)


def severity_word(word: str, words: Words) -> str:
    """How bad a trouble is (TMF621 severity: Critical, Major, Minor by custom)."""
    return {
        "critical": words.trc("severity", "critical"),
        "major": words.trc("severity", "major"),
        "minor": words.trc("severity", "minor"),
    }.get(word.strip().casefold()) or quoted(word, words)


def channel_word(word: str, words: Words) -> str:
    """By which way somebody was reached (TMF683 and TMF681, free text)."""
    return {
        "phone": words.trc("channel", "phone"),
        "call": words.trc("channel", "phone"),
        "letter": words.trc("channel", "letter"),
        "registered letter": words.trc("channel", "registered letter"),
        "registeredletter": words.trc("channel", "registered letter"),
        "chat": words.trc("channel", "chat"),
        "email": words.trc("channel", "email"),
        "e-mail": words.trc("channel", "email"),
        "sms": words.trc("channel", "SMS"),
        "shop": words.trc("channel", "shop"),
        "store": words.trc("channel", "shop"),
        "mobile app push notification": words.trc("channel", "app notification"),
    }.get(word.strip().casefold()) or quoted(word, words)
