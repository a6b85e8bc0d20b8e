"""What is said of an injury after it was noted: put right or said more closely, each undone."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.injury import CHOICES, TISSUE_WORDS, Injury
from loadmon.planning.injury_codes import InjuryCode, contradiction
from loadmon.show import undo
from loadmon.show.areas import AREAS, EVERYDAY, area_choice
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY
from loadmon.show.injury_end import PART
from loadmon.show.plain import plain
from loadmon.show.who_reads import WHO_READS
from loadmon.show.words import capital
from loadmon.store import injury_record

SIDES = ("left", "right", "both")
NOT_AGREED = (
    "**Nothing was kept: place and code contradict each other.** Change one of them, or say that both are right."
)
FIELDS = {
    "mode": "How it came on",
    "mechanism": "By",
    "contact": "Contact",
    "episode": "Which time",
    "setting": "In",
    "tissue": "Tissue",
}
WORDS = {
    "acute": "one event", "repetitive": "many repeats", "none": "no contact", "direct": "direct contact",
    "indirect": "indirect contact", "index": "for the first time", "recurrence": "again, after full return",
    "exacerbation": "worse, before full return",
} | dict(TISSUE_WORDS)  # fmt: skip


def said(choice: str) -> str:
    """A choice as it stands on the screen."""
    return WORDS.get(choice, choice)


def kind_fields(injury: Injury | None, codes: dict[str, InjuryCode], mark: str) -> dict[str, str | None]:
    """The fields of the IOC consensus, each to be left open."""
    given: dict[str, str | None] = {}
    left, right = st.columns(2)
    for place, (field, label) in enumerate(FIELDS.items()):
        options = list(CHOICES[field])
        now = None if injury is None else getattr(injury, field)
        with (left, right)[place % 2]:
            given[field] = st.selectbox(
                label, options, index=options.index(now) if now in options else None, format_func=said,
                placeholder="Left open", key=f"{field}-{mark}",
            )  # fmt: skip
    listed = list(codes)
    now = None if injury is None else injury.code
    given["code"] = st.selectbox(
        "Code (OSIICS 15)", listed, index=listed.index(now) if now in listed else None, placeholder="Left open",
        format_func=lambda one: f"{one}: {codes[one].name}", key=f"code-{mark}",
    )  # fmt: skip
    given["reporter"] = st.text_input(
        "Told by", value="" if injury is None else injury.reporter, key=f"reporter-{mark}"
    )
    return given


def agreed(area: str, code: str | None, mark: str) -> bool:
    """True where place and code go together; where they do not somebody is asked, and may say that both are right."""
    asked = contradiction(area, code)
    if asked is None:
        return True
    st.warning(plain(asked))
    return st.checkbox("Both are right", key=f"both-{code}-{area}-{mark}")


def describe(athlete: Athlete, number: int, injury: Injury, codes: dict[str, InjuryCode], today: date) -> None:
    """The form that puts an injury right or says more of it: its days, place, side and note, and what kind it is."""
    # fields of what has changed since begin anew: an old day left standing in one would open a closed injury again
    mark = f"{number}-{crc32(repr(injury).encode())}"
    given: dict[str, str | date | None] = dict(_place_and_days(injury, mark))
    kind = kind_fields(injury, codes, mark)
    given |= kind
    given["note"] = st.text_input("Note", value=injury.note, key=f"note-{mark}", help=WHO_READS)
    both = agreed(str(given["area"] or ""), kind["code"], mark)
    if st.button("Keep it", key=f"describe-{number}"):
        if not both:
            st.error(NOT_AGREED)
            return
        changed = {name: value for name, value in given.items() if value != getattr(injury, name)}
        if not changed:
            st.info("Nothing was changed.")
            return
        before = {name: getattr(injury, name) for name in changed}
        write: Any = injury_record.describe_injury
        undo.do(athlete.id, partial(write, injury_id=number, today=today, **changed),
               partial(write, injury_id=number, **before), "An injury was changed.", part=PART)  # fmt: skip


def _place_and_days(injury: Injury, mark: str) -> dict[str, str | date | None]:
    one, two = st.columns(2)
    # an area from a table or from before this list stays what it is
    areas = list(dict.fromkeys((*AREAS, injury.area)))
    area = one.selectbox(
        "Where", areas, index=areas.index(injury.area), key=f"where-{mark}",
        format_func=lambda area: area_choice(area) if area in EVERYDAY else capital(area),
    )  # fmt: skip
    side = two.segmented_control("Side", SIDES, default=injury.side, key=f"side-{mark}")
    onset = one.date_input(
        "Since", value=injury.onset, min_value=FIRST_DAY, max_value=LAST_DAY, key=f"since-{mark}", format="YYYY-MM-DD"
    )
    returned = two.date_input(
        "Back in full since (leave empty while it lasts)", value=injury.returned, min_value=FIRST_DAY, max_value=LAST_DAY,
        key=f"until-{mark}", format="YYYY-MM-DD",
    )  # fmt: skip
    return {"area": area, "side": side, "onset": onset, "returned": returned}
