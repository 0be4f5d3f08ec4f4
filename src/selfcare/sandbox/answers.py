"""The answers the demo operator gives: JSON, and the TM Forum's shape for saying that something went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from .documents import encode

JSON = "application/json;charset=utf-8"

_REASONS = {
    400: ("invalidRequest", "The request cannot be understood"),
    401: ("missingCredentials", "Please sign in"),
    403: ("accessDenied", "This is not yours to see"),
    404: ("notFound", "There is no such thing here"),
    405: ("methodNotAllowed", "This cannot be done here"),
    409: ("conflict", "This does not go together with what was asked before"),
    412: ("preconditionFailed", "It has changed since you read it"),
    413: ("tooLarge", "This is too large"),
    415: ("unsupportedMediaType", "Please send JSON"),
    422: ("unprocessable", "This cannot be carried out as it is"),
    429: ("tooManyRequests", "Please ask less often"),
    500: ("internalError", "Something went wrong on our side"),
    501: ("notImplemented", "Lists cannot be filtered so here"),
    503: ("serviceUnavailable", "We are closed for a moment"),
}


class Refusal(Exception):
    """A request that is answered with a TMF error; `message` says what would put it right.

    `code` is a word for programs where the status alone does not tell enough, `reason` what the customer reads where
    the usual words of the status do not.
    """

    def __init__(
        self,
        status: int,
        message: str = "",
        headers: Mapping[str, str] | None = None,
        code: str = "",
        reason: str = "",
    ) -> None:
        super().__init__(status)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})
        self.code = code
        self.reason = reason

    def response(self) -> Response:
        """The TMF630 error body and its status."""
        code, reason = _REASONS[self.status]
        body: dict[str, Any] = {
            "code": self.code or code,
            "reason": self.reason or reason,
            "status": str(self.status),
            "@type": "Error",
        }
        if self.message:
            body["message"] = self.message
        return Response(encode(body), self.status, self.headers, media_type=JSON)


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON; bytes are taken to be JSON already."""
    body = value if isinstance(value, bytes) else encode(value)
    return Response(body, status, dict(headers or {}), media_type=JSON)


def html_answer(page: str, status: int = 200) -> Response:
    """An HTML page that runs nothing, loads nothing and stays out of caches."""
    return Response(
        page,
        status,
        {
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action *; base-uri 'none'",
        },
        media_type="text/html",
    )
