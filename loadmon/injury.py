"""An injury: when it began, how, where it is, what kind it is, and when the runner was back in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mode": ("sudden", "gradual", "mixed"),
        "mechanism": ("acute", "repetitive"),
        "contact": ("none", "direct", "indirect"),
        "episode": ("index", "recurrence", "exacerbation"),
        "setting": ("training", "competition", "other"),
        "tissue": ("M", "T", "R", "F", "S", "J", "C", "Q", "B", "L", "D", "U", "N", "Y"),
    }
)
"""What may be said of each field of an injury (categories of the IOC consensus 2020); every one may be left open."""

TISSUE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "M": "muscle", "T": "tendon", "R": "rupture", "F": "fracture", "S": "bone stress", "J": "bone bruise",
        "C": "cartilage", "Q": "joint lining", "B": "bursa", "L": "ligament", "D": "joint sprain", "U": "unstable joint",
        "N": "nerve", "Y": "compartment",
    }
)  # fmt: skip
"""The letters of tissue and pathology, in words of ours."""


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
    mode, mechanism, contact, episode, setting, tissue : str | None
        Of ``CHOICES``: how it came on; by one event or many repeats; whether there was contact; the first time, again after
        full return, or worse before it; training or competition; the letter of tissue and pathology.
    code : str | None
        Its OSIICS 15 code.
    reporter : str
        Who reported it.

    References
    ----------
    Bahr et al. 2020 (IOC consensus), 10.1136/bjsports-2019-101969; codes by Orchard et al. (OSIICS 15).
    """

    athlete_id: int
    onset: date
    returned: date | None
    area: str
    side: str | None = None
    note: str = ""
    mode: str | None = None
    mechanism: str | None = None
    contact: str | None = None
    episode: str | None = None
    setting: str | None = None
    tissue: str | None = None
    code: str | None = None
    reporter: str = ""

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

    def lost_by(self, day: date) -> int:
        """Days lost so far, up to and with ``day``, of one that may still last."""
        if self.time_loss_days is not None and self.returned is not None and self.returned <= day:
            return self.time_loss_days
        return max((day - self.onset).days, 0)

    @property
    def odd_fields(self) -> tuple[str, ...]:
        """Fields that hold what none of ``CHOICES`` has."""
        return tuple(name for name, may in CHOICES.items() if getattr(self, name) not in (None, *may))


def time_loss_bin(days: int) -> str:
    """The class of severity in which a number of lost days is counted."""
    return "0" if days == 0 else "1-7" if days <= 7 else "8-28" if days <= 28 else ">28"
