"""Taking an option off a line: what is asked, with its facts, before the order goes into the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from selfcare.domain.commands import DropOption
from selfcare.domain.lines import Line
from selfcare.domain.options import PaperState
from selfcare.domain.waiting import Waiting
from selfcare.i18n import Words

from .facts import ConfirmView, FactView, price_text, stated


def drop_questions(line: Line, waiting: Iterable[Waiting], can_order: bool, words: Words) -> dict[str, ConfirmView]:
    """By the option's id; none where the operator takes no orders, nor for what is asked for or ending already."""
    if not can_order:
        return {}
    asked = {w.command.option_id for w in waiting if w.is_open and isinstance(w.command, DropOption)}
    number = line.number or line.name
    return {
        option.id: ConfirmView(
            title=words.tr("Take {option} off {number}", option=option.name, number=number),
            text=words.tr(
                "The order goes to your operator. Until when the option is charged is your operator’s to say; the "
                "line itself stays as it is."
            ),
            facts=(
                FactView(words.tr("Option"), option.name),
                FactView(words.tr("Line"), number),
                stated(words.tr("Price"), price_text(option.price, option.period, words, is_net=option.is_net), words),
            ),
            yes=words.tr("Take it off"),
            no=words.tr("Cancel"),
            command=DropOption(option.id, line.id, option.name),
        )
        for option in line.options
        if option.on_paper is PaperState.ACTIVE and option.id not in asked
    }
