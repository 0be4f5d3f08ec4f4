"""Why a PDF that the customer opened is not shown, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare.domain import failures as f

from .ages import Absence
from .notices import notice_of

if TYPE_CHECKING:
    from selfcare.i18n.words import Words


def being_fetched(words: Words) -> Absence:
    """It was asked for just now."""
    return Absence("neverRead", words.tr("This PDF is being fetched…"), words.tr("It stays here from then on."))


def not_here(words: Words, *, is_archive: bool = False) -> Absence:
    """Nobody could be asked for it: the customer is signed out, or there is no operator behind an archive."""
    title = words.tr("This PDF is not here yet.")
    if is_archive:
        return Absence("nothing", words.tr("There is no PDF of it."), words.tr("It came from a file without one."))
    return Absence("neverRead", title, words.tr("It is fetched when you open it while you are signed in."))


def not_fetched(failure: f.Failure | None, words: Words) -> Absence:
    """The operator was asked and it did not come; None where the mistake is ours."""
    again = words.tr("Open it again later. If it stays so, tell your operator which bill it is.")
    match failure:
        case f.Offline() | f.TimedOut() | f.SignedOut():
            title = notice_of(failure, words).sentence
            return Absence("neverRead", title, words.tr("This PDF is not here yet. Open it again later."))
        case f.PaperTrouble(what="missing"):
            return Absence("failed", words.tr("Your operator has no PDF at the place it names."), again)
        case f.PaperTrouble(what="not_pdf"):
            nothing = words.tr("Nothing of it was kept.")
            return Absence("failed", notice_of(failure, words).sentence, f"{nothing} {again}")
        case None:
            notice = notice_of(None, words)
            return Absence("failed", notice.sentence, notice.advice)
        case f.DiskTrouble():
            notice = notice_of(failure, words)
            return Absence("failed", notice.sentence, notice.advice)
    return Absence("failed", notice_of(failure, words).sentence, again)
