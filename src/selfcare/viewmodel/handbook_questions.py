"""What the help says of each question and each paper: what comes of it, what goes along, and what does not happen."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.i18n import Words

from .handbook_pages import Chapter


def _question(words: Words) -> Chapter:
    return words.tr("A question"), (
        (
            words.tr("Before you answer"),
            words.tr("The facts stand above the buttons. Esc, or closing the window, means no: nothing is done then."),
        ),
    )


def _dispute(words: Words) -> Chapter:
    return words.tr("Dispute a bill"), (
        (
            words.tr("What to say"),
            words.tr(
                "Choose why, and tick the charges it is about; none ticked means the whole bill. The text writes "
                "itself from the facts and stays yours: what you change is not written over."
            ),
        ),
        (
            words.tr("What comes of it"),
            words.tr("Your operator gets a ticket that you can follow under Help. A dispute alone stops no debit."),
        ),
    )


def _plan(words: Words) -> Chapter:
    return words.tr("Ask to pay in parts"), (
        (
            words.tr("What comes of it"),
            words.tr(
                "The text asks for so many monthly payments. Your operator decides, and nothing is agreed before it "
                "says so in writing."
            ),
        ),
    )


def _offer(words: Words) -> Chapter:
    return words.tr("Judge an offered plan"), (
        (
            words.tr("What to type"),
            words.tr(
                "The number of payments, what each is, the first day and the fee, as they were offered. Below stands "
                "what it comes to, what it costs beyond the debt, and in which month and year it ends."
            ),
        ),
    )


def _debit(words: Words) -> Chapter:
    return words.tr("The debit"), (
        (
            words.tr("What can be done"),
            words.tr(
                "It says what will be taken, when and from where. This program cannot stop a debit: your bank can, and "
                "your operator can wait if you dispute the bill first."
            ),
        ),
    )


def _proof(words: Words) -> Chapter:
    return words.tr("Proof of payment"), (
        (
            words.tr("What it shows"),
            words.tr(
                "What your operator itself says about the payment: the day, the amount and the bill it was credited "
                "to. As a page, or as a letter that answers a reminder. You save it and send it yourself."
            ),
        ),
    )


def _ticket(words: Words) -> Chapter:
    return words.tr("Report something"), (
        (
            words.tr("What goes along"),
            words.tr(
                "What you write, the files you choose, and the facts listed below the text: nothing else. If the same "
                "trouble was reported before, you can add to that ticket instead."
            ),
        ),
    )


def _guide(words: Words) -> Chapter:
    return words.tr("The short test"), (
        (
            words.tr("How to use it"),
            words.tr(
                "Try each step and say what came of it; every answer is kept at once. If nothing helps, the ticket "
                "comes next, with your answers as evidence."
            ),
        ),
    )


def _order(words: Words) -> Chapter:
    return words.tr("Order an option"), (
        (
            words.tr("What is sent"),
            words.tr(
                "Exactly what stands here: the option, its price and its term. If a bill shows another price later, "
                "this order is your proof."
            ),
        ),
        (
            words.tr("What comes of it"),
            words.tr(
                "The order stands under Waiting until your operator confirms it. Whether the option then works is "
                "another question: Services keeps the two apart."
            ),
        ),
    )


def _unlock(words: Words) -> Chapter:
    return words.tr("Unlock a handset"), (
        (
            words.tr("When to ask"),
            words.tr(
                "While you are still a customer, and before you use the code for your number: a locked handset does "
                "not work with another operator. It may take some days."
            ),
        ),
    )


def _contact(words: Words) -> Chapter:
    return words.tr("Note a contact"), (
        (
            words.tr("While somebody talks"),
            words.tr(
                "The clock runs and what you type is kept every few moments. With whom and what was said is enough; "
                "the rest can wait. The window beside it stays free to look something up."
            ),
        ),
        (
            words.tr("A promise"),
            words.tr("If something was promised by a day, write it here: then it gets a clock of its own."),
        ),
    )


def _promise(words: Words) -> Chapter:
    return words.tr("A new date"), (
        (
            words.tr("What stays"),
            words.tr("The new date counts from now on. The one before stays in your case file: it was moved."),
        ),
    )


def _complaint(words: Words) -> Chapter:
    return words.tr("The days of your complaint"), (
        (
            words.tr("What they are for"),
            words.tr(
                "From these days the program computes when you may go to the mediator or regulator. Leave a day open "
                "if it has not come."
            ),
        ),
    )


def _contract_notes(words: Words) -> Chapter:
    return words.tr("What you know of your contract"), (
        (
            words.tr("What it is for"),
            words.tr(
                "Some operators list no contract, no end and no change of price. What your contract or a letter says "
                "you can note here; it stands on the page as noted by you, and in the calendar file."
            ),
        ),
        (
            words.tr("A change of price"),
            words.tr(
                "The day on which you were told counts: from it the program says until when you may leave free, where "
                "a rule of your country says so. A price that falls is no reason to leave."
            ),
        ),
    )


def _no_service(words: Words) -> Chapter:
    return words.tr("Hours without service"), (
        (
            words.tr("What counts"),
            words.tr(
                "Only hours in which a line was dead: a slow line is not a dead one. Hours that a critical ticket "
                "covers as well count once."
            ),
        ),
        (
            words.tr("While it lasts"),
            words.tr("Note its beginning now. Open the note again when the line works, and say its end."),
        ),
    )


def _dossier(words: Words) -> Chapter:
    return words.tr("The dossier"), (
        (
            words.tr("What is in it"),
            words.tr(
                "One PDF with a summary, the time line, promises, bills and letters; and one folder with the files and "
                "their fingerprints. Choose what it is about and from when. You hand it over yourself."
            ),
        ),
    )


def _letters(words: Words) -> Chapter:
    return words.tr("Letters and calendar"), (
        (
            words.tr("How to use it"),
            words.tr(
                "Choose a paper at the left; the sheet at the right is what will be printed. What is still missing is "
                "said below the choices. You sign and post letters yourself; this program sends none."
            ),
        ),
    )


def _export(words: Words) -> Chapter:
    return words.tr("Export"), (
        (
            words.tr("What is written"),
            words.tr(
                "A folder, or one .zip file, with pages for any browser, tables and PDFs. A file that ends in "
                ".selfcare is such a .zip file too: a double click on it brings its bills back into this program. "
                "Nothing of it is encrypted: keep it where nobody else reads. You can stop at any time; then nothing "
                "half done is left behind."
            ),
        ),
    )


def _intake(words: Words) -> Chapter:
    return words.tr("Add bills"), (
        (
            words.tr("What happens"),
            words.tr(
                "Each PDF is read in a process that can do nothing else, and copied into your archive; your own file "
                "is not touched. The same bill comes in once; another version of it is kept beside it. An archive "
                "(.selfcare, .zip) is read without unpacking it to the disk. The table says what became of each file."
            ),
        ),
    )


def _naming(words: Words) -> Chapter:
    return words.tr("Whose bills are these?"), (
        (
            words.tr("What it is for"),
            words.tr(
                "A plain PDF does not say by itself whose it is. Type the operator’s name once: it is written into all "
                "the bills on which it stands, or into those you choose. They are then compared with each other, and a "
                "strange one is marked. To correct one of them, file it by hand."
            ),
        ),
    )


def _filing(words: Words) -> Chapter:
    return words.tr("File by hand"), (
        (
            words.tr("What to type"),
            words.tr("Operator, number, date and total, as they stand on the paper. What could be read is filled in."),
        ),
    )


def _desk(words: Words) -> Chapter:
    return words.tr("A way to reach your operator"), (
        (
            words.tr("What to type"),
            words.tr(
                "The number or the address as it stands on your bill or in your contract, and the hours in which "
                "somebody is there: 09:00-18:00, in your operator’s zone. An empty field means that nobody is."
            ),
        ),
        (
            words.tr("What it is for"),
            words.tr("It stands under Help with what is open now, and letters are addressed to it."),
        ),
    )


def _pictures(words: Words) -> Chapter:
    return words.tr("Pictures of your bills"), (
        (
            words.tr("How to read them"),
            words.tr(
                "One bar for each bill; choose a bar to open its bill. Every picture can be shown as a table, with the "
                "same figures."
            ),
        ),
    )


QUESTIONS: dict[str, Callable[[Words], Chapter]] = {
    "question": _question,
    "dispute": _dispute,
    "plan": _plan,
    "offer": _offer,
    "debit": _debit,
    "proof": _proof,
    "ticket": _ticket,
    "guide": _guide,
    "order": _order,
    "unlock": _unlock,
    "contact": _contact,
    "promise": _promise,
    "complaint": _complaint,
    "noService": _no_service,
    "contractNotes": _contract_notes,
    "dossier": _dossier,
    "letters": _letters,
    "export": _export,
    "intake": _intake,
    "filing": _filing,
    "naming": _naming,
    "pictures": _pictures,
    "desk": _desk,
}
"""The chapters of the questions, by the key that a dialog names."""
