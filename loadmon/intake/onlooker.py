"""Somebody who looks on at an import: hears how far it is, and may call it off."""

from __future__ import annotations

from loadmon.intake.progress import Progress


class Onlooker:
    """Hears of an import and lets it run; subclasses show it, keep it, or call it off."""

    def begin(self, batch_id: int) -> None:
        """The import's number in the store, told once before anything is read."""

    def tell(self, progress: Progress) -> None:
        """How far it is, told after every step."""

    def should_stop(self) -> bool:
        """Asked before every file; true ends the import, and what was read is kept."""
        return False
