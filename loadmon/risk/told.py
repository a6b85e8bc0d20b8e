"""An estimate in words: about 1 in N with its range, against the runner's usual; never a bare percentage, never a score."""

from __future__ import annotations

import math

from loadmon.risk.estimate import Driver, RiskEstimate

NEXT = "a new injury in the next 7 days"
SMALL_PUSH = 0.02
"""Features that move the odds by less than this are not called drivers (loadmon convention)."""


def one_in(probability: float) -> str:
    """A probability as a share of people: ``1 in 60``, in round numbers, as nothing finer is known."""
    count = 1.0 / probability
    if count >= 10.0:
        step = 10.0 ** math.floor(math.log10(count)) / 2.0
        return f"1 in {round(count / step) * step:,.0f}"
    return f"1 in {max(2, round(count))}"


def headline(estimate: RiskEstimate) -> str:
    """The estimate in one sentence, or why there is none."""
    if estimate.middle is None or estimate.low is None or estimate.high is None:
        assert estimate.reason is not None
        return estimate.reason
    told = f"About {one_in(estimate.middle)} for {NEXT}, range {one_in(estimate.low)} to {one_in(estimate.high)}"
    return f"{told}; {usual_words(estimate)}."


def usual_words(estimate: RiskEstimate) -> str:
    """What is usual for this runner, or for all where that is not known yet."""
    if estimate.usual is not None:
        return f"usual for you {one_in(estimate.usual)}"
    return f"what is usual for you is not known yet, among all runners of the fit {one_in(estimate.base_rate)}"


def against_usual(estimate: RiskEstimate) -> str:
    """How the estimate lies to the usual, told only where the range allows it."""
    if estimate.usual is None or estimate.low is None or estimate.high is None:
        return ""
    if estimate.low > estimate.usual:
        return "That is above your usual by more than the range."
    if estimate.high < estimate.usual:
        return "That is below your usual by more than the range."
    return "Your usual lies within the range: the two cannot be told apart."


def driver_words(driver: Driver) -> str:
    """One driver: what was seen, and whether it raises or lowers the estimate."""
    sign = "▲ raises" if driver.log_odds > 0 else "▼ lowers"
    return f"{sign} it: {driver_value(driver)} (odds ×{math.exp(driver.log_odds):.2f})"


def driver_value(driver: Driver) -> str:
    """A feature and its value, as it is said."""
    if driver.unit == "yes or no":
        return driver.label if driver.value >= 0.5 else f"no {driver.label.removeprefix('a ').removeprefix('an ')}"
    if driver.unit == "ln km":
        return f"{driver.label}, {math.exp(driver.value):.0f} km"
    if driver.unit == "own standard deviations":
        side = "above" if driver.value > 0 else "below"
        return f"{driver.label}, {abs(driver.value):.1f} of its usual swings {side}"
    if driver.unit == "steps a minute":
        return f"{abs(driver.value):.0f} steps a minute {'more' if driver.value > 0 else 'fewer'} than others at that speed"
    digits = 3 if driver.unit == "m" else 1
    return f"{driver.label}, {driver.value:.{digits}f} {driver.unit}"


def main_drivers(estimate: RiskEstimate, most: int = 5) -> tuple[Driver, ...]:
    """The features that move the estimate most."""
    return tuple(one for one in estimate.drivers if abs(one.log_odds) >= SMALL_PUSH)[:most]


def quiet_line(estimate: RiskEstimate) -> str:
    """One line below the facts of a week."""
    if estimate.middle is None:
        return ""
    return f"{headline(estimate).removesuffix('.')} ({estimate.badge})."
