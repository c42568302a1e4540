"""Period change: the last full period against the one before and against a year earlier."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import sql, wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story, impact_of
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.timeline import Period, unit_of

COLUMNS_UP_TO = 16
METHOD = (
    "Only periods whose dates are complete are compared; an unfinished period at either end is shown "
    "but not judged."
)


def find(analysis: Analysis) -> list[Candidate]:
    if analysis.compared is None:
        return []
    later, earlier, year_before = analysis.compared
    found = []
    for rank, metric in enumerate(analysis.followed):
        values = [_value(analysis, metric, period) for period in (later, earlier)]
        if values[0] is None or values[1] is None:
            continue
        relative = abs(values[0] - values[1]) / max(abs(values[1]), 1e-12)
        found.append(
            Candidate(
                InsightKind.PERIOD_CHANGE,
                f"{metric.key}|time",
                impact=impact_of(rank),
                strength=min(1.0, 0.35 + 2 * relative) if rank == 0 else min(1.0, 2 * relative),
                write=partial(_write, analysis, metric, (later, earlier, year_before)),
                columns=metric.columns,
            )
        )
    return found


def _value(analysis: Analysis, metric: Metric, period: Period) -> float | None:
    conditions = sql.where(metric.present, analysis.time_axis.within(period))
    value = analysis.table.one(f"SELECT {metric.sql} FROM data{conditions}")[0]
    return None if value is None else float(value)


def _write(
    analysis: Analysis,
    metric: Metric,
    periods: tuple[Period, Period, Period | None],
    book: FactBook,
    _: Statistics | None,
) -> Story:
    later, earlier, year_before = periods
    change = wording.change(analysis, book, metric, later, earlier)
    assert change is not None
    new, old = (say(wording.period_fact(analysis, book, period)) for period in (later, earlier))
    if change.direction:
        headline = f"{metric.subject} {change.verb} by {say(change.size)} from {old} to {new}"
    else:
        headline = f"{metric.subject} held steady from {old} to {new} ({say(change.signed)})"
    mean = f", on average over each {later.grain}" if _is_mean(analysis, metric, later) else ""
    points = [
        f"{metric.subject} went from {say(change.earlier)} to "
        f"{say(change.later)}{mean} ({say(change.signed)})"
    ]
    if year_before and (year := wording.change(analysis, book, metric, later, year_before)):
        before = say(wording.period_fact(analysis, book, year_before))
        points.append(f"Against {before}, a year earlier: {say(year.signed)}")
    points += _alongside(analysis, book, metric, later, earlier)
    points += _range(analysis, book, metric, later)
    chart = _chart(analysis, book, metric, later, earlier)
    short = f"{metric.subject} {change.by} in the last full {later.grain}"
    return Story(
        headline,
        points,
        METHOD,
        chart,
        recommendation=_advice(analysis, metric, change, old, new),
        short=short,
    )


def _is_mean(analysis: Analysis, metric: Metric, period: Period) -> bool:
    """Whether a level is averaged over the dates of a period."""
    level = bool(metric.value) and metric.additive and not metric.flow
    return level and analysis.timeline is not None and analysis.timeline.grain != period.grain


def _alongside(
    analysis: Analysis, book: FactBook, metric: Metric, later: Period, earlier: Period
) -> list[Text]:
    """What else changed between the two periods: volume, price, and so on."""
    said = []
    for other in [*analysis.metrics[1:2], *analysis.focus]:
        if other.key == metric.key or (other.value and other not in analysis.focus):
            continue
        if change := wording.change(analysis, book, other, later, earlier):
            said.append(f"{other.noun} {say(change.signed)}")
    return [f"Over the same time: {', '.join(dict.fromkeys(said[:3]))}"] if said else []


def _range(analysis: Analysis, book: FactBook, metric: Metric, later: Period) -> list[Text]:
    """Where the last period stands among all full ones."""
    periods = analysis.periods_of(metric, later.grain)
    if len(periods) < 4:
        return []
    timeline = analysis.time_axis
    bucket, within = timeline.bucket(later.grain), timeline.within(periods[0], periods[-1])
    series = (
        f"SELECT {bucket} AS p, {metric.sql} AS v FROM "
        f"data{sql.where(metric.present, within)} GROUP BY ALL"
    )
    said = []
    for word, function, order in (("highest", "max", "DESC"), ("lowest", "min", "ASC")):
        when = book.query(
            f"{later.grain} with the {word} {metric.label}",
            f"SELECT p FROM ({series}) ORDER BY v {order}, p LIMIT 1",
            unit_of(later.grain),
            metric.present,
            within,
        )
        value = book.query(
            f"{word} {metric.label} of a {later.grain}",
            f"SELECT {function}(v) FROM ({series})",
            metric.unit,
            metric.present,
            within,
        )
        said.append(f"{word} was {say(when)} at {say(value)}")
    return [f"Of all full {later.grain}s, the {said[0]} and the {said[1]}"]


def _advice(analysis: Analysis, metric: Metric, change: wording.Change, old: Text, new: Text) -> Text:
    if not analysis.is_business or change.direction == 0 or abs(change.relative) < 0.03:
        return ""
    how = "rise" if change.direction > 0 else "fall"
    return (
        f"Establish what lies behind the {how} of {metric.noun} "
        f"({say(change.signed)} from {old} to {new})"
    )


def _chart(analysis: Analysis, book: FactBook, metric: Metric, later: Period, earlier: Period) -> Chart:
    timeline = analysis.time_axis
    grain = later.grain
    bucket = timeline.bucket(grain)
    query = (
        f"SELECT {bucket} AS period, {metric.sql} AS value FROM data"
        f"{sql.where(metric.present, f'{timeline.sql} IS NOT NULL')} GROUP BY ALL ORDER BY period"
    )
    starts = [row[0] for row in analysis.table.all(query)]
    kind = ChartKind.COLUMN if len(starts) <= COLUMNS_UP_TO and metric.ratio_scale else ChartKind.LINE
    return book.chart(
        kind,
        f"{metric.subject}, mean by {grain}"
        if _is_mean(analysis, metric, later)
        else f"{metric.subject} by {grain}",
        query,
        (grain.capitalize(), unit_of(grain)),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {grain}; the last full {grain} and the one before are marked",
        highlight=[
            index for index, start in enumerate(starts) if start in (later.start, earlier.start)
        ],
        partial=[index for index, start in enumerate(starts) if not timeline.is_full(start, grain)],
    )
