"""What the decisions look at: the profile's columns, their names' words, their values, and a sample."""

import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deckgen.domain.datasets import Additivity, Column, Role, Source
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.profiling.roles import MEASURED
from deckgen.orchestrator.analyst.profiling.settings import Settings
from deckgen.orchestrator.analyst.profiling.timeline import Timeline, timeline_of
from deckgen.orchestrator.analyst.sql import quoting

FEW_VALUES = 60  # of a column whose values are looked at one by one
MAX_LISTED_COLUMNS, BATCH = 120, 20
SAMPLED_ROWS, MAX_SAMPLED = 2_000, 60
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Known:
    """A column of the profile: `words` are those of its name, plain and in order."""

    column: Column
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def label(self) -> str:
        return self.column.label

    @property
    def sql(self) -> str:
        return quoting.name(self.column.name)

    @property
    def is_measure(self) -> bool:
        return self.column.role is Role.MEASURE

    @property
    def is_date(self) -> bool:
        return self.column.type in ("DATE", "TIMESTAMP")

    @property
    def is_number(self) -> bool:
        return self.column.type in ("BIGINT", "DOUBLE")

    @property
    def scale(self) -> str:
        return repr(self.column.scale)

    @property
    def is_rate(self) -> bool:
        return self.column.additivity is Additivity.RATE

    @property
    def adds_up(self) -> bool:
        return self.column.additivity in (Additivity.FLOW, Additivity.STOCK)

    @property
    def says_measure(self) -> bool:
        """True if the name is one of an amount or a rate, or has a unit."""
        return bool(self.column.symbol) or self.says(MEASURED)

    def says(self, words: frozenset[str]) -> bool:
        return not words.isdisjoint(self.words)


@dataclass(frozen=True)
class Look:
    """One look at an open table; what costs a query is looked at once, and only if it is needed."""

    table: DataTable
    source: Source
    file_name: str
    ends_at: float | None = None  # by the monotonic clock
    settings: Settings = field(default_factory=Settings)

    @property
    def rows(self) -> int:
        return self.source.rows

    @property
    def is_late(self) -> bool:
        return self.ends_at is not None and time.monotonic() > self.ends_at

    @cached_property
    def columns(self) -> list[Known]:
        return [
            Known(column, tuple(plain(word) for word in read_name(column.name).words))
            for column in self.source.columns
        ]

    @cached_property
    def measures(self) -> list[Known]:
        return [known for known in self.columns if known.is_measure and known.column.distinct > 0]

    @cached_property
    def dates(self) -> list[Known]:
        return [known for known in self.columns if known.is_date and known.column.distinct > 0]

    def named(self, name: str) -> Known:
        return next(known for known in self.columns if known.name == name)

    @cached_property
    def timeline(self) -> Timeline | None:
        return timeline_of(self.table, self.source)

    @cached_property
    def axis(self) -> Known | None:
        return self.columns[self.timeline.column] if self.timeline else None

    @cached_property
    def values(self) -> dict[str, dict[Any, int]]:
        """The values of each column that has few of them, with their rows, in order of the values."""
        listed = [known for known in self.columns if _is_listed(known)][:MAX_LISTED_COLUMNS]
        found: dict[str, dict[Any, int]] = {}
        for start in range(0, len(listed), BATCH):
            some = listed[start : start + BATCH]
            histograms = ", ".join(f"histogram({known.sql})" for known in some)
            row = self.table.one(f"SELECT {histograms} FROM data")
            found |= {known.name: dict(cell or {}) for known, cell in zip(some, row, strict=True)}
        return found

    @cached_property
    def sample(self) -> dict[str, Numbers]:
        """Numbers of measures in rows from all over the table, NaN where there is none."""
        chosen = self.measures[:MAX_SAMPLED]
        if not chosen:
            return {}
        step = max(1, self.rows // SAMPLED_ROWS)
        cells = ", ".join(f"CAST({known.sql} AS DOUBLE) AS v{n}" for n, known in enumerate(chosen))
        listed = ", ".join(f"v{n}" for n in range(len(chosen)))
        # Rows are counted, since a column of the table may be called rowid.
        rows = self.table.all(
            f"SELECT {listed} FROM (SELECT {cells}, row_number() OVER () AS place FROM data) "
            f"WHERE place % {step} = 0 ORDER BY place LIMIT {SAMPLED_ROWS}"
        )
        numbers = np.array(rows, dtype=float)
        return {known.name: numbers[:, place] for place, known in enumerate(chosen)}


def _is_listed(known: Known) -> bool:
    is_few = 0 < known.column.distinct <= FEW_VALUES
    return is_few and known.column.type in ("VARCHAR", "BIGINT")


def listed(words: list[str]) -> str:
    """Returns words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
