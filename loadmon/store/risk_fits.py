"""Fits of the injury-risk model: each is kept with its record, and one of them, or the literature alone, is in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from loadmon.risk.fit import Fit, literature_fit
from loadmon.risk.kept import fit_from_json, fit_to_json
from loadmon.risk.prior import default_prior
from loadmon.risk.report import report_from_json, report_to_json
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import RiskFitRow, now

ROW = RiskFitRow


@dataclass(frozen=True, slots=True, eq=False)
class KeptFit:
    """One fit as it is kept.

    Parameters
    ----------
    id : int
    created : datetime
    adopted : bool
        True for the one in use.
    fit : Fit
    report : dict
        As ``loadmon.risk.report.report_of`` makes it.
    """

    id: int
    created: datetime
    adopted: bool
    fit: Fit
    report: dict[str, Any]


def keep_fit(conn: Connection, viewer: Viewer, fit: Fit, report: dict[str, Any], *, adopt: bool) -> int:
    """Keep a fit, and take it into use if it may be; gives back its number.

    Raises
    ------
    NotFound
        For a viewer who does not see everyone: a fit is made of the whole squad.
    """
    _must_see_all(viewer)
    row = {"fit": fit_to_json(fit), "report": report_to_json(report), "adopted": False, "created": now()}
    number = int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())
    if adopt:
        adopt_fit(conn, viewer, number)
    return number


def adopt_fit(conn: Connection, viewer: Viewer, number: int | None) -> None:
    """Take a kept fit into use; None goes back to the literature alone.

    Raises
    ------
    NotFound
        If there is none of this number, or this viewer does not see everyone.
    """
    _must_see_all(viewer)
    if number is not None and conn.execute(select(ROW.id).where(ROW.id == number)).one_or_none() is None:
        raise no_such("fit")
    conn.execute(update(ROW).where(ROW.adopted.is_(True)).values(adopted=False))
    if number is not None:
        conn.execute(update(ROW).where(ROW.id == number).values(adopted=True))


def kept_fits(conn: Connection, viewer: Viewer) -> list[KeptFit]:
    """Every fit, newest first; none for a viewer who does not see everyone."""
    if not viewer.sees_all:
        return []
    rows = conn.execute(select(ROW).order_by(ROW.id.desc())).all()
    return [KeptFit(r.id, r.created, r.adopted, fit_from_json(r.fit), report_from_json(r.report)) for r in rows]


def adopted_fit(conn: Connection, viewer: Viewer) -> Fit:
    """The fit in use, for everybody: it holds coefficients and counts, nothing of one runner.

    A kept fit of other features or priors than this version of loadmon has is not used: the literature is.
    """
    _ = viewer
    found = conn.execute(select(ROW.fit).where(ROW.adopted.is_(True))).scalars().first()
    literature = literature_fit()
    if found is None:
        return literature
    fit = fit_from_json(found)
    same = fit.names == literature.names and fit.prior_fingerprint == default_prior().fingerprint()
    return fit if same else literature


def _must_see_all(viewer: Viewer) -> None:
    if not viewer.sees_all:
        raise no_such("fit")
