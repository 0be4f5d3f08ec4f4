"""When this process began, how much memory it holds, and medians of interleaved runs."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]


def resident_mib() -> float:
    """What this process holds in memory right now, in MiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def most_resident_mib() -> float:
    """The most that this process held in memory since it began, in MiB; what its parent held does not count."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def print_moment() -> None:
    """Say when and how large, for the process that measures."""
    sys.stdout.write(json.dumps({"at": time.clock_gettime(time.CLOCK_MONOTONIC), "mib": resident_mib()}) + "\n")
    sys.stdout.flush()


def launch(command: Sequence[str], env: Mapping[str, str] | None = None) -> dict[str, float]:
    """Start a child that prints one moment; seconds from before its start until then, and its memory."""
    started = time.clock_gettime(time.CLOCK_MONOTONIC)
    done = subprocess.run(
        list(command),
        cwd=ROOT,
        env=dict(env) if env else None,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        check=True,
    )
    moment = json.loads(done.stdout.strip().splitlines()[-1])
    return {"seconds": moment["at"] - started, "mib": moment["mib"]}


def interleaved(times: int, *runs: Callable[[], dict[str, float]]) -> list[dict[str, float]]:
    """Run each in turn, `times` over; the medians of each, field by field."""
    results: list[list[dict[str, float]]] = [[] for _ in runs]
    for _ in range(times):
        for kept, run in zip(results, runs, strict=True):
            kept.append(run())
    return [{name: median(r[name] for r in kept) for name in kept[0]} for kept in results]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
