import pytest

from deckgen.domain.decks import ChartKind
from deckgen.domain.formatting.display import HOUR
from deckgen.export.charts.frame import frame
from deckgen.export.charts.view import label_side, view_of, waterfall_steps
from deckgen.export.pptx.waterfall import columns
from deckgen.export.text import Words
from tests.deck_parts import CITIES, MONTH, MONTHS, YEAR, chart
from tests.decks import sample_deck

WORDS = Words(sample_deck())


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
    drawn = view_of(chart(ChartKind.WATERFALL, [*"abcde"][: len(values)], values), WORDS)
    stacked = columns(drawn, frame(drawn, 12, 500, 300))
    base, _ = stacked.pop("Base"), stacked.pop("Labels")
    for index, step in enumerate(waterfall_steps(drawn.chart)):
        carried = base[index] or 0
        parts = [column[index] or 0 for column in stacked.values()]
        ends = [carried + sum(part for part in parts if part * way > 0) for way in (1, -1)]
        assert max(carried, *ends) == pytest.approx(step.high)
        assert min(carried, *ends) == pytest.approx(step.low)


def test_labels_of_periods_are_left_out_evenly() -> None:
    """Of 24 months, as many are written as fit, at a step that calendars know."""
    drawn = view_of(chart(ChartKind.LINE, list(MONTHS), [1.0] * 24, category_unit=MONTH), WORDS)
    assert frame(drawn, 12, 700, 300).tick_every == 3
    assert frame(drawn, 12, 5000, 300).tick_every == 1
    hours = view_of(chart(ChartKind.LINE, [*range(24)], [1.0] * 24, category_unit=HOUR), WORDS)
    assert frame(hours, 12, 400, 300).tick_every == 6


def test_columns_have_labels_or_an_axis() -> None:
    """A few columns say their values and need no axis; many have an axis in place of labels."""
    few = view_of(chart(ChartKind.COLUMN, list(MONTHS[:6]), [1e6] * 6, category_unit=YEAR), WORDS)
    many = view_of(chart(ChartKind.COLUMN, list(MONTHS), [1e6] * 24, category_unit=YEAR), WORDS)
    roomy, crowded = (frame(each, 12, 500, 300) for each in (few, many))
    assert (roomy.axis, roomy.labelled) == (False, [[0, 1, 2, 3, 4, 5]])
    assert (crowded.axis, crowded.labelled) == (True, [[]])


def test_columns_with_an_axis_start_at_zero() -> None:
    """Columns of nearly equal height look so: their axis begins at zero, while a line's need not."""
    values: list[float | int | None] = [1000.0 + month for month in range(24)]
    columns_, line = (
        frame(view_of(chart(kind, [*MONTHS], values, category_unit=MONTH), WORDS), 12, 500, 300)
        for kind in (ChartKind.COLUMN, ChartKind.LINE)
    )
    assert columns_.axis
    assert columns_.scale.low == 0
    assert line.scale.low > 0


def test_lines_are_named_at_their_ends_only_where_they_are_apart() -> None:
    """Lines that end near one another get a legend, since names at their ends would collide."""
    apart = view_of(chart(ChartKind.LINE, list(CITIES), [1.0, 2, 3, 4, 9], [1.0, 2, 3, 4, 1]), WORDS)
    close = view_of(chart(ChartKind.LINE, list(CITIES), [1.0, 2, 3, 4, 9], [1.0, 2, 3, 4, 8.9]), WORDS)
    assert frame(apart, 12, 500, 300).named_ends
    assert not frame(apart, 12, 500, 300).legend
    assert not frame(close, 12, 500, 300).named_ends
    assert len(frame(close, 12, 500, 300).legend) == 2


def test_shortened_labels_stay_distinct() -> None:
    """Categories that differ in their last word only are cut in the middle."""
    names = [f"A fairly long name of category number {index}" for index in range(12)]
    drawn = view_of(chart(ChartKind.BAR, list(names), [1.0] * 12), WORDS)
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
