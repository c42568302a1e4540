"""What people changed by hand in a chart: it stays, whatever its data are now."""

from collections.abc import Sequence

from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries
from deckgen.export.pptx.reading.workbooks import alike
from deckgen.export.pptx.rewriting.charts import Kept
from deckgen.orchestrator.verifier.presentation.charts import normal_name, pairs_of


def kept(expected: ChartPlace, found: ChartPlace, fresh: ChartPlace) -> dict[int, Kept]:
    """Returns what stays of each series of a chart in a file, by the numbers of its new points."""
    pairs = pairs_of(expected, found)
    every = {}
    for number, series in enumerate(found.series):
        if number in pairs and number < len(fresh.series):
            every[number] = _of_series(expected.series[pairs[number]], series, fresh.series[number])
    return every


def _of_series(before: PlotSeries, now: PlotSeries, new: PlotSeries) -> Kept:
    values, names = {}, {}
    for place, (was, value) in enumerate(zip(before.values, now.values, strict=False)):
        target = _target(before.categories, place, new.categories)
        if target is not None and value is not None and not _same(was, value):
            values[target] = value
    for place, (name, said) in enumerate(zip(before.categories, now.categories, strict=False)):
        target = _target(before.categories, place, new.categories)
        if target is not None and name and said and not alike(name, said):
            names[target] = said
    return Kept(values, names, normal_name(before.name) != normal_name(now.name))


def _target(names: Sequence[str], place: int, new: Sequence[str]) -> int | None:
    """Returns the number of a point in the new data: by its name, or its place where that has none."""
    name = names[place] if place < len(names) else ""
    if name and names.count(name) == 1 == new.count(name):
        return list(new).index(name)
    return place if place < len(new) else None


def _same(one: float | None, other: float) -> bool:
    return one is not None and alike(repr(one), repr(other))
