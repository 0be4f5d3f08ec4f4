"""Whatever lists an operator sends one after the other, the cache is what a plain dictionary would be."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.store.documents import Columns, StoredDocument
from selfcare.store.search import BillQuery
from selfcare.store.vault import open_vault

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
DAYS = ("", "2026-10-01", "2026-10-01T09:30:00+00:00", "2026-11-01", "never", "0001-01-01", "9998-12-31")
one = st.tuples(st.sampled_from("abcdefg"), st.sampled_from(DAYS), st.integers(0, 3))
lists = st.lists(st.tuples(st.lists(one, max_size=9), st.booleans(), st.sampled_from(["", "x"])), max_size=6)


def stored(name: str, day: str, version: int) -> StoredDocument:
    facts = Columns(number=f"Q{name}", day=day, amount=f"{version + 10}.50", text=f"word{version}")
    return StoredDocument("customerBill", name, f"{name}{day}{version}".encode(), facts)


@settings(max_examples=30, deadline=None)
@given(lists)
def test_the_cache_is_a_dictionary(rounds: list[tuple[list[tuple[str, str, int]], bool, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = open_vault(Path(folder, "v"), bytes(32))
        model: dict[str, tuple[StoredDocument, str, bool]] = {}
        for listed, keep, scope in rounds:
            before = vault.cache.stamp("customerBill")
            documents = {name: stored(name, day, version) for name, day, version in listed}
            was = dict(model)
            for name in [n for n, (_, place, _) in model.items() if place == scope and n not in documents]:
                if keep:
                    model[name] = (model[name][0], scope, True)
                else:
                    del model[name]
            model.update({name: (document, scope, False) for name, document in documents.items()})
            sent = [stored(*facts) for facts in listed]
            changed = vault.cache.replace("customerBill", sent, seen=NOW, scope=scope, keep_missing=keep)
            if model != was:
                assert changed
                assert vault.cache.stamp("customerBill") > before
            found = {row.id: (row.body, row.gone) for row in vault.cache.all("customerBill")}
            assert found == {name: (document.body, gone) for name, (document, _, gone) in model.items()}
            window = vault.cache.bill_rows(BillQuery())
            days = [row.day[:10] if row.day[:1].isdigit() else "" for row in window.rows]
            assert days == sorted(days, reverse=True)
            for version in range(4):
                match = {row.id for row in vault.cache.bill_rows(BillQuery(text=f"word{version}")).rows}
                assert match == {n for n, (d, _, _) in model.items() if d.columns.text == f"word{version}"}
            assert vault.cache.bill_rows(BillQuery(text="q")).total == len(model)
        vault.close()
