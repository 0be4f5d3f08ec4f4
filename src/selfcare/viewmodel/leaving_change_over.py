"""The free exit that a plan was confirmed with and that is there no more: its days are over, or it is not listed."""

from __future__ import annotations

from datetime import date

from selfcare.i18n import Words
from selfcare.leaving.country import CostReason, FreeExit

from .leaving_change import wrote_of_change
from .leaving_cost import amount_text
from .leaving_material import Case
from .notice import Notice


def change_over(case: Case, words: Words) -> tuple[Notice, ...]:
    """What the tracker says first where a change no longer frees the line whose plan was confirmed with it."""
    confirmed, sent = case.answers.confirmed, wrote_of_change(case)
    planned = confirmed.astimezone(case.material.zone).date() if confirmed is not None else None
    if planned is None:
        return ()
    shut = case.way.closed_exit(planned)
    if shut is not None and shut.last is not None:
        return (_closed(shut, shut.last, sent, case, words),)
    lean, change = case.leans_on_unlisted, case.way.quote.lines[0].change
    if lean is not None and change is not None and change.first == lean and case.facts.line_ended is None:
        return (_leaning(lean, case, words),)
    return (_unlisted(sent, case, words),) if sent is not None and _is_gone(sent, case) else ()


def _closed(shut: FreeExit, until: date, sent: date | None, case: Case, words: Words) -> Notice:
    """The days of the change are over, and no order was there by then, though perhaps a letter."""
    today, amount = case.material.today, amount_text(case.way.quote, words)
    last = words.day(until, today)
    if sent is not None and sent <= until:
        wrote = words.day(sent, today)
        said = words.tr("The announced change may have freed you until {last}: you wrote to your operator about it on "
                        "{sent}, but no order and no notice followed by then.", last=last, sent=wrote)  # fmt: skip
        if shut.is_certain:
            said = words.tr("The announced change freed you until {last}: you wrote to your operator about it on "
                            "{sent}, but no order and no notice followed by then.", last=last, sent=wrote)  # fmt: skip
    elif shut.is_certain:
        said = words.tr("The announced change freed you until {last}: your operator was not told by then.", last=last)
    else:
        said = words.tr("The announced change may have freed you until {last}: your operator was not told by then.",
                        last=last)  # fmt: skip
    advice = words.tr(
        "This is no longer the cost that you confirmed: {amount}. Before you go on, ask your operator in writing to "
        "let you go free all the same.", amount=amount
    )  # fmt: skip
    return Notice(said, advice, kind="warn")


def _leaning(told: date, case: Case, words: Words) -> Notice:
    """The change is listed no more by which the line leaves: it counts on, as far as it did not depend on the list."""
    today, amount = case.material.today, amount_text(case.way.quote, words)
    said = words.tr("The change announced on {day}, by which you leave, is listed no more.", day=words.day(told, today))
    advice = words.tr(
        "The plan still counts with it: {amount}. Keep the announcement, it is your proof. If your operator took the "
        "change back, change the plan: it is counted anew without it.", amount=amount
    )  # fmt: skip
    return Notice(said, advice, kind="warn")


def _is_gone(sent: date, case: Case) -> bool:
    """No change that is listed was open on the day of the letter, and leaving costs something now."""
    way = case.way
    if case.facts.line_ended is not None or way.quote.is_free or way.quote.lines[0].change is not None:
        return False
    exits = way.country.exits(way.ground)
    return not any(e.reason is CostReason.FREE_EXIT and e.first <= sent <= (e.last or sent) for e in exits)


def _unlisted(sent: date, case: Case, words: Words) -> Notice:
    """The operator lists the change no more about which the customer wrote."""
    wrote, amount = words.day(sent, case.material.today), amount_text(case.way.quote, words)
    said = words.tr("Your operator no longer lists the change about which you wrote on {day}.", day=wrote)
    advice = words.tr(
        "This is no longer the cost that you confirmed: {amount}. Keep the announcement and your letter, and ask your "
        "operator in writing to let you go free all the same.", amount=amount
    )  # fmt: skip
    return Notice(said, advice, kind="warn")
