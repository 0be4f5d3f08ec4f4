"""Says a failure in words for the operator's own people, as its kit prints them."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.domain.failures import (
    BadCertificate,
    BadProxy,
    Failure,
    ListBroken,
    ListChanged,
    ListMissing,
    ListShort,
    NotAnAnswer,
    NotEncrypted,
    Offline,
    PaperTrouble,
    Refused,
    ServerTrouble,
    SignedOut,
    SignInFailed,
    TimedOut,
    TooLarge,
    TooOften,
    Unreadable,
)

_NO_ANSWER = {
    "foreign": "no address of an operator, which begins with https:// and leads to its own host",
    "html": "a web page instead of JSON",
    "type": "the wrong Content-Type",
    "truncated": "it breaks off",
    "json": "this is no JSON",
    "shape": "something else than was asked for: no list where a list belongs, no object, or one with another id",
    "encoding": "a Content-Encoding that cannot be undone",
    "charset": "it is not in UTF-8",
    "checksum": "it does not match its own checksum (Content-Digest, Digest, Content-MD5)",
    "another": "all of it is about another customer",
    "redirect": "it leads elsewhere, and no redirect is followed",
    "closed": "the connection was closed before any answer",
    "unchanged": "it says yes, and nothing has changed",
}
"""What came instead of an answer, for the operator's own people."""


_NO_SESSION = {
    "declined": "the login page sent the customer back without a yes",
    "timeout": "nobody came back from the login page in time",
    "state": "the login page answered another question than was asked (state)",
    "issuer": "the issuer is not exactly that of the profile: compare auth.issuer with the discovery document, the ID "
    "token and the iss of the answer",
    "token": "the ID token is not one for this program, this issuer and this sign-in, signed by a key of jwks_uri",
    "answer": "an answer of the login server is not what OpenID Connect promises",
    "pkce": "the login server does not offer PKCE with S256",
    "account": "somebody else signed in",
    "moved": "the profile names another issuer than when this was set up",
}
"""Why the sign-in came to nothing, for the operator's own people."""


def describe(failure: Failure, tr: Callable[[str], str] = str) -> str:
    """A failure for the operator's own people, in the language of `tr`."""
    if isinstance(failure, Refused):
        return tr("refused: {why}").format(why=f"{failure.status} {failure.reason}".strip())
    if isinstance(failure, NotAnAnswer):
        return tr("not an answer: {why}").format(why=tr(_NO_ANSWER.get(failure.what, failure.what)))
    if isinstance(failure, SignInFailed):
        return tr("nobody is signed in: {why}").format(why=tr(_NO_SESSION.get(failure.why, failure.why)))
    if isinstance(failure, NotEncrypted):
        return tr(
            "no https is spoken there (plain http is taken on this computer alone, with http:// before the address)"
        )
    if isinstance(failure, BadCertificate):
        return tr("its certificate is out of date, for another name, or from nobody this computer trusts")
    if isinstance(failure, Unreadable):
        return tr("cannot be read: {why}").format(why=failure.where)
    if isinstance(failure, ListShort):
        return tr("X-Total-Count names more documents than come")
    if isinstance(failure, ListBroken):
        return tr("a page is missing, and the list may go on behind it")
    if isinstance(failure, ListChanged):
        return tr("the pages are not of one list: a document came twice, was left out, or the count changed")
    if isinstance(failure, ListMissing):
        return tr("answered 404: no list is there")
    if isinstance(failure, PaperTrouble):
        is_other = failure.what == "not_pdf"
        return tr("what came is no PDF") if is_other else tr("no way that billPdf names leads to a PDF")
    if isinstance(failure, SignedOut):
        return tr("answered 401: the access token is not taken")
    if isinstance(failure, TimedOut):
        return tr("no whole answer in time")
    if isinstance(failure, TooLarge):
        return tr("more than is read: {why}").format(why=failure.what)
    if isinstance(failure, TooOften):
        return tr("answered {status}: asks to wait").format(status=failure.status or tr("nothing new"))
    if isinstance(failure, ServerTrouble):
        return tr("answered {status}").format(status=failure.status)
    if isinstance(failure, BadProxy):
        return tr("the proxy does not lead there: {why}").format(why=failure.what)
    if isinstance(failure, Offline):
        return tr("nobody answers there")
    return f"{type(failure).__name__} {' '.join(str(v) for v in failure.facts().values() if v)}".strip()
