"""Fills in the demo operator's own sign-in form, so that the demonstration needs neither browser nor hands."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from selfcare.domain.failures import SignInFailed

from .addresses import LOOPBACK, origin_of
from .client import Reply, Request, Wire
from .limits import SMALL_JSON
from .replies import require_success

_PAGES = 8
_FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass(slots=True)
class _Form:
    """The first form of a page: where it goes and what stands in it."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _FormReader(HTMLParser):
    """Finds that form."""

    def __init__(self) -> None:
        super().__init__()
        self.form: _Form | None = None
        self._inside = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form is None:
            self.form = _Form(facts.get("action", ""), facts.get("method", "get").casefold())
            self._inside = True
        elif self.form is not None and self._inside:
            self._field(self.form, tag, facts)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _field(self, form: _Form, tag: str, facts: dict[str, str]) -> None:
        name, value = facts.get("name", ""), facts.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            self._choice(form, self._select, value, "selected" in facts)
        elif tag == "button" and name:
            self._choice(form, name, value, False)
        elif tag == "input" and name:
            if facts.get("type", "text") in {"radio", "checkbox", "submit"}:
                self._choice(form, name, value, "checked" in facts)
            else:
                form.fields[name] = value

    @staticmethod
    def _choice(form: _Form, name: str, value: str, chosen: bool) -> None:
        form.choices.setdefault(name, []).append(value)
        if chosen:
            form.fields[name] = value


def demo_browser(url: str) -> None:
    """Be the browser for the demo operator on this computer: open its page, sign in, come back to the program.

    The person is the `login_hint` of the address, else the one that the form proposes. Raises SignInFailed("answer")
    if the page has no form, and every failure of the wire.
    """
    if urlsplit(url).hostname not in LOOPBACK:
        raise SignInFailed("answer")
    query = parse_qs(urlsplit(url).query)
    back = query.get("redirect_uri", [""])[0]
    person = query.get("login_hint", [""])[0]
    wire = Wire({origin_of(url), origin_of(back)} - {""})
    cookies: dict[str, str] = {}
    try:
        reply = _go(wire, Request("GET", url), cookies)
        for _ in range(_PAGES):
            if origin_of(reply.url) == origin_of(back):
                return
            reply = _go(wire, _filled(reply, person), cookies)
    finally:
        wire.close()
    if origin_of(reply.url) != origin_of(back):
        raise SignInFailed("answer")


def _filled(reply: Reply, person: str) -> Request:
    reader = _FormReader()
    reader.feed(reply.body.decode("utf-8", "replace"))
    form = reader.form
    if form is None:
        raise SignInFailed("answer")
    for name, values in form.choices.items():
        form.fields.setdefault(name, values[0])
    if person and ("login" in form.fields or "login" in form.choices):
        form.fields["login"] = person
    address, said = urljoin(reply.url, form.action), urlencode(form.fields)
    if form.method == "post":
        return Request("POST", address, _FORM, said.encode())
    return Request("GET", f"{address.partition('?')[0]}?{said}")


def _go(wire: Wire, request: Request, cookies: dict[str, str]) -> Reply:
    for _ in range(_PAGES):
        headers = dict(request.headers)
        if cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        reply = wire.send(Request(request.method, request.url, headers, request.body, SMALL_JSON, takes_redirect=True))
        for line in reply.headers.get("set-cookie", "").split("\n"):
            name, sign, value = line.partition(";")[0].partition("=")
            if sign:
                cookies[name.strip()] = value.strip()
        if not 300 <= reply.status < 400:
            require_success(reply)
            return reply
        request = Request("GET", urljoin(request.url, reply.headers.get("location", "")))
    raise SignInFailed("answer")
