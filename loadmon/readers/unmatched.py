"""Activities that an account's own list names and that no file is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from loadmon.readers.account import SAME_START_S, Told
from loadmon.refusal import NoActivity


def unmatched(listed: Mapping[float, Told], starts: Iterable[float]) -> list[tuple[float, NoActivity]]:
    """Activities of Garmin's list that no session is, so that none is passed over in silence.

    Parameters
    ----------
    listed : mapping of Unix seconds to Told
        One account's activities by their start.
    starts : iterable of float
        When the sessions began that are there, in Unix seconds.

    Returns
    -------
    list of (float, NoActivity)
        Start and what is to be said of it, earliest first.
    """
    there = sorted(starts)
    found = []
    for begin, told in sorted(listed.items(), key=lambda item: item[0]):
        place = bisect_left(there, begin)
        if any(abs(near - begin) <= SAME_START_S for near in there[max(place - 1, 0) : place + 1]):
            continue
        kind = f" ({told.sport})" if told.sport else ""
        when = f"{datetime.fromtimestamp(begin, UTC):%Y-%m-%d, %H:%M} UTC"
        words = NoActivity(
            f"Garmin's own list names an activity{kind} of {when}, and no file that could be read is it.",
            "If you miss it, export its file in Garmin Connect and give that; one entered by hand has none: "
            "put it into a table of your own.",
        )
        found.append((begin, words))
    return found
