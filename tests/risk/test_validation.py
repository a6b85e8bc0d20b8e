"""Splits keep runners whole and never look ahead; a new fit replaces another only where it is no worse."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from loadmon.risk import verdict as judging
from loadmon.risk.alarms import alarm_diary
from loadmon.risk.club_world import Literature, club_world
from loadmon.risk.fit import TooFewInjuries, club_fit, fitted, literature_fit
from loadmon.risk.kept import fit_from_json, fit_to_json
from loadmon.risk.known_then import KnownThen, changed
from loadmon.risk.prior import default_prior
from loadmon.risk.ranking import auc
from loadmon.risk.recipes import LITERATURE, OURS, contrast, plain, scored
from loadmon.risk.report import judged_plain
from loadmon.risk.skill import not_shown
from loadmon.risk.splits import by_runner, forward
from loadmon.risk.validation import BY_RUNNER, FORWARD, judge, validate
from loadmon.risk.verdict import verdict

WORLD = club_world(2, literature=Literature.WRONG, runners=80, weeks=60)


def test_runners_are_kept_whole_and_everybody_is_told_of_once() -> None:
    rows = WORLD.design.labelled
    times = np.zeros(len(rows), dtype=int)
    for split in by_runner(rows.athlete):
        assert not set(rows.athlete[split.learn]) & set(rows.athlete[split.tell])
        times += split.tell
    assert (times == 1).all()


def test_forward_never_learns_from_weeks_that_are_not_over() -> None:
    rows = WORLD.design.labelled
    times = np.zeros(len(rows), dtype=int)
    for split in forward(rows.instant):
        assert rows.instant[split.learn].max() + 7 <= rows.instant[split.tell].min()
        times += split.tell
    assert set(times) == {0, 1}
    assert times[rows.instant == rows.instant.max()].all()


def test_labels_of_the_rows_told_of_change_nothing() -> None:
    """The own-rate baseline too: of a runner's past it may know what was over by then, and nothing else."""
    rows = WORLD.design.labelled
    half = rows.instant < np.median(rows.instant)
    learn, tell = rows.rows(half), rows.rows(~half)
    last = tell.instant == tell.instant.max()
    flipped = replace(tell, outcome=np.where(last, 1.0 - tell.outcome, tell.outcome))
    for name, recipe in plain(default_prior()).items():
        np.testing.assert_array_equal(recipe(learn, tell), recipe(learn, flipped), err_msg=name)


def test_everything_is_judged_on_both_splits() -> None:
    found = validate(WORLD.design, trees=False)
    recipes = {OURS, *plain(default_prior())}
    assert {(one.recipe, one.split) for one in found.judged} == {(r, s) for r in recipes for s in (BY_RUNNER, FORWARD)}
    mine, theirs = found.of(OURS, BY_RUNNER), found.of(LITERATURE, BY_RUNNER)
    # the literature is wrong in this club, and its log says so
    assert mine.auc.value > theirs.auc.value + 0.05
    assert mine.calibration.brier_skill > theirs.calibration.brier_skill
    assert mine.injuries == WORLD.design.labelled.outcome.sum()
    for split in (BY_RUNNER, FORWARD):  # folds differ in their base rates, and that ranks nobody
        flat = found.of("base rate", split)
        assert (flat.auc.value, flat.within) == (0.5, 0.5)


def test_trees_are_a_contrast() -> None:
    rows = club_world(2, runners=40, weeks=20).design.labelled
    for recipe in contrast(default_prior()).values():
        found = recipe(rows, rows)
        assert ((found >= 0) & (found <= 1)).all()
        assert auc(found, rows.outcome) > 0.6  # of rows they know


def test_a_better_fit_is_adopted_and_a_worse_one_is_not() -> None:
    assert verdict(WORLD.design, None).adopt
    fit = club_fit(WORLD.design)
    perfect = replace(fit, basis=replace(fit.basis, first=None, last=None))
    told_of = verdict(WORLD.design, perfect)  # it knows every answer, and says that it has seen none
    assert not told_of.adopt
    assert "worse" in told_of.words
    assert {split for split, _, _ in told_of.losses} == {BY_RUNNER, FORWARD}


@pytest.mark.parametrize(("more", "adopted"), [(3e-4, False), (-3e-4, True), (0.0, True)])
def test_a_little_worse_is_worse(monkeypatch: pytest.MonkeyPatch, more: float, adopted: bool) -> None:
    losses = iter([0.07, 0.07 + more, 0.07, 0.07])
    monkeypatch.setattr(judging, "log_loss", lambda probability, label: next(losses))
    assert verdict(WORLD.design, None).adopt is adopted


def test_old_and_new_are_compared_on_weeks_the_old_one_has_not_seen() -> None:
    fit = club_fit(WORLD.design)
    told_of = verdict(WORLD.design, fit)
    assert not told_of.adopt
    assert "Only 0 injuries that the adopted fit did not know" in told_of.words


def test_injuries_written_down_later_count_and_those_taken_back_are_followed() -> None:
    """An adopted fit took weeks for healthy whose injuries were typed in later; another was taught injuries that were none."""
    whole = WORLD.design
    rows = np.flatnonzero(whole.labelled.outcome == 1.0)
    assert len(rows) == (whole.outcome == 1.0).sum()
    places = np.flatnonzero(whole.outcome == 1.0)
    without = whole.outcome.copy(), whole.onset.copy()
    without[0][places[::2]], without[1][places[::2]] = 0.0, -1
    half = replace(whole, outcome=without[0], onset=without[1])
    later = changed(whole, KnownThen.of(half.labelled))
    assert (later.since, later.taken_back) == (0, 0)
    assert later.earlier >= 17
    found = verdict(whole, club_fit(half), knew=KnownThen.of(half.labelled))
    assert f"{later.earlier} from before, written down later" in found.words
    assert found.adopt, found.words  # it learns more, of a literature that is wrong here
    assert len(found.losses) == len(found.aucs) == 2
    back = verdict(half, club_fit(whole), knew=KnownThen.of(whole.labelled))
    assert f"the diary no longer holds {later.earlier}, so it was compared with the literature" in back.words
    assert back.losses
    kept = KnownThen.of(half.labelled)
    again = KnownThen.from_plain(json.loads(json.dumps(kept.plain())))
    assert again is not None
    assert (again.injuries, again.begins, again.last) == (kept.injuries, kept.begins, kept.last)


def test_a_fit_that_ranks_worse_is_not_adopted_though_it_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = iter([0.60, 0.34, 0.60, 0.60])
    monkeypatch.setattr(judging, "auc", lambda *args, **more: next(ranks))
    monkeypatch.setattr(judging, "log_loss", lambda probability, label: 0.07)
    told_of = verdict(WORLD.design, None)
    assert not told_of.adopt
    assert "AUC runners kept whole (0.34 against 0.60)" in told_of.words


def test_skill_is_said_where_it_is_not_shown() -> None:
    rows = WORLD.design.labelled
    flat = np.full(len(rows), rows.outcome.mean())
    whole = np.zeros(len(rows), dtype=np.int64)
    nothing = judged_plain(judge(OURS, BY_RUNNER, rows, flat, whole))
    assert not_shown({"judged": [nothing]}).startswith(
        "Not shown to be better than telling everybody the base rate: runners"
    )
    known = judged_plain(judge(OURS, BY_RUNNER, rows, np.where(rows.outcome > 0, 0.9, 0.01), whole))
    assert not_shown({"judged": [known]}) == ""
    assert known["brier_skill_low"] <= known["brier_skill"] <= known["brier_skill_high"]


def test_few_injuries_are_refused() -> None:
    few = club_world(2, runners=10, weeks=20)
    with pytest.raises(TooFewInjuries, match="a fit needs 10 of at least 5"):
        club_fit(few.design)


def test_the_pipeline_of_scikit_learn_gives_the_same() -> None:
    from loadmon.risk.pipeline import pipeline

    rows, prior = WORLD.design.labelled, default_prior()
    fit = fit_from_json(fit_to_json(fitted(rows, prior)))
    piped = pipeline(prior, rows.outcome).fit(rows.values, rows.outcome, risk__groups=rows.athlete)
    np.testing.assert_allclose(piped.predict_proba(rows.values)[:, 1], scored(fit, rows), rtol=1e-12)


def test_eb_map_stands_beside_the_better_of_literature_and_ridge() -> None:
    """The small version of ``tests.bench.risk_acceptance``: one number of injuries a scenario, eight clubs each."""
    from tests.bench.risk_acceptance import compared

    for literature in (Literature.RIGHT, Literature.WRONG):
        found = compared(literature, injuries=100, clubs=range(8), trees=False)
        assert found["ours"] >= max(found["literature"], found["ridge"]) - 0.02, literature


def test_the_diary_looks_forward_only() -> None:
    diary = alarm_diary(WORLD.design, 5)
    assert 0 < diary.alarms < 0.12 * diary.weeks
    assert diary.caught == diary.flagged["injured"].sum()
    assert diary.caught > 0.05 * diary.injuries
    cut = WORLD.design.rows(WORLD.design.instant < np.median(WORLD.design.instant))
    early = alarm_diary(cut, 5).flagged
    later = diary.flagged.merge(early[["athlete_id", "day"]], on=["athlete_id", "day"])
    # what was flagged then is flagged still, whatever came after
    assert len(later) == len(early)
    leads = diary.injured["lead_days"].dropna()
    assert (leads >= 0).all()
    assert (diary.injured.loc[diary.injured["caught"], "lead_days"] >= 0).all()
    assert len(diary.injured) == len(set(zip(diary.injured["athlete_id"], diary.injured["onset"], strict=True)))


def test_an_empty_squad_has_an_empty_diary() -> None:
    nobody = WORLD.design.rows(np.zeros(len(WORLD.design), dtype=bool))
    diary = alarm_diary(nobody)
    assert (diary.weeks, diary.alarms, diary.precision) == (0, 0, None)


def test_the_literature_alone_scores_from_the_first_day() -> None:
    fit = literature_fit()
    assert fit.badge == "literature only"
    world = club_world(3, runners=200, weeks=40)
    assert auc(scored(fit, world.design), world.design.outcome) > 0.55
