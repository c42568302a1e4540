"""Measures as values of single rows, which tests compare, and as means of rows."""

from deckgen.domain.formatting.display import COUNT, POINTS, Unit, ValueFormat
from deckgen.domain.language.languages import AVERAGE
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import (
    Condition,
    Difference,
    Distinct,
    Level,
    Mean,
    Measure,
    Measured,
    Median,
    Periods,
    Ratio,
    Rows,
    Total,
)
from deckgen.orchestrator.analyst.execution.compiling import Compiler


def row_value(compiler: Compiler, measure: Measure) -> str | None:
    """Returns SQL for the value of a row: of an outcome 1 or 0; None if rows have no value of it."""
    match measure:
        case Ratio(over=Rows(where=happened), per=Rows(where=among)):
            return _happened(compiler, happened, among)
        case Ratio():
            over, per = (row_value(compiler, part) for part in (measure.over, measure.per))
            return f"({over}) / nullif({per}, 0)" if over and per else None
        case Difference():
            of, less = (row_value(compiler, part) for part in (measure.of, measure.less))
            return f"({of}) - ({less})" if of and less else None
        case Total() | Mean():
            return _where(compiler, compiler.row_value(measure.of), measure.where)
        case Level() | Median():
            return compiler.row_value(measure.of)
        case Rows() | Distinct() | Periods():
            return None


def _happened(compiler: Compiler, happened: list[Condition], among: list[Condition]) -> str:
    yes = compiler.every(happened)
    other = f" WHEN {compiler.every(among)} THEN 0" if among else " ELSE 0"
    return f"CASE WHEN {yes} THEN 1{other} END"


def _where(compiler: Compiler, value: str, conditions: list[Condition]) -> str:
    return f"CASE WHEN {compiler.every(conditions)} THEN {value} END" if conditions else value


def is_outcome(measured: Measured) -> bool:
    """True for the share of rows in which something happened."""
    match measured.measure:
        case Ratio(over=Rows(), per=Rows()):
            return True
    return False


def unit_of_change(measured: Measured) -> Unit:
    """Returns the unit of a change of a measure: of a share that of points."""
    return POINTS if measured.unit.format is ValueFormat.PERCENT else measured.unit


def per_point(number: Measured) -> str:
    """Returns SQL by which a slope is one for a point, where the number is a share."""
    return " / 100" if number.unit.format is ValueFormat.PERCENT else ""


def per_row(measured: Measured, language: Language) -> Measured:
    """Returns a sum as the mean of its rows, so that groups of any size compare; others as they are."""
    measure = measured.measure
    if not isinstance(measure, Total | Level):
        return measured
    where = measure.where if isinstance(measure, Total) else []
    unit = Unit(format=ValueFormat.NUMBER) if measured.unit == COUNT else measured.unit
    return measured.model_copy(
        update={
            "measure": Mean(of=measure.of, where=where),
            "label": language.say(AVERAGE, measure=measured.label),
            "noun": language.say(AVERAGE, measure=measured.noun),
            "unit": unit,
            "adds_up": False,
            "over_time": False,
        }
    )
