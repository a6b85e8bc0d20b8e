"""Forms that were begun: what is filled in stays over reloads and pages until something is made of it, one a runner and form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, delete, select

from loadmon.refusal import TooLarge
from loadmon.store.access import Viewer
from loadmon.store.insert_new import put
from loadmon.store.schema import AssessmentDraftRow, PlanDraftRow, now

LONGEST_DRAFT = 200_000
"""Characters that a draft may have: a form filled in to the last field has a few thousand."""


class Form(StrEnum):
    """Which form it is."""

    ASSESSMENT = "assessment"
    PLAN = "plan"


_TABLES: dict[Form, Any] = {Form.ASSESSMENT: AssessmentDraftRow, Form.PLAN: PlanDraftRow}


def save_draft(
    conn: Connection, viewer: Viewer, athlete_id: int, answers: Mapping[str, Any], *, form: Form = Form.ASSESSMENT
) -> None:
    """Keep what has been filled in so far, as it is: nothing is checked before something is made of it.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    athlete_id : int
    answers : mapping
        Words, numbers, lists and None, by the form's fields.
    form : Form

    Raises
    ------
    NotFound
        If this viewer may not see what is clinical of the runner.
    TooLarge
        If it is longer than any form could be.
    """
    viewer.must_read_notes(athlete_id)
    # every sign beyond ASCII stays an escape: what no database takes as text is kept all the same
    text = json.dumps(dict(answers), allow_nan=False)
    if len(text) > LONGEST_DRAFT:
        raise TooLarge("The draft is longer than this form can be.", "Shorten the notes.")
    put(conn, _TABLES[form], {"athlete_id": athlete_id, "answers": text, "changed": now()}, same=("athlete_id",))


def draft(conn: Connection, viewer: Viewer, athlete_id: int, *, form: Form = Form.ASSESSMENT) -> dict[str, Any]:
    """What was filled in of a form of which nothing is made yet; empty where nothing was, or for a coach."""
    return dated_draft(conn, viewer, athlete_id, form=form)[0]


def dated_draft(
    conn: Connection, viewer: Viewer, athlete_id: int, *, form: Form = Form.ASSESSMENT
) -> tuple[dict[str, Any], datetime | None]:
    """The same, and when it was changed last (UTC); None where there is none."""
    if not viewer.reads_notes:
        return {}, None
    table = _TABLES[form]
    theirs = and_(table.athlete_id == athlete_id, viewer.rule(table.athlete_id))
    found = conn.execute(select(table.answers, table.changed).where(theirs)).one_or_none()
    return ({}, None) if found is None else (dict(json.loads(found.answers)), found.changed)


def drop_draft(conn: Connection, viewer: Viewer, athlete_id: int, *, form: Form = Form.ASSESSMENT) -> None:
    """Forget what was filled in."""
    viewer.must_read_notes(athlete_id)
    table = _TABLES[form]
    conn.execute(delete(table).where(table.athlete_id == athlete_id))
