"""What a finding must say besides its claim: the rows it rests on, what was left out, small groups."""

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import COUNT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import column_noun, say
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.profiling.metrics import Metric
from deckgen.orchestrator.analyst.sql import quoting

MISSING = 0.05  # a share of the rows above which it is said that they lack a value
SMALL, SMALL_SHARE = 30, 0.5  # rows; a share of the rows that a group has on average
CORRECTED = (
    "Its significance holds at five percent after correction for all tests of the deck "
    "(Benjamini and Hochberg)."
)


def rows_behind(book: FactBook, *conditions: str) -> Text:
    """A sentence for the notes: how many rows meet the conditions."""
    count = book.value("rows behind the finding", "count(*)", COUNT, *conditions)
    return f"It rests on {say(count)} rows."


def computed(metric: Metric) -> Text:
    """How the number for a set of rows comes about, for the notes."""
    if metric.column is None:
        return f"{metric.subject} are the rows of the table, counted."
    noun = column_noun(metric.column)
    if not metric.value:
        return f"{metric.subject} are the different values of {noun}, counted."
    if not metric.additive:
        return f"{metric.subject}: the mean of {noun} over the rows, never a sum."
    if not metric.flow and "DISTINCT" in metric.sql:
        return f"{metric.subject}: a level, summed over groups and averaged over dates."
    return f"{metric.subject}: the sum of {noun} over the rows."


def left_out(analysis: Analysis, book: FactBook, *columns: int) -> list[Text]:
    """For the slide: the first of the columns of which many rows have no value."""
    for index in columns:
        column = analysis.source.columns[index]
        if column.missing > MISSING * analysis.source.rows:
            empty = f"{quoting.name(column.name)} IS NULL"
            gaps = book.value(f"rows without {column.label}", "count(*)", COUNT, empty)
            rows = book.value("rows of the table", "count(*)", COUNT)
            return [
                f"Left out: {say(gaps)} of {say(rows)} rows, without a value for {column_noun(index)}"
            ]
    return []


def small_group(
    book: FactBook, group: Fact, own: str, among: tuple[str, ...], groups: int
) -> list[Text]:
    """For the slide: that a named group has few rows, both as such and beside the other groups.

    `own` is the SQL condition of its rows, `among` are those of the rows of all `groups` groups.
    """
    rows = book.value(
        f"rows of {group.display}", "count(*)", COUNT, *among, own, groups=(str(group.value),)
    )
    everything = book.value("rows of all groups", "count(*)", COUNT, *among)
    count, whole = rows.rows, everything.rows
    if count >= SMALL or count >= SMALL_SHARE * whole / groups:
        return []
    return [f"Small group: only {say(rows)} of {say(everything)} rows are of {say(group)}"]
