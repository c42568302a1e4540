"""Charts whose marks are worked out from their values: shares, indexes, and many parts made few."""

from collections.abc import Sequence

from deckgen.domain.charts import Annotation, Chart, Series, SeriesRole
from deckgen.domain.formatting.display import PERCENT, Unit, ValueFormat

MOST_PARTS = 5
_OF_THE_CHART = ("line", "band", "event")
_INDEX = Unit(format=ValueFormat.NUMBER)
Values = list[float | int | None]


def lacks_parts(chart: Chart) -> str:
    """Returns what is missing for series to stand on one another."""
    if len(chart.series) < 2:
        return "Parts of a whole are two series at least."
    if any((value or 0) < 0 for series in chart.series for value in series.values):
        return "Parts of a whole can't be negative."
    return "" if any(totals(chart.series)) else "The parts add up to nothing."


def lacks_start(chart: Chart) -> str:
    """Returns what is missing for series to begin at 100."""
    firsts = [next((each for each in series.values if each is not None), 0) for series in chart.series]
    if len(chart.series) < 2:
        return "Indexes compare two series at least."
    return "" if all(first > 0 for first in firsts) else "An index can't begin at nothing or below."


def indexed(chart: Chart, other: str) -> Chart:
    """Returns a chart whose series begin at 100."""
    return chart.model_copy(update={"series": [_from_100(each) for each in chart.series]})


def _from_100(series: Series) -> Series:
    base = next(value for value in series.values if value is not None)
    values = [None if value is None else value / base * 100 for value in series.values]
    return series.model_copy(update={"values": values, "unit": _INDEX})


def as_shares(chart: Chart, other: str) -> Chart:
    """Returns few parts as shares of all of them, where they are not shares already."""
    few = in_few_parts(chart, other)
    if few.series[0].unit.format is ValueFormat.PERCENT:
        return few
    return few.model_copy(update={"series": _shares(few.series)})


def _shares(series: Sequence[Series]) -> list[Series]:
    sums = totals(series)
    return [
        each.model_copy(
            update={
                "unit": PERCENT,
                "values": [
                    None if value is None or not total else value / total
                    for value, total in zip(each.values, sums, strict=True)
                ],
            }
        )
        for each in series
    ]


def totals(series: Sequence[Series]) -> list[float]:
    """Returns the sum over all series for each category."""
    columns = zip(*(each.values for each in series), strict=True)
    return [float(sum(value for value in column if value is not None)) for column in columns]


def in_few_parts(chart: Chart, other: str) -> Chart:
    """Returns a chart of at most five parts: those in focus, the largest, and the rest as `other`."""
    if len(chart.series) <= MOST_PARTS:
        return chart
    order = sorted(
        range(len(chart.series)),
        key=lambda number: (number not in chart.focus, -sum(totals([chart.series[number]]))),
    )
    kept = sorted(order[: MOST_PARTS - 1])
    rest = [chart.series[number] for number in sorted(order[MOST_PARTS - 1 :])]
    together: Values = list(totals(rest))
    places = {number: place for place, number in enumerate(kept)}
    merged = Series(label=other, unit=chart.series[0].unit, values=together, role=SeriesRole.OTHER)
    return chart.model_copy(
        update={
            "series": [*(chart.series[number] for number in kept), merged],
            "focus": [places[number] for number in chart.focus if number in places],
            "annotations": [
                each for each in (_moved(each, places) for each in chart.annotations) if each
            ],
        }
    )


def _moved(annotation: Annotation, places: dict[int, int]) -> Annotation | None:
    """Returns an annotation that belongs to a series by the number that this has now; lines, bands and
    events belong to the whole chart."""
    if annotation.kind in _OF_THE_CHART:
        return annotation.model_copy(update={"series": 0})
    if annotation.series not in places:
        return None
    return annotation.model_copy(update={"series": places[annotation.series]})
