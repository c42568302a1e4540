"""A scene as HTML: each element in its place on a stage of 16:9, in the order of reading."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as Tree

from markupsafe import Markup, escape

from deckgen.export.html.charts import drawings, written
from deckgen.export.html.placing import Placed, placed
from deckgen.export.html.text import Marker, joined
from deckgen.export.layout.boxes import Box, length
from deckgen.export.scene.elements import (
    Cell,
    ChartBox,
    Curve,
    Panel,
    Paragraph,
    Polygon,
    Rule,
    Scene,
    TableBox,
    TextBox,
)
from deckgen.export.svg.shapes import draw
from deckgen.export.text import Words
from deckgen.export.themes.theme import Theme

_WIDEST_TABLE = 4  # columns that a phone shows side by side
_LISTS = ("points", "takeaways")


class Stage:
    """Writes the scenes of one deck."""

    def __init__(self, marker: Marker, words: Words, theme: Theme) -> None:
        self._marker, self._words, self._theme = marker, words, theme

    def scene(self, scene: Scene, number: int) -> Markup:
        """Returns what stands on the stage of a slide."""
        self._number = number
        self._heads: dict[tuple[float, float], str] = {}  # of columns, by their left and width
        grid = self._theme.grid
        return self._all(placed(scene.elements), Box(0, 0, grid.width, grid.height))

    def _all(self, parts: Sequence[Placed], around: Box) -> Markup:
        return joined(self._one(part, around) for part in parts)

    def _one(self, part: Placed, around: Box) -> Markup:
        element, place = part.element, _place(part.box, around)
        match element:
            case Panel():
                return self._panel(element, part, place)
            case TextBox():
                return self._text(element, place)
            case TableBox():
                return self._table(element, place)
            case ChartBox():
                alt = self._words.line(element.chart.alt)
                opened = Markup('<div class="at chart" style="{}" role="img" aria-label="{}">')
                return opened.format(place, alt) + drawings(element, self._words, self._theme) + _DIV
            case Rule() | Curve() | Polygon():
                return _drawn(element, part.box, place, self._theme)

    def _panel(self, element: Panel, part: Placed, place: str) -> Markup:
        looks = ["at", "panel", f"on-{element.fill}"]
        looks += ["edged", f"edge-{element.edge}"] if element.edge else []
        looks += ["round"] if element.is_round else []
        inside = self._all(part.inside, part.box)
        looks += [] if part.inside else ["bare"]
        return Markup('<div class="{}" style="{}">{}</div>').format(" ".join(looks), place, inside)

    def _text(self, element: TextBox, place: str) -> Markup:
        slot = f"slot-{element.slot.replace(' ', '-')}"
        attributes = Markup(' class="at text {} {}" style="{}"').format(element.anchor, slot, place)
        if element.slot == "headline":
            tag = "h1" if self._number == 1 else "h2"
            attributes += Markup(' id="title-{}"').format(self._number)
            return _tagged(tag, attributes, self._paragraphs(element.paragraphs, "span"))
        if element.slot == "so what":
            tag = "h2" if self._number == 1 else "h3"
            return _tagged(tag, attributes, self._paragraphs(element.paragraphs, "span"))
        if element.slot in _LISTS:
            items = [self._paragraphs(item, "p") for item in _items(element.paragraphs)]
            written_items = joined(_tagged("li", Markup(), item) for item in items)
            return _tagged("ul", attributes, written_items)
        return _tagged(
            "div", attributes + self._head(element), self._paragraphs(element.paragraphs, "p")
        )

    def _head(self, element: TextBox) -> Markup:
        """Returns the name of the column that a text stands in: a phone shows no columns."""
        column = element.box.left, element.box.width
        if element.slot == "head":
            self._heads[column] = "".join(each.text for each in element.paragraphs)
        elif column in self._heads:
            return Markup(' data-head="{}"').format(self._heads[column])
        return Markup()

    def _paragraphs(self, paragraphs: Sequence[Paragraph], tag: str) -> Markup:
        return joined(self._paragraph(each, tag) for each in paragraphs)

    def _paragraph(self, paragraph: Paragraph, tag: str) -> Markup:
        before = f";--b:{length(paragraph.before)}" if paragraph.before else ""
        attributes = Markup(' class="{}" style="--s:{}{}" dir="auto"').format(
            " ".join(["p", *_looks(paragraph)]), length(paragraph.size), before
        )
        return _tagged(tag, attributes, self._marker.lines(paragraph))

    def _table(self, element: TableBox, place: str) -> Markup:
        looks = "" if len(element.widths) <= _WIDEST_TABLE else " stacked"
        looks += "" if element.is_ruled else " unruled"
        sizes = [cell.paragraph.size for row in element.rows for cell in row]
        size = f";--s:{length(sizes[0])}" if sizes else ""
        columns = joined(Markup('<col style="--w:{}">').format(length(wide)) for wide in element.widths)
        heads = [cell.paragraph.text for cell in element.rows[element.heads - 1]]
        rows = [
            self._row(row, tall, heads, is_head=number < element.heads)
            for number, (row, tall) in enumerate(zip(element.rows, element.heights, strict=True))
        ]
        return Markup(
            '<table class="at table{}" style="{}{}" aria-label="{}">'
            "<colgroup>{}</colgroup>\n<thead>{}</thead>\n<tbody>{}</tbody></table>"
        ).format(
            looks, place, size, element.title or element.alt, columns,
            joined(rows[: element.heads]), joined(rows[element.heads :]),
        )  # fmt: skip

    def _row(self, row: Sequence[Cell], tall: float, heads: list[str], *, is_head: bool) -> Markup:
        cells = [
            self._cell(cell, head, is_head=is_head, is_first=not place and len(row) > 1)
            for place, (cell, head) in enumerate(zip(row, heads, strict=True))
        ]
        return Markup('<tr style="--h:{}">{}</tr>').format(length(tall), Markup("").join(cells))

    def _cell(self, cell: Cell, head: str, *, is_head: bool, is_first: bool) -> Markup:
        looks = _looks(cell.paragraph) + ([f"on-{cell.fill}"] if cell.fill else [])
        attributes = Markup(' class="{}"').format(" ".join(looks)) if looks else Markup()
        attributes += Markup(' dir="auto"')
        named = bool(cell.paragraph.text.strip())
        if is_head or is_first:
            attributes += Markup(' scope="{}"').format("col" if is_head else "row") if named else ""
        elif head:
            attributes += Markup(' data-head="{}"').format(head.strip())
        tag = "th" if (is_head or is_first) and named else "td"
        return _tagged(tag, attributes, self._marker.lines(cell.paragraph))


_DIV = Markup("</div>")


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yields the paragraphs of each point: what supports a bold lead belongs to it."""
    starts: list[int] = []
    for number, each in enumerate(paragraphs):
        is_support = number > 0 and paragraphs[number - 1].bold and not each.bold
        starts.append(starts[-1] if is_support else number)
    for _, group in groupby(zip(starts, paragraphs, strict=True), key=lambda pair: pair[0]):
        yield [paragraph for _, paragraph in group]


def _looks(paragraph: Paragraph) -> list[str]:
    found = [f"in-{paragraph.colour}"] if paragraph.colour != "ink" else []
    found += ["bold"] if paragraph.bold else []
    found += [paragraph.align] if paragraph.align != "left" else []
    return [*found, "point"] if paragraph.is_point else found


def _drawn(element: Rule | Curve | Polygon, box: Box, place: str, theme: Theme) -> Markup:
    sides = (box.left, box.top, box.width, box.height)
    root = Tree.Element("svg", {"viewBox": " ".join(map(length, sides)), "preserveAspectRatio": "none"})
    root.extend([*draw(element, theme)])
    name = type(element).__name__.lower()
    return Markup('<div class="at {}" style="{}">{}</div>').format(name, place, written(root, "drawn"))


def _place(box: Box, around: Box) -> str:
    """Returns a place as the style sheet reads it, in points from the corner of what is around it."""
    left, top = box.left - around.left, box.top - around.top
    return f"--x:{length(left)};--y:{length(top)};--w:{length(box.width)};--h:{length(box.height)}"


def _tagged(tag: str, attributes: Markup, inside: Markup) -> Markup:
    return Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, escape(inside))
