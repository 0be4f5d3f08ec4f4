"""The customer's language: words, money, days."""

from .words import LANGUAGES, Words, load_words

__all__ = ["LANGUAGES", "Words", "load_words"]
