"""One run's tissue load on its page: the sentence, its table, its flags; and where there is none, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from loadmon.measure import NO_SPEED, SPEED_COVERAGE
from loadmon.show.run_tissue import SessionTissues, run_tissues
from loadmon.show.session_tissue import (
    DIRECTION_WORDS,
    causes_words,
    flag_sentences,
    sentence,
    spike_sentences,
    tissue_rows,
    why_none,
)
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_words import note_words
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.findings import GaitFindings
from loadmon.tissue.flags import FLAG_WORDS, MOSTLY_WALKING
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.recompute import recomputed
from loadmon.tissue.told import told_tissues
from loadmon.units import Units, UnitSystem
from tests.tissue.made_training import RUNNER, Part, made_stream

COEFFICIENTS, KM, MILES = default_coefficients(), Units(), Units(UnitSystem.IMPERIAL)
UPHILL: list[Part] = [(5000, 2.6, 0.07, 1), (5000, 2.6, 0.05, 1)]


def found(parts: list[Part] = UPHILL, *, treadmill: bool = False, **findings: object) -> SessionTissues:
    exposure = exposure_of(made_stream(parts, treadmill=treadmill))
    conditions = RunConditions(RUNNER, GaitFindings.of(findings))
    told = recomputed([exposure], [conditions], COEFFICIENTS)
    flags = told.course.flagged(0, exposure.slope_quality, COEFFICIENTS.widening.outside_share)
    return run_tissues(exposure, conditions, COEFFICIENTS, flags)


def test_the_sentence_tells_distance_cause_and_interval() -> None:
    told = sentence(found(), KM)
    assert told.startswith("10.0 km, uphill, slow: ")
    assert "Achilles-km (" in told
    assert sentence(found(), MILES).startswith("6.2 mi, uphill, slow: ")


def test_every_tissue_stands_in_the_table_with_its_interval_and_what_made_it_so() -> None:
    run = found()
    table = tissue_rows(run, KM).set_index("tissue")
    assert len(table) == len(COEFFICIENTS.tissues)
    assert run.made is not None
    one = next(one for one in told_tissues(run.made, run.drawn, COEFFICIENTS) if one.tissue == "achilles")
    assert one.low_m is not None
    assert one.high_m is not None
    row = table.loc["Achilles tendon"]
    assert (
        row["km of level running"] == f"{one.damage_m / 1000:.1f} ({one.low_m / 1000:.1f} to {one.high_m / 1000:.1f})"
    )
    assert row["against its distance"] == DIRECTION_WORDS["more"]
    assert row["what made it so"].startswith("hills × ")
    assert "speed × 0." in row["what made it so"]
    assert table.loc["Sole of the foot (plantar fascia)", "known from"] == "nearly all assumptions"


def test_the_factors_of_the_table_multiply_up_to_the_tissue() -> None:
    run = found(treadmill=True)
    assert run.made is not None
    assert "surface × 1.80" in causes_words(run.made, "achilles")
    place = run.made.tissues.index("achilles")
    whole = float(np.prod(list(run.made.of("achilles").values())))
    assert whole == pytest.approx(float(run.made.damage_m[place]) / run.made.distance_m)
    level = found([(9000, 3.0, 0.0, 1)])
    assert level.made is not None
    assert causes_words(level.made, "achilles") == "much like your usual running"


def test_flags_are_sentences_and_a_run_of_which_a_part_is_known_says_so_first() -> None:
    run = replace(found(), reason=SPEED_COVERAGE)
    told = flag_sentences(run)
    assert "more than a fifth of this session" in told[0]
    assert told[1:] == [FLAG_WORDS[name] for name in run.flags]
    assert any("body mass is not known" in one for one in told)


def test_findings_of_the_day_are_said_and_only_measured_ones_count() -> None:
    told = [note_words(note) for note in found(foot_strike="forefoot", pelvic_drop=True).notes]
    assert [one.partition(": ")[2].partition(".")[0] for one in told] == ["counts", "widens the interval"]


def test_tissues_that_took_more_than_in_the_month_before_are_named_highest_first() -> None:
    day = date(2026, 5, 17)
    spikes = {
        tissue: TissueSpike(day, 7, ratio, ratio - 0.2, ratio + 0.3, 1.1)
        for tissue, ratio in (("calf", 1.4), ("achilles", 1.9), ("plantar_fascia", 2.5))
    }
    (told,) = spike_sentences(replace(found(), spikes=spikes))
    assert told.startswith(
        "Achilles tendon: 1.9 times (1.7 to 2.2) the most damaging run of the 30 days before. Calf muscles: 1.4"
    )
    assert told.endswith("an extrapolation.")
    assert "Sole" not in told
    assert spike_sentences(found()) == []


def test_a_walk_is_told_as_load_only() -> None:
    run = found([(3000, 1.4, 0.0, 1), (1000, 3.0, 0.0, 1)])
    assert run.walk_fraction > 0.5
    assert sentence(run, KM) == "4.0 km, mostly walked: load is told, damage is not."
    assert MOSTLY_WALKING in run.flags


def test_where_there_is_none_it_says_why() -> None:
    bare = SessionTissues(COEFFICIENTS, None, None, 0.0, (), (), {}, NO_SPEED)
    assert why_none(bare).startswith("Speed was not recorded")
    assert "walk" in why_none(replace(bare, reason=None))
    still = found([(3000, 1.4, 0.0, 1)])
    assert still.made is None
