"""The fields of a form whose parts open one by one: each begins with what is kept of it, and all of them are gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from loadmon.show.words import capital

_ROUND = "clinic-round"


def part_key(athlete_id: int, title: str) -> str:
    """Under which it is remembered whether a part of the form is open."""
    return f"clinic-part-{athlete_id}-{title}"


def begin_anew() -> None:
    """From the next run on all fields begin with what is kept then."""
    st.session_state[_ROUND] = int(st.session_state.get(_ROUND, 0)) + 1


class Fields:
    """The form's fields.

    Parameters
    ----------
    athlete_id : int
        Whose form it is.
    kept : dict
        What is kept of each field.
    keep : callable
        Keeps what stands in all fields. It is called at once when one is changed, before anything is drawn: whoever leaves
        the page with the same press that leaves a field breaks off the drawing.
    """

    def __init__(self, athlete_id: int, kept: dict[str, Any], keep: Callable[[dict[str, Any]], None]) -> None:
        self._athlete_id = athlete_id
        self._mark = f"clinic-{athlete_id}-{int(st.session_state.get(_ROUND, 0))}-"
        self._kept = kept
        self._keep = keep

    def changed(self) -> None:
        """Keep what stands in the fields now."""
        self._keep(self.answers())

    def part(self, title: str) -> Any:
        """A part that can be opened; None while it is closed.

        Closed parts are not drawn: a form of a hundred fields would be slow on a phone, and at every change.
        """
        box = st.expander(title, key=part_key(self._athlete_id, title), on_change="rerun")
        return box if box.open else None

    def value(self, field: str) -> Any:
        """What stands in a field."""
        return st.session_state.get(self._mark + field, self._kept.get(field))

    def put(self, field: str, value: Any) -> None:
        """Fill a field in; only before it is drawn."""
        st.session_state[self._mark + field] = value

    def put_all(self, values: Mapping[str, Any]) -> None:
        """Fill fields in that have been drawn before; those that were not begin with what is kept."""
        for field, value in values.items():
            if self._mark + field in st.session_state:
                self.put(field, value)

    def filled(self, fields: Iterable[str]) -> int:
        """How many of some fields are filled in."""
        return sum(not _is_empty(self.value(field)) for field in fields)

    def key(self, field: str, among: Sequence[Any] | None = None, empty: Any = None) -> str:
        """A widget's key, its beginning in place."""
        key = self._mark + field
        if key not in st.session_state:
            value = self._kept.get(field)
            st.session_state[key] = empty if value is None or (among is not None and value not in among) else value
        return key

    def number(
        self, place: Any, field: str, label: str, *, step: float = 1.0, told: str | None = None, **more: Any
    ) -> None:
        """A number, open until somebody fills it in."""
        form = "%0.2f" if step < 0.1 else "%0.1f" if step < 1 else "%g"
        more.setdefault("on_change", self.changed)
        place.number_input(label, value=None, step=step, format=form, key=self.key(field), help=told, **more)

    def choice(
        self, place: Any, field: str, label: str, options: Sequence[str], words: Any = capital, **more: Any
    ) -> Any:
        """One of a few, open until somebody chooses."""
        more.setdefault("on_change", self.changed)
        return place.selectbox(
            label, options, index=None, format_func=words, placeholder="open", key=self.key(field, options), **more
        )

    def answers(self) -> dict[str, Any]:
        """What stands in all fields: in those that are drawn, or were changed on the way here, else what is kept."""
        found = dict(self._kept)
        for key, value in st.session_state.items():
            if isinstance(key, str) and key.startswith(self._mark):
                field = key.removeprefix(self._mark)
                found.pop(field, None)
                if not _is_empty(value):
                    found[field] = value.isoformat() if isinstance(value, date) else value
        return found


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])  # 0 is an answer
