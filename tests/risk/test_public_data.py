"""Public files are known by their bytes; columns and hole are read as they are; nothing else is taken for them."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pandas as pd
import pytest

from loadmon.risk import public_data
from loadmon.risk.card import external_check, model_card
from loadmon.risk.event_file import DamagedData, day_features
from loadmon.risk.event_frame import event_rows
from loadmon.risk.fit import literature_fit
from loadmon.risk.public_data import DAY, WU, Known, NotAsPublished, UnknownData, check_data, recognised
from loadmon.risk.ranking import auc, auc_within
from loadmon.risk.recipes import scored
from loadmon.risk.soccermon import COLUMNS, HISTORY, LOAD, WELLNESS, only, soccermon_design
from loadmon.risk.soccermon_table import OWN_WELLNESS, UNFITTED
from tests.bench.soccermon_check import bounds
from tests.paths import cohort


def _day_file(columns: int = 7) -> bytes:
    """A made file in the layout of the day file: the newest of the seven days has the suffix .6."""
    world = event_rows(3, signal=False, athletes=30, days=400)
    random = np.random.default_rng(1)
    days = random.gamma(2.0, 4.0, (len(world.label), 7))
    days[:, 6] = 20.0 + world.features[:, 0]  # the day before the event can be told from the others
    names = ["total km", *(f"total km.{place}" for place in range(1, columns))]
    table = pd.DataFrame(days[:, :columns], columns=names)
    table["Athlete ID"], table["injury"], table["Date"] = world.athlete, world.label.astype(int), world.day
    return table.to_csv(index=False).encode()


def _as_known(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    mark = "sha256:" + hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(public_data, "KNOWN", {mark: Known(DAY, "a made day file")})


def test_any_other_bytes_are_unknown() -> None:
    for content in (b"", b"Athlete ID,injury,Date\n1,0,3\n", _day_file()):
        with pytest.raises(UnknownData):
            recognised(content)


def test_fingerprints_of_both_kinds_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"hello\n"
    monkeypatch.setattr(public_data, "KNOWN", {"git:ce013625030ba8dba906f756967f9e9ca394464a": Known(DAY, "hello")})
    assert recognised(content).title == "hello"  # git hash-object says the same


def test_the_newest_day_is_the_last_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.read_csv(io.BytesIO(_day_file()))
    newest = day_features(table)[:, 3]
    assert np.corrcoef(newest, table["total km.6"])[0, 1] > 0.99  # but for the few that are cut at four steps
    with pytest.raises(DamagedData, match="7 days"):
        day_features(table.drop(columns="total km.4"))


def test_strict_results_stand_beside_the_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _day_file()
    _as_known(monkeypatch, content)
    found = check_data(content)
    strict, own, gap = found.lines
    assert strict.auc.low < 0.55  # nothing is to be found in a null world
    assert gap.auc.value > 0.95
    assert gap.words == "a leak"
    assert own.auc.value < 0.65
    assert [check.passed for check in found.controls] == [True]
    assert any("suffix .6 are the day before" in note for note in found.notes)
    assert any("21 days before the injury" in note for note in found.notes)


def _visit_file(**names: str) -> bytes:
    """Four rows a person, alike but for noise, labelled by the person; by nothing in the numbers."""
    random = np.random.default_rng(4)
    person = np.repeat(np.arange(120), 4)
    values = random.normal(size=(120, 39))[person] + 0.1 * random.normal(size=(480, 39))
    table = pd.DataFrame(values, columns=[f"x{n}" for n in range(39)])
    table[names.get("person", "Participant ID")] = person
    table[names.get("label", "Injured")] = random.integers(0, 2, 120)[person]
    return table.to_csv(index=False).encode()


def test_rows_of_one_person_are_kept_together_beside_what_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _visit_file()
    mark = "sha256:" + hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(public_data, "KNOWN", {mark: Known(WU, "a made file of visits", 39)})
    found = check_data(content)
    strict, rows, who = found.lines
    assert (found.rows, found.runners) == (480, 120)
    assert strict.auc.low < 0.55
    assert rows.auc.value > strict.auc.value + 0.1
    assert who.auc.value > 0.9
    assert {rows.words, who.words} == {"a leak"}
    monkeypatch.setattr(public_data, "KNOWN", {mark: Known(WU, "a made file of visits", 257)})
    with pytest.raises(DamagedData, match="was published with 257"):
        check_data(content)


def test_whose_a_row_is_is_never_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    content = _visit_file(person="c1", label="c2")
    mark = "sha256:" + hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(public_data, "KNOWN", {mark: Known(WU, "a made file of visits", 39)})
    found = check_data(content)
    assert found.lines == ()
    assert any("That is not guessed" in note for note in found.notes)


def test_soccermon_by_the_literature_alone() -> None:
    """Nothing is fitted: who was hurt before is hurt again, and of when it tells nothing."""
    content = cohort("soccermon_team_a.csv").read_bytes()
    assert recognised(content).kind == public_data.SOCCERMON
    shipped = {one["features"]: one for one in external_check()["lines"] if one["protocol"] == UNFITTED}  # type: ignore[index]
    rows = soccermon_design(content)
    assert len(rows) == external_check()["rows"]  # type: ignore[index]
    for name, names in (("all", LOAD + WELLNESS + HISTORY), ("load", LOAD), ("wellness", WELLNESS)):
        score = scored(literature_fit(), only(rows, names))
        line = shipped[f"literature only: {name}"]
        assert auc(score, rows.outcome) == pytest.approx(line["auc"], abs=0.002)
        assert auc_within(score, rows.outcome, rows.athlete) == pytest.approx(line["within"], abs=0.002)


def test_the_figures_on_soccermon_are_those_of_the_specification_and_could_be_others() -> None:
    lines = external_check()["lines"]  # type: ignore[index]
    assert [name for name, figure, low, high in bounds(lines) if not low <= figure <= high] == []
    # a literature that tells nothing, and random rows that leak nothing
    flat = [{**one, "auc": 0.5} for one in lines]
    assert len([name for name, figure, low, high in bounds(flat) if not low <= figure <= high]) > 8


def test_what_wellness_tells_is_who() -> None:
    """Against a player's own usual, as a runner's is told, nothing is left of it."""
    own = {one["features"]: one["auc"] for one in external_check()["lines"]}  # type: ignore[index]
    assert own[f"literature only: {OWN_WELLNESS}"] < 0.5 < own["literature only: wellness"]


def test_the_card_holds_the_whole_model_and_its_limits() -> None:
    fit = literature_fit()
    card = model_card(fit)
    assert "literature only" in card
    assert "no diagnosis" in card
    assert all(f"`{name}`" in card for name in fit.names)
    assert "random rows (leaks)" in card
    assert "SoccerMon" in card
    assert "None in this club" in card


def test_a_public_file_with_a_line_missing_is_not_as_published() -> None:
    for heads in (COLUMNS, ("Athlete ID", "Date", "injury", "total km")):
        with pytest.raises(NotAsPublished, match="not as published"):
            recognised(",".join(heads).encode() + b"\n1,2,3\n")
    with pytest.raises(UnknownData):
        recognised(b"a,b\n1,2\n")
