"""An estimate carries its range, its usual and its drivers, or a reason; in words it is a share of people, never a score."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from loadmon.injury import Injury
from loadmon.risk.design import design_today, weekly_design
from loadmon.risk.driver_words import driver_words, main_drivers
from loadmon.risk.estimate import Driver, RiskEstimate, estimates, interval
from loadmon.risk.fit import fitted, literature_fit
from loadmon.risk.outcome import RiskState
from loadmon.risk.plan_ways import PlannedDistance
from loadmon.risk.prior import UnusablePrior, default_prior, prior_from
from loadmon.risk.told import against_usual, headline, one_in, quiet_line
from loadmon.risk.what_if import ImpossiblePlan, what_if
from tests.made_runs import day_at, made_runs, session
from tests.risk.made_record import record, squad_record, steady_runs


def _told(whole, athlete: int = 1) -> RiskEstimate:
    return estimates(design_today(whole), weekly_design(whole), literature_fit())[athlete]


def test_a_steady_year_is_near_its_own_usual() -> None:
    found = _told(record(steady_runs(400), day_at(399)))
    assert found.low is not None
    assert found.middle is not None
    assert found.high is not None
    assert found.usual is not None
    assert found.low < found.middle < found.high
    assert found.middle == pytest.approx(found.usual, rel=0.1)
    assert found.high / found.low > 2.5  # before any label little is sure
    assert "cannot be told apart" in against_usual(found)
    assert re.fullmatch(
        r"About 1 in \d+ for a new injury in the next 7 days, range 1 in \d+ to 1 in \d+; usual for you 1 in \d+, "
        r"in the literature 1 in 65\.",
        headline(found),
    )
    assert quiet_line(found).endswith("(literature only).")
    assert "%" not in headline(found)


def test_a_run_of_twice_the_length_raises_it_and_is_its_main_driver() -> None:
    rows = [session(day_at(n), 8000.0) for n in range(0, 398, 2)]
    calm, after = (
        record(made_runs([*rows, session(day_at(399), metres)]), day_at(400)) for metres in (8000.0, 18000.0)
    )
    before, now = _told(calm), _told(after)
    assert now.middle is not None
    assert before.middle is not None
    assert now.middle > 1.5 * before.middle
    first = main_drivers(now)[0]
    assert first.name == "spike_large"
    assert first.log_odds > 0
    assert first.citations == ("Frandsen et al. 2025, 10.1136/bjsports-2024-109380",)
    assert first.clear
    assert driver_words(first).startswith(
        "▲ Higher, as a run of the last week was more than twice as long as the longest of the 30 days before ("
    )
    quiet = [driver_words(one) for one in main_drivers(before)]
    # three bands together: by the literature alone their range holds no effect, so no direction is told
    assert any(
        one.startswith("No run of the last week was much longer than the longest of the 30 days") for one in quiet
    )
    assert sum("run of the last week" in one for one in quiet) == 1


def test_what_now_and_the_usual_share_does_not_blur_their_difference() -> None:
    """Whatever the base rate's spread: only the features in which both differ can blur it."""
    rows = [session(day_at(n), 8000.0) for n in range(0, 398, 2)]
    whole = record(made_runs([*rows, session(day_at(399), 18000.0)]), day_at(400))
    sure = literature_fit()
    covariance = sure.posterior.covariance.copy()
    covariance[0, 0] = 9.0
    vague = replace(sure, posterior=replace(sure.posterior, covariance=covariance))
    first, second = (estimates(design_today(whole), weekly_design(whole), fit)[1] for fit in (sure, vague))
    assert first.against is not None
    assert first.against > 1.6449
    assert second.against == pytest.approx(first.against)
    assert second.low is not None
    assert second.usual is not None
    assert second.low < second.usual  # its own range holds the usual, and still they can be told apart
    assert "above your usual" in against_usual(second)


def test_words_of_a_club_and_of_the_literature() -> None:
    found = _told(record(steady_runs(80), day_at(79)))
    assert headline(found).endswith("what is usual for you is not known yet, in the literature 1 in 65.")
    club = replace(found, from_club=True, base_rate=0.04, usual=0.02)
    assert headline(club).endswith("usual for you 1 in 50, among all runners of the fit 1 in 25.")


def test_every_feature_has_words_of_its_own_either_way() -> None:
    for name, one in default_prior().feature.items():
        for steps in (-1.0, 1.0):
            value = float(steps > 0) if one.unit == "yes or no" else one.centre + steps * one.scale
            words = driver_words(Driver(name, one.label, one.group, value, one.unit, 0.1, ()))
            assert words.startswith("▲ Higher, as ")
            assert not words.startswith(f"▲ Higher, as {one.label}:"), name
            assert not any(term in words for term in ("odds", "standard dev", "10.1", "ratio", "×")), words
    unknown = Driver("new", "a new one", "load", 1.25, "m", -0.1, ())
    assert driver_words(unknown) == "▼ Lower, as a new one: 1.2 m."


def test_the_bands_of_a_spike_are_one_thing_known() -> None:
    whole = record(steady_runs(100), day_at(99))
    now = design_today(whole)
    bare = np.full_like(now.values, np.nan)
    for name in ("spike_small", "spike_moderate", "spike_large", "volume", "female"):
        bare[:, now.names.index(name)] = 0.0
    assert _of(now, bare, whole).middle is None
    for name in ("monotony", "strain"):
        bare[:, now.names.index(name)] = 1.0
    assert _of(now, bare, whole).middle is not None


def _of(now, values, whole) -> RiskEstimate:
    return estimates(replace(now, values=values), weekly_design(whole), literature_fit())[1]


def test_drivers_add_up_to_the_estimate() -> None:
    whole, fit = squad_record(3, 200), literature_fit()
    now = design_today(whole)
    for row, found in enumerate(estimates(now, weekly_design(whole), fit).values()):
        odds = fit.posterior.mean[0] + sum(driver.log_odds for driver in found.drivers)
        assert found.middle == pytest.approx(1 / (1 + np.exp(-odds)))
        assert len(found.drivers) + len(found.missing) == len(fit.names)
        assert found.middle == pytest.approx(interval(now.values[row : row + 1], fit)[1][0])


@pytest.mark.parametrize(
    ("days", "last", "injury", "state", "words"),
    [
        (20, 19, None, RiskState.NEW, "Not enough data"),
        (40, 90, None, RiskState.AWAY, "Not enough data"),
        (200, 199, Injury(1, day_at(195), None, "shin"), RiskState.RETURNING, "the return is what counts now"),
    ],
)
def test_no_figure_where_none_should_be(
    days: int, last: int, injury: Injury | None, state: RiskState, words: str
) -> None:
    found = _told(record(steady_runs(days), day_at(last), (injury,) if injury else ()))
    assert found.state is state
    assert (found.low, found.middle, found.high, found.usual, found.drivers) == (None, None, None, None, ())
    assert words in headline(found)
    assert quiet_line(found) == ""


def test_too_little_known_is_not_enough_data() -> None:
    whole = record(steady_runs(100), day_at(99))
    now = design_today(whole)
    bare = replace(now, values=np.full_like(now.values, np.nan))
    found = estimates(bare, weekly_design(whole), literature_fit())[1]
    assert found.middle is None
    assert "that of anybody" in headline(found)


def test_the_usual_is_told_only_from_eight_weeks_on() -> None:
    assert _told(record(steady_runs(80), day_at(79))).usual is None
    assert _told(record(steady_runs(140), day_at(139))).usual is not None


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0149, "1 in 65"),
        (0.5, "1 in 2"),
        (0.51, "more than 1 in 2"),
        (0.9, "more than 1 in 2"),
        (0.11, "1 in 9"),
        (0.0021, "1 in 500"),
        (0.013, "1 in 75"),
    ],
)
def test_shares_of_people_in_round_numbers(probability: float, words: str) -> None:
    assert one_in(probability) == words


def test_what_if_tells_load_and_risk_as_ranges() -> None:
    whole = record(steady_runs(400), day_at(399))
    easy = [PlannedDistance(day_at(399 + n), 8000.0, 8000.0) for n in range(1, 15, 2)]
    bold = [replace(one, low_m=9000.0, high_m=20000.0) if one.day == day_at(402) else one for one in easy]
    quiet, loud = (what_if(whole, 1, day_at(399), plan, literature_fit()) for plan in (easy, bold))
    assert quiet[0].low_m == quiet[0].high_m == 4 * 8000.0
    assert quiet[0].risk is not None
    assert loud[0].risk is not None
    assert loud[0].spikes == ("small", "large")
    assert loud[0].high_m == 3 * 8000.0 + 20000.0
    assert loud[0].risk[1] > 1.5 * quiet[0].risk[1]
    assert loud[1].first == day_at(407)
    # the shorter plan is not touched by the longer one
    assert loud[0].shorter.middle < loud[0].longer.middle  # type: ignore[operator]


def test_a_long_run_alone_is_tried_and_the_edge_of_a_band() -> None:
    """All long hides it: the long run of Tuesday makes that of Thursday usual."""
    whole, first, second = record(steady_runs(400), day_at(399)), day_at(401), day_at(403)
    both = [PlannedDistance(first, 8000.0, 17000.0), PlannedDistance(second, 8000.0, 17000.0)]
    week, _ = what_if(whole, 1, day_at(399), both, literature_fit())
    alone = [replace(both[0], high_m=8000.0), replace(both[1], low_m=17000.0)]
    single, _ = what_if(whole, 1, day_at(399), alone, literature_fit())
    assert week.risk is not None
    assert single.risk is not None
    assert week.spikes == ("reference", "large")
    assert week.risk[1] >= single.risk[1]
    assert week.risk[0] <= single.risk[0]
    # a moderate spike counts for less than a small one: 10 % over lies within the plan and is higher than its longer end
    edge = [PlannedDistance(first, 8000.0, 12000.0)]
    week, _ = what_if(whole, 1, day_at(399), edge, literature_fit())
    ends = [
        what_if(whole, 1, day_at(399), [PlannedDistance(first, m, m)], literature_fit())[0].risk
        for m in (8000.0, 12000.0)
    ]
    assert week.risk is not None
    assert week.risk[1] > max(one[1] for one in ends if one is not None)


@pytest.mark.parametrize(
    "plan",
    [
        [PlannedDistance(day_at(399), 8000.0, 8000.0)],
        [PlannedDistance(day_at(414), 8000.0, 8000.0)],
        [PlannedDistance(day_at(401), 9000.0, 8000.0)],
        [PlannedDistance(day_at(401), 8.0, 8.0)],
        [PlannedDistance(day_at(401), 8000.0, 9000.0)] * 2,
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(plan: list[PlannedDistance]) -> None:
    with pytest.raises(ImpossiblePlan):
        what_if(record(steady_runs(400), day_at(399)), 1, day_at(399), plan, literature_fit())


def test_the_priors_are_those_of_the_literature_and_are_checked() -> None:
    prior = default_prior()
    told = {name: (one.mean, one.sd) for name, one in prior.feature.items()}
    assert told["spike_large"] == (0.65, 0.35)
    assert told["previous_injury"] == (0.55, 0.25)
    assert all(told[name][0] == 0.0 for name in ("acute_chronic", "monotony", "strain", "overstride"))
    assert all(one.citations for one in prior.feature.values())
    for text in ("", "version = ", 'version = "1"', "feature = 3"):
        with pytest.raises(UnusablePrior):
            prior_from(text)


def test_a_fit_to_a_club_narrows_the_range() -> None:
    whole = squad_record(30, 400)
    rows = weekly_design(whole).labelled
    fit = fitted(rows, default_prior())
    low, _, high = interval(rows.values[:50], fit)
    wide_low, _, wide_high = interval(rows.values[:50], literature_fit())
    assert (high / low).mean() < (wide_high / wide_low).mean()
