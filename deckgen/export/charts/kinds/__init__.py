"""The kinds of charts, a file each; docs/extending.md says how to add one."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.registry import rows
from deckgen.export.charts import annotations, callouts, ends, inked
from deckgen.export.charts.frame import Frame, bare
from deckgen.export.charts.kind import Kind, Part
from deckgen.export.charts.marks import lines
from deckgen.export.charts.view import View
from deckgen.export.scene.elements import Element, TextBox
from deckgen.export.scene.extents import extent
from deckgen.export.themes.theme import Theme


@cache
def kinds() -> dict[str, Kind]:
    """Returns every kind of chart, by its name; TypeError if a deck may name one that has no file."""
    found = rows(sys.modules[__name__], Kind, "KIND")
    if missing := [kind for kind in ChartKind if kind not in found]:
        raise TypeError(f"{__name__} has no file for charts of the kind {', '.join(missing)}.")
    return found


def kind_of(chart: Chart) -> Kind:
    """Returns the kind in which a chart is drawn."""
    return kinds()[fitting(chart)]


def fitting(chart: Chart) -> ChartKind:
    """Returns the kind of a chart, or the one that takes its place if it lacks what its own needs."""
    own = kinds()[chart.kind]
    return own.fallback if own.lacks(chart) else chart.kind


def frame(view: View, size: float, chart_width: float, chart_height: float) -> Frame:
    """Returns the frame for a chart whose text has `size` points; all lengths in points."""
    kind = view.kind
    if kind.is_shapes:
        return _framed(view, kind, size, chart_width, chart_height)
    named = ends.width(_ends(view, kind), view, size, chart_width)
    beside = named + annotations.beside(view, size, is_sideways=kind.is_sideways)

    def within(above: float) -> Frame:
        framed = _framed(view, kind, size, chart_width - beside, chart_height - above)
        return framed.widened(beside, above)

    first = within(0)
    above = annotations.above(view, first)
    return within(above) if above else first


def _framed(view: View, kind: Kind, size: float, wide: float, tall: float) -> Frame:
    start = bare(
        view,
        size,
        wide,
        tall,
        kind.scale(view),
        is_sideways=kind.is_sideways,
        has_points=kind.has_points,
    )
    return kind.frame(start, view, size)


def _ends(view: View, kind: Kind) -> list[ends.End]:
    return kind.ends(view) + ([] if kind.is_sideways else annotations.names_of_lines(view))


def parts(view: View, room: Frame) -> list[Part]:
    """Returns the charts that a chart consists of: itself, but for small multiples."""
    return view.kind.parts(view, room)


def under(view: View, room: Frame) -> Iterator[Element]:
    """Yields what stands behind the marks of a chart, in points from its corner."""
    yield from annotations.bands(view, room)


def over(view: View, room: Frame, theme: Theme) -> Iterator[Element]:
    """Yields what stands over the marks of a chart, in points from its corner."""
    kind = view.kind
    own = [*_rings(view, room), *kind.shapes(view, room, theme)]
    own += ends.names(_ends(view, kind), view, room)
    yield from own
    if kind.is_shapes:
        return
    labels = inked.labels(view, room)
    labels += [each.box for each in own if isinstance(each, TextBox)]
    pointed = [*annotations.shapes(view, room, labels)]
    yield from pointed
    yield from callouts.shapes(view, room, kind, [*labels, *map(extent, pointed)])


def _rings(view: View, room: Frame) -> Iterator[Element]:
    """Yields the marks of what is not complete on the lines of a chart, or of those it consists of."""
    for part in parts(view, room) if view.kind.partial == "dashed" else ():
        for ring in lines.rings(part.view, part.room):
            yield replace(ring, box=ring.box.moved(part.box.left, part.box.top))
