"""Made-up places: closed loops computed round a spot, with hills that close as well."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from loadmon.demo.people import Place
from loadmon.report.activity import Column

METRES_PER_DEGREE = 111_194.93
"""Of latitude, on the sphere of 6,371 km that distance formulas use."""
TRACK_M = 400.0
LOOPS_M = (4_700.0, 7_300.0, 11_600.0)


@dataclass(frozen=True, eq=False)
class Loop:
    """A closed way: position and height for any distance along it, lap after lap.

    ``east_m`` and ``north_m`` are seen from the start, at ``along_m`` metres of way.
    """

    place: Place
    length_m: float
    along_m: Column
    east_m: Column
    north_m: Column
    hills: tuple[tuple[float, int, float], ...]
    """Height waves: (half height in m, whole waves a loop, phase)."""

    def position(self, distance_m: Column, noise_east_m: Column, noise_north_m: Column) -> tuple[Column, Column]:
        """Latitude and longitude in degrees at distances along the loop, with the receiver's error added."""
        at = np.mod(distance_m, self.length_m)
        east = np.interp(at, self.along_m, self.east_m) + noise_east_m
        north = np.interp(at, self.along_m, self.north_m) + noise_north_m
        lat0 = self.place.lat_deg
        narrowing = np.cos(np.radians(lat0))
        return lat0 + north / METRES_PER_DEGREE, self.place.lon_deg + east / (METRES_PER_DEGREE * narrowing)

    def altitude(self, distance_m: Column) -> Column:
        """Height above the sea in metres."""
        turn = 2.0 * np.pi * distance_m / self.length_m
        return self.place.altitude_m + sum(
            (half * np.sin(waves * turn + phase) for half, waves, phase in self.hills), np.zeros(len(distance_m))
        )

    def grade(self, distance_m: Column) -> Column:
        """Slope in the running direction (0.05 is 5 % up)."""
        per_m = 2.0 * np.pi / self.length_m
        turn = per_m * distance_m
        return sum(
            (half * waves * per_m * np.cos(waves * turn + phase) for half, waves, phase in self.hills),
            np.zeros(len(distance_m)),
        )


@lru_cache(maxsize=256)
def loop_near(place: Place, distance_m: float, backwards: bool, track: bool = False) -> Loop:
    """The loop of a place that fits a run: the longest one that is not longer than the run, or the track.

    The same place always has the same loops, whatever the seed: people run the ways they know.
    """
    length = TRACK_M if track else max((m for m in LOOPS_M if m <= distance_m), default=LOOPS_M[0])
    rng = np.random.default_rng([crc32(place.name.encode()), int(length)])
    angle = np.linspace(0.0, 2.0 * np.pi, 721)
    radius, squeeze = np.ones(len(angle)), 0.6 if track else 1.0
    for k in () if track else (2, 3, 5, 8):
        radius += rng.uniform(0.1, 0.3) / k * np.sin(k * angle + rng.uniform(0.0, 2.0 * np.pi))
    east, north = radius * np.cos(angle), squeeze * radius * np.sin(angle)
    east, north = east - east[0], north - north[0]
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(east), np.diff(north)))))
    scale = length / along[-1]
    if backwards:
        east, north = -east, north
    return Loop(place, length, along * scale, east * scale, north * scale, _hills(place, length, rng, track))


def _hills(
    place: Place, length_m: float, rng: np.random.Generator, track: bool
) -> tuple[tuple[float, int, float], ...]:
    if track:
        return ((0.15, 1, 0.0),)
    climb = place.ascent_m_per_km * length_m / 1000.0
    base = max(1, round(length_m / 2400.0))
    shares = ((0.75, base), (0.35, 2 * base + 1))
    return tuple(
        (climb * share / (2.0 * waves), waves, float(rng.uniform(0.0, 2.0 * np.pi))) for share, waves in shares
    )
