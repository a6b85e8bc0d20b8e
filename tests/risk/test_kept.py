"""A fit goes into its file and back without losing a bit, and nothing but such a file is taken."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.risk import kept
from loadmon.risk.fit import Basis, Fit, literature_fit
from loadmon.risk.kept import UnusableFit, brought_fit, fit_from_json, fit_to_json
from loadmon.risk.laplace import Posterior


def _any_fit(seed: int = 1) -> Fit:
    random = np.random.default_rng(seed)
    base = literature_fit()
    size = len(base.names) + 1
    root = random.normal(size=(size, size)) / 7.0
    covariance = root @ root.T + 1e-3 * np.eye(size)
    weight = random.dirichlet(np.ones(12)).reshape(4, 3)
    posterior = Posterior(random.normal(size=size) / 3.0, 0.5 * (covariance + covariance.T), weight)
    return Fit(
        base.names, base.centre, base.scale, posterior, base.basis, base.prior_version, base.prior_fingerprint,
        {"auc": 0.1 + 0.2},
    )  # fmt: skip


@pytest.mark.parametrize("fit", [literature_fit(), *(_any_fit(seed) for seed in range(5))])
def test_to_the_last_bit(fit: Fit) -> None:
    text = fit_to_json(fit)
    back = fit_from_json(text)
    assert fit_to_json(back) == text
    for mine, theirs in zip(
        (fit.posterior.mean, fit.posterior.covariance, fit.posterior.weight, fit.centre, fit.scale),
        (back.posterior.mean, back.posterior.covariance, back.posterior.weight, back.centre, back.scale),
        strict=True,
    ):
        assert mine.tobytes() == theirs.tobytes()
    assert (back.names, back.basis, back.record) == (fit.names, fit.basis, fit.record)
    assert len(text) < 20_000


def _signed(change: Callable[[dict[str, Any]], Any]) -> str:
    """A file with a change in it and a fingerprint that agrees: the checks behind the fingerprint have to see it."""
    held = json.loads(fit_to_json(_any_fit()))
    del held["fingerprint"]
    change(held)
    return json.dumps(held | {"fingerprint": kept._fingerprint(held)})


CHANGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a coefficient that is none": lambda held: held["mean"].__setitem__(0, math.nan),
    "an endless one": lambda held: held["mean"].__setitem__(0, math.inf),
    "one too few": lambda held: held["mean"].pop(),
    "a word": lambda held: held["centre"].__setitem__(0, "none"),
    "yes for a number": lambda held: held["scale"].__setitem__(0, True),
    "a scale of 0": lambda held: held["scale"].__setitem__(0, 0.0),
    "a row short": lambda held: held["covariance"].pop(),
    "a spread below 0": lambda held: held["covariance"][0].__setitem__(0, -1.0),
    "a covariance that is none": lambda held: held["covariance"][1].__setitem__(0, 99.0),
    "the same feature twice": lambda held: held["features"].__setitem__(1, held["features"][0]),
    "no features": lambda held: held.update(features=[]),
    "trust of 2": lambda held: held["trust"][0].__setitem__(0, 2.0),
    "trust in no shape": lambda held: held.update(trust=[[1.0], []]),
    "half an injury": lambda held: held["basis"].update(injuries=0.5),
    "fewer than none": lambda held: held["basis"].update(rows=-1),
    "a number beyond all": lambda held: held["mean"].__setitem__(0, 10**400),
    "a rate beyond all": lambda held: held["basis"].update(rate=10**400),
    "rows beyond all": lambda held: held["basis"].update(rows=10**400),
    "more injuries than weeks": lambda held: held["basis"].update(injuries=held["basis"]["rows"] + 1),
    "more runners than weeks": lambda held: held["basis"].update(runners=held["basis"]["rows"] + 1),
    "a day that is none": lambda held: held["basis"].update(first="2025-02-30", last="2025-03-01"),
    "one day of two": lambda held: held["basis"].update(first="2025-02-01", last=None),
    "days the wrong way round": lambda held: held["basis"].update(first="2025-02-02", last="2025-02-01"),
    "a rate of 3": lambda held: held["basis"].update(rate=3.0),
    "a record of words": lambda held: held.update(record={"auc": "fine"}),
    "something unknown": lambda held: held.update(code="import os"),
    "something missing": lambda held: held.pop("scale"),
    "another version": lambda held: held.update(version=2),
    "another kind": lambda held: held.update(kind="pickle"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_cannot_be_a_fit_is_refused(change: Callable[[dict[str, Any]], Any]) -> None:
    with pytest.raises(UnusableFit):
        fit_from_json(_signed(change))


def test_a_number_changed_by_hand_is_seen() -> None:
    held = json.loads(fit_to_json(_any_fit()))
    held["mean"][3] += 1e-15
    with pytest.raises(UnusableFit, match="fingerprint"):
        fit_from_json(json.dumps(held))


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", "\x80\x04cos\nsystem", "{" * 5000, "x" * 2_000_000])
def test_foreign_bytes_are_refused(text: str) -> None:
    with pytest.raises(UnusableFit):
        fit_from_json(text)


def _of_a_club(**more: Any) -> Fit:
    return replace(literature_fit(), basis=Basis(31, 9, 900, "2025-01-06", "2026-01-05", 0.03), **more)


def test_another_clubs_fit_says_that_it_is_anothers() -> None:
    fit = _of_a_club()
    assert fit.badge == "informed by 31 injuries of this club"
    back = brought_fit(fit_to_json(fit).encode())
    assert back.badge == "informed by 31 injuries of another club"
    assert brought_fit(fit_to_json(back).encode()).badge == back.badge
    assert back.posterior.mean.tobytes() == fit.posterior.mean.tobytes()


def _far(place: int) -> Posterior:
    known = literature_fit().posterior
    mean = known.mean.copy()
    mean[place] = -1e3
    return replace(known, mean=mean)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\xfe", "no text"),
        (fit_to_json(_of_a_club()).encode()[:-30], "cut short"),
        (fit_to_json(_of_a_club()).replace('"injuries": 31', '"injuries": 30').encode(), "changed since"),
        (fit_to_json(literature_fit()).encode(), "literature alone"),
        (fit_to_json(_of_a_club(prior_fingerprint="0" * 64)).encode(), "other features or priors"),
        (fit_to_json(_of_a_club(names=tuple(f"f{n}" for n in range(23)))).encode(), "other features or priors"),
        (fit_to_json(_of_a_club(centre=literature_fit().centre + 1.0)).encode(), "in another way"),
        (fit_to_json(_of_a_club(posterior=_far(0))).encode(), "no injuries could have taught"),
    ],
)
def test_what_another_club_could_not_have_written_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(UnusableFit, match=why):
        brought_fit(content)


@given(st.integers(0, 5000), st.characters(codec="ascii"))
def test_any_damage_is_refused_or_changes_nothing(at: int, letter: str) -> None:
    text = fit_to_json(_WHOLE)
    damaged = text[: at % len(text)] + letter + text[at % len(text) + 1 :]
    with contextlib.suppress(UnusableFit):
        assert fit_to_json(fit_from_json(damaged)) == text


_WHOLE = _any_fit()
