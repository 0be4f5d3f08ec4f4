"""What the customer is told when an operator's description has an error, or the sign-in did not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare.domain import failures as f

from .notice import Notice

if TYPE_CHECKING:
    from selfcare.i18n.words import Words


def of_profile(failure: f.Failure, words: Words) -> Notice | None:
    """The words for an error in an operator's profile; None for what is none."""
    if not isinstance(failure, f.ProfileError):
        return None
    where = failure.where
    advice = words.tr("Ask your operator, or whoever gave it to you, for a corrected one.")
    if failure.line and not where.startswith("line "):
        place = words.tr("It is in line {number}.", number=str(failure.line))
        advice = f"{place} {advice}"
    return Notice(_what_is_wrong(where, failure.problem, words), advice, "bad", "settings")


def _what_is_wrong(where: str, problem: str, words: Words) -> str:
    """The sentence for an error in an operator's profile. `where` names a field as its author wrote it, or a line."""
    line = where.removeprefix("line ")
    place = words.tr("line {number}", number=line) if line != where and line.isdecimal() else where
    match problem:
        case "file":
            return words.tr("The file “{where}” cannot be read.", where=place)
        case "json":
            return words.tr(
                "The description of this operator is not written as it must be: see “{where}”.", where=place
            )
        case "signature" | "missing" if problem == "signature" or where == "signature":
            return words.tr(
                "The description of this operator was not signed by it: it was changed on the way, or is not from it."
            )
        case "size":
            return words.tr("The description of this operator is far larger than one can be, so it was not read.")
        case "version":
            return words.tr(
                "At “{where}” the description of this operator names a version that this program does not speak; it "
                "speaks v4 and v5.",
                where=place,
            )
        case "plain":
            return words.tr(
                "At “{where}” the description of this operator names an address that is not safe: only https:// is "
                "taken, so nothing was sent there.",
                where=place,
            )
        case "missing":
            return words.tr("The description of this operator lacks “{where}”.", where=place)
        case "twice":
            return words.tr(
                "In the description of this operator “{where}” stands twice, so nobody can tell which counts.",
                where=place,
            )
        case "type":
            return words.tr("In the description of this operator “{where}” is of the wrong kind.", where=place)
        case "value":
            return words.tr("In the description of this operator “{where}” has a value that cannot be.", where=place)
    return words.tr("The description of this operator has an error at “{where}”.", where=place)


def of_sign_in(failure: f.Failure, words: Words) -> Notice | None:
    """The words for a session that ended, or never began; None for what is none."""
    match failure:
        case f.SignedOut():
            return Notice(
                words.tr("Please sign in again."),
                words.tr("Your operator ended the session. Everything already read stays here."),
                "warn",
                "signIn",
            )
        case f.SignInFailed(why="issuer", expected=expected, found=found):
            return _of_issuer(expected, found, words)
        case f.SignInFailed(why=why):
            return Notice(
                _why_sign_in_failed(why, words), words.tr("Nothing was changed. Try again."), "warn", "signIn"
            )
    return None


def _of_issuer(expected: str, found: str, words: Words) -> Notice:
    """The sign-in server and the operator's profile do not name the same issuer: trying again cannot mend that."""
    if expected and found:
        sentence = words.tr(
            "The sign-in server calls itself “{found}”, but the description of this operator names “{expected}”.",
            found=found, expected=expected,
        )  # fmt: skip
    else:
        sentence = words.tr("The sign-in server is not the one that the description of this operator names.")
    advice = words.tr(
        "You were not signed in, and trying again does not help. Ask your operator for a corrected description."
    )
    return Notice(sentence, advice, "bad")


def _why_sign_in_failed(why: str, words: Words) -> str:
    match why:
        case "declined":
            return words.tr("The sign-in was stopped, or your operator declined it.")
        case "timeout":
            return words.tr("The sign-in was not finished in time.")
        case "state" | "token" | "pkce":
            return words.tr("The answer to the sign-in could not be trusted, so it was thrown away.")
        case "moved":
            return words.tr(
                "Your operator signs its customers in at another address than when this account was set up, so it "
                "cannot be told whether it is yours. Add your operator as a new account; what is here stays."
            )
        case "account":
            return words.tr("That was another customer’s sign-in. This account belongs to somebody else.")
    return words.tr("The sign-in did not work.")
