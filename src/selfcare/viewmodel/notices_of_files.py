"""What the customer is told when something is wrong with what is kept on this computer, or with a pack to take away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from selfcare.domain import failures as f

from .notice import Notice

if TYPE_CHECKING:
    from selfcare.i18n.words import Words

_NAMED = 6
"""How many lost requests are named one by one."""


def of_vault(failure: f.Failure, words: Words) -> Notice | None:
    """The words where the vault, its key or the disk is in trouble; None for anything else."""
    match failure:
        case f.VaultLocked():
            return Notice(
                words.tr("The key store of this computer is locked."),
                words.tr("Unlock it when your computer asks, then try again. Your data stays encrypted."),
            )
        case f.VaultKeyLost():
            return Notice(
                words.tr("Your data is here, but its key is not on this computer."),
                _with_unsent(
                    words.tr("Restore the key store from your backup, or forget the data and read it again."),
                    failure.unsent,
                    words,
                ),
                "bad",
            )
        case f.VaultWrongKey(is_typed=False):
            advice = words.tr(
                "Restore the key store from your backup, or forget the data and read it again. Nothing was changed."
            )
            return Notice(
                words.tr("The key that is in this computer’s key store does not open your data."),
                _with_unsent(advice, failure.unsent, words),
                "bad",
            )
        case f.VaultWrongKey():
            return Notice(
                words.tr("That does not open your data."),
                words.tr("Check the passphrase. Nothing was changed."),
                "bad",
            )
        case f.VaultNewer():
            return Notice(
                words.tr("Your data was written by a newer version of this program."),
                words.tr("Install that version again. Nothing was read and nothing was changed."),
                "bad",
            )
        case f.VaultDamaged(which="actions"):
            return Notice(
                words.tr("The file with your requests and notes is damaged."),
                _with_unsent(
                    words.tr("It was left as it is, not deleted. Restore it from your backup if you have one."),
                    failure.unsent,
                    words,
                ),
                "bad",
            )
        case f.VaultDamaged(which="alone"):
            return Notice(
                words.tr("The file with your requests and notes is damaged."),
                _with_unsent(
                    words.tr(
                        "It was left as it is, not deleted. Restore it from your backup if you have one. Nothing else "
                        "here says for certain who your operator is, so the rest stays closed too."
                    ),
                    failure.unsent,
                    words,
                ),
                "bad",
            )
        case f.VaultDamaged(which="archive"):
            return Notice(
                words.tr("A file of this archive is damaged."),
                words.tr("It was left as it is, not deleted. Restore it from your backup if you have one."),
                "bad",
            )
        case f.VaultDamaged():
            return Notice(
                words.tr("A file of what was read is damaged."),
                words.tr("It was put aside; refresh to read everything again from your operator."),
                "bad",
                "refresh",
            )
        case f.NoKeyring():
            return Notice(
                words.tr("This computer has no key store that works."),
                words.tr("Choose a passphrase, or keep nothing when the program ends."),
            )
        case f.DiskTrouble(what="full"):
            return Notice(
                words.tr("The disk is full, so nothing new was kept."),
                words.tr("Make some room, then refresh. What was kept before is unharmed."),
                "bad",
                "refresh",
            )
        case f.DiskTrouble(what="busy"):
            return Notice(
                words.tr("Another program holds what is kept of this account, so nothing new was kept."),
                words.tr("Close it, then refresh. What was kept before is unharmed."),
                "bad",
                "refresh",
            )
        case f.DiskTrouble():
            return Notice(
                words.tr("The disk refused to write, so nothing new was kept."),
                words.tr("Check that the folder may be written to. What was kept before is unharmed."),
                "bad",
                "settings",
            )
    return None


def requests_put_aside(name: str, unsent: Sequence[tuple[str, str]], words: Words) -> Notice:
    """Open again without the damaged file of requests: where that file is, and what was not confirmed."""
    kept = words.tr("Your requests, contacts and notes begin empty.")
    if name:
        kept = words.tr(
            "Your requests, contacts and notes begin empty. The damaged file was kept, as “{name}”.", name=name
        )
    session = words.tr(
        "You are signed out here. Sign in to read again; a sign-in that was kept in the file stays valid at your "
        "operator’s until it runs out."
    )
    return Notice(
        words.tr("Your account is open again, without the file that was damaged."),
        _with_unsent(f"{session} {kept}", unsent, words),
    )


def of_pack(failure: f.Failure, words: Words) -> Notice | None:
    """The farewell pack is whole or not there at all, whatever happened."""
    if not isinstance(failure, f.PackTrouble):
        return None
    other = words.tr("Choose another place. Nothing was left behind.")
    match failure.what:
        case "exists":
            said = words.tr("Something called “{name}” is there already.", name=failure.name)
            return Notice(said, words.tr("Choose another place. It was not touched."))
        case "unfinished":
            said = words.tr("The remains of an earlier try are there: “{name}”.", name=failure.name)
            return Notice(said, words.tr("Delete them first, or choose another place."))
        case "full":
            return Notice(words.tr("There is no room for everything in that place."), other, "bad")
        case "readonly":
            return Notice(words.tr("That place may not be written to."), other, "bad")
        case "gone":
            return Notice(words.tr("That place is not there any more."), other, "bad")
        case "name":
            return Notice(words.tr("That place does not take names this long."), other, "bad")
        case "large":
            said = words.tr("A disk like that one does not take a file this large.")
            return Notice(
                said, words.tr("Save it as a folder, or choose another place. Nothing was left behind."), "bad"
            )
    return Notice(words.tr("That disk failed while it was being written to."), other, "bad")


def _with_unsent(advice: str, unsent: Sequence[tuple[str, str]], words: Words) -> str:
    """The advice, and which requests cannot be read and were not confirmed: what they were, and of which days, or
    where that is not known how many."""
    if not unsent:
        return advice
    if not all(kind for kind, _day in unsent):
        lost = words.trn(
            "{count} request could not be read and was NOT confirmed.",
            "{count} requests could not be read and were NOT confirmed.",
            len(unsent),
        )
        return f"{advice} {lost}"
    names = {
        "openTicket": words.tr("a ticket"),
        "addNote": words.tr("a note"),
        "requestCode": words.tr("a code to leave"),
        "requestUnlock": words.tr("an unlock"),
        "giveNotice": words.tr("a notice"),
        "withdrawNotice": words.tr("a notice taken back"),
        "dropOption": words.tr("the end of an option"),
        "orderOption": words.tr("an option"),
        "sendContact": words.tr("a contact for your operator’s log"),
    }
    told = words.listing(
        [
            words.tr("{kind} of {day}", kind=names.get(kind, kind), day=words.day(date.fromisoformat(day)))
            for kind, day in unsent[:_NAMED]
        ]
    )
    lost = words.trn(
        "{count} request could not be read and was NOT confirmed: {told}.",
        "{count} requests could not be read and were NOT confirmed: {told}.",
        len(unsent),
        told=told,
    )
    return f"{advice} {lost}"
