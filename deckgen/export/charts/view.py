"""What there is to draw in a chart, worked out once for PowerPoint and for the page."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from deckgen.domain.charts import Annotation, Chart, Series, SeriesRole
from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import Formatter, Unit, Value, ValueFormat
from deckgen.export.charts.derived import totals
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.layout.number_formats import tick_labels
from deckgen.export.layout.scales import Scale
from deckgen.export.layout.typefaces import Typeface
from deckgen.export.scene.setting import Setter
from deckgen.export.text import Words, shown

if TYPE_CHECKING:
    from deckgen.export.charts.kind import Kind

_STEPS = {
    "month": (1, 2, 3, 6, 12, 24, 60, 120),
    "quarter": (1, 2, 4, 8, 20, 40),
    "hour": (1, 2, 3, 6, 12),
}
_OTHER_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


Side = Literal["t", "b", "l", "r"]  # top, bottom, left, right


@dataclass(frozen=True)
class View:
    """A chart with its text rendered, to be set in a font. `values` are as in the deck."""

    chart: Chart
    kind: "Kind"
    title: str
    alt: str
    note: str  # what is drawn in another way, and why
    category_label: str
    categories: list[str]
    labels: list[str]  # of the series
    words: Words
    face: Typeface

    @property
    def formatter(self) -> Formatter:
        return self.words.formatter

    @property
    def set(self) -> Setter:
        """Sets the texts that refer to facts."""
        return Setter(self.words, self.face)

    @property
    def series(self) -> list[Series]:
        return self.chart.series

    @property
    def unit(self) -> Unit:
        return self.chart.series[0].unit

    @property
    def reached(self) -> list[float]:
        """Every height that a mark or a line reaches."""
        if self.kind.is_bridge:
            steps = waterfall_steps(self.chart)
            return [height for step in steps for height in (step.low, step.high)] + self.levels
        if self.kind.is_stacked:
            return [*totals(self.series), *self.levels]
        values = (value for each in self.series for value in each.values if value is not None)
        return [*map(float, values), *self.levels]

    @property
    def levels(self) -> list[float]:
        """Where lines are drawn over the whole chart: a target, a mean."""
        return [value for value, _ in self._lines(across=False)]

    @property
    def uprights(self) -> list[tuple[float, Text]]:
        """The lines of a scatter that stand at an x value, with their words."""
        return self._lines(across=True)

    def _lines(self, *, across: bool) -> list[tuple[float, Text]]:
        return [(self.level(each), each.text) for each in self.pointed("line") if each.across is across]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        if self.kind.is_measured:
            return not any(pairs(self, number) for number in range(len(self.series)))
        return not any(value is not None for series in self.series for value in series.values)

    def only(self, *series: int) -> "View":
        """Returns what there is to draw of some of the series."""
        kept = [self.series[number] for number in series]
        chart = self.chart.model_copy(update={"series": kept})
        return replace(self, chart=chart, labels=[self.labels[number] for number in series])

    def said(self, series: int, index: int) -> str:
        return self.say(self.series[series].values[index], self.series[series].unit)

    def say(self, value: Value, unit: Unit, *, signed: bool = False) -> str:
        return shown(self.formatter, value, unit, signed=signed)

    def ticks(self, scale: Scale, unit: Unit) -> list[str]:
        """Returns what is written along an axis; each as it is said where that is logarithmic."""
        if scale.is_log:
            return [self.say(tick, unit) for tick in scale.ticks]
        return tick_labels(scale.ticks, unit, self.formatter)

    def name_of_axis(self, name: str, scale: Scale) -> str:
        return self.words.says("chart.logarithmic", name=name) if scale.is_log else name

    def picked(self, index: int) -> bool:
        return index in self.chart.highlight

    @property
    def focus(self) -> list[int]:
        """The series that the slide is about; where the deck says nothing of it, the first or all."""
        every = range(len(self.series)) if self.kind.tells_each else (0,)
        return self.chart.focus or list(every)

    def tint(self, number: int) -> str:
        """Returns the colour of a series by its name: accent for what the slide is about; if it is
        about all, that of those that rise."""
        if self.kind.tells_each and not self.chart.focus:
            before, after = self.series[number].values[0] or 0, self.series[number].values[-1] or 0
            return "contrast" if after < before else "accent"
        if number in self.focus and self.series[number].role is not SeriesRole.OTHER:
            first, second = ("contrast", "accent") if self._tells_a_fall else ("accent", "contrast")
            return (first, second, "ink")[min(self.focus.index(number), 2)]
        return "muted" if self.series[number].role is SeriesRole.PLAN else "rest"

    @property
    def _tells_a_fall(self) -> bool:
        """Whether the chart points at what the series lost that the slide is about."""
        said = [each for each in self.pointed("difference") if each.series == self.focus[0]]
        return bool(self.chart.focus) and any(is_fall(self.chart, each) for each in said)

    def pointed(self, *kinds: str) -> list[Annotation]:
        return [each for each in self.chart.annotations if each.kind in kinds]

    def level(self, line: Annotation) -> float:
        """Returns the value at which a line lies."""
        return self.words.number(line.value) or 0.0

    def stressed(self, index: int) -> bool:
        """Whether the name of a category is bold: what the slide is about, and totals of a bridge."""
        is_total = self.kind.is_bridge and index in (0, len(self.categories) - 1)
        return self.picked(index) or is_total

    def emphasised(self, index: int) -> bool:
        """Whether a category wears the accent colour: all do where the slide is about none."""
        return not self.chart.highlight or index in self.chart.highlight


def is_fall(chart: Chart, difference: Annotation) -> bool:
    """Returns whether the later of the two values of a difference is the smaller one."""
    values = chart.series[difference.series].values
    before, after = values[difference.at[0]] or 0, values[difference.at[-1]] or 0
    return after < before


def pairs(view: View, series: int) -> list[tuple[int, float, float]]:
    """Index, x and y of each point of a scatter that has both."""
    both = zip(view.chart.categories, view.series[series].values, strict=True)
    return [
        (index, x, y)
        for index, (x, y) in enumerate(both)
        if isinstance(x, float | int) and y is not None
    ]


def ticks_every(view: View, room: float, size: float) -> int:
    """How many categories one written label has to serve, on an axis that is `room` points long."""
    longest = max((view.face.width(label, size) for label in view.categories), default=0) + size
    needed = longest * len(view.categories) / room
    unit = view.chart.category_unit
    what = unit.symbol if unit.format is ValueFormat.PERIOD else unit.format
    ladder = _STEPS.get(what, _OTHER_STEPS)
    return next((step for step in ladder if step >= needed), len(view.categories))


def short_categories(view: View, size: float, limit: float, lines: int = 2) -> list[str]:
    """Category labels that fit into a column `limit` wide; the deck's own stay in the alt text."""
    short = [view.face.shorten(label, size, limit, lines) for label in view.categories]
    if len(set(short)) < len(set(view.categories)):  # what tells them apart was cut off
        return [view.face.shorten_middle(label, size, limit * lines * 0.9) for label in view.categories]
    return short
