"""What a session was worth and how it was run: one method is used, the better ones say why not, nothing is a silent zero."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from loadmon.athlete import Athlete, Threshold
from loadmon.correction import Correction, CorrectionKind
from loadmon.gait.cadence import Drift
from loadmon.load.heart_rate import HEART_RATE_BINS
from loadmon.measure import (
    ALTITUDE_SATELLITES,
    HEART_RATE_LEFT_OUT,
    MISSING_CONTACT,
    NO_CADENCE,
    NO_HEART_RATE,
    NO_MAX_HEART_RATE,
    NO_THRESHOLD_SPEED,
    NOT_COUNTED,
    SPEED_COVERAGE,
    TOO_FEW_WINDOWS,
    WINDOWS_6,
)
from loadmon.repair import corrected
from loadmon.show import figures
from loadmon.show import session_gait as gait
from loadmon.show import session_load as shown
from loadmon.show.loads import with_loads
from loadmon.show.session_view import SessionView, load_of, runner_sessions, session_view, with_true_reasons
from loadmon.store import Store, Viewer, open_store
from loadmon.store import sessions as session_rows
from loadmon.units import Units, UnitSystem
from tests.made_runs import daily, made_runs
from tests.made_team import BARE, STEADY
from tests.show.conftest import NOW

EVERYONE = Viewer.everyone()
NO_HEARTS = pd.DataFrame(np.empty((0, len(HEART_RATE_BINS))), columns=list(HEART_RATE_BINS))


def newest(team: Store, name: str) -> tuple[int, int]:
    runner = next(a.id for a in figures.athletes(team, EVERYONE) if a.name == name)
    return runner, int(runner_sessions(team, EVERYONE, runner)["session_id"].iloc[0])


def view_of(team: Store, name: str) -> SessionView:
    return session_view(team, EVERYONE, *newest(team, name), NOW)


def test_sessions_stand_newest_first(team: Store) -> None:
    runner, _ = newest(team, STEADY)
    table = runner_sessions(team, EVERYONE, runner)
    assert table["start_utc"].is_monotonic_decreasing
    assert len(table) == 15


def test_without_limits_minutes_stand_in_and_the_better_ways_say_what_they_lack(team: Store) -> None:
    load = view_of(team, STEADY).load
    assert load.method == "minutes"
    assert load.estimated
    assert dict(load.why_not) == {
        "heart rate": NO_MAX_HEART_RATE, "pace": NO_THRESHOLD_SPEED, "effort": "no effort",
    }  # fmt: skip
    said = shown.why_not(load)
    assert said[0].startswith("Heart rate was not possible: This needs the runner's maximum heart rate")
    assert shown.headline(load) == "About 60 points"
    assert shown.how(load) == "by minutes, estimated (an hour at threshold is 100)."


def test_with_a_threshold_speed_the_pace_is_used_and_nothing_is_estimated_by_rule() -> None:
    runs = made_runs(daily([10.0] * 3)).assign(
        elapsed_s=3600.0, mean_heart_rate_bpm=np.nan, heart_rate_coverage=0.0, normalised_graded_mps=3.0
    )
    fast = Athlete(1, "A", thresholds=(Threshold("threshold_speed_mps", 4.0, date(2024, 1, 1)),))
    table = with_loads(runs, NO_HEARTS, [fast])
    load = load_of(table.iloc[0])
    assert load.method == "pace"
    assert dict(load.why_not) == {"heart rate": NO_HEART_RATE}
    hours = float(runs["moving_s"].iloc[0]) / 3600.0
    assert load.points == pytest.approx(100.0 * hours * (3.0 / 4.0) ** 2)
    assert load.methods["pace_stress"] == (pytest.approx(load.points), None)
    assert load.methods["effort_au"] == (None, "no effort")
    other = load_of(with_loads(runs, NO_HEARTS, [replace(fast, load_order=("effort", "minutes"))]).iloc[0])
    assert other.method == "minutes"


def test_every_method_is_told_with_its_value_or_its_reason(team: Store) -> None:
    rows = shown.method_rows(view_of(team, STEADY).load, Units(UnitSystem.IMPERIAL)).set_index("method")
    assert len(rows) == len(shown.METHODS)
    assert ((rows["value"] == "–") == (rows["why not"] != "")).all()
    assert rows.loc["Distance", "value"].endswith(" mi")
    assert rows.loc["Moving time", "value"] == "1 h 00 min"


def test_a_session_without_any_measurement_is_not_zero(team: Store) -> None:
    view = view_of(team, BARE)
    assert view.cadence_spm is None
    assert view.load.methods["distance_m"][0] is None
    rows = shown.method_rows(view.load, Units())
    assert not rows["value"].str.startswith("0 ").any()
    bare = replace(view.load, points=None, method=None, reason="no way to tell load")
    assert shown.headline(bare) == "No load can be told"
    assert "quickest way" in shown.how(bare)


def test_the_cards_of_how_it_was_run(team: Store) -> None:
    view = view_of(team, STEADY)
    assert gait.cadence_card(view, Units()).number == f"{view.cadence_spm:.0f} spm"
    assert gait.drift_card(view).number.endswith(" spm an hour")
    short = replace(view, cadence_spm=None, cadence_reason=TOO_FEW_WINDOWS, drift=Drift(None, None, None, WINDOWS_6))
    assert gait.cadence_card(short, Units()).number == "–"
    assert "steady enough" in gait.cadence_card(short, Units()).words
    assert "three minutes" in gait.drift_card(short).words
    for card in (gait.cadence_card(view, Units()), gait.drift_card(view)):
        assert "Formula: " in card.definition
        assert "Limits: " in card.definition


def test_a_session_that_does_not_count_has_no_cadence_for_that_reason(team: Store, tmp_path: Path) -> None:
    copy = shutil.copytree(team.home, tmp_path / "home")
    own = open_store(None, copy)
    runner, newest_of_all = newest(own, STEADY)
    with own.write() as conn:
        session_rows.exclude(conn, EVERYONE, newest_of_all, "a second watch")
    view = session_view(own, EVERYONE, runner, newest_of_all, NOW)
    own.close()
    assert view.cadence_reason == NOT_COUNTED
    assert "does not count" in gait.cadence_card(view, Units()).words


def test_a_watch_without_cadence_is_not_said_to_have_run_unsteadily(team: Store) -> None:
    assert view_of(team, BARE).cadence_reason == NO_CADENCE
    assert view_of(team, STEADY).cadence_reason is None


def test_a_graded_pace_says_whether_slopes_are_in_it(team: Store) -> None:
    with team.read() as conn:
        stored = session_rows.one(conn, EVERYONE, newest(team, STEADY)[1])

    def told(**facts: object) -> tuple[str, str]:
        known = {"normalised_graded_mps": 3.0, "graded_reason": None, "grade_known": True, "grade_reason": None,
                 "grade_clamped": 0}  # fmt: skip
        card = gait.graded_pace_card(replace(stored, facts=replace(stored.facts, **known | facts)), Units())  # type: ignore[arg-type]
        assert "Formula: " in card.definition
        return card.number, card.words

    assert told() == (Units().pace(3.0), "slopes reckoned in")
    assert told(grade_clamped=3)[1] == "slopes reckoned in; 3 samples too steep to be believed"
    number, words = told(grade_known=False, grade_reason=ALTITUDE_SATELLITES, grade_clamped=None)
    assert number == Units().pace(3.0)
    assert words.startswith("slopes not reckoned in: The file does not say that its heights came from a barometer")
    number, words = told(normalised_graded_mps=None, graded_reason=SPEED_COVERAGE)
    assert number == "–"
    assert words.startswith("Speed is missing")


def test_decoupling_has_a_value_or_a_reason(team: Store) -> None:
    with team.read() as conn:
        stored = session_rows.one(conn, EVERYONE, newest(team, STEADY)[1])
    told = gait.decoupling_card(
        replace(stored, facts=replace(stored.facts, decoupling_pct=3.14, decoupling_reason=None))
    )
    assert (told.number, told.words) == ("+3.1 %", "less speed for each heartbeat in the second half")
    more = gait.decoupling_card(
        replace(stored, facts=replace(stored.facts, decoupling_pct=-0.5, decoupling_reason=None))
    )
    assert more.words.startswith("more speed")
    none = gait.decoupling_card(
        replace(stored, facts=replace(stored.facts, decoupling_pct=None, decoupling_reason=NO_HEART_RATE))
    )
    assert none.number == "–"
    assert none.words.startswith("Heart rate was not recorded")


def test_what_a_correction_took_away_is_the_reason_on_every_card(team: Store) -> None:
    with team.read() as conn:
        stored = session_rows.one(conn, EVERYONE, newest(team, STEADY)[1])
    out = [
        Correction(CorrectionKind.CHANNEL_OUT, {"channel": channel}) for channel in ("heart_rate_bpm", "stance_time_s")
    ]
    session = corrected(stored.session, out)
    lost = replace(stored.facts, decoupling_pct=None, decoupling_reason=NO_HEART_RATE)
    told = gait.decoupling_card(replace(stored, facts=lost, session=session))
    assert told.words.startswith("Heart rate was left out of this recording by a correction.")
    view = view_of(team, STEADY)
    load = replace(
        view.load,
        why_not=(("heart rate", NO_HEART_RATE), ("pace", NO_THRESHOLD_SPEED)),
        methods={"trimp_banister": (None, NO_HEART_RATE), "moving_s": (600.0, None)},
        reason=NO_HEART_RATE,
    )
    rows = pd.DataFrame({"value": [float("nan")], "reason": [MISSING_CONTACT], "words": [""]}, index=["stance_time_s"])
    found = with_true_reasons(replace(view, load=load, dynamics=rows, cadence_reason=NO_CADENCE), session)
    assert found.load.why_not == (("heart rate", HEART_RATE_LEFT_OUT), ("pace", NO_THRESHOLD_SPEED))
    assert found.load.methods == {"trimp_banister": (None, HEART_RATE_LEFT_OUT), "moving_s": (600.0, None)}
    assert (found.load.reason, found.cadence_reason) == (HEART_RATE_LEFT_OUT, NO_CADENCE)
    (why,) = gait.dynamics_cards(found.dynamics)[1]
    assert why.startswith("What this is made of was left out")
    assert with_true_reasons(view, stored.session).load == view.load
    assert with_true_reasons(replace(view, dynamics=pd.DataFrame()), session).dynamics.empty


def test_dynamics_that_were_not_measured_are_named_once_with_the_reason() -> None:
    rows = pd.DataFrame(
        {
            "value": [250.0, float("nan"), float("nan")],
            "usual": [248.0, float("nan"), float("nan")],
            "low": [240.0, float("nan"), float("nan")],
            "high": [256.0, float("nan"), float("nan")],
            "outside": [False, False, False],
            "difference": [2.0, float("nan"), float("nan")],
            "n_runs": [12, 0, 0],
            "at_pace": [True, False, False],
            "words": ["", "Not measured.", "Not measured."],
        },
        index=["stance_time_s", "vertical_ratio_pct", "stance_balance_left_pct"],
    )
    cards, missing = gait.dynamics_cards(rows)
    (card,) = cards
    assert (card.name, card.number) == ("Ground contact", "250 ms")
    assert card.words == "within the usual 240 to 256 (12 runs), at the common pace"
    assert missing == {"Not measured.": ["Vertical ratio", "Balance, left"]}
    assert gait.dynamics_cards(pd.DataFrame()) == ([], {})
    (longer,), _ = gait.dynamics_cards(
        rows.assign(value=[256.3, float("nan"), float("nan")], outside=[True, False, False])
    )
    assert (longer.number, longer.words[:31]) == ("256.3 ms", "above the usual 240.0 to 256.0 ")
    (unsure,), _ = gait.dynamics_cards(rows.assign(provisional="Provisional: the slopes."))
    assert unsure.words.endswith("at the common pace. Provisional: the slopes.")


@pytest.mark.parametrize(("value", "words"), [(1.25, "+1.2"), (-0.41, "−0.4"), (-0.04, "±0.0"), (0.0, "±0.0")])
def test_a_number_with_its_sign(value: float, words: str) -> None:
    assert gait.signed(value) == words
