"""Says what an answer means: a good one, "not now", "no" with the operator's reason, or no answer at all."""

from __future__ import annotations

from codecs import BOM_UTF8
from datetime import datetime, timedelta
from typing import Any

from selfcare.domain.failures import Failure, NotAnAnswer, Refused, ServerTrouble, SignedOut, TooLarge, TooOften

from .client import Reply, http_date
from .reading import first_text, items
from .strict_json import check, decode

_LONGEST_WAIT = timedelta(hours=24)
_LONGEST_REASON = 500


def require_success(reply: Reply) -> None:
    """Do nothing for 2xx; else raise what the status means."""
    failure = failure_of(reply)
    if failure is not None:
        raise failure


def failure_of(reply: Reply) -> Failure | None:
    """What went wrong by the status, None for 2xx."""
    status = reply.status
    if reply.is_success:
        return None
    if status == 401:
        return SignedOut()
    if status in {408, 425, 429} or (status == 503 and "retry-after" in reply.headers):
        return TooOften(retry_at(reply), status)
    if status in {407, 511}:
        return NotAnAnswer("html")
    if status >= 500:
        return ServerTrouble(status)
    if status < 400:
        return NotAnAnswer("redirect" if status != 304 else "shape")
    if not is_of_the_api(reply):
        return NotAnAnswer("html")
    code, reason = error_of(reply)
    return Refused(status, reason, code)


def refuses_filter(failure: Failure) -> bool:
    """Whether an answer may mean that a filter is not understood: 501, or 400 (TMF630)."""
    return isinstance(failure, Refused | ServerTrouble) and failure.status in {400, 501}


def is_of_the_api(reply: Reply) -> bool:
    """An error that the API itself may have given: JSON, or nothing at all by the name of JSON. The page of a proxy,
    of a gateway or of a guest network is nobody's no."""
    if not _says_json(reply):
        return False
    try:
        body = _unmarked(reply.body)
        check(body)
        return not body or isinstance(decode(body), dict | list)
    except (NotAnAnswer, TooLarge):
        return False


def _unmarked(body: bytes) -> bytes:
    """Without the mark that some systems put before UTF-8 (RFC 8259, 8.1: it may be ignored)."""
    return body.removeprefix(BOM_UTF8)


def _says_json(reply: Reply) -> bool:
    kind = reply.headers.get("content-type", "").casefold().partition(";")[0].strip()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def require_json(reply: Reply) -> bytes:
    """The body of a good answer that says of itself that it is JSON in UTF-8, without the mark of bytes before it.

    Raises NotAnAnswer otherwise: "type" and "charset" for one that says something else of itself."""
    if reply.status == 204 or not reply.body:
        raise NotAnAnswer("shape" if reply.status == 204 else "truncated")
    kind, _, rest = reply.headers.get("content-type", "").casefold().partition(";")
    kind = kind.strip()
    if kind in {"text/html", "application/xhtml+xml"} or reply.body[:64].lstrip()[:1] == b"<":
        raise NotAnAnswer("html")
    if not _says_json(reply):
        raise NotAnAnswer("type")
    charset = rest.partition("charset=")[2].strip(' "').partition(";")[0]
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise NotAnAnswer("charset")
    return _unmarked(reply.body)


def error_of(reply: Reply) -> tuple[str, str]:
    """The code and the reason in an error body, of TMF630's shape or one of those seen instead; plain text, cut."""
    try:
        check(_unmarked(reply.body))
        found = decode(_unmarked(reply.body))
    except (NotAnAnswer, TooLarge):
        return "", ""
    parts: list[dict[str, Any]] = items(found)
    if not parts:
        return "", ""
    reason = first_text(parts[0], "reason", "message", "detail", "error_description", "title")
    for inner in (*items(parts[0].get("errors")), *items(parts[0].get("detail")), *items(parts[0].get("error"))):
        reason = reason or first_text(inner, "reason", "message", "msg")
    code = first_text(parts[0], "code", "error")
    return code[:100], reason[:_LONGEST_REASON]


def is_tmf_error(reply: Reply) -> bool:
    """The body is an error in TMF630's own shape: the API itself is speaking, not something in front of it."""
    code, reason = error_of(reply)
    return bool(code and reason) and _says_json(reply)


def retry_at(reply: Reply) -> datetime | None:
    """When it may be tried again (Retry-After, RFC 9110): seconds, or a date by the server's own clock; at most a day.

    What makes no sense is ignored.
    """
    said = reply.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 12:
        wait = timedelta(seconds=int(said)) if len(said) < 7 else _LONGEST_WAIT
    else:
        moment, clock = http_date(said), server_time(reply)
        if moment is None:
            return None
        wait = max(moment - clock, timedelta(0))
    return reply.received + min(wait, _LONGEST_WAIT)


def age_of(reply: Reply) -> timedelta:
    """How long a cache on the way has kept an answer (Age, RFC 9111, 5.1): at most a day, no time if it says none."""
    said = reply.headers.get("age", "").strip()
    if not said.isascii() or not said.isdigit():
        return timedelta(0)
    return min(timedelta(seconds=int(said[:9])), _LONGEST_WAIT)


def is_same_tag(one: str, other: str) -> bool:
    """Whether two ETags name the same content, a weak one as well as a strong one (RFC 9110, 8.8.3.2)."""
    return one.removeprefix("W/") == other.removeprefix("W/")


def tag_of(reply: Reply, asked_with: str) -> str:
    """The ETag that may stand for a good answer next time; "" where it would keep old content alive.

    So it is with an answer that a cache gave on the way (Age), and with one that brings content anew under the very
    tag that was asked with: the server, or a cache, gives other content the same tag.
    """
    tag = reply.headers.get("etag", "")
    if reply.headers.get("age", "0").strip() not in {"", "0"} or (asked_with and is_same_tag(tag, asked_with)):
        return ""
    return tag


def server_time(reply: Reply) -> datetime:
    """What the server's clock showed (Date); our own where it says nothing."""
    return http_date(reply.headers.get("date", "")) or reply.received
