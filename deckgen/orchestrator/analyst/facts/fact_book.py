"""The fact book: it runs queries, keeps their results as facts, and hands out references for text."""

import datetime
import decimal
import math
from collections.abc import Iterable
from typing import Any, Literal, TypeGuard

from deckgen.domain.charts import Chart, ChartKind, Series
from deckgen.domain.facts import About, Fact, FactRelation, Sign, Statistics, Text, fact_display
from deckgen.domain.formatting import precision
from deckgen.domain.formatting.display import Unit, Value, formatter
from deckgen.domain.language.phrasebook import Language
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.sql import quoting

LABELLED = 12  # values of a chart that are written at their marks


def plain(value: Any) -> Value:
    """Returns a value of DuckDB as a JSON value: dates as ISO text, infinite numbers as null."""
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case decimal.Decimal():
            return float(value)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.datetime() | datetime.time():
            return value.isoformat()
    return str(value)


class FactBook:
    """A book of facts, whose ids are in the order of requests; the same query is one fact.

    Their labels are in the book's language, and the locale formats their values.
    """

    def __init__(self, table: DataTable, locale: str, language: Language) -> None:
        self._table, self._formatter = table, formatter(locale, language.code)
        self.language = language
        self._facts: dict[tuple[str, str, Sign], Fact] = {}

    def value(
        self,
        label: str,
        expression: str,
        unit: Unit,
        *conditions: str,
        sign: Sign = Sign.PLAIN,
        statistics: Statistics | None = None,
        groups: tuple[str, ...] = (),
        about: About | None = None,
    ) -> Fact:
        """Returns the fact of one expression over the rows that meet the conditions."""
        query = f"SELECT {expression} FROM data{quoting.where(*conditions)}"
        return self.query(
            label,
            query,
            unit,
            *conditions,
            sign=sign,
            statistics=statistics,
            groups=groups,
            about=about,
        )

    def query(
        self,
        label: str,
        query: str,
        unit: Unit,
        *conditions: str,
        sign: Sign = Sign.PLAIN,
        statistics: Statistics | None = None,
        groups: tuple[str, ...] = (),
        about: About | None = None,
    ) -> Fact:
        """Returns the fact of any query, over the rows of `conditions`, about the `groups`.

        Its rows are not counted yet.
        """
        key = (query, unit.model_dump_json(), sign)
        if key not in self._facts:
            value = plain(self._table.one(query)[0])
            where = " AND ".join(f"({condition})" for condition in conditions if condition)
            self._facts[key] = Fact(
                id=f"f{len(self._facts) + 1}",
                label=label,
                value=value,
                unit=unit,
                display=fact_display(value, unit, sign, self._formatter),
                sign=sign,
                sql=query,
                where=where,
                rows=0,
                statistics=statistics,
                groups=list(groups),
                about=about,
            )
        return self._facts[key]

    def count_rows(self, names: Iterable[str]) -> None:
        """Note the number of rows that facts rest on: of those told, as far more are looked at."""
        wanted = set(names)
        for key, fact in self._facts.items():
            if fact.id in wanted:
                self._facts[key] = fact.model_copy(update={"rows": self._count(fact.where)})

    def note_end(self, fact_id: str, end: Literal["highest", "lowest"]) -> None:
        """Note that a value is the highest or the lowest of an order."""
        for key, fact in self._facts.items():
            if fact.id == fact_id and fact.about is not None:
                ranked = fact.about.model_copy(update={"relation": FactRelation.RANK, "end": end})
                self._facts[key] = fact.model_copy(update={"about": ranked})

    def note_test(self, fact_id: str, statistics: Statistics) -> None:
        """Note the test that a fact is told by."""
        for key, fact in self._facts.items():
            if fact.id == fact_id:
                self._facts[key] = fact.model_copy(update={"statistics": statistics})

    def tell_apart(self, names: Iterable[str]) -> None:
        """Write facts that are compared with so many decimals that unequal ones read differently."""
        wanted = self._with_twins(set(names))
        alike: dict[tuple[str, bool], list[tuple[str, str, Sign]]] = {}
        for key, fact in self._facts.items():
            if fact.id in wanted and fact.unit.is_numeric and isinstance(fact.value, int | float):
                kind = fact.unit.model_copy(update={"finer": 0}).model_dump_json()
                alike.setdefault((kind, fact.sign is Sign.PLAIN), []).append(key)
        for keys in alike.values():
            facts = [self._facts[key] for key in keys]
            values = [float(fact.value) for fact in facts if fact.value is not None]
            unit = precision.telling_apart(values, facts[0].unit, self._formatter)
            for key, fact in zip(keys, facts, strict=True):
                if unit.finer > fact.unit.finer:
                    display = fact_display(fact.value, unit, fact.sign, self._formatter)
                    self._facts[key] = fact.model_copy(update={"unit": unit, "display": display})

    def _with_twins(self, names: set[str]) -> set[str]:
        """Returns facts with those that are the same change without its sign: both read alike."""
        changes = [fact for fact in self._facts.values() if fact.sign is not Sign.PLAIN]
        sizes = {abs(fact.value) for fact in changes if fact.id in names and _is_number(fact.value)}
        alike = (fact for fact in changes if _is_number(fact.value) and abs(fact.value) in sizes)
        return names | {fact.id for fact in alike}

    @property
    def facts(self) -> list[Fact]:
        """All facts so far, in the order of their ids."""
        return list(self._facts.values())

    def _count(self, condition: str) -> int:
        rows: int = self._table.one(f"SELECT count(*) FROM data{quoting.where(condition)}")[0]
        return rows

    def chart(
        self,
        kind: ChartKind,
        title: Text,
        query: str,
        category: tuple[Text, Unit],
        series: list[tuple[Text, Unit]],
        alt: Text,
        **marks: list[int],
    ) -> Chart:
        """Returns a chart of a query: its first column has the categories, the others the series."""
        rows = [[plain(value) for value in row] for row in self._table.all(query)]
        return Chart(
            kind=kind,
            title=title,
            sql=query,
            category_label=category[0],
            category_unit=category[1],
            categories=[row[0] for row in rows],
            series=[
                self._series(label, unit, [_number(row[index]) for row in rows], len(series) == 1)
                for index, (label, unit) in enumerate(series, start=1)
            ],
            alt=alt,
            **marks,
        )

    def column(self, query: str) -> list[float | int | None]:
        """Returns the numbers of a query's only column."""
        return [_number(plain(value)) for (value,) in self._table.all(query)]

    def _series(
        self, label: Text, unit: Unit, values: list[float | int | None], is_alone: bool
    ) -> Series:
        """Returns the values of a chart; few of one series stand at its marks, where unequal ones read
        differently.
        """
        known = [float(value) for value in values if value is not None]
        if is_alone and unit.is_numeric and len(known) <= LABELLED:
            unit = precision.telling_apart(known, unit, self._formatter)
        return Series(label=label, unit=unit, values=values)


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float)


def _number(value: Value) -> float | int | None:
    assert not isinstance(value, str), value
    return value
