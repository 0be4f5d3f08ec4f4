"""What the three encrypted files look like inside, and the steps by which an older file becomes a newer one.

A file's version is the number of steps that were carried out on it (`pragma user_version`). A released step is never
changed: a new one is added.
"""

from __future__ import annotations

from selfcare.domain.failures import VaultDamaged, VaultNewer

from .blocks import packed
from .database import Database

_CACHE_1 = """
CREATE TABLE documents(
  no INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, hash BLOB NOT NULL,
  parent TEXT NOT NULL, number TEXT NOT NULL, day TEXT NOT NULL, due TEXT NOT NULL,
  amount TEXT NOT NULL, rank INTEGER NOT NULL, unit TEXT NOT NULL, state TEXT NOT NULL, line TEXT NOT NULL,
  text TEXT NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0, readable INTEGER NOT NULL DEFAULT 1,
  UNIQUE(kind, id)
) STRICT;
CREATE INDEX documents_of_kind ON documents(kind);
CREATE INDEX documents_of_parent ON documents(kind, parent) WHERE parent <> '';
CREATE TABLE bodies(no INTEGER PRIMARY KEY REFERENCES documents(no) ON DELETE CASCADE, body BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
  number, words, content='', contentless_delete=1, detail=none,
  tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
CREATE TABLE resources(
  kind TEXT NOT NULL, scope TEXT NOT NULL, validator TEXT NOT NULL DEFAULT '',
  seen TEXT NOT NULL DEFAULT '', tried TEXT NOT NULL DEFAULT '',
  failure TEXT NOT NULL DEFAULT '', facts TEXT NOT NULL DEFAULT '', stamp INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL DEFAULT 0, unreadable INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(kind, scope)
) STRICT, WITHOUT ROWID;
CREATE TABLE promises(
  ticket TEXT NOT NULL, promised TEXT NOT NULL, seen TEXT NOT NULL, PRIMARY KEY(ticket, promised)
) STRICT, WITHOUT ROWID;
CREATE TABLE notes(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
"""

_CACHE_2 = """
CREATE TABLE unindexed(no INTEGER PRIMARY KEY) STRICT;
"""

_CACHE_3 = """
CREATE TABLE blocks(no INTEGER PRIMARY KEY AUTOINCREMENT, used INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
ALTER TABLE documents ADD COLUMN block INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
INSERT INTO blocks(used, data) SELECT 1, packed(body) FROM bodies ORDER BY no;
UPDATE documents SET block = found.place, size = found.size
  FROM (SELECT no, row_number() OVER (ORDER BY no) AS place, length(body) AS size FROM bodies) AS found
  WHERE found.no = documents.no;
DROP TABLE bodies;
CREATE TRIGGER documents_leave AFTER DELETE ON documents BEGIN
  UPDATE blocks SET used = used - 1 WHERE no = old.block;
  DELETE FROM blocks WHERE no = old.block AND used = 0;
END;
"""
"""`packed` is a function of blocks.py: a document that was kept by itself becomes a block of one."""

_CACHE_4 = """
CREATE TABLE paper_words(paper TEXT PRIMARY KEY, bill TEXT NOT NULL, words TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX paper_words_of_bill ON paper_words(bill);
"""

_CACHE_5 = """
UPDATE documents SET hash = x'' WHERE kind = 'customerBill';
UPDATE resources SET validator = '' WHERE kind = 'customerBill';
"""
"""The state of a bill in the list was the operator's word alone: the next reading writes it anew, with what remains."""

_CACHE_7 = """
CREATE TABLE promised(
  ticket TEXT NOT NULL, promised TEXT NOT NULL, seen TEXT NOT NULL, PRIMARY KEY(ticket, seen, promised)
) STRICT, WITHOUT ROWID;
INSERT INTO promised SELECT ticket, promised, seen FROM promises;
DROP TABLE promises;
ALTER TABLE promised RENAME TO promises;
"""
"""An end that is moved away and comes back is remembered twice."""

NOTE_PROMISE = """
INSERT OR IGNORE INTO promises(ticket, promised, seen) SELECT ?1, ?2, ?3
  WHERE ?2 IS NOT (SELECT promised FROM promises WHERE ticket=?1 ORDER BY seen DESC, promised DESC LIMIT 1)
"""
"""Remembers an end (for what, which, when seen) unless it is what was promised last."""

_PAPERS_1 = """
CREATE TABLE papers(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, mime TEXT NOT NULL, size INTEGER NOT NULL, seen TEXT NOT NULL
) STRICT;
CREATE TABLE contents(no INTEGER PRIMARY KEY REFERENCES papers(no) ON DELETE CASCADE, content BLOB NOT NULL) STRICT;
"""

_ACTIONS_1 = """
CREATE TABLE actions(
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE, key TEXT NOT NULL, confirm TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL, command BLOB NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL,
  method TEXT NOT NULL, api TEXT NOT NULL, path TEXT NOT NULL, body BLOB NOT NULL, content_type TEXT NOT NULL,
  state TEXT NOT NULL, created TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  first_sent TEXT NOT NULL DEFAULT '', last_try TEXT NOT NULL DEFAULT '', next_try TEXT NOT NULL DEFAULT '',
  receipt TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', why TEXT NOT NULL DEFAULT '',
  absent TEXT NOT NULL DEFAULT '', doubt INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE journal(
  no INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL,
  facts TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE drafts(key TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE owner(one INTEGER PRIMARY KEY CHECK (one = 1), issuer TEXT NOT NULL, subject TEXT NOT NULL) STRICT;
CREATE TABLE session(one INTEGER PRIMARY KEY CHECK (one = 1), body BLOB NOT NULL) STRICT;
"""

_ACTIONS_2 = """
ALTER TABLE journal ADD COLUMN state TEXT NOT NULL DEFAULT '';
"""

_ACTIONS_4 = """
ALTER TABLE actions ADD COLUMN asked_ahead INTEGER;
ALTER TABLE actions ADD COLUMN sent_ahead INTEGER;
ALTER TABLE actions ADD COLUMN run TEXT NOT NULL DEFAULT '';
UPDATE actions SET absent = '' WHERE absent <> '';
CREATE TABLE clock(one INTEGER PRIMARY KEY CHECK (one = 1), ahead INTEGER NOT NULL) STRICT;
"""
"""`absent` was by our own clock: what is looked for at this moment is looked for twice again."""

_ACTIONS_5 = """
ALTER TABLE actions ADD COLUMN confirmed TEXT NOT NULL DEFAULT '';
ALTER TABLE actions ADD COLUMN confirmed_ahead INTEGER;
ALTER TABLE actions ADD COLUMN changed TEXT NOT NULL DEFAULT '';
UPDATE actions SET confirmed = coalesce((
  SELECT at FROM journal WHERE action = actions.id AND event = 'confirmedAgain' ORDER BY no DESC LIMIT 1), '')
  WHERE why = 'confirmed';
"""
"""What was confirmed before counts from then, not for ever."""

KINDS = {"cache": 1396925281, "papers": 1396928609, "actions": 1396924771}
"""What each file says of itself (`pragma application_id`): all three have one key, so each opens in another's place."""

_FIRST_TABLE = {"cache": "documents", "papers": "papers", "actions": "actions"}
_KIND = {
    "cache": "PRAGMA application_id=1396925281;",
    "papers": "PRAGMA application_id=1396928609;",
    "actions": "PRAGMA application_id=1396924771;",
}

STEPS: dict[str, tuple[str, ...]] = {
    "cache": (_CACHE_1, _CACHE_2, _CACHE_3, _CACHE_4, _CACHE_5, _KIND["cache"], _CACHE_7),
    "papers": (_PAPERS_1, _KIND["papers"]),
    "actions": (_ACTIONS_1, _ACTIONS_2, _KIND["actions"], _ACTIONS_4, _ACTIONS_5),
}
"""For each file, the steps that made it what it is, oldest first."""


def refuse_another(database: Database) -> None:
    """Raise VaultDamaged if another of the vault's files stands in the place of this one; nothing is changed by asking.

    A file of before they said what they are is known by its first table.
    """
    which = database.which
    kind = int(database.value("PRAGMA application_id"))
    if kind == KINDS[which] or (kind == 0 and database.version() == 0):
        return
    found = database.value("SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?", _FIRST_TABLE[which])
    if kind != 0 or found is None:
        raise VaultDamaged(which)


def refuse_newer(database: Database) -> None:
    """Raise VaultNewer if a newer version of the program wrote the file; nothing is changed by asking."""
    if database.version() > len(STEPS[database.which]):
        raise VaultNewer


def bring_up_to_date(database: Database) -> None:
    """Carry out the steps that a file lacks, all in one transaction: the old shape or the new, never between."""
    steps = STEPS[database.which]
    if database.version() == len(steps):
        return
    with database.transaction():
        database.function("packed", packed)
        for step in steps[database.version() :]:
            database.script(step)
        database.script(f"PRAGMA user_version={len(steps)}")
