"""What moves an estimate, in sentences that a runner reads: what was seen, and whether it makes the estimate higher or lower."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace

from loadmon.risk.estimate import Driver, RiskEstimate

SMALL_PUSH = 0.02
"""Features that move the log-odds by less than this are not called drivers (loadmon convention)."""
NO_SPIKE = "no_spike"
"""The name of the driver that stands for all bands where no run was long enough for any."""
_LONGEST = "the longest of the 30 days before"
_YES_OR_NO: Mapping[str, tuple[str, str]] = {
    NO_SPIKE: ("", f"no run of the last week was much longer than {_LONGEST}"),
    "spike_small": (
        f"a run of the last week was 10 to 30 % longer than {_LONGEST}",
        f"no run of the last week was 10 to 30 % longer than {_LONGEST}",
    ),
    "spike_moderate": (
        f"a run of the last week was 30 to 100 % longer than {_LONGEST}",
        f"no run of the last week was 30 to 100 % longer than {_LONGEST}",
    ),
    "spike_large": (
        f"a run of the last week was more than twice as long as {_LONGEST}",
        f"no run of the last week was more than twice as long as {_LONGEST}",
    ),
    "week_change": (
        "the last week was over 30 % longer than the one before",
        "the last week was not over 30 % longer than the one before",
    ),
    "speed_work": (
        "a run within four weeks was clearly faster than usual",
        "no run within four weeks was clearly faster than usual",
    ),
    "tissue": (
        "the load of a tissue grew faster than the steps did",
        "no tissue's load grew faster than the steps did",
    ),
    "overstride": ("a clinician saw overstriding", "a clinician saw no overstriding"),
    "previous_injury": (
        "the diary holds an injury within the last twelve months",
        "the diary holds no injury within the last twelve months",
    ),
    "female": ("the runner is a woman", "the runner is a man"),
}
_AMOUNTS: Mapping[str, Callable[[float], str]] = {
    "volume": lambda value: f"about {math.exp(value):.0f} km a week were run over four weeks",
    "volume_own": lambda value: f"the last week was {_side(value, 'longer', 'shorter')} than is usual for this runner",
    "acute_chronic": lambda value: f"the last week was {value:.1f} times the average of four weeks",
    "monotony": lambda value: (
        f"the days of the last week were {_side(value - 1.0, 'much alike', 'unlike one another')}"
    ),
    "strain": lambda value: f"the last week was {_side(value - 3.2, 'long and even', 'short or uneven')}",
    "cadence": lambda value: (
        f"about {abs(value):.0f} steps a minute {_side(value, 'more', 'fewer')} than others take at that speed"
    ),
    "duty_factor": lambda value: f"a foot is on the ground for {value:.0f} % of a stride",
    "oscillation": lambda value: f"the body rises and falls by {100 * value:.1f} cm",
    "step_length": lambda value: f"a step is {value:.2f} m long",
    "contact_balance": lambda value: f"left and right are {value:.1f} % from even in their time on the ground",
    "pelvic_drop": lambda value: f"a clinician measured a pelvic drop of {value:.0f} degrees",
    "fatigue": lambda value: f"training left the runner {_side(value, 'more', 'less')} tired than usual",
    "sleep": lambda value: f"sleep was {_side(value, 'worse', 'better')} than usual",
    "body_mass_index": lambda value: f"the body mass index is {value:.0f}",
}


def _side(value: float, above: str, below: str) -> str:
    return above if value > 0 else below


def seen_words(driver: Driver) -> str:
    """What was seen, as part of a sentence; the feature's own name and value for one that has no words here."""
    if driver.name in _YES_OR_NO:
        return _YES_OR_NO[driver.name][0 if driver.value >= 0.5 else 1]
    if driver.name in _AMOUNTS:
        return _AMOUNTS[driver.name](driver.value)
    return f"{driver.label}: {driver.value:.1f} {driver.unit}"


def _by(factor: float) -> str:
    return f"{abs(100 * (factor - 1)):.0f} % {'higher' if factor >= 1 else 'lower'}"


def driver_words(driver: Driver) -> str:
    """One driver in a sentence: what was seen, the 90 % range of its effect, and a direction only where that leaves no doubt."""
    seen = seen_words(driver)
    reach = f" ({' to '.join(_by(one) for one in driver.range)})" if driver.spread else ""
    if not driver.clear:
        return f"{seen[:1].upper()}{seen[1:]}{reach}."
    return f"{'▲ Higher' if driver.log_odds > 0 else '▼ Lower'}, as {seen}{reach}."


def main_drivers(estimate: RiskEstimate, most: int = 5) -> tuple[Driver, ...]:
    """The features that move the estimate most; that there was no spike of any kind is told once."""
    found = [one for one in estimate.drivers if not one.name.startswith("spike_")]
    spikes = [one for one in estimate.drivers if one.name.startswith("spike_")]
    seen = [one for one in spikes if one.value >= 0.5]
    if seen:
        found += seen
    elif spikes:
        least = next((one for one in spikes if one.name == "spike_small"), spikes[0])
        found.append(
            replace(
                least,
                name=NO_SPIKE,
                log_odds=sum(one.log_odds for one in spikes),
                spread=sum(one.spread for one in spikes),
            )
        )
    found.sort(key=lambda one: -abs(one.log_odds))
    return tuple(one for one in found if abs(one.log_odds) >= SMALL_PUSH)[:most]
