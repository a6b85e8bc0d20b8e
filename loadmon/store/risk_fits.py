"""Fits of the injury-risk model: each is kept with its record, and one of them, or the literature alone, is in use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from loadmon.risk.card import CardFit
from loadmon.risk.fit import BROUGHT, Fit, literature_fit
from loadmon.risk.kept import UnusableFit, brought_fit, fit_from_json, fit_to_json
from loadmon.risk.prior import default_prior
from loadmon.risk.report import UnusableReport, report_from_json, report_of_brought, report_to_json
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

    @property
    def on_card(self) -> CardFit:
        """The line of it on the model card."""
        made, basis = self.created.date().isoformat(), self.fit.basis
        return CardFit(self.id, made, self.adopted, basis.injuries, basis.rows, str(self.report["verdict"]))


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


def bring_fit(conn: Connection, viewer: Viewer, content: bytes) -> int:
    """Keep a fit that another club wrote to a file and take it into use; gives back its number.

    A fit that is kept already, of this club or brought before, is taken into use as it is and not kept twice.

    Raises
    ------
    UnusableFit
        If the file is damaged or foreign, or of other priors.
    NotFound
        For a viewer who does not see everyone.
    """
    _must_see_all(viewer)
    fit = brought_fit(content)
    known = {fit_to_json(fit), fit_to_json(replace(fit, record={k: v for k, v in fit.record.items() if k != BROUGHT}))}
    for one in kept_fits(conn, viewer):
        if fit_to_json(one.fit) in known:
            adopt_fit(conn, viewer, one.id)
            return one.id
    return keep_fit(conn, viewer, fit, report_of_brought(fit.basis.injuries, fit.basis.runners), adopt=True)


def kept_fit(conn: Connection, viewer: Viewer, number: int) -> KeptFit:
    """One kept fit.

    Raises
    ------
    NotFound
        If there is none of this number that can be read, or this viewer does not see everyone.
    """
    found = _read(conn, viewer).get(number)
    if found is None:
        raise no_such("fit")
    return found


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
    """Every fit that can be read, newest first; none for a viewer who does not see everyone."""
    return [one for one in _read(conn, viewer).values() if one is not None]


def damaged_fits(conn: Connection, viewer: Viewer) -> list[int]:
    """Numbers of kept fits that cannot be read any more, newest first; none for a viewer who does not see everyone."""
    return [number for number, one in _read(conn, viewer).items() if one is None]


def _read(conn: Connection, viewer: Viewer) -> dict[int, KeptFit | None]:
    """Every fit by its number; None for one that is damaged: it must not hide the others."""
    if not viewer.sees_all:
        return {}
    found: dict[int, KeptFit | None] = {}
    for row in conn.execute(select(ROW).order_by(ROW.id.desc())):
        try:
            fit, report = fit_from_json(row.fit), report_from_json(row.report)
        except (UnusableFit, UnusableReport):
            found[row.id] = None
        else:
            found[row.id] = KeptFit(row.id, row.created, row.adopted, fit, report)
    return found


def adopted_fit(conn: Connection, viewer: Viewer) -> Fit:
    """The fit in use, for everybody: it holds coefficients and counts, nothing of one runner.

    A kept fit that is damaged, or of other features or priors than this version of loadmon has, is not used: the literature
    is, and says why.
    """
    _ = viewer
    found = conn.execute(select(ROW.fit).where(ROW.adopted.is_(True))).scalars().first()
    literature = literature_fit()
    if found is None:
        return literature
    try:
        fit = fit_from_json(found)
    except UnusableFit:
        return replace(literature, instead_of="this club's fit is damaged and is not used")
    if fit.names == literature.names and fit.prior_fingerprint == default_prior().fingerprint():
        return fit
    return replace(
        literature, instead_of="this club's fit was made with other priors and is not used until it is made anew"
    )


def _must_see_all(viewer: Viewer) -> None:
    if not viewer.sees_all:
        raise no_such("fit")
