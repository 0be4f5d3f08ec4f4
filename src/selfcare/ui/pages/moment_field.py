"""A field for a day and a time by the operator's clock, which is named where this computer's shows another hour."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QLocale, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit

from selfcare.ui.widgets.labels import set_name
from selfcare.viewmodel.clocks import in_place

from .page import Page


def moment_name(page: Page, name: str) -> str:
    """The field's name, with the place whose clock it shows where that is not this computer's."""
    context = page.context
    return in_place(name, context.zone, page.words) if context.is_elsewhere else name


def moment_field(page: Page, name: str, value: datetime) -> QDateTimeEdit:
    """A field that shows an instant in the operator's zone, whatever zone this computer is in."""
    zone = QTimeZone(page.context.zone.key.encode())
    field = QDateTimeEdit()
    field.setTimeZone(zone)
    field.setDateTime(QDateTime.fromSecsSinceEpoch(int(value.timestamp()), zone))
    for inner in field.findChildren(QLineEdit):
        set_name(inner, name)
    field.setLocale(QLocale(page.words.locale))
    field.setDisplayFormat(page.words.moment_pattern)
    return field


def read_moment(field: QDateTimeEdit) -> datetime:
    """The instant that stands in the field, in UTC."""
    return datetime.fromtimestamp(field.dateTime().toSecsSinceEpoch(), UTC)
