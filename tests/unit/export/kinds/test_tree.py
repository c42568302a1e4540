from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.domain.formatting.display import COUNT
from deckgen.export.charts.kinds import kind_of
from deckgen.export.scene.elements import Curve, Panel, Rule, TextBox
from deckgen.export.scene.setting import tall
from deckgen.export.svg.drawing import chart as drawing
from tests.deck_parts import MONTH, MONTHS, YEAR
from tests.drawn_charts import THEME, charted, laid_out, written

YEARS = ["2023-01-01", "2024-01-01"]


def _tree(*said: Annotation) -> Chart:
    rows = {"Revenue per order": [900.0, 854.0], "Revenue": [9e6, 11.5e6], "Orders": [10_000, 13_466]}
    made = charted(ChartKind.TREE, YEARS, rows, category_unit=YEAR, annotations=list(said))
    orders = made.series[2].model_copy(update={"unit": COUNT})
    return made.model_copy(update={"series": [*made.series[:2], orders]})


def test_boxes_say_the_last_value_and_the_one_before() -> None:
    """Each box has its name, what it is now and what it was, in its own unit."""
    assert written(laid_out(_tree())[2]) == [
        *["Revenue per order", "$854", "2023: $900"],
        *["Revenue", "$11.5M", "2023: $9M"],
        *["Orders", "13,466", "2023: 10,000"],
        "÷",
    ]


def test_a_change_is_told_in_the_words_of_the_deck() -> None:
    """A difference that the chart points at stands in its box, and a loss wears the contrast."""
    change = Annotation(kind="difference", text="{{f4}} less", at=[0, 1], series=0)
    boxes = [shape for shape in laid_out(_tree(change))[2] if isinstance(shape, TextBox)]
    last = boxes[0].paragraphs[-1]
    assert (last.text, last.colour) == ("5.3% less", "contrast")
    assert "2023: $900" not in written(boxes)


def test_lines_join_the_ratio_to_its_values() -> None:
    """From the middle of the ratio's box, lines lead to the middle of each of the others."""
    shapes = laid_out(_tree())[2]
    ratio, upper, lower = (shape.box for shape in shapes if isinstance(shape, Panel))
    ends = {end for shape in shapes if isinstance(shape, Rule) for end in (shape.start, shape.end)}
    assert (ratio.right, ratio.top + ratio.height / 2) in ends
    for box in (upper, lower):
        assert (box.left, box.top + box.height / 2) in ends


def test_words_stay_inside_of_their_boxes() -> None:
    """In little room, what was is left out before anything leaves its box."""
    for wide, high in ((560, 330), (300, 150)):
        for shape in laid_out(_tree(), wide, high)[2]:
            if isinstance(shape, TextBox):
                assert tall(shape.paragraphs) <= shape.box.height + 0.01


def test_periods_make_a_course() -> None:
    """A tree over months draws how each value came to be what it is."""
    rows = {label: [1.0 * month for month in range(1, 13)] for label in ("a", "b", "c")}
    made = charted(ChartKind.TREE, MONTHS[:12], rows, category_unit=MONTH)
    courses = [shape for shape in laid_out(made)[2] if isinstance(shape, Curve)]
    assert [len(course.points) for course in courses] == [12, 12, 12]


def test_a_tree_is_drawn_by_its_shapes_alone() -> None:
    """No axis and no mark of another kind stands behind the boxes."""
    view, room, shapes = laid_out(_tree())
    root = drawing(view, THEME, room.width, room.height, room.size)
    assert {each.tag for each in root.iter()} == {"svg", "g", "rect", "line", "text"}
    panels = [shape for shape in shapes if isinstance(shape, Panel)]
    assert len(list(root.iter("rect"))) == sum(1 + bool(panel.edge) for panel in panels)


def test_a_tree_has_a_ratio_and_two_values() -> None:
    """Two series are no tree."""
    two = _tree().model_copy(update={"series": _tree().series[:2]})
    assert kind_of(_tree()).is_shapes
    assert not kind_of(two).is_shapes
