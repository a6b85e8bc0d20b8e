"""The page Injury estimate shows the pure functions' words after the facts, and says why where it has nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import update

from loadmon.injury import Injury
from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.risk.fit import literature_fit
from loadmon.risk.report import Made
from loadmon.risk.told import headline, one_in, quiet_line
from loadmon.risk.verdict import Verdict
from loadmon.show import risk_club, risk_data, state
from loadmon.show.risk_club import SQUAD_ONLY, diary_sentence
from loadmon.show.risk_state import diary
from loadmon.store import Viewer, check_ins, injury_record, risk_fits
from loadmon.store.schema import RiskFitRow
from tests.made_team import STEADY
from tests.pages.conftest import NOW, Open, well, words


def _number(name: str) -> int:
    return next(one.id for one in state.athletes() if one.name == name)


def test_the_figure_stands_after_the_facts_with_its_range(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    number = _number(STEADY)
    at = open_page("risk.py", athlete=str(number))
    found = words(at)
    told = risk_data.estimates_of(risk_data.record_of(state.store(), state.viewer(), NOW, [number]), literature_fit())[
        number
    ]
    assert told.low is not None
    assert told.middle is not None
    assert told.high is not None
    assert f"about {one_in(told.middle)}" in found
    assert f"range {one_in(told.low)} to {one_in(told.high)}" in found
    assert "literature only" in found
    headings = [one.value for one in at.header]
    assert headings[:2] == ["First what was seen", "The estimate"]
    week = words(open_page("week.py", athlete=str(number)))
    assert quiet_line(told) in week
    assert week.index("weeks") < week.index(quiet_line(told))
    assert headline(told) not in words(open_page("squad.py"))


def test_a_fit_without_injuries_says_what_is_lacking(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    at = open_page("risk.py", athlete=str(_number(STEADY)))
    button = next(one for one in at.button if one.label == "Fit to this club's diary now")
    found = words(well(button.click().run()))
    assert "There are 0 new injuries of 0 runners" in found
    toggle = next(one for one in at.toggle if one.key == "risk-diary")
    looked = words(well(toggle.set_value(True).run()))
    assert diary_sentence(diary(5)) in looked


def test_a_fit_that_cannot_be_kept_says_so(
    home: Callable[..., object], open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("team")
    known = literature_fit()
    mean = known.posterior.mean.copy()
    mean[0] = np.nan
    broken = replace(known, posterior=replace(known.posterior, mean=mean))
    made = Made(broken, {"version": 1, "verdict": "Adopted."}, Verdict(True, "Adopted.", ()))
    monkeypatch.setattr(risk_club, "fit_and_judge", lambda *args, **more: made)
    at = open_page("risk.py", athlete=str(_number(STEADY)))
    button = next(one for one in at.button if one.label == "Fit to this club's diary now")
    found = words(well(button.click().run()))
    assert "This fit holds a number that is none. Fit anew." in found.replace("**", "")
    assert "Adopted." not in found
    with state.store().read() as conn:
        assert risk_fits.kept_fits(conn, state.viewer()) == []


def test_a_runner_sees_their_own_estimate_and_nothing_of_the_club(
    home: Callable[..., object], open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    home("team")
    number = _number(STEADY)
    with state.store().write() as conn:
        answers = {"participation": 2, "volume": 2, "performance": 1, "symptoms": 2}
        check_ins.add_check_in(
            conn, state.viewer(), CheckIn(number, NOW.date(), PROBLEM, answers, "shin"), today=NOW.date()
        )
    monkeypatch.setattr(state, "viewer", lambda: Viewer.runner(number))
    at = open_page("risk.py", athlete=str(number))
    found = words(at)
    assert "about 1 in" in found
    assert "Warning sign, apart from the estimate" in found
    assert "A complaint was told on 17 May 2026: Shin:" in found
    assert SQUAD_ONLY in found
    assert not [one for one in at.button if one.label.startswith("Fit to")]
    assert not [one for one in at.toggle if one.key == "risk-diary"]
    headings = [one.value for one in at.header]
    assert "Its record in this club" not in headings
    assert "Alarm diary" not in headings


def test_a_damaged_fit_leaves_my_week_standing(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    number = _number(STEADY)
    with state.store().write() as conn:
        risk_fits.keep_fit(conn, state.viewer(), literature_fit(), {"version": 1, "verdict": ""}, adopt=True)
        conn.execute(update(RiskFitRow).values(fit="{}"))
    assert "this club's fit is damaged and is not used" in words(open_page("week.py", athlete=str(number)))
    assert "Damaged, and left out below: fit 1" in words(open_page("risk.py", athlete=str(number)))


def test_an_open_injury_is_told_apart_and_ends_the_estimate(home: Callable[..., object], open_page: Open) -> None:
    home("team")
    number = _number(STEADY)
    with state.store().write() as conn:
        injury = Injury(number, NOW.date() - timedelta(days=3), None, "shin")
        injury_record.add_injury(conn, state.viewer(), injury)
    found = words(open_page("risk.py", athlete=str(number)))
    assert "Warning sign, apart from the estimate" in found
    assert "the return is what counts now" in found
    assert "about 1 in" not in found
