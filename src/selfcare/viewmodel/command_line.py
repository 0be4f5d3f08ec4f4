"""What the command line says: what each command and option is for, what was typed wrong, and the self-test's steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selfcare.i18n import Words


def mark(text: str) -> str:
    """A sentence that another place says: it is collected for translation here, and returned as it is."""
    return text


def help_texts(tr: Callable[[str], str]) -> dict[str, str]:
    """What the help says of each command ("demo") and of each of its options ("demo.login"); "" is the program."""
    return {
        "": tr("Your telecom account, on your own computer."),
        "version": tr("say which version this is"),
        "debug": tr("write more into the log; still no secret"),
        "at-login": tr("start without a window where the program is kept in the tray"),
        "command": tr("command"),
        "file": tr("FILE"),
        "day": tr("YYYY-MM-DD"),
        "way": tr("WAY"),
        "json": tr("print for machines"),
        "demo": tr("look around as a customer of the demo operator"),
        "demo.login": tr("which demo customer; claire if absent"),
        "demo.offline": tr("without its operator: what was read before"),
        "self-test": tr("try sign-in, reading, PDFs and requests against the demo operator"),
        "leave": tr("what leaving costs and when you can go, from a file; no account needed"),
        "leave.country": tr("two letters: gb, fr, us, or another (then the contract counts)"),
        "leave.facts": tr("the facts, see {file}"),
        "leave.on": tr("the day on which you want to leave"),
        "leave.today": tr("answer as of this day instead of today"),
        "leave.language": tr("en or fr; the computer’s own if absent"),
        "folder": tr("DIR"),
        "year": tr("YEAR"),
        "name": tr("NAME"),
        "export": tr("bills, or everything, as files that open without this program"),
        "export.target": tr("a new folder; or one that is there, for a new one in it"),
        "export.bills": tr("bills, their lines and PDFs only; else everything"),
        "export.since": tr("with --bills: from a year or a day on"),
        "export.zip": tr("one .zip file instead of a folder"),
        "export.no-pdfs": tr("leave the PDFs out"),
        "export.account": tr("which account; the last one used if absent"),
        "check": tr("try an operator’s APIs as the program would use them"),
        "check.profile": tr("an address, or a file"),
        "check.write": tr("open a test ticket too; needs --account"),
        "check.account": tr("the test account that signs in"),
        "check.demo-login": tr("the demo operator: sign in by itself"),
        "check.proxy": tr("how the internet is reached: none, system, program, or HOST:PORT"),
        "check.html": tr("print a page"),
        "sandbox": tr("run the demo operator alone (see `selfcare sandbox --help`)"),
        "licences": tr("show the licence of the program and of each library in it"),
        "remove-data": tr("remove everything kept on this computer, and its keys"),
        "remove-data.yes": tr("do not ask first"),
    }


OF_ARGPARSE = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("%(prog)s: error: %(message)s\n"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("unrecognized arguments: %s"),
    mark("the following arguments are required: %s"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("expected one argument"),
    mark("expected at least one argument"),
    mark("invalid %(type)s value: %(value)r"),
    mark("ignored explicit argument %r"),
    mark("ambiguous option: %(option)s could match %(matches)s"),
)
"""The sentences of Python's own reader of command lines that this program can bring about."""

SELF_TEST = (
    mark("start the demo operator"),
    mark("read its profile"),
    mark("make an encrypted vault"),
    mark("sign in"),
    mark("read everything"),
    mark("find bills, lines, contract and tickets"),
    mark("draw a page of a bill"),
    mark("see that it is encrypted"),
    mark("open again without the operator"),
    mark("everything is still there"),
    mark("ask for something offline"),
    mark("start the demo operator again"),
    mark("sign in again"),
    mark("the request goes out, once"),
    mark("nothing waits any more"),
)
"""The steps of the self-test, in their order. For machines they stay in English."""

NOT_FOUND = (
    mark("encrypted files alone"),
    mark("bills"),
    mark("lines"),
    mark("contracts"),
    mark("tickets"),
    mark("a bill with a PDF"),
    mark("the PDF on this computer"),
    mark("a page that is not blank"),
    mark("the age of the bills"),
    mark("the operator’s absence"),
    mark("a waiting request"),
    mark("one confirmed ticket"),
    mark("an accepted request"),
)
"""What a step of the self-test may miss."""


def step_line(words: Words, name: str, seconds: float, wrong: str) -> str:
    """A line for each step: how it went, how long it took, which it was, and what was missing."""
    how = words.tr("FAILED") if wrong else words.tr("ok")
    said = words.tr("not found: {what}", what=words.tr(wrong)) if wrong in NOT_FOUND else wrong
    named = words.tr("{step}: {wrong}", step=words.tr(name), wrong=said) if wrong else words.tr(name)
    return f"{how:<6} {seconds:7.3f} s  {named}\n"


def self_test_end(words: Words, steps: int, failed: str) -> str:
    """The last line of the self-test. `failed` names the step that stopped it, or else what did."""
    if failed in SELF_TEST:
        return words.tr("self-test: stopped at the step “{step}”", step=words.tr(failed)) + "\n"
    if failed:
        return words.tr("self-test: stopped by {what}", what=failed) + "\n"
    return words.trn("self-test: the {count} step passed", "self-test: all {count} steps passed", steps) + "\n"


def no_display(words: Words, *, from_source: bool) -> str:
    """There is no screen for a window; whoever has the source can have pictures of every page instead."""
    if from_source:
        return words.tr("There is no screen here for a window; `make shots` makes a picture of every page.") + "\n"
    return words.tr("There is no screen here for a window. `selfcare --help` says what works without one.") + "\n"


def removal_asks(words: Words, folders: Sequence[str]) -> str:
    """What would be removed, and the question. Only what `removal_yes` says is a yes."""
    listed = "".join(f"  {folder}\n" for folder in folders)
    said = words.tr("This removes the bills, requests, keys and settings that Selfcare keeps on this computer:")
    last = words.tr("What your operator has stays there. What you saved elsewhere stays too.")
    asks = words.tr("Type {yes} to remove it:", yes=removal_yes(words))
    return f"{said}\n{listed}{last}\n{asks} "


def removal_yes(words: Words) -> str:
    """The word that is typed to remove everything."""
    return words.trc("typed to remove everything", "remove")


def removal_end(words: Words, what: str) -> str:
    """How the removal ended: "removed", "kept", "nothing", "open" (a window works on it) or "keys" (locked)."""
    match what:
        case "removed":
            said = words.tr("Everything was removed.")
        case "nothing":
            said = words.tr("Nothing is kept on this computer.")
        case "open":
            said = words.tr("Selfcare is open. Close its window first; nothing was removed.")
        case "keys":
            said = words.tr("The files were removed. The key store did not open, so it still holds their keys.")
        case "disk":
            said = words.tr("Some files could not be removed. They are encrypted, and their keys are gone.")
        case _:
            said = words.tr("Nothing was removed.")
    return said + "\n"
