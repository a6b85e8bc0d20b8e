"""A public file with a few rows a person (Wu 2026): whose each row is, what it is labelled, and what the split alone is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from loadmon.risk.event_file import DamagedData
from loadmon.risk.prior import Floats
from loadmon.risk.splits import plain_scores

PEOPLE = ("participant", "subject", "runner", "person", "athlete", "id")
LABELS = ("injur", "label", "class", "rri", "outcome")
MOST_LEVELS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Visits:
    """The file's columns by what they are; N rows, F predictors.

    Parameters
    ----------
    person : array of int, N
    label : array of N
        1 for injured.
    features : array of shape (N, F)
        In standard deviations, missing ones at the middle; neither person nor label is among them.
    """

    person: np.ndarray
    label: Floats
    features: Floats


def visits(table: pd.DataFrame, predictors: int) -> Visits | None:
    """The columns by their names; None where they do not say whose a row is or how it is labelled: that is never guessed.

    Parameters
    ----------
    table : DataFrame
    predictors : int
        How many the file was published with.

    Raises
    ------
    DamagedData
        If it holds fewer columns of numbers than were published.
    """
    people = [name for name in table.columns if _named(name, PEOPLE) and 1 < table[name].nunique() < len(table)]
    labels = [name for name in table.columns if _named(name, LABELS) and table[name].nunique() == MOST_LEVELS]
    numbers = [name for name in table.select_dtypes("number").columns if name not in {*people, *labels}]
    if len(numbers) < predictors:
        raise DamagedData(
            f"The file holds {len(numbers)} columns of numbers, and was published with {predictors}.",
            "Download it again.",
        )
    if len(people) != 1 or len(labels) != 1:
        return None
    values = table[numbers].to_numpy(dtype=np.float64)
    spread = np.nanstd(values, axis=0)
    steps = np.nan_to_num(np.clip((values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0), -4.0, 4.0))
    label = (table[labels[0]] == table[labels[0]].max()).to_numpy(dtype=np.float64)
    return Visits(pd.factorize(table[people[0]])[0], label, steps)


def visit_scores(found: Visits) -> Iterator[tuple[str, str, Floats, str]]:
    """Split, what is known, scores and what that is worth: people kept whole, beside what leaks."""
    once = np.arange(len(found.label))
    alone = np.eye(int(found.person.max()) + 1)[found.person] * 4.0
    yield (
        "people kept whole",
        "predictors of each row",
        plain_scores(found.features, found.label, found.person),
        "strict",
    )
    yield "random rows (leaks)", "predictors of each row", plain_scores(found.features, found.label, once), "a leak"
    yield "random rows (leaks)", "whose the row is, alone", plain_scores(alone, found.label, once), "a leak"


def _named(name: object, words: tuple[str, ...]) -> bool:
    """Whether a column's name holds one of some words; ``id`` only as a word of its own."""
    parts = "".join(letter if letter.isalnum() else " " for letter in str(name).lower()).split()
    return any(word in parts if word == "id" else any(part.startswith(word) for part in parts) for word in words)
