"""What must be said beside the findings: periods that can't be compared, groups that are small."""

from deckgen.domain.display import COUNT
from deckgen.domain.facts import Text
from deckgen.orchestrator.analyst import wording
from deckgen.orchestrator.analyst.analysis import Analysis
from deckgen.orchestrator.analyst.book import FactBook
from deckgen.orchestrator.analyst.dimensions import Dimension
from deckgen.orchestrator.analyst.references import say

SMALL = 5  # a group with fewer rows says little
MAX_LIMITS = 6


def remarks_of(analysis: Analysis, book: FactBook) -> list[Text]:
    """What became of the periods that the brief names, where they are not simply compared."""
    named = analysis.comparison
    remarks = [
        f"{say(wording.period_fact(analysis, book, period))} is not complete in the data, so it is "
        "not compared"
        for period in named.unfinished
    ]
    if named.absent:
        remarks.append("A period that the brief names is not in the data")
    return remarks


def limits_of(analysis: Analysis, book: FactBook) -> list[Text]:
    """Dimensions some of whose groups have few rows."""
    if analysis.one_row_a_period:
        return []
    found = (_small_groups(analysis, book, dimension) for dimension in analysis.dimensions)
    return [text for text in found if text][:MAX_LIMITS]


def _small_groups(analysis: Analysis, book: FactBook, dimension: Dimension) -> Text:
    sizes = f"SELECT count(*) AS n FROM data WHERE {dimension.known()} GROUP BY {dimension.sql}"
    small, groups = analysis.table.one(f"SELECT count(*) FILTER (n < {SMALL}), count(*) FROM ({sizes})")
    # Where nearly all groups are small, rows are what the groups are named after.
    if not small or small > groups / 2:
        return ""
    few = book.query(
        f"small groups of {dimension.label}",
        f"SELECT count(*) FROM ({sizes}) WHERE n < {SMALL}",
        COUNT,
        dimension.known(),
    )
    total = book.query(
        f"groups of {dimension.label}", f"SELECT count(*) FROM ({sizes})", COUNT, dimension.known()
    )
    return f"{dimension.subject}: {say(few)} of {say(total)} groups have fewer than five rows"
