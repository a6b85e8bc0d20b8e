"""One run's tissue load on its page: the sentence, its table, its flags; and where there is none, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from loadmon.measure import NO_SPEED, SPEED_COVERAGE
from loadmon.show.session_tissue import (
    DIRECTION_WORDS,
    SessionTissues,
    causes_words,
    direction_words,
    flag_sentences,
    load_rows,
    narrow,
    spike_sentences,
    tissue_rows,
    why_none,
)
from loadmon.show.tissue_line import TissueSpike
from loadmon.show.tissue_words import note_words
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.exposure_bytes import exposure_bytes
from loadmon.tissue.findings import GaitFindings
from loadmon.tissue.flags import FLAG_WORDS
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.run_told import RunTold, run_told
from loadmon.units import Units
from tests.tissue.made_training import RUNNER, Part, made_stream

COEFFICIENTS, KM = default_coefficients(), Units()
HIKE: list[Part] = [(2000, 3.0, 0.0, 1), (3000, 1.4, 0.05, 1)]
UPHILL: list[Part] = [(5000, 2.6, 0.07, 1), (5000, 2.6, 0.05, 1)]


def told(parts: list[Part] = UPHILL, *, treadmill: bool = False, **findings: object) -> RunTold:
    data = exposure_bytes(exposure_of(made_stream(parts, treadmill=treadmill)))
    return run_told(data, RunConditions(RUNNER, GaitFindings.of(findings)))


def found(parts: list[Part] = UPHILL, reason: str | None = None, **spikes: TissueSpike) -> SessionTissues:
    return SessionTissues(told(parts), reason, spikes)


def test_every_tissue_stands_in_the_table_with_its_interval_and_what_made_it_so() -> None:
    run = told()
    table = tissue_rows(run, KM).set_index("tissue")
    assert len(table) == len(COEFFICIENTS.tissues)
    one = next(one for one in run.tissues if one.tissue == "achilles")
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


def test_a_phone_reads_the_same_in_three_columns() -> None:
    rows = tissue_rows(told(), KM)
    shown = narrow(rows)
    assert list(shown.columns) == ["tissue", "km of level running; load, nominal scale", "what made it so"]
    for row, seen in zip(rows.itertuples(index=False), shown.itertuples(index=False), strict=True):
        assert seen == (f"{row[0]} ({row[5]})", f"{row[1]}: {row[3]}; load {row[2]}", row[4])


def test_load_stands_beside_damage_in_its_own_unit() -> None:
    run = told()
    table = tissue_rows(run, KM).set_index("tissue")["load, nominal scale"]
    assert table["Achilles tendon"] == f"{run.load_bws['achilles']:,.0f} BW·s"
    assert run.load_bws["achilles"] > 1000
    band = COEFFICIENTS.tissue["iliotibial_band"].name
    assert table[band].endswith(" index")


@pytest.mark.parametrize("parts", [HIKE, [(3000, 1.4, 0.0, 1)]])
def test_of_a_walk_load_is_told_and_no_damage_and_no_spike(parts: list[Part]) -> None:
    spike = TissueSpike(date(2026, 5, 17), 7, 1.9, 1.7, 2.2, 1.1, "moderate")
    walk = found(parts, achilles=spike)
    assert walk.told is not None
    assert walk.told.is_walk
    assert spike_sentences(walk) == []
    table = load_rows(walk.told)
    assert list(table.columns) == ["tissue", "load, nominal scale", "known from"]
    assert len(table) == len(COEFFICIENTS.tissues)
    assert not table["load, nominal scale"].str.startswith("0 ").any()
    assert FLAG_WORDS["mostly walking"] in flag_sentences(walk)


def test_a_small_interval_that_holds_the_distance_has_no_direction() -> None:
    one = told().tissues[0]
    assert direction_words(replace(one, direction="uncertain", is_small=True)) == (
        "direction uncertain, about its distance"
    )
    assert direction_words(replace(one, direction="uncertain", is_small=False)) == "direction uncertain"
    assert direction_words(replace(one, direction="alike", is_small=True)) == "about its distance"


def test_the_factors_of_the_table_multiply_up_to_the_tissue() -> None:
    run = told(treadmill=True)
    assert run.made is not None
    assert "surface × 1.80" in causes_words(run.made, "achilles")
    place = run.made.tissues.index("achilles")
    whole = float(np.prod(list(run.made.of("achilles").values())))
    assert whole == pytest.approx(float(run.made.damage_m[place]) / run.made.distance_m)
    level = told([(9000, 3.0, 0.0, 1)])
    assert level.made is not None
    assert causes_words(level.made, "achilles") == "much like your usual running"


def test_flags_are_sentences_and_a_run_of_which_a_part_is_known_says_so_first() -> None:
    run = found(reason=SPEED_COVERAGE)
    assert run.told is not None
    said = flag_sentences(run)
    assert "more than a fifth of this session" in said[0]
    assert said[1:] == [FLAG_WORDS[name] for name in run.told.flags]
    assert any("body mass is not known" in one for one in said)


def test_findings_of_the_day_are_said_and_only_measured_ones_count() -> None:
    said = [note_words(note, COEFFICIENTS) for note in told(foot_strike="forefoot", pelvic_drop=True).notes]
    assert said[0].startswith("Lands on the forefoot. Counts for: Achilles tendon, ")
    assert said[1].startswith("Hip drop. No number, but a wider interval, pointing to more, for: Iliotibial band, ")
    assert "In one study" in said[1]


def test_tissues_that_took_more_than_in_the_month_before_are_named_highest_first() -> None:
    day = date(2026, 5, 17)
    spikes = {
        tissue: TissueSpike(day, 7, ratio, ratio - 0.2, ratio + 0.3, 1.1, "moderate")
        for tissue, ratio in (("calf", 1.4), ("achilles", 1.9), ("plantar_fascia", 2.5))
    }
    (said,) = spike_sentences(found(**spikes))
    assert said.startswith(
        "Achilles tendon: 1.9 times (1.7 to 2.2) the most damaging run of the 30 days before, band “moderate”. Calf"
    )
    assert said.endswith("an extrapolation.")
    assert "Sole" not in said
    (young,) = spike_sentences(found(calf=replace(spikes["calf"], provisional=True)))
    assert "(provisional: the record before it is short or has gaps)" in young
    assert spike_sentences(found()) == []


def test_where_there_is_none_it_says_why() -> None:
    bare = SessionTissues(None, NO_SPEED, {})
    assert why_none(bare).startswith("Speed was not recorded")
    assert "walk" in why_none(replace(bare, reason=None))
    assert (flag_sentences(replace(bare, reason=None)), spike_sentences(bare)) == ([], [])
    assert told([(3000, 1.4, 0.0, 1)]).made is None
