"""The body map: ten tissues on a front and a back view of the legs, each with a sign, a number and its interval beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

import altair as alt

from loadmon.show.charts import legs
from loadmon.show.charts.panel import base
from loadmon.show.charts.specification import specification
from loadmon.show.palette import BLUE, GREY, ORANGE

CHOSEN = "chosen"
"""The selection's name: a click on a tissue puts its name into it."""
FASTER, SLOWER, NEITHER = "faster", "slower", "neither"
COLOURS = {FASTER: ORANGE, SLOWER: BLUE, NEITHER: GREY}
"""Against the runner's own steps; blue and orange are told apart by colour-blind people, and the sign says it without."""
HEIGHT = 400
TEXT = "currentColor"
"""The colour of the words around the chart, light or dark."""
_STRIPES = 26
_FIRST = next(iter(legs.PATCHES))
Align = Literal["left", "center", "right"]


@cache
def body_map() -> dict[str, Any]:
    """Description of the map; its table is that of ``tissue_map.map_table``, a row a tissue."""
    layers = [_body(), *_lines(), _patches(), _assumed(), *_views(), *_signs(), *_labels(), _touched()]
    return specification(alt.layer(*layers).properties(height=HEIGHT))


def _drawn(known: list[dict[str, Any]]) -> alt.Chart:
    """A chart to whose rows is added, by tissue, what never changes of it; drawn as large as the room allows."""
    fields = [name for name in known[0] if name != "tissue"]
    where = alt.LookupData(data=alt.InlineData(values=known), key="tissue", fields=fields)
    size = f"min(width / {legs.WIDTH:g}, height / {legs.HEIGHT:g})"
    middle = f"[(width - {legs.WIDTH:g} * {size}) / 2, 0]"
    chart: alt.Chart = base().transform_lookup(lookup="tissue", from_=where)
    return chart.project(type="identity", scale=alt.expr(size), translate=alt.expr(middle))


def _of_each(geo: Callable[[str], dict[str, Any]]) -> alt.Chart:
    """Something of every tissue."""
    return _drawn([{"tissue": tissue, "geo": geo(tissue)} for tissue in legs.PATCHES])


def _once(geo: dict[str, Any]) -> alt.Chart:
    """A part of the drawing that belongs to no tissue: drawn with the row of the first."""
    chart: alt.Chart = _drawn([{"tissue": _FIRST, "geo": geo}]).transform_filter("isValid(datum.geo)")
    return chart


def _shape() -> alt.Shape:
    return alt.Shape("geo:G")


def _body() -> alt.Chart:
    """Both views."""
    mark = _once(legs.body()).mark_geoshape(fill=GREY, fillOpacity=0.13, stroke=GREY, strokeWidth=1.0)
    chart: alt.Chart = mark.encode(shape=_shape())
    return chart


def _lines() -> list[alt.Chart]:
    """The folds of the body, and a line from each label to its patch."""
    return [
        chart.mark_geoshape(filled=False, stroke=GREY, strokeWidth=0.8).encode(shape=_shape())
        for chart in (_once(legs.folds()), _of_each(legs.leader))
    ]


def _patches() -> alt.Chart:
    """Tissues of which more than assumptions is known, by colour and strength; dashed where the direction is uncertain."""
    colour = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    chart: alt.Chart = (
        _of_each(legs.patch)
        .transform_filter("!datum.assumed")
        .mark_geoshape()
        .encode(
            shape=_shape(),
            fill=alt.Fill("side:N", scale=colour, legend=None),
            # what is named is framed in the colour of the words: a call is no state, and orange is that of "watch"
            stroke=alt.condition("datum.called", alt.value(TEXT), alt.Stroke("side:N", scale=colour, legend=None)),
            fillOpacity=alt.FillOpacity("strength:Q", scale=None, legend=None),
            strokeWidth=alt.condition("datum.called", alt.value(2.6), alt.value(1.1)),
            strokeDash=alt.condition("datum.uncertain", alt.value([3, 2]), alt.value([1, 0])),
        )
    )
    return chart


def _assumed() -> alt.Chart:
    """Tissues whose numbers are nearly all assumptions: grey and hatched, whatever they say."""
    drawn = _of_each(legs.patch).transform_filter("datum.assumed")
    chart: alt.Chart = drawn.mark_geoshape(fill=hatched(), stroke=GREY, strokeWidth=1.0).encode(shape=_shape())
    return chart


@cache
def hatched() -> Any:
    """Slanting stripes over both legs of a tissue, as a gradient with hard edges: Vega-Lite knows no patterns."""
    stops = []
    for nth in range(_STRIPES):
        for share, opacity in ((0.0, 0.62), (0.3, 0.62), (0.3, 0.12), (1.0, 0.12)):
            at = round((nth + share) / _STRIPES, 4)
            stops.append(alt.GradientStop(color=f"{GREY}{round(255 * opacity):02X}", offset=at))
    return alt.LinearGradient(gradient="linear", stops=stops, x1=0, y1=0, x2=1, y2=0.35)


def _views() -> list[alt.Chart]:
    """Which side of the body is seen."""
    charts = []
    for x, word in ((legs.FRONT_X, "Front"), (legs.BACK_X, "Back")):
        drawn = _at({_FIRST: (x, legs.TITLE_Y)})
        charts.append(_written(drawn, alt.value(word), 11, "center"))
    return charts


def _signs() -> list[alt.Chart]:
    """The sign of each tissue on both legs."""
    places = ({tissue: legs.sign_place(tissue, right=right) for tissue in legs.PATCHES} for right in (False, True))
    return [_written(_at(place), alt.Text("sign:N"), 12, "center", bold=True) for place in places]


def _labels() -> list[alt.Chart]:
    """Name, number and interval, to the left of the front and to the right of the back."""
    charts = []
    sides: tuple[tuple[str, Align], ...] = (("front", "right"), ("back", "left"))
    for view, align in sides:
        tissues = [tissue for tissue, one in legs.PATCHES.items() if one.view == view]
        for field, size, after in (("label", 11.0, 0.0), ("number", 13.0, 0.15), ("range", 10.5, 1.1)):
            places = {tissue: (legs.label_x(tissue), _line(tissue, after)) for tissue in tissues}
            names = {tissue: legs.PATCHES[tissue].label for tissue in tissues} if field == "label" else {}
            charts.append(_written(_at(places, names), alt.Text(f"{field}:N"), size, align, bold=field == "number"))
    return charts


def _line(tissue: str, after: float) -> float:
    """Where a line of a label stands: the name (0), or so many lines after its last one."""
    lines = legs.label_lines(tissue) + after if after else 0.0
    return round(legs.PATCHES[tissue].label_y + legs.LINE_PX * lines, 1)


def _at(places: Mapping[str, tuple[float, float]], labels: Mapping[str, str] | None = None) -> alt.Chart:
    """The rows of some tissues, each with a place in the drawing and perhaps a label."""
    known = [{"tissue": tissue, "x": x, "y": y} for tissue, (x, y) in places.items()]
    if labels:
        known = [row | {"label": labels[str(row["tissue"])]} for row in known]
    chart: alt.Chart = _drawn(known).transform_filter("isValid(datum.x)")
    return chart


def _written(chart: alt.Chart, text: Any, size: float, align: Align, *, bold: bool = False) -> alt.Chart:
    marked = chart.mark_text(
        color=TEXT, fontSize=size, fontWeight="bold" if bold else "normal", align=align,
        baseline="middle" if align == "center" else "alphabetic", lineBreak="\n", lineHeight=legs.LINE_PX,
    )  # fmt: skip
    found: alt.Chart = marked.encode(longitude="x:Q", latitude="y:Q", text=text)
    return found


def _touched() -> alt.Chart:
    """What is pressed and what a pointer asks, over everything else: patch or label; framed where it is chosen."""
    pick = alt.selection_point(name=CHOSEN, fields=["tissue"], on="click", clear=False)
    tip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title="  ")]
    frame = alt.condition("datum.chosen", alt.value(TEXT), alt.value("transparent"))
    chart: alt.Chart = (
        _of_each(legs.touched)
        .mark_geoshape(fill="transparent", strokeWidth=1.4, cursor="pointer")
        .encode(shape=_shape(), tooltip=tip, stroke=frame)
        .add_params(pick)
    )
    return chart
