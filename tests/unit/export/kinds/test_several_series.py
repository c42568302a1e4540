"""Charts of several series: parts, shares, lines, slopes, small multiples."""

from itertools import combinations

import pytest

from deckgen.domain.charts import Annotation, Chart, ChartKind, Series
from deckgen.domain.formatting.display import PERCENT
from deckgen.export.charts import inked
from deckgen.export.charts.kinds import kind_of, kinds, over, parts
from deckgen.export.scene.elements import TextBox
from tests.deck_parts import MONTHS
from tests.drawn_charts import THEME, native, native_values
from tests.several_series import (
    GROUPS,
    PRODUCTS,
    SEVEN,
    YEARS,
    assert_apart,
    of,
    over_time,
    seen,
    series,
    texts,
    touch,
)


@pytest.mark.parametrize("kind", [ChartKind.STACKED, ChartKind.SHARES])
def test_of_many_parts_five_are_drawn(kind: ChartKind) -> None:
    """The largest parts and those in focus stay; all others are one, and nothing is lost."""
    shown = over_time(kind, YEARS, *SEVEN, focus=[6])
    view, _ = seen(shown)
    assert view.labels == ["Platform", "Analytics", "Services", "Licences", "Other"]
    assert view.chart.focus == [3]
    total = sum(float(value or 0) for each in view.series for value in each.values)
    whole = sum(float(value or 0) for each in SEVEN for value in each.values)
    assert total == pytest.approx(3 if kind is ChartKind.SHARES else whole)


def test_what_is_pointed_at_stays_when_parts_become_one() -> None:
    """Lines, bands and events are the whole chart's, also where its first series is small and becomes
    one of the others; words about that series itself are left out."""
    kinds_ = ("line", "band", "event", "callout")
    said = [Annotation(kind=kind, text=f"A {kind}", value="f1", at=[1]) for kind in kinds_]
    shown = over_time(ChartKind.STACKED, YEARS, series("Least", [1, 2, 3]), *SEVEN, annotations=said)
    assert {"A line", "A band", "A event"} <= set(texts(shown))
    assert "A callout" not in texts(shown)


@pytest.mark.parametrize("kind", [ChartKind.SHARES, ChartKind.INDEXED])
def test_a_line_at_a_value_has_no_place_among_shares_and_indexes(kind: ChartKind) -> None:
    """A target in dollars is left out where the axis has no dollars, and the axis stays as it is."""
    target = Annotation(kind="line", text="Target", value="f1")
    shown = over_time(kind, YEARS, *SEVEN[:3])
    pointed = shown.model_copy(update={"annotations": [target]})
    assert "Target" not in texts(pointed)
    assert seen(pointed)[1].scale == seen(shown)[1].scale


def test_words_at_a_stack_stand_over_it() -> None:
    """Boxes of parts stand on one another; words at a period lie on none of them."""
    odd = Annotation(kind="callout", text="Odd one", at=[0])
    view, room = seen(over_time(ChartKind.STACKED, YEARS, *SEVEN[:3], annotations=[odd]))
    lower, upper = (inked.bar(view, room, number, 1) for number in (0, 1))
    assert upper.bottom == pytest.approx(lower.top)
    assert lower.bottom == pytest.approx(room.at(0))
    texts_ = [each for each in over(view, room, THEME) if isinstance(each, TextBox)]
    (words,) = [each.box for each in texts_ if each.paragraphs[0].text == "Odd one"]
    sums = [each.box for each in texts_ if each.slot == "value"]
    assert not [box for box in [*inked.marks(view, room), *sums] if touch(words, box)]


def test_parts_are_native_columns() -> None:
    """Each part is a native series with the deck's values."""
    made = native(over_time(ChartKind.STACKED, YEARS, *SEVEN[:4]))
    assert native_values(made) == {each.label: each.values for each in SEVEN[:4]}


def test_stacked_columns_say_their_sums() -> None:
    """Over each column stands what its parts add up to; each part is named beside the last."""
    said = texts(over_time(ChartKind.STACKED, YEARS, *SEVEN[:4]))
    assert said == ["$8.8M", "$9.9M", "$10.4M", "Platform", "Analytics", "Services", "Support"]


def test_shares_say_how_far_they_moved() -> None:
    """Beside the last of several periods stands by how many points each share has changed."""
    parts_ = [
        Series(label=name, unit=PERCENT, values=each)
        for name, each in (("Yes", [0.6, 0.5, 0.4]), ("No", [0.4, 0.5, 0.6]))
    ]
    assert texts(over_time(ChartKind.SHARES, YEARS, *parts_)) == [
        "Yes −20\N{NO-BREAK SPACE}pp",
        "No +20\N{NO-BREAK SPACE}pp",
    ]
    by_group = of(ChartKind.SHARES, GROUPS[:3], *parts_)
    assert texts(by_group) == ["Yes", "No"]


def test_indexes_begin_at_100() -> None:
    """Each line of an index begins at 100 and keeps its growth."""
    shown = over_time(ChartKind.INDEXED, YEARS, *SEVEN[:3])
    made = native_values(native(shown))
    assert {each[0] for each in made.values()} == {100}
    assert made["Platform"] == pytest.approx([100, 112.5, 125])


@pytest.mark.parametrize(
    ("shown", "instead"),
    [
        (over_time(ChartKind.INDEXED, YEARS, *SEVEN[:2], series("A", [0, 1, 2])), ChartKind.LINE),
        (over_time(ChartKind.SHARES, YEARS, *SEVEN[:2], series("A", [1, -1, 2])), ChartKind.COLUMN),
        (over_time(ChartKind.STACKED, YEARS, SEVEN[0]), ChartKind.COLUMN),
    ],
)
def test_what_can_not_be_worked_out_is_drawn_as_it_is(shown: Chart, instead: ChartKind) -> None:
    """Values that make no shares and no index are shown themselves, on a scale that holds them."""
    view, room = seen(shown)
    assert view.chart.kind is instead
    assert [each.values for each in view.series] == [each.values for each in shown.series]
    assert room.scale.low <= min(view.reached)
    assert max(view.reached) <= room.scale.high


@pytest.mark.parametrize(("at", "colour"), [([0, 2], "contrast"), ([0, 1], "accent")])
def test_a_line_whose_fall_is_told_wears_the_contrast(at: list[int], colour: str) -> None:
    """Where the chart points at what a series lost, line and words have the colour of losses."""
    lost = Annotation(kind="difference", text="{{f4}}", at=at, series=1)
    falling = series("Down", [1e6, 1.1e6, 0.4e6])
    view, _ = seen(over_time(ChartKind.LINE, YEARS, SEVEN[0], falling, focus=[1], annotations=[lost]))
    assert view.tint(1) == colour


def test_the_line_in_focus_lies_over_the_others() -> None:
    """PowerPoint draws series in their order: what the slide is about comes last."""
    made = native(over_time(ChartKind.LINE, YEARS, *SEVEN, focus=[2]))
    assert [each.name for each in made.plots[0].series][-1] == "Services"
    assert native_values(made) == {each.label: each.values for each in SEVEN}


def test_a_slope_names_each_line_twice() -> None:
    """Each line has its name and value at both ends, and a fall stands out where none is in focus."""
    both = [series(each.label, each.values[:2]) for each in (*SEVEN[:3], series("Down", [2e6, 1e6]))]
    shown = over_time(ChartKind.SLOPE, YEARS[:2], *both)
    said = texts(shown)
    assert {"Platform $2.8M", "$3.2M Platform", "Down $2M", "$1M Down"} <= set(said)
    view, _ = seen(shown)
    assert [view.tint(number) for number in range(4)] == ["accent"] * 3 + ["contrast"]


SMALL = over_time(
    ChartKind.MULTIPLES,
    list(MONTHS),
    *(series(name, [1e6 * n + 1e4 * month for month in range(24)]) for n, name in enumerate(PRODUCTS)),
    focus=[2],
)


def test_small_multiples_share_their_axes() -> None:
    """There is a native chart for each series, the largest first, all on one scale."""
    view, room = seen(SMALL)
    found = parts(view, room)
    assert [each.view.labels for each in found] == [[name] for name in reversed(PRODUCTS)]
    assert len({each.room.scale for each in found}) == 1
    assert len({(each.box.width, each.box.height) for each in found}) == 1
    assert [each.view.tint(0) for each in found].count("accent") == 1


def test_small_multiples_stand_apart() -> None:
    """No chart lies over another, and each has its name and last value over it."""
    view, room = seen(SMALL)
    boxes = [each.box for each in parts(view, room)]
    boxes += [each.box for each in over(view, room, THEME) if isinstance(each, TextBox)]
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert {*PRODUCTS, "$230K", "$6.2M"} <= set(texts(SMALL))


@pytest.mark.parametrize(("count", "said"), [(30, []), (31, ["1 more has"]), (40, ["10 more have"])])
def test_of_very_many_small_charts_those_in_focus_are_there(count: int, said: list[str]) -> None:
    """The least of all is kept if the slide is about it, and how many have no room is said."""
    many = [series(f"P{number}", [1e6 * number, 2e6 * number]) for number in range(1, count + 1)]
    shown = over_time(ChartKind.MULTIPLES, YEARS[:2], *many, focus=[0])
    view, room = seen(shown)
    found = [each.view.labels[0] for each in parts(view, room)]
    assert found[-1] == "P1"
    assert [text for text in texts(shown) if " room " in text] == [
        f"{each} no room here" for each in said
    ]
    assert len(found) + sum(int(each.split()[0]) for each in said) == count
    assert_apart(shown)


@pytest.mark.parametrize(
    "shown",
    [
        over_time(ChartKind.STACKED, YEARS, *SEVEN, focus=[2]),
        over_time(ChartKind.SHARES, YEARS, *SEVEN),
        over_time(ChartKind.INDEXED, YEARS, *SEVEN, focus=[4]),
        over_time(ChartKind.SLOPE, YEARS[:2], *(series(s.label, s.values[:2]) for s in SEVEN)),
        over_time(ChartKind.LINE, YEARS, *SEVEN, focus=[3]),
        over_time(ChartKind.MULTIPLES, YEARS, *SEVEN, focus=[3]),
    ],
    ids=lambda shown: shown.kind,
)
def test_texts_do_nottouch(shown: Chart) -> None:
    """Names, values and sums stand clear of one another and inside of the chart."""
    assert kind_of(shown) is kinds()[shown.kind]
    assert_apart(shown)
