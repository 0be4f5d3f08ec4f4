"""What else may be said of a contact: how, who began, what it was, about what, which number, which files."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from selfcare.case.notebook import Noted, Purpose, Way
from selfcare.domain.records import replace
from selfcare.ui.pages.contact_files import ContactFiles
from selfcare.ui.pages.contact_times import number_field
from selfcare.ui.pages.pieces import Choice, named, part_of_page
from selfcare.ui.widgets.labels import prefilled
from selfcare.viewmodel.case_noting import about_from, about_value, direction_choices, purpose_choices, way_choices

from .page import Page


class ContactMore(QWidget):
    """The fields that can wait."""

    changed = Signal()
    """Something was typed or chosen."""

    def __init__(self, page: Page, noted: Noted, abouts: list[tuple[str, str]]) -> None:
        super().__init__()
        words = page.words
        box, column = part_of_page()
        self.setLayout(column)
        box.deleteLater()
        self.way = Choice(words.tr("How"), way_choices(words), noted.way.value)
        self.direction = Choice(words.tr("Who began"), direction_choices(words), "in" if noted.is_inbound else "out")
        self.purpose = Choice(words.tr("What it was"), purpose_choices(words), noted.purpose.value)
        self.about = Choice(words.tr("About"), abouts, about_value(noted.about))
        for choice in (self.way, self.direction, self.purpose, self.about):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(18)
            choice.currentIndexChanged.connect(self.changed)
            column.addWidget(named(choice.accessibleName(), choice))
        self.reference = QLineEdit(prefilled(noted.reference))
        self.reference.setMaxLength(80)
        self.reference.textChanged.connect(self.changed)
        column.addWidget(named(words.tr("Number they gave"), self.reference))
        self.transfers = number_field(words.tr("How often you were passed on"), noted.transfers, 99)
        self.transfers.valueChanged.connect(self.changed)
        column.addWidget(named(words.tr("How often you were passed on"), self.transfers))
        self.files = ContactFiles(page, noted)
        self.files.changed.connect(self.changed)
        column.addWidget(self.files)

    def written(self, noted: Noted) -> Noted:
        """The contact with what stands in these fields."""
        return replace(
            noted,
            way=Way(self.way.value),
            is_inbound=self.direction.value == "in",
            purpose=Purpose(self.purpose.value),
            reference=self.reference.text().strip(),
            transfers=self.transfers.value(),
            about=about_from(self.about.value, noted.about),
        )
