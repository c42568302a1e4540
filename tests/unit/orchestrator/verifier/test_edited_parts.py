"""What an edit of a chart or a table does to its numbers."""

import pytest

from deckgen.export.pptx.reading.contents import ChartPlace, PlotSeries, TablePlace
from deckgen.orchestrator.verifier.presentation import charts, tables

KNOWN = frozenset(["north", "south", "revenue", "growth", "region"])
ROWS = [["Region", "Growth"], ["North", "12%"], ["South", "9%"]]


def chart(categories: list[str], values: list[float | None], *texts: str) -> ChartPlace:
    series = PlotSeries(name="Revenue", categories=categories, values=values)
    return ChartPlace(name="chart", series=[series], texts=[*texts])


DRAWN = chart(["North", "South"], [1.0, 2.0], "Revenue in $m")


@pytest.mark.parametrize(
    "edited",
    [
        chart([], [100.0, 200.0], "Revenue in $m"),
        chart(["North"], [1.0, 200.0], "Revenue in $m"),
        chart(["North", "South"], [2.0, 1.0], "Revenue in $m"),
        chart(["North", "South"], [1.0, 2.0], "Revenue in $bn"),
    ],
)
def test_a_value_or_what_it_is_of_is_another_one(edited: ChartPlace) -> None:
    """Also where its name was taken off, and where its unit stands in a title."""
    assert [*charts.problems(DRAWN, edited, KNOWN)]


@pytest.mark.parametrize(
    "edited",
    [
        DRAWN,
        chart(["South", "North"], [2.0, 1.0], "Revenue in $m"),
        chart(["North", "South"], [1.0, 2.0]),
        chart(["North", "South"], [1.0, 2.0], "Revenue in $m", "by region"),
    ],
)
def test_another_order_and_titles_in_words_are_no_fault(edited: ChartPlace) -> None:
    """Nor is a title that was left out."""
    assert [*charts.problems(DRAWN, edited, KNOWN)] == []


@pytest.mark.parametrize(
    "rows",
    [
        [["Region", "Growth"], ["", "12%"], ["South", "9%"]],
        [["Region", ""], ["North", "12%"], ["South", "9%"]],
        [["Region", "Growth"], ["South", "12%"], ["North", "9%"]],
    ],
)
def test_numbers_do_not_stand_without_their_names(rows: list[list[str]]) -> None:
    """Of a row or of a column, emptied or given to another one."""
    place = TablePlace(name="table", rows=ROWS)
    assert [*tables.problems(place, TablePlace(name="table", rows=rows), KNOWN)]


@pytest.mark.parametrize("rows", [ROWS, ROWS[:2], [ROWS[0], ROWS[2], ROWS[1]]])
def test_rows_may_be_left_out_and_moved(rows: list[list[str]]) -> None:
    """A row that is gone has taken its numbers along."""
    place = TablePlace(name="table", rows=ROWS)
    assert [*tables.problems(place, TablePlace(name="table", rows=rows), KNOWN)] == []
