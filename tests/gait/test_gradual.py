"""A slope is not told as a row of steps, and a step is not explained away by a slope."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.gait.gradual import gradual_edges
from loadmon.gait.step_change import change_points


def told(values: np.ndarray) -> list[int]:
    edges = [0, *change_points(values), len(values)]
    return [edge for edge, slid in zip(edges[1:-1], gradual_edges(values, edges), strict=True) if not slid]


def noise(runs: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, runs)


@pytest.mark.parametrize("seed", range(5))
def test_a_steady_decline_after_a_level_holds_no_step(seed: int) -> None:
    falling = 184.0 + noise(330, seed) - np.append(np.zeros(165), np.linspace(0.0, 9.0, 165))
    assert len(change_points(falling)) >= 3
    assert told(falling) == []
    assert told(falling[::-1]) == []


@pytest.mark.parametrize("seed", range(5))
def test_a_step_stays_a_step(seed: int) -> None:
    stepped = 175.6 + noise(148, seed)
    stepped[127:] -= 4.0
    (edge,) = told(stepped)
    assert abs(edge - 127) <= 1


def test_of_a_slope_and_a_step_only_the_step_is_told() -> None:
    both = 180.0 + noise(200, 3) - np.append(np.linspace(0.0, 6.0, 140), np.full(60, 6.0))
    both[170:] += 6.0
    assert told(both) == [170]


def test_up_and_back_down_are_two_steps() -> None:
    up = 170.0 + noise(90, 4)
    up[30:60] += 4.0
    assert told(up) == [30, 60]


def test_without_noise_the_better_one_is_told() -> None:
    assert gradual_edges(np.arange(20.0), [0, 10, 20]).tolist() == [True]
    assert gradual_edges(np.repeat([166.0, 169.0], 10), [0, 10, 20]).tolist() == [False]
    assert gradual_edges(np.full(9, 166.0), [0, 9]).tolist() == []
