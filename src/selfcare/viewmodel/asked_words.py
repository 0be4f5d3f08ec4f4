"""Why only the customer can decide on a request: it was asked for elsewhere, perhaps sent by a newer copy of what is
kept here, or its operator is another one since."""

from __future__ import annotations

from selfcare.domain.waiting import ASKED_ALREADY, COPY, OTHER_ISSUER, Waiting
from selfcare.i18n import Words

from .facts import TagView, Tone, refusal_sentence

WHYS = frozenset({ASKED_ALREADY, COPY, OTHER_ISSUER})
"""The reasons that are told here."""


def sentence(item: Waiting, words: Words) -> str:
    """What is said of a request that waits for one of these reasons."""
    if item.why == ASKED_ALREADY:
        said = words.tr(
            "Your operator did not take this because of something that it has already: perhaps it was asked for "
            "before, by phone or on its website. This request of yours was not found there."
        )
        return f"{said} {refusal_sentence(item.reason, words)}" if item.reason else said
    if item.why == COPY:
        return words.tr(
            "It has waited here since an earlier start. If what is kept here was put back from an older copy, it may "
            "have been sent already, and your operator cannot say whether it arrived. Sending it again may do it twice."
        )
    if item.sent is not None:
        return words.tr(
            "It was sent before your operator moved its sign-in to another address, and whether it arrived can no "
            "longer be asked. It is not sent again. Ask your operator, and take it back here."
        )
    return words.tr(
        "It was not sent: your operator has moved its sign-in to another address since you asked for this. If it is "
        "still wanted, take it back here and ask for it again."
    )


def forgotten_tag(words: Words) -> TagView:
    """How a request is called that the operator accepted and no longer shows."""
    return TagView(words.tr("no longer shown"), Tone.BAD)


def forgotten(item: Waiting, words: Words) -> str:
    """What is to be done about such a request."""
    return words.tr(
        "Your operator accepted it as {number} and shows it no more, and has not said that it was carried out. Ask it "
        "in writing what became of it; until it answers, do not count on the end of the line.",
        number=item.receipt or item.id,
    )
