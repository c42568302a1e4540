"""What charts point at stands inside of them, and on nothing else."""

from itertools import combinations
from xml.etree import ElementTree as Tree

import pytest

from deckgen.domain.charts import Annotation, Chart, ChartKind
from deckgen.domain.formatting.display import TEXT, Value
from deckgen.export.charts import inked
from deckgen.export.charts.ends import spread
from deckgen.export.charts.kinds import frame, over, under
from deckgen.export.charts.viewing import view_of
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element, Panel, Polygon, Rule, TextBox
from deckgen.export.scene.extents import extent
from deckgen.export.svg.drawing import chart as drawing
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.chart_samples import one_of_each
from tests.deck_parts import MONTH, MONTHS, chart
from tests.decks import sample_deck
from tests.drawn_charts import native, written

WORDS, THEME = Words(sample_deck()), theme()
WIDE, TALL, SIZE = 600, 330, 13
GROUPS: list[Value] = ["DACH", "UK & Ireland", "France", "Nordics", "Iberia"]
VALUES: list[float | int | None] = [1_900_000, 1_250_000, 1_200_000, 800_000, 600_000]
POINTED = [
    Annotation(kind="difference", text="{{f4}} less, to be read with care", at=[0, 1]),
    Annotation(kind="line", text="Mean {{f1}}", value="f1"),
    Annotation(kind="band", text="Season of {{f3}}", at=[2, 3]),
    Annotation(kind="callout", text="Lowest since {{f6}}", at=[4]),
    Annotation(kind="event", text="Opened in {{f6}}", at=[1]),
]


def pointed(kind: ChartKind, **more: object) -> Chart:
    periods = kind is ChartKind.LINE
    drawn = chart(
        kind,
        list(MONTHS[:5]) if periods else GROUPS,
        VALUES,
        category_unit=MONTH if periods else TEXT,
        highlight=[1],
    )
    return drawn.model_copy(update={"annotations": POINTED, **more})


def drawn(shown: Chart) -> list[Element]:
    view = view_of(shown, WORDS, THEME.face)
    room = frame(view, SIZE, WIDE, TALL)
    return [*under(view, room), *over(view, room, THEME)]


def corners(element: Element) -> list[tuple[float, float]]:
    match element:
        case Rule():
            return [element.start, element.end]
        case Polygon():
            return list(element.points)
        case TextBox() | Panel():
            box = element.box
            return [(box.left, box.top), (box.right, box.bottom)]
    return []


def each_text(text: TextBox) -> str:
    return " ".join(each.text for each in text.paragraphs)


def touch(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.5 and high > 0.5


KINDS = [ChartKind.LINE, ChartKind.COLUMN, ChartKind.BAR, ChartKind.WATERFALL]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_pointed_at_stays_inside_of_the_chart(kind: ChartKind) -> None:
    """No bracket, line or word leaves the room of its chart."""
    for element in drawn(pointed(kind)):
        for x, y in corners(element):
            assert -0.5 <= x <= WIDE + 0.5, element
            assert -0.5 <= y <= TALL + 0.5, element


@pytest.mark.parametrize("kind", KINDS)
def test_words_stand_on_no_other_word_and_on_no_label(kind: ChartKind) -> None:
    """The words of annotations touch neither one another nor the values at the marks."""
    shown = pointed(kind)
    view = view_of(shown, WORDS, THEME.face)
    room = frame(view, SIZE, WIDE, TALL)
    labels = inked.labels(view, room)
    words = [each.box for each in over(view, room, THEME) if isinstance(each, TextBox)]
    assert not [pair for pair in combinations([*words, *labels], 2) if touch(*pair)]


@pytest.mark.parametrize("kind", [ChartKind.LINE, ChartKind.COLUMN])
def test_every_annotation_is_said_with_its_fact(kind: ChartKind) -> None:
    """The words of each annotation are drawn, and their numbers keep the reference to their fact."""
    texts = [each for each in drawn(pointed(kind)) if isinstance(each, TextBox)]
    paragraphs = [paragraph for each in texts for paragraph in each.paragraphs]
    said = " ".join(each.text for each in paragraphs)
    for part in ("less, to be read", "Mean", "Season of", "Lowest since", "Opened in"):
        assert part in said
    spans = [span for each in paragraphs for line in each.lines for span in line]
    assert {span.reference for span in spans} >= {"f1", "f3", "f4", "f6"}


def test_a_line_lies_at_the_value_of_its_fact() -> None:
    """The line of a target is as high as a mark of the same value, and the axis reaches it."""
    shown = pointed(ChartKind.COLUMN, annotations=POINTED[1:2])
    view = view_of(shown, WORDS, THEME.face)
    room = frame(view, SIZE, WIDE, TALL)
    (height,) = {each.start[1] for each in over(view, room, THEME) if isinstance(each, Rule)}
    assert height == pytest.approx(room.at(1_250_000))
    low = chart(ChartKind.COLUMN, GROUPS, [1.0, 2, 3, 4, 5]).model_copy(
        update={"annotations": POINTED[1:2]}
    )
    assert frame(view_of(low, WORDS, THEME.face), SIZE, WIDE, TALL).scale.high >= 1_250_000


def test_a_line_does_not_strike_labels_out() -> None:
    """Where a line at a value would go through what is written at a mark, it is broken."""
    shown = pointed(ChartKind.COLUMN, annotations=POINTED[1:2])
    view = view_of(shown, WORDS, THEME.face)
    room = frame(view, SIZE, WIDE, TALL)
    labels = inked.labels(view, room)
    for rule in over(view, room, THEME):
        if isinstance(rule, Rule):
            left, right, at = rule.start[0], rule.end[0], rule.start[1]
            assert not any(b.top < at < b.bottom and left < b.right and right > b.left for b in labels)


def test_a_fall_wears_the_colour_of_losses() -> None:
    """A difference is in accent where the later value is larger, and otherwise in contrast."""
    fills = {
        at: {
            each.fill
            for each in drawn(
                pointed(
                    ChartKind.COLUMN,
                    annotations=[Annotation(kind="difference", text="{{f4}}", at=list(at))],
                )
            )
            if isinstance(each, Panel)
        }
        for at in ((0, 1), (1, 0))
    }
    assert fills == {(0, 1): {"contrast"}, (1, 0): {"accent"}}


def test_annotations_of_what_is_not_there_are_left_out() -> None:
    """A category, a series or a fact that is missing leaves the chart as it is without."""
    strange = [
        Annotation(kind="difference", text="x", at=[0, 9]),
        Annotation(kind="difference", text="x", at=[0]),
        Annotation(kind="callout", text="x", at=[0], series=4),
        Annotation(kind="line", text="x", value="f6"),
        Annotation(kind="line", text="x"),
        Annotation(kind="event", text="x"),
    ]
    assert drawn(pointed(ChartKind.COLUMN, annotations=strange)) == []
    view = view_of(pointed(ChartKind.LINE, annotations=strange, focus=[0]), WORDS, THEME.face)
    assert view.tint(0) == "accent"


@pytest.mark.parametrize("value", range(700_000, 1_200_000, 50_000))
@pytest.mark.parametrize("kind", [ChartKind.COLUMN, ChartKind.BAR])
def test_words_at_a_mark_are_not_struck_out(kind: ChartKind, value: int) -> None:
    """A callout keeps clear of the line at a value, also where that lies just beyond the mark."""
    lowest = Annotation(kind="callout", text="Lowest", at=[1])
    made = chart(kind, GROUPS[:2], [1_900_000, value])
    shapes = drawn(made.model_copy(update={"annotations": [POINTED[1], lowest]}))
    (words,) = [each for each in shapes if isinstance(each, TextBox) and "Lowest" in each_text(each)]
    dashed = [extent(each).inset(-0.5) for each in shapes if isinstance(each, Rule) and each.dashed]
    assert dashed
    assert not [line for line in dashed if line.overlaps(words.box)]


SHORT = [
    Annotation(kind="difference", text="less", at=[0, 1]),
    Annotation(kind="line", text="mean", value="f1"),
    Annotation(kind="band", text="season", at=[0, 1]),
    Annotation(kind="callout", text="odd", at=[1]),
    Annotation(kind="event", text="opened", at=[1]),
]


@pytest.mark.parametrize("kind", ChartKind)
def test_what_a_chart_can_not_point_at_is_said_above_it(kind: ChartKind) -> None:
    """The words of each annotation stand in the chart, or in its note with what they are said of."""
    made = one_of_each()[kind].model_copy(update={"annotations": SHORT})
    view = view_of(made, WORDS, THEME.face)
    said = " ".join(written(drawn(made)))
    for each in SHORT:
        told = [part for part in view.note.split("; ") if part.endswith(each.text)]
        assert (each.text in said.split()) is not bool(told), each.kind
        assert all(view.categories[each.at[0]] in part for part in told if each.at)


@pytest.mark.parametrize("kind", ChartKind)
def test_a_chart_is_not_about_what_is_not_there(kind: ChartKind) -> None:
    """Numbers of categories and series that a chart has not change nothing in it, in any format."""
    made = one_of_each()[kind]
    strange = {name: [*getattr(made, name), 99, -1] for name in ("highlight", "focus", "partial")}
    looks = []
    for shown in (made, made.model_copy(update=strange)):
        view = view_of(shown, WORDS, THEME.face)
        looks.append(Tree.tostring(drawing(view, THEME, WIDE, TALL, SIZE)))
        if view.kind.native:
            looks[-1] += Tree.tostring(Tree.fromstring(native(shown).part.blob))
    assert looks[0] == looks[1]


def test_names_at_ends_move_no_further_than_they_must() -> None:
    """Names that would touch stand directly under one another around where they belong."""
    assert spread([50, 200], [16, 16], 300) == [50, 200]
    assert spread([100, 104], [16, 16], 300) == [94, 110]
    assert spread([104, 100], [16, 16], 300) == [110, 94]
    assert spread([2, 3], [16, 16], 300) == [8, 24]
    assert spread([299, 298], [16, 16], 300) == [292, 276]
