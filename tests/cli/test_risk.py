"""Injury risk on the command line: what it gives back, what it refuses, and what a fit leaves behind."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from loadmon.risk import report
from loadmon.risk.audit import Check
from loadmon.risk.club_world import club_world
from loadmon.risk.fit import Basis, literature_fit
from loadmon.risk.kept import fit_to_json
from loadmon.show import risk_data
from loadmon.store import Store, Viewer, risk_fits
from tests.cli.conftest import Command

PASSED = (Check("null world, AUC", 0.5, 0.47, 0.53, "Nothing is found."),)
WORLD = club_world(2, runners=40, weeks=36)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, store: Store) -> Store:
    """A club's rows without its files, and an audit whose own tests are elsewhere."""
    monkeypatch.setattr(report, "audited", lambda worlds, prior=None, tell=None: PASSED)
    monkeypatch.setattr(risk_data, "club_record", lambda store, viewer, at, kept=None: None)
    monkeypatch.setattr("loadmon.risk.design.weekly_design", lambda record, prior=None: WORLD.design)
    return store


def test_a_fit_is_judged_kept_and_used_only_if_it_is_no_worse(loadmon: Command, quick: Store) -> None:
    said = loadmon("risk", "fit", "--no-trees", "--json")
    told = json.loads(said.out)
    assert said.code == (0 if told["adopt"] else 3)
    assert {one["split"] for one in told["judged"]} == {"runners kept whole", "forward in time"}
    assert {one["recipe"] for one in told["judged"]} >= {
        "base rate",
        "the runner's own rate",
        "previous injury alone",
        "spike rule",
    }
    with quick.read() as conn:
        (kept,) = risk_fits.kept_fits(conn, Viewer.everyone())
    assert (kept.id, kept.adopted) == (told["fit"], told["adopt"])
    assert kept.fit.basis.injuries == WORLD.design.outcome.sum()
    again = loadmon("risk", "fit", "--no-trees")
    assert again.code in (0, 3)
    assert "Only 0 new injuries since the adopted fit" in again.out if kept.adopted else "Kept" in again.out


def test_without_injuries_it_says_what_to_do(loadmon: Command, store: Store) -> None:
    said = loadmon("risk", "fit")
    assert said.code == 1
    assert "There are 0 new injuries of 0 runners" in said.err
    assert "Write injuries down" in said.err
    with store.read() as conn:
        assert risk_fits.kept_fits(conn, Viewer.everyone()) == []


def test_an_audit_that_does_not_pass_ends_in_3(loadmon: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "audited", lambda worlds, prior=None, tell=None: PASSED)
    said = loadmon("risk", "audit", "--worlds", "1")
    assert (said.code, said.out) == (0, "  passed: null world, AUC 0.500 (has to be 0.47 to 0.53)\n")
    failed = (*PASSED, Check("a canary", 0.6, 0.75, 1.0, ""))
    monkeypatch.setattr(report, "audited", lambda worlds, prior=None, tell=None: failed)
    said = loadmon("risk", "audit", "--json")
    assert said.code == 3
    assert [one["passed"] for one in json.loads(said.out)["checks"]] == [True, False]


def test_a_foreign_file_is_refused_by_name(loadmon: Command, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    said = loadmon("risk", "check", other)
    assert (said.code, said.out) == (1, "")
    assert "none of the public files" in said.err
    assert loadmon("risk", "check", tmp_path / "gone.csv").code == 1
    assert loadmon("risk", "check", tmp_path).code == 1


def test_the_card(loadmon: Command, store: Store, tmp_path: Path) -> None:
    said = loadmon("risk", "card")
    assert said.code == 0
    assert said.out.startswith("# Model card")
    file = tmp_path / "card.md"
    assert loadmon("risk", "card", "--output", file).code == 0
    assert file.read_text(encoding="utf-8") == said.out.removesuffix("\n")
    assert json.loads(loadmon("risk", "card", "--json").out)["badge"] == "literature only"
    assert loadmon("risk", "card", "--output", tmp_path / "no" / "card.md").code == 1


def test_a_fit_goes_to_a_file_and_into_use_and_back(loadmon: Command, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "fit.json"
    said = loadmon("risk", "export", file)
    assert said.code == 1
    assert "No club's fit is in use" in said.err
    made = replace(literature_fit(), basis=Basis(31, 9, 900, "2025-01-06", "2026-01-05", 0.03))
    report = {"version": 1, "verdict": "Adopted."}
    with store.write() as conn:
        number = risk_fits.keep_fit(conn, Viewer.everyone(), made, report, adopt=False)
    assert loadmon("risk", "export", file, "--fit", "99").code == 1
    told = json.loads(loadmon("risk", "export", file, "--fit", str(number), "--json").out)
    assert told["badge"] == "informed by 31 injuries of this club"
    assert file.read_text(encoding="utf-8") == fit_to_json(made)

    other = fit_to_json(replace(made, basis=replace(made.basis, injuries=40)))
    file.write_text(other, encoding="utf-8")
    said = loadmon("risk", "use", file)
    assert said.out.startswith("In use: informed by 40 injuries of another club. It is kept as fit 2.")
    card = loadmon("risk", "card").out
    assert "Another club's own log: 40 new injuries" in card
    assert "Brought as a file" in card
    assert "this club" in json.loads(loadmon("risk", "use", str(number), "--json").out)["badge"]
    assert "In use: literature only." in loadmon("risk", "use", "literature").out

    file.write_text(other.replace("40", "41"), encoding="utf-8")
    said = loadmon("risk", "use", file)
    assert (said.code, said.out) == (1, "")
    assert "changed since it was written" in said.err
    assert loadmon("risk", "use", tmp_path / "gone.json").code == 1
    assert loadmon("risk", "use", "7").code == 1
    with store.read() as conn:
        assert not risk_fits.adopted_fit(conn, Viewer.everyone()).from_club
        assert len(risk_fits.kept_fits(conn, Viewer.everyone())) == 2
