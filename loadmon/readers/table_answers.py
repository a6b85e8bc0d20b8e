"""How to answer what a table leaves open: on the command line in its words, from Python in Python's names."""

from __future__ import annotations

from collections.abc import Sequence

from loadmon.readers.table_columns import TableColumns, Unclear
from loadmon.refusal import ColumnUnclear


def on_the_command_line(questions: Sequence[Unclear]) -> str:
    """What to put into ``--columns``: the very text where each question has one answer, else all that there are."""
    said = [one.answers() for one in questions]
    if all(len(answers) == 1 for answers in said):
        return '--columns "' + ",".join(answers[0] for answers in said) + '"'
    return "--columns, joined by commas: " + "; ".join(" or ".join(answers) for answers in said)


def in_python(questions: Sequence[Unclear]) -> str:
    """What to replace in the proposed columns, in the names of ``TableColumns``."""
    return "; ".join(" or ".join(_python(one)) for one in questions)


def asked_by_command(questions: Sequence[Unclear]) -> ColumnUnclear:
    """A refusal that lists everything still to be said, as the command takes it."""
    return ColumnUnclear(_all(questions), f"Say which, with {on_the_command_line(questions)}.")


def asked_in_python(questions: Sequence[Unclear]) -> ColumnUnclear:
    """A refusal that lists everything still to be said, as ``dataclasses.replace(columns, …)`` takes it."""
    return ColumnUnclear(_all(questions), f"Say which, with dataclasses.replace(columns, …): {in_python(questions)}.")


def columns_in_python(columns: TableColumns) -> str:
    """Columns as the call that makes them."""
    plain = {name: value for name, value in columns.plain().items() if (name, value) != ("clock", "local")}
    return f"TableColumns({', '.join(f'{name}={value!r}' for name, value in plain.items())})"


def _all(questions: Sequence[Unclear]) -> str:
    return " ".join(one.question for one in questions)


def _python(one: Unclear) -> list[str]:
    if not one.choices:
        return [f"{one.field}='the name of the column'"]
    if one.field == "date":
        return [f"date_order={choice!r}" for choice, _ in one.choices]
    if one.field == "decimal":
        return [f"decimal={',' if choice == 'comma' else '.'!r}" for choice, _ in one.choices]
    if one.field == "sport":
        return [f"all_sport={choice.partition(':')[2]!r}" for choice, _ in one.choices]
    return [f"{one.field}_unit={choice!r}" if choice else f"{one.field}=None" for choice, _ in one.choices]
