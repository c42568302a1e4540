"""The codes of errors with what they mean and what to do, as docs/errors.md has them."""

from dataclasses import dataclass
from functools import cache

from deckgen.web.doc_pages import PAGES

CELLS = 5  # of a row: code, HTTP, job, what it means, what to do


@dataclass(frozen=True)
class ErrorCode:
    """One row of the page; `meaning` and `advice` are Markdown."""

    code: str
    http: str
    job: str
    meaning: str
    advice: str


@cache
def error_codes() -> dict[str, ErrorCode]:
    """Returns every code in the order of the page."""
    rows = (_row(line) for line in (PAGES / "errors.md").read_text().splitlines())
    return {row.code: row for row in rows if row is not None}


def _row(line: str) -> ErrorCode | None:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    if len(cells) != CELLS or not cells[0].startswith("`"):
        return None
    return ErrorCode(cells[0].strip("`"), *cells[1:])
