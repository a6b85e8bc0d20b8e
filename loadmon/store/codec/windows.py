"""Cadence windows as packed rows: tiny, and thousands of sessions are read as one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loadmon.refusal import DamagedFile

_KINDS = {"f": "f4", "i": "i4", "u": "i4", "b": "?"}
"""Single precision holds a window's seconds, speed and cadence finer than any sensor."""
_KEPT_AS: dict[str, type[np.generic]] = {"f4": np.float64, "i4": np.int64, "?": np.bool_}


def encode_windows(windows: pd.DataFrame) -> bytes:
    """A session's windows as bytes: one line that names the columns, then the rows, packed.

    Parameters
    ----------
    windows : DataFrame
        Columns of float, whole number (to 2^31) or bool; NaN for missing.
    """
    columns = {str(name): column.to_numpy() for name, column in windows.items()}
    fields = [(name, _KINDS[values.dtype.kind]) for name, values in columns.items()]
    rows = np.empty(len(windows), dtype=np.dtype([(name, f"<{kind}") for name, kind in fields]))
    for name, values in columns.items():
        rows[name] = values
    head = " ".join(f"{name}:{kind}" for name, kind in fields)
    return head.encode() + b"\n" + rows.tobytes()


def decode_windows(
    session_ids: Sequence[int], blobs: Sequence[bytes], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """The windows of many sessions as one table.

    Parameters
    ----------
    session_ids : sequence of int, n
    blobs : sequence of bytes, n
        Each as made by ``encode_windows``.
    columns : sequence of str | None
        Only these; NaN all along where an earlier version did not keep one. None for all that were kept.

    Returns
    -------
    DataFrame
        ``session_id`` and the windows' columns (float64, int64 or bool); sessions in the order given.
    """
    kinds: dict[bytes, tuple[list[int], list[bytes]]] = {}
    for place, blob in enumerate(blobs):
        head, _, rows = blob.partition(b"\n")
        if rows:
            places, packed = kinds.setdefault(head, ([], []))
            places.append(place)
            packed.append(rows)
    if not kinds:
        head = max((blob.partition(b"\n")[0] for blob in blobs), default=b"", key=len)
        kinds = {head: ([], [])}
    ids = np.asarray(session_ids, np.int64)
    parts = [_unpacked(head, ids[places], packed, columns) for head, (places, packed) in kinds.items()]
    if len(parts) == 1:
        return parts[0]
    order = {session_id: place for place, session_id in enumerate(session_ids)}
    whole = pd.concat(parts, ignore_index=True)
    return whole.sort_values("session_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def _unpacked(head: bytes, session_ids: np.ndarray, packed: list[bytes], wanted: Sequence[str] | None) -> pd.DataFrame:
    kinds = dict(field.rsplit(":", 1) for field in head.decode().split())
    layout = np.dtype([(name, f"<{kind}") for name, kind in kinds.items()])
    if any(len(rows) % layout.itemsize for rows in packed) if layout.itemsize else packed:
        raise DamagedFile("Stored cadence windows cannot be read.", "Run loadmon recompute: they are made again.")
    rows = np.frombuffer(b"".join(packed), layout) if layout.itemsize else np.empty(0, layout)
    counts = [len(part) // layout.itemsize for part in packed]
    columns: dict[str, np.ndarray] = {"session_id": np.repeat(session_ids, counts)}
    for name in kinds if wanted is None else wanted:
        columns[name] = rows[name].astype(_KEPT_AS[kinds[name]]) if name in kinds else np.full(len(rows), np.nan)
    return pd.DataFrame(columns, copy=False)
