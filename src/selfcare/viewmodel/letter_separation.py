"""The letter of somebody who has to be safe from another person on the account: the line is taken out of it."""

from __future__ import annotations

from selfcare.paper.letter import BLANK

from .letter_pen import LetterBody, Pen


def separation(pen: Pen) -> LetterBody:
    """The request to separate a line from a shared account (US-SCA-01: 47 U.S.C. 345); elsewhere as a plain request.

    Name and address are written in by hand: those of the account may be the other person's.
    """
    words, line = pen.words, pen.line()
    law = pen.right("US-SCA-01") if pen.facts.separates else None
    if law is not None:
        asked = words.tr(
            "Under the Safe Connections Act (47 U.S.C. 345) please separate the line {line}, with its number, from the "
            "shared account it is on. What my request needs to be complete is enclosed; if anything is missing, tell "
            "me at once. Please do it within {count} business days, without a fee, and without any charge or condition "
            "for ending the contract early.",
            line=line, count=words.number(law.number),
        )  # fmt: skip
    else:
        asked = words.tr(
            "Please take the line {line}, with its number, out of the shared account it is on and into one of my own. "
            "I have to be safe from another person on this account. Before you change anything, please tell me how it "
            "is done, by when, what it costs, and what the other person will see of it.",
            line=line,
        )
    parts = [
        asked,
        words.tr(
            "Please tell nobody else on the account of this letter. If you have to tell the account holder, tell me "
            "first, and on which day."
        ),
        words.tr(
            "Please reach me only here, and use no address, telephone or e-mail of the account: {blank}",
            blank=f"{BLANK} {BLANK}",
        ),
        words.tr("Please confirm in writing that it is done, and which bills and data stay open to me."),
    ]
    enclosed = (words.tr("What makes the request complete"),) if law is not None else ()
    subject = words.tr("Separating the line {line} from a shared account", line=line)
    return LetterBody(subject, tuple(parts), enclosures=enclosed, by_another=True)
