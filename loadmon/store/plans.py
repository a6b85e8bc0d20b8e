"""Plans of a return to running and what was decided about them. A plan is told anew from these rows at each look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from loadmon.planning.gate import GateAnswers, kept_answers, pass_gate
from loadmon.planning.order_text import order_from, order_text
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, ReturnOrder
from loadmon.refusal import Refusal
from loadmon.store.access import Viewer, no_such
from loadmon.store.known_signs import known_signs
from loadmon.store.packed import plain
from loadmon.store.schema import InjuryRow, PlanDecisionRow, PlanRow, now

ROW, DECIDED = PlanRow, PlanDecisionRow
HELD = "held by a clinician"
LEAST_NAME = 2
SLIP = timedelta(days=1)
"""For so long a decision can be taken back as if it had not been made."""


class PlanThere(Refusal):
    """The runner has a plan that has not ended."""

    name = "plan there"


class DecidedOn(Refusal):
    """A decision that can no longer be taken back as a slip."""

    name = "decided on"


class MayNotDecide(Refusal):
    """Only clinicians make plans and decide about them."""

    name = "may not decide"


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as it is kept: what it was ordered with, and the decisions by their number."""

    id: int
    order: ReturnOrder
    created: datetime
    decisions: dict[int, Decision] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """True where somebody ended it."""
        return any(one.choice is Choice.END for one in self.decisions.values())


def add_plan(conn: Connection, viewer: Viewer, order: ReturnOrder, answers: GateAnswers, *, today: date) -> int:
    """Keep a plan, if everything that has to be true before the first run is; gives back its number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes: a clinician's, or those of the person at their own machine.
    order : ReturnOrder
    answers : GateAnswers
        To the checks before the first run.
    today : date
        The runner's own day.

    Raises
    ------
    NotFound
        If this viewer may not see the runner, or the injury is none of theirs.
    MayNotDecide
        If they are no clinician, or nobody is named.
    PlanThere
        If the runner has a plan that has not ended.
    RedFlagTold, ClearanceMissing, UnderAge, NotReadyYet
        As ``loadmon.planning.gate.pass_gate`` tells them.
    """
    viewer.must_see(order.athlete_id)
    _must_decide(viewer)
    rules = default_return_rules()
    if order.profile not in rules.profile:
        raise MayNotDecide("There are no such rules.", "Choose a tissue from the list.")
    profile = rules.profile[order.profile]
    onset = None
    if order.injury_id is not None:
        theirs = and_(InjuryRow.id == order.injury_id, InjuryRow.athlete_id == order.athlete_id)
        onset = conn.execute(select(InjuryRow.onset).where(theirs)).scalar_one_or_none()
        if onset is None:
            raise no_such("injury")
    told = tuple(known_signs(conn, viewer, order.athlete_id))
    pass_gate(profile, replace(answers, known=told), today, rules, onset=onset)
    if len(order.made_by.strip()) < LEAST_NAME:
        raise MayNotDecide("Nobody is named who makes the plan.", "Write down the name of the clinician.")
    if any(not plan.ended for plan in plans(conn, viewer, [order.athlete_id]).values()):
        raise PlanThere("This runner has a plan already.", "End it first, or take it back.")
    kept = replace(
        order,
        made_by=plain(order.made_by),
        note=plain(order.note),
        clearance=answers.clearance,
        gate=kept_answers(profile, answers, rules),
    )
    row = {
        "athlete_id": order.athlete_id,
        "injury_id": order.injury_id,
        "request": order_text(kept),
        "created": now(),
        "removed": None,
    }
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def plans(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, StoredPlan]:
    """Plans by number, oldest first, with their decisions; clinical notes and answers are empty for those who do not read them.

    Raises
    ------
    DamagedPlan
        If one cannot be read any more.
    """
    asked = select(ROW).where(viewer.rule(ROW.athlete_id, athlete_ids), ROW.removed.is_(None)).order_by(ROW.id)
    found = {row.id: StoredPlan(row.id, _order(row, viewer), row.created) for row in conn.execute(asked)}
    chosen = select(DECIDED).where(DECIDED.plan_id.in_(sorted(found)), DECIDED.removed.is_(None))
    for row in conn.execute(chosen.order_by(DECIDED.at, DECIDED.id)):
        found[row.plan_id].decisions[row.id] = _decision(row, viewer)
    return found


def on_plan(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> frozenset[int]:
    """Runners with a plan that has not ended; a plan that cannot be read any more counts as one."""
    ended = select(DECIDED.plan_id).where(DECIDED.removed.is_(None), DECIDED.choice == Choice.END.value)
    asked = select(ROW.athlete_id).where(
        viewer.rule(ROW.athlete_id, athlete_ids), ROW.removed.is_(None), ROW.id.not_in(ended)
    )
    return frozenset(conn.execute(asked).scalars())


def decide(conn: Connection, viewer: Viewer, plan_id: int, decision: Decision) -> int:
    """Keep what somebody decided about a plan; gives back its number. ``loadmon.planning.decision.decided`` made it.

    Raises
    ------
    NotFound
        If there is no such plan, or this viewer may not see its runner.
    MayNotDecide
        If they are no clinician.
    """
    _must_be_there(conn, viewer, plan_id)
    _must_decide(viewer)
    row = {
        "plan_id": plan_id,
        "day": decision.day,
        "at": decision.at,
        "decided_by": plain(decision.by),
        "role": decision.role,
        "choice": decision.choice.value,
        "stage": decision.stage,
        "note": plain(decision.note),
        "onset_s": decision.onset_s,
        "removed": None,
    }
    return int(conn.execute(insert(DECIDED).returning(DECIDED.id), row).scalar_one())


def take_back_decision(conn: Connection, viewer: Viewer, decision_id: int) -> None:
    """Take a decision back; ``put_back_decision`` puts it back.

    Raises
    ------
    NotFound, MayNotDecide
    DecidedOn
        If it is no slip of today any more, or something was decided since: what moves a plan is a decision with a name.
    """
    row = conn.execute(select(DECIDED).where(DECIDED.id == decision_id)).one_or_none()
    if row is not None:
        _must_be_there(conn, viewer, row.plan_id)
        later = and_(DECIDED.plan_id == row.plan_id, DECIDED.removed.is_(None), DECIDED.at > row.at)
        if now() - row.at > SLIP or conn.execute(select(DECIDED.id).where(later)).first() is not None:
            raise DecidedOn(
                "This decision stands: it is older than a day, or another was made since.",
                "Decide anew instead: the new decision stands beside it with its name.",
            )
    _set_decision(conn, viewer, decision_id, gone=True)


def put_back_decision(conn: Connection, viewer: Viewer, decision_id: int) -> None:
    """Put back a decision that was taken back."""
    _set_decision(conn, viewer, decision_id, gone=False)


def remove_plan(conn: Connection, viewer: Viewer, plan_id: int) -> None:
    """Take a plan back; ``restore_plan`` puts it back."""
    _set_plan(conn, viewer, plan_id, gone=True)


def restore_plan(conn: Connection, viewer: Viewer, plan_id: int) -> None:
    """Put back a plan that was taken back.

    Raises
    ------
    PlanThere
        If the runner has another one by now that has not ended.
    """
    asked = select(ROW.athlete_id).where(ROW.id == plan_id, viewer.rule(ROW.athlete_id))
    athlete = conn.execute(asked).scalar_one_or_none()
    if athlete is not None and any(not plan.ended for plan in plans(conn, viewer, [athlete]).values()):
        raise PlanThere("This runner has another plan by now.", "End that first, or take it back.")
    _set_plan(conn, viewer, plan_id, gone=False)


def _must_decide(viewer: Viewer) -> None:
    if not viewer.decides:
        raise MayNotDecide(
            "Only a clinician makes plans and decides about them.", "Ask the clinician who looks after you."
        )


def _must_be_there(conn: Connection, viewer: Viewer, plan_id: int) -> None:
    asked = select(ROW.id).where(ROW.id == plan_id, viewer.rule(ROW.athlete_id), ROW.removed.is_(None))
    if conn.execute(asked).first() is None:
        raise no_such("plan")


def _set_plan(conn: Connection, viewer: Viewer, plan_id: int, *, gone: bool) -> None:
    theirs = and_(ROW.id == plan_id, viewer.rule(ROW.athlete_id))
    if conn.execute(select(ROW.id).where(theirs)).first() is None:
        raise no_such("plan")
    _must_decide(viewer)
    conn.execute(update(ROW).where(theirs).values(removed=now() if gone else None))


def _set_decision(conn: Connection, viewer: Viewer, decision_id: int, *, gone: bool) -> None:
    asked = select(DECIDED.plan_id).where(DECIDED.id == decision_id)
    plan_id = conn.execute(asked).scalar_one_or_none()
    if plan_id is None:
        raise no_such("plan")
    _must_be_there(conn, viewer, plan_id)
    _must_decide(viewer)
    conn.execute(update(DECIDED).where(DECIDED.id == decision_id).values(removed=now() if gone else None))


def _order(row: Any, viewer: Viewer) -> ReturnOrder:
    # the row says whose it is: files that move to another runner never take a plan along
    order = replace(order_from(row.request), athlete_id=row.athlete_id, injury_id=row.injury_id)
    return order if viewer.reads_notes else replace(order, note="", gate=None)


def _decision(row: Any, viewer: Viewer) -> Decision:
    hidden = HELD if row.choice == Choice.HOLD.value else ""
    note = row.note if viewer.reads_notes else hidden
    return Decision(row.day, row.at, row.decided_by, row.role, Choice(row.choice), row.stage, note, onset_s=row.onset_s)
