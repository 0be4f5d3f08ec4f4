"""A list of releases signed by a key of the tests, and a real server on this computer that publishes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from joserfc import jws
from joserfc.jwk import OKPKey

from selfcare.api.updates import Source

NOW = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
KEY = OKPKey.generate_key("Ed25519")
SOURCE = Source("https://versions.example/selfcare.jws", (KEY.as_dict(private=False),))
PAGE = "https://versions.example/selfcare"


def said(**changed: Any) -> dict[str, Any]:
    """A list as it should be, with something changed."""
    return {
        "format": 1,
        "edition": 7,
        "issued": "2026-12-01T00:00:00Z",
        "expires": "2026-12-31T00:00:00Z",
        "releases": [
            {"version": "0.9.0", "day": "2026-11-01", "page": PAGE},
            {"version": "0.10.0", "day": "2026-12-01", "page": PAGE},
        ],
        **changed,
    }


def signed(payload: Any, key: Any = KEY, **header: str) -> bytes:
    """The list as it comes."""
    head = {"alg": "Ed25519", "typ": "selfcare-releases", **header}
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return jws.serialize_compact(head, body, key, algorithms=[head["alg"]]).encode()


class Publisher(BaseHTTPRequestHandler):
    """Answers with what the test puts here, and remembers what was asked."""

    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")
    asked: list[dict[str, str]]

    def do_GET(self) -> None:
        """One file."""
        type(self).asked.append({"path": self.path, **{k.casefold(): v for k, v in self.headers.items()}})
        status, headers, body = type(self).answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_facts: object) -> None:
        """Say nothing."""


@contextmanager
def publishing(status: int, body: bytes, **headers: str) -> Iterator[tuple[Source, type[Publisher]]]:
    """A real server on this computer, and the source that names it."""
    kind = type("One", (Publisher,), {"answer": (status, headers, body), "asked": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield Source(f"http://127.0.0.1:{server.server_port}/list.jws", SOURCE.keys), kind
        server.shutdown()
        thread.join()
