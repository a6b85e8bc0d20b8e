"""How a ratio is made: its windows, whether they overlap, and which kind of average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from loadmon import evidence
from loadmon.load.average import weighted_average
from loadmon.load.windows import Floats, Whole, shifted, trailing_sum
from loadmon.refusal import Refusal

ACUTE = int(evidence.ACUTE_DAYS.value)
CHRONIC = int(evidence.CHRONIC_DAYS.value)
AVERAGES = ("rolling", "ewma")
EDGE = 1e-9
"""Room at a limit, relative to it or to 1, so that rounding in the last digit does not decide."""
SEEDS = ("adjusted", "first_value", "zero")


class UnusableWindows(Refusal):
    """The windows, the average or the seed of a ratio make no ratio."""

    name = "unusable windows"


class RatioChoice(TypedDict, total=False):
    """What may be chosen of a ratio; what is left out is as in ``RatioMethod``."""

    coupled: bool
    average: str
    seed: str
    acute_days: int
    chronic_days: int


@dataclass(frozen=True, slots=True)
class RatioMethod:
    """One definition of acute to chronic.

    Parameters
    ----------
    coupled : bool
        Divide by all of the chronic days, the acute ones included, as older imports did: such a ratio of 7 to 28 days can
        never exceed 4. Without it, by the days before the acute ones only. Exponentially weighted averages always
        hold the newest days on both sides.
    average : str
        ``"rolling"``, every day of a window weighs the same; ``"ewma"``, newer days weigh more, the newest 2/(N+1).
    seed : str
        Of the exponentially weighted averages: ``"adjusted"`` corrects for the days before the record; ``"first_value"``
        and ``"zero"`` are for comparing with other software.
    acute_days, chronic_days : int
        The windows, both up to the day itself: 7 of 28.

    Raises
    ------
    UnusableWindows
        If the chronic days are not more than the acute ones, or average or seed is another word.

    References
    ----------
    Windt & Gabbett 2019, 10.1136/bjsports-2017-098925; Williams et al. 2017, 10.1136/bjsports-2016-096589.
    """

    coupled: bool = False
    average: str = "rolling"
    seed: str = "adjusted"
    acute_days: int = ACUTE
    chronic_days: int = ACUTE + CHRONIC

    def __post_init__(self) -> None:
        if not 1 <= self.acute_days < self.chronic_days:
            raise UnusableWindows(
                f"A ratio of {self.acute_days} to {self.chronic_days} days cannot be made.",
                "The chronic days hold the acute ones and must be more.",
            )
        if self.average not in AVERAGES or self.seed not in SEEDS:
            raise UnusableWindows(
                f"There is no average {self.average!r} with seed {self.seed!r}.",
                f"Averages are {', '.join(AVERAGES)}; seeds are {', '.join(SEEDS)}.",
            )

    @property
    def weighted(self) -> bool:
        """True if newer days weigh more."""
        return self.average == "ewma"

    @property
    def denominator_starts_back(self) -> int:
        """How many days before the day itself the chronic window ends."""
        return 0 if self.coupled or self.weighted else self.acute_days

    @property
    def denominator_days(self) -> int:
        """Days of the chronic window that is divided by."""
        return self.chronic_days - self.denominator_starts_back

    @property
    def words(self) -> str:
        """The definition as it stands on a label, without the load."""
        if self.weighted:
            seeds = {"adjusted": "corrected start", "first_value": "started with the first day", "zero": "started at 0"}
            return f"{self.acute_days} d ÷ {self.chronic_days} d, exponentially weighted ({seeds[self.seed]})"
        if self.coupled:
            return f"{self.acute_days} d ÷ {self.chronic_days} d that include them (coupled), rolling mean"
        return f"{self.acute_days} d ÷ the {self.denominator_days} d before (uncoupled), rolling mean"

    def averages(self, load: Floats, athlete: Whole, history: Whole) -> tuple[Floats, Floats]:
        """Acute and chronic mean a day, for every row; callers blank those whose own days do not fill the window."""
        if self.weighted:
            acute, chronic = (
                weighted_average(load, athlete, history, 2.0 / (days + 1.0), self.seed)
                for days in (self.acute_days, self.chronic_days)
            )
        else:
            back, days = self.denominator_starts_back, self.denominator_days
            acute = trailing_sum(load, self.acute_days) / self.acute_days
            chronic = shifted(trailing_sum(load, days), back) / days
        return acute, chronic
