"""A finding: something that somebody saw in how a runner runs, from the day on which it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as it was noted.

    Parameters
    ----------
    athlete_id : int
        Whose.
    kind : str
        A key of the tissue coefficients' findings, e.g. ``pelvic_drop`` or ``forefoot``.
    observed : date
        Local day on which it was seen: it holds from then on, and says nothing of the days before unless ``always``.
    noted_by : str
        Who saw it.
    side : str | None
        ``left``, ``right``, ``both`` or None if not said.
    value : float | None
        Degrees, where the kind has any.
    until : date | None
        Local day from which it holds no longer; None while it holds.
    always : bool
        True for what may have been so ever since the record began, and was only looked at on ``observed``: it then holds on
        the days before too, and no day changes for it.
    """

    athlete_id: int
    kind: str
    observed: date
    noted_by: str
    side: str | None = None
    value: float | None = None
    until: date | None = None
    always: bool = False

    @property
    def begins(self) -> date:
        """The first day on which it holds."""
        return date.min if self.always else self.observed

    def holds_on(self, day: date) -> bool:
        """True from the day it was seen, or ever since, to the day before it had gone."""
        return self.begins <= day and (self.until is None or day < self.until)

    def meets(self, other: Finding) -> bool:
        """True where some day has both."""
        ends = [one.until or date.max for one in (self, other)]
        return max(self.begins, other.begins) < min(ends)
