"""Putting a recording right: what persons and rules corrected, applied to a session as it was read, and what might be wrong."""

from loadmon.repair.borrow import borrowed
from loadmon.repair.correct import corrected

__all__ = ["borrowed", "corrected"]
