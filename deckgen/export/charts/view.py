"""What there is to draw in a chart, worked out once for PowerPoint and for the page."""

from dataclasses import dataclass
from typing import Literal

from deckgen.domain.decks import Chart, ChartKind, Series
from deckgen.domain.formatting.display import Formatter, Unit, Value, ValueFormat
from deckgen.export.layout.scales import Scale, nice
from deckgen.export.layout.text_metrics import shorten, shorten_middle, width
from deckgen.export.text import Words, one_line

_STEPS = {
    "month": (1, 2, 3, 6, 12, 24, 60, 120),
    "quarter": (1, 2, 4, 8, 20, 40),
    "hour": (1, 2, 3, 6, 12),
}
_OTHER_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class View:
    """A chart with its text rendered. `values` are as in the deck; `scale` is the value axis."""

    chart: Chart
    title: str
    alt: str
    note: str  # what is drawn in another way, and why
    category_label: str
    categories: list[str]
    labels: list[str]  # of the series
    scale: Scale
    formatter: Formatter

    @property
    def kind(self) -> ChartKind:
        return self.chart.kind

    @property
    def series(self) -> list[Series]:
        return self.chart.series

    @property
    def unit(self) -> Unit:
        return self.chart.series[0].unit

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        if self.kind is ChartKind.SCATTER:
            return not any(pairs(self, number) for number in range(len(self.series)))
        return not any(value is not None for series in self.series for value in series.values)

    def said(self, series: int, index: int) -> str:
        return self.say(self.series[series].values[index], self.series[series].unit)

    def say(self, value: Value, unit: Unit, *, signed: bool = False) -> str:
        return one_line(self.formatter.display(value, unit, signed=signed))

    def picked(self, index: int) -> bool:
        return index in self.chart.highlight

    def emphasised(self, index: int) -> bool:
        """Whether a category wears the accent colour: all do where the slide is about none."""
        return not self.chart.highlight or index in self.chart.highlight


@dataclass(frozen=True)
class Step:
    """One column of a waterfall, between two heights; `value` is what it says."""

    kind: str  # total, increase, decrease
    low: float
    high: float
    value: float


def view_of(chart: Chart, words: Words) -> View:
    categories = [words.value(value, chart.category_unit) for value in chart.categories]
    return View(
        chart=chart,
        title=words.line(chart.title),
        alt=words.line(chart.alt),
        note=_note(chart, categories, words),
        category_label=words.line(chart.category_label),
        categories=categories,
        labels=[words.line(series.label) for series in chart.series],
        scale=nice(reached(chart), zero=chart.kind not in (ChartKind.LINE, ChartKind.SCATTER)),
        formatter=words.formatter,
    )


def pairs(view: View, series: int) -> list[tuple[int, float, float]]:
    """Index, x and y of each point of a scatter that has both."""
    both = zip(view.chart.categories, view.series[series].values, strict=True)
    return [
        (index, x, y)
        for index, (x, y) in enumerate(both)
        if isinstance(x, float | int) and y is not None
    ]


def _note(chart: Chart, categories: list[str], words: Words) -> str:
    names = [categories[index] for index in chart.partial if index < len(categories)]
    if not names:
        return ""
    shown = ", ".join(names[:3])
    if len(names) > 3:
        shown = words.says("chart.partial.more", names=shown, count=str(len(names) - 3))
    style = "dashed" if chart.kind is ChartKind.LINE else "lighter"
    return words.says(f"chart.partial.{style}", names=shown)


def reached(chart: Chart) -> list[float]:
    """Every height that a mark reaches."""
    if chart.kind is ChartKind.WATERFALL:
        return [height for step in waterfall_steps(chart) for height in (step.low, step.high)]
    return [float(value) for series in chart.series for value in series.values if value is not None]


def waterfall_steps(chart: Chart) -> list[Step]:
    """The columns of a waterfall: first and last value are totals, those between are changes."""
    values = [float(value or 0) for value in chart.series[0].values]
    found, reached = [], 0.0
    for index, value in enumerate(values):
        if index in (0, len(values) - 1):
            found.append(Step("total", min(0.0, value), max(0.0, value), value))
            reached = value
        else:
            after = reached + value
            kind = "increase" if value >= 0 else "decrease"
            found.append(Step(kind, min(reached, after), max(reached, after), value))
            reached = after
    return found


def ticks_every(view: View, room: float, size: float) -> int:
    """How many categories one written label has to serve, on an axis that is `room` points long."""
    longest = max((width(label, size) for label in view.categories), default=0) + size
    needed = longest * len(view.categories) / room
    unit = view.chart.category_unit
    what = unit.symbol if unit.format is ValueFormat.PERIOD else unit.format
    ladder = _STEPS.get(what, _OTHER_STEPS)
    return next((step for step in ladder if step >= needed), len(view.categories))


def short_categories(view: View, size: float, limit: float, lines: int = 2) -> list[str]:
    """Category labels that fit into a column `limit` wide; the deck's own stay in the alt text."""
    short = [shorten(label, size, limit, lines) for label in view.categories]
    if len(set(short)) < len(set(view.categories)):  # what tells them apart was cut off
        return [shorten_middle(label, size, limit * lines * 0.9) for label in view.categories]
    return short


def last_values(view: View) -> list[float]:
    """Where each line ends."""
    found = ([value for value in series.values if value is not None] for series in view.series)
    return [float(values[-1]) for values in found if values]


def label_side(values: list[float | int | None], index: int) -> Literal["t", "b", "l", "r"]:
    """On which side of a point of a line its label is clear of the line: top, bottom, left, right."""
    value = values[index] or 0
    before = values[index - 1] if index else None
    after = values[index + 1] if index + 1 < len(values) else None
    if after is None:
        return "r"
    if before is None:
        return "b" if after > value else "t"
    if before < value < after:
        return "l"
    if before > value > after:
        return "r"
    return "b" if before > value else "t"
