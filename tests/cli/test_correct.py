"""``loadmon correct``: the same as the session's page, in words and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from loadmon.cli.written import channel_of, metres_of, seconds_of
from loadmon.refusal import Refusal
from tests.cli.conftest import Command
from tests.intake import made
from tests.intake.test_correct import spiked_tcx


@pytest.fixture
def session(loadmon: Command, tmp_path: Path) -> str:
    """A store with one run of ten minutes and one whose heart rate jumps; the run's number."""
    made.lay(tmp_path / "team", {"Anna/a.fit": made.fit(n=601), "Anna/b.tcx": spiked_tcx()})
    assert loadmon("import", tmp_path / "team").code == 0
    return "1"


def told(loadmon: Command, *words: str) -> dict[str, Any]:
    said = loadmon("correct", *words, "--json")
    assert (said.code, said.err) == (0, ""), said
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_a_session_is_cropped_listed_taken_back_and_put_back(loadmon: Command, session: str) -> None:
    before = told(loadmon, session)
    assert before["corrections"] == before["suggested"] == before["taken_back"] == []
    after = told(loadmon, session, "crop", "1:00", "0:06:00", "--why", "drove home")
    assert after["timer_s"] == pytest.approx(300)
    (one,) = after["corrections"]
    assert (one["kind"], one["params"], one["reason"]) == ("crop", {"from_s": 60.0, "to_s": 360.0}, "drove home")
    said = loadmon("correct", session)
    assert said.out.startswith("Session 1: run of Anna, ")
    assert (
        f"Put right, number {one['number']}: Only the part from 1:00 to 6:00 counts (by hand: drove home)" in said.out
    )
    back = told(loadmon, session, "take-back", str(one["number"]))
    assert back["timer_s"] == before["timer_s"] and back["distance_m"] == before["distance_m"]
    assert [gone["number"] for gone in back["taken_back"]] == [one["number"]]
    assert told(loadmon, session, "put-back", str(one["number"]))["timer_s"] == pytest.approx(300)


@pytest.mark.parametrize(
    ("words", "kind", "changed"),
    [
        (["crop", "start", "5:00"], "crop", lambda t: t["timer_s"] == 300),
        (["pause", "100", "200"], "pause", lambda t: t["timer_s"] == pytest.approx(500)),
        (["distance", "2.5km"], "distance", lambda t: t["distance_m"] == pytest.approx(2500)),
        (["zone", "Pacific/Kiritimati"], "clock", lambda t: True),
        (["began", "2024-02-29T23:30:00"], "clock", lambda t: t["local_day"] == "2024-02-29"),
        (["without", "heart rate"], "channel left out", lambda t: True),
        (["load", "80", "--why", "race"], "load", lambda t: True),
    ],
)
def test_everything_that_can_be_put_right(
    loadmon: Command, session: str, words: list[str], kind: str, changed: Any
) -> None:
    found = told(loadmon, session, *words)
    assert [one["kind"] for one in found["corrections"]] == [kind]
    assert changed(found)


def test_the_whole_session_is_left_out_and_let_in(loadmon: Command, session: str) -> None:
    assert told(loadmon, session, "exclude", "the dog wore it")["excluded"] == "the dog wore it"
    assert "Left out of every sum: the dog wore it" in loadmon("correct", session).out
    assert told(loadmon, session, "include")["excluded"] is None


def test_what_a_rule_did_is_listed_and_what_it_suggests_is_applied_or_not(
    loadmon: Command, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_rule = told(loadmon, "2")["corrections"]
    assert [one["made_by"] for one in by_rule] == ["rule"]
    from loadmon.correction import Correction, CorrectionKind, MadeBy
    from loadmon.intake import correct

    offered = [Correction(CorrectionKind.CROP, {"to_s": 400.0}, "It was not stopped.", MadeBy.RULE)]
    monkeypatch.setattr(correct, "suggestions", lambda session: offered)
    assert "Suggested 1: Only the part from 0:00 to 6:40 counts. It was not stopped." in loadmon("correct", session).out
    refused = loadmon("correct", session, "apply", "2")
    assert refused.code == 1 and "There are 1 suggestions for this session." in refused.err
    assert told(loadmon, session, "apply", "1")["corrections"][0]["made_by"] == "person"
    assert told(loadmon, "2", "decline", "1")["suggested"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99"], "There is no such session here."),
        (["1", "crop", "a", "b"], "“a” is no moment."),
        (["1", "crop", "5:00", "1:00"], "The end lies before the beginning."),
        (["1", "distance", "far"], "“far” is no distance."),
        (["1", "distance", "400km"], "Nobody runs 400.00 km"),
        (["1", "zone", "Europe/Atlantis"], "There is no time zone called"),
        (["1", "without", "mood"], "There is no channel called “mood”."),
        (["1", "load", "-5"], ""),
        (["1", "take-back", "77"], "There is no such correction here."),
        (["1", "take-back", "1"], "There is no such correction here."),  # it is another session's
        (["1", "exclude", " "], "A session is left out for a reason."),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(loadmon: Command, session: str, words: list[str], said: str) -> None:
    found = loadmon("correct", *words)
    assert found.code in (1, 2) and said in " ".join(found.err.split())
    assert "Traceback" not in found.err + found.out


def test_as_people_write_it() -> None:
    assert [seconds_of(words) for words in ("90", "12:30", "1:05:30", "0:00:01.5")] == [90, 750, 3930, 1.5]
    assert [metres_of(words) for words in ("10", "10,5 km", "1mi", "400m")] == [10_000, 10_500, 1609.344, 400]
    assert [channel_of(words) for words in ("Heart-Rate", "heart_rate_bpm", "position", "app:x")] == [
        "heart_rate_bpm", "heart_rate_bpm", "position", "app:x",
    ]  # fmt: skip
    for parse, words in ((seconds_of, "1:2:3:4"), (seconds_of, ""), (metres_of, "-3km"), (channel_of, "")):
        with pytest.raises(Refusal):
            parse(words)
