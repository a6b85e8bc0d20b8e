"""Writes the planned runs of a way back one after the other: up to today as it was decided, beyond as if all went well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from loadmon.planning.build_week import Past, build_week
from loadmon.planning.caps import session_cap
from loadmon.planning.heavy_day import is_heavy
from loadmon.planning.ladder import Stage, ladder, with_walks
from loadmon.planning.planned_run import WALK_RUN, PlannedRun
from loadmon.planning.progress import Standing
from loadmon.planning.return_rules import ReturnRules
from loadmon.planning.way_back import ReturnOrder, WayBack


class PlanMaker:
    """Writes planned runs one after the other."""

    def __init__(
        self, order: ReturnOrder, rules: ReturnRules, today: date, done_s: Mapping[date, float] | None
    ) -> None:
        self.order, self.rules, self.today = order, rules, today
        self.profile = rules.profile[order.profile]
        self.stages = ladder(self.profile, rules)
        self.past = Past(rules, today, done_s)
        self.speed = order.goal.speed_mps * self.profile.speed_factor
        self.rest = rules.whole("rest_days_between_runs")
        self.needed = order.successes or rules.whole("successes_to_advance")

    @property
    def runs(self) -> list[PlannedRun]:
        """What was written so far, in order of days."""
        return self.past.runs

    def fill(self, state: WayBack, until: date) -> WayBack:
        """Runs up to a day at the stage that stands."""
        while state.free_from <= until:
            state, _ = self._next(state, until, projected=False)
        return state

    def project(self, state: WayBack, weeks: int, *, graded: bool, ran: bool) -> None:
        """Runs beyond today, as if every one went well, until the level before the injury is reached.

        Parameters
        ----------
        state : WayBack
            Of today.
        weeks : int
            How far.
        graded, ran : bool
            Whether today's run was graded already, and whether it was made.
        """
        if not graded:
            state = self._today_supposed(state, ran=ran)
        horizon = max(self.today, self.order.start) + timedelta(weeks=weeks)
        done = False
        while state.free_from <= horizon and not done:
            state, done = self._next(state, horizon, projected=True)

    def hold(self, day: date, why: str) -> None:
        """Put a run that was written already on hold."""
        self.past.runs[:] = [replace(run, on_hold=why) if run.day == day else run for run in self.past.runs]

    def _next(self, state: WayBack, until: date, *, projected: bool) -> tuple[WayBack, bool]:
        """The next run, or the next building week; and whether the goal is reached."""
        day, stage = state.free_from, state.standing.stage
        state = self._whole_first_week(state)
        if stage > len(self.stages) and state.build_from is not None and day >= state.build_from:
            week = build_week(self.past, state, self.order, self.profile, day, self.rules)
            if week is None:
                state = replace(state, build_from=None)
            else:
                for run in week.runs:
                    if day <= run.day <= until:
                        self._write(self._with_speed(run), state, projected=projected)
                following = week.monday + timedelta(days=7)
                if until < following:  # the rest of this week comes with what follows
                    return replace(state, free_from=until + timedelta(days=1)), week.reaches_goal
                return replace(state, free_from=following), week.reaches_goal
        free = self._rested(state, day)
        if free > day:
            return replace(state, free_from=free), False
        number = min(stage, len(self.stages))
        run, exact = self._of_ladder(number, day, state.onset_s)
        self._write(run, state, projected=projected)
        moved = replace(state, free_from=day + timedelta(days=1 + self._rest_after(day)))
        if run.stage != number or (stage > len(self.stages) and state.build_from is None):
            # what may not be run yet is not where the runner stands; like every step back this holds at once
            back = Standing(run.stage, red_days=state.standing.red_days, stopped=state.standing.stopped)
            return replace(moved, standing=back, ready=False, build_from=None, fast_from=None), False
        if not projected or not exact or stage > len(self.stages):
            return moved, False
        return self._well_borne(moved), False

    def _well_borne(self, state: WayBack) -> WayBack:
        """The state after a run of the ladder as if it went well, and as if the step after it were decided at once."""
        stage, greens = state.standing.stage, state.standing.greens + 1
        if greens < self.needed:
            return replace(state, standing=replace(state.standing, greens=greens))
        build = None
        if stage == len(self.stages):
            build = state.free_from + timedelta(days=-state.free_from.weekday() % 7)
        standing = replace(state.standing, stage=stage + 1, greens=0)
        return replace(state, standing=standing, build_from=build, ready=False)

    def _today_supposed(self, state: WayBack, *, ran: bool) -> WayBack:
        """The state as if today's run, of which nothing was graded yet, went well too.

        Once it was made nothing is supposed that would be a step forward: what comes next is then what holds until somebody
        decides.
        """
        run = next((one for one in self.runs if one.day == self.today), None)
        stage = state.standing.stage
        if run is None or run.on_hold is not None or run.phase != WALK_RUN or stage > len(self.stages):
            return state
        exact = run.stage == stage and run.run_s == self.stages[stage - 1].running_s
        if not exact or not self.past.as_planned(self.today) or (ran and state.standing.greens + 1 >= self.needed):
            return state
        return self._well_borne(state)

    def _rest_after(self, day: date) -> int:
        """Days of rest after a planned run of the ladder: more after one that is heavy for the tissue."""
        run = next((one for one in reversed(self.runs) if one.day == day), None)
        more = self.profile.rest_after_heavy_days
        return max(self.rest, more) if more is not None and run is not None and is_heavy(run, self.rules) else self.rest

    def rested_after_heavy(self, state: WayBack, day: date) -> WayBack:
        """The state after a heavy run that was made on its day, or the day after: its days of rest count from there."""
        if state.building(day):
            return state
        planned = max(self._rest_after(day), self._rest_after(day - timedelta(days=1)))
        return replace(state, free_from=max(state.free_from, day + timedelta(days=1 + planned)))

    def _whole_first_week(self, state: WayBack) -> WayBack:
        """The building weeks a week later where the Monday of the first has to be one of rest, so that it is a whole one."""
        if state.build_from is None or not self.runs or not self.runs[-1].day < state.build_from < state.free_from:
            return state
        return replace(state, build_from=state.build_from + timedelta(days=7))

    def _rested(self, state: WayBack, day: date) -> date:
        """The first day from this one on that a run of the ladder may take."""
        if state.build_from is not None and day < state.build_from < day + timedelta(days=1 + self.rest):
            return state.build_from  # the first building week is a whole one
        # a day of rest before it: a building week may have ended just before
        latest = next((run.day for run in reversed(self.runs) if run.on_hold is None), None)
        return day if latest is None else max(day, latest + timedelta(days=1 + self._rest_after(latest)))

    def _of_ladder(self, number: int, day: date, onset_s: float | None) -> tuple[PlannedRun, bool]:
        """A session of the ladder, shortened to what may be run on that day; and whether it is the stage itself."""
        before = self.past.longest(day)
        longest = None if before is None else before.run_s
        wanted = self.stages[number - 1]
        if longest is None and self.runs and self.past.any_counted:
            wanted = self.stages[
                min(number, self.profile.start_stage) - 1
            ]  # after 30 days without a run from the start
        cap = None
        if longest is not None:
            cap = session_cap(longest, self.profile, onset_s, self.rules)
        elif self.profile.onset_share is not None and onset_s is not None:
            cap = session_cap(onset_s, self.profile, onset_s, self.rules)
        stage = wanted if cap is None else self._within(wanted, cap.seconds)
        bound = f"Stage {stage.number} of the {self.rules.ladder[self.profile.ladder].name}"
        basis = self.rules.basis(self.rules.ladder[self.profile.ladder])
        if cap is not None and stage != wanted:
            bound, basis = f"At most {cap.reason}", cap.basis
        segments = with_walks(stage.segments(), self.rules)
        run = PlannedRun(
            day, WALK_RUN, stage.number, segments, stage.words, bound, basis, self.speed, self.order.goal.cadence_spm,
            most_s=None if cap is None else cap.seconds,
        )  # fmt: skip
        return run, stage.number == number and stage == self.stages[number - 1]

    def _within(self, wanted: Stage, most_s: float) -> Stage:
        """The stage itself where it fits, else the longest earlier one that does, else fewer repeats of the first, or a shorter one."""
        if wanted.running_s <= most_s:
            return wanted
        fitting = [one for one in self.stages[: wanted.number] if one.running_s <= most_s]
        if fitting:
            return max(fitting, key=lambda one: (one.running_s, one.number))
        first = self.stages[0]
        times = int(most_s // first.run_s)
        return replace(first, times=times) if times else replace(first, times=1, run_s=int(most_s))

    def _with_speed(self, run: PlannedRun) -> PlannedRun:
        return replace(run, speed_mps=self.speed, cadence_spm=self.order.goal.cadence_spm)

    def _write(self, run: PlannedRun, state: WayBack, *, projected: bool) -> None:
        longest = self.past.longest(run.day)
        spike = None if longest is None else 100.0 * (run.run_m / longest.run_m - 1.0)
        self.past.add(replace(run, spike_pct=spike, is_projection=projected, on_hold=state.hold))
