"""What the process that reads PDFs can no longer do, and how much memory it is allowed."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import paper_documents as made
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")

CAGED = """
import os, socket, subprocess, threading
from selfcare.paper.cage import close_cage
ready = threading.Event()
def trial(name, call):
    try:
        call()
    except OSError as trouble:
        print(name, trouble.errno)
    except MemoryError:
        print(name, "memory")
    except RuntimeError:
        print(name, "none")
    else:
        print(name, "done")
def later():
    ready.wait()
    trial("thread socket", socket.socket)
    trial("thread read", lambda: os.stat("/etc/passwd"))
thread = threading.Thread(target=later); thread.start()
close_cage()
trial("read", lambda: os.open("/etc/passwd", os.O_RDONLY))
trial("write", lambda: os.open("x", os.O_WRONLY | os.O_CREAT))
trial("socket", socket.socket)
trial("start", lambda: os.execv("/bin/true", ["true"]))
trial("fork", os.fork)
trial("kill", lambda: os.kill(os.getppid(), 0))
trial("memory", lambda: bytearray(600 << 20))
trial("new thread", threading.Thread(target=print).start)
ready.set(); thread.join()
"""

# name: its number on x86_64 and on aarch64 (None: not there), and what it is given. P is the parent, V a file,
# N a name that is free, D the working folder, E an empty folder in it
KERNEL_CALLS = {
    "open": (2, None, "V, 0"),
    "openat": (257, 56, "D, V, 0"),
    "openat2": (437, 437, "D, V, bytes(24), 24"),
    "creat": (85, None, "N, 0o600"),
    "stat": (4, None, "V, room"),
    "newfstatat": (262, 79, "D, V, room, 0"),
    "statx": (332, 291, "D, V, 0, 0, room"),
    "readlink": (89, None, "b'/proc/self/exe', room, 100"),
    "readlinkat": (267, 78, "D, b'/proc/self/exe', room, 100"),
    "access": (21, None, "V, 0"),
    "faccessat": (269, 48, "D, V, 0"),
    "truncate": (76, 45, "V, 0"),
    "ftruncate": (77, 46, "1, 0"),
    "rename": (82, None, "V, N"),
    "renameat": (264, 38, "D, V, D, N"),
    "renameat2": (316, 276, "D, V, D, N, 0"),
    "chmod": (90, None, "V, 0o777"),
    "fchmodat": (268, 53, "D, V, 0o777"),
    "fchmodat2": (452, 452, "D, V, 0o777, 0"),
    "chown": (92, None, "V, 1, 1"),
    "fchownat": (260, 54, "D, V, 1, 1, 0"),
    "rmdir": (84, None, "E"),
    "unlink": (87, None, "V"),
    "unlinkat": (263, 35, "D, V, 0"),
    "mkdir": (83, None, "N, 0o777"),
    "mkdirat": (258, 34, "D, N, 0o777"),
    "mknodat": (259, 33, "D, N, 0o100600, 0"),
    "symlink": (88, None, "V, N"),
    "symlinkat": (266, 36, "V, D, N"),
    "link": (86, None, "V, N"),
    "linkat": (265, 37, "D, V, D, N, 0"),
    "utime": (132, None, "V, None"),
    "utimensat": (280, 88, "D, V, None, 0"),
    "setxattr": (188, 5, "V, b'user.a', b'b', 1, 0"),
    "chdir": (80, 49, "b'/'"),
    "getdents64": (217, 61, "0, room, 256"),
    "tkill": (200, 130, "P, 0"),
    "tgkill": (234, 131, "P, P, 0"),
    "kill": (62, 129, "P, 0"),
    "rt_sigqueueinfo": (129, 138, "P, 0, room"),
    "pidfd_open": (434, 434, "P, 0"),
    "prlimit64": (302, 261, "P, 7, None, None"),
    "sched_setaffinity": (203, 122, "P, 8, bytes(8)"),
    "setpriority": (141, 140, "0, P, 19"),
    "ptrace": (101, 117, "16, P, None, None"),
    "process_vm_readv": (310, 270, "P, None, 0, None, 0, 0"),
    "shmget": (29, 194, "0, 4096, 0o600"),
    "msgget": (68, 186, "0, 0o600"),
    "memfd_create": (319, 279, "b'a', 0"),
    "socket": (41, 198, "2, 1, 0"),
    "socketpair": (53, 199, "1, 1, 0, room"),
    "ioctl": (16, 29, "1, 0x5413, room"),
    "fcntl": (72, 25, "1, 3, 0"),
    "dup": (32, 23, "1"),
    "prctl": (157, 167, "3, 0, 0, 0, 0"),
    "seccomp": (317, 277, "2, 0, room"),
    "io_uring_setup": (425, 425, "1, bytes(120)"),
    "unknown": (1000, 1000, "0"),
}
CALLING = """
import ctypes, os
from selfcare.paper.cage import close_cage
kernel = ctypes.CDLL(None, use_errno=True)
V, N, E, D, P = b"victim", b"new", b"empty", -100, os.getppid()
room = ctypes.create_string_buffer(512)
def trial(name, *words):
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    print(name, ctypes.get_errno() if kernel.syscall(*words) == -1 else "done")
close_cage()
"""

ONCE_LARGE = """
import sys, time
sys.path.insert(0, sys.argv[1])
import paper_documents as made
from selfcare.paper.reader import PaperReader
large = b"x" * (700 << 20)
del large
reader = PaperReader(limit=60)
pdf = made.words(b"fine")
assert reader.pages(pdf) == 1
worker = reader._worker
until = time.monotonic() + 1
while time.monotonic() < until:
    assert reader.render(pdf, 0, 200).width == 200
assert reader._worker is worker and worker.is_alive
reader.close()
"""


def shown(script: str, folder: Path, *words: str) -> dict[str, str]:
    command = [sys.executable, "-c", script, *words]
    process = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    return dict(line.rsplit(" ", 1) for line in process.stdout.splitlines())


def test_inside_the_cage_there_are_no_files_no_network_and_no_programs(tmp_path: Path) -> None:
    got = shown(CAGED, tmp_path)
    assert got.pop("memory") == "memory"
    assert got.pop("new thread") == "none"
    others = {"read", "write", "socket", "start", "fork", "kill", "thread socket", "thread read"}
    assert got == dict.fromkeys(others, "1")  # not permitted
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(platform.machine() not in ("x86_64", "aarch64"), reason="numbers of the kernel calls not known")
def test_a_kernel_call_that_is_not_on_the_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"x" * 100)
    before = victim.stat()
    which = 0 if platform.machine() == "x86_64" else 1
    calls = {name: (call[which], call[2]) for name, call in KERNEL_CALLS.items() if call[which] is not None}
    trials = "".join(f"trial({name!r}, {number}, {words})\n" for name, (number, words) in calls.items())
    assert shown(CALLING + trials, tmp_path) == dict.fromkeys(calls, "1")
    after = victim.stat()
    assert (after.st_mode, after.st_size, after.st_mtime_ns, after.st_nlink) == (
        before.st_mode,
        before.st_size,
        before.st_mtime_ns,
        before.st_nlink,
    )
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty", "victim"]


def test_the_reading_process_can_still_end_itself(tmp_path: Path) -> None:
    script = "import os\nfrom selfcare.paper.cage import close_cage\nclose_cage()\nos.{}"
    for ending in ("_exit(7)", "abort()"):
        command = [sys.executable, "-c", script.format(ending)]
        code = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, timeout=60).returncode
        assert code == 7 if ending == "_exit(7)" else code < 0


def test_a_program_that_once_held_much_memory_can_still_read_bills(tmp_path: Path) -> None:
    assert shown(ONCE_LARGE, tmp_path, str(Path(made.__file__).parent)) == {}
