"""The facts of a runner's week in plain sentences: what was seen, against what, and what one may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from loadmon import evidence
from loadmon.days import day_words
from loadmon.gait.cadence import CadenceStep, CadenceTrend
from loadmon.injury import Injury
from loadmon.measure import Measure
from loadmon.planning.attention import Fact, FactKind, Severity
from loadmon.planning.spike_row import LayOff, Spike
from loadmon.units import Units, duration, signed_percent

_SPIKE_ADVICE = {
    "small": "Ask how the days after it felt.",
    "moderate": "Ask how the days after it felt before going further again.",
    "large": "Ask how the days after it felt; the figure for the next run leaves this one out for two weeks.",
}
BAND_EVIDENCE = {
    "small": evidence.SPIKE_SMALL,
    "moderate": evidence.SPIKE_MODERATE,
    "large": evidence.SPIKE_LARGE,
}


def injury_facts(injuries: Sequence[Injury], today: date, last_run: date | None) -> list[Fact]:
    """Open injuries; graver where they are new or where running was recorded since they began.

    Parameters
    ----------
    injuries : sequence of Injury
        The runner's.
    today : date
        The runner's own day.
    last_run : date | None
        Day of the last run that counts.
    """
    told = []
    for injury in (i for i in injuries if i.open_on(today)):
        days = (today - injury.onset).days
        # a run on the day of onset is most likely the one in which it began
        since_onset = last_run if last_run is not None and last_run > injury.onset else None
        ran = since_onset is not None and (today - since_onset).days < evidence.RECENT_DAYS.value
        new = days < evidence.RECENT_DAYS.value
        place = " ".join(part for part in (injury.side, injury.area) if part)
        place = place[:1].upper() + place[1:]
        lasting = "since today" if days == 0 else "since yesterday" if days == 1 else f"for {days} days"
        comparison = f"the last run was on {day_words(since_onset)}, after it began" if since_onset else "no run since"
        told.append(
            Fact(
                FactKind.OPEN_INJURY,
                Severity.ACT if new or ran else Severity.WATCH,
                lasting,
                comparison,
                f"{place}: injury open {lasting}; {comparison}.",
                evidence.RECENT_DAYS,
                "Talk with the runner and with whoever treats them; the next run follows the clinician's plan.",
                injury.onset,
            )
        )
    return sorted(told, key=lambda fact: (-fact.severity, fact.since or date.max))


def injury_return_facts(injuries: Sequence[Injury], today: date) -> list[Fact]:
    """Full returns from an injury within the last two weeks: closed is not forgotten."""
    told = []
    for injury in injuries:
        if injury.returned is None or not 0 <= (today - injury.returned).days < evidence.RECENT_RETURN_DAYS.value:
            continue
        place = " ".join(part for part in (injury.side, injury.area) if part)
        days = (injury.returned - injury.onset).days
        number = "1 day" if days == 1 else f"{days} days"
        comparison = f"after {number} of injury ({place})"
        told.append(
            Fact(
                FactKind.LAY_OFF,
                Severity.WATCH,
                number,
                comparison,
                f"Back in full since {day_words(injury.returned)}, {comparison}.",
                evidence.RECENT_RETURN_DAYS,
                "Ask how it feels; measure the next run by the runs since the return.",
                injury.returned,
            )
        )
    return told


def spike_facts(week: Sequence[Spike], units: Units) -> list[Fact]:
    """Runs of the last seven days that were longer than the published band of usual, the longest step first."""
    told = []
    for run in week:
        if run.band_told not in BAND_EVIDENCE or run.change_pct is None or run.reference_day is None:
            continue
        # a short reference is told in minutes: a percentage of little says little
        longer = (
            f"{duration(run.step_s)} longer"
            if run.short_reference and run.step_s is not None
            else f"{run.change_pct:.0f} % longer"
        )
        window = f"{evidence.SPIKE_WINDOW_DAYS.value:.0f} days"
        comparison = (
            f"{longer} than the longest run of the {window} before "
            f"({units.distance(run.reference_m)} on {day_words(run.reference_day)})"
        )
        number = units.distance(run.distance_m)
        told.append(
            Fact(
                FactKind.SESSION_SPIKE,
                Severity.ACT if run.band_told == "large" else Severity.WATCH,
                number,
                comparison,
                f"The run of {day_words(run.local_day)} was {number}, {comparison}.",
                BAND_EVIDENCE[run.band_told],
                _SPIKE_ADVICE[run.band_told],
                run.local_day,
                provisional=run.provisional,
            )
        )
    return sorted(told, key=lambda fact: (-fact.severity, fact.since or date.max))


def lay_off_facts(lay_off: LayOff, today: date, latest: Spike | None, units: Units) -> list[Fact]:
    """A break that lasts, or a return from one within the last fourteen days."""
    if lay_off.running_again_since is None:
        if lay_off.days_without_run < evidence.LAY_OFF_DAYS.value or lay_off.last_run is None:
            return []
        number = f"{lay_off.days_without_run} days"
        return [
            Fact(
                FactKind.LAY_OFF,
                Severity.NOTE,
                number,
                f"without running; the last run was on {day_words(lay_off.last_run)}",
                f"{number} without running; the last run was on {day_words(lay_off.last_run)}.",
                evidence.LAY_OFF_DAYS,
                "Begin again short and easy; runs from before the break are no measure for the first one after it.",
                lay_off.last_run,
            )
        ]
    back = lay_off.running_again_since
    if (today - back).days >= evidence.RECENT_RETURN_DAYS.value:
        return []
    sentence = f"Running again since {day_words(back)}, after {lay_off.lay_off_days} days without"
    since = ""
    if latest is not None and latest.change_since_return_pct is not None and latest.longest_since_return_m is not None:
        since = (
            f"; the latest run was {units.distance(latest.distance_m)}, "
            f"the longest since the return before it {units.distance(latest.longest_since_return_m)}"
        )
    return [
        Fact(
            FactKind.LAY_OFF,
            Severity.WATCH,
            f"{lay_off.lay_off_days} days",
            f"without running before {day_words(back)}{since}",
            f"{sentence}{since}.",
            evidence.LAY_OFF_DAYS,
            "Measure the next run by the runs since the return, not by those before the break.",
            back,
        )
    ]


def return_jump_facts(week: Sequence[Spike], units: Units) -> list[Fact]:
    """Runs of the last seven days far longer than any since the return, though the published band calls them usual."""
    told = []
    for run in week:
        since, step = run.change_since_return_pct, run.longest_since_return_m
        if not run.lay_off_note or since is None or step is None or run.distance_m is None:
            continue
        if since <= evidence.SPIKE_MODERATE.value or run.distance_m - step <= evidence.RETURN_STEP_M.value:
            continue
        number = units.distance(run.distance_m)
        comparison = f"{since:.0f} % longer than any run since the return ({units.distance(step)})"
        told.append(
            Fact(
                FactKind.LAY_OFF,
                Severity.WATCH,
                number,
                comparison,
                f"The run of {day_words(run.local_day)} was {number}, {comparison}; by the published rule it is measured by a "
                "run from before the break.",
                evidence.RETURN_STEP_M,
                "Measure the next run by the runs since the return, not by those before the break.",
                run.local_day,
                provisional=run.provisional,
            )
        )
    return sorted(told, key=lambda fact: fact.since or date.max)


def week_change_facts(
    change: Measure, now_m: float | None, before_m: float | None, today: date, units: Units
) -> list[Fact]:
    """A large step up in seven days. Told because coaches ask; a cut-back week is never told, and nothing is raised."""
    if change.value is None or change.value < evidence.WEEK_CHANGE_LARGE_PCT.value:
        return []
    number = signed_percent(change.value)
    comparison = f"{units.distance(now_m)} in the last 7 days, {units.distance(before_m)} in the 7 before"
    return [
        Fact(
            FactKind.WEEK_CHANGE,
            Severity.NOTE,
            number,
            comparison,
            f"Week on week {number}: {comparison}.",
            evidence.WEEK_CHANGE_LARGE_PCT,
            "Nothing by itself; look at the single longest run first.",
            today - timedelta(days=6),
        )
    ]


def cadence_facts(found: CadenceTrend | None, today: date) -> list[Fact]:
    """A change of cadence at the same pace over the last eight weeks, while it is recent: its step, or else its slope."""
    if found is not None and found.step is not None:
        return _cadence_step(found.step, today)
    if found is None or not found.changed or found.change_spm is None or found.last_day is None:
        return []
    assert found.low_spm_per_day is not None
    assert found.high_spm_per_day is not None
    if (today - found.last_day).days >= evidence.CADENCE_TREND_DAYS.value:
        return []
    days = evidence.CADENCE_TREND_DAYS.value
    number = f"{found.change_spm:+.1f} spm".replace("-", "−")
    low, high = (f"{bound * days:+.1f}".replace("-", "−") for bound in (found.low_spm_per_day, found.high_spm_per_day))
    comparison = f"over 8 weeks at the same pace (95 % range {low} to {high}, {found.n_runs} runs)"
    return [
        Fact(
            FactKind.CADENCE,
            Severity.WATCH,
            number,
            comparison,
            f"Cadence {number} {comparison}.",
            evidence.CADENCE_CHANGE_SPM,
            "Ask about tiredness, new shoes, new routes, or a change made on purpose.",
            found.first_day,
        )
    ]


def _cadence_step(step: CadenceStep, today: date) -> list[Fact]:
    """A step of cadence, as large as it was: a slope laid through two levels is steeper than what happened."""
    if abs(step.change_spm) < evidence.CADENCE_CHANGE_SPM.value:
        return []
    if (today - step.day).days >= evidence.CADENCE_TREND_DAYS.value:
        return []
    number = f"{step.change_spm:+.1f} spm".replace("-", "−")
    how = "in one step" if step.count == 1 else f"in {step.count} steps, the last"
    comparison = (
        f"at the same pace, {how} on {day_words(step.day)} "
        f"(middle of {step.runs_after} runs since, of {step.runs_before} before)"
    )
    return [
        Fact(
            FactKind.CADENCE,
            Severity.WATCH,
            number,
            comparison,
            f"Cadence {number} {comparison}.",
            evidence.CADENCE_CHANGE_SPM,
            "Ask about tiredness, new shoes, new routes, or a change made on purpose.",
            step.day,
        )
    ]


def record_facts(history_days: int, last_session: date | None, today: date, quiet_days: int) -> list[Fact]:
    """What the record cannot say: it is too short, or nothing has come in for days.

    ``quiet_days`` are the known days since the last session: those declared missing are explained already.
    """
    needed = int(evidence.MINIMUM_HISTORY_DAYS.value)
    if last_session is None:
        return [
            Fact(
                FactKind.SILENCE,
                Severity.WATCH,
                "0 sessions",
                "imported so far",
                "No session has been imported yet.",
                evidence.SILENT_DAYS,
                "Import the watch's files, a whole season at once if you have it.",
                None,
            )
        ]
    told = []
    away = (today - last_session).days
    if away >= evidence.SILENT_DAYS.value:
        told.append(_silence(last_session, away, quiet_days))
    if history_days < needed:
        number = "1 day" if history_days == 1 else f"{history_days} days"
        left = needed - history_days
        told.append(
            Fact(
                FactKind.HISTORY,
                Severity.WATCH,
                number,
                f"of record; {needed} are needed",
                f"There {'is' if history_days == 1 else 'are'} {number} of record; comparisons need {needed}, "
                f"so they will be here in {left} {'day' if left == 1 else 'days'}.",
                evidence.MINIMUM_HISTORY_DAYS,
                "Import older files, or wait.",
                today - timedelta(days=history_days - 1),
            )
        )
    return told


def _silence(last_session: date, away: int, quiet_days: int) -> Fact:
    """Days without a session: asked after at first, and after many weeks no longer."""
    gone = away >= evidence.AWAY_DAYS.value
    number = f"{away if gone else max(quiet_days, 0)} days"
    comparison = f"without a session; the last was on {day_words(last_session)}"
    sentence = f"No session for {number}; the last was on {day_words(last_session)}."
    advice = "Ask: rest, illness, injury and a watch that was not synced look alike from here."
    if gone:
        advice = "Import what is missing; whoever has left the squad asks for nothing."
    elif quiet_days < evidence.SILENT_DAYS.value:
        number = f"{away} days"
        comparison = f"without a session, {away - quiet_days} of them declared without data"
        sentence = f"No session for {number}, {away - quiet_days} of them declared without data."
        advice = "Comparisons come back with the next sessions."
    kind, source = (FactKind.AWAY, evidence.AWAY_DAYS) if gone else (FactKind.SILENCE, evidence.SILENT_DAYS)
    return Fact(kind, Severity.WATCH, number, comparison, sentence, source, advice, last_session)


def ratio_facts(ratio: Measure) -> list[Fact]:
    """The ratio as a plain description. It never changes the state."""
    if ratio.value is None:
        return []
    number = f"{ratio.value:.2f}"
    note = " There was a lay-off within these weeks." if ratio.notes else ""
    return [
        Fact(
            FactKind.RATIO,
            Severity.NOTE,
            number,
            f"times the weeks before ({ratio.definition})",
            f"The last 7 days are {number} times the three weeks before. Description only.{note}",
            evidence.CHRONIC_DAYS,
            "Nothing by itself: it describes, it does not warn.",
            None,
            provisional=ratio.provisional,
        )
    ]
