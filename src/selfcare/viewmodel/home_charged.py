"""What Home says of lines and options: paid for and not working, charged before they began, or never ordered."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Line
from selfcare.domain.options import NOT_SERVED, Option
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

from .facts import price_text
from .home_cards import HomeFacts, Step, UrgentCard
from .home_urgent import MOST
from .option_money import early_sentence, paid_sentence, unasked_sentence
from .verdicts import trouble_sentence


class _Charged(Struct, frozen=True):
    """An option and why it stands on Home."""

    option: Option
    line: Line
    kind: str


def charged_cards(facts: HomeFacts, words: Words, today: date) -> list[UrgentCard]:
    """Lines and options that cost something and are not as sold; of very many the first, and how many more there are.

    What does not work and costs nothing is told on Services alone, but where bills charge it all the same.
    """
    options = [(option, line) for line in facts.lines for option in (line.main, *line.options) if option is not None]
    found = [_Charged(option, line, kind) for option, line in options if (kind := _kind(option, facts))]
    shown = found if len(found) <= MOST + 1 else found[:MOST]
    cards = [_card(one, facts, words, today) for one in shown]
    return cards if len(shown) == len(found) else [*cards, _more(len(found) - len(shown), words)]


def _kind(option: Option, facts: HomeFacts) -> str:
    if option.id in facts.unasked:
        return "unasked"
    if option.verdict in NOT_SERVED and (option.is_charged or option.id in facts.charges):
        return "dead"
    return "early" if option.id in facts.early else ""


def _card(one: _Charged, facts: HomeFacts, words: Words, today: date) -> UrgentCard:
    option, line = one.option, one.line
    title = words.tr("{option} on {line}", option=option.name or line.name, line=line.number or line.name)
    see = Step(words.tr("See the option"), f"services/{line.id}")
    if option is line.main:
        title = line.number or line.name
        see = Step(words.tr("See the line"), f"services/{line.id}")
    if one.kind == "early":
        said = early_sentence(option, facts.early[option.id], words, today)
        steps = (see, Step(words.tr("All bills"), "bills"))
        return UrgentCard(words.tr("Charged before it began"), "warn", title, said, steps)
    paid = paid_sentence(facts.charges.get(option.id), words, today)
    if one.kind == "unasked":
        said = " ".join(part for part in (unasked_sentence(option, words, today), paid) if part)
        return UrgentCard(words.tr("Never ordered"), "warn", title, said, (see,))
    parts = [words.tr("Active on paper since {day}.", day=words.day(option.since, today))] if option.since else []
    parts.append(trouble_sentence(option, words))
    if option.is_charged:
        price = price_text(option.price, option.period, words, is_net=option.is_net)
        parts.append(words.tr("It costs {amount}.", amount=price))
    parts.append(paid)
    if option.clause:
        see = Step(words.tr("The clause in your contract"), f"services/{line.id}")
    said = " ".join(part for part in parts if part)
    return UrgentCard(words.tr("Charged, not working"), "warn", title, said, (_report(line, facts, words), see))


def _more(count: int, words: Words) -> UrgentCard:
    title = words.trn("{count} more thing is not as sold", "{count} more things are not as sold", count)
    text = words.tr("The first ones stand here; Services lists them all.")
    steps = (Step(words.tr("Open the services"), "services"),)
    return UrgentCard(words.tr("Not as sold"), "warn", title, text, steps)


def _report(line: Line, facts: HomeFacts, words: Words) -> Step:
    """The way to a ticket; where the operator takes none, to the note of what was said on the telephone."""
    if facts.can_report:
        return Step(words.tr("Say it does not work"), f"services/{line.id}")
    return Step(words.tr("Note a call about it"), "case/note")
