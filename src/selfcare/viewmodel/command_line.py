"""What the command line says: what each command and option is for, what was typed wrong, and the self-test's steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selfcare.i18n import Words


def mark(text: str) -> str:
    """A sentence that another place says: it is collected for translation here, and returned as it is."""
    return text


CHECK_FOOT = mark(
    "PROFILE is the operator’s address (its profile is read from\n"
    "<address>/.well-known/selfcare-operator) or a file that holds it.\n"
    "\n"
    "Without --write nothing is changed: lists, single documents, filters, paging,\n"
    "caching and errors are tried as the program would use them, with the customer\n"
    "who signs in. Nothing is kept on this computer.\n"
    "\n"
    "--proxy says how the internet is reached: none (straight), system (as this\n"
    "computer’s settings say), program (as chosen in the program’s settings, with\n"
    "its password from the key store), or an address as proxy.example.net:8080.\n"
    "\n"
    "With --write a ticket is opened, sent again, remarked on and cancelled, a\n"
    "contact is noted, and a porting code is asked for and called off, where these\n"
    "are offered. Use a test account: what is sent stays in the operator’s books.\n"
    "\n"
    "exit status:\n"
    "  0  nothing mandatory fails\n"
    "  1  something mandatory fails\n"
    "  2  the profile cannot be read, or nobody signed in\n"
    "\n"
    "examples:\n"
    "  selfcare check-operator https://api.operator.example\n"
    "  selfcare check-operator profile.json --json > report.json\n"
    "  selfcare check-operator https://test.operator.example --write --account test-7\n"
)
"""What stands below the help of the check of an operator."""


def help_texts(tr: Callable[[str], str]) -> dict[str, str]:
    """What the help says of each command ("demo") and of each of its options ("demo.login"); "" is the program."""
    return {
        "": tr("Your telecom account, on your own computer."),
        "version": tr("say which version this is"),
        "debug": tr("write more into the log; still no secret"),
        "at-login": tr("start without a window where the program is kept in the tray"),
        "command": tr("command"),
        "opens": tr(
            "With a .selfcare, .zip, .pdf or .xml file, or a folder, as its only word it opens the window and takes "
            "its bills into the archive of your own bills."
        ),
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
        "country": tr("COUNTRY"),
        "profile": tr("PROFILE"),
        "name": tr("NAME"),
        "export": tr("bills, or everything, as files that open without this program"),
        "export.target": tr("a new folder; or one that is there, for a new one in it"),
        "export.bills": tr("bills, their lines and PDFs only; else everything"),
        "export.since": tr("with --bills: from a year or a day on, and bills without a date"),
        "export.zip": tr(
            "one .zip file instead of a folder; a name that ends in .selfcare is one file that this program opens"
        ),
        "export.no-pdfs": tr("leave the PDFs out"),
        "export.account": tr("which account; the last one used if absent"),
        "check": tr("try an operator’s APIs as the program would use them"),
        "check.profile": tr("an address, or a file"),
        "check.write": tr("open a test ticket too; needs --account"),
        "check.account": tr("the test account that signs in"),
        "check.demo-login": tr("the demo operator: sign in by itself"),
        "check.proxy": tr("how the internet is reached: none, system, program, or HOST:PORT"),
        "check.html": tr("print a page"),
        "check.foot": tr(CHECK_FOOT),
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

OF_CHECKS = (
    mark("no address of an operator, which begins with https:// and leads to its own host"),
    mark("a web page instead of JSON"),
    mark("the wrong Content-Type"),
    mark("it breaks off"),
    mark("this is no JSON"),
    mark("something else than was asked for: no list where a list belongs, no object, or one with another id"),
    mark("a Content-Encoding that cannot be undone"),
    mark("it is not in UTF-8"),
    mark("it does not match its own checksum (Content-Digest, Digest, Content-MD5)"),
    mark("all of it is about another customer"),
    mark("it leads elsewhere, and no redirect is followed"),
    mark("the connection was closed before any answer"),
    mark("the login page sent the customer back without a yes"),
    mark("nobody came back from the login page in time"),
    mark("the login page answered another question than was asked (state)"),
    mark(
        "the issuer is not exactly that of the profile: compare auth.issuer with the discovery document, the "
        "ID token and the iss of the answer"
    ),
    mark("the ID token is not one for this program, this issuer and this sign-in, signed by a key of jwks_uri"),
    mark("an answer of the login server is not what OpenID Connect promises"),
    mark("the login server does not offer PKCE with S256"),
    mark("somebody else signed in"),
    mark("the profile names another issuer than when this was set up"),
    mark("it says yes, and nothing has changed"),
)
"""Why an operator's API gave no answer or no session, as `api.probes` says it."""


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
    return f"{said}\n{listed}{last}\n{_session_stays(words)}\n{asks} "


def removal_yes(words: Words) -> str:
    """The word that is typed to remove everything."""
    return words.trc("typed to remove everything", "remove")


def removal_end(words: Words, what: str) -> str:
    """How the removal ended: "removed", "kept", "nothing", "open" (a window works on it) or "keys" (locked)."""
    match what:
        case "removed":
            said = words.tr("Everything was removed.") + "\n" + _session_stays(words)
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


def _session_stays(words: Words) -> str:
    return words.tr("A sign-in that you did not end with “Sign out” stays valid at your operator until it runs out.")
