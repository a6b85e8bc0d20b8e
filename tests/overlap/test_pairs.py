"""Two recordings side by side: what each holds, which counts and why, now and before an import."""

from __future__ import annotations

import pandas as pd

from loadmon.overlap import NOTHING_DECIDED, Decided, foreseen, pairs

NAN = float("nan")


def two(**different: tuple[object, object]) -> pd.DataFrame:
    """A watch and a phone on one run of an hour."""
    start = pd.Timestamp("2026-05-01T06:00", tz="UTC")
    frame = pd.DataFrame(
        {
            "session_id": [4, 9],
            "mark": ["a:0", "b:0"],
            "athlete_id": 1,
            "batch_id": [1, 2],
            "start_utc": [start, start + pd.Timedelta(seconds=10)],
            "local_day": pd.Timestamp("2026-05-01"),
            "utc_offset_s": 7200.0,
            "elapsed_s": [3600.0, 3590.0],
            "distance_m": [10_000.0, 10_100.0],
            "is_running": True,
            "sport": "run",
            "device": ["Watch", "Phone"],
            "samples": [3600, 700],
            "mean_heart_rate_bpm": [150.0, NAN],
            "heart_rate_coverage": [0.6, 0.0],
            "median_cadence_spm": [NAN, 170.0],
            "weighted_power_w": [250.0, NAN],
        }
    )
    return frame.assign(**{name: list(values) for name, values in different.items()})


def only(frame: pd.DataFrame, decided: Decided = NOTHING_DECIDED) -> dict[str, object]:
    (row,) = pairs(frame, decided).to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_what_each_holds_which_counts_and_why() -> None:
    row = only(two())
    assert (row["first_id"], row["second_id"], row["counts"], row["rule"]) == (4, 9, "first", "richer")
    assert row["first_contains"] == "heart rate for 60 % of the time, power, distance"
    assert row["second_contains"] == "cadence, distance"
    assert row["why"] == "it holds more: heart rate, power"
    assert row["takes"] == ""
    assert (row["second_device"], row["second_samples"], row["lie"]) == ("Phone", 700, "the same run")


def test_what_was_decided_is_told_with_it() -> None:
    merged = only(two(), Decided({(4, 9): "merge"}))
    assert (merged["choice"], merged["takes"]) == ("merge", "cadence")
    assert only(two(), Decided({(4, 9): "both"}))["why"] == "you decided that both count"
    assert only(two(), Decided({(4, 9): "second"}))["why"] == "you chose it"
    kept = only(two(), Decided(defaults={1: "both"}))
    assert (kept["choice"], kept["counts"], kept["why"]) == (None, "both", "of this runner both are kept")
    skipped = only(two(mean_heart_rate_bpm=(NAN, 150.0)), Decided(defaults={1: "skip"}))
    assert (skipped["counts"], str(skipped["why"])[:36]) == ("first", "it came with the earlier import, and")


def test_equal_ones_say_so() -> None:
    same = two(mean_heart_rate_bpm=(150.0, 150.0), heart_rate_coverage=(1.0, 1.0), weighted_power_w=(NAN, NAN))
    same["median_cadence_spm"] = NAN
    assert only(same)["why"] == "both hold the same channels, and it tells them more closely"
    assert only(same.assign(samples=700))["why"] == "both hold the same"


def test_of_three_two_that_give_way_name_the_third() -> None:
    frame = pd.concat([two(), two().iloc[[1]].assign(session_id=11, mark="c:0", samples=650)])
    found = pairs(frame).set_index(["first_id", "second_id"])
    assert found["counts"].to_dict() == {(4, 9): "first", (4, 11): "first", (9, 11): "neither"}
    assert found.loc[(9, 11), "instead_id"] == 4
    assert found.loc[(9, 11), "why"] == "a third recording of the same run counts instead of both"


def test_nothing_recorded_twice_is_an_empty_table() -> None:
    assert list(pairs(two().iloc[:1]).columns) == list(pairs(two()).columns)
    assert pairs(two(elapsed_s=(3600.0, 0.0))).empty


def test_before_an_import_each_new_one_says_what_would_happen() -> None:
    stored, new = two().iloc[:1], two().iloc[1:].drop(columns=["session_id", "batch_id"])
    (row,) = foreseen(stored, new).to_dict("records")
    assert (row["new"], row["other_is_new"], row["other"], row["counts"]) == (1, False, 4, False)
    assert row["happens"] == (
        "Overlaps with 2026-05-01 08:00, Watch, which counts: it holds more: heart rate, power. "
        "This one is kept and not counted."
    )
    (row,) = foreseen(stored, new, Decided(defaults={1: "merge"})).to_dict("records")
    assert row["happens"].endswith("This one is kept and not counted and gives it its cadence.")
    (row,) = foreseen(two().iloc[1:], two().iloc[:1], Decided(defaults={1: "merge"})).to_dict("records")
    assert row["counts"]
    assert row["happens"] == (
        "Overlaps with 2026-05-01 08:00, Phone, which is kept and not counted; this one counts: "
        "it holds more: heart rate, power. It takes cadence from the other."
    )
    (row,) = foreseen(stored, new, Decided(defaults={1: "both"})).to_dict("records")
    assert row["happens"] == "Overlaps with 2026-05-01 08:00, Watch; both count: of this runner both are kept."


def test_two_new_ones_of_one_run_name_each_other_by_their_place() -> None:
    new = two().drop(columns=["session_id", "batch_id"]).set_axis(["watch.fit", "phone.gpx"])
    found = foreseen(two().iloc[:0], new)
    assert found["new"].tolist() == ["watch.fit", "phone.gpx"]
    assert found["other"].tolist() == ["phone.gpx", "watch.fit"]
    assert found["counts"].tolist() == [True, False]
    assert foreseen(two().iloc[:0], new.iloc[:0]).empty
