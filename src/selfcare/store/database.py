"""One encrypted file: how it is opened, and how its troubles are told apart (the only place that knows SQLite)."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import apsw

from selfcare.domain.failures import DiskTrouble, VaultDamaged

Value = str | bytes | int | None
KEY_BYTES = 32
_BUSY_MS = 10_000
_LONGEST_SQL = 12_000
"""Longer statements are not kept ready by apsw (16 KiB), and would be compiled anew each time."""
_MOST_FACTS = 8_000
_AT_ONCE = 400
_PAGE_BYTES = {"cache": 16_384}
_DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)
_READ_ONLY = (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError)


@contextmanager
def troubles(which: str) -> Iterator[None]:
    """Turn what SQLite says of a broken file or disk into a failure of ours; all else is a bug and rises."""
    try:
        yield
    except _DAMAGE as error:
        raise VaultDamaged(which) from error
    except apsw.FullError as error:
        raise DiskTrouble("full") from error
    except _READ_ONLY as error:
        raise DiskTrouble("readonly") from error
    except apsw.BusyError as error:
        raise DiskTrouble("busy") from error
    except apsw.IOError as error:
        raise DiskTrouble("io") from error


class Database:
    """A connection to one file of the vault (`which`: cache, papers or actions). Belongs to one thread at a time."""

    def __init__(self, connection: apsw.Connection, which: str) -> None:
        self.which = which
        self._connection = connection

    def version(self) -> int:
        """How many steps of its schema the file has seen."""
        return int(self.value("PRAGMA user_version"))

    def rows(self, sql: str, *facts: Value) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with troubles(self.which):
            return list(self._connection.execute(sql, facts))

    def each(self, sql: str, *facts: Value) -> Iterator[tuple[Any, ...]]:
        """The rows of a question one after the other: for rows that are large."""
        with troubles(self.which):
            yield from self._connection.execute(sql, facts)

    def row(self, sql: str, *facts: Value) -> tuple[Any, ...] | None:
        """The first row of a question, if there is one."""
        with troubles(self.which):
            for found in self._connection.execute(sql, facts):
                return tuple(found)
            return None

    def value(self, sql: str, *facts: Value) -> Any:
        """The first value of the first row, or None."""
        found = self.row(sql, *facts)
        return None if found is None else found[0]

    def run(self, sql: str, *facts: Value) -> int:
        """Carry out one statement; how many rows it touched."""
        with troubles(self.which):
            self._connection.execute(sql, facts)
            return int(self._connection.changes())

    def many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Carry out one statement for many rows."""
        with troubles(self.which):
            self._connection.executemany(sql, rows)

    def insert(self, head: str, rows: Sequence[tuple[Value, ...]]) -> int:
        """Add rows; `head` is the statement up to VALUES; how many were added. Many rows go in one step each: the
        thread then works beside the others for long, instead of waiting for its turn at each row."""
        if not rows:
            return 0
        added = 0
        marks = f"({','.join('?' * len(rows[0]))})"
        at_once = max(1, min(_LONGEST_SQL // (len(marks) + 1), _MOST_FACTS // len(rows[0])))
        with troubles(self.which):
            for start in range(0, len(rows), at_once):
                part = rows[start : start + at_once]
                statement = f"{head} VALUES{','.join([marks] * len(part))}"
                self._connection.execute(statement, tuple(chain(*part)))
                added += int(self._connection.changes())
        return added

    def script(self, sql: str) -> None:
        """Carry out several statements, to the last."""
        with troubles(self.which):
            for _ in self._connection.execute(sql):
                pass

    def function(self, name: str, one: Callable[..., Any]) -> None:
        """Let statements use a function of ours, of one value."""
        self._connection.create_scalar_function(name, one, 1, deterministic=True)

    def begin(self) -> None:
        """Start writing; others go on reading what was there before."""
        self.run("BEGIN IMMEDIATE")

    def hold(self) -> None:
        """Go on reading what is here now; what others write meanwhile is seen after `roll_back` or closing."""
        self.run("BEGIN")
        self.value("SELECT count(*) FROM sqlite_schema")

    def commit(self) -> None:
        """Make everything since `begin` last."""
        self.run("COMMIT")

    def roll_back(self) -> None:
        """Forget everything since `begin`, if SQLite has not done so itself."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self.begin()
        try:
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise

    def tidy(self) -> None:
        """Move what was committed from beside the file into it; readers are not kept waiting."""
        self.script("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Let go of the file; what was committed is in it."""
        with troubles(self.which):
            self._connection.close()


def open_database(path: Path, key: bytes, which: str) -> Database:
    """Open a file with its raw key (32 bytes), making it if it is absent, and read its first page.

    Nothing is changed in a file that exists. Raises VaultDamaged where the key does not fit: whether the key or the
    file is wrong, the vault decides by its key check.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a vault key has 32 bytes")
    _make_private_file(path, which)
    with troubles(which):
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, statementcachesize=64)
        try:
            connection.pragma("cipher", "chacha20")
            connection.pragma("key", f"raw:{key.hex()}")
            connection.set_busy_timeout(_BUSY_MS)
            list(connection.execute("SELECT count(*) FROM sqlite_schema"))
        except BaseException:
            connection.close()
            raise
    return Database(connection, which)


def settle(database: Database) -> None:
    """Set how a connection writes: beside the file (WAL), and for actions through to the disk before it returns.

    The change to WAL itself is made with EXTRA: else the journal that is removed for it could come back after a power
    cut, and take back all that was written since.
    """
    full = database.which == "actions"
    database.script(f"PRAGMA page_size={_PAGE_BYTES.get(database.which, 4096)}")
    database.script("PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON; PRAGMA cache_size=-8000")
    database.script("PRAGMA synchronous=EXTRA")
    if str(database.value("PRAGMA journal_mode=WAL")) != "wal":
        raise DiskTrouble("io")
    database.script("PRAGMA journal_size_limit=8000000")
    database.script(f"PRAGMA synchronous={'FULL' if full else 'NORMAL'}; PRAGMA fullfsync={int(full)}")
    if database.which == "cache":
        database.script("PRAGMA wal_autocheckpoint=0")
    if full and database.value("PRAGMA synchronous") != 2:
        raise DiskTrouble("io")


def _make_private_file(path: Path, which: str) -> None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            return
        except OSError as error:
            raise disk_trouble(error) from error
        return
    except OSError as error:
        raise disk_trouble(error) from error
    if not stat.S_ISREG(found.st_mode):
        raise VaultDamaged(which)
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        path.chmod(0o600)


def parts(values: Collection[Value]) -> Iterator[tuple[Value, ...]]:
    """Values in parts that go into one question each."""
    every = tuple(values)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


def marks(values: Collection[object]) -> str:
    """So many places for values in a question."""
    return ",".join("?" * len(values))


def disk_trouble(error: OSError) -> DiskTrouble:
    """Which trouble of the disk an error of the operating system is."""
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskTrouble("full")
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return DiskTrouble("readonly")
    return DiskTrouble("io")
