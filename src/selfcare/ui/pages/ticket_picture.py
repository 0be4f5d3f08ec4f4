"""The picture of a ticket's course: the bar of turns, and its key in words below it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import part_of_page
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet
from selfcare.ui.widgets.tag import Tag
from selfcare.ui.widgets.turns import Pin, Stretch, TurnBar
from selfcare.viewmodel.ticket_story import PictureView

MOST = 12
"""So many pieces are named below the bar; a ticket that goes to and fro for years has its list of steps."""


def turn_picture(picture: PictureView, words: Words) -> QWidget:
    """The bar, and below it what each piece is and how long it was, so that no colour stands alone."""
    box, column = part_of_page()
    column.setSpacing(4)
    pins = [Pin(m.at, m.tone, words.tr("{label}: {day}", label=m.label, day=m.when)) for m in picture.marks]
    bar = TurnBar(
        words.tr("Whose turn it was"),
        picture.spoken,
        [Stretch(s.begins, s.ends, s.tone, s.label) for s in picture.spans],
        pins,
    )
    column.addWidget(bar)
    keys = [Tag(span.label, span.tone) for span in picture.spans[-MOST:]]
    column.addWidget(flow(*keys))
    column.addWidget(quiet(" · ".join(pin.label for pin in pins[:MOST])))
    return box
