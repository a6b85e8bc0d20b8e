"""What returning to running goes by: ladders, pain limits, caps and checks, each with its source; read once, checked whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from loadmon.paths import data_file
from loadmon.refusal import Refusal
from loadmon.shipped import checked, text_of

Label = Literal["V", "M", "X"]
LABEL_WORDS = {"V": "source read", "M": "told from memory, to be checked", "X": "loadmon convention"}
"""What a label says on the screen."""


WHAT = "return-to-run rules"


class UnusableReturnRules(Refusal):
    """The file of return-to-run rules is missing, damaged, or says something no plan can follow."""

    name = "unusable return rules"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Source(_Part):
    """One study or convention."""

    citation: str
    label: Label
    doi: str | None = None


class Sourced(_Part):
    """What carries its label and sources."""

    label: Label
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Rule(Sourced):
    """One number and what it is for."""

    value: Annotated[float, Field(gt=0)]
    words: str


class LadderRules(Sourced):
    """Stages as seconds of running, seconds of walking, and how often."""

    name: str
    stages: Annotated[tuple[tuple[int, int, int], ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _stages_hold(self) -> Self:
        for run_s, walk_s, times in self.stages:
            if run_s <= 0 or walk_s < 0 or times < 1 or (times > 1 and not walk_s):
                raise ValueError("a stage needs running, and walking between repeats")
        return self


class PainLimits(_Part):
    """The most pain of a grade; ``morning`` above the runner's usual morning, ``settle_min`` minutes until it was gone."""

    during: Annotated[float, Field(ge=0, le=10)]
    after: Annotated[float, Field(ge=0, le=10)]
    morning: Annotated[float, Field(ge=0, le=10)]
    settle_min: Annotated[float, Field(gt=0)] | None = None


class Profile(Sourced):
    """What holds for one kind of tissue."""

    name: str
    ladder: str
    green: PainLimits
    amber: PainLimits
    red_rest_days: Annotated[int, Field(ge=1)]
    entry: Annotated[tuple[str, ...], Field(min_length=1)]
    last: Annotated[tuple[str, ...], Field(min_length=1)]
    bone: bool = False
    clearance: Literal["clinician", "physician"] | None = None
    red_stages_back: Annotated[int, Field(ge=1)] = 1
    start_stage: Annotated[int, Field(ge=1)] = 1
    week_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    rest_after_heavy_days: Annotated[int, Field(ge=1)] | None = None
    """Days without running after one that loads the tissue more than any of the 30 days before, or has strides."""
    week_rule: bool = False
    """Pain must not rise from week to week."""
    onset_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    """How much of the running time after which it usually begins to hurt a session may have."""
    speed_factor: Annotated[float, Field(gt=0, le=1)] = 1.0
    advice: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _amber_is_wider(self) -> Self:
        for name in ("during", "after", "morning"):
            if getattr(self.amber, name) < getattr(self.green, name):
                raise ValueError(f"amber allows less than green for {name}")
        if self.bone and self.clearance is None:
            raise ValueError("bone needs somebody's clearance")
        return self


class ReturnRules(_Part):
    """Everything the planner of a return to running knows."""

    version: str
    ladder: Annotated[dict[str, LadderRules], Field(min_length=1)]
    rule: dict[str, Rule]
    profile: Annotated[dict[str, Profile], Field(min_length=1)]
    entry: dict[str, str]
    last: dict[str, str]
    red_flag: Annotated[dict[str, str], Field(min_length=1)]
    source: dict[str, Source]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if lost := RULES_NEEDED ^ self.rule.keys():
            raise ValueError(f"rules that are missing or that nobody reads: {', '.join(sorted(lost))}")
        for name, profile in self.profile.items():
            if profile.ladder not in self.ladder:
                raise ValueError(f"{name} names a ladder that is not there")
            if profile.start_stage > len(self.ladder[profile.ladder].stages):
                raise ValueError(f"{name} starts beyond its ladder")
        entries = {key for profile in self.profile.values() for key in profile.entry}
        lasts = {key for profile in self.profile.values() for key in profile.last}
        for named, there, what in ((entries, self.entry, "a check"), (lasts, self.last, "what comes last")):
            if odd := named ^ there.keys():
                raise ValueError(f"{what} is named and not told, or told and not named: {', '.join(sorted(odd))}")
        parts = (*self.ladder.values(), *self.rule.values(), *self.profile.values())
        cited = {source for part in parts for source in part.sources}
        if odd := cited ^ self.source.keys():
            raise ValueError(
                f"sources that are cited and not listed, or listed and not cited: {', '.join(sorted(odd))}"
            )
        return self

    def value(self, name: str) -> float:
        """The number of a rule."""
        return self.rule[name].value

    def whole(self, name: str) -> int:
        """The number of a rule that counts something."""
        return int(self.rule[name].value)

    def basis(self, part: Sourced) -> str:
        """Where a part comes from, in words: its label and its sources."""
        cited = "; ".join(self.source[name].citation for name in part.sources if name != "convention")
        words = LABEL_WORDS[part.label]
        return f"{words}; {cited}" if cited else words


RULES_NEEDED = frozenset(
    {
        "warm_up_walk_s", "stop_pain", "successes_to_advance", "ambers_in_row_to_regress", "rest_days_after_ambers",
        "reds_to_review", "reds_within_days", "rest_days_between_runs", "heavy_day_above", "session_step_s", "session_step_below_s",
        "session_share", "session_window_days", "week_share_short", "week_share_middle", "week_share_long",
        "week_short_below_m", "week_long_above_m", "week_allowance_s", "deload_every_weeks", "deload_factor",
        "build_runs_a_week", "most_runs_a_week", "consecutive_after_weeks", "consecutive_after_weeks_bone",
        "green_runs_to_unlock", "unlock_weeks_bone", "fast_share_first", "fast_share_later", "fast_share_most",
        "first_fast_week_factor", "stride_s", "ratio_note_above", "pre_injury_weeks", "pre_injury_least_weeks",
        "review_within_days", "horizon_weeks", "least_age_years",
    }
)  # fmt: skip
"""Every rule that the planner reads: none may be missing, and none lies there unread."""


def return_rules_from(text: str) -> ReturnRules:
    """Rules written as TOML, checked whole.

    Raises
    ------
    UnusableReturnRules
        If it is no TOML, lacks something, or contradicts itself.
    """
    return checked(text, ReturnRules, WHAT, UnusableReturnRules)


def read_return_rules(path: Path) -> ReturnRules:
    """The rules in a file, as ``return_rules_from`` reads them."""
    return return_rules_from(text_of(path, WHAT, UnusableReturnRules))


@cache
def default_return_rules() -> ReturnRules:
    """The rules that ship with loadmon; read from disk once a process."""
    return read_return_rules(data_file("knowledge", "return_to_run.toml"))
