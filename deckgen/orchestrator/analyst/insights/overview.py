"""Overview: how much there is, over which span, and the level of the main measures."""

from typing import NamedTuple

from deckgen.domain.decks import Kpi
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.insights.shared.method_notes import computed, left_out, rows_behind
from deckgen.orchestrator.analyst.insights.shared.series import series_sql
from deckgen.orchestrator.analyst.profiling.metrics import Metric

MAX_KPIS, MAX_SPLITS = 4, 4
METHOD = "Counts, totals and means over all rows of the table; cells without a value are left out."


class Course(NamedTuple):
    """The change of a metric from the first to the last period, and what these are called."""

    change: phrases.Change
    last: Text
    first: Text


def find(analysis: Analysis) -> list[Candidate]:
    def write(book: FactBook, _: Statistics | None) -> Story:
        return _write(analysis, book)

    return [Candidate(InsightKind.OVERVIEW, "overview", 1.0, 1.0, write)]


def _write(analysis: Analysis, book: FactBook) -> Story:
    dates = phrases.span(analysis, book)
    said = f"{say(dates[0])} to {say(dates[1])}" if dates else ""
    courses = {metric.key: _course(analysis, book, metric) for metric in _shown(analysis)}
    kpis = [_kpi(analysis, book, metric, courses[metric.key]) for metric in _shown(analysis)]
    return Story(
        headline=_headline(analysis, book, said, courses[analysis.main.key]),
        short=_short(analysis, book, courses[analysis.main.key]),
        takeaways=_takeaways(analysis, book, said),
        kpis=kpis,
        meaning=f"Based on {{{{source}}}}{', ' + said if said else ''}",
        method=_method(analysis, book),
    )


def _method(analysis: Analysis, book: FactBook) -> Text:
    said = " ".join(computed(metric) for metric in _shown(analysis))
    return f"{METHOD} {said} {rows_behind(book)}"


def _shown(analysis: Analysis) -> list[Metric]:
    counts = [metric for metric in analysis.metrics if not metric.value]
    if analysis.measures and not analysis.rows_tell:
        counts = []
    shown = [analysis.main, *counts, *analysis.focus]
    return list({metric.key: metric for metric in shown}.values())[:MAX_KPIS]


def _course(analysis: Analysis, book: FactBook, metric: Metric) -> Course | None:
    """First against last period, for what is a level or has one value a year."""
    timeline = analysis.timeline
    yearly = timeline is not None and timeline.grain == "year" and analysis.one_row_a_period
    level = metric.additive and not metric.flow
    if timeline is None or not metric.value or not (yearly or level):
        return None
    periods = analysis.periods_of(metric, timeline.chart_grain())
    if len(periods) < 2:
        return None
    change = phrases.change(analysis, book, metric, periods[-1], periods[0])
    if change is None:
        return None
    return Course(change, *phrases.say_periods(analysis, book, periods[-1], periods[0]))


def _kpi(analysis: Analysis, book: FactBook, metric: Metric, course: Course | None) -> Kpi:
    if course is None:
        fact = phrases.metric_fact(analysis, book, metric, where="all rows")
        return Kpi(label=metric.subject, value=say(fact))
    return Kpi(
        label=f"{metric.subject}, {course.last}",
        value=say(course.change.later),
        change=f"{say(course.change.signed)} since {course.first}",
    )


def _headline(analysis: Analysis, book: FactBook, said: Text, course: Course | None) -> Text:
    if course:
        return _course_headline(analysis.main, course)
    return _total_headline(analysis, book, said)


def _course_headline(main: Metric, course: Course) -> Text:
    change, last, first = course
    stood = f"{main.subject} stood at {say(change.later)} in {last}"
    if change.direction == 0:
        return f"{stood}, much as in {first}"
    return f"{stood}, {say(change.size)} {'above' if change.direction > 0 else 'below'} {first}"


def _total_headline(analysis: Analysis, book: FactBook, said: Text) -> Text:
    main = _headlined(analysis)
    value = say(phrases.metric_fact(analysis, book, main, where="all rows"))
    during = f" from {said}" if said else ""
    if not main.value and not said:
        return f"The table holds {value} {main.noun}"
    if not main.value:
        return f"{value} {main.noun} were recorded{during}"
    if main.additive:
        return f"{main.subject} came to {value} in total{during or ' over all rows'}"
    return f"{main.subject} was {value} across all {analysis.metrics[0].noun}{during}"


def _headlined(analysis: Analysis) -> Metric:
    """The main metric; without time the number of rows says less than any measure does."""
    if analysis.main is not analysis.metrics[0] or analysis.timeline is not None:
        return analysis.main
    return next((metric for metric in analysis.focus if metric.value), analysis.main)


def _short(analysis: Analysis, book: FactBook, course: Course | None) -> Text:
    if course is None:
        return _total_headline(analysis, book, "")
    return f"{analysis.main.subject} stood at {say(course.change.later)} at the end"


def _takeaways(analysis: Analysis, book: FactBook, said: Text) -> list[Text]:
    rows, main = analysis.metrics[0], _headlined(analysis)
    points = _average_period(analysis, book, main, said)
    if main != rows:
        count = say(phrases.metric_fact(analysis, book, rows, where="all rows"))
        points.append(f"The table has {count} {rows.noun}{', ' + said if said else ''}")
    elif said and not points:
        points.append(f"The data run from {said}")
    points += _rows_per_thing(analysis, book)
    points += [*left_out(analysis, book, *main.columns), *_splits(analysis)]
    if analysis.unfinished:
        points.append("Unfinished periods at either end are left out of comparisons")
    return points


def _average_period(analysis: Analysis, book: FactBook, metric: Metric, said: Text) -> list[Text]:
    """How much comes in a usual period, of what adds up over time."""
    timeline = analysis.timeline
    if timeline is None or not metric.flow or analysis.one_row_a_period:
        return []
    grain = timeline.chart_grain()
    periods = analysis.periods_of(metric, grain)
    if len(periods) < 3:
        return []
    within = timeline.within(periods[0], periods[-1])
    mean = book.query(
        f"{metric.label} of an average {grain}",
        f"SELECT avg(value) FROM ({series_sql(analysis, metric, grain, within)})",
        metric.unit,
        metric.present,
        within,
    )
    return [f"In an average {grain}, {metric.noun} came to {say(mean)} ({said})"]


def _rows_per_thing(analysis: Analysis, book: FactBook) -> list[Text]:
    """How many rows one of the things has that several rows share: order lines per order."""
    rows, *others = analysis.metrics
    if not others or not others[0].one:
        return []
    things = others[0]
    each = book.value(
        f"{rows.label} per {things.one}",
        f"{rows.sql} / {things.sql}",
        phrases.NUMBER,
        things.present,
    )
    return [f"On average, one {things.one} has {say(each)} {rows.noun}"]


def _splits(analysis: Analysis) -> list[Text]:
    nouns = [dimension.noun for dimension in analysis.dimensions[:MAX_SPLITS]]
    if not nouns:
        return []
    listed = " and ".join([", ".join(nouns[:-1]), nouns[-1]] if len(nouns) > 1 else nouns)
    return [f"The data can be split by {listed}"]
