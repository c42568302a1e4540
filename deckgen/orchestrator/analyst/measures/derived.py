"""Derived measures of a table model as measures that can be computed."""

from collections.abc import Callable, Iterator

from deckgen.domain.formatting.display import PERCENT, Unit, Value, ValueFormat
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import (
    Cell,
    Condition,
    Difference,
    Elapsed,
    Level,
    Mean,
    Measure,
    Measured,
    Product,
    Ratio,
    Relation,
    Rows,
    Total,
)
from deckgen.domain.table_models import (
    ColumnModel,
    DerivedKind,
    DerivedMeasure,
    MeasureKind,
    Outcome,
    TableModel,
)
from deckgen.orchestrator.analyst.lexicon import ratio_words
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES, read_name
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.profiling.timeline import Timeline
from deckgen.orchestrator.analyst.table_model.outcomes import OTHERS

CONCEPTS = {
    DerivedKind.RATIO: Concept.RATIO,
    DerivedKind.DIFFERENCE: Concept.PROFIT,
    DerivedKind.PRODUCT: Concept.COLUMN,
    DerivedKind.PER_ROW: Concept.AVERAGE,
    DerivedKind.ATTAINMENT: Concept.ATTAINMENT,
    DerivedKind.VARIANCE: Concept.VARIANCE,
    DerivedKind.DURATION: Concept.DURATION,
    DerivedKind.OUTCOME_SHARE: Concept.OUTCOME,
}

NEEDS_ALL = frozenset({
    DerivedKind.RATIO, DerivedKind.ATTAINMENT, DerivedKind.VARIANCE, DerivedKind.PER_ROW,
})  # fmt: skip


def of_model(model: TableModel, timeline: Timeline | None, language: Language) -> Iterator[Offered]:
    """Yields what the table model derived."""
    for derived in model.derived:
        measure = _measure(model, derived, timeline)
        if measure is not None:
            yield _offered(model, derived, measure, language)


def _measure(model: TableModel, derived: DerivedMeasure, timeline: Timeline | None) -> Measure | None:
    if derived.kind in (DerivedKind.RATIO, DerivedKind.ATTAINMENT):
        return _ratio(model, derived, timeline)
    return MAKING[derived.kind](model, derived)


def _offered(
    model: TableModel, derived: DerivedMeasure, measure: Measure, language: Language
) -> Offered:
    label = language.nouns.of(derived.label)
    is_margin = derived.kind is DerivedKind.RATIO and len(derived.columns) == 3
    concept = Concept.MARGIN if is_margin else CONCEPTS[derived.kind]
    columns = [column for column in model.columns if column.name in derived.columns]
    adds_up = derived.kind in (DerivedKind.DIFFERENCE, DerivedKind.VARIANCE, DerivedKind.PRODUCT)
    return Offered(
        Measured(
            measure=measure,
            label=label,
            noun=noun_of(label, columns, model),
            unit=_unit(derived),
            columns=derived.columns,
            adds_up=adds_up,
            over_time=adds_up,
            better=_better(model, derived, concept),
        ),
        concept,
        (named(derived.label), named(*(column.label for column in columns))),
        1.0,
        needs_all=derived.kind in NEEDS_ALL,
        phrases=(derived.label, *(column.label for column in columns if len(columns) == 1)),
    )


def noun_of(label: str, columns: list[ColumnModel], model: TableModel) -> str:
    """Returns a label as text: digits of columns' names stand there as references only."""
    if not any(character.isdigit() for character in label):
        return label
    for column in sorted(columns, key=lambda each: -len(each.label)):
        place = model.columns.index(column)
        label = label.replace(column.label, f"{{{{c{place}}}}}")
    return label


def _unit(derived: DerivedMeasure) -> Unit:
    if derived.symbol == "%":
        return PERCENT
    if derived.symbol in CURRENCY_CODES:
        return Unit(format=ValueFormat.CURRENCY, symbol=derived.symbol)
    return Unit(format=ValueFormat.NUMBER, symbol=derived.symbol)


def _better(model: TableModel, derived: DerivedMeasure, concept: Concept) -> str | None:
    if concept in (Concept.PROFIT, Concept.MARGIN):
        return "higher"
    if concept is Concept.RATIO and derived.symbol != "%":
        above = read_name(derived.columns[0]).words
        return "lower" if ratio_words.SPENT & set(above) else None
    if derived.kind is DerivedKind.OUTCOME_SHARE:
        outcome = _outcome(model, derived)
        return (
            None if outcome is None or outcome.good is None else "higher" if outcome.good else "lower"
        )
    return None


def _outcome(model: TableModel, derived: DerivedMeasure) -> Outcome | None:
    return next(each.outcome for each in model.columns if each.name == derived.columns[0])


def _cells(model: TableModel, derived: DerivedMeasure) -> list[Cell]:
    by_name = {column.name: column for column in model.columns}
    return [cell_of(model, by_name[name]) for name in derived.columns]


def _ratio(model: TableModel, derived: DerivedMeasure, timeline: Timeline | None) -> Measure:
    first, second, *third = _sides(model, derived, timeline)
    if third:
        return Ratio(over=Difference(of=first, less=second), per=third[0])
    return Ratio(over=first, per=second)


def _sides(model: TableModel, derived: DerivedMeasure, timeline: Timeline | None) -> list[Measure]:
    """Returns the columns of a ratio, each summed; what is held against a stock is its level."""
    kinds = [_kind(model, name) for name in derived.columns]
    is_filled = derived.label in ratio_words.FILLED  # seats of each date add up to those on offer
    all_stocks = is_filled or all(kind is MeasureKind.STOCK for kind in kinds)
    return [
        Level(of=cell)
        if kind is MeasureKind.STOCK and timeline is not None and not all_stocks
        else Total(of=cell)
        for kind, cell in zip(kinds, _cells(model, derived), strict=True)
    ]


def _kind(model: TableModel, name: str) -> MeasureKind | None:
    column = next(each for each in model.columns if each.name == name)
    return column.measure.kind if column.measure else None


def _difference(model: TableModel, derived: DerivedMeasure) -> Measure:
    """Returns one amount less another, which may be a number of pieces at the cost of one."""
    first, *others = _cells(model, derived)
    less = (
        Product(first=derived.columns[1], second=derived.columns[2]) if len(others) == 2 else others[0]
    )
    return Difference(of=Total(of=first), less=Total(of=less))


def _product(model: TableModel, derived: DerivedMeasure) -> Measure:
    first, second = derived.columns
    return Total(of=Product(first=first, second=second))


def _per_row(model: TableModel, derived: DerivedMeasure) -> Measure:
    (cell,) = _cells(model, derived)
    return Mean(of=cell)


def _duration(model: TableModel, derived: DerivedMeasure) -> Measure:
    start, end = derived.columns
    unit = derived.symbol if derived.symbol in ("days", "hours", "minutes") else "days"
    return Mean(of=Elapsed(start=start, end=end, unit=unit))


def _outcome_share(model: TableModel, derived: DerivedMeasure) -> Measure | None:
    outcome = _outcome(model, derived)
    return share_of(derived.columns[0], outcome) if outcome else None


def share_of(column: str, outcome: Outcome) -> Ratio:
    """Returns the share of rows in which the outcome is the one that counts."""
    if outcome.counts == "(a date)":
        return Ratio(over=Rows(where=[Condition(column=column, relation=Relation.KNOWN)]), per=Rows())
    counts: list[Value] = [outcome.counts]
    return Ratio(
        over=Rows(where=[Condition(column=column, relation=Relation.IS, values=counts)]),
        per=Rows(where=_either(column, outcome)),
    )


def _either(column: str, outcome: Outcome) -> list[Condition]:
    """Returns which rows say whether it happened."""
    if not outcome.otherwise:
        return []
    if outcome.otherwise == OTHERS:
        return [Condition(column=column, relation=Relation.KNOWN)]
    values: list[Value] = [outcome.counts, outcome.otherwise]
    return [Condition(column=column, relation=Relation.IS, values=values)]


MAKING: dict[DerivedKind, Callable[[TableModel, DerivedMeasure], Measure | None]] = {
    DerivedKind.DIFFERENCE: _difference,
    DerivedKind.VARIANCE: _difference,
    DerivedKind.PRODUCT: _product,
    DerivedKind.PER_ROW: _per_row,
    DerivedKind.DURATION: _duration,
    DerivedKind.OUTCOME_SHARE: _outcome_share,
}
