"""The injury record: codes, figures of a squad, the pain of a run put together, and wellness against one's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from loadmon.injury import CHOICES, Injury
from loadmon.planning.check_in import PROBLEM_ITEMS, CheckIn, ImpossibleCheckIn, checked_check_in
from loadmon.planning.exposure import Exposure, exposures
from loadmon.planning.injury_codes import (
    PLACES,
    NoCodeList,
    codes_from_csv,
    contradiction,
    our_codes,
    suggested_profile,
)
from loadmon.planning.injury_facts import injury_facts
from loadmon.planning.injury_figures import LeftOut, injury_figures, rate
from loadmon.planning.pain_log import PainEntry, pain_by_run, worst_by_day
from loadmon.planning.week_problems import area_figures, open_questions, problem_figures, week_by_week
from loadmon.questionnaire import against_own, wellness
from loadmon.show.areas import AREAS

DAY = date(2025, 6, 2)


def on(n: int) -> date:
    return DAY + timedelta(days=n)


def test_our_codes_are_whole_and_each_leads_to_rules() -> None:
    codes = our_codes()
    assert len(codes) == 21
    assert {code.tissue for code in codes.values()} <= {None, *CHOICES["tissue"]}
    assert codes["GSN"].profile == "bone_high_risk"
    assert codes["QTA"].area == "Achilles tendon"


@pytest.mark.parametrize(
    "text",
    [
        "Code,Diagnosis\nKJA,Knee sprain\nkja,again\nQTA,Achilles\n,\nx,y\n",
        "\ufeffOSIICS_15;Name\nKJA;Knee sprain\nQTA;Achilles\n",
        "no\tOSIICS code\tdiagnosis\n1\tKJA\tKnee  sprain\n2\tQTA\tAchilles\n",
    ],
)
def test_the_whole_list_is_read_from_a_csv(text: str) -> None:
    found = codes_from_csv(text.encode())
    assert [(one.code, one.name, one.area) for one in found] == [
        ("KJA", "Knee sprain", "knee"),
        ("QTA", "Achilles", "lower leg"),
    ]


def test_a_code_of_quite_another_place_is_asked_about() -> None:
    asked = contradiction("shin", "KT1")
    assert asked is not None
    assert "The code KT1 is of the knee" in asked
    assert "is the shin" in asked
    assert contradiction("lower back", "QTA") is not None
    for code in our_codes().values():
        assert contradiction(code.area, code.code) is None
    for area, code in (("shin", None), ("", "KT1"), ("other", "KT1"), ("shin", "MXX"), ("shin", "??"), ("knee", "KXX")):
        assert contradiction(area, code) is None
    assert set(PLACES) == set(AREAS) - {"other"}


def test_what_is_known_of_an_injury_is_told_with_where_it_comes_from() -> None:
    for code, days in {"QSP": 44, "QS2": 56, "GSN": 107, "FSN": 127}.items():
        told = dict(injury_facts(code))
        assert f"{days} days on average" in told["Usually"]
        assert "Hoenig et al. 2023, 10.1136/bjsports-2022-106328" in told["Where this comes from"]
    assert "20 hops at most 1 of 10" in dict(injury_facts("QM1"))["Before running"]
    assert "(Noble)" in dict(injury_facts("KT1"))["Before running"]
    assert "towel" in dict(injury_facts("FT1"))["Before running"]
    assert "saddle area" in dict(injury_facts("LZ1"))["To be looked at first"]
    assert "cannot be lifted" in dict(injury_facts("QYA"))["To be looked at first"]
    assert "trouble with eating" in dict(injury_facts("LSS"))["To be looked at first"]
    assert "front edge" in dict(injury_facts("QSA"))["To be looked at first"]  # of its neighbour
    assert dict(injury_facts("QT1"))["Where this comes from"].startswith("Told from memory")
    assert injury_facts(None) == injury_facts("KJA") == ()


def test_rules_are_chosen_for_nobody_whose_site_has_to_decide() -> None:
    assert [suggested_profile(code) for code in ("QSP", "FS2", "FS5", "KJA", None)] == [None] * 5
    assert suggested_profile("QSA") == suggested_profile("GSN") == "bone_high_risk"
    assert {code for code, one in our_codes().items() if one.site_decides} == {"QSP", "FS2"}


@pytest.mark.parametrize(
    "data", [b"", b"\0\0", b"a,b\n1,2\n", b"code,diagnosis\n", b"code,diagnosis\n??,x\n", b"x" * 3_000_000]
)
def test_what_is_no_list_of_codes_is_refused(data: bytes) -> None:
    with pytest.raises(NoCodeList):
        codes_from_csv(data)


def test_figures_of_a_squad_by_hand() -> None:
    known = [
        Injury(1, on(2), on(6), "shin"),  # lost: 3 to 5
        Injury(2, on(-10), on(4), "knee"),  # lost within: 0 to 3
        Injury(2, on(20), None, "knee"),  # lost within: 21 to 29
        Injury(3, on(40), None, "knee"),  # after the span
        Injury(3, on(5), on(5), "foot"),
    ]
    ran = {n: Exposure(125 * 3600.0, 1_500_000.0, 100) for n in (1, 2, 3, 4)}
    found = injury_figures(known, first=on(0), last=on(29), exposure=ran)
    assert (found.injuries, found.lost_days, found.prevalence, found.still_open) == (3, 3 + 4 + 9, (1, 4), 1)
    assert found.per_1000_h.value == pytest.approx(6.0)
    assert found.per_1000_km.value == pytest.approx(0.5)
    assert found.burden_days_per_1000_h == pytest.approx(32.0)
    assert found.severity == {"0": 1, "1-7": 1, "8-28": 0, ">28": 0}
    assert (found.without_hours, found.without_distance) == (LeftOut(0, 0, 0), LeftOut(0, 0, 0))
    none = injury_figures(known, first=on(0), last=on(29), exposure={n: Exposure() for n in ran})
    assert none.per_1000_h.value is None
    assert none.burden_days_per_1000_h is None
    assert none.without_hours == LeftOut(4, 3, 0)


def test_whoever_has_no_exposure_is_in_neither_side_of_a_rate() -> None:
    known = [Injury(1, on(2), on(6), "shin"), Injury(2, on(3), on(9), "knee"), Injury(3, on(4), on(5), "foot")]
    ran = {
        1: Exposure(200 * 3600.0, None, 40, 0, 40),  # a treadmill: time, no distance
        2: Exposure(),  # no file at all
        3: Exposure(50 * 3600.0, 500_000.0, 12, 2, 3),
    }
    found = injury_figures(known, first=on(0), last=on(29), exposure=ran)
    assert (found.per_1000_h.count, found.per_1000_h.exposure) == (2, 250.0)
    assert found.per_1000_h.value == pytest.approx(8.0)  # 12 with the injury of whom no hour is known
    assert (found.per_1000_km.count, found.per_1000_km.exposure) == (1, 500.0)
    assert found.burden_days_per_1000_h == pytest.approx(1000 * (3 + 0) / 250)
    assert (found.lost_days, found.injuries, found.prevalence) == (3 + 5 + 0, 3, (0, 3))
    assert (found.without_hours, found.without_distance) == (LeftOut(1, 1, 2), LeftOut(2, 2, 43))


def test_exposure_is_what_runs_tell_and_missing_is_not_zero() -> None:
    nan = float("nan")
    rows = [
        (1, on(0), True, False, 5000.0, 1500.0, 1600.0),
        (1, on(1), True, False, nan, nan, 900.0),  # the timer's, where no moving time is
        (1, on(2), True, False, 3000.0, nan, nan),
        (1, on(3), True, True, 9000.0, 9000.0, nan),  # left out
        (1, on(3), False, False, 9000.0, 9000.0, nan),  # a ride
        (1, on(9), True, False, 9000.0, 9000.0, nan),  # after the span
        (2, on(4), True, False, nan, nan, nan),
    ]
    names = ["athlete_id", "local_day", "is_running", "excluded", "distance_m", "moving_s", "timer_s"]
    runs = pd.DataFrame(rows, columns=names)
    assert exposures(runs, [1, 2, 3], first=on(0), last=on(4)) == {
        1: Exposure(2400.0, 8000.0, 3, 1, 1),
        2: Exposure(None, None, 1, 1, 1),
        3: Exposure(),
    }
    assert exposures(runs.iloc[:0], [1], first=on(0), last=on(4)) == {1: Exposure()}


def test_a_week_of_several_problems_counts_runners_and_who_answered() -> None:
    def told(athlete: int, n: int, *answers: int) -> CheckIn:
        return CheckIn(athlete, on(n), "problem", dict(zip(PROBLEM_ITEMS, answers, strict=False)))

    answers = [
        told(1, 0, 2, 2, 2, 4),  # more points, and not substantial
        told(1, 0, 2, 3, 1, 1),  # fewer points, and substantial
        told(2, -6, 1),
        told(3, -7, 4),  # a week ago
        told(4, 1, 4),  # a day ahead
        CheckIn(5, on(0), "wellness", {"sleep": 1}),
    ]
    found = problem_figures(answers, on(0), 5)
    assert (found.answered, found.hindered, found.substantial, found.problems) == (2, 1, 1, 2)
    assert (found.prevalence, found.response_rate) == (0.5, 0.4)
    nobody = problem_figures([], on(0), 0)
    assert (nobody.prevalence, nobody.response_rate) == (None, None)


def test_one_area_is_scored_like_a_week_and_counted_area_by_area() -> None:
    def told(athlete: int, n: int, area: str, *answers: int) -> CheckIn:
        return CheckIn(athlete, on(n), "area", dict(zip(PROBLEM_ITEMS, answers, strict=False)), area)

    answers = [
        told(1, -2, "knee", 4),  # told anew below
        told(1, -1, "knee", 2, 3, 1, 2),
        told(2, 0, "knee", 1),
        told(2, 0, "calf", 3, 2, 2, 2),
        told(3, -7, "knee", 4),  # a week ago
        CheckIn(3, on(0), "problem", {"participation": 4}, "knee"),  # of any problem, not of the area alone
    ]
    assert [one.score for one in answers[:4]] == [100, 8 + 17 + 0 + 8, 0, 17 + 8 + 8 + 8]
    found = area_figures(answers, on(0), 4)
    assert {area: (one.answered, one.hindered, one.substantial) for area, one in found.items()} == {
        "knee": (2, 1, 1),
        "calf": (1, 1, 0),
    }
    assert found["knee"].prevalence == 0.5
    assert problem_figures(answers, on(0), 4).answered == 1
    assert checked_check_in(answers[1], on(0)) == answers[1]
    for wrong in (told(1, 0, "", 1), told(1, 0, "knee"), told(1, 0, "knee", 2), told(1, 0, "knee", 5)):
        with pytest.raises(ImpossibleCheckIn):
            checked_check_in(wrong, on(0))


def test_who_has_not_answered_this_week_and_how_many_did_before() -> None:
    def told(athlete: int, n: int, kind: str = "problem") -> CheckIn:
        return CheckIn(athlete, on(n), kind, {"participation": 1}, "knee" if kind == "area" else "")

    answers = [told(1, -6), told(2, -7), told(2, -20), told(3, 0, "area"), told(9, 0)]
    today = {1: on(0), 2: on(0), 3: on(0), 4: on(1)}
    assert open_questions(answers, today) == {2: on(-7), 3: None, 4: None}
    assert open_questions([told(4, 1)], {4: on(0)}) == {4: None}  # an answer of a day ahead is none yet
    weeks = week_by_week(answers[:3], on(0), 4, 3)
    assert {day: one.answered for day, one in weeks.items()} == {on(-14): 1, on(-7): 1, on(0): 1}
    assert [one.response_rate for one in weeks.values()] == [0.25] * 3


def test_a_rate_has_its_exact_range() -> None:
    found = rate(3, 500.0, 1000.0)
    assert found.low == pytest.approx(1000 * 0.61867 / 500, rel=1e-4)  # exact limits of a Poisson count of 3
    assert found.high == pytest.approx(1000 * 8.76727 / 500, rel=1e-4)
    assert rate(0, 500.0, 1000.0).low == 0.0


def test_pain_of_a_run_is_the_worst_that_was_told_of_it() -> None:
    def felt(n: int, moment: str, value: float | None, **more: object) -> PainEntry:
        return PainEntry(1, on(n), moment, value, **more)  # type: ignore[arg-type]

    entries = [
        felt(0, "during", 2.0), felt(0, "during", 3.0), felt(0, "after", 1.0, settle_min=30.0), felt(1, "morning", 1.0),
        felt(3, "morning", 4.0), felt(3, "day", 2.0), felt(5, "day", None, flags=frozenset({"fever"})), felt(7, "day", 6.0),
    ]  # fmt: skip
    found = pain_by_run(entries, baseline_morning=1.0)
    assert list(found) == [on(0), on(5), on(7)]  # a sore day without a run is no run
    run = found[on(0)]
    assert (run.during, run.after, run.morning, run.settle_min, run.baseline_morning) == (3.0, 1.0, 1.0, 30.0, 1.0)
    assert found[on(5)].flags == {"fever"}
    assert (found[on(7)].after, found[on(7)].other) == (None, 6.0)
    assert pain_by_run(entries, [on(2)])[on(2)].morning == 4.0
    assert pain_by_run([felt(0, "during", 1.0)])[on(0)].morning is None
    assert worst_by_day(entries)[on(3)] == 4.0


def test_wellness_is_told_against_the_runners_own_days() -> None:
    assert wellness(1, 1, 1, 1) == 4
    assert wellness(7, 7, 7, None) is None
    with pytest.raises(ValueError):
        wellness(0, 1, 1, 1)
    sums = {on(n): 10 + n % 3 for n in range(-30, 0)} | {on(0): 15}
    assert against_own(sums, on(0)) == (4.0, 28)
    assert against_own({on(0): 15, on(-1): 10}, on(0)) == (None, 1)
    assert against_own(sums, on(1)) == (None, 28)
