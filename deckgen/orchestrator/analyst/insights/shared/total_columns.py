"""Columns that are the sum of others (revenue = ads + circulation): they are totals, not items."""

import math
from itertools import combinations
from typing import Any

import numpy as np

from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.sql import quoting

MIN_COLUMNS, MIN_ROWS = 3, 3
MAX_COMBINATIONS, MAX_PARTS = 200_000, 7
ROUNDING = 2e-4  # published tables round each column on its own


def find_sums(analysis: Analysis, metrics: list[Metric]) -> dict[str, list[Metric]]:
    """Which columns are the sum of which others, in every row that has them all (fewest first)."""
    if len(metrics) < MIN_COLUMNS or len(rows := _rows(analysis, metrics)) < MIN_ROWS:
        return {}
    values = np.array(rows)
    found: dict[str, list[Metric]] = {}
    for size in range(2, MAX_PARTS + 1):
        if size >= len(metrics) or math.comb(len(metrics), size) > MAX_COMBINATIONS:
            break
        found |= _sums_of(size, metrics, values, found)
    return found


def _rows(analysis: Analysis, metrics: list[Metric]) -> list[tuple[Any, ...]]:
    """The rows in which every metric has a value."""
    columns = ", ".join(f"CAST({metric.value} AS DOUBLE)" for metric in metrics)
    present = quoting.where(*(metric.present for metric in metrics))
    return analysis.table.all(f"SELECT {columns} FROM data{present} ORDER BY rowid")


def _sums_of(
    size: int, metrics: list[Metric], values: Any, found: dict[str, list[Metric]]
) -> dict[str, list[Metric]]:
    """The columns, beyond those found, that are the sum of so many others."""
    candidates = np.array(list(combinations(range(len(metrics)), size)))
    # One row rules nearly everything out; what is left must hold in all rows.
    last = values[-1]
    sums = last[candidates].sum(axis=1)
    more: dict[str, list[Metric]] = {}
    for place, metric in enumerate(metrics):
        if metric.key not in found and last[place] > 0:
            near = candidates[np.abs(sums - last[place]) <= ROUNDING * abs(last[place])]
            fitting = (parts for parts in near if place not in parts and _holds(values, place, parts))
            if (parts := next(fitting, None)) is not None:
                more[metric.key] = [metrics[part] for part in parts]
    return more


def _holds(values: Any, place: int, parts: Any) -> bool:
    total = values[:, place]
    off = np.abs(values[:, parts].sum(axis=1) - total)
    return bool((off <= ROUNDING * np.abs(total) + 1e-9).all() and (values[:, parts] >= 0).all())
