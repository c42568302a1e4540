import pytest

from deckgen.domain.charts import ChartKind, SeriesRole
from deckgen.export.colours import of_role
from deckgen.export.scene.elements import Rule, TextBox
from tests.deck_parts import MONTH, MONTHS
from tests.drawn_charts import THEME, charted, inked, laid_out, native, touching, written

LIGHT = THEME.light
MANY = [1e6 + 4e5 * (month % 7) for month in range(24)]
LONG = ["Manufacturing and assembly", "Research", "Customer support in all languages", "Sales"]


@pytest.mark.parametrize("highlight", [[9], [0], [23], [5, 6], [15, 16, 17], [14, 20, 21]])
def test_highlighted_columns_are_named_where_there_is_an_axis(highlight: list[int]) -> None:
    """Of many columns those that the slide is about say what they are, clear of all columns and of
    one another, and what leads to them crosses no name."""
    made = charted(
        ChartKind.COLUMN, MONTHS, {"Revenue": MANY}, category_unit=MONTH, highlight=highlight
    )
    view, room, shapes = laid_out(made)
    assert set(written(shapes)) == {f"{view.categories[n]}: {view.said(0, n)}" for n in highlight}
    assert not touching(shapes)
    boxes = [inked(shape) for shape in shapes if isinstance(shape, TextBox)]
    for box in boxes:
        assert box.top >= 0
        assert room.left <= box.left <= box.right <= room.plot_right + 0.01
        for index, value in enumerate(MANY):
            if box.left < room.along(index) + 0.3 * room.slot and room.along(index) < box.right:
                assert box.bottom <= room.at(value)
    for lead in (shape for shape in shapes if isinstance(shape, Rule)):
        assert not any(
            box.left < lead.start[0] < box.right and box.top > lead.start[1] for box in boxes
        )


def test_two_series_of_few_groups_say_their_values() -> None:
    """Columns of actual and plan side by side need no axis while their labels have room."""
    rows = {"Revenue": [9e6, 8e6, 5e6], "Budget": [8e6, 8.5e6, 5e6]}
    _, room, _ = laid_out(charted(ChartKind.COLUMN, ["DACH", "UK", "France"], rows))
    assert not room.axis
    assert room.labelled == [[0, 1, 2], [0, 1, 2]]


@pytest.mark.parametrize("kind", [ChartKind.BAR, ChartKind.COLUMN])
def test_series_look_like_what_they_are(kind: ChartKind) -> None:
    """What is actual wears the accent, what was before is grey, and a plan is an outline."""
    rows = {"2024": [9e6, 8e6], "2023": [8e6, 8.5e6], "Budget": [8e6, 9e6]}
    roles = [SeriesRole.ACTUAL, SeriesRole.PRIOR, SeriesRole.PLAN]
    made = native(charted(kind, ["DACH", "UK"], rows, roles=roles))
    assert {series.name: list(series.values) for series in made.plots[0].series} == rows
    actual, prior, plan = made.plots[0].series
    assert str(actual.format.fill.fore_color.rgb) == LIGHT.accent
    assert str(prior.format.fill.fore_color.rgb) == LIGHT.rest
    assert str(plan.format.fill.fore_color.rgb) == of_role("muted-25", LIGHT)
    assert str(plan.format.line.color.rgb) == of_role("muted", LIGHT)


def test_long_names_of_groups_are_all_there() -> None:
    """Names of groups under columns take two lines, or are shortened, but none is left out."""
    rows = {"Revenue": [9e6, 8e6, 5e6, 4e6]}
    for wide in (560, 300, 220):
        view, room, _ = laid_out(charted(ChartKind.COLUMN, LONG, rows), wide)
        assert room.tick_every == 1
        assert len(set(room.categories)) == 4
        for name in room.categories:
            lines = view.face.wrap(name, room.size, room.slot - 6, bold=True)
            assert len(lines) <= 2
            assert room.bottom >= len(lines) * room.size
    assert laid_out(charted(ChartKind.COLUMN, LONG, rows), 800)[1].categories == LONG


def test_names_of_many_bars_do_not_lie_over_one_another() -> None:
    """Where bars are thinner than letters, not every one is named."""
    names = [f"Shop {number}" for number in range(60)]
    _, room, _ = laid_out(charted(ChartKind.BAR, names, {"Revenue": [1.0] * 60}))
    assert room.slot * room.tick_every >= room.size
