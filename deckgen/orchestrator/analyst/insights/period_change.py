"""Period change: the last full period against the one before and against a year earlier."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import PERCENT, Grain
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import Breakdown, considered
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story, impact_of
from deckgen.orchestrator.analyst.insights.shared.comparison import comparisons, lead_of
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import computed, left_out, rows_behind
from deckgen.orchestrator.analyst.insights.shared.series import series_sql
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.profiling.timeline import Period, unit_of
from deckgen.orchestrator.analyst.sql import quoting

COLUMNS_UP_TO, MAX_TAKEAWAYS, MIN_STEPS = 16, 5, 5
MIN_PART = 0.4  # of all that moved: from which on a group is named
METHOD = (
    "Both are complete; an unfinished period at either end is shown but not judged. The usual change "
    "is the median of all steps from one full period to the next, without their signs. It describes "
    "the table as it is, so nothing was tested."
)


def find(analysis: Analysis) -> list[Candidate]:
    return [
        candidate
        for rank, metric in enumerate(analysis.followed)
        if (candidate := _candidate(analysis, metric, rank))
    ]


def _candidate(analysis: Analysis, metric: Metric, rank: int) -> Candidate | None:
    if analysis.compared is None:
        return None
    new, old = (_value(analysis, metric, period) for period in analysis.compared[:2])
    if new is None or old is None:
        return None
    relative = abs(new - old) / max(abs(old), 1e-12)
    return Candidate(
        InsightKind.PERIOD_CHANGE,
        f"{metric.key}|time",
        impact=impact_of(rank),
        strength=min(1.0, (0.35 if rank == 0 else 0.0) + 2 * relative),
        write=partial(_write, analysis, metric, analysis.compared),
        columns=metric.columns,
    )


def _value(analysis: Analysis, metric: Metric, period: Period) -> float | None:
    conditions = quoting.where(metric.present, analysis.time_axis.within(period))
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
    change = phrases.change(analysis, book, metric, later, earlier)
    assert change is not None
    new, old = phrases.say_periods(analysis, book, later, earlier)
    return Story(
        _headline(metric, change, old, new),
        [
            _course(analysis, metric, change, later),
            *_driver(analysis, book, metric, later, earlier),
            *_year_on_year(analysis, book, metric, later, year_before),
            *_usual(analysis, book, metric, later),
            *_alongside(analysis, book, metric, later, earlier),
            *_range(analysis, book, metric, later),
            *left_out(analysis, book, *metric.columns),
        ][:MAX_TAKEAWAYS],
        _method(analysis, book, metric, later, earlier),
        _chart(analysis, book, metric, later, earlier),
        recommendation=_advice(analysis, metric, change, old, new),
        short=f"{metric.subject} {change.by} in {new}",
    )


def _headline(metric: Metric, change: phrases.Change, old: Text, new: Text) -> Text:
    if change.direction == 0:
        return f"{metric.subject} held steady from {old} to {new} ({say(change.signed)})"
    moved = f"{change.verb} by {say(change.size)} from {old} to {new}"
    return f"{metric.subject} {moved}{change.below_zero}"


def _course(analysis: Analysis, metric: Metric, change: phrases.Change, later: Period) -> Text:
    mean = f", on average over each {later.grain}" if _is_mean(analysis, metric, later) else ""
    went = f"from {say(change.earlier)} to {say(change.later)}"
    return f"{metric.subject} went {went}{mean} ({say(change.signed)})"


def _year_on_year(
    analysis: Analysis, book: FactBook, metric: Metric, later: Period, year_before: Period | None
) -> list[Text]:
    if year_before is None:
        return []
    change = phrases.change(analysis, book, metric, later, year_before)
    if change is None:
        return []
    before = say(phrases.period_fact(analysis, book, year_before))
    return [f"Against {before}, a year earlier: {say(change.signed)}"]


def _driver(
    analysis: Analysis, book: FactBook, metric: Metric, later: Period, earlier: Period
) -> list[Text]:
    """The group of any dimension in which most of the change lies, if most does in one."""
    if not metric.additive:
        return []
    breakdowns = [Breakdown(metric, dimension) for dimension in considered(analysis)]
    leads = [
        (found.part, -found.comparison.breakdown.dimension.index, found)
        for comparison in comparisons(analysis, breakdowns)
        if (found := lead_of(comparison)) and found.part >= MIN_PART
    ]
    if not leads:
        return []
    _, _, lead = max(leads, key=lambda one: one[:2])
    name, own = lead.facts(book)
    dimension = lead.comparison.breakdown.dimension
    return [f"By {dimension.noun}, {say(name)} accounts for the largest part: {say(own)}"]


def _usual(analysis: Analysis, book: FactBook, metric: Metric, later: Period) -> list[Text]:
    """How much the metric usually changes from one period to the next, for comparison."""
    periods = analysis.periods_of(metric, later.grain)
    if len(periods) < MIN_STEPS or not metric.ratio_scale:
        return []
    within = analysis.time_axis.within(periods[0], periods[-1])
    series = series_sql(analysis, metric, later.grain, within)
    steps = f"SELECT value, lag(value) OVER (ORDER BY period) AS prior FROM ({series})"
    usual = book.query(
        f"usual change of {metric.label} from one {later.grain} to the next",
        f"SELECT median(abs(value / prior - 1)) FROM ({steps}) WHERE prior > 0",
        PERCENT,
        metric.present,
        within,
    )
    if usual.value is None:
        return []
    return [f"A usual change from one {later.grain} to the next is {say(usual)}"]


def _method(analysis: Analysis, book: FactBook, metric: Metric, later: Period, earlier: Period) -> Text:
    new, old = phrases.say_periods(analysis, book, later, earlier)
    within = analysis.time_axis.within
    both = f"({within(later)}) OR ({within(earlier)})"
    return (
        f"{computed(metric)} {new} was compared with {old}. {METHOD} "
        f"{rows_behind(book, metric.present, both)}"
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
        change = phrases.change(analysis, book, other, later, earlier)
        if change and change.signed.value:
            said.append(f"{other.noun} {say(change.signed)}")
    return [f"Over the same time: {', '.join(dict.fromkeys(said[:3]))}"] if said else []


def _range(analysis: Analysis, book: FactBook, metric: Metric, later: Period) -> list[Text]:
    """Where the last period stands among all full ones."""
    periods = analysis.periods_of(metric, later.grain)
    if len(periods) < 4:
        return []
    within = analysis.time_axis.within(periods[0], periods[-1])
    highest = _extreme(analysis, book, metric, later.grain, within, ("highest", "max", "DESC"))
    lowest = _extreme(analysis, book, metric, later.grain, within, ("lowest", "min", "ASC"))
    return [f"Of all full {later.grain}s, the {highest} and the {lowest}"]


def _extreme(
    analysis: Analysis,
    book: FactBook,
    metric: Metric,
    grain: Grain,
    within: str,
    end: tuple[str, str, str],
) -> Text:
    word, function, direction = end
    known = (metric.present, within)
    columns = f"{analysis.time_axis.bucket(grain)} AS p, {metric.sql} AS v"
    series = f"SELECT {columns} FROM data{quoting.where(*known)} GROUP BY ALL"
    when = book.query(
        f"{grain} with the {word} {metric.label}",
        f"SELECT p FROM ({series}) ORDER BY v {direction}, p LIMIT 1",
        unit_of(grain),
        *known,
    )
    value = book.query(
        f"{word} {metric.label} of a {grain}",
        f"SELECT {function}(v) FROM ({series})",
        metric.unit,
        *known,
    )
    return f"{word} was {say(when)} at {say(value)}"


def _advice(analysis: Analysis, metric: Metric, change: phrases.Change, old: Text, new: Text) -> Text:
    if not analysis.is_business or change.direction == 0 or abs(change.relative) < 0.03:
        return ""
    how = "rise" if change.direction > 0 else "fall"
    return (
        f"Establish what lies behind the {how} of {metric.noun} "
        f"({say(change.signed)} from {old} to {new})"
    )


def _chart(analysis: Analysis, book: FactBook, metric: Metric, later: Period, earlier: Period) -> Chart:
    grain, timeline = later.grain, analysis.time_axis
    query = f"SELECT period, value FROM ({series_sql(analysis, metric, grain)}) ORDER BY period"
    starts = [row[0] for row in analysis.table.all(query)]
    kind = ChartKind.COLUMN if len(starts) <= COLUMNS_UP_TO and metric.ratio_scale else ChartKind.LINE
    mean = ", mean" if _is_mean(analysis, metric, later) else ""
    return book.chart(
        kind,
        f"{metric.subject}{mean} by {grain}",
        query,
        (grain.capitalize(), unit_of(grain)),
        [(metric.subject, metric.unit)],
        f"{metric.subject} for each {grain}; the two that are compared are marked",
        highlight=[
            index for index, start in enumerate(starts) if start in (later.start, earlier.start)
        ],
        partial=[index for index, start in enumerate(starts) if not timeline.is_full(start, grain)],
    )
