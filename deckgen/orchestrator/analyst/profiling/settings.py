"""Settings: what a request says of a table, with the table's own names and values in it.

A setting that the table refutes is an error that names it; it is never left out in silence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.overrides import ColumnOverride, Said, ScenarioOverride, TableOverride, folded
from deckgen.orchestrator.analyst.ingestion.table import DataTable, LoadedColumn
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES
from deckgen.orchestrator.analyst.profiling import overrides
from deckgen.orchestrator.analyst.profiling.impossible import impossible, listed
from deckgen.orchestrator.analyst.sql import quoting

A_DATE = "(a date)"
MAX_VALUES = 10_000  # of a column, the most frequent ones, among which a value of a setting is sought
NUMBERS, DATES = ("BIGINT", "DOUBLE"), ("DATE", "TIMESTAMP")
Counts = dict[str, int]  # the rows of each value, as text, most first


@dataclass(frozen=True)
class Settings:
    """`columns` are by the names of the table; `counts` are those of columns whose values are named."""

    table: TableOverride = field(default_factory=TableOverride)
    columns: dict[str, ColumnOverride] = field(default_factory=dict)
    counts: dict[str, Counts] = field(default_factory=dict)


def settings_of(table: DataTable, brief: Brief) -> Settings:
    """Returns what a brief says of a table. PermanentError for what it does not have, or can't be."""
    requested = overrides.by_column(brief.columns, [column.name for column in table.columns])
    resolver = _Resolver(table, {}, {folded(each): each for each in brief.columns})
    columns = {name: resolver.column(name, said) for name, said in requested.items()}
    said = resolver.table_override(brief.table) if brief.table else TableOverride()
    return Settings(said, columns, resolver.counts)


@dataclass(frozen=True)
class _Resolver:
    table: DataTable
    counts: dict[str, Counts]
    spelled: dict[str, str]  # a column's name in the request, by what it is compared by

    def column(self, name: str, said: ColumnOverride) -> ColumnOverride:
        """Returns the settings of one column with what follows from them for the profile."""
        path = f"context.columns.{self.spelled[folded(name)]}"
        loaded = self._loaded(name)
        self._holds_numbers(path, loaded, said)
        updates: dict[str, Any] = {"additivity": said.summed, "unit": said.unit or said.currency}
        updates["role"] = Role.MEASURE if said.kind or said.summed is Additivity.RATE else said.role
        for setting in ("numerator", "denominator", "weight"):
            if other := getattr(said, setting):
                updates[setting] = self._other_number(f"{path}.{setting}", name, other)
        if said.outcome is not None:
            updates["outcome"] = self._outcome(f"{path}.outcome", loaded, said.outcome)
        for setting in ("order", "filter"):
            if values := getattr(said, setting):
                updates[setting] = [self._value(f"{path}.{setting}", name, each) for each in values]
        if said.filter and set(self.counts[name]) <= set(updates["filter"]):
            raise impossible(f"{path}.filter", f"names all values of “{name}”: no row would be left")
        return said.model_copy(update=updates)

    def _holds_numbers(self, path: str, loaded: LoadedColumn, said: ColumnOverride) -> None:
        for setting in ("kind", "scale", "currency", "sentinels", "numerator", "weight"):
            if getattr(said, setting) not in (None, []) and loaded.type not in NUMBERS:
                raise impossible(
                    f"{path}.{setting}",
                    f"is for numbers, which “{loaded.name}” does not hold. Name a column of numbers",
                )

    def _loaded(self, name: str) -> LoadedColumn:
        return next(column for column in self.table.columns if column.name == name)

    def _named(self, path: str, name: str) -> LoadedColumn:
        for column in self.table.columns:
            if folded(column.name) == folded(name):
                return column
        names = listed([column.name for column in self.table.columns], overrides.MAX_NAMED)
        raise impossible(
            path, f"names “{name}”, which the table does not have. Its columns are: {names}"
        )

    def _number(self, path: str, name: str) -> LoadedColumn:
        column = self._named(path, name)
        if column.type not in NUMBERS:
            what = f"names “{column.name}”, whose cells are no numbers. Name a column of numbers"
            raise impossible(path, what)
        return column

    def _other_number(self, path: str, own: str, name: str) -> str:
        column = self._number(path, name)
        if column.name == own:
            raise impossible(path, f"names “{own}” itself. Name another column")
        return column.name

    def _outcome(self, path: str, loaded: LoadedColumn, said: Said) -> str:
        if loaded.type not in DATES:
            return self._value(path, loaded.name, said)
        if said != A_DATE:
            what = f"must be “{A_DATE}”, since “{loaded.name}” holds dates: any date is what counts"
            raise impossible(path, what)
        return A_DATE

    def _value(self, path: str, name: str, said: Said) -> str:
        """Returns the value of a column as the table has it."""
        counts = self._counted(name)
        for same in _SAME:
            if found := [value for value in counts if same(value, said)]:
                return found[0]
        there = listed(list(counts), 5) or "none"
        raise impossible(path, f"names “{said}”, which “{name}” does not have. Its values are: {there}")

    def _counted(self, name: str) -> Counts:
        if name not in self.counts:
            column = quoting.name(name)
            rows = self.table.all(
                f"SELECT CAST({column} AS VARCHAR) AS v, count(*) AS n FROM data WHERE {column} IS NOT "
                f"NULL GROUP BY v ORDER BY n DESC, v LIMIT {quoting.literal(MAX_VALUES)}"
            )
            self.counts[name] = {str(value): int(number) for value, number in rows}
        return self.counts[name]

    def table_override(self, said: TableOverride) -> TableOverride:
        """Returns the settings of the table."""
        path = "context.table"
        updates: dict[str, Any] = {}
        if said.key:
            updates["key"] = self._key(f"{path}.key", said.key)
        if said.time_axis:
            updates["time_axis"] = self._named(f"{path}.timeAxis", said.time_axis).name
        if said.currency_column:
            updates["currency_column"] = self._currencies(
                f"{path}.currencyColumn", said.currency_column
            )
        if said.scenario:
            updates["scenario"] = self._scenario(f"{path}.scenario", said.scenario)
        return said.model_copy(update=updates)

    def _key(self, path: str, names: list[str]) -> list[str]:
        """Returns a key. It may be there twice where whole rows are, and nowhere else."""
        key = [self._named(path, name).name for name in names]
        cells = ", ".join(quoting.name(column.name) for column in self.table.columns)
        parts = ", ".join(quoting.name(name) for name in key)
        keys, different = self.table.one(
            f"SELECT count(DISTINCT hash({parts})), count(DISTINCT hash({cells})) FROM data"
        )
        if keys < different:
            raise impossible(
                path,
                f"does not tell rows apart: {different:,} different rows share {keys:,} values of "
                f"{listed([f'“{name}”' for name in key], len(key))}. Name all columns that do",
            )
        return key

    def _currencies(self, path: str, name: str) -> str:
        column = self._named(path, name)
        others = [each for each in self._counted(column.name) if each.upper() not in CURRENCY_CODES]
        if others or not self.counts[column.name]:
            there = listed(others, 5) or "none"
            what = f"names “{column.name}”, whose values are no ISO codes of currencies: {there}"
            raise impossible(path, f"{what}. Name a column of codes such as EUR")
        return column.name

    def _scenario(self, path: str, said: ScenarioOverride) -> ScenarioOverride:
        updates: dict[str, Any] = {}
        column = self._named(f"{path}.column", said.column).name if said.column else None
        for kind, member in said.members.items():
            place = f"{path}.{kind.value}"
            updates[kind.value] = (
                self._value(place, column, member) if column else self._number(place, str(member)).name
            )
        return said.model_copy(update={**updates, "column": column})


def _is_number(value: str, said: Said) -> bool:
    try:
        return float(value) == float(said)
    except ValueError:
        return False


# Ways in which a value may be the one that is said, the strictest first.
_SAME: tuple[Callable[[str, Said], bool], ...] = (
    lambda value, said: value == str(said),
    lambda value, said: folded(value) == folded(str(said)),
    _is_number,
)
