"""The pages of the program in the order of the sidebar; a page's code is read when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from selfcare.domain.records import Struct
from selfcare.i18n.words import Words

if TYPE_CHECKING:
    from selfcare.ui.pages.page import Page


class Room(Struct, frozen=True):
    """One page: its key, its name in the sidebar, its icon and where its class is."""

    key: str
    title: str
    icon: str
    path: str

    def page_class(self) -> type[Page]:
        """The class of the page; reads its module the first time."""
        module, name = self.path.split(":")
        found: type[Page] = getattr(import_module(module), name)
        return found


def rooms(words: Words) -> tuple[Room, ...]:
    """Every page with a place in the sidebar. Leaving is always among them."""
    pages = "selfcare.ui.pages"
    return (
        Room("home", words.tr("Home"), "home", f"{pages}.home:HomePage"),
        Room("bills", words.tr("Bills"), "bills", f"{pages}.bills:BillsPage"),
        Room("services", words.tr("Services"), "services", f"{pages}.services:ServicesPage"),
        Room("help", words.tr("Help"), "help", f"{pages}.help:HelpPage"),
        Room("case", words.tr("Case file"), "case", f"{pages}.case_file:CaseFilePage"),
        Room("contract", words.tr("Contract"), "contract", f"{pages}.contract:ContractPage"),
        Room("leaving", words.tr("Leaving"), "leaving", f"{pages}.leaving:LeavingPage"),
        Room("waiting", words.tr("Waiting"), "waiting", f"{pages}.waiting:WaitingPage"),
        Room("settings", words.tr("Settings"), "settings", f"{pages}.settings:SettingsPage"),
    )


def welcome(words: Words) -> Room:
    """The first page, shown while no account is open."""
    return Room("welcome", words.tr("Welcome"), "home", "selfcare.ui.pages.welcome:WelcomePage")


def open_problems(words: Words) -> Room:
    """The known problems of an operator, for somebody who has not signed in."""
    return Room("problems", words.tr("Known problems"), "help", "selfcare.ui.pages.open_problems:OpenProblemsPage")


BEFORE: dict[str, Callable[[Words], Room]] = {"welcome": welcome, "problems": open_problems}
"""The pages that need no account, by their keys."""
