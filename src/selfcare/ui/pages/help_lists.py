"""The three lists of Help: tickets with their promises, known problems with mine first, and every desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from selfcare.domain.support import Channel
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import tag_of
from selfcare.ui.pages.visits import next_visit
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, rule, set_description, set_name, strong, text
from selfcare.ui.widgets.table import Cell, Column, DataTable, row
from selfcare.viewmodel.channels import ChannelView
from selfcare.viewmodel.facts import TagView, Tone
from selfcare.viewmodel.help import HelpView
from selfcare.viewmodel.problems import ProblemView
from selfcare.viewmodel.tickets import TicketView

OnOpen = Callable[[str], object]
LONG = 12
"""From this many on, things stand in a table that scrolls by itself."""


def tickets_card(view: HelpView, words: Words, on_open: OnOpen) -> Card:
    """Open tickets as blocks, and refused ones, since their reason belongs to them; the others, or very many, in a
    table."""
    card = Card(words.tr("My tickets"))
    if view.no_tickets is not None:
        card.add(EmptyState(view.no_tickets))
        return card
    blocks = [t for t in view.tickets if t.is_open or t.is_refused][:LONG]
    rest = [t for t in view.tickets if t not in blocks]
    if not any(t.is_open for t in blocks):
        card.add(text(words.tr("No open ticket."), tone="quiet"))
    for number, ticket in enumerate(blocks):
        if number:
            card.add(rule())
        card.add(ticket_block(ticket, words, on_open, next_visit(view.visits(ticket.id))))
    if rest:
        others = words.tr("All others")
        done = words.tr("Finished, or not listed any more")
        head = others if any(t.is_open for t in rest) else done
        card.add(rule(), quiet(head), _table(rest, words, on_open))
    return card


def ticket_block(ticket: TicketView, words: Words, on_open: OnOpen, visit: TagView | None = None) -> QWidget:
    """One ticket: its title, its tags, the next visit for it among them, whose turn it is, and the way in."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    tags = [tag_of(t) for t in (visit, ticket.promise, ticket.state) if t is not None]
    column.addWidget(strong(ticket.title))
    column.addWidget(flow(*tags))
    column.addWidget(text(ticket.turn, tone="warn" if ticket.is_my_turn else "quiet"))
    if ticket.opened:
        column.addWidget(quiet(words.tr("Reported {when}", when=ticket.opened)))
    column.addWidget(_way_in(words, words.tr("Open the ticket"), ticket.title, lambda: on_open(ticket.id), ticket.id))
    return box


def problems_card(
    view: HelpView, words: Words, on_open: OnOpen, on_open_list: Callable[[], object] | None = None
) -> Card:
    """What the operator knows to be broken, mine first. `on_open_list` leads a customer who is signed out to what the
    operator publishes for everybody."""
    card = Card(words.tr("Known problems"))
    if on_open_list is not None:
        card.add(
            quiet(
                words.tr("You are signed out, so this may be old. Your operator also publishes a list for everybody.")
            ),
            flow(link(words.tr("Read that list without signing in"), on_open_list)),
            rule(),
        )
    if view.no_problems is not None:
        card.add(EmptyState(view.no_problems))
        return card
    problem_list(card, view.problems, view.score, words, on_open)
    return card


def problem_list(card: Card, problems: Sequence[ProblemView], score: str, words: Words, on_open: OnOpen) -> None:
    """Known problems as blocks, the many after them in a table, and how the announced ends came true."""
    shown = problems[:LONG]
    for number, problem in enumerate(shown):
        if number:
            card.add(rule())
        card.add(_problem_block(problem, words, on_open))
    rest = list(problems[LONG:])
    if rest:
        card.add(rule(), quiet(words.tr("All others")), _problem_table(rest, words, on_open))
    if score:
        card.add(rule(), quiet(score))


def channels_card(
    view: HelpView,
    words: Words,
    on_letter: Callable[[], object],
    on_note: Callable[[], object],
    on_away: Callable[[Channel], object],
) -> Card:
    """Every way to reach the operator, and whether anybody is there now."""
    card = Card(words.tr("Who to reach"))
    note = link(words.tr("Note a number or an address…"), on_note)
    card.add(flow(link(words.tr("Write a letter…"), on_letter), note))
    if view.support is None:
        if view.no_support is not None:
            card.add(EmptyState(view.no_support))
        return card
    everyone = (*view.support.channels, *view.support.post)
    for number, channel in enumerate(everyone):
        if number:
            card.add(rule())
        card.add(_channel_block(channel))
        if channel.noted is not None:
            away = link(words.tr("Take it away"), partial(on_away, channel.noted))
            set_description(away, channel.name)
            card.add(flow(away))
    if view.support.tried:
        card.add(rule(), strong(words.tr("Advertised, and really there")))
        card.add(*(text(said, tone="quiet") for said in view.support.tried))
        card.add(quiet(words.tr("Counted from your case file and your operator’s log.")))
    if view.support.source:
        card.add(quiet(view.support.source))
    return card


def _problem_block(problem: ProblemView, words: Words, on_open: OnOpen) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    tags = [tag_of(problem.state)]
    if problem.is_mine:
        tags.insert(0, tag_of(TagView(words.tr("yours"), Tone.WARN)))
    column.addWidget(flow(*tags))
    column.addWidget(strong(problem.title))
    if problem.mine:
        column.addWidget(text(problem.mine))
    column.addWidget(text(problem.end, tone="quiet"))
    column.addWidget(_way_in(words, words.tr("All about it"), problem.title, lambda: on_open(problem.id), problem.id))
    return box


def _channel_block(channel: ChannelView) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(3)
    top = QHBoxLayout()
    top.setSpacing(8)
    name = strong(channel.name)
    top.addWidget(name, 1)
    top.addWidget(tag_of(channel.tag), 0, Qt.AlignmentFlag.AlignTop)
    column.addLayout(top)
    address = text(channel.address)
    address.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    set_description(address, channel.kind)
    column.addWidget(address)
    parts = " · ".join(part for part in (channel.kind, channel.purpose, channel.when) if part)
    column.addWidget(text(parts, tone="quiet"))
    if channel.hours:
        column.addWidget(quiet(channel.hours))
    if channel.more:
        column.addWidget(quiet(" ".join(channel.more)))
    return box


def way_back(lists: QWidget, key: str) -> QWidget | None:
    """The way in to a ticket or a problem, where the keyboard goes when its page is left; None where it is not there.

    In a table its row is chosen.
    """
    found = lists.findChild(QWidget, f"open:{key}")
    if found is not None:
        return found
    return next((table for table in lists.findChildren(DataTable) if table.choose(key)), None)


def _way_in(words: Words, label: str, title: str, on_click: Callable[[], object], key: str) -> QWidget:
    button = link(label, on_click)
    button.setObjectName(f"open:{key}")
    set_name(button, words.tr("{name}: {value}", name=label, value=title))
    return flow(button)


def _problem_table(problems: list[ProblemView], words: Words, on_open: OnOpen) -> DataTable:
    table = DataTable(
        (
            Column(words.tr("Known problem"), stretch=True),
            Column(words.tr("Yours"), quiet=True, below=True),
            Column(words.tr("State"), tag=True, below=True),
        ),
        words.tr("All other known problems"),
        bare=True,
    )
    yours = words.tr("yours")
    table.show_rows(
        [row(p.id, p.title, yours if p.is_mine else "", Cell(p.state.text, p.state.tone)) for p in problems]
    )
    table.activated_key.connect(on_open)
    table.clicked.connect(lambda _index: on_open(table.current_key()))
    table.setFixedHeight(420)
    return table


def _table(tickets: list[TicketView], words: Words, on_open: OnOpen) -> DataTable:
    table = DataTable(
        (
            Column(words.tr("Ticket"), stretch=True),
            Column(words.tr("Reported"), quiet=True, below=True),
            Column(words.tr("State"), tag=True, below=True),
        ),
        words.tr("Tickets that are finished or not listed any more"),
        bare=True,
    )
    table.show_rows([row(t.id, t.title, t.opened_day, Cell(t.state.text, t.state.tone)) for t in tickets])
    table.activated_key.connect(on_open)
    table.clicked.connect(lambda _index: on_open(table.current_key()))
    if len(tickets) <= LONG:
        table.show_whole()
    else:
        table.setFixedHeight(420)
    return table
