"""Charts of an edited file: each value stands under its name, and the workbook has the same."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries
from deckgen.export.pptx.reading.workbooks import alike
from deckgen.orchestrator.verifier.presentation.matching import paired
from deckgen.orchestrator.verifier.presentation.sentences import edits
from deckgen.orchestrator.verifier.presentation.tokens import normal

LEAST = 0.2


def pairs_of(expected: ChartPlace, found: ChartPlace) -> dict[int, int]:
    """Returns the series that were made by the numbers of those that are there."""
    return paired(expected.series, found.series, _alike, LEAST).found


def problems(expected: ChartPlace, found: ChartPlace, known: Collection[str]) -> Iterator[str]:
    """Yields the values and labels of a chart that are not those with which it was made."""
    pairs = pairs_of(expected, found)
    for number, series in enumerate(found.series):
        if number not in pairs:
            yield f"the series “{series.name}” was added"
            continue
        one = expected.series[pairs[number]]
        if normal_name(one.name) != normal_name(series.name):
            yield f"“{one.name}” is called “{series.name}” now"
        yield from _of_series(one, series)
    yield from _of_texts(expected.texts, found.texts, known)
    yield from found.faults


def _of_texts(before: Sequence[str], after: Sequence[str], known: Collection[str]) -> Iterator[str]:
    """Yields what is wrong with titles and units, which say what is drawn; they may be left out."""
    added = [*(Counter(after) - Counter(before)).elements()]
    if added:
        gone = [*(Counter(before) - Counter(after)).elements()]
        yield from edits(gone, added, known, is_title=bool(gone))


def normal_name(name: str) -> str:
    return " ".join(filter(None, map(normal, name.split())))


def _alike(one: PlotSeries, other: PlotSeries) -> float:
    """Returns how much two series have in common: the name first of all."""
    pairs = list(zip(one.values, other.values, strict=False))
    same = sum(_same(mine, its) for mine, its in pairs) / max(len(pairs), 1)
    return same + 2 * (normal_name(one.name) == normal_name(other.name))


def _of_series(before: PlotSeries, after: PlotSeries) -> Iterator[str]:
    known = dict(zip(before.categories, before.values, strict=False))
    is_named = len(known) == len(before.values) and all(known)
    has_names = len(after.categories) == len(after.values)
    if is_named and has_names and set(after.categories) <= set(known):  # perhaps in another order
        for name, value in zip(after.categories, after.values, strict=True):
            if not _same(known[name], value):
                yield f"{after.name}, {name}: {_told(value)} is drawn where {_told(known[name])} was"
        return
    if len(before.values) != len(after.values):
        yield f"{after.name} has {len(after.values)} values where it had {len(before.values)}"
        return
    for place, (was, value) in enumerate(zip(before.values, after.values, strict=True)):
        one, other = _at(before.categories, place), _at(after.categories, place)
        if not alike(one, other):
            yield f"{after.name}: {_told(value)} is drawn under “{other}”, which was “{one}”"
        elif not _same(was, value):
            yield f"{after.name}, {other or place + 1}: {_told(value)} is drawn where {_told(was)} was"


def _at(names: list[str], place: int) -> str:
    return names[place] if place < len(names) else ""


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return alike(repr(one), repr(other))


def _told(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
