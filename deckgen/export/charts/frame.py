"""The inside of a chart: how much room axes, labels and legend take, in points."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from deckgen.domain.facts import words as words_of
from deckgen.domain.formatting.display import ValueFormat
from deckgen.export.charts.view import View, ticks_every
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.typefaces import height

_LEGEND = 20  # one line of it
LEGEND_KEY = 16
TOP = 8
LABEL_GAP = 10  # between labels and marks
THICKEST = 60  # of a bar
_CLOSE = 0.55  # what bars of few categories take of their room
NARROW = 34  # too little for the name of a group


@dataclass(frozen=True)
class Frame:
    """A chart of `width` by `height`, whose plot area is inset by the four margins."""

    width: float
    height: float
    size: float  # of its text
    left: float
    right: float
    top: float
    bottom: float
    scale: Scale  # of the values
    across: Scale  # of a scatter's x values
    axis: bool  # whether the value axis is drawn
    legend: list[tuple[float, float]]  # where each series' entry begins; empty without a legend
    labelled: list[list[int]]  # for each series, the points that say their value
    tick_every: int
    categories: list[str]
    is_sideways: bool = False  # whether categories stand under one another
    band: float = 0.7  # of a category's room, for its bars
    is_edged: bool = False  # whether the first and the last category stand at the plot's edges
    has_points: bool = False  # whether marks stand at the middle of a category, not over its width
    is_written: bool = True  # whether names and values are written along the axes
    above: float = 0  # of the top margin, what is kept for words over the plot
    beside: float = 0  # of the right margin, what is kept for words at the ends of lines

    def widened(self, beside: float, above: float) -> "Frame":
        """Returns the frame of a larger chart: with room for words over the plot, and beside it."""
        return replace(
            self,
            width=self.width + beside,
            height=self.height + above,
            right=self.right + beside,
            top=self.top + above,
            beside=beside,
            above=above,
        )

    @property
    def plot_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def plot_right(self) -> float:
        return self.width - self.right

    @property
    def plot_bottom(self) -> float:
        return self.height - self.bottom

    @property
    def slot(self) -> float:
        """What each category has, along the axis of the categories."""
        along = self.plot_height if self.is_sideways else self.plot_width
        return along / max(1, len(self.categories) - self.is_edged)

    def along(self, index: float) -> float:
        """Returns the middle of a category, from the chart's left edge, or from its top if sideways."""
        start = self.top if self.is_sideways else self.left
        return start + (index + (0 if self.is_edged else 0.5)) * self.slot

    def at(self, value: float) -> float:
        """Returns where a value stands, from the chart's top, or from its left edge if sideways."""
        share = self.scale.share(value)
        if self.is_sideways:
            return self.left + share * self.plot_width
        return self.top + (1 - share) * self.plot_height


def across(room: Frame, x: float) -> float:
    """Returns where an x value of a scatter stands, from the chart's left edge."""
    return room.left + room.across.share(x) * room.plot_width


def bare(
    view: View,
    size: float,
    chart_width: float,
    chart_height: float,
    scale: Scale,
    *,
    is_sideways: bool = False,
    has_points: bool = False,
) -> Frame:
    """Returns the frame of a chart whose text has `size` points, before its kind has its say."""
    return Frame(
        width=chart_width,
        height=chart_height,
        size=size,
        left=LABEL_GAP,
        right=LABEL_GAP,
        top=TOP,
        bottom=height(1, size) + LABEL_GAP,
        scale=scale,
        across=nice(_across(view), zero=False),
        axis=True,
        legend=[],
        labelled=[present(series.values) for series in view.series],
        tick_every=1,
        categories=view.categories,
        is_sideways=is_sideways,
        has_points=has_points,
    )


def _across(view: View) -> list[float]:
    return [float(x) for x in view.chart.categories if isinstance(x, float | int)]


def no_thicker(framed: Frame, view: View) -> Frame:
    """Returns a frame in which bars of few categories are neither as thick nor as far apart as they
    could be: they stand together in the middle."""
    thickest = THICKEST * len(view.series)
    spare = (framed.slot - max(thickest / _CLOSE, _names(framed, view))) * len(view.categories) / 2
    if spare > 0 and framed.is_sideways:
        framed = replace(framed, top=framed.top + spare, bottom=framed.bottom + spare)
    elif spare > 0:
        framed = replace(framed, left=framed.left + spare, right=framed.right + spare)
    return replace(framed, band=min(framed.band, thickest / framed.slot))


def _names(framed: Frame, view: View) -> float:
    """Returns what the longest name needs along the axis of the categories."""
    if framed.is_sideways:
        return height(2, framed.size)
    return max(view.face.width(name, framed.size, bold=True) for name in view.categories) + LABEL_GAP


def axis_width(view: View, framed: Frame, size: float) -> float:
    """Returns what the labels of the value axis take."""
    labels = view.ticks(framed.scale, view.unit)
    return max(view.face.width(label, size) for label in labels) + LABEL_GAP


def present(values: list[float | int | None]) -> list[int]:
    return [index for index, value in enumerate(values) if value is not None]


def apart(indexes: list[int], view: View, framed: Frame, size: float) -> list[int]:
    """Returns the last of these points whose labels do not touch."""
    kept: list[int] = []
    for index in sorted(set(indexes), reverse=True):
        if not kept or (kept[-1] - index) * framed.slot >= widest_label(view, size) + 4:
            kept.append(index)
    return kept[::-1]


def with_category_labels(framed: Frame, view: View, size: float) -> Frame:
    """Returns room for the names of all categories on two lines, cut where they are too long; of
    periods, and of groups that are too many, for names on one line of those that fit."""
    limit = framed.slot - 8
    names = view.categories
    if not _fit(names, view, size, limit):
        is_text = view.chart.category_unit.format is ValueFormat.TEXT
        if not is_text or framed.slot < NARROW:
            return replace(framed, tick_every=ticks_every(view, framed.plot_width, size))
        names = short_names(view, size, limit)
    lines = max((len(view.face.wrap(name, size, limit, bold=True)) for name in names), default=1)
    return replace(framed, categories=names, bottom=height(lines, size) + LABEL_GAP)


def _fit(names: list[str], view: View, size: float, limit: float) -> bool:
    wrapped = (view.face.wrap(name, size, limit, bold=True) for name in names)
    return all(len(lines) <= 2 for lines in wrapped) and not _has_long_word(names, view, size, limit)


def _has_long_word(names: Iterable[str], view: View, size: float, limit: float) -> bool:
    words = (word for name in names for word in words_of(name))
    return any(view.face.width(word, size, bold=True) > limit for word in words)


def short_names(view: View, size: float, limit: float) -> list[str]:
    """Returns names that stand under their marks: no word is broken, and no two are the same."""
    face = view.face
    short = [
        face.shorten(name, size, limit, 1, bold=True)
        if _has_long_word([name], view, size, limit)
        else face.shorten(name, size, limit, 2, bold=True)
        for name in view.categories
    ]
    if len(set(short)) == len(set(view.categories)):
        return short
    return [face.shorten_middle(name, size, limit * 0.94) for name in view.categories]


def with_legend(framed: Frame, view: View, size: float) -> Frame:
    """Returns room for entries from left to right above the plot, in as many lines as they need."""
    left, line = float(LABEL_GAP), 0
    entries: list[tuple[float, float]] = []
    for label in view.labels:
        wide = LEGEND_KEY + view.face.width(label, size) + 2 * LABEL_GAP
        if left > LABEL_GAP and left + wide > framed.width:
            left, line = LABEL_GAP, line + 1
        entries.append((left, (line + 0.5) * _LEGEND))
        left += wide
    return replace(framed, legend=entries, top=(line + 1) * _LEGEND + TOP)


def widest_label(view: View, size: float) -> float:
    """Returns the width of the longest value, as the chart says it."""
    said = (view.say(value, series.unit) for series in view.series for value in series.values)
    return max((view.face.width(text, size, bold=True) for text in said), default=0)


def with_room(view: View, room: float, label: float) -> Scale:
    """Returns a scale that ends where the marks do, but for labels outside of them."""
    low, high = min([0.0, *view.reached]), max([0.0, *view.reached])
    sides = (low < 0) + (high > 0)
    span = (high - low) or 1.0
    spare = span * label / max(room - sides * label, room / 4)
    return Scale(low - spare if low < 0 else low, high + spare if high > 0 or not low else high, span)
