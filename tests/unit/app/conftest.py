"""The offline calculator asked with a few lines of facts, at a fixed moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.app.leave import run

NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)


class Printed:
    """What a run of the calculator said."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Ask with a file of these lines."""

    def asked(facts: str | bytes, country: str = "fr", **options: object) -> Printed:
        path = tmp_path / "facts.toml"
        path.write_bytes(facts if isinstance(facts, bytes) else facts.encode())
        status = run(country, str(path), now=NOW, **{"language": "en", **options})  # type: ignore[arg-type]
        said = capsys.readouterr()
        return Printed(status, said.out, said.err)

    return asked
