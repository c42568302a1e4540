"""Columns that are the sum of others (revenue = ads + circulation): a total, and what it is made of."""

import math
from itertools import combinations

import numpy as np

from deckgen.domain.table_models import Components, Confidence
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look, Numbers, listed

LEAST_COLUMNS, MOST_COLUMNS = 3, 60
LEAST_ROWS, MANY_ROWS = 3, 20
MAX_COMBINATIONS, MAX_PARTS = 200_000, 7
ROUNDING = 2e-4  # published tables round each column on its own


def decide(look: Look, made: Decisions) -> None:
    """Add the first total that is no part of another, taken apart as far as that goes."""
    like = _alike(look)
    if len(like) < LEAST_COLUMNS or made.long_table:
        return
    values = np.column_stack([look.sample[known.name] for known in like])
    values = values[~np.isnan(values).any(axis=1)]
    if len(values) < LEAST_ROWS:
        return
    sums = _sums(values)
    inner = {part for parts in sums.values() for part in parts}
    total = next((place for place in sums if place not in inner), None)
    if total is None:
        return
    parts = [like[place] for place in dict.fromkeys(_leaves(total, sums))]
    said = listed([known.label for known in parts])
    made.components = Components(
        total=like[total].name,
        parts=[known.name for known in parts],
        reason=f"{like[total].label} is the sum of {said} in the {len(values)} rows looked at",
        confidence=Confidence.SURE if len(values) >= MANY_ROWS else Confidence.LIKELY,
    )


def _alike(look: Look) -> list[Known]:
    """Returns the amounts that can be added to one another: those of the most frequent unit."""
    # Counts and plain numbers differ in how they are written in the file only.
    units: dict[str, list[Known]] = {}
    for known in look.measures:
        if known.adds_up and known.name in look.sample:
            units.setdefault(known.column.symbol, []).append(known)
    return max(units.values(), key=len, default=[])[:MOST_COLUMNS]


def _sums(values: Numbers) -> dict[int, list[int]]:
    """Returns which columns are the sum of which others, in every row: of the fewest that do."""
    columns = values.shape[1]
    found: dict[int, list[int]] = {}
    for size in range(2, min(MAX_PARTS, columns - 1) + 1):
        if math.comb(columns, size) > MAX_COMBINATIONS:
            break
        found |= _sums_of(size, values, found)
    return found


def _sums_of(size: int, values: Numbers, found: dict[int, list[int]]) -> dict[int, list[int]]:
    """Returns the columns, beyond those found, that are the sum of so many others."""
    candidates = np.array(list(combinations(range(values.shape[1]), size)))
    # One row rules nearly everything out; what is left must hold in all rows.
    row = values[int(np.argmax(values.sum(axis=1)))]
    sums = row[candidates].sum(axis=1)
    more: dict[int, list[int]] = {}
    for place in range(values.shape[1]):
        if place not in found and row[place] > 0:
            near = candidates[np.abs(sums - row[place]) <= ROUNDING * abs(row[place])]
            fitting = (list(parts) for parts in near if place not in parts)
            parts = next((each for each in fitting if _holds(values, place, each)), None)
            if parts is not None:
                more[place] = [int(part) for part in parts]
    return more


def _holds(values: Numbers, place: int, parts: list[int]) -> bool:
    """True if a column is the sum of others in all rows, none of which is below zero or empty."""
    total, own = values[:, place], values[:, parts]
    off = np.abs(own.sum(axis=1) - total)
    is_sum = (off <= ROUNDING * np.abs(total) + 1e-9).all()
    return bool(is_sum and (own >= 0).all() and (own > 0).any(axis=0).all())


def _leaves(total: int, sums: dict[int, list[int]]) -> list[int]:
    """Returns the parts of a total, taken apart as far as they go."""
    leaves: list[int] = []
    for part in sums.get(total, []):
        leaves += _leaves(part, sums) if part in sums else [part]
    return leaves
