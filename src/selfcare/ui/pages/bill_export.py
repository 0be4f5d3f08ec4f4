"""The way from the list of bills to an archive of them: a folder or one .zip file that opens without this program."""

from __future__ import annotations

from datetime import date

from selfcare.account.owned import Owned
from selfcare.domain.farewell import Pack
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.farewell import FarewellDialog
from selfcare.ui.pages.page import Page
from selfcare.viewmodel.bill_archive import bill_archive, export_view
from selfcare.viewmodel.farewell_index import Tally


def export_bills(page: Page) -> None:
    """Ask over a page which bills go where, and write them; nothing happens where no account is open."""
    session = page.context.session
    if session is None:
        return

    def ask_with(years: tuple[int, ...]) -> None:
        profile, today = session.profile, page.context.today()
        view = export_view(profile.name, today, years, page.words, is_archive=profile.is_archive)
        dialog = FarewellDialog(page, page.context, session, view, _pack)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    page.ask(_years, ask_with, key="years")


def _years(reading: Reading) -> tuple[int, ...]:
    return reading.reader.bill_years()


def _pack(context: Context, tally: Tally, with_pdfs: bool, since: str, owned: Owned) -> Pack:
    first = date(int(since), 1, 1) if since else None
    return bill_archive(
        owned.of_bills_since(first), context.words, context.now(), tally, since=first, with_pdfs=with_pdfs
    )
