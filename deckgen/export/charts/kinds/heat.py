"""Heat tables: a series is a row, a category a column, and the value a shade.

Values with signs are told apart at zero: what is below wears the contrast colour.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deckgen.domain.charts import Chart
from deckgen.domain.formatting.display import MISSING
from deckgen.export.charts.frame import LABEL_GAP, Frame, present
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.texts import label, paragraph
from deckgen.export.charts.view import View, short_categories, ticks_every
from deckgen.export.colours import readable_on
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Cell, Element, Panel, TableBox
from deckgen.export.themes.theme import Palette, Theme

_MOST_OF_WIDTH = 0.3  # for the names of the rows
_TALLEST = 54.0  # points of a cell
_PADDING = 12.0  # of a table's cell, left and right together
_SPARE = _PADDING + 4
_SMALL = 0.2  # of the largest value: hardly above or below zero
_KEY = 26.0  # points of a shade in the key


@dataclass(frozen=True)
class Shades:
    """How values become colours: from the least to the most, or by their sign."""

    low: float
    high: float

    @property
    def has_signs(self) -> bool:
        return self.low < 0 < self.high

    def of(self, value: float) -> str:
        if not self.has_signs:
            share = (value - self.low) / ((self.high - self.low) or 1)
            return f"ramp{min(4, int(share * 5))}"
        share = abs(value) / max(-self.low, self.high)
        if share < _SMALL:
            return "wash"
        return "contrast" if value < 0 else "ramp2" if share > 0.6 else "ramp1"


def _shades(view: View) -> Shades:
    return Shades(min(view.reached), max(view.reached))


def _frame(bare: Frame, view: View, size: float) -> Frame:
    """Room for the names of rows and columns; values are written where all of them fit."""
    most = bare.width * _MOST_OF_WIDTH
    left = min(most, max(view.face.width(name, size, bold=True) for name in view.labels) + _SPARE)
    framed = replace(bare, left=left, right=0, bottom=0, top=0, axis=False)
    room = framed.slot - _PADDING
    every = 1 if _fit(view, size, room) else ticks_every(view, framed.plot_width, size)
    categories = short_categories(view, size, room) if every == 1 else view.categories
    lines = max((len(view.face.wrap(name, size, room)) for name in categories), default=1)
    heads = height(lines if every == 1 else 1, size) + LABEL_GAP
    is_said = max(view.face.width(text, size, bold=True) for text in _values(view)) <= framed.slot - 4
    labelled = [present(row.values) if is_said else [] for row in view.series]
    key = 0 if is_said else height(1, size) + LABEL_GAP
    return replace(framed, top=heads + key, categories=categories, tick_every=every, labelled=labelled)


def _fit(view: View, size: float, room: float) -> bool:
    words = (word for name in view.categories for word in name.split())
    return all(view.face.width(word, size) <= room for word in words)


def _values(view: View) -> Iterator[str]:
    yield MISSING
    for number, row in enumerate(view.series):
        yield from (_said(view, number, index) for index in present(row.values))


def _said(view: View, row: int, index: int) -> str:
    series = view.series[row]
    return view.say(series.values[index], series.unit, signed=_shades(view).has_signs)


def _shapes(view: View, room: Frame, theme: Theme) -> Iterable[Element]:
    """Yields the table, and a key of the shades where cells do not say their values.

    Where not every column is named, a name is wider than its column: it stands above the table then.
    """
    is_said, is_headed = any(room.labelled), room.tick_every == 1
    key = 0.0 if is_said else height(1, room.size) + LABEL_GAP
    if not is_said:
        yield from _key(view, room)
    if not is_headed:
        yield from _names_above(room)
    tall = min(_TALLEST, room.plot_height / len(view.series))
    heights = [room.top - key] * is_headed + [tall] * len(view.series)
    place = Box(0, key if is_headed else room.top, room.width, sum(heights))
    rows = [_row(view, room, row, tall, theme.light) for row in range(len(view.series))]
    yield TableBox(
        place,
        view.title,
        view.alt,
        (room.left, *[room.slot] * len(room.categories)),
        tuple(heights),
        (*[_heads(view, room)] * is_headed, *rows),
        heads=int(is_headed),
        is_ruled=False,
    )


def _names_above(room: Frame) -> Iterator[Element]:
    wide = room.slot * room.tick_every
    for index in range(0, len(room.categories), room.tick_every):
        at = (room.along(index), room.top - height(0.5, room.size) - 4)
        name = room.categories[index]
        yield label(name, at, room.size, wide, align="center", colour="muted")


def _heads(view: View, room: Frame) -> tuple[Cell, ...]:
    size, limit = room.size, room.slot - _PADDING
    heads = [Cell(paragraph([""], size))]
    for index, name in enumerate(room.categories):
        is_bold = view.picked(index)
        colour, lines = "ink" if is_bold else "muted", view.face.wrap(name, size, limit)
        heads.append(Cell(paragraph(lines, size, bold=is_bold, colour=colour, align="center")))
    return tuple(heads)


def _row(view: View, room: Frame, row: int, tall: float, colours: Palette) -> tuple[Cell, ...]:
    """Returns the name of a row and its cells; a row that the slide is about is bold."""
    is_bold = row in view.chart.focus
    limit, lines = room.left - _PADDING, 2 if tall > height(2, room.size) + _PADDING / 2 else 1
    name = view.face.shorten(view.labels[row], room.size, limit, lines, bold=is_bold)
    wrapped = view.face.wrap(name, room.size, limit, bold=is_bold)
    cells = [Cell(paragraph(wrapped, room.size, bold=is_bold))]
    for index, value in enumerate(view.series[row].values):
        if value is None:
            missing = paragraph([MISSING], room.size, colour="muted", align="center")
            cells.append(Cell(missing))
            continue
        fill = _shades(view).of(value)
        said = _said(view, row, index) if index in room.labelled[row] else ""
        colour = "contrast" if fill == "wash" and value < 0 else readable_on(fill, colours)
        text = paragraph([said], room.size, bold=is_bold, colour=colour, align="center")
        cells.append(Cell(text, fill))
    return tuple(cells)


def _key(view: View, room: Frame) -> Iterator[Element]:
    """Yields the shades between the least and the most, each end with its value."""
    found, size = _shades(view), room.size
    tall = height(1, size)
    low, high = (view.say(value, view.unit) for value in (found.low, found.high))
    left = room.left + view.face.width(low, size) + 6
    yield label(low, (room.left, tall / 2), size, left - room.left, colour="muted")
    fills = (
        ["contrast", "wash", "ramp1", "ramp2"] if found.has_signs else [f"ramp{n}" for n in range(5)]
    )
    for place, fill in enumerate(fills):
        yield Panel(Box(left + place * _KEY, 2, _KEY, tall - 4), fill)
    right = left + len(fills) * _KEY + 6
    yield label(high, (right, tall / 2), size, view.face.width(high, size) + 6, colour="muted")


def _lacks(chart: Chart) -> str:
    """What a heat table needs: two rows and two columns, and values in one unit."""
    if len(chart.series) < 2 or len(chart.categories) < 2:
        return "A heat table needs at least two rows and two columns."
    if len({series.unit for series in chart.series}) > 1:
        return "The cells of a heat table need one unit."
    return ""


KIND = Kind(frame=_frame, shapes=_shapes, lacks=_lacks)
