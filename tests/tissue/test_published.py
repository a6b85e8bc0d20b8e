"""The model gives back the averages of the studies it was made from, and the whole runs that were worked out beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.model import TissueLoad, tissue_load
from loadmon.tissue.runner import RunnerReference, cadence_spm, contact_s, habit_level
from loadmon.tissue.stream import TissueStream
from tests.paths import oracle
from tests.tissue.made_training import made_stream

COEFFICIENTS = default_coefficients()
MASS_KG = 70.0


def kilometre(condition: dict[str, Any]) -> TissueLoad:
    """One kilometre under a row's condition."""
    mass = MASS_KG * condition.get("mass_ratio", 1.0)
    runner = RunnerReference(speed_mps=3.0, mass_kg=mass, mass_ref_kg=MASS_KG)
    v, slope = condition["v"], condition.get("g", 0.0)
    own = float(cadence_spm(runner, COEFFICIENTS, v, slope))
    ratio = condition.get("r", 1.0) + condition.get("dspm", 0.0) / own
    found = dict(condition.get("findings") or {})
    if condition.get("exhausted"):
        found["exhausted"] = True
    stream = made_stream([(1000.0, v, slope, ratio)], runner, treadmill=condition.get("treadmill", False))
    return tissue_load(stream, runner, found or None)


def value(row: dict[str, Any], condition: dict[str, Any]) -> float:
    """What the model gives for a row's metric."""
    v, metric = condition["v"], row["metric"]
    own = float(cadence_spm(RunnerReference(), COEFFICIENTS, v))
    of_steps = {
        "cadence_spm": own,
        "strides_per_km": own / 2 / 60 * 1000 / v,
        "duty_factor": float(contact_s(COEFFICIENTS, v)) * own / 120,
    }
    if metric in of_steps:
        return of_steps[metric]
    load, tissue = kilometre(condition), row["tissue"]
    return {
        "peak": load.of(tissue, "peak_bw"),
        "impulse": load.of(tissue, "load_bws") / load.steps_per_leg,
        "impulse_per_km": load.of(tissue, "load_bws"),
        "peak_per_km": load.of(tissue, "peak_steps"),
        "damage_per_km": load.of(tissue, "damage_steps"),
    }[metric]


def test_every_published_row_within_its_tolerance_and_half_a_percent_of_the_worked_model() -> None:
    rows = json.loads(oracle("tissue-validation.json").read_text(encoding="utf-8"))["rows"]
    assert len(rows) == 86
    wrong = []
    for row in rows:
        found = value(row, row["condition"])
        if row["op"] != "value":
            found /= value(row, row["reference"])
        published = {
            ">": found > row["published"],
            "<": found < row["published"],
        }.get(row["op"], abs(found / row["published"] - 1) <= (row["tol"] or 0))
        if abs(found / row["model_value"] - 1) > row["spec_tol"] or (row["required"] and not published):
            wrong.append((row["id"], found, row["published"], row["model_value"]))
    assert not wrong


def test_every_worked_run() -> None:
    runs = json.loads(oracle("tissue-validation.json").read_text(encoding="utf-8"))["golden"]
    assert len(runs) == 8
    for run in runs:
        (part,) = run["segments"]
        runner = RunnerReference(speed_mps=run["athlete"]["v_ref"])
        stream = made_stream([(part["distance_m"], part["v"], part["g"], part["r"])], runner)
        load = tissue_load(stream, runner, part["findings"])
        assert load.steps_per_leg == pytest.approx(run["steps_per_leg"], rel=run["tol"])
        for tissue in COEFFICIENTS.tissues:
            assert load.of(tissue, "load_bws") == pytest.approx(run["cum_BWs"][tissue], rel=run["tol"]), run["scenario"]
            assert load.of(tissue) / 1000 == pytest.approx(run["damage_ekm"][tissue], rel=run["tol"]), run["scenario"]


@pytest.mark.parametrize(
    ("v", "slope", "ratio", "tissue", "damage_km", "load_bws"),
    [
        # 161.265 (1 + 0.3 x 0.08) steps a minute for 4166.7 s, half of them this leg's: 5733.9 steps; x = -0.6
        (2.4, 0.08, 1.0, "achilles", 22.86, 5023.6),
        (3.2, -0.08, 1.0, "patellofemoral", 24.41, 2266.1),
        (3.0, 0.0, 0.93, "patellar_tendon", 22.54, 2709.3),
        (4.0, 0.0, 1.0, "hamstring", 16.38, 610.0),
        (3.0, 0.0, 1.0, "femoral_neck", 10.0, 3460.9),
    ],
)
def test_worked_ten_kilometres(
    v: float, slope: float, ratio: float, tissue: str, damage_km: float, load_bws: float
) -> None:
    load = tissue_load(made_stream([(10_000, v, slope, ratio)]), RunnerReference(speed_mps=3.0))
    assert load.of(tissue) / 1000 == pytest.approx(damage_km, rel=0.002)
    assert load.of(tissue, "load_bws") == pytest.approx(load_bws, rel=0.002)


def test_steps_and_contact_times_of_the_open_data() -> None:
    for v, spm, duty in ((2.5, 162.0, 0.394), (3.5, 171.0, 0.348), (4.5, 183.0, 0.328)):
        found = float(cadence_spm(RunnerReference(height_m=1.75), COEFFICIENTS, v))
        assert found == pytest.approx(spm)
        assert float(contact_s(COEFFICIENTS, v)) * found / 120 == pytest.approx(duty, rel=0.005)


def test_tall_runners_take_fewer_steps_and_the_habit_is_told_as_a_level() -> None:
    tall = RunnerReference(height_m=1.95)
    assert cadence_spm(tall, COEFFICIENTS, 3.0) < cadence_spm(RunnerReference(), COEFFICIENTS, 3.0)
    own = float(cadence_spm(tall, COEFFICIENTS, 3.0))
    assert habit_level(RunnerReference(height_m=1.95, cadence_line=(0.95 * own, 9.0)), COEFFICIENTS) == pytest.approx(
        0.95
    )
    assert habit_level(tall, COEFFICIENTS) is None


def test_load_goes_down_and_damage_up_with_speed() -> None:
    """Firminger 2020: the two disagree, so both are kept."""
    slow, fast = (kilometre({"v": v}) for v in (3.5, 5.5))
    assert fast.of("achilles", "load_bws") < slow.of("achilles", "load_bws")
    assert fast.of("achilles") > slow.of("achilles")


def test_a_stream_of_unequal_columns_is_a_mistake() -> None:
    one = made_stream([(1000, 3.0, 0, 1)])
    with pytest.raises(ValueError, match="different lengths"):
        TissueStream(one.seconds, one.speed_mps, one.cadence_spm, one.slope[:0])
