"""The fields of the form: what stands in each makes an assessment, whatever is still open, and an assessment fills them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from loadmon.clinic.assessment import Assessment, Circumstances, Measured, Person, RecentLoad, Symptom
from loadmon.clinic.entry import Measure
from loadmon.clinic.from_watch import WatchValue
from loadmon.clinic.knowledge import Knowledge

SORE_ROWS = 4
"""Sore tissues that the form has room for."""
PHYSICAL = "physical_tests"
WATCH, OBSERVED = "watch", "observed"
SELF_REPORTED = frozenset({"running_pain_nrs", "hop_pain_nrs"})


def value_key(measure: str, side: str) -> str:
    """The field that holds a measure of a side."""
    return f"value {measure} {side}"


def method_key(measure: str) -> str:
    """The field that says how a measure was taken."""
    return f"method {measure}"


def watch_key(measure: str) -> str:
    """What the watch told of a measure when the form was begun; nobody fills it in."""
    return f"watch {measure}"


def sore_key(row: int, what: str) -> str:
    """A field of a row of sore tissues."""
    return f"sore {row} {what}"


def sign_key(sign: str) -> str:
    """The field that says that a warning sign is there."""
    return f"sign {sign}"


def gone_key(tissue: str, side: str) -> str:
    """The field that says that what was sore does not hurt any more."""
    return f"gone {tissue} {side}"


def sides_of(measure: Measure) -> tuple[str, ...]:
    """Sides the form asks for."""
    return ("left", "right") if measure.sides == "each" else ("both",)


def usual_method(name: str, measure: Measure, answers: Mapping[str, Any]) -> str:
    """How a measure is taken unless somebody says otherwise: by the watch only while its own value stands in the field.

    Parameters
    ----------
    name : str
    measure : Measure
    answers : mapping
        By field: what stands in the form, and what the watch told.
    """
    if name in SELF_REPORTED:
        return "self_report"
    if measure.domain == PHYSICAL:
        return "physical_test"
    if measure.watch is None:
        return "visual_only" if measure.words is not None else "video_2d"
    told, stands = answers.get(watch_key(name)), answers.get(value_key(name, "both"))
    return WATCH if told is not None and stands in (None, told) else OBSERVED


def first_answers(watch: Iterable[WatchValue], load: RecentLoad, height_m: float | None, today: date) -> dict[str, Any]:
    """What an empty form begins with: the day, and what the watch and the record tell (its method is the usual one there).

    Parameters
    ----------
    watch : iterable of WatchValue
    load : RecentLoad
    height_m : float | None
    today : date
    """
    answers: dict[str, Any] = {
        "day": today.isoformat(),
        "height_cm": None if height_m is None else round(100 * height_m, 1),
    }
    for one in watch:
        answers[value_key(one.measured.measure, "both")] = one.measured.value
        answers[watch_key(one.measured.measure)] = one.measured.value
        answers.setdefault("speed_mps", None if one.speed_mps is None else round(one.speed_mps, 2))
    answers["weekly_km"] = None if load.weekly_m is None else round(load.weekly_m / 1000.0, 1)
    answers["week_change_pct"] = load.week_change_pct
    answers["spike_band"] = load.spike_band
    return {name: answer for name, answer in answers.items() if answer is not None}


def taken_up(draft: Mapping[str, Any], first: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    """A draft as the form takes it up: with what the watch tells of measures of which it told nothing when it was begun.

    Warning signs that an earlier version kept as one list become an answer each.

    Parameters
    ----------
    draft : mapping
        By field.
    first : mapping
        Of ``first_answers``.
    known : Knowledge
    """
    told = {watch_key(name) for name, measure in known.measure.items() if measure.watch}
    signs = {sign_key(sign): True for sign in draft.get("red_flags") or ()}
    kept = {field: answer for field, answer in draft.items() if field != "red_flags"} | signs
    return {field: answer for field, answer in first.items() if field in told} | kept


def tidied(answers: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    """Answers without what says nothing: methods that are the usual ones, and rows of sore tissues below an empty one.

    Parameters
    ----------
    answers : mapping
        By field.
    known : Knowledge
    """
    usual = {method_key(name): usual_method(name, known.measure[name], answers) for name in known.entered()}
    last = next((row for row in range(SORE_ROWS) if answers.get(sore_key(row, "tissue")) is None), SORE_ROWS)
    below = tuple(sore_key(row, "") for row in range(last, SORE_ROWS))
    return {
        field: answer
        for field, answer in answers.items()
        if usual.get(field) != answer and not (below and field.startswith(below))
    }


def assessment_of(answers: Mapping[str, Any], athlete_id: int, known: Knowledge, today: date) -> Assessment:
    """The assessment that stands in a form; a field that is open is not measured.

    Parameters
    ----------
    answers : mapping
        By field.
    athlete_id : int
    known : Knowledge
    today : date
        Stands in for a day that was left open.
    """
    get = answers.get
    return Assessment(
        athlete_id=athlete_id,
        circumstances=Circumstances(
            day=date.fromisoformat(get("day") or today.isoformat()),
            assessor=str(get("assessor") or ""),
            speed_mps=get("speed_mps"),
            provoking_speed_mps=get("provoking_speed_mps"),
            slope_pct=get("slope_pct"),
            surface=get("surface"),
            shoes=str(get("shoes") or ""),
            frames_per_second=_whole(get("frames_per_second")),
            steps_averaged=_whole(get("steps_averaged")),
            fatigue=get("fatigue"),
            pain_during=get("pain_during"),
        ),
        person=Person(
            age=_whole(get("age")),
            height_m=None if get("height_cm") is None else float(get("height_cm") or 0.0) / 100.0,
            previous_bone_stress=bool(get("previous_bone_stress")),
            low_energy_suspected=bool(get("low_energy_suspected")),
            clinician=str(get("clinician") or ""),
        ),
        measured=tuple(_measured(answers, known)),
        symptoms=tuple(_symptoms(answers, known)),
        load=RecentLoad(
            None if get("weekly_km") is None else 1000.0 * float(get("weekly_km") or 0.0),
            get("week_change_pct"),
            get("spike_band"),
        ),
        red_flags=tuple(sign for sign in known.red_flags.signs if get(sign_key(sign))),
        note=str(get("note") or ""),
        gone=tuple(
            (tissue, side)
            for tissue in known.tissue
            for side in ("left", "right", "both")
            if get(gone_key(tissue, side))
        ),
    )


def _measured(answers: Mapping[str, Any], known: Knowledge) -> Iterable[Measured]:
    for name in known.entered():
        measure = known.measure[name]
        method = answers.get(method_key(name)) or usual_method(name, measure, answers)
        watch = None if method == WATCH else answers.get(watch_key(name))
        for side in sides_of(measure):
            value = answers.get(value_key(name, side))
            if value is not None:
                yield Measured(name, value if isinstance(value, str) else float(value), side, method, watch)


def _symptoms(answers: Mapping[str, Any], known: Knowledge) -> Iterable[Symptom]:
    for row in range(SORE_ROWS):
        tissue = answers.get(sore_key(row, "tissue"))
        if tissue is None:
            continue
        sided = tissue in known.tissue and known.tissue[tissue].sides
        side = answers.get(sore_key(row, "side"), "") if sided else "both"  # a side left open is not guessed
        running, rest, morning = (answers.get(sore_key(row, when)) for when in ("running", "rest", "morning"))
        yield Symptom(tissue, side, running, rest, morning, bool(answers.get(sore_key(row, "bone"))))


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)
