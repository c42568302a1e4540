"""Correlation: what moves together, without a word on causes."""

import math
from functools import partial
from itertools import combinations

from scipy.special import stdtr

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COEFFICIENT, COUNT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import at_start, column_noun, say
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import CORRECTED, left_out, rows_behind
from deckgen.orchestrator.analyst.insights.shared.sampling import note, ranked, ranked_rows
from deckgen.orchestrator.analyst.insights.shared.total_columns import find_sums
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.stemming import label_words
from deckgen.orchestrator.analyst.sql import quoting
from deckgen.orchestrator.analyst.stats.autocorrelation import effective_pairs
from deckgen.orchestrator.analyst.stats.result import TestResult

MIN_RHO, STRONG, DERIVED, MIN_PAIRS = 0.5, 0.7, 0.97, 10
MAX_MEASURES, MAX_POINTS = 8, 250
METHOD = "Its coefficient is Spearman's, of the ranks of both. It is no proof of cause and effect."
CHANGES = (
    "With one row per period, the changes from one period to the next were taken, so that a common "
    "trend is not taken for a link. "
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
    """SQL: the pairs of values (x, y, o to sort by, in the order of the file); changes between periods
    if rows are periods.
    """
    where = quoting.where(first.present, second.present)
    if not analysis.one_row_a_period:
        numbered = f"SELECT {first.value} AS x, {second.value} AS y, row_number() OVER () AS o"
        return f"{numbered} FROM {ranked(analysis)}{where}"
    time = analysis.time_axis.sql
    dated = quoting.where(first.present, second.present, analysis.time_axis.known())
    return (
        f"SELECT x, y, o FROM (SELECT {first.value} - lag({first.value}) OVER (ORDER BY {time}) AS x, "
        f"{second.value} - lag({second.value}) OVER (ORDER BY {time}) AS y, "
        f"{time} AS o FROM data{dated}) "
        f"WHERE x IS NOT NULL AND y IS NOT NULL"
    )


def spearman(query: str) -> str:
    """SQL: Spearman's coefficient as the correlation of ranks."""
    return f"SELECT corr(rx, ry) FROM ({_ranks(query)})"


def _ranks(query: str) -> str:
    """SQL: the ranks of pairs of values (rx, ry, and other columns), ties sharing their mean rank."""
    ranks = ", ".join(f"(rank() OVER w{v} + count(*) OVER w{v}) / 2 AS r{v}" for v in ("x", "y"))
    return (
        f"SELECT {ranks}, * EXCLUDE (x, y) FROM ({query}) WINDOW wx AS (ORDER BY x), wy AS (ORDER BY y)"
    )


def _count(query: str) -> str:
    return f"SELECT count(*) FROM ({query})"


def _independent(analysis: Analysis, query: str, count: int) -> float:
    """How many of the pairs count: not all changes of two series are independent of one another."""
    if not analysis.one_row_a_period:
        return count
    return effective_pairs(analysis.table.all(f"SELECT rx, ry FROM ({_ranks(query)}) ORDER BY o"))


def p_value(rho: float, pairs: float) -> float:
    """Two-sided, after Student's t with n - 2 degrees of freedom (Kendall and Stuart, 1973)."""
    if abs(rho) >= 1:
        return 0.0
    return float(2 * stdtr(pairs - 2, -abs(rho) * math.sqrt((pairs - 2) / (1 - rho**2))))


def _candidate(analysis: Analysis, first: Metric, second: Metric, *, kin: bool) -> Candidate | None:
    query = pairs(analysis, first, second)
    count, xs, ys, rho = analysis.table.one(
        f"SELECT count(*), count(DISTINCT rx), count(DISTINCT ry), corr(rx, ry) FROM ({_ranks(query)})"
    )
    if count < MIN_PAIRS or min(xs, ys) < 3:
        return None
    # Nearly one: one column is computed from the other, or measures the same thing.
    real = MIN_RHO <= abs(rho) < DERIVED and not kin
    return Candidate(
        InsightKind.CORRELATION,
        f"{first.key}|{second.key}",
        impact=0.6 * min(1.0, count / ranked_rows(analysis)),
        strength=abs(rho) if real else 0.0,
        write=partial(_write, analysis, first, second, rho),
        test=TestResult("Spearman", rho, p_value(rho, _independent(analysis, query, count)), count),
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
            *_thirds(analysis, book, first, second),
            "That they move together is no proof of cause and effect",
            *left_out(analysis, book, *first.columns, *second.columns),
        ],
        f"Every row with both {x} and {y} is a pair. {CHANGES if analysis.one_row_a_period else ''}"
        f"{METHOD} {CORRECTED} {rows_behind(book, first.present, second.present)}"
        f"{note(analysis)}",
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
    count = book.query("pairs of values", _count(query), COUNT, *known)
    over = "changes from one period to the next" if analysis.one_row_a_period else "rows"
    return [f"The rank correlation is {say(coefficient)}, which is {size}, over {say(count)} {over}"]


def _thirds(analysis: Analysis, book: FactBook, first: Metric, second: Metric) -> list[Text]:
    """What the second is on average where the first is lowest and where it is highest."""
    query = pairs(analysis, first, second)
    ranked = f"SELECT y, ntile(3) OVER (ORDER BY x, o) AS third FROM ({query})"
    low, high = (
        book.query(
            f"mean {second.label} in the third with the {word} {first.label}",
            f"SELECT avg(y) FROM ({ranked}) WHERE third = {third}",
            second.unit,
            first.present,
            second.present,
        )
        for word, third in (("least", 1), ("most", 3))
    )
    x, y = (column_noun(column) for column in (*first.columns, *second.columns))
    of = "changes of " if analysis.one_row_a_period else ""
    return [
        f"In the third with the least {x}, {of}{y} average {say(low)}",
        f"In the third with the most {x}, {of}{y} average {say(high)}",
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
    step = -(-analysis.table.one(_count(query))[0] // MAX_POINTS)
    if step <= 1:
        return f"SELECT x, y FROM ({query}) ORDER BY o"
    return (
        "SELECT x, y FROM (SELECT x, y, row_number() OVER (ORDER BY o) AS n "
        f"FROM ({query})) WHERE n % {step} = 0 ORDER BY n"
    )
