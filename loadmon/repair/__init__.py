"""Putting a recording right: what persons and rules corrected, applied to a session as it was read, and what might be wrong."""

from loadmon.repair.borrow import borrowed
from loadmon.repair.correct import corrected
from loadmon.repair.suggest import ACTING, BY_READING, suggestions

__all__ = ["ACTING", "BY_READING", "borrowed", "corrected", "suggestions"]
