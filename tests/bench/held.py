"""How much memory one piece of work takes at most, told by the system itself (Linux; nothing is told elsewhere)."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")
MOST_MB = 100.0
MOST_TIMES_THE_FILE = 20.0


def memory_from_here() -> float:
    """Begin to watch anew; what is held at this moment, in MB."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return highest_mb()
    return highest_mb()


def highest_mb() -> float:
    """The most that was held since, in MB; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    return int(_STATUS.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024


def is_too_much(mb: float, n_bytes: int) -> bool:
    """Whether a file of so many bytes, unpacked, may not take so much."""
    return mb > MOST_MB + MOST_TIMES_THE_FILE * n_bytes / 1e6
