"""What the help says of each page: what stands there, what can be done, and what is good to know."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.i18n import Words

Chapter = tuple[str, tuple[tuple[str, str], ...]]
"""A title, and paragraphs with their headings."""


def _welcome(words: Words) -> Chapter:
    return words.tr("First start"), (
        (
            words.tr("Three ways in"),
            words.tr(
                "Sign in to your operator, look around with a made-up operator and customer, or open a folder of bills "
                "that you already have. You can change later, in Settings."
            ),
        ),
        (
            words.tr("Signing in"),
            words.tr(
                "You sign in on your operator’s own page, in your browser. This program never sees your password."
            ),
        ),
        (
            words.tr("Where the key is kept"),
            words.tr(
                "Everything is kept encrypted. The key is in the key store of this computer, or comes from a "
                "passphrase of yours; or nothing is kept when you close the window."
            ),
        ),
    )


def _home(words: Words) -> Chapter:
    return words.tr("Home"), (
        (
            words.tr("What stands here"),
            words.tr(
                "The next payment and why it differs, promises and the nearest deadline, anything unusual, the end of "
                "your contract, and what waits to be sent. If nothing needs you, it says so."
            ),
        ),
        (
            words.tr("How old it is"),
            words.tr(
                "The top right says when your operator was last read. Without a network everything stays here; it is "
                "only older."
            ),
        ),
    )


def _bills(words: Words) -> Chapter:
    return words.tr("Bills"), (
        (
            words.tr("Find one"),
            words.tr(
                "Type a part of a number, a word or an amount into the search above; the filters keep one line, state "
                "or year. The words inside PDFs are searched too, once they have been read."
            ),
        ),
        (
            words.tr("Why it is different"),
            words.tr(
                "Open a bill to see what changed since the last comparable one, line by line, whether it adds up, and "
                "whether the electronic invoice inside the PDF says the same."
            ),
        ),
        (
            words.tr("Do something about it"),
            words.tr(
                "You can dispute a bill or single charges, ask to pay in parts, judge a plan that you were offered, "
                "and prove that you paid. Each opens a question first; nothing is sent before you confirm."
            ),
        ),
        (
            words.tr("An archive of your own"),
            words.tr(
                "In an archive made from a folder, add PDFs by button or by dropping them on the list. What cannot be "
                "read from a PDF you file by hand."
            ),
        ),
    )


def _services(words: Words) -> Chapter:
    return words.tr("Services"), (
        (
            words.tr("Sold, active, working"),
            words.tr(
                "Three different facts. Sold is what you were promised, active is what your operator has on paper, "
                "working is what you find yourself. Only you can say the third."
            ),
        ),
        (
            words.tr("When something does not work"),
            words.tr(
                "“It does not work” leads through a short test and then writes the ticket, with the facts filled in."
            ),
        ),
        (
            words.tr("Options and handsets"),
            words.tr(
                "An option that you did not order is marked; you can have it taken off. A handset says whether it is "
                "locked, and you can ask for it to be unlocked."
            ),
        ),
    )


def _help(words: Words) -> Chapter:
    return words.tr("Help"), (
        (
            words.tr("Tickets"),
            words.tr(
                "Each ticket shows its course: what was reported, what was answered, what is promised next and by "
                "whom. If it is closed and nothing is fixed, say so there."
            ),
        ),
        (
            words.tr("Visits and calls"),
            words.tr(
                "When somebody comes or calls, with the whole time, and every time that was named before. You are "
                "reminded a day and an hour before; if nobody comes, it counts as a promise that was missed."
            ),
        ),
        (
            words.tr("Known problems"),
            words.tr(
                "What your operator already knows about, with the end it announced and the real one. A ticket of yours "
                "is linked to the problem behind it where your operator says so."
            ),
        ),
        (
            words.tr("Who to reach"),
            words.tr(
                "Telephone, chat, shop and postal address, each with whether it is open now. Hours are in your "
                "operator’s time zone."
            ),
        ),
    )


def _case(words: Words) -> Chapter:
    return words.tr("Case file"), (
        (
            words.tr("Your own memory"),
            words.tr(
                "Every call, visit, letter and message, with what was promised. “Note a call now” opens a small window "
                "with a clock; two fields are enough. It stays on this computer unless you send it."
            ),
        ),
        (
            words.tr("Promises"),
            words.tr(
                "A promise with a date gets a clock. Once the date is over, it is shown as missed until you say that "
                "it was kept or moved."
            ),
        ),
        (
            words.tr("If it goes further"),
            words.tr(
                "The steps of a complaint in your country, with the days computed from yours. The dossier puts "
                "everything for the mediator or regulator into one PDF, with the files beside it."
            ),
        ),
    )


def _contract(words: Words) -> Chapter:
    return words.tr("Contract"), (
        (
            words.tr("The line of time"),
            words.tr(
                "Start, end of the commitment, last day to give notice, and today. Choose a day to see what leaving "
                "would cost then, with the rule behind each amount."
            ),
        ),
        (
            words.tr("Price changes"),
            words.tr("What changes and from when, and until which day you may leave free of charge because of it."),
        ),
        (
            words.tr("“Not stated”"),
            words.tr("It means that your operator does not say. It is neither zero nor none."),
        ),
    )


def _leaving(words: Words) -> Chapter:
    return words.tr("Leaving"), (
        (
            words.tr("The whole way"),
            words.tr(
                "First every step in its order, with dates. Then one question at a time. Every answer is kept at once: "
                "you can stop anywhere and go on later, also offline."
            ),
        ),
        (
            words.tr("What is never done for you"),
            words.tr(
                "Nothing is sent before “All the facts, once more” and your confirmation. Do not end the contract "
                "yourself while your number is to move, and leave the debit in place until the last bill is paid."
            ),
        ),
        (
            words.tr("Afterwards"),
            words.tr(
                "The page follows everything to the last refund: the code and until when it holds, the day and hour "
                "the line goes silent, the box, the final bill, the money back."
            ),
        ),
        (
            words.tr("Papers"),
            words.tr("Letters, a checklist to print, and a calendar file are under “Letters and calendar”."),
        ),
    )


def _waiting(words: Words) -> Chapter:
    return words.tr("Waiting"), (
        (
            words.tr("What stands here"),
            words.tr(
                "Everything you asked for and your operator has not confirmed yet. Waiting, sent and confirmed are "
                "three different things; none of them is called done before it is."
            ),
        ),
        (
            words.tr("When it asks you"),
            words.tr(
                "Sometimes it is not known whether a request arrived. Then nothing is sent a second time until your "
                "operator, or you, have said what happened."
            ),
        ),
    )


def _settings(words: Words) -> Chapter:
    return words.tr("Settings"), (
        (
            words.tr("What stands here"),
            words.tr(
                "Your accounts, the language and look, how often your operator is asked, when the program locks "
                "itself, and where your data lies. A choice holds at once."
            ),
        ),
        (
            words.tr("Take it along, or forget it"),
            words.tr(
                "“Export everything” writes your data in open formats, readable without this program. “Forget "
                "everything” deletes the files and their key; at your operator nothing changes."
            ),
        ),
    )


PAGES: dict[str, Callable[[Words], Chapter]] = {
    "welcome": _welcome,
    "home": _home,
    "bills": _bills,
    "services": _services,
    "help": _help,
    "case": _case,
    "contract": _contract,
    "leaving": _leaving,
    "waiting": _waiting,
    "settings": _settings,
}
"""The chapters of the pages, by the key of the page."""
