"""Who is there at a date: measures out of the dates at which people or contracts start and end."""

import datetime

from deckgen.domain.formatting.display import COUNT
from deckgen.domain.plans import Condition, Difference, Measured, Relation, Rows
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.lexicon import employment_words
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

OPEN_FROM = datetime.date(2200, 1, 1)  # dates from here on stand for no end


def dates_of(table: Table) -> tuple[ColumnModel, ColumnModel | None] | None:
    """Returns when each row's person starts, and when he or she leaves if a column says so."""
    dates = columns.dates(table)
    ends = [each for each in dates if columns.says(each, employment_words.ENDS)]
    starts = [
        each for each in dates if each not in ends and columns.says(each, employment_words.STARTS)
    ]
    return (starts[0], ends[0] if ends else None) if starts else None


def last_date(table: Table, start: ColumnModel, end: ColumnModel | None) -> datetime.date:
    """Returns the last date on which somebody is known to have come or gone."""
    known = [_last(table, each) for each in (start, end) if each is not None]
    return max(each for each in known if each is not None)


def _last(table: Table, column: ColumnModel) -> datetime.date | None:
    name = quoting.name(column.name)
    (last,) = table.data.one(
        f"SELECT CAST(max({name}) AS DATE) FROM data WHERE {name} < DATE '{OPEN_FROM}'"
    )
    return last if isinstance(last, datetime.date) else None


def there_at(start: str, end: str | None, date: datetime.date, noun: str) -> Measured:
    """Returns how many are there at the end of a day: those who have come less those who have gone."""
    came, gone = (_until(each, date) if each else None for each in (start, end))
    assert came is not None
    return Measured(
        measure=Difference(of=came, less=gone) if gone else came, label=noun, noun=noun, unit=COUNT,
        columns=[each for each in (start, end) if each], adds_up=True, over_time=False,
    )  # fmt: skip


def gone_between(end: str, first: datetime.date, last: datetime.date, noun: str) -> Measured:
    """Returns how many left after one day, up to another."""
    conditions = [
        Condition(column=end, relation=Relation.MORE, values=[first.isoformat()]),
        Condition(column=end, relation=Relation.AT_MOST, values=[last.isoformat()]),
    ]
    return Measured(
        measure=Rows(where=conditions), label=noun, noun=noun, unit=COUNT, columns=[end],
        adds_up=True, over_time=True, better="lower",
    )  # fmt: skip


def _until(column: str, date: datetime.date) -> Rows:
    return Rows(where=[Condition(column=column, relation=Relation.AT_MOST, values=[date.isoformat()])])
