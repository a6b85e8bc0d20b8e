"""An inspection in words: what a file is, what is in it, its sessions, and everything that was odd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loadmon.readers.inspection import Inspection
from loadmon.readers.seen_session import Compared, SessionSeen
from loadmon.units import NOTHING, Units, clock

MOST_LISTED = 30
_WORDS = {
    "distance_m": "distance", "elapsed_s": "elapsed", "timer_s": "timer", "moving_s": "moving",
    "mean_heart_rate_bpm": "mean heart rate", "max_heart_rate_bpm": "highest heart rate",
    "mean_cadence_spm": "mean cadence", "ascent_m": "ascent",
}  # fmt: skip
_UNITS = {"rate_bpm": "bpm", "cadence_spm": "steps/min", "ascent_m": "m"}
_MEASURED = {
    "t_s": "time", "lat_deg": "position", "lon_deg": "position", "altitude_m": "altitude", "distance_m": "distance",
    "speed_mps": "speed", "heart_rate_bpm": "heart rate", "cadence_spm": "cadence", "power_w": "power",
    "temperature_c": "temperature", "vertical_oscillation_m": "vertical oscillation", "stance_time_s": "ground contact time",
    "stance_balance_left_pct": "ground contact balance", "step_length_m": "step length", "vertical_ratio_pct": "vertical ratio",
}  # fmt: skip
_OURS = {"timer_s": "recorded in samples", "ascent_m": "ours is not worked out from the samples"}


def lines(found: Inspection) -> Iterator[str]:
    """An inspection as the lines that the command prints.

    Parameters
    ----------
    found : Inspection
    """
    yield f"{found.name}: {found.what}, {found.size:,} bytes"
    if found.account:
        yield f"  {found.account}."
    yield from _listed("Holds", [_part(part.name, part.count, part.number) for part in found.parts])
    yield from _listed("Extensions", [_part(part.name, part.count, None) for part in found.extensions])
    yield from _listed("Added by apps", [_app(one.app, one.name, one.unit) for one in found.app_columns])
    if len(found.members) > 1:
        yield from _listed("Activity files", [f"{path} ({size:,} bytes)" for path, size in found.members])
    yield from _table(found)
    for session in found.sessions:
        yield from _session(session, several_files=len(found.members) > 1)
    if found.unread:
        yield f"  {found.unread:,} more activity files were listed and not read."
    for file, name, what, advice in found.refusals:
        where = "" if file == found.name else f"{file}: "
        word = "To be confirmed" if found.table is not None else f"Refused ({name})"
        yield f"  {word}: {where}{what} {advice}"


def _listed(title: str, words: list[str]) -> Iterator[str]:
    if words:
        yield f"  {title}:"
        yield from (f"    {word}" for word in words[:MOST_LISTED])
        if len(words) > MOST_LISTED:
            yield f"    … and {len(words) - MOST_LISTED:,} more"


def _part(name: str, count: int, number: int | None) -> str:
    return f"{count:>8,}  {name}" + (f" (#{number})" if number is not None else "")


def _app(app: str, name: str, unit: str | None) -> str:
    return f"{name}, {unit or 'no unit'} (app {app})"


def _table(found: Inspection) -> Iterator[str]:
    table = found.table
    if table is None:
        return
    sheet = f" of the sheet “{table.sheet}”" if table.sheet else ""
    yield f"  {table.rows:,} rows; the columns are named in row {table.header_row}{sheet}:"
    for column in table.found:
        taken = f"taken for {column.taken_for}" + (f" ({column.unit})" if column.unit else "")
        examples = ", ".join(column.examples)[:80]
        yield f"    {column.name}: {taken if column.taken_for else 'not used'}{f'; such as {examples}' if examples else ''}"
    only = [one.answers()[0] for one in table.unclear if len(one.choices) == 1]
    yield f'  As columns: --columns "{",".join([table.columns.words(), *only])}"'
    for one in table.unclear:
        yield f"  To be said: {one.question} Say {' or '.join(one.answers())}."


def _session(seen: SessionSeen, *, several_files: bool) -> Iterator[str]:
    summary = seen.summary
    yield (
        f"  Session: {summary['sport']}" + (f" ({summary['sub_sport']})" if summary["sub_sport"] else "")
        + f", {seen.local_start} local time ({_origin(seen.offset_origin, summary['utc_offset_s'])})"
        + (f", in {seen.file}" if several_files else "")
    )  # fmt: skip
    told = [f"{name} {summary[name]}" for name in ("title", "shoes", "effort") if summary[name] is not None]
    if told:
        yield f"    told by a table: {', '.join(told)}"
    yield f"    device: {seen.device}"
    measured = dict.fromkeys(_MEASURED.get(name, name) for name in summary["measured"])
    laps = f"{summary['laps']:,} {'lap' if summary['laps'] == 1 else 'laps'}"
    yield f"    {summary['samples']:,} samples, {laps}; measured: {', '.join(measured) or 'nothing'}"
    if summary["heartbeats"]:
        yield f"    {summary['heartbeats']:,} times between heartbeats"
    for total in seen.totals:
        if total.device is not None or total.ours is not None:
            yield f"    {_WORDS[total.name]}: {_compared(total)}"
    for oddity in summary["oddities"]:
        count = f" ({oddity['count']:,})" if oddity["count"] else ""
        yield f"    odd: {oddity['name']}{count}: {oddity['detail']}"
    if not summary["oddities"]:
        yield "    nothing odd"


def _origin(origin: str, offset_s: int | None) -> str:
    if offset_s is None:
        return "shown in UTC: nothing tells the local time"
    sign, offset = "-" if offset_s < 0 else "+", abs(offset_s) // 60
    return f"UTC{sign}{offset // 60}:{offset % 60:02d}, from the {origin}"


def _compared(total: Compared) -> str:
    device, ours = (_value(total.name, value) for value in (total.device, total.ours))
    if total.name == "ascent_m" and total.ours is None:
        return f"device {device}, {_OURS[total.name]}"
    words = f"device {device}, {_OURS.get(total.name, 'ours')} {ours}"
    if total.device and total.ours is not None:
        # a zero has no sign
        words += f" ({round(100 * (total.ours / total.device - 1), 1) + 0.0:+.1f} %)".replace("(+0.0 %)", "(0.0 %)")
    return words


def _value(name: str, value: Any) -> str:
    if value is None:
        return NOTHING
    if name == "distance_m":
        return Units().distance(value, 2)
    unit = next((f" {unit}" for ending, unit in _UNITS.items() if name.endswith(ending)), "")
    return clock(value) if name.endswith("_s") else f"{value:,.0f}{unit}"
