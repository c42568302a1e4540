"""Columns as groups: in a table with a column per item, which moved the total, which grew most."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from deckgen.domain.decks import ChartKind
from deckgen.domain.display import PERCENT, TEXT, Unit
from deckgen.domain.facts import Fact, Statistics
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql, wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import at_start, column_noun, say
from deckgen.orchestrator.analyst.series import series_of
from deckgen.orchestrator.analyst.sums import find_sums
from deckgen.orchestrator.analyst.timeline import Period
from deckgen.orchestrator.analyst.turning import turning_point

MAX_COLUMNS = 60
MAX_BARS = 12
METHOD = (
    "Each column is taken as an item and compared between the same two full "
    "periods. Columns that are sums "
    "of other columns are left out of the comparison."
)


@dataclass(frozen=True)
class Items:
    """`parts` are the columns compared; `total` is the column that they add up to, if there is one."""

    parts: list[Metric]
    total: Metric | None
    later: Period
    earlier: Period
    since: str


def find(analysis: Analysis) -> list[Candidate]:
    """Tables with one row per period and no groups only: elsewhere columns are not items."""
    if not analysis.one_row_a_period or analysis.dimensions:
        return []
    found: list[Candidate] = []
    for items in _items(analysis):
        changes = _changes(analysis, items)
        if len(changes) >= 2:
            found += _candidates(analysis, items, changes)
    return found


def _items(analysis: Analysis) -> list[Items]:
    """The finest parts of each total; else, in a wide table, all columns that are no totals."""
    like = _alike(analysis)
    sums = find_sums(analysis, like)
    tops = [total for total in like if total.key in sums and not _is_part(total, sums)]
    found: list[tuple[Metric | None, list[Metric]]] = [
        (total, _leaves(total, sums)) for total in tops[:1]
    ]
    if not tops and analysis.is_wide:
        found = [(None, like)]
    return [
        Items(parts, total, *ends)
        for total, parts in found
        if (ends := _ends(analysis, total or parts[0]))
    ]


def _alike(analysis: Analysis) -> list[Metric]:
    """Measures that can be added to one another: the unit that most of the columns have."""
    units: dict[tuple[str, bool], list[Metric]] = {}
    for metric in analysis.measures:
        if metric.additive:
            # Counts and plain numbers differ in how they are written in the file only.
            plain = not metric.unit.symbol
            units.setdefault((metric.unit.symbol, plain), []).append(metric)
    groups = sorted(units.values(), key=len, reverse=True)
    return groups[0][:MAX_COLUMNS] if groups and len(groups[0]) >= 3 else []


def _is_part(metric: Metric, sums: dict[str, list[Metric]]) -> bool:
    return any(metric in parts for parts in sums.values())


def _leaves(total: Metric, sums: dict[str, list[Metric]]) -> list[Metric]:
    """The parts of a total, taken apart as far as they go."""
    leaves: list[Metric] = []
    for part in sums.get(total.key, []):
        leaves += _leaves(part, sums) if part.key in sums else [part]
    return list(dict.fromkeys(leaves))


def _ends(analysis: Analysis, metric: Metric) -> tuple[Period, Period, str] | None:
    """From the turning point of the total (or the first period) to the last."""
    timeline = analysis.time_axis
    series = series_of(analysis, metric, timeline.chart_grain())
    if len(series) < 2:
        return None
    turn = turning_point(series)
    first = series.periods[turn.index] if turn else series.periods[0]
    since = ("peak" if turn.is_peak else "low") if turn else ""
    return series.periods[-1], first, since


def _at(analysis: Analysis, metric: Metric, period: Period) -> str:
    return (
        f"SELECT {metric.sql} FROM data{sql.where(metric.present, analysis.time_axis.within(period))}"
    )


def changes_sql(analysis: Analysis, items: Items) -> str:
    """SQL: each column's change between the two periods (g, k, d) and as a share of its start (r)."""
    rows = " UNION ALL ".join(
        f"SELECT {sql.literal(part.label)} AS g, {part.column} AS k, "
        f"({_at(analysis, part, items.later)}) AS b, "
        f"({_at(analysis, part, items.earlier)}) AS a"
        for part in items.parts
    )
    return (
        "SELECT g, k, b - a AS d, CASE WHEN a > 0 THEN b / a - 1 END AS r FROM "
        f"({rows}) WHERE a IS NOT NULL AND b IS NOT NULL"
    )


def _changes(analysis: Analysis, items: Items) -> list[tuple[Any, ...]]:
    return analysis.table.all(
        f"SELECT g, k, d, r FROM ({changes_sql(analysis, items)}) ORDER BY d DESC, k"
    )


def _candidates(analysis: Analysis, items: Items, changes: list[tuple[Any, ...]]) -> list[Candidate]:
    found = []
    moved = sum(abs(float(row[2])) for row in changes)
    if moved == 0:
        return []
    total = sum(float(row[2]) for row in changes)
    lead = max(changes, key=lambda row: float(row[2]) * (1 if total >= 0 else -1))
    columns = tuple(int(row[1]) for row in changes)
    if items.total is not None and float(lead[2]) * total > 0:
        found.append(
            Candidate(
                InsightKind.CHANGE_DRIVER,
                f"{items.total.key}|columns|change",
                impact=1.0,
                strength=min(1.0, 0.4 + abs(float(lead[2])) / moved),
                write=partial(_write_driver, analysis, items, lead, total > 0),
                columns=(
                    int(lead[1]),
                    *((items.total.column,) if items.total.column is not None else ()),
                ),
            )
        )
    rates = [row for row in changes if row[3] is not None]
    if len(rates) >= 4:
        spread = max(float(row[3]) for row in rates) - min(float(row[3]) for row in rates)
        found.append(
            Candidate(
                InsightKind.RANKING,
                "columns|growth",
                impact=0.9,
                strength=min(1.0, 0.3 + spread / 2),
                write=partial(_write_growth, analysis, items),
                columns=columns,
            )
        )
    return found


def _write_driver(
    analysis: Analysis,
    items: Items,
    lead: tuple[Any, ...],
    rises: bool,
    book: FactBook,
    _: Statistics | None,
) -> Story:
    assert items.total is not None
    new, old = (
        say(wording.period_fact(analysis, book, period)) for period in (items.later, items.earlier)
    )
    part = next(part for part in items.parts if part.column == lead[1])
    own, whole = (_difference(analysis, book, metric, items) for metric in (part, items.total))
    way = "rise" if rises else "fall"
    share = book.query(
        f"share of {part.label} in the {way} of {items.total.label}",
        f"SELECT ({own.sql}) / ({whole.sql})",
        PERCENT,
    )
    name = at_start(part.noun)
    headline = f"{name} made up {say(share)} of the {way} of {items.total.noun} since {old}"
    if float(share.value or 0) > 1:
        headline = f"The {way} of {items.total.noun} since {old} lies entirely in {part.noun}"
    since = f"the {items.since} in {old}" if items.since else old
    points = [
        f"From {since} to {new}, {items.total.noun} moved by {say(whole)}",
        f"{name} made up {say(own)} of that ({say(share)}), more than any other",
    ]
    order = "DESC" if rises else "ASC"
    ranked = f"SELECT * FROM ({changes_sql(analysis, items)}) ORDER BY d {order}, k"
    following = analysis.table.all(f"SELECT k, d FROM ({ranked}) LIMIT 2 OFFSET 1")
    said = [
        f"{column_noun(k)} ({say(_difference(analysis, book, _part(items, k), items))})"
        for k, d in following
        if d * (1 if rises else -1) > 0
    ]
    if said:
        points.append(f"Next: {' and '.join(said)}")
    last_k, last_d = analysis.table.all(f"SELECT k, d FROM ({ranked})")[-1]
    if last_d * (1 if rises else -1) < 0:
        against = _difference(analysis, book, _part(items, last_k), items)
        points.append(f"Against it moved {column_noun(last_k)} ({say(against)})")
    chart = book.chart(
        ChartKind.BAR,
        f"Change of {items.total.noun} by part, {old} to {new}",
        (
            f"SELECT g, d FROM (SELECT * FROM ({changes_sql(analysis, items)}) ORDER "
            f"BY abs(d) DESC, k LIMIT {MAX_BARS}) ORDER BY d {order}, k"
        ),
        ("Part", TEXT),
        [("Change", items.total.unit)],
        f"The largest changes among the parts of {items.total.noun}, from {old} to {new}",
        highlight=[0],
    )
    short = f"{name} made up most of the {way} since {old}"
    return Story(headline, points, METHOD, chart, short=short)


def _part(items: Items, column: int) -> Metric:
    return next(part for part in items.parts if part.column == column)


def _difference(analysis: Analysis, book: FactBook, metric: Metric, items: Items) -> Fact:
    return book.query(
        f"change of {metric.label} between two periods",
        f"SELECT ({_at(analysis, metric, items.later)}) - ({_at(analysis, metric, items.earlier)})",
        metric.unit,
        metric.present,
        signed=True,
    )


def _write_growth(analysis: Analysis, items: Items, book: FactBook, _: Statistics | None) -> Story:
    new, old = (
        say(wording.period_fact(analysis, book, period)) for period in (items.later, items.earlier)
    )
    query = f"SELECT * FROM ({changes_sql(analysis, items)}) WHERE r IS NOT NULL"
    ranked = analysis.table.all(f"SELECT k, r FROM ({query}) ORDER BY r DESC, k")
    rates = [_growth(analysis, book, items, int(k)) for k, _ in ranked]
    first, second, last = (column_noun(ranked[index][0]) for index in (0, 1, -1))
    name = at_start(first)
    verb = "fell most" if ranked[-1][1] < 0 else "grew least"
    headline = f"{name} grew most from {old} to {new}, {last} {verb}"
    if ranked[0][1] <= 0:
        headline = f"{name} fell least from {old} to {new}, {last} fell most"
    points = [
        f"{name} comes first with {say(rates[0])}, then {second} with {say(rates[1])}",
        f"{at_start(last)} comes last with {say(rates[-1])}",
    ]
    if items.total is not None:
        whole = wording.change(analysis, book, items.total, items.later, items.earlier)
        if whole:
            points.append(f"All together, {items.total.noun}: {say(whole.signed)}")
    half = MAX_BARS // 2
    ends = (
        "SELECT g, r, k, row_number() OVER (ORDER BY r DESC, k) AS p, count(*) "
        f"OVER () AS n FROM ({query})"
    )
    chart = book.chart(
        ChartKind.BAR,
        f"Change from {old} to {new}" + (", highest and lowest" if len(ranked) > MAX_BARS else ""),
        f"SELECT g, r FROM ({ends}) WHERE p <= {half} OR p > n - {half} ORDER BY p",
        ("Column", TEXT),
        [("Change", Unit(format=PERCENT.format))],
        f"Relative change of each column from {old} to {new}, highest first",
        highlight=[0],
    )
    return Story(headline, points, METHOD, chart, short=f"{name} grew most from {old} to {new}")


def _growth(analysis: Analysis, book: FactBook, items: Items, column: int) -> Fact:
    part = _part(items, column)
    change = wording.change(analysis, book, part, items.later, items.earlier)
    assert change is not None
    return change.signed
