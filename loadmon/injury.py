"""An injury: when it began, where it is, and when the runner was back in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Injury:
    """One injury as it was reported.

    Parameters
    ----------
    athlete_id : int
        Whose.
    onset : date
        Local day it began.
    returned : date | None
        Local day of full return to running; None while it lasts.
    area : str
        Body area in plain words ("Achilles tendon", "shin").
    side : str | None
        ``left``, ``right``, ``both`` or None if not said.
    note : str
        What the runner or clinician wrote. Coaches do not see it by default.
    """

    athlete_id: int
    onset: date
    returned: date | None
    area: str
    side: str | None = None
    note: str = ""

    def open_on(self, day: date) -> bool:
        """True if the injury had begun and the runner was not yet back in full on ``day``."""
        return self.onset <= day and (self.returned is None or day < self.returned)
