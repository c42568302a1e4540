"""Change driver: which group moved the total between the last two full periods."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import PERCENT, TEXT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.comparison import Comparison, of_comparisons
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import left_out
from deckgen.orchestrator.analyst.sql import quoting

MIN_CHANGE, MIN_PART = 0.02, 0.2
MAX_STEPS = 6
OTHER = "All others"
METHOD = (
    "The change of the total is the sum of the groups' changes; the chart shows the largest ones, the "
    "rest together. It says where the change arose, not why."
)


def find(analysis: Analysis) -> list[Candidate]:
    return of_comparisons(analysis, _candidate)


def _candidate(comparison: Comparison) -> Candidate | None:
    rows = comparison.analysis.table.all(
        f"SELECT g, before, d FROM ({comparison.sql}) ORDER BY abs(d) DESC, g"
    )
    before, deltas = sum(float(row[1]) for row in rows), [float(row[2]) for row in rows]
    total = sum(deltas)
    if before <= 0 or len(rows) < 2 or abs(total) < MIN_CHANGE * before:
        return None
    lead = next(place for place, delta in enumerate(deltas) if delta * total > 0)
    part = abs(deltas[lead]) / sum(abs(delta) for delta in deltas)
    if part < MIN_PART:
        return None
    breakdown = comparison.breakdown
    return Candidate(
        InsightKind.CHANGE_DRIVER,
        f"{breakdown.key}|change",
        impact=breakdown.weight,
        strength=min(1.0, part * (0.4 + 2 * abs(total) / before)),
        write=partial(_write, comparison, total > 0, len(rows)),
        columns=breakdown.columns,
        values=(str(rows[lead][0]),),
    )


def _write(
    comparison: Comparison, rises: bool, groups: int, book: FactBook, _: Statistics | None
) -> Story:
    metric = comparison.breakdown.metric
    old, new = comparison.periods(book)
    driver, own = _driver(comparison, book, rises)
    total = comparison.query(
        book,
        f"change of {metric.label}",
        f"SELECT sum(d) FROM ({comparison.sql})",
        metric.unit,
        sign=Sign.CHANGE,
    )
    return Story(
        _headline(comparison, (old, new), driver, rises, small=_is_small(own, total)),
        [
            _part(comparison, book, driver, (own, total), rises),
            *_course(comparison, book, driver),
            *_counter_movement(comparison, book, rises),
            *comparison.small(book, driver, groups),
            *left_out(comparison.analysis, book, *comparison.breakdown.columns),
        ],
        f"{comparison.method(book)} {METHOD}",
        _waterfall(comparison, book, (old, new), driver),
        recommendation=_advice(comparison, driver, own),
        short=f"{say(driver)} moved {metric.noun} most ({say(own)})",
    )


def _part(
    comparison: Comparison, book: FactBook, driver: Fact, changes: tuple[Fact, Fact], rises: bool
) -> Text:
    """What part of the change the driver has, beside its part of the total before."""
    own, total = changes
    group = quoting.literal(str(driver.value))
    share = comparison.query(
        book,
        f"share of {driver.display} before",
        f"SELECT sum(before) FILTER (g = {group}) / sum(before) FROM ({comparison.sql})",
        PERCENT,
        group=driver,
    )
    before = say(comparison.periods(book)[0])
    return (
        f"{say(driver)} accounts for {say(own)} of {say(total)} overall; in {before} it had "
        f"{say(share)} of the total"
    )


def _driver(comparison: Comparison, book: FactBook, rises: bool) -> tuple[Fact, Fact]:
    """The group that moved most in the direction of the total, and its change."""
    order = "DESC" if rises else "ASC"
    label = f"{comparison.breakdown.dimension.label} that changed most"
    query = f"SELECT g FROM ({comparison.sql}) ORDER BY d {order}, g LIMIT 1"
    driver = comparison.query(book, label, query, TEXT)
    return driver, _change_at_end(comparison, book, driver, order)


def _change_at_end(comparison: Comparison, book: FactBook, group: Fact, order: str) -> Fact:
    """The change of the group that comes first in an order of the changes."""
    metric = comparison.breakdown.metric
    return comparison.query(
        book,
        f"change of {metric.label}, {group.display}",
        f"SELECT d FROM ({comparison.sql}) ORDER BY d {order}, g LIMIT 1",
        metric.unit,
        sign=Sign.CHANGE,
        group=group,
    )


def _is_small(own: Fact, total: Fact) -> bool:
    return abs(float(own.value or 0)) < 0.5 * abs(float(total.value or 0))


def _headline(
    comparison: Comparison, periods: tuple[Fact, Fact], driver: Fact, rises: bool, *, small: bool
) -> Text:
    old, new = (say(period) for period in periods)
    change = f"{'rise' if rises else 'fall'} of {comparison.breakdown.metric.noun} from {old} to {new}"
    if small:
        return f"{say(driver)} adds most to the {change}"
    return f"The {change} comes mostly from {say(driver)}"


def _course(comparison: Comparison, book: FactBook, driver: Fact) -> list[Text]:
    """The driver's own values in the two periods."""
    change = phrases.change(
        comparison.analysis,
        book,
        comparison.breakdown.metric,
        comparison.later,
        comparison.earlier,
        comparison.breakdown.dimension.equals(driver.value),
        where=driver.display,
    )
    if change is None:
        return []
    went = f"from {say(change.earlier)} to {say(change.later)}"
    return [f"{say(driver)} went {went} ({say(change.signed)})"]


def _counter_movement(comparison: Comparison, book: FactBook, rises: bool) -> list[Text]:
    """The group that moved most against the direction of the total."""
    sign, order = ("<", "ASC") if rises else (">", "DESC")
    opposite = f"FROM ({comparison.sql}) WHERE d {sign} 0"
    if not comparison.analysis.table.one(f"SELECT count(*) {opposite}")[0]:
        return []
    label = f"{comparison.breakdown.dimension.label} that moved against it"
    group = comparison.query(book, label, f"SELECT g {opposite} ORDER BY d {order}, g LIMIT 1", TEXT)
    change = _change_at_end(comparison, book, group, order)
    return [f"Against it moved {say(group)} with {say(change)}"]


def _waterfall(
    comparison: Comparison, book: FactBook, periods: tuple[Fact, Fact], driver: Fact
) -> Chart:
    metric, dimension = comparison.breakdown.metric, comparison.breakdown.dimension
    old, new = (say(period) for period in periods)
    chart = book.chart(
        ChartKind.WATERFALL,
        f"{metric.subject}: from {old} to {new} by {dimension.noun}",
        _waterfall_sql(comparison.sql, *(period.display for period in periods)),
        (dimension.subject, TEXT),
        [(metric.subject, metric.unit)],
        f"{metric.subject} in {old}, the change of each {dimension.noun}, and {new}",
    )
    names = [str(value) for value in chart.categories]
    marked = [names.index(driver.display)] if driver.display in names else []
    return chart.model_copy(update={"highlight": marked})


def _waterfall_sql(query: str, before: str, after: str) -> str:
    """SQL: the first total, the largest changes, the rest, the last total."""
    ranked = f"SELECT g, d, row_number() OVER (ORDER BY abs(d) DESC, g) AS place FROM ({query})"
    return (
        f"SELECT g, v FROM ("
        f"SELECT 0 AS k, {quoting.literal(before)} AS g, sum(before) AS v FROM ({query}) UNION ALL "
        f"SELECT place, g, d FROM ({ranked}) WHERE place <= {MAX_STEPS} UNION ALL "
        f"SELECT {MAX_STEPS + 1}, '{OTHER}', sum(d) FROM ({ranked}) WHERE place > {MAX_STEPS} "
        f"HAVING count(*) > 0 UNION ALL "
        f"SELECT {MAX_STEPS + 2}, {quoting.literal(after)}, sum(after) FROM ({query})) ORDER BY k, g"
    )


def _advice(comparison: Comparison, driver: Fact, own: Fact) -> Text:
    if not comparison.analysis.is_business:
        return ""
    return (
        f"Look into {say(driver)} first: it moved {comparison.breakdown.metric.noun} most ({say(own)})"
    )
