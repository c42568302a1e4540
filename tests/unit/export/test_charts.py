import pytest

from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.formatting.display import HOUR
from deckgen.export.charts.frame import Frame
from deckgen.export.charts.inked import label_side
from deckgen.export.charts.kinds import frame, over
from deckgen.export.charts.native.bridges import columns
from deckgen.export.charts.native.ooxml import qn
from deckgen.export.charts.steps import waterfall_steps
from deckgen.export.charts.vega import marks_of
from deckgen.export.charts.view import View
from deckgen.export.charts.viewing import view_of as view_in
from deckgen.export.scene.elements import Panel, Polygon, TextBox
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.deck_parts import CITIES, MONTH, MONTHS, YEAR, chart
from tests.decks import sample_deck
from tests.drawn_charts import native

WORDS = Words(sample_deck())


def view_of(drawn: Chart, words: Words = WORDS) -> View:
    return view_in(drawn, words, theme().face)


def test_a_waterfall_ends_where_its_changes_lead() -> None:
    """Each change starts where the one before it ended; the totals stand on zero."""
    found = waterfall_steps(chart(ChartKind.WATERFALL, list("abcd"), [100.0, 50.0, -30.0, 120.0]))
    assert [(step.kind, step.low, step.high) for step in found] == [
        ("total", 0, 100),
        ("increase", 100, 150),
        ("decrease", 120, 150),
        ("total", 0, 120),
    ]


UP_AND_DOWN: list[float | int | None] = [100.0, 50.0, -30.0, 120.0]
THROUGH_ZERO: list[float | int | None] = [-300.0, 250.0, 120.0, -180.0, -110.0]


@pytest.mark.parametrize("values", [UP_AND_DOWN, THROUGH_ZERO])
def test_stacks_reach_as_high_as_the_steps(values: list[float | int | None]) -> None:
    """The stacked columns of a waterfall cover each step, above and below zero, and nothing else."""
    drawn = view_of(chart(ChartKind.WATERFALL, [*"abcde"][: len(values)], values))
    stacked = dict(columns(drawn, frame(drawn, 12, 500, 300)))
    base, _ = stacked.pop("Base"), stacked.pop("Labels")
    for index, step in enumerate(waterfall_steps(drawn.chart)):
        carried = base[index] or 0
        parts = [column[index] or 0 for column in stacked.values()]
        ends = [carried + sum(part for part in parts if part * way > 0) for way in (1, -1)]
        assert max(carried, *ends) == pytest.approx(step.high)
        assert min(carried, *ends) == pytest.approx(step.low)


def test_labels_of_periods_are_left_out_evenly() -> None:
    """Of 24 months, as many are written as fit, at a step that calendars know."""
    drawn = view_of(chart(ChartKind.LINE, list(MONTHS), [1.0] * 24, category_unit=MONTH))
    assert frame(drawn, 12, 700, 300).tick_every == 3
    assert frame(drawn, 12, 5000, 300).tick_every == 1
    hours = view_of(chart(ChartKind.LINE, [*range(24)], [1.0] * 24, category_unit=HOUR))
    assert frame(hours, 12, 400, 300).tick_every == 6


def test_columns_have_labels_or_an_axis() -> None:
    """A few columns say their values and need no axis; many have an axis in place of labels."""
    few = view_of(chart(ChartKind.COLUMN, list(MONTHS[:6]), [1e6] * 6, category_unit=YEAR))
    many = view_of(chart(ChartKind.COLUMN, list(MONTHS), [1e6] * 24, category_unit=YEAR))
    roomy, crowded = (frame(each, 12, 500, 300) for each in (few, many))
    assert (roomy.axis, roomy.labelled) == (False, [[0, 1, 2, 3, 4, 5]])
    assert (crowded.axis, crowded.labelled) == (True, [[]])


def test_columns_with_an_axis_start_at_zero() -> None:
    """Columns of nearly equal height look so: their axis begins at zero, while a line's need not."""
    values: list[float | int | None] = [1000.0 + month for month in range(24)]
    columns_, line = (
        frame(view_of(chart(kind, [*MONTHS], values, category_unit=MONTH)), 12, 500, 300)
        for kind in (ChartKind.COLUMN, ChartKind.LINE)
    )
    assert columns_.axis
    assert columns_.scale.low == 0
    assert line.scale.low > 0


def texts(drawn: View, room: Frame) -> list[TextBox]:
    return [each for each in over(drawn, room, theme()) if isinstance(each, TextBox)]


def test_a_line_is_dashed_to_and_from_an_unfinished_period() -> None:
    """Also from the first one, in every format; the mark of such a period is a ring."""
    made = chart(ChartKind.LINE, list(MONTHS[:6]), [3.0, 4, 3, 5, 4, 2], category_unit=MONTH)
    made = made.model_copy(update={"partial": [0, 3]})
    view = view_of(made)
    room = frame(view, 12, 500, 300)
    strokes = [
        each for each in marks_of(view, room, theme(), 12).iter() if each.get("stroke-dasharray")
    ]
    assert len(strokes) == 3
    points = native(made).plots[0].series[0]._element.findall(qn("c:dPt"))
    dashed = [each for each in points if each.find(qn("c:spPr")) is not None]
    assert [int(each.find(qn("c:idx")).get("val")) for each in dashed] == [1, 3, 4]
    rings = [each for each in over(view, room, theme()) if isinstance(each, Panel)]
    holes = [each.box for each in rings if each.fill == "paper"]
    assert [box.left + box.width / 2 for box in holes] == pytest.approx([room.along(0), room.along(3)])


def test_lines_are_named_at_their_ends() -> None:
    """Each line is named where it ends, with its last value, and names that would touch are moved."""
    near = view_of(chart(ChartKind.LINE, list(CITIES), [1.0, 2, 3, 4, 9], [1.0, 2, 3, 4, 8.9]))
    room = frame(near, 12, 500, 300)
    names = texts(near, room)
    assert [each.paragraphs[0].text for each in names] == ["Revenue $9.00", "Plan $8.90"]
    assert names[0].box.bottom <= names[1].box.top + 0.01
    assert not room.legend


def test_of_many_lines_five_are_named_and_one_stands_out() -> None:
    """The line that the slide is about is in accent and named, however low; the others are grey."""
    many = chart(ChartKind.LINE, list(CITIES), [1.0, 2, 3, 4, 9])
    one = many.series[0]
    several = [
        one.model_copy(update={"label": name, "values": [1.0, 2, 3, 4, 90 - 10 * place]})
        for place, name in enumerate("ABCDEFGH")
    ]
    drawn = view_of(many.model_copy(update={"series": several, "focus": [7]}))
    names = texts(drawn, frame(drawn, 12, 500, 300))
    assert [each.paragraphs[0].text[0] for each in names] == ["H", "A", "B", "C", "D"]
    assert [each.paragraphs[0].colour for each in names] == ["accent", *["muted"] * 4]
    assert {drawn.tint(number) for number in range(7)} == {"rest"}


@pytest.mark.parametrize(("rise", "low"), [(10.0, 0.0), (0.1, 99.0)])
def test_a_bridge_breaks_its_base_where_totals_dwarf_the_changes(rise: float, low: float) -> None:
    """Changes that could not be seen beside the totals are drawn large, and both totals are marked."""
    values: list[float | int | None] = [100.0, 4 * rise, -rise, 100 + 3 * rise]
    drawn = view_of(chart(ChartKind.WATERFALL, list("abcd"), values))
    room = frame(drawn, 12, 500, 300)
    marks = [each for each in over(drawn, room, theme()) if isinstance(each, Polygon)]
    assert room.scale.low >= low
    assert len(marks) == (2 if low else 0)
    steps = waterfall_steps(drawn.chart)[1:3]
    assert all(abs(room.at(step.low) - room.at(step.high)) > 15 for step in steps)


def test_shortened_labels_stay_distinct() -> None:
    """Categories that differ in their last word only are cut in the middle."""
    names = [f"A fairly long name of category number {index}" for index in range(12)]
    drawn = view_of(chart(ChartKind.BAR, list(names), [1.0] * 12))
    assert len(set(frame(drawn, 12, 300, 200).categories)) == 12


@pytest.mark.parametrize(
    ("values", "index", "where"),
    [
        ([1, 2, 3], 1, "l"),
        ([3, 2, 1], 1, "r"),
        ([1, 3, 1], 1, "t"),
        ([3, 1, 3], 1, "b"),
        ([1, 2, 3], 2, "r"),
        ([1, 2, 3], 0, "b"),
    ],
)
def test_labels_keep_off_the_line(values: list[float | int | None], index: int, where: str) -> None:
    """A label stands where the line does not go: above a peak, below a trough, before a rise."""
    assert label_side(values, index) == where
