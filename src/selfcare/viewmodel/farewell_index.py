"""The first page of the farewell pack and its README: what is in it, as of when, what is not, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from selfcare.domain.freshness import Freshness
from selfcare.domain.records import Struct, field
from selfcare.domain.topics import Topic
from selfcare.i18n import Words

from .ages import of_another, unnamed
from .farewell_entries import Telling
from .farewell_html import FOOT, Html, Table, escaped, head, link, paragraph, table
from .farewell_owned import Owned

TABLES = {
    "account": ("accounts",),
    "bills": ("bills", "bill-lines"),
    "payments": ("payments",),
    "lines": ("lines", "options"),
    "contracts": ("contracts", "contract-terms", "price-changes"),
    "tickets": ("tickets", "ticket-notes", "ticket-steps"),
    "promises": ("promises", "promised-ends"),
    "appointments": ("appointments", "appointment-notes"),
    "contacts": ("contacts", "contact-notes"),
    "notes": ("noted-contacts", "noted-promises", "noted-outages", "noted-files", "complaint"),
    "plans": ("plans", "plan-settled", "plan-mishaps", "plan-outages"),
    "messages": ("messages",),
    "orders": ("orders", "order-notes"),
    "codes": ("codes",),
    "requests": ("requests", "journal"),
    "letters": ("letters",),
    "problems": ("problems",),
}
"""The parts of the pack in their order, and the tables of each in the folder csv."""

_TOPICS = {
    "account": Topic.CUSTOMER, "bills": Topic.BILLS, "payments": Topic.PAYMENTS, "lines": Topic.PRODUCTS,
    "contracts": Topic.CONTRACTS, "tickets": Topic.TICKETS, "contacts": Topic.CONTACTS, "messages": Topic.MESSAGES,
    "orders": Topic.ORDERS, "letters": Topic.LETTERS, "problems": Topic.PROBLEMS,
    "appointments": Topic.APPOINTMENTS,
}  # fmt: skip


class PageOf(Struct, frozen=True):
    """A page that was written: what stands on its link, where it is, how many things are on it."""

    label: str
    path: str
    count: int


class Tally(Struct, eq=False):
    """What a pack came to, counted while it is written: the pages of each part, the PDFs in it, the PDFs that your
    operator has and that were never fetched, and the files of its own documents."""

    pages: dict[str, list[PageOf]] = field(default_factory=dict)
    pdfs: int = 0
    missing: int = 0
    documents: list[str] = field(default_factory=list)


def titles(words: Words, *, is_archive: bool = False) -> dict[str, str]:
    """What each part is called; in an archive the accounts are those who wrote the bills."""
    return {
        "account": words.tr("Operators of your bills") if is_archive else words.tr("You and your accounts"),
        "bills": words.tr("Bills"),
        "payments": words.tr("Payments"),
        "lines": words.tr("Lines and options"),
        "contracts": words.tr("Contracts"),
        "tickets": words.tr("Tickets"),
        "promises": words.tr("Promises"),
        "appointments": words.tr("Appointments"),
        "contacts": words.tr("Contacts"),
        "notes": words.tr("Your own notes"),
        "plans": words.tr("Your plan to leave"),
        "messages": words.tr("Messages"),
        "orders": words.tr("Orders"),
        "codes": words.tr("Codes to take a number along"),
        "requests": words.tr("What you asked for"),
        "letters": words.tr("Letters"),
        "problems": words.tr("Known problems"),
    }


def index_parts(owned: Owned, tell: Telling, tally: Tally, *, with_pdfs: bool) -> Iterator[bytes]:
    """The first page, made last: it says what was written."""
    words = tell.words
    customer, is_archive = owned.customer(), owned.profile.is_archive
    pieces: list[Html] = [
        head(_title(owned, words), words.language),
        paragraph(customer.name) if customer is not None else Html(""),
        paragraph(words.tr("Written on {moment}.", moment=tell.instant(tell.at))),
        _answered(tell, owned.last_read() if not is_archive else None),
        paragraph(opens_anywhere(words)),
        paragraph(readable_by_anyone(words)),
        _contents(words, tally, only_written=is_archive),
        _heading("PDF"),
        *(paragraph(sentence) for sentence in pdf_sentences(tally, words, with_pdfs=with_pdfs)),
        paragraph(link("csv/papers.csv", words.tr("List of all PDFs"))),
        _documents(words, tally, is_archive=is_archive),
        _absent(owned.ages(), words) if not is_archive else Html(""),
        _heading(words.tr("Check that nothing was changed")),
        paragraph(words.tr("In this folder, type: {command}", command="sha256sum -c CHECKSUMS.sha256")),
        FOOT,
    ]
    for piece in pieces:
        yield piece.encode()


def readme_parts(owned: Owned, tell: Telling, languages: Sequence[Words]) -> Iterator[bytes]:
    """The README: the same few sentences in each language."""
    yield b"\xef\xbb\xbf"
    is_archive = owned.profile.is_archive
    for number, words in enumerate(languages):
        sentences = (
            _title(owned, words),
            words.tr("Written on {moment}.", moment=words.instant(tell.at, tell.zone)),
            words.tr("Open index.html in any browser. It needs neither this program nor a network."),
            words.tr("pages: everything to read. pdf: your own files, byte for byte. They are your evidence.")
            if is_archive
            else words.tr("pages: everything to read. pdf: the PDFs as your operator sent them."),
            words.tr("csv: the same as tables, for a spreadsheet (commas, points in figures, UTF-8)."),
            words.tr(
                "A text that starts like a formula has an apostrophe before it in the tables, so that no spreadsheet "
                "calculates it."
            ),
            words.tr("documents: what this program read in your files and keeps of them (JSON).")
            if is_archive
            else words.tr("documents: what your operator sent, byte for byte (JSON). It is your evidence."),
            words.tr("notebook: what you wrote down yourself, as it was kept (JSON), and the files you put to it."),
            words.tr("leaving: what you planned and told about leaving, as it was kept (JSON)."),
            words.tr("CHECKSUMS.sha256: to check with sha256sum -c that nothing was changed."),
            readable_by_anyone(words),
        )
        yield ("\r\n\r\n" if number else "").encode() + "".join(f"{one}\r\n" for one in sentences).encode()


def _title(owned: Owned, words: Words) -> str:
    """What the pack is of: an account, or an archive that has no operator."""
    if owned.profile.is_archive:
        return words.tr("Everything in “{name}”, your own archive", name=owned.profile.name)
    return words.tr("Everything of your account with {operator}", operator=owned.profile.name)


def opens_anywhere(words: Words) -> str:
    """That nothing is needed to read it."""
    return words.tr("These pages open in any browser. They need neither this program nor a network.")


def readable_by_anyone(words: Words) -> str:
    """That it is plain text on the disk."""
    return words.tr("It is not encrypted: whoever has it can read it, codes and numbers too. Keep it in a safe place.")


def pdf_sentences(tally: Tally, words: Words, *, with_pdfs: bool) -> tuple[str, ...]:
    """How many PDFs are in the pack and how many are not."""
    if not with_pdfs:
        return (words.tr("The PDFs were left out, as you chose."),)
    found = [words.trn("{count} PDF is in it, as it came.", "{count} PDFs are in it, as they came.", tally.pdfs)]
    if tally.missing:
        found.append(
            words.trn(
                "{count} PDF is not in it: it could not be fetched from your operator.",
                "{count} PDFs are not in it: they could not be fetched from your operator.",
                tally.missing,
            )
        )
    return tuple(found)


def _answered(tell: Telling, moment: datetime | None) -> Html:
    if moment is None:
        return Html("")
    return paragraph(tell.words.tr("Your operator last answered on {moment}.", moment=tell.instant(moment)))


def _heading(words: str) -> Html:
    return Html(f"<h2>{escaped(words)}</h2>\n")


def _contents(words: Words, tally: Tally, *, only_written: bool) -> Html:
    rows = []
    for key, name in titles(words, is_archive=only_written).items():
        pages = tally.pages.get(key, [])
        count = sum(page.count for page in pages)
        if only_written and not count:
            continue
        read = Html(", ".join(link(page.path, page.label) for page in pages)) or words.tr("nothing")
        tables = Html(", ".join(link(f"csv/{one}.csv", f"{one}.csv") for one in TABLES[key]))
        rows.append((name, words.number(count), read, tables))
    columns = (words.tr("What"), words.tr("How many"), words.tr("To read"), words.tr("As a table"))
    made = table(Table(words.tr("What is in it"), columns, rows, frozenset({1})))
    return Html(f'<nav>\n<div class="wide">{made}</div>\n</nav>\n')


def _documents(words: Words, tally: Tally, *, is_archive: bool) -> Html:
    links = "".join(f"<li>{link(path, path.removeprefix('documents/'))}</li>\n" for path in tally.documents)
    title, files = words.tr("What your operator sent"), escaped(words.tr("Files"))
    said = words.tr("Byte for byte as it came (JSON). It is your evidence.")
    if is_archive:
        title = words.tr("What was read in your bills")
        said = words.tr("As this program keeps it (JSON). Your evidence are the files in the folder pdf.")
    folded = f"<details>\n<summary>{files}</summary>\n<ul>\n{links}</ul>\n</details>\n" if links else ""
    return Html(f"{_heading(title)}{paragraph(said)}{folded}")


def _absent(ages: Sequence[Freshness], words: Words) -> Html:
    """What was never read, is not offered, could not be understood: none of it is the same as nothing."""
    names = titles(words)
    rows = []
    for key, topic in _TOPICS.items():
        age = next((one for one in ages if one.topic is topic), None)
        if age is None:
            continue
        if not age.offered:
            rows.append((names[key], words.tr("Your operator does not offer this here")))
        elif age.seen is None:
            rows.append((names[key], words.tr("Not read yet")))
        if age.refused:
            rows.append((names[key], of_another(age.refused, words).sentence))
        if age.left_out:
            rows.append((names[key], unnamed(age.left_out, words).sentence))
        if age.unreadable:
            said = words.trn(
                "{count} document could not be understood; it is kept as it came.",
                "{count} documents could not be understood; they are kept as they came.",
                age.unreadable,
            )
            rows.append((names[key], said))
    if not rows:
        return Html("")
    title = words.tr("What is not in it")
    return Html(_heading(title) + table(Table(title, (words.tr("What"), words.tr("Why")), rows)))
