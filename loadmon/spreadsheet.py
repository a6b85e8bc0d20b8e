"""Tables as CSV that a spreadsheet shows as it was written: no cell of text becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n")
"""A spreadsheet takes text that begins so for a formula, and a file's name or a note may come from anybody."""


def csv_of(table: pd.DataFrame) -> str:
    """A table as CSV; text that a spreadsheet would run as a formula gets an apostrophe before it.

    Parameters
    ----------
    table : DataFrame
        Its index is left out. Numbers and days stay as they are, negative ones too.
    """
    safe = table.copy()
    for place, (name, column) in enumerate(table.items()):
        if not pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_datetime64_any_dtype(column.dtype):
            safe.isetitem(place, np.array([shown_as_text(value) for value in column] + [None], dtype=object)[:-1])
        safe = safe.rename(columns={name: shown_as_text(name)})
    return safe.to_csv(index=False)


def csv_of_rows(rows: Iterable[Sequence[str]]) -> str:
    """Rows that need not be of one length as CSV, guarded as those of a table are."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([shown_as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def shown_as_text(value: object) -> object:
    """One cell: text that begins like a formula with an apostrophe, anything else as it is."""
    if not isinstance(value, str):
        return value
    # a bare carriage return is written without quotes, and what follows it would begin a row of its own
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
