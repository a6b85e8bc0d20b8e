"""Where the numbers of the tissue model come from: each with its value, its spread, its grade and its sources."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.evidence import OURS
from loadmon.show import parts
from loadmon.show.tissue_limits import limits_html
from loadmon.show.tissue_words import GRADE_WORDS, WHAT_IT_IS, load_unit
from loadmon.show.words import capital
from loadmon.tissue.coefficient import Coefficient
from loadmon.tissue.coefficients import Coefficients, FindingCoefficients, TissueCoefficients, default_coefficients
from loadmon.units import NOTHING

NUMBER_WORDS: dict[str, str] = {
    "peak": "peak of a step at 3 m/s on the level, nominal",
    "impulse": "impulse of a step at 3 m/s on the level, nominal",
    "peak_speed": "peak, for each m/s more (logarithm)",
    "peak_speed_squared": "peak, for m/s squared",
    "peak_slope": "peak, for slope (rise over run)",
    "peak_slope_squared": "peak, for slope squared",
    "peak_fewer_steps": "peak, for fewer steps a minute (power)",
    "peak_more_steps": "peak, for more steps a minute (power)",
    "impulse_speed": "impulse, for each m/s more (logarithm)",
    "impulse_speed_squared": "impulse, for m/s squared",
    "impulse_slope": "impulse, for slope (rise over run)",
    "impulse_slope_squared": "impulse, for slope squared",
    "impulse_fewer_steps": "impulse, for fewer steps a minute (power)",
    "impulse_more_steps": "impulse, for more steps a minute (power)",
    "impulse_steps_by_speed": "impulse, steps a minute times speed",
    "mass": "body mass (power)",
    "walking_peak": "peak while walking, against running",
}
"""What each number of a tissue multiplies, in words."""
Row = tuple[str, str, str, str, tuple[str, ...]]
"""Number, value, spread, grade and the names of its sources."""
SOURCES, _BETWEEN = "sources", " | "
NO_GRADE = "none: only a link was seen, no number"
_CELL = (
    "padding:.25rem .7rem .25rem 0;vertical-align:top;text-align:left;font-weight:normal;font-size:.86rem;"
    "border-top:1px solid color-mix(in srgb,currentColor 15%,transparent)"
)


def tissues() -> None:
    """The section of the page: what the numbers are, what they cannot tell, and every one of them."""
    coefficients = default_coefficients()
    st.markdown(WHAT_IT_IS)
    with st.expander("What no tissue number can tell"):
        st.html(limits_html())
    st.caption(grades_words())
    for tissue, one in coefficients.tissue.items():
        with st.expander(f"{one.name}: grade {one.grade}, {GRADE_WORDS[one.grade]}"):
            st.caption(f"Told is {one.quantity}.")
            st.html(rows_html(tissue_rows(tissue, one)))
    with st.expander("For every tissue: cadence, contact with the ground, limits of the studies"):
        st.html(rows_html(common_rows(coefficients)))
    with st.expander("What somebody sees in how a runner runs"):
        st.html(blocks_html(pd.concat([finding_rows(*named) for named in coefficients.finding.items()])))
    with st.expander(f"The {len(coefficients.source)} sources"):
        st.html(blocks_html(source_rows(coefficients), first="source"))
    parts.table_behind("Every number as a table", all_rows(coefficients), "tissue-coefficients.csv")


def grades_words() -> str:
    """What the letters mean."""
    told = "; ".join(f"**{letter}** {words}" for letter, words in GRADE_WORDS.items())
    return f"Grades: {told}. A spread is one standard deviation; a dash says that no figure for it was found, and then it is not drawn."


def tissue_rows(tissue: str, one: TissueCoefficients) -> pd.DataFrame:
    """Every number of one tissue: number, value, spread, grade, sources."""
    rows: list[Row] = []
    for name, words in NUMBER_WORDS.items():
        number: Coefficient = getattr(one, name)
        unit = {"peak": f" {one.unit}", "impulse": f" {load_unit(one)}"}.get(name, "")
        rows.append((words, _number(number.value) + unit, _spread(number.sd), number.grade, number.sources))
    power, days, belt = one.damage_exponent, one.days, one.treadmill
    rows += [
        (
            "damage of a step: power of its peak",
            f"{power.nominal:g}",
            f"{power.low:g} to {power.high:g}",
            power.grade,
            power.sources,
        ),
        ("treadmill: peak, impulse", f"× {belt.peak:g}, × {belt.impulse:g}", NOTHING, belt.grade, belt.sources),
        ("short and long average", f"{days.acute:g} and {days.chronic:g} days", NOTHING, days.grade, days.sources),
    ]
    return _table(tissue, rows)


def common_rows(coefficients: Coefficients) -> pd.DataFrame:
    """Numbers that hold for every tissue."""
    steps, contact, domain = coefficients.cadence, coefficients.contact, coefficients.domain

    def span(ends: tuple[float, float]) -> str:
        return f"{_number(ends[0])} to {_number(ends[1])}"

    rows: list[Row] = [
        (
            f"steps a minute at {steps.centre_mps:g} m/s",
            f"{steps.at_centre_spm:g}",
            NOTHING,
            steps.grade,
            steps.sources,
        ),
        ("steps a minute, for each m/s", f"{steps.per_mps:g}", NOTHING, steps.grade, steps.sources),
        ("steps a minute, for height (power)", _number(steps.height_exponent), NOTHING, steps.grade, steps.sources),
        (
            "steps a minute, for slope",
            f"{steps.per_slope.value:g}",
            _spread(steps.per_slope.sd),
            steps.per_slope.grade,
            steps.per_slope.sources,
        ),
        ("steps a minute, for m/s squared", f"{steps.per_mps_squared:g}", NOTHING, steps.grade, steps.sources),
    ]
    on_the_ground = (
        ("at 3 m/s", f"{contact.at_reference_s:g} s"),
        ("for each m/s more (logarithm)", _number(contact.per_mps)),
        ("for m/s squared", _number(contact.per_mps_squared)),
        ("for cadence (power)", _number(contact.ratio_exponent)),
    )
    rows += [
        (f"contact with the ground, {words}", value, NOTHING, contact.grade, contact.sources)
        for words, value in on_the_ground
    ]
    long_counts = ", ".join(one.name for one in coefficients.tissue.values() if one.contact_time_weight)
    wider, held = coefficients.widening, coefficients.damage
    ours = (
        ("speeds the studies cover", f"{span(domain.speed_mps)} m/s"),
        ("slopes the studies cover, rise over run", span(domain.slope)),
        ("slopes at which load was measured, rise over run", span(domain.slope_measured)),
        ("cadence against the runner's own", span(domain.cadence_ratio)),
        ("walking below", f"{domain.walking_below_mps:g} m/s or {domain.walking_below_spm:g} steps a minute"),
        ("what one step may count in damage", f"{span(held.step_weight)} steps"),
        ("what stays the same all run may shift damage by", f"× {span(held.constant_factor)}"),
        ("damage grows with the time on the ground for", long_counts),
        ("spread of every slope number, where heights are rough", f"× {wider.satellite_slope_factor:g}"),
        ("the slope itself, where none is known", f"0 {_spread(wider.unknown_slope_sd)}"),
        ("logarithm of the peak, beyond what was studied", f"{_spread(wider.outside_sd)} for each step below"),
        ("a step beyond, of speed and of slope", f"{wider.outside_speed_mps:g} m/s, {wider.outside_slope:g}"),
        ("share of running beyond from which the interval widens", f"{wider.outside_share:g}"),
    )
    rows += [(words, value, NOTHING, OURS, ()) for words, value in ours]
    return _table("all", rows)


def finding_rows(finding: str, one: FindingCoefficients) -> pd.DataFrame:
    """What a finding does: its factor on each tissue, or the tissues whose interval it widens."""
    grade, named = NO_GRADE if one.grade == "none" else one.grade, default_coefficients().tissue
    rows: list[Row] = [
        (
            f"{one.name}: {named[tissue].name}",
            f"× {f.peak:g} peak, × {f.impulse:g} impulse",
            _spread(f.sd),
            f.peak_grade if f.peak_grade == f.impulse_grade else f"{f.peak_grade} peak, {f.impulse_grade} impulse",
            one.sources,
        )
        for tissue, f in one.factors.items()
    ]
    rows += [
        (
            f"{one.name}: {named[tissue].name}",
            f"{_number(per.per_degree)} a degree (logarithm)",
            _spread(per.sd),
            per.grade,
            one.sources,
        )
        for tissue, per in one.degrees.items()
    ]
    rows += [
        (f"{one.name}: {named[tissue].name}", "wider interval, no number", _spread(one.sd), grade, one.sources)
        for tissue in one.widens
    ]
    if one.cadence_ratio is not None:
        rows.append(
            (f"{one.name}: cadence where none was recorded", f"× {one.cadence_ratio:g}", NOTHING, grade, one.sources)
        )
    return _table(finding, rows or [(one.name, "changes nothing", NOTHING, grade, one.sources)])


def source_rows(coefficients: Coefficients) -> pd.DataFrame:
    """Every source: what it is, who was measured, and how far it was read itself."""
    return pd.DataFrame(
        [
            {
                "no.": str(n),
                "source": one.citation,
                "address": (one.doi or "") + (" (from memory)" if one.doi_from_memory else ""),
                "people": one.people,
                "tested": one.tested,
                "read": one.seen,
            }
            for n, one in enumerate(coefficients.source.values(), start=1)
        ]
    )


def all_rows(coefficients: Coefficients) -> pd.DataFrame:
    """Every number there is, with its sources written out."""
    tables = [tissue_rows(tissue, one) for tissue, one in coefficients.tissue.items()]
    tables += [common_rows(coefficients), *(finding_rows(*named) for named in coefficients.finding.items())]
    return pd.concat(tables, ignore_index=True)


def rows_html(table: pd.DataFrame) -> str:
    """A table of short cells, its first column the heading of each row; sources by their number in the list of sources."""
    shown = [name for name in table.columns if name != "of"]
    head = "".join(f"<th scope='col' style='{_CELL};border:0'>{escape(capital(name))}</th>" for name in shown)
    body = "".join(f"<tr>{''.join(_cells(row, shown))}</tr>" for row in table.to_dict("records"))
    return f"<table style='border-collapse:collapse;width:100%'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def blocks_html(table: pd.DataFrame, first: str = "number") -> str:
    """Rows of long cells as paragraphs, which fold on a phone: the cell of the column ``first`` in bold, then the others."""
    shown = [name for name in table.columns if name not in ("of", first)]
    return "".join(
        f"<div style='{_CELL}'><b>{escape(str(row[first]))}</b><br>"
        f"{' · '.join(_named(name, row[name]) for name in shown if row[name] not in ('', NOTHING))}</div>"
        for row in table.to_dict("records")
    )


def _named(name: str, value: Any) -> str:
    """A cell outside a table, with what it is where that is not plain."""
    if name == SOURCES:
        return _numbered(value)
    word = {"grade": "grade ", "no.": "no. ", "people": "people: ", "read": "read: "}.get(name, "")
    return f"{word}{escape(str(value))}"


def _cells(row: dict[Hashable, Any], shown: list[str]) -> Iterator[str]:
    for name in shown:
        kind, scope = ("th", " scope='row'") if name == shown[0] else ("td", "")
        text = _numbered(row[name]) if name == SOURCES else escape(str(row[name]))
        folds = ";overflow-wrap:anywhere" if name in (shown[0], SOURCES) else ""  # a phone has no room for a long word
        yield f"<{kind}{scope} style='{_CELL}{folds}'>{text}</{kind}>"


def _numbered(citations: str) -> str:
    """Citations as their numbers in the list, each with its words under the pointer."""
    number = {one.citation: n for n, one in enumerate(default_coefficients().source.values(), start=1)}
    return " ".join(
        f"<abbr title='{escape(one, quote=True)}'>[{number[one]}]</abbr>" for one in citations.split(_BETWEEN) if one
    )


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _spread(sd: float | None) -> str:
    return NOTHING if sd is None else f"± {sd:g}"


def _table(of: str, rows: list[Row]) -> pd.DataFrame:
    known = default_coefficients().source
    return pd.DataFrame(
        [
            {
                "of": of,
                "number": number,
                "value": value,
                "spread": spread,
                "grade": grade,
                SOURCES: _BETWEEN.join(known[name].citation for name in sources),
            }
            for number, value, spread, grade, sources in rows
        ]
    )
