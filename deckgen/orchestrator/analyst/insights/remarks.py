"""What must be said beside the findings: periods that can't be compared, groups that are small."""

from itertools import islice

from deckgen.domain.facts import Text
from deckgen.domain.formatting.display import COUNT, TEXT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.context import FEW_ROWS, Analysis
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension

MAX_LIMITS, MAX_GROUPS = 3, 2


def remarks_of(analysis: Analysis, book: FactBook) -> list[Text]:
    """What became of the periods that the brief names, where they are not simply compared."""
    named = analysis.comparison
    remarks = [
        f"{say(phrases.period_fact(analysis, book, period))} is not complete in the data, so it is "
        "not compared"
        for period in named.unfinished
    ]
    if named.absent:
        remarks.append("A period that the brief names is not in the data")
    groups = [
        (dimension, group)
        for dimension in analysis.dimensions
        for group in sorted(analysis.mentions.groups.get(dimension.index, ()))
    ]
    return [*remarks, *(_of_group(analysis, book, *one) for one in groups[:MAX_GROUPS])]


def _of_group(analysis: Analysis, book: FactBook, dimension: Dimension, group: str) -> Text:
    """The main metric of a group that the brief names: its change, or its value where time is none."""
    metric, own = analysis.main, dimension.equals(group)
    name = book.value(f"a group of {dimension.label}", f"min({dimension.text})", TEXT, own)
    if analysis.compared is not None:
        later, earlier, _ = analysis.compared
        change = phrases.change(analysis, book, metric, later, earlier, own, where=group)
        if change is not None:
            old, new = phrases.say_periods(analysis, book, earlier, later)
            return f"For {say(name)} alone, {metric.noun} {change.by} from {old} to {new}"
    value = phrases.metric_fact(analysis, book, metric, own, where=group)
    return f"For {say(name)} alone, {metric.noun} is {say(value)}"


def limits_of(analysis: Analysis, book: FactBook) -> list[Text]:
    """Dimensions some of whose groups have few rows."""
    if analysis.one_row_a_period:
        return []
    found = (_small_groups(analysis, book, dimension) for dimension in analysis.dimensions)
    return list(islice((text for text in found if text), MAX_LIMITS))


def _small_groups(analysis: Analysis, book: FactBook, dimension: Dimension) -> Text:
    sizes = f"SELECT count(*) AS n FROM data WHERE {dimension.known()} GROUP BY {dimension.sql}"
    small, groups = analysis.table.one(
        f"SELECT count(*) FILTER (n < {FEW_ROWS}), count(*) FROM ({sizes})"
    )
    # Where nearly all groups are small, rows are what the groups are named after.
    if not small or small > groups / 2:
        return ""
    few = book.query(
        f"small groups of {dimension.label}",
        f"SELECT count(*) FROM ({sizes}) WHERE n < {FEW_ROWS}",
        COUNT,
        dimension.known(),
    )
    total = book.query(
        f"groups of {dimension.label}", f"SELECT count(*) FROM ({sizes})", COUNT, dimension.known()
    )
    return f"{dimension.subject}: {say(few)} of {say(total)} groups have fewer than five rows"
