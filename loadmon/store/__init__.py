"""The store: what loadmon keeps, and the only room that knows of the database.

Open it with ``open_store``; read inside ``with store.read() as conn`` and write inside ``with store.write() as conn``.
The rooms' functions take that connection first and, for every read that a person sees, a ``Viewer`` second.
"""

from loadmon.store.access import Role, Viewer
from loadmon.store.engine import Store, open_store

__all__ = ["Role", "Store", "Viewer", "open_store"]
