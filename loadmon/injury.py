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

    @property
    def time_loss_days(self) -> int | None:
        """Days of training lost: from the day after onset to the day before full return; None while it lasts.

        References
        ----------
        Bahr et al. 2020 (IOC consensus), 10.1136/bjsports-2019-101969: the day of onset is day 0.
        """
        return None if self.returned is None else max((self.returned - self.onset).days - 1, 0)


def time_loss_bin(days: int) -> str:
    """The class of severity in which a number of lost days is counted."""
    return "0" if days == 0 else "1-7" if days <= 7 else "8-28" if days <= 28 else ">28"
