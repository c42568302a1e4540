"""Two tables in one text: the first of them is read, if it is the wider one. Pure, no I/O."""

from collections import Counter

from deckgen.domain.uploads.headers import kind_of

_FEWEST = 4  # lines of a table, with its header: what is shorter may be the title of another
_WIDER = 2  # columns, at least: a line with one cell too many is none of another table


def end_of_first_table(rows: list[list[str]]) -> int | None:
    """Returns how many of the rows come before the second table; None if there is but one.

    Rows of one width stand together above all of the commonest, narrower width, and are a table: words
    in the first of them, and numbers or dates in the others.
    """
    widths = [len(row) for row in rows]
    counts = Counter(width for width in widths if width > 1)
    common = max(counts, key=lambda width: (counts[width], width), default=0)
    for width in sorted((w for w in counts if w >= common + _WIDER), reverse=True):
        first = widths.index(width)
        end = first + counts[width]
        together = widths[first:end] == [width] * counts[width]
        if together and common not in widths[:end] and _is_table(rows[first:end]):
            return end
    return None


def _is_table(rows: list[list[str]]) -> bool:
    if len(rows) < _FEWEST or any(kind_of(cell) in ("number", "date") for cell in rows[0]):
        return False
    return all(any(kind_of(cell) in ("number", "date") for cell in row) for row in rows[1:])
