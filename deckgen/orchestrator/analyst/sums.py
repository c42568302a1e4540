"""Columns that are the sum of others (revenue = ads + circulation): they are totals, not items."""

import math
from itertools import combinations
from typing import Any

import numpy as np

from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.metrics import Metric

MAX_COMBINATIONS, MAX_PARTS = 200_000, 7
ROUNDING = 2e-4  # published tables round each column on its own


def find_sums(analysis: Analysis, metrics: list[Metric]) -> dict[str, list[Metric]]:
    """Which columns are the sum of which others, in every row that has them all (fewest first)."""
    if len(metrics) < 3:
        return {}
    columns = ", ".join(f"CAST({metric.value} AS DOUBLE)" for metric in metrics)
    present = " AND ".join(metric.present for metric in metrics)
    rows = analysis.table.all(f"SELECT {columns} FROM data WHERE {present} ORDER BY rowid")
    if len(rows) < 3:
        return {}
    values = np.array(rows)
    found: dict[str, list[Metric]] = {}
    for size in range(2, MAX_PARTS + 1):
        if size >= len(metrics) or math.comb(len(metrics), size) > MAX_COMBINATIONS:
            break
        index = np.array(list(combinations(range(len(metrics)), size)))
        # One row rules nearly everything out; what is left must hold in all rows.
        probe = values[-1][index].sum(axis=1)
        for place, metric in enumerate(metrics):
            if metric.key in found or values[-1][place] <= 0:
                continue
            near = np.abs(probe - values[-1][place]) <= ROUNDING * abs(values[-1][place])
            for parts in index[near]:
                if place not in parts and _holds(values, place, parts):
                    found[metric.key] = [metrics[part] for part in parts]
                    break
    return found


def _holds(values: Any, place: int, parts: Any) -> bool:
    total = values[:, place]
    off = np.abs(values[:, parts].sum(axis=1) - total)
    return bool((off <= ROUNDING * np.abs(total) + 1e-9).all() and (values[:, parts] >= 0).all())
