"""The sentences said where the program cannot begin: what is wrong, and what to do about it."""

from __future__ import annotations

from selfcare.domain import failures as f
from selfcare.i18n import Words


def trouble_at_start(failure: f.Failure, words: Words, folder: str = "") -> str:
    """Why it cannot begin, and what helps. Nothing that was kept has been changed.

    `folder` is the one that cannot be written into, "" where none was found.
    """
    match failure:
        case f.VaultNewer():
            return words.tr(
                "A newer Selfcare was used on this computer, and this older one does not touch what it kept. Install "
                "the newer one again; everything is there."
            )
        case f.DiskTrouble(what="full"):
            return words.tr("Selfcare cannot begin: the disk is full. Free some space, then start it again.")
        case f.DiskTrouble(what="readonly") if folder:
            return words.tr(
                "Selfcare cannot begin: it may not write into the folder {folder}. Give that folder back to yourself, "
                "then start it again.",
                folder=folder,
            )
        case f.DiskTrouble(what="readonly"):
            return words.tr(
                "Selfcare cannot begin: it may not write into its own folder. Give that folder back to yourself, then "
                "start it again."
            )
        case f.DiskTrouble() if folder:
            return words.tr(
                "Selfcare cannot begin: the folder {folder} cannot be made or read. Look whether a file of that name "
                "is in the way, or whether the disk is failing.",
                folder=folder,
            )
        case f.DiskTrouble():
            return words.tr(
                "Selfcare cannot begin: its folder cannot be made or read. Look whether a file of that name is in the "
                "way, or whether the disk is failing."
            )
        case _:
            from .notices import notice_of

            notice = notice_of(failure, words)
            return f"{notice.sentence} {notice.advice}"


def library_missing(library: str, package: str, words: Words) -> str:
    """A library of the system that the window needs is not there. `package` is Debian's, "" where it is not known."""
    if not package:
        return words.tr(
            "Selfcare needs a library that this system does not have: {library}. Install it with the system’s "
            "packages.",
            library=library,
        )
    return words.tr(
        "Selfcare needs a library that this system does not have: {library}. Install it with the system’s packages; on "
        "Debian and Ubuntu: {command}",
        library=library,
        command=f"sudo apt install {package}",
    )
