"""The form for what was seen in how a runner runs: noted, refused in words, ended, taken back and put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from loadmon.finding import Finding
from loadmon.show import state
from loadmon.show.findings import ALWAYS, NEW
from loadmon.store import findings as rows
from tests.made_team import STEADY
from tests.pages.conftest import Open, well, words
from tests.pages.test_runner import PAGE, TODAY, box, press, who

Home = Callable[[str], object]


def noted() -> list[Finding]:
    with state.store().read() as conn:
        return list(rows.findings(conn, state.viewer(), [who(STEADY).id]).values())


def note(
    at: AppTest,
    kind: str,
    *,
    by: str = "Dr Osei",
    day: date | None = TODAY,
    degrees: float | None = None,
    since: str | None = NEW,
) -> AppTest:
    box(at, "selectbox", "What was seen").set_value(kind)
    at = well(at.run())
    box(at, "text_input", "Seen by").set_value(by)
    box(at, "date_input", "Seen on").set_value(day)
    if kind != "trunk_flexion_change_deg":
        box(at, "button_group", "Since when?").set_value(since)
    if degrees is not None:
        box(at, "number_input", "Degrees").set_value(degrees)
    return press(at, "Note it")


def test_a_finding_is_noted_ended_taken_back_and_each_undone(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=str(who(STEADY).id))
    assert "Nothing noted so far." in words(at)
    at = note(at, "pelvic_drop", day=TODAY - timedelta(days=9), degrees=7.0)
    assert "Hip drop, 7°: new, seen 8 May 2026 (by Dr Osei)" in words(at)
    assert "No number, but a wider interval" in words(at)
    assert [(one.kind, one.value, one.until) for one in noted()] == [("pelvic_drop", 7.0, None)]
    at = press(at, "Gone since today")
    assert noted()[0].until == TODAY
    assert "gone since 17 May 2026" in words(at)
    at = press(at, "Undo")
    assert noted()[0].until is None
    at = press(at, "Take back")
    assert noted() == []
    at = press(at, "Undo")
    assert len(noted()) == 1
    at = note(at, "forefoot")
    assert len(noted()) == 2
    press(at, "Undo")
    assert [one.kind for one in noted()] == ["pelvic_drop"]


def test_what_cannot_be_is_refused_in_words_and_nothing_is_kept(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(PAGE, athlete=str(who(STEADY).id))
    at = note(at, "pelvic_drop", degrees=90.0)
    assert "**“hip drop” is told in degrees from 0 to 45.**" in words(at)
    assert box(at, "number_input", "Degrees").value == 90.0
    at = note(at, "forefoot", by=" ")
    assert "**Nobody is named who saw this.**" in words(at)
    at = note(at, "forefoot", day=TODAY + timedelta(days=2))
    assert "**The day on which it was seen lies ahead.**" in words(at)
    at = note(at, "forefoot", day=None)
    assert "**The day has been left empty.**" in words(at)
    at = note(at, "trunk_flexion_change_deg")
    assert "**How far the trunk leans was left open.**" in words(at)
    at = note(at, "forefoot", since=None)
    assert "**Since when it is so has been left open.**" in words(at)
    assert noted() == []
    at = note(at, "forefoot")
    assert len(noted()) == 1
    at = note(at, "forefoot")
    assert "**This is noted for that day already.**" in words(at)
    at = note(at, "rearfoot", since=ALWAYS)
    assert "is noted for the same days, and both cannot be." in words(at)
    assert len(noted()) == 1


def test_what_may_always_have_been_so_is_kept_and_changes_nothing(home: Home, open_page: Open) -> None:
    home("team")
    at = note(open_page(PAGE, athlete=str(who(STEADY).id)), "pelvic_drop", degrees=7.0, since=ALWAYS)
    assert [one.always for one in noted()] == [True]
    assert "may always have been so, seen 17 May 2026" in words(at)
    assert "Changes no number" in words(at)
