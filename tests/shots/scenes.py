"""Every page and dialog of the program, in the order in which a person would meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QWidget

from selfcare.app.program import Program
from selfcare.leaving.wizard import Screen
from selfcare.ui.widgets.handbook import show_help, show_news
from tests.shots.driving import Stuck, dialog_of, press, settled

Shoot = Callable[[str, QWidget], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The running program and the camera."""

    program: Program
    shoot: Shoot

    def show(self, target: str) -> None:
        """Go somewhere and wait until it is there."""
        self.program.window.show_room(target)
        settled(self.program)

    def page(self, name: str, target: str) -> None:
        """Go somewhere and take its picture."""
        self.show(target)
        self.shoot(name, self.program.window)

    def dialog(self, name: str, english: str) -> None:
        """Press what opens a dialog, take the dialog's picture, say no."""
        window, words = self.program.window, self.program.words

        def look(dialog: QDialog) -> None:
            self.shoot(name, dialog)

        dialog_of(lambda: press(window.current, words.tr(english)), look)
        settled(self.program)


def main_pages(stage: Stage) -> None:
    """The pages of the sidebar, and what opens on them."""
    stage.page("01-home", "home")
    bills(stage)
    stage.page("10-services", "services")
    stage.dialog("11-services-does-not-work", "It does not work")
    stage.dialog("11-services-test", "Test it")
    stage.dialog("12-services-unlock", "Ask to unlock")
    stage.page("20-help", "help")
    stage.dialog("21-help-report", "Report something")
    for number, ticket in enumerate(first(stage.program.session.reader.tickets(), 2)):  # type: ignore[union-attr]
        stage.page(f"22-help-ticket-{number + 1}", f"help/{ticket.id}")
    stage.page("25-case-file", "case")
    stage.page("30-contract", "contract")
    leaving(stage)
    stage.page("60-waiting", "waiting")
    stage.page("70-settings", "settings")
    help_and_news(stage)
    stage.dialog("71-settings-forget", "Forget everything…")


def help_and_news(stage: Stage) -> None:
    """The help of a page and of a question, and what is new."""
    window, words = stage.program.window, stage.program.words
    for name, dialog in (
        ("72-help-page", show_help(window, words, "leaving")),
        ("73-help-question", show_help(window, words, "dispute")),
        ("74-news", show_news(window, words)),
    ):
        settled(stage.program)
        stage.shoot(name, dialog)
        dialog.reject()


def bills(stage: Stage) -> None:
    """The list, one bill, its PDF, a search and the dialogs."""
    program = stage.program
    stage.page("02-bills", "bills")
    newest = program.session.reader.bills(limit=1)[0]  # type: ignore[union-attr]
    stage.page("03-bills-pdf", f"bills/{newest.id}/paper")
    program.window.current.go_back()
    stage.page("04-bills-one", f"bills/{newest.id}")
    stage.dialog("05-bills-dispute", "Dispute it")
    stage.dialog("06-bills-plan", "Ask for a plan")
    stage.dialog("07-bills-debit", "What about the debit?")
    stage.dialog("07-bills-offer", "Judge an offered plan")
    stage.dialog("07-bills-pictures", "More pictures")
    paid = next(b for b in program.session.reader.bills(limit=9) if b.is_paid and not b.is_credit_note)  # type: ignore[union-attr]
    stage.show(f"bills/{paid.id}")
    tasks = program.window.page("bills")._tasks  # type: ignore[attr-defined]
    tasks.do("proof")
    settled(program)
    stage.shoot("07-bills-proof", tasks.dialog)
    tasks.dialog.reject()
    program.window.topbar.field.setText("portugal")
    program.window.page("bills").search("portugal")  # type: ignore[attr-defined]
    settled(program)
    stage.shoot("08-bills-search", program.window)
    program.window.topbar.field.setText("nothing like it")
    program.window.page("bills").search("nothing like it")  # type: ignore[attr-defined]
    settled(program)
    stage.shoot("09-bills-search-nothing", program.window)
    program.window.topbar.field.clear()
    program.window.page("bills").search("")  # type: ignore[attr-defined]
    settled(program)


def leaving(stage: Stage) -> None:
    """Each page of the way out."""
    stage.show("leaving")
    page = stage.program.window.page("leaving")
    for number, screen in enumerate(Screen):
        page.go_to(screen)  # type: ignore[attr-defined]
        settled(stage.program)
        stage.shoot(f"4{number}-leaving-{screen.value}", stage.program.window)
    page.go_to(Screen.WAY)  # type: ignore[attr-defined]
    settled(stage.program)


def first(items: tuple, count: int) -> Iterator:  # type: ignore[type-arg]
    """The first few of something, of which there must be some."""
    if not items:
        raise Stuck("nothing to show")
    return iter(items[:count])
