"""Correlation: what moves together, without a word on causes."""

from functools import partial
from itertools import combinations

from scipy.stats import spearmanr

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import COEFFICIENT, COUNT
from deckgen.domain.facts import Statistics
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.analysis import Analysis, label_words
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import at_start, column_noun, say
from deckgen.orchestrator.analyst.sums import find_sums

MIN_RHO, DERIVED, MIN_PAIRS = 0.5, 0.97, 10
MAX_MEASURES, MAX_POINTS = 8, 250
METHOD = (
    "Spearman's rank correlation; with one row per period, of the changes "
    "from one period to the next, so "
    "that a common trend is not taken for a link. It says nothing about causes."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.is_wide:
        return []
    measures = analysis.measures[:MAX_MEASURES]
    sums = find_sums(analysis, [metric for metric in analysis.measures if metric.additive])
    words = _words(analysis.measures, sums)
    return [
        candidate
        for first, second in combinations(measures, 2)
        if (
            candidate := _candidate(
                analysis, first, second, kin=bool(words[first.key] & words[second.key])
            )
        )
    ]


def pairs(analysis: Analysis, first: Metric, second: Metric) -> str:
    """SQL: the pairs of values (x, y, o to sort by); changes between periods if rows are periods."""
    where = sql.where(first.present, second.present)
    if not analysis.one_row_a_period:
        return f"SELECT {first.value} AS x, {second.value} AS y, rowid AS o FROM data{where}"
    time = analysis.time_axis.sql
    return (
        f"SELECT x, y, o FROM (SELECT {first.value} - lag({first.value}) OVER (ORDER BY {time}) AS x, "
        f"{second.value} - lag({second.value}) OVER (ORDER BY {time}) AS y, "
        f"rowid AS o FROM data{where}) "
        f"WHERE x IS NOT NULL AND y IS NOT NULL"
    )


def spearman(query: str) -> str:
    """SQL: Spearman's coefficient as the correlation of ranks, ties sharing their mean rank."""
    ranks = ", ".join(
        f"rank() OVER (ORDER BY {v}) + (count(*) OVER (PARTITION BY {v}) - 1) / 2 AS r{v}"
        for v in ("x", "y")
    )
    return f"SELECT corr(rx, ry) FROM (SELECT {ranks} FROM ({query}))"


def _candidate(analysis: Analysis, first: Metric, second: Metric, *, kin: bool) -> Candidate | None:
    rows = analysis.table.all(f"SELECT x, y FROM ({pairs(analysis, first, second)}) ORDER BY o")
    xs, ys = [float(row[0]) for row in rows], [float(row[1]) for row in rows]
    if len(rows) < MIN_PAIRS or len(set(xs)) < 3 or len(set(ys)) < 3:
        return None
    rho, p_value = (float(value) for value in spearmanr(xs, ys))
    # Nearly one: one column is computed from the other, or measures the same thing.
    real = MIN_RHO <= abs(rho) < DERIVED and not kin
    assert first.column is not None
    assert second.column is not None
    return Candidate(
        InsightKind.CORRELATION,
        f"{first.key}|{second.key}",
        impact=0.6 * len(rows) / analysis.source.rows,
        strength=abs(rho) if real else 0.0,
        write=partial(_write, analysis, first, second, rho),
        test=Test("Spearman", rho, p_value, len(rows)),
        columns=(first.column, second.column),
    )


def _words(metrics: list[Metric], sums: dict[str, list[Metric]]) -> dict[str, set[str]]:
    """The words of each metric's name and of the totals that it is part of: metrics that share one are
    no discovery (minimum and maximum temperature, a share of a total and the total)."""
    words = {metric.key: label_words(metric) for metric in metrics}
    for total, parts in sums.items():
        for part in parts:
            for key, own in words.items():
                if key != total and own & label_words(part):
                    words[key] = own | words[total]
    return words


def _write(
    analysis: Analysis,
    first: Metric,
    second: Metric,
    rho: float,
    book: FactBook,
    statistics: Statistics | None,
) -> Story:
    query = pairs(analysis, first, second)
    known = (first.present, second.present)
    names = [column_noun(column) for column in (*first.columns, *second.columns)]
    subject = at_start(names[0])
    coefficient = book.query(
        f"Spearman correlation of {first.label} and {second.label}",
        spearman(query),
        COEFFICIENT,
        *known,
        statistics=statistics,
    )
    count = book.query("pairs of values", f"SELECT count(*) FROM ({query})", COUNT, *known)
    way = "tend to rise and fall together" if rho > 0 else "tend to move in opposite directions"
    size = "strong" if abs(rho) >= 0.7 else "moderate"
    over = "changes from one period to the next" if analysis.one_row_a_period else "rows"
    total = len(analysis.table.all(query))
    step = -(-total // MAX_POINTS)
    sampled = (
        "SELECT x, y FROM (SELECT x, y, row_number() OVER (ORDER BY o) AS n "
        f"FROM ({query})) WHERE n % {step} = 0 ORDER BY n"
    )
    change = "change of " if analysis.one_row_a_period else ""
    label = f"{change.capitalize()}{names[1]}" if change else at_start(names[1])
    chart = book.chart(
        ChartKind.SCATTER,
        f"{subject} and {names[1]}{', changes from period to period' if change else ''}",
        sampled if step > 1 else f"SELECT x, y FROM ({query}) ORDER BY o",
        (f"{change.capitalize()}{names[0]}" if change else subject, first.unit),
        [(label, second.unit)],
        f"Each point is a pair of {names[0]} and {names[1]}; they {way}",
    )
    points = [
        f"The rank correlation is {say(coefficient)}, which is {size}",
        f"It rests on {say(count)} {over}",
        "That they move together does not say that one causes the other",
    ]
    return Story(f"{subject} and {names[1]} {way}", points, METHOD, chart)
