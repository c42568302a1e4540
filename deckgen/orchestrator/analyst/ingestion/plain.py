"""Plain types: cells that a program has written, all in one form, as in most files.

A column is guessed to be plain from the first rows. DuckDB checks every cell while it reads, so a wrong
guess costs time and changes nothing: such a column is then examined cell by cell, like any text.
"""

import re
from dataclasses import dataclass

from deckgen.domain.uploads.headers import MISSING
from deckgen.domain.uploads.lengths import is_long
from deckgen.domain.uploads.period_names import is_dotted_month
from deckgen.orchestrator.analyst.sql import quoting


@dataclass(frozen=True)
class Plain:
    """A type whose cells match `pattern`, and in SQL the condition `holds` on the text `{cell}` and on
    the value `{value}` that it is cast to (NULL if it can't be cast).
    """

    type: str
    pattern: re.Pattern[str]
    holds: str

    def value(self, cell: str) -> str:
        return f"TRY_CAST({cell} AS {self.type})"

    def check(self, cell: str, value: str) -> str:
        return self.holds.format(cell=cell, value=value)


# Casting rounds 1.5 and drops the zeros of 007 and the separators of 1_000: a text that survives it
# unchanged was plain.
_SAME = "{cell} = CAST({value} AS VARCHAR)"
_DAY = r"[12]\d{3}-\d\d-\d\d"
_CLOCK = r"\d\d:\d\d:\d\d"
WHOLE = Plain("BIGINT", re.compile(r"-?(0|[1-9]\d{0,14})"), _SAME + " AND abs({value}) < 1e15")
DECIMAL = Plain(
    "DOUBLE",
    re.compile(r"-?(0|[1-9]\d*)(\.\d+)?"),
    r"regexp_full_match({cell}, '-?(0|[1-9][0-9]*)(\.[0-9]+)?') AND isfinite({value})",
)
DATE = Plain(
    "DATE", re.compile(_DAY), _SAME + " AND length({cell}) = 10 AND year({value}) BETWEEN 1000 AND 2999"
)
TIMESTAMP = Plain(
    "TIMESTAMP",
    re.compile(f"{_DAY} {_CLOCK}"),
    _SAME + " AND length({cell}) = 19 AND year({value}) BETWEEN 1000 AND 2999",
)
TIME = Plain("TIME", re.compile(_CLOCK), _SAME + " AND length({cell}) = 8")
KINDS = (WHOLE, DECIMAL, DATE, TIMESTAMP, TIME)

LONGEST_MISSING = max(len(word) for word in MISSING)
_BLANKS = " \t\n\r\v\f\u00a0\u202f\ufeff"
_NOTHING = quoting.literal(
    rf"(?i)[{_BLANKS}]*({'|'.join(re.escape(word) for word in sorted(MISSING))})[{_BLANKS}]*"
)


def guess(rows: list[list[str]], column: int, *, points: bool) -> Plain | None:
    """Returns the type of a column's first rows; None for text, or if it needs a closer look.

    `points` is False if a point may separate thousands (see numbers.py).
    """
    cells = [row[column] for row in rows if column < len(row)]
    present = [cell for cell in cells if cell.strip().lower() not in MISSING]
    if not present or any(map(is_long, present)):
        return None
    for kind in KINDS:
        if kind is DECIMAL and (not points or all(map(is_dotted_month, present))):
            continue
        if all(kind.pattern.fullmatch(cell) for cell in present):
            return kind
    return None


def missing_word(rows: list[list[str]], column: int) -> str | None:
    """Returns the first word for no value in a column of these rows, rather an error than another."""
    cells = (row[column].strip(_BLANKS) for row in rows if column < len(row))
    words = [cell for cell in cells if cell and cell.lower() in MISSING]
    return next((word for word in words if word.startswith("#")), next(iter(words), None))


def is_missing(cell: str) -> str:
    """Returns SQL that is true if the cell is a word for no value, perhaps padded."""
    # It is one pattern, because a list would take memory for each word and column.
    return f"regexp_full_match({cell}, {_NOTHING})"


def is_blank(cell: str) -> str:
    """Returns SQL that is true if the cell is blank."""
    return f"({cell} IS NULL OR {trimmed(cell)} = '')"


def word_in(cell: str) -> str:
    """Returns SQL for a word for no value among the cells of a group; NULL if there is none."""
    return f"min({trimmed(cell)}) FILTER ({is_missing(cell)} AND {trimmed(cell)} <> '')"


def is_padded(cell: str) -> str:
    """Returns SQL that is true if the cell is padded with blanks."""
    return f"regexp_matches({cell}, {quoting.literal(f'^[{_BLANKS}]|[{_BLANKS}]$')})"


def trimmed(cell: str) -> str:
    """Returns SQL for the cell without the blanks around it."""
    return f"trim({cell}, {quoting.literal(_BLANKS)})"
