"""What charts point at: a line that values are seen beside, a difference, a period of its own."""

from collections.abc import Iterable, Sequence

from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.plans import Measured, Span
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.facts.statements import Slot
from deckgen.orchestrator.analyst.profiling import timeline as time
from deckgen.orchestrator.analyst.profiling.timeline import shift

FEWEST = 3  # marks, of which there is an average to see them beside
DRAWN = (ChartKind.BAR, ChartKind.COLUMN, ChartKind.LINE, ChartKind.SCATTER)


def at(chart: Chart, annotations: Iterable[Annotation]) -> Chart:
    """Returns a chart with annotations beside those that it has."""
    return chart.model_copy(update={"annotations": [*chart.annotations, *annotations]})


def place_of(chart: Chart, name: Fact | Span) -> int | None:
    """Returns the place of a group or of a period; None of a stretch of several periods, and of a year
    where there are months, which begins as its first one does.
    """
    is_stretch = isinstance(name, Span) and name.end != shift(name.start, name.grain, 1)
    unit = time.unit_of(name.grain) if isinstance(name, Span) else name.unit
    if is_stretch or unit != chart.category_unit:
        return None
    start = str(name.start) if isinstance(name, Span) else str(name.value)
    names = [str(category) for category in chart.categories]
    return names.index(start) if start in names else None


def beside(chart: Chart, text: Text, value: Fact) -> Chart:
    """Returns a chart with a line at a value, and what that is."""
    if not isinstance(value.value, int | float):
        return chart
    line = Annotation(kind="line", text=f"{text} {say(value)}", value=value.id)
    return at(chart, [line])


def beside_all(chart: Chart, execute: Executor, measured: Measured, scope: Scope) -> Chart:
    """Returns a chart with a line at the value of all rows, of what does not add up."""
    if measured.adds_up:
        return chart
    return beside(chart, execute.says("chart.over_all"), execute.value(measured, scope))


def difference(
    chart: Chart, old: Fact | Span, new: Fact | Span, change: Fact, series: int = 0
) -> Chart:
    """Returns a chart with the change from one category to another, if it has both."""
    places = [place_of(chart, name) for name in (old, new)]
    if None in places or places[0] == places[1]:
        return chart
    known = [place for place in places if place is not None]
    return at(chart, [Annotation(kind="difference", text=say(change), at=known, series=series)])


def series_of(chart: Chart, name: Slot | None) -> int:
    """Returns the series of a group; the first one of what is no group of its own."""
    labels = [each.label for each in chart.series]
    label = say(name) if isinstance(name, Fact) else name
    return labels.index(label) if label in labels else 0


def over_all(chart: Chart, change: Fact) -> Chart:
    """Returns a chart with the change from its first category to its last."""
    ends = [0, len(chart.categories) - 1]
    return at(chart, [Annotation(kind="difference", text=say(change), at=ends)]) if ends[1] else chart


def named(chart: Chart, points: Iterable[tuple[Fact, Text]], kind: str = "callout") -> Chart:
    """Returns a chart with words at categories."""
    found = [
        Annotation.model_validate({"kind": kind, "text": text, "at": [place]})
        for name, text in points
        if (place := place_of(chart, name)) is not None
    ]
    return at(chart, found)


def said(points: Iterable[tuple[Slot, Slot]]) -> list[tuple[Fact, Text]]:
    """Returns the names of periods or groups with their values, as words at them."""
    return [
        (name, say(value))
        for name, value in points
        if isinstance(name, Fact) and isinstance(value, Fact)
    ]


def argued(chart: Chart, measures: Sequence[Measured], execute: Executor) -> Chart:
    """Returns a chart of one series with the average of its marks, unless it points at something.

    What does not add up has no such average: that of all rows weighs its groups. Neither has what ends
    in a period that is not complete; that of shares is one by their number.
    """
    values = [value for value in chart.series[0].values if value is not None]
    is_plain = len(chart.series) == 1 and not chart.annotations and chart.kind in DRAWN
    are_shares = chart.series[0].unit.format is ValueFormat.PERCENT
    has_average = all(each.adds_up for each in measures) and not chart.partial and not are_shares
    differ = len(values) >= FEWEST and len(set(values)) > 1
    if not is_plain or not has_average or not differ or _is_measured(chart):
        return chart
    value = execute.book.query(
        execute.says("label.average_of_marks"),
        f"SELECT avg(v) FROM ({chart.sql}) AS marks(g, v)",
        chart.series[0].unit.model_copy(update={"finer": 0}),
    )
    return beside(chart, execute.says("chart.average"), value)


def _is_measured(chart: Chart) -> bool:
    """True if the columns are steps of a number, of which the series counts rows."""
    return chart.kind is ChartKind.COLUMN and chart.category_unit.is_numeric
