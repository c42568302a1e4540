"""Pieces of sentences that many insights need, each number in them a fact."""

from dataclasses import dataclass

from deckgen.domain.display import POINTS, Format, Grain, Unit
from deckgen.domain.facts import Fact, Statistics, Text
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.timeline import Period, unit_of

NUMBER = Unit(format=Format.NUMBER)
STEADY = 0.01  # relative change below which nothing is called a rise or a fall


@dataclass(frozen=True)
class Change:
    """A metric in two periods. `size` is the change without its sign, `signed` with it."""

    later: Fact
    earlier: Fact
    size: Fact
    signed: Fact
    direction: int
    relative: float

    @property
    def verb(self) -> str:
        return {1: "rose", -1: "fell", 0: "held steady"}[self.direction]

    @property
    def by(self) -> Text:
        """ "rose by 5%", "held steady (+0.3%)"."""
        if self.direction == 0:
            return f"held steady ({say(self.signed)})"
        return f"{self.verb} by {say(self.size)}"


def period_fact(analysis: Analysis, book: FactBook, period: Period) -> Fact:
    timeline = analysis.time_axis
    within = timeline.within(period)
    return book.value(
        f"a {period.grain} of the data",
        f"min({timeline.bucket(period.grain)})",
        unit_of(period.grain),
        within,
    )


def metric_fact(
    analysis: Analysis, book: FactBook, metric: Metric, *conditions: str, where: str = ""
) -> Fact:
    """The metric over the rows that meet the conditions, which `where` says in words."""
    return book.value(
        f"{metric.label}{', ' + where if where else ''}",
        metric.sql,
        metric.unit,
        metric.present,
        *conditions,
    )


def change(
    analysis: Analysis,
    book: FactBook,
    metric: Metric,
    later: Period,
    earlier: Period,
    *conditions: str,
    where: str = "",
    statistics: Statistics | None = None,
) -> Change | None:
    """The metric in two periods; None if it has no value in one of them."""
    timeline = analysis.time_axis
    within = [[metric.present, timeline.within(period), *conditions] for period in (later, earlier)]
    names = [str(period_fact(analysis, book, period).display) for period in (later, earlier)]
    said = f"{where}, " if where else ""
    facts = [
        book.value(f"{metric.label}, {said}{name}", metric.sql, metric.unit, *conditions_)
        for name, conditions_ in zip(names, within, strict=True)
    ]
    new, old = facts
    if not isinstance(new.value, int | float) or not isinstance(old.value, int | float):
        return None
    expression, unit = _difference(metric, new, old)
    both = f"({timeline.within(later)}) OR ({timeline.within(earlier)})"
    label = f"change of {metric.label}, {said}{names[0]} against {names[1]}"
    conditions = (metric.present, both, *conditions)
    signed = book.query(
        label, f"SELECT {expression}", unit, *conditions, signed=True, statistics=statistics
    )
    size = book.query(f"size of the {label}", f"SELECT abs({expression})", unit, *conditions)
    assert isinstance(signed.value, int | float)
    relative = signed.value if unit.format is Format.PERCENT else signed.value / (abs(old.value) or 1.0)
    return Change(new, old, size, signed, direction_of(relative), relative)


def direction_of(relative: float) -> int:
    return 0 if abs(relative) < STEADY else 1 if relative > 0 else -1


def _difference(metric: Metric, new: Fact, old: Fact) -> tuple[str, Unit]:
    """A ratio where that makes sense; else a difference, of shares in points."""
    assert isinstance(old.value, int | float)
    assert isinstance(new.value, int | float)
    if metric.unit.format is Format.PERCENT:
        return f"({new.sql}) - ({old.sql})", POINTS
    if metric.ratio_scale and old.value > 0 and new.value >= 0:
        return f"({new.sql}) / ({old.sql}) - 1", Unit(format=Format.PERCENT)
    return f"({new.sql}) - ({old.sql})", metric.unit


def span(analysis: Analysis, book: FactBook) -> tuple[Fact, Fact] | None:
    """The first and the last date of the data, said at a grain that suits their distance."""
    timeline = analysis.timeline
    if timeline is None:
        return None
    grain: Grain = timeline.grain
    if grain in ("day", "week") and (timeline.last - timeline.first).days > 62:
        grain = "month"
    bucket, unit = timeline.bucket(grain), unit_of(grain)
    return (
        book.value("start of the data", f"min({bucket})", unit),
        book.value("end of the data", f"max({bucket})", unit),
    )
