"""Plans, the diary and calibration as they are said and drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.risk.alarms import alarm_diary
from loadmon.risk.audit import Check
from loadmon.risk.card import LEFT_OUT, CardFit, model_card
from loadmon.risk.card_record import NOT_KEPT
from loadmon.risk.club_world import club_world
from loadmon.risk.driver_words import driver_words
from loadmon.risk.estimate import Driver
from loadmon.risk.fit import Basis, literature_fit
from loadmon.risk.plan_ways import PlannedDistance
from loadmon.risk.prior import default_prior
from loadmon.risk.report import report_from_json, report_of, report_to_json
from loadmon.risk.validation import validate
from loadmon.risk.verdict import Verdict
from loadmon.risk.what_if import what_if
from loadmon.show import risk
from loadmon.show.charts.calibration import calibration_chart, calibration_table
from loadmon.show.charts.decision import WAYS, decision_chart, decision_table
from loadmon.show.risk_club import (
    calibration_sentence,
    decision_sentence,
    diary_sentence,
    in_use,
    later_words,
)
from loadmon.show.risk_heads import CHECK_HEADS, JUDGED_HEADS, named
from loadmon.store.risk_fits import KeptFit
from loadmon.units import Units, UnitSystem
from tests.made_runs import day_at
from tests.risk.made_record import record, steady_runs

ITEMS_OF_THE_CARD = {
    "title": "# Model card: chance of a new running injury within 7 days",
    "intended use and users": "For: runners, coaches and clinicians",
    "not diagnostic": "It is no diagnosis",
    "target population": "- Whom it is about: runners of a club who keep a diary",
    "known inequalities": "It is less sure, and less right, of those few studies are made of: women",
    "data sources": "## Made from",
    "eligibility": "- Eligible: every runner-week at risk",
    "outcome and horizon": "within 7 days (the horizon)",
    "how it is assessed": "It is assessed by nobody but whoever writes the diary",
    "predictors with units": "| feature | unit | centre | scale |",
    "devices": "a watch or pod with running dynamics",
    "timing": "every feature ends the day before the 7 days begin",
    "missing data": "- Missing values lie at the feature's centre",
    "all coefficients, priors and scaling": "prior (mean ± sd) | coefficient ± sd",
    "intercept": "| intercept | log-odds | | | about -4.18 ± 0.70 |",
    "tuning": "- Nothing is tuned by hand or by search",
    "validation by runner": "Validated inside the club with runners kept whole, and forward in time",
    "imbalance": "no resampling, no weights for classes",
    "recalibration": "no recalibration afterwards",
    "AUC with the clusters' interval": "| AUC (90 %) |",
    "precision against the base rate": "| precision / base |",
    "calibration in the large, slope, Brier skill": "| in the large | slope | Brier skill |",
    "calibration curve": "### Calibration, runners kept whole",
    "alert budgets": "| alarms of 100 runner-weeks allowed | came to |",
    "sensitivity and PPV": "| sensitivity | alarms that came true (PPV) |",
    "decision curve": "### Decision curve",
    "within and between runners": "| between runners | within runners |",
    "subgroup: sex": "| women | ",
    "subgroup: age": "Age: loadmon does not know how old anybody is",
    "subgroup: volume": "| less than the middle distance | ",
    "subgroup: gait": "| gait not measured | ",
    "n of each subgroup": "| group | runners | rows | injuries |",
    "heterogeneity by runner": "### From runner to runner",
    "updating log": "## Every fit that was made",
    "limitations": "## What it cannot do",
    "code, data, licence": "Code and priors: Apache-2.0",
    "funding": "No funding",
    "involvement": "No patients or athletes took part",
    "baseline: base rate": "| base rate | runners kept whole |",
    "baseline: the runner's own rate": "| the runner's own rate | forward in time |",
    "baseline: previous injury": "| previous injury alone | runners kept whole |",
    "baseline: spike rule": "| spike rule | forward in time |",
    "audit": "| null world, AUC | 0.500 |",
}
"""Every item that the specification asks of the card (TRIPOD+AI), and the words that answer it."""
KM = Units(UnitSystem.METRIC)
TODAY = date(2026, 3, 4)


def test_a_filled_plan_becomes_runs_in_metres() -> None:
    days = [TODAY + timedelta(days=n) for n in (1, 2, 3)]
    filled = pd.DataFrame({"at least": [8.0, None, 12.0], "at most": [10.0, None, None]})
    low, high = risk.planned(days, filled, KM), risk.planned(days, filled, Units(UnitSystem.IMPERIAL))
    assert [(one.day, one.low_m, one.high_m) for one in low] == [
        (days[0], 8000.0, 10000.0),
        (days[2], 12000.0, 12000.0),
    ]
    assert high[0].low_m == 8.0 * 1609.344


def test_pain_is_told_by_its_worst_day() -> None:
    day = date(2026, 3, 2)
    entries = [
        PainEntry(1, day, "run", 2.0, area="shin"),
        PainEntry(1, day, "morning", 4.0, area="shin"),
        PainEntry(1, day, "run", 0.0),
    ]
    (words,) = risk.pain_words(entries)
    assert words.startswith("Pain of 4 of 10 (shin) was written down for 2 March 2026")
    assert risk.pain_words(entries[2:]) == []


def test_complaints_are_told_the_worst_first() -> None:
    day = date(2026, 3, 2)
    light = {"participation": 2, "volume": 1, "performance": 1, "symptoms": 2}
    none = dict.fromkeys(light, 1)
    hard = dict.fromkeys(light, 3)
    told = [CheckIn(1, day, PROBLEM, answers, area) for answers, area in ((light, "shin"), (none, ""), (hard, "knee"))]
    first, second = risk.complaint_words(told)
    assert first.startswith("A complaint was told on 2 March 2026: Knee: ")
    assert "Shin" in second
    assert risk.complaint_words(told[1:2]) == []


def test_a_plan_is_told_as_ranges() -> None:
    plan = [PlannedDistance(day_at(402), 9000.0, 20000.0)]
    first, second = what_if(record(steady_runs(400), day_at(399)), 1, day_at(399), plan, literature_fit())
    lines = " ".join(risk.what_if_lines(1, first, KM))
    assert "9.0 km to 20.0 km" in lines
    assert "large session spike" in lines
    assert "between 1 in" in lines
    assert "0 m" in " ".join(risk.what_if_lines(2, second, KM)) or "0.0 km" in " ".join(
        risk.what_if_lines(2, second, KM)
    )


def test_the_diary_counts_what_it_missed() -> None:
    world = club_world(2, runners=60, weeks=52)
    found = alarm_diary(world.design, 10)
    words = diary_sentence(found)
    assert f"{found.caught} came in a flagged week and {found.injuries - found.caught} did not" in words
    assert f"as many flags would have met {found.chance:.1f}" in words
    assert f"{found.alarms - found.caught} flagged weeks ended without an injury" in words
    nothing = alarm_diary(world.design.rows(np.zeros(len(world.design), dtype=bool)))
    assert "needs 100 runner-weeks" in diary_sentence(nothing)


def test_a_record_is_kept_drawn_and_written_down() -> None:
    world = club_world(2, runners=40, weeks=40)
    found = validate(world.design, trees=False)
    diaries = [alarm_diary(world.design, budget) for budget in (5, 10)]
    checks = (Check("null world, AUC", 0.5, 0.47, 0.53, "Nothing is found."),)
    plain = report_of(found, checks, None, Verdict(True, "Adopted.", ()), default_prior(), diaries)
    report = report_from_json(report_to_json(plain))
    assert report == plain
    assert not {*named(report["judged"], JUDGED_HEADS), *named(report["checks"], CHECK_HEADS)} & {
        "recipe",
        "auc_low",
        "words",
    }
    assert set(JUDGED_HEADS) == set(report["judged"][0])
    assert set(CHECK_HEADS) == set(report["checks"][0])
    table = calibration_table(report["curves"]["runners kept whole"])
    assert table["right"].sum() == 2
    assert (table.loc[~table["right"], "low"] <= table.loc[~table["right"], "came"]).all()
    assert set(table.columns) >= {"foretold", "came", "low", "high", "injuries", "rows", "right"}
    assert len(calibration_chart()["layer"]) == 3
    assert "forward in time" in calibration_sentence(report)
    listed = CardFit(7, "2026-03-02", in_use=True, injuries=31, rows=900, verdict="Adopted.")
    card = model_card(literature_fit(), report, kept=[listed])
    for one in diaries:
        assert (
            f"| {one.weeks:,} | {one.alarms} | {one.injuries} | {one.caught} | {one.chance:.1f} | {one.injuries - one.caught} |"
            in card
        )
    for split, curve in report["curves"].items():
        assert f"### Calibration, {split}" in card
        assert all(f"| {point['rows']:,} | {point['injuries']} | {point['foretold']:.4f} |" in card for point in curve)
    assert "| 7 | 2026-03-02 | yes | 31 | 900 | Adopted. |" in card
    assert all(one in card for one in LEFT_OUT)
    club = replace(literature_fit(), basis=Basis(31, 9, 900, "2025-01-06", "2026-01-05", 0.03))
    assert "seen by those who see the whole squad" in model_card(club)
    old = {name: value for name, value in report.items() if name not in ("alarms", "decisions", "runners")}
    assert model_card(literature_fit(), old).count(NOT_KEPT) == 3
    for item, said in ITEMS_OF_THE_CARD.items():
        assert said in card, item
    drawn = decision_table(report["decisions"]["runners kept whole"])
    assert set(drawn["flagging"]) == set(WAYS)
    assert (drawn.loc[drawn["flagging"] == "nobody", "worth"] == 0.0).all()
    assert decision_sentence(report).startswith("Somebody who accepts")
    assert decision_chart()["mark"]["type"] == "line"
    assert "| gait measured |" in card
    assert "previous injury alone" in card


def test_the_record_is_that_of_the_fit_in_use_and_a_newer_one_is_told_apart() -> None:
    fit, made = literature_fit(), datetime(2026, 3, 2, 9, 0)
    older = KeptFit(1, made, True, fit, {"version": 1, "verdict": "Adopted."})
    newer = KeptFit(2, made, False, fit, {"version": 1, "verdict": "Kept, but not adopted."})
    assert in_use([newer, older]) is older
    assert later_words([newer, older]) == "Fit 2 of 2 March 2026 is newer and not in use: Kept, but not adopted."
    assert later_words([older]) == later_words([]) == ""
    assert in_use([newer]) is None


def test_a_change_is_told_once_where_both_ends_are_alike() -> None:
    assert risk.change_words(-60.2, -59.9) == "−60 %"
    assert risk.change_words(-10.0, 20.0) == "−10 % to +20 %"


def test_a_driver_in_doubt_has_no_direction_and_a_paper_stands_for_the_prior_alone() -> None:
    sure = Driver("female", "Woman", "person", 1.0, "", 0.5, ("Frandsen 2025",), 0.1)
    unsure = replace(sure, spread=0.4)
    assert sure.clear
    assert driver_words(sure) == "▲ Higher, as the runner is a woman (40 % higher to 94 % higher)."
    assert not unsure.clear
    assert driver_words(unsure) == "The runner is a woman (15 % lower to 218 % higher)."
    badge = "informed by 25 injuries of this club"
    assert risk.source_words(sure.citations, badge, from_club=True) == f"started from Frandsen 2025; moved: {badge}"
    assert risk.source_words(sure.citations, badge, from_club=False) == "Frandsen 2025"
