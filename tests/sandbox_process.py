"""The demo operator as a process of its own, started and ended by tests, and told what to do over HTTP."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

STARTS_WITHIN = 20.0


@dataclass(slots=True)
class Sandbox:
    """A running demo operator. `url` has no trailing slash; a brand's issuer is `url` + "/orvane-gb"."""

    url: str
    process: subprocess.Popen[bytes]
    control: httpx.Client

    def issuer(self, brand: str = "orvane-gb") -> str:
        """Where everything of a brand lives."""
        return f"{self.url}/{brand}"

    def profile(self, brand: str = "orvane-gb") -> bytes:
        """The operator's published profile."""
        return self.control.get(f"/{brand}/.well-known/selfcare-operator").content

    def advance(self, hours: float) -> None:
        """Move the demo operator's clock forward."""
        self._post("clock", {"advanceHours": hours})

    def now(self) -> str:
        """The demo operator's time, ISO 8601."""
        return str(self.control.get("/sandbox/clock").json()["now"])

    def set_faults(self, *faults: str) -> None:
        """Switch on exactly these faults; none at all makes everything well again."""
        self._post("faults", {"faults": list(faults)})

    def log(self) -> dict[str, Any]:
        """The requests since the last reset: {"requests": [{method, path, status, count, bytes}], "count", "bytes"}."""
        return dict(self.control.get("/sandbox/log").json())

    def reset_log(self) -> None:
        """Start counting requests anew."""
        self._post("log", {})

    def effects(self) -> dict[str, Any]:
        """What requests brought about: {"effects": [{kind, id, externalId, login}], "byExternalId": {mark: [ids]}}."""
        return dict(self.control.get("/sandbox/effects").json())

    def forget_effects(self) -> None:
        """Begin anew with what requests brought about."""
        self._post("effects", {})

    def expire_tokens(self) -> None:
        """Let every access token be too old."""
        self._post("tokens", {"expire": True})

    def set_tokens(self, **settings: float) -> None:
        """Change how long access tokens live (accessSeconds) or a used refresh token is forgiven (refreshGrace)."""
        self._post("tokens", settings)

    def set_tmf(self, tmf: str) -> None:
        """Let the profile name another version of the APIs: v4, v5 or mixed."""
        self._post("tmf", {"tmf": tmf})

    def stop(self) -> None:
        """End the process; its address stays free for nobody else to answer from."""
        self.control.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        if self.process.stdin is not None:
            self.process.stdin.close()

    def _post(self, what: str, content: dict[str, Any]) -> None:
        self.control.post(f"/sandbox/{what}", json=content).raise_for_status()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_sandbox(*args: str) -> Sandbox:
    """Start a demo operator on a free port (unless "--port" is among `args`) and wait until it answers."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder, "ready")
        command = [sys.executable, "-m", "selfcare.sandbox", "--until-stdin-ends", "--ready-file", str(ready), *args]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        until = time.monotonic() + STARTS_WITHIN
        while not ready.exists():
            if process.poll() is not None:
                raise RuntimeError(f"the demo operator ended at once with code {process.returncode}")
            if time.monotonic() > until:
                process.kill()
                raise TimeoutError("the demo operator did not get ready")
            time.sleep(0.01)
        url = ready.read_text(encoding="utf-8").strip()
    return Sandbox(url, process, httpx.Client(base_url=url, trust_env=False, timeout=20))
