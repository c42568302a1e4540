"""Correlation: what moves together, without a word on causes."""

from functools import partial
from itertools import combinations

from scipy.stats import spearmanr

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.display import COEFFICIENT, COUNT
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, Test
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import at_start, column_noun, say
from deckgen.orchestrator.analyst.sums import find_sums
from deckgen.orchestrator.analyst.vocabulary import label_words

MIN_RHO, STRONG, DERIVED, MIN_PAIRS = 0.5, 0.7, 0.97, 10
MAX_MEASURES, MAX_POINTS = 8, 250
METHOD = (
    "Spearman's rank correlation; with one row per period, of the changes from one period to the next, "
    "so that a common trend is not taken for a link. It says nothing about causes."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.is_wide:
        return []
    measures = analysis.measures[:MAX_MEASURES]
    sums = find_sums(analysis, [metric for metric in analysis.measures if metric.additive])
    words = _words(analysis.measures, sums)
    found = [
        _candidate(analysis, first, second, kin=bool(words[first.key] & words[second.key]))
        for first, second in combinations(measures, 2)
    ]
    return [candidate for candidate in found if candidate]


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
    return Candidate(
        InsightKind.CORRELATION,
        f"{first.key}|{second.key}",
        impact=0.6 * len(rows) / analysis.source.rows,
        strength=abs(rho) if real else 0.0,
        write=partial(_write, analysis, first, second, rho),
        test=Test("Spearman", rho, p_value, len(rows)),
        columns=(*first.columns, *second.columns),
    )


def _words(metrics: list[Metric], sums: dict[str, list[Metric]]) -> dict[str, frozenset[str]]:
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
    x, y = (column_noun(column) for column in (*first.columns, *second.columns))
    way = "tend to rise and fall together" if rho > 0 else "tend to move in opposite directions"
    return Story(
        f"{at_start(x)} and {y} {way}",
        [
            *_evidence(analysis, book, first, second, _size(rho), statistics),
            "That they move together does not say that one causes the other",
        ],
        METHOD,
        _scatter(analysis, book, first, second, way),
    )


def _evidence(
    analysis: Analysis,
    book: FactBook,
    first: Metric,
    second: Metric,
    size: str,
    statistics: Statistics | None,
) -> list[Text]:
    query, known = pairs(analysis, first, second), (first.present, second.present)
    coefficient = book.query(
        f"Spearman correlation of {first.label} and {second.label}",
        spearman(query),
        COEFFICIENT,
        *known,
        statistics=statistics,
    )
    count = book.query("pairs of values", f"SELECT count(*) FROM ({query})", COUNT, *known)
    over = "changes from one period to the next" if analysis.one_row_a_period else "rows"
    return [
        f"The rank correlation is {say(coefficient)}, which is {size}",
        f"It rests on {say(count)} {over}",
    ]


def _size(rho: float) -> str:
    return "strong" if abs(rho) >= STRONG else "moderate"


def _scatter(analysis: Analysis, book: FactBook, first: Metric, second: Metric, way: str) -> Chart:
    x, y = (column_noun(column) for column in (*first.columns, *second.columns))
    title, axes = f"{at_start(x)} and {y}", (at_start(x), at_start(y))
    if analysis.one_row_a_period:
        title, axes = f"{title}, changes from period to period", (f"Change of {x}", f"Change of {y}")
    return book.chart(
        ChartKind.SCATTER,
        title,
        _points(analysis, pairs(analysis, first, second)),
        (axes[0], first.unit),
        [(axes[1], second.unit)],
        f"Each point is a pair of {x} and {y}; they {way}",
    )


def _points(analysis: Analysis, query: str) -> str:
    """SQL: the pairs in their order; of too many, one in so many."""
    step = -(-len(analysis.table.all(query)) // MAX_POINTS)
    if step <= 1:
        return f"SELECT x, y FROM ({query}) ORDER BY o"
    return (
        "SELECT x, y FROM (SELECT x, y, row_number() OVER (ORDER BY o) AS n "
        f"FROM ({query})) WHERE n % {step} = 0 ORDER BY n"
    )
