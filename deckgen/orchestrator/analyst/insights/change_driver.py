"""Change driver: which group moved the total between the last two full periods."""

from functools import partial
from typing import Any

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import TEXT
from deckgen.domain.facts import Statistics
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql, wording
from deckgen.orchestrator.analyst.analysis import Analysis, Dimension
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.ranking import OTHER, additive_metrics
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.timeline import Period

MIN_CHANGE, MIN_PART = 0.02, 0.2
MAX_STEPS = 6
METHOD = (
    "The change of the total is the sum of the groups' changes; the chart "
    "shows the largest ones, the rest "
    "as Other. It says where the change arose, not why."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.compared is None:
        return []
    later, earlier, _ = analysis.compared
    found = []
    for rank, metric in enumerate(additive_metrics(analysis)):
        for dimension in analysis.dimensions:
            if dimension.groups <= 200:
                weight = 1.0 if rank == 0 else 0.6
                found.append(_candidate(analysis, metric, dimension, (later, earlier), weight))
    return [candidate for candidate in found if candidate]


def changes(
    analysis: Analysis, metric: Metric, dimension: Dimension, later: Period, earlier: Period
) -> str:
    """SQL: each group's value before and after and its change (g, before, after, d)."""
    timeline = analysis.time_axis
    parts = []
    for place, period in (("after", later), ("before", earlier)):
        where = sql.where(metric.present, dimension.known(), timeline.within(period))
        parts.append(
            f"SELECT {dimension.text} AS g, {metric.sql} AS {place} FROM data{where} GROUP BY ALL"
        )
    return (
        f"SELECT g, coalesce(before, 0) AS before, coalesce(after, 0) AS after, "
        f"coalesce(after, 0) - coalesce(before, 0) AS d FROM ({parts[0]}) FULL "
        f"JOIN ({parts[1]}) USING (g)"
    )


def _candidate(
    analysis: Analysis,
    metric: Metric,
    dimension: Dimension,
    periods: tuple[Period, Period],
    weight: float,
) -> Candidate | None:
    rows = analysis.table.all(
        f"{changes(analysis, metric, dimension, *periods)} ORDER BY abs(d) DESC, g"
    )
    before, total = sum(float(row[1]) for row in rows), sum(float(row[3]) for row in rows)
    if before <= 0 or len(rows) < 2 or abs(total) < MIN_CHANGE * before:
        return None
    same_way = [row for row in rows if float(row[3]) * total > 0]
    part = float(same_way[0][3]) / sum(abs(float(row[3])) for row in rows)
    if abs(part) < MIN_PART:
        return None
    return Candidate(
        InsightKind.CHANGE_DRIVER,
        f"{metric.key}|{dimension.index}|change",
        impact=weight,
        strength=min(1.0, abs(part) * (0.4 + 2 * abs(total) / before)),
        write=partial(_write, analysis, metric, dimension, periods, same_way[0]),
        columns=(dimension.index, *metric.columns),
        values=(str(same_way[0][0]),),
    )


def _write(
    analysis: Analysis,
    metric: Metric,
    dimension: Dimension,
    periods: tuple[Period, Period],
    top: tuple[Any, ...],
    book: FactBook,
    _: Statistics | None,
) -> Story:
    later, earlier = periods
    timeline = analysis.time_axis
    both = f"({timeline.within(later)}) OR ({timeline.within(earlier)})"
    known = (metric.present, dimension.known(), both)
    query = changes(analysis, metric, dimension, later, earlier)
    new, old = (wording.period_fact(analysis, book, period) for period in periods)
    rises = float(top[3]) > 0
    order = f"ORDER BY d {'DESC' if rises else 'ASC'}, g LIMIT 1"
    name = book.query(
        f"{dimension.label} that changed most", f"SELECT g FROM ({query}) {order}", TEXT, *known
    )
    own = book.query(
        f"change of {metric.label}, {name.display}",
        f"SELECT d FROM ({query}) {order}",
        metric.unit,
        *known,
        signed=True,
    )
    total = book.query(
        f"change of {metric.label}", f"SELECT sum(d) FROM ({query})", metric.unit, *known, signed=True
    )
    way = "rise" if rises else "fall"
    headline = f"The {way} of {metric.noun} from {say(old)} to {say(new)} comes mostly from {say(name)}"
    if abs(float(own.value or 0)) < 0.5 * abs(float(total.value or 0)):
        headline = f"{say(name)} adds most to the {way} of {metric.noun} from {say(old)} to {say(new)}"
    change = wording.change(
        analysis, book, metric, later, earlier, dimension.equals(name.value), where=name.display
    )
    points = [f"{say(name)} accounts for {say(own)} of {say(total)} overall"]
    if change:
        points.append(
            f"{say(name)} went from {say(change.earlier)} to {say(change.later)} ({say(change.signed)})"
        )
    against = f"{'ASC' if rises else 'DESC'}"
    other = (
        book.query(
            f"{dimension.label} that moved against it",
            (
                f"SELECT g FROM ({query}) WHERE d {'<' if rises else '>'} 0 ORDER BY d "
                f"{against}, g LIMIT 1"
            ),
            TEXT,
            *known,
        )
        if _has_opposite(analysis, query, rises)
        else None
    )
    if other:
        its = book.query(
            f"change of {metric.label}, {other.display}",
            f"SELECT d FROM ({query}) ORDER BY d {against}, g LIMIT 1",
            metric.unit,
            *known,
            signed=True,
        )
        points.append(f"Against it moved {say(other)} with {say(its)}")
    chart = book.chart(
        ChartKind.WATERFALL,
        f"{metric.subject}: from {say(old)} to {say(new)} by {dimension.noun}",
        _waterfall(query, old.display, new.display),
        (dimension.subject, TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} in {say(old)}, the change of each {dimension.noun}, and {say(new)}",
    )
    advice = (
        ""
        if not analysis.is_business
        else f"Look into {say(name)} first: it moved {metric.noun} most ({say(own)})"
    )
    names = [str(value) for value in chart.categories]
    marked = [names.index(name.display)] if name.display in names else []
    return Story(
        headline,
        points,
        METHOD,
        chart.model_copy(update={"highlight": marked}),
        recommendation=advice,
        short=f"{say(name)} moved {metric.noun} most ({say(own)})",
    )


def _has_opposite(analysis: Analysis, query: str, rises: bool) -> bool:
    return bool(
        analysis.table.one(f"SELECT count(*) FROM ({query}) WHERE d {'<' if rises else '>'} 0")[0]
    )


def _waterfall(query: str, before: str, after: str) -> str:
    """SQL: the first total, the largest changes, the rest, the last total."""
    ranked = f"SELECT g, d, row_number() OVER (ORDER BY abs(d) DESC, g) AS place FROM ({query})"
    return (
        f"SELECT g, v FROM ("
        f"SELECT 0 AS k, {sql.literal(before)} AS g, sum(before) AS v FROM ({query}) UNION ALL "
        f"SELECT place, g, d FROM ({ranked}) WHERE place <= {MAX_STEPS} UNION ALL "
        f"SELECT {MAX_STEPS + 1}, '{OTHER}', sum(d) FROM ({ranked}) WHERE place "
        f"> {MAX_STEPS} HAVING count(*) > 0 UNION ALL "
        f"SELECT {MAX_STEPS + 2}, {sql.literal(after)}, sum(after) FROM ({query})) ORDER BY k, g"
    )
