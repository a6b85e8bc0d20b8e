"""A fit as a file: plain JSON with every number exact; what is damaged, foreign or impossible is refused and nothing is run."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import numpy as np

from loadmon.refusal import Refusal
from loadmon.risk.fit import BROUGHT, Basis, Fit
from loadmon.risk.laplace import Posterior
from loadmon.risk.prior import Floats, Prior, default_prior

KIND, VERSION = "loadmon risk fit", 1
_ADVICE = "Give a file that loadmon wrote; or fit anew."
_FIELDS = frozenset(
    {
        "kind", "version", "features", "centre", "scale", "mean", "covariance", "trust", "basis", "prior_version",
        "prior_fingerprint", "record", "fingerprint",
    }
)  # fmt: skip
LARGEST = 1_000_000
"""Characters of the largest file that is read."""
_MOST_ROWS = 1_000_000_000
_FARTHEST = 15.0
"""Log-odds beyond which a coefficient of a fit from elsewhere is not believed."""


class UnusableFit(Refusal):
    """A file that is to hold a fit is damaged, somebody else's, or says something impossible."""

    name = "unusable fit"


def fit_to_json(fit: Fit) -> str:
    """The fit as JSON, each number in as many digits as it takes to be the same again."""
    held: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "features": list(fit.names),
        "centre": fit.centre.tolist(),
        "scale": fit.scale.tolist(),
        "mean": fit.posterior.mean.tolist(),
        "covariance": [row[: place + 1].tolist() for place, row in enumerate(fit.posterior.covariance)],
        "trust": fit.posterior.weight.tolist(),
        "basis": asdict(fit.basis),
        "prior_version": fit.prior_version,
        "prior_fingerprint": fit.prior_fingerprint,
        "record": dict(fit.record),
    }
    try:
        return json.dumps(held | {"fingerprint": _fingerprint(held)}, allow_nan=False, ensure_ascii=False)
    except ValueError:
        raise UnusableFit("This fit holds a number that is none.", "Fit anew.") from None


def fingerprint_of(text: str) -> str:
    """The fingerprint that a kept fit carries."""
    return str(json.loads(text)["fingerprint"])


def fit_from_json(text: str) -> Fit:
    """A fit as ``fit_to_json`` wrote it, to the last bit.

    Raises
    ------
    UnusableFit
        If it is no JSON, no fit of ours, of another version, changed since it was written, or cannot be one.
    """
    held = _held(text)
    size = len(held["features"])
    names = held["features"]
    if not size or len(set(map(str, names))) != size or not all(isinstance(name, str) and name for name in names):
        raise UnusableFit("The features of the fit have no names, or the same twice.", _ADVICE)
    centre, scale = (_array(held[name], (size,), name) for name in ("centre", "scale"))
    mean = _array(held["mean"], (size + 1,), "mean")
    covariance = _covariance(held["covariance"], size + 1)
    if (scale <= 0).any():
        raise UnusableFit("A feature of the fit has a scale that is not above 0.", _ADVICE)
    trust = _trust(held["trust"])
    if not (isinstance(held["prior_version"], str) and isinstance(held["prior_fingerprint"], str)):
        raise UnusableFit("The fit does not say which priors it was made with.", _ADVICE)
    record = held["record"]
    if not isinstance(record, dict) or not all(_number(value) for value in record.values()):
        raise UnusableFit("The record of the fit holds something that is no number.", _ADVICE)
    return Fit(
        tuple(names), centre, scale, Posterior(mean, covariance, trust), _basis(held["basis"]), held["prior_version"],
        held["prior_fingerprint"], {name: float(value) for name, value in record.items()},
    )  # fmt: skip


def brought_fit(content: bytes, prior: Prior | None = None) -> Fit:
    """A fit that another club wrote to a file, marked as not of this club.

    Parameters
    ----------
    content : bytes
        The file.
    prior : Prior | None
        What it has to have been made with; None for the priors that ship with loadmon.

    Raises
    ------
    UnusableFit
        If it is damaged or foreign, was made with other features or priors, or says what no club could have taught it.
    """
    known = prior or default_prior()
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise UnusableFit("The file is no text.", _ADVICE) from None
    fit = fit_from_json(text)
    if fit.names != known.names or fit.prior_fingerprint != known.fingerprint():
        raise UnusableFit(
            f"The fit was made with other features or priors ({fit.prior_version:.40}); this loadmon has {known.version}.",
            "Let both clubs have the same version of loadmon, and have the fit made and written anew.",
        )
    if not (np.array_equal(fit.centre, known.centre) and np.array_equal(fit.scale, known.scale)):
        raise UnusableFit("The fit scales its features in another way than its priors do.", _ADVICE)
    if np.abs(fit.posterior.mean).max() > _FARTHEST or fit.posterior.covariance.diagonal().max() > _FARTHEST**2:
        raise UnusableFit("The fit holds a coefficient that no injuries could have taught it.", _ADVICE)
    if not fit.from_club:
        raise UnusableFit("The file holds the literature alone.", "Say: loadmon risk use literature.")
    return replace(fit, record={**fit.record, BROUGHT: 1.0})


def _held(text: str) -> dict[str, Any]:
    if len(text) > LARGEST:
        raise UnusableFit("The file is far larger than any fit.", _ADVICE)
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        raise UnusableFit("The file is no JSON, or it is cut short.", _ADVICE) from None
    if not isinstance(held, dict) or held.get("kind") != KIND:
        raise UnusableFit("The file is JSON, but no fit of loadmon.", _ADVICE)
    if held.get("version") != VERSION:
        raise UnusableFit(f"The fit is of version {held.get('version')!s:.20}; this loadmon reads {VERSION}.", _ADVICE)
    if held.keys() != _FIELDS:
        odd = ", ".join(sorted(map(str, held.keys() ^ _FIELDS)))
        raise UnusableFit(f"The fit lacks something, or holds something unknown: {odd:.200}.", _ADVICE)
    told = held.pop("fingerprint")
    if told != _fingerprint(held):
        raise UnusableFit("The fit was changed since it was written: its fingerprint does not agree.", _ADVICE)
    if not isinstance(held["features"], list):
        raise UnusableFit("The features of the fit are no list.", _ADVICE)
    return held


def _fingerprint(held: dict[str, Any]) -> str:
    plain = json.dumps(held, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _number(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond what any figure is kept in
        return False


def _array(value: Any, shape: tuple[int, ...], what: str) -> Floats:
    if not isinstance(value, list) or len(value) != shape[0] or not all(_number(one) for one in value):
        raise UnusableFit(f"The {what} of the fit does not hold one finite number a feature.", _ADVICE)
    return np.array(value, dtype=np.float64)


def _covariance(value: Any, size: int) -> Floats:
    if not isinstance(value, list) or len(value) != size:
        raise UnusableFit("The covariance of the fit is not of its size.", _ADVICE)
    full = np.zeros((size, size))
    for place, row in enumerate(value):
        full[place, : place + 1] = _array(row, (place + 1,), "covariance")
    full = full + np.tril(full, -1).T
    try:
        np.linalg.cholesky(full)
    except np.linalg.LinAlgError:
        raise UnusableFit("The covariance of the fit is none: some direction has no spread.", _ADVICE) from None
    return full


def _trust(value: Any) -> Floats:
    rows = value if isinstance(value, list) and value and all(isinstance(row, list) for row in value) else None
    if rows is None or len({len(row) for row in rows}) != 1 or not rows[0]:
        raise UnusableFit("How far the fit trusts the literature is not told.", _ADVICE)
    weight = np.array([_array(row, (len(rows[0]),), "trust") for row in rows])
    if (weight < 0).any() or abs(float(weight.sum()) - 1.0) > 1e-6:
        raise UnusableFit("How far the fit trusts the literature does not sum to 1.", _ADVICE)
    return weight


def _basis(value: Any) -> Basis:
    wrong = UnusableFit("What the fit was made from is not told as it should be.", _ADVICE)
    if not isinstance(value, dict) or value.keys() != {"injuries", "runners", "rows", "first", "last", "rate"}:
        raise wrong
    counts = [value[name] for name in ("injuries", "runners", "rows")]
    if not all(isinstance(count, int) and not isinstance(count, bool) and count >= 0 for count in counts):
        raise wrong
    injuries, runners, rows = counts
    if not (injuries <= rows <= _MOST_ROWS and runners <= rows) or not _days_in_order(value["first"], value["last"]):
        raise wrong
    if not _number(value["rate"]) or not 0 <= value["rate"] <= 1:
        raise wrong
    return Basis(injuries, runners, rows, value["first"], value["last"], float(value["rate"]))


def _days_in_order(first: Any, last: Any) -> bool:
    """Two ISO days, the earlier first; or neither."""
    if first is None or last is None:
        return first is last
    if not (isinstance(first, str) and isinstance(last, str)):
        return False
    try:
        return date.fromisoformat(first) <= date.fromisoformat(last)
    except ValueError:
        return False
