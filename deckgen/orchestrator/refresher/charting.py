"""Which new series each series of a chart takes, and what people changed in it by hand, which stays."""

from collections.abc import Iterator, Sequence

from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries
from deckgen.export.pptx.reading.workbooks import alike
from deckgen.export.pptx.rewriting.charts import Follower
from deckgen.orchestrator.verifier.presentation.charts import normal_name, pairs_of


def followers(expected: ChartPlace, found: ChartPlace, fresh: ChartPlace) -> dict[int, Follower] | None:
    """Returns what becomes of the series of a chart in a file, by their numbers; what people added is
    not among them. None if the deck itself has more or fewer series now.
    """
    if len(expected.series) != len(fresh.series):
        return None
    new = _new_series(expected, fresh)
    return {
        number: _follower(expected.series[one], found.series[number], fresh, new[one])
        for number, one in sorted(pairs_of(expected, found).items())
    }


def gone(expected: ChartPlace, found: ChartPlace, fresh: ChartPlace) -> Iterator[str]:
    """Yields the series that are not in the new table, in which people had changed something."""
    new = _new_series(expected, fresh)
    for number, one in sorted(pairs_of(expected, found).items()):
        before, now = expected.series[one], found.series[number]
        if not _is_called_alike(before, fresh.series[new[one]]):
            changed = _follower(before, now, ChartPlace(name="", series=[before]), 0)
            if changed.values or changed.title:
                yield now.name


def _new_series(expected: ChartPlace, fresh: ChartPlace) -> dict[int, int]:
    """Returns the new series for those that were made: by name if all are there, else by place."""
    names, new = ([normal_name(each.name) for each in one.series] for one in (expected, fresh))
    if len(set(names)) == len(names) and sorted(names) == sorted(new):
        return {number: new.index(name) for number, name in enumerate(names)}
    return {number: number for number in range(len(names))}


def _is_called_alike(one: PlotSeries, other: PlotSeries) -> bool:
    return normal_name(one.name) == normal_name(other.name)


def _follower(before: PlotSeries, now: PlotSeries, fresh: ChartPlace, number: int) -> Follower:
    new = fresh.series[number]
    is_of_it = _is_called_alike(before, new)  # a value of another series would be false there
    values = _values(before, now, new) if is_of_it else {}
    title = now.name if is_of_it and not _is_called_alike(before, now) else ""
    return Follower(number, values, _names(before, now, new), title)


def _values(before: PlotSeries, now: PlotSeries, new: PlotSeries) -> dict[int, float | None]:
    values: dict[int, float | None] = {}
    for place, (was, value) in enumerate(zip(before.values, now.values, strict=False)):
        target = _target(before.categories, place, new.categories)
        if target is not None and value is not None and not _same(was, value):
            values[target] = value
    return values


def _names(before: PlotSeries, now: PlotSeries, new: PlotSeries) -> dict[int, str]:
    names = {}
    for place, (name, said) in enumerate(zip(before.categories, now.categories, strict=False)):
        target = _target(before.categories, place, new.categories)
        if target is not None and name and said and not alike(name, said):
            names[target] = said
    return names


def _target(names: Sequence[str], place: int, new: Sequence[str]) -> int | None:
    """Returns the number of a point in the new data: by its name, or its place where that has none."""
    name = names[place] if place < len(names) else ""
    if name and names.count(name) == 1 == new.count(name):
        return list(new).index(name)
    return place if place < len(new) else None


def _same(one: float | None, other: float) -> bool:
    return one is not None and alike(repr(one), repr(other))
