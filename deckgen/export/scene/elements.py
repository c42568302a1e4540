"""The parts of a scene. Lengths are points from the top left; colours are names of a palette's."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Span
from deckgen.export.layout.boxes import Box

EDGE = 4  # points: the width of a panel's edge
DOT = 4  # points: the radius of the dot at a curve's end
Align = Literal["left", "center", "right"]
Anchor = Literal["top", "middle", "bottom"]
Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """Text broken into lines, in one size and colour."""

    lines: tuple[Line, ...]
    size: float
    bold: bool = False
    colour: str = "ink"
    align: Align = "left"
    before: float = 0  # room above it
    is_point: bool = False  # has a bullet, and is indented by POINT_INDENT

    @property
    def text(self) -> str:
        return "".join(span.text for line in self.lines for span in line)


@dataclass(frozen=True)
class TextBox:
    """Paragraphs in a box. `slot` says what of the slide it is: headline, lead-in, takeaways …"""

    slot: str
    box: Box
    paragraphs: tuple[Paragraph, ...]
    anchor: Anchor = "top"


@dataclass(frozen=True)
class Panel:
    """A filled rectangle behind text, with an edge of a colour to its left.

    A round one ends in half discs: a pill, or a disc if it is a square.
    """

    box: Box
    fill: str = "wash"
    edge: str = ""
    is_round: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str = "line"
    weight: float = 0.75
    dashed: bool = False


@dataclass(frozen=True)
class Curve:
    """A line through points: the course of a figure."""

    points: tuple[tuple[float, float], ...]
    colour: str = "rest"
    weight: float = 1.5
    ends_in_dot: bool = False


@dataclass(frozen=True)
class Polygon:
    """A filled shape: the head of an arrow, a band, the mark of a broken base."""

    points: tuple[tuple[float, float], ...]
    fill: str = "rest"


@dataclass(frozen=True)
class ChartBox:
    """A chart and its room; its text has so many points."""

    box: Box
    chart: Chart
    size: int


@dataclass(frozen=True)
class Cell:
    paragraph: Paragraph
    fill: str = ""


@dataclass(frozen=True)
class TableBox:
    """A table: `widths` and `heights` of its columns and rows, the first `heads` of which are heads.

    Lines part its rows, unless its cells are filled and stand apart by themselves.
    """

    box: Box
    title: str
    alt: str
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 1
    is_ruled: bool = True


Element: TypeAlias = TextBox | Panel | Rule | Curve | Polygon | ChartBox | TableBox


@dataclass(frozen=True)
class Scene:
    """A slide as it is drawn: its elements in reading order.

    `left_out` are the texts that found no room, `shortened` the names that end in an ellipsis.
    """

    slide: str
    archetype: str
    elements: tuple[Element, ...]
    left_out: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()

    @property
    def further(self) -> tuple[str, ...]:
        """What is not shown whole, for the notes."""
        return (*self.left_out, *self.shortened)


def paragraphs(elements: Iterable[Element]) -> Iterator[tuple[str, Paragraph]]:
    """Yields every paragraph of texts and tables, with its slot."""
    for element in elements:
        match element:
            case TextBox():
                yield from ((element.slot, each) for each in element.paragraphs)
            case TableBox():
                yield from (("table", cell.paragraph) for row in element.rows for cell in row)
