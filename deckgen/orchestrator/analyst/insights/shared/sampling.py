"""Ranks are taken over all rows of a table, or over an even sample of the rows of a long one.

Ranking takes time and memory; with the rows of a sample the standard error of a rank correlation is
below 0.01, and every threshold here is far above that.
"""

from deckgen.orchestrator.analyst.insights.shared.context import Analysis

LONG, SAMPLE = 50_000, 20_000
_GOLDEN = 2_654_435_769  # 2**32 divided by the golden ratio


def ranked_rows(analysis: Analysis) -> int:
    """How many rows are ranked, less those that miss a value."""
    return SAMPLE if sampled(analysis) else analysis.source.rows


def sampled(analysis: Analysis) -> str:
    """SQL condition: the row is ranked; empty if all are.

    Multiples of the golden ratio, less their whole part, fill the unit interval more evenly than any
    others (Knuth, The Art of Computer Programming, volume 3, section 6.4): rows come from everywhere,
    whatever repeats in the table, and the same ones each time.
    """
    rows = analysis.source.rows
    if rows <= LONG:
        return ""
    return f"(rowid * {_GOLDEN}) & {2**32 - 1} < {2**32 * SAMPLE // rows}"


def note(analysis: Analysis) -> str:
    """What the method of an insight says of it, with a leading space; empty if all rows are ranked."""
    return " Of this long table, an even sample of the rows was ranked." if sampled(analysis) else ""
