"""What each figure is, as data: every card there is, by the key under which a panel asks for it."""

from __future__ import annotations

from loadmon.show.gait_cards import CADENCE, DYNAMICS
from loadmon.show.load_cards import OF_A_DAY, OVER_WEEKS
from loadmon.show.metric_card import MetricCard
from loadmon.show.recorded_cards import RECORDED

CARDS: dict[str, MetricCard] = {**OVER_WEEKS, **OF_A_DAY, **RECORDED, **CADENCE, **DYNAMICS}
"""In the order in which they are listed."""
