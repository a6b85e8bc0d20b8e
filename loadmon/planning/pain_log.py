"""What runners tell of pain: of a run, the hour after, the next morning or a day, as often as they like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from loadmon.days import day_words
from loadmon.planning.pain import HIGHEST_PAIN, RunPain
from loadmon.planning.return_rules import default_return_rules
from loadmon.refusal import Refusal

DURING, AFTER, MORNING, DAY = "during", "after", "morning", "day"
MOMENT_WORDS = {
    DURING: "During the run",
    AFTER: "In the hour after it",
    MORNING: "The morning after, first half hour",
    DAY: "Another time of the day",
}
"""When pain was felt; the first two belong to a run."""
OF_A_RUN = (DURING, AFTER)
ONE_DAY = timedelta(days=1)
SHORTEST_S, LONGEST_S = 60.0, 172_800.0
BETWEEN_DAYS = 3
"""What is told of another time belongs to the run before it for so many days, or until the next run (loadmon convention)."""


class ImpossiblePainEntry(Refusal):
    """A pain entry that contradicts itself or lies ahead."""

    name = "impossible pain entry"


class NoRunThatDay(Refusal):
    """Pain of a run on a day without one."""

    name = "no run that day"


@dataclass(frozen=True, slots=True)
class PainEntry:
    """One entry of the pain log.

    Parameters
    ----------
    athlete_id : int
    day : date
        The local day on which it was felt: for a morning that very morning.
    moment : str
        A key of ``MOMENT_WORDS``.
    value : float | None
        0 to 10; None where only a sign is told.
    session_id : int | None
        The run it belongs to, where it is known.
    settle_min : float | None
        Minutes until it was gone, for the hour after.
    flags : frozenset of str
        Red flags, by their key in the return-to-run rules.
    area, side : str, str | None
        Where.
    note : str
        Coaches do not read it by default.
    without_recording : bool
        The run was made without a watch.
    out_s : float | None
        How long such a run took, in seconds and with its walks; None where nobody said.
    """

    athlete_id: int
    day: date
    moment: str
    value: float | None
    session_id: int | None = None
    settle_min: float | None = None
    flags: frozenset[str] = field(default=frozenset())
    area: str = ""
    side: str | None = None
    note: str = ""
    without_recording: bool = False
    out_s: float | None = None


def checked_entry(entry: PainEntry, today: date, *, has_run: bool) -> PainEntry:
    """The same entry, if it can be.

    Parameters
    ----------
    entry : PainEntry
    today : date
        The runner's own day.
    has_run : bool
        True where a run is known on its day.

    Raises
    ------
    ImpossiblePainEntry
        Outside 0 to 10, nothing told, ahead of today, something to settle where there was no pain, an unknown sign or side.
    NoRunThatDay
        Pain of a run on a day without one, unless it was made without a watch.
    """
    if entry.moment not in MOMENT_WORDS:
        raise ImpossiblePainEntry("When it was felt was left open.", "Choose during, after, the morning or the day.")
    if entry.value is not None and not 0.0 <= entry.value <= HIGHEST_PAIN:
        raise ImpossiblePainEntry("Pain is told from 0 to 10.", "0 is none, 10 the worst there is.")
    if entry.value is None and not entry.flags:
        raise ImpossiblePainEntry("Nothing was told.", "Give a number from 0 to 10, or choose a sign.")
    if entry.flags - default_return_rules().red_flag.keys():
        raise ImpossiblePainEntry("One of the signs is not known.", "Choose from the list.")
    if entry.day > today:
        raise ImpossiblePainEntry("That day lies ahead.", "Give the day on which it was felt.")
    if entry.side not in (None, "left", "right", "both"):
        raise ImpossiblePainEntry("The side is neither left, right nor both.", "Choose one of them or leave it open.")
    if entry.settle_min is not None:
        if entry.moment != AFTER or not entry.value:
            raise ImpossiblePainEntry(
                "Minutes to settle are told, and no pain after a run.",
                "Give the pain of the hour after, or leave the minutes open.",
            )
        if not 0.0 <= entry.settle_min <= 7 * 24 * 60:
            raise ImpossiblePainEntry(
                "Pain settles within 0 minutes and a week.", "Give the minutes until it was gone."
            )
    if entry.out_s is not None and not (entry.without_recording and SHORTEST_S <= entry.out_s <= LONGEST_S):
        raise ImpossiblePainEntry(
            "A run without a watch takes from 1 minute to 48 hours.",
            "Give its minutes with the walking, or leave them open.",
        )
    if entry.moment in OF_A_RUN and not has_run and not entry.without_recording:
        raise NoRunThatDay(
            f"There is no run on {day_words(entry.day)}.",
            "Import its file, say that it was run without a watch, or tell the pain as that of the day.",
        )
    return entry


def pain_by_run(
    entries: Iterable[PainEntry], run_days: Iterable[date] = (), baseline_morning: float = 0.0
) -> dict[date, RunPain]:
    """The worst of what was told of each day's running, by that day; the morning after belongs to the day before.

    Parameters
    ----------
    entries : iterable of PainEntry
        Of one runner.
    run_days : iterable of date
        Days with a run: a morning is that of a run only after one of these or after a day with an entry of its run.
    baseline_morning : float
        The runner's usual morning, 0 to 10.

    Returns
    -------
    dict of date to RunPain
        Days with a run of which something was told, or of the days between it and the next; and days without one on which a red
        flag, or pain that stops a plan, was.
    """
    told: dict[date, dict[str, list[PainEntry]]] = {}
    for entry in entries:
        told.setdefault(entry.day, {}).setdefault(entry.moment, []).append(entry)
    ran = set(run_days) | {day for day, moments in told.items() if moments.keys() & set(OF_A_RUN)}
    stop = default_return_rules().value("stop_pain")
    found: dict[date, RunPain] = {}
    for day in sorted(ran | set(told)):
        moments = told.get(day, {})
        next_day = told.get(day + ONE_DAY, {}).get(MORNING, []) if day in ran else []
        of_run = [*moments.get(DURING, []), *moments.get(AFTER, []), *next_day]
        other = list(moments.get(DAY, []))
        if day - ONE_DAY not in ran:
            other += moments.get(MORNING, [])
        here = [*of_run, *other]
        flags = frozenset().union(*(entry.flags for entry in here)) if here else frozenset()
        if day in ran:
            other += _until_the_next(day, ran, told, stop)
            here = [*of_run, *other]
        elif not flags and (_worst(other) or 0.0) < stop:
            continue
        if not here:
            continue
        after = moments.get(AFTER, [])
        settles = [entry.settle_min for entry in after if entry.settle_min is not None]
        found[day] = RunPain(
            _worst(moments.get(DURING, [])), _worst(after), _worst(next_day), baseline_morning,
            max(settles, default=None), flags, _worst(other), _place(here),
        )  # fmt: skip
    return found


def _until_the_next(
    day: date, ran: set[date], told: Mapping[date, Mapping[str, list[PainEntry]]], stop: float
) -> list[PainEntry]:
    """What was told of other times on the days after a run, up to the next one; what stops a plan counts on its own day."""
    found: list[PainEntry] = []
    for n in range(1, BETWEEN_DAYS + 1):
        one = day + n * ONE_DAY
        if one in ran:
            break
        moments = told.get(one, {})
        here = [*moments.get(DAY, []), *(moments.get(MORNING, []) if n > 1 else [])]
        found += [entry for entry in here if entry.value is not None and entry.value < stop]
    return found


def _place(entries: Iterable[PainEntry]) -> str:
    """Where it hurt, each place once, as far as it was told."""
    told = {
        f"{entry.area}, {entry.side}" if entry.side else entry.area for entry in entries if entry.area and entry.value
    }
    return "; ".join(sorted(told))


def worst_by_day(entries: Iterable[PainEntry]) -> Mapping[date, float]:
    """The highest pain told of each day, whatever the moment."""
    worst: dict[date, float] = {}
    for entry in entries:
        if entry.value is not None:
            worst[entry.day] = max(worst.get(entry.day, 0.0), entry.value)
    return worst


def _worst(entries: list[PainEntry]) -> float | None:
    return max((entry.value for entry in entries if entry.value is not None), default=None)
