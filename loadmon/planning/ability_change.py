"""How far running after an injury has changed since it was answered before, against published limits of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loadmon import evidence

LEAST_CHANGE = int(evidence.UWRI_MIC.value)
LEAST_DIFFERENCE = int(evidence.UWRI_MCID.value)
SPAN_DAYS = int(evidence.UWRI_SPAN_DAYS.value)


class Size(StrEnum):
    """How a change lies to the published limits, whichever way it goes."""

    SMALL = "small"
    IMPORTANT = "important change"
    CLINICAL = "clinically important difference"


@dataclass(frozen=True, slots=True)
class AbilityChange:
    """Points gained (above 0) or lost since an earlier day."""

    since: date
    points: int

    @property
    def size(self) -> Size:
        """How the change lies to the published limits."""
        moved = abs(self.points)
        if moved >= LEAST_DIFFERENCE:
            return Size.CLINICAL
        return Size.IMPORTANT if moved >= LEAST_CHANGE else Size.SMALL


def ability_changes(sums: Mapping[date, int]) -> tuple[AbilityChange, ...]:
    """The last sum against the one before, and against the first of the 12 weeks before it.

    Parameters
    ----------
    sums : mapping of date to int
        Of ``loadmon.questionnaire.uwri``, of one runner; days without a sum are not in it.

    Returns
    -------
    tuple of AbilityChange
        Empty where nothing lies within 12 weeks before the last; one where only one answer does.

    References
    ----------
    Nelson et al. 2020, 10.2519/jospt.2020.9698: minimal important change 5, minimal clinically important difference 8.
    """
    if not sums:
        return ()
    last = max(sums)
    earlier = sorted(day for day in sums if 0 < (last - day).days <= SPAN_DAYS)
    compared = dict.fromkeys((earlier[-1], earlier[0])) if earlier else {}
    return tuple(AbilityChange(day, sums[last] - sums[day]) for day in compared)
