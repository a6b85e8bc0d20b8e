"""The store: what loadmon keeps, and the only room that knows of the database.

Open it with ``open_store``; read inside ``with store.read() as conn`` and write inside ``with store.write() as conn``.
The rooms' functions take that connection first and, for every read that a person sees, a ``Viewer`` second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loadmon.store.access import Role, Viewer
    from loadmon.store.engine import Store, open_store

__all__ = ["Role", "Store", "Viewer", "open_store"]

_FROM = {
    "Role": "loadmon.store.access",
    "Store": "loadmon.store.engine",
    "Viewer": "loadmon.store.access",
    "open_store": "loadmon.store.engine",
}


def __getattr__(name: str) -> Any:
    """Loads the database's library only for those who open the store: processes that read files only pack for it."""
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_FROM[name]), name)
