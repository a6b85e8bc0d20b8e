"""What page tests of pain, plans and injuries need: entries of a made runner, and ways to fill the forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from loadmon.injury import Injury
from loadmon.planning.gate import GateAnswers
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import ReturnOrder
from loadmon.show import state
from loadmon.store import injury_record, pain, plans
from tests.pages.conftest import well
from tests.pages.test_runner import TODAY, who

Home = Callable[[str], object]
RULES = default_return_rules()


def entries(name: str) -> list[PainEntry]:
    with state.store().read() as conn:
        return list(pain.pain_entries(conn, state.viewer(), [who(name).id]).values())


def pills(at: AppTest, label: str, value: object) -> None:
    (group,) = [one for one in at.main.get("button_group") if one.label.startswith(label)]
    group.set_value(value)


def hurt(name: str, days_ago: int = 30, **more: object) -> int:
    with state.store().write() as conn:
        injury = Injury(who(name).id, TODAY - timedelta(days=days_ago), None, "Achilles tendon", "left", **more)  # type: ignore[arg-type]
        return injury_record.add_injury(conn, state.viewer(), injury)


def planned(name: str, profile: str = "tendon", days_ago: int = 4, **more: object) -> int:
    order = ReturnOrder(
        who(name).id,
        profile,
        TODAY - timedelta(days=days_ago),
        given_level(40_000.0, 2.8, 4.0),
        "Dr Osei",
        **more,  # type: ignore[arg-type]
    )
    answers = GateAnswers(frozenset(RULES.profile[profile].entry), 30.0)
    with state.store().write() as conn:
        return plans.add_plan(conn, state.viewer(), order, answers, today=TODAY)


def felt(name: str, days_ago: int, value: float = 1.0, flags: frozenset[str] = frozenset()) -> None:
    day = TODAY - timedelta(days=days_ago)
    with state.store().write() as conn:
        for moment, on in (("during", day), ("after", day), ("morning", day + timedelta(days=1))):
            entry = PainEntry(who(name).id, on, moment, value, flags=flags, without_recording=moment == "during")
            pain.add_pain(conn, state.viewer(), entry, today=TODAY)


def ran_lately(name: str) -> bool:
    table = state.runner_sessions(who(name).id)
    days = [row["local_day"].date() for row in table.to_dict("records") if row["is_running"]]
    return any(0 <= (TODAY - day).days <= 3 for day in days)


def press_keyed(at: AppTest, key: str) -> AppTest:
    return well(at.main.button(key=key).click().run())


def radio(at: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.main.radio if one.label.startswith(label))


def pills_keyed(at: AppTest, key: str, value: object) -> None:
    (group,) = [one for one in at.main.get("button_group") if str(one.key).startswith(key)]
    group.set_value(value)
