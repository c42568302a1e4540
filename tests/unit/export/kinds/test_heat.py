import pytest

from deckgen.domain.charts import ChartKind
from deckgen.domain.formatting.display import COUNT, HOUR, PERCENT
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds import kind_of
from deckgen.export.colours import contrast, of_role
from deckgen.export.scene.elements import TableBox
from tests.drawn_charts import THEME, charted, laid_out, touching, written

QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
CHANGES = {"UK & Ireland": [0.11, 0.13, -0.35, -0.02], "France": [0.3, 0.12, None, 0.08]}


def _changes() -> TableBox:
    made = charted(ChartKind.HEAT, QUARTERS, CHANGES, unit=PERCENT, focus=[0])
    (table,) = laid_out(made)[2]
    assert isinstance(table, TableBox)
    return table


def test_every_cell_says_its_value() -> None:
    """A series is a row and a category a column, and a value that is missing is told as such."""
    rows = [[cell.paragraph.text for cell in row] for row in _changes().rows]
    assert rows == [
        ["", *QUARTERS],
        ["UK & Ireland", "+11%", "+13%", "−35%", "−2%"],
        ["France", "+30%", "+12%", "–", "+8%"],
    ]


def test_what_is_below_zero_is_told_apart() -> None:
    """A loss wears the contrast colour, a small one by its letters alone."""
    _, row, _ = _changes().rows
    assert [cell.fill for cell in row[1:]] == ["ramp1", "ramp1", "contrast", "wash"]
    assert row[4].paragraph.colour == "contrast"


def test_the_row_that_the_slide_is_about_is_bold() -> None:
    """The row in focus is bold with all of its cells, and no other is."""
    bold = [{cell.paragraph.bold for cell in row} for row in _changes().rows]
    assert bold == [{False}, {True}, {False}]


def test_text_stands_out_from_every_shade() -> None:
    """Values from little to much read on each colour of the ramp."""
    made = charted(ChartKind.HEAT, list("abcdef"), {"x": range(6), "y": range(4, 10)}, unit=COUNT)
    (table,) = laid_out(made)[2]
    assert isinstance(table, TableBox)
    cells = [cell for row in table.rows[1:] for cell in row[1:]]
    assert {cell.fill for cell in cells} == {f"ramp{n}" for n in range(5)}
    for cell in cells:
        text, ground = (of_role(each, THEME.light) for each in (cell.paragraph.colour, cell.fill))
        assert contrast(text, ground) >= 4.5


def test_a_crowded_table_has_a_key_in_place_of_values() -> None:
    """Cells that are too narrow for their values are shades, and a key says what they mean."""
    rows = {day: [1000.0 * hour for hour in range(24)] for day in ("Monday", "Tuesday")}
    shapes = laid_out(charted(ChartKind.HEAT, range(24), rows, category_unit=HOUR))[2]
    texts = written(shapes)
    assert texts[:2] == ["$0", "$23,000"]
    assert {"12 AM", "Monday", "Tuesday"} < set(texts)
    assert not touching(shapes)


def test_a_heat_table_needs_two_rows_and_columns() -> None:
    """One row is no heat table: it becomes columns, and the room says why."""
    made = charted(ChartKind.HEAT, QUARTERS, {"France": [1.0, 2, 3, 4]})
    assert kind_of(made).native == "bars"


def test_a_kind_is_drawn_by_marks_or_by_shapes_alone() -> None:
    """A kind that has marks for one format and nothing for another is refused."""
    heat = kind_of(charted(ChartKind.HEAT, QUARTERS, CHANGES))
    with pytest.raises(TypeError, match="shapes alone"):
        Kind(frame=heat.frame, native="bars")
