"""Where the operator takes no tickets: says so before anything is written, and leads to the ways that there are."""

from __future__ import annotations

from selfcare.ui.pages.page import Page
from selfcare.ui.widgets.dialog import FactsDialog


def no_tickets_dialog(page: Page) -> FactsDialog | None:
    """What is said where the operator takes no tickets (TMF621); None where it does. Yes means: on to Help."""
    profile = page.context.profile
    if profile is None or profile.offers("TMF621"):
        return None
    words = page.words
    return FactsDialog(
        page,
        words,
        title=words.tr("{operator} takes no tickets here", operator=profile.name),
        question=words.tr(
            "What you write could not be sent from here. Help says who can be reached, and has letters for what you "
            "want to say; note the day of what you send."
        ),
        confirm=words.tr("Open Help"),
        cancel=words.tr("Cancel"),
    )


def takes_tickets(page: Page) -> bool:
    """Whether the operator takes tickets. Where it does not, the customer is told, and led to Help."""
    dialog = no_tickets_dialog(page)
    if dialog is None:
        return True
    if dialog.exec():
        page.opened.emit("help")
    dialog.deleteLater()
    return False
