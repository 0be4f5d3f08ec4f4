"""Everything that passes the demo operator's door: counted, and spoiled on the way when a fault is switched on."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import Refusal
from .catalogue import KINDS, base
from .habits import Collected, Habits
from .world import World

Strikes = Callable[[str], bool]

_PORTAL = b"<!doctype html><html><title>Welcome</title><body><h1>Please accept our terms</h1></body></html>"
_DOORS = {
    "down": Refusal(503, headers={"Retry-After": "30"}),
    "429": Refusal(429, headers={"Retry-After": "30"}),
    "401": Refusal(401, headers={"WWW-Authenticate": 'Bearer realm="selfcare", error="invalid_token"'}),
    "403": Refusal(403),
    "500": Refusal(500),
}


@dataclass(slots=True)
class Log:
    """What was asked since the last reset: (method, path, status) with how often and how many bytes were answered."""

    counts: dict[tuple[str, str, int], list[int]] = field(default_factory=dict)

    def note(self, method: str, path: str, status: int, sent: int, taken: int) -> None:
        """Count one request; status 0 is a connection closed without an answer."""
        entry = self.counts.setdefault((method, path, status), [0, 0, 0])
        entry[0] += 1
        entry[1] += sent
        entry[2] += taken

    def table(self) -> dict[str, object]:
        """The counts as one JSON value; `bytes` are of answers' bodies, `received` of requests' bodies."""
        rows = [
            {"method": method, "path": path, "status": status, "count": n, "bytes": sent, "received": taken}
            for (method, path, status), (n, sent, taken) in sorted(self.counts.items())
        ]
        return {
            "requests": rows,
            "count": sum(n for n, _, _ in self.counts.values()),
            "bytes": sum(sent for _, sent, _ in self.counts.values()),
        }


class Door:
    """The outermost part of the server: applies faults to the brands' endpoints and keeps the log."""

    def __init__(self, app: ASGIApp, world: World, log: Log) -> None:
        self.app = app
        self.world = world
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] != "http" or not scope["path"].startswith("/orvane-"):
            await self.app(scope, receive, send)
            return
        method, path = scope["method"], scope["path"]
        targets = targets_of(path)
        is_api = targets[0] != "login"
        taken = 0
        habits = Habits(self.world, targets, method) if self.world.faults.are_habits and targets[0] in KINDS else None

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message

        def strikes(name: str) -> bool:
            if is_api:
                return self.world.faults.strikes(name, *targets, method) is not None
            return self.world.faults.strikes_only_at(name, *targets)

        collected = Collected()
        if habits is not None:
            scope = habits.understood(scope)
        if strikes("reset") or not await self._inside(scope, counted, collected, strikes, is_api):
            self.log.note(method, path, 0, 0, taken)
            await _hang_up(send)
            return
        if habits is not None:
            habits.write(collected)
        is_cut = _spoil(collected, strikes)
        body = b"" if method == "HEAD" else collected.body
        self.log.note(method, path, collected.status, len(body), taken)
        await send({"type": "http.response.start", "status": collected.status, "headers": collected.headers})
        if is_cut:
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await asyncio.sleep(0.02)
            await _hang_up(send)
            return
        await send({"type": "http.response.body", "body": body})

    async def _inside(
        self, scope: Scope, receive: Receive, collected: Collected, strikes: Strikes, is_api: bool
    ) -> bool:
        """Let the request in, or refuse it at the door; False when the answer is to be lost."""
        writes = scope["method"] in ("POST", "PATCH")
        if not writes or not is_api:
            slow = self.world.faults.strikes("slow", *targets_of(scope["path"]), scope["method"]) if is_api else None
            if slow:
                await asyncio.sleep(slow.amount)
        if self.world.faults.strikes("down", *targets_of(scope["path"]), scope["method"]):
            return await _refuse(_DOORS["down"], receive, collected)
        hidden = self.world.faults.hidden_apis()
        if hidden.intersection(targets_of(scope["path"])):
            return await _refuse(Refusal(404), receive, collected)
        for name in ("429", "401", "403", "500"):
            if strikes(name):
                return await _refuse(_DOORS[name], receive, collected)
        await self.app(scope, receive, collected.send)
        if writes and collected.status < 300:
            if strikes("lost-response"):
                return False
            if strikes("500-after-effect"):
                collected.take(Refusal(500).response())
        return True


def targets_of(path: str) -> tuple[str, ...]:
    """The names a fault may be aimed at for a path: resource and API, "files", or "login" and the endpoint's name."""
    parts = path.strip("/").split("/")
    small = {kind.lower(): kind for kind in KINDS}
    for part in [small.get(part, part) for part in parts[1:]]:
        if part in KINDS and any(base(KINDS[part].api, version).strip("/") in path for version in ("v4", "v5")):
            return part, KINDS[part].api
    if len(parts) > 2 and parts[1] == "files":
        return ("files",)
    return "login", parts[-1]


def _spoil(answer: Collected, strikes: Strikes) -> bool:
    """Change an answer as the faults say; True when its body is to stop half-way."""
    if answer.status not in (200, 201, 206):
        return False
    if strikes("redirect"):
        answer.status, answer.body = 302, b""
        answer.headers = [(b"location", b"https://elsewhere.example/"), (b"content-length", b"0")]
    elif strikes("html"):
        answer.status, answer.body = 200, _PORTAL
        answer.headers = [(b"content-type", b"text/html; charset=utf-8")]
    elif strikes("truncated"):
        answer.body = answer.body[: len(answer.body) // 2]
    elif strikes("gzip-cut"):
        packed = gzip.compress(answer.body, 1)
        answer.body = packed[: len(packed) // 2]
        answer.replace(b"content-encoding", b"gzip")
    elif strikes("gzip"):
        answer.body = gzip.compress(answer.body, 1)
        answer.replace(b"content-encoding", b"gzip")
    elif strikes("cut-body"):
        return True
    answer.replace(b"content-length", str(len(answer.body)).encode())
    return False


async def _refuse(refusal: Refusal, receive: Receive, collected: Collected) -> bool:
    """Answer at the door; the request's body is read to its end, so that the connection stays usable."""
    while (await receive()).get("more_body", False):
        pass
    collected.take(refusal.response())
    return True


async def _hang_up(send: Send) -> None:
    """Close the connection under the client's feet; uvicorn's own send knows its transport."""
    cycle = getattr(send, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
