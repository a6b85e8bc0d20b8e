"""The drawing behind the body map: a front and a back view of the legs, as outlines and ten patches made of a few points each.

Units are those of a phone's screen, about a pixel each: x to the right, y down, from the waist to the floor. One half of
the body is written down, outwards from its middle line; the other is its mirror image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = tuple[tuple[float, float], ...]
Floats = NDArray[np.float64]

WIDTH, HEIGHT = 360.0, 372.0
"""Of the whole drawing, the room for its labels on both sides included."""
FRONT_X, BACK_X = 127.0, 233.0
"""The middle lines of the two views."""
LABEL_EDGE = 70.0
"""How wide a label may be."""
LINE_PX = 13.0
"""From one line of a label to the next."""
_MARGIN = 4.0
"""Between a label's words and its edge."""
_ROOM = 1.22
"""By how much a finger may miss a patch."""
TITLE_Y = 14.0
"""Where "front" and "back" stand."""
_TOP = 16.0
_SMOOTH = 4
"""Points drawn between two that are written down."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Where a tissue lies in the drawing.

    Parameters
    ----------
    view : str
        ``"front"`` or ``"back"``.
    label : str
        Its name in at most two short lines.
    points : tuple of (x, y)
        Outward from the middle line, and down from the waist.
    at : (x, y)
        Where its sign stands.
    label_y : float
        Where its label begins.
    """

    view: str
    label: str
    points: Points
    at: tuple[float, float]
    label_y: float


OUTLINES: dict[str, Points] = {
    "front": (
        (0, 17), (18, 17.5), (33, 18.5), (38, 29), (43, 44), (47.5, 62), (49.5, 84), (49, 108), (46, 140), (42, 170), (38.5, 192),
        (37.5, 206), (37, 220), (39.5, 238), (39.5, 254), (36.5, 276), (32.5, 298), (31, 310), (33.5, 318), (37, 328),
        (38.5, 336), (32, 341), (22, 341.5), (15.5, 338), (15.5, 326), (18.5, 316), (18.5, 304), (16, 282), (12.5, 258),
        (11.5, 240), (13.5, 222), (13.5, 206), (11.5, 190), (7.5, 160), (4, 130), (2, 112), (0, 104),
    ),
    "back": (
        (0, 17), (18, 17.5), (33, 18.5), (38, 29), (43, 44), (47.5, 62), (49.5, 84), (48.5, 108), (45, 140), (41, 170), (37.5, 192),
        (36.5, 206), (37.5, 222), (40, 240), (39, 258), (35.5, 278), (31.5, 298), (30.5, 310), (32.5, 320), (35.5, 329),
        (36.5, 336), (32, 341), (22, 341.5), (15, 338), (15.5, 328), (18.5, 318), (19.5, 306), (16.5, 282), (12.5, 262),
        (11, 242), (13, 222), (13.5, 206), (11, 190), (7, 160), (3.5, 130), (2, 116), (0, 110),
    ),
}  # fmt: skip
"""Half of the body in each view, from the middle of the waist down the outer side and back up the inner one."""

FOLDS: tuple[tuple[str, Points], ...] = (
    ("back", ((0, 46), (0.3, 80), (2, 102), (9, 110), (22, 112), (34, 108))),
    ("back", ((17, 206), (21, 208), (29, 208), (33, 206))),
    ("front", ((3, 103), (13, 95), (22, 88))),
)
"""Lines within the outline that make it a body."""

PATCHES: dict[str, Patch] = {
    "femoral_neck": Patch(
        "front", "Hip joint",
        ((19, 73), (23, 64), (31, 60), (39, 64), (40, 73), (34, 80), (26, 86), (20, 82)), (29.5, 73), 58,
    ),
    "iliotibial_band": Patch(
        "front", "Iliotibial\nband",
        ((40.5, 92), (44, 87), (48, 92), (47.6, 112), (44.6, 142), (40.8, 172), (37.6, 194), (36.8, 203), (34.9, 203), (34.6, 188),
         (36.4, 158), (39.2, 124)), (42.2, 128), 114,
    ),
    "patellofemoral": Patch(
        "front", "Kneecap\njoint", ((25.2, 193), (31, 196), (33.4, 204.5), (30.5, 213), (25.2, 215.5), (20, 213), (17.2, 204.5), (19.4, 196)),
        (25.3, 204.5), 180,
    ),
    "patellar_tendon": Patch(
        "front", "Patellar\ntendon", ((21.5, 217), (25.5, 218), (29.5, 217), (29.5, 227), (28, 236), (25, 238), (22.5, 236), (21.2, 227)),
        (25.4, 227), 244,
    ),
    "tibia": Patch(
        "front", "Shin bone", ((20.5, 240), (25, 241), (27.5, 246), (27, 270), (26.8, 300), (26, 311), (22.5, 311), (21, 298), (19, 270), (17.5, 250)),
        (23, 277), 310,
    ),
    "lateral_hip": Patch(
        "back", "Side of\nthe hip", ((24, 38), (34, 31), (39, 36), (44, 54), (47, 74), (44, 86), (38, 80), (29, 62), (23, 47)), (36, 57), 44,
    ),
    "hamstring": Patch(
        "back", "Hamstrings",
        ((13, 121), (26, 117), (39, 119), (41.5, 140), (38.5, 165), (35, 190), (31, 196), (28.5, 184), (24, 176), (19.5, 184), (16, 193),
         (13.5, 186), (10.5, 162), (9.5, 138)), (25, 148), 128,
    ),
    "calf": Patch(
        "back", "Calf\nmuscles",
        ((17, 219), (24.5, 223), (32, 218), (37, 229), (38, 246), (35, 262), (30, 270), (25, 266), (20, 272), (16, 264), (13.2, 248),
         (14, 230)), (25.3, 245), 190,
    ),
    "achilles": Patch(
        "back", "Achilles\ntendon", ((21, 277), (25, 270), (29.5, 277), (27.8, 294), (27.6, 308), (29.5, 322), (25, 325), (20.8, 322), (22.8, 308), (22.6, 294)),
        (25.2, 299), 252,
    ),
    "plantar_fascia": Patch(
        "back", "Sole of\nthe foot", ((14.5, 333), (26, 331.5), (37, 333), (39, 338), (35, 343), (26, 344), (16, 343), (12.5, 338)),
        (25.8, 337.8), 316,
    ),
}  # fmt: skip
"""In the order in which the labels stand, from above to below."""


def smooth(points: Points, *, closed: bool = True) -> Floats:
    """A soft line through points (Catmull-Rom); shape (n, 2), ended where it began if closed."""
    given = np.array(points)
    before, after = (np.roll(given, 1, 0), np.roll(given, -1, 0)) if closed else (
        np.vstack([given[:1], given[:-1]]), np.vstack([given[1:], given[-1:]]),
    )  # fmt: skip
    tangent = (after - before) / 2.0
    following, its_tangent = np.roll(given, -1, 0), np.roll(tangent, -1, 0)
    parts = len(given) if closed else len(given) - 1
    t = (np.arange(_SMOOTH) / _SMOOTH)[None, :, None]
    weights = (2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, -2 * t**3 + 3 * t**2, t**3 - t**2)
    four = (given, tangent, following, its_tangent)
    line = sum(w * p[:parts, None] for w, p in zip(weights, four, strict=True)).reshape(-1, 2)
    return np.vstack([line, line[:1] if closed else given[-1:]])


def placed(line: Floats, view: str, *, mirrored: bool) -> list[list[float]]:
    """A line of the half body at its place in the drawing, as pairs of numbers."""
    middle = FRONT_X if view == "front" else BACK_X
    x = middle + (-line[:, 0] if mirrored else line[:, 0])
    return [[round(float(across), 1), round(float(down), 1)] for across, down in zip(x, line[:, 1] + _TOP, strict=True)]


def _shape(kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}}


@cache
def patch(tissue: str) -> dict[str, Any]:
    """A tissue on both legs as one GeoJSON feature."""
    one = PATCHES[tissue]
    line = smooth(one.points)
    return _shape("MultiPolygon", [[placed(line, one.view, mirrored=m)] for m in (True, False)])


@cache
def body() -> dict[str, Any]:
    """The outline of both views, as one GeoJSON feature."""
    views = []
    for view, half in OUTLINES.items():
        line = smooth(half, closed=False)
        right, left = placed(line, view, mirrored=False), placed(line, view, mirrored=True)
        views.append([[*right, *left[::-1]]])
    return _shape("MultiPolygon", views)


@cache
def folds() -> dict[str, Any]:
    """Lines within it, as one GeoJSON feature."""
    lines = [(view, smooth(points, closed=False)) for view, points in FOLDS]
    return _shape("MultiLineString", [placed(line, view, mirrored=m) for view, line in lines for m in (True, False)])


def label_lines(tissue: str) -> int:
    """How many lines a tissue's name takes."""
    return PATCHES[tissue].label.count("\n") + 1


def label_x(tissue: str) -> float:
    """Where the lines of a label end (front view) or begin (back view)."""
    return LABEL_EDGE if PATCHES[tissue].view == "front" else WIDTH - LABEL_EDGE


def sign_place(tissue: str, *, right: bool) -> tuple[float, float]:
    """Where a tissue's sign stands on the left or on the right leg."""
    one = PATCHES[tissue]
    ((x, y),) = placed(np.array([one.at]), one.view, mirrored=not right)
    return x, y


@cache
def leader(tissue: str) -> dict[str, Any]:
    """The line from a label to its patch on the nearer leg."""
    one = PATCHES[tissue]
    front = one.view == "front"
    begin = [label_x(tissue) + (_MARGIN if front else -_MARGIN), one.label_y - 4.0]
    line = placed(smooth(one.points), one.view, mirrored=front)
    return _shape("LineString", [begin, min(line, key=lambda point: math.dist(point, begin))])


@cache
def touched(tissue: str) -> dict[str, Any]:
    """Where a finger or a pointer chooses a tissue: its patches with some room about them, and its label."""
    one = PATCHES[tissue]
    line, centre = smooth(one.points), np.array(one.at)
    grown = centre + (line - centre) * _ROOM
    patches = [[placed(grown, one.view, mirrored=m)] for m in (True, False)]
    inner = label_x(tissue) + (_MARGIN if one.view == "front" else -_MARGIN)
    outer = 0.0 if one.view == "front" else WIDTH
    above, below = one.label_y - LINE_PX, one.label_y + LINE_PX * (label_lines(tissue) + 1) + 4.0
    box = [[inner, above], [outer, above], [outer, below], [inner, below], [inner, above]]
    return _shape("MultiPolygon", [*patches, [box]])
