"""The limits that the PDF-reading process puts on itself: little memory, no files, no network, no other programs."""

from __future__ import annotations

import os
import platform
import struct
import sys
import threading
import time

MEMORY = 512 << 20
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38
SECCOMP_MODE_FILTER = 2
CLONE_THREAD = 0x10000
# By machine: its audit number, its clone call (new threads only), and the kernel calls that a reader of PDFs has no use
# for (asm/unistd.h), each answered with EPERM
_FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        56,
        "2 41 42 49 50 53 57 58 59 62 82 83 85 87 88 101 161 165 257 263 264 265 310 311 321 322 425 434 437 438 442",
    ),
    "aarch64": (
        0xC00000B7,
        220,
        "34 35 36 37 38 40 51 56 117 129 198 199 200 201 203 221 270 271 276 280 281 425 434 437 438 442",
    ),
}


class Deadline:
    """Ends this very process when one request takes too long, whoever else may be watching or gone."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def start(self) -> None:
        """Watch from now on, on a thread of its own; the PDF engine runs outside Python's lock."""
        threading.Thread(target=self._watch, name="deadline", daemon=True).start()

    def begin(self) -> None:
        """A request starts now."""
        self._until = time.monotonic() + self._seconds

    def end(self) -> None:
        """It is answered."""
        self._until = None

    def _watch(self) -> None:
        while True:
            time.sleep(0.2)
            until = self._until
            if (until is not None and time.monotonic() > until) or _memory_peak() > MEMORY:
                os._exit(9)


def close_cage() -> None:
    """Put the limits on, once everything that is needed has been loaded.

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


def _memory_peak() -> int:
    if sys.platform == "win32":
        return 0  # the job object sees to it
    else:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024


def _close_linux() -> None:
    import ctypes

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or platform.machine() not in _FORBIDDEN:
        return
    architecture, clone, numbers = _FORBIDDEN[platform.machine()]
    calls = [int(number) for number in numbers.split()]
    count = len(calls)
    # A classic BPF program over struct seccomp_data: (operation, steps to jump if so, if not, operand)
    steps = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, 0x80000000), (0x20, 0, 0, 0)]
    steps.append((0x35, count + 5, 0, 0x40000000))  # the x32 twins of all calls
    steps += [(0x15, count + 4 - index, 0, call) for index, call in enumerate(calls)]
    steps += [(0x15, 5, 0, 435), (0x15, 0, 2, clone), (0x20, 0, 0, 16), (0x45, 0, 1, CLONE_THREAD)]
    steps += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x00050026)]  # yes, EPERM, ENOSYS
    program = b"".join(struct.pack("=HBBI", *step) for step in steps)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(steps), ctypes.addressof(code))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.create_string_buffer(header, len(header)), 0, 0)


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
