"""Pieces of sentences that many insights need, each number in them a fact."""

from dataclasses import dataclass

from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import POINTS, Grain, Unit, ValueFormat
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.timeline import Period, unit_of

NUMBER = Unit(format=ValueFormat.NUMBER)
STEADY = 0.01  # relative change below which nothing is called a rise or a fall


@dataclass(frozen=True)
class Change:
    """A metric in two periods. `size` is the change without its sign, `signed` with it.

    `relative` is the change as a share of the earlier value; where that is 0, the change itself.
    """

    later: Fact
    earlier: Fact
    size: Fact
    signed: Fact
    relative: float

    @property
    def direction(self) -> int:
        """1, -1, or 0 for what is hardly a change."""
        return 0 if abs(self.relative) < STEADY else 1 if self.relative > 0 else -1

    @property
    def verb(self) -> str:
        return {1: "rose", -1: "fell", 0: "held steady"}[self.direction]

    @property
    def below_zero(self) -> str:
        """Where a change between negative amounts leads: costs written so grow as they fall."""
        if _number(self.earlier) >= 0 or _number(self.later) >= 0:
            return ""
        return {1: ", closer to zero", -1: ", further below zero", 0: ""}[self.direction]

    @property
    def by(self) -> Text:
        """ "rose by 5%", "held steady (+0.3%)"."""
        if self.direction == 0:
            return f"held steady ({say(self.signed)})"
        return f"{self.verb} by {say(self.size)}"


def period_fact(analysis: Analysis, book: FactBook, period: Period) -> Fact:
    timeline = analysis.time_axis
    return book.value(
        f"a {period.grain} of the data",
        f"min({timeline.bucket(period.grain)})",
        unit_of(period.grain),
        timeline.within(period),
    )


def say_periods(analysis: Analysis, book: FactBook, *periods: Period) -> list[Text]:
    """The references that stand for periods in text."""
    return [say(period_fact(analysis, book, period)) for period in periods]


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
    names = [period_fact(analysis, book, period).display for period in (later, earlier)]
    within = [analysis.time_axis.within(period) for period in (later, earlier)]
    said = f"{where}, " if where else ""
    new, old = (
        metric_fact(analysis, book, metric, condition, *conditions, where=f"{said}{name}")
        for name, condition in zip(names, within, strict=True)
    )
    if new.value is None or old.value is None:
        return None
    label = f"change of {metric.label}, {said}{names[0]} against {names[1]}"
    both = (metric.present, f"({within[0]}) OR ({within[1]})", *conditions)
    return change_of(book, metric, (new, old), label, *both, statistics=statistics)


def change_of(
    book: FactBook,
    metric: Metric,
    levels: tuple[Fact, Fact],
    label: str,
    *conditions: str,
    statistics: Statistics | None = None,
    groups: tuple[str, ...] = (),
) -> Change:
    """From the second of two levels of a metric to the first; `groups` say whom it is about."""
    new, old = levels
    expression, unit = _difference(metric, new, old)
    query = f"SELECT {expression}"
    signed = book.query(
        label, query, unit, *conditions, sign=Sign.CHANGE, statistics=statistics, groups=groups
    )
    size = book.query(f"size of the {label}", query, unit, *conditions, sign=Sign.SIZE, groups=groups)
    return Change(new, old, size, signed, _relative(signed, old))


def _difference(metric: Metric, new: Fact, old: Fact) -> tuple[str, Unit]:
    """A ratio where that makes sense; else a difference, of shares in points."""
    if metric.unit.format is ValueFormat.PERCENT:
        return f"({new.sql}) - ({old.sql})", POINTS
    if metric.ratio_scale and _number(old) > 0 and _number(new) >= 0:
        return f"({new.sql}) / ({old.sql}) - 1", Unit(format=ValueFormat.PERCENT)
    return f"({new.sql}) - ({old.sql})", metric.unit


def _relative(signed: Fact, old: Fact) -> float:
    if signed.unit.format is ValueFormat.PERCENT:
        return _number(signed)
    return _number(signed) / (abs(_number(old)) or 1.0)


def _number(fact: Fact) -> float:
    assert isinstance(fact.value, int | float)
    return fact.value


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
