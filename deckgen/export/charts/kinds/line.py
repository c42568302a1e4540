"""Lines: values over time, named where they end."""

from dataclasses import replace

from deckgen.export.charts.ends import End
from deckgen.export.charts.frame import (
    LABEL_GAP,
    Frame,
    apart,
    axis_width,
    present,
    widest_label,
)
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.marks import lines
from deckgen.export.charts.view import View, ticks_every
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.scene.setting import Plain

MOST_NAMED = 5
_FEW = 6  # points of which each says its value


def around(view: View) -> Scale:
    """A scale around the values: a line need not begin at zero."""
    return nice(view.reached, zero=False)


def frame(bare: Frame, view: View, size: float) -> Frame:
    """Returns room for an axis to the left; one line says its last value itself, to the right."""
    framed = replace(bare, left=axis_width(view, bare, size))
    if len(view.series) == 1:
        framed = replace(framed, right=widest_label(view, size) + LABEL_GAP)
    labelled = [_labelled(view, number, framed, size) for number in range(len(view.series))]
    every = ticks_every(view, framed.plot_width, size)
    return replace(framed, labelled=labelled, tick_every=every)


def _labelled(view: View, number: int, framed: Frame, size: float) -> list[int]:
    """Returns the points that say their value: what is pointed at, and of few all."""
    known = present(view.series[number].values)
    if number not in view.focus:
        return []
    picked = [index for index in known if view.picked(index) or len(known) <= _FEW]
    if len(view.series) == 1:
        return apart([*picked, *known[-1:]], view, framed, size)
    return apart([index for index in picked if index != known[-1]], view, framed, size)


def ends(view: View) -> list[End]:
    """Returns the names of lines with their last values: those in focus, and the highest others."""
    if len(view.series) == 1:
        return []
    last = {
        number: values[-1]
        for number, series in enumerate(view.series)
        if (values := [float(value) for value in series.values if value is not None])
    }
    order = sorted(last, key=lambda number: (number not in view.focus, -last[number]))
    return [named(view, number, last[number]) for number in order[:MOST_NAMED]]


def named(view: View, number: int, value: float) -> End:
    """Returns the name of a series with a value, in its colour as far as that can be read."""
    in_focus = number in view.focus
    text = f"{view.labels[number]} {view.say(value, view.series[number].unit)}"
    return End(value, Plain(text), view.tint(number) if in_focus else "muted", bold=in_focus)


KIND = Kind(
    frame=frame,
    marks=lines.marks,
    native="lines",
    scale=around,
    has_points=True,
    ends=ends,
    partial="dashed",
)
