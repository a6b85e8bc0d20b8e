"""The step rule: what a graded run means for the next one. It proposes; a named person decides (``decision``)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from loadmon.planning.pain import Grade
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules


class Action(StrEnum):
    """What follows from a run."""

    REPEAT = "REPEAT"
    ADVANCE = "ADVANCE"
    REGRESS = "REGRESS"
    STOP = "STOP_REVIEW"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a runner stands on the way back.

    Parameters
    ----------
    stage : int
        From 1; one more than the ladder has stages means building up beyond it.
    greens : int
        Green sessions of this stage since it was reached or since the last that was not green.
    ambers_in_row : int
    red_days : tuple of date
        Days of red sessions, for two that come close together.
    stopped : bool
        Waits for a review.
    """

    stage: int
    greens: int = 0
    ambers_in_row: int = 0
    red_days: tuple[date, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What the rule makes of one graded run; ``extra_rest_days`` is None where nothing is planned until a review."""

    action: Action
    stage_after: int
    extra_rest_days: int | None
    reason: str


def beginning(profile: Profile) -> Standing:
    """Where a profile begins."""
    return Standing(profile.start_stage)


def step(
    standing: Standing,
    grade: Grade,
    day: date,
    profile: Profile,
    *,
    successes: int | None = None,
    rules: ReturnRules | None = None,
) -> tuple[Standing, Step]:
    """What a graded run of a day leads to.

    Parameters
    ----------
    standing : Standing
        Before it.
    grade : Grade
    day : date
    profile : Profile
    successes : int, optional
        Green sessions before the next stage where a clinician set another number than the rule.

    Returns
    -------
    tuple of Standing, Step
        Where the runner stands after it, and the step with its reason.
    """
    rules = rules or default_return_rules()
    most = len(rules.ladder[profile.ladder].stages) + 1
    if standing.stopped:
        return standing, Step(Action.STOP, standing.stage, None, "The plan waits for a review.")
    if grade is Grade.STOP:
        return replace(standing, stopped=True), Step(
            Action.STOP, standing.stage, None, "A sign that needs to be looked at first."
        )
    if grade is Grade.RED:
        return _red(standing, day, profile, rules)
    if grade is Grade.AMBER:
        return _amber(standing, rules)
    needed = successes or rules.whole("successes_to_advance")
    greens = standing.greens + 1
    if greens < needed or standing.stage >= most:
        words = (
            "Green, and the plan goes on as it stands."
            if standing.stage >= most
            else f"Green, {greens} of {needed}: once more."
        )
        return replace(standing, greens=greens, ambers_in_row=0), Step(Action.REPEAT, standing.stage, 0, words)
    after = Standing(standing.stage + 1, red_days=standing.red_days)
    return after, Step(Action.ADVANCE, after.stage, 0, f"{greens} green sessions of this stage.")


def red_rest_words(profile: Profile, rules: ReturnRules) -> str:
    """How long nothing is run after a red run: the days of its tissue beside the one that follows every run."""
    usual = rules.whole("rest_days_between_runs")
    days = profile.red_rest_days + usual
    return f"{days} days without running ({profile.red_rest_days} beside the usual {'one' if usual == 1 else usual})"


def _amber(standing: Standing, rules: ReturnRules) -> tuple[Standing, Step]:
    ambers = standing.ambers_in_row + 1
    if ambers < rules.whole("ambers_in_row_to_regress"):
        return replace(standing, greens=0, ambers_in_row=ambers), Step(
            Action.REPEAT, standing.stage, 0, "Amber: the same once more."
        )
    stage = max(standing.stage - 1, 1)
    words = f"{ambers} amber sessions in a row: one stage back."
    return Standing(stage, red_days=standing.red_days), Step(
        Action.REGRESS, stage, rules.whole("rest_days_after_ambers"), words
    )


def _red(standing: Standing, day: date, profile: Profile, rules: ReturnRules) -> tuple[Standing, Step]:
    window = rules.whole("reds_within_days")
    reds = (*(red for red in standing.red_days if (day - red).days <= window), day)
    if len(reds) >= rules.whole("reds_to_review"):
        words = f"{len(reds)} red sessions within {window} days: to be reviewed."
        return replace(standing, red_days=reds, stopped=True), Step(Action.STOP, standing.stage, None, words)
    stage = max(standing.stage - profile.red_stages_back, 1)
    back = "one stage" if profile.red_stages_back == 1 else f"{profile.red_stages_back} stages"
    words = f"Red: {back} back, and {red_rest_words(profile, rules)}."
    return Standing(stage, red_days=reds), Step(Action.REGRESS, stage, profile.red_rest_days, words)
