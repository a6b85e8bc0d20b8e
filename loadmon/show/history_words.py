"""The history's panels in sentences, made from the same rows that are drawn."""

from __future__ import annotations

import pandas as pd

from loadmon import evidence
from loadmon.days import DayState
from loadmon.gait.cadence import CadenceTrend
from loadmon.measure import COVERAGE, SILENT, reason_words
from loadmon.show.charts.ribbon import NO_DATA, PAIN, WATCH
from loadmon.show.history_table import injury_words, load_words
from loadmon.show.history_view import HistoryView
from loadmon.show.words import capital, day_of_year, plural
from loadmon.units import Units


def load_sentence(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """The load panel in a sentence."""
    known = table[~table["state"].isin((DayState.UNKNOWN.value, SILENT))]
    total, ran = known["load"].sum(), int((known["load"] > 0).sum())
    lost = int((table["state"] == DayState.UNKNOWN.value).sum())
    silent = int((table["state"] == SILENT).sum())
    lacking = int(known["load"].isna().sum())
    words = f"{total:,.0f} {view.load.unit(units)} on {ran} of {plural(len(known), 'known day')}"
    words += f"; {plural(lacking, 'day')} with a run of unknown {view.load.noun}" if lacking else ""
    words += f"; {plural(lost, 'day')} without data" if lost else ""
    words += f"; {plural(silent, 'day')} of silence, of which nothing is known" if silent else ""
    return words + "."


def no_load_words(view: HistoryView) -> str:
    """Why a panel of load has nothing to draw."""
    if view.load.key == "effort" and (view.days["state"] == DayState.OBSERVED.value).any():
        return "Nobody has said yet how hard these sessions were. Say it on a session's page, from 0 to 10."
    if (view.days["state"] == SILENT).all():
        return reason_words(SILENT)
    if lacking := int(view.days["load"].isna()[view.days["state"] == DayState.OBSERVED.value].sum()):
        if view.load.key == "heart-rate load":
            return reason_words(COVERAGE, unit=view.load.kind.unit)
        return f"{plural(lacking, 'day')} with a run of unknown {view.load.noun}, and none of which it is known."
    return "No run in this span."


def week_sentence(view: HistoryView, units: Units) -> str:
    """The running week against the same days of the weeks before; empty where the span ends before it."""
    week = view.week
    if week is None:
        return ""
    so_much = "nothing is known of them" if week.load is None else load_words(week.load, view, units)
    words = f"This week, {week.days} of 7 days (dashed frame): {so_much}"
    if week.usual is None:
        return words + "; what is usual is not known yet."
    low, high = week.usual
    held = load_words(high, view, units)
    low, high = (end / view.load.per(units) for end in (low, high))
    digits = 1 if high < 100 else 0
    if f"{low:.{digits}f}" != f"{high:.{digits}f}":
        held = f"{low:,.{digits}f} to {held}"
    return words + f"; the same days of the weeks before (grey brackets) held {held}."


def ratio_sentence(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """The ratio panel in a sentence, with the reason of the gap that lasts, or else of the longest one."""
    known = table.dropna(subset=["ratio"])
    latest = known.iloc[-1]
    band = f", band {latest['ratio_low']:.2f} to {latest['ratio_high']:.2f}" if latest["ratio_low"] >= 0 else ""
    return (
        f"Acute to chronic between {known['ratio'].min():.2f} and {known['ratio'].max():.2f}; "
        f"{latest['ratio']:.2f} on {day_of_year(latest['day'])}{band}{_provisional(latest['ratio_coverage'])}."
        f"{_gap_words(table, view, units)}"
    )


def _gap_words(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """Why the line of the ratio ends, or was longest broken; empty where it is whole."""
    none = table["ratio"].isna()
    gaps = table[none].groupby((~none).cumsum()[none])
    if not len(gaps):
        return ""
    if none.iloc[-1]:
        lasting = gaps.get_group((~none).sum())
        return f" None since {day_of_year(lasting['day'].iloc[0])}: {lasting['ratio_words'].iloc[-1]}"
    longest = gaps.get_group(gaps.size().idxmax())
    first, last = (day_of_year(longest["day"].iloc[end]) for end in (0, -1))
    span = f"on {first}" if first == last else f"from {first} to {last}"
    # what a reason says of how long it will last is over
    code = str(longest["ratio_reason"].mode().iloc[0])
    return f" None {span}: {reason_words(code, unit=view.load.kind.unit, units=units)}"


def _provisional(coverage: float) -> str:
    """What is said behind a figure of which days are not known; empty where they all are."""
    return (
        f" (provisional: {100 * coverage:.0f} % of its days are known, the others count as nothing)"
        if coverage < 1
        else ""
    )


def averages_sentence(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """Long-term and short-term load, the balance between them and the climb in a sentence; empty where there are none."""
    long_term = table["long_term"].fillna(table["long_settling"])
    known = table.assign(long_term=long_term).dropna(subset=["long_term", "balance"])
    if known.empty:
        return ""
    latest, unit = known.iloc[-1], view.load.unit(units)
    ramp = "" if pd.isna(latest["ramp"]) else f"; long-term {_signed(latest['ramp'])} in 7 days"
    words = (
        f"On {day_of_year(latest['day'])} long-term {latest['long_term']:.1f} and short-term {latest['short_term']:.1f} "
        f"{unit} a day; balance {_signed(latest['balance'])}"
        f"{_day_before(table, table.index.tolist().index(known.index[-1]))}{ramp}"
        f"{_provisional(latest['averages_coverage'])}."
    )
    if bool(view.days["settling"].iloc[-1]):
        words += " The record is shorter than 90 days: the long-term line (dotted) is still settling."
    return words


def _day_before(table: pd.DataFrame, place: int) -> str:
    """The pair that a day's balance is the difference of, with as many decimals as it takes to add up; empty without it."""
    if place == 0:
        return ""
    before = table.iloc[place - 1]
    long_term, short_term = before["long_term"], before["short_term"]
    if pd.isna(long_term):
        long_term = before["long_settling"]
    if pd.isna(long_term) or pd.isna(short_term):
        return ""
    balance = round(table["balance"].iloc[place], 1)
    shown = {n: round(round(long_term, n) - round(short_term, n), 1) for n in (1, 2, 3)}
    digits = next((n for n, difference in shown.items() if difference == balance), 3)
    return f" (the day before, {long_term:.{digits}f} − {short_term:.{digits}f})"


def _signed(value: float) -> str:
    """A number with its sign, one decimal."""
    return f"{round(value, 1) + 0.0:+.1f}".replace("-", "−").replace("+0.0", "0.0")


def variety_sentence(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """Monotony and strain in a sentence, or why there is none on the newest whole day."""
    known = table.dropna(subset=["monotony"])
    if known.empty:
        return table["variety_words"].iloc[-2:].iloc[0] if len(table) else ""
    latest = known.iloc[-1]
    return (
        f"Seven days to {day_of_year(latest['day'])}: monotony {latest['monotony']:.2f}, strain {latest['strain']:,.0f} "
        f"{view.load.unit(units)}; monotony between {known['monotony'].min():.2f} and {known['monotony'].max():.2f} here."
        f"{_whole_week(view, units)}"
    )


def _whole_week(view: HistoryView, units: Units) -> str:
    """Monotony and strain of the newest whole week that has them."""
    known = view.weeks.dropna(subset=["monotony"])
    if known.empty:
        return ""
    week = known.iloc[-1]
    return (
        f" Week from {day_of_year(week['week_start'])}: monotony {week['monotony']:.2f}, strain "
        f"{week['strain'] / view.load.per(units):,.0f} {view.load.unit(units)}."
    )


def cadence_sentence(known: pd.Series, trend: str) -> str:
    """The cadence panel in a sentence.

    Parameters
    ----------
    known : Series of float
        Steps a minute at the common pace, of the runs that have a value.
    trend : str
        The trend in words.
    """
    held = f"between {known.min():.0f} and {known.max():.0f} steps a minute"
    return f"Cadence at the common pace {held}. {capital(trend.rstrip('.'))}."


def trend_test_sentence(trend: CadenceTrend) -> str:
    """The corrected test of a trend in words; empty where a step is told instead, or where the correction fails."""
    if trend.p_corrected is None or trend.step is not None:
        return ""
    p = "below 0.001" if trend.p_corrected < 0.001 else f"{trend.p_corrected:.3f}"
    return f"Trend of {trend.n_runs} runs; Mann–Kendall, corrected for autocorrelation: p {p}."


def steps_sentence(table: pd.DataFrame) -> str:
    """The steps of cadence in words; empty where there is none."""
    stepped = table.dropna(subset=["cadence_step"])
    told = [
        f"{abs(by):.1f} {'higher' if by > 0 else 'lower'} from {day_of_year(day)} on"
        for day, by in zip(stepped["day"], stepped["cadence_step"], strict=True)
    ]
    return f"Steps (thick lines are the levels): {'; '.join(told)}." if told else ""


def injury_sentence(view: HistoryView) -> str:
    """The ribbon in a sentence."""
    first = view.days["local_day"].iloc[0].date()
    seen = [i for i in view.injuries.values() if i.returned is None or i.returned >= first]
    if not seen:
        return "No injury was noted in this span."
    return "Injuries: " + "; ".join(injury_words(injury) for injury in seen) + "."


def marks_explained(rows: tuple[str, ...]) -> list[str]:
    """What the marks of the ribbon mean that occur."""
    words = {
        NO_DATA: "Hatched: days noted as missing, or without any session for "
        f"{evidence.SILENT_DAYS.value:.0f} days or more; of neither is it known whether they were rest. Days noted as missing "
        "add nothing to sums and means, which are provisional for it; where they are more than "
        f"{100 * (1 - evidence.MINIMUM_COVERAGE.value):.0f} % of a window, nothing is told.",
        PAIN: "Pain: days on which any was told; a day without a mark had none told, which is not the same as none.",
        WATCH: "Ticks and dashed uprights: another watch recorded from then on.",
    }
    return [words[row] for row in rows if row in words]
