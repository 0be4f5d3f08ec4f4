"""What the customer is told when something goes wrong: one sentence, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare.domain import failures as f
from selfcare.domain.records import replace

from .notice import Notice
from .notices_of_files import of_pack, of_vault
from .notices_of_operator import of_profile, of_sign_in
from .updates import of_list

if TYPE_CHECKING:
    from selfcare.i18n.words import Words


def notice_of(failure: f.Failure | None, words: Words) -> Notice:
    """The words for a failure; None stands for a mistake of this program."""
    if failure is None:
        return Notice(
            words.tr("Something went wrong in this program. It is our mistake, not yours."),
            words.tr(
                "What you see is still what was last read. The details are in the log; a report helps us mend it."
            ),
            "bad",
            unread=words.tr("The details are in the log; a report helps us mend it."),
        )
    for part in (_of_network, _of_answer, of_profile, of_sign_in, of_vault, of_pack, of_list):
        notice = part(failure, words)
        if notice is not None:
            return notice
    raise LookupError(type(failure).__name__)


def reading_notice(failure: f.Failure | None, words: Words) -> Notice:
    """The words for a failure of reading: the customer has asked for nothing that could be changed."""
    if isinstance(failure, f.Refused) and f.is_not_found(failure):
        return replace(notice_of(f.ListMissing(""), words), quote=failure.reason)
    if isinstance(failure, f.Refused):
        return Notice(
            words.tr("Your operator does not let this be read."),
            words.tr("You see the last good data. If it stays, ask your operator: Help lists the ways."),
            "bad",
            "",
            failure.reason,
            unread=words.tr("Nothing has been read here yet. If it stays, ask your operator: Help lists the ways."),
        )
    return notice_of(failure, words)


def as_read(notice: Notice, *, has_read: bool) -> Notice:
    """The notice as it stands where something has been read, or where nothing has: it points at nothing that is not
    there."""
    return notice if has_read or not notice.unread else replace(notice, advice=notice.unread)


def request_kept(words: Words) -> Notice:
    """What the customer asked for is in the outbox; true only until it has been sent."""
    return Notice(
        words.tr("Your request is kept."),
        words.tr("It goes out as soon as your operator can be reached. Follow it under Waiting."),
        "good",
        "waiting",
    )


def request_refused(reason: str, words: Words) -> Notice:
    """The operator said no to what the customer asked for; `reason` is its own text, "" if it gave none."""
    if reason.strip():
        advice = words.tr("That is its reason. Ask again in another way, or call the desk under Help.")
    else:
        advice = words.tr("It gave no reason. Ask again in another way, or call the desk under Help.")
    return Notice(words.tr("Your operator refused what you asked for."), advice, "bad", "waiting", reason.strip())


def nothing_is_kept(words: Words) -> Notice:
    """The customer chose to keep nothing, or this computer has no key store."""
    return Notice(
        words.tr("Nothing of this is kept when the program ends."),
        words.tr("No key store is in use here, and nothing is ever written without encryption."),
        "neutral",
    )


def no_browser(address: str, words: Words) -> Notice:
    """This computer opened no browser for the sign-in, which still waits: the customer may open its address."""
    return Notice(
        words.tr("No browser could be opened for the sign-in."),
        words.tr(
            "Copy the address, open it in a browser on this computer and sign in there. This program waits for you."
        ),
        action="copy",
        copies=address,
    )


def settings_restored(words: Words) -> Notice:
    """The file of the customer's choices was lost or damaged; the accounts were found by their own folders."""
    return Notice(
        words.tr("The file of your settings was damaged. Your accounts were restored."),
        words.tr("Your data is unharmed. Look through the settings."),
    )


def signed_out(words: Words) -> Notice:
    """The customer has signed out, by their own choice."""
    return Notice(
        words.tr("You are signed out."),
        words.tr("Everything already read stays here. Sign in to read again."),
        "neutral",
    )


def _of_network(failure: f.Failure, words: Words) -> Notice | None:
    match failure:
        case f.BadProxy(what=what):
            return _of_proxy(what, words)
        case f.PartAway():
            return Notice(
                words.tr("A part of your operator’s system cannot be reached; the rest answers."),
                words.tr("What belongs to it is shown as it was last read. It is asked again by itself."),
                "warn",
                "refresh",
                unread=words.tr("What belongs to it has not been read yet. It is asked again by itself."),
            )
        case f.Offline():
            return Notice(
                words.tr("Your operator cannot be reached."),
                words.tr("You see what was last read. What you ask for is kept and goes out by itself later."),
                "neutral",
                "refresh",
                unread=words.tr(
                    "Nothing has been read here yet. What you ask for is kept and goes out by itself later."
                ),
            )
        case f.TimedOut():
            return Notice(
                words.tr("Your operator did not answer in time."),
                words.tr("Try again in a few minutes. What was last read stays on the screen."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. Refresh in a few minutes."),
            )
        case f.NotEncrypted():
            return Notice(
                words.tr("The server at this address does not speak https, so nothing was sent to it."),
                words.tr("Check the address. Where a network asks for a sign-in of its own, open its page first."),
                "bad",
                "refresh",
            )
        case f.BadCertificate():
            return Notice(
                words.tr("The server could not prove that it is your operator, so nothing was sent to it."),
                words.tr("Check the date and time of this computer, or try from another network."),
                "bad",
                "refresh",
            )
        case f.ServerTrouble(status=status):
            return Notice(
                words.tr("Your operator’s system has a fault (number {status}).", status=status),
                words.tr("It is not your mistake. It is tried again by itself."),
                "warn",
                "refresh",
                unread=words.tr("It is not your mistake. Nothing has been read here yet; try again in a few minutes."),
                waits=True,
            )
        case f.TooOften():
            return Notice(
                words.tr("Your operator asks for some patience."),
                words.tr("It is tried again by itself; you need not do anything."),
                "neutral",
                unread=words.tr("Nothing has been read here yet. Try again in a few minutes."),
                waits=True,
            )
        case f.ListShort():
            return Notice(
                words.tr("Your operator counts more than it sends, so the list was not taken for whole."),
                words.tr("You see the last whole one. If it stays so, tell your operator."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. If it stays so, tell your operator."),
            )
        case f.ListBroken():
            return Notice(
                words.tr("A part of the list did not come, so it is not known whether there is more."),
                words.tr("You see what was last read; nothing of it was removed. Refresh in a few minutes."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. Refresh in a few minutes."),
            )
        case f.ListChanged():
            return Notice(
                words.tr("The list kept changing while it was being read."),
                words.tr("You see the last whole one. Refresh in a few minutes."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. Refresh in a few minutes."),
            )
        case f.ListMissing():
            return Notice(
                words.tr("Your operator did not find your list, or does not offer it here any more."),
                words.tr(
                    "You see what was last read; nothing of it was removed. It may have moved: look in the settings "
                    "under “What is new at the operator?”."
                ),
                "warn",
                "settings",
                unread=words.tr(
                    "Nothing has been read here yet. It may have moved: look in the settings under “What is new at the "
                    "operator?”."
                ),
            )
    return None


def _of_proxy(what: str, words: Words) -> Notice:
    """Nothing has left this computer's own network; what is wrong is mended in the settings."""
    sentences = {
        "unreachable": words.tr("The proxy that is set cannot be reached."),
        "password": words.tr("The proxy wants another name or another password."),
        "unknown": words.tr("The password of the proxy could not be read from the key store."),
    }
    return Notice(
        sentences.get(what, words.tr("The proxy does not lead to your operator.")),
        words.tr("Nothing was sent. Look at “Way to the internet” in the settings; what you ask for is kept."),
        "warn",
        "settings",
    )


def _of_answer(failure: f.Failure, words: Words) -> Notice | None:
    match failure:
        case f.NotAnAnswer(what="html"):
            return Notice(
                words.tr("A web page came back instead of your data."),
                words.tr("A hotel or train network often does this: open its own page first, then refresh."),
                "warn",
                "refresh",
            )
        case f.NotAnAnswer(what="another"):
            return Notice(
                words.tr("What came back is about another customer, so none of it was kept."),
                words.tr("You see your own last good data. Tell your operator: yours might be shown to somebody too."),
                "bad",
                "refresh",
                unread=words.tr(
                    "Nothing has been read here yet. Tell your operator: your data might be shown to somebody too."
                ),
            )
        case f.NotAnAnswer(what="foreign"):
            return Notice(
                words.tr(
                    "The answer pointed to an address that is not your operator’s, so nothing was read from there."
                ),
                words.tr("You see the last good data. If it stays, tell your operator."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. If it stays, tell your operator."),
            )
        case f.NotAnAnswer(what="redirect"):
            return Notice(
                words.tr("Your operator’s address sent us on to another one, which was not followed."),
                words.tr(
                    "You see the last good data. In a guest network open its own page first; if it stays, tell your "
                    "operator."
                ),
                "warn",
                "refresh",
                unread=words.tr(
                    "Nothing has been read here yet. In a guest network open its own page first; if it stays, tell "
                    "your operator."
                ),
            )
        case f.NotAnAnswer(what="closed"):
            return Notice(
                words.tr("The connection to your operator was closed before any answer came."),
                words.tr("You see the last good data. Refresh in a few minutes; if it stays, tell your operator."),
                "warn",
                "refresh",
                unread=words.tr(
                    "Nothing has been read here yet. Refresh in a few minutes; if it stays, tell your operator."
                ),
            )
        case f.NotAnAnswer(what="type" | "encoding" | "charset" as what):
            return _of_form(what, words)
        case f.NotAnAnswer():
            return Notice(
                words.tr("What came back was not a whole answer, so none of it was kept."),
                words.tr("You see the last good one. Refresh in a few minutes; if it stays, tell your operator."),
                "warn",
                "refresh",
                unread=words.tr(
                    "Nothing has been read here yet. Refresh in a few minutes; if it stays, tell your operator."
                ),
            )
        case f.TooLarge():
            return Notice(
                words.tr("The answer was far larger than it should be and was not read."),
                words.tr("You see the last good one. If it stays, tell your operator."),
                "warn",
                "refresh",
                unread=words.tr("Nothing has been read here yet. If it stays, tell your operator."),
            )
        case f.Refused(reason=reason):
            return Notice(
                words.tr("Your operator said no."),
                words.tr("Read its reason, change what you asked for, or call the desk under Help."),
                "bad",
                "",
                reason,
            )
        case f.DemoNotKept():
            return Notice(
                words.tr("Nothing of the demo is kept on this computer."),
                words.tr("Start it once without “--offline”. It is kept only where this computer has a key store."),
                "neutral",
            )
        case f.NotOffered():
            return Notice(
                words.tr("Your operator does not offer this here."),
                words.tr("It may do so by phone or on its site; the ways to reach it are under Help."),
                "neutral",
            )
        case f.NoAccount():
            return Notice(
                words.tr("Your operator has not told which account is yours, so this could not be asked for."),
                words.tr("You see what was last read. It is asked for as soon as that is known."),
                "neutral",
                "refresh",
                unread=words.tr("Nothing has been read here yet. It is asked for as soon as that is known."),
            )
        case f.Unreadable():
            return Notice(
                words.tr("One document could not be understood."),
                words.tr("It is kept as it came, as your evidence. A newer version of this program may read it."),
                "warn",
            )
    return _of_paper(failure, words)


def _of_form(what: str, words: Words) -> Notice:
    """The operator answered, only not in the form that was asked for: asking again seldom helps."""
    sentences = {
        "type": words.tr("Your operator’s system does not call its answer data (JSON), so it was not read."),
        "charset": words.tr("Your operator’s answer is not written in the letters agreed on (UTF-8)."),
    }
    return Notice(
        sentences.get(what, words.tr("Your operator’s answer is packed in a way that could not be undone.")),
        words.tr("You see the last good data. Refresh once; if it stays so, tell your operator."),
        "warn",
        "refresh",
        unread=words.tr("Nothing has been read here yet. Refresh once; if it stays so, tell your operator."),
    )


def _of_paper(failure: f.Failure, words: Words) -> Notice | None:
    if not isinstance(failure, f.PaperTrouble):
        return None
    if failure.what == "unmade":
        advice = words.tr("This is our own mistake; nothing was sent and nothing was changed.")
        return Notice(words.tr("This paper could not be made."), advice, "warn")
    sentences = {
        "not_pdf": words.tr("What your operator sent is not a PDF."),
        "encrypted": words.tr("This PDF asks for a password."),
        "damaged": words.tr("This PDF is damaged."),
        "too_slow": words.tr("This PDF took too long to draw and was stopped."),
        "too_large": words.tr("This PDF is too large to be shown here."),
        "crashed": words.tr("This PDF made the reader stop. Nothing else was touched."),
        "missing": words.tr("This PDF is not here yet."),
    }
    return Notice(
        sentences.get(failure.what, words.tr("This PDF could not be shown.")),
        words.tr("It is fetched when you open it.")
        if failure.what == "missing"
        else words.tr("You can still save it as it came, and the lines of the bill are shown as data."),
        "neutral" if failure.what == "missing" else "warn",
    )
