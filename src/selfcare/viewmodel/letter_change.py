"""The announced change in a letter: in the notice, and in a letter of its own where the line moves without one."""

from __future__ import annotations

from datetime import date

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


def because_of_change(pen: Pen, *, afterwards: bool = False) -> tuple[str, ...]:
    """A paragraph for each line of the letter that leaves because of a change; nothing where none does.

    `afterwards`: the line has ended already.
    """
    facts = pen.facts
    every = [(pen.line(), facts.change), *((other.line, other.change) for other in facts.together)]
    return tuple(_paragraph(line, told, pen, afterwards) for line, told in every if told is not None)


def _paragraph(line: str, told: ToldChange, pen: Pen, afterwards: bool) -> str:
    words, day = pen.words, pen.day(told.told, Gap.DUE)
    if told.rise is not None:
        said = words.tr(
            "On {day} you told me that the price of the line {line} rises by {amount} a month.",
            day=day, line=line, amount=words.money(told.rise),
        )  # fmt: skip
    else:
        said = words.tr("On {day} you told me of a change to the contract for the line {line}.", day=day, line=line)
    for more in (_not_agreed(told, pen), _ground(told, pen, afterwards)):
        said = words.tr("{first} {second}", first=said, second=more) if more else said
    return said


def _not_agreed(told: ToldChange, pen: Pen) -> str:
    """Why it is surely not the rise that the contract named (UK-CTR-04); empty where that is open."""
    words, made = pen.words, told.made
    if not told.is_certain:
        return ""
    law = pen.rule("UK-CTR-04", made)
    if told.by_percent and law is not None and isinstance(law.value, date):
        return words.tr(
            "My contract names inflation or a percentage for it. Under Ofcom’s General Conditions a contract made on "
            "or after {from_day} may not: every rise has to be stated at the sale in pounds and pence, with when it "
            "comes. Mine was made on {made}.",
            from_day=pen.day(law.value, Gap.CONCLUDED), made=pen.day(made, Gap.CONCLUDED),
        )  # fmt: skip
    if told.agreed is None:
        return words.tr("My contract does not name this rise.")
    if told.agreed.is_zero:
        return words.tr("My contract names no price rise at all.")
    return words.tr("My contract names a rise of {amount} a month only.", amount=words.money(told.agreed))


def _ground(told: ToldChange, pen: Pen, afterwards: bool) -> str:
    """The right to leave free, with the exceptions that the operator would have to name; a code is only asked about."""
    words, said = pen.words, pen.words.tr("That is why I leave.")
    if afterwards:
        said = words.tr("That is why I left.")
    if law := pen.right("FR-MOD-01", told.told):
        count = words.number(law.other_number)
        asked = words.tr(
            "So please charge nothing for ending it early. If you hold that the change is only to my benefit, purely "
            "administrative or required by law, please tell me in writing which, and why."
        )
        may = words.tr(
            "Under article L224-33 of the French Consumer Code I may end the contract free of charge until {count} "
            "months after I was told.", count=count
        )  # fmt: skip
        if afterwards:
            may = words.tr(
                "Under article L224-33 of the French Consumer Code I could end the contract free of charge until "
                "{count} months after I was told.", count=count
            )  # fmt: skip
    elif pen.right("UK-CTR-03", told.told):
        asked = words.tr(
            "So please charge nothing for ending it early. If you hold that the change is only to my benefit, purely "
            "administrative, imposed by law or no change to my contract, please tell me in writing which, and why."
        )
        may = words.tr(
            "Under Ofcom’s General Conditions I may end the contract free of charge within one month of being told."
        )
        if afterwards:
            may = words.tr(
                "Under Ofcom’s General Conditions I could end the contract free of charge within one month of being "
                "told."
            )
    elif code := pen.rule("US-ETF-04", told.told):
        asked = words.tr(
            "If you keep that code, please charge no such fee; if you see it otherwise, please tell me why in writing."
        )
        may = words.tr(
            "As I understand the wireless industry’s consumer code, one may leave without an early termination fee "
            "after a change clearly to one’s disadvantage, for about {count} days.", count=words.number(code.number)
        )  # fmt: skip
    else:
        may, asked = "", words.tr("Please tell me in writing whether the contract lets me go free of charge after it.")
    said = words.tr("{first} {second}", first=may, second=said) if may else said
    return words.tr("{first} {second}", first=said, second=asked)
