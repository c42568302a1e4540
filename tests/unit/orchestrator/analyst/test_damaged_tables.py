"""No damaged table has a wrong sum without a word that says how many lines are concerned, and where."""

from pathlib import Path

import pytest

from tests.damaged_scores import Outcome, outcome, placed
from tests.damaged_tables import KINDS, damaged_table

SEED = 9_000_000
# What can be told from the text alone has to be read right, however it was damaged.
RIGHT = frozenset({
    "separator_in_text", "other_separator", "separator_changes", "delimiters_at_the_end", "line_quoted",
    "delimiter_at_the_start", "quote_not_closed", "quote_not_opened", "quotes_doubled", "quote_escaped",
    "single_quotes", "numbers_quoted", "line_breaks_in_cells", "line_break_unquoted", "empty_lines",
    "preamble", "footer", "second_header_row", "no_header", "header_repeated", "two_tables",
    "line_ends", "old_line_ends", "encodings", "decimal_commas", "second_table_far_down",
    "year_among_months", "sides_in_a_column", "other_minus_signs", "german_total_without_name",
    "dotted_months",
})  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_sum_of_a_damaged_table_is_wrong_without_a_word(kind: str, tmp_path: Path) -> None:
    """`python -m tests.damaged_scores` reads more of them, and counts."""
    table = damaged_table(kind, SEED + list(KINDS).index(kind))
    found, source = outcome(tmp_path, table)
    assert found is not Outcome.SILENT, (table.content.decode(errors="replace"), source)
    assert kind not in RIGHT or found is Outcome.RIGHT, (table.content.decode(errors="replace"), source)


def test_a_damaged_table_is_the_same_for_its_seed() -> None:
    """Else what was found once would not be found again."""
    assert all(damaged_table(kind, 7) == damaged_table(kind, 7) for kind in KINDS)
    assert damaged_table("footer", 7) != damaged_table("footer", 8)


def test_lines_are_found_in_warnings() -> None:
    """The score is no better than what it looks for."""
    assert placed(["3 lines are odd (lines 2, 1,005 and 7); so", "Line 9 is"]) == {2, 1005, 7, 9}
    assert placed(["24 lines are", "“a”: 3 cells (lines 4 to 6)"]) == {4, 5, 6}
    assert placed(["9 lines (lines 1, 2, 3 and others)", "24 lines"]) == {1, 2, 3}
