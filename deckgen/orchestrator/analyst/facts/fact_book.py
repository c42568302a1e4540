"""The fact book: it runs queries, keeps their results as facts, and hands out references for text."""

import datetime
import decimal
import math
from typing import Any, Literal

from deckgen.domain.decks import Chart, ChartKind, Series
from deckgen.domain.facts import About, Fact, Sign, Statistics, Text, fact_display
from deckgen.domain.formatting.display import Unit, Value, formatter
from deckgen.domain.language.phrasebook import Language
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.sql import quoting


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
        self._rows: dict[str, int] = {}

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
        end: Literal["highest", "lowest"] | None = None,
    ) -> Fact:
        """Returns the fact of any query, over the rows of `conditions`, about the `groups`."""
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
                rows=self._count(quoting.where(where)),
                statistics=statistics,
                groups=list(groups),
                about=about,
                end=end,
            )
        return self._facts[key]

    def note_test(self, fact_id: str, statistics: Statistics) -> None:
        """Note the test that a fact is told by."""
        for key, fact in self._facts.items():
            if fact.id == fact_id:
                self._facts[key] = fact.model_copy(update={"statistics": statistics})

    @property
    def facts(self) -> list[Fact]:
        """All facts so far, in the order of their ids."""
        return list(self._facts.values())

    def _count(self, where: str) -> int:
        if where not in self._rows:
            self._rows[where] = self._table.one(f"SELECT count(*) FROM data{where}")[0]
        return self._rows[where]

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
                Series(label=label, unit=unit, values=[_number(row[index]) for row in rows])
                for index, (label, unit) in enumerate(series, start=1)
            ],
            alt=alt,
            **marks,
        )


def _number(value: Value) -> float | int | None:
    assert not isinstance(value, str), value
    return value
