"""What is said once a file stands where the customer wanted it, and where it cannot be opened from here."""

from __future__ import annotations

from selfcare.i18n.words import Words

from .notice import Notice


def saved(name: str, words: Words) -> Notice:
    """It was written; `name` is its own."""
    return Notice(words.tr("Saved as {name}.", name=name), "", "good")


def not_opened(words: Words) -> Notice:
    """The customer wanted to open what was saved, and nothing came of it."""
    return Notice(
        words.tr("This computer did not open the file."),
        words.tr("It was moved or changed meanwhile, or no program here shows such files. Look for it in its folder."),
    )
