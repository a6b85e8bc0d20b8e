"""The body map as a table that everybody can read: a row a tissue, the words beside the numbers."""

from __future__ import annotations

from html import escape

from loadmon.show.tissue_words import (
    confidence_words,
    short_words,
    sign_of,
    sum_words,
    usual_words,
)
from loadmon.tissue.call import Calls, TissueCall
from loadmon.tissue.sentences import interval_words, percent
from loadmon.tissue.week import TissueWeek
from loadmon.units import NOTHING, Units

_QUIET = "font-size:.8rem;color:color-mix(in srgb,currentColor 72%,transparent)"
_LINE = "border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)"
_CELL = f"font-size:.92rem;padding:.35rem .6rem .35rem 0;vertical-align:top;text-align:left;font-weight:normal;{_LINE}"
_HEAD = "padding:.2rem .6rem .3rem 0;text-align:left;font-weight:normal;font-size:.82rem;vertical-align:bottom"


def tissue_table_html(calls: Calls, week: TissueWeek, units: Units, chosen: str | None = None) -> str:
    """The table as HTML: tissue and how well it is known; this week and the usual; against the steps, in words.

    Parameters
    ----------
    calls : Calls
        Of the week's last day.
    week : TissueWeek
    units : Units
    chosen : str | None
        The tissue whose time line is shown: its name is set in bold and marked for readers of screens.
    """
    so_far = "" if week.is_over else " so far"
    heads = (
        "Tissue",
        f"This week{so_far}, {units.length} of level running, 10th to 90th percentile",
        "Against your steps, 10th to 90th percentile",
    )
    head = "".join(f"<th scope='col' style='{_HEAD}'>{escape(word)}</th>" for word in heads)
    rows = "".join(_row(one, week, units, chosen) for one in calls.tissues)
    return (
        "<table style='border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;line-height:1.35'>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(call: TissueCall, week: TissueWeek, units: Units, chosen: str | None) -> str:
    here, is_chosen = week.of(call.tissue), call.tissue == chosen
    name = f"<b>{escape(call.name)}</b>" if is_chosen else escape(call.name)
    current = " aria-current='true'" if is_chosen else ""
    against = NOTHING
    if call.middle is not None:
        against = f"<b>{percent(call.middle)}</b> ({interval_words(call)})"
    cells = (
        f"<th scope='row' style='{_CELL}'{current}>{name}{_small(confidence_words(call))}</th>",
        f"<td style='{_CELL}'>{escape(sum_words(here, units))}{_small(usual_words(here, units))}</td>",
        f"<td style='{_CELL}'><span aria-hidden='true'>{sign_of(call)}</span> {against}{_small(short_words(call))}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _small(words: str) -> str:
    return f"<div style='{_QUIET}'>{escape(words)}</div>"
