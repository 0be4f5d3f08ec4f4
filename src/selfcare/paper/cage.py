"""The limits that the PDF-reading process puts on itself: little memory, no files, no network, no other programs."""

from __future__ import annotations

import contextlib
import os
import platform
import struct
import sys
import threading
import time
from collections.abc import Callable

MEMORY = 512 << 20
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
SECCOMP_SET_MODE_FILTER, SECCOMP_ALL_THREADS = 1, 1
# By machine: its audit number, its seccomp call, and the only kernel calls that a reader of PDFs may make
# (asm/unistd.h); every other one is answered with EPERM
_ALLOWED = {
    "x86_64": (
        0xC000003E,
        317,
        (
            "0 1 3 5 7 8 9 10 11 12 13 14 15 17 19 20 23 24 25 28 35 39 60 96 98 99 131 186 201 202 219 228 229 230 "
            "231 270 271 273 318 324 334"
        ),
    ),
    "aarch64": (
        0xC00000B7,
        277,
        (
            "57 62 63 64 65 66 67 72 73 80 93 94 98 99 101 113 114 115 124 128 132 134 135 139 165 169 172 178 179 "
            "214 215 216 222 226 233 278 283 293"
        ),
    ),
}


class Deadline:
    """Ends this very process when one request takes too long or too much memory, whoever else may watch or be gone."""

    def __init__(self, seconds: float) -> None:
        """A request may take so many seconds of computing, and ten times as many by the clock."""
        self._seconds = seconds
        self._until: tuple[float, float] | None = None
        self._held = held_memory()

    def start(self) -> None:
        """Watch from now on, on a thread of its own; the PDF engine runs outside Python's lock. Before close_cage()."""
        threading.Thread(target=self._watch, name="deadline", daemon=True).start()

    def begin(self) -> None:
        """A request starts now."""
        self._until = (time.process_time() + self._seconds, time.monotonic() + self._seconds * 10)

    def end(self) -> None:
        """It is answered."""
        self._until = None

    def _watch(self) -> None:
        while True:
            time.sleep(0.2)
            until = self._until
            if until is not None and (time.process_time() > until[0] or time.monotonic() > until[1]):
                os._exit(9)
            if self._held() > MEMORY:
                os._exit(9)


def close_cage() -> None:
    """Put the limits on, once everything that is needed has been loaded and every thread has been started.

    After it no file and no socket can be opened (the files 0, 1 and 2 stay), so the PDF engine uses its own fonts for
    those a PDF does not bring along. RLIMIT_AS would stop PDFium at once: its allocator reserves address space.
    """
    if sys.platform == "win32":
        _close_windows()
    else:
        import ctypes  # noqa: F401  # loaded while files can still be opened
        import resource

        for kind, limit in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_DATA, MEMORY),
            (resource.RLIMIT_NOFILE, 3),
        ):
            resource.setrlimit(kind, (limit, limit))
    if sys.platform == "linux":
        _close_linux()


def held_memory() -> Callable[[], int]:
    """Tells, whenever it is called, how many bytes this process holds; 0 on Windows, where the job object sees to it.

    The peak that getrusage() tells is that of the program which started this one, if that was higher: it survives exec.
    """
    if sys.platform == "win32":
        return lambda: 0
    else:
        import resource

        with contextlib.suppress(OSError):  # no such file on macOS
            table, unit = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC), resource.getpagesize()
            return lambda: int(os.pread(table, 200, 0).split()[1]) * unit
        unit = 1 if sys.platform == "darwin" else 1024
        start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return lambda: (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) * unit


def _close_linux() -> None:
    import ctypes

    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if kernel.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or platform.machine() not in _ALLOWED:
        return
    architecture, seccomp, numbers = _ALLOWED[platform.machine()]
    calls = [int(number) for number in numbers.split()]
    count = len(calls)
    # A classic BPF program over struct seccomp_data: (operation, steps to jump if so, if not, operand). The numbers of
    # other machines' calls (32 bits, x32) mean something else, so those are refused as well.
    steps = [(0x20, 0, 0, 4), (0x15, 0, count + 1, architecture), (0x20, 0, 0, 0)]
    steps += [(0x15, count - index, 0, call) for index, call in enumerate(calls)]
    steps += [(0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000)]  # EPERM, yes
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(steps), ctypes.addressof(code))
    kernel.syscall(
        ctypes.c_long(seccomp),
        ctypes.c_long(SECCOMP_SET_MODE_FILTER),
        ctypes.c_long(SECCOMP_ALL_THREADS),
        ctypes.create_string_buffer(header, len(header)),
    )


def _close_windows() -> None:
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        # JOBOBJECT_EXTENDED_LIMIT_INFORMATION: one process, so much memory, no error window
        flags, word = 0x100 | 0x8 | 0x400, ctypes.sizeof(ctypes.c_void_p)
        basic = struct.pack("@qqIPPIPII", 0, 0, flags, 0, 0, 1, 0, 0, 0)
        basic += b"\0" * (-len(basic) % word)
        limits = basic + bytes(48) + struct.pack("@PPPP", MEMORY, 0, 0, 0)
        kernel.SetInformationJobObject(job, 9, limits, len(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))
