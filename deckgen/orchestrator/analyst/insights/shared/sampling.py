"""Ranks are taken over all rows of a table, or over an even sample of the rows of a long one.

Ranking takes time and memory; with the rows of a sample the standard error of a rank correlation is
below 0.01, and every threshold here is far above that.
"""

from deckgen.orchestrator.analyst.insights.shared.context import Analysis

LONG, SAMPLE = 50_000, 20_000
_GOLDEN = 2_654_435_769  # 2**32 divided by the golden ratio


def ranked_rows(analysis: Analysis) -> int:
    """How many rows are ranked, less those that miss a value."""
    return SAMPLE if is_sampled(analysis) else analysis.source.rows


def is_sampled(analysis: Analysis) -> bool:
    return analysis.source.rows > LONG


def ranked(analysis: Analysis) -> str:
    """Returns SQL for the rows that are ranked, to follow FROM: the table, or a sample of a long one.

    Multiples of the golden ratio, less their whole part, fill the unit interval more evenly than any
    others (Knuth, The Art of Computer Programming, volume 3, section 6.4): rows come from everywhere,
    whatever repeats in the table, and the same ones each time.

    Rows are counted, as a file of the table has no `rowid`; no name of a file begins with a blank.
    """
    if not is_sampled(analysis):
        return "data"
    limit = 2**32 * SAMPLE // analysis.source.rows
    return (
        '(SELECT * FROM (SELECT *, row_number() OVER () - 1 AS " row" FROM data) '
        f'WHERE (" row" * {_GOLDEN}) & {2**32 - 1} < {limit})'
    )


def note(analysis: Analysis) -> str:
    """What the method of an insight says of it, with a leading space; empty if all rows are ranked."""
    return " Of this long table, an even sample of the rows was ranked." if is_sampled(analysis) else ""
