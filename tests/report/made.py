"""One small made run for the writers' tests: awkward on purpose."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from loadmon.report.activity import DYNAMICS_FIELDS, FULL_FIELDS, Activity, Watch
from loadmon.session import DeviceTotals, Sport

WATCH = Watch(1, 3113, "Sample <G> & co", 3_900_000_001, 13.1, (*FULL_FIELDS, "fractional_cadence", *DYNAMICS_FIELDS))
START = datetime(2026, 5, 3, 21, 58, 20, tzinfo=UTC)
NAN = float("nan")


def run(watch: Watch = WATCH, sport: Sport = Sport.RUN, **changes: object) -> Activity:
    """Forty samples of 2.5 to 3.5 m/s with a pause, a lost pulse, a place west and south, and two laps."""
    count = 40
    seconds = np.cumsum(np.full(count, 9.0)) - 9.0
    seconds[20:] += 61.0
    speed = np.linspace(2.5, 3.5, count)
    heart = np.linspace(110.0, 171.0, count).round()
    heart[5:8] = NAN
    contact = np.linspace(0.26, 0.231, count).round(4)
    contact[0] = NAN
    cadence = np.linspace(160.0, 181.0, count).round()
    stream = {
        "t_s": seconds,
        "lat_deg": np.linspace(-33.45, -33.44, count),
        "lon_deg": np.linspace(-70.65, -70.66, count),
        "altitude_m": np.linspace(-3.0, 41.0, count),
        "distance_m": np.linspace(0.0, 1100.0, count),
        "speed_mps": speed,
        "heart_rate_bpm": heart,
        "cadence_spm": cadence,
        "vertical_oscillation_m": np.linspace(0.09, 0.08, count),
        "stance_time_s": contact,
        "stance_balance_left_pct": np.linspace(49.0, 51.0, count),
        "step_length_m": 60.0 * speed / cadence,
        "vertical_ratio_pct": np.linspace(9.0, 7.5, count),
    }
    laps = {
        "start_s": np.array([0.0, 360.0]),
        "elapsed_s": np.array([360.0, seconds[-1] - 360.0]),
        "timer_s": np.array([299.0, seconds[-1] - 360.0]),
        "distance_m": np.array([1000.0, 100.0]),
        "mean_heart_rate_bpm": np.array([140.0, NAN]),
        "max_heart_rate_bpm": np.array([150.0, NAN]),
        "mean_cadence_spm": np.array([168.0, 178.0]),
        "ascent_m": np.array([30.0, 14.0]),
    }
    keys: dict[str, object] = {
        "start": START,
        "sport": sport,
        "stream": stream,
        "watch": watch,
        "utc_offset_s": -4 * 3600,
        "laps": laps,
        "events": ((float(seconds[19]), "stop_all"), (float(seconds[20] - 1.0), "start")),
        "totals": DeviceTotals(
            distance_m=1100.0, elapsed_s=float(seconds[-1]), timer_s=float(seconds[-1]) - 60.0, ascent_m=44.0,
            mean_heart_rate_bpm=142.0, max_heart_rate_bpm=171.0, mean_cadence_spm=170.0,
        ),
    }  # fmt: skip
    return Activity(**(keys | changes))  # type: ignore[arg-type]


def without(activity_stream: object, *names: str) -> dict[str, np.ndarray]:
    """The same stream with some columns never measured."""
    stream = dict(activity_stream)  # type: ignore[call-overload]
    return {name: np.full(len(values), NAN) if name in names else values for name, values in stream.items()}
