"""Every fit is kept, one is in use, and who does not see the whole squad makes and lists none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select, update

from loadmon.refusal import NotFound
from loadmon.risk.fit import Basis, Fit, literature_fit
from loadmon.risk.kept import UnusableFit, fit_to_json
from loadmon.store import Role, Store, Viewer, risk_fits
from loadmon.store.schema import RiskFitRow

EVERYONE = Viewer.everyone()
REPORT = {"version": 1, "verdict": "Adopted"}


def _fit(injuries: int) -> Fit:
    return replace(literature_fit(), basis=Basis(injuries, 9, 900, "2025-01-06", "2025-06-02", 0.02))


def test_the_literature_is_in_use_before_any_fit(store: Store) -> None:
    with store.read() as conn:
        assert risk_fits.adopted_fit(conn, Viewer.runner(1)).badge == "literature only"
        assert risk_fits.kept_fits(conn, EVERYONE) == []


def test_each_is_kept_and_one_is_in_use(store: Store) -> None:
    with store.write() as conn:
        first = risk_fits.keep_fit(conn, EVERYONE, _fit(12), REPORT, adopt=True)
        second = risk_fits.keep_fit(conn, EVERYONE, _fit(20), REPORT, adopt=False)
        third = risk_fits.keep_fit(conn, EVERYONE, _fit(31), REPORT, adopt=True)
    with store.read() as conn:
        kept = risk_fits.kept_fits(conn, EVERYONE)
        assert [(one.id, one.adopted, one.fit.basis.injuries) for one in kept] == [
            (third, True, 31), (second, False, 20), (first, False, 12),
        ]  # fmt: skip
        np.testing.assert_array_equal(kept[0].fit.posterior.covariance, literature_fit().posterior.covariance)
        assert risk_fits.adopted_fit(conn, Viewer.runner(1)).badge == "informed by 31 injuries of this club"
    with store.write() as conn:
        risk_fits.adopt_fit(conn, EVERYONE, first)
    with store.read() as conn:
        assert risk_fits.adopted_fit(conn, EVERYONE).basis.injuries == 12
    with store.write() as conn:
        risk_fits.adopt_fit(conn, EVERYONE, None)
    with store.read() as conn:
        assert not risk_fits.adopted_fit(conn, EVERYONE).from_club
        assert len(risk_fits.kept_fits(conn, EVERYONE)) == 3


@pytest.mark.parametrize("viewer", [Viewer.runner(1), Viewer(Role.COACH, frozenset({1, 2}))])
def test_only_who_sees_everyone(store: Store, viewer: Viewer) -> None:
    with store.write() as conn:
        number = risk_fits.keep_fit(conn, EVERYONE, _fit(12), REPORT, adopt=False)
        with pytest.raises(NotFound):
            risk_fits.keep_fit(conn, viewer, _fit(12), REPORT, adopt=True)
        with pytest.raises(NotFound):
            risk_fits.adopt_fit(conn, viewer, number)
        with pytest.raises(NotFound):
            risk_fits.bring_fit(conn, viewer, fit_to_json(_fit(12)).encode())
        with pytest.raises(NotFound):
            risk_fits.kept_fit(conn, viewer, number)
        assert risk_fits.kept_fits(conn, viewer) == []


def test_a_number_that_is_not_there(store: Store) -> None:
    with store.write() as conn, pytest.raises(NotFound):
        risk_fits.adopt_fit(conn, EVERYONE, 99)


def test_another_clubs_fit_is_kept_once_and_can_be_gone_back_from(store: Store) -> None:
    content = fit_to_json(_fit(44)).encode()
    with store.write() as conn:
        own = risk_fits.keep_fit(conn, EVERYONE, _fit(12), REPORT, adopt=True)
        brought = risk_fits.bring_fit(conn, EVERYONE, content)
        assert risk_fits.adopted_fit(conn, Viewer.runner(1)).badge == "informed by 44 injuries of another club"
        risk_fits.adopt_fit(conn, EVERYONE, own)
        assert risk_fits.adopted_fit(conn, EVERYONE).basis.injuries == 12
        assert risk_fits.bring_fit(conn, EVERYONE, content) == brought
        # what this club wrote itself is its own still
        assert risk_fits.bring_fit(conn, EVERYONE, fit_to_json(_fit(12)).encode()) == own
        assert risk_fits.adopted_fit(conn, EVERYONE).badge == "informed by 12 injuries of this club"
        assert [one.id for one in risk_fits.kept_fits(conn, EVERYONE)] == [brought, own]
        with pytest.raises(UnusableFit):
            risk_fits.bring_fit(conn, EVERYONE, content[:-1])
        assert risk_fits.kept_fit(conn, EVERYONE, own).adopted


def test_a_fit_of_other_priors_is_not_used(store: Store) -> None:
    with store.write() as conn:
        risk_fits.keep_fit(conn, EVERYONE, replace(_fit(12), prior_fingerprint="other"), REPORT, adopt=True)
        assert not risk_fits.adopted_fit(conn, EVERYONE).from_club


def test_a_row_changed_by_hand_is_not_used_and_hides_nothing(store: Store) -> None:
    with store.write() as conn:
        number = risk_fits.keep_fit(conn, EVERYONE, _fit(12), REPORT, adopt=True)
        other = risk_fits.keep_fit(conn, EVERYONE, _fit(20), REPORT, adopt=False)
        text = conn.execute(select(RiskFitRow.fit).where(RiskFitRow.id == number)).scalar_one()
        changed = text.replace('"injuries": 12', '"injuries": 99')
        conn.execute(update(RiskFitRow).where(RiskFitRow.id == number).values(fit=changed))
        used = risk_fits.adopted_fit(conn, Viewer.runner(1))
        assert not used.from_club
        assert used.badge == "literature only: this club's fit is damaged and is not used"
        assert [one.id for one in risk_fits.kept_fits(conn, EVERYONE)] == [other]
        assert risk_fits.damaged_fits(conn, EVERYONE) == [number]
        assert risk_fits.damaged_fits(conn, Viewer.runner(1)) == []
