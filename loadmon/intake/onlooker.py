"""Somebody who looks on at an import: hears how far it is, and may call it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loadmon.intake.progress import Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Onlooker:
    """Hears of an import and lets it run; subclasses show it, keep it, or call it off."""

    def keep(self, conn: Connection, batch_id: int) -> None:
        """The same, inside the transaction that opens the import: whatever is written here is there with it or not at all."""

    def begin(self, batch_id: int) -> None:
        """The import's number in the store, told once before anything is read."""

    def tell(self, progress: Progress) -> None:
        """How far it is, told after every step."""

    def should_stop(self) -> bool:
        """Asked before every file; true ends the import, and what was read is kept."""
        return False
