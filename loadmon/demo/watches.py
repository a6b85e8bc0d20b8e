"""The watches of the sample squad: brands differ in what they write into a record and how often."""

from __future__ import annotations

from loadmon.report.activity import DYNAMICS_FIELDS, FULL_FIELDS, PLAIN_FIELDS, Watch

GARMIN, SUUNTO, POLAR, COROS = 1, 23, 123, 294

BRANDS = {GARMIN: "Garmin", SUUNTO: "Suunto", POLAR: "Polar", COROS: "COROS"}

SPACING_S: dict[int, tuple[int, int]] = {GARMIN: (7, 13), SUUNTO: (8, 12), POLAR: (8, 14), COROS: (9, 12)}
"""Smart recording: fewest and most seconds from one sample to the next, by maker."""

_GARMIN_FIELDS = (*FULL_FIELDS, "fractional_cadence")
_GARMIN_STRAP = (*_GARMIN_FIELDS, *DYNAMICS_FIELDS)
_COROS_POD = (*FULL_FIELDS, "power", "vertical_oscillation", "stance_time", "step_length")
_SUUNTO_FIELDS = (*PLAIN_FIELDS, "temperature")


def garmin(serial: int, *, strap: bool = False) -> Watch:
    """Enhanced speed and altitude, half strides; with a chest strap also running dynamics."""
    return Watch(GARMIN, 3113, "Sample G", serial, 13.1, _GARMIN_STRAP if strap else _GARMIN_FIELDS)


def suunto(serial: int) -> Watch:
    """Plain speed and altitude, temperature; its clock on the wrist is not in the file."""
    return Watch(SUUNTO, 60, "Sample S", serial, 2.3, _SUUNTO_FIELDS)


def polar(serial: int) -> Watch:
    """Plain speed and altitude, whole strides."""
    return Watch(POLAR, 230, "Sample P", serial, 4.0, PLAIN_FIELDS)


def coros(serial: int, *, pod: bool = False) -> Watch:
    """Enhanced speed and altitude, whole strides; with a pod also power, contact time and step length."""
    return Watch(COROS, 811, "Sample C", serial, 3.08, _COROS_POD if pod else FULL_FIELDS)


def phone(serial: int) -> Watch:
    """An app on a phone that exports GPX or TCX."""
    return Watch(255, 1, "loadmon sample", serial, 1.0, FULL_FIELDS)


def writes_local_time(watch: Watch) -> bool:
    """False where a maker's files say UTC in place of the runner's clock (seen in many real Suunto files)."""
    return watch.manufacturer != SUUNTO


def label(watch: Watch, file_format: str) -> str:
    """Words for a list: ``Garmin (FIT)``, ``app export (GPX)``."""
    return f"{BRANDS.get(watch.manufacturer, 'app export')} ({file_format.upper()})"
