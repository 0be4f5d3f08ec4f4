"""One process at a time works on a folder, and the running program keeps to itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from selfcare.host.instance import take_instance

HOLD = (
    "import sys, pathlib; from selfcare.host.instance import take_instance as t\n"
    "lock = t(pathlib.Path(sys.argv[1])); print(lock is not None, flush=True); sys.stdin.read()"
)
SHOW = (
    "import os, resource; from selfcare.host.process import harden; dropped = harden();"
    "print(dropped, resource.getrlimit(resource.RLIMIT_CORE), oct(os.umask(0)), sorted(os.environ))"
)


def test_the_second_one_is_told_and_the_right_comes_back(tmp_path: Path) -> None:
    first = take_instance(tmp_path)
    assert first is not None
    assert take_instance(tmp_path) is None
    first.release()
    first.release()
    with take_instance(tmp_path) or pytest.fail("the right did not come back"):
        assert take_instance(tmp_path) is None


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert take_instance(tmp_path) is None
        holder.kill()
        holder.wait()
    lock = take_instance(tmp_path)
    assert lock is not None
    lock.release()


RACE = (
    "import sys, pathlib; from selfcare.host.instance import take_instance as t\n"
    "for line in sys.stdin:\n"
    "    lock = t(pathlib.Path(line.strip())); print(lock is not None, flush=True); sys.stdin.readline()\n"
    "    lock and lock.release()"
)


def race(tmp_path: Path, races: int, runners: int) -> list[int]:
    """Several processes start at once, again and again; how many of them took each folder."""
    running = [
        subprocess.Popen([sys.executable, "-c", RACE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(runners)
    ]
    owners = []
    for n in range(races):
        folder = tmp_path / f"f{n % 3}"
        folder.mkdir(exist_ok=True)
        for one in running:
            assert one.stdin is not None
            one.stdin.write(f"{folder}\n")
        for one in running:
            assert one.stdin is not None
            one.stdin.flush()
        owners.append(sum(one.stdout.readline() == "True\n" for one in running if one.stdout is not None))
        for one in running:
            assert one.stdin is not None
            one.stdin.write("over\n")
            one.stdin.flush()
    for one in running:
        one.communicate()
    return owners


def test_of_many_that_start_at_once_one_works(tmp_path: Path) -> None:
    assert set(race(tmp_path, 40, 4)) == {1}


@pytest.mark.campaign
def test_of_a_thousand_starts_at_once_one_works(tmp_path: Path) -> None:
    assert set(race(tmp_path, 1000, 6)) == {1}


def test_the_hardened_process_writes_no_core_and_takes_no_foreign_code() -> None:
    foreign = {"LD_AUDIT": "", "QT_PLUGIN_PATH": "/x", "SSLKEYLOGFILE": "/x", "PYTHON_KEYRING_BACKEND": "x"}
    foreign |= {"KEYRING_PROPERTY_APPID": "x", "DYLD_INSERT_LIBRARIES": "/x", "OPENSSL_CONF": "/x"}
    foreign |= {"SSL_CERT_FILE": "/x", "SSL_CERT_DIR": "/x", "LD_PRELOAD": "", "QT_QPA_PLATFORM_PLUGIN_PATH": "/x"}
    foreign |= {"QT_QPA_PLATFORM": "xcb; VNC:port=5977", "QT_QPA_GENERIC_PLUGINS": "tuiotouch"}
    shown = subprocess.run(
        [sys.executable, "-c", SHOW], env={**os.environ, **foreign}, check=True, capture_output=True, text=True
    ).stdout
    dropped, rest = shown.split(") ", 1)
    assert all(f"'{name}'" in dropped for name in foreign)
    assert "(0, 0) 0o77 " in rest
    assert not any(f"'{name}'" in rest for name in foreign)


@pytest.mark.parametrize("platform", ["offscreen", "xcb", "wayland;xcb", "windows:darkmode=1"])
def test_the_customers_own_choice_of_a_platform_stays(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    code = "import os; from selfcare.host.process import harden; harden(); print(os.environ['QT_QPA_PLATFORM'])"
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout[:-1] == platform
    )


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_no_other_program_of_the_user_may_read_its_memory() -> None:
    code = "import ctypes; from selfcare.host.process import harden; harden(); print(ctypes.CDLL(None).prctl(3))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"0\n"


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
@pytest.mark.parametrize("original", ["", "/opt/lib"])
def test_the_bundle_does_not_lend_its_libraries_to_the_customer_s_browser(original: str) -> None:
    code = (
        "import os, sys; sys.frozen = True; from selfcare.host.process import harden; harden();"
        "print(os.environ.get('LD_LIBRARY_PATH'), 'LD_LIBRARY_PATH_ORIG' in os.environ, 'PYTHONDEVMODE' in os.environ)"
    )
    env = {**os.environ, "LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": original, "PYTHONDEVMODE": ""}
    shown = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True).stdout
    assert shown.split() == [original or "None", "False", "False"]
