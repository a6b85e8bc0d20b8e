"""What stays of a recording once its ends are cut off or stretches are taken out of its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loadmon.readers.moving import moving_mask, recorded_seconds_of
from loadmon.repair.ascent import climbed
from loadmon.repair.channels import Flags, Floats, times_of_stream, values_of
from loadmon.repair.spans import Span
from loadmon.session import Session


@dataclass(frozen=True)
class Cut:
    """What stays of a recording.

    Parameters
    ----------
    session : Session
        As it was read, two samples at least.
    first_s, last_s : float
        The first and the last sample that stay.
    out : tuple of Span
        What is taken out between the two, apart and in order; the samples at its ends stay.
    """

    session: Session
    first_s: float
    last_s: float
    out: tuple[Span, ...]

    @cached_property
    def t_s(self) -> Floats:
        """Every sample's time as it was read."""
        return times_of_stream(self.session.stream)

    @cached_property
    def kept(self) -> Flags:
        """Which samples stay."""
        kept: Flags = (self.t_s >= self.first_s) & (self.t_s <= self.last_s)
        for begin, end in self.out:
            kept &= ~((self.t_s > begin) & (self.t_s < end))
        return kept

    @cached_property
    def timer(self) -> Floats:
        """Seconds the timer ran up to each sample; in all they are what the session holds as its timer's time."""
        steps, told = recorded_seconds_of(self.session), self.session.timer_s
        total, missing = float(steps.sum()), np.diff(self.t_s) - recorded_seconds_of(self.session)
        if 0.0 <= told <= total:
            steps = steps * (told / total if total > 0 else 1.0)
        elif total < told <= self.t_s[-1] - self.t_s[0] and missing.sum() > 0:
            # gaps in which the device's timer went on: nobody knows in which
            steps = steps + missing * (told - total) / missing.sum()
        return _adding(steps)

    @cached_property
    def moving(self) -> Floats | None:
        """Seconds of moving up to each sample; None where it was not measured."""
        stream = self.session.stream
        mask = moving_mask(values_of(stream, "speed_mps"), values_of(stream, "cadence_spm"))
        if mask is None:
            return None
        steps, told = np.where(mask[1:], recorded_seconds_of(self.session), 0.0), self.session.moving_s
        total = float(steps.sum())
        return _adding(steps * (told / total) if 0.0 <= told < total else steps)

    @cached_property
    def climbed(self) -> Floats:
        """Metres climbed by the heights up to each sample; all NaN where they do not tell (``ascent.climbed``)."""
        return climbed(self.t_s, values_of(self.session.stream, "altitude_m"))

    def without(self, adding: Floats, to_s: Floats | float) -> Floats:
        """How much of something that adds up over the samples stays up to a moment (or several).

        Parameters
        ----------
        adding : array of shape (n,)
            What has come together by each sample, NaN for not known.
        to_s : float or array
        """
        known = np.isfinite(adding)
        if not known.any():
            return np.full(np.shape(to_s), np.nan)
        at, value = self.t_s[known], adding[known]

        def by(when: Floats | float) -> Floats:
            found: Floats = np.interp(np.asarray(when, dtype=float), at, value)
            return found

        to = np.clip(np.asarray(to_s, dtype=float), self.first_s, self.last_s)
        stays = by(to) - by(self.first_s)
        for begin, end in self.out:
            stays = stays - (by(np.clip(to, begin, end)) - by(begin))
        return stays

    def share(self, adding: Floats, from_s: float, to_s: float) -> float:
        """How much of something that adds up stays between two moments."""
        return float(self.without(adding, to_s) - self.without(adding, from_s))


def cut_of(session: Session, keep: Span, pauses: Sequence[Span]) -> Cut | None:
    """What stays of a session between two moments and without some stretches; None if that is no recording any more.

    Parameters
    ----------
    session : Session
        As it was read.
    keep : Span
        What lies outside goes.
    pauses : sequence of Span
        What goes in between, in any order; they may overlap.
    """
    t = times_of_stream(session.stream)
    if len(t) < 2:
        return None
    first, last = max(keep[0], float(t[0])), min(keep[1], float(t[-1]))
    out: list[Span] = []
    for begin, end in sorted(pauses):
        if begin <= first:
            first = max(first, end)  # a pause at the very beginning: it began later
        elif out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((begin, end))
    while out and out[-1][1] >= last:
        last = min(last, out.pop()[0])
    found = Cut(session, first, last, tuple((b, e) for b, e in out if e > first))
    if np.count_nonzero(found.kept) < 2:
        return None
    ends = t[found.kept]
    return Cut(session, float(ends[0]), float(ends[-1]), found.out)


def _adding(steps: Floats) -> Floats:
    return np.concatenate(([0.0], np.cumsum(steps)))
