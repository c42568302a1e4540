import pytest

from deckgen.domain.charts import Chart, ChartKind
from deckgen.export.charts.kinds import kind_of
from deckgen.export.charts.native.stacks import BASE
from deckgen.export.scene.elements import Rule
from tests.drawn_charts import charted, laid_out, native, native_values, touching, written

LABELS = ["Lowest", "Lower quartile", "Median", "Upper quartile", "Highest"]
RENTS: list[tuple[int, ...]] = [
    (480, 900, 1150, 1500, 2900),
    (600, 1100, 1500, 2100, 3900),
    (450, 800, 1010, 1250, 2200),
]
THROUGH_ZERO: list[tuple[int, ...]] = [
    (-40, -10, -2, 8, 30),
    (-30, -20, -10, -5, -1),
    (-5, -1, 2, 4, 8),
]


def _boxes(groups: list[tuple[int, ...]], highlight: int = 1) -> Chart:
    rows = {label: [group[n] for group in groups] for n, label in enumerate(LABELS)}
    names = ["Kreuzberg", "Mitte", "Pankow"]
    return charted(ChartKind.DISTRIBUTION, names, rows, highlight=[highlight])


def test_medians_are_named_and_the_chosen_one_is_bold() -> None:
    """Each group says its median at its own height, and the key says what box and lines are."""
    shapes = laid_out(_boxes(RENTS))[2]
    key = ["Lower quartile – Upper quartile", "Lowest – Highest", "Median"]
    assert written(shapes) == [*key, "$1,150", "$1,500", "$1,010"]
    bold = [each.text for shape in shapes for each in getattr(shape, "paragraphs", ()) if each.bold]
    assert bold == ["$1,500"]


def test_words_of_a_distribution_keep_off_the_marks() -> None:
    """Medians stand beyond the highest value, and no words touch."""
    _, room, shapes = laid_out(_boxes(RENTS), 420, 240)
    assert not touching(shapes)
    ends = [shape.end[0] for shape in shapes if isinstance(shape, Rule)]
    assert max(ends) <= room.width - room.right


@pytest.mark.parametrize("groups", [RENTS, THROUGH_ZERO])
def test_native_boxes_reach_from_quartile_to_quartile(groups: list[tuple[int, ...]]) -> None:
    """The stacks cover each middle half and nothing else, whatever side of zero it is on."""
    values = native_values(native(_boxes(groups)))
    base = values.pop(BASE)
    for index, (_, lower, _, upper, _) in enumerate(groups):
        carried = base[index] or 0
        parts = [column[index] or 0 for column in values.values()]
        ends = [carried + sum(part for part in parts if part * way > 0) for way in (1, -1)]
        top, bottom = (ends[0] if upper > 0 else carried), (ends[1] if lower < 0 else carried)
        assert [bottom, top] == pytest.approx([lower, upper])


def test_a_native_box_is_cut_at_its_median() -> None:
    """The workbook tells the median: the first half of each box ends there."""
    values = native_values(native(_boxes(RENTS)))
    base, half = values[BASE], values["Lower quartile – Median"]
    reached = [(one or 0) + (other or 0) for one, other in zip(base, half, strict=True)]
    assert reached == [1150, 1500, 1010]


def test_a_distribution_has_five_values_in_order() -> None:
    """Fewer series, and values out of order, are no distribution."""
    assert kind_of(_boxes(RENTS)).native == "boxes"
    assert kind_of(_boxes([(5, 4, 3, 2, 1)] * 3)).native == "bars"
