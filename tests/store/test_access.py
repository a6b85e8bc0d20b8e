"""A runner sees their own rows and nobody else's, through every function that reads for a person."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from loadmon.correction import Correction, CorrectionKind
from loadmon.finding import Finding
from loadmon.injury import Injury
from loadmon.planning.check_in import CheckIn
from loadmon.planning.done import Done
from loadmon.planning.pain_log import PainEntry
from loadmon.refusal import NotFound
from loadmon.store import (
    Role,
    Store,
    Viewer,
    assessments,
    check_ins,
    clearances,
    clinic_limits,
    corrections,
    diary,
    drafts,
    findings,
    imports,
    injury_record,
    jobs,
    known_signs,
    owner_clues,
    ownership,
    pain,
    plans,
    risk_fits,
    run_bouts,
    runs,
    schema,
    sessions,
    squad,
    tellings,
    twins,
    waiting,
)
from loadmon.store.imports import FileReport, Outcome
from tests.store import health, made

ROOMS = (
    squad,
    sessions,
    runs,
    diary,
    injury_record,
    findings,
    imports,
    jobs,
    twins,
    corrections,
    waiting,
    owner_clues,
    ownership,
    assessments,
    pain,
    check_ins,
    plans,
    risk_fits,
    run_bouts,
    tellings,
    known_signs,
    clearances,
    clinic_limits,
    drafts,
)
AS_OF = select(schema.ChangeCounterRow.value)
Seen = Callable[[Connection, Viewer], set[int]]

READS: dict[str, Seen] = {
    "squad.athletes": lambda conn, viewer: {a.id for a in squad.athletes(conn, viewer)},
    "runs.runs_table": lambda conn, viewer: set(sessions.runs_table(conn, viewer)["athlete_id"]),
    "runs.heart_rate": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), number).athlete.id for number in runs.heart_rate(conn, viewer).index
    },
    "runs.exposures": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), number).athlete.id for number in runs.exposures(conn, viewer)
    },
    "run_bouts.bouts_found": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), number).athlete.id
        for number in run_bouts.bouts_found(conn, viewer, range(1, 99))
    },
    "findings.findings": lambda conn, viewer: {one.athlete_id for one in findings.findings(conn, viewer).values()},
    "pain.pain_entries": lambda conn, viewer: {one.athlete_id for one in pain.pain_entries(conn, viewer).values()},
    "tellings.check_ins_told": lambda conn, viewer: {
        check_ins.check_ins(conn, Viewer.everyone())[number].athlete_id
        for number in tellings.check_ins_told(conn, viewer)
    },
    "tellings.pain_told": lambda conn, viewer: {
        pain.pain_entries(conn, Viewer.everyone())[number].athlete_id for number in tellings.pain_told(conn, viewer)
    },
    "known_signs.known_signs": lambda conn, viewer: {
        one.id for one in squad.athletes(conn, Viewer.everyone()) if known_signs.known_signs(conn, viewer, one.id)
    },
    "known_signs.signs_told": lambda conn, viewer: {
        one.id for one in squad.athletes(conn, Viewer.everyone()) if known_signs.signs_told(conn, viewer, one.id)
    },
    "check_ins.check_ins": lambda conn, viewer: {one.athlete_id for one in check_ins.check_ins(conn, viewer).values()},
    "plans.on_plan": lambda conn, viewer: set(plans.on_plan(conn, viewer)),
    "plans.plans": lambda conn, viewer: {one.order.athlete_id for one in plans.plans(conn, viewer).values()},
    "squad.thresholds": lambda conn, viewer: {
        athlete.id for athlete in squad.athletes(conn, Viewer.everyone()) if squad.thresholds(conn, viewer, athlete.id)
    },
    "runs.windows": lambda conn, viewer: set(sessions.windows(conn, viewer)["athlete_id"]),
    "injury_record.injuries": lambda conn, viewer: {
        i.athlete_id for i in injury_record.injuries(conn, viewer).values()
    },
    "injury_record.begins": lambda conn, viewer: set(injury_record.begins(conn, viewer)),
    "diary.unknown_days": lambda conn, viewer: set(diary.unknown_days(conn, viewer)["athlete_id"]),
    "imports.reports": lambda conn, viewer: set(imports.reports(conn, viewer, 1)["athlete_id"].dropna()),
    "twins.choices": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), first).athlete.id for first, _ in twins.choices(conn, viewer)
    },
    "twins.borrowings": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), lent.session_id).athlete.id for lent in twins.borrowings(conn, viewer)
    },
    "runs.measured": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), number).athlete.id for number in runs.measured(conn, viewer, range(1, 99))
    },
    "twins.decided": lambda conn, viewer: set(twins.decided(conn, viewer).defaults),
    "corrections.loads_told": lambda conn, viewer: {
        sessions.one(conn, Viewer.everyone(), number).athlete.id
        for number in corrections.loads_told(conn, viewer)["session_id"]
    },
    "owner_clues.learnt": lambda conn, viewer: {
        athlete.id
        for athlete in squad.athletes(conn, Viewer.everyone())
        if athlete.name in {clue.runner for clue in owner_clues.learnt(conn, viewer)}
    },
    "owner_clues.worn": lambda conn, viewer: {watch.athlete_id for watch in owner_clues.worn(conn, viewer)},
    "jobs.listed": lambda conn, viewer: {job.athlete_id for job in jobs.listed(conn, viewer) if job.athlete_id},
    "jobs.to_go_on_with": lambda conn, viewer: {
        job.athlete_id for job in jobs.to_go_on_with(conn, viewer, "import") if job.athlete_id
    },
}
ONE = {
    "squad.athlete",
    "sessions.one",
    "sessions.as_read",
    "sessions.must_see",
    "sessions.starts_as_read",
    "corrections.find",
    "corrections.of_session",
    "waiting.waiting",
    "jobs.find",
    "imports.batches",
    "runs.out_of_date",
    "assessments.assessments",
    "clearances.clearances",
    "drafts.dated_draft",
    "drafts.draft",
    "clinic_limits.thresholds",
    "clinic_limits.past_thresholds",
    "twins.made",
    "twins.runner_of",
    "risk_fits.damaged_fits",
    "risk_fits.adopted_fit",
    "risk_fits.kept_fit",
    "risk_fits.kept_fits",
    "known_signs.signs_found",
}
"""Read functions that are tried by tests of their own below."""


@pytest.fixture
def squad_of_two(store: Store) -> tuple[Store, int, int]:
    """Two runners, each with everything that a runner can have."""
    with store.write() as conn:
        runners = [squad.add_athlete(conn, name).id for name in ("Ana", "Bo")]
        batch = imports.start_batch(conn, "squad/Bo Berg.zip")
        for number, runner in enumerate(runners):
            pair = [made.save(conn, runner, batch, made.session(number + more, samples=600)) for more in (0, 10)]
            twins.choose(conn, Viewer.everyone(), *(int(one or 0) for one in pair), "both")
            twins.set_default(conn, Viewer.everyone(), runner, "merge")
            lent = {"channels": ["power_w"], "had": {"power_w": 0.0}}
            loan = Correction(CorrectionKind.BORROW, lent, "merged", other_id=int(pair[1] or 0))
            corrections.add(conn, int(pair[0] or 0), loan)
            told = {"measure": "points", "value": 40.0}
            corrections.add(conn, int(pair[0] or 0), Correction(CorrectionKind.LOAD, told, "the strap was empty"))
            ran = {int(pair[0] or 0): Done(date(2025, 1, 1), 600.0, 60.0, 2, 300.0)}
            run_bouts.keep_bouts(conn, Viewer.everyone(), ran, as_of=conn.execute(AS_OF).scalar_one())
            owner_clues.teach(conn, runner, [("folder", f"folder of {number}")], batch)
            injury_record.add_injury(
                conn, Viewer.everyone(), Injury(runner, date(2025, 1, 1), None, "shin", "left", "sore since the hills")
            )
            diary.add_unknown_days(conn, Viewer.everyone(), runner, date(2025, 1, 1), date(2025, 1, 3), "watch broken")
            imports.add_reports(
                conn, batch, [FileReport(f"{number}.fit", Outcome.IMPORTED, athlete_id=runner, sessions=1)]
            )
            squad.set_threshold(conn, runner, "mass_kg", 60.0 + number, date(2025, 1, 1))
            seen = Finding(runner, "pelvic_drop", date(2025, 1, 1), "Eva Lind", "left")
            findings.add_finding(conn, Viewer.everyone(), seen, today=date(2025, 2, 1))
            felt = PainEntry(runner, date(2025, 1, 1), "day", 2.0, note="sore since the hills")
            pain.add_pain(conn, Viewer.everyone(), felt, today=date(2025, 2, 1))
            sign = PainEntry(
                runner, date(2025, 1, 1), "day", None, flags=frozenset({"fever"}), note="sore since the hills"
            )
            pain.add_pain(conn, Viewer.everyone(), sign, today=date(2025, 2, 1))
            told = CheckIn(runner, date(2025, 1, 1), "wellness", {"sleep": 2})
            check_ins.add_check_in(conn, Viewer.everyone(), told, today=date(2025, 2, 1))
            health.add_plan(conn, runner)
            jobs.ask(conn, "import", {"number": number}, athlete_id=runner)
        imports.add_reports(conn, batch, [FileReport("bad.fit", Outcome.NO_OWNER)])
        jobs.ask(conn, "recompute", {})
    return store, *runners


@pytest.mark.parametrize("name", READS)
def test_a_runner_sees_only_themself(squad_of_two: tuple[Store, int, int], name: str) -> None:
    store, ana, bo = squad_of_two
    read = READS[name]
    with store.read() as conn:
        assert read(conn, Viewer.everyone()) == {ana, bo}
        assert read(conn, Viewer.runner(ana)) == {ana}
        assert read(conn, Viewer(Role.COACH, frozenset({bo}))) == {bo}
        assert read(conn, Viewer(Role.COACH, frozenset())) == set()


def test_asking_for_others_by_number_does_not_help(squad_of_two: tuple[Store, int, int]) -> None:
    store, ana, bo = squad_of_two
    with store.read() as conn:
        lists = (sessions.runs_table, sessions.windows, runs.heart_rate, runs.exposures, diary.unknown_days)
        for read in (
            *lists,
            injury_record.injuries,
            findings.findings,
            pain.pain_entries,
            check_ins.check_ins,
            plans.plans,
        ):
            assert len(read(conn, Viewer.runner(ana), [bo])) == 0, read  # type: ignore[operator]
        theirs = int(sessions.runs_table(conn, Viewer.everyone(), [bo])["session_id"].iloc[0])
        their_job = next(job.id for job in jobs.listed(conn, Viewer.everyone()) if job.athlete_id == bo)
        squad_wide = next(job.id for job in jobs.listed(conn, Viewer.everyone()) if job.athlete_id is None)
        asks: list[tuple[Callable[..., Any], int]] = [
            (sessions.one, theirs),
            (sessions.as_read, theirs),
            (sessions.must_see, theirs),
            (squad.athlete, bo),
            (twins.runner_of, theirs),
            (jobs.find, their_job),
            (jobs.find, squad_wide),
        ]
        for ask, number in asks:
            with pytest.raises(NotFound) as hidden:
                ask(conn, Viewer.runner(ana), number)
            with pytest.raises(NotFound) as absent:
                ask(conn, Viewer.runner(ana), 987_654)
            assert str(hidden.value) == str(absent.value)  # nobody can tell hidden from absent
        assert sessions.one(conn, Viewer.runner(bo), theirs).athlete.id == bo
        correction = corrections.of_session(conn, Viewer.runner(bo), theirs)[0]
        assert corrections.of_session(conn, Viewer.runner(ana), theirs) == []
        assert correction.id is not None
        with pytest.raises(NotFound):
            corrections.find(conn, Viewer.runner(ana), correction.id)
        assert sessions.starts_as_read(conn, Viewer.runner(ana), [bo]) == []
        assert sessions.starts_as_read(conn, Viewer.runner(bo), [bo])


def test_a_look_ahead_is_put_away_by_who_sees_it(squad_of_two: tuple[Store, int, int]) -> None:
    store, ana, bo = squad_of_two
    with store.write() as conn:
        look = imports.start_batch(conn, "season.zip", planned=True)
        number = jobs.ask(conn, "look", {}, athlete_id=bo, batch_id=look)
        assert not jobs.put_away(conn, Viewer.runner(ana), number)
        assert imports.is_open(conn, look, planned=True)
        assert jobs.put_away(conn, Viewer.runner(bo), number)
        assert not imports.is_open(conn, look, planned=True)


def test_what_waits_for_its_owner_is_for_those_who_see_all(squad_of_two: tuple[Store, int, int]) -> None:
    store, ana, _ = squad_of_two
    with store.write() as conn:
        (line,) = conn.execute(select(schema.FileReportRow.id).where(schema.FileReportRow.path == "bad.fit")).scalars()
        sha256 = conn.execute(select(schema.OriginalRow.sha256).limit(1)).scalar_one()
        row = {"report_id": line, "sha256": sha256, "file_name": "bad.fit", "clues": "{}", "told": None}
        conn.execute(insert(schema.WaitingFileRow), row)
        assert [file.path for file in waiting.waiting(conn, Viewer.everyone())] == ["bad.fit"]
        assert waiting.waiting(conn, Viewer.runner(ana)) == []


def test_of_an_import_a_runner_sees_their_own_files(squad_of_two: tuple[Store, int, int]) -> None:
    store, ana, _ = squad_of_two
    with store.read() as conn:
        whole = imports.batches(conn, Viewer.everyone()).iloc[0]
        own = imports.batches(conn, Viewer.runner(ana)).iloc[0]
        assert len(imports.batches(conn, Viewer(Role.RUNNER, frozenset()))) == 0
    assert (whole["files"], whole["no owner"], whole["what"]) == (3, 1, "squad/Bo Berg.zip")
    assert (own["files"], own["no owner"], own["what"]) == (1, 0, "")


def test_a_coach_does_not_read_notes(squad_of_two: tuple[Store, int, int]) -> None:
    store, ana, _ = squad_of_two
    notes = {}
    with store.read() as conn:
        for role in Role:
            viewer = Viewer(role, frozenset({ana}))
            notes[role] = {injury.note for injury in injury_record.injuries(conn, viewer).values()}
            notes[role] |= {entry.note for entry in pain.pain_entries(conn, viewer).values()}
            (plan,) = plans.plans(conn, viewer).values()
            notes[role] |= {plan.order.note, *(one.note for one in plan.decisions.values())}
    assert notes.pop(Role.COACH) == {"", plans.HELD}
    assert set(map(frozenset, notes.values())) == {frozenset({"sore since the hills", "the note of Eva"})}


WRITES = {
    "clearances.write_clearance",
    "assessments.choose_cadence", "drafts.drop_draft", "assessments.finish", "assessments.remove_assessment", "clinic_limits.remove_threshold",
    "clinic_limits.back_to_shipped", "assessments.restore_assessment", "clinic_limits.restore_threshold", "drafts.save_draft", "clinic_limits.set_threshold",
    "injury_record.add_injury", "injury_record.close_injury", "injury_record.remove_injury", "injury_record.restore_injury",
    "injury_record.describe_injury", "pain.add_pain", "pain.remove_pain", "pain.restore_pain", "check_ins.add_check_in",
    "check_ins.remove_check_in", "check_ins.restore_check_in", "plans.add_plan", "plans.decide", "plans.remove_plan",
    "plans.restore_plan", "plans.take_back_decision", "plans.put_back_decision",
    "diary.add_unknown_days", "diary.remove_unknown_days", "diary.restore_unknown_days",
    "findings.add_finding", "findings.end_finding", "findings.remove_finding", "findings.restore_finding",
    "corrections.put_back", "corrections.take_back", "diary.tell_effort", "jobs.cancel", "jobs.put_away",
    "owner_clues.forget", "owner_clues.teach_again", "ownership.reassign", "sessions.exclude", "squad.remove_threshold", "squad.restore_threshold",
    "risk_fits.adopt_fit", "risk_fits.bring_fit", "risk_fits.keep_fit",
    "run_bouts.keep_bouts",
    "twins.choose", "twins.put_back", "twins.set_default", "twins.take_back",
}  # fmt: skip
"""Tried in the tests of their own rooms: nobody writes of a runner they may not see."""


def test_no_read_function_is_forgotten() -> None:
    """Every public function that takes a viewer is tried above; a new one fails here until it is."""
    found = set()
    for room in ROOMS:
        for name, function in inspect.getmembers(room, inspect.isfunction):
            takes = inspect.signature(function).parameters
            if function.__module__ == room.__name__ and not name.startswith("_") and "viewer" in takes:
                found.add(f"{room.__name__.rsplit('.', 1)[1]}.{name}")
    assert found == set(READS) | ONE | WRITES


def test_what_reads_without_a_viewer_is_for_the_importer_only() -> None:
    """Public functions that read and take no viewer: named here, so that adding one is a decision."""
    without = set()
    for room in ROOMS:
        for node in ast.parse(inspect.getsource(room)).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            calls = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            arguments = {argument.arg for argument in node.args.args}
            writes = calls & {
                "insert",
                "update",
                "delete",
                "insert_new",
                "put",
                "set_removed",
                "_set_removed",
                "_change",
                "_mine",
            }
            if "conn" in arguments and "viewer" not in arguments and not writes:
                without.add(node.name)
    assert without == {
        "save", "known", "stale", "among",
        "of_sessions", "borrowers",
        "has_line", "broken_off", "clues_of_files", "runners_of", "sessions_of", "state_of", "told_of", "is_open",
        "is_owner", "speaking_for", "asking_for", "running",
        "asked_in", "still", "lines_of", "needed", "runners", "settle", "known_at_begin",
    }  # fmt: skip
