"""The archive of a firm: 120,000 bills and the words of 10,000 PDFs; the window under load, and the first reading.

Started as `python -m tests.bench.many [COUNT]`; the parts that measure are children of it:
`… window HOME ACCOUNT`, `… reading URL`. The demo operator gives the newest 10,000 bills three lines each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from selfcare.api.finding import fetch_profile
from selfcare.api.profile import read_profile
from selfcare.app.demo import start_demo_operator
from selfcare.store.paper_words import words_of
from selfcare.store.search import BillQuery
from tests.bench.clockwork import ROOT, interleaved, launch, most_resident_mib, percentile, resident_mib
from tests.bench.home_folder import Filled, fill
from tests.bench.reading import KINDS, bare_download, own_reading, owners_of

COUNT, PAPERS = 120_000, 10_000
STARTS = 11
SCROLLS = 150
TYPED = ("120000", "portugal", "85.00", "2019-10", "freedonia", "45 923,61", "roaming", "77123")
PLACES = ("freedonia", "sylvania", "marxville", "osterlich", "ruritania", "zenda", "strelsau", "hentzau")
SORTS = ("amount desc", "amount asc", "number asc", "state desc", "day asc", "day desc")


def add_words(filled: Filled) -> None:
    """The words of 10,000 PDFs, as they are read from real ones: some 200 each, with one amount of 45 923,61."""
    session = filled.open()
    vault = session.open_again()
    try:
        rows = vault.cache.bill_rows(BillQuery(limit=PAPERS, counted=False)).rows
        for start in range(0, len(rows), 1000):
            vault.cache.keep_paper_words(
                (f"P{row.id}", row.id, words_of(_text(row.number, start + n)))
                for n, row in enumerate(rows[start : start + 1000])
            )
        vault.cache.tidy()
    finally:
        vault.close()
        session.close()


def _text(number: str, place: int) -> str:
    calls = " ".join(f"0770090{(place * 7 + n) % 9973:04} {n % 60}:{place % 60:02}" for n in range(60))
    rare = " ruritania 45 923,61 £" if place == 4711 else ""
    return f"Bill {number} {PLACES[place % len(PLACES)]} minutes data texts {place} {calls}{rare}"


def window_times(home: Path, account: str) -> dict[str, list[float]]:
    """Seconds of key strokes, steps of scrolling and sorts, each until its answer is painted."""
    from PySide6.QtTest import QTest

    from selfcare.host.settings import AccountEntry
    from selfcare.ui.following import follow
    from selfcare.ui.pages.bill_loading import SEEN
    from tests.bench.typing import Watch, answered, program_on
    from tests.shots.driving import settled, turn, until

    program = program_on(home)
    program.open_account(AccountEntry(account, "orvane-gb", "profile.json", "Orvane Mobile"))
    until("an open account", lambda: program.session is not None)
    began = time.perf_counter()
    program.window.show_room("bills")
    settled(program)
    opened = time.perf_counter() - began
    page = program.window.page("bills")
    watch = Watch()
    table = page._table  # type: ignore[attr-defined]
    follow(table.viewport(), watch)
    follow(page._nothing_here, watch)  # type: ignore[attr-defined]
    keys: list[float] = []
    few: list[float] = []
    field = program.window.topbar.field
    field.setFocus()
    for query in TYPED:
        for letter in query:
            began = time.perf_counter()
            QTest.keyClick(field, letter)
            took = answered(program, watch, began) - began
            (few if table.rows.rowCount() < SEEN else keys).append(took)
        field.clear()
        settled(program)
        turn(60)
    bar = table.verticalScrollBar()
    scrolls: list[float] = []
    for step in range(SCROLLS):
        if step % 50 == 0:
            bar.setValue(bar.maximum() * step // SCROLLS)
            settled(program)
        began = time.perf_counter()
        bar.setValue(bar.value() + 123)
        scrolls.append(answered(program, watch, began) - began)
    bar.setValue(0)
    settled(program)
    sorts: list[float] = []
    box = page._filters.sorts  # type: ignore[attr-defined]
    for value in SORTS:
        settled(program)
        turn(60)
        began = time.perf_counter()
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
        sorts.append(answered(program, watch, began) - began)
    program.close()
    return {"keys": keys, "few": few, "scrolls": scrolls, "sorts": sorts, "opened": [opened]}


def child(*words: str):  # type: ignore[no-untyped-def]
    """What a child of this module prints as JSON on its last line."""
    from tests.bench.__main__ import environment

    command = [sys.executable, "-m", "tests.bench.many", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, timeout=1200, check=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def reading_once(url: str) -> dict[str, float]:
    """A first reading in a process of its own: seconds, documents, and the most memory it held."""
    before = resident_mib()
    found = own_reading(_Operator(url))  # type: ignore[arg-type]
    return found | {"mib": most_resident_mib() - before}


class _Operator:
    """A running demo operator, known by its address alone."""

    def __init__(self, url: str) -> None:
        self.url = url

    def issuer(self, login: str) -> str:
        """Where its customer signs in."""
        from tests.bench.home_folder import LOGIN

        assert login == LOGIN
        return f"{self.url}/orvane-gb"


def many_rows(count: int = COUNT) -> list:  # type: ignore[type-arg]
    """The table of the large archive."""
    from tests.bench.__main__ import Row, environment

    env = environment()
    rows: list[Row] = []
    held: dict[int, float] = {}
    for size in (count // 10, count):
        operator = start_demo_operator(0, "--seed", "1", "--bills", str(size))
        try:
            profile = read_profile(fetch_profile(operator.issuer("claire")))
            token, owners = owners_of(operator, profile)
            bare = bare_download(profile, token, owners, tuple(KINDS))
            own = child("reading", operator.url)
            if bare["count"] != own["count"]:
                raise RuntimeError(f"not the same documents: {bare['count']} and {own['count']}")
            held[size] = own["mib"]
            if size != count:
                continue
            ratio = round(own["seconds"] / bare["seconds"], 2)
            rows.append(Row(f"first reading of {size:,} bills", round(own["seconds"], 1), "s", None, "lower"))
            rows.append(Row("first reading / httpx and JSON alone", ratio, "x", 2.0, "lower"))
            grown = round(held[count] / held[count // 10], 2)
            rows.append(Row("memory of it", round(own["mib"], 1), "MiB", None, "lower"))
            rows.append(Row("memory of it / of a tenth of the bills", grown, "x", 1.25, "lower"))
            with tempfile.TemporaryDirectory(prefix="selfcare-many-") as folder:
                home = Path(folder)
                filled = fill(home, operator)
                operator.stop()
                add_words(filled)
                rows += _window_rows(home, count)
                rows += _start_rows(home, count, env)
        finally:
            operator.stop()
    return rows


def _window_rows(home: Path, count: int) -> list:  # type: ignore[type-arg]
    from tests.bench.__main__ import Row

    found = child("window", str(home), "bench")
    few, keys, scrolls = (sorted(1000 * one for one in found[name]) for name in ("few", "keys", "scrolls"))

    def under(values: list[float], limit: float) -> float:
        return round(100 * sum(1 for one in values if one < limit) / len(values), 1)

    return [
        Row(f"list of {count:,} bills opens", round(1000 * found["opened"][0]), "ms", None, "lower"),
        Row("key strokes that few bills match: under 16 ms", under(few, 16), "%", 99, "higher"),
        Row("key strokes that many bills match: median", round(percentile(keys, 0.5), 1), "ms", None, "lower"),
        Row("key strokes: slowest", round(max(keys[-1], few[-1]), 1), "ms", 50, "lower"),
        Row("scroll steps under 16 ms", under(scrolls, 16), "%", 99, "higher"),
        Row("scroll steps: slowest", round(scrolls[-1], 1), "ms", None, "lower"),
        Row("sorts: slowest", round(1000 * max(found["sorts"]), 1), "ms", 100, "lower"),
    ]


def _start_rows(home: Path, count: int, env: dict[str, str]) -> list:  # type: ignore[type-arg]
    from tests.bench.__main__ import RUN_ON, Row

    bare_window = [sys.executable, "-m", "tests.bench.bare_window"]
    first_paint = [sys.executable, "-m", "tests.bench.first_paint", str(home), "bench"]
    launch(bare_window, env)
    for _ in range(2):
        launch([*first_paint, RUN_ON], env)
    bare, own = interleaved(STARTS, lambda: launch(bare_window, env), lambda: launch(first_paint, env))
    return [
        Row(
            f"start to first paint, {count:,} bills / bare window",
            round(own["seconds"] / bare["seconds"], 2),
            "x",
            1.5,
            "lower",
        ),
        Row("memory at first paint / bare window", round(own["mib"] / bare["mib"], 2), "x", 2.0, "lower"),
    ]


def main() -> int:
    """One of the parts, or all of it as a table."""
    words = sys.argv[1:]
    if words[:1] == ["window"]:
        sys.stdout.write(json.dumps(window_times(Path(words[1]), words[2])) + "\n")
    elif words[:1] == ["reading"]:
        sys.stdout.write(json.dumps(reading_once(words[1])) + "\n")
    else:
        from tests.bench.__main__ import said

        said(many_rows(int(words[0]) if words else COUNT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
