"""The announced change in a letter: in the notice, and in a letter of its own where the line moves without one."""

from __future__ import annotations

from .letter_facts import Gap, ToldChange
from .letter_pen import LetterBody, Pen


def change(pen: Pen) -> LetterBody:
    """That the line leaves because of a change (FR-MOD-01: article L224-33; UK-CTR-03; US-ETF-04), and is no notice."""
    words, line = pen.words, pen.line()
    parts = [
        how_it_ends(pen),
        *because_of_change(pen),
        words.tr("Please confirm in writing that no charge is owed for ending the contract early."),
    ]
    return LetterBody(words.tr("Leaving because of an announced change, line {line}", line=line), tuple(parts), "end")


def how_it_ends(pen: Pen) -> str:
    """That this letter ends nothing: the move does, or the notice."""
    words = pen.words
    if pen.facts.by_notice:
        return beside_notice(pen)
    return words.tr(
        "This letter is no notice: the line {line} ends when it moves to my new operator. Please do not end it before.",
        line=pen.line(),
    )


def beside_notice(pen: Pen) -> str:
    """That it goes beside a notice, which is what ends the line."""
    return pen.words.tr("This letter goes with the notice for the line {line}, which you receive apart from it.",
                        line=pen.line())  # fmt: skip


def change_by_heirs(pen: Pen) -> tuple[str, ...]:
    """The change in a letter of somebody of the family: it was told to the holder, and may free besides the death."""
    words, told = pen.words, pen.facts.change
    if told is None:
        return ()
    return (
        words.tr(
            "On {day} you announced a change to this contract. If the contract ends, please charge nothing for ending "
            "it early because of that change, too, or tell me in writing why it does not free from the charge.",
            day=pen.day(told.told, Gap.DUE),
        ),
    )


def because_of_change(pen: Pen) -> tuple[str, ...]:
    """A paragraph for each line of the letter that leaves because of a change; nothing where none does."""
    facts = pen.facts
    every = [(pen.line(), facts.change), *((other.line, other.change) for other in facts.together)]
    return tuple(_paragraph(line, told, pen) for line, told in every if told is not None)


def _paragraph(line: str, told: ToldChange, pen: Pen) -> str:
    words, day = pen.words, pen.day(told.told, Gap.DUE)
    if told.rise is not None:
        said = words.tr(
            "On {day} you told me that the price of the line {line} rises by {amount} a month.",
            day=day, line=line, amount=words.money(told.rise),
        )  # fmt: skip
    else:
        said = words.tr("On {day} you told me of a change to the contract for the line {line}.", day=day, line=line)
    if told.is_certain:
        said = words.tr("{first} {second}", first=said, second=words.tr("It is not the rise that my contract named."))
    return words.tr("{first} {second}", first=said, second=_ground(told, pen))


def _ground(told: ToldChange, pen: Pen) -> str:
    """The right to leave free, with the exceptions that the operator would have to name; a code is only asked about."""
    words = pen.words
    if law := pen.right("FR-MOD-01", told.told):
        return words.tr(
            "Under article L224-33 of the French Consumer Code I may end the contract free of charge until {count} "
            "months after I was told, and that is why I leave. So please charge nothing for ending it early. If you "
            "hold that the change is only to my benefit, purely administrative or required by law, please tell me in "
            "writing which, and why.",
            count=words.number(law.other_number),
        )
    if pen.right("UK-CTR-03", told.told):
        return words.tr(
            "Under Ofcom’s General Conditions I may end the contract free of charge within one month of being told, "
            "and that is why I leave. So please charge nothing for ending it early. If you hold that the change is "
            "only to my benefit, purely administrative, imposed by law or no change to my contract, please tell me in "
            "writing which, and why."
        )
    if code := pen.rule("US-ETF-04", told.told):
        return words.tr(
            "As I understand the wireless industry’s consumer code, one may leave without an early termination fee "
            "after a change clearly to one’s disadvantage, for about {count} days. That is why I leave. If you keep "
            "that code, please charge no such fee; if you see it otherwise, please tell me why in writing.",
            count=words.number(code.number),
        )
    return words.tr(
        "That is why I leave. Please tell me in writing whether the contract lets me go free of charge after it."
    )
