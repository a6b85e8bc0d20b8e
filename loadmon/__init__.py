"""loadmon reads the files runners' watches write and tells what load they carry and what changed.

``loadmon.read(path)`` gives the sessions of any file; ``loadmon.propose(data)`` says what the columns of a table of
sessions are taken for, and ``loadmon.read(path, columns=…)`` or ``loadmon.sessions_from_table`` reads it then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loadmon.readers.given import read
    from loadmon.readers.inspection import inspect
    from loadmon.readers.table import propose, sessions_from_table

__version__ = "0.1.0"

__all__ = ["__version__", "inspect", "propose", "read", "sessions_from_table"]

_FROM = {
    "inspect": "loadmon.readers.inspection",
    "propose": "loadmon.readers.table",
    "read": "loadmon.readers.given",
    "sessions_from_table": "loadmon.readers.table",
}


def __getattr__(name: str) -> Any:
    """Loads what is asked for when it is asked for: ``import loadmon`` by itself costs nothing."""
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_FROM[name]), name)


def __dir__() -> list[str]:
    """What there is, for people who look."""
    return sorted([*globals(), *__all__])
