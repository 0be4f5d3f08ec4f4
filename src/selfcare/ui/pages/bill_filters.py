"""The filters above the list of bills: which line, state, year and amounts, and in which order."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox

from selfcare.domain.records import replace
from selfcare.i18n.words import Words
from selfcare.store.search import BillQuery
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.labels import set_name, visible
from selfcare.viewmodel.bills import BillsView, Choice, amount_choices, sort_choices


class BillFilters(QObject):
    """A box for each, `boxes` are all; `changed` is told when the customer chose another."""

    changed = Signal()

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self.lines = self._box(words.tr("Only this line"))
        self.states = self._box(words.tr("Only this state"))
        self.years = self._box(words.tr("Only this year"))
        self.amounts = self._box(words.tr("Only these amounts"))
        self.sorts = self._box(words.tr("In this order"))
        self.boxes = (self.lines, self.states, self.years, self.amounts, self.sorts)
        _fill(self.amounts, amount_choices(words))
        _fill(self.sorts, sort_choices(words))

    def show_view(self, view: BillsView) -> None:
        """Offer what there is; what was chosen stays chosen where it still exists."""
        for box, choices in ((self.lines, view.lines), (self.states, view.states), (self.years, view.years)):
            _fill(box, choices)

    def clear(self) -> None:
        """Leave nothing out; the order stays."""
        for box in (self.lines, self.states, self.years, self.amounts):
            box.setCurrentIndex(0)

    def apply(self, query: BillQuery) -> BillQuery:
        """A query narrowed to what is chosen."""
        line, states, year = (str(b.currentData() or "") for b in (self.lines, self.states, self.years))
        low, _, high = str(self.amounts.currentData() or "- -").partition(" ")
        sort, _, way = str(self.sorts.currentData()).partition(" ")
        return replace(
            query,
            lines=(line,) if line else (),
            states=tuple(states.split()),
            year=int(year) if year else None,
            least=None if low == "-" else int(low) * 10_000,
            most=None if high == "-" else int(high) * 10_000,
            sort=sort,
            descending=way == "desc",
        )

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setFont(font(TEXT))
        set_name(box, name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.activated.connect(self._chosen)
        return box

    @Slot(int)
    def _chosen(self, _index: int) -> None:
        self.changed.emit()


def is_narrow(query: BillQuery) -> bool:
    """Whether something is looked for, or left out."""
    return bool(query.text or query.lines or query.states or query.year) or (query.least, query.most) != (None, None)


def _fill(box: QComboBox, choices: tuple[Choice, ...]) -> None:
    if [box.itemData(n) for n in range(box.count())] == [c.value for c in choices]:
        return
    chosen = box.currentData()
    box.clear()
    for choice in choices:
        box.addItem(visible(choice.label, 60), choice.value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
