"""Which two dates a question about time means, and in which unit the time between them is told."""

from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.plans import Cell, Condition, Elapsed, Mean, Measured, Relation, RowValue
from deckgen.domain.table_models import ColumnModel, DerivedKind, MeasureKind
from deckgen.orchestrator.analyst.lexicon import due_words
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.derived import noun_of
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

TIMES = frozenset({"nights", "days", "weeks", "hours", "minutes", "nachte", "tage", "wochen"})
IN_ORDER = 0.95  # of the rows with both dates, in which the end does not come first
SHORT_HOURS, SHORT_MINUTES = 48, 120  # median times below which the next smaller unit is told


def pair(question: Question, table: Table) -> tuple[ColumnModel, ColumnModel] | None:
    """Returns the start and the end that a question means: named dates first, then known durations."""
    pairs = [
        (start, end)
        for start, end in permutations(columns.dates(table), 2)
        if not columns.says(start, due_words.DUE) and _in_order(table, start, end)
    ]
    known = [each.columns for each in table.model.derived if each.kind is DerivedKind.DURATION]

    def fit(dates: tuple[ColumnModel, ColumnModel]) -> tuple[float, bool, bool]:
        said = sum(question.words.fit(table.words_of(each.name)) for each in dates)
        return said, [each.name for each in dates] in known, not columns.says(dates[1], due_words.DUE)

    return max(pairs, key=fit, default=None)


def _in_order(table: Table, start: ColumnModel, end: ColumnModel) -> bool:
    first, last = quoting.name(start.name), quoting.name(end.name)
    both, ordered, later = table.data.one(
        f"SELECT count({first} <= {last}), count(*) FILTER ({first} <= {last}), "
        f"count(*) FILTER ({first} < {last}) FROM data"
    )
    return bool(both and later and ordered >= IN_ORDER * both)


def between(table: Table, start: ColumnModel, end: ColumnModel) -> Measured:
    """Returns the mean time from a start to an end, in the unit that suits most rows."""
    unit = _unit(table, start, end)
    said = next(
        (each.label for each in table.model.derived if each.columns == [start.name, end.name]),
        f"time from {start.label} to {end.label}",
    )
    label = table.language.nouns.of(said)
    return Measured(
        measure=Mean(of=Elapsed(start=start.name, end=end.name, unit=unit)),
        label=label,
        noun=noun_of(label, [start, end], table.model),
        unit=Unit(format=ValueFormat.NUMBER, symbol=unit),
        columns=[start.name, end.name],
        adds_up=False,
        over_time=False,
        better="lower",
    )


def _unit(table: Table, start: ColumnModel, end: ColumnModel) -> Literal["days", "hours", "minutes"]:
    """Returns hours or minutes where both dates have times of day and most are short, else days."""
    if not start.type == end.type == "TIMESTAMP":
        return "days"
    first, last = quoting.name(start.name), quoting.name(end.name)
    (seconds,) = table.data.one(f"SELECT median(epoch({last}) - epoch({first})) FROM data")
    hours = (seconds or 0) / 3_600
    return "days" if hours >= SHORT_HOURS else "hours" if hours * 60 >= SHORT_MINUTES else "minutes"


def column_of(question: Question, table: Table) -> Measured | None:
    """Returns the mean of a column of durations: the named one, or the only one."""
    found = columns.kinds(table, MeasureKind.DURATION)
    named = named_in(question, table)
    if not named and len(found) != 1:
        return None
    column = (named or found)[0]
    place = table.model.columns.index(column)
    return Measured(
        measure=Mean(of=cell_of(table.model, column)), label=column.label, noun=f"{{{{c{place}}}}}",
        unit=unit_of(column), columns=[column.name], adds_up=False, over_time=False, better="lower",
    )  # fmt: skip


def named_in(question: Question, table: Table) -> list[ColumnModel]:
    """Returns the columns of durations, and of numbers of days or nights, that a question names."""
    lasting = columns.kinds(table, MeasureKind.DURATION)
    lasting += [each for each in columns.numbers(table) if columns.says(each, TIMES)]
    return [each for each in lasting if question.words.fit(table.words_of(each.name))]


def due_pair(table: Table) -> tuple[ColumnModel, ColumnModel] | None:
    """Returns when something was due, and when it came."""
    dates = columns.dates(table)
    due = [each for each in dates if columns.says(each, due_words.DUE)]
    came = [each for each in dates if each not in due and not columns.says(each, due_words.STARTS)]
    settled = [each for each in came if columns.says(each, due_words.SETTLED)]
    return (due[0], (settled or came)[-1]) if due and came else None


@dataclass(frozen=True)
class Promise:
    """How long something was to take, beside the two dates between which it did."""

    start: ColumnModel
    end: ColumnModel
    within: ColumnModel
    unit: Literal["days", "hours"]


def promise(table: Table) -> Promise | None:
    """Returns the number of days or hours that was promised, where it is clear what took them."""
    promised = [
        (each, unit)
        for each in columns.numbers(table)
        if columns.says(each, due_words.DUE)
        for unit, said in due_words.UNITS.items()
        if columns.says(each, said)
    ]
    both = _only_duration(table) if len(promised) == 1 else None
    return Promise(*both, *promised[0]) if both else None


def _only_duration(table: Table) -> tuple[ColumnModel, ColumnModel] | None:
    """Returns the dates of the only known duration, else the only two dates that come in order."""
    known = [each.columns for each in table.model.derived if each.kind is DerivedKind.DURATION]
    if len(known) == 1:
        return table.column(known[0][0]), table.column(known[0][1])
    pairs = [each for each in permutations(columns.dates(table), 2) if _in_order(table, *each)]
    return pairs[0] if len(pairs) == 1 else None


def in_order(start: str, end: str) -> Condition:
    """Returns the condition that an end does not come before its start."""
    return Condition(column=end, relation=Relation.AT_LEAST, other=start)


def row_value(measured: Measured) -> RowValue:
    """Returns what a mean is the mean of."""
    assert isinstance(measured.measure, Mean)
    return measured.measure.of


def ends_of(measured: Measured) -> tuple[str, str] | None:
    """Returns the columns of start and end; None for a column of durations."""
    value = row_value(measured)
    return None if isinstance(value, Cell) or value.kind != "elapsed" else (value.start, value.end)
