"""Measures that are columns: totals of flows, levels of stocks, rates out of what they are made of."""

import re

from deckgen.domain.datasets import Additivity, Role
from deckgen.domain.formatting.display import COUNT, Unit, ValueFormat
from deckgen.domain.language.languages import AVERAGE
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Cell, Difference, Level, Mean, Measure, Measured, Ratio, Total
from deckgen.domain.table_models import ColumnModel, Confidence, MeasureKind, Repeated, TableModel
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.table_model.settings import REASON

WORTH = frozenset({"value", "worth", "wert", "volume", "size"})
SAID = ("average", "mean", "durchschnitt", "mittel", "ø")  # names of columns that are means
LIMITS = frozenset({"available", "capacity", "limit", "kapazitat", "verfugbar"})  # of what may come
MONEY, REAL, TOTAL = 0.5, 0.3, 0.25
CONSTANT_PRICES = re.compile(r"\((?:real|constant|\d{4}) ")
INTEREST = {Additivity.FLOW: 2.0, Additivity.STOCK: 1.5, Additivity.RATE: 1.0, None: 0.5}


def of_columns(model: TableModel, timeline: Timeline | None, language: Language) -> list[Offered]:
    """Returns the measure of each column of numbers that has any."""
    return [
        _offered(model, place, timeline, language)
        for place, column in enumerate(model.columns)
        if column.role is Role.MEASURE and column.distinct > 0 and not _is_said_outcome(column)
    ]


def _is_said_outcome(column: ColumnModel) -> bool:
    """True if the request says what counts: 0 may, and then the mean is the share of what does not."""
    return column.outcome is not None and column.outcome.reason == REASON


def cell_of(model: TableModel, column: ColumnModel) -> Cell:
    """Returns a row's number, without values that stand for none."""
    once = _parent_on_each_row(model, column)
    return Cell(column=column.name, sentinels=[each.value for each in column.sentinels], once_per=once)


def _parent_on_each_row(model: TableModel, column: ColumnModel) -> str | None:
    repeated: list[Repeated] = model.grain.repeated if model.grain else []
    return next(
        (each.parent for each in repeated if each.column == column.name and each.where == "each row"),
        None,
    )


def _offered(model: TableModel, place: int, timeline: Timeline | None, language: Language) -> Offered:
    column = model.columns[place]
    measure, adds_up, over_time = _measure(model, column, timeline)
    unit = unit_of(column)
    is_mean = isinstance(measure, Mean)
    if is_mean and unit == COUNT:
        unit = Unit(format=ValueFormat.NUMBER)
    keys = [AVERAGE] if is_mean and not column.label.lower().startswith(SAID) else []
    if isinstance(measure, Mean) and measure.weight is not None:
        keys.append("measure.weighted")

    def called(name: str) -> str:
        for key in keys:
            name = language.say(key, measure=name)
        return name

    return Offered(
        Measured(
            measure=measure,
            label=called(column.label),
            noun=called(f"{{{{c{place}}}}}"),
            unit=unit,
            columns=[column.name],
            adds_up=adds_up,
            over_time=over_time,
            better=column.direction.better if column.direction else None,
        ),
        Concept.COLUMN,
        (named(column.label),),
        _interest(model, column, unit),
        phrases=(column.label,),
    )


def _interest(model: TableModel, column: ColumnModel, unit: Unit) -> float:
    """Returns how much a column matters: money more than counts, a total more than its parts, and
    amounts without inflation more than others.
    """
    is_total = model.components is not None and model.components.total == column.name
    money = MONEY if unit.format is ValueFormat.CURRENCY else 0.0
    real = REAL if CONSTANT_PRICES.search(column.label) else 0.0
    if LIMITS & set(read_name(column.name).words):
        return INTEREST[None]
    return INTEREST[column.additivity] + money + real + (TOTAL if is_total else 0.0)


def _measure(
    model: TableModel, column: ColumnModel, timeline: Timeline | None
) -> tuple[Measure, bool, bool]:
    """Returns the measure of a column, and whether it adds up over groups and over time."""
    cell = cell_of(model, column)
    if column.rate:
        return _made_of(model, column), False, False
    kind = column.measure.kind if column.measure else None
    if _is_worth(model, column):
        return Total(of=cell), True, True
    if kind in (MeasureKind.FLOW, MeasureKind.COUNT) or _is_scenario(model, column):
        return Total(of=cell), cell.once_per is None, True
    if kind is MeasureKind.STOCK:
        if timeline is None or not _comes_again(model):
            return Total(of=cell), True, False
        return Level(of=cell), True, False
    return Mean(of=cell, weight=_weight(model, column)), False, False


def _weight(model: TableModel, column: ColumnModel) -> Cell | None:
    if column.weight is None:
        return None
    return cell_of(model, next(each for each in model.columns if each.name == column.weight.column))


def _is_worth(model: TableModel, column: ColumnModel) -> bool:
    """True for the value of things that are there once each: nothing else says that it adds up."""
    unsure = column.measure is not None and column.measure.confidence is Confidence.GUESS
    words = {plain(word) for word in read_name(column.name).words}
    return unsure and not _comes_again(model) and bool(words & WORTH)


def _made_of(model: TableModel, column: ColumnModel) -> Ratio:
    """Returns a rate as its numerator over its denominator, each summed first."""
    assert column.rate is not None
    by_name = {each.name: each for each in model.columns}
    over: Measure = Total(of=cell_of(model, by_name[column.rate.numerator]))
    per = Total(of=cell_of(model, by_name[column.rate.denominator]))
    if column.rate.less:
        over = Difference(of=over, less=Total(of=cell_of(model, by_name[column.rate.less])))
    factor = 1 if column.symbol == "%" else column.rate.factor
    return Ratio(over=over, per=per, factor=factor)


def _is_scenario(model: TableModel, column: ColumnModel) -> bool:
    """True if the column is the actual or planned side of an amount that adds up."""
    for scenario in model.scenarios:
        names = [member.name for member in scenario.members]
        if scenario.column is None and column.name in names:
            others = [each for each in model.columns if each.name in names]
            return any(each.additivity is Additivity.FLOW for each in others) and column.symbol != "%"
    return False


def _comes_again(model: TableModel) -> bool:
    """True unless each row is a thing of its own, which is there once."""
    key = model.grain.key if model.grain else []
    dates = {each.column for each in model.dates}
    return not key or bool(dates & set(key)) or (model.time is not None and model.time.axis in key)
