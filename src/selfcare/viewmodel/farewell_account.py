"""Who the customer is, the lines with their options and handsets, known problems and visits, as entries of the pack."""

from __future__ import annotations

from collections.abc import Iterator

from selfcare.domain.lines import Line, SimLock
from selfcare.i18n import Words

from .appointments import state_tag as appointment_tag
from .appointments import window_text
from .facts import price_text
from .farewell_entries import Telling, notes_table
from .farewell_html import Entry, Table
from .farewell_owned import Owned
from .known_words import channel_word
from .leaving_numbers import number_text
from .tickets import state_tag as ticket_tag
from .verdicts import option_tag, paper_word


def account(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """The customer, then each account."""
    words = tell.words
    customer = owned.customer()
    if customer is not None:
        reach = [(m.text, m.purpose or channel_word(m.kind.value, words)) for m in customer.media]
        yield Entry(
            customer.name or words.trc("farewell", "You"),
            ((words.tr("Customer number"), customer.id), (words.tr("Operator’s own word"), customer.status)),
            tables=(Table(words.tr("How to reach you"), (words.tr("Address"), words.tr("What for")), reach),),
        )
    for a in owned.accounts():
        debit = a.direct_debit
        yield Entry(
            words.tr("Account {name}", name=a.name or a.id),
            (
                (words.tr("Number"), a.id),
                (words.tr("State"), a.state),
                (words.tr("Operator’s own word"), a.payment_status),
                (words.tr("Balance"), words.money(a.balance) if a.balance is not None else ""),
                (words.tr("Direct Debit"), "" if debit is None else debit.name or debit.account),
            ),
        )


def lines(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every line with its options and its handset."""
    words = tell.words
    for line in owned.lines():
        number = number_text(line.number, owned.profile.country) if line.number else ""
        options = [
            (
                o.name or words.tr("Option without a name"),
                price_text(o.price, o.period, words, is_net=o.is_net),
                tell.day(o.sold or o.since),
                paper_word(o.on_paper, o.on_paper_word, words),
                option_tag(o, words).text,
                o.clause,
            )
            for o in line.options
        ]
        columns = (
            words.tr("Option"), words.tr("Price"), words.tr("Since"), words.tr("On paper"), words.tr("Really"),
            words.tr("Clause"),
        )  # fmt: skip
        yield Entry(
            " · ".join(filter(None, (number, line.name))) or words.tr("Line"),
            (
                (words.tr("Price"), price_text(line.price, line.period, words, is_net=line.is_net)),
                (words.tr("On paper"), paper_word(line.on_paper, line.on_paper_word, words)),
                (words.tr("Used by"), line.user_name),
                (words.tr("Since"), tell.day(line.since)),
                (words.tr("End of the commitment"), tell.day(line.term_ends)),
                (words.tr("Last day of the line"), tell.day(line.ends)),
                *_handset(line, words),
            ),
            tables=(Table(words.tr("Options"), columns, options),),
        )


def _handset(line: Line, words: Words) -> tuple[tuple[str, str], ...]:
    handset = line.handset
    if handset is None:
        return ()
    locks = {
        SimLock.LOCKED: words.tr("locked to your operator"),
        SimLock.UNLOCKED: words.tr("not locked"),
        SimLock.NOT_STATED: words.tr("not stated"),
    }
    return (
        (words.tr("Handset"), handset.name),
        (words.tr("Serial number"), handset.serial),
        (words.tr("SIM lock"), locks[handset.lock]),
        (words.tr("Unlock code"), handset.unlock_code),
    )


def problems(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every known problem with the ends that were announced."""
    words = tell.words
    for p in owned.problems():
        yield Entry(
            p.title or words.tr("Known problem without a title"),
            (
                (words.tr("State"), ticket_tag(p.state, p.state_word, words).text),
                (words.tr("Since"), tell.instant(p.began)),
                (words.tr("Announced end"), tell.instant(p.expected_end)),
                (words.tr("Announced before"), words.listing([tell.instant(m) for m in p.moved_from])),
                (words.tr("Solved"), tell.instant(p.ended)),
                (words.tr("Where"), words.listing(list(p.places))),
            ),
            p.text,
            (notes_table(p.record, tell),),
        )


def appointments(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every visit and agreed call-back, with the times that it had before."""
    words = tell.words
    for a in owned.appointments():
        when = window_text(a.window, words, tell.zone, tell.today) if a.window is not None else ""
        before = [window_text(window, words, tell.zone, tell.today) for window in a.moved_from]
        yield Entry(
            a.title or (words.tr("A call back") if a.is_call else words.tr("A visit")),
            (
                (words.tr("When"), when),
                (words.tr("State"), appointment_tag(a, words).text),
                (words.tr("Was to be"), words.listing(before)),
                (words.tr("Where"), a.place),
                (words.trc("farewell", "Made"), tell.instant(a.created)),
                (words.tr("Number"), a.id),
            ),
            "",
            (notes_table(a.notes, tell),),
        )
