"""Overview: how much there is, over which span, and the level of the main measures."""

from deckgen.domain.decks import Kpi
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst import wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.insights.candidate import Candidate, Story
from deckgen.orchestrator.analyst.metrics import Metric
from deckgen.orchestrator.analyst.references import say
from deckgen.orchestrator.analyst.series import series_sql

MAX_KPIS = 4
METHOD = "Counts, totals and means over all rows of the table. Cells without a value are left out."


def find(analysis: Analysis) -> list[Candidate]:
    def write(book: FactBook, _: Statistics | None) -> Story:
        return _write(analysis, book)

    return [Candidate(InsightKind.OVERVIEW, "overview", 1.0, 1.0, write)]


def _write(analysis: Analysis, book: FactBook) -> Story:
    dates = wording.span(analysis, book)
    said = f"{say(dates[0])} to {say(dates[1])}" if dates else ""
    changes = {metric.key: _change(analysis, book, metric) for metric in _shown(analysis)}
    kpis = [_kpi(analysis, book, metric, changes[metric.key]) for metric in _shown(analysis)]
    return Story(
        headline=_headline(analysis, book, said, changes[analysis.main.key]),
        short=_short(analysis, book, changes[analysis.main.key]),
        takeaways=_takeaways(analysis, book, said),
        kpis=kpis,
        meaning=f"Based on {{{{source}}}}{', ' + said if said else ''}",
        method=METHOD,
    )


def _shown(analysis: Analysis) -> list[Metric]:
    counts = [metric for metric in analysis.metrics if not metric.value]
    if analysis.one_row_a_period and analysis.measures:
        counts = []
    shown = [analysis.main, *counts, *analysis.focus]
    return list({metric.key: metric for metric in shown}.values())[:MAX_KPIS]


def _change(
    analysis: Analysis, book: FactBook, metric: Metric
) -> tuple[wording.Change, Text, Text] | None:
    """First against last period, for what is a level or has one value a year."""
    timeline = analysis.timeline
    yearly = timeline is not None and timeline.grain == "year" and analysis.one_row_a_period
    level = metric.additive and not metric.flow
    if timeline is None or not metric.value or not (yearly or level):
        return None
    periods = analysis.periods_of(metric, timeline.chart_grain())
    if len(periods) < 2:
        return None
    change = wording.change(analysis, book, metric, periods[-1], periods[0])
    if change is None:
        return None
    last, first = (say(wording.period_fact(analysis, book, periods[index])) for index in (-1, 0))
    return change, last, first


def _kpi(
    analysis: Analysis, book: FactBook, metric: Metric, change: tuple[wording.Change, Text, Text] | None
) -> Kpi:
    if change is None:
        fact = wording.metric_fact(analysis, book, metric, where="all rows")
        return Kpi(label=metric.subject, value=say(fact))
    compared, last, first = change
    return Kpi(
        label=f"{metric.subject}, {last}",
        value=say(compared.later),
        change=f"{say(compared.signed)} since {first}",
    )


def _headline(
    analysis: Analysis, book: FactBook, said: Text, change: tuple[wording.Change, Text, Text] | None
) -> Text:
    main = analysis.main
    if change:
        compared, last, first = change
        if compared.direction == 0:
            return f"{main.subject} stood at {say(compared.later)} in {last}, much as in {first}"
        side = "above" if compared.direction > 0 else "below"
        return (
            f"{main.subject} stood at {say(compared.later)} in {last}, "
            f"{say(compared.size)} {side} {first}"
        )
    value = say(wording.metric_fact(analysis, book, main, where="all rows"))
    during = f" from {said}" if said else ""
    if not main.value:
        return (
            f"{value} {main.noun} were recorded{during}"
            if said
            else f"The table holds {value} {main.noun}"
        )
    if main.additive:
        return f"{main.subject} came to {value} in total{during or ' over all rows'}"
    return f"{main.subject} was {value} across all {analysis.metrics[0].noun}{during}"


def _short(
    analysis: Analysis, book: FactBook, change: tuple[wording.Change, Text, Text] | None
) -> Text:
    if change is None:
        return _headline(analysis, book, "", None)
    return f"{analysis.main.subject} stood at {say(change[0].later)} at the end"


def _takeaways(analysis: Analysis, book: FactBook, said: Text) -> list[Text]:
    rows, main = analysis.metrics[0], analysis.main
    points = _rates_of_flow(analysis, book, main, said)
    if main != rows:
        count = say(wording.metric_fact(analysis, book, rows, where="all rows"))
        points.append(f"The table has {count} {rows.noun}{', ' + said if said else ''}")
    elif said and not points:
        points.append(f"The data run from {said}")
    for things in analysis.metrics[1:2]:
        if things.one:
            each = book.value(
                f"{rows.label} per {things.one}",
                f"{rows.sql} / {things.sql}",
                wording.NUMBER,
                things.present,
            )
            points.append(f"On average, one {things.one} has {say(each)} {rows.noun}")
    if analysis.dimensions:
        nouns = [dimension.noun for dimension in analysis.dimensions[:4]]
        listed = " and ".join([", ".join(nouns[:-1]), nouns[-1]] if len(nouns) > 1 else nouns)
        points.append(f"The data can be split by {listed}")
    if analysis.unfinished:
        points.append("Unfinished periods at either end are left out of comparisons")
    return points


def _rates_of_flow(analysis: Analysis, book: FactBook, metric: Metric, said: Text) -> list[Text]:
    """How much comes in a usual period."""
    timeline = analysis.timeline
    if timeline is None or not metric.flow or analysis.one_row_a_period:
        return []
    grain = timeline.chart_grain()
    periods = analysis.periods_of(metric, grain)
    if len(periods) < 3:
        return []
    within = timeline.within(periods[0], periods[-1])
    series = series_sql(analysis, metric, grain, within)
    mean = book.query(
        f"{metric.label} of an average {grain}",
        f"SELECT avg(value) FROM ({series})",
        metric.unit,
        metric.present,
        within,
    )
    return [f"In an average {grain}, {metric.noun} came to {say(mean)} ({said})"]
