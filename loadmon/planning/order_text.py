"""What a plan was ordered with, as text and back."""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import ReturnOrder
from loadmon.refusal import Refusal

_ORDERS = TypeAdapter(ReturnOrder)


class DamagedPlan(Refusal):
    """A kept plan that cannot be read any more."""

    name = "damaged plan"


def order_text(order: ReturnOrder) -> str:
    """An order as JSON."""
    return _ORDERS.dump_json(order).decode()


def order_from(text: str) -> ReturnOrder:
    """The order that ``order_text`` wrote.

    Raises
    ------
    DamagedPlan
        If it is none, or follows rules that are not there any more.
    """
    try:
        order = _ORDERS.validate_json(text)
    except ValidationError:
        raise DamagedPlan("This plan cannot be read any more.", "Take it back and make a new one.") from None
    if order.profile not in default_return_rules().profile:
        raise DamagedPlan(f"This plan follows rules named “{order.profile}” that are not there.", "Make a new one.")
    return order
